"""The sheet where everything is: date, customer, price, who worked and how long, paid or not; one line per job."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from kpa_model.errors import Refused
from kpa_model.files.book.building import names_in
from kpa_model.files.book.cells import Cell, as_text, bare, read_yes_no, same, unguarded
from kpa_model.files.book.dates import read_date, read_duration
from kpa_model.files.book.dictionaries import Dictionary, dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, LaidLine, Line
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.fields import assigned
from kpa_model.files.book.reading.habits import unit_of_title
from kpa_model.files.book.reading.kinds import kind_said
from kpa_model.files.book.reading.people import TOTAL

_WHO = {
    "qui",
    "personne",
    "personnes",
    "quiafait",
    "faitpar",
    "equipe",
    "intervenants",
    "intervenant",
    "avecqui",
    "noms",
}
_WHO |= {
    "nom",
    "prenom",
    "prenoms",
    "participants",
    "coequipiers",
    "travail",
    "faite par",
    "realisepar",
    "quiatravaille",
}
_PAID = {
    "paye",
    "payee",
    "payeele",
    "paiement",
    "regle",
    "reglee",
    "encaisse",
    "encaissee",
    "payeoui",
    "payeou non",
    "paid",
}
_PAID |= {"payeoupas", "payeounon", "datepaiement", "datedepaiement", "payele", "encaissele", "regleele", "reglele"}
_CUSTOMER = {"client", "clients", "cliente", "pourqui", "customer", "tiers", "nomduclient"}
_HOURS = {"heures", "temps", "duree", "nbheures", "nombredheures", "tempspasse", "h", "nbh", "heurespassees"}


def everything(
    block: Block, context: Context, known: Mapping[str, Dictionary], grid: Grid, findings: Findings
) -> list[tuple[str, Grid]]:
    """Return invoices, hours and payments of such a sheet; an empty list when it is not one."""
    who, hours, paid = _rank(block, _WHO), _rank(block, _HOURS), _rank(block, _PAID)
    sold = assigned(block, known["factures"], context).ranks
    amount = "montant_ttc" if "montant_ttc" in sold else "montant_ht" if "montant_ht" in sold else ""
    bare_amount = _rank(block, {"prix", "montant", "total", "somme", "facture"}) if not amount else -1
    if "date" not in sold or not (amount or bare_amount >= 0) or who < 0 or hours < 0:
        return []
    if not amount:
        said = grid.answers.get("argent", "")
        if not said:
            options = (("montant_ttc", "avec la TVA (TTC)"), ("montant_ht", "sans la TVA (HT)"))
            title = block.titles[bare_amount]
            question = f"« {title} » : ce montant est-il avec ou sans la TVA ?"
            findings.doubt(
                grid.place(block.head, bare_amount, title), Doubt("argent", question, options, "Écrivez HT ou TTC.")
            )
        amount = said or "montant_ttc"
        sold = {**sold, amount: bare_amount}
    lines = [each for each in block.lines if not _total(each) and _at(each[1], sold["date"])]
    return [
        *_invoices(block, lines, sold, amount, grid, findings),
        *_hours(block, lines, (sold["date"], who, hours, sold.get("libelle", -1)), grid, findings),
        *_payments(block, lines, sold, amount, paid, grid, findings),
    ]


def _rank(block: Block, names: set[str]) -> int:
    return next((at for at, title in enumerate(block.titles) if bare(title) in names and block.column(at)), -1)


def _total(line: Line) -> bool:
    return any(TOTAL.match(as_text(each)) for each in line[1][:2])


def _at(cells: Sequence[Cell], at: int) -> str:
    return as_text(cells[at]) if 0 <= at < len(cells) else ""


def _number(block: Block, sold: Mapping[str, int], line: Line) -> str:
    """Return the number of the invoice of a line: its own, else its customer and its day, told apart by a rank."""
    if own := _at(line[1], sold.get("facture", -1)):
        return own
    names = [_called(block, sold, each) for each in block.lines[: block.lines.index(line) + 1]]
    again = names.count(names[-1])
    return names[-1] if again == 1 else f"{names[-1]} ({again})"


def _called(block: Block, sold: Mapping[str, int], line: Line) -> str:
    customer = _at(line[1], _rank(block, _CUSTOMER))
    return f"{customer} {_at(line[1], sold['date'])}".strip()


def _made(grid: Grid, titles: Sequence[str], rows: Iterator[tuple[int, list[Cell], list[int]]]) -> Grid:
    head: Line = (LaidLine(0, [-1] * len(titles), titles), list(titles))
    lines = [(LaidLine(number, columns, titles), cells) for number, cells, columns in rows]
    return replace(grid, lines=(head, *lines), separator="", later=frozenset({"facture", "commande"}))


def _invoices(
    block: Block, lines: Sequence[Line], sold: Mapping[str, int], amount: str, grid: Grid, findings: Findings
) -> Iterator[tuple[str, Grid]]:
    customer, rate = _rank(block, _CUSTOMER), sold.get("taux_tva", -1)
    said = grid.answers.get("taux", "")
    if rate < 0 and not said:
        options = (("20", "20 %"), ("10", "10 %"), ("5,5", "5,5 %"), ("0", "pas de TVA"))
        question = "Aucune colonne ne dit la TVA. Quel est le taux ?"
        findings.doubt(grid.place(block.head), Doubt("taux", question, options, "Ajoutez une colonne « taux_tva »."))

    def rows() -> Iterator[tuple[int, list[Cell], list[int]]]:
        for line in lines:
            number, cells = line
            if not _at(cells, sold[amount]):
                continue
            label = " ".join(part for part in (_at(cells, sold.get("libelle", -1)), _at(cells, customer)) if part)
            own: Cell = cells[rate] if 0 <= rate < len(cells) else f"{said or 0} %"
            name = _number(block, sold, line)
            at = [-1, -1, sold.get("libelle", -1), sold["date"], sold[amount], rate]
            yield number, [name, name, label, cells[sold["date"]], cells[sold[amount]], own], at

    yield "factures", _made(grid, ("facture", "commande", "libelle", "date", amount, "taux_tva"), rows())


def _hours(
    block: Block, lines: Sequence[Line], ranks: tuple[int, int, int, int], grid: Grid, findings: Findings
) -> Iterator[tuple[str, Grid]]:
    """Yield the hours of each person of a line; when several share one duration, it is asked whether each did it."""
    day, who, hours, label = ranks
    choices = dictionaries()["heures"].column("genre").choices
    shared = grid.answers.get("partage", "")
    unit = unit_of_title(block.titles[hours])
    several = next(
        (line for line in lines if len(names_in(_at(line[1], who))) > 1 and not _each(line, who, hours)), None
    )
    if several and not shared:
        people = names_in(_at(several[1], who))
        question = f"« {_at(several[1], hours)} » pour {' et '.join(people)} : chacun, ou en tout ?"
        options = (("chacun", "chacun a fait ce temps"), ("ensemble", "en tout, à partager entre eux"))
        doubt = Doubt("partage", question, options, "Écrivez une ligne par personne.")
        findings.doubt(grid.place(several[0], hours, block.titles[hours]), doubt)
    sold = {"date": day}

    def rows() -> Iterator[tuple[int, list[Cell], list[int]]]:
        for line in lines:
            number, cells = line
            people, time = names_in(_at(cells, who)), cells[hours] if hours < len(cells) else ""
            if not people or not as_text(time):
                continue
            own = _each(line, who, hours) or _parts(time, len(people), shared, unit)
            order = _order(block, line, sold)
            kind = kind_said([_at(cells, label)], choices, grid) or "prestation"
            for name, part in zip(people, own, strict=True):
                yield number, [name, cells[day], kind, part, order], [who, day, -1, hours, -1]

    title = f"duree ({unit})" if unit else "duree"
    yield "heures", _made(grid, ("personne", "date", "genre", title, "commande"), rows())


def _order(block: Block, line: Line, sold: Mapping[str, int]) -> str:
    number = next(
        (at for at, title in enumerate(block.titles) if bare(title) in {"facture", "nfacture", "numero", "n"}), -1
    )
    return _number(block, {**sold, "facture": number}, line)


def _each(line: Line, who: int, hours: int) -> list[Cell]:
    """Return the durations of a cell that gives one for each person: « 3h + 2h30 »."""
    parts = [part.strip() for part in re.split(r"[+/;]|\bet\b", _at(line[1], hours)) if part.strip()]
    people = names_in(_at(line[1], who))
    return list(parts) if len(parts) == len(people) > 1 else []


def _parts(time: Cell, people: int, shared: str, unit: str) -> list[Cell]:
    if people == 1 or shared != "ensemble":
        return [time] * people
    try:
        whole = round(Fraction(read_duration(unguarded(time), unit or "h")))
    except Refused:
        return [time] * people
    each, rest = divmod(whole, people)
    return [f"{each + (at < rest)} min" for at in range(people)]


def _payments(
    block: Block, lines: Sequence[Line], sold: Mapping[str, int], amount: str, paid: int, grid: Grid, findings: Findings
) -> Iterator[tuple[str, Grid]]:
    """Yield the payment of each line that is paid and says when; « oui » without a day is told."""
    if paid < 0 or amount != "montant_ttc":
        return
    undated = 0
    rows: list[tuple[int, list[Cell], list[int]]] = []
    for line in lines:
        number, cells = line
        said = cells[paid] if paid < len(cells) else ""
        try:
            read_date(said)
        except Refused:
            undated += _yes(said)
            continue
        rows.append((number, [_number(block, sold, line), said, cells[sold[amount]]], [-1, paid, sold[amount]]))
    if undated:
        text = f"{undated} lignes disent « payé » sans dire quand. Le paiement n'est pas noté ; la vente compte."
        findings.heed(grid.place(block.head, paid, block.titles[paid]), text)
    if rows:
        yield "encaissements", _made(grid, ("facture", "date", "montant_ttc"), iter(rows))


def _yes(cell: Cell) -> bool:
    try:
        return read_yes_no(cell)
    except Refused:
        return same(as_text(cell)) in {"paye", "payee", "regle", "reglee", "encaisse"}
