"""Under each « Ensemble »: what came in, where it went, what waits."""

from __future__ import annotations

from kpa_model.declare.markup import Html, joined, row, table, tag
from kpa_model.story.pay.balance import Balance
from kpa_model.words import euros

CAPTION = "Les deux sommes sont égales"


def balance(money: Balance) -> Html:
    """Return the money of the months looked at, in two sums that are equal, and what the purses hold."""
    lines = [row(name, euros(cents), cls="kpa-sum" if whole else None) for name, cents, whole in money.lines()]
    held = tag("p", " ".join(money.purses()), cls="kpa-help") if money.held else None
    return joined(
        tag("p", money.waits()),
        tag("details", tag("summary", "Où va l'argent"), table(CAPTION, (), lines, cls="kpa-balance"), held),
    )
