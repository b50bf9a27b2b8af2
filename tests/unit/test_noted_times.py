"""A note beside a time, in its cell, is told and left; one that may change the time refuses it where it stands."""

from __future__ import annotations

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import minutes, read, table

LAID = {
    "lines": ("Date;Qui;Heures;Travail", "{};Zoé;{};tri", 2),
    "book": ("Date;Personne;Durée;Genre", "{};Zoé;{};commun", 2),
    "people": ("Date;Zoé;Ali", "{};{};1h", 1),
}


def given(way: str, cell: str) -> ImportProposal:
    titles, line, _ = LAID[way]
    cells = ("2h", "1h30", "0h45", "2h15", cell)
    rows = [line.format(f"0{at}/09/2026", each) for at, each in enumerate(cells, 1)]
    return read(table("heures.csv", titles, *rows), genre="commun")[0]


@pytest.mark.parametrize("way", LAID)
@pytest.mark.parametrize(
    ("cell", "last"),
    [
        ("2h (dont 30 min de trajet)", 120),
        ("4h, y compris l'installation", 240),
        ("3h (1h de trajet comprise)", 180),
        ("env. 1h30", 90),
        ("1h45 (approx.)", 105),
        ("~ 2h", 120),
        ("2h (vaisselle)", 120),
        ("3,5 (dont 1 de trajet)", 210),
    ],
)
def test_a_time_is_read_without_its_note_which_is_told(way: str, cell: str, last: int) -> None:
    proposal = given(way, cell)
    assert minutes(proposal)["Zoé", "2026-09"] == 390 + last
    assert any(f"« {cell} » est lu" in each for each in proposal.heeded)


@pytest.mark.parametrize("way", LAID)
@pytest.mark.parametrize(
    "cell",
    ["2h (hors trajet)", "3h (+1h de trajet)", "2h30 (2h facturées)", "2h ?", "3h (annulé)", "3h (pause 30 min)"],
)
def test_a_note_that_may_change_a_time_refuses_it_where_it_stands(way: str, cell: str) -> None:
    assert f"« {cell} » n'est pas une durée" in str(given(way, cell).refusal)


@pytest.mark.parametrize("word", ["RAS", "Néant", "rien", "pas travaillé", "N/A"])
def test_a_word_for_nothing_counts_nothing_and_is_told(word: str) -> None:
    for way in ("lines", "people"):
        proposal = given(way, word)
        assert minutes(proposal)["Zoé", "2026-09"] == 390
        assert any(f"« {word} »" in each and "0 h" in each for each in proposal.heeded)


def test_times_of_one_person_add_up_in_their_cell() -> None:
    assert minutes(given("lines", "2h + 1h15"))["Zoé", "2026-09"] == 390 + 195
    shared = ("Date;Qui;Heures;Travail", "01/09/2026;Zoé + Ali;2h + 1h15;tri", "02/09/2026;Zoé;1h;tri")
    proposal, _ = read(table("heures.csv", *shared), genre="commun")
    assert "« 2h + 1h15 »" in str(proposal.refusal)


@pytest.mark.parametrize("last", ["Signature :;R.H.;", "Fait à Vez, le;30/09/2026;", "Visa de la trésorière;OK;"])
def test_the_signature_under_a_form_is_no_line_of_hours(last: str) -> None:
    rows = ("Jour;Durée;Travail", "01/09/2026;2h;tri", "03/09/2026;1h30;tri", "Total;3h30;", "", last)
    proposal, _ = read(table("heures Rose.csv", *rows), genre="commun", **{"personne_heures rose": "Rose"})
    assert sum(minutes(proposal).values()) == 210
    assert not any("n'a pas d'heures" in each for each in proposal.heeded)
    assert any("est écrit sous le tableau" in each for each in proposal.heeded)
