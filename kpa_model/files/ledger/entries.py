"""Reading and writing the ledger: whole transactions, a chain of fingerprints, one winner when two write at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from kpa_model.errors import KpaError, Problem
from kpa_model.files.database import READS, CannotKeep
from kpa_model.files.ledger.schema import entries, open_engine, people, told

FIRST = "0" * 64
"""What the first entry is chained to."""


class Overtaken(KpaError):
    """Somebody else wrote meanwhile: read again, then decide again."""


class BrokenChain(CannotKeep):
    """An entry is not what was written."""


@dataclass(frozen=True)
class NewEntry:
    """An entry to write: its kind, what may happen once only (or nothing), and its content."""

    kind: str
    key: str
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class LedgerEntry(NewEntry):
    """An entry as written: its rank, its instant, and its place in the chain."""

    seq: int = 0
    at: str = ""
    previous: str = FIRST

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the entry and of the one before, in hexadecimal."""
        content = [self.previous, self.seq, self.at, self.kind, self.key, _json(self.payload)]
        return hashlib.sha256(_json(content).encode()).hexdigest()


@dataclass(frozen=True)
class KeptLedger:
    """A whole ledger: its entries, and code → name (empty once erased)."""

    entries: tuple[LedgerEntry, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """Fingerprint of the whole: that of the last entry."""
        return self.entries[-1].fingerprint if self.entries else FIRST


class LedgerBase:
    """The ledgers of one database, one for each cooperative. Close it, or use it in a `with`."""

    def __init__(self, base: str | Path | None = None) -> None:
        self.engine = open_engine(base)

    def __enter__(self) -> LedgerBase:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()

    def read(self, ledger: str) -> KeptLedger:
        """Return a ledger whose chain was verified. Raises CannotKeep, BrokenChain."""
        try:
            with self.engine.connect().execution_options(**READS) as connection:
                rows = connection.execute(select(entries).where(entries.c.ledger == ledger).order_by(entries.c.seq))
                kept = [_entry(row) for row in rows]
                asked = select(people.c.code, people.c.name).where(people.c.ledger == ledger)
                names = {row.code: row.name for row in connection.execute(asked)}
        except DBAPIError as error:
            raise told(error) from error
        verified(kept)
        return KeptLedger(tuple(kept), names)

    def mark(self, ledger: str) -> tuple[str, dict[str, str]]:
        """Return the fingerprint of the last entry, and the names: what tells one reading from the next."""
        last = select(entries.c.fingerprint).where(entries.c.ledger == ledger).order_by(entries.c.seq.desc()).limit(1)
        asked = select(people.c.code, people.c.name).where(people.c.ledger == ledger)
        try:
            with self.engine.connect().execution_options(**READS) as connection:
                names = {row.code: row.name for row in connection.execute(asked)}
                return connection.scalar(last) or FIRST, names
        except DBAPIError as error:
            raise told(error) from error

    def ledgers(self) -> tuple[str, ...]:
        """Return the names of all ledgers."""
        with self.engine.connect().execution_options(**READS) as connection:
            return tuple(connection.scalars(select(entries.c.ledger).distinct().order_by(entries.c.ledger)))

    def append(
        self, ledger: str, after: KeptLedger, new: Sequence[NewEntry], names: Mapping[str, str] | None = None
    ) -> KeptLedger:
        """Write entries after those that were read, all or none, and wait for the disk.

        Raises:
            Overtaken: the ledger is longer than what was read, or one of the keys is already there.
            CannotKeep: the database refuses.
        """
        made = chained(after, new)
        try:
            with self.engine.begin() as connection:
                last = select(entries.c.fingerprint).where(entries.c.ledger == ledger).order_by(entries.c.seq.desc())
                if (connection.scalar(last.limit(1)) or FIRST) != after.mark:
                    raise _overtaken()
                if made:
                    connection.execute(insert(entries), [_row(ledger, each) for each in made])
                known = {**after.names, **(names or {})}
                _name(connection, ledger, {code: name for code, name in known.items() if code not in after.names})
        except IntegrityError as error:
            raise _overtaken() from error
        except DBAPIError as error:
            raise told(error) from error
        return KeptLedger((*after.entries, *made), known)

    def rename(self, ledger: str, code: str, name: str) -> None:
        """Give a person another name, or none: her entries stay, under her code."""
        try:
            with self.engine.begin() as connection:
                hers = (people.c.ledger == ledger) & (people.c.code == code)
                connection.execute(update(people).where(hers).values(name=name))
            self._scrub()
        except DBAPIError as error:
            raise told(error) from error

    def put(self, ledger: str, kept: KeptLedger) -> None:
        """Write a whole ledger that is not here yet. Raises CannotKeep."""
        where = f"Registre « {ledger} »"
        try:
            with self.engine.begin() as connection:
                if connection.scalar(select(entries.c.seq).where(entries.c.ledger == ledger).limit(1)):
                    raise CannotKeep(Problem(where, "il est déjà ici.", "Gardez celui-ci, ou changez de dossier."))
                connection.execute(delete(people).where(people.c.ledger == ledger))
                connection.execute(insert(entries), [_row(ledger, each) for each in kept.entries])
                _name(connection, ledger, kept.names)
        except DBAPIError as error:
            raise told(error) from error

    def _scrub(self) -> None:
        """Empty SQLite's journal of writes: an erased name would stay in it until it is used again."""
        if self.engine.dialect.name == "sqlite":
            raw = self.engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                raw.close()


def chained(after: KeptLedger, new: Iterable[NewEntry]) -> tuple[LedgerEntry, ...]:
    """Return entries in their place in the chain."""
    made: list[LedgerEntry] = []
    seq, mark = len(after.entries), after.mark
    for each in new:
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        seq += 1
        made.append(LedgerEntry(each.kind, each.key, json.loads(_json(each.payload)), seq, now, mark))
        mark = made[-1].fingerprint
    return tuple(made)


def verified(kept: Sequence[LedgerEntry]) -> None:
    """Verify that nothing is missing, and that each entry follows the one before. Raises BrokenChain."""
    mark = FIRST
    for rank, each in enumerate(kept, 1):
        if each.seq != rank or each.previous != mark:
            raise broken(rank)
        mark = each.fingerprint


def broken(rank: int) -> BrokenChain:
    """Return what to raise about an entry that was changed."""
    todo = "Ne continuez pas. Mettez de côté le fichier du registre, mois.sqlite, puis reprenez votre dernière copie."
    return BrokenChain(Problem("Registre des mois", f"l'écriture {rank} a été changée hors du cahier.", todo))


def _overtaken() -> Overtaken:
    todo = "Rechargez la page pour voir ce qui a changé, puis recommencez s'il le faut."
    return Overtaken(Problem("Registre des mois", "une autre fenêtre vient d'y écrire.", todo))


def _name(connection: Connection, ledger: str, names: Mapping[str, str]) -> None:
    if names:
        connection.execute(
            insert(people), [{"ledger": ledger, "code": code, "name": name} for code, name in names.items()]
        )


def _row(ledger: str, each: LedgerEntry) -> dict[str, Any]:
    named = {name: getattr(each, name) for name in ("seq", "at", "kind", "previous", "fingerprint")}
    return {"ledger": ledger, **named, "payload": _json(each.payload), "key": each.key or None}


def _entry(row: Row[Any]) -> LedgerEntry:
    try:
        each = LedgerEntry(row.kind, row.key or "", json.loads(row.payload), row.seq, row.at, row.previous)
    except ValueError as error:
        raise broken(row.seq) from error
    if each.fingerprint != row.fingerprint:
        raise broken(row.seq)
    return each


def _json(content: Any) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
