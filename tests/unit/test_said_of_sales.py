"""A sheet with everything in it may say more of each sale than its price: every column of it counts, or is told."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

HEAD = "Date;Client;Quoi;Qui;Heures;Prix TTC;TVA"


def paid(*lines: str, more: str, **answers: str) -> list[tuple[str, int]]:
    proposal, _ = read(table("chantiers.csv", f"{HEAD};{more}", *lines), sold="", **answers)
    assert proposal.reading is not None, proposal.refusal
    return [(f"{each.received_on:%d/%m/%Y}", each.amount) for each in proposal.reading.book.payments]


@pytest.mark.parametrize("titles", ["Réglé;Réglé le", "Encaissé ?;Date d'encaissement", "Payée;Paid on"])
@pytest.mark.parametrize("turned", [False, True])
def test_the_day_beside_a_yes_is_that_of_the_payment(titles: str, turned: bool) -> None:
    yes, day = titles.split(";")
    more = f"{day};{yes}" if turned else titles
    lines = [
        f"{head};{when};{said}" if turned else f"{head};{said};{when}"
        for head, said, when in (
            ("03/03/2026;Mme Joly;Semis;Awa;3;120,00;20 %", "oui", "28/03/2026"),
            ("05/03/2026;M. Roux;Taille;Bruno;2;240,00;20 %", "oui", "11/04/2026"),
            ("09/03/2026;Mairie;Haie;Awa;4;60,00;20 %", "non", ""),
        )
    ]
    assert paid(*lines, more=more) == [("28/03/2026", 12_000), ("11/04/2026", 24_000)]


def test_what_is_left_to_pay_says_what_came() -> None:
    lines = (
        "03/03/2026;Mme Joly;Semis;Awa;3;120,00;20 %;28/03/2026;0,00",
        "05/03/2026;M. Roux;Taille;Bruno;2;240,00;20 %;11/04/2026;90,00",
        "09/03/2026;Mairie;Haie;Awa;4;60,00;20 %;;60,00",
    )
    assert paid(*lines, more="Date de règlement;Reste dû") == [("28/03/2026", 12_000), ("11/04/2026", 15_000)]


@pytest.mark.parametrize(("title", "words"), [("État", ("payé", "devis")), ("Type", ("Facture", "Devis"))])
def test_a_quote_among_the_lines_is_no_sale(title: str, words: tuple[str, str]) -> None:
    lines = (
        f"03/03/2026;Mme Joly;Semis;Awa;3;120,00;20 %;{words[0]}",
        f"05/03/2026;M. Roux;Taille;Bruno;2;240,00;20 %;{words[1]}",
        f"09/03/2026;Mairie;Haie;Awa;4;60,00;20 %;{words[0]}",
    )
    proposal, _ = read(table("chantiers.csv", f"{HEAD};{title}", *lines), sold="")
    assert sales(proposal) == {"2026-03": 15_000}
    assert any("evis » : cette ligne n'est pas lue" in each for each in proposal.heeded)


def test_a_state_of_the_work_asks_nothing_and_is_told_not_to_be_used() -> None:
    lines = (
        "03/03/2026;Mme Joly;Semis;Awa;3;120,00;20 %;fait",
        "05/03/2026;M. Roux;Taille;Bruno;2;240,00;20 %;à finir",
    )
    proposal, asked = read(table("chantiers.csv", f"{HEAD};Statut", *lines), sold="")
    assert asked == ["personnes.cape"]
    assert sales(proposal) == {"2026-03": 30_000}
    assert any("pas utilisée : « Statut »" in each for each in proposal.notes)


PRICED = (
    "03/03/2026;Mme Joly;Semis;Awa;3;120,00;20 %;Facturé",
    "05/03/2026;M. Roux;Taille;Bruno;2;240,00;20 %;{}",
    "09/03/2026;Mairie;Haie;Awa;4;60,00;20 %;Facturé",
)


@pytest.mark.parametrize("word", ["Brouillon", "annulée", "Refusé", "Prévu", "À valider"])
@pytest.mark.parametrize("title", ["État", "Statut"])
def test_the_hours_of_what_is_no_sale_are_asked_apart_and_its_price_is_told(word: str, title: str) -> None:
    lines = [each.format(word) for each in PRICED]
    files = table("chantiers.csv", f"{HEAD};{title}", *lines)
    proposal, asked = read(files, sold="", heures_validees="oui")
    assert asked[0] == "heures.validees"
    assert (sales(proposal), minutes(proposal)["Bruno", "2026-03"]) == ({"2026-03": 15_000}, 120)
    assert any(f"« {word} » : cette ligne n'est pas lue" in each and "240,00" in each for each in proposal.heeded)
    proposal, _ = read(files, sold="", heures_validees="non")
    assert (sales(proposal), [*minutes(proposal)]) == ({"2026-03": 15_000}, [("Awa", "2026-03")])
    assert any("ni leur prix : 240,00" in each for each in proposal.heeded)


def test_a_draft_of_sale_without_hours_asks_nothing_of_them() -> None:
    lines = [each.format("Brouillon").replace("Bruno;2", ";") for each in PRICED]
    proposal, asked = read(table("chantiers.csv", f"{HEAD};État", *lines), sold="")
    assert asked == ["personnes.cape"]
    assert sales(proposal) == {"2026-03": 15_000}
    assert any("« Brouillon » : cette ligne n'est pas lue" in each for each in proposal.heeded)


@pytest.mark.parametrize("when", ["le", "Quand", "date"])
def test_the_day_that_follows_a_yes_under_a_bare_title_is_that_of_the_payment(when: str) -> None:
    lines = (
        f"N°;Date facture;Client;HT;TVA;TTC;Encaissée ?;{when}",
        "B1;05/03/2026;Mairie;100,00;20,00;120,00;oui;26/04/2026",
        "B2;12/03/2026;Mme Joly;50,00;10,00;60,00;oui;12/03/2026",
        "B3;30/03/2026;Foyer;200,00;40,00;240,00;non;",
    )
    hours = table("h.csv", "Qui;Jour;Heures;Genre", "Lou;03/03/2026;2h;commun")
    proposal, asked = read(table("ventes.csv", *lines), hours, sold="")
    assert proposal.reading is not None, proposal.refusal
    got = [(each.invoice, f"{each.received_on:%d/%m}") for each in proposal.reading.book.payments]
    assert got == [("B1", "26/04"), ("B2", "12/03")]
    assert asked == ["personnes.cape"]


def test_a_day_after_a_yes_that_every_line_has_is_that_of_the_invoice() -> None:
    lines = (
        "N°;Payée;Date;Client;HT;TVA;TTC",
        "B1;oui;05/03/2026;Mairie;100,00;20,00;120,00",
        "B2;non;12/03/2026;Foyer;50,00;10,00;60,00",
    )
    hours = table("h.csv", "Qui;Jour;Heures;Genre", "Lou;03/03/2026;2h;commun")
    proposal, asked = read(table("ventes.csv", *lines), hours, sold="")
    assert sales(proposal) == {"2026-03": 15_000}
    assert "reglement.jour" in asked
