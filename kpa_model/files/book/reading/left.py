"""What a sheet with everything in it says and no table takes: hours of nobody, lines without a day. Always told."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kpa_model.files.book.cells import as_text, cell_at, unguarded
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.sales.following import Work, weighed
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.files.book.reading.sales.weights import say_weights
from kpa_model.files.book.reading.spread.people import is_total
from kpa_model.files.book.reading.spread.sums import nothing
from kpa_model.words import euros, listing

_SHOWN = 8


def say_left(
    block: Block, ranks: tuple[int, int, int], amounts: Collection[int], instead: Collection[int], findings: Findings
) -> None:
    """Tell the hours that are nobody's, the lines without a day, and who is named without hours.

    Args:
        block: the table.
        ranks: where its days, its people and its hours stand.
        amounts: the columns whose money is lost with a line that has no day.
        instead: the columns that give a line where somebody is named another sense than work.
        findings: where it is told.
    """
    day, who, hours = ranks
    undated, nobody, idle = list[int](), list[int](), list[int]()
    for number, cells in block.lines:
        if is_total(cells, day):
            continue
        timed = not nothing(cell_at(cells, hours))
        if not as_text(cell_at(cells, day)):
            if timed or not all(nothing(cell_at(cells, at)) for at in amounts):
                undated.append(number)
        elif timed and not as_text(cell_at(cells, who)):
            nobody.append(number)
        elif not timed and as_text(cell_at(cells, who)) and all(nothing(cell_at(cells, at)) for at in instead):
            idle.append(number)
    place = block.grid.place()
    if undated:
        one, several = "n'a pas de jour : elle n'est pas lue", "n'ont pas de jour : elles ne sont pas lues"
        lost = [line for line in block.lines if line[0] in undated]
        money = sum(cents_in(unguarded(cell_at(cells, at))) for _, cells in lost for at in amounts)
        parts = [weighed(block, lost, Work(day, who, hours, -1)), euros(money) if money else ""]
        weight = f" ({', '.join(filter(None, parts))})" if any(parts) else ""
        findings.left_out(place, f"{_told(undated, one, several)[:-1]}{weight}.")
    if nobody:
        one, several = "a des heures et ne dit pas de qui", "ont des heures et ne disent pas de qui"
        findings.left_out(place, f"{_told(nobody, one, several)[:-1]} : ces heures ne sont pas lues.")
    if idle:
        one, several = "nomme quelqu'un sans heures : elle compte", "nomment quelqu'un sans heures : elles comptent"
        findings.heed(place, f"{_told(idle, one, several)[:-1]} 0 h.")


def say_unused(block: Block, ranks: Collection[int], findings: Findings, people: Collection[str] = ()) -> None:
    """Tell the columns that hold something and that nothing reads; those that weigh, before one agrees."""
    read = {*ranks, *(at for at, title in enumerate(block.titles) if title in block.read)}
    say_weights(block.grid, block.head, block.titles, block.lines, read, findings, people)
    free = [at for at in range(len(block.titles)) if at not in ranks and block.titles[at] not in ("", *block.read)]
    unused = [block.titles[at] for at in free if block.column(at)]
    if unused:
        told = listing([f"« {title} »" for title in unused], most=_SHOWN)
        what = "cette colonne n'est pas utilisée" if len(unused) == 1 else "ces colonnes ne sont pas utilisées"
        findings.note(block.grid.place(block.head), f"{what} : {told}.")


def _told(numbers: Sequence[int], one: str, several: str) -> str:
    shown = listing([str(each) for each in numbers], most=_SHOWN)
    return f"la ligne {shown} {one}." if len(numbers) == 1 else f"{len(numbers)} lignes ({shown}) {several}."
