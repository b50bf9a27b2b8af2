"""Each message about a malformed rule file, whole: where, what is wrong, what to do.

`NN_name.yaml` is the file somebody wrote, `NN_name.txt` what we answer. After a deliberate change, rewrite the answers
with `KPA_RECRIRE=1 pytest tests/messages/test_rule_messages.py`, then read them all aloud.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from kpa_model.errors import WrongRule
from kpa_model.pay.rule_file import load
from tests.messages import golden

FOLDER = Path(__file__).parent / "regles"
FILES = sorted(FOLDER.glob("*.yaml"))


def answer(path: Path) -> WrongRule:
    with pytest.raises(WrongRule) as caught:
        load(path)
    return caught.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_malformed_rule_is_answered_in_three_parts(path: Path) -> None:
    golden.check(answer(path), path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_message_is_french_and_never_technical(path: Path) -> None:
    text = str(answer(path)).replace(path.name, "")
    assert not re.search(r"\b(None|nan|Error|found|expected|mapping|ordereddict|CommentedMap|line)\b", text, re.I)
    assert len(text) < 3000


def test_there_are_at_least_fifteen() -> None:
    assert len(FILES) >= 15
    assert {path.stem for path in FILES} == {path.stem for path in FOLDER.glob("*.txt")}


def test_a_huge_file_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    path = tmp_path / "enorme.yaml"
    path.write_text("titre: Notre règle\n" + "# encore\n" * 5_000_000, encoding="utf-8")
    start = time.process_time()
    assert "le fichier est trop long pour une règle." in str(answer(path))
    assert time.process_time() - start < 5  # a hang, not a benchmark


def test_a_missing_file_and_a_folder_are_answered_too(tmp_path: Path) -> None:
    assert "impossible de l'ouvrir" in str(answer(tmp_path / "absent.yaml"))
    assert "impossible de l'ouvrir" in str(answer(tmp_path))


def test_all_the_problems_come_at_once() -> None:
    assert len(answer(FOLDER / "27_listes_a_la_place_de_textes.yaml").problems) == 6
