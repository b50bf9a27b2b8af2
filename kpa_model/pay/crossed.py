"""Limits that a later step breaks: which step, who, and how far. The rule is told as it acts, as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpa_model.pay.engine import Settlement
from kpa_model.pay.promise import Promise, Result
from kpa_model.words import count, euros, listing

FEW = 3
"""Names said one by one."""


@dataclass(frozen=True)
class Crossing:
    """A claim kept after its step, and broken at the end: ranks of the step that claims and of the one that breaks."""

    claim: Promise
    by: int
    title: str
    people: tuple[tuple[str, int], ...]

    def says(self) -> str:
        """Return it as a French sentence: who, and with which amount."""
        if len(self.people) > FEW:
            who = f" : {count(len(self.people), 'personne')}"
        else:
            who = f" : {listing([f'{name}, {euros(cents)}' for name, cents in self.people])}" if self.people else ""
        return f"L'étape {self.by + 1} (« {self.title} ») {self.claim.crossing}{who}."


def crossings(settled: Settlement) -> Iterator[Crossing]:
    """Yield the claims that a later step breaks, on a single month."""
    for at, line in enumerate(settled.lines):
        claim = line.step.claimed()
        if claim is None or not _kept(claim, settled, at) or claim.kept(settled).all():
            continue
        by = next(each for each in range(at + 1, len(settled.lines)) if not _kept(claim, settled, each))
        beyond = claim.beyond(settled)
        people = [(name, int(settled.pay[who])) for who, name in enumerate(settled.month.members) if beyond[who]]
        yield Crossing(claim, by, settled.lines[by].step.title, tuple(people))


def _kept(claim: Promise, settled: Settlement, at: int) -> bool:
    """Tell whether a claim is kept just after a step."""
    return bool(claim.kept(Result(settled.month, settled.opening, settled.lines[at].after)).all())


def crossings_told(months: Sequence[Settlement]) -> tuple[str, ...]:
    """Return what to say of the last month, then of the others, in French."""
    said = [each.says() for each in crossings(months[-1])]
    before = sum(any(crossings(each)) for each in months[:-1])
    if before:
        what = "une limite de la règle est aussi dépassée" if said else "une limite de la règle est dépassée"
        said.append(f"{count(before, 'mois', 'mois')} d'avant : {what} par une étape plus loin.")
    return tuple(said)
