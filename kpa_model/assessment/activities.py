"""A grid filled from one's phone, without names: on oneself, or on the same invented cases for everybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kpa_model.assessment import versions
from kpa_model.assessment.answers import Filled, filled, form_of
from kpa_model.assessment.cases import InventedCase, invented_cases
from kpa_model.assessment.grid import Grid
from kpa_model.assessment.grid_file import as_data, from_data, ready_grids
from kpa_model.assessment.laboratory import study
from kpa_model.assessment.readings import ONESELF, FilledGrid
from kpa_model.assessment.study_told import study_page, time_and_words
from kpa_model.declare.form import Form
from kpa_model.declare.page import Page, Sentence
from kpa_model.declare.setting import choice, setting
from kpa_model.declare.unit import Unit
from kpa_model.declare.worded import text
from kpa_model.words import count
from kpa_model.workshop.activity import SMALLEST, Activity, Room, Round, activity

ON_ONESELF, ON_CASES = "soi", "cas"
ABOUT = {ON_ONESELF: "Chaque personne se place", ON_CASES: "Chaque personne lit les mêmes cas inventés"}
FIRST = "images"
CASES = Unit("cas", 1, ("cas",))
_TURN = "cas_"


@activity("grille", "Une grille, sans nom", "Chaque personne remplit la grille, puis nous regardons la grille.")
class FilledTogether(Activity):
    """A grid tried by the group. What is looked at is the grid, never a person."""

    named: str = text("grille", "Le nom de la grille (vide : la page en images)", FIRST)
    about: str = choice("sur", "Sur qui", ABOUT)
    cases: int = setting("cas", CASES, "Combien de cas inventés", default=3, low=1, high=8)

    def brings(self) -> Mapping[str, Any]:
        """Return the grid as it is now: its words stay those that people read, whatever is changed afterwards."""
        return {self._fact: as_data(self.grid(Room()))}

    def grid_read(self, room: Room) -> Grid | None:
        """Return the grid that the workshop opened with; None when its log does not say. Raises WrongGrid."""
        kept = room.facts.get(self._fact)
        return from_data(kept, "Grille de l'atelier") if isinstance(kept, Mapping) else None

    def grid(self, room: Room) -> Grid:
        """Return the grid of the workshop; else the one known by this name, ours first; else the pictures."""
        return self.grid_read(room) or versions.known_grids().get(self.named) or ready_grids()[FIRST]

    @property
    def _fact(self) -> str:
        return f"grille {self.named}"

    def rounds(self) -> tuple[Round, ...]:
        """Return one time of asking on oneself, or one for each case."""
        if self.about == ON_ONESELF:
            return (Round(ON_ONESELF, "Où en êtes-vous ?"),)
        shown = range(1, min(self.cases, len(invented_cases())) + 1)
        return tuple(Round(f"{_TURN}{at}", f"Cas {at} : {invented_cases()[at - 1].name}") for at in shown)

    def form(self, key: str, room: Room, person: str) -> Form:
        """Ask a level for each criterion; nothing is obligatory."""
        asked = form_of(self.grid(room), details=False)
        case = self._case(key)
        intro = f"{case.name} n'existe pas. {case.text}" if case else _PROMISE
        return Form(asked.fields, title=asked.title, intro=intro, send="Envoyer mes réponses")

    def page(self, key: str, room: Room) -> Page:
        """Tell what the rounds revealed so far show of the grid; nothing in detail under five answers."""
        grid = self.grid(room)
        answered = len(_said(grid, room, key))
        if answered < SMALLEST:
            few = "Personne n'a encore répondu." if not answered else _FEW
            return (Sentence(few), *time_and_words(study(grid, ())))
        here = f"{count(answered, 'réponse')} pour {count(len(room.people), 'personne')}."
        return (Sentence(here, "help"), *study_page(study(grid, tuple(self.readings(room)))))

    def readings(self, room: Room) -> Iterator[FilledGrid]:
        """Yield the readings of the rounds revealed that enough people answered, as the laboratory takes them."""
        grid = self.grid(room)
        for each in self.rounds():
            given, case = _said(grid, room, each.key), self._case(each.key)
            if each.key in room.shown and len(given) >= SMALLEST:
                yield from (FilledGrid(by, case.name if case else ONESELF, done) for by, done in given.items())

    def _case(self, key: str) -> InventedCase | None:
        return invented_cases()[int(key.removeprefix(_TURN)) - 1] if key.startswith(_TURN) else None


_PROMISE = "Répondez pour vous, sans regarder les autres. Les réponses sont montrées ensemble, sans nom."
_FEW = "Moins de cinq réponses : le détail reste caché. Parlez-en à voix haute, si vous voulez."


def _said(grid: Grid, room: Room, key: str) -> dict[str, Filled]:
    """Return what each person said in a round; who sent an empty form said nothing, and does not count."""
    given = {person: filled(grid, answer) for person, answer in room.given(key).items()}
    return {person: done for person, done in given.items() if done.marks}
