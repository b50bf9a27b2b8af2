"""What the commands of the real months share: the ledger of a book, typed days and amounts."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from kpa_model.command import finding
from kpa_model.command.french import WrongCommand
from kpa_model.command.screen import Screen
from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.declare.unit import EURO
from kpa_model.errors import Problem, nearest
from kpa_model.ledger.month_state import MonthState
from kpa_model.ledger.refusal import titled
from kpa_model.story.months import request, told
from kpa_model.story.months.register import MonthsRegister, NamedLedger
from kpa_model.words import euros, of


class MonthsDesk:
    """The book and the ledger of a command."""

    def __init__(self, asked: argparse.Namespace) -> None:
        place: Path = finding.find_book(asked.carnet)
        reading = finding.read(asked.carnet)
        self.book: OrderBook = reading.book
        self.notes = reading.notes
        people = [member.name for member in self.book.members]
        self.register = MonthsRegister(place.stem if place.is_file() else place.name, people=people)

    def read(self) -> NamedLedger:
        """Return the ledger now."""
        return self.register.read()


def book_options(parser: argparse.ArgumentParser, month: bool = True) -> None:
    """Declare the book, and the month."""
    parser.add_argument("carnet", metavar="CARNET", help="carnet (dossier ou classeur), ou nom d'un carnet")
    if month:
        parser.add_argument("mois", nargs="?", default="", metavar="MOIS", help="2026-03 (sinon : celui qui attend)")
    parser.add_argument("--le", default="", metavar="DATE", help="jour, comme 2026-04-03 (sinon : aujourd'hui)")


def month_of(asked: argparse.Namespace, seen: NamedLedger) -> str:
    """Return the month asked, or the one that waits. Raises WrongCommand."""
    if not asked.mois:
        return told.next_month(seen)
    try:
        return str(CalendarMonth.parse(asked.mois))
    except ValueError:
        raise WrongCommand(Problem(f"Mois « {asked.mois} »", "il n'est pas compris.", "Écrivez 2026-03.")) from None


def day_of(text: str, option: str = "--le") -> date:
    """Return a day typed, today when nothing is. Raises WrongCommand."""
    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError:
        what = f"« {text} » n'est pas une date."
        raise WrongCommand(Problem(f"Option « {option} »", what, "Écrivez par exemple 2026-04-03.")) from None


def cents_of(text: str, what: str) -> int:
    """Return the cents of an amount typed. Raises WrongCommand."""
    try:
        return EURO.exact(text)
    except ValueError:
        said = f"« {text} » n'est pas un montant."
        raise WrongCommand(Problem(what, said, "Écrivez par exemple 45,50.")) from None


def code_of(seen: NamedLedger, name: str) -> str:
    """Return the code of somebody the ledger knows. Raises WrongCommand."""
    if not seen.who.known(name):
        known = [each for each in seen.who.names.values() if each]
        todo = nearest(name, known) or f"Personnes connues : {', '.join(known)}."
        raise WrongCommand(Problem(f"Personne « {name} »", "elle n'est pas dans le registre.", todo))
    return seen.who.code(name)


def amounts_typed(seen: NamedLedger, typed: Iterable[str]) -> dict[str, int]:
    """Return cents by person, from words such as `Awa=45,50`. Raises WrongCommand."""
    found = {}
    for each in typed:
        name, equal, amount = each.partition("=")
        if not equal:
            raise WrongCommand(Problem(f"« {each} »", "il manque le signe =.", "Écrivez par exemple Awa=45,50."))
        found[code_of(seen, name)] = cents_of(amount, f"Montant {of(name)}")
    return found


def show_month(seen: NamedLedger, month: MonthState, screen: Screen) -> None:
    """Say who receives what in a month."""
    screen.title(titled(month.label))
    screen.say(told.state_sentence(seen, month))
    rows = told.rows(seen, month)
    if len(rows) == 1:
        screen.say("Personne ne reçoit d'argent pour ce mois.")
    else:
        kept = told.kept_columns(row.cents for row in rows)
        screen.table(("Personne", *(told.COLUMNS[at] for at in kept)),
                     [(row.name, *(euros(row.cents[at]) for at in kept)) for row in rows])  # fmt: skip
    screen.listing(request.answers_told(seen, month))
    if month.frozen:
        screen.say(" ".join(f"{each.title} : {euros(each.cents)}." for each in told.pot(seen, month)))
