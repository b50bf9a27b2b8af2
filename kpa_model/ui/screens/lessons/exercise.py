"""Exercises on a screen: numbers of one's own, a check that helps, hints one by one, the reasoning; no grade."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date

import ipywidgets as widgets

from kpa_model.declare.markup import Html, items, joined, tag
from kpa_model.lessons import progress
from kpa_model.lessons.checking import MISTAKE, RIGHT, UNREAD, Verdict, check
from kpa_model.lessons.exercises import file as exercise_file
from kpa_model.lessons.exercises.exercise import THEMES, Drawn, Exercise
from kpa_model.story.lessons.exercise_figures import figures_told, outside_figures
from kpa_model.ui import pieces
from kpa_model.ui.state import Store
from kpa_model.words import count

SERIES = range(1000, 10_000)
_FRAMES = {
    RIGHT: ("kpa-success", "Trouvé."),
    MISTAKE: ("kpa-warning", "Une erreur habituelle."),
    UNREAD: ("kpa-info", ""),
}


@pieces.framed
def exercise(store: Store, name: str, series: int | None = None) -> widgets.Widget:
    """Show one exercise, with numbers of one's own; `series` gives those of a printed sheet."""
    return ExercisePlayed(exercise_file.exercise_named(name), series).screen


@pieces.framed
def exercises(store: Store, theme: str = "") -> widgets.Widget:
    """Show the exercises of a theme, folded, with what was found on this machine."""
    known, wrong = exercise_file.exercises(theme)
    if not known:
        return pieces.html(tag("p", "Aucun exercice sur ce thème.", cls="kpa-info"))
    said = pieces.html(kind="kpa-help")
    fold = widgets.Accordion(selected_index=None)

    def show() -> None:
        done = [each for each in known if each.name in progress.found()]
        said.value = pieces.live(_progress_told(len(done), len(known)))
        for at, each in enumerate(known):
            mark = " ✓ trouvé" if each in done else ""
            fold.set_title(at, f"{at + 1}. {each.title} ({each.minutes} min){mark}")

    fold.children = [ExercisePlayed(each, after=show).screen for each in known]
    show()

    def clear() -> None:
        progress.forget()
        show()

    forget = pieces.button("Effacer mes ✓", clear)
    troubles = [pieces.html(pieces.error_box(each)) for each in wrong]
    return pieces.column(*troubles, fold, pieces.row(said, forget))


@pieces.framed
def all_exercises(store: Store) -> widgets.Widget:
    """Choose a theme, then its exercises: for a trainer who prepares, or a person who goes alone."""
    theme = pieces.choice("Thème", THEMES, next(iter(THEMES)))
    box = widgets.VBox()

    def show(_: object = None) -> None:
        box.children = [exercises(store, theme.value)]

    theme.observe(show, "value")
    show()
    return pieces.column(theme, box)


def _progress_told(done: int, many: int) -> str:
    found = "Tout est trouvé." if done == many else f"{count(done, 'exercice trouvé', 'exercices trouvés')} sur {many}."
    return f"{found} Ces ✓ restent sur cet ordinateur, sans nom."


class ExercisePlayed:
    """One exercise being played: what is asked, what was answered, how many hints were opened."""

    def __init__(self, known: Exercise, series: int | None = None, after: Callable[[], None] | None = None) -> None:
        self.known, self.after = known, after or (lambda: None)
        self.story, self.said, self.help = pieces.html(), pieces.html(), pieces.html()
        self.box = widgets.Box()
        self.answer: widgets.Widget = widgets.Text()
        self.hinted = 0
        self.screen = self._screen()
        self.begin(series)

    def _screen(self) -> widgets.Widget:
        buttons = [
            pieces.button("Vérifier", self.check, "kpa-primary", said=self.said),
            pieces.button("Un indice", self.hint, said=self.said),
            pieces.button("Voir le raisonnement", self.solve, said=self.said),
            pieces.button("D'autres nombres", self.begin, said=self.said),
        ]
        made = pieces.column(self.story, self.box, pieces.row(*buttons), self.said, self.help)
        made.add_class("kpa-exercise")
        return made

    def begin(self, series: int | None = None) -> None:
        """Draw numbers, and empty what was written."""
        chosen = series if series is not None else secrets.choice(SERIES)
        self.drawn: Drawn = self.known.draw(chosen, outside_figures(date.today()))
        self.hinted = 0
        self.story.value = self._told()
        self.said.value = self.help.value = ""
        self.answer = self._input()
        self.box.children = [self.answer]

    def _told(self) -> Html:
        told = joined([tag("p", each) for each in (self.drawn.text,)])
        figures = " ".join(figures_told(self.known.figures_needed, date.today()))
        small = tag("p", figures, cls="kpa-help") if figures else ""
        series = f"Vos nombres portent le numéro {self.drawn.seed}. Il les redonne."
        return joined(
            tag("h3", self.known.title),
            told,
            tag("p", tag("strong", self.drawn.question), cls="kpa-question"),
            tag("p", series, cls="kpa-small") if self.known.quantities else "",
            small,
        )

    def _input(self) -> widgets.Widget:
        if self.known.answer is None:
            options = [(each.text, each.name) for each in self.drawn.options]
            return widgets.RadioButtons(description="Votre choix", options=options, value=None)
        unit = self.known.answer.unit.partition("/")[0]
        hint = {"€": "par exemple 12,50", "%": "par exemple 20 %", "h": "par exemple 2 h 30"}.get(unit, "un nombre")
        return widgets.Text(description="Votre réponse", placeholder=hint, continuous_update=True)

    def check(self) -> None:
        """Say what the answer shows."""
        verdict = check(self.drawn, self.answer.value or "")
        self.said.value = pieces.live(framed_verdict(verdict))
        if verdict.right:
            progress.add(self.known.name)
            self.after()

    def hint(self) -> None:
        """Open one more hint."""
        self.hinted = min(self.hinted + 1, len(self.drawn.hints))
        hints = items(self.drawn.hints[: self.hinted], "ol")
        last = None if self.hinted < len(self.drawn.hints) else tag("p", "Ensuite, il y a le raisonnement.")
        self.help.value = pieces.live(tag("div", tag("p", tag("strong", "Indices")), hints, last, cls="kpa-info"))

    def solve(self) -> None:
        """Show the reasoning, line by line."""
        self.help.value = pieces.live(reasoning_told(self.drawn))


def framed_verdict(verdict: Verdict) -> Html:
    """Return the sentence of a check in its frame; a word says what the colour says."""
    kind, title = _FRAMES.get(verdict.kind, ("kpa-info", "Cherchez encore."))
    sentence = verdict.sentence.removeprefix("C'est juste.").strip() if verdict.right else verdict.sentence
    strong = joined(tag("strong", title), " ") if title else ""
    return tag("div", tag("p", strong, sentence or "Le raisonnement est bon."), cls=kind)


def reasoning_told(drawn: Drawn) -> Html:
    """Return the reasoning as a numbered list, and where it comes from."""
    source = tag("p", f"Source : {drawn.exercise.source}.", cls="kpa-small") if drawn.exercise.source else ""
    return tag("div", tag("p", tag("strong", "Le raisonnement")), items(drawn.reasoning, "ol"), source, cls="kpa-card")
