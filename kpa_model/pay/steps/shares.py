"""Sharing the pot, or a part of it, by a weight for each person: equal, hours, points, need, seniority, mixes."""

from __future__ import annotations

from math import gcd

import numpy as np

from kpa_model.cooperative.month import Counts, Month
from kpa_model.cooperative.work import KIND_LABELS
from kpa_model.declare.setting import setting, weights
from kpa_model.declare.unit import MONTHS, PERCENT, PLAIN
from kpa_model.money import part_of, split_cents
from kpa_model.pay.odd_cent import about_odd_cent
from kpa_model.pay.purses import Move, Purses
from kpa_model.pay.step import Family, Seen, Step, step
from kpa_model.words import count, euros, hours, percent

WHOLE_POT = PERCENT.scale * 100


def not_paid(seen: Seen) -> str:
    """Return one French sentence when the person cannot be paid this month (absent, or without CAPE), else nothing."""
    if not bool(seen.month.present[seen.who]):
        return f"{seen.name} n'est pas là ce mois-ci."
    return "" if bool(seen.month.payable[seen.who]) else no_cape(seen)


def no_cape(seen: Seen) -> str:
    """Return one French sentence for a person without a contract."""
    return f"{seen.name} n'a pas de contrat CAPE ce mois-ci : pas de paie."


class Share(Step):
    """Base of the steps that split a part of the pot by weights. A sub-class says `weights`, `unit` and `by`."""

    part: int
    by: str

    def weights(self, month: Month) -> Counts:
        """Return whole weights `[..., N]`; people who cannot be paid are left out afterwards."""
        raise NotImplementedError

    def unit(self, weight: int) -> str:
        """Return the French writing of a weight."""
        raise NotImplementedError

    def told(self, seen: Seen, mine: int, whole: int) -> str:
        """Return a French sentence: this person's weight, among all weights."""
        return f"{seen.name} : {self.unit(mine)} sur {self.unit(whole)}."

    def move(self, month: Month, now: Purses) -> Move:
        amount = part_of(now.left, self.part)
        mine = month.if_paid(self.weights(month))
        return Move(pay=split_cents(amount, mine, turn=month.turn, if_nobody="keep"))

    def says(self) -> str:
        what = "l'enveloppe" if self.part == WHOLE_POT else f"{percent(self.part)} de l'enveloppe"
        return f"On partage {what} {self.by}."

    def because(self, seen: Seen) -> str:
        month, who = seen.month, seen.who
        if cannot := not_paid(seen):
            return cannot
        mine = month.if_paid(self.weights(month))
        if not mine.sum():
            return "Personne n'a de quoi compter ici : rien n'est partagé."
        amount = int(part_of(seen.before.left, self.part))
        said = self.told(seen, int(mine[who]), int(mine.sum()))
        odd = about_odd_cent(amount, mine, month.turn, who, seen.name)
        return f"{said} Sur {euros(amount)}, cela fait {euros(seen.delta)}. {odd}".strip()


def part_setting() -> int:
    """Declare the part of the pot that a share step splits."""
    part: int = setting("part", PERCENT, "Part de l'enveloppe", default=100, high=100)
    return part


@step(
    "parts_egales",
    "Parts égales",
    Family.SHARE,
    "Chaque personne présente reçoit la même somme.",
    also="pareil égalité même somme tous identique",
)
class EqualShares(Share):
    """The same amount for everyone present."""

    part: int = part_setting()
    by = "à parts égales"

    def weights(self, month: Month) -> Counts:
        """Return one part each."""
        return np.ones(len(month.members), np.int64)

    def unit(self, weight: int) -> str:
        return count(weight, "part")


@step(
    "par_heures",
    "Selon les heures",
    Family.SHARE,
    "Chaque heure compte autant, quel que soit le travail.",
    also="temps heures travaillées salaire horaire",
)
class ByHours(Share):
    """In proportion to hours, all kinds alike."""

    facts = ("minutes",)

    part: int = part_setting()
    by = "selon les heures de chaque personne"

    def weights(self, month: Month) -> Counts:
        """Return all minutes."""
        return month.all_minutes

    def unit(self, weight: int) -> str:
        return hours(weight)


@step(
    "par_heures_ponderees",
    "Selon les heures, avec des poids",
    Family.SHARE,
    "Certaines heures comptent plus que d'autres. Le groupe choisit les poids.",
    also="heures pondérées pénibles poids coefficient nuit gratuit bénévole réunion comptent rien",
)
class ByWeightedHours(Share):
    """In proportion to hours, each kind of work with its weight."""

    facts = ("minutes",)

    part: int = part_setting()
    kinds: tuple[int, ...] = weights("poids", "Poids d'une heure", KIND_LABELS, (100, 100, 100, 50))
    by = "selon les heures, avec des poids"

    def weights(self, month: Month) -> Counts:
        """Return minutes, each kind times its weight."""
        return np.asarray((month.minutes * np.array(self.kinds)[:, None]).sum(-2))

    def minute_weights(self) -> tuple[int, ...]:
        return self.kinds

    def unit(self, weight: int) -> str:
        return f"{PLAIN.show(shown := round(weight / 60))}\u00a0h comptée{'s' if shown >= 200 else ''}"

    def says(self) -> str:
        shown = [f"{label.lower()} {PLAIN.show(w)}" for label, w in zip(KIND_LABELS.values(), self.kinds, strict=True)]
        return f"{super().says()} Une heure compte ainsi : {', '.join(shown)}."


