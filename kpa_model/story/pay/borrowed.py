"""Scales of a CAE that ready rules take, and that no group chose: told beside its amounts."""

from __future__ import annotations

from collections.abc import Iterable

from kpa_model.pay.cae_scale import scale
from kpa_model.pay.ready import ready_rules
from kpa_model.pay.rule import PayRule
from kpa_model.pay.steps.levies import PublishedCaeContribution
from kpa_model.words import listing


def borrowed(rules: Iterable[PayRule]) -> str:
    """Return which scale ready rules take, and where to change it; an empty text when the group wrote them all."""
    examples = [each.steps for each in ready_rules().values()]
    taken = {f"« {rule.title} »": _scales(rule) for rule in rules if rule.steps in examples and _scales(rule)}
    if not taken:
        return ""
    titles, names = [*taken], listing([f"« {name} »" for name in sorted(set[str]().union(*taken.values()))])
    one, several = f"{titles[0]} est une règle d'exemple : elle prend", "Ces règles sont des exemples : elles prennent"
    ask = "Est-ce votre CAE ? Sinon, changez-le dans « Notre règle »."
    return f"{one if len(titles) == 1 else several} le barème {names} pour la CAE. {ask}"


def _scales(rule: PayRule) -> list[str]:
    return [scale(step.scale_name).label for step in rule.steps if isinstance(step, PublishedCaeContribution)]
