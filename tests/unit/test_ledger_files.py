"""The ledger on the disk, on SQLite and on a real PostgreSQL: the same promises."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from kpa_model.errors import KpaError
from kpa_model.files.database import CannotKeep
from kpa_model.files.ledger import archive, schema
from kpa_model.files.ledger.entries import BrokenChain, LedgerBase, NewEntry, Overtaken
from tests.conftest import new_base


@pytest.fixture
def kept(base: str):
    with LedgerBase(base) as opened:
        yield opened


def new(at: int, key: str = "") -> NewEntry:
    return NewEntry("versement", key, {"cents": at, "person": "{p1}", "mot": "né à l'été"})


def test_entries_are_read_back_in_order_chained_and_with_their_names(kept: LedgerBase) -> None:
    first = kept.append("a", kept.read("a"), [new(1), new(2)], {"{p1}": "Awa"})
    kept.append("a", first, [new(3)], {"{p2}": "Bruno"})
    kept.append("b", kept.read("b"), [new(9)])
    read = kept.read("a")
    assert [each.payload["cents"] for each in read.entries] == [1, 2, 3]
    assert [each.previous for each in read.entries[1:]] == [each.fingerprint for each in read.entries[:-1]]
    assert read.names == {"{p1}": "Awa", "{p2}": "Bruno"}
    assert kept.ledgers() == ("a", "b")


def test_who_read_before_somebody_wrote_is_told_and_writes_nothing(kept: LedgerBase) -> None:
    stale = kept.read("a")
    kept.append("a", stale, [new(1)])
    with pytest.raises(Overtaken, match="autre fenêtre"):
        kept.append("a", stale, [new(2), new(3)], {"{p1}": "Awa"})
    assert len(kept.read("a").entries) == 1
    assert kept.read("a").names == {}


def test_a_key_is_written_once_even_by_who_read_everything(kept: LedgerBase) -> None:
    first = kept.append("a", kept.read("a"), [new(1, "arret:2026-01:1")])
    with pytest.raises(Overtaken):
        kept.append("a", first, [new(2), new(3, "arret:2026-01:1")])
    assert len(kept.read("a").entries) == 1


def test_twenty_windows_at_once_have_one_winner(kept: LedgerBase, base: str) -> None:
    bases = [LedgerBase(base) for _ in range(5)]

    def close(at: int) -> bool:
        try:
            bases[at % 5].append("a", start, [new(at, "arret:2026-01:1")])
        except Overtaken:
            return False
        return True

    start = kept.read("a")
    with ThreadPoolExecutor(20) as pool:
        won = list(pool.map(close, range(20)))
    for each in bases:
        each.engine.dispose()
    assert sum(won) == 1
    assert [each.payload["cents"] for each in kept.read("a").entries] == [won.index(True)]


@pytest.mark.parametrize("change", ["UPDATE ledger_entries SET payload = '{}'", "DELETE FROM ledger_entries"])
def test_the_database_itself_refuses_to_change_an_entry(kept: LedgerBase, change: str) -> None:
    before = kept.append("a", kept.read("a"), [new(1)])
    with kept.engine.connect() as connection, pytest.raises(DBAPIError, match="only grows"):
        connection.execute(text(change))
    assert kept.read("a") == before


def test_an_entry_changed_behind_its_back_is_found(tmp_path: Path) -> None:
    with LedgerBase(tmp_path / "mois.sqlite") as kept:
        kept.append("a", kept.read("a"), [new(1), new(2)])
        with kept.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER ledger_unchanged"))
            connection.execute(text("UPDATE ledger_entries SET payload = replace(payload, '2', '7') WHERE seq = 2"))
        with pytest.raises(BrokenChain, match="écriture 2"):
            kept.read("a")


def test_a_missing_entry_is_found(tmp_path: Path) -> None:
    with LedgerBase(tmp_path / "mois.sqlite") as kept:
        kept.append("a", kept.read("a"), [new(1), new(2)])
        with kept.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER ledger_kept"))
            connection.execute(text("DELETE FROM ledger_entries WHERE seq = 1"))
        with pytest.raises(BrokenChain):
            kept.read("a")


def test_a_name_is_erased_everywhere_and_the_chain_still_holds(tmp_path: Path) -> None:
    path = tmp_path / "mois.sqlite"
    with LedgerBase(path) as kept:
        kept.append("a", kept.read("a"), [new(1)], {"{p1}": "Clémentine", "{p2}": "Bruno"})
        kept.rename("a", "{p1}", "")
        assert kept.read("a").names == {"{p1}": "", "{p2}": "Bruno"}
    written = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert "Clémentine".encode() not in written
    assert b"Bruno" in written


def test_a_ledger_leaves_in_one_file_and_comes_back(kept: LedgerBase, tmp_path: Path) -> None:
    before = kept.append("a", kept.read("a"), [new(1), new(2, "k")], {"{p1}": "Awa"})
    content = archive.export(kept, "a")
    with LedgerBase(tmp_path / "ailleurs.sqlite") as other:
        with pytest.raises(archive.WrongLedgerFile, match="le registre de « a »"):
            archive.restore(other, content, "b")
        archive.restore(other, content, "a")
        assert other.read("a") == before
        with pytest.raises(CannotKeep, match="déjà ici"):
            archive.restore(other, content, "a")
        other.append("a", other.read("a"), [new(3)])
    assert b"Awa" not in archive.export(kept, "a", names=False)


@pytest.mark.parametrize("at", range(0, 900, 37))
def test_a_damaged_file_is_refused_and_nothing_is_written(tmp_path: Path, at: int) -> None:
    with LedgerBase(tmp_path / "mois.sqlite") as kept:
        kept.append("a", kept.read("a"), [new(1), new(2, "k")], {"{p1}": "Awa"})
        content = bytearray(archive.export(kept, "a"))
    content[at % len(content)] ^= 0x15
    with LedgerBase(tmp_path / "ailleurs.sqlite") as other:
        with pytest.raises(KpaError):
            archive.restore(other, bytes(content), "a")
        assert other.ledgers() == ()


def test_migrations_make_the_tables_that_the_program_knows(base: str) -> None:
    with LedgerBase(base) as kept:
        found = inspect(kept.engine)
        for table in schema.tables.tables.values():
            assert {each["name"] for each in found.get_columns(table.name)} == set(table.columns.keys())
        assert found.get_unique_constraints("ledger_entries")[0]["column_names"] == ["ledger", "key"]
    with LedgerBase(base) as again:  # nothing to migrate the second time
        assert again.ledgers() == ()


def test_a_base_of_a_later_version_is_refused(base: str) -> None:
    with LedgerBase(base) as kept, kept.engine.begin() as connection:
        connection.execute(text("UPDATE ledger_version SET version_num = '999'"))
    with pytest.raises(CannotKeep, match="plus récente"):
        LedgerBase(base)


def test_a_base_that_is_no_base_is_told_in_french(tmp_path: Path, postgres_url: str) -> None:
    path = tmp_path / "mois.sqlite"
    path.write_bytes(b"not a database at all, only words " * 40)
    with pytest.raises(CannotKeep, match="pas un journal lisible"):
        LedgerBase(path)
    with pytest.raises(CannotKeep, match="Base du registre"):
        LedgerBase("nowhere://x")
    with pytest.raises(CannotKeep, match="ne laisse pas entrer"):
        LedgerBase(new_base(postgres_url).replace("postgres@", "personne@"))


def test_tables_at_their_last_version_are_opened_without_migrations(tmp_path: Path) -> None:
    from alembic.script import ScriptDirectory

    assert ScriptDirectory(str(Path(schema.__file__).parent / "migrations")).get_heads() == [schema.HEAD]
    schema.open_engine(tmp_path / "mois.sqlite").dispose()
    code = "import sys; from kpa_model.files.ledger.schema import open_engine; open_engine(sys.argv[1]); "
    code += "assert not any(each.startswith('alembic') for each in sys.modules)"
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "mois.sqlite")], check=True)
