"""What Jupyter lists and writes is the person's own folder; the pages are beside it, to read only."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from tornado.web import HTTPError

from kpa_model import places
from kpa_model.ui import desk, serve

LINKED = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["Voir ", "[l'autre](02_autre.ipynb)."]}
PAGE: dict[str, Any] = {"cells": [LINKED], "metadata": {"menu": "Une page"}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "moi"))
    folder = tmp_path / "paquet" / "notebooks"
    folder.mkdir(parents=True)
    (folder / "01_page.ipynb").write_text(json.dumps(PAGE), "utf-8")
    (folder.parent / "secret.py").write_text("x = 1", "utf-8")
    return folder


@pytest.fixture
def shown(pages: Path) -> desk.OwnNotebooks:
    config = serve.make_config(pages, 0)
    return desk.OwnNotebooks(root_dir=config.ServerApp.root_dir, config=config)


def test_what_is_listed_is_the_persons_own_folder(shown: desk.OwnNotebooks) -> None:
    (places.own_notebooks() / "a.ipynb").write_text(json.dumps(PAGE), "utf-8")
    assert [each["name"] for each in asyncio.run(shown.get(""))["content"]] == ["a.ipynb"]


def saved(**data: str) -> dict[str, Any]:
    kept = {"text/plain": "VBox(…)", desk._LIVE: {"model_id": "1"}, **data}
    output = {"output_type": "execute_result", "execution_count": 1, "data": kept, "metadata": {}}
    return {"cell_type": "code", "id": "b", "metadata": {}, "execution_count": 1, "source": "x", "outputs": [output]}


@pytest.mark.parametrize("lives", [False, True])
def test_a_notebook_opened_again_shows_what_was_saved(shown: desk.OwnNotebooks, lives: bool, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    async def runs(path: str) -> bool:
        return lives

    monkeypatch.setattr(shown, "_lives", runs)
    cells = [saved(**{"text/html": "<table></table>"}), {**saved(), "id": "c"}]
    (places.own_notebooks() / "a.ipynb").write_text(json.dumps({**PAGE, "cells": cells}), "utf-8")
    first, second = (each["outputs"] for each in asyncio.run(shown.get("a.ipynb"))["content"]["cells"])
    assert "text/html" in first[0]["data"]
    assert (desk._LIVE in first[0]["data"]) == lives
    assert len(second) == lives


def test_a_page_is_read_but_never_written(shown: desk.OwnNotebooks, pages: Path) -> None:
    before = (pages / "01_page.ipynb").read_bytes()
    model = asyncio.run(shown.get("notebooks/01_page.ipynb"))
    assert model["content"]["metadata"]["menu"] == "Une page"
    assert not model["writable"]
    for wrong in (
        shown.save(model, "notebooks/01_page.ipynb"),
        shown.save(model, "notebooks/nouvelle.ipynb"),
        shown.delete_file("notebooks/01_page.ipynb"),
        shown.rename_file("notebooks/01_page.ipynb", "a.ipynb"),
        shown.rename_file("a.ipynb", "notebooks/02.ipynb"),
        shown.create_checkpoint("notebooks/01_page.ipynb"),
        shown.restore_checkpoint("1", "notebooks/01_page.ipynb"),
    ):
        with pytest.raises(HTTPError, match="403"):
            asyncio.run(wrong)
    assert [each.name for each in pages.iterdir()] == ["01_page.ipynb"]
    assert (pages / "01_page.ipynb").read_bytes() == before


@pytest.mark.parametrize(
    "path", ["secret.py", "notebooks/../secret.py", "../paquet/secret.py", "/notebooks/../secret.py"]
)
def test_nothing_of_the_package_is_reached(path: str, shown: desk.OwnNotebooks) -> None:
    with pytest.raises(HTTPError, match="404"):
        asyncio.run(shown.get(path))


def test_a_copy_is_made_once_and_tells_the_way_back(pages: Path) -> None:
    copy = desk.copied(pages / "01_page.ipynb", "http://127.0.0.1:8888/voila/render/notebooks/01_page.ipynb")
    first = json.loads(copy.read_text("utf-8"))["cells"][0]["source"]
    assert copy.parent == places.own_notebooks()
    linked = json.loads(copy.read_text("utf-8"))["cells"][1]["source"]
    assert linked == "Voir [l'autre](http://127.0.0.1:8888/voila/render/notebooks/02_autre.ipynb)."
    assert "[Revenir à la page](http://127.0.0.1:8888/voila/render/notebooks/01_page.ipynb)" in first
    copy.write_text("à moi", "utf-8")
    assert desk.copied(pages / "01_page.ipynb", "").read_text("utf-8") == "à moi"


def test_a_notebook_to_learn_from_is_copied_with_what_it_showed(pages: Path) -> None:
    shelf = Path(__file__).parents[2] / "notebooks"
    found = desk.studies(shelf)
    assert found["40_du_tableur_a_l_image"] == "Du tableur à l'image"
    assert len(found) == 6
    copy = desk.studied(shelf / "comprendre" / "40_du_tableur_a_l_image.ipynb")
    cells = json.loads(copy.read_text("utf-8"))["cells"]
    assert "votre copie du carnet « Du tableur à l'image »" in cells[0]["source"]
    assert any("image/png" in output.get("data", {}) for cell in cells for output in cell.get("outputs", []))
    assert "NBVAL" not in copy.read_text("utf-8")
    copy.write_text("à moi", "utf-8")
    assert desk.studied(shelf / "comprendre" / "40_du_tableur_a_l_image.ipynb").read_text("utf-8") == "à moi"


def test_each_new_notebook_has_a_name_of_its_own_and_a_first_cell_that_runs(pages: Path) -> None:
    made = [desk.started(), desk.started()]
    assert [each.name for each in made] == ["Carnet 1.ipynb", "Carnet 2.ipynb"]
    scope: dict[str, Any] = {}
    exec("".join(json.loads(made[0].read_text("utf-8"))["cells"][0]["source"]), scope)
    assert "tilleuls" in repr(scope["book"]).casefold()
