"""The import assistant on screen: files given, what is understood, at most a few questions, totals, then kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.declare.markup import items, joined, tag
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.files.book.books import book_place, personal_books
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile, given_in_memory
from kpa_model.files.importing.aside import proposed
from kpa_model.files.importing.completing import ELSEWHERE, STRANGERS
from kpa_model.files.importing.keeping import held_in, keep, recipe_in, undo
from kpa_model.files.importing.past import imports_in
from kpa_model.files.importing.proposal import ImportProposal
from kpa_model.files.importing.recipe import Recipe
from kpa_model.ui import pieces
from kpa_model.ui.library import month_to_show, read_named
from kpa_model.ui.screens.share.questions import Answer, Questions
from kpa_model.ui.screens.share.understood import first_lines, next_pages, proposal_told, saved
from kpa_model.ui.state import Store, rules_by_name
from kpa_model.words import day, month_name

ACCEPTED = ".csv,.txt,.tsv,.json,.ics,.xlsx,.xlsm,.xltx,.xls,.ods,.ots,.zip,.yaml,.yml,.numbers"
_NEW = ""


class OurFiles:
    """One importing: the files, the answers so far, what they give."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.files: list[tuple[str, bytes]] = []
        self.gone: tuple[str, bytes] | None = None
        self.recipe = Recipe()
        self.proposal: ImportProposal | None = None
        self.upload = widgets.FileUpload(accept=ACCEPTED, multiple=True, description="Choisir des fichiers")
        first = store.state.book if store.state.book in personal_books() else _NEW
        self.target = pieces.choice("Où les mettre", _targets(), first)
        self.name = pieces.words("Nom à donner", "Notre coopérative 2026")
        self.told, self.understood, self.refused, self.come = (pieces.html() for _ in range(4))
        self.chips = widgets.HBox()
        self.chips.add_class("kpa-chips")
        self.questions = Questions(self.answer)
        self.asked = self.questions.box
        self.before: list[Recipe] = []
        self.remembers = False
        self.rethink = pieces.button("Revenir sur ma dernière réponse", self.take_back)
        self.anew = pieces.button("Reposer toutes les questions", self.ask_anew)
        self.partial = widgets.Checkbox(description="Je garde ce carnet sans ce qui n'est pas lu", indent=False)
        self.spare = widgets.Checkbox(description="Mettre de côté les lignes qui ne se lisent pas", indent=False)
        self.rest: ImportProposal | None = None
        self.kept, self.past = pieces.html(), pieces.html()
        self.save = pieces.button("Enregistrer", self.keep, "kpa-primary", self.kept)
        self.back = pieces.button("Défaire le dernier apport", self.undo, "", self.kept)
        self.upload.observe(self.given, "value")
        self.target.observe(self._elsewhere, "value")
        self.spare.observe(self._spared, "value")
        self.show()
        store.watch(self._list)

    def widget(self) -> widgets.Widget:
        """Return the whole screen."""
        return pieces.column(
            pieces.row(self.upload, self.target),
            self.chips,
            self.come,
            self.refused,  # what no answer can mend comes first
            self.asked,  # then what is asked: the tables below are long
            pieces.row(self.rethink, self.anew),
            self.told,
            self.spare,
            self.partial,
            pieces.row(self.name, self.save, self.back),
            self.kept,
            self.understood,
            self.past,
        )

    # --- reading ------------------------------------------------------------------------------------------------------

    def given(self, change: dict[str, Any]) -> None:
        """Take files; a screen that is given more files reads them together, and remembers what was answered."""
        new = [(each["name"], bytes(each["content"])) for each in change["new"]]
        if not new:
            return
        first, names, self.gone = not self.files, {name for name, _ in new}, None
        self.files = [each for each in self.files if each[0] not in names] + new
        self.kept.value = ""
        self.told.value, self.understood.value = str(tag("p", "Le cahier lit vos fichiers…")), ""
        self.recipe = self.recipe.lasting  # a year was that of the files of before
        self._spare_nothing()
        self.read(again=first)
        self.upload.value = ()  # what is given is named below

    def left(self, name: str) -> None:
        """Take a file back: what it gave goes with it, and the others are read without it; it may be put again."""
        self.gone = next(each for each in self.files if each[0] == name)
        self.files = [each for each in self.files if each[0] != name]
        self._spare_nothing()
        self.read(again=not self.files)

    def put_again(self) -> None:
        """Read the file that was just taken back with the others."""
        if self.gone:
            self.files, self.gone = [*self.files, self.gone], None
            self.read(again=len(self.files) == 1)

    def read(self, again: bool = False) -> None:
        """Propose what the files give; `again` forgets the answers that the book does not remember."""
        place = self.place
        self.rest, self.come.value = None, ""
        if again:
            self._spare_nothing()
            self.recipe, self.before = recipe_in(place) if place else Recipe(), []
            self.remembers = self.recipe.told
            self.questions.ask(())  # nothing asked about the files of before stays
        self.proposal = None
        if not self.files:
            self.told.value = ""
        else:
            pieces.guarded(self.told, self._propose)
        refusal = self.proposal.refusal if self.proposal else None
        self.refused.value = str(pieces.error_box(UnreadableFile(*refusal.problems))) if refusal else ""
        settled = self.proposal is not None and not self.proposal.questions
        self.come.value = str(tag("span", cls="kpa-come")) if settled else ""  # what it gives is brought under the eyes
        if self.proposal is None:
            self.understood.value = ""
        self.show()

    def _spared(self, _: Any) -> None:
        self.read()

    def _spare_nothing(self) -> None:
        """Lines of other files were set aside: those of these files are not, until it is asked again."""
        self.spare.unobserve(self._spared, "value")
        self.spare.value = False
        self.spare.observe(self._spared, "value")

    def _elsewhere(self, _: Any) -> None:
        self.read(again=True)

    def _propose(self) -> None:
        findings = Findings()
        files = given_in_memory(self.files, findings)
        held = held_in(self.place) if self.place else None
        name = self.target.value or self.name.value or "Notre carnet"
        self.proposal, self.rest = proposed(files, name, self.recipe, findings, held, self.spare.value)
        self.recipe = self.proposal.recipe
        alone = len(self.files) == 1
        self.told.value = pieces.live(proposal_told(self.proposal, self.target.value if held else "", alone))
        self.understood.value = str(first_lines(self.proposal, alone))

    @property
    def place(self) -> Path | None:
        """Return the folder of the book that files are added to; None for a new one."""
        return personal_books().get(self.target.value) if self.target.value else None

    def answer(self, answers: Sequence[Answer]) -> None:
        """Remember what was answered, and read again; the keyboard goes to the next question, if there is one."""
        assert self.proposal is not None
        proposal = self.proposal
        if any((question.doubt.topic, said) == (STRANGERS, ELSEWHERE) for question, said in answers):
            self.target.value = _NEW  # the files are read again, for a book of their own
            return
        for question, said in answers:
            proposal = replace(proposal, recipe=proposal.answer(question, said))
        self._ask_with(proposal.recipe)

    def _ask_with(self, recipe: Recipe) -> None:
        """Read again with other answers; those of now can be taken up again."""
        self.before.append(self.recipe)
        self.recipe = recipe
        self.read()
        self.questions.focus()

    def take_back(self) -> None:
        """Forget the last answer: what it settled is asked again."""
        self.recipe = self.before.pop()
        self.read()
        self.questions.focus()

    def ask_anew(self) -> None:
        """Forget every answer, those of the months before too: one of them may have been wrong."""
        self._ask_with(Recipe(anew=True))

    # --- showing ------------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the questions that are left, and only the gestures that make sense now."""
        proposal = self.proposal
        self.questions.ask(proposal.questions if proposal else ())
        pieces.forget(*self.chips.children)
        again = [pieces.button(f"↩ Remettre {self.gone[0]}", self.put_again)] if self.gone else []
        there = [pieces.button(f"✕ {name}", partial(self.left, name)) for name, _ in self.files]
        for chip, (name, _) in zip(there, self.files, strict=True):
            chip.tooltip = f"Retirer {name}"
        self.chips.children = [*there, *again]
        ready = proposal is not None and proposal.reading is not None
        new = self.target.value == _NEW
        _seen(self.spare, proposal is not None and self.rest is not None)
        _seen(self.partial, bool(ready and proposal and proposal.unread))
        _seen(self.name, ready and new)
        _seen(self.save, ready)
        _seen(self.rethink, bool(self.before))
        _seen(self.anew, bool(self.files) and self.remembers and not self.before)
        place = self.place
        kept = imports_in(place) if place else []
        _seen(self.back, bool(kept) and not self.files)
        told = [f"{_when(each.when)} : {', '.join(each.files)}" for each in reversed(kept)]
        head = tag("summary", f"Ce qui a déjà été apporté ({len(told)})")
        self.past.value = tag("details", head, items(told)) if told else ""
        self.store.bring(bool(self.files) and new)

    # --- keeping ------------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Write the book, once everything is answered, and what is not read accepted."""
        if not self.files or self.proposal is None:
            todo = "Choisissez d'abord un classeur ou des tableaux."
            raise UnreadableFile(Problem("Vos fichiers", "rien n'a été choisi.", todo))
        if self.proposal.unread and not self.partial.value:
            what, todo = "une partie n'est pas lue.", "Lisez la liste, puis cochez la case si vous êtes d'accord."
            raise UnreadableFile(Problem("Vos fichiers", what, todo))
        name = self.target.value or self.name.value
        if not self.target.value and book_place(name).exists():
            todo = "Choisissez un autre nom, ou « Ajouter à » dans la liste."
            raise UnreadableFile(Problem(f"Carnet « {name} »", "un carnet porte déjà ce nom.", todo))
        files = [GivenFile(Path(each).name, content) for each, content in self.files]
        folder = keep(self._named(name), name, files, datetime.now())
        month = self._open(folder)
        self.files, self.gone = [], None
        self.read(again=True)
        shown = f"montrent {month}" if month else "le montrent"
        said = tag("p", f"Le carnet « {folder.name} » est enregistré. Les autres pages {shown}.")
        rule = rules_by_name(self.store.state)[self.store.state.told]
        self.kept.value = saved(said, next_pages(), pieces.borrowed_scale(self.store, [rule]))

    def _named(self, name: str) -> ImportProposal:
        """Return the proposal under the name that was typed, when no file says another."""
        assert self.proposal is not None
        if self.target.value or not name.strip():
            return self.proposal
        findings = Findings()
        given = given_in_memory(self.files, findings)
        return proposed(given, name.strip(), self.recipe, findings, None, self.spare.value)[0]

    def _open(self, folder: Path) -> str:
        """Look at the book, at its last month with sales and hours; return the name of that month."""
        month = month_to_show(read_named(folder.name)[0])
        self.store.open_book(folder.name, month)
        self._list(folder.name)
        return month_name(CalendarMonth.parse(month).first_day) if month else ""

    def _list(self, chosen: str = "") -> None:
        """List the group's books as they are now, one just typed too; nothing is read again for that."""
        self.target.unobserve(self._elsewhere, "value")
        pieces.fill(self.target, _targets())
        self.target.value = chosen or self.target.value
        self.target.observe(self._elsewhere, "value")

    def undo(self) -> None:
        """Take the last import out."""
        assert self.place is not None
        place, name = self.place, self.place.name
        last, edited = undo(place)
        gone = "" if place.exists() else " Ce carnet n'avait rien d'autre. Il n'est plus là."
        more = joined(tag("p", "Ces lignes ont changé depuis, et restent :"), items(edited)) if edited else ""
        said = tag("p", f"L'apport du {_when(last.when)} est défait dans « {name} ».{gone}")
        self.store.refresh()
        self._list()
        self.show()
        self.kept.value = saved(said, more)


def _targets() -> list[tuple[str, str]]:
    return [(_NEW, "Un nouveau carnet"), *((name, f"Ajouter à « {name} »") for name in personal_books())]


def _when(kept: str) -> str:
    """Return when an import was made: `29 novembre 2026 à 19 h 55`."""
    at = datetime.fromisoformat(kept)
    return f"{day(at)} à {at.hour} h {at:%M}"


def _seen(widget: widgets.Widget, there: bool) -> None:
    widget.layout.display = None if there else "none"
