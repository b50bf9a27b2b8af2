"""A program dies, or two write at once, while a month is typed: what was acknowledged is in the book, once.

Ten times by day, a hundred in the nightly profile.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings

from kpa_model.files.book.book_reader import read_book
from kpa_model.files.book.books import ASIDE, personal_books
from kpa_model.files.importing.past import imports_in
from kpa_model.files.importing.typing import start_book
from kpa_model.files.importing.week import put_week, week_change
from tests.typed_books import put_hours

KILLS = 100 if settings.default.max_examples > 1000 else 10
DAY = date(2026, 6, 15)
TOGETHER = 12
PATIENCE = 60


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    return start_book("Nous", ["Awa", "Bruno"], date(2026, 1, 1))


def type_for_ever(folder: Path, told: int) -> None:
    """Type one hour more each day, then a whole week; say each thing once it is kept."""
    held = sum(each.minutes for each in read_book(folder).book.hours if each.member == "Awa") // 60
    while True:
        held += 1
        put_hours(folder, "Awa", DAY + timedelta(days=held), "commun", "", 60)
        os.write(told, b"heure\n")
        book, monday = read_book(folder).book, DAY - timedelta(days=7)
        mine = {"Bruno": {(monday, monday + timedelta(days=6), "appui", ""): held}}
        put_week(folder, monday, mine, week_change(book, monday, mine).fingerprint, datetime(2026, 6, 21))
        os.write(told, b"semaine\n")


def test_what_was_acknowledged_is_there_after_a_kill(folder: Path) -> None:
    draws, hours, weeks = random.Random(4), 0, 0
    for _ in range(KILLS):
        listens, tells = os.pipe()
        process = multiprocessing.get_context("fork").Process(target=type_for_ever, args=(folder, tells))
        process.start()
        os.close(tells)
        try:
            time.sleep(draws.uniform(0.02, 0.25))
        finally:
            process.kill()
            process.join(PATIENCE)
        with os.fdopen(listens) as heard:
            said = heard.read().split()
        assert personal_books() == {"Nous": folder}
        book = read_book(folder).book
        awa = sum(each.minutes for each in book.hours if each.member == "Awa") // 60
        bruno = sum(each.minutes for each in book.hours if each.member == "Bruno")
        assert awa - hours - said.count("heure") in (0, 1)  # the last one may be kept without having been told
        assert bruno <= awa
        assert len(imports_in(folder)) - weeks - said.count("semaine") in (0, 1)
        hours, weeks = awa, len(imports_in(folder))
    assert hours > 0


def test_a_book_moved_aside_by_a_program_that_died_comes_back(folder: Path) -> None:
    put_hours(folder, "Awa", DAY, "commun", "", 60)
    os.replace(folder, folder.with_name(f"{ASIDE}{folder.name}"))
    assert personal_books() == {"Nous": folder}
    assert [each.minutes for each in read_book(folder).book.hours] == [60]


def type_some(folder: Path, who: str) -> None:
    for at in range(TOGETHER):
        put_hours(folder, who, DAY + timedelta(days=at), "commun", "", 60)


def test_two_programs_that_type_at_once_lose_nothing(folder: Path) -> None:
    context = multiprocessing.get_context("fork")
    both = [context.Process(target=type_some, args=(folder, who)) for who in ("Awa", "Bruno")]
    try:
        for each in both:
            each.start()
        for each in both:
            each.join(PATIENCE)
    finally:
        for each in both:
            each.kill()
    held = read_book(folder).book.hours
    assert [sum(each.member == who for each in held) for who in ("Awa", "Bruno")] == [TOGETHER, TOGETHER]
