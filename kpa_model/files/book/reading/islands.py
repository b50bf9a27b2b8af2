"""A sheet → its tables: where each one stands, one under the other, side by side, or turned; answers about one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, shown
from kpa_model.files.book.dates import WEEKDAY
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, Line, first_text
from kpa_model.files.book.reading.blocks import (
    NAMED_DAY,
    Block,
    block_of,
    known_titles,
    may_be_titles,
    no_figures,
    period_told,
    titled,
    width,
)
from kpa_model.files.book.reading.context import NOBODY, Context
from kpa_model.files.book.reading.dated.months import says_month
from kpa_model.files.book.reading.spread.headless import bare_titled
from kpa_model.files.book.reading.spread.sides import SIDES, ask_sides, cut_across
from kpa_model.files.book.reading.written.doubted import about_colours
from kpa_model.files.book.reading.written.forms import ACCOUNT, of_a_form
from kpa_model.files.book.reading.written.outside import say_outside
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import listing


def blocks(grid: Grid, context: Context, findings: Findings) -> list[Block]:
    """Return every table of a sheet, from top to bottom, then left to right; none once it is asked which they are."""
    plain = _but_pages(bare_titled(grid, findings), findings)
    turned = _transposed(plain)
    grid, parts = grid if turned is plain else turned, _headed(_cut_down(turned.lines, context))
    if ask_sides(grid, parts, findings):
        return []
    one = grid.answers.get(SIDES) == "un"
    sides = [(side, block_of(grid, side, context)) for part in parts for side in _cut_up(part, one, context)]
    found = [block for _, block in sides if block]
    if found:
        say_outside(grid, [line for side, block in sides for line in _outside(side, block)], findings)
    return found


def _cut_up(part: list[Line], one: bool, context: Context) -> Iterator[list[Line]]:
    """Yield the tables that stand side by side, from top to bottom on each side: one may be longer than the others."""
    sides = [*cut_across(part, one)]
    for side in sides:
        yield from _cut_down(side, context) if len(sides) > 1 else [side]


def _outside(lines: Sequence[Line], block: Block | None) -> list[Line]:
    held = {int(number) for number, _ in block.lines} | {block.head} if block else set[int]()
    lower = [*filter(None, map(as_text, block.heads))] if block and block.over else []
    held |= {block.head - 1} if block and len({*lower}) < len(lower) else set()  # titles come again below those
    return [line for line in lines if int(line[0]) not in held]


_PAGE = re.compile(r"(page|p\.) ?\d+( ?(/|sur|of|de) ?\d+)?|- ?\d+ ?-", re.IGNORECASE)
"""What is printed under a page: « Page 1/2 »."""


def _but_pages(grid: Grid, findings: Findings) -> Grid:
    """Return a grid without what is printed under its pages, and without the titles that come again after it; told."""
    texts = [[text for each in cells if (text := as_text(each))] for _, cells in grid.lines]
    pages = [at for at, said in enumerate(texts) if len(said) == 1 and _PAGE.fullmatch(said[0])]
    if not pages:
        return grid
    again = [at + 1 for at in pages if len(texts[at + 1 : at + 2]) > 0 and texts[at + 1] in texts[:at]]
    told = listing([str(grid.lines[at][0]) for at in pages], most=8)
    findings.note(
        grid.place(), f"« {texts[pages[0]][0]} » est écrit au bas d'une page (ligne {told}). Ce n'est pas lu."
    )
    return replace(grid, lines=tuple(line for at, line in enumerate(grid.lines) if at not in (*pages, *again)))


def several_tables(grid: Grid) -> bool:
    """Tell whether a sheet holds several tables, one under the other: other titles come after an empty line."""
    heads: set[frozenset[str]] = set()
    before = 0
    for number, cells in grid.lines:
        texts = [text for each in cells if (text := as_text(each))]
        if not heads or number - before > 1:
            known = known_titles().intersection(map(bare, texts))
            if len(known) >= 3 and no_figures(cells):
                heads.add(known)
        if len(texts) > 1:
            before = number
    return len(heads) > 1


def _cut_down(lines: Sequence[Line], context: Context) -> Iterator[list[Line]]:
    """Cut where titles start another table, after an empty line or a text of its own; an empty line alone cuts nothing.

    The same titles again start another table under a text of their own: « Semaine du 14/09 », then the days.
    """
    part: list[Line] = []
    heads: set[str] = set()
    first: set[str] = set()  # what its first line of several texts says
    start = ""  # and how it begins: « Jour »
    days = False  # whether a line of days has come
    gap = 0  # where the lines since an empty one, or since the first of some texts alone, start
    head: Sequence[Cell] = ()
    for number, cells in lines:
        texts = (heads or first) and _alone(cells) and not (gap and all(_alone(each) for _, each in part[gap:]))
        if texts or (part and number - part[-1][0] > 1):
            gap = len(part)
        if heads and cells == head:
            gap = _words_last(part) or gap
        like = bool(start) and start == _begins(cells) and {*map(bare, _filled(cells))} != first - {""}
        if like and cells != head and not _says_no_fact(part[-1][1]):
            gap = len(part)
        mine = {bare(text) for each in cells if (text := as_text(each))} if gap or not heads else set()
        fewer = mine - {""} < first or (like and no_figures(cells))
        again = bool(gap and mine and ((mine == first and part[gap:]) or (len(mine - {""}) > 1 and fewer)))
        again = again or (days and bool(gap and part[gap:]) and _of_days(cells))
        days = days or _of_days(cells)
        if not first and no_figures(cells) and (len(mine) > 2 or (len(mine) > 1 and mine & known_titles())):
            first, start = mine, _begins(cells)
        if mine and (again or titled(cells, context) >= 4):
            before = heads or again or (first and not all(_says_no_fact(each) for _, each in part[:gap]))
            starts = before and gap and (mine != heads or part[gap:]) and (no_figures(cells) or _of_days(cells))
            if starts and all(_says_no_fact(each) for _, each in part[gap:]):
                yield part[:gap]
                part, heads, gap = part[gap:], set(), 0
                first, start = mine, _begins(cells)
            head = head if heads else cells
            heads = heads or mine
        part.append((number, cells))
    if part:
        yield part


def _filled(cells: Sequence[Cell]) -> list[str]:
    return [text for each in cells if (text := as_text(each))]


def _begins(cells: Sequence[Cell]) -> str:
    """Return what the titles of tables like one another begin with: the same known title, or a month."""
    first = next((each for each in cells if as_text(each)), "")
    text = bare(as_text(first))
    return "mois" if says_month(first) else text if text in known_titles() else ""


def _words_last(lines: Sequence[Line]) -> int:
    """Return where the last lines that hold words alone start, no day; 0 when the last one does not."""
    at = len(lines)
    while at and may_be_titles(lines[at - 1][1]) and not WEEKDAY.match(first_text(lines[at - 1][1])):
        at -= 1
    return at if at < len(lines) else 0


def _headed(parts: Iterable[list[Line]]) -> list[list[Line]]:
    """Return parts without those that only say, beside a label, whose account the next one is: they stand above it."""
    whole: list[list[Line]] = []
    above: list[Line] = []
    for part in parts:
        if _of_account(part):
            above += part
        else:
            whole.append([*above, *part])
            above = []
    return [*whole, *([above] if above else [])]


def _of_account(part: Sequence[Line]) -> bool:
    """Tell whether two thirds of the lines of a part are those of an account, or of a form, titles alone left aside."""
    told = [of_a_form(cells, among=True) or ACCOUNT.match(first_text(cells)) for _, cells in part]
    few = all(sum(bool(as_text(each)) for each in cells) in (1, 2, 4) for _, cells in part)
    alone = (_alone(cells) and no_figures(cells) for _, cells in part)
    others = sum(not (one or title) for one, title in zip(told, alone, strict=True))
    return few and any(told) and 2 * others <= sum(map(bool, told))


_COUNTED = 4
_DAYS = {"lun", "mar", "mer", "jeu", "ven", "sam", "dim"}


def _of_days(cells: Sequence[Cell]) -> bool:
    """Tell whether a line names days, « lundi 5 », « mar. 6 », or counts them, « 1 », « 2 »: others may come after."""
    counted = [int(text) for each in cells if (text := as_text(each)).isdecimal()]
    if len(counted) > _COUNTED and counted == [*range(counted[0], counted[0] + len(counted))]:
        return True
    named = [each for each in cells if isinstance(each, str) and each.lstrip()[:3].casefold() in _DAYS]
    return len(named) > 2 and sum(bool(NAMED_DAY.fullmatch(as_text(each))) for each in named) > 2


def _alone(cells: Sequence[Cell]) -> bool:
    """Tell whether a line holds one text alone, or the parts of one period."""
    return sum(each != "" for each in cells) == 1 or bool(period_told(cells))


def _says_no_fact(cells: Sequence[Cell]) -> bool:
    return no_figures(cells) or bool(period_told(cells))


def _transposed(grid: Grid) -> Grid:
    """Return a grid; turned when its titles go down the first column."""
    if len(grid.lines) < 3:
        return grid
    down = {bare(as_text(cells[0])) for _, cells in grid.lines if cells}
    across = max(len({bare(as_text(each)) for each in cells} & known_titles()) for _, cells in grid.lines[:10])
    best = max(len(down & set(each.titles)) for each in dictionaries().values())
    if best < 3 or across >= best or best < 0.5 * len(grid.lines):
        return grid
    first, columns = grid.lines[0][0], range(width(grid.lines))
    turned = ((first + at, [cell_at(cells, at) for _, cells in grid.lines]) for at in columns)
    filled = tuple((number, cells) for number, cells in turned if any(map(as_text, cells)))
    return replace(grid, lines=filled, separator="")  # its lines are columns: none is too long


def of_its_own(block: Block) -> Block:
    """Return one of several tables of a sheet with the answers about it: what it is, which columns it has."""
    answers = {topic: said for topic, said in block.grid.answers.items() if not _OWN.match(topic)}
    mine = {topic.removesuffix(end): said for topic, said in answers.items() if topic.endswith(end := _end(block))}
    above: list[Line] = [(block.head - 1, [*block.above])] if block.above else []
    lines: tuple[Line, ...] = (*above, (block.head, block.heads), *block.lines)  # what stands beside says nothing of it
    before = tuple(line for line in block.grid.lines if line[0] < block.head)
    return replace(block, grid=replace(block.grid, answers={**answers, **mine}, lines=lines, before=before))


def about(doubt: Doubt, block: Block) -> Doubt:
    """Return a doubt of one of several tables of a sheet: the others keep theirs."""
    return replace(doubt, topic=f"{doubt.topic}{_end(block)}") if _OWN.match(doubt.topic) else doubt


_OWN = re.compile(r"(table(\.\w*)?|colonne\.\w+|personne\.\w+)$")
"""Topics about one table alone."""


def _end(block: Block) -> str:
    """Return what tells a table from the others of its sheet: its titles, and where they start, right of another."""
    return (
        f"@{first_title(block) or ''}"
        + "".join(bare(title) for title in block.titles if not re.search(r"\d", title))[:40]
    )


def first_title(block: Block) -> int:
    """Return the rank of the first title of a table: right of others, it is not 0."""
    return next((at for at, title in enumerate(block.titles) if title), 0)


def leave_hidden(grid: Grid, findings: Findings) -> None:
    """Leave a hidden sheet out, and tell it; when somebody can answer, ask whether to read one that holds a table."""
    table_like = any(titled(cells, NOBODY) >= 6 for _, cells in grid.lines[:10])
    if findings.asking and table_like and "feuille" not in grid.answers:
        options = (("non", "Non, la laisser de côté"), ("oui", "Oui, la lire"))
        doubt = Doubt(
            "feuille", f"La feuille « {grid.sheet} » est cachée. La lire ?", options, "Affichez-la pour la lire."
        )
        findings.doubt(grid.place(), doubt)
    elif grid.answers.get("feuille") == "non":
        findings.note(grid.place(), "cette feuille cachée est laissée de côté, comme vous l'avez dit.")
    else:
        text = "cette feuille est cachée. Elle n'est pas lue. Pour la lire, affichez-la."
        findings.left_out(grid.place(), text)


_SIGNED = pattern("islands.signed", flags=re.IGNORECASE)
"""What begins the last lines of a form that is signed: « Signature : C.P. », « Fait à Vez, le 3 mai »."""


def signed(filled: Sequence[Cell]) -> bool:
    """Tell whether a line is that of a signature: it begins as one, and holds no figure but a day."""
    return bool(filled) and bool(_SIGNED.match(as_text(filled[0]))) and no_figures(filled)


def _lone(filled: Sequence[Cell]) -> bool:
    """Tell whether a line holds one text alone."""
    return len(filled) == 1 and bool(re.search(r"[^\W\d_]", as_text(filled[0])))


_ENDS = re.compile(r"(sous[ -]?)?(total|totaux)\b|somme\b", re.IGNORECASE)


def without_remarks(grid: Grid, findings: Findings) -> Grid:
    """Leave out what is written under a table, after an empty line or a total: a text alone is no fact. It is told."""
    filled = [[each for each in cells if as_text(each)] for _, cells in grid.lines]
    end = len(filled)
    while end and (_lone(filled[end - 1]) or signed(filled[end - 1])):
        end -= 1
    ends = [any(_ENDS.match(as_text(each)) for each in cells) for cells in filled]
    apart = [after - before > 1 for (before, _), (after, _) in pairwise(grid.lines)]
    starts = [at for at in range(max(end, 2), len(filled)) if apart[at - 1] or ends[at - 1] or signed(filled[at])]
    if not starts or sum(len(each) > 1 for each in filled[: starts[0]]) < 2:
        return grid
    for number, cells in grid.lines[starts[0] :]:
        said = shown(next(each for each in cells if as_text(each)))
        tell = findings.left_out if about_colours(said) else findings.heed  # it may change what lines are
        tell(grid.place(number), f"{said} est écrit sous le tableau. Ce n'est pas lu.")
    below = tuple(as_text(each) for _, cells in grid.lines[starts[0] :] for each in cells if as_text(each))
    return replace(grid, lines=grid.lines[: starts[0]], below=below)
