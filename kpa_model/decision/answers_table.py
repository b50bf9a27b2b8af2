"""What a workshop answered, as one tidy table: counts and sentences as they were shown, never a line per person.

It is made from the pages already shown, which hide small groups; a part that says anybody's name is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpa_model.declare.page import Bars, Page, Sentence, Stacks, Table
from kpa_model.workshop.activity import Room
from kpa_model.workshop.script import ScriptStep

COLUMNS = ("etape", "tour", "tableau", "ligne", "colonne", "valeur")


def answers_table(played: Sequence[tuple[ScriptStep, Room]]) -> dict[str, list[str | int]]:
    """Return the table, column → values: a count of people is a whole number, so that a spreadsheet adds it up."""
    rows = [row for step, room in played for row in _step(step, room)]
    return {name: [row[at] for row in rows] for at, name in enumerate(COLUMNS)}


def _step(step: ScriptStep, room: Room) -> Iterator[tuple[str | int, ...]]:
    """Yield the rows of every round revealed; a round somebody was taken out of is not told."""
    rounds = step.activity.rounds() if step.activity else ()
    for each in rounds:
        if step.activity and each.key in room.shown and each.key not in room.withdrawn:
            for row in _page(step.activity.page(each.key, room)):
                if not _names(row, room):
                    yield (step.title, each.title, *row)


def _names(row: tuple[str | int, ...], room: Room) -> bool:
    said = {str(cell).strip().casefold() for cell in row}
    return any(name.strip().casefold() in said for name in room.people.values())


def _page(page: Page) -> Iterator[tuple[str, str, str, str | int]]:
    for part in page:
        match part:
            case Stacks():
                yield from ((part.caption, line.label, name, many) for line in part.lines for name, many in line.pieces)
            case Bars():
                yield from ((part.caption, bar.label, "", bar.shown) for bar in part.bars)
            case Table():
                for first, *rest in part.rows:
                    yield from (
                        (part.caption, first, head, cell) for head, cell in zip(part.head[1:], rest, strict=True)
                    )
            case Sentence(tone="quote"):  # somebody wrote it
                continue
            case Sentence():
                yield ("", "", "", part.text)
