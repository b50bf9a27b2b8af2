"""Why this amount: one person's month, step by step, in sentences and cents that add up."""

from __future__ import annotations

from dataclasses import dataclass

from kpa_model.pay.engine import Settlement
from kpa_model.pay.step import Family
from kpa_model.words import euros, of


@dataclass(frozen=True)
class PayslipLine:
    """One step for one person: its title, its sentence, what it added (cents), and the amount reached."""

    title: str
    sentence: str
    cents: int
    reached: int


@dataclass(frozen=True)
class Payslip:
    """The entries of a person. `before` tells how the pot was made, `own` how her amount was; `total` is in cents."""

    name: str
    before: tuple[PayslipLine, ...]
    own: tuple[PayslipLine, ...]
    total: int
    owed: int
    saved: int

    def says(self) -> str:
        """Return the result as French sentences."""
        said = f"{self.name} reçoit {euros(self.total)} ce mois-ci, en coût total."
        said += f" Le groupe lui doit encore {euros(self.owed)}." if self.owed else ""
        return said + (f" {euros(self.saved)} sont gardés au nom {of(self.name)}." if self.saved else "")


def payslip(settled: Settlement, who: int) -> Payslip:
    """Tell one person's month. Works on a single month, without replicates."""
    before: list[PayslipLine] = []
    own: list[PayslipLine] = []
    reached = 0
    for step, seen in settled.seen_by(who):
        shared = step.family in (Family.LEVY, Family.REST) and not (seen.after.pay - seen.before.pay).any()
        reached += seen.delta
        entry = PayslipLine(step.title, step.because(seen), -seen.moved if shared else seen.delta, reached)
        (before if shared else own).append(entry)
    return Payslip(
        name=settled.month.members[who],
        before=tuple(before),
        own=tuple(own),
        total=int(settled.pay[who]),
        owed=int(settled.closing.owed[who]),
        saved=int(settled.closing.saved[who]),
    )
