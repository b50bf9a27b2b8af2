"""Every activity is played alone on the real server, on a real month: asked, answered, shown, written."""

from __future__ import annotations

import logging
import random
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import pytest

from kpa_model.command.workshop import workshop_facts_of
from kpa_model.declare.form import Choice, Day, Field, Form, Grades, Number, Parts, Several, Text
from kpa_model.server import catalogue, forms
from kpa_model.workshop import script_file
from tests.live_server import Served

NAMES = ("Renard", "Loutre", "Mésange", "Hérisson", "Pie", "Écureuil")


@lru_cache(maxsize=1)
def facts() -> dict[str, Any]:
    return workshop_facts_of("tilleuls", None, [], 7)


def typed(form: Form, draws: random.Random) -> dict[str, str]:
    """Type something right in every field."""
    found: dict[str, str] = {}
    for each in form.fields:
        found |= _typed(each, draws)
    return found


def _typed(asked: Field, draws: random.Random) -> Mapping[str, str]:
    match asked:
        case Number():
            inner = min(
                max(asked.low, draws.randrange(asked.usual or 1) // asked.unit.scale * asked.unit.scale), asked.high
            )
            return {asked.name: asked.unit.show(inner)}
        case Choice():
            return {asked.name: draws.choice([*asked.options])}
        case Several():
            options = [*asked.options]
            return {f"{asked.name}.{each}": "oui" for each in options[: asked.most or 2]}
        case Grades():
            return {f"{asked.name}.{thing}": draws.choice([*asked.grades]) for thing in asked.things}
        case Parts():
            each = asked.total // max(len(asked.things), 1) if asked.total else asked.unit.scale
            shares = [each] * len(asked.things)
            if asked.total and shares:
                shares[0] += asked.total - each * len(shares)
            return {
                f"{asked.name}.{thing}": asked.unit.show(part) for thing, part in zip(asked.things, shares, strict=True)
            }
        case Day():
            return {asked.name: "2027-03-31"}
        case Text():
            return {asked.name: f"Un mot {draws.randrange(100)}"}
    raise AssertionError(type(asked).__name__)


@pytest.fixture(params=sorted(catalogue.activities()))
def served(request: pytest.FixtureRequest, tmp_path) -> Iterator[Served]:
    script = script_file.dumps(catalogue.alone(request.param))
    opened = Served(str(tmp_path / "ateliers.sqlite"), script=script, facts=facts())
    yield opened
    opened.stop()


def test_an_activity_is_played_alone(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "kpa_model.atelier")
    guests, animator, draws = [served.guest(name) for name in NAMES], served.facilitator(), random.Random(4)
    people = [*served.workshop.live.people]
    for at, _ in enumerate(served.workshop.places):
        animator.get("/animation")
        assert animator.act(geste="suivant") == 303
        place = (served.workshop.live.step, served.workshop.live.round)
        for guest, person in zip(guests, people, strict=True):
            form = served.workshop.form(place, person)
            answer = typed(form, draws)
            _, wrong = form.read(answer)
            assert wrong == {}, wrong
            assert guest.get("/") == 200
            assert guest.post("/repondre", **{**guest.hidden(), **answer}) == 303, guest.text
            assert guest.get("/?changer=oui") == 200  # what was answered is there, ready to be changed
            kept = served.workshop.live.asked[place].answers[person]
            again, wrong = form.read(forms.typed_from(form, kept))
            assert (again, wrong) == (kept, {})
        animator.get("/animation")
        assert f"{len(NAMES)}\u00a0réponses sur {len(NAMES)}" in animator.text, at
        assert animator.act(geste="montrer") == 303
        assert animator.get("/animation") == 200
        assert "ne peut pas être montré" not in animator.text
        for guest in guests:
            assert guest.get("/") == 200
            assert "Ensemble" in guest.text
        written = served.workshop.host_form()
        if written is not None:
            assert animator.get("/animation/ecrire") == 200
            assert animator.post("/animation/ecrire", **{**animator.hidden(), **typed(written, draws)}) == 303, (
                animator.text
            )
            assert animator.get("/animation") == 200
    animator.get(f"/animation/retirer?qui={people[0]}")
    assert animator.post("/animation/retirer", qui=people[0]) == 303
    assert animator.get("/animation") == 200  # what the others said of her, or with her, is still told
    assert "ne peut pas être montré" not in animator.text
    assert NAMES[0] not in animator.text
    assert animator.get("/animation/compte-rendu") == 200
    assert [record.getMessage() for record in caplog.records] == []
    assert not re.search(r"\bNone\b|\bnan\b|Traceback", animator.text)
