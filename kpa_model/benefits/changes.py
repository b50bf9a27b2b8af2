"""What changed between two days among the parameters, and what was read more than a year ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kpa_model.benefits.parameters import Parameter, Value, parameters

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class RateChange:
    """A parameter that is not the same on two days; None where it does not exist or is not known."""

    parameter: Parameter
    before: Value | None
    after: Value | None

    @property
    def sentence(self) -> str:
        """Say it in French."""
        label = self.parameter.label
        if self.before and self.after:
            old, new = self.parameter.written(self.before), self.parameter.written(self.after)
            return f"{label} : {old} devient {new}."
        if self.after:
            return f"{label} : {self.parameter.written(self.after)}, rien avant."
        last = self.parameter.values[-1]
        gone = "n'est plus connu" if self.before == last and last.until >= _horizon() else "n'existe plus"
        return f"{label} : {gone}."


def changes(first: date, second: date) -> tuple[RateChange, ...]:
    """Return what differs from `first` to `second`, in the order of the files.

    >>> [each.parameter.name for each in changes(date(2025, 12, 31), date(2026, 1, 1))][:2]
    ['smic_horaire', 'smic_mensuel']
    """
    found = [RateChange(each, each.on(first), each.on(second)) for each in parameters().values()]
    return tuple(each for each in found if _amount(each.before) != _amount(each.after))


def old(today: date) -> tuple[Parameter, ...]:
    """Return the parameters read more than a year before `today`, or whose last value ended."""
    horizon = _horizon()
    return tuple(
        each
        for each in parameters().values()
        if today - each.read_on > YEAR or (horizon <= each.values[-1].until < today)
    )


def _horizon() -> date:
    """Day after which a last value ends because nobody knows more, not because the parameter was abolished."""
    return max(each.read_on for each in parameters().values())


def _amount(value: Value | None) -> object:
    return value.amount if value else None
