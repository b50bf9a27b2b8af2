"""One function per type of cell: what a person typed → a value, or a reason in French.

Each function takes a cell as it comes (text, or a typed cell of a spreadsheet) and raises `RefusedCell` when it
cannot be read without guessing. Dates are always read the French way: day, month, year.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.errors import nearest
from kpa_model.words import listing

Cell = str | float | bool | date | datetime | time | timedelta
"""What a grid holds. Empty is the empty text."""

_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_EXCEL_ZERO = datetime(1899, 12, 30)
_MOST_EUROS = 100_000_000
_PLAIN = re.compile(r"(\d+|\d{1,3}( \d{3})+)(,\d+|\.\d+)?|[.,]\d+")
_BOTH = re.compile(r"\d{1,3}(\.\d{3})+,\d+|\d{1,3}(,\d{3})+\.\d+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}([.,]\d{3})+")
_FAULT = re.compile(r"#(REF|DIV/0|N/A|NAME|NOM|NULL|NUM|NOMBRE|VALEUR|VALUE|SPILL|CALC)\S*|Err:\d+", re.IGNORECASE)


class RefusedCell(ValueError):  # noqa: N818 - named like the others of the family
    """A cell cannot be read: what is wrong, what to do."""

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(what)
        self.what, self.todo = what, todo


def tidy(text: str) -> str:
    """Return a text without useless or unbreakable spaces, composed accents, no control character."""
    composed = unicodedata.normalize("NFC", text)
    shown = "".join(" " if unicodedata.category(each) in {"Zs", "Cc", "Zl", "Zp"} else each for each in composed)
    return re.sub(" +", " ", shown.replace("\ufeff", "").replace("\u200b", "")).strip()


def bare(text: str) -> str:
    """Return what is compared: no case, accent, punctuation, space, nor unit in brackets.

    >>> bare("Montant H.T. (€)") == bare("montant_ht")
    True
    """
    kept = re.sub(r"\([^)]*\)|\[[^]]*\]", "", text) if not re.search(r"\(e\)|\(s\)", text) else text
    flat = unicodedata.normalize("NFKD", kept.casefold().replace("œ", "oe").replace("æ", "ae"))
    return re.sub(r"[^0-9a-z]", "", re.sub(r"\ben €", "", flat))


def same(text: str) -> str:
    """Return what two spellings of one name share: no case, no accent, simple spaces."""
    flat = unicodedata.normalize("NFKD", tidy(text).casefold())
    return "".join(each for each in flat if not unicodedata.combining(each))


def shown(cell: Cell) -> str:
    """Return a cell as the person sees it, between French quotes, cut when long."""
    told = as_text(cell)
    return f"« {told if len(told) <= 60 else told[:57] + '…'} »"


def as_text(cell: Cell) -> str:
    """Return the text of a cell; whole numbers without decimals, dates the French way."""
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
    return tidy(cell)


def refuse_fault(cell: Cell) -> None:
    """Refuse what a spreadsheet shows when a formula fails."""
    if isinstance(cell, str) and _FAULT.fullmatch(cell.strip()):
        raise RefusedCell(
            f"{shown(cell)} est une erreur de calcul du tableur.",
            "Ouvrez le classeur et corrigez la formule, ou écrivez la valeur à la place.",
        )


def read_number(cell: Cell, example: str = "12,5") -> Decimal:
    """Return an exact number. With both `.` and `,` the last one is the decimal mark, when the thousands agree."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return Decimal(repr(round(float(cell), 9)))
    text = as_text(cell).replace("−", "-").replace("'", " ").replace("’", " ")
    if bracketed := re.fullmatch(r"\((.*)\)", text):
        text = "-" + bracketed[1].strip()
    sign, digits = (-1 if text.startswith("-") else 1), re.sub(r"^[+-] ?", "", text)
    if _BOTH.fullmatch(digits):
        mark = max(digits.rfind("."), digits.rfind(","))
        digits = re.sub("[.,]", "", digits[:mark]) + "." + digits[mark + 1 :]
    elif not _PLAIN.fullmatch(digits):
        raise RefusedCell(f"{shown(cell)} n’est pas un nombre.", f"Écrivez un nombre seul, par exemple {example}.")
    return sign * Decimal(digits.replace(" ", "").replace(",", "."))


def read_hundredths(cell: Cell) -> int:
    """Return hundredths from a number with at most two decimals: `1,25` is 125."""
    scaled = read_number(cell, "1,5") * 100
    if scaled != scaled.to_integral_value() or abs(scaled) > 10**9:
        raise RefusedCell(
            f"{shown(cell)} a plus de deux décimales, ou trop de chiffres.", "Arrondissez, par exemple 1,25."
        )
    return int(scaled)