@step(
    "points_d_implication",
    "Selon les points d'implication",
    Family.SHARE,
    "Chaque personne a des points, donnés par le groupe ou par elle-même.",
    also="points jetons votes implication étoiles mérite",
)
class ByPoints(Share):
    """In proportion to points of involvement."""

    facts = ("points",)

    part: int = part_setting()
    by = "selon les points d'implication"

    def weights(self, month: Month) -> Counts:
        """Return points, in hundredths."""
        return month.points

    def unit(self, weight: int) -> str:
        return f"{PLAIN.show(weight)} point{'s' if weight >= 200 else ''}"


@step(
    "besoin",
    "Selon un coefficient de besoin",
    Family.SHARE,
    "Chaque personne déclare un coefficient, sans donner de raison. Le coefficient habituel est 1.",
    also="besoin enfants parents coefficient quotient famille loyer",
)
class ByNeed(Share):
    """In proportion to a declared coefficient, never a reason."""

    facts = ("need",)

    part: int = part_setting()
    by = "selon le coefficient déclaré par chaque personne"

    def weights(self, month: Month) -> Counts:
        """Return coefficients, in hundredths."""
        return month.need

    def unit(self, weight: int) -> str:
        return f"coefficient {PLAIN.show(weight)}"

    def told(self, seen: Seen, mine: int, whole: int) -> str:
        return f"{seen.name} : {self.unit(mine)} sur un total de {PLAIN.show(whole)}."


@step(
    "anciennete",
    "Selon l'ancienneté",
    Family.SHARE,
    "Chaque mois passé dans le KPA compte, jusqu'à une limite.",
    also="ancienneté années expérience vieux",
)
class BySeniority(Share):
    """In proportion to months since entry, the month of entry counting for one, up to a limit."""

    facts = ("seniority",)

    part: int = part_setting()
    limit: int = setting("mois_comptes", MONTHS, "Mois comptés au plus", default=12, low=1, high=60)
    by = "selon l'ancienneté"

    def weights(self, month: Month) -> Counts:
        """Return months, up to the limit."""
        return np.asarray(np.minimum(month.seniority + 1, self.limit))

    def unit(self, weight: int) -> str:
        return f"{weight} mois"

    def says(self) -> str:
        return f"{super().says()} On compte {self.limit} mois au plus."


MIX = {"egal": "Parts égales", "heures": "Heures", "points": "Points"}


@step(
    "melange",
    "Un mélange",
    Family.SHARE,
    "On mélange parts égales, heures et points, avec un poids pour chacun.",
    also="mélange tiers moitié critères panaché couper en deux en trois pareil",
)
class Mix(Share):
    """A weighted sum of normalised shares, rounded once."""

    facts = ("minutes", "points")

    part: int = part_setting()
    mix: tuple[int, ...] = weights("poids", "Poids de chaque critère", MIX, (100, 100, 100))
    by = "avec un mélange de critères"

    def weights(self, month: Month) -> Counts:
        return np.asarray(sum(self.parts(month)))

    def parts(self, month: Month) -> list[Counts]:
        """Put the three shares on one denominator: exact, so that the cents are those of the true mix."""
        each = [month.if_paid(weight) for weight in (month.present * 1, month.all_minutes, month.points)]
        sums = [np.maximum(weight.sum(-1, keepdims=True), 1) for weight in each]
        small = gcd(*self.mix) or 1
        return [
            rate // small * weight * (sums[(at + 1) % 3] * sums[(at + 2) % 3])
            for at, (rate, weight) in enumerate(zip(self.mix, each, strict=True))
        ]

    def told(self, seen: Seen, mine: int, whole: int) -> str:
        own = np.array([int(part[seen.who]) for part in self.parts(seen.month)])
        named = zip(MIX.values(), split_cents(seen.delta, own, if_nobody="keep"), self.mix, strict=True)
        shown = [f"{label.lower()} {euros(int(part))}" for label, part, rate in named if rate]
        return f"Pour {seen.name}, au centime près : {', '.join(shown)}."

    def says(self) -> str:
        shown = [f"{label.lower()} {PLAIN.show(w)}" for label, w in zip(MIX.values(), self.mix, strict=True)]
        return f"{super().says()} Poids : {', '.join(shown)}."
