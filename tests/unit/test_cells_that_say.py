"""What a cell says by itself: a day of work, an amount with or without the VAT, no; and what a blank one repeats."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

HEAD = "Qui;Le;Temps passé"


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("1 jour", 450),
        ("2j", 900),
        ("0,5 j", 225),
        ("½ j", 225),
        ("1/2 journée", 225),
        ("demi-journée", 225),
        ("1 j 1h30", 540),
        ("1 jour et 30 min", 480),
        ("1 jour et demi", 675),
        ("journée", 450),
    ],
)
def test_days_of_work_are_read_once_their_length_is_said(said: str, whole: int) -> None:
    lines = (f"Ida;03/06/2026;{said}", "Noam;04/06/2026;1 j", "Ida;05/06/2026;2h")
    proposal, asked = read(table("temps.csv", HEAD, *lines), duree_journee="450")
    assert asked.count("duree.journee") == 1
    assert minutes(proposal) == {("Ida", "2026-06"): whole + 120, ("Noam", "2026-06"): 450}


def test_days_of_work_under_people_count_as_in_a_list() -> None:
    lines = ("Jour;Ida;Noam", "03/06/2026;0,5 j;1h", "04/06/2026;1 j 2h;")
    proposal, asked = read(table("temps.csv", *lines), journee="480")
    assert "journee" in asked
    assert minutes(proposal) == {("Ida", "2026-06"): 240 + 600, ("Noam", "2026-06"): 60}
    assert any("« 0,5 j » compte 4\u00a0h" in each for each in proposal.heeded)


def test_a_bare_number_beside_days_is_asked_about_unless_its_title_says_it() -> None:
    lines = ("Ida;03/06/2026;1j", "Ida;04/06/2026;3")
    proposal, asked = read(table("temps.csv", HEAD, *lines), duree_journee="420")
    assert "duree.unite" in asked
    assert minutes(proposal) == {("Ida", "2026-06"): 600}
    proposal, _ = read(table("temps.csv", "Qui;Le;Durée (h)", *lines), duree_journee="420")
    assert minutes(proposal) == {("Ida", "2026-06"): 600}


WORKED = table("heures.csv", "Date;Qui;Heures;Genre", "02/06/2026;Ida;4h;prestation")
PRICED = ("Numéro;Date;Client;Prix;TVA %", "1;03/06/2026;Bar;240€ TTC;20", "2;04/06/2026;Bar;90,50 HT;20",
          "3;05/06/2026;Bar;55 € ttc;10")  # fmt: skip


def test_amounts_that_say_ht_or_ttc_one_by_one_are_believed() -> None:
    proposal, asked = read(WORKED, sold="\n".join(PRICED))
    assert asked == ["personnes.cape"]
    assert sales(proposal) == {"2026-06": 20_000 + 9_050 + 5_000}


def test_their_rate_is_asked_when_no_column_says_it() -> None:
    lines = [line.rsplit(";", 1)[0] for line in PRICED]
    proposal, asked = read(WORKED, sold="\n".join([*lines, "Total;;;385,50"]), taux="20")
    assert "taux" in asked
    assert sales(proposal) == {"2026-06": 20_000 + 9_050 + 4_583}


def test_a_blank_day_is_that_of_the_line_above_once_it_is_said() -> None:
    lines = ("Le;Qui;Temps passé", "29/05/2026;Ida;2h", ";Noam;1h", "01/06/2026;Noam;3h", ";Ida;4h", "Total;;10h")
    proposal, asked = read(table("temps.csv", *lines))
    assert asked.count("date.vides") == 1
    assert minutes(proposal) == {
        ("Ida", "2026-05"): 120, ("Noam", "2026-05"): 60, ("Noam", "2026-06"): 180, ("Ida", "2026-06"): 240
    }  # fmt: skip
    assert any("2\u00a0cases vides sont lues comme la ligne au-dessus" in each for each in proposal.heeded)
    refused, _ = read(table("temps.csv", *lines), date_vides="vide")
    assert "la case est vide" in str(refused.refusal)


def test_a_blank_first_day_repeats_nothing() -> None:
    refused, asked = read(table("temps.csv", "Le;Qui;Temps passé", ";Ida;2h", "29/05/2026;Noam;1h"))
    assert "date.vides" not in asked
    assert "la case est vide" in str(refused.refusal)


def test_a_blank_person_is_the_one_above_and_a_payment_without_a_day_is_nobody_s() -> None:
    proposal, asked = read(table("temps.csv", HEAD, "Ida;29/05/2026;2h", ";30/05/2026;1h", "Noam;30/05/2026;1h"))
    assert "personne.vides" in asked
    assert minutes(proposal) == {("Ida", "2026-05"): 180, ("Noam", "2026-05"): 60}
    came = table("paiements.csv", "Facture;Date;Montant TTC", "F1;12/09/2026;100,00", "F1;;50,00")
    _, asked = read(WORKED, came)
    assert not any(topic.endswith(".vides") for topic in asked)


@pytest.mark.parametrize("no", ["FALSE", "FAUX", "0", "☐", "no", "Non"])
def test_what_is_not_paid_is_said_in_many_ways(no: str) -> None:
    lines = ("Numéro;Date;Montant HT;TVA;Payée", "1;03/06/2026;100,00;20,00;TRUE", f"2;04/06/2026;50,00;10,00;{no}")
    proposal, _ = read(WORKED, sold="\n".join(lines))
    assert [each.amount for each in proposal.reading.book.payments] == [12_000]
    assert not proposal.unread


SLIP = ("Date;Ida;Noam", "07/09/2026;3;4", "08/09/2026;75;2", "09/09/2026;4;1", "Total;14,5;7")


def test_a_slip_among_hours_is_refused_where_it_stands_once_it_is_said_to_be_one() -> None:
    refused, asked = read(table("heures.csv", *SLIP), duree_unite="faute")
    assert "duree.unite" in asked
    assert "« 75 »" in str(refused.refusal)
    assert "une erreur" in str(refused.refusal)


def test_totals_in_another_unit_than_the_one_answered_are_not_denied() -> None:
    proposal, _ = read(table("heures.csv", *SLIP), duree_unite="min")
    assert minutes(proposal) == {("Ida", "2026-09"): 82, ("Noam", "2026-09"): 7}
    assert not any("ce total" in each for each in proposal.heeded)


@pytest.mark.parametrize("title", ["HT/TTC", "Type de montant", "Taxes"])
@pytest.mark.parametrize(("without", "with_"), [("HT", "TTC"), ("hors taxes", "toutes taxes comprises")])
def test_a_column_says_line_by_line_whether_the_vat_is_in(title: str, without: str, with_: str) -> None:
    lines = (f"N°;Jour;Client;Montant;{title};TVA", f"1;02/09/2026;Foyer;240,00;{with_};20 %",
             f"2;03/09/2026;MJC;100,00;{without};20 %", f"3;04/09/2026;MJC;110;{with_};10 %")  # fmt: skip
    worked = table("temps.csv", "Qui;Jour;Heures;Genre", "Lou;03/09/2026;2h;commun")
    proposal, asked = read(worked, table("ventes.csv", *lines), sold="")
    assert asked == ["personnes.cape"]
    assert sales(proposal) == {"2026-09": 40_000}


@pytest.mark.parametrize(("letters", "sold"), [("TTC", 10_000), ("HT", 12_000)])
def test_a_column_that_says_the_same_of_each_line_is_believed(letters: str, sold: int) -> None:
    lines = ("N°;Jour;Client;Prix;TTC ou HT;TVA", f"1;02/09/2026;Foyer;60,00;{letters};20 %",
             f"2;03/09/2026;MJC;60,00;{letters};20 %")  # fmt: skip
    worked = table("temps.csv", "Qui;Jour;Heures;Genre", "Lou;03/09/2026;2h;commun")
    proposal, asked = read(worked, table("ventes.csv", *lines), sold="")
    assert "montant_ht" not in " ".join(asked)
    assert sales(proposal) == {"2026-09": sold}


@pytest.mark.parametrize(("title", "with_", "without"), [("TVA comprise", "oui", "non"), ("TTC ?", "x", "non"),
                                                         ("Hors taxes ?", "non", "oui")])  # fmt: skip
def test_a_tick_says_line_by_line_whether_the_vat_is_in(title: str, with_: str, without: str) -> None:
    lines = (f"N°;Jour;Client;Montant;{title};Taux", f"1;02/09/2026;Foyer;240,00;{with_};20 %",
             f"2;03/09/2026;MJC;100,00;{without};20 %")  # fmt: skip
    worked = table("temps.csv", "Qui;Jour;Heures;Genre", "Lou;03/09/2026;2h;commun")
    proposal, asked = read(worked, table("ventes.csv", *lines), sold="")
    assert asked == ["personnes.cape"]
    assert sales(proposal) == {"2026-09": 30_000}


BILLED = ("Numéro;Date;Client;Objet;Montant HT;TVA", "A7;08/06/2026;Halle;Stand;300,00;20 %", "{};Transport;40,00;20 %",
          "A8;19/06/2026;Verger;Visite;90,00;5,5 %")  # fmt: skip


@pytest.mark.parametrize("blank", [";;", ";08/06/2026;Halle"])
def test_an_invoice_that_says_its_number_once_is_asked_about_once(blank: str) -> None:
    proposal, asked = read(WORKED, sold="\n".join(BILLED).format(blank))
    assert [topic for topic in asked if topic.endswith(".vides")] == ["facture.vides"]
    assert proposal.reading is not None
    lines = [(each.invoice, each.before_tax) for each in proposal.reading.book.lines]
    assert lines == [("A7", 30_000), ("A7", 4_000), ("A8", 9_000)]
    refused, _ = read(WORKED, sold="\n".join(BILLED).format(blank), facture_vides="vide")
    assert "la case est vide" in str(refused.refusal)


@pytest.mark.parametrize("other", [";09/06/2026;Halle", ";08/06/2026;Mairie"])
def test_another_day_or_customer_without_a_number_is_no_line_of_the_invoice_above(other: str) -> None:
    proposal, asked = read(WORKED, sold="\n".join(BILLED).format(other))
    assert not any(topic.endswith(".vides") for topic in asked)
    assert "colonne A « Numéro » : la case est vide" in str(proposal.refusal)
    assert not any("None" in each for each in proposal.heeded)