def read_euros(cell: Cell) -> int:
    """Return cents from `1 234,56 €`, `1.234,56`, `(12,00)` or a number of a spreadsheet."""
    text: Cell = cell
    if isinstance(cell, str):
        text = re.sub(r"(?i)\s*(€|euros?|eur)?\s*(ht|ttc)?\s*$", "", re.sub(r"^€\s*", "", tidy(cell)))
        if _THOUSANDS.fullmatch(str(text).lstrip("+-−( ")):
            return _refuse_thousands(cell, str(text))
    if text == "":
        raise RefusedCell(f"{shown(cell)} n’est pas un montant.", "Écrivez le montant, par exemple 1 234,56.")
    cents = read_number(text, "1 234,56") * 100
    if cents != cents.to_integral_value():
        raise RefusedCell(
            f"{shown(cell)} a plus de deux décimales. Un centime ne se coupe pas.",
            "Arrondissez au centime, par exemple 33,33. Dans le tableur : =ARRONDI(…;2).",
        )
    if abs(cents) > _MOST_EUROS * 100:
        raise RefusedCell(f"{shown(cell)} dépasse cent millions d’euros.", "Vérifiez le nombre de chiffres.")
    return int(cents)


def _refuse_thousands(cell: Cell, text: str) -> int:
    whole = re.sub(r"\D", "", text)
    raise RefusedCell(
        f"{shown(cell)} peut se lire de deux façons : {whole} € ou {text.replace('.', ',')} €.",
        f"Écrivez {whole},00 si c’est {whole} euros.",
    )


def read_rate(cell: Cell) -> int:
    """Return parts per million from `20 %`, `5,5`; a spreadsheet's 0.2 shown as a percentage is 20 %."""
    if isinstance(cell, float) and 0 < cell < 0.3:
        ppm = Decimal(repr(round(cell, 9))) * 1_000_000
    else:
        text = re.sub(r"\s*(%|pour cent)$", "", as_text(cell))
        percent = read_number(text, "20 %") if text else read_number(cell, "20 %")
        if 0 < percent < 1 and text == as_text(cell):
            raise RefusedCell(
                f"{shown(cell)} peut se lire de deux façons : {_plain(percent)} % ou {_plain(percent * 100)} %.",
                f"Écrivez le signe : {_plain(percent * 100)} %.",
            )
        ppm = percent * 10_000
    if not 0 <= ppm <= 1_000_000 or ppm != ppm.to_integral_value():
        raise RefusedCell(f"{shown(cell)} n’est pas un taux entre 0 % et 100 %.", "Écrivez par exemple 20 % ou 5,5 %.")
    return int(ppm)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def read_date(cell: Cell) -> date:
    """Return a day from `03/02/2019`, `3/2/19`, `2019-02-03`, `3 février 2019`, or a date cell. Never American."""
    if isinstance(cell, datetime):
        return _in_range(cell.year, cell.month, cell.day, cell)
    if isinstance(cell, date):
        return _in_range(cell.year, cell.month, cell.day, cell)
    text = as_text(cell)
    if re.fullmatch(r"\d{5}", text) and 36526 <= int(text) <= 73050:
        return (_EXCEL_ZERO + timedelta(days=int(text))).date()
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})([T ]\d.*)?", text):
        return _in_range(int(found[1]), int(found[2]), int(found[3]), cell)
    if found := re.fullmatch(r"(?:\D{2,9} )?(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})( \d.*)?", text):
        return _in_range(_year(found[3]), int(found[2]), int(found[1]), cell)
    if found := re.fullmatch(r"(?:[a-zA-Z]{3,8}\.? )?(\d{1,2})(?:er)?[- ]([^\W\d]{3,9})\.?[- ](\d{4}|\d{2})", text):
        return _in_range(_year(found[3]), _month_number(found[2], cell), int(found[1]), cell)
    raise RefusedCell(
        f"{shown(cell)} n’est pas une date.",
        "Écrivez le jour, le mois et l’année, par exemple 28/02/2019.",
    )


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def _in_range(year: int, month: int, day: int, cell: Cell) -> date:
    """Return the day, or say what is impossible in it."""
    if not 1 <= month <= 12:
        hint = " Le mois et le jour sont peut-être inversés." if 1 <= day <= 12 else ""
        raise RefusedCell(
            f"{shown(cell)} n’est pas une date : il n’y a pas de mois {month}.{hint}",
            "Écrivez le jour, puis le mois, puis l’année, par exemple 28/02/2019.",
        )
    last = CalendarMonth(year * 12 + month - 1).last_day.day if 1 <= year <= 9998 else 31
    if not 1 <= day <= last:
        raise RefusedCell(
            f"{shown(cell)} n’est pas une date : ce mois a {last} jours.",
            f"Vérifiez le jour, par exemple {last:02d}/{month:02d}/{year}.",
        )
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise RefusedCell(
            f"{shown(cell)} : l’année {year} est hors du possible.", "Écrivez une année entre 2000 et 2099."
        )
    return date(year, month, day)


