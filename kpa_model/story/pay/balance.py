"""Where the money of some months goes: what comes in, what goes out, what waits. The cents add up before one's eyes."""

from __future__ import annotations

from collections.abc import Sequence

from kpa_model.pay.engine import Settlement
from kpa_model.words import euros

Rows = tuple[tuple[str, int], ...]


def money_in(months: Sequence[Settlement]) -> Rows:
    """Return what comes into the pot: sales, and what the month before left; cents."""
    carried, sales = int(months[0].month.carried), sum(int(each.month.sales) for each in months)
    before = "Venu du mois d'avant" if carried >= 0 else "Manque du mois d'avant"
    return (("Ventes", sales), *(((before, carried),) if carried else ()))


def money_out(months: Sequence[Settlement]) -> Rows:
    """Return where it goes, cents: what is left in the pot comes last, and the sum is that of `money_in`."""
    first, last = months[0].opening, months[-1].closing
    moved = {
        "Payé aux personnes": sum(int(each.pay.sum()) for each in months),
        "Gardé au nom des personnes": int((last.saved - first.saved).sum()),
        "Achats et frais": sum(int(each.closing.costs) for each in months),
        "Contribution à la CAE": sum(int(each.closing.cae) for each in months),
        "Fonds commun": int(last.fund - first.fund),
        "Réserve": int(last.reserve - first.reserve),
    }
    left = int(last.pot)
    return (*((name, cents) for name, cents in moved.items() if cents), (_left(left), left))


def _left(cents: int) -> str:
    return "Il manque" if cents < 0 else "Reste, pour le mois suivant"


def purses_said(settled: Settlement) -> tuple[str, ...]:
    """Return what each purse holds at the end, as French sentences; nothing of an empty one."""
    closing = settled.closing
    held = (
        ("Le fonds commun contient", int(closing.fund)),
        ("La réserve contient", int(closing.reserve)),
        ("L'épargne des personnes contient", int(closing.saved.sum())),
        ("Le groupe doit encore", int(closing.owed.sum())),
    )
    return tuple(f"{what} {euros(cents)}." for what, cents in held if cents)
