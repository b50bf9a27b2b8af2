"""Lists whose month stands only around them: in a title above, in the name of the sheet, or in that of the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at
from kpa_model.files.book.dates import WEEKDAY, Period, read_date, read_duration
from kpa_model.files.book.dictionaries import Dictionary
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.context import NAMES, Context
from kpa_model.files.book.reading.dated.moments import apart_from_work
from kpa_model.files.book.reading.dated.numbers import NUMBERED, month_topic, numbered, told_month
from kpa_model.files.book.reading.dated.weeks import said
from kpa_model.files.book.reading.fields import Assigned
from kpa_model.files.book.reading.remarks import day_said
from kpa_model.files.book.reading.spread.days import here
from kpa_model.files.book.reading.spread.people import TOTAL, mostly_names, says_total, timed
from kpa_model.files.book.reading.spread.spans import months_of_lines
from kpa_model.files.book.reading.spread.sums import right
from kpa_model.files.book.reading.spread.weeks import numbered_titles
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import listing, month_name, of

_LACKS: Mapping[str, str] = {"declarations": "mois", "factures": "date", "achats": "date", "encaissements": "date"}
"""What the lines of each table say of their day, and may leave to the title; hours are asked about."""
_OF_A_DAY = re.compile(rf"\d{{1,2}}[-_/. ](?:\d{{1,2}}[-_/.]20\d\d|(?:{NAMES})\b)|20\d\d-\d\d-\d\d", re.IGNORECASE)

_OF_EACH = {"montant_regle", "reste_du", "reglement"}
"""What is told of one invoice, and not of the sum of a month."""
_TYPED = "Le mois, par exemple mars 2026"
FIRST_DAY = " Chaque ligne est notée à son premier jour de travail."
_NAMED = re.compile(rf"(?<![^\W\d_])({NAMES})(?![^\W\d_])", re.IGNORECASE)


def of_heading(block: Block, found: Assigned, context: Context, findings: Findings) -> tuple[Block, Assigned] | None:
    """Return a list with the month that stands around it, when its lines tell none; None once it is asked."""
    found = _of_months(block, found)
    name = _LACKS.get(found.dictionary.table, "")
    at = found.ranks.get("date", -1) if name == "date" else -1
    if at == block.weeks >= 0 and bare(block.titles[at]) == "mois":
        _say_months(block, at, findings)
    if not name or name in found.ranks or not findings.asking or _dated(block):
        return block, found
    if name == "date" and (by_line := months_of_lines(block, context)) is not None:
        at = by_line.weeks
        _say_months(block, at, findings)
        return by_line, replace(found, ranks={**found.ranks, name: at})
    if came := _day_of_deposit(block, found):
        told = f"les paiements sont du {came:%d/%m/%Y}, comme il est écrit au-dessus."
        findings.heed(block.grid.place(block.head), told)
        return _with(block, found, name, ["" if says_total(cells) else came for _, cells in block.lines])
    if _of_one(block, found):
        return block, found
    months = context.months_in(block.names)
    typed = told_month(block.grid.answers.get(month_topic(block), ""))
    if typed is None and _unsure(block, name, months):
        findings.doubt(block.grid.place(block.head), _doubt(block, months))
        return None
    if (month := typed or next(iter(months), None)) is None:
        return block, found
    if typed is None:
        day = "" if name == "mois" else FIRST_DAY
        told = f"le mois vient {_where(block, context)} : {month_name(month.first_day)}.{day}"
        findings.heed(block.grid.place(block.head), told)
    return _with(block, found, name, ["" if says_total(cells) else _cell(month, name) for _, cells in block.lines])


def _say_months(block: Block, at: int, findings: Findings) -> None:
    place = block.grid.place(block.head, at, block.titles[at])
    findings.heed(place, f"le mois vient de cette colonne.{FIRST_DAY}")


def _with(block: Block, found: Assigned, name: str, told: Sequence[Cell]) -> tuple[Block, Assigned]:
    """Return a list with one more column, by line."""
    return block.with_column(name, told), replace(found, ranks={**found.ranks, name: len(block.titles)})


_DEPOSIT = pattern("heading.deposit", r"\b(WORDS)\b", re.IGNORECASE)


def _day_of_deposit(block: Block, found: Assigned) -> date | None:
    """Return the one day above a list of payments, with words that say they came then: « Remise du 01/10/2026 »."""
    named = found.dictionary.table == "encaissements" and any(map(_DEPOSIT.search, block.above))
    said = (read_or_none(read_date, text) or day_said(text, date.min) for text in block.above if named)
    days = {day for day in said if day}
    return days.pop() if len(days) == 1 else None


def _of_months(block: Block, found: Assigned) -> Assigned:
    """Return the columns of a list without what came, when it only sums up months: that may pay those of another."""
    told = found.ranks.keys() - _OF_EACH - {"montant_ht", "montant_ttc", "montant_tva", "taux_tva"}
    if found.dictionary.table != "factures" or told != {"date"} or bare(block.titles[found.ranks["date"]]) != "mois":
        return found
    return replace(found, ranks={name: at for name, at in found.ranks.items() if name not in _OF_EACH})


_ISO_DAY = re.compile(r"20\d\d-\d\d-\d\d")


def one_month(block: Block, context: Context, findings: Findings) -> Block | None:
    """Return a table of numbered days with its one month; None once it is asked: its title and its sheet say two.

    Hours on a day prove it when only one of the months has it: a title is forgotten when last month's sheet is copied.
    """
    numbers = _day_numbers(block)
    said = _disagreeing(block, here(block, context)) if numbers else {}
    if not said:
        return block
    topic = f"{month_topic(block)}{bare(block.grid.sheet)}"
    month = told_month(block.grid.answers.get(topic, ""))
    last = max((day for day, worked in numbers if worked), default=0)
    fitting = [each for each in said if each.last_day.day >= last]
    told = listing([f"« {text} »" for text in said.values()])
    if month is None and len(fitting) != 1:
        options = tuple((str(each), month_name(each.first_day)) for each in said)
        todo = "Écrivez le même mois partout."
        doubt = Doubt(topic, f"{told} : de quel mois sont ces heures ?", options, todo, typed=_TYPED)
        findings.doubt(block.grid.place(block.head), doubt)
        return None
    if month is None:
        month = fitting[0]
        proof = f"{told} disent deux mois. Le {last} prouve que ces heures sont {of(month_name(month.first_day))}."
        findings.heed(block.grid.place(block.head), proof)
    return replace(block, above=(month_name(month.first_day), *block.above))


def _day_numbers(block: Block) -> list[tuple[int, bool]]:
    """Return the days that the titles of a table only number, or one of its columns, and whether something is there.

    A sheet that is always used has a 31 every month.
    """
    rank, by_line = numbered(block)
    titled = [
        (found, bool(_times(block, at)))
        for at, title in enumerate(block.titles)
        if (found := NUMBERED.fullmatch(title.strip())) and not isinstance(cell_at(block.heads, at), date)
    ]
    lines = [
        (found, sum(bool(as_text(each)) for each in cells) > 1)
        for found, (_, cells) in zip(by_line, block.lines, strict=True)
        if found and rank >= 0
    ]
    told = [] if numbered_titles(block) else titled if len(titled) > 2 else lines
    days = [(int(found[found.re.groups]), there) for found, there in told]
    return days if all(1 <= day <= 31 for day, _ in days) else []


def _disagreeing(block: Block, context: Context) -> dict[CalendarMonth, str]:
    """Return the months of the title and of the sheet, else of the file, with their texts; none when they agree."""
    *above, sheet, file = block.names
    found: list[tuple[int, CalendarMonth, str]] = []
    for texts in (above, [sheet]) if context.months_in([sheet]) else (above, [file]):  # a sheet is closer than its file
        months = context.months_in([_ISO_DAY.sub(" ", text) for text in texts])
        if len({each.index % 12 for each in months}) == 1:
            own = next(text for text in texts if context.months_in([text]))
            found += [(each.index % 12, each, own) for each in months]
    return {month: text for _, month, text in found} if len({rank for rank, *_ in found}) > 1 else {}


def _times(block: Block, at: int) -> list[str]:
    """Return the times of a column, as they are written, without those of totals."""
    lines = [cells for _, cells in block.lines if not any(TOTAL.match(as_text(each)) for each in cells[:2])]
    return [as_text(cell) for cells in lines if read_or_none(read_duration, cell := cell_at(cells, at))]


def say_no_day(block: Block, read: Collection[int], context: Context, findings: Findings) -> None:
    """Tell first the columns that are no day of the month of a table, « 31 » in April, and hold hours."""
    month = context.month_in(block.names)
    for at, title in enumerate(block.titles):
        found = NUMBERED.fullmatch(title.strip())
        day = int(found[found.re.groups]) if found and at not in read else 0
        if month and month.last_day.day < day <= 31 and (times := _times(block, at)):
            what = f"le {day} n'existe pas en {month_name(month.first_day)}. Ces cases ne sont pas lues : "
            findings.left_out(block.grid.place(block.head, at, title), f"{what}{listing(times, most=6)}.")


def say_untitled(block: Block, values: Collection[int], findings: Findings) -> None:
    """Tell first the columns of times without a title right of a day: they may be its afternoon, and are not read."""
    last = -1
    for at, title in enumerate(block.titles):
        last = at if at in values else -1 if title else last
        times = _times(block, at) if last >= 0 and not title else []
        if times and timed(block.column(at)) and not right(block, values, {at}):
            day = block.titles[last]
            what = f"cette colonne, à droite de « {day} », n'a pas de titre. Ces cases ne sont pas lues : "
            todo = "Si elles sont de ce jour, écrivez « Matin », « Après-midi » sous chaque jour."
            findings.left_out(block.grid.place(block.head, at), f"{what}{listing(times, most=6)}. {todo}")


def _unsure(block: Block, name: str, months: list[CalendarMonth]) -> bool:
    """Tell whether the month is to be asked: two places disagree, its year lacks, or it may be the day of an export."""
    if not months:
        return name == "mois" or any(map(_NAMED.search, block.names))
    return len(months) > 1 or any(map(_OF_A_DAY.search, block.names))


def _cell(month: CalendarMonth, name: str) -> Period | str:
    return str(month) if name == "mois" else Period.of_month(month)


def _dated(block: Block) -> bool:
    days = (at for at, title in enumerate(block.titles) if bare(title) != "mois" and not apart_from_work(block, at))
    return block.weeks >= 0 or any(is_day(cell) for at in days for cell in block.column(at))


def _of_one(block: Block, found: Assigned) -> bool:
    """Tell whether a table is that of one invoice, whose day stands above: its lines are its parts and its totals."""
    of_a_day = any(map(_OF_A_DAY.search, block.above)) and found.dictionary.table != "declarations"
    chosen = block.grid.answers.get("table") and any(map(_OF_A_DAY.search, (block.grid.sheet, block.grid.file)))
    return of_a_day or (found.dictionary.table == "factures" and "facture" not in found.ranks and not chosen)


def _where(block: Block, context: Context) -> str:
    """Return in words which of the texts around a list says its month."""
    *above, sheet, _ = block.names
    if any(context.months_in([text]) for text in above):
        return "du titre"
    return "du nom de la feuille" if context.months_in([sheet]) else "du nom du fichier"


def _doubt(block: Block, months: list[CalendarMonth]) -> Doubt:
    text = f"« {block.grid.name} » : aucune ligne ne dit le mois. Lequel est-ce ?"
    options = tuple((str(month), month_name(month.first_day)) for month in months)
    todo = "Ajoutez une colonne « mois »."
    return Doubt(month_topic(block), text, options, todo, typed=_TYPED)


_TIME = re.compile(r"\d ?(h|:|min)|\b(heures?|temps|planning|pointages?|hours|timesheet)\b", re.IGNORECASE)
"""What says that numbers are times, in a cell or around a table."""


def is_day_title(title: str) -> bool:
    """Tell whether a title is the name of a day, of a week, or a day: « Lun », « S12 », « 05/01 »."""
    return bool(re.match(r"\d{1,2}([/ .-]|$)", title) or WEEKDAY.match(title)) or said(title) is not None


def stands_alone(block: Block, at: int, hours: Dictionary, context: Context) -> bool:
    """Tell whether a single day, week or month is that of the times of those whom each line names."""
    if isinstance(cell_at(block.heads, at), Period):
        return True  # its title says so among other words
    leads = {found.name: rank for rank, title in enumerate(block.titles) if (found := column_of(title, hours))}
    empty = [title for rank, title in enumerate(block.titles) if not block.column(rank)]
    corner = [block.column(rank) for rank, title in enumerate(block.titles) if not title]
    if any(map(is_day_title, empty)) and ("personne" in leads or any(map(mostly_names, corner))):
        return True  # the first, or the last, day of a month: those beside it are not filled
    total = "duree" not in leads or TOTAL.match(block.titles[leads["duree"]])
    others = any(is_day_title(title) for rank, title in enumerate(block.titles) if rank != at)
    numbered = re.fullmatch(r"\d{1,2}", block.titles[at]) and not others  # « 5 » may be the number of anything
    told = block.weeks >= 0 or "date" in leads or WEEKDAY.fullmatch(block.titles[at].strip())  # « mar » is Tuesday
    if "personne" not in leads or told or not total or numbered:
        return False
    people = [text for cell in block.column(leads["personne"]) if not TOTAL.match(text := as_text(cell))]
    around = any(_TIME.search(text.replace("_", " ")) for text in (*block.names, *map(as_text, block.column(at))))
    return around or all(map(context.is_person, people)) or block.grid.answers.get("table") == hours.table
