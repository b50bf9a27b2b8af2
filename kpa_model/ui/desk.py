"""The person's own folder of notebooks, which JupyterLab shows; the pages are beside it, to read only."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado.web import HTTPError, authenticated
from traitlets import Instance, Unicode, default

from kpa_model import places
from kpa_model.whole_file import write_whole

NEW = "Carnet"
FIRST_CELL = 'import kpa_model as kpa\n\nbook = kpa.read("tilleuls")\nbook'
_LIVE = "application/vnd.jupyter.widget-view+json"
_LINK = re.compile(r"\]\((\w+\.ipynb)\)")
INTRODUCED = (
    "Ceci est votre copie de la page « {title} ». Elle est à vous : vos changements n'abîment pas le cahier.\n\n"
    "[Revenir à la page]({address})"
)


STUDIES = "comprendre"
"""Folder, beside the pages, of the notebooks to learn from."""
_STUDIED = "Ceci est votre copie du carnet « {title} ». Elle est à vous : vos changements n'abîment pas le cahier."
_CHECKED = "# NBVAL_CHECK_OUTPUT\n"


class OwnNotebooks(AsyncLargeFileManager):  # type: ignore[misc]
    """Jupyter's files: the person's own folder, where she writes, and the pages under their own name, which stay."""

    pages = Unicode("", config=True, help="Folder of the pages, on this machine.")
    shelf = Instance(AsyncLargeFileManager)

    @default("shelf")
    def _default_shelf(self) -> AsyncLargeFileManager:
        return AsyncLargeFileManager(parent=self, root_dir=str(Path(self.pages).parent))

    def _is_page(self, path: str) -> bool:
        parts = path.strip("/").split("/")
        return bool(self.pages) and parts[0] == Path(self.pages).name and ".." not in parts

    async def get(self, path: str, *more: Any, **named: Any) -> Any:
        """Read a file: one of the person's own, or a page."""
        if not self._is_page(path):
            model = await super().get(path, *more, **named)
            if model["type"] == "notebook" and model["content"] and not await self._lives(path):
                _show_as_saved(model["content"])
            return model
        return await self.shelf.get(path, *more, **named) | {"writable": False}

    async def _lives(self, path: str) -> bool:
        """Tell whether a kernel runs for this notebook."""
        sessions = getattr(self.parent, "session_manager", None)
        running = await sessions.list_sessions() if sessions else ()
        return path.strip("/") in [each["path"] for each in running]

    async def file_exists(self, path: str) -> bool:
        """Tell whether a file is there."""
        return bool(await (self.shelf.file_exists(path) if self._is_page(path) else super().file_exists(path)))

    async def dir_exists(self, path: str) -> bool:
        """Tell whether a folder is there."""
        return bool(await (self.shelf.dir_exists(path) if self._is_page(path) else super().dir_exists(path)))

    async def is_hidden(self, path: str) -> bool:
        """Tell whether a file or folder is hidden."""
        return bool(await (self.shelf.is_hidden(path) if self._is_page(path) else super().is_hidden(path)))

    def _stays(self, path: str) -> None:
        if self._is_page(path):
            raise HTTPError(403, "Une page du cahier ne change pas. Enregistrez une copie dans votre dossier.")

    async def save(self, model: Any, path: str = "") -> Any:
        """Write a file of the person's own."""
        self._stays(path)
        return await super().save(model, path)

    async def delete_file(self, path: str) -> None:
        """Remove a file of the person's own."""
        self._stays(path)
        await super().delete_file(path)

    async def rename_file(self, old_path: str, new_path: str) -> None:
        """Give another name to a file of the person's own."""
        self._stays(old_path)
        self._stays(new_path)
        await super().rename_file(old_path, new_path)

    async def create_checkpoint(self, path: str) -> Any:
        """Keep a state of a file of the person's own."""
        self._stays(path)
        return await super().create_checkpoint(path)

    async def restore_checkpoint(self, checkpoint_id: str, path: str) -> Any:
        """Come back to a state of a file of the person's own."""
        self._stays(path)
        return await super().restore_checkpoint(checkpoint_id, path)


