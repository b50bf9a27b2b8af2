"""Sums that are no time: sales by month, a VAT for each rate, a discount, a line struck through, days of members."""

from __future__ import annotations

import io
from collections import defaultdict
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from kpa_model.files.book.cells import bare
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import minutes, read, sales, sheet, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Nadia;02/09/2026;commun;3h")


def bought(proposal: ImportProposal) -> dict[str, int]:
    assert proposal.reading is not None, proposal.refusal
    totals: dict[str, int] = defaultdict(int)
    for each in proposal.reading.book.costs:
        totals[f"{each.spent_on:%Y-%m}"] += each.before_tax
    return dict(totals)


@pytest.mark.parametrize("head", ["Ventes HT 2026", "Chiffre d'affaires HT 2026", "CA en € HT 2026"])
def test_sums_by_month_are_money_and_what_they_are_is_asked(head: str) -> None:
    rows = (f"{head};;;;", "", ";Janvier;Février;Mars;Total", "Mairie;1000;;1500;2500", "Asso;300;300;12;612")
    given = table("bilan.csv", *rows)
    proposal, asked = read(HOURS, given, sold="", taux="10")
    assert sales(proposal) == {"2026-01": 130_000, "2026-02": 30_000, "2026-03": 151_200}
    assert minutes(proposal) == {("Nadia", "2026-09"): 180}
    assert asked == ["sommes.bilan", "taux", "personnes.cape"]
    spent, _ = read(HOURS, given, sommes_bilan="achats")
    assert bought(spent) == {"2026-01": 130_000, "2026-02": 30_000, "2026-03": 151_200}
    nothing, _ = read(HOURS, given, sommes_bilan="rien")
    assert any("ni des ventes ni des achats" in each for each in nothing.unread)


def test_hours_by_month_under_short_names_are_those_of_people() -> None:
    rows = ("Heures 2026;;;", ";Janvier;Février;Total", "An;10;8;18", "Ça;5;5;10", "Éo;4;;4")
    proposal, asked = read(table("bilan.csv", *rows), genre="commun")
    assert minutes(proposal)["Ça", "2026-01"] == 300
    assert asked == ["genre", "personnes.cape"]


def test_the_corner_of_people_and_days_may_say_the_unit() -> None:
    rows = ("Minutes;01/09/2026;02/09/2026", "Nadia;240;30", "Paul;15;", "Lou;;95")
    proposal, _ = read(table("temps.csv", *rows), genre="commun")
    assert minutes(proposal) == {("Nadia", "2026-09"): 270, ("Paul", "2026-09"): 15, ("Lou", "2026-09"): 95}


def test_a_column_of_vat_for_each_rate_makes_one_vat() -> None:
    rows = ("Date;Fournisseur;TTC;TVA 20 %;TVA 10 %;TVA 5,5 %", "03/09/2026;Metro;129,63;10,00;;3,63",
            "04/09/2026;Train;110,00;;10,00;", "05/09/2026;Colle;12,00;2,00;;")  # fmt: skip
    proposal, asked = read(HOURS, table("achats.csv", *rows))
    assert bought(proposal) == {"2026-09": 11_600 + 10_000 + 1_000}
    assert "colonne.montant_tva" not in asked


@pytest.mark.parametrize(("title", "off"), [("Remise %", "50"), ("Remise", "50 %"), ("Remise", "15")])
def test_a_discount_is_taken_off_the_price_of_pieces(title: str, off: str) -> None:
    rows = (f"Facture;Date;Client;Qté;PU HT;{title};TVA %", f"A1;03/09/2026;Ville;1;30;{off};20",
            "A2;03/09/2026;MJC;3;40;;20")  # fmt: skip
    proposal, asked = read(HOURS, table("lignes.csv", *rows), sold="", montant_ht_remise="montant")
    assert sales(proposal) == {"2026-09": 1_500 + 12_000}
    assert ("montant_ht.remise" in asked) == (off == "15")
    assert any("est calculé, avec" in each for each in proposal.heeded)


