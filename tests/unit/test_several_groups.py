"""Files that hold more than the group's lines, or the same thing twice: codes of a CAE, summaries, new columns."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import propose
from tests.given_tables import minutes, read, table

JOURNAL = (
    "Journal;Date;N° pièce;Compte;Libellé;Débit;Crédit;Analytique",
    "VT;40926;FC-1;411MAIRIE;Mairie;720,00;;{0}", "VT;40926;FC-1;706100;Mairie;;600,00;{0}",
    "VT;40926;FC-1;445710;Mairie;;120,00;", "VT;120926;FC-2;411AUTRE;Autre;240,00;;{1}",
    "VT;120926;FC-2;706100;Autre;;200,00;{1}", "VT;120926;FC-2;445710;Autre;;40,00;",
)  # fmt: skip
HOURS = table("heures.csv", "personne;date;genre;duree", "Awa;02/09/2026;commun;3h", "Léo;03/09/2026;commun;2h")


def journal(*codes: str) -> tuple[str, ...]:
    return tuple(line.format(*codes) for line in JOURNAL)


def sold(*codes: str, mine: str | None = None) -> tuple[int, list[str], str]:
    answers = {} if mine is None else {"analytique": mine}
    proposal, asked = read(table("journal.csv", *journal(*codes)), HOURS, sold="", **answers)
    assert proposal.reading is not None, proposal.refusal
    return sum(line.before_tax for line in proposal.reading.book.lines), asked, " ".join(proposal.heeded)


def test_a_journal_with_one_code_asks_nothing() -> None:
    assert "analytique" not in sold("KPA", "KPA")[1]


@pytest.mark.parametrize(("mine", "cents"), [("KPA", 60_000), ("BOIS", 20_000), ("KPA|BOIS", 80_000)])
def test_the_codes_of_a_journal_are_asked_and_the_others_are_left_out(mine: str, cents: int) -> None:
    total, asked, told = sold("KPA", "BOIS", mine=mine)
    assert "analytique" in asked
    assert total == cents
    assert ("n'est pas à vous" in told) == ("|" not in mine)


def test_only_a_new_code_is_asked_again() -> None:
    first = table("journal.csv", *journal("KPA", "BOIS"))
    known, _ = read(first, HOURS, sold="", analytique="KPA")
    later = propose([table("journal.csv", *journal("BOIS", "KPA")), HOURS], "Essai", known.recipe, Findings())
    assert not [each for each in later.questions if each.doubt.topic == "analytique"]
    other = propose([table("journal.csv", *journal("KPA", "FER")), HOURS], "Essai", known.recipe, Findings())
    (question,) = [each for each in other.questions if each.doubt.topic == "analytique"]
    assert [value for value, _ in question.doubt.options] == ["FER"]
    answered = propose(
        [table("journal.csv", *journal("KPA", "FER")), HOURS], "Essai", other.answer(question, "FER"), Findings()
    )
    assert answered.reading is not None
    assert sum(line.before_tax for line in answered.reading.book.lines) == 80_000


@pytest.mark.parametrize("titles", ["Qui;Heures du mois", "Prénom;Total"])
def test_a_summary_of_the_hours_checks_them_and_asks_nothing(titles: str) -> None:
    proposal, asked = read(HOURS, table("Récap.csv", titles, "Awa;3h", "Léo;2h", "Total;5h"))
    assert asked == ["personnes.cape"]
    assert proposal.unread == ()
    assert sorted(minutes(proposal).values()) == [120, 180]


def test_a_summary_that_says_something_else_comes_first() -> None:
    proposal, _ = read(HOURS, table("Récap.csv", "Qui;Heures du mois", "Awa;3h", "Léo;4h30"))
    assert any("4 h 30 pour Léo, et les lignes lues font 2 h" in each.replace("\xa0", " ") for each in proposal.unread)


@pytest.mark.parametrize("title", ["Semaine", "Sem.", "N° semaine"])
def test_numbers_under_the_word_week_are_weeks(title: str) -> None:
    lines = (f"{title};37;38;39", "Awa;2h;3h;1h", "Léo;;4h;1h", "Total;2h;7h;2h")
    proposal, asked = read(table("heures.csv", *lines))
    assert minutes(proposal) == {("Awa", "2026-09"): 360, ("Léo", "2026-09"): 300}
    assert "table" not in asked


def test_a_new_column_beside_the_people_is_asked_the_next_month() -> None:
    first = table("heures.csv", "Jour;quoi;nadège;yann", "02/09/2026;couture;3h;1h")
    known, asked = read(first)
    assert "personnes.colonnes" in asked
    more = table("heures.csv", "Jour;quoi;nadège;yann;lou", "02/10/2026;couture;3h;1h;2h")
    later = propose([more], "Essai", known.recipe, Findings())
    (question,) = [each for each in later.questions if each.doubt.topic == "personnes.colonnes"]
    assert [value for value, _ in question.doubt.options] == ["lou"]
    answered = propose([more], "Essai", later.answer(question, "lou"), Findings())
    shown = next(each for each in answered.understood if each.table == "heures")
    assert [line[0] for line in shown.lines] == ["nadège", "yann", "lou"]


def test_what_holds_for_every_sheet_of_a_file_is_told_once() -> None:
    book = Workbook()
    book.remove(book.active)
    for name in ("Awa", "Léo", "Zoé"):
        sheet = book.create_sheet(name)
        sheet.append(["Date", "Chantier", "Durée"])
        sheet.append(["02/09/2026", "Jardin", "3h"])
    out = BytesIO()
    book.save(out)
    proposal, _ = read(GivenFile("relevés.xlsx", out.getvalue()))
    assert len([each for each in proposal.heeded if "genre de travail" in each]) == 1
    assert sum(minutes(proposal).values()) == 540
