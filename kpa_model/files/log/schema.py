"""The tables of live workshops, in SQLite or PostgreSQL, and the promises the database itself keeps.

`events` only grows. A trigger refuses any change, with one exception that must be declared first in `erasing`, inside
the same transaction: an event may become empty (a person asks to be forgotten), or a whole workshop may go.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import (
    DDL,
    Column,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    event,
    insert,
    inspect,
    select,
)
from sqlalchemy.exc import DBAPIError

from kpa_model.errors import Problem
from kpa_model.files import database
from kpa_model.files.database import READS, CannotKeep

__all__ = ["READS", "CannotKeep"]

VERSION = "1"
"""Version of the tables. Another one is refused: see docs/choix/atelier.md for why nothing migrates by itself."""

tables = MetaData()
about = Table("about", tables, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
workshops = Table(
    "workshops", tables, Column("workshop", Text, primary_key=True), Column("opened_at", Text, nullable=False)
)
events = Table(
    "events",
    tables,
    Column("workshop", Text, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("round", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("key", Text),
    UniqueConstraint("workshop", "key"),
)
drafts = Table(
    "drafts",
    tables,
    *(Column(name, Text, primary_key=True) for name in ("workshop", "person", "step", "round")),
    Column("payload", Text, nullable=False),
)
sessions = Table(
    "sessions",
    tables,
    *(Column(name, Text, primary_key=True) for name in ("workshop", "fingerprint")),
    Column("role", Text, nullable=False),
    Column("people", Text, nullable=False),
)
erasing = Table("erasing", tables, Column("workshop", Text, primary_key=True))

_EMPTIED = "NEW.workshop = OLD.workshop AND NEW.seq = OLD.seq AND NEW.kind = 'erased' AND NEW.payload = '{}'"
_DECLARED = "EXISTS (SELECT 1 FROM erasing WHERE workshop = OLD.workshop)"
_SQLITE = (
    f"""CREATE TRIGGER events_unchanged BEFORE UPDATE ON events WHEN NOT ({_EMPTIED} AND {_DECLARED})
    BEGIN SELECT RAISE(ABORT, 'events only grow'); END""",
    f"""CREATE TRIGGER events_kept BEFORE DELETE ON events WHEN NOT {_DECLARED}
    BEGIN SELECT RAISE(ABORT, 'events only grow'); END""",
)
_POSTGRES = (
    f"""CREATE FUNCTION events_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'DELETE' THEN IF {_DECLARED} THEN RETURN OLD; END IF;
    ELSIF TG_OP = 'UPDATE' THEN IF {_EMPTIED} AND {_DECLARED} THEN RETURN NEW; END IF; END IF;
    RAISE EXCEPTION 'events only grow'; END $$""",
    "CREATE TRIGGER events_kept BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION events_only_grow()",
    "CREATE TRIGGER events_whole BEFORE TRUNCATE ON events EXECUTE FUNCTION events_only_grow()",
)
for _dialect, _statements in (("sqlite", _SQLITE), ("postgresql", _POSTGRES)):
    for _statement in _statements:
        event.listen(events, "after_create", DDL(_statement.replace("%", "%%")).execute_if(dialect=_dialect))


NAMES = ("Base de l'atelier", "Journal de l'atelier")
"""How messages call the base, and what is written in it."""


def open_engine(base: str | Path) -> Engine:
    """Return an engine for a file (SQLite) or a URL, its tables made when missing. Raises CannotKeep."""
    return database.open_engine(base, NAMES, _make_tables)


def _make_tables(engine: Engine) -> None:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":  # two servers that start together make the tables once
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4857219)")
        found = inspect(connection).has_table("about")
        version = connection.scalar(select(about.c.value).where(about.c.name == "version")) if found else None
        if version is None:
            tables.create_all(connection)
            connection.execute(insert(about).values(name="version", value=VERSION))
        elif version != VERSION:
            todo = "Exportez-la avec le programme qui l'a faite, puis importez le fichier ici."
            raise CannotKeep(Problem("Base de l'atelier", f"sa version est {version}, et non {VERSION}.", todo))


def told(error: DBAPIError) -> CannotKeep:
    """Return what a failure of the log means, in French."""
    return database.told(error, NAMES[1])
