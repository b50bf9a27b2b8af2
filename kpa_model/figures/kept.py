"""Pictures of what stays in hand: tables whose bars have a sure part, solid, and another part, hatched.

The text beside each bar says everything the bar says. What comes from people is escaped here.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Protocol

from kpa_model.words import round_euros


class Kept(Protocol):
    """What stays of a pay: `kept` of `paid`, in cents; an `alarm` is said in place of the amount."""

    @property
    def label(self) -> str: ...
    @property
    def paid(self) -> int: ...
    @property
    def kept(self) -> int: ...
    @property
    def note(self) -> str: ...
    @property
    def alarm(self) -> str: ...


class Between(Protocol):
    """An amount known between two bounds, in cents; equal when it is known."""

    @property
    def label(self) -> str: ...
    @property
    def low(self) -> int: ...
    @property
    def high(self) -> int: ...
    @property
    def layer(self) -> str: ...


class PurseMonth(Protocol):
    """One month of somebody's purse, in cents."""

    @property
    def label(self) -> str: ...
    @property
    def pay(self) -> int: ...
    @property
    def benefits(self) -> int: ...
    @property
    def note(self) -> str: ...


def kept_bars(caption: str, rows: Sequence[Kept], *, top: int | None = None) -> str:
    """Return one bar per pay: solid for what stays in hand, hatched for what other amounts take back.

    Args:
        caption: what the table shows.
        rows: one pay each.
        top: cents at full width; the largest amount by default.
    """
    full = max(top or 0, *(max(row.paid, row.kept) for row in rows), 1)
    return _table(caption, ("Paie", "En main"), "".join(_kept_row(row, full) for row in rows))


def _kept_row(row: Kept, full: int) -> str:
    note = f'<span class="kpa-small kpa-note">{escape(row.note)}</span>' if row.note else ""
    if row.alarm:
        said = f'<span class="kpa-alarm-text"><span aria-hidden="true">⚠</span> {escape(row.alarm)}</span>'
        return f'<tr><th scope="row">{escape(row.label)}{note}</th><td>{said}</td></tr>'
    return f'<tr><th scope="row">{escape(row.label)}{note}</th><td>{_kept_cell(row, full)}</td></tr>'


def _kept_cell(row: Kept, full: int, name: str = "") -> str:
    track = _track(max(min(row.kept, row.paid), 0), max(row.paid, row.kept), full, more=row.kept > row.paid)
    said = f'<span class="kpa-amount kpa-kept-amount">{round_euros(row.kept)}</span>'
    title = f'<span class="kpa-small kpa-which">{escape(name)}</span>' if name else ""
    return f'<div class="kpa-cell">{title}{track}{said}</div>'


def pair_bars(caption: str, names: Sequence[str], rows: Sequence[Sequence[Kept]]) -> str:
    """Return, for each situation, one bar for each of the things compared.

    Args:
        caption: what the table shows.
        names: what is compared, in order.
        rows: for each situation, one `Kept` for each name; label and note are those of the first.
    """
    full = max(*(max(each.paid, each.kept) for row in rows for each in row), 1)
    body = "".join(_pair_row(names, row, full) for row in rows)
    return _table(caption, ("Situation", "En main"), body)


def _pair_row(names: Sequence[str], row: Sequence[Kept], full: int) -> str:
    first = row[0]
    note = f'<span class="kpa-small kpa-note">{escape(first.note)}</span>' if first.note else ""
    cells = "".join(_kept_cell(each, full, name) for name, each in zip(names, row, strict=True))
    return f'<tr><th scope="row">{escape(first.label)}{note}</th><td>{cells}</td></tr>'


def between_bars(caption: str, rows: Sequence[Between]) -> str:
    """Return one bar per layer of money: solid up to the low bound, hatched up to the high one."""
    full = max(*(row.high for row in rows), 1)
    return _table(caption, ("Étage", "Montant"), "".join(_between_row(row, full) for row in rows))


def _between_row(row: Between, full: int) -> str:
    known = row.low == row.high
    said = round_euros(row.low) if known else f"entre {round_euros(row.low)} et {round_euros(row.high)}"
    tag = f' <span class="kpa-tag">{escape(row.layer)}</span>' if row.layer else ""
    return (
        f'<tr><th scope="row">{escape(row.label)}{tag}</th><td><div class="kpa-cell">'
        f'{_track(row.low, row.high, full)}<span class="kpa-amount kpa-wide-amount">{said}</span></div></td></tr>'
    )


def purse(caption: str, months: Sequence[PurseMonth]) -> str:
    """Return one line a month: benefits, solid, then the pay, dotted, on one scale; both are written."""
    full = max(*(month.pay + month.benefits for month in months), 1)
    return _table(caption, ("Mois", "Dans la poche"), "".join(_purse_row(month, full) for month in months))


def _purse_row(month: PurseMonth, full: int) -> str:
    note = f'<span class="kpa-small kpa-note">{escape(month.note)}</span>' if month.note else ""
    said = f"{round_euros(month.benefits)} d'aides"
    if month.pay:
        said += f" + {round_euros(month.pay)} de paie"
    return (
        f'<tr><th scope="row">{escape(month.label)}{note}</th><td><div class="kpa-cell">'
        f'<span class="kpa-track" aria-hidden="true"><span class="kpa-split">'
        f'<span class="kpa-fill" style="width:{_percent(month.benefits, full)}%"></span>'
        f'<span class="kpa-dots" style="width:{_percent(month.pay, full)}%"></span></span></span>'
        f'<span class="kpa-amount">{round_euros(month.pay + month.benefits)}</span>'
        f'<span class="kpa-small kpa-of">{said}</span></div></td></tr>'
    )


def _track(solid: int, end: int, full: int, *, more: bool = False) -> str:
    kind = "kpa-more" if more else "kpa-hatch"
    return (
        f'<span class="kpa-track" aria-hidden="true"><span class="kpa-split">'
        f'<span class="kpa-fill" style="width:{_percent(solid, full)}%"></span>'
        f'<span class="{kind}" style="width:{_percent(end - solid, full)}%"></span></span></span>'
    )


def _table(caption: str, titles: tuple[str, str], body: str) -> str:
    cells = "".join(f'<th scope="col">{title}</th>' for title in titles)
    return (
        f'<table class="kpa-table kpa-bars kpa-kept"><caption>{escape(caption)}</caption>'
        f'<colgroup><col class="kpa-names-col"><col></colgroup><thead class="kpa-hidden"><tr>{cells}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _percent(part: int, full: int) -> str:
    return f"{100 * max(part, 0) / full:.2f}"
