"""A workshop written straight in the log of this machine, as phones and a facilitator would have filled it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kpa_model.decision import vignettes
from kpa_model.files.log.events import EventLog
from kpa_model.money import split_cents
from kpa_model.server import catalogue
from kpa_model.server.workshop import begin
from kpa_model.workshop import script_file
from kpa_model.workshop.event import Event
from kpa_model.workshop.script import Script

NAMES = ("Renard", "Loutre", "Castor", "Mésange", "Blaireau", "Hérisson")
Given = Mapping[tuple[str, str], Sequence[Mapping[str, Any]]]
"""(step, round) → one answer a person, in the order of the names."""


def keep_workshop(script: Script, given: Given, reveal: bool = True) -> str:
    """Write a workshop where people answered these rounds, each revealed or not; return its id."""
    people = max((len(answers) for answers in given.values()), default=0)
    happened = [Event("joined", f"p{at}", payload={"name": name}) for at, name in enumerate(NAMES[:people])]
    for place, answers in given.items():
        happened.append(Event("moved", "", *place))
        happened += [Event("answered", f"p{at}", *place, {"answer": answer}) for at, answer in enumerate(answers)]
        happened += [Event("shown", "", *place)] if reveal else []
    with EventLog() as log:
        workshop = begin(log, script, {"seed": 1})
        for event in happened:
            log.append(workshop, event)
    return workshop


def shared_like(*weights: tuple[str, int]) -> dict[str, dict[str, int]]:
    """Return how a person shares the ready cases who follows a mix of principles, out of ten; to the cent."""
    cases = vignettes.named()
    return {
        case.key: dict(zip(
            (one.key for one in case.people),
            split_cents(case.pot, [
                round(10**6 * sum(weight * case.shares(name)[at] for name, weight in weights))
                for at in range(len(case.people))
            ]).tolist(),
            strict=True,
        ))
        for case in cases
    }  # fmt: skip


def keep_cases(people: int, **more: Any) -> None:
    """Keep a workshop where so many people shared the ready cases, seven tenths by hours and three by need."""
    catalogue.load()
    script = script_file.loads("titre: Nos cas\netapes:\n- titre: Cas\n  activite: vignettes\n  minutes: 10\n")
    answers = [shared_like(("hours", 7), ("need", 3))] * people
    keep_workshop(script, {(script.steps[0].key, "partages"): answers}, **more)
