"""What members paid out of their own pocket is bought by the group: no customer pays with it, whatever its amount."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import ImportProposal, propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import minutes, read, sales, table

HOURS = table(
    "heures.csv", "personne;date;genre;duree", "Nadia Ferrer;02/09/2026;commun;3h", "Loïc Le Bris;03/09/2026;commun;2h"
)
SOLD = "Numéro;Date;Client;Montant HT;TVA\nG-1;02/09/2026;Amap;40,00;20 %\nG-2;03/09/2026;Mairie;500,00;20 %"
LINES = ("05/09/2026;Nadia Ferrer;Cartouches;48,00;8,00", "09/09/2026;Loïc Le Bris;Visserie;18,00;3,00")


def costs(proposal: ImportProposal) -> list[tuple[str, int]]:
    """Return what was bought, and its cents before tax."""
    assert proposal.reading is not None, proposal.refusal
    return [(each.label, each.before_tax) for each in proposal.reading.book.costs]


def paid(proposal: ImportProposal) -> int:
    assert proposal.reading is not None, proposal.refusal
    return sum(each.amount for each in proposal.reading.book.payments)


@pytest.mark.parametrize(
    ("name", "head"),
    [("ndf.csv", "Date;Avancé par;Pour quoi;TTC;dont TVA"),
     ("septembre.csv", "Date;Qui a avancé;Motif;Montant TTC;TVA"),
     ("Paiements.csv", "Date;Qui a avancé;Pour quoi;TTC;TVA"),
     ("Règlements 09-2026.csv", "Date;Avancé par;Quoi;TTC;TVA"),
     ("septembre.csv", "Date;Payé d'avance par;Quoi;Prix TTC;Montant TVA"),
     ("Notes de frais 09-2026.csv", "Jour;Qui;Raison;Total TTC;dont TVA"),
     ("frais à rembourser.csv", "Date;Personne;Objet;TTC;TVA (€)"),
     ("Frais avancés.csv", "Date;Membre;Détail;Montant TTC;Montant TVA"),
     ("expense report.csv", "Date;Employee;Merchant;Total incl. tax;VAT amount")],
)  # fmt: skip
def test_expense_claims_are_purchases(name: str, head: str) -> None:
    proposal, asked = read(HOURS, table(name, head, *LINES), sold=SOLD)
    assert (costs(proposal), paid(proposal)) == ([("Cartouches", 4_000), ("Visserie", 1_500)], 0)
    assert [each for each in asked if each != "date.ordre"] == [
        "personnes.cape"
    ]  # English titles: the day or the month?
    assert sales(proposal) == {"2026-09": 54_000}


@pytest.mark.parametrize(
    "above", ["Notes de frais du groupe", "Dépenses à rembourser aux membres", "Remboursements de frais"]
)
def test_what_is_written_above_says_so_too(above: str) -> None:
    proposal, _ = read(HOURS, table("mois.csv", above, "", "Date;Qui;Pour quoi;TTC;dont TVA", *LINES), sold=SOLD)
    assert (costs(proposal), paid(proposal)) == ([("Cartouches", 4_000), ("Visserie", 1_500)], 0)


@pytest.mark.parametrize(
    "head", ["Date;Qui a payé;Raison;Somme", "Jour;Acheteur;Magasin;Total", "Date;Membre;Trajet;Montant"]
)
def test_money_of_members_under_no_name_is_asked_about_and_is_no_payment_in_silence(head: str) -> None:
    rows = [line.rpartition(";")[0] for line in LINES]
    proposal, asked = read(HOURS, table("divers.csv", head, *rows), sold=SOLD, table="achats")
    assert any(topic.startswith("table") for topic in asked)
    assert paid(proposal) == 0
    assert [label for label, _ in costs(proposal)] == ["Cartouches", "Visserie"]


@pytest.mark.parametrize(
    "head", ["Date;Encaissé par;Payeur;Montant reçu", "Date;Qui a reçu;De la part de;Montant encaissé"]
)
def test_money_that_members_received_is_that_of_customers(head: str) -> None:
    rows = ("05/09/2026;Nadia Ferrer;Amap;48,00", "09/09/2026;Loïc Le Bris;Mairie;600,00")
    proposal, _ = read(HOURS, table("reçus.csv", head, *rows), sold=SOLD, encaissements_montant="")
    assert costs(proposal) == []


def test_members_told_by_their_first_name_are_members_too() -> None:
    rows = ("05/09/2026;Nadia;Cartouches;48,00", "09/09/2026;Loïc;Visserie;18,00")
    proposal, asked = read(HOURS, table("divers.csv", "Jour;Qui a sorti l'argent;Raison;Somme", *rows), sold=SOLD)
    assert any(topic.startswith("table") for topic in asked)
    assert paid(proposal) == 0


@pytest.mark.parametrize(("said", "sign"), [("plus", 1), ("moins", -1)])
def test_a_claim_that_was_paid_back_was_bought_unless_a_supplier_took_it_back(said: str, sign: int) -> None:
    rows = ("05/09/2026;Nadia Ferrer;Papeterie;48,00;8,00;Validé", "09/09/2026;Loïc Le Bris;Vis;18,00;3,00;Remboursée")
    claims = table("export.csv", "Date dépense;Salarié;Marchand;Montant TTC;Montant TVA;Statut", *rows)
    proposal, asked = read(HOURS, claims, sold=SOLD, montant_ht_avoir=said, table="achats")
    assert costs(proposal) == [("Papeterie", 4_000), ("Vis", 1_500 * sign)]
    assert "montant_ht.avoir" in asked


@pytest.mark.parametrize("above", ["Frais de déplacement inclus", "Les frais de déplacement sont facturés à part"])
@pytest.mark.parametrize("name", ["ventes.csv", "Factures frais professionnels.csv", "septembre.csv"])
def test_a_list_of_invoices_that_speaks_of_expenses_is_one_of_invoices(name: str, above: str) -> None:
    rows = (
        "N° facture;Date;Client;Montant HT;TVA",
        "G-7;05/09/2026;Amap;40,00;8,00",
        "G-8;06/09/2026;Mairie;10,00;2,00",
    )
    proposal, _ = read(HOURS, table(name, above, "", *rows), sold="")
    assert (sales(proposal), costs(proposal)) == ({"2026-09": 5_000}, [])


def test_hours_beside_claims_in_one_workbook_stay_hours() -> None:
    rows = ("Qui;Date;Genre;Durée", "Nadia Ferrer;05/09/2026;commun;2h")
    proposal, _ = read(table("heures et notes de frais.csv", *rows), sold=SOLD)
    assert minutes(proposal) == {("Nadia Ferrer", "2026-09"): 120}


@pytest.mark.parametrize("total", ["Total", "Total TTC", "TOTAL de la ligne"])
def test_the_total_of_a_line_is_what_was_spent_when_it_adds_up_several_amounts(total: str) -> None:
    lines = (
        f"Date;Motif;Km;Indemnité;Repas;Matériel TTC;dont TVA;{total}",
        "05/09/2026;Foire;100;40,00;12,00;;;52,00",
        "09/09/2026;Quincaillerie;;;;24,00;4,00;24,00",
        "12/09/2026;Chantier;20;8,00;;6,00;1,00;14,00",
        "TOTAL À REMBOURSER;;;;;;;90,00",
    )
    proposal, asked = read(HOURS, table("Note de frais septembre.csv", *lines), sold=SOLD)
    assert costs(proposal) == [("Foire", 5_200), ("Quincaillerie", 2_000), ("Chantier", 1_300)]
    assert asked == ["personnes.cape"]
    assert not any("cela ne compte pas" in each and "Matériel" in each for each in proposal.heeded)


def test_a_running_total_is_not_what_was_spent() -> None:
    lines = (
        "Date;Motif;Matériel TTC;dont TVA;Total cumulé",
        "05/09/2026;Visserie;12,00;2,00;12,00",
        "09/09/2026;Peinture;24,00;4,00;36,00",
    )
    proposal, _ = read(HOURS, table("Note de frais septembre.csv", *lines), sold=SOLD)
    assert costs(proposal) == [("Visserie", 1_000), ("Peinture", 2_000)]


def test_when_it_is_asked_which_amount_counts_the_total_of_the_line_comes_first() -> None:
    lines = ("Date;Qui;Motif;Km;Barème;Indemnité km;Péage;Repas;Total",
             "05/09/2026;Nadia Ferrer;Salon;10;0,6;6,00;4,00;14,00;24,00",
             "09/09/2026;Loïc Le Bris;Foire;20;0,6;12,00;;;12,00", ";;;;;;;TOTAL;36,00")  # fmt: skip
    files = [HOURS, table("notes de frais.csv", *lines), table("factures.csv", *SOLD.split("\n"))]
    proposal = propose(files, "Essai", Recipe(), Findings())
    doubt = next(each.doubt for each in proposal.questions if each.doubt.topic == "colonne.montant_ht")
    assert [value for value, _ in doubt.options][:2] == ["Total", "ttc:Total"]
