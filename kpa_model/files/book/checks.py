"""What no single cell can tell: names that lead nowhere, dates in the wrong order, sums that pass the invoice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from itertools import pairwise

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.people import Spell
from kpa_model.files.book.building import attributes, names_in
from kpa_model.files.book.cells import same
from kpa_model.files.book.closest import turned, vouliez_vous
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.invoices import check_invoices, check_payments
from kpa_model.files.book.reading.periods import FAR, astray
from kpa_model.files.book.reading.sales.as_days import hint
from kpa_model.files.book.tables import Row, Tables
from kpa_model.files.book.writing import text_of
from kpa_model.words import count, euros, hours, month_name, number, of

_DAY = 24 * 60


def check(tables: Tables, findings: Findings) -> None:
    """Look at the tables together. References found under another spelling are replaced by the known one.

    A table that could not be read at all is not in `tables`; nothing that refers to it is then checked.
    """
    _one_spelling(tables, findings)
    for table, column, owner in _REFERENCES:
        if owner in tables:
            _refer(tables.get(table, []), column, owner, tables[owner], findings)
    for table, look in _LOOKS.items():
        if table in tables:
            look(tables, findings)
    _far_days(tables, findings)


# --- names ------------------------------------------------------------------------------------------------------------

_KEYS = {"personnes": "personne", "commandes": "commande", "factures": "facture"}
_CALLED = {"personnes": "cette personne", "commandes": "cette commande", "factures": "cette facture"}
_REFERENCES = (
    ("commandes", "apportee_par", "personnes"),
    ("factures", "commande", "commandes"),
    ("encaissements", "facture", "factures"),
    ("achats", "commande", "commandes"),
    ("heures", "personne", "personnes"),
    ("heures", "commande", "commandes"),
    ("declarations", "personne", "personnes"),
)


def _one_spelling(tables: Tables, findings: Findings) -> None:
    """Give the first spelling to every line of one person or one invoice."""
    for table in ("personnes", "factures"):
        first: dict[str, str] = {}
        for row in tables.get(table, []):
            if name := row.get(_KEYS[table]):
                _respell(row, _KEYS[table], first.setdefault(same(name), name), findings)


def _respell(row: Row, column: str, known: str, findings: Findings) -> None:
    if row.values[column] != known:
        findings.note(row.place(column), f"« {row.values[column]} » est lu comme « {known} ».")
        row.values[column] = known


def _refer(rows: Iterable[Row], column: str, owner: str, owners: Iterable[Row], findings: Findings) -> None:
    """Check that every name written in a column stands in its table."""
    known = {same(name): name for row in owners if (name := row.get(_KEYS[owner]))}
    if owner != "personnes":
        known = _without_zeros(known) | known
    for row in rows:
        if not (said := row.get(column)):
            continue
        if column == "apportee_par":
            said = said if isinstance(said, tuple) else (said,) if same(said) in known else names_in(said, known)
            row.values[column] = tuple(_found(row, column, name, owner, known, findings) for name in said)
        else:
            _respell(row, column, _found(row, column, said, owner, known, findings), findings)


def _without_zeros(known: Mapping[str, str]) -> dict[str, str]:
    """Return the numbers by what they are without their first zeros, a spreadsheet eats them; none that two share."""
    short = Counter(key.lstrip("0") for key in known if key.isdigit())
    return {key.lstrip("0"): name for key, name in known.items() if key.isdigit() and short[key.lstrip("0")] == 1}


def _found(row: Row, column: str, said: str, owner: str, known: Mapping[str, str], findings: Findings) -> str:
    key = same(said)
    name = known.get(key, known.get(key.lstrip("0") if owner != "personnes" and key.isdigit() else key))
    other = turned(said, known) if said != name else ""
    if name is not None and not other:
        return name
    near = f"Est-ce « {name} », ou « {other} » ?" if other else vouliez_vous(said, known.values())
    noun, day = ("nom", "") if owner == "personnes" else ("numéro", hint(said, known.values()))
    add = day or f"Corrigez ce {noun}, ou ajoutez {_CALLED[owner]} dans la table « {owner} »."
    findings.problem(row.place(column), f"« {said} » n'est pas dans la table « {owner} ».", f"{near} {add}".strip())
    return said


# --- one table at a time ----------------------------------------------------------------------------------------------


def _people(tables: Tables, findings: Findings) -> None:
    """Spells end after they start, and two spells of one person do not meet."""
    spells: dict[str, list[tuple[date, date, Row]]] = defaultdict(list)
    for row in tables["personnes"]:
        start, end = row.get("du"), row.get("au")
        if start and end and end < start:
            what = f"la fin ({end:%d/%m/%Y}) vient avant le début ({start:%d/%m/%Y})."
            findings.problem(row.place("au"), what, "Corrigez l'une des deux dates.")
        elif start and row.get("personne"):
            spells[row.get("personne")].append((start, end or date.max, row))
    for name, hers in spells.items():
        hers.sort(key=lambda spell: spell[0])
        for (_, end, before), (start, _, row) in pairwise(hers):
            if start > end:
                continue
            if all(row.get(each) == before.get(each) for each in ("statut", "du")):
                what = f"« {name} » est déjà à la ligne {before.line}, sous le même statut."
                todo = "Supprimez l'une des deux lignes. Si ce sont deux personnes, donnez-leur deux noms."
            else:
                what = f"« {name} » a déjà un statut ce jour-là (ligne {before.line})."
                todo = f"Terminez le premier statut la veille, dans la colonne « au » de la ligne {before.line}."
            findings.problem(row.place("du"), what, todo)
    _told_twice(tables["personnes"], findings)


def _told_twice(rows: Iterable[Row], findings: Findings) -> None:
    """Tell what two lines of one person say differently, where only one thing is kept: her pole, a date of hers."""
    dated = {each.name for each in fields(Spell)}
    kept = [name for name, field in attributes("personnes").items() if field not in dated]
    last: dict[tuple[str, str], Row] = {}
    for row in rows:
        for column in kept:
            if (said := row.get(column)) is None or not (name := row.get("personne")):
                continue
            before = last.get((name, column), row)
            if before.get(column) != said:
                about = dictionaries()["personnes"].column(column)
                old, new = text_of(before.get(column), about), text_of(said, about)
                where = f"à la ligne {before.line}"
                text = f"« {name} » a « {old} » {where}, et « {new} » ici : il vaut pour tous les mois."
                findings.heed(row.place(column), text)
            last[name, column] = row


def _orders(tables: Tables, findings: Findings) -> None:
    _twice(tables["commandes"], ("commande",), "la commande", findings)


def _twice(rows: Iterable[Row], columns: tuple[str, ...], called: str, findings: Findings) -> None:
    """Refuse two lines with the same key."""
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        if all(row.get(column) for column in columns):
            key = tuple(same(str(row.get(column))) for column in columns)
            if (before := first.setdefault(key, row)) is not row:
                said = " pour ".join(f"« {row.get(column)} »" for column in columns)
                where = f"à la ligne {before.line}" if before.grid is row.grid else f"ailleurs : {before.place()}"
                findings.problem(
                    row.place(columns[0]),
                    f"{called} {said} est déjà écrite {where}.",
                    "Supprimez l'une des deux lignes, ou changez ce qui les distingue.",
                )


def _far_days(tables: Tables, findings: Findings) -> None:
    """Tell the days that are far from the others: a year is easily mistyped."""
    dated = [
        (day, row)
        for table in ("factures", "encaissements", "achats", "heures")
        for row in tables.get(table, [])
        if (day := row.get("date"))
    ]
    far = astray([day for day, _ in dated])
    for day, row in dated:
        if day in far:
            findings.heed(row.place("date"), f"le {day:%d/%m/%Y} est loin des autres dates. Vérifiez l'année.")
    last = max((day for day, _ in dated if day not in far), default=date.max)
    for row in tables.get("personnes", []):
        if (start := row.get("du")) and (start - last).days > FAR:
            findings.note(
                row.place("du"), f"le {start:%d/%m/%Y} vient des années après tout le reste. Vérifiez l'année."
            )


def _hours(tables: Tables, findings: Findings) -> None:
    """A day has 24 hours; time given before or after a person's stay is told."""
    total, outside, stays = Counter[tuple[str, date]](), defaultdict[str, list[Row]](list), _stays(tables)
    for row in tables["heures"]:
        if (name := row.get("personne")) is None or (day := row.get("date")) is None:
            continue
        before = total[name, day]
        total[name, day] += row.get("duree", 0)
        if before <= _DAY < total[name, day]:
            what = f"« {name} » arrive à {hours(total[name, day])} le {day:%d/%m/%Y}. Une journée a 24 heures."
            todo = "Vérifiez la durée. Pour des minutes, écrivez « 45 min »."
            findings.problem(row.place("duree"), what, todo)
        if name in stays and not any(start <= day <= end for start, end in stays[name]):
            outside[name].append(row)
    for name, rows in outside.items():
        first, *more = sorted({row.get("date") for row in rows})
        when, time = "ce jour-là", ""
        if more:
            when = f"le {first:%d/%m/%Y} et {count(len(more), 'autre jour', 'autres jours')}"
            time = f" : {hours(sum(int(row.get('duree') or 0) for row in rows))} en tout"
        findings.heed(rows[0].place("date"), f"« {name} » n'a aucun statut {when}, dans la table « personnes »{time}.")


