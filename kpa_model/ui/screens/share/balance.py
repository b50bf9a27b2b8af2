"""Under each « Ensemble »: what came in, where it went, what waits."""

from __future__ import annotations

from kpa_model.declare.markup import Html, joined, row, table, tag
from kpa_model.story.pay.comparison import View
from kpa_model.words import euros


def balance(view: View) -> Html:
    """Return the money of the months looked at, in two sums that are equal, and what the purses hold."""
    came, went = view.money
    lines = [row(name, euros(cents), kinds=("kpa-amount",)) for name, cents in (*came, ("Ce qui entre", _sum(came)))]
    lines += [row(name, euros(cents), kinds=("kpa-amount",)) for name, cents in (*went, ("Ce qui sort", _sum(went)))]
    held = tag("p", " ".join(view.purses), cls="kpa-help") if view.purses else None
    waits = f"{went[-1][0]} : {euros(went[-1][1])}."
    return joined(
        tag("p", waits),
        tag("details", tag("summary", "Où va l'argent"), table("Où va l'argent", (), lines), held),
    )


def _sum(rows: tuple[tuple[str, int], ...]) -> int:
    return sum(cents for _, cents in rows)
