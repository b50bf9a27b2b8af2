"""The note that says which workshop is open on this machine."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpa_model.files.log.opened import Opened, note, opened_now
from kpa_model.server.run import _noted


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))


@pytest.fixture
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def workshop(name: str, port: int, process: int = 0) -> Opened:
    return Opened(name, name, "123456", f"http://192.0.2.2:{port}/", "", process or os.getpid(), port)


def test_the_note_is_there_as_long_as_the_workshop_and_no_longer(port: int) -> None:
    with _noted(workshop("a", port)):
        assert opened_now() == workshop("a", port)
        if os.name == "posix":
            assert note().stat().st_mode & 0o077 == 0
    assert not note().exists()


def test_a_second_workshop_that_ends_gives_the_note_back_to_the_first(port: int) -> None:
    first = workshop("a", port, process=1)
    with socket.create_server(("127.0.0.1", 0)) as other, _noted(first):
        with _noted(workshop("b", other.getsockname()[1])):
            assert opened_now() == workshop("b", other.getsockname()[1])
        assert opened_now() == first


def test_a_workshop_that_no_longer_answers_is_not_noted_again(port: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        first = workshop("a", gone.getsockname()[1], process=1)
        with _noted(first):
            with _noted(workshop("b", port)):
                gone.close()
            assert not note().exists()
