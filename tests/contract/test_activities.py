"""What every activity of a workshop keeps: nobody is named, small groups are hidden, everything reads well."""

from __future__ import annotations

import importlib
import math
import os
import pkgutil
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpa_model.decision import activities as package
from kpa_model.declare.page import Bars, Sentence, Stacks, Table
from kpa_model.declare.setting import settings_of
from kpa_model.workshop.activity import HOST, SMALLEST, Activity, Room, known_activities
from tests.contract.activities import FACTS, form_texts, people, played, texts, without_host
from tests.contract.readable import faults

for _module in pkgutil.iter_modules(package.__path__):
    importlib.import_module(f"{package.__name__}.{_module.name}")

OURS = {name: cls for name, cls in known_activities().items() if cls.__module__.startswith(package.__name__)}
CASES = [
    pytest.param(cls(**{name: value}) if name else cls(), id=f"{known}-{name}-{value}" if name else known)
    for known, cls in OURS.items()
    for name, value in [
        ("", None),
        *((at, not each.default) for at, each in settings_of(cls).items() if isinstance(each.default, bool)),
    ]
]
NIGHT = os.environ.get("KPA_HYPOTHESIS") == "nightly"
DRAWN = settings(max_examples=300 if NIGHT else 8, derandomize=not NIGHT, deadline=None)
NAMED = {"named"}
"""Settings by which a group decides to show itself, with names."""


def shows_names(one: Activity) -> bool:
    return any(getattr(one, name, False) for name in NAMED)


@pytest.mark.parametrize("cls", OURS.values(), ids=OURS)
def test_an_activity_says_what_it_is_for(cls):
    assert re.fullmatch(r"[a-z][a-z_]+", cls.name)
    assert faults(cls.sentence) == []
    assert cls.title
    assert {"", *(each.label for each in settings_of(cls).values())} != {""}


@pytest.mark.parametrize("cls", OURS.values(), ids=OURS)
def test_a_script_can_write_and_read_every_setting(cls):
    for each in settings_of(cls).values():
        written = each.write(each.default)
        assert each.read(written) == each.default
        assert each.schema()["title"] == each.label


@pytest.mark.parametrize("one", CASES)
def test_rounds_and_inputs_have_names_of_their_own(one):
    rounds = one.rounds()
    assert rounds
    assert len({each.key for each in rounds}) == len(rounds)
    room = played(one, 6, 1)
    for each in rounds:
        form = one.form(each.key, room, "p0")
        assert len(set(form.inputs())) == len(form.inputs())
        assert all("." not in field.name for field in form.fields)


@pytest.mark.parametrize("one", CASES)
@DRAWN
@given(st.integers(0, 12), st.integers(0, 2**32))
def test_pages_read_aloud(one, number, seed):
    room = played(one, number, seed)
    for each in one.rounds():
        pages = [one.page(each.key, room)] + [one.own_page(each.key, room, person) for person in room.people]
        for page in pages:
            said = [part for part in page if isinstance(part, Sentence) and part.tone != "quote"]
            assert [fault for part in said for fault in faults(part.text)] == []
        for person in room.people:
            asked = form_texts(one.form(each.key, room, person))
            assert [fault for text in asked for fault in faults(text)] == []


@pytest.mark.parametrize("one", [case for case in CASES if not shows_names(case.values[0])])
@DRAWN
@given(st.integers(0, 12), st.integers(0, 2**32))
def test_nobody_is_named(one, number, seed):
    room = played(one, number, seed)
    for each in one.rounds():
        assert [text for text in texts(one.page(each.key, room)) if "Zéphyrine" in text] == []


@pytest.mark.parametrize("one", [case for case in CASES if not shows_names(case.values[0])])
@DRAWN
@given(st.integers(1, 12), st.integers(0, 2**32))
def test_it_does_not_matter_who_said_what(one, number, seed):
    """Answers go from person to person; where they speak of people, these are exchanged in the same way."""
    room = played(one, number, seed)
    order = np.random.default_rng(seed).permutation(number)
    ids = [*room.people]
    other = {ids[at]: ids[to] for at, to in enumerate(order)} | {HOST: HOST}
    moved = {
        key: {now: exchanged(given[who], other) for now, who in sorted((other[who], who) for who in given)}
        for key, given in room.answers.items()
    }
    again = replace(room, answers=moved)
    for each in one.rounds():
        assert one.page(each.key, room) == one.page(each.key, again)


def exchanged(value: object, other: dict[str, str]) -> object:
    if isinstance(value, dict):
        return {other.get(key, key): exchanged(each, other) for key, each in value.items()}
    return value


@pytest.mark.parametrize("one", [case for case in CASES if not getattr(case.values[0], "in_the_open", False)])
@DRAWN
@given(st.integers(1, SMALLEST - 1), st.integers(0, 2**32))
def test_under_five_answers_the_page_does_not_depend_on_them(one, number, seed):
    if shows_names(one):
        return
    first, second = (without_host(played(one, number, each)) for each in (seed, seed + 1))
    for each in one.rounds():
        assert one.page(each.key, first) == one.page(each.key, second)


@pytest.mark.parametrize("one", CASES)
def test_a_form_tells_nothing_of_what_is_not_revealed(one):
    first, second = (replace(without_host(played(one, 7, seed)), shown=frozenset()) for seed in (1, 2))
    for each in one.rounds():
        assert one.form(each.key, first, "p0") == one.form(each.key, second, "p0")


@pytest.mark.parametrize("one", CASES)
def test_an_activity_stands_without_facts(one):
    room = played(one, 6, 3, facts={})
    for each in one.rounds():
        assert one.page(each.key, room)


@pytest.mark.parametrize("one", CASES)
def test_someone_who_joins_late_or_never_answers_breaks_nothing(one):
    room = played(one, 8, 4)
    late = replace(room, people={**people(8), "p9": "Zéphyrine9"})
    some = {
        key: {who: each for who, each in given.items() if who not in {"p0", "p3"}}
        for key, given in room.answers.items()
    }
    for each in one.rounds():
        for now in (late, replace(late, answers=some), Room(late.people, {}, FACTS, late.shown)):
            assert one.page(each.key, now)
            one.own_page(each.key, now, "p9")
            one.form(each.key, now, "p9")


@pytest.mark.parametrize("one", CASES)
def test_pictures_can_be_drawn(one):
    room = played(one, 9, 5)
    for each in one.rounds():
        for part in one.page(each.key, room):
            match part:
                case Bars():
                    assert part.bars
                    assert all(bar.length >= 0 and math.isfinite(bar.length) for bar in part.bars)
                case Stacks():
                    assert len({tuple(label for label, _ in line.pieces) for line in part.lines}) == 1
                    assert all(number >= 0 for line in part.lines for _, number in line.pieces)
                case Table():
                    assert {len(row) for row in part.rows} == {len(part.head)}
