"""The tables of live workshops, in SQLite or PostgreSQL, and the promises the database itself keeps.

`events` only grows. A trigger refuses any change, with one exception that must be declared first in `erasing`, inside
the same transaction: an event may become empty (a person asks to be forgotten), or a whole workshop may go.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import (
    DDL,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
    insert,
    inspect,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from kpa_model.errors import KpaError, Problem

VERSION = "1"
"""Version of the tables. Another one is refused: see docs/choix/atelier.md for why nothing migrates by itself."""

WAIT_MS = 30_000
READS = {"kpa_reads": True}
"""Execution options of a connection that only reads: it does not wait for who writes."""

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


class CannotKeep(KpaError):
    """The log cannot be opened, or cannot keep what was given."""


def open_engine(base: str | Path) -> Engine:
    """Return an engine for a file (SQLite) or a URL, its tables made when missing. Raises CannotKeep."""
    try:
        url = make_url(base if isinstance(base, str) and "://" in base else f"sqlite:///{base}")
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        lite = url.get_backend_name() == "sqlite"
        more: dict[str, Any] = {"timeout": WAIT_MS / 1000, "check_same_thread": False} if lite else {}
        engine = create_engine(url, connect_args=more, pool_pre_ping=not lite)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        todo = "Donnez un fichier, ou une adresse postgresql://personne@machine/base."
        raise CannotKeep(Problem("Base de l'atelier", "son adresse n'est pas comprise.", todo)) from error
    if lite:
        event.listen(engine, "connect", _settle_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    try:
        _make_tables(engine)
    except DBAPIError as error:
        engine.dispose()
        raise told(error) from error
    return engine


def _settle_sqlite(connection: Any, _: Any) -> None:
    """Each commit reaches the disk before it is acknowledged; what is erased is overwritten."""
    connection.isolation_level = None  # `begin` below is the only one to open a transaction
    for pragma in (f"busy_timeout={WAIT_MS}", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the right to write at once: a plain BEGIN that writes later fails as soon as two people do."""
    reads = connection.get_execution_options().get("kpa_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


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
    """Return what a failure of the database means, in French."""
    said = str(error.orig).lower()
    kept = "Ce qui était gardé l'est encore."
    if "full" in said or "no space" in said or "disk i/o" in said or "too large" in said:
        todo = f"Libérez de la place, puis recommencez. {kept}"
        return CannotKeep(Problem("Journal de l'atelier", "le disque est plein.", todo))
    if "locked" in said or "busy" in said or "timeout" in said:
        return CannotKeep(Problem("Journal de l'atelier", "un autre programme l'occupe.", f"Recommencez. {kept}"))
    if "not a database" in said or "malformed" in said:
        todo = "Mettez ce fichier de côté, puis importez votre dernière copie."
        return CannotKeep(Problem("Journal de l'atelier", "ce fichier n'est pas un journal lisible.", todo))
    if "unable to open" in said or "readonly" in said or "read-only" in said:
        todo = "Vérifiez le dossier et ses droits."
        return CannotKeep(Problem("Journal de l'atelier", "impossible d'y écrire.", todo))
    todo = f"Vérifiez qu'elle est ouverte, puis recommencez. {kept}"
    return CannotKeep(Problem("Journal de l'atelier", "la base ne répond pas.", todo))
