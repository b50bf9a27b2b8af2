"""A grid on the screen: a real table, one row for each criterion, one column for each level."""

from __future__ import annotations

from html import escape

from kpa_model.assessment.grid import Grid


def grid_table(grid: Grid) -> str:
    """Return the grid as a table that scrolls where there is little room; what is still to write is said."""
    head = "".join(
        f'<th scope="col">{escape(each.name)}<br><span class="kpa-small">{escape(each.meaning)}</span></th>'
        for each in grid.levels
    )
    body = []
    for area, criteria in grid.areas():
        if area:
            across = len(grid.levels) + 1
            body.append(f'<tr><th scope="col" colspan="{across}">{escape(area)}</th></tr>')
        for each in criteria:
            example = f'<br><span class="kpa-small">Par exemple : {escape(each.example)}</span>' if each.example else ""
            cells = "".join(f"<td>{escape(told) or '<em>à écrire</em>'}</td>" for told in each.descriptors)
            body.append(f'<tr><th scope="row">{escape(each.name)}{example}</th>{cells}</tr>')
    label = f"La grille « {grid.title} »"
    return (
        f'<div class="kpa-scroll" tabindex="0" role="region" aria-label="{escape(label)}">'
        f'<table class="kpa-table kpa-grid"><caption>{escape(label)}</caption>'
        f'<thead><tr><th scope="col">Critère</th>{head}</tr></thead><tbody>{"".join(body)}</tbody></table></div>'
    )