def test_a_line_struck_through_is_told() -> None:
    book = Workbook()
    book.active.append(("Facture", "Date", "Montant HT", "TVA"))
    book.active.append(("A1", "03/09/2026", 100, "20 %"))
    book.active.append(("A2", "04/09/2026", 500, "20 %"))
    for cell in book.active[3]:
        cell.font = Font(strike=True)
    out = io.BytesIO()
    book.save(out)
    proposal, _ = read(HOURS, GivenFile("factures.xlsx", out.getvalue()), sold="")
    assert any("la ligne 3 est barrée. Vérifiez" in each for each in proposal.heeded)


def test_days_of_coming_and_leaving_are_no_money() -> None:
    lines = ("Nadia;CAPE;01/01/2026;", "Lou;bénévole;15/02/2026;31/08/2026")
    members = table("membres.csv", "Prénom;Statut;Entrée;Sortie", *lines)
    proposal, asked = read(HOURS, members)
    assert asked == []
    assert proposal.reading is not None
    assert [each.name for each in proposal.reading.book.members] == ["Nadia", "Lou"]


def test_a_total_after_sub_totals_is_told_against_the_whole() -> None:
    rows = ("Jour;Nadia;Paul", "03/09/2026;3;2", "04/09/2026;5;1", "Total semaine;8;3", "Total mois;4;3")
    proposal, _ = read(table("heures.csv", *rows), genre="commun")
    told = [each.replace("\xa0", " ") for each in proposal.heeded if "ce total dit" in each]
    assert ["« 4 », et les cases font 8 h" in each for each in told] == [True]


def test_takings_of_a_market_are_asked_to_be_the_sales() -> None:
    takings = table("samedi.csv", "date;marché;recette TTC (pain)", "05/09/2026;Lens;422,00", "12/09/2026;Lens;527,50")
    proposal, asked = read(HOURS, takings, sold="", recettes_tva="5,5")
    assert sales(proposal) == {"2026-09": 90_000}
    assert proposal.reading is not None
    assert sum(each.amount for each in proposal.reading.book.payments) == 94_950
    assert asked == ["recettes", "recettes.tva", "personnes.cape"]


@pytest.mark.parametrize("code", ["[$CHF] #,##0.00", "[$$-409]#,##0.00", '"USD" 0.00', "£#,##0.00"])
def test_another_money_in_the_format_of_a_cell_is_refused(code: str) -> None:
    book = Workbook()
    book.active.append(("Facture", "Date", "Montant HT", "TVA"))
    for line in (("A1", "03/09/2026", 75, "20 %"), ("A2", "04/09/2026", 80, "20 %"), ("A3", "05/09/2026", 9, "20 %")):
        book.active.append(line)
    book.active["C2"].number_format = code
    out = io.BytesIO()
    book.save(out)
    proposal, _ = read(HOURS, GivenFile("factures.xlsx", out.getvalue()), sold="")
    assert "n'est pas un montant" in str(proposal.refusal)


@pytest.mark.parametrize("remark", ["ANNULÉE le 10/09", "doublon de F1", "à ne pas compter", "remplacée par F9"])
def test_a_remark_that_takes_a_line_back_is_asked_about(remark: str) -> None:
    rows = ("N°;Date;Montant HT;TVA;Remarque", "F1;03/09/2026;100,00;20 %;", f"F2;04/09/2026;200,00;20 %;{remark}")
    topic = f"etat_{bare(remark)}"
    kept, asked = read(HOURS, table("factures.csv", *rows), sold="", **{topic: "oui"})
    assert sales(kept) == {"2026-09": 30_000}
    assert asked[0] == topic.replace("_", ".")
    left, _ = read(HOURS, table("factures.csv", *rows), sold="", **{topic: "non"})
    assert sales(left) == {"2026-09": 10_000}


