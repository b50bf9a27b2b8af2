"""One elision for every name: on screens, on paper, in sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kpa_model.words import of

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


def test_nothing_writes_de_before_a_name_or_a_month_by_itself() -> None:
    alone = re.compile(r"\b[dD]e \{[^}]*(?:\.name\b|\bname\(|\bcalled\(|month_name|month_told|titled\(|\bwho\})")
    found = [
        f"{path.relative_to(PACKAGE)}: {line.strip()[:90]}"
        for path in PACKAGE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if alone.search(line) and path.name != "words.py"
    ]
    assert found == []
