"""One function per type of cell: what a person typed → a value, or a reason in French.

Each function takes a cell as it comes (text, or a typed cell of a spreadsheet) and raises `Refused` when it
cannot be read without guessing. Dates, months and durations are in `dates`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache, partial

from kpa_model.declare.number import bare_number, numbers, plain_amount, plainly, written
from kpa_model.errors import Refused, nearest
from kpa_model.files.book.inside.beside import UNCOMPUTED
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import listing, number

Cell = str | float | bool | date | datetime | time | timedelta
"""What a grid holds. Empty is the empty text."""

_MOST_EUROS = 100_000_000
_FAULT = re.compile(r"#(REF|DIV/0|N/A|NAME|NOM|NULL|NUM|NOMBRE|VALEUR|VALUE|SPILL|CALC)\S*|Err:\d+", re.IGNORECASE)


_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"))
"""Signs that take no place: soft hyphen, marks of width and direction. (Joiners stay: emoji need them.)"""
_CYRILLIC = [
    *map(ord, "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501"),
    *map(ord, "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406\u0408\u0405"),
]
_ALIKE = {
    **dict.fromkeys(map(ord, "\u2019\u2018\u02bc\u00b4`\u2032\uff07"), "'"),
    **dict.fromkeys(map(ord, "-\u2010\u2011\u2012\u2013\u2014\u2212_"), " "),
    **dict(zip(_CYRILLIC, "aeopcyxijsdABEKMHOPCTXIJS", strict=True)),
}
"""Signs that the eye takes for another: apostrophes, hyphens, Cyrillic letters drawn like ours."""


@lru_cache(maxsize=65536)
def tidy(text: str) -> str:
    """Return a text without useless or unbreakable spaces, composed accents, no control character."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    composed = unicodedata.normalize("NFC", text).translate(_UNSEEN)
    shown = "".join(" " if unicodedata.category(each) in {"Zs", "Cc", "Zl", "Zp"} else each for each in composed)
    return re.sub(" +", " ", shown).strip()


_NUMBER = re.compile(r"^(?:(?:no|num)(?=[ ._]+\w)|n[ºo]\.(?=\w)|nº|№)|(?<=\w )(?:(?:no|num)\.?|nº|№)$")
"""Ways to write « N° » in a title: « No facture », « Num. facture », « Nº facture », « Facture no »."""


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """Return what is compared: no case, accent, punctuation, space, nor unit in brackets.

    >>> bare("Montant H.T. (€)") == bare("montant_ht")
    True
    """
    kept = re.sub(r"\([^)]*\)|\[[^]]*\]", "", text) if not re.search(r"\(e\)|\(s\)", text) else text
    kept = _NUMBER.sub("n ", kept.casefold())
    flat = unicodedata.normalize("NFKD", kept.replace("œ", "oe").replace("æ", "ae"))
    return re.sub(r"[^0-9a-z]", "", re.sub(r"\ben €", "", flat))


@lru_cache(maxsize=65536)
def same(text: str) -> str:
    """Return what two spellings of one name share: no case, no accent, simple spaces; hyphens and spaces are alike.

    >>> same("L’Hénaff") == same("l'henaff") and same("Jean Luc") == same("Jean-Luc")
    True
    """
    flat = unicodedata.normalize("NFKD", tidy(text).translate(_ALIKE).casefold())
    kept = "".join(each for each in flat if not unicodedata.combining(each) and unicodedata.category(each) != "Cf")
    return " ".join(kept.lstrip("'").split()) or tidy(text)


def cell_at(cells: Sequence[Cell], at: int) -> Cell:
    """Return a cell of a line; an empty one where the line ends before it, or the column is not there."""
    return cells[at] if 0 <= at < len(cells) else ""


def text_at(cells: Sequence[Cell], at: int) -> str:
    """Return the text of a cell of a line; an empty one as `cell_at` does."""
    return as_text(cell_at(cells, at))


_GUARDS = {"'", "\u2018", "\u2019", "=", "\t", " "}


def unguarded(cell: Cell) -> Cell:
    """Return a cell without what keeps a spreadsheet from taking it for a number: `'12`, `="0012"`, a tab before.

    >>> unguarded("'1000,00"), unguarded('="0012"')
    ('1000,00', '0012')
    """
    if not isinstance(cell, str) or cell[:1] not in _GUARDS:
        return cell
    text = cell.strip()
    if found := re.fullmatch(r'="([^"]*)"', text):
        text = found[1]
    return re.sub(r"^['’‘](?=\S)", "", text)


