"""The log of live workshops: what happened, in order, kept before anybody is told that it is kept.

SQLite by default, one file under the personal folder; PostgreSQL by URL for a hosted network. Beside the log stand two
small tables that may change: drafts (what a person is typing, seen by nobody else) and sessions (which phone is whose;
only the fingerprint of its secret is kept).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from kpa_model import places
from kpa_model.errors import Problem
from kpa_model.files.log.schema import READS, CannotKeep, drafts, events, open_engine, sessions, told, workshops
from kpa_model.files.log.writer import Work, Writer
from kpa_model.workshop.event import Event

LONGEST_PAYLOAD = 200_000


@dataclass(frozen=True)
class Session:
    """Whose page this is: `role` is `guest`, `tablet` or `facilitator`; `people` are those it may act as."""

    role: str
    people: tuple[str, ...] = ()


def default_base() -> Path:
    """Return the file of the workshops of this machine."""
    return places.personal() / "ateliers" / "ateliers.sqlite"


class EventLog:
    """The log of every workshop of one database. Close it, or use it in a `with`."""

    def __init__(self, base: str | Path | None = None) -> None:
        base = base or default_base()
        if base == default_base():
            default_base().parent.mkdir(parents=True, exist_ok=True)
        self.engine = open_engine(base)
        self.writer = Writer(self.engine)

    def __enter__(self) -> EventLog:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Finish what is being written, and let the database go."""
        self.writer.close()
        self.engine.dispose()

    # --- writing ------------------------------------------------------------------------------------------------------

    def send(self, workshop: str, event: Event, also: Work | None = None) -> Future[Event]:
        """Return what will give the event as written, once it is on the disk.

        An event whose key is already there is not written again: the first one comes back. `also` is done in the same
        transaction, or not at all. The future raises CannotKeep.
        """

        def work(connection: Connection) -> Event:
            written = _append(connection, workshop, event)
            if also is not None:
                also(connection)
            return written

        return self.writer.submit(work)

    def append(self, workshop: str, event: Event, also: Work | None = None) -> Event:
        """Write an event and wait for the disk. Raises CannotKeep."""
        return self.send(workshop, event, also).result()

    def keep_draft(self, workshop: str, person: str, at: tuple[str, str], typed: Mapping[str, str]) -> Future[Any]:
        """Keep what a person typed so far in a round `(step, round)`; the one before is forgotten."""
        where = {"workshop": workshop, "person": person, "step": at[0], "round": at[1]}

        def work(connection: Connection) -> None:
            _forget_draft(connection, where)
            connection.execute(insert(drafts).values(payload=_json(typed), **where))

        return self.writer.submit(work)

    # --- reading ------------------------------------------------------------------------------------------------------

    def read(self, workshop: str, after: int = 0) -> list[Event]:
        """Return the events of a workshop that follow a rank, in order. Raises CannotKeep."""
        asked = select(events).where(events.c.workshop == workshop, events.c.seq > after).order_by(events.c.seq)
        return [_event(row) for row in self._rows(asked)]

    def workshops(self) -> list[tuple[str, Event]]:
        """Return (id, opening) of each workshop, the latest first."""
        asked = (
            select(events)
            .where(events.c.seq == 1, events.c.kind == "opened")
            .order_by(events.c.at.desc(), events.c.workshop)
        )
        return [(row.workshop, _event(row)) for row in self._rows(asked)]

    def draft(self, workshop: str, person: str, at: tuple[str, str]) -> dict[str, str]:
        """Return what a person typed so far, or nothing."""
        step, round_ = at
        asked = select(drafts.c.payload).where(
            drafts.c.workshop == workshop, drafts.c.person == person, drafts.c.step == step, drafts.c.round == round_
        )
        found = self._rows(asked)
        return json.loads(found[0].payload) if found else {}

    def sessions(self, workshop: str) -> dict[str, Session]:
        """Return fingerprint → session."""
        found = self._rows(select(sessions).where(sessions.c.workshop == workshop))
        return {row.fingerprint: Session(row.role, tuple(json.loads(row.people))) for row in found}

    def _rows(self, asked: Any) -> Sequence[Row]:
        try:
            with self.engine.connect().execution_options(**READS) as connection:
                return connection.execute(asked).all()
        except DBAPIError as error:
            raise told(error) from error


def keeps_session(workshop: str, fingerprint: str, session: Session) -> Work:
    """Return the work that writes a session, in place of the one before."""

    def work(connection: Connection) -> None:
        connection.execute(
            delete(sessions).where(sessions.c.workshop == workshop, sessions.c.fingerprint == fingerprint)
        )
        people = json.dumps(session.people)
        made = insert(sessions).values(workshop=workshop, fingerprint=fingerprint, role=session.role, people=people)
        connection.execute(made)

    return work


def forgets_draft(workshop: str, person: str, at: tuple[str, str]) -> Work:
    """Return the work that removes a draft: its answer is kept."""
    return lambda connection: _forget_draft(
        connection, {"workshop": workshop, "person": person, "step": at[0], "round": at[1]}
    )


def _forget_draft(connection: Connection, where: Mapping[str, str]) -> None:
    connection.execute(delete(drafts).where(*(drafts.c[name] == value for name, value in where.items())))


def _append(connection: Connection, workshop: str, event: Event) -> Event:
    """Write at the end of the log; whoever writes in the same workshop waits for this transaction."""
    payload = _json(event.payload)
    if len(payload) > LONGEST_PAYLOAD:
        raise CannotKeep(Problem("Journal de l'atelier", "ce texte est trop long.", "Raccourcissez-le."))
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    hold = select(workshops).where(workshops.c.workshop == workshop).with_for_update()
    if connection.execute(hold).first() is None:
        made = "INSERT INTO workshops (workshop, opened_at) VALUES (:workshop, :now) ON CONFLICT DO NOTHING"
        connection.execute(text(made), {"workshop": workshop, "now": now})
        connection.execute(hold)
    if event.key:
        asked = select(events).where(events.c.workshop == workshop, events.c.key == event.key)
        if found := connection.execute(asked).first():
            return _event(found)
    last = connection.scalar(select(func.max(events.c.seq)).where(events.c.workshop == workshop)) or 0
    written = replace(event, seq=last + 1, at=event.at or now)
    connection.execute(insert(events).values(_row(workshop, written, payload)))
    return written


def put_back(connection: Connection, workshop: str, kept: Iterable[Event]) -> None:
    """Write events as they are, ranks and instants included, in a workshop that does not exist yet."""
    rows = [_row(workshop, each, _json(each.payload)) for each in kept]
    connection.execute(insert(workshops).values(workshop=workshop, opened_at=rows[0]["at"]))
    connection.execute(insert(events), rows)


def _row(workshop: str, event: Event, payload: str) -> dict[str, Any]:
    named = {name: getattr(event, name) for name in ("seq", "at", "kind", "person", "step", "round")}
    return {"workshop": workshop, **named, "payload": payload, "key": event.key or None}


def _event(row: Row) -> Event:
    return Event(
        row.kind, row.person, row.step, row.round, json.loads(row.payload), row.key or "", row.seq, row.at
    )  # fmt: skip


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"))
