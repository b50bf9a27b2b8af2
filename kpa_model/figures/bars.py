"""Pictures for screens: real HTML tables whose cells hold bars.

The table is the picture: it is read by a screen reader, fits a phone, prints, and redraws in less than a millisecond.
Everything that comes from people is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kpa_model.declare.markup import Html, joined, row, table, tag
from kpa_model.declare.rows import WaterfallBar
from kpa_model.words import euros, hours, signed_euros


@dataclass(frozen=True)
class AmountBar:
    """One person or thing: name, amount in cents, change and mark when compared with another amount."""

    name: str
    cents: int
    change: int | None = None
    minutes: int | None = None
    note: str = ""


def bars(
    caption: str, rows: Sequence[AmountBar], *, top: int | None = None, total: str = "", head: str = "Nom"
) -> Html:
    """Return a table of horizontal bars on a common scale.

    Args:
        caption: what the table shows, for everyone.
        rows: one bar each.
        top: cents at full width; the largest amount by default. Give the same to tables shown side by side.
        total: label of a last line with the sum; none when empty.
        head: what each row is, only heard.
    """
    full = max(top or 0, *(abs(row.cents) for row in rows), *_marks(rows), 1)
    foot = [row(total, euros(sum(each.cents for each in rows)), kinds=("kpa-amount",))] if total else ()
    return bar_table(caption, (head, "Montant"), [(_name(each), _bar(each, full)) for each in rows], foot=foot)


def _marks(rows: Iterable[AmountBar]) -> list[int]:
    return [row.cents - row.change for row in rows if row.change is not None]


def _name(bar: AmountBar) -> Html:
    minutes = tag("span", hours(bar.minutes), cls="kpa-small") if bar.minutes is not None else None
    return joined(bar.name, minutes and " " + minutes, note(bar.note))


def _bar(bar: AmountBar, full: int) -> Html:
    mark, cell = None, "kpa-cell"
    if bar.change is not None:
        mark = tag("span", cls="kpa-mark", style=f"left:{percent(bar.cents - bar.change, full)}%")
        cell = "kpa-cell kpa-compared"
    track = tag("span", piece("kpa-fill", bar.cents, full), mark, cls="kpa-track", aria_hidden="true")
    amount = tag("span", euros(bar.cents), cls="kpa-amount")
    return tag("div", track, amount, _change(bar.change), cls=cell)


def _change(cents: int | None) -> Html | None:
    if cents is None:
        return None
    if not cents:
        return tag("span", "pareil", cls="kpa-change")
    sign, way = ("▲", "kpa-up") if cents > 0 else ("▼", "kpa-down")
    return tag("span", tag("span", sign, aria_hidden="true"), f" {signed_euros(cents)}", cls=f"kpa-change {way}")


def waterfall(caption: str, rows: Sequence[WaterfallBar]) -> Html:
    """Return the way of the money: levels stand on zero, the rest goes down (or up) from the row before."""
    low = min(0, *(min(row.start, row.end) for row in rows), 0)
    full = max(*(max(row.start, row.end) for row in rows), 1) - low
    return bar_table(caption, ("Étape", "Montant"), [_fall(each, low, full) for each in rows], "kpa-fall")


def _fall(step: WaterfallBar, low: int, full: int) -> Html:
    left = percent(min(step.start, step.end) - low, full)
    width = percent(abs(step.end - step.start), full)
    kind = "kpa-level" if step.level else "kpa-down-bar" if step.end < step.start else "kpa-up-bar"
    fill = tag("span", cls="kpa-fill", style=f"margin-left:{left}%;width:{width}%")
    track = tag("span", fill, cls="kpa-track", aria_hidden="true")
    amount = tag("span", step.amount, cls="kpa-amount")
    cell = tag("div", track, amount, cls="kpa-cell")
    return row(joined(step.label, " ", tag("span", step.layer, cls="kpa-tag")), cell, cls=kind)


def bar_table(
    caption: str, head: tuple[str, str], rows: Sequence[Any], cls: str = "", foot: Sequence[Any] = ()
) -> Html:
    """Return a table of bars; its titles are heard and not seen."""
    return table(caption, head, rows, cls=f"kpa-table kpa-bars {cls}".strip(), foot=foot, head_cls="kpa-hidden")


def note(text: str) -> Html | None:
    """Return what stands under a name, if anything does."""
    return tag("span", text, cls="kpa-small kpa-note") if text else None


def piece(cls: str, part: int, full: int) -> Html:
    """Return a piece of a track."""
    return tag("span", cls=cls, style=f"width:{percent(part, full)}%")


def percent(part: int, full: int) -> str:
    """Return a length as a share of the whole track."""
    return f"{100 * max(part, 0) / full:.2f}"