def _month_number(name: str, cell: Cell) -> int:
    start = same(name)
    found = [at for at, month in enumerate(_MONTHS, 1) if same(month).startswith(start)]
    if len(found) != 1:
        near = nearest(name, _MONTHS)
        raise RefusedCell(
            f"{shown(cell)} : « {name} » n’est pas un mois.", near or f"Les mois sont : {listing(_MONTHS)}."
        )
    return found[0]


def read_month(cell: Cell) -> CalendarMonth:
    """Return a month from `2019-02`, `02/2019`, `février 2019`, or any date inside it."""
    text = as_text(cell)
    if found := re.fullmatch(r"(\d{4})[-/. ](\d{1,2})", text):
        return CalendarMonth.of(_in_range(int(found[1]), int(found[2]), 1, cell))
    if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{4})", text):
        return CalendarMonth.of(_in_range(int(found[2]), int(found[1]), 1, cell))
    if found := re.fullmatch(r"([^\W\d]{3,9})\.?[-/ ](\d{4}|\d{2})", text):
        return CalendarMonth.of(_in_range(_year(found[2]), _month_number(found[1], cell), 1, cell))
    try:
        return CalendarMonth.of(read_date(cell))
    except RefusedCell as error:
        if error.what.endswith("n’est pas une date."):
            todo = "Écrivez par exemple 2019-02, 02/2019 ou février 2019."
            raise RefusedCell(f"{shown(cell)} n’est pas un mois.", todo) from None
        raise


def read_duration(cell: Cell) -> int:
    """Return minutes from `3h30`, `3:30`, `3,5`, `3 h`, `45 min`, or a time cell; a bare number is hours."""
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, datetime):
        cell = cell - (_EXCEL_ZERO if cell.date() < date(1899, 12, 31) else _EXCEL_ZERO + timedelta(days=1))
    if isinstance(cell, timedelta):
        return _minutes(Decimal(round(cell.total_seconds())) / 60, cell)
    text = as_text(cell).casefold()
    if found := re.fullmatch(r"(\d+) ?(?:h|heures?|hrs?) ?(?:(\d{1,2}) ?(?:m|mn|min|minutes?|')?)?", text):
        return _hours_minutes(int(found[1]), int(found[2] or 0), cell)
    if found := re.fullmatch(r"(\d+):(\d{2})(?::\d{2})?", text):
        return _hours_minutes(int(found[1]), int(found[2]), cell)
    if found := re.fullmatch(r"(\d+) ?(?:m|mn|min|minutes?|')", text):
        return int(found[1])
    try:
        hours = read_number(re.sub(r" ?(h|heures?|hrs?)$", "", text))
    except RefusedCell:
        raise RefusedCell(
            f"{shown(cell)} n’est pas une durée.", "Écrivez par exemple 3h30, 3:30, 3,5 ou 45 min."
        ) from None
    return _minutes(hours * 60, cell)


def _hours_minutes(hours: int, minutes: int, cell: Cell) -> int:
    if minutes > 59:
        raise RefusedCell(
            f"{shown(cell)} : une heure a 60 minutes.", "Écrivez par exemple 3h30, ou 3,5 pour trois heures et demie."
        )
    return _minutes(Decimal(hours * 60 + minutes), cell)


def _minutes(minutes: Decimal, cell: Cell) -> int:
    if minutes < 0:
        raise RefusedCell(f"{shown(cell)} : une durée n’est pas négative.", "Écrivez le temps passé, par exemple 3h30.")
    if minutes > 10**6:
        raise RefusedCell(
            f"{shown(cell)} est une durée trop longue.", "Écrivez le temps d’une journée, par exemple 3h30."
        )
    return int(minutes.quantize(Decimal(1)))


def read_yes_no(cell: Cell) -> bool:
    """Return True for oui, False for non."""
    if isinstance(cell, bool):
        return cell
    said = same(as_text(cell))
    if said in {"oui", "o", "x", "vrai", "true", "1", "✓", "✔"}:
        return True
    if said in {"non", "n", "faux", "false", "0"}:
        return False
    raise RefusedCell(f"{shown(cell)} n’est ni oui ni non.", "Écrivez oui, ou non.")


def read_choice(cell: Cell, choices: Mapping[str, tuple[str, ...]]) -> str:
    """Return the permitted value whose name, or other name, is the text; case, accents and spaces do not count."""
    said = bare(as_text(cell))
    for value, others in choices.items():
        if said in {bare(each) for each in (value, *others)}:
            return value
    every = {other: value for value, others in choices.items() for other in (*others, value)}
    near = nearest(as_text(cell), every)
    advice = f"Écrivez {listing(list(choices), 'ou')}."
    raise RefusedCell(f"{shown(cell)} n’est pas une valeur permise.", f"{near} {advice}".strip())
