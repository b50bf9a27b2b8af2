"""A full disk: a clear message, nothing acknowledged lost, and the workshop goes on once there is room."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import event

from kpa_model.files.log.events import EventLog
from kpa_model.files.log.schema import CannotKeep
from kpa_model.workshop.event import Event
from tests.live_server import AMOUNT, Served

LIMITED = """
import resource, sys
from kpa_model.workshop.event import Event
from kpa_model.files.log.events import EventLog
from kpa_model.files.log.schema import CannotKeep
log = EventLog(sys.argv[1])
log.append("a", Event("opened"))
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
try:
    for at in range(10_000):
        print(log.append("a", Event("answered", f"p{at}", payload={"texte": "x" * 2_000})).seq, flush=True)
except CannotKeep as full:
    print(full)
"""


def limit(log: EventLog, pages: int) -> None:
    """Let the file have so many pages; connections are opened again."""
    log.engine.dispose()
    event.listen(log.engine, "connect", lambda link, _: link.execute(f"PRAGMA max_page_count={pages}").close())
    log.engine.dispose()


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_what_was_acknowledged_before_the_disk_was_full_is_there_after(tmp_path: Path) -> None:
    base = tmp_path / "ateliers.sqlite"
    done = subprocess.run([sys.executable, "-c", LIMITED, str(base)], capture_output=True, text=True, check=True)
    *acknowledged, what, todo = done.stdout.splitlines()
    assert what == "Journal de l'atelier : le disque est plein."
    assert todo.startswith("Libérez de la place, puis recommencez.")
    assert acknowledged
    with EventLog(base) as log:
        kept = [each.seq for each in log.read("a")]
        assert kept[: len(acknowledged) + 1] == list(range(1, len(acknowledged) + 2))
        assert log.append("a", Event("answered")).seq == kept[-1] + 1


def test_phones_are_told_in_words_and_the_workshop_goes_on(tmp_path: Path) -> None:
    served = Served(str(tmp_path / "ateliers.sqlite"))
    try:
        guest, animator = served.guest("Renard"), served.facilitator()
        for _ in range(2):
            animator.get("/animation")
            animator.act(geste="suivant")
        assert guest.answer(montant="100") == 303
        before = served.log.read(served.id)
        limit(served.log, 1)
        while guest.answer(montant="200") == 303:  # what is left of the last page
            before = served.log.read(served.id)
        assert guest.status == 503
        assert "le disque est plein" in guest.text
        assert "Libérez de la place" in guest.text
        assert served.log.read(served.id) == before
        limit(served.log, 1_000_000)
        assert guest.answer(montant="300") == 303
        assert list(served.workshop.live.asked[AMOUNT].answers.values()) == [{"montant": 30_000}]
    finally:
        served.stop()


def test_one_too_large_does_not_stop_its_neighbours(tmp_path: Path) -> None:
    with EventLog(tmp_path / "ateliers.sqlite") as log:
        log.append("a", Event("opened"))
        limit(log, 30)
        sent = [
            log.send("a", Event("answered", f"p{at}", payload={"t": "x" * (90_000 if at == 3 else 5)}))
            for at in range(8)
        ]
        ends = [each.exception() for each in sent]
        assert isinstance(ends[3], CannotKeep)
        assert [end for at, end in enumerate(ends) if at != 3] == [None] * 7


def test_thirty_phones_that_press_together_are_all_kept(base: str) -> None:
    served = Served(base)
    try:
        served.application.settings["limits"]["people"].most = 1_000
        guests = [served.guest(f"Personne {at}") for at in range(30)]
        animator = served.facilitator()
        for _ in range(2):
            animator.get("/animation")
            animator.act(geste="suivant")
        with ThreadPoolExecutor(30) as pool:
            statuses = list(pool.map(lambda at: guests[at].answer(montant=str(at + 1)), range(30)))
        assert statuses == [303] * 30
        kept = served.workshop.live.asked[AMOUNT].answers.values()
        assert sorted(each["montant"] for each in kept) == [100 * at for at in range(1, 31)]
        assert len([each for each in served.log.read(served.id) if each.kind == "answered"]) == 30
    finally:
        served.stop()
