"""How a page opens fast: a warm spare changes nothing, scripts keep their order, no kernel stays behind."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

from kpa_model.ui.opening import early, scripts
from kpa_model.ui.opening.kernels import WARM, KernelWire, PageKernels
from kpa_model.ui.opening.launching import PageKernel

WARMED = """
import sys
{warm}
heavy = {{"matplotlib", "scipy", "openpyxl", "pandas", "alembic", "cryptography"}} & set(sys.modules)
assert not heavy, heavy
print(len([name for name in sys.modules if name.startswith("kpa_model.ui.screens")]))
"""


def test_a_warm_kernel_writes_nothing_and_holds_little(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WARMED.format(warm=WARM)], capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "KPA_MES_DONNEES": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > 15
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_state_does_not_stop_the_spare(tmp_path: Path) -> None:
    (tmp_path / "atelier.json").write_text("{", encoding="utf-8")
    environment = {**os.environ, "KPA_MES_DONNEES": str(tmp_path)}
    subprocess.run([sys.executable, "-c", WARM], check=True, env=environment)
    assert [each.name for each in tmp_path.iterdir()] == ["atelier.json"]  # the page puts it aside, and says so


def test_a_bundle_holds_pieces_and_nothing_else(tmp_path: Path) -> None:
    piece = '"use strict";(self.webpackChunkx=self.webpackChunkx||[]).push([[1],{1:()=>{}}]);'
    other = '/*! for licence */\n(self["rspackChunk_y"] = self["rspackChunk_y"] || []).push([["2"], {}]);'
    (tmp_path / "b.js").write_text(piece, encoding="utf-8")
    (tmp_path / "a.js").write_text(other, encoding="utf-8")
    (tmp_path / "remoteEntry.js").write_text("var _JUPYTERLAB;(()=>{self.webpackChunkx})()", encoding="utf-8")
    (tmp_path / "formulas.js").write_text(piece.replace("()=>{}", "()=>'mjx-container'"), encoding="utf-8")
    made = scripts.bundle([tmp_path, tmp_path])  # Voilà names its own folder twice
    assert made == f"(function(){{{other}\n}})();\n(function(){{{piece}\n}})();\n"
    assert scripts.version(made) != scripts.version(made + " ")
    assert re.fullmatch(r"[0-9a-f]{16}", scripts.version(made))


def test_a_page_waits_for_a_slow_machine_instead_of_giving_its_screens_up() -> None:
    """Scripts gave up after two seconds: a page on a busy machine said « model not found » for its screens."""
    extensions = Path(sys.prefix) / "share/jupyter/labextensions"
    found = [extensions / each / "static" for each in ("@jupyter-widgets/jupyterlab-manager", "anywidget")]
    for folder in found:
        hasty = [each for text in _pieces([folder]) for each in scripts.HASTY.findall(text)]
        assert len(hasty) == 1, f"{folder} says its patience in other words: look at `scripts.HASTY` again"
    assert scripts.HASTY.sub(scripts.PATIENT, "if(Date.now()-o<2e3){}") == "if(Date.now()-o<6e4){}"
    assert not scripts.HASTY.search(scripts.bundle(found))


def _pieces(folders: list[Path]) -> list[str]:
    return [text for text in _texts(folders) if scripts.PIECE.match(text)]


def _texts(folders: list[Path]) -> list[str]:
    return [path.read_text(encoding="utf-8") for folder in folders for path in folder.glob("*.js")]


class Kernels(PageKernels):
    """Kernels that are names only."""

    def __init__(self) -> None:
        super().__init__(pages="notebooks", rest=0.0)
        self.started, self.stopped, self.dead = 0, list[str](), set[str]()

    async def start_kernel(self, *_: object, **__: object) -> str:
        self.started += 1
        return f"noyau-{self.started}"

    async def shutdown_kernel(self, kernel_id: str, *_: object, **__: object) -> None:
        self.stopped.append(kernel_id)

    def get_kernel(self, kernel_id: str) -> Client:
        return Client(kernel_id not in self.dead)

    def __contains__(self, kernel_id: object) -> bool:
        return kernel_id not in self.stopped


class Client:
    """A kernel, and what talks to it."""

    def __init__(self, alive: bool = True) -> None:
        self.alive, self.ran = alive, list[str]()

    def client(self) -> Client:
        return self

    def is_alive(self) -> bool:
        return self.alive

    def start_channels(self) -> None: ...
    def stop_channels(self) -> None: ...
    async def wait_for_ready(self, **_: object) -> None: ...

    async def execute_interactive(self, code: str, **_: object) -> None:
        self.ran.append(code)


def test_a_spare_serves_one_page_and_only_one() -> None:
    async def play() -> None:
        kernels = Kernels()
        kernels.fill()
        kernels.fill()  # one is enough
        first, client = await kernels.take("notebooks")
        assert (first, client.ran) == ("noyau-1", [WARM])
        assert await kernels.take("notebooks") == ("noyau-2", None)
        assert kernels.stopped == []

    asyncio.run(play())


def test_a_spare_that_died_or_stands_elsewhere_is_not_given() -> None:
    async def play() -> None:
        kernels = Kernels()
        kernels.fill()
        await asyncio.sleep(0)
        kernels.dead.add("noyau-1")
        assert await kernels.take("notebooks") == ("noyau-2", None)
        kernels.fill()
        assert await kernels.take("autre") == ("noyau-4", None)
        assert kernels.stopped == ["noyau-1", "noyau-3"]

    asyncio.run(play())


def test_a_spare_is_nobody_s_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    culled = []

    async def cull(_: object, kernel_id: str) -> None:
        culled.append(kernel_id)

    parent = PageKernels.__mro__[1]
    monkeypatch.setattr(parent, "list_kernels", lambda _: [{"id": "noyau-1"}, {"id": "noyau-2"}])
    monkeypatch.setattr(parent, "cull_kernel_if_idle", cull)

    async def play() -> None:
        kernels = Kernels()
        kernels.fill()
        await asyncio.wait({kernels._filling})
        assert kernels.list_kernels() == [{"id": "noyau-2"}]
        for each in ("noyau-1", "noyau-2"):
            await kernels.cull_kernel_if_idle(each)
        assert culled == ["noyau-2"]

    asyncio.run(play())


def test_a_small_message_of_a_kernel_leaves_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []

    async def opened(_wire: object, kernel_id: str) -> None:
        done.append(kernel_id)

    monkeypatch.setattr(KernelWebsocketHandler, "open", opened)
    wire = object.__new__(KernelWire)
    monkeypatch.setattr(wire, "set_nodelay", done.append)
    asyncio.run(wire.open("k"))
    assert done == [True, "k"]


def test_the_kernel_of_a_page_that_was_left_stops_once() -> None:
    async def play() -> None:
        kernels = Kernels()
        kernels.leave("noyau-9")
        kernels.leave("noyau-9")
        while not kernels.stopped:
            await asyncio.sleep(0)
        for _ in range(5):
            await asyncio.sleep(0)
        assert kernels.stopped == ["noyau-9"]

    asyncio.run(play())


def test_a_spare_that_cannot_start_costs_nothing_but_time(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*_: object, **__: object) -> None:
        raise RuntimeError("no answer")

    monkeypatch.setattr(Client, "wait_for_ready", fails)

    async def play() -> None:
        kernels = Kernels()
        kernels.fill()
        assert await kernels.take("notebooks") == ("noyau-2", None)
        assert kernels.stopped == ["noyau-1"]

    asyncio.run(play())


def test_a_spare_that_dies_while_it_warms_keeps_no_page_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def says_nothing(*_: object, **__: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(Client, "execute_interactive", says_nothing)

    async def play() -> None:
        kernels = Kernels()
        kernels.look = 0.01
        kernels.fill()
        await asyncio.sleep(0.05)
        kernels.dead.add("noyau-1")
        assert await asyncio.wait_for(kernels.take("notebooks"), 10) == ("noyau-2", None)
        assert kernels.stopped == ["noyau-1"]

    asyncio.run(play())


@pytest.mark.skipif(os.name != "posix", reason="sur Windows, aucun noyau n'est commencé d'avance")
def test_a_kernel_begun_early_runs_a_page_then_jupyter_launches_the_next(tmp_path: Path) -> None:
    async def asked() -> tuple[Any, str]:
        manager: Any = PageKernel()
        try:
            await manager.start_kernel(cwd=str(tmp_path), env={**os.environ, "KPA_SAID": "bonjour"})
            client = manager.client()
            client.start_channels()
            try:
                await client.wait_for_ready(timeout=60)
                heard: list[str] = []
                await client.execute_interactive(
                    "import os; print(os.getcwd(), os.environ['KPA_SAID'])",
                    timeout=60,
                    output_hook=lambda told: heard.append(told["content"].get("text", "")),
                )
            finally:
                client.stop_channels()
            return manager.provisioner.process.args, "".join(heard)
        finally:
            await manager.shutdown_kernel(now=True)

    early.begin()
    for expected in ("kpa_model.ui.opening.early", "ipykernel_launcher"):
        command, said = asyncio.run(asked())
        assert expected in command
        assert said.split() == [str(tmp_path), "bonjour"]


def test_a_kernel_begun_early_leaves_when_the_server_never_comes() -> None:
    early.begin()
    process = early._begun.pop()
    process.communicate(timeout=60)
    assert process.returncode == 0


DIES = """
import asyncio, os, signal
from kpa_model.ui.opening import early
from kpa_model.ui.opening.launching import PageKernel

async def serve():
    manager = PageKernel()
    await manager.start_kernel(cwd=os.getcwd(), env={**os.environ})
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=60)
    print(manager.provisioner.process.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

early.begin()
asyncio.run(serve())
"""


@pytest.mark.skipif(os.name != "posix", reason="sur Windows, aucun noyau n'est commencé d'avance")
def test_a_kernel_begun_early_leaves_when_the_server_is_killed(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", DIES], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    kernel = int(done.stdout)
    deadline = time.monotonic() + 60
    while psutil.pid_exists(kernel) and psutil.Process(kernel).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "the kernel outlives its server"
        time.sleep(0.2)
