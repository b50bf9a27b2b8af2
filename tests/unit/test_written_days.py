"""Days whose title says their order, whose year comes first, or that say no year: read, told, or asked."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from kpa_model.errors import UnreadableFile
from kpa_model.files.book.book_reader import read_files
from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import read, sheet, table

SOLD = "Numéro;Date;Montant HT;TVA\nF1;10/09/2026;500,00;100,00"


def worked(proposal: ImportProposal) -> list[str]:
    assert proposal.reading is not None, proposal.refusal
    return sorted(f"{each.on:%d/%m/%Y}" for each in proposal.reading.book.hours)


def hours(title: str, *days: str, name: str = "heures.csv"):
    return table(name, f"Qui;{title};Durée;Genre", *(f"Lou;{day};{at}h;commun" for at, day in enumerate(days, 1)))


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("Date (MM/JJ/AAAA)", ("09/04/2026", "09/11/2026")),
        ("Jour (mm-dd-yyyy)", ("09-04-2026", "09-11-2026")),
        ("Date (AAAA-JJ-MM)", ("2026-04-09", "2026-11-09")),
        ("Date aa/mm/jj", ("26/09/04", "26/09/11")),
        ("Date (jj/mm/aa)", ("04/09/26", "11/09/26")),
        ("Date (MM/JJ)", ("09/04", "09/11")),
        ("Date (mois/jour/année)", ("09/04/2026", "09/11/2026")),
        ("Date (aaaa-mm-jj)", ("2026-09-04", "2026-09-11")),
    ],
)
def test_the_title_says_the_order(title: str, days: tuple[str, str]) -> None:
    proposal, asked = read(hours(title, *days))
    assert "date.ordre" not in asked
    assert worked(proposal) == ["04/09/2026", "11/09/2026"]


@pytest.mark.parametrize(("said", "told"), [("annee", "04/09/2026"), ("jour", "26/09/2004")])
def test_a_first_number_that_never_moves_may_be_the_year(said: str, told: str) -> None:
    proposal, asked = read(hours("Jour", "26/09/04", "26/09/11", "26/09/18"), date_ordre=said)
    assert "date.ordre" in asked
    assert told in worked(proposal)


def test_days_of_one_year_written_as_usual_are_not_asked_about() -> None:
    proposal, asked = read(hours("Jour", "04/09/26", "11/09/26", "12/10/26"))
    assert "date.ordre" not in asked
    assert worked(proposal) == ["04/09/2026", "11/09/2026", "12/10/2026"]


WINTER = ("16/12", "13/1", "17/1")


@pytest.mark.parametrize(
    ("said", "told"),
    [("2025", ["13/01/2026", "16/12/2025", "17/01/2026"]), ("2026", ["13/01/2027", "16/12/2026", "17/01/2027"]),
     ("meme", ["13/01/2026", "16/12/2026", "17/01/2026"])],
)  # fmt: skip
def test_from_december_to_january_the_years_are_asked(said: str, told: list[str]) -> None:
    proposal, asked = read(hours("Date", *WINTER), annees=said)
    assert "annees" in asked
    assert worked(proposal) == told


def test_from_july_to_december_then_january_too() -> None:
    proposal, asked = read(hours("Date", "02/07", "16/12", "13/01"), annees="2025")
    assert "annees" in asked
    assert worked(proposal) == ["02/07/2025", "13/01/2026", "16/12/2025"]


def test_the_year_that_was_understood_is_told() -> None:
    proposal, asked = read(hours("Date", "02/09", "16/09", "07/10"))
    assert "annees" not in asked
    assert worked(proposal) == ["02/09/2026", "07/10/2026", "16/09/2026"]
    assert any("lus en 2026" in each for each in proposal.heeded)


def test_the_strict_reader_follows_the_title_and_says_one_thing_of_one_cell() -> None:
    def strict(title: str, *days: str) -> str:
        lines = [f"Lou;{day};commun;1h" for day in days]
        with pytest.raises(UnreadableFile) as refused:
            read_files([table("heures.csv", f"Personne;{title};Genre de travail;Durée", *lines)], "Essai")
        return str(refused.value)

    assert strict("Jour", "9/14/2026", "9/2/2026").count("9/14/2026") == 1
    assert "2026" not in strict("Jour (MM/JJ/AAAA)", "09/14/2026", "09/02/2026")
    assert "il manque l'année" in strict("Jour", "14/09", "02/09/2026")


@pytest.mark.parametrize(
    "titles",
    ["Date;Payée le (MM/JJ/AAAA)", "Date (MM/JJ/AAAA);Payée le", "Date (MM/JJ/AAAA);Date de paiement"],
)
def test_the_day_of_a_payment_is_written_as_that_of_its_title_or_of_its_invoice(titles: str) -> None:
    usual = "(" not in titles.split(";", maxsplit=1)[0]
    day = "04/09/2026" if usual else "09/04/2026"
    proposal, _ = read(hours("Date", "07/09/2026"), sold=f"N°;Montant HT;TVA;{titles}\n1;100;20 %;{day};10/03/2026")
    assert proposal.reading is not None, proposal.refusal
    assert [(each.received_on.day, each.received_on.month) for each in proposal.reading.book.payments] == [(3, 10)]


EATEN = (datetime(2026, 2, 9), "09/15/2026", date(2026, 11, 9), "09/28/2026")
"""The 2, 15, 11 and 28 of September, month first, once a French spreadsheet took what it could for its own days."""


def eaten(title: str, time: str) -> ImportProposal:
    rows = (["Lou", day, f"{at}h"] for at, day in enumerate(EATEN, 1))
    return read(sheet("export.xlsx", ["Qui", title, time], *rows))[0]


@pytest.mark.parametrize(
    ("title", "time"), [("Jour", "Durée"), ("Date (MM/JJ/AAAA)", "Durée"), ("Start date", "Hours")]
)
def test_true_days_beside_texts_that_say_the_month_first_were_turned(title: str, time: str) -> None:
    proposal = eaten(title, time)
    assert worked(proposal) == ["02/09/2026", "11/09/2026", "15/09/2026", "28/09/2026"]
    assert any("« 09/02/2026 » est lu le 2 septembre 2026" in each for each in proposal.heeded)


def test_true_days_may_be_right_beside_one_text_that_is_not() -> None:
    rows = [["Qui", "Jour", "Durée"], ["Lou", EATEN[0], "1h"], ["Lou", "09/15/2026", "2h"]]
    proposal, asked = read(sheet("export.xlsx", *rows), date_ordre="mois textes")
    assert "date.ordre" in asked
    assert worked(proposal) == ["09/02/2026", "15/09/2026"]


def test_a_true_day_past_the_twelfth_was_not_turned() -> None:
    rows = [["Qui", "Jour", "Durée"], ["Lou", date(2026, 2, 13), "1h"], ["Lou", "09/15/2026", "2h"]]
    proposal, _ = read(sheet("export.xlsx", *rows))
    assert proposal.reading is None
    assert "« 09/15/2026 » n'est pas une date" in str(proposal.refusal)


SEASON = (
    "Jour;Qui;Durée;Genre",
    "12/11;Lou;1h;commun",
    "30/12;Lou;2h;commun",
    "3/1;Lou;3h;commun",
    "17/2;Lou;4h;commun",
)


@pytest.mark.parametrize("said", ["Saison 2025/2026", "Permanences 2025-26", "Hiver 2025 – 2026"])
def test_the_season_of_the_title_says_both_years(said: str) -> None:
    proposal, asked = read(table("suivi.csv", said, "", *SEASON))
    assert not {*asked} & {"table", "annee", "annees"}
    assert worked(proposal) == ["03/01/2026", "12/11/2025", "17/02/2026", "30/12/2025"]
    assert any("de septembre 2025 à juin 2026" in each for each in proposal.heeded)


def test_days_of_summer_in_a_season_are_asked_about() -> None:
    lines = (*SEASON[:1], "08/07;Lou;1h;commun", "09/08;Lou;2h;commun")
    proposal, asked = read(table("suivi.csv", "Saison 2025-2026", "", *lines), annee="2026")
    assert asked.count("annee") == 1
    assert worked(proposal) == ["08/07/2026", "09/08/2026"]


def test_days_that_two_known_years_may_have_are_asked_about() -> None:
    sold = "Numéro;Date;Montant HT;TVA\nF1;10/09/2025;500,00;100,00\nF2;10/09/2026;500,00;100,00"
    proposal, asked = read(table("suivi.csv", *SEASON[:2]), sold=sold, annee="2025")
    assert asked.count("annee") == 1
    assert worked(proposal) == ["12/11/2025"]
