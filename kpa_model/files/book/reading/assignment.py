"""The best way to give each row its own column: the assignment problem, solved by shortest augmenting paths.

After D. F. Crouse, « On implementing 2D rectangular assignment algorithms » (2016): one row after the other enters, and
those before make room for it at the least cost.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def scored_pairs(scores: Floats) -> list[tuple[int, int]]:
    """Return the best pairs, without those whose score is 0: at once when each row prefers a column of its own."""
    rows = np.flatnonzero(scores.max(axis=1) > 0)
    wanted = scores[rows]
    firsts = wanted.argmax(axis=1) if rows.size else rows
    alone = np.count_nonzero(wanted == wanted.max(axis=1, keepdims=True)) == rows.size
    if alone and len({*firsts.tolist()}) == rows.size:
        return list(zip(rows.tolist(), firsts.tolist(), strict=True))
    return [pair for pair in best_pairs(scores) if scores[pair] > 0]


def best_pairs(scores: Floats) -> list[tuple[int, int]]:
    """Return (row, column) pairs whose scores make the highest sum; each serves once, as many as there can be."""
    rows, columns = scores.shape
    if columns < rows:
        return sorted((row, at) for at, row in best_pairs(scores.T))
    costs = float(scores.max()) - scores.astype(np.float64)
    of_row, of_column = np.zeros(rows), np.zeros(columns)  # dual prices: what a row and a column take off a cost
    column_of, row_of = np.full(rows, -1), np.full(columns, -1)
    for row in range(rows):
        path, sink, paid, left, least = _shortest(costs, row, (of_row, of_column), row_of)
        met = np.ones(columns, np.bool_)
        met[left] = False
        reached = np.flatnonzero(met)
        held = row_of[reached]
        of_row[row] += least
        of_row[held[held >= 0]] += least - paid[reached[held >= 0]]
        of_column[reached] -= least - paid[reached]
        at = sink
        while at >= 0:
            row_of[at] = path[at]
            column_of[path[at]], at = at, column_of[path[at]]
    return [(row, int(at)) for row, at in enumerate(column_of)]


def _shortest(
    costs: Floats, row: int, prices: tuple[Floats, Floats], row_of: Ints
) -> tuple[Ints, int, Floats, Ints, float]:
    """Return the cheapest way from a row to a free column: path, free column, cost of each, columns left, its cost."""
    columns = costs.shape[1]
    path, paid, left = np.full(columns, -1), np.full(columns, np.inf), np.arange(columns)[::-1]
    now, least = row, 0.0
    while True:
        reached = least + costs[now, left] - prices[0][now] - prices[1][left]
        better = reached < paid[left]
        paid[left[better]], path[left[better]] = reached[better], now
        least = float(paid[left].min())
        nearest = np.flatnonzero(paid[left] == least)
        free = nearest[row_of[left[nearest]] < 0]
        at = int(free[-1] if free.size else nearest[0])
        column = int(left[at])
        left[at] = left[-1]  # the place of who goes is taken by the last one
        left = left[:-1]
        if row_of[column] < 0:
            return path, column, paid, left, least
        now = int(row_of[column])
