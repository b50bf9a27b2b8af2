"""Any small book, and how groups write one: a shape, an order, names, formats, an encoding, drawn at random."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from kpa_model.files.book.sources import GivenFile
from kpa_model.money import part_of
from tests.given_tables import sheet

PEOPLE = {"Awa": "Diallo", "Samira": "Kaci", "Chloé": "Morvan", "Dimitri": "Petrov", "Ève": "Lenoir"}
"""First names, and the last name that some groups write beside."""
RATES = (200_000, 100_000, 55_000, 0)
ORDERS = ("C1", "C2", "C3")

Rows = list[list[str]]


@dataclass(frozen=True)
class SmallBook:
    """Facts of one or two months: invoices (number, order, day, cents, rate); hours (person, day, minutes, order)."""

    invoices: tuple[tuple[str, str, date, int, int], ...]
    hours: tuple[tuple[str, date, int, str], ...]


@st.composite
def small_books(draw: st.DrawFn) -> SmallBook:
    """Draw a small book: a person and a day have one line of hours, so that any table by people or days can say it.

    The last invoice may take back a part of the first one.
    """
    last = draw(st.sampled_from((27, 58)))
    days = st.integers(0, last).map(lambda step: date(2026, 3, 1) + timedelta(days=step))
    orders = draw(st.lists(st.sampled_from(ORDERS), min_size=1, max_size=3, unique=True))
    invoices = [
        (f"F{at}", order, draw(days), draw(st.integers(100, 300_000)), draw(st.sampled_from(RATES)))
        for at, order in enumerate(orders, 1)
    ]
    if draw(st.booleans()):
        _, order, day, cents, rate = invoices[0]
        invoices.append((f"F{len(invoices) + 1}", order, day, -draw(st.integers(50, cents)), rate))
    names = st.sampled_from([*PEOPLE])
    pairs = draw(st.lists(st.tuples(names, days), min_size=2, max_size=8, unique_by=lambda each: each))
    hours = ((who, day, draw(st.integers(1, 40)) * 15, draw(st.sampled_from(orders))) for who, day in pairs)
    return SmallBook(tuple(invoices), tuple(sorted(hours, key=lambda each: (each[1], each[0]))))


def comma(cents: int) -> str:
    """Return an amount as French spreadsheets write it."""
    sign, (whole, rest) = "-" if cents < 0 else "", divmod(abs(cents), 100)
    return f"{sign}{whole},{rest:02d}"


SHAPES = (
    *("lignes", "personnes", "jours", "transpose", "deux lignes"),
    *("horaires", "deux horaires", "périodes", "mois dessous", "horaires de chacun"),
)
SECONDS = ("", "achats", "trajets", "contacts", "stock")
EXTRA = ("", "remarque", "noms", "nombres", "euros", "météo")


@dataclass(frozen=True)
class Layout:
    """How a book is written down."""

    hours_shape: str
    money: str
    duration: str
    day: str
    separator: str
    encoding: str
    titles: int
    shuffled: tuple[float, ...]
    above: bool
    total: bool
    subtotals: bool
    extra: str
    """A column more, that the book has no use for: remarks, names of the group, figures."""
    second: str
    """Another table on the same sheet."""
    where: str
    """Where it stands, an empty line or column between: below the first one, above it, or beside it."""
    met: bool
    """People are met in the hours: no table says them before."""
    last_names: bool
    """People have two columns, for the first name and the last one."""
    pause: bool
    """A column takes a break off what stands between the hours of the day."""
    credit: str
    """What says that an invoice takes money back: its sign, or a column, « Avoir », beside an amount without sign."""
    typed: bool
    """It is a workbook, where days, amounts and times are no texts."""


layouts = st.builds(
    Layout,
    hours_shape=st.sampled_from(SHAPES),
    money=st.sampled_from(("ht_taux", "ht_tva", "ttc_taux", "ht_ttc", "tva_titree")),
    duration=st.sampled_from(("3h30", "3:30", "min", "titre_min", "decimal")),
    day=st.sampled_from(("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d/%m/%y", "%d.%m.%Y")),
    separator=st.sampled_from((";", "\t")),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "cp1252", "utf-16")),
    titles=st.integers(0, 2),
    shuffled=st.tuples(*[st.floats(0, 1)] * 6),
    above=st.booleans(),
    total=st.booleans(),
    subtotals=st.booleans(),
    extra=st.sampled_from(EXTRA),
    second=st.sampled_from(SECONDS),
    where=st.sampled_from(("dessous", "à côté", "au-dessus")),
    met=st.booleans(),
    last_names=st.booleans(),
    pause=st.booleans(),
    credit=st.sampled_from(("signe", "colonne")),
    typed=st.booleans(),
)


def written_duration(minutes: int, how: str) -> str:
    """Return a duration as one of the habits writes it."""
    if how == "3h30":
        return f"{minutes // 60}h{minutes % 60:02d}"
    if how == "3:30":
        return f"{minutes // 60}:{minutes % 60:02d}"
    if how == "min":
        return f"{minutes} min"
    if how == "titre_min":
        return str(minutes)
    return f"{minutes / 60:.2f}".replace(".", ",")


TITLES: dict[str, tuple[str, str, str]] = {
    "personne": ("personne", "Qui", "Prénom"),
    "date": ("date", "Jour", "Date"),
    "genre": ("genre", "Type", "Nature"),
    "duree": ("Heures", "Temps passé (h)", "Durée (h)"),
    "commande": ("commande", "N° commande", "Commande"),
    "facture": ("facture", "N° facture", "Numéro de facture"),
    "jour": ("date", "Date de facture", "Date d'émission"),
    "remarque": ("Remarque", "Commentaire", "Observations"),
    "noms": ("Référent", "Relu par", "Binôme"),
    "nombres": ("Km", "Nb de repas", "Points"),
    "euros": ("Frais", "Matières (€)", "Montant avancé"),
    "météo": ("Météo", "Salle", "Outil"),
}
_MONEY = {
    "ht_taux": ("Montant HT", "Taux TVA"),
    "ht_tva": ("Montant HT", "Montant TVA"),
    "ttc_taux": ("Total TTC", "Taux"),
    "ht_ttc": ("Total HT", "Total TTC"),
    "tva_titree": ("Montant HT (€)", "TVA (€)"),
}
_SAID = {
    "remarque": ("vu avec la cliente", "", "à revoir"),
    "noms": tuple(PEOPLE),
    "nombres": ("12", "7", "31"),
    "euros": ("12,40", "", "7,00"),
    "météo": ("beau", "pluie", "vent"),
}


def with_more(rows: Rows, layout: Layout) -> Rows:
    """Return a table with a column that the book has no use for, anywhere but first; it says nothing of totals."""
    if not layout.extra:
        return rows
    said, rank = _SAID[layout.extra], 1 + int(layout.shuffled[0] * len(rows[0]))
    cells = [said[at % len(said)] if _fact(row) else "" for at, row in enumerate(rows)]
    cells[0] = TITLES[layout.extra][layout.titles]
    return [[*row[:rank], cell, *row[rank:]] for row, cell in zip(rows, cells, strict=True)]


def _fact(row: Sequence[str]) -> bool:
    return any(row) and not any(cell.startswith(("Total", "Sous-total", "Vu ensemble")) for cell in row)


def with_second(rows: Rows, layout: Layout) -> Rows:
    """Return the lines of a sheet, with another table on it perhaps."""
    day = f"{date(2026, 3, 12):{layout.day}}"
    more: Rows = {
        "achats": [["Date", "Fournisseur", "Montant TTC", "Taux TVA"], [day, "Papeterie Sel", "24,00", "20 %"]],
        "trajets": [["Date", "Conducteur", "Kilomètres"], [day, "Samira", "42"], [day, "Awa", "17"]],
        "contacts": [["Contact", "Courriel"], ["Mairie", "mairie@exemple.fr"], ["École", "ecole@exemple.fr"]],
        "stock": [["Article", "Reste"], ["Savon", "40"], ["Sel", "12"]],
    }.get(layout.second, [])
    if not more:
        return rows
    if layout.where != "à côté":
        return [*rows, [""], *more] if layout.where == "dessous" else [*more, [""], *rows]
    wide, high = max(map(len, rows)), max(len(rows), len(more))
    left = [[*row, *[""] * (wide - len(row))] for row in [*rows, *[[""]] * (high - len(rows))]]
    return [[*row, "", *beside] for row, beside in zip(left, [*more, *[[""]] * (high - len(more))], strict=True)]


def invoices_file(book: SmallBook, layout: Layout) -> GivenFile:
    """Return the invoices, their money told in one of five ways, with totals perhaps, of each order and of all."""
    names = ("facture", "commande", "jour")
    unsigned = layout.credit == "colonne"
    order_of = sorted([0, 1, 2, *[3] * unsigned, 4, 5], key=lambda at: layout.shuffled[at])
    titles = [*(TITLES[name][layout.titles] for name in names), "Type de pièce", *_MONEY[layout.money]]
    told = sorted(book.invoices, key=lambda each: each[1]) if layout.subtotals else book.invoices
    rows, since = [[titles[at] for at in order_of]], 1
    amounts = [order_of.index(at) for at in (4, 5)]
    for rank, (number, order, day, cents, rate) in enumerate(told):
        kind, money = "Avoir" if cents < 0 else "Facture", _money(abs(cents) if unsigned else cents, rate, layout.money)
        cells = [number, order, f"{day:{layout.day}}", kind, *money]
        rows.append([cells[at] for at in order_of])
        if layout.subtotals and not unsigned and [each[1] for each in told[rank + 1 : rank + 2]] != [order]:
            rows.append(_summed(f"Sous-total {order}", rows[since:], amounts))
            since = len(rows)
    if layout.total and not unsigned:
        rows.append(_summed("Total", [row for row in rows[1:] if _fact(row)], amounts))
    return written("factures", with_second(with_more(rows, layout), layout), layout, layout.above)


def _money(cents: int, rate: int, how: str) -> tuple[str, str]:
    tax = (1 if cents > 0 else -1) * int(part_of(abs(cents), rate))
    percent = f"{rate / 10_000:g} %".replace(".", ",")
    return {
        "ht_taux": (comma(cents), percent),
        "ht_tva": (comma(cents), comma(tax)),
        "ttc_taux": (comma(cents + tax), percent),
        "ht_ttc": (comma(cents), comma(cents + tax)),
        "tva_titree": (comma(cents), comma(tax)),
    }[how]


def _summed(name: str, rows: Rows, amounts: Sequence[int]) -> list[str]:
    """Return a line with the sums of columns of amounts, and its name left of them; a column of rates has none."""
    sums = [""] * len(rows[0])
    for at in amounts:
        if not any("%" in row[at] for row in rows):
            sums[at] = comma(sum(int(row[at].replace(",", "")) for row in rows))
    sums[next(at for at, cell in enumerate(sums) if not cell)] = name
    return sums


def written(name: str, rows: Rows, layout: Layout, above: bool) -> GivenFile:
    """Return a file of lines, under a title and an empty line perhaps."""
    lines = [*([["Le relevé du groupe"], []] if above else []), *rows]
    if layout.typed:
        return sheet(f"{name}.xlsx", *([_typed(text, layout) for text in line] for line in lines))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=layout.separator, lineterminator="\r\n").writerows(lines)
    return GivenFile(f"{name}.csv", out.getvalue().encode(layout.encoding))


def _typed(text: str, layout: Layout) -> Any:
    """Return what a spreadsheet keeps when a text is typed in: a day, a number, a time; else the text."""
    with suppress(ValueError):
        return datetime.strptime(text, layout.day)
    if re.fullmatch(r"-?\d+(,\d+)?", text):
        return float(text.replace(",", "."))
    if found := re.fullmatch(r"(\d+):(\d\d)", text):
        hours, minutes = int(found[1]), int(found[2])
        return time(hours, minutes) if 9 < hours < 24 else timedelta(hours=hours, minutes=minutes)
    return text or None


def people_files(met: bool, called: Callable[[str], str] = str) -> list[GivenFile]:
    """Return the people, unless they are met in the hours, and the orders, written as the book expects."""
    people = "personne;statut;du\n" + "".join(f"{called(who)};cape;01/01/2026\n" for who in PEOPLE)
    orders = "commande;date\n" + "".join(f"{order};01/03/2026\n" for order in ORDERS)
    told = [] if met else [GivenFile("personnes.csv", people.encode())]
    return [*told, GivenFile("commandes.csv", orders.encode())]
