"""Hours that say their customer, « Chez qui ? », go to the order of its invoice; what is not sure is asked, or told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.book.cells import same
from kpa_model.files.book.dates import Period
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.tables import Held, Row, Tables
from kpa_model.files.book.where import Place
from kpa_model.files.importing.naming import (
    Bill,
    BookDoubts,
    KnownCustomer,
    Named,
    called_alike,
    customers_of,
    named,
    of_labels,
    of_sale,
    way_of,
)
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
_UNTOLD = "Lignes sans client"
_ADD = "Ajoutez une colonne « Client » à la liste des factures."
_SHOWN = 6


Unsure = tuple[Row, str, Sequence[Bill], date]
"""A line of hours whose invoice is not sure: its customer, the invoices that may fit, the last day of its work."""


@dataclass
class _Told:
    """What the hours of one file come to: minutes led by customer and order, left by reason and name."""

    led: Counter[tuple[str, str]] = field(default_factory=Counter)
    left: Counter[tuple[str, str]] = field(default_factory=Counter)


def led_by_customers(tables: Tables, held: Held, orders: set[str], asking: BookDoubts) -> None:
    """Give hours the order of the invoice of their customer, of the month of the work or of the next one.

    Args:
        tables: what the files give; each of their invoices has its order.
        held: what the book holds already.
        orders: the orders that are known, by what their spellings share: hours that name one keep it.
        asking: where it is told, and asked when several invoices may fit.
    """
    worked, known = tables.get("heures", ()), customers_of(tables, held)
    _lead_alike([*called_alike(worked, tables, held, orders)], asking)
    named_on_label = of_labels(worked, tables, held, known, orders)
    known |= named_on_label
    rows, told = list[Named](), defaultdict[str, _Told](_Told)
    for row, name in named(
        worked, {key: each.name for key, each in known.items()}, orders, asking, lambda rows: _choices(rows, known)
    ):
        if same(name) in known or same(name) not in orders:
            rows.append((row, name))
        else:  # invoices call an order by its customer
            row.values["commande"] = name
            told[row.grid.file].led[name, name] += row.get("duree") or 0
    if known:
        _lead(rows, known, told, asking)
    elif rows:
        _say_unknown(rows, bool(tables.get("factures")), asking.findings)
    named_rows = {id(row) for row, _ in rows}
    for row in worked:  # work that is sold, and says neither a customer nor an order
        untold = id(row) not in named_rows and not any(row.get(each) for each in ("commande", "client"))
        if row.grid.file in told and untold and of_sale(row):
            told[row.grid.file].left[_UNTOLD, ""] += row.get("duree") or 0
    for file, each in told.items():
        _tell(Place(file), each, asking.findings)
    if names := sorted({name for each in told.values() for name, _ in each.led if same(name) in named_on_label}):
        text = f"{listing([f'« {name} »' for name in names], most=_SHOWN)} : d'après le libellé d'une facture."
        asking.findings.heed(Place(asking.name), f"{text} Elle ne dit pas son client.")
    _say_idle(known, [*(row.values for row in worked), *held.get("heures", ())], told.values(), asking)


def _lead_alike(alike: Sequence[Named], asking: BookDoubts) -> None:
    """Give hours the order of the invoice whose label is their project; tell which."""
    much = Counter[tuple[str, str]]()
    for row, order in alike:
        much[str(row.get("commande")), order] += row.get("duree") or 0
        row.values["commande"] = order
    if much:
        pairs = [f"« {project} » : {order} ({_hours(minutes)})" for (project, order), minutes in much.items()]
        text = f"heures rattachées à la facture dont le libellé dit leur projet : {listing(pairs, most=_SHOWN)}."
        asking.findings.heed(Place(asking.name), text)


def _say_unknown(rows: Sequence[Named], sold: bool, findings: Findings) -> None:
    """Tell that a column of customers leads nowhere: no invoice says whose it is, or there is none."""
    place, much = rows[0][0].place("client"), sum(row.get("duree") or 0 for row, _ in rows)
    if sold:
        what = f"heures restées sans commande : {_hours(much)}. « {place.title} » : aucune facture ne dit son client."
        findings.heed(rows[0][0].grid.place(), f"{what} {_MATTERS} {_ADD}")
    else:
        findings.note(place, "cette colonne n'est pas utilisée : il n'y a pas de factures.")


def _lead(
    rows: Sequence[Named], known: Mapping[str, KnownCustomer], told: Mapping[str, _Told], asking: BookDoubts
) -> None:
    """Lead hours, ask what is not sure; count what becomes of those of each file."""
    several = way_of(asking.answers)  # « s'il en a plusieurs »: a customer of one invoice is sure
    answer, unsure = asking.answers.get(TOPIC, "") or several, list[Unsure]()
    for row, name, start, end in _dated(rows):
        row.values.pop("commande", None)
        file, minutes = told[row.grid.file], row.get("duree") or 0
        her = known.get(same(name))
        near = her.near(CalendarMonth.of(start)) if her else []
        only = _one(near) if her and near and several and not her.pending else ""
        if her and (order := _sure(near, her.pending, start, end) or only or _answered(near, end, answer)):
            row.values["commande"] = order
            file.led[her.name, order] += minutes
        elif near and not answer:
            unsure.append((row, name, near, end))
        elif her or of_sale(row):
            file.left[_UNSURE if near or (her and her.pending) else _NO_BILL if her else _STRANGE, name] += minutes
    asked = bool(unsure) and _ask(unsure, asking)
    for row, name, *_ in () if asked else unsure:
        told[row.grid.file].left[_UNSURE, name] += row.get("duree") or 0


def _dated(rows: Sequence[Named]) -> Iterator[tuple[Row, str, date, date]]:
    """Yield each line with the first and the last day its work may be of: those of its week or of its month."""
    start = end = date.min
    for row, name in rows:
        if not row.get("suite_de_periode") and (day := row.get("date")):
            when = row.get("periode", {}).get("date", day)
            start, end = when, when.worked[-1] if isinstance(when, Period) else when
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


def _ask(unsure: Sequence[Unsure], asking: BookDoubts) -> bool:
    """Ask once to which invoice hours go; False when no answer would lead any of them."""
    ways = _ways(unsure)
    if not ways:
        return False
    _, name, near, end = next(each for each in unsure if any(_answered(each[2], each[3], way) for way in ways))
    told = listing([f"{each.number} du {each.day:%d/%m/%Y}" for each in near], most=4)
    much = _hours(sum(each.get("duree") or 0 for each, *_ in unsure))
    customers = [*{same(each): f"« {each} »" for _, each, *_ in unsure}.values()]
    if ways == [_SAME] and all(_one(each[2]) for each in unsure):  # made before the end of its work
        bill = f"la facture {told}" if len(customers) == 1 else "leur facture du même mois"
        question = f"{listing(customers, most=4)} : {much} de travail après {bill}. Est-ce pour cette facture ?"
        labels = {_SAME: "oui", _NEXT: "non : pour une facture à venir", _NONE: _LABELS[_NONE]}
        asking.ask(Doubt(TOPIC, question, tuple(labels.items()), _TODO))
        return True
    work = f"« {name} » : travail du {end:%d/%m/%Y}, {'facture' if len(near) == 1 else 'factures'} {told}"
    whose = f" de {count(len(customers), 'client')}" if len(customers) > 1 else ""
    question = f"{work}. À quelle facture vont ces heures ({much}{whose}) ?"
    options = tuple((way, _LABELS[way]) for way in (*dict.fromkeys((*ways, _NEXT)), _NONE))
    asking.ask(Doubt(TOPIC, question, options, _TODO))
    return True


def _ways(unsure: Sequence[Unsure]) -> list[str]:
    """Return the answers that lead some of these hours."""
    return [way for way in (_SAME, _NEXT) if any(_answered(near, end, way) for _, _, near, end in unsure)]


def _choices(rows: Sequence[Named], known: Mapping[str, KnownCustomer]) -> dict[str, str]:
    """Return how hours may choose among the invoices of their customer, in words; nothing when all of them are sure."""
    unsure = list[Unsure]()
    for row, name, start, end in _dated(rows):
        her = known[same(name)]
        near = her.near(CalendarMonth.of(start))
        if near and not _sure(near, her.pending, start, end):
            unsure.append((row, name, near, end))
    if unsure and all(_one(near) for _, _, near, _ in unsure):
        return {_SAME: ""}  # one invoice each
    return {way: _LABELS[way] for way in (*ways, _NONE)} if (ways := _ways(unsure)) else {}


def _tell(place: Place, told: _Told, findings: Findings) -> None:
    """Tell how many hours go to an order by their customer, and how many stay in their month without one."""
    if told.led:
        orders = _joined((name, f"{order} ({_hours(much)})") for (name, order), much in told.led.items())
        pairs = " ; ".join([f"« {name} » : {each}" for name, each in orders.items()][:_SHOWN])
        more = "…" if len(orders) > _SHOWN else "."
        what = f"{_hours(told.led.total())} rattachées à la facture de leur client"
        findings.heed(place, f"{what}. {pairs}{more}")
    if told.left:
        names = _joined((why, f"« {name} » ({_hours(much)})") for (why, name), much in told.left.items() if name)
        parts = [f"{why} : {_hours(much)}" for (why, _), much in told.left.items() if why == _UNTOLD]
        parts += [f"{each} : {why}" for why, each in names.items()]
        what = f"heures restées sans commande : {_hours(told.left.total())}. {' ; '.join(parts)}. {_MATTERS}"
        later = " Si leur facture vient plus tard, redonnez ces heures avec elle."
        findings.heed(place, f"{what}{later if names.keys() & {_NO_BILL, _STRANGE} else ''}")


def _say_idle(
    known: Mapping[str, KnownCustomer], worked: Sequence[Mapping[str, Any]], told: Iterable[_Told], asking: BookDoubts
) -> None:
    """Tell the invoices without any hours, of the months of hours, of customers who have some on other invoices."""
    if any(doubt.topic == TOPIC for _, doubt in asking.findings.doubts):
        return  # hours may go to them
    done = {same(str(each.get("commande") or "")) for each in worked}
    months = {CalendarMonth.of(each["date"]) for each in worked if each.get("date")}
    names = [name for name in dict.fromkeys(name for each in told for name, _ in each.led) if same(name) in known]
    idle = [
        f"{each.number} du {each.day:%d/%m/%Y} (« {name} »)"
        for name in names
        for each in known[same(name)].bills
        if same(each.order) not in done and each.month in months
    ]
    if idle:
        what = f"factures sans heures, de clients qui en ont sur d'autres : {listing(idle, most=_SHOWN)}."
        asking.findings.heed(Place(asking.name), f"{what} Une règle commande par commande ne partage pas leur argent.")


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what goes with each first text, the first ones named."""
    groups: dict[str, list[str]] = defaultdict(list)
    for first, second in pairs:
        groups[first].append(second)
    return {first: listing(each, most=_SHOWN) for first, each in groups.items()}


def _hours(minutes: float) -> str:
    return hours(round(minutes))
