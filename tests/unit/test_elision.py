"""One elision for every name: on screens, on paper, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpa_model.files import first_names
from kpa_model.story.paper.parts import between
from kpa_model.ui.screens.share.first_names import our_first_names
from kpa_model.ui.state import book_of, open_store
from kpa_model.words import of, prefer

PACKAGE = Path(__file__).parents[2] / "kpa_model"
SAID = {
    "d'": ["Awa", "Aïcha", "Inès", "Élodie", "Émile", "Ousmane", "Ülkü", "Œdipe", "Yves", "Yvonne", "Hélène", "Henri",
           "Henriette", "Hugo", "Hervé", "Honorine", "Hubert", "Héloïse", "avril 2026", "août", "octobre"],
    "de ": ["Bruno", "Zoé", "Yamina", "Yaël", "Younès", "Hassan", "Halima", "Hakim", "Houda", "Hanna", "Hatice", "Ñina",
            "mars 2026", "3 personnes", "« Awa »", ""],
}  # fmt: skip


@pytest.mark.parametrize(("before", "name"), [(before, name) for before, names in SAID.items() for name in names])
def test_a_name_takes_the_word_it_asks_for(before: str, name: str) -> None:
    assert of(name) == f"{before}{name}"


@pytest.fixture
def group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    yield tmp_path
    prefer([])


def test_the_group_says_how_its_names_are_said_and_every_page_follows(group: Path) -> None:
    asked = first_names.doubtful(["Hélène", "Awa", "Hassan", "Yves", "Hélène"])
    assert asked == [
        ("Hassan", "de Hassan", "d'Hassan"), ("Hélène", "d'Hélène", "de Hélène"), ("Yves", "d'Yves", "de Yves"),
    ]  # fmt: skip
    first_names.keep(["de Hélène", "d'Hassan"])
    assert [of(each) for each in ("Hélène", "hélène", "Hélène D.", "Hassan", "Awa", "Henri")] == [
        "de Hélène", "de hélène", "de Hélène D.", "d'Hassan", "d'Awa", "d'Henri",
    ]  # fmt: skip
    first_names.keep([])
    assert of("Hélène") == "d'Hélène"


def test_a_file_written_by_hand_is_followed_and_what_says_nothing_is_left(group: Path) -> None:
    (group / "prenoms.txt").write_text("D’Hamza\n\nbonjour\nde\n de Hugo \n", encoding="utf-8")
    first_names.follow()
    assert (of("Hamza"), of("Hugo"), of("Hector")) == ("d'Hamza", "de Hugo", "d'Hector")
    (group / "prenoms.txt").write_bytes(b"\xff\xfe\xff")
    first_names.follow()
    assert of("Hugo") == "d'Hugo"


def test_the_page_asks_only_names_that_could_be_said_both_ways_and_keeps_the_choice(group: Path) -> None:
    store = open_store()
    folded = our_first_names(store)
    inside = folded.children[0].children[1]
    names = []
    for book in ("tilleuls", "moulins_2018_2019"):
        store.update(book=book)
        names = [each.name for each in book_of(store.state).members if each.name[0] in "HY"]
        assert sorted(each.description for each in inside.children) == sorted(names)
        assert (folded.layout.display == "none") == (not names)
    assert names
    for each in inside.children:
        now, other = (value for _, value in each.options)
        assert now == of(each.description)
        each.value = other
        assert of(each.description) == other
        assert other in (group / "prenoms.txt").read_text(encoding="utf-8").splitlines()


def test_months_take_the_word_they_ask_for() -> None:
    assert between("2019-04", "2019-10") == "d'avril 2019 à octobre 2019"
    assert between("2019-03", "2019-10") == "de mars 2019 à octobre 2019"


def test_nothing_writes_de_before_a_name_or_a_month_by_itself() -> None:
    alone = re.compile(r"\b[dD]e \{[^}]*(?:\.name\b|\bname\(|\bcalled\(|month_name|month_told|titled\(|\bwho\}|\.by\b)")
    found = [
        f"{path.relative_to(PACKAGE)}: {line.strip()[:90]}"
        for path in PACKAGE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if alone.search(line) and path.name != "words.py"
    ]
    assert found == []
