"""Quarters, halves of years and means among months in lines are no month: they are left out, and told."""

from __future__ import annotations

from datetime import date

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import minutes, read, table, workbook

MONTHS = ("Octobre;4;2,5;6,5", "Novembre;5;3;8", "Décembre;6;3,5;9,5")
EACH = {("Iris", "2025-10"): 240, ("Iris", "2025-11"): 300, ("Iris", "2025-12"): 360}
EACH |= {("Omar", "2025-10"): 150, ("Omar", "2025-11"): 180, ("Omar", "2025-12"): 210}
HEAD = "Bilan;Iris;Omar;Total"


def told(proposal: ImportProposal) -> str:
    return " ".join((*proposal.heeded, *proposal.notes, *proposal.unread)).replace("\xa0", " ")


@pytest.mark.parametrize(
    "label",
    ["Trimestre 4", "T4", "4e trimestre", "4ème trimestre", "Trim. 4", "Semestre 2", "S2", "2nd semestre", "T4 2025"],
)
@pytest.mark.parametrize("foot", [(), ("Total;15;9;24", "Moyenne;5;3;8"), ("Moyenne par mois;5;3;8",)])
def test_a_sum_of_months_below_them_counts_nothing(label: str, foot: tuple[str, ...]) -> None:
    proposal, asked = read(table("heures 2025.csv", HEAD, *MONTHS, f"{label};15;9;24", *foot), genre="commun")
    assert minutes(proposal) == EACH
    assert f"« {label} »" in told(proposal)
    assert not {"mois", "table"} & {*asked}
    assert not proposal.unread


NAMED = [f"{month};{name};{time}" for name, times in (("Iris", (4, 5, 6)), ("Omar", ("2,5", 3, "3,5")))
         for month, time in zip(("Octobre", "Novembre", "Décembre"), times, strict=True)]  # fmt: skip


@pytest.mark.parametrize("label", ["T4", "Trimestre 4", "2e semestre"])
@pytest.mark.parametrize("order", ["by name", "by month"])
def test_the_sum_of_the_months_of_each_name_counts_nothing(label: str, order: str) -> None:
    sums = (f"{label};Iris;15", f"{label};Omar;9")
    lines = (
        [*NAMED[:3], sums[0], *NAMED[3:], sums[1]]
        if order == "by name"
        else [*NAMED[::3], *NAMED[1::3], *NAMED[2::3], *sums]
    )
    proposal, asked = read(table("heures 2025.csv", "Mois;Qui;Heures", *lines), genre="commun")
    assert minutes(proposal) == EACH
    assert f"« {label} » : la somme" in told(proposal)
    assert asked == ["genre", "personnes.cape"]
    assert not proposal.unread


def test_a_sum_of_somebody_that_is_not_that_of_her_months_is_told_as_not_read() -> None:
    proposal, _ = read(table("heures 2025.csv", "Mois;Qui;Heures", *NAMED, "T4;Iris;16", "T4;Omar;9"), genre="commun")
    assert minutes(proposal) == EACH
    assert any("« T4 » : ce n'est pas la somme" in each for each in proposal.unread)


def test_sums_above_their_months_and_sums_of_sums() -> None:
    own = ("T3;4;2,5", "Septembre;4;2,5", "T4;11;6,5", "Octobre;5;3", "Novembre;6;3,5", "2e semestre;15;9")
    proposal, _ = read(table("heures 2025.csv", "Mois;Iris;Omar", *own), genre="commun")
    assert sum(minutes(proposal).values()) == 24 * 60
    assert "« T3 », « T4 » et « 2e semestre »" in told(proposal)
    assert not proposal.unread


def test_months_that_are_days_of_a_spreadsheet() -> None:
    rows = [["Mois", "Iris", "Omar"], [date(2025, 10, 1), 4, 2.5], [date(2025, 11, 1), 5, 3], ["Trimestre 4", 9, 5.5]]
    proposal, _ = read(workbook("bilan.xlsx", {"Heures": rows}), genre="commun")
    assert sum(minutes(proposal).values()) == 14.5 * 60


def test_a_quarter_that_is_not_the_sum_of_its_months_is_told_as_not_read() -> None:
    proposal, _ = read(table("heures 2025.csv", HEAD, *MONTHS, "Trimestre 4;25;9;34"), genre="commun")
    assert minutes(proposal) == EACH
    assert any("« Trimestre 4 » : ce n'est pas la somme des mois écrits autour." in each for each in proposal.unread)


@pytest.mark.parametrize("lines", [("T1;4;2", "T2;5;3"), ("Octobre;4;2", "S1;1;1", "S2;3;1", "Novembre;5;3", "S1;5;3")])
def test_quarters_without_months_and_weeks_under_months_are_not_taken_for_sums(lines: tuple[str, ...]) -> None:
    proposal, _ = read(table("heures 2025.csv", "Mois;Iris;Omar", *lines), genre="commun")
    assert "mois écrits autour" not in told(proposal)
    assert "la moyenne des mois" not in told(proposal)


def test_a_fact_beside_a_quarter_is_no_sum() -> None:
    lines = ("Octobre;Loyer;40", "Novembre;Loyer;40", "T4;Assurance;80")
    proposal, _ = read(table("achats 2025.csv", "Mois;Achat;Montant", *lines))
    assert "la moyenne des mois" not in told(proposal)


def test_a_column_of_months_with_one_other_word_is_still_one_of_months() -> None:
    proposal, asked = read(table("heures 2025.csv", HEAD, *MONTHS, "Régularisation;1;1;2"), genre="commun")
    assert not any(topic.startswith("mois") for topic in asked)
    assert "« Régularisation » n'est pas une date" in str(proposal.refusal)
