"""The record of a decision as a JSON file. `loads(dumps(record)) == record`, always."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from kpa_model.decision.record import OUTCOMES, DecisionRecord, Objection, RuleTold, VoteTold
from kpa_model.declare import page
from kpa_model.errors import KpaError, Problem
from kpa_model.workshop.proposal import Obtained

FORMAT = 2
"""The first format had no consent, no version, and one text of changes: it is still read."""
_TEXTS = ("cooperative", "place", "words", "kept_by", "script", "reason", "id")
_LISTS = ("present", "undecided", "changes", "leading")
_MAPPINGS = ("figures", "origin")
_DAYS = ("trial_ends", "review_on", "corrected_on")
_COUNTS = ("unnamed", "version")


class DamagedRecord(KpaError):
    """A record that cannot be read again."""


def dumps(record: DecisionRecord) -> str:
    """Write a record as JSON, always in the same way."""
    data: dict[str, Any] = {"format": FORMAT}
    for each in dataclasses.fields(record):
        data[each.name] = _written(getattr(record, each.name))
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _written(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, VoteTold):
        return {"title": value.title, "answered": value.answered, "page": page.as_data(value.page)}
    if isinstance(value, RuleTold | Objection | Obtained):
        return dataclasses.asdict(value)
    if isinstance(value, tuple):
        return [_written(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value


def loads(text: str, where: str = "Compte rendu") -> DecisionRecord:
    """Read a record. Raises DamagedRecord."""
    try:
        return _record(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        what, todo = "il est abîmé.", "Reprenez une copie, ou écrivez de nouveau la décision."
        raise DamagedRecord(Problem(where, what, todo)) from None


def _record(data: Mapping[str, Any]) -> DecisionRecord:
    if data["format"] == 1:
        new = {"changes": [data["amended"]] if data["amended"] else [], "leading": [], "reason": "", "id": ""}
        data = {**data, **new, "format": FORMAT, "corrected_on": None, "unnamed": 0, "version": 1}
    if data["format"] != FORMAT or data["outcome"] not in OUTCOMES:
        raise ValueError
    told: dict[str, Any] = {name: str(data[name]) for name in _TEXTS}
    told |= {name: _list(data[name]) for name in _LISTS}
    told |= {name: {str(key): str(value) for key, value in data[name].items()} for name in _MAPPINGS}
    told |= {name: date.fromisoformat(data[name]) if data[name] else None for name in _DAYS}
    told |= {name: int(data[name]) for name in _COUNTS}
    rule, got = data["rule"], data.get("obtained") or {"how": ""}
    counts = {name: int(got.get(name, 0)) for name in ("people", "silent", "left", "concerns")}
    return DecisionRecord(
        held_on=date.fromisoformat(data["held_on"]),
        outcome=data["outcome"],
        rule=RuleTold(str(rule["title"]), _list(rule["sentences"]), str(rule["text"]), str(rule["fingerprint"])),
        votes=tuple(VoteTold(str(e["title"]), int(e["answered"]), page.from_data(e["page"])) for e in data["votes"]),
        objections=tuple(Objection(str(each["text"]), str(each["answer"])) for each in data["objections"]),
        concerns=_list(data.get("concerns", [])),
        obtained=Obtained(str(got["how"]), **counts),
        differs=bool(data.get("differs")),
        **told,
    )


def _list(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError
    return tuple(str(each) for each in values)
