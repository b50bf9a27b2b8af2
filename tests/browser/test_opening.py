"""A page taken from a warm spare shows the present state; nothing is left behind a page, Ctrl+C or a crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kpa_model.pay.rule_file import loads
from kpa_model.ui.state import FIRST_RULES, State, Store
from tests.browser import alone
from tests.browser.conftest import RealServer

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="les processus s'y comptent autrement")
OURS = "titre: {title}\netapes: [parts_egales]"
server, serve = alone.server, alone.serve  # the pages that other tests opened have kernels too


def kernels(server: int) -> list[int]:
    """The kernels of a server, those of pages and the spare."""
    said = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(server)], capture_output=True, text=True).stdout
    return [int(line.split()[0]) for line in said.splitlines() if "ipykernel" in line or "opening.early" in line]


def until(true: Callable[[], bool]) -> None:
    """Wait for something, a minute at most."""
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def keep(server: RealServer, title: str) -> None:
    """Change the rule of the group, as another page would."""
    before = State("tilleuls", "2025-03", loads(OURS.format(title="Vide")), FIRST_RULES[0], FIRST_RULES, "", "")
    Store(before, server.personal / "atelier.json").update(ours=loads(OURS.format(title=title)))


def test_a_page_from_a_warm_spare_shows_the_present_state(page_at: Callable[..., Page], server: RealServer) -> None:
    page = page_at("00_bienvenue")
    until(lambda: len(kernels(server.process.pid)) == 2)  # this page, and the spare
    for title in ("Avant le repas", "Après le repas"):
        keep(server, title)
        page.goto(server.address("04_notre_regle"), wait_until="domcontentloaded")
        expect(page.get_by_label("Nom de la règle")).to_have_value(title)
        until(lambda: len(kernels(server.process.pid)) == 2)  # the page left is gone, the next spare is there
    page.goto(f"{server.base}kpa/style.css")  # a page of the workbook that needs no kernel
    until(lambda: len(kernels(server.process.pid)) == 1)


@pytest.mark.nightly  # by day, `tests/unit/test_opening.py` holds the patience of the script
def test_a_slow_machine_shows_every_screen(page_at: Callable[..., Page], server: RealServer) -> None:
    page = page_at("00_bienvenue")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 20})
    page.goto(server.address("14_nos_mois"), wait_until="domcontentloaded")
    screens = page.locator(".jp-OutputArea-output")
    expect(page.get_by_label("Nos notes")).to_be_visible()  # the last one
    assert screens.count() >= 7
    expect(page.get_by_text("Loading widget")).to_have_count(0)
    assert "not found" not in page.inner_text("body")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=["ctrl-c", "fermé", "tué"])
def test_no_kernel_outlives_the_workbook(how: signal.Signals, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kpa_model.ui.serve", "--no-browser"]
    environment = {**os.environ, "KPA_MES_DONNEES": str(tmp_path / "mes_donnees"), "HOME": str(tmp_path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            until(lambda: bool(kernels(process.pid)))
            found = kernels(process.pid)
            process.send_signal(how)
            process.wait(60)
        finally:
            process.kill()  # a failure is said, instead of waited for
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in found))
