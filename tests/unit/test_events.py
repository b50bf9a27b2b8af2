"""The log of workshops, on SQLite and on a real PostgreSQL: the same promises."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kpa_model.files.log import archive
from kpa_model.files.log.events import EventLog, Session, forgets_draft, keeps_session
from kpa_model.files.log.schema import CannotKeep, open_engine
from kpa_model.workshop.event import SEAT, Event

AT = ("estimer", "reponse")


@pytest.fixture
def log(base: str):
    with EventLog(base) as opened:
        yield opened


def answered(person: str, amount: int, key: str = "") -> Event:
    return Event("answered", person, *AT, {"answer": {"montant": amount}, "by": "phone"}, key)


def test_what_is_appended_is_read_back_in_order(log: EventLog) -> None:
    log.append("a", Event("opened", payload={"title": "Né à l'été"}))
    log.append("a", answered("p1", 1200))
    log.append("b", Event("opened", payload={"title": "Un autre"}))
    read = log.read("a")
    assert [(each.seq, each.kind) for each in read] == [(1, "opened"), (2, "answered")]
    assert read[0].payload == {"title": "Né à l'été"}
    assert log.read("a", after=1) == read[1:]
    assert {workshop for workshop, _ in log.workshops()} == {"a", "b"}


def test_the_same_key_is_written_once_and_comes_back(log: EventLog) -> None:
    first = log.append("a", answered("p1", 1200, "k"))
    assert log.append("a", answered("p1", 1200, "k")) == first
    assert log.append("b", answered("p1", 1200, "k")).seq == 1
    assert len(log.read("a")) == 1


def test_thirty_writers_at_once_lose_nothing(log: EventLog, base: str) -> None:
    """Ten logs of their own, three threads each, as many programs would."""
    logs = [EventLog(base) for _ in range(10)]
    with ThreadPoolExecutor(30) as pool:
        written = list(
            pool.map(lambda at: logs[at % 10].append("a", answered(f"p{at % 30}", at, f"k{at}")), range(300))
        )
    for each in logs:
        each.close()
    kept = log.read("a")
    assert [each.seq for each in kept] == list(range(1, 301))
    assert {each.key for each in kept} == {each.key for each in written} == {f"k{at}" for at in range(300)}


def test_a_work_that_fails_does_not_sink_its_neighbours(log: EventLog) -> None:
    def fails(connection):
        raise ValueError("no")

    futures = [log.send("a", answered(f"p{at}", at), fails if at == 3 else None) for at in range(6)]
    ends = [each.exception() for each in futures]
    assert [at for at, end in enumerate(ends) if end] == [3]
    assert [each.person for each in log.read("a")] == ["p0", "p1", "p2", "p4", "p5"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE events SET payload = '{\"answer\": 1}'",
        "UPDATE events SET kind = 'erased', payload = '{}'",
        "DELETE FROM events",
        "INSERT INTO erasing VALUES ('a'); UPDATE events SET payload = '[]'",
        "INSERT INTO erasing VALUES ('b'); DELETE FROM events",
    ],
)
def test_the_database_itself_refuses_to_change_what_happened(log: EventLog, change: str) -> None:
    before = [log.append("a", answered("p1", 1200))]
    statements = change.split("; ")
    with log.engine.connect() as connection:
        for statement in statements[:-1]:
            connection.execute(text(statement))
        with pytest.raises(DBAPIError, match="events only grow"):
            connection.execute(text(statements[-1]))
    assert log.read("a") == before


def test_a_draft_is_kept_replaced_and_removed_with_its_answer(log: EventLog) -> None:
    log.keep_draft("a", "p1", AT, {"montant": "1"}).result()
    log.keep_draft("a", "p1", AT, {"montant": "12"}).result()
    assert log.draft("a", "p1", AT) == {"montant": "12"}
    assert log.draft("a", "p2", AT) == {}
    log.append("a", answered("p1", 1200), also=forgets_draft("a", "p1", AT))
    assert log.draft("a", "p1", AT) == {}


def test_a_session_belongs_to_one_workshop(log: EventLog) -> None:
    log.append(
        "a", Event("joined", "p1", payload={"name": "Renard"}), keeps_session("a", "f", Session("guest", ("p1",)))
    )
    assert log.sessions("a") == {"f": Session("guest", ("p1",))}
    assert log.sessions("b") == {}


def whole(log: EventLog) -> None:
    log.append("a", Event("opened", payload={"title": "Un atelier"}))
    for person, name in (("p1", "Renard"), ("p2", "Hérisson")):
        also = keeps_session("a", f"f{person}", Session("guest", (person,)))
        log.append("a", Event("joined", person, payload={"name": name}, key=f"{person}:entree"), also)
        log.append("a", answered(person, 4321 if person == "p1" else 8765, f"{person}:1"))
        log.keep_draft("a", person, AT, {"montant": f"brouillon {person}"}).result()


def test_a_workshop_leaves_in_one_file_and_comes_back(log: EventLog, tmp_path: Path) -> None:
    whole(log)
    content = archive.export(log, "a")
    assert b"brouillon" not in content
    with EventLog(tmp_path / "ailleurs.sqlite") as other:
        assert archive.restore(other, content) == "a"
        assert other.read("a") == log.read("a")
        assert other.sessions("a") == {}
        with pytest.raises(archive.WrongArchive, match="déjà ici"):
            archive.restore(other, content)


def damaged(content: bytes) -> list[bytes]:
    header, body = content.split(b"\n", 1)
    wrong = json.dumps({**json.loads(header), "format": "autre"}).encode()
    many = json.dumps({**json.loads(header), "evenements": 99}).encode()
    return [
        b"", b"\xff\xfe", b"[]", content[:-3], content.replace(b"4321", b"9999"), header, wrong + b"\n" + body,
        many + b"\n" + body, b"[" * 100_000,
    ]  # fmt: skip


def test_a_damaged_file_is_refused_and_writes_nothing(log: EventLog, tmp_path: Path) -> None:
    whole(log)
    with EventLog(tmp_path / "ailleurs.sqlite") as other:
        for content in damaged(archive.export(log, "a")):
            with pytest.raises(archive.WrongArchive):
                archive.restore(other, content)
        assert other.workshops() == []


def test_a_person_who_asks_is_forgotten_and_the_others_stay(log: EventLog, base: str) -> None:
    whole(log)
    assert archive.forget_person(log, "a", "p1") == 2
    kept = log.read("a")
    assert [each.seq for each in kept] == [1, 2, 3, 4, 5]
    assert [each.kind for each in kept] == ["opened", "erased", "erased", "joined", "answered"]
    assert sum(each.round == SEAT for each in kept) == 1  # the seat stays, empty
    assert log.draft("a", "p1", AT) == {}
    assert log.draft("a", "p2", AT) != {}
    assert log.sessions("a") == {"fp1": Session("guest", ()), "fp2": Session("guest", ("p2",))}
    left = b"".join(path.read_bytes() for path in Path(base).parent.glob("ateliers.sqlite*"))
    assert b"Renard" not in left
    assert b"4321" not in left
    assert b"brouillon p1" not in left
    with pytest.raises(DBAPIError, match="events only grow"), log.engine.begin() as connection:
        connection.execute(text("DELETE FROM events"))


def test_nothing_remains_of_a_workshop_that_is_erased(log: EventLog, base: str) -> None:
    whole(log)
    log.append("b", Event("opened", payload={"title": "Un autre"}))
    archive.forget_workshop(log, "a")
    assert [workshop for workshop, _ in log.workshops()] == ["b"]
    assert log.sessions("a") == {}
    left = b"".join(path.read_bytes() for path in Path(base).parent.glob("ateliers.sqlite*"))
    assert not [word for word in (b"Renard", b"4321", b"brouillon") if word in left]


def test_the_log_opens_again_on_what_it_kept(base: str) -> None:
    with EventLog(base) as log:
        whole(log)
        before = log.read("a")
    with EventLog(base) as log:
        assert log.read("a") == before
        log.append("a", answered("p2", 1))


def test_tables_of_another_version_are_refused_in_words(base: str) -> None:
    with EventLog(base) as log, log.engine.begin() as connection:
        connection.execute(text("UPDATE about SET value = '99'"))
    with pytest.raises(CannotKeep, match="sa version est 99, et non 1"):
        EventLog(base)


@pytest.mark.parametrize("wrong", ["oracle://ici", "postgresql://nulle.part.invalid:1/x", "://"])
def test_a_base_that_does_not_open_is_told_in_french(wrong: str) -> None:
    with pytest.raises(CannotKeep) as told:
        open_engine(wrong)
    assert told.value.problems[0].where in ("Base de l'atelier", "Journal de l'atelier")


def test_a_file_that_is_something_else_is_told_in_french(tmp_path: Path) -> None:
    (tmp_path / "photo.sqlite").write_bytes(b"JFIF" * 2000)
    with pytest.raises(CannotKeep, match="n'est pas un journal lisible"):
        EventLog(tmp_path / "photo.sqlite")


def test_a_payload_has_a_limit(log: EventLog) -> None:
    with pytest.raises(CannotKeep, match="trop long"):
        log.append("a", Event("answered", payload={"texte": "x" * 300_000}))
    assert log.read("a") == []
