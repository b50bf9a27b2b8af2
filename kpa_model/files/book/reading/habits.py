"""How one column writes its days: without their zero, the month first, as American programs do, the year first.

One cell alone often reads in two ways; the others of its column settle it, or a question does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

from kpa_model.errors import Refused
from kpa_model.files.book import dates
from kpa_model.files.book.cells import Cell, as_text, unguarded
from kpa_model.files.book.findings import Doubt
from kpa_model.files.book.reading.columns.numbers_alone import Habit
from kpa_model.files.book.reading.columns.times import durations
from kpa_model.files.book.reading.spread.titled_units import day_order
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import day as told_day

_SLASHED = re.compile(r"(?:\D{2,9} )?(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})( .*)?")
_YEAR_FIRST = re.compile(r"(\d{4}|\d{2})[-/. ](\d{1,2})[-/. ](\d{1,2})")
_HALF = re.compile(r"\d ?[ap]\.?m\.?\b", re.IGNORECASE)
_ORDER = (("jour", "le jour, puis le mois"), ("mois", "le mois, puis le jour"))
_TEXTS_ONLY = " textes"
_PLAUSIBLE = (2012, 2040)
"""Years of a day written without separators: further, it is another way of writing."""
_COMPACT = (
    ("jjmmaa", "jour, mois, année"),
    ("aammjj", "année, mois, jour"),
    ("tableur", "le numéro du jour dans le tableur"),
)


def days(
    title: str, cells: Sequence[Cell], answers: Mapping[str, str], english: bool = False, dots: bool = False
) -> Habit:
    """Return how a column of days is read. `english`, `dots`: what its table shows, as in `habit`."""
    texts = [as_text(cell) for cell in cells]
    first_big = any(int(match[1]) > 12 for text in texts if _HALF.search(text) and (match := _SLASHED.fullmatch(text)))
    order = answers.get("ordre") or day_order(title) or ("jour" if first_big else "")  # « 13/04/2026 2:30 PM »: British
    compact, asked = _which_compact(texts, answers)
    proofs = [] if order or not (proof := _months_first(texts, english)) else [proof]
    order = "mois" if proofs else order
    turned = _turned(cells)
    english = (english and all("/" in text for text in texts if _SLASHED.fullmatch(text))) or _scattered(texts, dots)
    doubt = None if order else _which_order(texts, english, turned) or _which_end(texts)
    if turned and order == "mois":
        proofs.append(
            f"le tableur a pris le mois pour le jour : « {turned:%d/%m/%Y} » est lu le {_told_turned(turned)}."
        )
    order = order.removesuffix(_TEXTS_ONLY)

    def read(cell: Cell) -> date:
        day = _day(cell, order, compact)
        return day.replace(month=day.day, day=day.month) if turned and proofs and isinstance(cell, date) else day

    return Habit(read, doubt or asked, (*proofs,), order="" if order == "jour" else order)


def _turned(cells: Sequence[Cell]) -> date | None:
    """Return the first true day of a column whose texts a spreadsheet could not take for days: « 03/13/2026 ».

    Opened by a French spreadsheet, an American list has its days up to the twelfth turned, the others left as texts.
    """
    true = [cell for cell in cells if isinstance(cell, date) and not isinstance(cell, dates.Period)]
    left = [match for cell in cells if isinstance(cell, str) and (match := _SLASHED.fullmatch(as_text(cell)))]
    turned = left and all(int(match[2]) > 12 for match in left) and all(day.day <= 12 for day in true)
    return next(iter(true), None) if turned else None


def _told_turned(day: date) -> str:
    return told_day(date(day.year, day.day, day.month))


def _day(cell: Cell, order: str, compact: str) -> date:
    text = as_text(cell)
    if order and isinstance(cell, str):
        text = re.sub(r"[ ,]+\d{1,2}[:h]\d\d.*$", "", text)  # the hour does not matter
        if order == "annee jour" and (turned := _YEAR_FIRST.fullmatch(text)):
            return dates.read_date(f"{turned[2]}/{turned[3]}/{turned[1]}")
        found = _SLASHED.fullmatch(text)
        if found and order == "annee":
            return dates.read_date(f"{found[3]}/{found[2]}/{found[1]}")
        if found and order == "mois":
            return dates.read_date(f"{found[2]}/{found[1]}/{found[3]}")
        return dates.read_date(text)
    if compact and compact != "tableur" and re.fullmatch(r"\d{5,8}", text):
        digits = text.zfill(6 if len(text) < 7 else 8)
        if compact == "aammjj":
            return dates.read_date(f"{digits[-2:]}/{digits[-4:-2]}/{digits[:-4]}")
        return dates.read_date(f"{digits[:2]}/{digits[2:4]}/{digits[4:]}")
    return dates.read_date(cell)


def in_usual_order(cell: Cell, order: str) -> str:
    """Return a text whose day, if it is one, comes first again: « 09/30/2026 » is « 30/09/2026 »."""
    try:
        return f"{_day(cell, order, ''):%d/%m/%Y}" if _SLASHED.fullmatch(as_text(cell)) else as_text(cell)
    except Refused:
        return as_text(cell)


def _months_first(texts: Sequence[str], english: bool) -> str:
    """Return what proves that months come first, to be told: a day over 12 behind, in English words or hours of day."""
    found = {text: match for text in texts if (match := _SLASHED.fullmatch(text))}
    if any(int(match[1]) > 12 for match in found.values()) or not (english or any(map(_HALF.search, found))):
        return ""
    proof = next((text for text, match in found.items() if int(match[2]) > 12), "")
    return proof and f"le mois est écrit avant le jour : « {proof} » est le {told_day(_day(proof, 'mois', ''))}."


def _which_order(texts: Sequence[str], english: bool, turned: date | None) -> Doubt | None:
    """Return the doubt about the order of day and month, when something speaks for the American one."""
    found = [(at, match) for at, text in enumerate(texts) if (match := _SLASHED.fullmatch(text))]
    first_big = any(int(match[1]) > 12 for _, match in found)
    american = [at for at, match in found if int(match[2]) > 12] or [at for at, _ in found if _HALF.search(texts[at])]
    if not found or first_big or not (american or english):
        return None
    at = american[0] if american else found[0][0]
    match = _SLASHED.fullmatch(texts[at])
    assert match is not None
    question = f"« {texts[at]} » : le jour vient-il avant le mois, ou après ?"
    todo = "Écrivez le jour avant le mois, par exemple 28/02/2019, ou donnez ce fichier à la page « Nos chiffres »."
    wrong = ("jour", "le jour, puis le mois : cette date est fausse")
    options: tuple[tuple[str, str], ...] = (*_ORDER[1:], wrong) if int(match[2]) > 12 else _ORDER
    if turned:
        own = f"« {turned:%d/%m/%Y} »"
        also = ("mois", f"{_ORDER[1][1]} ; le tableur a retourné les autres : {own} est le {_told_turned(turned)}")
        options = (
            also,
            (f"mois{_TEXTS_ONLY}", f"{_ORDER[1][1]}, ici seulement : {own} reste le {told_day(turned)}"),
            wrong,
        )
    return Doubt("ordre", question, options, todo, rank=at)


def _scattered(texts: Sequence[str], dots: bool) -> bool:
    found = [text for text in texts if _SLASHED.fullmatch(text)]
    try:
        first, last = ([_day(text, order, "") for text in found] for order in ("mois", "jour"))
    except Refused:
        return False
    return scattered(first, last, dots)


def _which_end(texts: Sequence[str]) -> Doubt | None:
    """Return the doubt about the year, first or last, when what stands first moves less: « 26/03/12 », « 26/03/19 »."""
    found = [match for text in texts if (match := _SLASHED.fullmatch(text)) and len(match[3]) == 2]
    if len(found) < len(texts) or len({match[1] for match in found}) >= len({match[3] for match in found}):
        return None
    try:
        first = [_day(text, "annee", "") for text in texts]
    except Refused:
        return None
    if not all(_PLAUSIBLE[0] <= day.year <= _PLAUSIBLE[1] for day in first):
        return None
    options = (("annee", told_day(first[0])), ("jour", told_day(_day(texts[0], "jour", ""))))
    todo = "Écrivez l'année en quatre chiffres, par exemple 28/02/2019."
    return Doubt("ordre", f"« {texts[0]} » : quel jour est-ce ?", options, todo)


def _which_compact(texts: Sequence[str], answers: Mapping[str, str]) -> tuple[str, Doubt | None]:
    """Return how days without separators are written: `050126`, or `50126` when the zero is lost; and the doubt."""
    if "compact" in answers:
        return answers["compact"], None
    digits = [(at, text) for at, text in enumerate(texts) if re.fullmatch(r"\d{5,8}", text)]
    if not digits:
        return "", None
    fitting = [way for way in ("jjmmaa", "aammjj", "tableur") if all(_fits(text, way) for _, text in digits)]
    if len(fitting) == 1 or not fitting:
        return (fitting[0] if fitting else ""), None
    if "tableur" in fitting and all(len(text) == 5 and 40_000 <= int(text) < 50_000 for _, text in digits):
        return "tableur", None
    at, text = digits[0]
    told = tuple((way, f"{_day(text, '', way):%d/%m/%Y}") for way, _ in _COMPACT if way in fitting)
    todo = "Écrivez les jours avec leurs barres, par exemple 28/02/2019."
    return fitting[0], Doubt("compact", f"« {text} » : quel jour est-ce ?", told, todo, rank=at)


def says_day(text: str) -> bool:
    """Tell whether digits alone can be a day: `20260302`, `020326`."""
    return bool(re.fullmatch(r"\d{6}|\d{8}", text)) and any(_fits(text, way) for way, _ in _COMPACT)


def _fits(text: str, way: str) -> bool:
    if way == "tableur":
        return len(text) == 5 and 36526 <= int(text) <= 73050
    if way == "aammjj" and len(text) not in (6, 8):
        return False
    try:
        return _PLAUSIBLE[0] <= _day(text, "", way).year <= _PLAUSIBLE[1]
    except Refused:
        return False


def _one_figure(cell: Cell) -> bool:
    """Tell whether a duration says one figure of its minutes: « 1h5 »."""
    return isinstance(cell, str) and bool(re.fullmatch(r"\d+h[1-9]", cell))


_MINUTES = re.compile(r"(\d+) ?['\u2032\u2019]")
"""Minutes written with their sign, « 45' »."""


