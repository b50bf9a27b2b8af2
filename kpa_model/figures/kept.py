"""Pictures of what stays in hand: tables whose bars have a sure part, solid, and another part, hatched.

The text beside each bar says everything the bar says. What comes from people is escaped here.
"""

from __future__ import annotations

from collections.abc import Sequence

from kpa_model.declare.markup import Html, joined, tag
from kpa_model.declare.rows import Between, Kept, PurseMonth
from kpa_model.figures.bars import bar_table, note, piece
from kpa_model.words import round_euros


def kept_bars(caption: str, rows: Sequence[Kept]) -> Html:
    """Return one bar per pay: solid for what stays in hand, hatched for what other amounts take back."""
    full = max(*(max(row.paid, row.kept) for row in rows), 1)
    made = [(_name(row), _alarm(row.alarm) if row.alarm else _kept(row, full)) for row in rows]
    return bar_table(caption, ("Paie", "En main"), made, "kpa-kept")


def _name(named: Kept | PurseMonth) -> Html:
    return joined(named.label, note(named.note))


def _alarm(text: str) -> Html:
    return tag("span", tag("span", "⚠", aria_hidden="true"), f" {text}", cls="kpa-alarm-text")


def _kept(row: Kept, full: int, name: str = "") -> Html:
    track = _track(max(min(row.kept, row.paid), 0), max(row.paid, row.kept), full, more=row.kept > row.paid)
    said = tag("span", round_euros(row.kept), cls="kpa-amount kpa-kept-amount")
    title = tag("span", name, cls="kpa-small kpa-which") if name else None
    return tag("div", title, track, said, cls="kpa-cell")


def pair_bars(caption: str, names: Sequence[str], rows: Sequence[Sequence[Kept]]) -> Html:
    """Return, for each situation, one bar for each of the things compared.

    Args:
        caption: what the table shows.
        names: what is compared, in order.
        rows: for each situation, one `Kept` for each name; label and note are those of the first.
    """
    full = max(*(max(each.paid, each.kept) for row in rows for each in row), 1)
    made = [(_name(row[0]), [_kept(each, full, name) for name, each in zip(names, row, strict=True)]) for row in rows]
    return bar_table(caption, ("Situation", "En main"), made, "kpa-kept")


def between_bars(caption: str, rows: Sequence[Between]) -> Html:
    """Return one bar per layer of money: solid up to the low bound, hatched up to the high one."""
    full = max(*(row.high for row in rows), 1)
    return bar_table(caption, ("Étage", "Montant"), [_between(row, full) for row in rows], "kpa-kept")


def _between(row: Between, full: int) -> tuple[Html, Html]:
    known = row.low == row.high
    said = round_euros(row.low) if known else f"entre {round_euros(row.low)} et {round_euros(row.high)}"
    layer = tag("span", row.layer, cls="kpa-tag") if row.layer else None
    amount = tag("span", said, cls="kpa-amount kpa-wide-amount")
    return joined(row.label, layer and " " + layer), tag("div", _track(row.low, row.high, full), amount, cls="kpa-cell")


def purse(caption: str, months: Sequence[PurseMonth]) -> Html:
    """Return one line a month: benefits, solid, then the pay, dotted, on one scale; both are written."""
    full = max(*(month.pay + month.benefits for month in months), 1)
    return bar_table(caption, ("Mois", "Dans la poche"), [_purse(month, full) for month in months], "kpa-kept")


def _purse(month: PurseMonth, full: int) -> tuple[Html, Html]:
    said = f"{round_euros(month.benefits)} d'aides"
    if month.pay:
        said += f" + {round_euros(month.pay)} de paie"
    track = _split(piece("kpa-fill", month.benefits, full), piece("kpa-dots", month.pay, full))
    amount = tag("span", round_euros(month.pay + month.benefits), cls="kpa-amount")
    return _name(month), tag("div", track, amount, tag("span", said, cls="kpa-small kpa-of"), cls="kpa-cell")


def _track(solid: int, end: int, full: int, *, more: bool = False) -> Html:
    return _split(piece("kpa-fill", solid, full), piece("kpa-more" if more else "kpa-hatch", end - solid, full))


def _split(*parts: Html) -> Html:
    return tag("span", tag("span", parts, cls="kpa-split"), cls="kpa-track", aria_hidden="true")
