"""In a sheet with everything, lines that only say somebody and her hours: the job above goes on, and it is asked."""

from __future__ import annotations

from collections.abc import Iterable

from tests.given_tables import minutes, read, sales, table

MONTH = "2026-09"
TITLES = "Jour;Client;Travail;Montant HT;TVA;Qui;Temps"
JOBS = (
    "03/09/2026;Mairie;Haies;300;20 %;Lou;5h",
    ";;;;;Omar;4h30",
    "10/09/2026;Musée;Tonte;100;20 %;Omar;2h",
    ";;;;;Lou;1h",
)


def _plain(told: Iterable[str]) -> list[str]:
    return [each.replace("\xa0", " ") for each in told]


def test_somebody_and_hours_alone_go_on_with_the_job_above_when_the_group_says_so() -> None:
    proposal, asked = read(table("suivi.csv", TITLES, *JOBS), sold="")
    assert asked.count("lignes.suite") == 1
    assert minutes(proposal) == {("Lou", MONTH): 360, ("Omar", MONTH): 390}
    assert sales(proposal) == {MONTH: 40_000}
    assert proposal.reading is not None
    assert len({each.order for each in proposal.reading.book.hours}) == 2


def test_when_they_do_not_what_is_lost_is_told_with_the_total_that_denies_it() -> None:
    rows = (*JOBS, "Total;;;400;;;12h30")
    proposal, _ = read(table("suivi.csv", TITLES, *rows), sold="", lignes_suite="non")
    assert minutes(proposal) == {("Lou", MONTH): 300, ("Omar", MONTH): 120}
    assert any("5 h 30 en tout : Omar 4 h 30, Lou 1 h" in told for told in _plain(proposal.unread))
    assert any(
        "le total de la feuille dit 12 h 30, et les lignes lues font 7 h" in told for told in _plain(proposal.heeded)
    )


def test_a_total_that_agrees_says_nothing_and_one_of_money_that_does_not_is_told() -> None:
    rows = (JOBS[0], JOBS[2], "Total;;;450;;;7h")
    proposal, _ = read(table("suivi.csv", TITLES, *rows), sold="")
    told = [each for each in _plain(proposal.heeded) if "le total de la feuille" in each]
    assert len(told) == 1
    assert "450,00 €" in told[0]


def test_what_each_one_did_in_all_below_the_jobs_is_no_job() -> None:
    rows = (JOBS[0], JOBS[2], ";;;;;Lou;5h", ";;;;;Omar;2h")
    proposal, asked = read(table("suivi.csv", TITLES, *rows), sold="")
    assert "lignes.suite" not in asked
    assert minutes(proposal) == {("Lou", MONTH): 300, ("Omar", MONTH): 120}
