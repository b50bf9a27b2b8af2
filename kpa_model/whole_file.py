"""Writing a file whole or not at all: a crash in the middle leaves the version before."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EROFS
from pathlib import Path

from kpa_model import places
from kpa_model.errors import KpaError, Problem

DRAFT = ".brouillon"
"""How the name of an unfinished file ends."""


class CannotWrite(KpaError):
    """The disk refused; what was there before is still there."""


def write_whole(path: Path, content: bytes | str, *, private: bool = True) -> None:
    """Replace a file at once; a private one is for this account alone.

    1. Write everything beside it, under a name of its own, and wait for the disk to have it.
    2. Read it back: a disk that lies is found now.
    3. Put it in place in one move, and wait for the folder to know it.

    Raises:
        CannotWrite: disk full, folder closed to writing, or what is read back is not what was written.
    """
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}{DRAFT}")
    if isinstance(content, str):
        content = content.encode()
    try:
        path.parent.mkdir(mode=0o700 if private else 0o777, parents=True, exist_ok=True)
        with open(draft, "xb", opener=_private if private else None) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if draft.read_bytes() != content:
            raise OSError("the disk gave back something else")
        os.replace(draft, path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        denied = isinstance(error, PermissionError | NotADirectoryError) or error.errno == EROFS
        if denied and (problem := places.no_right(path)):
            raise CannotWrite(problem) from None
        what = f"le disque n'a pas accepté l'écriture ({error.strerror or error})."
        todo = "La version d'avant est intacte. Faites de la place, puis recommencez."
        raise CannotWrite(Problem("Enregistrement", what, todo)) from None
    _settle(path.parent)


def write_new(path: Path, content: bytes | str) -> None:
    """Write a file that is not there yet, and wait for the disk to have it. Raises FileExistsError, OSError."""
    with path.open("xb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock, an empty file that stays: while one reads then writes, other pages and programs wait."""
    with open(path, "ab", opener=_private) as held:
        if os.name == "posix":
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX)
            yield
        else:
            import msvcrt

            held.seek(0)
            msvcrt.locking(held.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
            try:
                yield
            finally:
                held.seek(0)
                msvcrt.locking(held.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined]


def _private(path: str, flags: int) -> int:
    """Open a file that this account alone may read."""
    return os.open(path, flags, 0o600)


def _settle(folder: Path) -> None:
    """Wait for the folder itself, where the system knows how."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def forget_drafts(path: Path) -> int:
    """Remove what a crash left beside a file; return how many."""
    left = list(path.parent.glob(f"{path.name}.*{DRAFT}"))
    for each in left:
        each.unlink(missing_ok=True)
    return len(left)


def destroy(path: Path) -> None:
    """Overwrite a file with noise, then remove it, and its drafts. A modern disk may keep old blocks for a while."""
    if path.exists():
        with path.open("r+b") as file:
            size = path.stat().st_size
            file.write(secrets.token_bytes(size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    forget_drafts(path)
