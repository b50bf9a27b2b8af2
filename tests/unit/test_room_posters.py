"""What the room sees of a step: its posters, big, and the page of the workbook to project."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpa_model.server import workbook
from tests.live_server import Served, Visitor

SCRIPT = """
titre: Un atelier d'essai
etapes:
- titre: Regarder
  minutes: 5
  dire: Regardons ensemble.
  carnet: 06_comparer
- cle: humeur
  titre: Le thermomètre
  minutes: 5
  carnet: page_inconnue
  affiches:
  - Nos règles | On peut <passer> son tour. | On parle des règles.
  - D'accord
  activite: thermometre
- titre: Sans rien
  minutes: 5
"""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    opened = Served(str(tmp_path / "ateliers.sqlite"), script=SCRIPT)
    yield opened.facilitator()
    opened.stop()


def goes_on(room: Visitor) -> str:
    room.act(geste="suivant")
    room.get("/animation")
    return room.text.replace("\u00a0", " ")


def note(tmp_path: Path, content: str) -> None:
    folder = tmp_path / ".jupyter" / "data" / "runtime"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "jpserver-1.json").write_text(content, encoding="utf-8")


def test_posters_are_shown_one_per_line(room: Visitor) -> None:
    assert 'class="affiche"' not in goes_on(room)
    said = goes_on(room)
    assert said.count('class="affiche"') == 2
    for line in (
        "<strong>Nos règles</strong>",
        "<p>On peut &lt;passer&gt; son tour.</p>",
        "<p>On parle des règles.</p>",
    ):
        assert line in said
    room.act(geste="montrer")
    room.get("/animation")
    assert 'class="affiche"' not in room.text  # the answers take the place
    assert 'class="affiche"' not in goes_on(room)


def test_the_page_to_project_is_named_as_in_the_menu(room: Visitor) -> None:
    said = goes_on(room)
    assert "Page du cahier à projeter : « Comparer »" in said
    assert "Ouvrez d'abord le cahier. Choisissez ensuite « Comparer » dans son menu." in said
    said = goes_on(room)
    assert "« page_inconnue »" in said
    assert "à projeter" not in goes_on(room)


def test_an_open_workbook_is_one_click_away_without_its_key(room: Visitor, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as answering:
        port = answering.getsockname()[1]
        note(tmp_path, json.dumps({"port": port, "token": "secret", "url": "http://ailleurs.example/"}))
        said = goes_on(room)
        assert f'href="http://127.0.0.1:{port}/voila/render/notebooks/06_comparer.ipynb"' in said
        assert "secret" not in said
        assert "ailleurs" not in said
    room.get("/animation")
    assert "voila" not in room.text  # closed meanwhile


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"port": "80"}', '{"port": 0}', '{"port": 99999}', '{"port": true}']
)
def test_a_damaged_note_opens_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    note(tmp_path, content)
    assert workbook.find("06_comparer.ipynb") == workbook.WorkbookPage("Comparer")


@pytest.mark.parametrize("name", ["../data/cooperative", "a/b", "06_comparer?x", ""])
def test_a_name_that_is_not_a_page_leads_nowhere(name: str) -> None:
    assert workbook.find(name).address == ""
