"""What waits here for a booklet that is closed: each is a file that this booklet alone can read."""

from __future__ import annotations

import secrets
from pathlib import Path

from kpa_model.files.closed.booklets import folder
from kpa_model.whole_file import destroy, write_whole

REPLY, ANSWERS = ".retour", ".reponses"
"""What somebody wrote back on an extract; what was answered on a phone."""


def leave(kind: str, data: bytes) -> None:
    """Keep here what is closed for somebody, until she opens her booklet. Raises CannotWrite."""
    write_whole(folder() / f"{secrets.token_hex(8)}{kind}", data)


def waiting(kind: str) -> dict[str, bytes]:
    """Return what waits here: name of the file → closed content."""
    return {path.name: path.read_bytes() for path in sorted(folder().glob(f"*{kind}"))}


def forget(name: str) -> None:
    """Remove what waited, once its owner kept it or not."""
    destroy(folder() / Path(name).name)
