"""Where the money of some months goes: what comes in, what goes out, what waits. The cents add up before one's eyes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpa_model.pay.engine import Settlement
from kpa_model.words import euros

Rows = tuple[tuple[str, int], ...]

LEFT = ("Reste, pour le mois suivant", "Il manque")
"""What is left in the pot, or lacks."""


@dataclass(frozen=True)
class Balance:
    """The money of some months: what comes in, where it goes (as much), and what each purse holds at the end; cents."""

    came: Rows = ()
    went: Rows = ()
    held: Rows = ()

    def lines(self) -> list[tuple[str, int, bool]]:
        """Return (name, cents, whether it is a sum): what comes in, then what goes out; both sums are equal."""
        sides = ((self.came, "Ce qui entre"), (self.went, "Ce qui sort"))
        return [
            line
            for rows, whole in sides
            for line in (*((*each, False) for each in rows), (whole, sum(cents for _, cents in rows), True))
        ]

    def said(self) -> tuple[str, ...]:
        """Return it in French, one short sentence an amount."""
        return tuple(f"{name} : {euros(cents)}." for name, cents in (*self.came, *self.went)) + self.purses()

    def purses(self) -> tuple[str, ...]:
        """Return what each purse holds, in French; nothing of an empty one."""
        return tuple(f"{name} {euros(cents)}." for name, cents in self.held)

    def waits(self) -> str:
        """Return what is left in the pot, or what is missing, as a French sentence."""
        name, cents = self.went[-1]
        return f"{name} : {euros(abs(cents))}."


def balance(months: Sequence[Settlement]) -> Balance:
    """Return the money of months that follow each other."""
    return Balance(money_in(months), money_out(months), purses(months[-1]))


def side_by_side(balances: Sequence[Balance]) -> list[tuple[str, list[int | None], bool]]:
    """Return (name, cents under each rule, whether it is a sum), then the purses; nothing where a rule has no line."""
    found: list[tuple[str, list[int | None], bool]] = []
    for part in ("came", "went", "held"):
        known = [dict(getattr(each, part)) for each in balances]
        names = dict.fromkeys(name for each in known for name in each)
        found += [(name, [each.get(name) for each in known], False) for name in sorted(names, key=_ends)]
        if part != "held":
            whole = "Ce qui entre" if part == "came" else "Ce qui sort"
            found.append((whole, [sum(each.values()) for each in known], True))
    return found


def _ends(name: str) -> bool:
    return name in LEFT


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
    return LEFT[cents < 0]


def purses(settled: Settlement) -> Rows:
    """Return what each purse holds at the end, cents; nothing of an empty one."""
    closing = settled.closing
    held = (
        ("Le fonds commun contient", int(closing.fund)),
        ("La réserve contient", int(closing.reserve)),
        ("L'épargne des personnes contient", int(closing.saved.sum())),
        ("Le groupe doit encore", int(closing.owed.sum())),
    )
    return tuple(each for each in held if each[1])
