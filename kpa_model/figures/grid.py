"""A grid on the screen: a real table, one row for each criterion, one column for each level.

On a phone each criterion becomes a block (see `kpa-grid` in the stylesheet); the roles keep it a table for everyone.
"""

from __future__ import annotations

from html import escape

from kpa_model.assessment.grid import Criterion, Grid, Level


def grid_table(grid: Grid) -> str:
    """Return the grid as a table that scrolls where there is little room; what is still to write is said."""
    body = []
    for area, criteria in grid.areas():
        if area:
            across = len(grid.levels) + 1
            body.append(
                f'<tr role="row"><th scope="col" role="columnheader" colspan="{across}">{escape(area)}</th></tr>'
            )
        body += [_row(each, grid.levels) for each in criteria]
    label = escape(f"La grille « {grid.title} »")
    head = '<th scope="col" role="columnheader">Critère</th>' + "".join(_level(each) for each in grid.levels)
    return (
        f'<div class="kpa-scroll" tabindex="0" role="region" aria-label="{label}">'
        f'<table class="kpa-table kpa-grid" role="table"><caption>{label}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(body)}</tbody></table></div>'
    )


def _level(each: Level) -> str:
    told = f'{escape(each.name)}<br><span class="kpa-small">{escape(each.meaning)}</span>'
    return f'<th scope="col" role="columnheader">{told}</th>'


def _row(each: Criterion, levels: tuple[Level, ...]) -> str:
    example = f'<br><span class="kpa-small">Par exemple : {escape(each.example)}</span>' if each.example else ""
    cells = "".join(
        f'<td role="cell" data-label="{escape(level.name)}">{escape(line) or "<em>à écrire</em>"}</td>'
        for level, line in zip(levels, each.descriptors, strict=True)
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{escape(each.name)}{example}</th>{cells}</tr>'