def _stays(tables: Tables, status: str = "") -> dict[str, list[tuple[date, date]]]:
    """Return the times under each status (all of them by default), by person."""
    stays: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for row in tables.get("personnes", []):
        if row.get("personne") and row.get("du"):
            hers = stays[row.get("personne")]
            if status in ("", row.get("statut")):
                hers.append((row.get("du"), row.get("au") or date.max))
    return stays


def _statements(tables: Tables, findings: Findings) -> None:
    """One line per person and month; nothing negative; months outside the book and claims without CAPE are told."""
    rows = tables["declarations"]
    _twice(rows, ("personne", "mois"), "la déclaration de", findings)
    contracts, months = _stays(tables, "cape"), _months(tables)
    for row in rows:
        for column, low in (("points", 0), ("demande", 0), ("besoin", 1)):
            if row.get(column, low) < low:
                said = row.get(column)
                told = euros(said) if column == "demande" else number(Decimal(said) / 100)
                todo = "Écrivez zéro ou plus." if low == 0 else "Écrivez 1, ou un nombre au-dessus de zéro."
                findings.problem(row.place(column), f"« {told} » est {'négatif' if said < 0 else 'trop petit'}.", todo)
        name, month = row.get("personne"), row.get("mois")
        if month and months and month not in months:
            here, first, last = (month_name(each.first_day) for each in (month, min(months), max(months)))
            text = f"{here} est hors du carnet, qui va {of(first)} à {last}."
            findings.note(row.place("mois"), text)
        if month and row.get("demande", 0) > 0 and name in contracts and not _meets(contracts[name], month):
            text = f"« {name} » demande une rétribution sans CAPE ce mois-là. Elle ne pourra pas être payée."
            findings.note(row.place("demande"), text)


def _months(tables: Tables) -> set[CalendarMonth]:
    """Return every month from the first to the last date of the book."""
    days = [
        row.get("date") for table in ("factures", "encaissements", "achats", "heures") for row in tables.get(table, [])
    ]
    held = [CalendarMonth.of(day).index for day in days if day]
    return {CalendarMonth(index) for index in range(min(held), max(held) + 1)} if held else set()


def _meets(stays: Iterable[tuple[date, date]], month: CalendarMonth) -> bool:
    return any(start <= month.last_day and end >= month.first_day for start, end in stays)


_LOOKS: dict[str, Callable[[Tables, Findings], None]] = {
    "personnes": _people,
    "commandes": _orders,
    "factures": check_invoices,
    "encaissements": check_payments,
    "heures": _hours,
    "declarations": _statements,
}
