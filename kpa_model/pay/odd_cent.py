"""Why one person received a cent of rounding, or not."""

from __future__ import annotations

import numpy as np

from kpa_model.cooperative.month import Counts
from kpa_model.money import split_cents
from kpa_model.words import count


def about_odd_cent(amount: int, weights: Counts, turn: int, who: int, name: str) -> str:
    """Return French sentences: how many cents were left, for how many people, and why this person has one or not.

    Nothing when the split leaves no cent, or when the person has no weight.

    Args:
        amount: cents shared.
        weights: whole weights `[N]`.
        turn: number of the month, as in `split_cents`.
        who: rank of the person.
        name: her name.
    """
    whole = int(weights.sum())
    rests = [amount * int(weight) % max(whole, 1) for weight in weights]
    if not any(rests) or not weights[who]:
        return ""
    extra = split_cents(amount, weights, turn=turn) - np.array([amount * int(w) // whole for w in weights])
    left, people = int(extra.sum()), count(int((weights > 0).sum()), "personne")
    same = [bool(extra[at]) for at, rest in enumerate(rests) if rest == rests[who]]
    tied = any(same) and not all(same)
    if extra[who]:
        why = "c'est son tour" if tied else f"sa fraction de centime est {'la plus' if left == 1 else 'assez'} grande"
        told = f"{name} en reçoit un : {why}"
    elif rests[who]:
        why = "ce n'est pas son tour" if tied else "sa fraction de centime est plus petite"
        told = f"{name} n'en reçoit pas : {why}"
    else:
        told = f"{name} n'en reçoit pas : sa part tombe juste"
    return f"Il restait {count(left, 'centime')} pour {people}. {told}."
