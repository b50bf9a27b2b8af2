"""Titles below months, days or people: halves of a month, the time of the day and of the night, money, two counts."""

from __future__ import annotations

from typing import Any

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line, laid_again
from kpa_model.files.book.reading.sales.weights import say_weights
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import SOLD, minutes, read, sales, sheet, table

IDA, NOAM = "Ida", "Noam"
TEAM = table("personnes.csv", "Nom;Statut", "Ida;CAPE", "Noam;CAPE")
OF_BOTH = {(IDA, "2026-05"): 1800, (IDA, "2026-06"): 600, (NOAM, "2026-05"): 1230, (NOAM, "2026-06"): 540}


def _below(over: list[str], *lower: str) -> tuple[list[Any], list[Any]]:
    """Return two lines of titles, the same ones below each of the first line."""
    return ["", *(text for each in over for text in (each, *[""] * (len(lower) - 1)))], ["Nom", *lower * len(over)]


@pytest.mark.parametrize(
    "halves",
    [("1re quinz.", "2e quinz."), ("Q1 (1-15)", "Q2 (16-fin)"), ("Quinzaine 1", "Quinzaine 2"), ("1-15", "16-31")],
)
@pytest.mark.parametrize("months", [["Mai 2026", "Juin 2026"], ["mai-26", "juin-26"]])
def test_halves_below_each_month_are_its_own(halves: tuple[str, str], months: list[str]) -> None:
    over, lower = _below(months, *halves)
    lines = [IDA, 17, 13, 4, 6, 40], [NOAM, 11, 9.5, "", 9, 29.5]
    proposal, asked = read(TEAM, sheet("suivi.xlsx", [*over, ""], [*lower, "TOTAL"], *lines))
    assert asked == ["genre"]
    assert minutes(proposal) == OF_BOTH
    assert proposal.reading is not None
    assert min(each.on for each in proposal.reading.book.hours if each.member == NOAM and each.on.month == 6).day >= 16


@pytest.mark.parametrize("lower", [("jour", "nuit"), ("Jours", "Nuits")])
def test_day_beside_night_below_a_month_is_a_time(lower: tuple[str, str]) -> None:
    over, titles = _below(["mai-26", "juin-26"], *lower)
    proposal, asked = read(TEAM, sheet("suivi.xlsx", over, titles, [IDA, 28, 2, 10, 0], [NOAM, 20.5, "", "", 9]))
    assert asked == ["genre"]
    assert minutes(proposal) == OF_BOTH


def test_day_beside_night_below_a_person_is_a_time() -> None:
    over, titles = _below([IDA, NOAM], "jour", "nuit")
    lines = ["04/05/2026", 7, 2, 5, ""], ["02/06/2026", "", 8, 3, 1]
    proposal, asked = read(TEAM, sheet("suivi.xlsx", over, ["Date", *titles[1:]], *lines))
    assert asked == ["genre"]
    assert minutes(proposal) == {
        (IDA, "2026-05"): 540, (IDA, "2026-06"): 480, (NOAM, "2026-05"): 300, (NOAM, "2026-06"): 240
    }  # fmt: skip


@pytest.mark.parametrize("money", ["prime €", "Frais (€)", "Montant HT"])
def test_hours_beside_an_amount_go_to_the_month_above(money: str) -> None:
    over, titles = _below(["mai-26", "juin-26"], "heures", money)
    proposal, asked = read(TEAM, sheet("suivi.xlsx", over, titles, [IDA, 30, 40, 10, 25], [NOAM, 20.5, 0, 9, 35]))
    assert "mois_entier" not in asked
    assert minutes(proposal) == OF_BOTH
    assert any(f"mai-26 {money} » (40,00" in str(told) and "60,00" in str(told) for told in proposal.heeded)


@pytest.mark.parametrize("money", ["Montant", "Montant HT", "Total TTC", "Prix"])
@pytest.mark.parametrize("time", ["Temps", "Nb h"])
def test_an_amount_beside_the_time_of_each_person_is_no_part_of_her_name(time: str, money: str) -> None:
    over, titles = _below(["Zélie", "Oscar"], time, money)
    lines = ["04/05/2026", 7, 38.5, "", 12], ["05/05/2026", 6.5, "", 5, 40.25], ["02/06/2026", 3, 22.5, 4, 18]
    proposal, asked = read(sheet("suivi.xlsx", over, ["Date", *titles[1:]], *lines))
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == {
        ("Zélie", "2026-05"): 810, ("Zélie", "2026-06"): 180, ("Oscar", "2026-05"): 300, ("Oscar", "2026-06"): 240
    }  # fmt: skip
    assert sales(proposal) == {"2026-09": 50_000}
    assert any(f"« {money} » (131,25" in told and "cela ne compte pas" in told for told in proposal.heeded)


PAIRS = [("P", "F"), ("Th.", "Eff."), ("dues", "faites"), ("contrat", "pointé"), ("heures dues", "tenues")]


