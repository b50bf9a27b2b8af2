"""Which columns of a wide table of hours are people: known names, titles that can be names; else it is asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, failed, same, unguarded
from kpa_model.files.book.dates import WEEKDAY, read_duration
from kpa_model.files.book.dictionaries import Dictionary, dictionaries
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import column_of, layer, may_say
from kpa_model.files.book.reading.blocks import Block, is_day, known_titles
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.columns.clocks import to_the_minute
from kpa_model.files.book.reading.context import SPENT, Context
from kpa_model.files.book.reading.sales.taxes import cents_in, made_of
from kpa_model.files.book.reading.spread.codes import is_code, may_be_halves, of_parts
from kpa_model.files.book.reading.spread.titled_units import spaced, unit_of_title
from kpa_model.files.book.vocabulary import pattern, word_set

TOPIC = "personnes.colonnes"
TOTAL = re.compile(r"(sous[ -]?|ss?[/. -] ?)?(total|totaux|tot\.?)\b|somme|cumul|ensemble$|grand total", re.IGNORECASE)
_NOBODY = word_set("people.nobody")
_ENDS = {"debut", "fin"}
_SAMPLE = 200
_MONEY = pattern("people.money", r"\b(WORDS)\b", re.IGNORECASE)
_MOVES = pattern("people.moves", r"(WORDS)\b", re.IGNORECASE)
_COUNTED = pattern("people.counted", flags=re.IGNORECASE)
"""Words of columns of numbers that are nobody's time."""

A_DAY = re.compile(rf"{WEEKDAY.pattern}|(mon|tue(s)?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\.?", re.IGNORECASE)
"""The name of a day, in French or in English."""

_ROLE = re.compile(r" ?(\([^\W\d][^)]*\)|\[[^\W\d][^]]*\])$| (h|hrs?|heures?)$")
"""What somebody does, or a unit, after her name: « (trésorier) », « h »; « H » is the initial of a name."""
_BEFORE = re.compile(r"(?!H )(?i:(nb|nbre|nombre)?\.? ?(d['’] ?)?\b(heures?|hrs?|h|temps) (de |d['’] ?)?)(?=[A-ZÀ-Þ])")
"""What a title says before a name, « Heures Awa », « h Awa »; it may be before a place too: it is asked."""


def says_total(cells: Sequence[Cell]) -> bool:
    """Tell whether the first word of a line says that it is one of totals; the number of the line is no word."""
    texts = (text for each in cells if (text := as_text(each)))
    return bool(TOTAL.match(next((text for text in texts if not text.isdigit()), "")))


def is_total(cells: Sequence[Cell], day: int, who: int = -1) -> bool:
    """Tell whether a line is a total: its person says so, or its first text, and it has no day of its own."""
    if 0 <= who < len(cells) and TOTAL.match(as_text(cells[who])):
        return True
    return says_total(cells) and not is_day(cells[day] if 0 <= day < len(cells) else "")


