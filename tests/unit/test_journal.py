"""The technical journal: one logger, one file, rotated."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpa_model.files import journal


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    logger = logging.getLogger("kpa_model")
    before = logger.handlers, logger.propagate, logger.level
    yield tmp_path
    for each in logger.handlers:
        each.close()
    logger.handlers, logger.propagate, logger.level = before


def test_every_module_writes_in_one_journal(folder: Path) -> None:
    journal.keep()
    logging.getLogger("kpa_model.server.workshop").error("un défaut")
    logging.getLogger("kpa_model.ui.serve").error("un autre")
    assert [line.split(" ", 2)[2] for line in (folder / "journal.txt").read_text(encoding="utf-8").splitlines()] == [
        "ERROR kpa_model.server.workshop un défaut",
        "ERROR kpa_model.ui.serve un autre",
    ]


def test_the_journal_is_rotated(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_LONGEST", 200)
    journal.keep()
    for _ in range(20):
        logging.getLogger("kpa_model.server").error("une ligne de défaut")
    assert sorted(each.name for each in folder.iterdir()) == ["journal.txt", "journal.txt.1"]
    assert all(each.stat().st_size <= 200 for each in folder.iterdir())


def test_a_token_is_not_written_wherever_it_stands(folder: Path) -> None:
    journal.keep()
    for line in ("http://127.0.0.1:1/?token=abc123&x=1", "Authorization: token abc123", "%3Ftoken%3Dabc123"):
        logging.getLogger("kpa_model").error(line)
    try:
        raise ValueError("referer=/x?token=abc123")
    except ValueError:
        logging.getLogger("kpa_model").exception("un défaut")
    written = (folder / "journal.txt").read_text(encoding="utf-8")
    assert "abc123" not in written
    assert "/?token=…&x=1" in written
