"""What the import assistant asks: a card for each question, one for all files that ask the same; a gesture answers."""

from __future__ import annotations

from collections import defaultdict
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
Alike = tuple[FileQuestion, ...]
"""Questions that one gesture answers: a single one, or the same for several files."""


class Questions:
    """The cards of what is asked now."""

    def __init__(self, answer: Callable[[Sequence[Answer]], None]) -> None:
        self.answer, self.box = answer, widgets.VBox()
        self.cards: dict[tuple[tuple[str, Doubt], ...], widgets.Box] = {}
        self.now: Sequence[FileQuestion] = ()
        self.apart: set[str] = set()

    def ask(self, questions: Sequence[FileQuestion]) -> None:
        """Show what is asked; the card of a question still open stays: a quick answer, while files are read, counts."""
        self.now, before, groups = questions, self.cards, self._alike(questions)
        self.cards = {}
        for rank, group in enumerate(groups, 1):
            key = tuple((each.key, each.doubt) for each in group)
            card = self.cards[key] = before.get(key) or self._card(group)
            where = group[0].where if group[0].source else "Pour finir"
            said = f"Question {rank} sur {len(groups)}. {group[0].doubt.question}"
            where = f"Ces {len(group)} fichiers" if len(group) > 1 else where
            card.children[0].value = f"{tag('p', tag('strong', said), tag('br'), where)}{_meant(group[0].doubt)}"
        self.box.children = [*self.cards.values()]
        pieces.forget(*(card for key, card in before.items() if key not in self.cards))

    def focus(self) -> None:
        """Put the keyboard on the first thing one can press."""
        for card in self.box.children[:1]:
            inside = [each for child in card.children[1:] for each in getattr(child, "children", (child,))]
            kinds = widgets.Button | widgets.Checkbox | widgets.Text
            next(each for each in inside if isinstance(each, kinds)).focus()

    def _alike(self, questions: Sequence[FileQuestion]) -> list[Alike]:
        """Put together the files that ask the same, each with its own first proposal: one of hours for each person."""
        groups: dict[str, list[FileQuestion]] = defaultdict(list)
        for each in questions:
            if each.source and each.doubt.options and each.doubt.typed and each.doubt.question not in self.apart:
                groups[each.doubt.question].append(each)
        shared = {
            question: tuple(group)
            for question, group in groups.items()
            if len({each.doubt.options[0] for each in group}) == len(group) > 1
        }
        told = {each.key: group for group in shared.values() for each in group}
        return [told.get(each.key, (each,)) for each in questions if told.get(each.key, (each,))[0] is each]

    def _card(self, group: Alike) -> widgets.Box:
        question = group[0]
        made = self._all if len(group) > 1 else self._several if question.doubt.several else self._one
        card = pieces.column(pieces.html(), *made(group))
        card.add_class("kpa-card")
        card.add_class("kpa-question")
        return card

    def _all(self, group: Alike) -> list[widgets.Widget]:
        """Return the proposal for each file, what says yes to all, and what takes them one by one."""
        proposed = [(each, *each.doubt.options[0]) for each in group]
        told = items(joined(f"{each.place.file} : ", tag("strong", label)) for each, _, label in proposed)

        def one_by_one() -> None:
            self.apart.add(group[0].doubt.question)
            self.ask(self.now)
            self.focus()

        yes = pieces.button("Oui, pour tous", lambda: self.answer([(each, value) for each, value, _ in proposed]))
        return [pieces.html(told), pieces.row(yes, pieces.button("Répondre fichier par fichier", one_by_one))]

    def _several(self, group: Alike) -> list[widgets.Widget]:
        """Return what chooses some of several options, all of them, or none."""
        (question,) = group
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
        return [*boxes, pieces.row(*buttons)]

    def _one(self, group: Alike) -> list[widgets.Widget]:
        """Return what chooses one option, or types another answer."""
        (question,) = group

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