@pytest.mark.parametrize("pair", PAIRS)
def test_two_counts_below_each_person_are_asked(pair: tuple[str, str]) -> None:
    over, titles = _below([IDA, NOAM], *pair)
    lines = ["04/05/2026", 8, 7, 6, 6], ["05/05/2026", 8, 8.5, 6, ""], ["02/06/2026", 6, 5, 3, 3]
    given = sheet("suivi.xlsx", over, ["Date", *titles[1:]], *lines)
    proposal, asked = read(TEAM, given, colonnes_temps=pair[1])
    assert "colonnes.temps" in asked
    assert minutes(proposal) == {
        (IDA, "2026-05"): 930, (IDA, "2026-06"): 300, (NOAM, "2026-05"): 360, (NOAM, "2026-06"): 180
    }  # fmt: skip
    assert any(f"« {pair[0]} » (37" in str(told) and "ne compte pas" in str(told) for told in proposal.heeded)
    proposal, _ = read(TEAM, given)  # both
    assert sum(minutes(proposal).values()) == 60 * 37 + 1770


def test_what_is_beside_the_time_done_is_told_with_its_hours() -> None:
    over, titles = _below(["mai-26", "juin-26"], "contrat", "fait")
    proposal, asked = read(TEAM, sheet("suivi.xlsx", over, titles, [IDA, 31, 30, 11, 10], [NOAM, 21, 20.5, 8, 9]))
    assert asked == ["genre"]
    assert minutes(proposal) == OF_BOTH
    assert any("« contrat » (71" in str(told) and "ne compte pas" in str(told) for told in proposal.heeded)


@pytest.mark.parametrize("over", [["mai-26", "juin-26"], ["04/05/2026", "01/06/2026"]])
def test_two_counts_below_each_month_or_day_are_asked(over: list[str]) -> None:
    upper, titles = _below(over, "R", "P")
    proposal, asked = read(
        TEAM, sheet("suivi.xlsx", upper, titles, [IDA, 6, 7, 5, 5], [NOAM, 4, 5, "", 5]), colonnes_temps="R"
    )
    assert "colonnes.temps" in asked
    assert minutes(proposal) == {(IDA, "2026-05"): 360, (IDA, "2026-06"): 300, (NOAM, "2026-05"): 240}
    assert not proposal.unread


@pytest.mark.parametrize("pair", [("chantier", "réunion"), ("normal", "majoré"), ("matin", "après-midi")])
def test_works_and_parts_below_each_person_still_add_up(pair: tuple[str, str]) -> None:
    over, titles = _below([IDA, NOAM], *pair)
    lines = ["04/05/2026", 4, 1, 6, ""], ["05/05/2026", 3, 4, 6, 2], ["02/06/2026", 6, 0.5, 3, 1]
    proposal, asked = read(TEAM, sheet("suivi.xlsx", over, ["Date", *titles[1:]], *lines))
    assert "colonnes.temps" not in asked
    assert sum(minutes(proposal).values()) == 60 * 36 + 30


@pytest.mark.parametrize("titles", [("mai th.", "mai eff."), ("Th. mai", "Eff. mai"), ("Mai - contrat", "Mai - tenu")])
@pytest.mark.parametrize("team", [[TEAM], []])
def test_months_beside_two_words_on_one_line_are_those_of_both(titles: tuple[str, str], team: list[Any]) -> None:
    titles = (*titles, *(each.replace("mai", "juin").replace("Mai", "Juin") for each in titles))
    given = sheet("suivi 2026.xlsx", ["Nom", *titles], [IDA, 31, 30, 11, 10], [NOAM, 21, 20.5, 8, 9])
    word = next(each for each in ("eff.", "Eff.", "tenu") if each in titles[1])
    proposal, asked = read(*team, given, colonnes_temps=word)
    assert "colonnes.temps" in asked
    assert "colonne.duree" not in asked
    assert minutes(proposal) == OF_BOTH
    assert any("(71" in str(told) and "ne compte pas" in str(told) for told in proposal.heeded)


@pytest.mark.parametrize("letters", ["M;J;T", "M;J", "Ma;Ju;Total", "mai.;j.;Tot."])
@pytest.mark.parametrize("team", [[TEAM], []])
def test_letters_of_the_months_named_around_are_these_months(letters: str, team: list[Any]) -> None:
    lines = (
        [f"{IDA};30;10;40", f"{NOAM};20,5;9;29,5"] if ";T" in letters.title() else [f"{IDA};30;10", f"{NOAM};20,5;9"]
    )
    given = table("heures mai juin 2026.csv", f"Nom;{letters}", *lines)
    proposal, asked = read(*team, given)
    assert not {"colonne.duree", "mois_entier"} & {*asked}
    assert minutes(proposal) == OF_BOTH
    assert any("mai 2026 et juin 2026" in str(told) for told in proposal.heeded)


