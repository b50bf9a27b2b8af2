"""What a name on the command line stands for: a book, a rule, some months. Errors say what exists."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kpa_model import places
from kpa_model.command.screen import Screen, progress
from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.chain import MonthMoney, money_chain
from kpa_model.cooperative.facts import months_of
from kpa_model.cooperative.month import Month
from kpa_model.errors import Problem, UnreadableFile, WrongFacts, WrongRule, nearest
from kpa_model.files.book import book_reader, books
from kpa_model.files.importing import past
from kpa_model.pay import ready, rule_file
from kpa_model.pay.advice import missing_facts, unpaid_time
from kpa_model.pay.engine import Settlement, settle_each
from kpa_model.pay.rule import PayRule
from kpa_model.story.paper.unnamed_notes import notes_without_names


def months_and_output(parser: argparse.ArgumentParser) -> None:
    """Declare a book, its months, and where the documents go."""
    parser.add_argument("carnet", metavar="DOSSIER", help="carnet (dossier ou classeur), ou nom d'un exemple")
    parser.add_argument(
        "--mois", nargs="+", default=[], metavar="MOIS",
        help="2019-02, ou le premier et le dernier (sinon : le dernier mois de ventes)",
    )  # fmt: skip
    parser.add_argument("--sortie", metavar="DOSSIER", help="dossier où écrire les documents")
    parser.add_argument("--sans-noms", action="store_true", help="des lettres à la place des noms")


@dataclass(frozen=True)
class Span:
    """Months of a book, from the first to the last asked; `facts` start with the book, since purses carry over."""

    book: OrderBook
    facts: tuple[Month, ...]
    money: tuple[MonthMoney, ...]
    size: int

    def settle(self, rule: PayRule, what: str) -> tuple[Settlement, ...]:
        """Apply a rule since the first month of the book; return the months asked."""
        done = progress(settle_each(rule, self.facts), len(self.facts), what)
        return tuple(done)[-self.size :]


def find_book(name: str) -> Path:
    """Return the place of a book: a file, a folder, or the name of a known book. Raises UnreadableFile."""
    if Path(name).exists():
        return Path(name)
    known = {**books.example_books(), **books.personal_books()}
    if name in known:
        return known[name]
    todo = nearest(name, known) or f"Donnez un dossier, ou l'un de ces noms : {', '.join(known) or 'aucun'}."
    raise UnreadableFile(Problem(f"Carnet « {name} »", "il n'y a ni dossier ni carnet de ce nom.", todo))


def read(name: str) -> book_reader.Reading:
    """Read a book by its place or its name, with what imports noticed. Raises UnreadableFile, with every problem."""
    place = find_book(name)
    found = book_reader.read_book(place)
    return replace(found, notes=(*found.notes, *past.notes_kept(place)))


_MOST_NOTES = 6


def say_known(reading: book_reader.Reading, screen: Screen, names: bool = True) -> None:
    """Say what the reader noticed, wherever money is shared from a book: what was not read comes first."""
    notes = reading.notes if names else notes_without_names(reading.notes, {}, reading.book)
    if not notes:
        return
    screen.title("À savoir sur ce carnet")
    screen.listing(notes[:_MOST_NOTES])
    more = len(notes) - _MOST_NOTES
    if more > 0:
        screen.say(f"Et {more} autres : tapez « kpa verifier », suivi du nom du carnet.")


def say_missing(rule: PayRule, months: Sequence[Month], screen: Screen, names: bool = True) -> None:
    """Say aloud that a rule lacks what it counts, or that hours give no part, month by month."""
    texts = (text for month in months for text in (missing_facts(rule, month), unpaid_time(rule, month, names)))
    for said in dict.fromkeys(texts):
        if said:
            screen.say(f"ATTENTION : {said}")


def find_rule(name: str) -> PayRule:
    """Return a rule from a file, a rule that the group saved or a ready rule by its name. Raises WrongRule."""
    path = Path(name)
    for file in (path, places.personal() / "regles" / f"{name}.yaml"):
        if file.is_file():
            return rule_file.load(file)
    if known := ready.ready_rule(name):
        return known
    if path.suffix.lower() in (".yaml", ".yml"):
        raise WrongRule(Problem(f"Fichier {path.name}", "il n'existe pas.", "Vérifiez son nom et son dossier."))
    todo = nearest(name, ready.ready_rules()) or "Donnez un fichier .yaml, ou un nom de la liste « kpa regles »."
    raise WrongRule(Problem(f"Règle « {name} »", "il n'y a ni fichier ni règle prête de ce nom.", todo))


def find_months(book: OrderBook, asked: Sequence[str]) -> Span:
    """Return one month, or the months from one to another; the last month with sales when none is asked.

    Raises:
        WrongFacts: a month is not understood, or not in the book.
    """
    facts, money = months_of(book), money_chain(book)
    if not facts:
        todo = "Ajoutez des factures, des achats ou des heures."
        raise WrongFacts(Problem(f"Carnet « {book.cooperative.name} »", "il n'y a aucun mois.", todo))
    if not asked:
        sold = [at for at, each in enumerate(money) if each.sales > 0]
        first = last = sold[-1] if sold else len(money) - 1
    else:
        first, last = (_rank(text, money) for text in (asked[0], asked[-1]))
    if first > last or len(asked) > 2:
        todo = "Donnez un mois, ou le premier puis le dernier : --mois 2019-02 2019-04."
        raise WrongFacts(Problem("Option --mois", "les mois ne sont pas dans l'ordre, ou il y en a trop.", todo))
    return Span(book, facts[: last + 1], money[first : last + 1], last + 1 - first)


def _rank(text: str, money: Sequence[MonthMoney]) -> int:
    known = [each.month for each in money]
    try:
        return known.index(CalendarMonth.parse(text))
    except ValueError:
        pass
    try:
        CalendarMonth.parse(text)
        what = "ce mois n'est pas dans le carnet."
    except ValueError:
        what = "ce mois n'est pas compris."
    todo = f"Écrivez par exemple {known[-1]}. Le carnet va de {known[0]} à {known[-1]}."
    raise WrongFacts(Problem(f"Mois « {text} »", what, todo))
