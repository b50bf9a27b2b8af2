"""From a click in the menu to a page one can read: real server, real Chromium, one page after the other.

    python -m benchmarks.pages                           this version alone
    python -m benchmarks.pages --beside ../avant         another copy of the project, turn by turn with this one

« Ready » is when more than three widgets are drawn and the waiting screen is gone. A visit stays on each page a few
seconds, and until nothing works any more behind it. On a busy machine, read the time of processor: what the server, the
kernels and the browser worked from the click to the page. Every version has its own server and its own personal folder.
Memory is what the kernels hold when a page is open. Everything is written in a temporary folder.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import measure
from demarrer import find_browser

ROOT = Path(__file__).resolve().parents[1]
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
HOME, PAGES = "00_bienvenue", ("04_notre_regle", "06_comparer", "08_deux_ans", "23_marge")
OURS, BESIDE = "cette version", "à côté"
WATCH = """
const seen = {};
window.kpaSeen = seen;
const look = () => {
  if (!seen.title && document.querySelector(".kpa-header")) { seen.title = performance.now(); }
  if (!document.getElementById("loading") && document.querySelectorAll(".jupyter-widgets").length > 3) {
    seen.ready = performance.now();
    return;
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


@dataclass
class Version:
    """A copy of the project, with its server: what it took to open each page, ms."""

    name: str
    folder: Path
    home: Path
    process: subprocess.Popen[str] | None = None
    address: str = ""
    start: list[float] = field(default_factory=list)
    ready: dict[str, list[float]] = field(default_factory=dict)
    title: dict[str, list[float]] = field(default_factory=dict)
    scripts: dict[str, list[int]] = field(default_factory=dict)
    work: dict[str, list[float]] = field(default_factory=dict)
    held: list[int] = field(default_factory=list)

    def open(self) -> None:
        """Start the server, and wait for its address."""
        began = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kpa_model.ui.serve", HOME, "--no-browser"], cwd=self.folder,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            env={
                **os.environ, "KPA_MES_DONNEES": str(self.home / "mes_donnees"), "HOME": str(self.home),
                "PYTHONPATH": str(self.folder), "PYTHONUTF8": "1",
            },
        )  # fmt: skip
        said = ""
        for line in self.process.stdout or ():
            said += line
            if found := re.search(r"http://127\.0\.0\.1:\S+", line):
                self.address = found[0]
                self.start.append((time.perf_counter() - began) * 1000)
                return
        raise SystemExit(said)

    def close(self) -> list[int]:
        """Stop as Ctrl+C does; return the kernels that are still there a few seconds later."""
        assert self.process is not None
        left = kernels(self.process.pid)
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        deadline = time.monotonic() + 5
        while (alive := [pid for pid in left if running(pid)]) and time.monotonic() < deadline:
            time.sleep(0.1)
        return alive


def running(pid: int) -> bool:
    """Tell whether a process is alive."""
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def kernels(server: int) -> list[int]:
    """Return the processes of the kernels of a server (Linux)."""
    found = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(server)], capture_output=True, text=True).stdout
    return [int(line.split()[0]) for line in found.splitlines() if "ipykernel" in line or "opening.early" in line]


def family(root: int) -> list[int]:
    """Return a process and all that it started (Linux)."""
    told = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout
    pairs = [tuple(map(int, line.split())) for line in told.splitlines()]
    found = [root]
    for each in found:
        found += [pid for pid, parent in pairs if parent == each]
    return found


def worked(roots: list[int]) -> float:
    """Return the time of processor that processes and all they started have taken, ms (Linux)."""
    total = 0
    for pid in {each for root in roots for each in family(root)}:
        with contextlib.suppress(OSError):
            told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
            total += sum(map(int, told[11:15]))  # its own, and of those it has seen end
    return total * 1000 / os.sysconf("SC_CLK_TCK")


def until_idle(page: Page, roots: list[int], rest: float) -> None:
    """Stay on a page, and until nothing works any more."""
    page.wait_for_timeout(rest * 1000)
    deadline, before = time.monotonic() + 60, worked(roots)
    while time.monotonic() < deadline:
        page.wait_for_timeout(1000)
        now = worked(roots)
        if now - before < 60:
            return
        before = now


def memory(pids: list[int]) -> int:
    """Return the memory that processes alone hold, in bytes: pages they share are counted in part (Linux)."""
    total = 0
    for pid in pids:
        try:
            told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total += int(re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE)[1]) * 1024
    return total


