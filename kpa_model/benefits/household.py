"""Who lives together, as RSA and prime d'activité count them. Nothing here names anybody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Household:
    """A household.

    Attributes:
        adults: one, or two for a couple.
        children: under 25, counted with their parents.
        recent_lone_parent: alone with a child under three, or alone for less than eighteen months: the rights are
            increased [majoration].
        housed: housing aid, owner without a loan, or housed free: the housing deduction [forfait logement] applies.
        rsa: old enough for RSA (25, or a child), and not a student.
    """

    adults: int = 1
    children: int = 0
    recent_lone_parent: bool = False
    housed: bool = True
    rsa: bool = True

    def __post_init__(self) -> None:
        """Refuse what RSA does not know: a programmer's error, screens offer no such choice."""
        if self.adults not in (1, 2) or self.children < 0:
            raise ValueError("a household has one or two adults, and no negative number of children")
        if self.recent_lone_parent and (self.adults == 2 or not self.children):
            raise ValueError("only one adult with a child can be a recent lone parent")

    @property
    def people(self) -> int:
        """Everybody counted."""
        return self.adults + self.children
