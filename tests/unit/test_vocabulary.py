"""The lists of words of the reader are all there, all used, and say what they say once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kpa_model.errors import UnreadableFile
from kpa_model.files.book import vocabulary
from kpa_model.places import data

LISTS = vocabulary._lists()
USED = {
    name
    for path in (Path(vocabulary.__file__).parents[1]).rglob("*.py")
    for name in re.findall(r'\b(?:pattern|word_set)\(\s*"([a-z_.]+)"', path.read_text("utf-8"))
}


def test_each_list_is_used_and_each_used_one_is_there() -> None:
    assert {*LISTS} == USED


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_says_each_word_once(name: str) -> None:
    assert LISTS[name]
    assert len({*LISTS[name]}) == len(LISTS[name])


def test_words_come_with_what_stands_around_them() -> None:
    found = vocabulary.pattern("meaning.void", r"(est |is )?(WORDS)( \?)?")
    assert found.fullmatch("est annulee ?")
    assert not found.fullmatch("est payee ?")
    assert "prenom" in vocabulary.word_set("crowds.titles")


def test_no_list_without_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "data", lambda: tmp_path)
    with pytest.raises(UnreadableFile, match=r"mots\.txt"):
        vocabulary._lists.__wrapped__()


def test_the_file_of_words_is_one_list_after_the_other() -> None:
    text = (data() / "dictionnaires" / "mots.txt").read_text("utf-8")
    heads = [line for line in text.splitlines() if re.fullmatch(r"\[[a-z_.]+\]", line)]
    assert len(heads) == len({*heads}) == len(LISTS)