def habit(
    kind: str,
    title: str,
    cells: Iterable[Cell],
    answers: Mapping[str, str],
    english: bool = False,
    when: Sequence[Cell] = (),
    dots: bool = False,
) -> Habit | None:
    """Return how a column of days or durations is read; None for any other, whose cells speak one by one.

    Args:
        kind: the kind of its column in the book.
        title: its title.
        cells: its filled cells.
        answers: what the group answered about it.
        english: whether the table shows that it is in English.
        when: the days of its table, some of them periods.
        dots: whether its decimals stand after a dot.
    """
    seen = [unguarded(cell) for cell in cells]
    if kind == "duree":
        many = min((len(day.worked) if isinstance(day, dates.Period) else 1 for day in when), default=1)
        own, short = durations(title, seen, answers, many), next((each for each in seen if _one_figure(each)), "")
        hour, minutes = as_text(short).split("h") if short else ("", "")
        told = [f"« {short} » est lu {hour} h 0{minutes}."] if short else []
        sign = next((found for each in seen if isinstance(each, str) and (found := _MINUTES.fullmatch(each))), None)
        told += [f"« {sign[0]} » est lu {sign[1]} min."] if sign else []
        return replace(own, proofs=(*own.proofs, *told))
    if kind == "date" and not all(isinstance(cell, datetime | date) for cell in seen):
        return days(title, seen, answers, english, dots)
    return None


