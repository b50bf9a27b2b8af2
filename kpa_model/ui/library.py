"""What the state names, read once: cooperatives, their months, rules, and what a rule gives month after month."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import lru_cache
from itertools import chain, count, islice
from pathlib import Path

from kpa_model import places
from kpa_model.cooperative.book import Basis, OrderBook
from kpa_model.cooperative.chain import MonthMoney, money_chain
from kpa_model.cooperative.facts import months_of
from kpa_model.cooperative.month import Month
from kpa_model.errors import KpaError, Problem, UnreadableFile
from kpa_model.files.book import book_reader, books
from kpa_model.files.importing.past import notes_kept, unread_kept
from kpa_model.pay import ready, rule_file
from kpa_model.pay.engine import Settlement, settle_each
from kpa_model.pay.rule import PayRule
from kpa_model.whole_file import write_whole


def known_books() -> dict[str, Path]:
    """Return name → place of every cooperative: the personal ones first, then the examples."""
    own = books.personal_books()
    return {**own, **{name: path for name, path in books.example_books().items() if name not in own}}


def read_named(name: str, basis: str = "") -> tuple[OrderBook, tuple[str, ...]]:
    """Return the book of that name and the notes of its reading, always the same object while its files stay.

    Args:
        name: one of `known_books`.
        basis: `facture` or `encaissement`, to look at the book otherwise than its own file says; empty to obey it.

    Raises:
        UnreadableFile: the files cannot be taken as they are.
    """
    known = known_books()
    if name not in known:
        what, todo = "ce carnet n'est plus sur cet ordinateur.", "Choisissez une autre coopérative à la page Accueil."
        raise UnreadableFile(Problem(f"Coopérative « {name} »", what, todo))
    return _read(known[name], _marks(known[name]), basis)


def unread_of(name: str) -> tuple[str, ...]:
    """Return what was not read of the files that gave the book of that name."""
    place = known_books().get(name)
    return unread_kept(place) if place else ()


_Marks = tuple[tuple[str, int, int], ...]


def _marks(path: Path) -> _Marks:
    """Return what tells the files of a book from what they were: their names, instants and sizes."""
    found = [(str(each), each.stat()) for each in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    return tuple((name, about.st_mtime_ns, about.st_size) for name, about in found)


@lru_cache(maxsize=8)
def _read(path: Path, marks: _Marks, basis: str) -> tuple[OrderBook, tuple[str, ...]]:
    if not basis:
        reading = book_reader.read_book(path)
        return reading.book, (*reading.notes, *notes_kept(path))
    book, notes = _read(path, marks, "")
    return replace(book, cooperative=replace(book.cooperative, basis=Basis(basis))), notes


_KNOWN: dict[int, tuple[OrderBook, tuple[Month, ...], tuple[MonthMoney, ...]]] = {}


def _known(book: OrderBook) -> tuple[OrderBook, tuple[Month, ...], tuple[MonthMoney, ...]]:
    """Return the facts of a book, computed once for each object (hashing a whole book would cost more)."""
    if id(book) not in _KNOWN:
        _KNOWN.clear()
        _KNOWN[id(book)] = (book, months_of(book), money_chain(book))
    return _KNOWN[id(book)]


def months_in(book: OrderBook) -> tuple[Month, ...]:
    """Return the facts of every month of a book."""
    return _known(book)[1]


def chain_in(book: OrderBook) -> tuple[MonthMoney, ...]:
    """Return the money chain of every month of a book."""
    return _known(book)[2]


def whole_months(book: OrderBook) -> list[str]:
    """Return the labels of the months with sales and hours, which can be shared, in order."""
    worked = {month.label for month in months_in(book) if month.all_minutes.any()}
    return [str(money.month) for money in chain_in(book) if money.sales and str(money.month) in worked]


def month_to_show(book: OrderBook) -> str:
    """Return the last month with sales and hours, else the last one with sales; an empty text when nothing is sold."""
    sold = [str(money.month) for money in chain_in(book) if money.sales]
    return next(reversed(whole_months(book)), next(reversed(sold), ""))


class _Run:
    """A rule month after month, no further than somebody looked: today's rule is settled once, not at each move."""

    def __init__(self, rule: PayRule, months: tuple[Month, ...]) -> None:
        self._coming = settle_each(rule, months)
        self._done: list[Settlement] = []

    def until(self, last: int) -> tuple[Settlement, ...]:
        """Return the settlements from the first month to that rank."""
        self._done += islice(self._coming, max(0, last + 1 - len(self._done)))
        return tuple(self._done[: last + 1])


