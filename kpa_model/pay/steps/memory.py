"""Sharing that remembers: contributions of the last months, and catching up what they left unfair."""

from __future__ import annotations

import numpy as np

from kpa_model.cooperative.month import Counts, Month
from kpa_model.declare.setting import choice, setting
from kpa_model.declare.unit import MONTHS, PERCENT, PLAIN
from kpa_model.money import part_of, split_cents
from kpa_model.pay.purses import Move, Purses
from kpa_model.pay.step import Family, Seen, step
from kpa_model.pay.steps.shares import WHOLE_POT, Share, not_paid, part_setting
from kpa_model.words import euros, hours, percent

BASES = {"heures": "les heures", "points": "les points"}


GIVEN = {"heures": ("minutes", "past_minutes"), "points": ("points", "past_points")}
"""The facts behind each base."""


def given_in(month: Month, base: str) -> tuple[Counts, Counts]:
    """Return what people gave in past months `[..., H, N]` and in this one `[..., N]`: minutes, or points."""
    if base == "heures":
        return month.past_minutes, month.all_minutes
    return month.past_points, month.points


@step(
    "contributions_recentes",
    "Selon les contributions récentes",
    Family.SHARE,
    "Les mois passés comptent encore, de moins en moins.",
    also="récent oubli fondre mois passés mémoire décroît efface",
)
class RecentContributions(Share):
    """Contributions of the last months, fading a little each month (SourceCred's *recent* and *immediate*)."""

    facts = ("minutes", "points", "past_minutes", "past_points")

    part: int = part_setting()
    base: str = choice("base", "On compte", BASES)
    window: int = setting("mois", MONTHS, "Mois regardés, celui-ci compris", default=3, low=1, high=12)
    fading: int = setting("oubli", PERCENT, "Oubli chaque mois", default=0, high=100)
    by = "selon les contributions récentes"

    def looks_at(self) -> tuple[str, ...]:
        return GIVEN[self.base]

    def weights(self, month: Month) -> Counts:
        past, now = given_in(month, self.base)
        fine, total = 1 << 12, np.zeros_like(now)
        for at in range(max(0, past.shape[-2] - self.window + 1), past.shape[-2]):
            total = total * (WHOLE_POT - self.fading) // WHOLE_POT + past[..., at, :] * fine
        return np.asarray(total * (WHOLE_POT - self.fading) // WHOLE_POT + now * fine)

    def unit(self, weight: int) -> str:
        kept = weight >> 12
        return hours(kept) if self.base == "heures" else f"{PLAIN.show(kept)} point{'s' if kept >= 200 else ''}"

    def says(self) -> str:
        fading = f" Chaque mois, on en oublie {percent(self.fading)}." if self.fading else ""
        return f"{super().says()} On regarde {self.window} mois.{fading}"


def nothing_before(month: Month, window: int) -> bool:
    """Tell whether nobody who can be paid received anything in the past months looked at."""
    past = month.past_pay[max(0, len(month.past_pay) - window + 1) :]
    return not month.if_paid(past).any()


def late_told(seen: Seen, late: bool) -> str:
    """Return what a person catches up, as French sentences."""
    if late:
        return f"{seen.name} a reçu moins que sa part. On rattrape {euros(seen.delta)}."
    return f"{seen.name} n'a pas de retard à rattraper sur ces mois."


def first_month_told(seen: Seen, amount: int, base: str) -> str:
    """Return why a person receives her amount when there is no month to catch up, as French sentences."""
    shared = f"On partage {euros(amount)} selon {BASES[base]}."
    return f"Il n'y a pas de mois payé à rattraper. {shared} {seen.name} reçoit {euros(seen.delta)}."


def behind(month: Month, base: str, window: int, amount: Counts) -> Counts:
    """Return how far each person is behind, in cents times all contributions: whole numbers, no rounding."""
    past, now = given_in(month, base)
    first = max(0, past.shape[-2] - window + 1)
    given = month.if_paid(past[..., first:, :].sum(-2) + now)
    paid = month.if_paid(month.past_pay[..., first:, :].sum(-2))
    fair = (paid.sum(-1) + amount)[..., None] * given
    return np.asarray(np.maximum(fair - paid * given.sum(-1, keepdims=True), 0))


@step(
    "rattrapage",
    "Rattraper les mois passés",
    Family.SHARE,
    "On compare ce que chaque personne a reçu à ce qui aurait été juste. On rattrape l'écart.",
    also="rattraper retard équilibrer depuis le début compenser",
)
class CatchUp(Share):
    """Pay those who are behind their fair part of the last months (SourceCred's *balanced*)."""

    facts = ("minutes", "points", "past_minutes", "past_points", "past_pay")

    part: int = part_setting()
    base: str = choice("base", "On compte", BASES)
    window: int = setting("mois", MONTHS, "Mois regardés, celui-ci compris", default=3, low=1, high=12)
    by = "à qui a reçu moins que sa part"

    def looks_at(self) -> tuple[str, ...]:
        return (*GIVEN[self.base], "past_pay")

    def move(self, month: Month, now: Purses) -> Move:
        amount = part_of(now.left, self.part)
        return Move(
            pay=split_cents(amount, behind(month, self.base, self.window, amount), turn=month.turn, if_nobody="keep")
        )

    def says(self) -> str:
        return f"{super().says()} On regarde {self.window} mois."

    def because(self, seen: Seen) -> str:
        amount = part_of(seen.before.left, self.part)
        if cannot := not_paid(seen):
            return cannot
        if seen.delta and nothing_before(seen.month, self.window):
            return first_month_told(seen, int(amount), self.base)
        return late_told(seen, bool(behind(seen.month, self.base, self.window, amount)[seen.who]))