@pytest.mark.parametrize("letters", ["M;J;J;T", "M.;J.;J.;Tot."])
def test_three_initials_that_follow_are_months(letters: str) -> None:
    given = table("heures 2026.csv", f"Nom;{letters}", f"{IDA};30;10;1;41", f"{NOAM};20,5;9;;29,5")
    proposal, asked = read(TEAM, given)
    assert not {"colonne.duree", "mois_entier", "personnes.colonnes"} & {*asked}
    assert minutes(proposal) == {**OF_BOTH, (IDA, "2026-07"): 60}
    assert any("juillet 2026, d'après leurs initiales" in str(told) for told in proposal.heeded)


def test_a_total_beside_months_on_one_line_is_not_denied() -> None:
    titles = ["Nom", "mai P", "mai F", "juin P", "juin F", "Total F"]
    lines = [IDA, 31, 30, 11, 10, 40], [NOAM, 21, 20.5, 8, 9, 29.5]
    proposal, _ = read(TEAM, sheet("suivi 2026.xlsx", titles, *lines), colonnes_temps="F")
    assert minutes(proposal) == OF_BOTH
    assert not any("ce total" in str(told) for told in proposal.heeded)


@pytest.mark.parametrize("whole", ["Ensemble des deux", "X"])
def test_several_columns_may_hold_the_time_and_their_sum_is_none(whole: str) -> None:
    lines = [IDA, 28, 2, 30, 7], [NOAM, 20, 0.5, 20.5, 4]
    given = sheet("heures mai 2026.xlsx", ["Nom", "Ici", "Là-bas", whole, "Loin"], *lines)
    proposal, asked = read(TEAM, given, table="heures", colonne_duree="Ici|Là-bas")
    assert "colonne.duree" in asked
    assert minutes(proposal) == {(IDA, "2026-05"): 1800, (NOAM, "2026-05"): 1230}
    assert any("« Loin » (11" in str(told) and "ne compte pas" in str(told) for told in proposal.heeded)
    assert not any(f"« {whole} » (" in str(told) for told in proposal.heeded)
    question = propose([TEAM, given, table("f.csv", SOLD)], "Essai", Recipe(), Findings()).questions[0].doubt
    assert (question.several, whole in dict(question.options)) == (True, False)


def test_what_is_left_below_each_month_is_told_with_the_sum_of_all() -> None:
    titles, findings = ["Nom", "prime €"], Findings(asking=True)
    lines: list[Line] = [(laid_again(3, (0, at), ["Nom", *titles]), [IDA, at + 3]) for at in (1, 2, 2)]
    say_weights(Grid("suivi.csv", "", ()), 2, titles, lines, [0], findings)
    assert [told for _, told in findings.heeded] == ["« prime € » (9,00\u00a0€) : cela ne compte pas."]


def test_totals_that_both_make_prove_that_they_add_up() -> None:
    over, titles = _below([IDA, NOAM], "cour", "rue")
    lines = ["04/05/2026", 4, 1, 3, 2, 10], ["05/05/2026", 3, 4, 6, 2, 15]
    proposal, asked = read(TEAM, sheet("suivi.xlsx", [*over, ""], ["Date", *titles[1:], "Total"], *lines))
    assert "colonnes.temps" not in asked
    assert sum(minutes(proposal).values()) == 60 * 25


@pytest.mark.parametrize("corner", ["2025", "Heures", "Période", "Heures 2025"])
def test_months_of_lines_are_read_under_any_corner(corner: str) -> None:
    lines = (f"{corner};Ida;Noam;Total", "Mai;30;20,5;50,5", "Juin;10;9;19", "Cumul;40;29,5;69,5")
    year = "2025" if "2025" in corner else "2026"
    proposal, asked = read(TEAM, table("temps 2026.csv", *lines))
    assert asked == ["genre"]
    assert minutes(proposal) == {(who, month.replace("2026", year)): each for (who, month), each in OF_BOTH.items()}


@pytest.mark.parametrize("corner", ["CA 2026", "Ventes", "Chiffre d'affaires 2026", "€"])
def test_money_in_the_corner_of_months_is_no_time(corner: str) -> None:
    given = table("suivi 2026.csv", f"{corner};Couture;Cours", "Mai;100;40", "Juin;50;")
    proposal, asked = read(TEAM, given, table="rien")
    assert proposal.reading is None or not minutes(proposal)
    assert "duree.unite" not in asked


@pytest.mark.parametrize("pair", [("P", "R"), ("Th.", "Eff."), ("Due", "Tenue")])
def test_titles_beside_people_of_the_list_are_nobody(pair: tuple[str, str]) -> None:
    lines = ["04/05/2026", IDA, 7, 6], ["05/05/2026", NOAM, 5, 4.5]
    proposal, asked = read(
        TEAM, sheet("suivi.xlsx", ["Date", "Nom", *pair], *lines), table="heures", colonne_duree=pair[1]
    )
    assert "personnes.colonnes" not in asked
    assert "colonne.duree" in asked
    assert minutes(proposal) == {(IDA, "2026-05"): 360, (NOAM, "2026-05"): 270}
