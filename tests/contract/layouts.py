"""Any small book, and how groups write one: a shape, an order, names, formats, an encoding, drawn at random."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from kpa_model.files.book.sources import GivenFile
from kpa_model.money import part_of

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
    *("horaires", "deux horaires", "périodes", "mois dessous"),
)
SECONDS = ("", "achats", "trajets", "contacts")
EXTRA = ("", "remarque", "noms", "nombres", "météo")


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
    aside: bool
    """It stands beside the first one; else below."""
    met: bool
    """People are met in the hours: no table says them before."""
    last_names: bool
    """People have two columns, for the first name and the last one."""
    pause: bool
    """A column takes a break off what stands between the hours of the day."""
    credit: str
    """What says that an invoice takes money back: its sign, or a column, « Avoir », beside an amount without sign."""


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
    aside=st.booleans(),
    met=st.booleans(),
    last_names=st.booleans(),
    pause=st.booleans(),
    credit=st.sampled_from(("signe", "colonne")),
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
    "météo": ("beau", "pluie", "vent"),
}


def with_more(rows: Rows, layout: Layout) -> Rows:
    """Return a table with a column that the book has no use for, on its right."""
    if not layout.extra:
        return rows
    said = _SAID[layout.extra]
    title, *cells = TITLES[layout.extra][layout.titles], *(said[at % len(said)] for at in range(len(rows) - 1))
    return [[*row, cell] for row, cell in zip(rows, (title, *cells), strict=True)]


def with_second(rows: Rows, layout: Layout) -> Rows:
    """Return the lines of a sheet with another table on it, below or beside, an empty line or column between."""
    day = f"{date(2026, 3, 12):{layout.day}}"
    more: Rows = {
        "achats": [["Date", "Fournisseur", "Montant TTC", "Taux TVA"], [day, "Papeterie Sel", "24,00", "20 %"]] * 1,
        "trajets": [["Date", "Conducteur", "Kilomètres"], [day, "Samira", "42"], [day, "Awa", "17"]],
        "contacts": [["Contact", "Courriel"], ["Mairie", "mairie@exemple.fr"], ["École", "ecole@exemple.fr"]],
    }.get(layout.second, [])
    if not more or not layout.aside:
        return [*rows, *([[""], *more] if more else [])]
    wide, high = max(map(len, rows)), max(len(rows), len(more))
    left = [[*row, *[""] * (wide - len(row))] for row in [*rows, *[[""]] * (high - len(rows))]]
    return [[*row, "", *beside] for row, beside in zip(left, [*more, *[[""]] * (high - len(more))], strict=True)]


def invoices_file(book: SmallBook, layout: Layout) -> GivenFile:
    """Return the invoices, their money told in one of five ways."""
    names = ("facture", "commande", "jour")
    rows = [[*(TITLES[name][layout.titles] for name in names), "Type de pièce", *_MONEY[layout.money]]]
    for number, order, day, cents, rate in book.invoices:
        unsigned = layout.credit == "colonne"
        kind, money = "Avoir" if cents < 0 else "Facture", _money(abs(cents) if unsigned else cents, rate, layout.money)
        rows.append([number, order, f"{day:{layout.day}}", kind, *money])
    kinds = [3] if layout.credit == "colonne" else []
    order_of = sorted([0, 1, 2, *kinds, 4, 5], key=lambda at: layout.shuffled[at])
    rows = with_more([[row[at] for at in order_of] for row in rows], layout)
    if layout.total and not kinds:
        rows.append(["Total", *_summed(rows[1:], [order_of.index(at) for at in (4, 5)])[1:]])
    return written("factures.csv", with_second(rows, layout), layout, layout.above)


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


def _summed(rows: Rows, amounts: Sequence[int]) -> list[str]:
    """Return a line with the sums of some columns of amounts; a column of rates has none."""
    sums = [""] * len(rows[0])
    for at in amounts:
        if not any("%" in row[at] for row in rows):
            sums[at] = comma(sum(int(row[at].replace(",", "")) for row in rows))
    return sums


def written(name: str, rows: Sequence[Sequence[str]], layout: Layout, above: bool) -> GivenFile:
    """Return a file of lines, under a title and an empty line perhaps."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=layout.separator, lineterminator="\r\n")
    if above:
        writer.writerow(["Le relevé du groupe"])
        writer.writerow([])
    writer.writerows(rows)
    return GivenFile(name, out.getvalue().encode(layout.encoding))


def people_files(met: bool, called: Callable[[str], str] = str) -> list[GivenFile]:
    """Return the people, unless they are met in the hours, and the orders, written as the book expects."""
    people = "personne;statut;du\n" + "".join(f"{called(who)};cape;01/01/2026\n" for who in PEOPLE)
    orders = "commande;date\n" + "".join(f"{order};01/03/2026\n" for order in ORDERS)
    told = [] if met else [GivenFile("personnes.csv", people.encode())]
    return [*told, GivenFile("commandes.csv", orders.encode())]
