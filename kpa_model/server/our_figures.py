"""What was confirmed in a workshop goes in the group's own book: seen as a difference first, and undoable."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.work import AgreedWeek, Slot
from kpa_model.declare.form import Choice, Form
from kpa_model.declare.unit import Refused
from kpa_model.errors import Problem
from kpa_model.files.book.book_reader import read_book
from kpa_model.files.book.books import personal_books
from kpa_model.files.book.cells import same
from kpa_model.files.importing.keeping import undo
from kpa_model.files.importing.week import WeekChange, last_is, put_week, week_change
from kpa_model.server.base import Refusal
from kpa_model.server.pages import our_figures as pages
from kpa_model.server.typing_in import Typing

NOBODY = "-"
"""What is chosen for who is not in the book: her hours stay in the workshop."""


@dataclass(frozen=True)
class PutHours:
    """What the page shows: the book, who is who there, and what the week changes."""

    folder: Path
    change: WeekChange
    form: Form
    done: str


class OurFigures(Typing):
    """The hours of the week that each person confirmed, beside what the group's own book holds."""

    def get(self) -> None:
        """Show the difference."""
        self._show({}, {})

    async def post(self) -> None:
        """Put the week in the book, take it out again, or show the difference with other names."""
        asked, typed = self.typed("geste"), self._typed()
        if asked == "defaire":
            await asyncio.to_thread(self._undo)
            self.go("/animation/nos-chiffres")
            return
        wrong = self._twice(typed)
        if asked != "mettre" or wrong:
            self._show(typed, wrong)
            return
        folder, monday = self._folder(), self._week().monday
        told = self._told(typed, read_book(folder).book)
        await asyncio.to_thread(put_week, folder, monday, told, self.typed("vu")[:40], datetime.now())
        self.go("/animation/nos-chiffres")

    def _undo(self) -> None:
        folder = self._folder()
        if last_is(folder, self._week().monday):  # pressed twice, or something else came in since: nothing to undo
            undo(folder)

    def _show(self, typed: Mapping[str, str], wrong: Mapping[str, Refused]) -> None:
        folder, monday = self._folder(), self._week().monday
        book = read_book(folder).book
        form = self._form(book)
        change = week_change(book, monday, {} if wrong else self._told(typed, book))
        seen = PutHours(folder, change, form, last_is(folder, monday))
        labels = {order.number: order.label for order in book.orders}
        body = pages.difference(self.token(), seen, len(self._confirmed()), labels, typed, wrong)
        self.page("Nos chiffres", body, status=422 if wrong else 200)

    # --- who, when, where ---------------------------------------------------------------------------------------------

    def _week(self) -> AgreedWeek:
        """Return what people agreed on, in the last step played that asks for hours."""
        played = [(step.activity, room) for step, room in self.workshop.played() if step.activity]
        asked = [(made, room) for made, room in played if made.fills]
        if not asked:
            todo = "Demandez d'abord les heures de la semaine."
            raise Refusal(409, Problem("Nos chiffres", "cet atelier n'a pas demandé d'heures.", todo))
        made, room = asked[-1]
        if (found := made.agreed_week(room)) is None:
            todo = "Choisissez « Changer la question », puis écrivez un jour de la semaine."
            raise Refusal(409, Problem("Nos chiffres", "nous ne savons pas de quelle semaine il s'agit.", todo))
        return found

    def _folder(self) -> Path:
        name = str(self.workshop.live.facts.get("own_book") or "")
        found = personal_books().get(name)
        if found is None:
            what = f"le carnet « {name} » n'est plus là." if name else "cet atelier parle d'un exemple inventé."
            todo = "Choisissez votre carnet dans le cahier, puis ouvrez l'atelier depuis la page « Nos chiffres »."
            raise Refusal(409, Problem("Nos chiffres", what, todo))
        return found

    def _confirmed(self) -> Mapping[str, Mapping[Slot, int]]:
        return self._week().people

    def _form(self, book: OrderBook) -> Form:
        """Ask who is who, only for the people whose name is not in the book."""
        names = [member.name for member in book.members]
        people = self.workshop.live.people
        asked = tuple(
            Choice(
                f"qui_{each}",
                f"Qui est « {people[each].name} » dans nos chiffres ?",
                options={**{name: name for name in names}, NOBODY: "Personne : ne pas mettre ses heures"},
            )
            for each in self._confirmed()
            if _named(people[each].name, names) is None
        )
        return Form(asked)

    def _typed(self) -> dict[str, str]:
        return self.inputs(self._form(read_book(self._folder()).book))

    def _who(self, typed: Mapping[str, str], names: list[str]) -> dict[str, str]:
        """Return person of the workshop → member of the book, for those we know."""
        people = self.workshop.live.people
        found = {each: _named(people[each].name, names) or typed.get(f"qui_{each}", "") for each in self._confirmed()}
        return {each: name for each, name in found.items() if name in names}

    def _told(self, typed: Mapping[str, str], book: OrderBook) -> dict[str, Mapping[Slot, int]]:
        confirmed, names = self._confirmed(), [member.name for member in book.members]
        return {name: confirmed[each] for each, name in self._who(typed, names).items()}

    def _twice(self, typed: Mapping[str, str]) -> dict[str, Refused]:
        """Return what is wrong when two people would be the same one."""
        names = [member.name for member in read_book(self._folder()).book.members]
        who = [*self._who(typed, names).values()]
        again = {name for name in who if who.count(name) > 1}
        todo = "Choisissez une autre personne."
        return {
            field: Refused(f"Deux personnes seraient « {name} ».", todo)
            for field, name in typed.items()
            if name in again
        }


def _named(name: str, names: list[str]) -> str | None:
    """Return the member of this name, whatever its accents, its case or its apostrophe; None when there is no one."""
    found = [each for each in names if same(each) == same(name)]
    return found[0] if len(found) == 1 else None
