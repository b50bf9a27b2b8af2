"""Two years in three rooms: look, change, where figures come from. Both rules are chosen above."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count as counting

import ipywidgets as widgets

from kpa_model.declare.markup import Html, joined, tag
from kpa_model.errors import KpaError
from kpa_model.randomness import BLOCK
from kpa_model.simulation.memory import give_freed_memory_back
from kpa_model.simulation.runs.studio import Studio
from kpa_model.ui import pieces
from kpa_model.ui.at_rest import Delay
from kpa_model.ui.screens.share.welcome import rule_options
from kpa_model.ui.screens.years.looking import TwoRules
from kpa_model.ui.screens.years.supposed import OUR_BOOK, mended, plan_of, second_options
from kpa_model.ui.state import Store

PAINTED, RESTING, STILL = 1.5, 0.4, 2.0
"""Seconds after which a page is painted, a slider rests, and what was moved is left alone."""
GLANCE = BLOCK
"""How many histories are enough for a first look, while a slider moves."""
ROOMS = ("Regarder", "Changer", "D'où ça vient")


@pieces.framed
def two_years(store: Store) -> widgets.Widget:
    """Show both rules chosen, then one room at a time; a room is made when somebody enters it."""
    store.update(**mended(store.state))
    desk = _Desk(store)
    rooms: dict[str, widgets.Widget] = {}
    makers: dict[str, Callable[[], widgets.Widget]] = dict(zip(ROOMS, (desk.look, desk.change, desk.come), strict=True))
    doors = widgets.ToggleButtons(options=ROOMS, description="", style={"button_width": "auto"})
    doors.add_class("kpa-doors")
    doors.add_class("kpa-rooms")
    inside = pieces.column()

    def open_room() -> None:
        desk.where = doors.value
        if doors.value not in rooms:
            inside.children = (pieces.html(pieces.live(tag("p", "Calcul en cours…", cls="kpa-help"))),)
            rooms[doors.value] = makers[doors.value]()
        inside.children = (rooms[doors.value],)

    def enter(_: object) -> None:
        open_room()
        desk.show()

    bar = pieces.row(
        pieces.linked_choice(store, "Règle de départ, à l'essai", "today", rule_options),
        pieces.linked_choice(store, "Règle à comparer", "second", lambda: second_options(store.state)),
        doors,
        pieces.known(store, lambda state: state.scenario == OUR_BOOK),
    )
    doors.observe(enter, "value")
    open_room()
    store.watch(desk.show)  # draws at once, and once
    heading = pieces.html(tag("h2", "Deux règles, le même hasard", cls="kpa-hidden"))
    return pieces.column(heading, bar, inside)


class _Desk:
    """Both rules under one weather, and the pictures of the rooms that were entered."""

    def __init__(self, store: Store) -> None:
        self.store, self.where = store, ROOMS[0]
        self.studio, self.row, self.histories = Studio(plan_of(store.state)), 0, counting(1)
        self.cold, self.clock = True, Delay()
        self.seen, self.rest, self.effect = pieces.html(), pieces.html(), pieces.html(kind="kpa-effect")

    def show(self) -> None:
        """Draw again what is in sight."""
        if self.where == ROOMS[0]:
            pieces.guarded(self.seen, self._look)
        elif self.where == ROOMS[1]:
            pieces.guarded(self.effect, self._effect)

    def look(self) -> widgets.Widget:
        """Return the room where one looks."""
        return pieces.column(self.seen, pieces.button("Une autre histoire", self._another), self.rest)

    def change(self) -> widgets.Widget:
        """Return the room where one changes something, and sees at once what it does."""
        from kpa_model.ui.screens.years.changing import causes

        both = widgets.HBox([causes(self.store), self.effect])
        both.add_class("kpa-two")
        both.add_class("kpa-cause")
        return both

    def come(self) -> widgets.Widget:
        """Return the room that says where figures come from."""
        from kpa_model.ui.screens.years.facts import what_facts_tell, what_matters

        heading = pieces.html(tag("h3", "Quelle supposition compte le plus ?"))
        matters = pieces.column(heading, what_matters(self.store))
        both = widgets.HBox([what_facts_tell(self.store), matters])
        both.add_class("kpa-beside")
        return both

    def _another(self) -> None:
        self.row = next(self.histories)
        self.show()

    def _now(self) -> TwoRules:
        """Return what is kept on this machine when the page opens; else simulate, and keep it."""
        self.studio.follow(plan_of(self.store.state))
        row = self.row % self.studio.plan.replicates
        if self.cold and not row and (known := TwoRules.kept(self.studio.plan)):
            self.clock.after(PAINTED, self._warm)
            return known
        self.cold, look = False, TwoRules.of(self.studio, row)
        if not row and not self.clock.after(STILL, lambda: self._rest(look)):
            look.keep()
        return look

    def _rest(self, look: TwoRules) -> None:
        look.keep()
        give_freed_memory_back()

    def _warm(self) -> None:
        """Draw and settle once the page is painted: the first slider moved finds everything ready."""
        if self.cold:
            self.cold = False
            with suppress(KpaError):
                self.studio.results()
                give_freed_memory_back()

    def _look(self) -> None:
        try:
            look = self._now()
        except KpaError:
            self.rest.value = ""
            raise
        both = tag("div", look.situations(), tag("div", look.history()), cls="kpa-beside")
        self.seen.value = pieces.live(joined(look.first(), look.counted(), both))
        self.rest.value = tag("div", look.till(), look.everything(), cls="kpa-folds")

    def _effect(self) -> None:
        """Show what was moved on the first histories at once, then on all of them when the slider rests."""
        plan = plan_of(self.store.state)
        self.studio.follow(plan)
        if self.cold or plan.replicates <= GLANCE or self.studio.ready():
            self._whole()
            return
        self.studio.follow(replace(plan, replicates=GLANCE))
        self.effect.value = tag("div", _moved(TwoRules.of(self.studio, self.row % GLANCE)), aria_busy="true")
        if not self.clock.after(RESTING, lambda: pieces.guarded(self.effect, self._whole)):
            pieces.guarded(self.effect, self._whole)

    def _whole(self) -> None:
        self.effect.value = pieces.live(_moved(self._now()))


def _moved(look: TwoRules) -> Html:
    """Return what is beside a slider."""
    return joined(look.brief(), look.counted(), look.history(), look.till())
