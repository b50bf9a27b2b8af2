"""Two hundred phones that answer every few seconds, against one Voilà kernel per phone, measured beside.

    python -m benchmarks.phones [--phones 200] [--seconds 30] [--write benchmarks/resultats]

Each phone follows the workshop (a stream stays open) and sends a true answer every 2 to 4 seconds: kept on the disk
before it is acknowledged. Times are those of the phones; they run on the same machine, in another process.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.measure import RESULTS, short, table, versions, write

SCRIPT = """
titre: Une mesure
etapes:
- {cle: bonjour, titre: Bonjour, minutes: 5}
- {cle: estimer, titre: Combien ?, minutes: 5, activite: {estimation: {travail: Un buffet}}}
"""
PAGES = 3


# --- the server, in a process of its own ------------------------------------------------------------------------------


async def serve(base: str) -> None:
    """Serve a workshop at its question, without the limits of people and of entries from one address."""
    from kpa_model.files.log.events import EventLog
    from kpa_model.server import app, arrivals, catalogue
    from kpa_model.server.guard import Limiter
    from kpa_model.server.workshop import LiveWorkshop, begin
    from kpa_model.workshop import live as room
    from kpa_model.workshop import script_file
    from kpa_model.workshop.event import Event

    catalogue.load()
    room.MOST_PEOPLE = arrivals.MOST_PEOPLE = 10_000  # four hundred: the first thing that a thousand phones meet
    log = EventLog(base)
    live = LiveWorkshop(log, begin(log, script_file.loads(SCRIPT), {"seed": 1}))
    sockets = app.open_port(0, "127.0.0.1")
    application = app.make_application(live, "http://127.0.0.1/")
    application.settings["limits"]["people"] = Limiter(10_000, 600)
    app.serve_on(application, sockets)
    await live.add(Event("moved", step="estimer", round="avant"))
    print(sockets[0].getsockname()[1], live.code, flush=True)
    await asyncio.Event().wait()


def memory(process: int) -> int:
    """Return the memory of a process in kB, what it shares with others counted once."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+)", rollup, re.M)[1])


# --- the phones -------------------------------------------------------------------------------------------------------


