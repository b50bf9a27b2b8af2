"""Hours told as instants, the night when the clock changes: the time given is the time that passed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kpa_model.files.book.dates import elapsed, instant, read_date
from tests.given_tables import read, table

SOLD = "Numéro;Date;Montant HT;TVA\nF1;10/10/2026;500,00;100,00"


@pytest.mark.parametrize(
    ("titles", "begin", "end", "minutes"),
    [
        ("checkin;checkout", "2026-10-25T00:15:00Z", "2026-10-25T02:15:00Z", 120),
        ("Début;Fin", "2026-10-25T02:40:00+02:00", "2026-10-25T02:10:00+01:00", 30),
        ("from;to", "20261025T000000Z", "20261025T013000Z", 90),
        ("clock in;clock out", "2026-10-25 00:30:00 GMT", "2026-10-25 01:00:00 GMT", 30),
        ("Start (UTC);End (UTC)", "25/10/2026 00:30", "25/10/2026 03:00", 150),
        ("start;end", "2026-03-29T00:45+00", "2026-03-29T01:15+00", 30),
    ],
)
def test_the_time_between_two_instants_is_what_passed(titles: str, begin: str, end: str, minutes: int) -> None:
    proposal, _ = read(table("veille.csv", f"Qui;{titles};Tâche", f"Noé;{begin};{end};four"), sold=SOLD)
    assert proposal.reading is not None, proposal.refusal
    assert [each.minutes for each in proposal.reading.book.hours] == [minutes]
    assert {each.on.day for each in proposal.reading.book.hours} <= {25, 29}


def test_an_instant_is_of_the_day_of_paris_and_one_without_a_shift_is_as_written() -> None:
    assert read_date("2026-06-30T22:30:00Z") == date(2026, 7, 1)
    assert read_date("2026-06-30 22:30:00") == date(2026, 6, 30)
    assert instant("2026-13-01T10:00:00Z") is None
    told = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert elapsed(told, datetime(2026, 3, 29, 2)).total_seconds() == 5400


@pytest.mark.parametrize(
    ("titles", "line", "told"),
    [
        ("Jour;De;À", "24/10/2026;21:00;05:00", "une heure de plus"),
        ("Jour;De;À", "25/10/2026;01:30;05:00", "une heure de plus"),
        ("Jour;Horaires", "28/03/2026;22h-6h", "une heure de moins"),
        ("Début;Fin", "2026-03-28 23:00;2026-03-29 07:00", "une heure de moins"),
        ("Jour;De;À", "24/10/2026;21:00;01:30", ""),
        ("Jour;De;À", "25/10/2026;09:00;12:00", ""),
        ("Jour;De;À", "23/10/2026;21:00;05:00", ""),
        ("Début;Fin", "2026-03-28T23:00+01:00;2026-03-29T07:00+02:00", ""),
    ],
)
def test_a_night_when_the_clock_changes_is_told_where_no_shift_is(titles: str, line: str, told: str) -> None:
    proposal, _ = read(table("garde.csv", f"Qui;{titles};Quoi", f"Noé;{line};four", "Noé;" + line + ";pain"), sold=SOLD)
    assert proposal.reading is not None, proposal.refusal
    said = [each for each in proposal.heeded if "l'heure change" in each]
    assert bool(said) == bool(told)
    assert all(told in each for each in said)