def test_what_is_left_of_a_credit_note_written_as_positive_is_taken_back_too() -> None:
    rows = ("N°;Date;HT;TVA;TTC;Solde dû;Type", "F1;03/09/2026;100,00;20,00;120,00;0,00;Facture",
            "A2;04/09/2026;50,00;10,00;60,00;60,00;Avoir")  # fmt: skip
    proposal, _ = read(HOURS, table("factures.csv", *rows), sold="", montant_ht_avoir="moins")
    assert sales(proposal) == {"2026-09": 5_000}
    assert proposal.reading is not None
    assert [each.amount for each in proposal.reading.book.payments] == [12_000]


SUMS = (
    "Mois;Jardins;Ventes;Devis signés;CA total HT",
    "mai 2026;80,00;40,00;20,00;140,00",
    "juin 2026;;60,00;9,00;69,00",
)


@pytest.mark.parametrize("rows", [("Mois;CA HT", "mai 2026;140,00", "juin 2026;69,00"), SUMS])
def test_one_sale_by_month_is_taken_when_the_group_says_so(rows: tuple[str, ...]) -> None:
    given = table("bilan.csv", *rows, "Cumul;" + ";" * (rows[0].count(";") - 1) + "209,00")
    proposal, asked = read(HOURS, given, sold="", table="factures", taux="20")
    assert asked == ["table", "taux", "personnes.cape"]
    assert sales(proposal) == {"2026-05": 14_000, "2026-06": 6_900}
    assert any("notée à son premier jour de travail" in each for each in proposal.heeded)
    assert not any("compte pas" in each for each in proposal.heeded)  # what makes the total is in it
    aside, _ = read(HOURS, given)
    assert any("laissé de côté" in each for each in aside.unread)


def test_months_written_as_their_first_day_are_dated_by_it() -> None:
    rows = [["Mois", "CA HT"], [date(2026, 2, 1), 1500], [date(2026, 3, 1), 80.5], ["Total", 1580.5]]
    proposal, asked = read(HOURS, sheet("bilan.xlsx", *rows), sold="", table="factures", taux="20")
    assert asked == ["table", "taux", "personnes.cape"]
    assert sales(proposal) == {"2026-02": 150_000, "2026-03": 8_050}


CUSTOMERS = ("Client;mai 2026;juin 2026;2e trim.", "Mairie;80,00;;80,00", "Crèche;10,50;20,00;30,50")


def test_prices_of_customers_by_month_may_be_sales() -> None:
    given = {"sommes_suivi": "factures", "argent": "montant_ht", "taux": "20"}
    proposal, asked = read(HOURS, table("suivi.csv", *CUSTOMERS), sold="", **given)
    assert asked == ["sommes.suivi", "argent", "taux", "personnes.cape"]
    assert sales(proposal) == {"2026-05": 9_050, "2026-06": 2_000}
    assert any("celles de mois entiers. Chaque ligne est notée" in each for each in proposal.heeded)
    assert any("« 2e trim. »" in each for each in proposal.notes)


def test_sums_in_euros_by_month_are_money_whatever_the_table_is_called() -> None:
    rows = ("Client;mai-26;juin-26;Total", "Mairie;1 200,00 €;;1 200,00 €", "Crèche;;40,50 €;40,50 €")
    proposal, asked = read(HOURS, table("suivi.csv", *rows), sold="", argent="montant_ht", taux="20")
    assert asked == ["sommes.suivi", "argent", "taux", "personnes.cape"]
    assert sales(proposal) == {"2026-05": 120_000, "2026-06": 4_050}


def test_they_may_be_hours_too() -> None:
    given = {"sommes_suivi": "heures", "personne_suivi": "Nadia", "genre": "prestation"}
    proposal, asked = read(HOURS, table("suivi.csv", *CUSTOMERS), **given)
    assert "personne.suivi" in asked
    assert minutes(proposal) == {("Nadia", "2026-05"): 5_430, ("Nadia", "2026-06"): 1_200, ("Nadia", "2026-09"): 180}
    of_nadia = ("Nadia, heures par client", "", *CUSTOMERS)
    assert "sommes.suivi" not in read(HOURS, table("suivi.csv", *of_nadia), genre="prestation")[1]
