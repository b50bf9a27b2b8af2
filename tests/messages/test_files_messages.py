"""Each malformed file gives its message, whole: what the person sees is what is compared.

A folder of `fichiers` holds a workbook or a zip, or the few files that differ from `carnet_sain` (none of it with a
file named SEUL). `KPA_GOLDEN=1` writes the messages again: read them aloud before keeping them.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from kpa_model.errors import UnreadableFile
from kpa_model.files.book.book_reader import read_book

HERE = Path(__file__).parent
CASES = sorted(path for path in (HERE / "fichiers").iterdir() if path.is_dir())


def laid_out(case: Path, where: Path) -> Path:
    """Return the path that the person would give to the reader."""
    given = [path for path in case.iterdir() if path.name not in {"message.txt", "SEUL"}]
    if single := [path for path in given if path.stem == "carnet"]:
        return single[0]
    folder = where / "carnet"
    if (case / "SEUL").exists():
        folder.mkdir()
    else:
        shutil.copytree(HERE / "carnet_sain", folder)
    for path in given:
        shutil.copy(path, folder)
    return folder


def seen(path: Path) -> str:
    """Return what the person sees: every problem, or what the reader tells of a book it accepted."""
    try:
        notes = read_book(path).notes
    except UnreadableFile as error:
        return f"{error}\n"
    return "\n\n".join(["Le carnet est lu.", *notes]) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_whole_message_is_the_golden_one(case: Path, tmp_path: Path) -> None:
    golden = case / "message.txt"
    message = seen(laid_out(case, tmp_path))
    if os.environ.get("KPA_GOLDEN"):
        golden.write_text(message, "utf-8", newline="\n")
    assert message == golden.read_text("utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_message_is_plain_french(case: Path, tmp_path: Path) -> None:
    message = seen(laid_out(case, tmp_path))
    assert "Traceback" not in message
    assert "None" not in message
    assert str(tmp_path) not in message
    for paragraph in message.strip().split("\n\n"):
        assert paragraph[-1] in ".?»", paragraph
        for sentence in re.split(r"(?<=[.?!]) ", paragraph.replace("\n", " ")):
            assert len(sentence.split()) <= 32, sentence


def test_there_are_more_than_thirty_refused_books() -> None:
    assert sum("lu_" not in case.name for case in CASES) >= 30


def test_the_healthy_book_has_nothing_to_say() -> None:
    assert read_book(HERE / "carnet_sain").notes == ()