@dataclass
class Phone:
    """One phone: a link kept open, its cookie, its form token."""

    port: int
    cookie: str = ""
    token: str = ""
    waited: list[float] = field(default_factory=list)

    async def ask(self, method: str, path: str, typed: dict[str, str] | None = None) -> tuple[int, str]:
        """Send a request; return status and text."""
        body = urlencode({"_jeton": self.token, **(typed or {})}) if method == "POST" else ""
        lines = [
            f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", f"Cookie: {self.cookie}",
            "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}", "", body,
        ]  # fmt: skip
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write("\r\n".join(lines).encode())
            answer = (await reader.read()).decode()
        finally:
            writer.close()
        for found in re.findall(r"^Set-Cookie: ([^;]+)", answer, re.M):
            self.cookie = found
        if found := re.search(r'name="_jeton" value="([^"]+)"', answer):
            self.token = found[1]
        return int(answer.split(" ", 2)[1]), answer

    async def come_in(self, code: str, name: str) -> None:
        """Enter the workshop."""
        await self.ask("GET", "/")
        status, answer = await self.ask("POST", "/entrer", {"code": code, "nom": name})
        assert status == 303, answer
        await self.ask("GET", "/")

    async def follow(self) -> None:
        """Keep a stream of news open."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(f"GET /suivre HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookie}\r\n\r\n".encode())
        try:
            while await reader.read(4096):
                pass
        finally:
            writer.close()

    async def live(self, seconds: float, draws: random.Random) -> None:
        """Answer every 2 to 4 seconds, and remember how long each answer took to be acknowledged."""
        end = time.monotonic() + seconds
        await asyncio.sleep(draws.uniform(0, 3))
        while time.monotonic() < end:
            typed = {
                "etape": "estimer",
                "tour": "avant",
                "cle": f"c{draws.random()}",
                "montant": str(draws.randrange(900)),
            }
            start = time.perf_counter()
            status, answer = await self.ask("POST", "/repondre", typed)
            self.waited.append(time.perf_counter() - start)
            assert status == 303, answer
            await asyncio.sleep(draws.uniform(2, 4))


async def room(port: int, code: str, size: int, seconds: float, server: int) -> dict[str, object]:
    """Play the room; return times and memory."""
    empty, draws = memory(server), random.Random(1)
    phones = [Phone(port) for _ in range(size)]
    for at, phone in enumerate(phones):
        await phone.come_in(code, f"Personne {at}")
    streams = [asyncio.create_task(phone.follow()) for phone in phones]
    await asyncio.sleep(1)
    await asyncio.gather(*(phone.live(seconds, random.Random(draws.random())) for phone in phones))
    full = memory(server)
    for each in streams:
        each.cancel()
    waited = sorted(each for phone in phones for each in phone.waited)
    return {
        "telephones": size,
        "secondes": seconds,
        "reponses gardees": len(waited),
        "mediane_ms": 1000 * statistics.median(waited),
        "p95_ms": 1000 * waited[int(0.95 * len(waited))],
        "pire_ms": 1000 * waited[-1],
        "serveur_vide_ko": empty,
        "serveur_plein_ko": full,
        "par_telephone_ko": (full - empty) / size,
    }


def measure_phones(size: int, seconds: float) -> dict[str, object]:
    """Start the server, play the room, stop the server."""
    with tempfile.TemporaryDirectory() as home:
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.phones", "--serve", f"{home}/ateliers.sqlite"],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            assert process.stdout
            port, code = process.stdout.readline().split()
            return asyncio.run(room(int(port), code, size, seconds, process.pid))
        finally:
            process.kill()
            process.wait()


# --- the same with one Voilà page, so one kernel, per phone -----------------------------------------------------------


def measure_voila(pages: int = PAGES) -> dict[str, object]:
    """Open some pages of the workbook without code; return memory and time for one."""
    with tempfile.TemporaryDirectory() as home:
        process = subprocess.Popen(
            [sys.executable, "-m", "kpa_model.ui.serve", "06_comparer", "--no-browser"],
            stdout=subprocess.PIPE, text=True,
            env={**os.environ, "KPA_MES_DONNEES": f"{home}/mes", "HOME": home},
        )  # fmt: skip
        try:
            assert process.stdout
            address = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
            waited = []
            opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
            for _ in range(pages):
                start = time.perf_counter()
                opener.open(address, timeout=120).read()
                waited.append(time.perf_counter() - start)
            kernels = [memory(each) for each in _children(process.pid)]
            return {
                "pages": pages,
                "noyaux": len(kernels),
                "par_page_ko": sum(kernels) / max(len(kernels), 1),
                "page_mediane_ms": 1000 * statistics.median(waited),
            }
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()


def _children(parent: int) -> list[int]:
    """Return the kernels of a server: its children, and theirs."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(path.parent.name))
    return found


def main() -> None:
    """Measure, show, and perhaps keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--serve", metavar="BASE", help=argparse.SUPPRESS)
    parser.add_argument("--write", type=Path, nargs="?", const=RESULTS)
    asked = parser.parse_args()
    if asked.serve:
        asyncio.run(serve(asked.serve))
        return
    before = versions("tornado", "sqlalchemy", "voila")
    phones, voila = measure_phones(asked.phones, asked.seconds), measure_voila()
    ratio = float(str(voila["par_page_ko"])) / max(float(str(phones["par_telephone_ko"])), 0.1)
    rows = [(name, short(value) if isinstance(value, float) else value) for name, value in {**phones, **voila}.items()]
    print(table(("mesure", "valeur"), [*rows, ("mémoire d'un noyau / d'un téléphone", short(ratio))]))
    if asked.write:
        size = {"telephones": asked.phones, "secondes": asked.seconds}
        found = {"versions": before, "taille": size, "serveur": phones, "voila": voila, "rapport_memoire": ratio}
        write("phones", found, asked.write)


if __name__ == "__main__":
    main()
