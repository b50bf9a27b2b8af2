"""Hours carried from another month are no work of this one: told first, or asked about when their line has a day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.given_tables import minutes, read, sheet, table

WORDS = ("Report mars", "Solde du mois précédent", "Reliquat", "Heures reportées", "Débit d'heures mars", "Report N-1")
OF_ZIA = {("Zia", "2026-04"): 5 * 60}


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("place", [0, 1])
def test_hours_carried_without_a_day_are_told_first(word: str, place: int) -> None:
    carried = [word, "", 9] if place == 0 else ["", word, 9]
    worked = ([date(2026, 4, 6), "Fournil", 3], [date(2026, 4, 7), "Fournil", 2])
    proposal, _ = read(sheet("Zia.xlsx", ["Zia, avril 2026"], ["Date", "Tâche", "Heures"], carried, *worked))
    assert minutes(proposal) == OF_ZIA
    assert any(f"« {word} »" in each for each in (*proposal.unread, *proposal.heeded))


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(("answer", "more"), [("report", 0), ("travail", 9 * 60)])
def test_hours_carried_with_a_day_are_asked_about(word: str, answer: str, more: int) -> None:
    lines = (f"01/04/2026;Zia;{word};9h", "06/04/2026;Zia;Fournil;3h", "07/04/2026;Zia;Fournil;2h")
    proposal, asked = read(table("avril.csv", "Date;Qui;Tâche;Heures", *lines), report=answer)
    assert asked.count("report") == 1
    assert minutes(proposal) == {("Zia", "2026-04"): 5 * 60 + more}


def test_hours_carried_over_people_are_told_first() -> None:
    lines = ("Solde mars;9;4", "06/04/2026;3;2", "07/04/2026;2;1")
    proposal, _ = read(table("avril.csv", "Date;Zia;Hugo", *lines))
    assert minutes(proposal) == {**OF_ZIA, ("Hugo", "2026-04"): 180}
    assert any("« Solde mars » (9 et 4)" in each for each in proposal.unread)


@pytest.mark.parametrize("task", ["Report photo", "Reportage", "Solde boutique", "Crédit agricole", "Bilan de mars"])
def test_work_with_a_word_alike_is_work(task: str) -> None:
    lines = (f"06/04/2026;Zia;{task};3h", "07/04/2026;Zia;Fournil;2h")
    proposal, asked = read(table("avril.csv", "Date;Qui;Tâche;Heures", *lines))
    assert "report" not in asked
    assert minutes(proposal) == OF_ZIA


@pytest.mark.parametrize("title", ["Report mars", "Solde", "Reliquat du mois dernier"])
def test_a_column_of_hours_carried_is_told_and_not_read(title: str) -> None:
    wide = table("avril.csv", f"Nom;{title};06/04/2026;07/04/2026", "Zia;9;3;2", "Hugo;4;2;1")
    lines = table("avril.csv", f"Nom;Date;Heures;{title}", "Zia;06/04/2026;3;12", "Zia;07/04/2026;2;14")
    proposal, _ = read(wide)
    assert minutes(proposal) == {**OF_ZIA, ("Hugo", "2026-04"): 180}
    assert any(f"« {title} »" in each for each in proposal.heeded)
    assert minutes(read(lines)[0]) == OF_ZIA


def test_a_balance_carried_in_a_book_of_cash_is_asked_nothing_of_work() -> None:
    lines = ("01/04/2026;Report mars;80,00;", "06/04/2026;Pain;60,00;", "07/04/2026;Farine;;30,00")
    hours = table("heures.csv", "Qui;Date;Heures", "Zia;06/04/2026;5")
    _, asked = read(table("caisse.csv", "Date;Libellé;Entrée;Sortie", *lines), hours)
    assert "report" not in asked
