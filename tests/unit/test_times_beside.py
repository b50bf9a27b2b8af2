"""A time beside the one that counts, « Trajet » beside « Durée »: it adds up or not, and it is asked."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from tests.given_tables import SOLD, minutes, read, sheet, table

MONTH = "2026-09"
LINES = ("07/09/2026;Lou;3;1", "08/09/2026;Omar;2,5;", "09/09/2026;Lou;;0,5")
ALONE = {("Lou", MONTH): 180, ("Omar", MONTH): 150}
BOTH = {("Lou", MONTH): 270, ("Omar", MONTH): 150}
PAIRS = [
    "Durée;Trajet", "Heures;Préparation", "Temps passé;Temps de route", "Heures;Heures sup",
    "Heures internes;Heures vendues", "Temps interne;Temps facturé", "Durée;Réunion (h)",
]  # fmt: skip


@pytest.mark.parametrize("titles", PAIRS)
def test_another_time_adds_up_when_the_group_says_so(titles: str) -> None:
    counted, other = titles.split(";")
    both = f"{counted}|{other}"
    proposal, asked = read(table("heures.csv", f"Date;Qui;{titles}", *LINES), genre="commun", duree_plus=both)
    assert asked.count("duree.plus") == 1
    assert minutes(proposal) == BOTH
    proposal, _ = read(table("heures.csv", f"Date;Qui;{titles}", *LINES), genre="commun", duree_plus=counted)
    assert minutes(proposal) == ALONE
    assert any(f"« {other} » (1 h 30) : cela ne compte pas" in each.replace("\xa0", " ") for each in proposal.heeded)


@pytest.mark.parametrize("titles", ["Heures;Heures corrigées", "Durée;Durée validée", "Heures;Heures retenues"])
def test_another_time_may_stand_for_the_first_one(titles: str) -> None:
    lines = ("07/09/2026;Lou;3;2,5", "08/09/2026;Omar;2,5;2", "09/09/2026;Lou;2;1")
    other = titles.split(";")[1]
    proposal, asked = read(table("heures.csv", f"Date;Qui;{titles}", *lines), genre="commun", duree_plus=other)
    assert "duree.plus" in asked
    assert minutes(proposal) == {("Lou", MONTH): 210, ("Omar", MONTH): 120}


def test_the_title_of_another_time_says_its_kind() -> None:
    lines = ("07/09/2026;Lou;3;1", "08/09/2026;Omar;2,5;")
    given = table("heures.csv", "Date;Qui;Durée;Réunion (h)", *lines)
    proposal, _ = read(given, genre="prestation", duree_plus="Durée|Réunion (h)")
    assert proposal.reading is not None
    kinds = [(each.minutes, each.kind.value) for each in proposal.reading.book.hours]
    assert sorted(kinds) == [(60, "commun"), (150, "prestation"), (180, "prestation")]


def test_each_time_keeps_its_unit_and_a_total_is_none() -> None:
    lines = ("07/09/2026;Lou;3;60", "08/09/2026;Omar;2,5;", "09/09/2026;Lou;;30", "Total;;5,5;90")
    given = table("heures.csv", "Date;Qui;Durée (h);Trajet (min)", *lines)
    proposal, _ = read(given, genre="commun", duree_plus="Durée (h)|Trajet (min)")
    assert minutes(proposal) == BOTH


def test_a_cell_that_is_no_time_is_refused_where_it_stands() -> None:
    lines = ("07/09/2026;Lou;3;1", "08/09/2026;Omar;2,5;beaucoup", "09/09/2026;Lou;1;1", "10/09/2026;Lou;2;1")
    given = table("heures.csv", "Date;Qui;Durée (h);Trajet (h)", *lines)
    proposal, _ = read(given, genre="commun", duree_plus="Durée (h)|Trajet (h)")
    assert proposal.reading is None
    assert "ligne 3, colonne D « Trajet (h) »" in str(proposal.refusal)


@pytest.mark.parametrize("other", ["Heures facturées", "dont heures vendues", "Temps facturable"])
def test_a_part_of_the_time_is_not_asked_about(other: str) -> None:
    lines = ("07/09/2026;Lou;3;1", "08/09/2026;Omar;2,5;2", "09/09/2026;Lou;1;1")
    _, asked = read(table("heures.csv", f"Date;Qui;Heures;{other}", *lines), genre="commun")
    assert "duree.plus" not in asked


@pytest.mark.parametrize(
    "other", ["Heures prévues", "Temps estimé", "Cumul heures", "Heures restantes", "Prix de l'heure", "Km"]
)
def test_what_is_no_work_done_is_not_asked_about(other: str) -> None:
    lines = ("07/09/2026;Lou;3;5", "08/09/2026;Omar;2,5;7", "09/09/2026;Lou;1;8")
    proposal, asked = read(table("heures.csv", f"Date;Qui;Heures passées;{other}", *lines), genre="commun")
    assert "duree.plus" not in asked
    assert minutes(proposal) == {("Lou", MONTH): 240, ("Omar", MONTH): 150}


@pytest.mark.parametrize(
    ("title", "cells"),
    [("Durée (décimale)", ("3", "2,5")), ("Durée arrondie", ("3:15", "2:45")), ("Facturable", ("1", "0"))],
)
def test_the_same_time_in_another_way_is_not_asked_about(title: str, cells: tuple[str, str]) -> None:
    lines = (f"07/09/2026;Lou;3:00;{cells[0]}", f"08/09/2026;Omar;2:30;{cells[1]}")
    _, asked = read(table("heures.csv", f"Date;Qui;Durée;{title}", *lines), genre="commun")
    assert "duree.plus" not in asked


@pytest.mark.parametrize("title", ["Pause", "Pause (min)", "Coupure"])
def test_a_break_beside_a_duration_is_told(title: str) -> None:
    lines = ("07/09/2026;Lou;3;0:30", "08/09/2026;Omar;2,5;0:15")
    proposal, asked = read(table("heures.csv", f"Date;Qui;Durée (h);{title}", *lines), genre="commun")
    assert minutes(proposal) == ALONE
    assert any(f"« {title} »" in each for each in proposal.heeded)
    assert "duree.plus" not in asked


def test_a_word_that_nobody_knows_is_told_with_what_it_would_be() -> None:
    lines = ("07/09/2026;Lou;3;1", "08/09/2026;Omar;2,5;0,5")
    proposal, asked = read(table("heures.csv", "Date;Qui;Durée (h);Coup de main", *lines), genre="commun")
    assert minutes(proposal) == ALONE
    assert any("si « Coup de main » dit des heures, 1 h 30" in each.replace("\xa0", " ") for each in proposal.heeded)
    assert "duree.plus" not in asked


def test_the_next_month_asks_about_a_new_column_alone() -> None:
    first = sheet("heures.xlsx", ["Date", "Qui", "Durée", "Trajet"], ["07/09/2026", "Lou", 3, 1])
    later = sheet("heures.xlsx", ["Date", "Qui", "Durée", "Trajet", "Réunion"], ["08/10/2026", "Lou", 5, 1, 2])
    proposal, _ = read(first, genre="commun")
    again, month = (
        propose([each, table("f.csv", SOLD)], "Essai", proposal.recipe, Findings()) for each in (first, later)
    )
    assert "duree.plus" not in {each.doubt.topic for each in again.questions}
    (asked,) = [each for each in month.questions if each.doubt.topic == "duree.plus"]
    assert [value for value, _ in asked.doubt.options] == ["Réunion"]
    settled = propose([later, table("f.csv", SOLD)], "Essai", month.answer(asked, "Réunion"), Findings())
    assert minutes(settled) == {("Lou", "2026-10"): 480}


@pytest.mark.parametrize("titles", ["Quantité;Unité", "Qté;Unit"])
@pytest.mark.parametrize(("state", "counts"), [("Refusé", False), ("Validé", True)])
def test_the_state_of_hours_is_heard_where_a_column_says_their_unit(titles: str, state: str, counts: bool) -> None:
    lines = ("Lou;07/09/2026;3;Heures;Validé", f"Omar;08/09/2026;2,5;Heures;{state}", "Lou;09/09/2026;1;Heures;Validé")
    proposal, _ = read(table("export.csv", f"Qui;Jour;{titles};État", *lines), genre="commun")
    assert minutes(proposal) == {("Lou", MONTH): 240, **({("Omar", MONTH): 150} if counts else {})}
    assert counts or any("« Refusé »" in each for each in proposal.heeded)
