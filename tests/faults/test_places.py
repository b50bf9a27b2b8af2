"""Where the group's own data are: said when they cannot be written, never made by what only reads."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from kpa_model import places
from kpa_model.command import main
from kpa_model.files.database import told
from kpa_model.simulation.runs import executors
from kpa_model.simulation.runs.executors import NoScheduler, at_address
from kpa_model.whole_file import CannotWrite, write_whole

NOWHERE = "/sys/kpa/mes_donnees"
pytestmark = pytest.mark.skipif(not Path("/sys").is_dir(), reason="seul Linux a un dossier où personne n'écrit")

READS = (
    ["exemple"], ["decisions"], ["regles"], ["lire", "heures"], ["verifier", "tilleuls"], ["exercices"],
    ["partager", "tilleuls", "--regle", "heures", "--mois", "2025-03"], ["parametres"],
)  # fmt: skip


@pytest.mark.parametrize("asked", READS, ids=lambda asked: asked[0])
def test_what_only_reads_makes_no_folder(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "ailleurs"))
    assert main(asked) == 0, capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("asked", READS, ids=lambda asked: asked[0])
def test_what_only_reads_works_where_nothing_can_be_written(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", NOWHERE)
    assert main(asked) == 0


@pytest.mark.parametrize(
    "asked",
    [["ouvrir", "--sans-navigateur"], ["atelier", "--sans-navigateur"], ["documents", "faire", "T-01"]],
    ids=lambda asked: asked[0],
)
def test_a_personal_folder_that_refuses_is_named_with_what_to_do(asked: list[str], tmp_path: Path) -> None:
    if asked[0] == "documents":
        asked = [*asked[:2], first_order(), "--sortie", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-m", "kpa_model", *asked], env={**os.environ, "KPA_MES_DONNEES": NOWHERE},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    said = " ".join(done.stderr.split())
    assert "Dossier mes_donnees" in said
    assert "KPA_MES_DONNEES=" in said
    assert "Traceback" not in done.stderr


def first_order() -> str:
    from kpa_model.files.book.book_reader import read_book

    book = read_book(places.data() / "tilleuls").book
    return book.lines[0].order


def test_a_file_elsewhere_is_not_told_as_the_personal_folder(tmp_path: Path) -> None:
    assert places.no_right(tmp_path / "rapport.pdf") is None
    assert places.no_right(places.personal() / "notes") is not None
    with pytest.raises(CannotWrite, match="n'a pas accepté"):
        write_whole(Path("/sys/kpa.txt"), "rien")


@pytest.mark.parametrize("said", ["disk I/O error", "locking protocol"])
def test_sqlite_on_a_network_drive_is_told_with_what_to_do(said: str) -> None:
    error = told(OperationalError("BEGIN", None, Exception(said)), "Journal de l'atelier")
    assert "dossier réseau" in str(error)
    assert "KPA_MES_DONNEES" in str(error)


def test_a_full_disk_is_still_a_full_disk() -> None:
    assert "plein" in str(told(OperationalError("", None, Exception("database or disk is full")), "Journal"))


def test_a_server_that_never_speaks_is_told_before_dask_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(distributed, "Client", lambda *_, **__: pytest.fail("nobody answered, yet Dask was asked"))
    monkeypatch.setattr(executors, "_PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        held: list[socket.socket] = []
        waiter = threading.Thread(target=lambda: held.append(mute.accept()[0]), daemon=True)
        waiter.start()
        with pytest.raises(NoScheduler, match="personne ne répond"):
            at_address(f"tcp://127.0.0.1:{mute.getsockname()[1]}")()
        waiter.join(10)
        for each in held:
            each.close()


def test_a_closed_port_is_told_with_exit_code_one(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("distributed")
    asked = ["simuler", "annee_ordinaire", "--regles", "heures", "--tirages", "20", "--calcul", "tcp://127.0.0.1:9"]
    assert main(asked) == 1
    said = capsys.readouterr()
    assert "personne ne répond" in said.err
    assert "Traceback" not in said.err + said.out
