"""Why one person received the odd cent."""

from __future__ import annotations

import numpy as np

from kpa_model.cooperative.month import Counts
from kpa_model.money import split_cents
from kpa_model.words import of


def about_odd_cent(amount: int, weights: Counts, turn: int, who: int, name: str) -> str:
    """Return one French sentence when the person received (or just missed) a cent of rounding, else nothing.

    Args:
        amount: cents shared.
        weights: whole weights `[N]`.
        turn: number of the month, as in `split_cents`.
        who: rank of the person.
        name: her name.
    """
    whole = int(weights.sum())
    rests = [amount * int(weight) % whole for weight in weights]
    if not any(rests):
        return ""
    extra = split_cents(amount, weights, turn=turn) - np.array([amount * int(w) // whole for w in weights])
    served = [rests[at] for at in np.flatnonzero(extra)]
    tied = rests[who] in served and any(rests[at] == rests[who] and not extra[at] for at in range(len(rests)))
    if extra[who]:
        return f"Il restait un centime : c'était le tour {of(name)}." if tied else "Le centime de reste est compris."
    return f"Un centime restait : ce mois-ci, ce n'était pas le tour {of(name)}." if tied else ""