def visit(page: Page, version: Version, name: str, rest: float, browser: int) -> None:
    """Click on a page of the menu, and note when it is ready."""
    assert version.process is not None
    roots = [version.process.pid, browser]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type == "script" else None)
    before = worked(roots)
    page.evaluate("(name) => { location.href = name + '.ipynb'; }", name)
    page.wait_for_url(re.compile(re.escape(name)), wait_until="commit", timeout=120_000)
    page.wait_for_function("() => window.kpaSeen?.ready", timeout=120_000, polling=50)
    work = worked(roots) - before
    seen = page.evaluate("() => window.kpaSeen")
    version.ready.setdefault(name, []).append(seen["ready"])
    version.title.setdefault(name, []).append(seen["title"])
    version.work.setdefault(name, []).append(work)
    version.scripts.setdefault(name, []).append(len(asked))
    until_idle(page, roots, rest)
    version.held.append(memory(kernels(version.process.pid)))


def browser_process() -> int:
    """Return the browser that this program started (Linux)."""
    told = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True).stdout
    mine = set(family(os.getpid()))
    rows = [line.split(None, 2) for line in told.splitlines()]
    return next(int(pid) for pid, _, args in rows if int(pid) in mine and "chrom" in args and "--type=" not in args)


@contextmanager
def session(browser: Browser, version: Version) -> Iterator[Page]:
    """Open the server and its first page, as somebody who starts; stop everything after."""
    version.open()
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    page = context.new_page()
    page.add_init_script(WATCH)
    try:
        page.goto(version.address, wait_until="commit", timeout=120_000)
        page.wait_for_function("() => window.kpaSeen?.ready", timeout=120_000, polling=50)
        version.ready.setdefault("première page", []).append(page.evaluate("() => window.kpaSeen.ready"))
        yield page
    finally:
        context.close()
        left = version.close()
        print(f"   {version.name} : {len(left)} noyau(x) resté(s) après Ctrl+C", flush=True)


def measured(versions: list[Version], rounds: int, rest: float, pages: tuple[str, ...]) -> None:
    """Visit every page, one version after the other, as many rounds as asked."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        for at in range(rounds):
            for version in versions if at % 2 == 0 else versions[::-1]:
                with session(browser, version) as page:
                    pid = browser_process()
                    until_idle(page, [version.process.pid if version.process else 0, pid], rest)
                    for name in pages:
                        visit(page, version, name, rest, pid)
                print(
                    f"tour {at + 1}, {version.name}",
                    {k: round(v[-1]) for k, v in version.ready.items()},
                    "processeur",
                    {k: round(v[-1]) for k, v in version.work.items()},
                    flush=True,
                )
        browser.close()


def p95(values: list[float]) -> float:
    """Return the value that 95 in 100 do not pass; the greatest when they are few."""
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]


def told(version: Version) -> dict[str, object]:
    """Return what was measured, ready to be written."""
    return {
        "demarrage_ms": round(statistics.median(version.start)),
        "pret_ms": {
            name: {"p50": round(statistics.median(each)), "p95": round(p95(each)), "fois": len(each)}
            for name, each in version.ready.items()
        },
        "processeur_ms": {name: round(statistics.median(each)) for name, each in version.work.items()},
        "titre_ms": {name: round(statistics.median(each)) for name, each in version.title.items()},
        "scripts_demandes": {name: max(each) for name, each in version.scripts.items()},
        "memoire_des_noyaux_mo": round(statistics.median(version.held) / 1e6),
    }


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--beside", type=Path, help="another copy of the project")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--rest", type=float, default=3, help="seconds on each page")
    parser.add_argument("--pages", nargs="+", default=PAGES)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        places = [(OURS, ROOT), *([(BESIDE, asked.beside.resolve())] if asked.beside else [])]
        versions = [Version(name, where, Path(folder) / str(at)) for at, (name, where) in enumerate(places)]
        for each in versions:
            each.home.mkdir()
        measured(versions, asked.rounds, asked.rest, tuple(asked.pages))
    found = {each.name: told(each) for each in versions}
    rows = []
    for name in versions[0].ready:
        row = [name]
        for each in reversed(versions):
            row += [round(statistics.median(each.ready[name])), round(p95(each.ready[name]))]
        rows.append(row)
    titles = [f"{each.name}, {what}" for each in reversed(versions) for what in ("p50", "p95")]
    print(measure.table(["page", *titles], rows))
    print(json.dumps(found, ensure_ascii=False, indent=1))
    if asked.write:
        size = {"pages": len(asked.pages), "tours": asked.rounds}
        before = {"versions": measure.versions("voila", "ipywidgets"), "taille": size}
        measure.write("pages", before | found, asked.write)


if __name__ == "__main__":
    main()
