"""A booklet whose program is killed while it saves, again and again: what was acknowledged is there, whole."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from pathlib import Path

import pytest

from kpa_model.files.closed import booklets, sealed

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
PHRASE = "un lilas sous la pluie fine"
KILLS = 20
PATIENCE = 20.0
"""Seconds after which a child that says nothing is a failure."""


def live(name: str, told: int) -> None:
    """Save for ever, in a process of its own; say each number once it is kept."""
    opened = booklets.open_booklet(name, PHRASE)
    while True:
        at = len(opened.content["talents"]) + 1
        opened.save({**opened.content, "talents": [*opened.content["talents"], {"id": str(at), "titre": "x" * 4000}]})
        os.write(told, f"{at}\n".encode())


def heard_from(child: multiprocessing.process.BaseProcess, reads: int, least: int, rest: float) -> list[int]:
    """Hear so many numbers, leave the child a moment, kill it, and return all it said."""
    said, deadline = b"", time.monotonic() + PATIENCE
    os.set_blocking(reads, False)
    try:
        while said.count(b"\n") < least:
            assert time.monotonic() < deadline, "the child says nothing"
            said += _now(reads)
            time.sleep(0.002)
        time.sleep(rest)
    finally:
        child.kill()
        child.join(PATIENCE)
    said += _now(reads)
    return [int(each) for each in said.split()]


def _now(reads: int) -> bytes:
    try:
        return os.read(reads, 65_536)
    except BlockingIOError:
        return b""


def test_killed_at_any_moment_of_a_save_nothing_acknowledged_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    made, _ = booklets.create({"talents": []}, PHRASE, sealed.LEAST_COST)
    made.save(made.content)
    draw, fork, most = random.Random(5), multiprocessing.get_context("fork"), 0
    for _ in range(KILLS):
        reads, writes = os.pipe()
        child = fork.Process(target=live, args=(made.name, writes), daemon=True)
        child.start()
        os.close(writes)
        try:
            heard = heard_from(child, reads, draw.randint(1, 4), draw.uniform(0, 0.01))
        finally:
            os.close(reads)
        kept = booklets.open_booklet(made.name, PHRASE).content["talents"]
        assert [each["id"] for each in kept] == [str(at) for at in range(1, len(kept) + 1)]
        assert max(heard) <= len(kept) <= max(heard) + 1, "one save may be on the disk and not told yet"
        assert {each.suffix for each in booklets.folder().iterdir()} == {".livret"}
        most = len(kept)
    assert most >= KILLS
