"""What suppliers sold to the group is bought, under whatever titles a program gives to its invoices."""

from __future__ import annotations

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import minutes, read, sales, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Iris;02/09/2026;commun;3h")
DOLIBARR = "Réf.;Tiers;Date facturation;Montant HT;Montant TVA;Montant TTC;État"
BOUGHT = ("P1;Graineterie;03/09/2026;40,00;8,00;48,00;Payée", "P2;Quincaillerie;04/09/2026;20,00;2,00;22,00;Impayée")
SOLD = table("clients.csv", DOLIBARR, "FA1;Habitat;02/09/2026;500,00;100,00;600,00;Impayée")


def spent(proposal: ImportProposal) -> list[tuple[str, int, int]]:
    """Return what each purchase is, its day of the month and its cents before tax."""
    assert proposal.reading is not None, proposal.refusal
    return [(each.label, each.spent_on.day, each.before_tax) for each in proposal.reading.book.costs]


@pytest.mark.parametrize(
    "name",
    ["Liste factures fournisseurs.csv", "factures_fournisseurs_2026.csv", "achats septembre.csv",
     "Supplier invoices.csv", "Dépenses 09-2026.csv", "factures d'achat 09.csv", "Factures reçues.csv"],
)  # fmt: skip
@pytest.mark.parametrize("head", [DOLIBARR, "N° facture;Nom du tiers;Date;Total HT;TVA;Total TTC;Statut"])
def test_a_file_that_names_suppliers_holds_purchases(name: str, head: str) -> None:
    proposal, asked = read(HOURS, SOLD, table(name, head, *BOUGHT), sold="")
    assert sales(proposal) == {"2026-09": 50_000}
    assert spent(proposal) == [("Graineterie", 3, 4_000), ("Quincaillerie", 4, 2_000)]
    assert asked == ["personnes.cape"]


@pytest.mark.parametrize("title", ["Réf. fournisseur", "N° facture fournisseur", "Supplier ref"])
def test_a_title_that_names_suppliers_says_so_too(title: str) -> None:
    rows = [f"{line};X{at}" for at, line in enumerate(BOUGHT)]
    proposal, _ = read(HOURS, SOLD, table("export.csv", f"{DOLIBARR};{title}", *rows), sold="")
    assert sales(proposal) == {"2026-09": 50_000}
    assert len(spent(proposal)) == 2


def test_what_is_written_above_says_so_too() -> None:
    proposal, _ = read(HOURS, SOLD, table("export.csv", "Factures des fournisseurs", "", DOLIBARR, *BOUGHT), sold="")
    assert (sales(proposal), len(spent(proposal))) == ({"2026-09": 50_000}, 2)


@pytest.mark.parametrize("numbers", [("SI2609-0004", "SI2609-0005"), ("BILL/2026/09/0004", "BILL/2026/09/0005")])
def test_the_numbers_of_a_program_say_so_too(numbers: tuple[str, str]) -> None:
    rows = [line.replace(f"P{at + 1}", number) for at, (line, number) in enumerate(zip(BOUGHT, numbers, strict=True))]
    proposal, _ = read(HOURS, SOLD, table("export.csv", DOLIBARR, *rows), sold="")
    assert (sales(proposal), len(spent(proposal))) == ({"2026-09": 50_000}, 2)


def test_bills_of_odoo_are_purchases_and_their_sign_is_asked() -> None:
    head = "Number,Invoice Partner Display Name,Invoice/Bill Date,Due Date,Untaxed Amount Signed,Total Signed,Status"
    rows = ("BILL/2026/09/0001,Graineterie,2026-09-03,2026-10-03,-40.00,-48.00,Posted",
            "BILL/2026/09/0002,Quincaillerie,2026-09-04,2026-10-04,-20.00,-22.00,Posted")  # fmt: skip
    proposal, asked = read(HOURS, SOLD, table("account.move.csv", head, *rows), sold="")
    assert sales(proposal) == {"2026-09": 50_000}
    assert spent(proposal) == [("Graineterie", 3, 4_000), ("Quincaillerie", 4, 2_000)]
    assert len(asked) == 2


@pytest.mark.parametrize("word", ["Facture fournisseur", "Facture d'achat", "Vendor Bill", "in_invoice"])
def test_an_invoice_of_a_supplier_among_those_of_customers_is_told_first(word: str) -> None:
    rows = ("Numéro;Type;Partenaire;Date;Montant HT;TVA", "F1;Facture client;Mairie;03/09/2026;400,00;80,00",
            "F2;Facture client;MJC;04/09/2026;100,00;20,00",
            f"X3;{word};Graineterie;04/09/2026;20,00;2,00")  # fmt: skip
    proposal, _ = read(HOURS, table("pieces.csv", *rows), sold="", journal_fournisseurs="non")
    assert sales(proposal) == {"2026-09": 50_000}
    assert any(f"« {word} »" in each and "X3, 20,00" in each for each in proposal.unread)


def test_when_each_line_is_one_of_suppliers_they_are_purchases() -> None:
    rows = [f"{line};Facture fournisseur" for line in BOUGHT]
    proposal, _ = read(HOURS, SOLD, table("pieces.csv", f"{DOLIBARR};Type", *rows), sold="")
    assert (sales(proposal), len(spent(proposal))) == ({"2026-09": 50_000}, 2)


@pytest.mark.parametrize("head", ["Date;Fournisseur;Client;HT;TVA;TTC", "Date;Client;N° fournisseur;HT;TVA;TTC"])
def test_a_supplier_beside_a_customer_is_asked_about(head: str) -> None:
    rows = ("03/09/2026;Graineterie;Mairie;40,00;8,00;48,00", "04/09/2026;Quincaillerie;École;20,00;4,00;24,00")
    _, asked = read(HOURS, SOLD, table("export.csv", head, *rows), sold="", table="achats")
    assert any(each.startswith("table") for each in asked)


@pytest.mark.parametrize("title", ["Client/Fournisseur", "Date de facture/facture fournisseur"])
def test_a_title_for_both_sides_says_nothing(title: str) -> None:
    rows = (f"Numéro;Client;Date;Montant HT;TVA;{title}", "F1;Mairie;03/09/2026;500,00;100,00;")
    proposal, _ = read(HOURS, table("factures.csv", *rows), sold="")
    assert sales(proposal) == {"2026-09": 50_000}


def test_hours_beside_a_word_of_purchases_stay_hours() -> None:
    rows = ("Qui;Date;Genre;Durée", "Iris;03/09/2026;commun;2h")
    proposal, _ = read(table("courses.csv", *rows))
    assert minutes(proposal) == {("Iris", "2026-09"): 120}
