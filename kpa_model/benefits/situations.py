"""Typical situations, and the one a person describes for a moment: never stored, never named."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kpa_model.benefits.household import Household

Benefit = Literal["rsa", "ass", "are", "aah", "aucune"]
BENEFITS: dict[Benefit, str] = {
    "rsa": "RSA",
    "ass": "ASS",
    "are": "Chômage (ARE)",
    "aah": "AAH",
    "aucune": "Aucune",
}


@dataclass(frozen=True)
class Situation:
    """Somebody's household and main benefit.

    Attributes:
        name: name in the code.
        label: name on screens, never a person's.
        home: the household.
        benefit: what is received before any pay.
        allowance: gross ARE of a month, in cents.
        partner: net pay of the other adult each month, in cents.
        ass_used: months of pay already counted by ASS.
    """

    name: str
    label: str
    home: Household = field(default_factory=Household)
    benefit: Benefit = "rsa"
    allowance: int = 0
    partner: int = 0
    ass_used: int = 0


TYPICAL = (
    Situation("seul_rsa", "Personne seule, au RSA"),
    Situation("couple_rsa", "Couple, au RSA", Household(adults=2)),
    Situation("parent_rsa", "Parent seul, un enfant, au RSA", Household(children=1)),
    Situation("jeune", "Personne de 18 à 24 ans, sans RSA", Household(rsa=False, housed=False)),
    Situation("ass", "Personne seule, à l'ASS", benefit="ass"),
    Situation("are", "Personne seule, au chômage (ARE 1\u202f000\u00a0€)", benefit="are", allowance=1000_00),
    Situation("aah", "Personne seule, à l'AAH", benefit="aah"),
    Situation("aucune", "Personne sans aide, qui n'en demande pas", benefit="aucune"),
)
"""Situations to look at together. None is somebody."""


def typical(name: str) -> Situation:
    """Return one of the typical situations."""
    return next(each for each in TYPICAL if each.name == name)
