"""Open a live workshop and keep it open: `kpa atelier` and the workbook both come here."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from kpa_model import places
from kpa_model.files import journal
from kpa_model.files.log.events import EventLog
from kpa_model.server import app
from kpa_model.server.workshop import LiveWorkshop, NoWorkshop

LOCALHOST = "127.0.0.1"


@dataclass(frozen=True)
class Opened:
    """A workshop that answers: where guests go, where the facilitator goes, and which process serves it."""

    workshop: str
    title: str
    code: str
    address: str
    facilitator: str
    process: int


def note() -> Path:
    """Return the file that says which workshop is open on this machine; only its owner reads it."""
    return places.personal() / "ateliers" / "ouvert.json"


def opened_now() -> Opened | None:
    """Return the workshop that answers on this machine, None when there is none."""
    found = _read_note()
    if found is None:
        return None
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return found if probe.connect_ex((LOCALHOST, _port(found))) == 0 else None


def _read_note() -> Opened | None:
    try:
        found = Opened(**json.loads(note().read_text(encoding="utf-8")))
        return found if _port(found) else None
    except (OSError, ValueError, TypeError, IndexError, AttributeError):
        return None


def _port(opened: Opened) -> int:
    return int(opened.address.split("/")[2].rpartition(":")[2])


def run(
    log: EventLog, workshop: str, port: int | None = None, address: str = "", from_afar: bool = False,
    say: Callable[[Opened], None] = lambda _: None,
) -> None:  # fmt: skip
    """Serve a workshop until Ctrl+C or a polite end. Raises NoWorkshop, CannotKeep."""
    asyncio.run(_run(log, workshop, port, address, from_afar, say))


async def _run(
    log: EventLog, workshop: str, port: int | None, address: str, from_afar: bool, say: Callable[[Opened], None]
) -> None:
    live = LiveWorkshop(log, workshop)
    sockets = _same_port(workshop) if port is None else app.open_port(port)
    number = sockets[0].getsockname()[1]
    shown = address or next(app.addresses(), LOCALHOST)
    application = app.make_application(live, f"http://{shown}:{number}/", from_afar)
    server = app.serve_on(application, sockets)
    key = application.settings["key"]
    place = f"http://{shown if from_afar else LOCALHOST}:{number}/animation/entrer?jeton={key}"
    opened = Opened(live.id, live.script.title, live.code, f"http://{shown}:{number}/", place, os.getpid())
    ended = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):
            asyncio.get_running_loop().add_signal_handler(each, ended.set)
    with _noted(opened):
        journal.keep("tornado")
        say(opened)
        with contextlib.suppress(asyncio.CancelledError):
            await ended.wait()
        await app.close(application, server)


def _same_port(workshop: str) -> list[socket.socket]:
    """Return the port this workshop had before, so that phones find their page again; else a free one."""
    before = _read_note()
    if before is not None and before.workshop == workshop:
        with contextlib.suppress(NoWorkshop):
            return app.open_port(_port(before))
    return app.open_port(None)


@contextlib.contextmanager
def _noted(opened: Opened) -> Iterator[None]:
    """Say which workshop is open, in a file of this person only, for as long as it is."""
    path = note()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(opened), file)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            if json.loads(path.read_text(encoding="utf-8")).get("process") == os.getpid():
                path.unlink()
