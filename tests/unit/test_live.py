"""The state of a workshop, told from its log: the order of the log decides, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.workshop.activity import HOST
from kpa_model.workshop.event import SEAT, Event
from kpa_model.workshop.live import Live, apply, fold
from kpa_model.workshop.seat import PAPER

AT = {"step": "estimer", "round": "avant"}


def played(*events: Event) -> Live:
    opened = Event("opened", payload={"title": "Essai", "facts": {"pot": 1000}})
    joined = [Event("joined", name, payload={"name": name.upper(), "by": "phone"}) for name in ("a", "b")]
    whole = [opened, *joined, Event("moved", **AT), *events]
    return fold([Event(**{**vars(each), "seq": at}) for at, each in enumerate(whole, start=1)])


def answer(person: str, amount: int = 1, by: str = "phone") -> Event:
    return Event("answered", person, **AT, payload={"answer": {"montant": amount}, "by": by})


def test_an_answer_counts_while_the_question_is_open_and_the_last_one_stays() -> None:
    live = played(answer("a", 5), answer("a", 7))
    assert live.taken
    assert live.now
    assert live.now.answers == {"a": {"montant": 7}}
    assert live.room("estimer").given("avant") == {"a": {"montant": 7}}
    assert live.room("estimer").facts == {"pot": 1000}


@pytest.mark.parametrize(
    "late",
    [
        [Event("closed", **AT), answer("a")],
        [Event("shown", **AT), answer("a")],
        [Event("shown", **AT), answer("a", by=PAPER)],
        [Event("moved", step="suite"), answer("a")],
        [Event("ended"), answer("a")],
        [answer("inconnue")],
        [Event("left", "a"), answer("a")],
        [Event("answered", "a", "estimer", "apres", {"answer": {}})],
        [Event("answered", "a", **AT, payload={"answer": "texte"})],
    ],
)
def test_what_comes_too_late_or_from_nobody_does_not_count(late: list[Event]) -> None:
    live = played(*late)
    assert not live.taken
    assert all(not each.answers for each in live.asked.values())


def test_who_is_forgotten_leaves_an_empty_seat_and_the_others_keep_theirs() -> None:
    live = played(Event("left", "a"), Event("erased", round=SEAT), Event("joined", "c", payload={"name": "C"}))
    assert {each.name: each.seat for each in live.people.values()} == {"B": 1, "C": 3}
    assert live.room("estimer").seats == {"b": 1, "c": 3}


def test_paper_may_be_typed_in_until_the_reveal() -> None:
    live = played(Event("closed", **AT), answer("a", 3, PAPER))
    assert live.taken
    assert live.now
    assert live.now.answers == {"a": {"montant": 3}}


def test_reopening_hides_the_results_again() -> None:
    live = played(answer("a"), Event("shown", **AT), Event("reopened", **AT))
    assert live.now
    assert live.now.open
    assert live.room("estimer").shown == frozenset()


def test_a_question_shown_then_opened_again_remembers_that_it_was_told() -> None:
    assert not played(answer("a"), Event("closed", **AT), Event("reopened", **AT)).now.told
    assert played(answer("a"), Event("shown", **AT), Event("reopened", **AT)).now.told


def test_going_back_and_forth_finds_a_step_as_it_was() -> None:
    elsewhere, back = Event("moved", step="suite"), Event("moved", **AT)
    live = played(answer("a"), elsewhere)
    assert not live.asked[AT["step"], AT["round"]].open  # nobody answers while the group is elsewhere
    live = played(answer("a"), elsewhere, back)
    assert live.now
    assert live.now.answers
    assert live.now.open
    for gesture in ("closed", "shown"):
        before = played(answer("a"), Event(gesture, **AT)).now
        assert played(answer("a"), Event(gesture, **AT), elsewhere, back).now == before


def test_going_where_the_group_already_is_changes_nothing() -> None:
    live = played(answer("a"))
    again = apply(live, Event("moved", **AT, seq=99))
    assert not again.taken
    assert again.now == live.now


def test_a_step_left_out_is_told_and_comes_back_when_played() -> None:
    live = played(Event("moved", step="suite", payload={"skips": True}))
    assert live.skipped == {"estimer"}
    assert apply(live, Event("moved", **AT)).skipped == frozenset()


def test_who_leaves_is_no_longer_counted_and_what_she_answered_neither() -> None:
    live = played(answer("a"), answer("b"), Event("left", "a"))
    assert list(live.people) == ["b"]
    assert list(live.room("estimer").given("avant")) == ["b"]


def test_what_the_facilitator_writes_is_apart_from_people() -> None:
    live = played(answer("a"), Event("hosted", **AT, payload={"answer": {"traitement": "Nous ajoutons un plafond."}}))
    room = live.room("estimer")
    assert list(room.given("avant")) == ["a"]
    assert room.hosted("avant") == {"traitement": "Nous ajoutons un plafond."}
    assert not played(Event("joined", HOST, payload={"name": "Moi"})).taken


def test_the_door_can_be_closed_to_phones() -> None:
    live = played(Event("entry", payload={"open": False}), Event("joined", "c", payload={"name": "C"}))
    assert "c" not in live.people
    assert apply(live, Event("joined", "d", payload={"name": "D", "by": PAPER})).taken


def test_the_timer_rings_from_the_instant_of_the_log() -> None:
    live = played(Event("timer", payload={"seconds": 60}, at="2026-11-23T10:00:00.000+00:00"))
    assert live.until == datetime(2026, 11, 23, 10, 1, tzinfo=UTC)
    assert played(Event("timer", payload={"seconds": 0}, at="2026-11-23T10:00:00+00:00")).until is None


_WORDS = st.sampled_from(["", "a", "b", "c", "estimer", "avant", HOST])
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
_PAYLOADS = st.dictionaries(
    st.sampled_from(["name", "by", "answer", "seconds", "open", "facts", "skips", "texts"]), _JSON, max_size=4
)
_KINDS = st.sampled_from(
    ["opened", "joined", "left", "moved", "answered", "hosted", "closed", "reopened", "shown", "timer", "entry",
     "wrote", "ended", "resumed", "erased", "autre"]
)  # fmt: skip
_EVENTS = st.builds(
    Event, _KINDS, _WORDS, _WORDS, _WORDS, _PAYLOADS, at=st.sampled_from(["", "2026-11-23T10:00:00+00:00"])
)


@given(st.lists(_EVENTS, max_size=12))
def test_any_log_is_told_without_an_error_and_twice_the_same(events: list[Event]) -> None:
    """A log may come from a file somebody changed by hand."""
    live = fold(events)
    assert live == fold(events)
    for step in ("estimer", "avant", ""):
        assert set(live.room(step).people) == set(live.people)
    for asked in live.asked.values():
        assert not (asked.open and asked.shown)
