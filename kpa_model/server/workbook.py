"""The page of the workbook that a step asks to project: what the menu calls it, and where it is when it is open."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from kpa_model import places
from kpa_model.files.log.opened import LOCALHOST


@dataclass(frozen=True)
class WorkbookPage:
    """A page of the workbook.

    Attributes:
        label: what the menu of the workbook calls it; the name of the file when there is no such page.
        address: where it is on this machine, empty when the workbook is closed. It holds no key: the browser that
            opened the workbook has its own.
    """

    label: str
    address: str = ""


def find(name: str) -> WorkbookPage:
    """Return a page by the name of its file, with or without `.ipynb`."""
    stem = name.removesuffix(".ipynb")
    path = places.notebooks() / f"{stem}.ipynb"
    if not re.fullmatch(r"\w+", stem) or not path.is_file():  # a script may come from anywhere
        return WorkbookPage(stem)
    base = next(_open_here(), "")
    return WorkbookPage(
        str(_read(path).get("metadata", {}).get("menu", stem)),
        f"{base}voila/render/{quote(path.parent.name)}/{stem}.ipynb" if base else "",
    )


def _open_here() -> Iterator[str]:
    """Yield the address of each workbook that answers on this machine; Jupyter notes where it listens."""
    for note in sorted((places.personal() / ".jupyter" / "data" / "runtime").glob("jpserver-*.json")):
        port = _read(note).get("port")
        if type(port) is int and 0 < port < 65_536 and _answers(port):
            yield f"http://{LOCALHOST}:{port}/"


def _read(path: Any) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _answers(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.2)
        return probe.connect_ex((LOCALHOST, port)) == 0