_WORDS = pattern("habits.words", r"\b(?:WORDS)\b")
_HALF_DAY = re.compile(r"(?:.*\d )?\d{1,2}(?:[:.]\d\d){0,2} ?[ap]\.?m\.?", re.IGNORECASE)
_DOTTED = re.compile(r"\d[\d,]*\.\d{1,2}")


def in_english(titles: Sequence[str], texts: Iterable[str]) -> bool:
    """Tell whether titles are in English, or any text of their table says the half of its day: « 8:30 AM »."""
    written = " ".join(titles).casefold()
    if not re.search("[éèàêçû]", written) and _WORDS.search(written.replace("_", " ")):
        return True
    return any(map(_HALF_DAY.fullmatch, texts))


def with_dots(texts: Iterable[str]) -> bool:
    """Tell whether numbers among texts have a dot before their decimals."""
    return any(map(_DOTTED.fullmatch, texts))


def scattered(first: Sequence[date], last: Sequence[date], dots: bool) -> bool:
    """Tell whether days are close together when their month comes first, and far apart when it comes last.

    The first of each month, or of each quarter, is usual.

    Args:
        first: the days, their month read first.
        last: the same days, their month read last.
        dots: whether their table writes decimals as in English; fewer months are enough.
    """
    close, far = (sorted({12 * day.year + day.month for day in days}) for days in (first, last))
    if len(far) < (3 if dots else 4) or close[-1] - close[0] > 1 or (_in_order(last) and not _in_order(first)):
        return False
    regular = {after - before for before, after in pairwise(far)} in ({1}, {3})
    return not (regular and {day.day for day in last} == {1})


def _in_order(days: Sequence[date]) -> bool:
    return list(days) in (sorted(days), sorted(days, reverse=True))
