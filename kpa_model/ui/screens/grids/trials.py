"""The laboratory of grids, second part: try the grid on invented cases and on oneself, and see what it does."""

from __future__ import annotations

import time
from collections.abc import Mapping

import ipywidgets as widgets

from kpa_model.assessment.answers import filled, form_of
from kpa_model.assessment.cases import InventedCase, invented_cases
from kpa_model.assessment.laboratory import study
from kpa_model.assessment.readings import ONESELF, FilledGrid
from kpa_model.assessment.study_told import study_details, study_page
from kpa_model.declare import drawn
from kpa_model.declare.form import Form
from kpa_model.declare.markup import Html, joined, tag
from kpa_model.ui import pieces
from kpa_model.ui.form_view import FormView
from kpa_model.ui.screens.grids.bench import Bench, bench
from kpa_model.ui.screens.grids.phones import from_workshop
from kpa_model.ui.state import Store
from kpa_model.words import count
from kpa_model.workshop.activity import SMALLEST

MOST_READERS = 30
LONGEST = 30 * 60
"""Seconds; beyond, somebody went for coffee and the time means nothing."""

_HERSELF = "soi"
_SHARED = tag("p", "Chaque personne prend un numéro, jamais son nom. Le numéro reste le même d'un cas à l'autre.")
_WAYS = ("Répondre ici, chacun son tour", "Prendre les réponses d'un atelier")


@pieces.framed
def try_grid(store: Store) -> widgets.Widget:
    """Read an invented case, or oneself without a name, with the grid on the bench; or take what phones answered."""
    fold, trial = widgets.Accordion(selected_index=None), _Trial(store)
    fold.observe(lambda _: trial.start(), "selected_index")
    fold.children = (trial.box, from_workshop(store, fold, 1))
    fold.titles = _WAYS
    return fold


class _Trial:
    """One reading at a time; the form follows the grid, the case and the reader."""

    def __init__(self, store: Store) -> None:
        self._ours, self._said, self._asked = bench(store), pieces.html(), pieces.column()
        cases = [(str(at), f"Cas inventé : {case.name}") for at, case in enumerate(invented_cases())]
        self._about = pieces.choice("Sur qui", [*cases, (_HERSELF, "Moi, sans nom")], "0")
        readers = [(str(at), f"Personne {at}") for at in range(1, MOST_READERS + 1)]
        self._reader = pieces.choice("Qui répond", readers, "1")
        self._case = pieces.html()
        self._shown: object = None
        for each in (self._about, self._reader):
            each.observe(lambda _: self._ask(), "value")
        choices = pieces.row(self._about, self._reader)
        self.box = pieces.column(pieces.html(_SHARED), choices, self._case, self._asked, self._said)
        store.watch(self._follow)

    def _follow(self) -> None:
        """Ask again only when the grid changed: what is half answered stays."""
        if self._shown != self._ours.grid:
            self._ask()

    def _ask(self) -> None:
        grid = self._shown = self._ours.grid
        case = self._chosen()
        told = case.text if case else "Où en êtes-vous, aujourd'hui ?"
        self._case.value = tag("blockquote", tag("p", told), cls="kpa-talk")
        self._view = FormView(Form(form_of(grid, details=False).fields))
        self.start()
        send = pieces.button("Garder cette réponse", self._keep, "kpa-primary", self._said)
        pieces.turn(self._asked, self._view.box, send)  # an answer about oneself does not stay behind

    def start(self) -> None:
        """Begin to measure how long an answer takes."""
        self._started = time.monotonic()

    def _chosen(self) -> InventedCase | None:
        return None if self._about.value == _HERSELF else invented_cases()[int(self._about.value)]

    def _keep(self) -> None:
        answers, wrong = self._view.read()
        if wrong:
            return
        seconds = int(time.monotonic() - self._started)
        done = filled(self._ours.grid, answers, seconds if seconds <= LONGEST else 0)
        if not done.marks:
            self._said.value = pieces.live(tag("p", "Aucune réponse : rien n'est gardé."))
            return
        case = self._chosen()
        self._ours.add(FilledGrid(self._reader.value, case.name if case else ONESELF, done))
        who, about = int(self._reader.value), case.name if case else "soi-même"
        self._ask()
        told = f"Réponse gardée : personne {who}, sur {about}."
        if who < MOST_READERS:
            self._reader.value = str(who + 1)
            told += f" Au tour de la personne {who + 1}."
        self._said.value = pieces.live(tag("p", told))


@pieces.framed
def what_the_grid_shows(store: Store) -> widgets.Widget:
    """Say what the readings tell of the grid: sentences and tables first, figures folded away."""
    ours, picture = bench(store), pieces.html()
    invented = widgets.Checkbox(value=ours.example, description="Avec les lectures inventées", indent=False)

    def choose(change: Mapping[str, bool]) -> None:
        if not invented.disabled:
            ours.example = change["new"]
            pieces.guarded(picture, show)

    def show() -> None:
        there = ours.invented()
        invented.disabled = not there  # first: what was wanted comes back with the words it was wanted for
        invented.value = ours.example and not invented.disabled
        picture.value = _shown_by(ours, there)

    pieces.follow(store, picture, show)
    invented.observe(choose, "value")
    said = pieces.html()

    def forget() -> None:
        ours.forget()
        said.value = pieces.live(tag("p", "Les réponses sont effacées."))

    kept = tag(
        "p",
        "Les réponses restent en mémoire, jamais sur le disque. "
        f"Sur soi-même, il faut {SMALLEST} personnes pour voir le détail.",
        cls="kpa-help",
    )
    return pieces.column(
        pieces.row(invented, pieces.button("Effacer les réponses", forget, said=said)), pieces.html(kept), said, picture
    )


def _shown_by(ours: Bench, there: list[FilledGrid]) -> Html:
    """Return what readings tell, the group's and, when wanted, those that are invented."""
    example = there if ours.example else []
    seen = study(ours.grid, [*ours.fitting(), *example])
    notes = []
    if example:
        notes.append("Une partie des lectures est inventée, pour montrer. Décochez-les quand vous avez les vôtres.")
    elif not there:
        notes.append("Il n'y a pas de lectures d'exemple pour ces mots.")
    left = len(ours.readings) - len(ours.fitting())
    if left:
        notes.append(f"{count(left, 'lecture')} sur d'autres mots : mises de côté.")
    told = joined([tag("p", each, cls="kpa-help") for each in notes])
    folded = tag("details", tag("summary", "Les chiffres, pour vérifier"), drawn.page(study_details(seen)))
    return joined(told, drawn.page(study_page(seen)), folded)
