"""Titles of a grid → columns of a table: known, unknown, said twice, missing; never one of another money."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, read_euros
from kpa_model.files.book.closest import closest, vouliez_vous
from kpa_model.files.book.dictionaries import Column, Dictionary, dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.vocabulary import pattern
from kpa_model.files.book.where import Place, letter
from kpa_model.words import count, euros, listing

_TAXES = r"(?:la )?(?:tva|taxes?|vat)\b"
_WITHOUT = rf"\b(?:hors|sans|avant|before|net of|excl[a-z]*\.?(?: of)?) ?{_TAXES}|\bhtva\b"
_WITH = rf"(?<=\w)\W+{_TAXES} (?:comprises?|incluses?|included)\b|\b(?:y compris|incl[a-z]*\.?) ?{_TAXES}|\btvac\b"
_LAYERS = {
    "avec la TVA": re.compile(rf"\bt\.?t\.?c\b|\btva comprise\b|\btoutes taxes\b|\bincl|{_WITH}", re.IGNORECASE),
    "sans la TVA": re.compile(rf"\bh\.?t\b|\bexcl|{_WITHOUT}", re.IGNORECASE),
}
_IN_UNITS = pattern("matching.in_units", flags=re.IGNORECASE)
_IN_FULL = ((re.compile(_WITHOUT, re.IGNORECASE), " HT"), (re.compile(_WITH, re.IGNORECASE), " TTC"))
"""Words that say of an amount whether it holds the VAT, and the letters that say the same."""
_SHORT = re.compile(r"(?<![^\W_])(tx|mn?tt?|mont)(?![^\W_])\.?", re.IGNORECASE)
_WHOLE = {"t": "taux", "m": "montant"}
"""Words that titles cut short, « Tx. TVA », « Mt HT », and the same in full, by their first letter."""
_RATE = re.compile(
    r"(?=.*\btaux\b)(?=.*\b(tva|t\.v\.a|vat)\b)(?!.*(€|\b(euros?|montants?|bases?|total|ht|ttc)\b))", re.IGNORECASE
)
"""A rate of VAT, whatever its other words: « Taux de TVA appliqué »."""
_AMOUNT = re.compile(r"€|\beuros?\b|\beur\b|\bmontant\b|\bamount\b", re.IGNORECASE)
_INSTEAD = {
    "montant_ht": ({"montant_ttc", "taux_tva"}, {"montant_ttc", "montant_tva"}),
    "taux_tva": ({"montant_ht", "montant_tva"}, {"montant_ht", "montant_ttc"}, {"montant_ttc", "montant_tva"}),
    "duree": ({"debut", "fin"},),
}
"""Column → what gives it when it is not there."""


@dataclass(frozen=True)
class Sheet:
    """A grid on its way to become a table: where its titles are, and which column each one leads to."""

    grid: Grid
    dictionary: Dictionary
    findings: Findings
    line: int
    titles: list[str]
    columns: dict[str, int] = field(default_factory=dict)

    def place(self, at: int = -1) -> Place:
        """Return the spot of a title, or the line of titles."""
        return self.grid.place(self.line, at, self.titles[at] if at >= 0 else "")

    def gives(self, column: str) -> bool:
        """Tell whether a column is there, or can be computed from others that are."""
        if column in self.grid.later:
            return True
        there = self.columns.keys()
        return column in there or any(set(needed) <= there for needed in _INSTEAD.get(column, ()))


@lru_cache(maxsize=65536)
def layer(text: str) -> str:
    """Return which money a title, a cell or a unit tells: with VAT, without, or an empty text."""
    return next((name for name, pattern in _LAYERS.items() if pattern.search(text.replace("_", " "))), "")


@lru_cache(maxsize=65536)  # each table tries the same titles, in each layout that is tried
def column_of(title: str, dictionary: Dictionary) -> Column | None:
    """Return the column a title leads to, brackets and units included: « TVA (€) » is an amount, never a rate."""
    open_ = re.sub(r"[()\[\]]", " ", title)
    whole = _SHORT.sub(lambda found: _WHOLE[found[1].casefold()[0]], open_)
    rate = "Taux TVA" if _RATE.match(whole) else ""
    spellings = (title, _IN_UNITS.sub("", title), open_, _with_letters(open_), whole, rate)
    column = next((found for each in spellings if bare(each) and (found := dictionary.titles.get(bare(each)))), None)
    if column is None:
        return None
    aids = {each.name: each for each in dictionary.aids}
    if column.kind == "taux" and _AMOUNT.search(title):
        return aids.get("montant_tva")
    if other_money(title, column):
        return aids.get("montant_ttc") if layer(title) == "avec la TVA" else None
    return column


def _with_letters(title: str) -> str:
    """Return a title where HT and TTC stand for « hors TVA » and « taxes comprises »; alone, these say no amount."""
    for words, letters in _IN_FULL:
        if re.search(r"\w", words.sub("", title)):
            title = words.sub(letters, title)
    return title


def may_say(title: str, name: str, dictionary: Dictionary) -> bool:
    """Tell whether a title leads to a column of a table, whatever else leads there."""
    column = column_of(title, dictionary) if title else None
    return column is not None and column.name == name


def other_money(title: str, column: Column) -> bool:
    """Tell whether a title is another amount than the column: one holds the VAT, the other does not."""
    said, meant = layer(title), layer(column.unit)
    return bool(said and meant and said != meant)


def matched(sheet: Sheet) -> bool:
    """Find the rank of each known column; tell unknown, repeated and missing ones. False when one is not sure."""
    unknown, twice = list[int](), False
    for at, title in enumerate(sheet.titles):
        column = column_of(title, sheet.dictionary)
        if column is None:
            unknown.append(at)
        elif column.name not in sheet.columns:
            sheet.columns[column.name] = at
        elif (
            _fuller(sheet, column.name, at)
            or _bought(sheet, column.name, at)
            or _rate_and_amount(sheet, column.name, at)
        ):
            continue
        elif column.kind == "texte" or (column.kind == "date" and not column.required):
            other = sheet.titles[sheet.columns[column.name]]
            sheet.findings.note(sheet.place(at), f"cette colonne n'est pas lue : « {other} » en tient lieu.")
        else:
            twice = True
            first = sheet.columns[column.name]
            sheet.findings.problem(
                sheet.place(at),
                f"cette colonne dit la même chose que la colonne {letter(first)} « {sheet.titles[first]} ». "
                "On ne sait pas laquelle lire.",
                "Supprimez l'une des deux, ou changez son titre.",
            )
    missing = [each for each in sheet.dictionary.columns if each.required and not sheet.gives(each.name)]
    for column in missing:
        _say_missing(sheet, column, [sheet.titles[at] for at in unknown if sheet.titles[at]])
    for at in unknown:
        _say_unknown(sheet, at)
    return not missing and not twice


def _fuller(sheet: Sheet, name: str, at: int) -> bool:
    """Settle two titles of one column without asking, when one of the two has nothing below."""
    if not _filled(sheet.grid, sheet.line, at):
        return True
    if not _filled(sheet.grid, sheet.line, sheet.columns[name]):
        sheet.columns[name] = at
        return True
    return False


def _bought(sheet: Sheet, name: str, at: int) -> bool:
    """Settle « Date » and « Payé le » of purchases: the day of the purchase is not that of its payment. It is told."""
    first = sheet.columns[name]
    paid = [each for each in (first, at) if bare(sheet.titles[each]) == "payele"]
    if sheet.dictionary.table != "achats" or name != "date" or len(paid) != 1:
        return False
    sheet.columns[name] = at if paid[0] == first else first
    told = f"c'est le jour du paiement. « {sheet.titles[sheet.columns[name]]} » est celui de l'achat."
    sheet.findings.note(sheet.place(paid[0]), told)
    return True


def _rate_and_amount(sheet: Sheet, name: str, at: int) -> bool:
    """Settle « Taux TVA » and « TVA »: the title that says a rate holds it, the other one is the VAT itself."""
    both = {each: bool(_SAYS_RATE.search(sheet.titles[each])) for each in (sheet.columns[name], at)}
    aids = {each.name for each in sheet.dictionary.aids} - sheet.columns.keys()
    if name != "taux_tva" or "montant_tva" not in aids or sum(both.values()) != 1:
        return False
    sheet.columns.update({"taux_tva" if rate else "montant_tva": rank for rank, rate in both.items()})
    return True


_SAYS_RATE = re.compile(r"\b(taux|tx|rate)\b|%", re.IGNORECASE)


def _say_missing(sheet: Sheet, column: Column, unknown: Iterable[str]) -> None:
    there = [
        sheet.titles[at] for name, at in sheet.columns.items() if name in {each.name for each in sheet.dictionary.aids}
    ]
    unlike = [title for title in (*unknown, *there) if other_money(title, column)]
    near = _near(column, [title for title in unknown if title not in unlike])
    if near:
        todo = f"Est-ce « {near} » ? Si oui, donnez-lui ce titre : {column.name}."
    else:
        others = [name for name in column.other_names if bare(name) != bare(column.name)][:2]
        warned = f"« {unlike[0]} » ne convient pas : il faut le montant {layer(column.unit)}. " if unlike else ""
        todo = f"{warned}Ajoutez cette colonne. Son titre peut être : {listing([column.name, *others], 'ou')}."
    what = f"il manque la colonne « {column.name} ». {column.definition}"
    sheet.findings.problem(sheet.grid.place(sheet.line), what, todo)


def _near(column: Column, titles: Collection[str]) -> str:
    return next((title for title in titles if closest(title, dict.fromkeys(column.names, column.name))), "")


def _filled(grid: Grid, line: int, at: int) -> int:
    return sum(1 for number, cells in grid.lines if number > line and at < len(cells) and as_text(cells[at]))


_PAID_BY = re.compile(r"(avanc|pay|r[ée]gl)[ée]e?s? par", re.IGNORECASE)


def _say_paid_by(sheet: Sheet, at: int) -> None:
    """Tell who paid purchases, and how much: the book does not keep it, and somebody may be owed the money."""
    money = next((each for name in ("montant_ttc", "montant_ht") if (each := sheet.columns.get(name, -1)) >= 0), -1)
    told = [
        f"{who} ({_in_euros(cells[money])})" if 0 <= money < len(cells) else who
        for number, cells in sheet.grid.lines
        if number > sheet.line and at < len(cells) and (who := as_text(cells[at]))
    ]
    text = f"{listing(told, most=6)}. Le cahier ne note pas qui a avancé l'argent."
    sheet.findings.heed(sheet.place(at), text)


def _in_euros(cell: Cell) -> str:
    try:
        return euros(read_euros(cell))
    except Refused:
        return as_text(cell)


def _say_unknown(sheet: Sheet, at: int) -> None:
    filled = _filled(sheet.grid, sheet.line, at)
    told, title = count(filled, "case remplie", "cases remplies"), sheet.titles[at]
    if filled and sheet.dictionary.table == "achats" and _PAID_BY.match(title):
        _say_paid_by(sheet, at)
    elif title:
        columns = [
            each for each in sheet.dictionary.columns if not other_money(title, each) and each.name not in sheet.columns
        ]
        near = vouliez_vous(title, {name: column.name for column in columns for name in column.names})
        todo = (
            near
            or _of_a_sale(sheet, title)
            or _read_elsewhere(title)
            or "Si le cahier l'attend sous un autre titre, changez-le."
        )
        sheet.findings.note(sheet.place(at), f"cette colonne n'est pas connue ({told}). Elle n'est pas lue. {todo}")
    elif filled:
        sheet.findings.note(sheet.place(at), f"cette colonne n'a pas de titre ({told}). Elle n'est pas lue.")


def _of_a_sale(sheet: Sheet, title: str) -> str:
    """Return what to say to a group about the amount of a quote or of an order; an empty text for anything else."""
    column = column_of(title, dictionaries()["factures"])
    money = sheet.dictionary.table == "commandes" and column is not None and column.kind == "euros"
    told = "Un devis, une commande, ce n'est pas encore une vente : son montant se lit dans la liste des factures."
    return told if money and sheet.findings.asking else ""


def _read_elsewhere(title: str) -> str:
    """Return which tables have a place for a title that this one does not know; an empty text when none does."""
    tables = [
        each.table
        for each in dictionaries().values()
        if bare(title) in {bare(name) for c in each.columns for name in c.names}
    ]
    noun = "la table" if len(tables) == 1 else "les tables"
    return f"Elle se lit seulement dans {noun} {listing([f'« {each} »' for each in tables])}." if tables else ""


def cut_amount(left: Cell, right: Cell) -> bool:
    """Tell whether a comma cut an amount in two cells of a CSV."""
    return bool(re.fullmatch(r"-?\d[\d\s]*", as_text(left)) and re.fullmatch(r"\d{1,2}\s*€?", as_text(right)))


def too_long(separator: str, found: int, wide: int) -> tuple[str, str]:
    """Return what is wrong with a line of a CSV that has more cells than there are titles, and what to do."""
    what = f"cette ligne a {found} cases, mais il y a {wide} titres. Les cases sont décalées."
    if separator == ",":
        return what, 'La virgule sépare les cases : mettez les montants entre guillemets, par exemple "12,50".'
    return what, "Cherchez un séparateur de trop dans la ligne, ou donnez un titre à la dernière colonne."


def say_shifted(sheet: Sheet, number: int, content: Sequence[Cell]) -> None:
    """Refuse a line that has more cells than there are titles."""
    sheet.findings.problem(sheet.grid.place(number), *too_long(sheet.grid.separator, len(content), len(sheet.titles)))


def cell_of(sheet: Sheet, content: Sequence[Cell], column: str) -> Cell:
    """Return the cell of a column in a line; an empty one beyond its end."""
    at = sheet.columns.get(column, len(content))
    return content[at] if at < len(content) else ""
