"""Any small book, written in a shape, an order, names, formats and an encoding drawn at random, as groups do."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from kpa_model.files.book.sources import GivenFile

PEOPLE = ("Awa", "Samira", "Chloé", "Dimitri", "Ève")
RATES = (200_000, 100_000, 55_000, 0)
ORDERS = ("C1", "C2", "C3")


@dataclass(frozen=True)
class SmallBook:
    """Facts of one month: invoices (number, order, day, cents, rate); hours (person, day, kind, minutes, order)."""

    invoices: tuple[tuple[str, str, date, int, int], ...]
    hours: tuple[tuple[str, date, str, int, str], ...]


days = st.integers(0, 27).map(lambda step: date(2026, 3, 1) + timedelta(days=step))


@st.composite
def small_books(draw: st.DrawFn) -> SmallBook:
    """Draw a small book: a person and a day have one line of hours, so that any table by people or days can say it."""
    orders = draw(st.lists(st.sampled_from(ORDERS), min_size=1, max_size=3, unique=True))
    invoices = tuple(
        (f"F{at}", order, draw(days), draw(st.integers(100, 300_000)), draw(st.sampled_from(RATES)))
        for at, order in enumerate(orders, 1)
    )
    pairs = draw(
        st.lists(st.tuples(st.sampled_from(PEOPLE), days), min_size=2, max_size=8, unique_by=lambda each: each)
    )
    hours = tuple(
        (who, day, "prestation", draw(st.integers(1, 40)) * 15, draw(st.sampled_from(orders))) for who, day in pairs
    )
    return SmallBook(invoices, tuple(sorted(hours, key=lambda each: (each[1], each[0]))))


def comma(cents: int) -> str:
    """Return an amount as French spreadsheets write it."""
    sign, (whole, rest) = "-" if cents < 0 else "", divmod(abs(cents), 100)
    return f"{sign}{whole},{rest:02d}"


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
    more: bool
    met: bool
    """People are met in the hours: no table says them before."""


layouts = st.builds(
    Layout,
    hours_shape=st.sampled_from(("lignes", "personnes", "jours", "transpose", "deux lignes")),
    money=st.sampled_from(("ht_taux", "ht_tva", "ttc_taux", "ht_ttc", "tva_titree")),
    duration=st.sampled_from(("3h30", "3:30", "min", "titre_min", "decimal")),
    day=st.sampled_from(("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d/%m/%y", "%d.%m.%Y")),
    separator=st.sampled_from((";", "\t")),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "cp1252", "utf-16")),
    titles=st.integers(0, 2),
    shuffled=st.tuples(*[st.floats(0, 1)] * 6),
    above=st.booleans(),
    total=st.booleans(),
    more=st.booleans(),
    met=st.booleans(),
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


_TITLES: dict[str, tuple[str, str, str]] = {
    "personne": ("personne", "Qui", "Prénom"),
    "date": ("date", "Jour", "Date"),
    "genre": ("genre", "Type", "Nature"),
    "duree": ("Heures", "Temps passé (h)", "Durée (h)"),
    "commande": ("commande", "N° commande", "Commande"),
    "facture": ("facture", "N° facture", "Numéro de facture"),
    "jour": ("date", "Date de facture", "Date d'émission"),
}


def hours_file(book: SmallBook, layout: Layout) -> GivenFile:
    """Return the hours as one table."""

    def title(name: str) -> str:
        if name == "duree" and layout.duration == "titre_min":
            return "Durée (min)"
        return _TITLES[name][layout.titles]

    def time(minutes: int) -> str:
        return written_duration(minutes, layout.duration)

    if layout.hours_shape in ("lignes", "transpose"):
        columns = ["personne", "date", "genre", "duree", "commande"]
        order = sorted(range(5), key=lambda at: layout.shuffled[at])
        rows: list[list[str]] = [[title(columns[at]) for at in order]]
        for who, day, kind, minutes, job in book.hours:
            cells = [who, f"{day:{layout.day}}", kind, time(minutes), job]
            rows.append([cells[at] for at in order])
        if layout.more:
            rows = [[*row, "Météo" if at == 0 else "beau"] for at, row in enumerate(rows)]
        if layout.hours_shape == "transpose":
            rows = [list(each) for each in zip(*rows, strict=True)]
        return _file("heures.csv", rows, layout, layout.above and layout.hours_shape == "lignes")
    return _file("heures.csv", _wide_rows(book, layout, time), layout, layout.above)


def _wide_rows(book: SmallBook, layout: Layout, time: Any) -> list[list[str]]:
    unit = " (min)" if layout.duration == "titre_min" else ""
    people = sorted({each[0] for each in book.hours}, key=lambda who: layout.shuffled[PEOPLE.index(who)])
    if layout.hours_shape == "personnes":
        rows = [
            [
                f"{_TITLES['date'][layout.titles]}",
                "Commande",
                *people,
                *([f"Total{unit}"] if layout.total or unit else []),
            ]
        ]
        for day, job in dict.fromkeys((each[1], each[4]) for each in book.hours):
            own = {each[0]: each[3] for each in book.hours if (each[1], each[4]) == (day, job)}
            row = [f"{day:{layout.day}}", job, *(time(own[who]) if who in own else "" for who in people)]
            rows.append([*row, *([time(sum(own.values()))] if layout.total or unit else [])])
        if layout.total:
            sums = [sum(each[3] for each in book.hours if each[0] == who) for who in people]
            rows.append(["Total du mois", "", *map(time, sums), time(sum(sums))])
        if layout.more:
            rows = [[row[0], "Météo" if at == 0 else "beau", *row[1:]] for at, row in enumerate(rows)]
            rows += [[""] * len(rows[0]), ["Vu ensemble le 31", *[""] * (len(rows[0]) - 1)]]
        return rows
    if layout.hours_shape == "deux lignes":
        return _two_lines(book, layout, time, people)
    dates = sorted({each[1] for each in book.hours})
    rows = [
        [
            "Prénom",
            "Commande",
            *(f"{day:{layout.day}}" for day in dates),
            *([f"Total{unit}"] if layout.total or unit else []),
        ]
    ]
    for who, job in dict.fromkeys((each[0], each[4]) for each in book.hours):
        own_days = {each[1]: each[3] for each in book.hours if (each[0], each[4]) == (who, job)}
        row = [who, job, *(time(own_days[day]) if day in own_days else "" for day in dates)]
        rows.append([*row, *([time(sum(own_days.values()))] if layout.total or unit else [])])
    return rows


def _two_lines(book: SmallBook, layout: Layout, time: Any, people: Sequence[str]) -> list[list[str]]:
    """Return people above, and the same kinds of work below each of them."""
    unit = " (min)" if layout.duration == "titre_min" else ""
    below = [f"Chantier{unit}", f"Réunion{unit}", *(["Total"] if layout.total else [])]
    rows = [
        ["", "", *(cell for who in people for cell in (who, *[""] * (len(below) - 1)))],
        [_TITLES["date"][layout.titles], "Commande", *below * len(people)],
    ]
    for day, job in dict.fromkeys((each[1], each[4]) for each in book.hours):
        own = {each[0]: time(each[3]) for each in book.hours if (each[1], each[4]) == (day, job)}
        cells = (
            cell for who in people for cell in (own.get(who, ""), "", *([own.get(who, "")] if layout.total else []))
        )
        rows.append([f"{day:{layout.day}}", job, *cells])
    return rows


def invoices_file(book: SmallBook, layout: Layout, vat: Any) -> GivenFile:
    """Return the invoices, their money told in one of five ways."""
    heads = {
        "ht_taux": ("Montant HT", "Taux TVA"),
        "ht_tva": ("Montant HT", "Montant TVA"),
        "ttc_taux": ("Total TTC", "Taux"),
        "ht_ttc": ("Total HT", "Total TTC"),
        "tva_titree": ("Montant HT (€)", "TVA (€)"),
    }[layout.money]
    rows = [[*(_TITLES[name][layout.titles] for name in ("facture", "commande", "jour")), *heads]]
    for number, order, day, cents, rate in book.invoices:
        tax = vat(cents, rate)
        percent = f"{rate / 10_000:g} %".replace(".", ",")
        money = {
            "ht_taux": (comma(cents), percent),
            "ht_tva": (comma(cents), comma(tax)),
            "ttc_taux": (comma(cents + tax), percent),
            "ht_ttc": (comma(cents), comma(cents + tax)),
            "tva_titree": (comma(cents), comma(tax)),
        }[layout.money]
        rows.append([number, order, f"{day:{layout.day}}", *money])
    order_of = sorted(range(5), key=lambda at: layout.shuffled[at])
    return _file("factures.csv", [[row[at] for at in order_of] for row in rows], layout, layout.above)


def _file(name: str, rows: Sequence[Sequence[str]], layout: Layout, above: bool) -> GivenFile:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=layout.separator, lineterminator="\r\n")
    if above:
        writer.writerow(["Le relevé du groupe"])
        writer.writerow([])
    writer.writerows(rows)
    return GivenFile(name, out.getvalue().encode(layout.encoding))


def people_files(met: bool) -> list[GivenFile]:
    """Return the people, unless they are met in the hours, and the orders, written as the book expects."""
    people = "personne;statut;du\n" + "".join(f"{who};cape;01/01/2026\n" for who in PEOPLE)
    orders = "commande;date\n" + "".join(f"{order};01/03/2026\n" for order in ORDERS)
    told = [] if met else [GivenFile("personnes.csv", people.encode())]
    return [*told, GivenFile("commandes.csv", orders.encode())]
