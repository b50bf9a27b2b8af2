"""Accounts, and transfers between them: what one gives, another receives. No cent can be made or lost here.

What stands outside the till is an account too: customers, suppliers, the CAE, people once paid. The sum of all accounts
is therefore zero, always, and what the till holds is what came in less what went out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

OPENING, SALES = "depart", "ventes"
COSTS, CAE, SPENT = "frais", "cae", "depenses"
POT, FUND, RESERVE = "enveloppe", "fonds", "reserve"
SHARED = (POT, FUND, RESERVE)
PURSES = {FUND: "le fonds", RESERVE: "la réserve", POT: "l'enveloppe"}
"""Shared purses that can be spent from, and how they are said."""


def due(person: str) -> str:
    """Return the account of what a person must receive for adopted months; negative: she received too much."""
    return f"du:{person}"


def saved(person: str) -> str:
    """Return the account of what is kept in the name of a person."""
    return f"epargne:{person}"


def paid(person: str) -> str:
    """Return the account, outside the till, of what a person received."""
    return f"verse:{person}"


@dataclass(frozen=True)
class Transfer:
    """Cents that leave one account for another; negative cents come back."""

    source: str
    target: str
    cents: int


Balances = dict[str, int]


def posted(balances: Mapping[str, int], transfers: Iterable[Transfer]) -> Balances:
    """Return the balances once the transfers are done."""
    after = dict(balances)
    for each in transfers:
        after[each.source] = after.get(each.source, 0) - each.cents
        after[each.target] = after.get(each.target, 0) + each.cents
    return after


def undone(transfers: Iterable[Transfer]) -> tuple[Transfer, ...]:
    """Return the transfers that undo others."""
    return tuple(Transfer(each.target, each.source, each.cents) for each in transfers)


def shared_out(moves: Mapping[str, int], pay: Mapping[str, int], kept: Mapping[str, int]) -> tuple[Transfer, ...]:
    """Return what a result moves: sales come in the pot, and the pot gives the rest out.

    Args:
        moves: `SALES`, then what `COSTS`, `CAE`, `FUND`, `RESERVE` receive.
        pay: what each person must receive.
        kept: what is saved in each person's name.
    """
    out = [(name, cents) for name, cents in moves.items() if name != SALES]
    out += [(due(person), cents) for person, cents in pay.items()]
    out += [(saved(person), cents) for person, cents in kept.items()]
    made = [Transfer(SALES, POT, moves.get(SALES, 0)), *(Transfer(POT, name, cents) for name, cents in out)]
    return tuple(each for each in made if each.cents)


def came_in(balances: Mapping[str, int]) -> int:
    """Return all the money that came in, in cents: the opening balances, then sales before tax."""
    return -sum(balances.get(name, 0) for name in (OPENING, SALES))


def went_out(balances: Mapping[str, int]) -> int:
    """Return all the money that went out, in cents: suppliers, the CAE, people, what was spent together."""
    people = sum(cents for name, cents in balances.items() if name.startswith(paid("")))
    return people + sum(balances.get(name, 0) for name in (COSTS, CAE, SPENT))


def held(balances: Mapping[str, int]) -> int:
    """Return what the till holds, in cents: shared purses, savings, and what people must still receive."""
    return sum(cents for name, cents in balances.items() if name in SHARED or name.startswith((due(""), saved(""))))
