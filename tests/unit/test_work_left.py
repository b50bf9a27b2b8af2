"""Hours on the line of a sale that is left out never count in silence: they are asked about, or told."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

ONE = ("Jour;Pour qui;Qui;Heures;Prix TTC;TVA;Remarque", "02/06/2026;Mme Leroy;Nour;2;60,00;20 %;au jardin")


def everything(words: str):
    return table("suivi.csv", *ONE, f"04/06/2026;Mairie;Paul;5;360,00;20 %;{words}")


@pytest.mark.parametrize(("said", "worked"), [("oui", 300), ("non", None)])
@pytest.mark.parametrize(("words", "topic"), [("annulée", "annulee"), ("en double ?", "endouble")])
def test_the_hours_of_a_sale_left_out_are_asked_about(words: str, topic: str, said: str, worked: int | None) -> None:
    proposal, asked = read(everything(words), sold="", **{f"etat_{topic}": "non"}, heures_laissees=said)
    assert "heures.laissees" in asked
    assert sales(proposal) == {"2026-06": 5_000}
    assert minutes(proposal).get(("Paul", "2026-06")) == worked
    assert any("Paul 5" in each.replace("\u00a0", " ") for each in proposal.heeded)


@pytest.mark.parametrize(("words", "topic"), [("devis", "devis"), ("pas facturé", "pasfacture")])
def test_work_for_a_quote_was_done_its_hours_are_told(words: str, topic: str) -> None:
    proposal, asked = read(everything(words), sold="", **{f"etat_{topic}": "non"})
    assert "heures.laissees" not in asked
    assert minutes(proposal)["Paul", "2026-06"] == 300
    assert any("ses heures comptent toujours (Paul" in each for each in proposal.heeded)


@pytest.mark.parametrize("third", ["", "05/06/2026;Lycée;;2;240,00;20 %;devis"])
def test_hours_in_columns_of_people_are_asked_about_once(third: str) -> None:
    lines = ("Jour;Client;Nour;Paul;Prix TTC;TVA;État", "02/06/2026;Mme Leroy;2;1;60,00;20 %;payée")
    given = table("suivi.csv", *lines, "04/06/2026;Mairie;1;5;360,00;20 %;annulée", *filter(None, [third]))
    proposal, asked = read(given, sold="")
    assert len({"etat.annulee", "heures.laissees"} & {*asked}) == 1
    assert sales(proposal) == {"2026-06": 5_000}
    assert minutes(proposal)["Nour", "2026-06"] == 180


def test_hours_for_a_customer_who_cancelled_are_asked_about() -> None:
    given = table(
        "heures.csv", "Jour;Qui;Heures;Client", "02/06/2026;Nour;2;Mairie", "03/06/2026;Paul;5;Mairie (annulé)"
    )
    proposal, asked = read(given, etat_mairie="non", client_memes="")
    assert "etat.mairie" in asked
    assert minutes(proposal) == {("Nour", "2026-06"): 120}


def test_nothing_more_is_asked_when_the_sale_counts() -> None:
    proposal, asked = read(everything("annulée"), sold="", etat_annulee="oui")
    assert "heures.laissees" not in asked
    assert sales(proposal) == {"2026-06": 35_000}


def test_hours_that_the_state_of_their_line_already_asked_about_are_only_told() -> None:
    lines = [line.replace("Remarque", "État").replace("au jardin", "payée") for line in ONE]
    given = table("suivi.csv", *lines, "04/06/2026;Mairie;Paul;5;360,00;20 %;annulée")
    proposal, asked = read(given, sold="", heures_validees="oui")
    assert "heures.laissees" not in asked
    assert minutes(proposal)["Paul", "2026-06"] == 300
    assert any("ses heures comptent toujours (Paul" in each for each in proposal.heeded)
