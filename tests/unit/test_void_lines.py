"""A column whose title says that a line is void, « Annulée », where a cell says yes or when: out, and told."""

from __future__ import annotations

import pytest

from kpa_model.files.book.book_reader import read_files
from tests.given_tables import minutes, read, sales, table

HOURS = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Awa;4h;prestation")
WAYS = [("Annulée", "x", ""), ("Annulée ?", "oui", "non"), ("Brouillon", "O", "N"), ("Draft", "TRUE", "FALSE"),
        ("Supprimé", "✓", ""), ("Annulée le", "12/09/2026", ""),
        ("Annulation", "2026-09-12", ""), ("Doublon", "x", ""), ("À ignorer ?", "oui", "non"),
        ("Est annulée", "1", "0"), ("Refusé", "Oui", "Non")]  # fmt: skip


@pytest.mark.parametrize(("title", "yes", "no"), WAYS)
def test_a_void_invoice_is_no_sale(title: str, yes: str, no: str) -> None:
    head = f"N°;Date;Client;Montant HT;TVA;{title}"
    lines = (f"1;07/09/2026;Bar;300,00;20 %;{no}", f"2;08/09/2026;Bar;100,00;20 %;{yes}")
    proposal, _ = read(HOURS, sold="\n".join((head, *lines)))
    assert sales(proposal) == {"2026-09": 30_000}
    assert any(f"« {title} » dit « {yes} » : la ligne 3 n'est pas lue" in each for each in proposal.heeded)
    assert not any("utilisée" in each and title in each for each in proposal.notes)


def test_void_hours_and_purchases_do_not_count_either() -> None:
    worked = table(
        "heures.csv", "Date;Qui;Heures;Genre;Annulé", "07/09/2026;Awa;4h;prestation;", "08/09/2026;Awa;3h;commun;X"
    )
    spent = table("achats.csv", "Quoi;Date;Montant HT;Annulé", "vis;07/09/2026;20,00;non", "colle;08/09/2026;5,00;oui")
    proposal, _ = read(worked, spent)
    assert minutes(proposal) == {("Awa", "2026-09"): 240}
    assert proposal.reading is not None
    assert [each.before_tax for each in proposal.reading.book.costs] == [2_000]


def test_the_strict_reader_leaves_them_out_too() -> None:
    head = "Numéro de la facture;Commande facturée;Ce qui est facturé;Date de la facture;Montant hors taxes;Taux de TVA"
    files = {
        "personnes.csv": "Nom choisi par le groupe;Statut;Début\nLou;cape;01/09/2024",
        "commandes.csv": "Numéro de la commande;Ce qui est demandé;Date de la commande;Client\nC1;Table;01/09/2026;Bar",
        "factures.csv": f"{head};Annulée\nF1;C1;T;05/09/2026;1000,00;20 %;\nF2;C1;T;06/09/2026;50,00;20 %;x",
    }
    reading = read_files([table(name, text) for name, text in files.items()], "Essai")
    assert [each.invoice for each in reading.book.lines] == ["F1"]
    assert "la ligne 3 n'est pas lue" in " ".join(reading.notes)


def test_a_column_that_says_another_thing_is_left_as_it_is() -> None:
    head, lines = "N°;Date;Client;Montant HT;TVA;Annulée", ("1;07/09/2026;Bar;300,00;20 %;par Lou",)
    proposal, _ = read(HOURS, sold="\n".join((head, *lines)))
    assert sales(proposal) == {"2026-09": 30_000}
    assert any("« Annulée » dit « par Lou ». Les lignes comptent toutes" in each for each in proposal.heeded)


@pytest.mark.parametrize(("title", "void", "other"), [
    ("Validée ?", "non", "oui"), ("Validé", "N", "O"), ("Émise", "faux", "vrai"), ("Est validée", "Non", "Oui"),
    ("Remplacée par", "7", ""), ("Remplacé par", "F-12", "-"), ("Remplacée par la facture", "3", "non"),
])  # fmt: skip
def test_an_invoice_not_validated_or_replaced_is_no_sale(title: str, void: str, other: str) -> None:
    lines = (f"6;07/09/2026;Bar;300,00;20 %;{other}", f"5;08/09/2026;Bar;100,00;20 %;{void}")
    more = f"7;09/09/2026;Bar;40,00;20 %;{other}"
    proposal, _ = read(HOURS, sold="\n".join((f"N°;Date;Client;Montant HT;TVA;{title}", *lines, more)))
    assert sales(proposal) == {"2026-09": 34_000}
    assert any("100,00" in each and ("Non " in each or "Remplacée par" in each) for each in proposal.heeded)


def test_purchases_and_hours_not_validated_took_place() -> None:
    worked = table("heures.csv", "Date;Qui;Heures;Genre;Validée", "07/09/2026;Awa;4h;commun;non")
    spent = table("achats.csv", "Quoi;Date;Montant HT;Validé", "vis;07/09/2026;20,00;non", "clou;08/09/2026;5,00;oui")
    proposal, _ = read(worked, spent)
    assert minutes(proposal) == {("Awa", "2026-09"): 240}
    assert proposal.reading is not None
    assert [each.before_tax for each in proposal.reading.book.costs] == [2_000, 500]


def test_a_replaced_invoice_is_no_sale_whatever_its_state_unless_a_credit_note_takes_it_back() -> None:
    head = "N°;Date;Libellé;Montant HT;TVA;Statut;Remplacé par"
    lines = ("F5;07/09/2026;Table;300,00;20 %;Envoyée;F6", "F6;08/09/2026;Table;320,00;20 %;Payée;")
    proposal, _ = read(HOURS, sold="\n".join((head, *lines)))
    assert sales(proposal) == {"2026-09": 32_000}
    assert not any("utilisée" in each and "« Statut »" in each for each in proposal.notes)
    back = "A1;08/09/2026;Avoir sur F5;-300,00;20 %;Payée;"
    proposal, _ = read(HOURS, sold="\n".join((head, *lines, back)))
    assert sales(proposal) == {"2026-09": 32_000}
