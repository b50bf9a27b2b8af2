"""The server refuses clearly, and closes when asked."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import anyio
import pytest
from IPython.core.profiledir import ProfileDir

from kpa_model import places
from kpa_model.files.log.opened import Opened
from kpa_model.ui import serve


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("00_bienvenue", "01_commande"):
        (tmp_path / f"{name}.ipynb").write_text("{}", encoding="utf-8")
    return tmp_path


def test_an_unknown_page_is_refused_with_a_suggestion(folder: Path) -> None:
    with pytest.raises(serve.CannotOpen) as refused:
        serve.open_workbook("01_comande", browser=False, folder=folder)
    assert str(refused.value) == (
        "Ouverture du cahier : la page « 01_comande » n'existe pas.\n"
        "Vouliez-vous dire « 01_commande » ? Pages connues : 00_bienvenue, 01_commande."
    )


def test_a_taken_port_is_refused(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind((serve.LOCALHOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(serve.CannotOpen, match=f"le port {port} est déjà pris"):
            serve.open_workbook(browser=False, port=port, folder=folder)


def test_a_page_that_is_still_opening_does_not_keep_the_terminal() -> None:
    loop, before = asyncio.new_event_loop(), set(threading.enumerate())

    async def answer() -> None:
        await anyio.to_thread.run_sync(int)  # as Jupyter reads a page
        loop.stop()
        await asyncio.Event().wait()

    task = loop.create_task(answer())
    loop.run_forever()
    threads = set(threading.enumerate()) - before
    assert threads
    try:
        serve.drop_unfinished(loop)
        for thread in threads:
            thread.join(10)
        assert not [each for each in threads if each.is_alive()]
        assert task.cancelled()
    finally:
        if not task.done():  # else the thread would keep these tests too
            task.cancel()
            loop.run_until_complete(asyncio.wait({task}, timeout=5))
        loop.close()


def test_the_server_listens_on_this_machine_only(folder: Path) -> None:
    config = serve.make_config(folder, 0)
    assert config.ServerApp.ip == "127.0.0.1"
    assert config.LabApp.news_url is None
    assert config.VoilaConfiguration.allow_template_override == "NO"


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C s'y envoie autrement")
@pytest.mark.parametrize("wait", [0, 0.1, 0.3])
def test_ctrl_c_closes_it_and_says_so(folder: Path, wait: float) -> None:
    command = [sys.executable, "-m", "kpa_model.ui.serve", "--no-browser", "--folder", str(folder)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", start_new_session=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("Le cahier est ouvert : http://127.0.0.1:")
        assert "Ctrl+C" in process.stdout.readline()
        time.sleep(wait)  # at once, and while the spare kernel of the first page is starting
        os.killpg(process.pid, signal.SIGINT)
        assert process.stdout.read().strip() == "Le cahier est fermé."
    assert process.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C s'y envoie autrement")
def test_no_log_holds_the_token_that_opens_the_workbook(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "chez_soi"
    command = [sys.executable, "-m", "kpa_model.ui.serve", "--no-browser", "--folder", str(folder)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True,
        env={**os.environ, "KPA_MES_DONNEES": str(home)},
    )  # fmt: skip
    try:
        assert process.stdout
        opened = re.search(r"(http://127\.0\.0\.1:\d+/)\S*token=(\w+)", process.stdout.readline())
        assert opened
        address, token = opened.groups()
        for asked in (f"api/contents/rien.txt?token={token}", f"lien%3Ftoken={token}", f"nbconvert/x/y?token={token}"):
            with pytest.raises(urllib.error.HTTPError):
                urllib.request.urlopen(
                    urllib.request.Request(address + asked, headers={"Authorization": f"token {token}"}), timeout=20
                )
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    finally:
        process.kill()
    written = "".join(each.read_text(encoding="utf-8") for each in home.glob("journal.txt*"))
    assert "404" in written  # the journal was written in
    assert token not in written + errors


OPENED = Opened("2027-01-15-abc", "Essai", "123456", "http://10.0.0.2:8765/", "http://127.0.0.1:8765/", 4242, 8765)


@pytest.mark.parametrize(("typed", "ended"), [("oui", [4242]), ("", []), ("non", [])])
def test_closing_the_workbook_asks_about_an_open_workshop(
    typed: str, ended: list[int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    killed: list[int] = []
    monkeypatch.setattr(serve, "opened_now", lambda: OPENED)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: typed)
    monkeypatch.setattr(os, "kill", lambda process, _: killed.append(process))
    serve.ask_about_the_workshop()
    assert killed == ended
    assert "est encore ouvert" in capsys.readouterr().out


def test_closing_the_workbook_says_nothing_without_a_workshop(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "opened_now", lambda: None)
    serve.ask_about_the_workshop()
    assert capsys.readouterr().out == ""


def test_the_port_of_the_last_time_serves_again_when_it_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    assert serve._usual_port() == 0
    with socket.socket() as taken:
        taken.bind((serve.LOCALHOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        serve._keep_port(port)
        assert serve._usual_port() == 0
    assert serve._usual_port() == port
    (tmp_path / ".jupyter" / "port.txt").write_text("rien", encoding="ascii")
    assert serve._usual_port() == 0


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX tells them")
def test_what_is_personal_is_left_to_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "mes_donnees" / "livrets"
    folder.mkdir(parents=True)
    (folder / "a.livret").write_bytes(b"x")
    for each in (folder.parent, folder, folder / "a.livret"):
        each.chmod(0o755)
    places.keep_private(folder.parent)
    assert [each.stat().st_mode & 0o077 for each in (folder.parent, folder, folder / "a.livret")] == [0, 0, 0]
    assert (folder / "a.livret").read_bytes() == b"x"


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX tells them")
def test_ipython_copies_nothing_that_others_may_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {**os.environ, "KPA_MES_DONNEES": str(tmp_path)})
    before = os.umask(0o077)  # as `open_workbook` does
    try:
        serve._settle_environment()
        ProfileDir.create_profile_dir(str((tmp_path / ".jupyter" / serve.STARTUP).parent))
    finally:
        os.umask(before)
    assert [each for each in (tmp_path / ".jupyter").rglob("*") if each.stat().st_mode & 0o077] == []
