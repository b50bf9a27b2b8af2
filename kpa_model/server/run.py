"""Open a live workshop and keep it open: `kpa atelier` and the workbook both come here."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace

from kpa_model.errors import Problem
from kpa_model.files import journal
from kpa_model.files.log.events import EventLog
from kpa_model.files.log.opened import LOCALHOST, Opened, last_noted, note, opened_now
from kpa_model.server import app
from kpa_model.server.workshop import LiveWorkshop, NoWorkshop

LOOK_AGAIN = 15.0
"""Seconds between two looks at the address of this machine."""


@dataclass(frozen=True)
class Door:
    """How a workshop is reached.

    Args:
        port: the one asked, else the same as before or the first free one.
        address: what guests type, when it is not to be found.
        from_afar: whether the facilitator's key may come from another machine.
        proxy: the public address of a proxy of this machine, `https://atelier.example.org/`; nobody else is answered.
    """

    port: int | None = None
    address: str = ""
    from_afar: bool = False
    proxy: str = ""


def run(
    log: EventLog, workshop: str, door: Door = Door(), say: Callable[[Opened], None] = lambda _: None
) -> None:  # fmt: skip
    """Serve a workshop until Ctrl+C or a polite end. Raises NoWorkshop, CannotKeep."""
    with alone(workshop):
        asyncio.run(_run(log, workshop, door, say))


async def _run(log: EventLog, workshop: str, door: Door, say: Callable[[Opened], None]) -> None:
    live = LiveWorkshop(log, workshop)
    host = LOCALHOST if door.proxy else ""
    sockets = _same_port(workshop, host) if door.port is None else app.open_port(door.port, host)
    number = sockets[0].getsockname()[1]
    shown = door.address or next(app.addresses(), LOCALHOST)
    address = f"{door.proxy.rstrip('/')}/" if door.proxy else f"http://{shown}:{number}/"
    application = app.make_application(live, address, door.from_afar, bool(door.proxy))
    server = app.serve_on(application, sockets)
    near = address if door.from_afar or door.proxy else f"http://{LOCALHOST}:{number}/"
    place = f"{near}animation/entrer?jeton={application.settings['key']}"
    opened = Opened(live.id, live.script.title, live.code, address, place, os.getpid(), number)
    ended = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):
            asyncio.get_running_loop().add_signal_handler(each, ended.set)
    with _noted(opened):
        journal.keep("tornado")
        say(opened)
        with contextlib.suppress(asyncio.CancelledError):
            while not await _ends_within(ended, LOOK_AGAIN):
                if not (door.address or door.proxy) and app.check_address(application, number):
                    _write_note(replace(opened, address=application.settings["address"]))
        await app.close(application, server)


async def _ends_within(ended: asyncio.Event, seconds: float) -> bool:
    with contextlib.suppress(asyncio.TimeoutError):
        await asyncio.wait_for(ended.wait(), seconds)
    return ended.is_set()


@contextlib.contextmanager
def alone(workshop: str) -> Iterator[None]:
    """Serve a workshop from one program of this machine only. Raises NoWorkshop, which says where the other one is."""
    path = note().with_name(f"{workshop}.ouvert")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        try:
            _lock(file.fileno())
        except OSError:
            found = opened_now()
            where = found.facilitator if found and found.workshop == workshop else "dans une autre fenêtre"
            todo = f"Retrouvez-le ici : {where}" if found else "Retrouvez-le dans une autre fenêtre, ou fermez-la."
            raise NoWorkshop(Problem(f"Atelier {workshop}", "il est déjà ouvert.", todo)) from None
        yield
    with contextlib.suppress(OSError):
        path.unlink()


def _lock(file: int) -> None:
    """Hold a file until it is closed, even by a crash. Raises OSError when somebody holds it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _same_port(workshop: str, host: str) -> list[socket.socket]:
    """Return the port this workshop had before, so that phones find their page again; else a free one."""
    before = last_noted()
    if before is not None and before.workshop == workshop:
        with contextlib.suppress(NoWorkshop):
            return app.open_port(before.answers_at, host)
    return app.open_port(None, host)


def _write_note(opened: Opened) -> None:
    path = note()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(opened), file)


@contextlib.contextmanager
def _noted(opened: Opened) -> Iterator[None]:
    """Say which workshop is open, in a file of this person only, for as long as it is; then which one was before it."""
    path, before = note(), opened_now()
    _write_note(opened)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            if json.loads(path.read_text(encoding="utf-8")).get("process") == os.getpid():
                path.unlink()
                if before and before.answers():
                    _write_note(before)
