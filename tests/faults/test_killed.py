"""The server dies without warning, at a moment nobody chose: what was acknowledged is there when it comes back."""

from __future__ import annotations

import http.client
import multiprocessing
import os
import random
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kpa_model.files.log.events import EventLog
from kpa_model.workshop.live import fold
from tests.conftest import new_base
from tests.faults import serve
from tests.live_server import Visitor

PHONES = 8
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.faults.serve"])  # the program is read once: a server starts in an instant


@dataclass
class Mortal:
    """A server in a process of its own, that can be killed and started again on the same log and the same port.

    It is not left behind when a test fails.
    """

    base: str
    known: list[str] = field(default_factory=list)
    up: threading.Event = field(default_factory=threading.Event)
    heard: threading.Condition = field(default_factory=threading.Condition)
    """Notified at each answer acknowledged, of any phone."""

    def start(self) -> None:
        """Start, or start again, and wait until it answers."""
        hears, tells = PROCESSES.Pipe(duplex=False)
        self.process = PROCESSES.Process(target=serve.told, args=(tells, self.base, *self.known[:2]), daemon=True)
        self.process.start()
        tells.close()
        with hears:
            assert hears.poll(60)
            self.known = os.read(hears.fileno(), 500).decode().split()
        assert len(self.known) == 4
        self.up.set()

    def kill(self) -> None:
        """Kill this process, and no other."""
        self.up.clear()
        self.process.kill()
        self.process.join(10)
        assert not self.process.is_alive()

    def __enter__(self) -> Mortal:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.is_alive():
            self.kill()

    @property
    def port(self) -> int:
        """Return its port."""
        return int(self.known[1])


class Phone(threading.Thread):
    """Sends one amount after another, again and again until each is acknowledged; remembers which were."""

    def __init__(self, server: Mortal, name: str, number: int) -> None:
        super().__init__(daemon=True)
        self.server, self.visitor, self.number = server, Visitor(server.port), number
        self.acknowledged, self.stopped = list[int](), False
        self.visitor.get("/")
        assert self.visitor.post("/entrer", code=server.known[2], nom=name) == 303

    def run(self) -> None:
        """Send until stopped."""
        amount = self.number
        while not self.stopped:
            amount += PHONES
            key = {
                "cle": f"c{amount}",
                "etape": "estimer",
                "tour": "avant",
                "montant": f"{amount // 100},{amount % 100:02d}",
            }
            while not self.stopped:
                try:
                    if self.visitor.post("/repondre", **key) == 303:
                        with self.server.heard:
                            self.acknowledged.append(amount)
                            self.server.heard.notify_all()
                        break
                    self.visitor.get("/")
                except (OSError, http.client.HTTPException):
                    self.server.up.wait(20)


def play(server: Mortal, kills: int, seed: int, most: int) -> list[Phone]:
    """Kill the server so many times under load, each time after 1 to `most` answers more, others on their way.

    Return the phones; the server is alive again.
    """
    draws = random.Random(seed)
    phones = [Phone(server, f"Téléphone {at}", at) for at in range(PHONES)]
    animator = Visitor(server.port)
    animator.get(f"/animation/entrer?jeton={server.known[3]}")
    for _ in range(2):
        animator.get("/animation")
        animator.act(geste="suivant")
    for phone in phones:
        phone.visitor.get("/")
        phone.start()
    for _ in range(kills):
        _hear(server, phones, draws.randint(1, most))
        server.kill()
        server.start()
    for phone in phones:
        _hear(server, [phone], 1)
    for phone in phones:
        phone.stopped = True
    for phone in phones:
        phone.join(20)
    return phones


def _hear(server: Mortal, phones: list[Phone], more: int) -> None:
    """Wait until these phones have so many more answers acknowledged."""
    with server.heard:
        before = sum(len(phone.acknowledged) for phone in phones)
        assert server.heard.wait_for(lambda: sum(len(each.acknowledged) for each in phones) >= before + more, 60)


def check(base: str, phones: list[Phone], server: Mortal) -> int:
    """Check that nothing acknowledged is missing, that order holds, and that the step is the same."""
    visitor = phones[0].visitor
    assert visitor.get("/") == 200
    assert "C'est envoyé" in visitor.text  # the same step, still open
    server.kill()
    with EventLog(base) as log:
        events = log.read(server.known[0])
    assert [each.seq for each in events] == list(range(1, len(events) + 1))
    kept = [each.payload["answer"]["montant"] for each in events if each.kind == "answered"]
    said = [amount for phone in phones for amount in phone.acknowledged]
    assert sorted(set(said) - set(kept)) == []
    assert len(kept) == len(set(kept))  # sent again, never counted twice
    live = fold(events)
    assert (live.step, live.round) == ("estimer", "avant")
    names = {person.name: person.id for person in live.people.values()}
    for at, phone in enumerate(phones):
        last = live.asked["estimer", "avant"].answers[names[f"Téléphone {at}"]]["montant"]
        assert last >= phone.acknowledged[-1]
    return len(said)


@pytest.mark.slow
def test_killed_under_load_it_loses_nothing_acknowledged(tmp_path: Path) -> None:
    base = str(tmp_path / "ateliers.sqlite")
    with Mortal(base) as server:
        assert check(base, play(server, kills=5, seed=1789, most=60), server) > 50


@pytest.mark.slow
def test_killed_with_postgresql_it_loses_nothing_acknowledged(postgres_url: str) -> None:
    base = new_base(postgres_url)
    with Mortal(base) as server:
        assert check(base, play(server, kills=2, seed=1936, most=60), server) > 20


@pytest.mark.nightly
def test_killed_a_hundred_times_it_loses_nothing_acknowledged(tmp_path: Path) -> None:
    base = str(tmp_path / "ateliers.sqlite")
    with Mortal(base) as server:
        assert check(base, play(server, kills=100, seed=random.randrange(10**9), most=100), server) > 500