def timed(cells: Sequence[Cell], least: float = 0.7) -> bool:
    """Tell whether cells are mostly durations or numbers, absences left aside; a failed formula may be one."""
    told = [cell for cell in cells[:: max(1, len(cells) // _SAMPLE)] if not absent(cell)]
    return bool(told) and sum(is_code(cell) or failed(cell) or _is_duration(cell) for cell in told) >= least * len(told)


def works(block: Block, at: int, least: float = 0.7) -> bool:
    """Tell whether a column holds times, or « M » and « AM » beside one that says parts of days: a morning, or ill."""
    columns = (block.column(each) for each in range(len(block.titles)) if each != at)
    return timed(block.column(at), least) or (
        may_be_halves(block.column(at)) and any(of_parts(cell) for cells in columns for cell in cells)
    )


def beside(block: Block, known: Collection[int], free: Collection[int]) -> bool:
    """Tell whether columns hold times beside those of known people: they may be somebody's too."""
    return any(at not in known and timed(block.column(at)) for at in free)


def _is_duration(cell: Cell) -> bool:
    try:
        read_duration(unguarded(cell))
    except Refused:
        return as_text(cell).casefold() in {"-", "–", "—", "x", "/", "0"}
    return True


def name_like(title: str) -> bool:
    """Tell whether a title can be the name of a person: one to three words, a capital, no figure, no usual title.

    >>> name_like("Samira"), name_like("Maître Kong"), name_like("Marie"), name_like("Montant"), name_like("quoi")
    (True, True, True, False, False)
    """
    return title[:1].isupper() and not re.search(r"\d", title) and not _BEFORE.match(title) and _may_be_somebody(title)


def called(titles: Sequence[str]) -> list[str]:
    """Return what titles call people, without what they do or a unit; two of one name stay whole.

    >>> called(["Jo (trésorier)", "Awa (R.)", "Awa (M.)", "Ben (h)", "Durée (h)", "Mia h", "Léo H", "Heures Zoé"])
    ['Jo', 'Awa (R.)', 'Awa (M.)', 'Ben', 'Durée (h)', 'Mia', 'Léo H', 'Zoé']
    """
    short = [_called(title, _BEFORE.sub("", _ROLE.sub("", title), count=1)) for title in titles]
    names = [same(each) for each in short]
    return [own if names.count(same(own)) == 1 else title for own, title in zip(short, titles, strict=True)]


def _called(title: str, own: str) -> str:
    return own if own == title or not unit_of_title(title) or name_like(own) else title


def may_be_named(block: Block, at: int) -> bool:
    """Tell whether the title of a column can be a name: « Fin » too, when nothing says a start beside it."""
    title, others = bare(block.titles[at]), {bare(each) for each in block.titles}
    lone = title in _ENDS and not others & (_ENDS - {title})
    return name_like(block.titles[at]) or (lone and block.titles[at][:1].isupper())


def names(cells: Sequence[Cell]) -> bool:
    """Tell whether the cells of a column can all be names of people, totals left aside; days of the week are none."""
    texts = [text for each in cells if not TOTAL.match(text := as_text(each))]
    return bool(texts) and all(map(name_like, texts)) and not all(map(A_DAY.fullmatch, texts))


def mostly_names(cells: Sequence[Cell]) -> bool:
    """Tell whether most cells of a column can be names, and the others too, short ones that are also other words."""
    texts = [text for each in cells if not TOTAL.match(text := as_text(each))]
    likely = sum(map(name_like, texts))
    return bool(texts) and 2 * likely > len(texts) and all(re.fullmatch(r"[^\d_]{1,40}", text) for text in texts)


MEANS = pattern("people.means", r"(WORDS)( \(?€\)?)?", re.IGNORECASE)
"""Means of payment: a column under one holds what was received."""


def make_an_amount(block: Block, ranks: Collection[int]) -> bool:
    """Tell whether columns make, on each line, an amount titled HT or TTC, with others perhaps: they are sold."""
    lines = [cells for _, cells in block.lines if not is_total(cells, -1)]
    for at in (at for at, title in enumerate(block.titles) if layer(title) and at not in ranks):
        told = [(cells, whole) for cells in lines if (whole := cents_in(cell_at(cells, at)))]
        if not told:
            continue
        if all(sum(cents_in(cell_at(cells, each)) for each in ranks) == whole for cells, whole in told):
            return True
        others = (each for each, title in enumerate(block.titles) if title and not layer(title))
        parts = {each: [cents_in(cell_at(cells, each)) for cells, _ in told] for each in others}
        if {*ranks} <= {*made_of([whole for _, whole in told], {each: own for each, own in parts.items() if any(own)})}:
            return True
    return False


def _may_be_somebody(title: str) -> bool:
    title = spaced(title)
    money = bool(re.search(r"[%€]", title) or _MONEY.search(title))  # in brackets too, « Pains (TVA 5,5 %) »
    title = called([title])[0]
    return not money and bool(
        0 < len(title.split()) <= 3
        and not WEEKDAY.fullmatch(title.split()[-1] if len(title.split()) > 1 else "")
        and not re.search(r"[()\[\]/]", title)
        and not TOTAL.match(title)
        and not (SPENT.match(title) or _MOVES.match(title))
        and not {bare(title), bare(_ROLE.sub("", title))} & (known_titles() | _NOBODY)
        and not _COUNTED.search(title)
    )


def met(block: Block, free: Sequence[int], context: Context) -> list[int]:
    """Return the columns that are people nobody has met yet; none as soon as one column may be something else."""
    known = dictionaries()
    if any(_says_who(block, at, known) for at in range(len(block.titles))):
        return []  # who worked stands on each line; a name alone may be a customer's: it is asked
    named = [at for at in free if may_be_named(block, at) and works(block, at)]
    if steady(block, named) != named:
        return []
    others = [at for at in free if not _counted(block.titles[at]) and works(block, at)]
    return (
        named
        if len(named) >= 2 and len(named) == len(others) and not context.people and TOPIC not in block.grid.answers
        else []
    )


_VOUCHERS = re.compile(r"(ticket|titre|ch[eè]que)s?[ -](rest|d[ée]j)", re.IGNORECASE)


def steady(block: Block, ranks: Sequence[int]) -> list[int]:
    """Return the columns of times but those of hours to the minute, « 18:41 », where others say how long it took.

    « Tickets resto » beside no other means of payment are given to those who worked: they are no time.
    """
    given = {at for at in ranks if _VOUCHERS.match(block.titles[at])}
    paid = any(MEANS.fullmatch(title) for at, title in enumerate(block.titles) if at not in given)
    ranks = [at for at in ranks if paid or at not in given]
    moments = [at for at in ranks if to_the_minute(block.column(at))]
    return [at for at in ranks if at not in moments or len(moments) == len(ranks)]


def chosen(block: Block) -> list[int]:
    """Return the columns that the group said are people."""
    titles = {bare(each) for each in block.grid.answers.get(TOPIC, "").split("|")} - {""}
    return [at for at, title in enumerate(block.titles) if bare(title) in titles and block.column(at)]


def ask(
    block: Block,
    known: Mapping[str, Dictionary],
    grid: Grid,
    findings: Findings,
    settled: Collection[int] = (),
    needed: Collection[int] = (),
) -> bool:
    """Ask which of the columns that may be people are, by `unsure`; tell whether it did."""
    asked = {bare(each) for each in grid.answers.get(f"{TOPIC}{ASKED}", "").split("|")}
    if not (ranks := unsure(block, known, settled, needed, asked)):
        return False
    question = "Quelles colonnes sont des personnes ?"
    options = tuple((title, title) for title in dict.fromkeys(block.titles[at] for at in ranks))
    todo = "Mettez une ligne par personne et par jour, ou écrivez les prénoms comme dans la table « personnes »."
    findings.doubt(grid.place(block.head), Doubt(TOPIC, question, options, todo, several=True, none="Aucune"))
    return True


def unsure(
    block: Block,
    known: Mapping[str, Dictionary],
    settled: Collection[int] = (),
    needed: Collection[int] = (),
    asked: Collection[str] = (),
) -> list[int]:
    """Return the columns that may be people, when some hold times and no title tells what they are.

    Beside `settled` ones, one may be somebody new; totals need the `needed` ones; titles `asked` about are left out.
    """
    open_ones = [at for at in range(len(block.titles)) if at not in settled and bare(block.titles[at]) not in asked]
    likely = [at for at in open_ones if _may_be_somebody(block.titles[at]) and not serial(block.column(at))]
    ranks = [at for at in open_ones if at in needed or (at in likely and timed(block.column(at)))]
    ranks = [at for at in ranks if not MEANS.fullmatch(block.titles[at])]
    titles = [text for text in block.titles if text and not TOTAL.match(text)]
    leads = [lead for text in titles for each in known.values() if (lead := column_of(text, each))]
    if any(each.kind == "euros" for each in leads):  # work and its price on one line: no day has more than 24 hours
        lines = [cells for _, cells in block.lines if not is_total(cells, -1)]
        ranks = [at for at in ranks if at in needed or all(of_a_day(cell_at(cells, at)) for cells in lines)]
    if not settled:
        clocked = any(each.name == "debut" for each in leads)
        called_so = (at for at, title in enumerate(block.titles) if clocked or bare(title) != "nom")
        if any(each.name == "duree" for each in leads) or any(_says_who(block, at, known) for at in called_so):
            return []
        dated = block.weeks >= 0 or any(_days(block, at) for at in range(len(block.titles)) if at not in ranks)
        ranks = ranks if len(ranks) > 1 and dated else []
    return ranks if ranks and not make_an_amount(block, ranks) else []


def _says_who(block: Block, at: int, known: Mapping[str, Dictionary]) -> bool:
    """Tell whether a column names who worked on each line."""
    return may_say(block.titles[at], "personne", known["heures"]) and names(block.column(at))


def serial(cells: Sequence[Cell]) -> bool:
    """Tell whether cells number the lines: « 8841, 8850 », rising and times of no day; or four, one after the other."""
    texts = [*map(as_text, cells)]
    if not all(re.fullmatch(r"\d+", text) for text in texts) or len(texts) <= 2:
        return False
    told = [*map(int, texts)]
    steps = {after - before for before, after in pairwise(told)}
    return (len(told) > 3 and steps == {1}) or (min(told) > 24 * 60 and min(steps) > 0)


def broken(block: Block, at: int) -> Cell:
    """Return the first cell of a column that may be somebody's, and whose times cannot be read; else nothing."""
    cells = block.column(at)
    if not cells or not name_like(block.titles[at]) or timed(cells) or any(map(is_day, cells)):
        return ""
    return cells[0] if all(_BROKEN.fullmatch(as_text(cell)) for cell in cells) else ""


_BROKEN = re.compile(r"(?=.*(\d|\?|#))(?![^\W\d]{4})[\w#?!/,.:;+*× -]{1,12}")
"""A short cell that may tell a time, in a way that nobody reads: « 3x2h », « 2? », « #REF! »."""


def of_days(block: Block, at: int, known: Mapping[str, Dictionary]) -> bool:
    """Tell whether a column can only hold hours of days: no title that is known, no count, no number beyond 24 h."""
    title, cells = block.titles[at], block.column(at)
    if _counted(title) or any(column_of(title, each) for each in known.values()):
        return False
    return timed(cells) and all(map(of_a_day, cells)) and not all(map(is_day, cells))


def _counted(title: str) -> bool:
    """Tell whether a title is that of money, or of things that are counted."""
    words = spaced(title)
    return bare(title) in _NOBODY or bool(SPENT.match(title) or _MONEY.search(words) or _COUNTED.search(words))


def of_a_day(cell: Cell) -> bool:
    """Tell whether a cell can be the time of one day."""
    try:
        return read_duration(unguarded(cell)) <= 24 * 60
    except Refused:
        return as_text(cell).casefold() in {"", "-", "–", "—", "x", "/", "0"}


def _days(block: Block, at: int) -> bool:
    column = block.column(at)
    return bool(column) and sum(map(is_day, column)) >= 0.5 * len(column)
