"""Each message about a malformed script file, whole: where, what is wrong, what to do.

As for rules: `KPA_RECRIRE=1 pytest tests/messages/test_script_messages.py` rewrites the answers; read them all aloud.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kpa_model.server import catalogue
from kpa_model.workshop.script_file import WrongScript, load
from tests.messages import golden

catalogue.load()

FOLDER = Path(__file__).parent / "deroules"
FILES = sorted(FOLDER.glob("*.yaml"))


def answer(path: Path) -> WrongScript:
    with pytest.raises(WrongScript) as caught:
        load(path)
    return caught.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_malformed_script_is_answered_in_three_parts(path: Path) -> None:
    error = answer(path)
    said = re.sub(r"((?:Activités|Réglages) connu(?:e?)s :) .*", r"\1 …", f"{error}\n")  # these lists grow
    golden.check(error, path, said)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_message_is_french_and_never_technical(path: Path) -> None:
    text = str(answer(path)).replace(path.name, "")
    assert not re.search(r"\b(None|nan|Error|found|expected|mapping|CommentedMap|line)\b", text, re.I)
    assert len(text) < 2000


def test_there_are_at_least_twenty() -> None:
    assert len(FILES) >= 20
    assert {path.stem for path in FILES} == {path.stem for path in FOLDER.glob("*.txt")}


def test_a_missing_file_is_answered_too(tmp_path: Path) -> None:
    assert "impossible de l'ouvrir" in str(answer(tmp_path / "absent.yaml"))


def test_the_list_of_activities_is_read_once() -> None:
    text = "titre: A\netapes:\n- titre: B\n  minutes: 1\n  activite: x\n- titre: C\n  minutes: 1\n  activite: y\n"
    path = FOLDER / "01_activite_mal_ecrite.yaml"
    from kpa_model.workshop.script_file import loads

    with pytest.raises(WrongScript) as caught:
        loads(text, path.name)
    assert str(caught.value).count("Activités connues") == 1
