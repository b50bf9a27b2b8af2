"""A grid on the screen: a real table, one row for each criterion, one column for each level.

On a phone each criterion becomes a block (see `kpa-grid` in the stylesheet); the roles keep it a table for everyone.
"""

from __future__ import annotations

from kpa_model.assessment.grid import Criterion, Grid
from kpa_model.declare.markup import Html, joined, row, table, tag, wide


def grid_table(grid: Grid) -> Html:
    """Return the grid as a table that scrolls where there is little room; what is still to write is said."""
    body, names = list[Html](), [level.name for level in grid.levels]
    for area, criteria in grid.areas():
        if area:
            title = tag("th", area, scope="col", role="columnheader", colspan=len(names) + 1)
            body.append(tag("tr", title, role="row"))
        body += [_row(each, names) for each in criteria]
    label = f"La grille « {grid.title} »"
    head = ("Critère", *(joined(each.name, _small(each.meaning)) for each in grid.levels))
    return wide(table(label, head, body, cls="kpa-table kpa-grid", blocks=True), label)


def _row(each: Criterion, names: list[str]) -> Html:
    example = _small(f"Par exemple : {each.example}") if each.example else None
    told = [line or tag("em", "à écrire") for line in each.descriptors]
    return row(joined(each.name, example), *told, titles=names, blocks=True)


def _small(text: str) -> Html:
    return tag("br") + tag("span", text, cls="kpa-small")
