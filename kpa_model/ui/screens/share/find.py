"""Find a rule from wishes: what can be promised, what does not go together, then a few rules to hear and to take."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from kpa_model.declare.markup import Html, items, joined, tag
from kpa_model.ui import pieces
from kpa_model.ui.library import library, months_in, save_rule
from kpa_model.ui.screens.share.wished_mix import WishedMix
from kpa_model.ui.state import Store, book_of
from kpa_model.words import slug

if TYPE_CHECKING:
    from kpa_model.finder.search import FoundRule, Search
    from kpa_model.finder.window import Window
    from kpa_model.finder.wishes import Wishes
    from kpa_model.pay.rule import PayRule

WEIGHTS = {"0": "peu importe", "1": "un peu", "2": "beaucoup", "3": "il le faut"}
ASKED: dict[str, tuple[str, dict[str, str], str, str]] = {
    "least": ("Personne sous", {str(100 * n): f"{n} €" for n in (10, 20, 30, 50, 80, 100, 150, 200)}, "5000", "2"),
    "times": ("Le plus haut, au plus", {str(100 * n): f"{n} fois le plus bas" for n in (2, 3, 4, 5, 8)}, "300", "1"),
    "hour": ("Une heure de plus rapporte", {"1": "quelque chose", "100": "1 €", "300": "3 €", "500": "5 €"}, "1", "3"),
    "commons": (
        "Au fonds commun, au moins",
        {str(10_000 * n): f"{n} % de la marge" for n in (2, 4, 5, 8, 10)},
        "40000",
        "3",
    ),
    "loss": ("Personne ne perd plus de", {str(10_000 * n): f"{n} %" for n in (0, 10, 20, 30, 50)}, "200000", "2"),
}
CHOICES = {
    "least": "le plus petit montant",
    "hour": "ce que rapporte une heure",
    "commons": "la part du fonds commun",
    "loss": "la plus grande perte",
    "times": "l'écart",
}
MANY = 500


@pieces.framed
def find_rule(store: Store) -> widgets.Widget:
    """Ask wishes, search, and show rules to hear and to take."""
    asked = {
        name: (pieces.choice(label, options, usual), pieces.choice("Cela compte", WEIGHTS, weight))
        for name, (label, options, usual, weight) in ASKED.items()
    }
    mix = WishedMix(dict(list(WEIGHTS.items())[:3]))
    across = pieces.choice("En travers", CHOICES, "least")
    up = pieces.choice("En hauteur", CHOICES, "hour")
    desk = _Desk(store)

    def search() -> None:
        desk.search(_wishes(asked, mix), (str(across.value), str(up.value)))

    more = pieces.folds({"Un mélange de principes": mix.box, "Les deux axes de l'image": pieces.row(across, up)})
    rows = [pieces.row(wish, weight) for wish, weight in asked.values()]
    start = pieces.row(pieces.button("Chercher", search, "kpa-primary", desk.told), pieces.known(store))
    return pieces.column(*rows, more, start, desk.told, desk.doors, desk.shown, desk.actions, desk.said)


def _wishes(asked: dict[str, Any], mix: WishedMix) -> Wishes:
    from kpa_model.finder.wishes import Weight, Wishes

    numbers = {name: int(wish.value) for name, (wish, _) in asked.items()}
    weights = {name: Weight(int(weight.value)) for name, (_, weight) in asked.items()}
    if mix.parts:
        weights["mix"] = Weight(int(mix.nearer.value))
    return Wishes(**numbers, mix=mix.parts, weights=weights)


@dataclass(frozen=True, eq=False)
class _Held:
    """One search: what it looked at, and what it found."""

    window: Window
    wishes: Wishes
    axes: tuple[str, str]
    found: Search
    today: PayRule


def _picture(held: _Held, chosen: int) -> Html:
    from kpa_model.figures.points import RulePoint, frontier
    from kpa_model.finder.search import HIGHER
    from kpa_model.story.finder import told

    points = []
    for each in held.found.shown:
        x, y = (float(HIGHER[name] * getattr(each.measures, name)) for name in held.axes)
        points.append(RulePoint(x, y, *(told.shown(name, each.measures) for name in held.axes)))
    names = told.AXES[held.axes[0]], told.AXES[held.axes[1]]
    text = " ".join(f"Règle {at + 1} : {one.x_told}, {one.y_told}." for at, one in enumerate(points))
    return frontier("Des règles qu'aucune autre ne bat", points, names, text, chosen)


class _Desk:
    """What was found, and the rule in hand."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.told, self.shown, self.said = pieces.html(), pieces.html(), pieces.html()
        self.doors = widgets.ToggleButtons(options=(), description="", style={"button_width": "auto"})
        self.doors.add_class("kpa-doors")
        self.doors.observe(lambda _: pieces.guarded(self.shown, self.hear), "value")
        self.actions = pieces.row(
            pieces.button("Prendre comme notre règle", self.take, said=self.said),
            pieces.button("Mettre au vote", self.vote, said=self.said),
        )
        self._see(False)
        self.held: _Held | None = None

    def _see(self, there: bool) -> None:
        for each in (self.doors, self.actions):
            each.layout.display = "" if there else "none"

    def search(self, wishes: Wishes, axes: tuple[str, str]) -> None:
        """Say what can be promised and what does not go together, then look for rules."""
        from kpa_model.finder.candidates import with_saving
        from kpa_model.finder.search import search
        from kpa_model.finder.window import Window

        self.told.value, self.shown.value, self.said.value = _busy(), "", ""
        state, rules = self.store.state, library()
        window = Window.of(months_in(book_of(state)), rules[state.today])
        templates = dict.fromkeys((state.ours, with_saving(state.ours), *rules.values()))
        found = search(window, wishes, tuple(templates), axes, MANY)
        self.held = _Held(window, wishes, axes, found, rules[state.today])
        names = [f"Règle {at + 1}" for at in range(len(found.shown))]
        self.doors.options = names
        self._see(bool(names))
        self._tell(self.held)
        if names:
            self.hear()

    def _tell(self, held: _Held, chosen: int = -1) -> None:
        from kpa_model.finder.promised import clashes, pots_of
        from kpa_model.story.finder import told

        pots = pots_of(held.window, held.today)
        commons = held.wishes.commons if held.wishes.weight("commons") else 0
        said = told.promised_told(pots, commons, self._years())
        against = told.clashes_told(clashes(held.window, pots, held.wishes), pots)
        self.told.value = pieces.live(
            tag("h3", "Ce qui peut être promis"),
            pieces.sentences(said),
            tag("h3", "Ce qui ne va pas ensemble") if against else None,
            items(against),
            tag("h3", "Des règles"),
            pieces.sentences(told.search_told(held.found, held.wishes), "kpa-help"),
            _picture(held, chosen) if held.found.shown else None,
        )

    def _years(self) -> Any:
        """Return what simulated years can promise under the scenario of « Deux ans »; they are drawn once."""
        from kpa_model.finder.simulated import simulated
        from kpa_model.simulation.months.worked import draw
        from kpa_model.ui.screens.years.supposed import scenario_of

        scenario = scenario_of(self.store.state)
        if getattr(self, "_drawn", (None, None))[0] != scenario:
            found = simulated([draw(scenario, 1, 0)], "volontaires", library()[self.store.state.today], 256)
            self._drawn = (scenario, found)
        return self._drawn[1]

    @property
    def _one(self) -> FoundRule:
        assert self.held is not None
        return self.held.found.shown[list(self.doors.options).index(self.doors.value)]

    def hear(self) -> None:
        """Show the rule in hand: read aloud, what it does, each person's amount."""
        from kpa_model.story.finder import told

        held = self.held
        if held is None or self.doors.value is None:
            return
        one, window = self._one, held.window
        self._tell(held, list(self.doors.options).index(self.doors.value))
        rows = told.people_rows(one, window.months[0].members, window.today.sum(0).tolist(), len(window.months))
        self.said.value = ""
        self.shown.value = pieces.live(
            tag("h3", f"{self.doors.value} : {one.rule.title}"),
            items(one.rule.read_aloud(), "ol", "kpa-aloud"),
            pieces.sentences(told.rule_told(one, held.wishes)),
            _people(rows, len(window.months)),
        )

    def take(self) -> None:
        """Make the rule in hand ours."""
        self.store.update(ours=self._one.rule)
        self.said.value = pieces.live(tag("p", "C'est maintenant « notre règle ». Vous pouvez la changer, page Règle."))

    def vote(self) -> None:
        """Save the rule in hand, and put it among the rules of the next workshop."""
        rule, known = self._one.rule, library()
        titles = (f"{rule.title} ({at})" if at else rule.title for at in range(100))
        title = next(each for each in titles if slug(each) not in known)
        name = slug(title)
        save_rule(replace(rule, title=title), name)
        self.store.update(compared=(*self.store.state.compared, name))
        self.store.refresh()
        self.said.value = pieces.live(tag("p", f"« {title} » est enregistrée. Elle sera au vote du prochain atelier."))


def _people(rows: list[tuple[str, str, str]], months: int) -> Html:
    from kpa_model.story.years.report import table

    return table(
        ("Personne", "Un mois, en moyenne", "Par rapport à aujourd'hui"), rows, f"Sur {months} mois, en coût total"
    )


def _busy() -> Html:
    return pieces.live(joined(tag("p", "Nous cherchons…", cls="kpa-help")))