def unprotected(text: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from running a text as a formula (see `writing`)."""
    return text[1:] if re.match(r"'+[=+\-@]", text) else text


def shown(cell: Cell) -> str:
    """Return a cell as the person sees it, between French quotes, cut when long."""
    told = as_text(cell)
    return f"« {told if len(told) <= 60 else told[:57] + '…'} »"


class Euros(float):
    """A number whose cell is shown in euros: it is never a time."""


def as_text(cell: Cell) -> str:
    """Return the text of a cell; whole numbers without decimals, dates the French way."""
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float | int):
        return str(int(cell)) if float(cell).is_integer() else repr(cell).replace(".", ",")
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/}{cell.year:04d}" + (f" {cell:%H:%M}" if cell.time() != time(0) else "")
    if isinstance(cell, date):
        return f"{cell:%d/%m/}{cell.year:04d}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    raise TypeError(cell)


def failed(cell: Cell) -> bool:
    """Tell whether a cell is a formula that failed, or was never computed: what it would say is not known."""
    return cell == UNCOMPUTED or (isinstance(cell, str) and bool(_FAULT.fullmatch(cell.strip())))


def refuse_fault(cell: Cell) -> None:
    """Refuse what a spreadsheet shows when a formula fails, and a formula that was never computed."""
    if cell == UNCOMPUTED:
        raise Refused(
            "cette case contient une formule, et le fichier ne garde pas son résultat.",
            "Ouvrez le classeur dans le tableur, enregistrez-le, puis recommencez.",
        )
    if failed(cell):
        raise Refused(
            f"{shown(cell)} est une erreur de calcul du tableur.",
            "Ouvrez le classeur et corrigez la formule, ou écrivez la valeur à la place.",
        )


def read_number(
    cell: Cell, unit: str = "", example: str = "12,5", noun: str = "un nombre", counted: tuple[str, ...] = ()
) -> Fraction:
    """Return an exact number, in its unit; a mark alone is the decimal one.

    `noun` is what was expected; `counted`, the words that may follow: kilometres, meals.
    """
    if isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) < 1e15:  # nor infinite, nor a NaN
        return Fraction(repr(round(float(cell), 9)))
    try:
        return written("" if isinstance(cell, float | int) else as_text(cell), unit, counted)
    except ValueError:
        raise Refused(f"{shown(cell)} n'est pas {noun}.", f"Écrivez {noun}, par exemple {example}.") from None


def read_hundredths(cell: Cell, counted: tuple[str, ...] = ()) -> int:
    """Return hundredths from a number with at most two decimals: `1,25` is 125; a word that is `counted` may follow."""
    scaled = read_number(cell, "", "1,5", counted=counted) * 100
    if scaled.denominator != 1 or abs(scaled) > 10**9:
        raise Refused(f"{shown(cell)} a plus de deux décimales, ou trop de chiffres.", "Arrondissez, par exemple 1,25.")
    return int(scaled)


@cache
def counting(counted: tuple[str, ...]) -> Callable[[Cell], int]:
    """Return the one reader of numbers that these words may follow: what it read once is remembered."""
    return partial(read_hundredths, counted=counted)


_THOUSANDS = re.compile(r"(.*\d) ?k ?(?:€|eur|euros?)", re.IGNORECASE)
_FREE = pattern("cells.free")
"""What says in words that nothing is asked."""


def below_zero(text: str) -> bool:
    """Tell whether an amount is written below zero: `-12,00`, `(12,00)`, `12,00-`."""
    return plainly(plain_amount(tidy(text)))[:1] in ("-", "(")


def asks_nothing(cell: Cell) -> bool:
    """Tell whether a cell says in words, or by a dash, that nothing is asked: « offert », « - »."""
    return isinstance(cell, str) and bool(_FREE.fullmatch(same(cell)) or _FREE.fullmatch(tidy(cell)))


def read_euros(cell: Cell) -> int:
    """Return cents from `1 234,56 €`, `1.234,56`, `(12,00)`, `12,00-`, `12.-` or a number; none for `gratuit`, `-`."""
    if asks_nothing(cell):
        return 0
    if isinstance(cell, str):
        cell = plain_amount(tidy(cell))
    if isinstance(cell, str) and (many := _THOUSANDS.fullmatch(cell)):
        return read_euros(float(read_number(many[1]) * 1000))
    cents = read_number(cell, "€", "1 234,56", "un montant") * 100
    if isinstance(cell, str) and len(numbers(bare_number(cell, "€"))) > 1:
        return _refuse_thousands(cell, bare_number(cell, "€"))
    if cents.denominator != 1:
        raise Refused(
            f"{shown(cell)} a plus de deux décimales. Un centime ne se coupe pas.",
            "Arrondissez au centime, par exemple 33,33. Dans le tableur : =ARRONDI(…;2).",
        )
    if abs(cents) > _MOST_EUROS * 100:
        raise Refused(f"{shown(cell)} dépasse cent millions d'euros.", "Vérifiez le nombre de chiffres.")
    return int(cents)


def _refuse_thousands(cell: Cell, text: str) -> int:
    whole = re.sub(r"\D", "", text)
    raise Refused(
        f"{shown(cell)} peut se lire de deux façons : {whole} € ou {text.replace('.', ',')} €.",
        f"Écrivez {whole},00 si c'est {whole} euros.",
    )


_NO_VAT = pattern("cells.no_vat", r"(?!.*\d ?%)(tva )?(WORDS)", re.IGNORECASE)


def read_rate(cell: Cell) -> int:
    """Return parts per million from `20 %`, `5,5`; a spreadsheet's 0.2 shown as a percentage is 20 %."""
    if isinstance(cell, str) and _NO_VAT.fullmatch(tidy(cell)):
        return 0
    if isinstance(cell, str):
        cell = re.sub(r"^TVA\s*(à\s*)?(?=\d)", "", tidy(cell), flags=re.IGNORECASE)
    if isinstance(cell, float) and 0 < cell < 0.3:
        ppm = Fraction(repr(round(cell, 9))) * 1_000_000
    else:
        text = as_text(cell)
        percent = read_number(cell, "%", "20 %", "un taux")
        if 0 < percent < 1 and bare_number(text, "%") == plainly(text):
            raise Refused(
                f"{shown(cell)} peut se lire de deux façons : {_plain(percent)} % ou {_plain(percent * 100)} %.",
                f"Écrivez le signe : {_plain(percent * 100)} %.",
            )
        ppm = percent * 10_000
    if not 0 <= ppm <= 1_000_000 or ppm.denominator != 1:
        raise Refused(f"{shown(cell)} n'est pas un taux entre 0 % et 100 %.", "Écrivez par exemple 20 % ou 5,5 %.")
    return int(ppm)


def read_vat(cell: Cell) -> int:
    """Return an amount of VAT, in cents: « Exonéré » is none."""
    return 0 if isinstance(cell, str) and _NO_VAT.fullmatch(tidy(cell)) else read_euros(cell)


def _plain(value: Fraction) -> str:
    return number(Decimal(value.numerator) / value.denominator)


def read_yes_no(cell: Cell) -> bool:
    """Return True for oui, False for non."""
    if isinstance(cell, bool):
        return cell
    said = same(as_text(cell))
    if said in {"oui", "o", "x", "vrai", "true", "yes", "1", "✓", "✔", "☑", "✅", "checked"}:
        return True
    if said in {"non", "n", "faux", "false", "no", "0", "☐", "□", "⬜", "unchecked"}:
        return False
    raise Refused(f"{shown(cell)} n'est ni oui ni non.", "Écrivez oui, ou non.")


def chosen(cell: Cell, choices: Mapping[str, tuple[str, ...]]) -> str:
    """Return the permitted value whose name, or other name, is the text; an empty text when there is none."""
    said = bare(as_text(cell))
    names = ((value, name) for value, others in choices.items() for name in (value, *others))
    return next((value for value, name in names if bare(name) == said), "")


def read_choice(cell: Cell, choices: Mapping[str, tuple[str, ...]]) -> str:
    """Return the permitted value whose name, or other name, is the text; case, accents and spaces do not count."""
    if found := chosen(cell, choices):
        return found
    every = {other: value for value, others in choices.items() for other in (*others, value)}
    near = nearest(as_text(cell), every)
    advice = f"Écrivez {listing([each.replace('_', ' ') for each in choices], 'ou')}."
    raise Refused(f"{shown(cell)} n'est pas une valeur permise.", f"{near} {advice}".strip())
