"""Two versions of a booklet become one: everything that anybody wrote is still there."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kpa_model.files.closed.merge import merged

WORDS = st.text("abc ", min_size=1, max_size=30)
ITEMS = st.dictionaries(st.sampled_from("abcdef"), WORDS, max_size=5)


def booklet(items: dict[str, str], name: str = "Zoé") -> dict[str, Any]:
    return {"nom": name, "talents": [{"id": key, "titre": title} for key, title in items.items()]}


def titles(content: dict[str, Any]) -> set[str]:
    return {each["titre"] for each in content["talents"]}


@given(ITEMS, ITEMS, ITEMS)
def test_what_either_wrote_is_there_and_what_neither_touched_is_as_it_was(
    before: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    whole = merged(booklet(before), booklet(mine), booklet(theirs))
    for one in (mine, theirs):
        for key, title in one.items():
            if before.get(key) != title:
                assert title in titles(whole)
    for key, title in before.items():
        if mine.get(key) == theirs.get(key) == title:
            assert {"id": key, "titre": title} in whole["talents"]
        if key not in mine and key not in theirs:
            assert {"id": key, "titre": title} not in whole["talents"]
    ids = [each["id"] for each in whole["talents"]]
    assert len(ids) == len(set(ids))


@given(ITEMS, ITEMS)
def test_without_a_version_before_everything_of_both_stays(mine: dict[str, str], theirs: dict[str, str]) -> None:
    whole = merged(None, booklet(mine), booklet(theirs))
    assert titles(whole) == {*mine.values(), *theirs.values()}


@given(ITEMS)
def test_the_same_twice_changes_nothing(items: dict[str, str]) -> None:
    one = booklet(items)
    assert merged(None, one, copy.deepcopy(one)) == one
    assert merged(booklet({}), one, booklet({})) == one


def test_what_two_pages_wrote_in_one_place_is_kept_twice_when_it_is_a_sentence() -> None:
    before, mine, theirs = (
        {"brouillons": {"f": {"moi": said}}} for said in ("", "J'ai appris à dire non.", "Je couds droit.")
    )
    both = merged(before, mine, theirs)["brouillons"]["f"]["moi"]
    assert both.splitlines() == ["J'ai appris à dire non.", "Je couds droit."]
    assert merged({"a": "0"}, {"a": "1"}, {"a": "2"}) == {"a": "1"}
