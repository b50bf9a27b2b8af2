"""French words around names."""

from __future__ import annotations

import pytest

from kpa_model.words import of


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Awa", "d'Awa"), ("Hélène", "d'Hélène"), ("Bruno", "de Bruno"), ("Yamina", "de Yamina"), ("Yoann", "de Yoann"),
        ("Yves", "d'Yves"), ("Yvonne", "d'Yvonne"), ("Œdipe", "d'Œdipe"), ("Y", "de Y"), ("", "de "),
    ],
)  # fmt: skip
def test_de_is_elided_before_a_vowel_that_is_heard(name: str, said: str) -> None:
    assert of(name) == said
