"""Under each « Ensemble »: what came in, where it went, what waits."""

from __future__ import annotations

from kpa_model.declare.markup import Html, joined, row, table, tag
from kpa_model.story.pay.balance import Rows
from kpa_model.story.pay.comparison import View
from kpa_model.words import euros

CAPTION = "Les deux sommes sont égales"


def balance(view: View) -> Html:
    """Return the money of the months looked at, in two sums that are equal, and what the purses hold."""
    came, went = view.money
    lines = [*_lines(came, "Ce qui entre"), *_lines(went, "Ce qui sort")]
    held = tag("p", " ".join(view.purses), cls="kpa-help") if view.purses else None
    waits = f"{went[-1][0]} : {euros(went[-1][1])}."
    return joined(
        tag("p", waits),
        tag("details", tag("summary", "Où va l'argent"), table(CAPTION, (), lines, cls="kpa-balance"), held),
    )


def _lines(rows: Rows, whole: str) -> list[Html]:
    """Return one line each, then their sum."""
    each = [row(name, euros(cents)) for name, cents in rows]
    return [*each, row(whole, euros(sum(cents for _, cents in rows)), cls="kpa-sum")]
