"""Each message about a malformed grid file, whole: where, what is wrong, what to do.

`NN_name.yaml` is the file somebody wrote, `NN_name.txt` what we answer. After a deliberate change, rewrite the answers
with `KPA_RECRIRE=1 pytest tests/messages/test_grid_messages.py`, then read them all aloud.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kpa_model.assessment.grid_file import WrongGrid, load
from tests.messages import golden

FOLDER = Path(__file__).parent / "grilles"
FILES = sorted(FOLDER.glob("*.yaml"))


def answer(path: Path) -> WrongGrid:
    with pytest.raises(WrongGrid) as caught:
        load(path)
    return caught.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_malformed_grid_is_answered_in_three_parts(path: Path) -> None:
    golden.check(answer(path), path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_message_is_french_and_never_technical(path: Path) -> None:
    text = str(answer(path)).replace(path.name, "")
    assert not re.search(r"\b(None|nan|Error|found|expected|mapping|key|line|dict)\b", text, re.I)


def test_there_are_at_least_fifteen() -> None:
    assert len(FILES) >= 15
    assert {path.stem for path in FILES} == {path.stem for path in FOLDER.glob("*.txt")}


def test_all_the_problems_come_at_once() -> None:
    assert len(answer(FOLDER / "18_tout_a_la_fois.yaml").problems) == 7


def test_a_missing_file_is_answered_too(tmp_path: Path) -> None:
    assert "impossible de l'ouvrir" in str(answer(tmp_path / "absente.yaml"))


def test_accents_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    path = tmp_path / "ancienne.yaml"
    path.write_bytes("titre: Éplucher".encode("latin-1"))
    assert "les accents sont illisibles" in str(answer(path))
