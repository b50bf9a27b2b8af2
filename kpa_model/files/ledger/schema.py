"""The tables of the ledger, in SQLite or PostgreSQL. Migrations make them, from the first version on.

`ledger_entries` only grows: a trigger refuses any change. Names stand apart, in `ledger_people`, so that one can be
erased without touching an entry: the chain of fingerprints covers codes.
"""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Column, Connection, Engine, Integer, MetaData, Table, Text, inspect
from sqlalchemy.exc import DBAPIError

from kpa_model import places
from kpa_model.errors import Problem
from kpa_model.files import database
from kpa_model.files.database import CannotKeep

NAMES = ("Base du registre des mois", "Registre des mois")
"""How messages call the base, and what is written in it."""

ADDRESS = "KPA_REGISTRE"
"""Name of the variable that holds the address of another base than the usual file."""

VERSION_TABLE = "ledger_version"
HEAD = "1"
"""The last of `migrations/versions`: tables that have it already are opened without reading Alembic."""

tables = MetaData()
entries = Table(
    "ledger_entries",
    tables,
    Column("ledger", Text, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    *(Column(name, Text, nullable=False) for name in ("at", "kind", "payload", "previous", "fingerprint")),
    Column("key", Text),
)
people = Table(
    "ledger_people",
    tables,
    Column("ledger", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
)


def default_base() -> str | Path:
    """Return the base of this machine: what the environment says, or a file of the personal folder."""
    return os.environ.get(ADDRESS) or places.personal() / "registre" / "mois.sqlite"


def open_engine(base: str | Path | None = None) -> Engine:
    """Return an engine whose tables are those of this version. Raises CannotKeep."""
    base = base or default_base()
    if isinstance(base, Path) and base == default_base():
        base.parent.mkdir(parents=True, exist_ok=True)
    return database.open_engine(base, NAMES, _migrate)


def _migrate(engine: Engine) -> None:
    """Bring the tables to the last version; two programs that start together do it once."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4857220)")
        if not _is_at_head(connection):
            _upgrade(connection)


def _is_at_head(connection: Connection) -> bool:
    known = inspect(connection).has_table(VERSION_TABLE)
    return known and connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar() == HEAD


def _upgrade(connection: Connection) -> None:
    from alembic import command  # imported late: a third of a second, for the day the tables change
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        todo = "Ouvrez-le avec un cahier plus récent. Rien n'a changé."
        raise CannotKeep(Problem(NAMES[1], "il vient d'une version plus récente du cahier.", todo)) from error


def told(error: DBAPIError) -> CannotKeep:
    """Return what a failure of the ledger means, in French."""
    return database.told(error, NAMES[1])
