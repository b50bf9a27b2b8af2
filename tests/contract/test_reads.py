"""Steps and promises read the facts they declare, and no other: the simulation, the screens and advice rely on it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from kpa_model.cooperative import facts as from_book
from kpa_model.cooperative.book import Cooperative, OrderBook
from kpa_model.cooperative.month import SINCE, Month, Simulated, known_facts
from kpa_model.cooperative.people import Member
from kpa_model.errors import WrongFacts
from kpa_model.files.book.building import HELD, attributes
from kpa_model.pay.promise import Result, known_promises
from kpa_model.pay.purses import Move, Purses
from kpa_model.pay.step import Seen, Step, known_steps
from kpa_model.simulation.months import facts
from tests.contract.months import Situation, cases, set_at_random, situations

OPEN = ("present", "payable")
"""Who is here and who can be paid: any step may ask."""


class Undeclared(Exception):
    """A fact that was not declared has been read."""


class Only(Month):
    """A month that refuses to tell a fact that was not declared."""

    def __getattribute__(self, name: str) -> Any:
        allowed = object.__getattribute__(self, "__dict__").get("_allowed")
        if allowed is not None and name in known_facts() and name not in (*OPEN, *allowed):
            raise Undeclared(name)
        return object.__getattribute__(self, name)


class OnlyPurses(Purses):
    """Purses that refuse to tell what they hold from one month to the next, unless it was declared."""

    def __getattribute__(self, name: str) -> Any:
        allowed = object.__getattribute__(self, "__dict__").get("_allowed")
        if allowed is not None and name in ("fund", "reserve", "saved", "owed") and name not in allowed:
            raise Undeclared(name)
        return object.__getattribute__(self, name)


def only(month: Month, allowed: tuple[str, ...]) -> Month:
    made = Only(**{each.name: getattr(month, each.name) for each in fields(Month)})
    vars(made)["_allowed"] = allowed
    return made


def only_purses(now: Purses, allowed: tuple[str, ...]) -> Purses:
    made = OnlyPurses(**{each.name: getattr(now, each.name) for each in fields(Purses)})
    vars(made)["_allowed"] = allowed
    return made


def move_and_tell(of: Situation) -> None:
    """Move, then tell each person why, with nothing but what is declared."""
    reads = of.step.reads()
    month, now = only(of.month, reads), only_purses(of.now, reads)
    then = of.now.after(of.step.move(month, now))
    for who in range(len(of.month.members)):
        of.step.because(Seen(month, who, now, only_purses(then, reads)))


@pytest.mark.parametrize("name", known_steps())
def test_a_step_reads_the_facts_it_declares_and_no_other(name: str) -> None:
    @settings(max_examples=cases(30, 2_000))
    @given(situations(known_steps()[name], ()))
    def kept(of: Situation) -> None:
        assert set(of.step.reads()) <= set(known_facts())
        move_and_tell(of)

    kept()


@pytest.mark.parametrize("name", known_promises())
def test_a_promise_reads_the_facts_it_declares_and_no_other(name: str) -> None:
    @settings(max_examples=cases(20, 2_000))
    @given(situations(known_steps()["parts_egales"], ()), set_at_random(known_promises()[name]))
    def kept(of: Situation, promise: Any) -> None:
        result = Result(only(of.month, promise.facts), Purses.opening(of.month), of.now)
        promise.kept(result)
        promise.verdict(result)

    kept()


@dataclass(frozen=True)
class ReadsInSilence(Step):
    """Looks at points for some pots only, and does not say it."""

    def move(self, month: Month, now: Purses) -> Move:
        middle = (now.pot >= 150_00) & (now.pot <= 800_00)
        return Move(pay=np.where(middle & month.paid, month.points, 0) if middle.any() else np.int64(0) * month.paid)


def test_a_step_that_reads_a_fact_in_some_months_only_is_refused() -> None:
    month = Month.of(["Awa"], sales=300_00, points=[100])
    with pytest.raises(Undeclared, match="points"):
        move_and_tell(Situation(ReadsInSilence(), month, Purses.opening(month), (), 0))


def test_every_fact_read_in_the_book_names_a_list_and_an_attribute_that_it_has() -> None:
    nouns = {held: (table, noun) for table, (held, noun) in HELD.items()} | {"members": ("personnes", Member)}
    for name, about in known_facts().items():
        if about["of"]:
            held, _, attribute = about["of"].partition(".")
            table, noun = nouns[held]
            assert attribute in {each.name for each in fields(noun)} | set(attributes(table).values()), name


def test_a_date_said_of_a_person_is_true_from_its_month_on(monkeypatch: pytest.MonkeyPatch) -> None:
    about = {"of": "members.trained_on", "unit": SINCE, "default": 0}
    monkeypatch.setattr(from_book, "known_facts", lambda: {"trained": about})
    said = {"Awa": date(2025, 1, 31), "Bruno": date(2025, 2, 1)}
    people = [Member(name, others=(("trained_on", day),)) for name, day in said.items()] + [Member("Chloé")]
    book = OrderBook(Cooperative("Essai"), members=tuple(people))
    for last, expected in (
        (date(2024, 12, 31), [0, 0, 0]),
        (date(2025, 1, 31), [1, 0, 0]),
        (date(2025, 2, 28), [1, 1, 0]),
    ):
        assert from_book._filled(book, last, {"members": people})["trained"].tolist() == expected


@pytest.mark.parametrize(
    ("unit", "said", "told"),
    [
        ("drapeau", date(2025, 1, 31), r"dit des dates, et son unité est « drapeau »\.\nÉcrivez pour unité SINCE"),
        ("centièmes", date(2025, 1, 31), "Écrivez pour unité SINCE"),
        ("centièmes", "oui", "Écrivez pour unité « texte »"),
        ("jour du calendrier", "demain", "Écrivez pour unité « texte »"),
        (SINCE, True, "Écrivez pour unité « drapeau »"),
        (SINCE, 12, "Écrivez pour unité « centièmes »"),
    ],
)
def test_a_unit_that_does_not_go_with_its_column_says_which_one_does(monkeypatch, unit: str, said: Any, told: str):
    about = {"of": "members.trained_on", "unit": unit, "default": 0}
    monkeypatch.setattr(from_book, "known_facts", lambda: {"trained": about})
    people = [Member("Awa"), Member("Bruno", others=(("trained_on", said),))]
    with pytest.raises(WrongFacts, match=told):
        from_book._filled(OrderBook(Cooperative("Essai")), date(2025, 2, 28), {"members": people})


def test_every_fact_is_filled_in_by_the_simulation_or_declared_constant_or_unknown() -> None:
    for name, about in known_facts().items():
        assert (name in facts.told()) == (about["simulated"] is Simulated.DRAWN), name
