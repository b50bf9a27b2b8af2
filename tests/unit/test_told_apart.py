"""Lines that look like those of the group and are not: another's, a quote's, told twice, meals, minutes left aside."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Nadia;02/09/2026;commun;3h")


@pytest.mark.parametrize("title", ["Entrepreneur", "Enseigne", "Structure"])
def test_whose_invoices_are_is_asked_once_and_others_are_not_read(title: str) -> None:
    rows = (f"{title};N°;Commande;Date;Montant HT;TVA", "Les Lilas;F1;C1;05/09/2026;100,00;20 %",
            "Bois & Co;F2;C2;06/09/2026;900,00;20 %", "Les Lilas;F3;C3;07/09/2026;50,00;20 %")  # fmt: skip
    proposal, asked = read(HOURS, table("factures.csv", *rows), sold="", notres="Les Lilas")
    assert sales(proposal) == {"2026-09": 15_000}
    assert asked.count("notres") == 1
    assert any("« Bois & Co » n'est pas à vous" in each for each in proposal.heeded)


def test_whose_hours_are_is_asked_too() -> None:
    rows = ("Équipe;Qui;Date;Heures;Genre", "Lilas;Nadia;03/09/2026;3;commun", "Bois;Zoé;04/09/2026;8;commun")
    proposal, _ = read(table("heures.csv", *rows), notres="Lilas")
    assert minutes(proposal) == {("Nadia", "2026-09"): 180}


@pytest.mark.parametrize("title", ["Type pièce", "Quoi donc", "Famille"])
def test_quotes_and_orders_among_invoices_are_left_out_whatever_the_title_is(title: str) -> None:
    rows = (f"N°;{title};Date;Client;Montant HT;TVA", "F1;Facture;05/09/2026;École;100,00;20 %",
            "D7;Devis;06/09/2026;École;900,00;20 %", "B3;Bon de livraison;07/09/2026;École;50,00;20 %",
            "C4;Commande client;07/09/2026;École;70,00;20 %", "A2;Avoir;09/09/2026;École;-20,00;20 %")  # fmt: skip
    proposal, _ = read(HOURS, table("ventes.csv", *rows), sold="")
    assert sales(proposal) == {"2026-09": 8_000}
    assert sum("n'est pas lue" in each for each in proposal.heeded) == 3


PARTS = [("Heures", "Minutes"), ("H", "Min"), ("Nb heures", "mn"), ("Durée (h)", "Durée (min)")]


@pytest.mark.parametrize(("long", "short"), PARTS)
def test_whole_hours_and_the_minutes_left_make_one_time(long: str, short: str) -> None:
    rows = (f"Qui;Date;Genre;{long};{short}", "Nadia;03/09/2026;commun;3;30", "Nadia;04/09/2026;commun;0;45",
            "Paul;04/09/2026;commun;2;", "Paul;05/09/2026;commun;;75")  # fmt: skip
    proposal, _ = read(table("heures.csv", *rows))
    assert minutes(proposal) == {("Nadia", "2026-09"): 255, ("Paul", "2026-09"): 195}
    assert any(f"la durée vient de « {long} » et de « {short} »" in each for each in proposal.heeded)


@pytest.mark.parametrize(("said", "total"), [("oui", 330), ("h", 120), ("min", 210)])
def test_more_than_an_hour_of_minutes_beside_hours_is_asked(said: str, total: int) -> None:
    rows = ("Qui;Date;Genre;Heures;Minutes", "Nadia;03/09/2026;commun;2;130", "Nadia;04/09/2026;commun;0;80")
    proposal, asked = read(table("heures.csv", *rows), duree_parts=said)
    assert minutes(proposal) == {("Nadia", "2026-09"): total}
    assert asked.count("duree.parts") == 1


@pytest.mark.parametrize(
    "titles", ["Heures Nadia;Minutes Nadia;Heures Paul;Minutes Paul", "Nadia (h);Nadia (min);Paul h;Paul min"]
)
def test_each_person_may_have_a_column_of_hours_and_one_of_the_minutes_left(titles: str) -> None:
    rows = (f"Date;{titles}", "03/09/2026;3;30;2;0", "04/09/2026;;;4;15", "Total;3;30;6;75")
    proposal, asked = read(table("heures.csv", *rows), genre="commun")
    assert minutes(proposal) == {("Nadia", "2026-09"): 210, ("Paul", "2026-09"): 375}
    assert "duree.parts" not in asked


@pytest.mark.parametrize("rows", [("3;180", "2;120"), ("1,5;90", "2;120")])
def test_the_same_time_in_two_units_counts_once(rows: tuple[str, ...]) -> None:
    lines = (f"Nadia;0{day}/09/2026;commun;{row}" for day, row in enumerate(rows, 3))
    proposal, _ = read(table("heures.csv", "Qui;Date;Genre;Durée (h);Durée (min)", *lines))
    assert minutes(proposal) == {("Nadia", "2026-09"): 300 if rows[0] == "3;180" else 210}


def test_a_column_that_the_totals_of_the_lines_leave_out_is_no_time() -> None:
    rows = ("Jour;Nadia;Paul;Kangoo;Total", "03/09/2026;3;2;8;5", "04/09/2026;1;4,5;12;5,5", "Total;4;6,5;20;10,5")
    proposal, _ = read(table("heures.csv", *rows), genre="commun")
    assert minutes(proposal) == {("Nadia", "2026-09"): 240, ("Paul", "2026-09"): 390}
    assert any("les totaux ne comptent pas « Kangoo »" in each for each in proposal.heeded)


def test_meals_beside_people_make_nobody() -> None:
    rows = ("Jour;Nadia;Paul;Nb repas;Total heures", "03/09/2026;3;2;8;5", "04/09/2026;1;4,5;12;5,5")
    proposal, asked = read(table("suivi.csv", *rows), genre="commun")
    assert minutes(proposal) == {("Nadia", "2026-09"): 240, ("Paul", "2026-09"): 390}
    assert asked == ["genre", "personnes.cape"]


COMMON = table("commun.csv", "Date;Nadia;Paul", "02/09/2026;3;1", "03/09/2026;2;", "07/09/2026;4;2")
OWN = table("Nadia.csv", "Date;Qui;Tâche;Heures", "02/09/2026;Nadia;vente;3h", "03/09/2026;Nadia;caisse;2h",
            "04/09/2026;Nadia;vente;1h30")  # fmt: skip


@pytest.mark.parametrize(("said", "hers"), [("une", 630), ("deux", 930)])
def test_the_same_hours_in_two_files_are_asked_about(said: str, hers: int) -> None:
    proposal, asked = read(COMMON, OWN, heures_deux_fois=said, genre="commun")
    assert asked.count("heures.deux_fois") == 1
    assert minutes(proposal) == {("Nadia", "2026-09"): hers, ("Paul", "2026-09"): 180}


def test_one_line_said_by_two_long_files_is_told() -> None:
    own = table("Nadia.csv", "Date;Qui;Heures", "02/09/2026;Nadia;3h", "10/09/2026;Nadia;1h", "11/09/2026;Nadia;1h30")
    proposal, asked = read(COMMON, own, genre="commun")
    assert "heures.deux_fois" not in asked
    assert any("Nadia, le 02/09/2026" in each and "C'est compté deux fois" in each for each in proposal.heeded)


def test_the_columns_that_make_the_totals_are_the_hours_of_people() -> None:
    rows = ("Date;Couverts;Nadia;Lieu;Paul;Recette;Total heures", "03/09/2026;8;3;Lens;2;15;5",
            "04/09/2026;12;1;Arras;4,5;12;5,5", "Total;20;4;;6,5;27;10,5")  # fmt: skip
    proposal, asked = read(table("suivi.csv", *rows), genre="commun")
    assert minutes(proposal) == {("Nadia", "2026-09"): 240, ("Paul", "2026-09"): 390}
    assert asked == ["genre", "personnes.cape"]
    assert not proposal.unread


def test_the_columns_that_make_the_totals_beside_who_did_them_are_tasks() -> None:
    rows = ("Date;Qui;vaisselle;étal;route;Total", "03/09/2026;Nadia;1;2;0,5;3,5", "04/09/2026;Paul;2;2;1;5")
    proposal, _ = read(table("suivi.csv", *rows), genre="prestation")
    assert minutes(proposal) == {("Nadia", "2026-09"): 210, ("Paul", "2026-09"): 300}


@pytest.mark.parametrize("word", ["Total", "Sous-total Nadia", "TOTAL GENERAL", "Ensemble"])
def test_a_total_is_nobody_wherever_its_word_stands(word: str) -> None:
    rows = ("Heures;Date;Qui;Genre", "3;03/09/2026;Nadia;commun", "2;04/09/2026;Nadia;commun", f"5;30/09/2026;{word};")
    proposal, _ = read(table("heures.csv", *rows), genre="commun")
    assert minutes(proposal) == {("Nadia", "2026-09"): 300}


def test_a_total_below_invoices_is_no_invoice_whatever_its_column_is() -> None:
    rows = ("Date;Numéro;Client;HT;TVA;TTC", "03/09/2026;F1;École;100,00;20,00;120,00",
            "04/09/2026;F2;MJC;50,00;0;50,00", "30/09/2026;;Total septembre;150,00;20,00;170,00")  # fmt: skip
    proposal, _ = read(HOURS, table("ventes.csv", *rows), sold="")
    assert sales(proposal) == {"2026-09": 15_000}


def test_hours_with_a_number_and_a_customer_are_no_list_of_orders() -> None:
    rows = ("Heures;N°;Qui;Validé par;Date;Client", "3;75;Nadia;Lou;03/09/2026;École", "2;15;Paul;Lou;04/09/2026;MJC")
    proposal, _ = read(table("suivi.csv", *rows), HOURS, genre="prestation")
    assert minutes(proposal) == {("Nadia", "2026-09"): 360, ("Paul", "2026-09"): 120}


@pytest.mark.parametrize("title", ["Fournisseur", "Supplier"])
def test_invoices_of_suppliers_are_purchases(title: str) -> None:
    rows = (f"N° pièce;{title};Date;HT;TVA;TTC;Réglée le", "P1;Metro;03/09/2026;40,00;8,00;48,00;10/09/2026",
            "P2;Biocoop;04/09/2026;20,00;4,00;24,00;")  # fmt: skip
    proposal, _ = read(HOURS, table("factures fournisseurs.csv", *rows))
    assert sales(proposal) == {"2026-09": 50_000}
    assert proposal.reading is not None
    assert [each.before_tax for each in proposal.reading.book.costs] == [4_000, 2_000]


@pytest.mark.parametrize("head", ["Points d'implication 2026", "Repas pris en 2026", "Parts 2026"])
def test_what_is_counted_for_each_person_and_month_is_no_time(head: str) -> None:
    rows = (f"{head};;;", "", "Nom;janv. 2026;févr. 2026;mars 2026", "Nadia;3;5;4", "Paul;1;2;2")
    proposal, _ = read(HOURS, table("compte.csv", *rows))
    assert minutes(proposal) == {("Nadia", "2026-09"): 180}
    assert any("et pas des heures. Rien n'y est lu" in each for each in proposal.unread)


def test_a_column_of_people_whose_times_cannot_be_read_is_told_first() -> None:
    days = (f"{day:02d}/09/2026;3;2;" for day in (1, 2))
    rows = ("Jour;Nadia;Paul;Lou", *days, "03/09/2026;1;1;3x2h")
    proposal, _ = read(table("heures.csv", *rows), genre="commun")
    assert minutes(proposal) == {("Nadia", "2026-09"): 420, ("Paul", "2026-09"): 300}
    assert ["« 3x2h » n'est pas une durée" in each for each in proposal.unread] == [True]


def test_planned_and_done_beside_first_names_are_nobody_and_what_is_done_counts() -> None:
    rows = ("Date;Prénom;Prévu;Fait;Km", "03/09/2026;Nadia;4;3;12", "04/09/2026;Paul;2;2,5;8", "05/09/2026;Nadia;1;1;3")
    proposal, _ = read(table("suivi.csv", *rows), genre="commun")
    assert minutes(proposal) == {("Nadia", "2026-09"): 240, ("Paul", "2026-09"): 150}


def test_yes_or_no_is_no_number_of_an_invoice_and_what_is_not_billed_is_no_sale() -> None:
    rows = ("Chantier;Client;Date;Prix HT;TVA;Qui;Heures;Facturé ?", "Toit;Mairie;03/09/2026;500,00;20 %;Nadia;3;oui",
            "Mur;MJC;04/09/2026;300,00;20 %;Paul;2;non", "Cave;Roy;05/09/2026;100,00;20 %;Paul;1;oui")  # fmt: skip
    proposal, _ = read(table("chantiers.csv", *rows), sold="")
    assert sales(proposal) == {"2026-09": 60_000}
    assert proposal.reading is not None
    assert "oui" not in {each.invoice for each in proposal.reading.book.lines}
    assert any("« Facturé ? » dit non" in each and "ligne 3 : 300,00" in each for each in proposal.heeded)
