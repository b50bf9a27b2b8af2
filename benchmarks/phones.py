"""Hundreds of phones that answer every few seconds, against one Voilà kernel per phone, measured beside.

    python -m benchmarks.phones [--phones 200 1000] [--seconds 30] [--write benchmarks/resultats]
    python -m benchmarks.phones --phones 1000 --as-it-is      with the limits of a workshop: who is refused, and how

Each phone has an address of its own (127.0.0.2, 127.0.0.3…), follows the workshop (a stream stays open) and sends a
true answer every 2 to 4 seconds: kept on the disk before it is acknowledged. It then reads its page again and follows
anew, as the page's script does. The facilitator's page and the screen of the room are open, and read again what they
show. At the end the group moves: every phone reads its page at once. Times are those of the phones; they run on the
same machine, in another process.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path

from benchmarks.measure import RESULTS, short, table, versions, write
from benchmarks.phone import Phone
from kpa_model.server.connections import raise_the_limit

SCRIPT = """
titre: Une mesure
etapes:
- {cle: bonjour, titre: Bonjour, minutes: 5}
- {cle: estimer, titre: Combien ?, minutes: 5, activite: {estimation: {travail: Un buffet}}}
"""
PAGES = 3


# --- the server, in a process of its own ------------------------------------------------------------------------------


async def serve(base: str, as_it_is: bool) -> None:
    """Serve a workshop at its question; without the limits of people and of entries from one address, unless asked."""
    from kpa_model.files.log.events import EventLog
    from kpa_model.server import app, arrivals, catalogue
    from kpa_model.server.guard import Limiter
    from kpa_model.server.workshop import LiveWorkshop, begin
    from kpa_model.workshop import live as room
    from kpa_model.workshop import script_file
    from kpa_model.workshop.event import Event

    catalogue.load()
    if not as_it_is:  # four hundred: the first thing that a thousand phones meet
        room.MOST_PEOPLE = arrivals.MOST_PEOPLE = 10_000
    log = EventLog(base)
    live = LiveWorkshop(log, begin(log, script_file.loads(SCRIPT), {"seed": 1}))
    sockets = app.open_port(0, "127.0.0.1")
    application = app.make_application(live, "http://127.0.0.1/")
    if not as_it_is:  # phones may have to share one address, where a machine has only one
        application.settings["limits"]["people"] = Limiter(10_000, 600)
    app.serve_on(application, sockets)
    await live.add(Event("moved", step="estimer", round="avant"))
    print(sockets[0].getsockname()[1], live.code, application.settings["key"], flush=True)
    moves, here = asyncio.Event(), asyncio.get_running_loop()
    here.add_signal_handler(signal.SIGUSR1, moves.set)
    await moves.wait()
    await live.add(Event("moved", step="bonjour"))
    await asyncio.Event().wait()


def memory(process: int) -> int:
    """Return the memory of a process in kB, what it shares with others counted once."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+)", rollup, re.M)[1])


def processor(process: int) -> float:
    """Return the seconds of processor that a process has taken."""
    taken = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(taken[11]) + int(taken[12])) / os.sysconf("SC_CLK_TCK")


# --- the phones -------------------------------------------------------------------------------------------------------


