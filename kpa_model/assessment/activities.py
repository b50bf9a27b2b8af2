"""A grid filled from one's phone, without names: on oneself, or on the same invented cases for everybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpa_model.activity import SMALLEST, Activity, Room, Round, activity
from kpa_model.assessment import versions
from kpa_model.assessment.answers import filled, form_of
from kpa_model.assessment.cases import Case, invented_cases
from kpa_model.assessment.grid import Grid
from kpa_model.assessment.grid_file import ready_grids
from kpa_model.assessment.laboratory import ONESELF, Reading, study
from kpa_model.assessment.study_told import study_page, time_and_words
from kpa_model.form import Form
from kpa_model.page import Page, Sentence
from kpa_model.setting import choice, setting
from kpa_model.unit import Unit
from kpa_model.worded import text
from kpa_model.words import count

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

    def grid(self) -> Grid:
        """Return the grid by its file's name: the group's own first; one page of pictures when it is not known."""
        return versions.known_grids().get(self.named) or ready_grids()[FIRST]

    def rounds(self) -> tuple[Round, ...]:
        """Return one time of asking on oneself, or one for each case."""
        if self.about == ON_ONESELF:
            return (Round(ON_ONESELF, "Où en êtes-vous ?"),)
        shown = range(1, min(self.cases, len(invented_cases())) + 1)
        return tuple(Round(f"{_TURN}{at}", f"Cas {at} : {invented_cases()[at - 1].name}") for at in shown)

    def form(self, key: str, room: Room, person: str) -> Form:
        """Ask a level for each criterion; nothing is obligatory."""
        asked = form_of(self.grid(), details=False)
        case = self._case(key)
        intro = f"{case.name} n'existe pas. {case.text}" if case else _PROMISE
        return Form(asked.fields, title=asked.title, intro=intro, send="Envoyer mes réponses")

    def page(self, key: str, room: Room) -> Page:
        """Tell what the rounds revealed so far show of the grid; nothing in detail under five answers."""
        answered = len(room.given(key))
        if answered < SMALLEST:
            few = "Personne n'a encore répondu." if not answered else _FEW
            return (Sentence(few), *time_and_words(study(self.grid(), ())))
        here = f"{count(answered, 'réponse')} pour {count(len(room.people), 'personne')}."
        return (Sentence(here, "help"), *study_page(study(self.grid(), tuple(self.readings(room)))))

    def readings(self, room: Room) -> Iterator[Reading]:
        """Yield the readings of the rounds that enough people answered, as the laboratory takes them."""
        grid = self.grid()
        for each in self.rounds():
            given = room.given(each.key)
            if len(given) >= SMALLEST:
                yield from _readings(grid, given, case.name if (case := self._case(each.key)) else ONESELF)

    def _case(self, key: str) -> Case | None:
        return invented_cases()[int(key.removeprefix(_TURN)) - 1] if key.startswith(_TURN) else None


_PROMISE = "Répondez pour vous, sans regarder les autres. Les réponses sont montrées ensemble, sans nom."
_FEW = "Moins de cinq réponses : le détail reste caché. Parlez-en à voix haute, si vous voulez."


def _readings(grid: Grid, given: Mapping[str, Mapping[str, object]], about: str) -> Iterator[Reading]:
    """Yield one reading for each person, under a number that is the same from one case to the next."""
    for person, answer in given.items():
        yield Reading(person, about, filled(grid, answer))
