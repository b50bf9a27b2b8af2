"""A whole workshop in one file, and the right to be forgotten.

The file is JSON lines: a header with the number of events and the SHA-256 of what follows, then one event a line.
Neither drafts nor sessions leave the machine.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from kpa_model.errors import KpaError, Problem
from kpa_model.files.log.events import EventLog, put_back
from kpa_model.files.log.schema import drafts, erasing, events, sessions, workshops
from kpa_model.workshop.event import SEAT, Event

FORMAT, LARGEST, MOST_EVENTS = "atelier-kpa-1", 50_000_000, 200_000
_TEXTS = ("kind", "person", "step", "round", "key", "at")


class WrongArchive(KpaError):
    """A file of workshop cannot be taken as it is."""


def export(log: EventLog, workshop: str) -> bytes:
    """Return the file of a workshop. Raises WrongArchive when there is none of that name."""
    kept = log.read(workshop)
    if not kept:
        todo = "Choisissez un atelier de la liste."
        raise WrongArchive(Problem(f"Atelier « {workshop[:40]} »", "il n'existe pas.", todo))
    body = "".join(f"{json.dumps(vars(each), sort_keys=True)}\n" for each in kept).encode()
    header = {
        "format": FORMAT,
        "atelier": workshop,
        "evenements": len(kept),
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    return json.dumps(header).encode() + b"\n" + body


def restore(log: EventLog, content: bytes, where: str = "Fichier d'atelier") -> str:
    """Put a workshop back from its file; return its id. Raises WrongArchive, and then nothing is written."""
    workshop, kept = _opened(content, where)

    def work(connection: Connection) -> str:
        if connection.scalar(select(func.count()).where(workshops.c.workshop == workshop)):
            raise WrongArchive(Problem(where, "cet atelier est déjà ici.", "Effacez-le d'abord, ou gardez celui-ci."))
        put_back(connection, workshop, kept)
        return workshop

    return log.writer.submit(work).result()


def _opened(content: bytes, where: str) -> tuple[str, list[Event]]:
    damaged = WrongArchive(Problem(where, "il est abîmé ou incomplet.", "Reprenez la copie d'origine."))
    head, _, body = content[: LARGEST + 1].partition(b"\n")
    try:
        header = json.loads(head)
        if header["format"] != FORMAT:
            raise WrongArchive(Problem(where, "ce n'est pas un atelier de ce cahier.", "Choisissez un autre fichier."))
        if len(content) > LARGEST or header["sha256"] != hashlib.sha256(body).hexdigest():
            raise damaged
        kept = [_event(json.loads(line)) for line in body.splitlines()[:MOST_EVENTS]]
        workshop = str(header["atelier"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise damaged from None
    ranks = [each.seq for each in kept]
    if ranks != list(range(1, len(kept) + 1)) or len(kept) != header["evenements"] or not 0 < len(workshop) <= 64:
        raise damaged
    return workshop, kept


def _event(data: dict[str, Any]) -> Event:
    texts = {name: data[name] for name in _TEXTS}
    if not all(isinstance(each, str) and len(each) <= 200 for each in texts.values()):
        raise ValueError("texts expected")
    if not isinstance(data["payload"], dict) or type(data["seq"]) is not int:
        raise ValueError("a mapping and a rank expected")
    return Event(**texts, payload=data["payload"], seq=data["seq"])


def forget_person(log: EventLog, workshop: str, person: str) -> int:
    """Empty every event of a person, with her drafts and her sessions; return how many events were emptied.

    The ranks stay, so the log still shows that something was there; nothing tells what, nor who.
    """

    def work(connection: Connection) -> int:
        hers = (events.c.workshop == workshop) & (events.c.person == person)
        blank = {"kind": "erased", "person": "", "step": "", "round": "", "payload": "{}", "key": None}
        _declare(connection, workshop)
        arrival = hers & (events.c.kind == "joined")  # her seat stays, empty: nobody else's rank changes
        emptied = connection.execute(update(events).where(arrival).values(**blank | {"round": SEAT})).rowcount
        emptied += connection.execute(update(events).where(hers).values(**blank)).rowcount
        connection.execute(delete(drafts).where(drafts.c.workshop == workshop, drafts.c.person == person))
        for row in connection.execute(select(sessions).where(sessions.c.workshop == workshop)).all():
            people = [each for each in json.loads(row.people) if each != person]
            mine = (sessions.c.workshop == workshop) & (sessions.c.fingerprint == row.fingerprint)
            connection.execute(update(sessions).where(mine).values(people=json.dumps(people)))
        connection.execute(delete(erasing))
        return emptied

    emptied = log.writer.submit(work).result() if person else 0
    _scrub(log)
    return emptied


def forget_workshop(log: EventLog, workshop: str) -> None:
    """Erase everything about a workshop."""

    def work(connection: Connection) -> None:
        _declare(connection, workshop)
        for table in (events, drafts, sessions, workshops):
            connection.execute(delete(table).where(table.c.workshop == workshop))
        connection.execute(delete(erasing))

    log.writer.submit(work).result()
    _scrub(log)


def _declare(connection: Connection, workshop: str) -> None:
    connection.execute(insert(erasing).values(workshop=workshop))


def _scrub(log: EventLog) -> None:
    """Empty SQLite's journal of writes too: erased words would stay in it until it is used again."""
    if log.engine.dialect.name == "sqlite":
        raw = log.engine.raw_connection()  # outside any transaction, which a checkpoint asks for
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            raw.close()