@lru_cache(maxsize=24)
def _run(rule: PayRule, months: tuple[Month, ...]) -> _Run:
    return _Run(rule, months)


def settled_until(book: OrderBook, rule: PayRule, month: str) -> tuple[Settlement, ...]:
    """Return the settlements of a rule from the first month of a book to the given one. Raises BrokenStep."""
    months = months_in(book)
    last = next((at for at, each in enumerate(months) if each.label == month), len(months) - 1)
    try:
        return _run(rule, months).until(last)
    except KpaError:
        _run.cache_clear()  # a run that stopped in the middle says nothing more
        raise


def rules_folder() -> Path:
    """Return the folder of the group's own rules."""
    folder = places.personal() / "regles"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def library() -> dict[str, PayRule]:
    """Return every rule by name: the group's own first, then the ready ones. A damaged own file is left out."""
    files = [(path, path.stat()) for path in sorted(rules_folder().glob("*.yaml"))]
    read = {path.stem: _own_rule(path, about.st_mtime_ns, about.st_size) for path, about in files}
    own = {name: rule for name, rule in read.items() if rule}
    return own | {name: rule for name, rule in ready.ready_rules().items() if name not in own}


@lru_cache(maxsize=256)
def _own_rule(path: Path, _newest: int, _size: int) -> PayRule | None:
    """Return a rule of the group, read again only when its file changed; None when it is damaged."""
    try:
        return rule_file.load(path)
    except KpaError:
        return None


def save_rule(rule: PayRule, name: str) -> Path:
    """Write a rule in the group's folder, at once; the version before is kept beside it as `.ancien`."""
    path = rules_folder() / f"{name}.yaml"
    if path.exists():
        shutil.copy2(path, path.with_suffix(".ancien"))
    write_whole(path, rule_file.dumps(rule))
    return path


def own_rules() -> tuple[str, ...]:
    """Return the names of the rules that the group itself wrote."""
    return tuple(name for name in library() if (rules_folder() / f"{name}.yaml").exists())


def put_away(name: str) -> Path:
    """Take a rule of the group out of the lists; its file stays beside the others, under a name no other one has."""
    path = rules_folder() / f"{name}.yaml"
    tried = chain([name], (f"{name}_{at}" for at in count(2)))
    return path.replace(next(each for stem in tried if not (each := path.with_name(f"{stem}.retiree")).exists()))


def free_title(title: str) -> str:
    """Return a title that no rule of the lists bears: this one, or the first of `title 2`, `title 3`…"""
    borne = {rule.title for rule in library().values()}
    return next(each for each in chain([title], (f"{title} {at}" for at in count(2))) if each not in borne)


def rules_away() -> dict[str, PayRule]:
    """Return the rules put away that can still be read, by file name without its ending."""
    found = {}
    for path in sorted(rules_folder().glob("*.retiree")):
        try:
            found[path.stem] = rule_file.load(path)
        except (OSError, KpaError):
            continue
    return found


def find_again(name: str) -> str:
    """Put a rule back among those of the group; return its name, and its title, others when they are taken since."""
    path = rules_folder() / f"{name}.retiree"
    rule = rule_file.load(path)
    title = free_title(rule.title)
    free = next(each for each in chain([name], (f"{name}_{at}" for at in count(2))) if each not in library())
    if title != rule.title:
        write_whole(path, rule_file.dumps(replace(rule, title=title)))
    return path.replace(path.with_name(f"{free}.yaml")).stem


def person_to_show(book: OrderBook, label: str) -> str:
    """Return whose amount is shown first in a month: somebody who worked and may be paid, if there is one."""
    month = next((month for month in months_in(book) if month.label == label), None)
    if month is None:
        return book.members[0].name
    paid = month.present & month.payable
    ranked = (paid & (month.all_minutes > 0), paid)
    return next((month.members[int(who.argmax())] for who in ranked if who.any()), book.members[0].name)
