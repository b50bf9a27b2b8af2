"""Opening a database, SQLite or PostgreSQL: what is acknowledged is on the disk, and failures are told in French."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from kpa_model.errors import KpaError, MissingPackage, Problem

WAIT_MS = 30_000
READS = {"kpa_reads": True}
"""Execution options of a connection that only reads: it does not wait for who writes."""


class CannotKeep(KpaError):
    """The database cannot be opened, or cannot keep what was given."""


def is_begun(base: str | Path) -> bool:
    """Tell whether something was ever written there: what only reads makes no file."""
    return "://" in str(base) or Path(base).is_file()


def open_engine(base: str | Path, where: tuple[str, str], prepare: Callable[[Engine], None]) -> Engine:
    """Return an engine for a file (SQLite) or a URL.

    Args:
        base: the file, or the URL.
        where: how messages call the base, and what is written in it.
        prepare: makes the tables when they are missing.

    Raises:
        CannotKeep: the address is not understood, or the base refuses.
    """
    try:
        url = make_url(base if isinstance(base, str) and "://" in base else f"sqlite:///{base}")
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        lite = url.get_backend_name() == "sqlite"
        more: dict[str, Any] = {"timeout": WAIT_MS / 1000, "check_same_thread": False} if lite else {}
        engine = create_engine(url, connect_args=more, pool_pre_ping=not lite)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        if isinstance(error, ImportError) and error.name == "psycopg":
            raise MissingPackage(where[0], '"psycopg[binary]"') from error
        todo = "Donnez un fichier, ou une adresse postgresql://personne@machine/base."
        raise CannotKeep(Problem(where[0], "son adresse n'est pas comprise.", todo)) from error
    if lite:
        event.listen(engine, "connect", _settle_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    try:
        prepare(engine)
    except DBAPIError as error:
        engine.dispose()
        raise told(error, where[1]) from error
    except KpaError:
        engine.dispose()
        raise
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


_NO_ROOM = ("SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE")
"""Names of a « disk I/O error » that comes from writing; the others come from a lock that a network drive has not."""


def told(error: DBAPIError, where: str) -> CannotKeep:
    """Return what a failure of the database means, in French."""
    said = str(error.orig).lower()
    kept = "Ce qui était gardé l'est encore."
    name = getattr(error.orig, "sqlite_errorname", "")
    if "locking protocol" in said or ("disk i/o" in said and name not in _NO_ROOM):
        todo = f"Mettez mes_donnees sur un disque de cet ordinateur, avec KPA_MES_DONNEES. {kept}"
        return CannotKeep(Problem(where, "il est sans doute dans un dossier réseau.", todo))
    if "full" in said or "no space" in said or "disk i/o" in said or "too large" in said:
        todo = f"Libérez de la place, puis recommencez. {kept}"
        return CannotKeep(Problem(where, "le disque est plein.", todo))
    if "locked" in said or "busy" in said or "timeout" in said:
        return CannotKeep(Problem(where, "un autre programme l'occupe.", f"Recommencez. {kept}"))
    if "not a database" in said or "malformed" in said:
        todo = "Mettez ce fichier de côté, puis importez votre dernière copie."
        return CannotKeep(Problem(where, "ce fichier n'est pas un journal lisible.", todo))
    if "authenti" in said or "no password" in said or "does not exist" in said or "denied" in said:
        todo = "Vérifiez la personne, le mot de passe et le nom de la base dans son adresse."
        return CannotKeep(Problem(where, "la base ne laisse pas entrer.", todo))
    if "unable to open" in said or "readonly" in said or "read-only" in said:
        todo = "Vérifiez le dossier et ses droits."
        return CannotKeep(Problem(where, "impossible d'y écrire.", todo))
    todo = f"Vérifiez qu'elle est ouverte, puis recommencez. {kept}"
    return CannotKeep(Problem(where, "la base ne répond pas.", todo))
