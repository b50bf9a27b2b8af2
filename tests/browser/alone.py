"""A workbook for the tests of one file: `server, serve = alone.server, alone.serve` there replaces the shared one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import RealServer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """The workbook, on a free port, writing in a temporary folder that no other file of tests sees."""
    started = RealServer(None, tmp_path_factory.mktemp("chez_soi"))
    yield started
    started.process.kill()  # as the shared ones, at the end
    started.stop()


@pytest.fixture(scope="module")
def serve(server: RealServer) -> Callable[[Path | None], RealServer]:
    """Pages open on that workbook."""
    return lambda _: server
