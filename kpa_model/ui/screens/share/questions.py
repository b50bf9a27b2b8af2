"""What the import assistant asks: a card for each question, one for all files that ask the same; a gesture answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import ipywidgets as widgets

from kpa_model.declare.markup import items, joined, tag
from kpa_model.files.book.cells import tidy
from kpa_model.files.book.findings import Doubt
from kpa_model.files.importing.asking import FileQuestion
from kpa_model.ui import pieces

_FEW = 3
"""Beyond so many options, it may be shorter to tick those that are not."""
Answer = tuple[FileQuestion, str]


class Questions:
    """The cards of what is asked now."""

    def __init__(self, answer: Callable[[Sequence[Answer]], None]) -> None:
        self.answer, self.box = answer, widgets.VBox()
        self.cards: dict[tuple[str, Doubt], widgets.Box] = {}

    def ask(self, questions: Sequence[FileQuestion]) -> None:
        """Show what is asked; the card of a question still open stays: a quick answer, while files are read, counts."""
        before, asked = self.cards, {(each.key, each.doubt): each for each in questions}
        self.cards = {key: before.get(key) or self._card(question) for key, question in asked.items()}
        self.box.children = [*self.cards.values()]  # before their words: who reads them presses a button that stays
        pieces.forget(*(card for key, card in before.items() if key not in self.cards))
        for rank, (key, question) in enumerate(asked.items(), 1):
            said = f"Question {rank} sur {len(asked)}. {question.doubt.question}"
            where = joined(tag("br"), question.where) if question.source else None
            told = f"{tag('p', tag('strong', said), where)}{_meant(question.doubt)}"
            self.cards[key].children[0].value = told

    def focus(self) -> None:
        """Put the keyboard on the first thing one can press."""
        for card in self.box.children[:1]:
            inside = [each for child in card.children[1:] for each in getattr(child, "children", (child,))]
            kinds = widgets.Button | widgets.Checkbox | widgets.Text
            next(each for each in inside if isinstance(each, kinds)).focus()

    def _card(self, question: FileQuestion) -> widgets.Box:
        made = self._each if len(question.doubt.words) > 1 else self._several if question.doubt.several else self._one
        card = pieces.column(pieces.html(), *made(question))
        card.add_class("kpa-card")
        card.add_class("kpa-question")
        return card

    def _each(self, question: FileQuestion) -> list[widgets.Widget]:
        """Return what chooses one option for all the words, or one for each."""
        lists = [
            widgets.Dropdown(
                description=word, options=[("…", ""), *((label, value) for value, label in question.doubt.options)]
            )
            for word in question.doubt.words
        ]

        def say() -> None:
            missing = next((each for each in lists if not each.value), None)
            if missing is None:
                self.answer([(question, "|".join(each.value for each in lists))])
            else:
                missing.focus()

        together = [pieces.html(tag("p", "Le même pour tous :")), *self._one(question)]
        return [*together, pieces.html(tag("p", "Ou un par mot :")), *lists, pieces.row(pieces.button("Valider", say))]

    def _several(self, question: FileQuestion) -> list[widgets.Widget]:
        """Return what chooses some of several options, all of them, or none."""
        doubt = question.doubt
        boxes = [widgets.Checkbox(description=label, indent=False) for _, label in doubt.options]
        values = [value for value, _ in question.doubt.options]

        def say(ticked: Collection[bool]) -> Callable[[], None]:
            """Return the gesture that chooses the boxes ticked, those that are not, or both."""
            return lambda: self.answer([
                (question, "|".join(value for value, box in zip(values, boxes, strict=True) if box.value in ticked))
            ])  # fmt: skip

        if len(values) == 1:  # a single one is a yes or a no
            ((_, label),) = question.doubt.options
            yes, no = (each if each[:3] in ("Oui", "Non") else "" for each in (doubt.every, doubt.none))
            told = [] if label in question.doubt.question else [pieces.html(tag("p", label))]
            gestures = pieces.button(yes or "Oui", say((True, False))), pieces.button(no or "Non", say(()))
            return [*told, pieces.row(*gestures)]
        buttons = [
            pieces.button(question.doubt.every, say((True, False))),
            pieces.button("Seulement les cases cochées", say((True,))),
        ]
        if len(values) > _FEW:
            buttons.append(pieces.button("Toutes, sauf les cases cochées", say((False,))))
        if question.doubt.none:
            buttons.append(pieces.button(question.doubt.none, say(())))
        ticks = pieces.column(*boxes)
        ticks.add_class("kpa-ticks")
        return [ticks, pieces.row(*buttons)]

    def _one(self, question: FileQuestion) -> list[widgets.Widget]:
        """Return what chooses one option, or types another answer."""

        def say(value: str) -> Callable[[], None]:
            return lambda: self.answer([(question, value)])

        row = widgets.HBox([pieces.button(label, say(value)) for value, label in question.doubt.options])
        row.add_class("kpa-chips")
        gestures = [row] if question.doubt.options else []
        if not question.doubt.typed:
            return gestures
        box = pieces.words(question.doubt.typed)

        def typed() -> None:
            if name := tidy(box.value):
                self.answer([(question, name)])
            else:
                box.focus()

        return [*gestures, pieces.row(box, pieces.button("Valider", typed))]


def _meant(doubt: Doubt) -> str:
    """Return what each option means, one line each; an empty text when their own words tell."""
    pairs = zip(doubt.options, doubt.means, strict=True) if doubt.means else ()
    return str(items(f"{label} : {meaning}" for (_, label), meaning in pairs))
