"""A workshop is served once; the address it shows follows the network."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpa_model.server import app, run
from kpa_model.server.workshop import NoWorkshop
from tests.live_server import Served


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))


def test_a_second_opening_says_where_the_first_one_is() -> None:
    with run.alone("2027-01-15-abc"):
        with pytest.raises(NoWorkshop, match="il est déjà ouvert"), run.alone("2027-01-15-abc"):
            pass
        with run.alone("2027-01-15-autre"):
            pass
    with run.alone("2027-01-15-abc"):
        pass


def test_the_place_of_the_first_one_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = run.Opened("2027-01-15-abc", "Essai", "123456", "http://10.0.0.2:8765/", "http://127.0.0.1:8765/a", 1, 8765)
    monkeypatch.setattr(run, "opened_now", lambda: found)
    with run.alone("2027-01-15-abc"), pytest.raises(NoWorkshop) as refused, run.alone("2027-01-15-abc"):
        pass
    assert "http://127.0.0.1:8765/a" in str(refused.value)


def test_the_address_is_looked_at_again_while_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served = Served(str(tmp_path / "a.sqlite"))
    try:
        monkeypatch.setattr(app, "addresses", lambda: iter(["192.168.7.7"]))
        before = served.workshop.news
        assert app.check_address(served.application, served.port)
        assert not app.check_address(served.application, served.port)
        assert served.workshop.news == before + 1  # the pages of the room hear of it
        animator = served.facilitator()
        assert f"192.168.7.7:{served.port}" in animator.text
    finally:
        served.stop()