async def room(port: int, code: str, key: str, size: int, seconds: float, server: int) -> dict[str, object]:
    """Play the room; return times, memory, and who was refused."""
    raise_the_limit()
    empty, draws, door = memory(server), random.Random(1), asyncio.Semaphore(10)
    phones = [Phone(port, f"127.0.{at // 250}.{at % 250 + 2}") for at in range(size)]

    async def enter(at: int, phone: Phone) -> None:
        async with door:
            await phone.come_in(code, f"Personne {at}")

    await asyncio.gather(*(enter(at, phone) for at, phone in enumerate(phones)))
    inside, screens = [phone for phone in phones if not phone.refused], [Phone(port), Phone(port)]
    for screen in screens:
        await screen.ask("GET", f"/animation/entrer?jeton={key}")
    shown = [
        asyncio.create_task(screen.show(page))
        for screen, page in zip(screens, ("/animation", "/animation/ecran"), strict=True)
    ]
    await asyncio.sleep(1)
    before = processor(server)
    await asyncio.gather(*(phone.live(seconds, random.Random(draws.random())) for phone in inside))
    used, full = processor(server) - before, memory(server)
    waited = sorted(each for phone in inside for each in phone.waited)
    read = sorted(each for phone in inside for each in phone.read)
    for phone in inside:
        phone.moved.clear()
    start = time.perf_counter()
    os.kill(server, signal.SIGUSR1)
    moved = sorted(await asyncio.gather(*(phone.read_once_moved() for phone in inside)))
    for each in [*shown, *(phone.stream for phone in [*phones, *screens] if phone.stream)]:
        each.cancel()
    return {
        "telephones": size, "entres": len(inside), "secondes": seconds, "reponses gardees": len(waited),
        "refus": dict(Counter(phone.refused for phone in phones if phone.refused)),
        "mediane_ms": 1000 * statistics.median(waited), "p95_ms": 1000 * waited[int(0.95 * len(waited))],
        "pire_ms": 1000 * waited[-1], "page_relue_p95_ms": 1000 * read[int(0.95 * len(read))],
        "tous_bougent_p95_ms": 1000 * (moved[int(0.95 * len(moved))] - start),
        "tous_bougent_pire_ms": 1000 * (moved[-1] - start),
        "processeur_par_reponse_ms": 1000 * used / len(waited), "processeur_pris": used / seconds,
        "serveur_vide_ko": empty, "serveur_plein_ko": full, "par_telephone_ko": (full - empty) / size,
    }  # fmt: skip


def measure_phones(size: int, seconds: float, as_it_is: bool = False) -> dict[str, object]:
    """Start the server, play the room, stop the server."""
    with tempfile.TemporaryDirectory() as home:
        asked = ["--serve", f"{home}/ateliers.sqlite", *(["--as-it-is"] if as_it_is else [])]
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.phones", *asked], stdout=subprocess.PIPE, text=True
        )
        try:
            assert process.stdout
            port, code, key = process.stdout.readline().split()
            return asyncio.run(room(int(port), code, key, size, seconds, process.pid))
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
    parser.add_argument("--phones", type=int, nargs="+", default=[200])
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--as-it-is", action="store_true", help="keep the limits of a workshop")
    parser.add_argument("--without-voila", action="store_true")
    parser.add_argument("--serve", metavar="BASE", help=argparse.SUPPRESS)
    parser.add_argument("--write", type=Path, nargs="?", const=RESULTS)
    asked = parser.parse_args()
    if asked.serve:
        asyncio.run(serve(asked.serve, asked.as_it_is))
        return
    found: dict[str, object] = {
        "versions": versions("tornado", "sqlalchemy", "voila"),
        "taille": {"telephones": asked.phones, "secondes": asked.seconds},
        "serveur": [],
    }
    for size in asked.phones:
        phones = measure_phones(size, asked.seconds, asked.as_it_is)
        found["serveur"] = [*found["serveur"], phones]  # type: ignore[misc]
        shown = [(name, short(value) if isinstance(value, float) else value) for name, value in phones.items()]
        print(table((f"{size} téléphones", "valeur"), shown), flush=True)
    if not asked.without_voila:
        found["voila"] = voila = measure_voila()
        found["rapport_memoire"] = float(str(voila["par_page_ko"])) / max(float(str(phones["par_telephone_ko"])), 0.1)
        shown = [(name, short(value) if isinstance(value, float) else value) for name, value in voila.items()]
        print(table(("une page Voilà par téléphone", "valeur"), shown))
    if asked.write:
        write("phones", found, asked.write)


if __name__ == "__main__":
    main()