def _show_as_saved(notebook: Any) -> None:
    """Keep, of a screen whose kernel is gone, what was saved beside it: alone, it would show an error."""
    if "widgets" in notebook["metadata"]:
        return
    for cell in notebook["cells"]:
        outputs = cell.get("outputs", [])
        gone = [each for each in outputs if each.get("data", {}).pop(_LIVE, None) and "text/html" not in each["data"]]
        for each in gone:
            outputs.remove(each)


def copied(page: Path, address: str) -> Path:
    """Return the person's own copy of a page, made the first time; what she changed in it stays."""
    target = places.own_notebooks() / page.name
    if not target.exists():
        notebook = json.loads(page.read_text("utf-8"))
        title = notebook["metadata"].get("menu", page.stem)
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":  # its links lead to the pages, which are not in this folder
                cell["source"] = _LINK.sub(rf"]({address.rpartition('/')[0]}/\1)", "".join(cell["source"]))
        notebook["cells"].insert(0, _cell("markdown", "retour", INTRODUCED.format(title=title, address=address)))
        _put(target, notebook)
    return target


def studies(pages: Path) -> dict[str, str]:
    """Return the notebooks to learn from: name → title."""
    return {
        path.stem: _title(json.loads(path.read_text("utf-8"))) for path in sorted((pages / STUDIES).glob("*.ipynb"))
    }


def _title(notebook: dict[str, Any]) -> str:
    return "".join(notebook["cells"][0]["source"]).partition("\n")[0].removeprefix("# ")


def studied(original: Path) -> Path:
    """Return the person's own copy of a notebook to learn from, made the first time, with what it showed."""
    target = places.own_notebooks() / original.name
    if not target.exists():
        notebook = json.loads(original.read_text("utf-8"))
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"]).removeprefix(_CHECKED)  # a word for our tests
        notebook["cells"].insert(0, _cell("markdown", "copie", _STUDIED.format(title=_title(notebook))))
        _put(target, notebook)
    return target


def started() -> Path:
    """Make a notebook of the person's own, its first cell filled; return it."""
    number = 1
    while (target := places.own_notebooks() / f"{NEW} {number}.ipynb").exists():
        number += 1
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    cells = [_cell("code", "debut", FIRST_CELL, execution_count=None, outputs=[])]
    _put(target, {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})
    return target


def _cell(kind: str, name: str, source: str, **more: Any) -> dict[str, Any]:
    return {"cell_type": kind, "id": name, "metadata": {}, "source": source, **more}


def _put(target: Path, notebook: dict[str, Any]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, json.dumps(notebook, ensure_ascii=False, indent=1))


class CopyHandler(JupyterHandler):  # type: ignore[misc]
    """Opens the person's own copy of a page in JupyterLab."""

    def initialize(self, pages: Path) -> None:
        """Take the folder of the pages."""
        self.pages = pages

    @authenticated
    def get(self, name: str) -> None:
        """Copy the page unless it was, then go to the copy."""
        page = self.pages / f"{unquote(name)}.ipynb"
        if page.parent != self.pages or not page.is_file():
            raise HTTPError(404, "Cette page n'existe pas.")
        address = f"{self.request.protocol}://{self.request.host}{self.base_url}voila/render/"
        copy = copied(page, f"{address}{quote(self.pages.name)}/{quote(page.name)}")
        self.redirect(f"{self.base_url}lab/tree/{quote(copy.name)}")


class StudyHandler(JupyterHandler):  # type: ignore[misc]
    """Lists the notebooks to learn from, and copies one."""

    def initialize(self, pages: Path) -> None:
        """Take the folder of the pages."""
        self.pages = pages

    @authenticated
    def get(self, _: str) -> None:
        """List them."""
        self.finish({"carnets": [{"name": name, "title": title} for name, title in studies(self.pages).items()]})

    @authenticated
    def post(self, name: str) -> None:
        """Copy one unless it was, and tell its name."""
        if name not in studies(self.pages):
            raise HTTPError(404, "Ce carnet n'existe pas.")
        self.finish({"path": studied(self.pages / STUDIES / f"{name}.ipynb").name})


class NewHandler(JupyterHandler):  # type: ignore[misc]
    """Makes a notebook whose first cell is filled."""

    @authenticated
    def post(self) -> None:
        """Make it, and tell its name."""
        self.finish({"path": started().name})
