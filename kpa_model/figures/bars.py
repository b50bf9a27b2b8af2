"""Pictures for screens: real HTML tables whose cells hold bars.

The table is the picture: it is read by a screen reader, fits a phone, prints, and redraws in less than a millisecond.
Everything that comes from people is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol

from kpa_model.words import euros, hours, signed_euros


@dataclass(frozen=True)
class AmountBar:
    """One person or thing: name, amount in cents, change and mark when compared with another amount."""

    name: str
    cents: int
    change: int | None = None
    minutes: int | None = None
    note: str = ""


class Fall(Protocol):
    """One row of a waterfall: from `start` to `end` in cents; a `level` stands on zero."""

    @property
    def label(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def cents(self) -> int: ...
    @property
    def layer(self) -> str: ...
    @property
    def level(self) -> bool: ...


def bars(caption: str, rows: Sequence[AmountBar], *, top: int | None = None, total: str = "") -> str:
    """Return a table of horizontal bars on a common scale.

    Args:
        caption: what the table shows, for everyone.
        rows: one bar each.
        top: cents at full width; the largest amount by default. Give the same to tables shown side by side.
        total: label of a last line with the sum; none when empty.
    """
    full = max(top or 0, *(abs(row.cents) for row in rows), *_marks(rows), 1)
    body = "".join(_bar_row(row, full) for row in rows)
    foot = ""
    if total:
        whole = euros(sum(row.cents for row in rows))
        foot = f'<tfoot><tr><th scope="row">{escape(total)}</th><td class="kpa-amount">{whole}</td></tr></tfoot>'
    return (
        f'<table class="kpa-table kpa-bars"><caption>{escape(caption)}</caption>'
        f"{_head(('Nom', 'Montant'))}<tbody>{body}</tbody>{foot}</table>"
    )


def _marks(rows: Iterable[AmountBar]) -> list[int]:
    return [row.cents - row.change for row in rows if row.change is not None]


def _bar_row(row: AmountBar, full: int) -> str:
    mark = ""
    if row.change is not None:
        mark = f'<span class="kpa-mark" style="left:{_percent(row.cents - row.change, full)}%"></span>'
    cell = "kpa-cell" if row.change is None else "kpa-cell kpa-compared"
    minutes = f' <span class="kpa-small">{hours(row.minutes)}</span>' if row.minutes is not None else ""
    note = f'<span class="kpa-small kpa-note">{escape(row.note)}</span>' if row.note else ""
    return (
        f'<tr><th scope="row">{escape(row.name)}{minutes}{note}</th><td><div class="{cell}">'
        f'<span class="kpa-track" aria-hidden="true">'
        f'<span class="kpa-fill" style="width:{_percent(row.cents, full)}%"></span>{mark}</span>'
        f'<span class="kpa-amount">{euros(row.cents)}</span>{_change(row.change)}</div></td></tr>'
    )


def _change(cents: int | None) -> str:
    if cents is None:
        return ""
    if not cents:
        return '<span class="kpa-change">pareil</span>'
    sign, way = ("▲", "kpa-up") if cents > 0 else ("▼", "kpa-down")
    return f'<span class="kpa-change {way}"><span aria-hidden="true">{sign}</span> {signed_euros(cents)}</span>'


def waterfall(caption: str, rows: Sequence[Fall]) -> str:
    """Return the way of the money: levels stand on zero, the rest goes down (or up) from the row before."""
    low = min(0, *(min(row.start, row.end) for row in rows), 0)
    full = max(*(max(row.start, row.end) for row in rows), 1) - low
    body = "".join(_fall_row(row, low, full) for row in rows)
    return (
        f'<table class="kpa-table kpa-bars kpa-fall"><caption>{escape(caption)}</caption>'
        f"{_head(('Étape', 'Montant'))}<tbody>{body}</tbody></table>"
    )


def _fall_row(row: Fall, low: int, full: int) -> str:
    left = _percent(min(row.start, row.end) - low, full)
    width = _percent(abs(row.end - row.start), full)
    kind = "kpa-level" if row.level else "kpa-down-bar" if row.end < row.start else "kpa-up-bar"
    amount = euros(row.cents) if row.level else signed_euros(row.cents)
    return (
        f'<tr class="{kind}"><th scope="row">{escape(row.label)} <span class="kpa-tag">{escape(row.layer)}</span></th>'
        f'<td><div class="kpa-cell"><span class="kpa-track" aria-hidden="true"><span class="kpa-fill" '
        f'style="margin-left:{left}%;width:{width}%"></span></span>'
        f'<span class="kpa-amount">{amount}</span></div></td></tr>'
    )


def _head(titles: tuple[str, ...]) -> str:
    cells = "".join(f'<th scope="col">{title}</th>' for title in titles)
    return f'<colgroup><col class="kpa-names-col"><col></colgroup><thead class="kpa-hidden"><tr>{cells}</tr></thead>'


def _percent(part: int, full: int) -> str:
    return f"{100 * max(part, 0) / full:.2f}"
