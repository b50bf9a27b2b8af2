"""Hours that say their customer, « Chez qui ? », go to the order of its invoice; what is not sure is asked, or told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.book.cells import same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.tables import Row
from kpa_model.files.importing.naming import Named, named
from kpa_model.words import count, hours, listing

TOPIC = "commande.client"
_NEXT, _SAME, _NONE = "suivante", "mois", "aucune"
_LABELS = {
    _NEXT: "la première facture à partir du jour du travail",
    _SAME: "la facture du même mois",
    _NONE: "on ne sait pas : les laisser sans commande",
}
_TODO = "Écrivez dans une colonne « commande » le numéro de la facture."
_NO_BILL = "pas de facture ce mois-là, ni le suivant"
_UNSURE, _STRANGE = "on ne sait pas pour quelle facture", "pas un client de vos factures"
_MATTERS = "Elles comptent dans leur mois. Une règle commande par commande ne les voit pas."
_ADD = "Ajoutez une colonne « Client » à la liste des factures."
_SHOWN = 6
Held = Mapping[str, Iterable[Mapping[str, Any]]]


@dataclass(frozen=True, order=True)
class Bill:
    """An invoice of a customer: its day, its number, its order."""

    day: date
    number: str
    order: str

    @property
    def month(self) -> CalendarMonth:
        """Return the month of its day."""
        return CalendarMonth.of(self.day)


Unsure = tuple[Row, str, Sequence[Bill], date]
"""A line of hours whose invoice is not sure: its customer, the invoices that may fit, the last day of its work."""


@dataclass
class _Customer:
    """What was asked of a group for one customer: her invoices by day, and her orders that have none yet."""

    name: str
    bills: list[Bill] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)


def led_by_customers(tables: Mapping[str, Sequence[Row]], held: Held, orders: set[str], findings: Findings) -> None:
    """Give hours the order of the invoice of their customer, of the month of the work or of the next one.

    Args:
        tables: what the files give; each of their invoices has its order.
        held: what the book holds already.
        orders: the orders that are known, by what their spellings share: hours that name one keep it.
        findings: where it is told, and asked when several invoices may fit.
    """
    known = _customers(tables, held)
    for rows in named(tables.get("heures", ()), {key: each.name for key, each in known.items()}, orders, findings):
        if known:
            _lead(rows, known, findings)
        elif tables.get("factures"):
            much, title = sum(row.get("duree") or 0 for row, _ in rows), rows[0][0].place("client").title
            what = f"heures restées sans commande : {_told(much)}. « {title} » : aucune facture ne dit son client."
            findings.heed(rows[0][0].grid.place(), f"{what} {_MATTERS} {_ADD}")
        else:
            findings.note(rows[0][0].place("client"), "cette colonne n'est pas utilisée : il n'y a pas de factures.")


def customer_of(order: Mapping[str, Any]) -> str:
    """Return the name of the customer of an order; an empty text when only her kind is known, « association »."""
    said = str(order.get("client") or "")
    return said if said not in dictionaries()["commandes"].column("client").choices else ""


def _customers(tables: Mapping[str, Sequence[Row]], held: Held) -> dict[str, _Customer]:
    """Return each customer by what the spellings of her name share; a credit note is no invoice of hers."""
    given = [row.values for row in tables.get("factures", ())]
    mine = {same(str(each.get("facture", ""))) for each in given}
    before = (each for each in held.get("factures", ()) if same(str(each.get("facture", ""))) not in mine)
    lines: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for each in (*given, *before):
        if each.get("facture") and each.get("commande") and each.get("date"):
            lines[same(str(each["facture"]))].append(each)
    listed = [*held.get("commandes", ()), *(row.values for row in tables.get("commandes", ()))]
    whose = {same(str(each["commande"])): name for each in listed if (name := customer_of(each))}
    found: dict[str, _Customer] = {}
    for group in lines.values():
        order, day = str(group[0]["commande"]), min(each["date"] for each in group)
        name = next((str(each["client"]) for each in group if each.get("client")), whose.get(same(order), ""))
        if name and sum(each.get("montant_ht") or 0 for each in group) > 0:
            found.setdefault(same(name), _Customer(name)).bills.append(Bill(day, str(group[0]["facture"]), order))
    sold = {same(str(group[0]["commande"])) for group in lines.values()}
    for order, name in whose.items():
        if order not in sold:
            found.setdefault(same(name), _Customer(name)).pending.append(order)
    return found


def _lead(rows: Sequence[Named], known: Mapping[str, _Customer], findings: Findings) -> None:
    """Lead the hours of one table, tell what becomes of them, ask what is not sure."""
    answer, unsure = rows[0][0].grid.answers.get(TOPIC, ""), list[Unsure]()
    led, left = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for row, name, start, end in _dated(rows):
        row.values.pop("commande", None)
        her, month, minutes = known.get(same(name)), CalendarMonth.of(start), row.get("duree") or 0
        near = sorted(each for each in her.bills if each.month in (month, month + 1)) if her else []
        if her and (order := _sure(near, her.pending, start, end) or _answered(near, end, answer)):
            row.values["commande"] = order
            led[her.name, order] += minutes
        elif near and not answer:
            unsure.append((row, name, near, end))
        else:
            left[_UNSURE if near or (her and her.pending) else _NO_BILL if her else _STRANGE, name] += minutes
    asked = bool(unsure) and _ask(unsure, findings)
    for row, name, *_ in () if asked else unsure:
        left[_UNSURE, name] += row.get("duree") or 0
    _tell(rows[0][0], led, left, findings)


def _dated(rows: Sequence[Named]) -> Iterator[tuple[Row, str, date, date]]:
    """Yield each line with the first and the last day its work may be of: those of its week or of its month."""
    start = end = date.min
    for row, name in rows:
        if not row.get("suite_de_periode") and (day := row.get("date")):
            when = row.get("periode", {}).get("date", day)
            start, end = when, getattr(when, "last", None) or when
        if row.get("date"):
            yield row, name, start, end


def _sure(near: Sequence[Bill], pending: Sequence[str], start: date, end: date) -> str:
    """Return the order of the one invoice that can be that of some work, made before it; else an empty text.

    An order of a list, without an invoice yet, may be that of the work too.
    """
    if pending or not near:
        return pending[0] if len(pending) == 1 and not near else ""
    if _one(near):
        return _one([each for each in near if each.day >= start])
    here = [each for each in near if each.month == CalendarMonth.of(start)]
    return _one(here) if all(each.day >= end for each in here) else ""


def _one(bills: Sequence[Bill]) -> str:
    """Return the order of some invoices when it is one; an empty text when there are several, or none."""
    return bills[0].order if len({same(each.order) for each in bills}) == 1 else ""


def _answered(near: Sequence[Bill], end: date, answer: str) -> str:
    """Return the order that an answer of the group chooses among invoices; an empty text when none, or several."""
    if answer == _NEXT:
        fit = [each for each in near if each.day >= end]
        return _one([each for each in fit if each.day == fit[0].day])
    return _one([each for each in near if each.month == CalendarMonth.of(end)]) if answer == _SAME else ""


def _ask(unsure: Sequence[Unsure], findings: Findings) -> bool:
    """Ask once to which invoice the hours of a table go; False when no answer would lead any of them."""
    ways = [way for way in (_NEXT, _SAME) if any(_answered(near, end, way) for _, _, near, end in unsure)]
    if not ways:
        return False
    row, name, near, end = unsure[0]
    told = listing([f"{each.number} du {each.day:%d/%m/%Y}" for each in near], most=4)
    much = hours(round(sum(each.get("duree") or 0 for each, *_ in unsure)))
    work = f"« {name} » : travail du {end:%d/%m/%Y}, {'facture' if len(near) == 1 else 'factures'} {told}"
    customers = count(len({same(each) for _, each, *_ in unsure}), "client")
    question = f"{work}. À quelle facture vont ces heures ({much}, {customers}) ?"
    options = tuple((way, _LABELS[way]) for way in (*dict.fromkeys((*ways, _NEXT)), _NONE))
    findings.doubt(row.grid.place(row.line), Doubt(TOPIC, question, options, _TODO))
    return True


def _tell(row: Row, led: Counter[tuple[str, str]], left: Counter[tuple[str, str]], findings: Findings) -> None:
    """Tell how many hours go to an order by their customer, and how many stay in their month without one."""
    if led:
        orders = _joined((name, f"{order} ({_told(much)})") for (name, order), much in led.items())
        told = " ; ".join([f"« {name} » : {each}" for name, each in orders.items()][:_SHOWN])
        more = "…" if len(orders) > _SHOWN else "."
        text = f"heures menées à la commande de la facture de leur client : {_told(led.total())}. {told}{more}"
        findings.heed(row.grid.place(), text)
    if left:
        names = _joined((why, f"« {name} » ({_told(much)})") for (why, name), much in left.items())
        told = " ; ".join(f"{each} : {why}" for why, each in names.items())
        text = f"heures restées sans commande : {_told(left.total())}. {told}. {_MATTERS}"
        more = " Si leur facture vient plus tard, redonnez ces heures avec elle." if names.keys() - {_UNSURE} else ""
        findings.heed(row.grid.place(), f"{text}{more}")


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what goes with each first text, the first ones named."""
    groups: dict[str, list[str]] = defaultdict(list)
    for first, second in pairs:
        groups[first].append(second)
    return {first: listing(each, most=_SHOWN) for first, each in groups.items()}


def _told(minutes: float) -> str:
    return hours(round(minutes))
