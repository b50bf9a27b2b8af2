"""What was found in what people gave: problems to mend, questions, and notes to know."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from kpa_model.errors import Problem, UnreadableFile
from kpa_model.files.book.where import Place, sentences
from kpa_model.words import count, listing

ASKED = ".demandes"
"""What follows a topic with several options: everything that was asked about, so that only what is new is asked."""
_QUOTED = re.compile(r"« ([^»]*) »")
_SHOWN = 5
"""How many problems of one column are told in full before the others are told together."""


@dataclass(frozen=True)
class Doubt:
    """One thing that the file does not settle: what to ask, what can be answered, and what it means without an answer.

    A doubt that `stops` refuses the column until it is answered; another one is read the usual way, and told.
    """

    topic: str
    question: str
    options: tuple[tuple[str, str], ...]
    todo: str
    stops: bool = True
    rank: int = 0
    """Which cell, among those of the column, shows it best."""
    several: bool = False
    """Tell whether several options can be chosen together."""
    every: str = "Toutes ces personnes"
    """What says yes to all of several options."""
    none: str = ""
    """What says no to all of several options, when that is an answer like another."""
    typed: str = ""
    """What may be typed instead of an option: « Son prénom »; nothing may be when it is empty."""
    means: tuple[str, ...] = ()
    """What each option means, when its own word may not tell."""
    words: tuple[str, ...] = ()
    """What each needs an option of its own, one for all of them or one each; the answer of each is kept apart."""
    likely: str = ""
    """What the name of the file itself answers, to be agreed."""

    def about(self, column: str) -> Doubt:
        """Return the same doubt, about one column: answers are kept under that name."""
        return replace(self, topic=f"{column}.{self.topic}")


@dataclass(frozen=True)
class Outgoing:
    """One sum that leaves an account, in cents: its label, and its day as it is written."""

    label: str
    cents: int
    day: str


@dataclass
class Findings:
    """What a reading gathers on its way, before it is accepted or refused as a whole."""

    problems: list[tuple[Place, str, str]] = field(default_factory=list)
    notes: list[tuple[Place, str]] = field(default_factory=list)
    unread: list[tuple[Place, str]] = field(default_factory=list)
    heeded: list[tuple[Place, str]] = field(default_factory=list)
    doubts: list[tuple[Place, Doubt]] = field(default_factory=list)
    leaving: list[tuple[Place, list[Outgoing]]] = field(default_factory=list)
    """What leaves an account, by statement: told once the purchases are known."""

    sums: list[tuple[Place, Mapping[str, Fraction], Doubt]] = field(default_factory=list)
    """Times that a sheet sums up for each person: they check what is read elsewhere, else their month is asked."""
    words: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    """Words that said a kind of work, in all the sheets of each file, and on how many lines."""
    doubted: set[Place] = field(default_factory=set)
    """Cells that a doubt refuses."""
    withdrawn: dict[str, tuple[Place, str]] = field(default_factory=dict)
    """Numbers of invoices that a list gives as a draft or cancelled, by what their spellings share; where, and how."""
    aside: dict[tuple[str, str, str, int], tuple[str, Any]] = field(default_factory=dict)
    """The lines left out, by table, file, sheet and number: the word that says why, and the cell of their day."""
    titles: dict[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    """Titles as each sheet writes them, by what they are read as: « Amount », « Invoice Amount »."""
    asking: bool = False
    """Tell whether somebody is there to answer: doubts are then kept as questions, else they refuse or are told."""

    def problem(self, place: Place, what: str, todo: str) -> None:
        """Keep one thing to mend; none of a cell whose doubt already refuses."""
        place, said = self._written(place)
        what, todo = said(what), said(todo)
        if place not in self.doubted and (place, what, todo) not in self.problems[-_SHOWN:]:
            self.problems.append((place, what, todo))

    def note(self, place: Place, text: str) -> None:
        """Keep one thing to know, which does not prevent from going on."""
        place, said = self._written(place)
        self.notes.append((place, said(text)))

    def heed(self, place: Place, text: str) -> None:
        """Keep a note to read before agreeing: it says how a number was made, or what is set aside."""
        place, said = self._written(place)
        self.heeded.append((place, said(text)))

    def understood(self, place: Place, told: str) -> None:
        """Drop that a text is written under a table and not read, once it turns out to be read after all."""
        unread = f"{told} est écrit"
        self.heeded[:] = [
            (at, said)
            for at, said in self.heeded
            if not (at.within(place.file, place.sheet) and said.startswith(unread))
        ]

    def forget(self, topic: str, places: Collection[tuple[str, str]]) -> None:
        """Drop what is asked of one column, in files and sheets that only tell again what others tell."""

        def gone(at: Place) -> bool:
            return (at.file, at.sheet) in places

        self.doubts[:] = [(at, doubt) for at, doubt in self.doubts if doubt.topic != topic or not gone(at)]
        self.problems[:] = [each for each in self.problems if each[0].title != topic or not gone(each[0])]

    def drop(self, file: str, sheet: str) -> None:
        """Drop all that is asked, refused or left out of a sheet that only tells again what others tell."""
        self.doubts[:] = [each for each in self.doubts if not each[0].within(file, sheet)]
        self.problems[:] = [each for each in self.problems if not each[0].within(file, sheet)]
        self.unread[:] = [each for each in self.unread if not each[0].within(file, sheet)]

    def doubt(self, place: Place, doubt: Doubt) -> None:
        """Keep a doubt as a question when somebody can answer; else refuse what it stops, or tell how it is read."""
        place, said = self._written(place)
        options = tuple((value, said(label)) for value, label in doubt.options)
        doubt = replace(doubt, question=said(doubt.question), todo=said(doubt.todo), options=options)
        if self.asking and (doubt.options or doubt.typed):
            self.doubts.append((place, doubt))
        elif doubt.stops:
            self.problem(place, doubt.question, doubt.todo)
            self.doubted |= {place} if place.column >= 0 else set()
        else:
            self.heed(place, f"{doubt.question} Ici, la réponse prise est : {doubt.options[-1][1]}. {doubt.todo}")

    def left_out(self, place: Place, text: str) -> None:
        """Keep something that may hold figures of the group and was not read: nothing is whole without it."""
        place, said = self._written(place)
        self.unread.append((place, said(text)))

    def _written(self, place: Place) -> tuple[Place, Callable[[str], str]]:
        """Return a spot, and what makes a text quote its titles, as its sheet writes them."""
        names = self.titles.get((place.file, place.sheet))
        if not names:
            return place, str

        def said(text: str) -> str:
            return names.get(text) or _QUOTED.sub(lambda found: f"« {names.get(found[1], found[1])} »", text)

        return replace(place, title=names.get(place.title, place.title)), said

    def told(self) -> tuple[str, ...]:
        """Return what was not read, what to heed, then the notes; the same one in one column, or on files, once."""
        return (*self.told_unread(), *self.told_heeded(), *sentences(self.notes))

    def told_unread(self) -> tuple[str, ...]:
        """Return what was not read, as sentences."""
        return sentences(self.unread, merging=False)

    def told_heeded(self) -> tuple[str, ...]:
        """Return what to read before agreeing, as sentences."""
        return sentences(self.heeded)

    def refuse(self) -> None:
        """Raise every problem at once, sorted by file, sheet, line and column; do nothing when there is none.

        Raises:
            UnreadableFile: when there is at least one problem.
        """
        if (error := self._refusal(self.problems)) is not None:
            raise error

    def _refusal(self, problems: Collection[tuple[Place, str, str]]) -> UnreadableFile | None:
        """Return what refuses with some problems, sorted, shortened in each column; None without any."""
        columns: dict[tuple[str, str, int], list[tuple[Place, str, str]]] = defaultdict(list)
        for each in sorted(problems):
            columns[each[0].file, each[0].sheet, each[0].column].append(each)
        kept = [each for group in columns.values() for each in _shortened(group)]
        told = [Problem(str(place), what, todo) for place, what, todo in sorted(kept)]
        return UnreadableFile(*told, notes=self.told()) if told else None

    def certain(self, files: Collection[str], harmless: Collection[str]) -> UnreadableFile | None:
        """Return what refuses cells and tables that no question is about, so that no answer can mend it; None without.

        Args:
            files: those that were opened: what is wrong with the book as a whole may follow from a question.
            harmless: topics of questions that change no cell.
        """
        asked = {(place.file, place.sheet) for place, doubt in self.doubts if doubt.topic not in harmless}
        wrong = [
            (place, what, todo)
            for place, what, todo in self.problems
            if place.file in files and (place.file, place.sheet) not in asked
            if place.column >= 0 or not place.title  # a field without a column may be the one that is asked about
        ]
        return self._refusal(wrong)

    def refused(self, opened: Collection[str]) -> UnreadableFile | None:
        """Return what refuses files that could not be opened, which no answer can change; None when all were."""
        closed = [each for each in self.problems if each[0].file not in opened]
        return self._refusal(closed)


def _shortened(group: list[tuple[Place, str, str]]) -> list[tuple[Place, str, str]]:
    """Tell the first problems of a column in full and the lines of the others, when they are many."""
    if len(group) <= _SHOWN + 1:
        return group
    others = group[_SHOWN:]
    lines = [str(line) for line in dict.fromkeys(place.line for place, _, _ in others)]
    told = listing(lines) if len(lines) <= 12 else ", ".join(lines[:12]) + "…"
    what = f"{count(len(others), 'autre problème', 'autres problèmes')} dans cette colonne, lignes {told}."
    return [*group[:_SHOWN], (others[0][0], what, "Corrigez d'abord les premiers : c'est souvent la même cause.")]
