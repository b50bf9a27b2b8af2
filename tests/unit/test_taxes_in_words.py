"""« Prix (hors TVA) », « Total, taxes comprises »: words that say HT or TTC; lines that say they were cancelled."""

from __future__ import annotations

import pytest

from kpa_model.errors import Refused
from kpa_model.files.book.cells import bare, read_rate, read_vat
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.matching import column_of
from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import read, sales, sheet, table, workbook


@pytest.mark.parametrize(
    ("title", "name"),
    [("Prix (hors TVA)", "montant_ht"), ("Montant avant taxes", "montant_ht"), ("Amount excluding VAT", "montant_ht"),
     ("Total [TVA incluse]", "montant_ttc"), ("Montant, taxes comprises", "montant_ttc"),
     ("Total incl. VAT", "montant_ttc"), ("Prix y compris TVA", "montant_ttc"),
     ("TVA comprise", "montant_tva"), ("TVA incluse", "montant_tva"), ("Sans TVA", ""), ("Hors taxe", "")],
)  # fmt: skip
def test_a_title_says_whether_its_amount_holds_the_vat(title: str, name: str) -> None:
    column = column_of(title, dictionaries()["factures"])
    assert (column.name if column else "") == name


def test_both_amounts_in_words_give_the_rate() -> None:
    sold = "N°;Date;Client;Montant (hors taxe);Total (TVA comprise)\nB1;04/05/2026;Lycée;400,00;422,00"
    proposal, asked = read(table("heures.csv", "Date;Qui;Heures", "04/05/2026;Ida;2h"), sold=sold)
    assert sales(proposal) == {"2026-05": 40_000}
    assert proposal.reading is not None
    assert proposal.reading.book.lines[0].vat_rate == 55_000
    assert not {each for each in asked if "montant" in each or "taux" in each}


@pytest.mark.parametrize(
    "line", ["B2 (annulée);05/05/2026;Lycée;Table;300,00;20%", "B2;05/05/2026;ANNULÉ;Table;300,00;20%",
             "B2;05/05/2026;Lycée;Table, commande annulée;300,00;20%"],
)  # fmt: skip
def test_a_line_that_says_it_was_cancelled_is_asked_about(line: str) -> None:
    sold = f"N° facture;Date;Client;Objet;Montant HT;TVA\nB1;04/05/2026;Lycée;Chaise;500,00;20%\n{line}"
    hours = table("heures.csv", "Date;Qui;Heures", "04/05/2026;Ida;2h")
    word = next(each for each in line.split(";") if "annul" in each.casefold())
    for said, cents in (("oui", 80_000), ("non", 50_000)):
        proposal, asked = read(hours, sold=sold, **{f"etat_{bare(word)}": said})
        assert any(each.startswith("etat.") for each in asked), asked
        assert sales(proposal) == {"2026-05": cents}


def test_an_indemnity_for_a_cancelled_order_counts() -> None:
    sold = "N° facture;Date;Client;Objet;Montant HT;TVA\nB1;04/05/2026;Lycée;Frais d'annulation;50,00;20%"
    proposal, asked = read(table("heures.csv", "Date;Qui;Heures", "04/05/2026;Ida;2h"), sold=sold)
    assert not [each for each in asked if each.startswith("etat.")]
    assert sales(proposal) == {"2026-05": 5_000}


@pytest.mark.parametrize(
    "said", ["Exo. (formation)", "Exo art. 261-4", "EXONÉRATION", "TVA exonérée", "CGI, art. 261",
             "Auto-liquidation (BTP)", "non soumis à la TVA", "art.293B", "Exempté", "hors champ d'application"],
)  # fmt: skip
def test_words_that_say_no_vat_are_a_rate_of_zero(said: str) -> None:
    assert read_rate(said) == read_vat(said) == 0


@pytest.mark.parametrize("said", ["Exo. sauf 20 %", "exotique", "à voir", "sans doute"])
def test_other_words_are_no_rate(said: str) -> None:
    with pytest.raises(Refused):
        read_rate(said)


def test_a_rate_that_cannot_be_read_is_refused_once() -> None:
    sold = "N°;Date;Client;Montant HT;TVA\nB1;04/05/2026;Lycée;50,00;20 %\nB2;05/05/2026;Lycée;50,00;selon produit"
    proposal, _ = read(table("heures.csv", "Date;Qui;Heures", "04/05/2026;Ida;2h"), sold=sold)
    assert str(proposal.refusal).count("« TVA »") == 1
    assert "« selon produit » n'est pas un taux" in str(proposal.refusal)


CODED = [["N°", "Date", "Client", "Total HT", "Code taxe"], ["K1", "04/05/2026", "Lycée", 100, "N"],
         ["K2", "05/05/2026", "Amap", 200, "R"], ["K3", "06/05/2026", "Crèche", 50, 7]]  # fmt: skip
WORKED = table("heures.csv", "Date;Qui;Heures;Genre", "04/05/2026;Ida;2h;commun")


def rates(proposal: ImportProposal) -> list[int]:
    assert proposal.reading is not None, proposal.refusal
    return [each.vat_rate // 1000 for each in proposal.reading.book.lines]


def test_codes_of_vat_are_rates_as_another_sheet_says() -> None:
    legend = [["Code", "Libellé", "Taux"], ["N", "normal", 0.2], ["R", "réduit", "5,5 %"], [7, "sans", "Exo"]]
    proposal, asked = read(WORKED, workbook("ventes.xlsx", {"Ventes": CODED, "TVA": legend}), sold="")
    assert {*asked} == {"personnes.cape"}
    assert rates(proposal) == [200, 55, 0]
    assert any("« R » est lu 5,5\u00a0%" in each for each in proposal.heeded)


def test_codes_of_vat_are_rates_as_a_sentence_says() -> None:
    rows = [["Taxes : N = 20 %, R = 10 %, 7 : exonéré"], [], *CODED]
    proposal, _ = read(WORKED, sheet("ventes.xlsx", *rows), sold="")
    assert rates(proposal) == [200, 100, 0]


def test_codes_of_vat_that_nothing_tells_are_refused() -> None:
    proposal, asked = read(WORKED, sheet("ventes.xlsx", *CODED), sold="")
    assert not any("tva" in each for each in asked)
    assert "rien ne dit le taux de TVA de ces codes : « 7 », « N » et « R »" in str(proposal.refusal)


def test_codes_that_are_rates_are_read_as_rates() -> None:
    rows = [CODED[0], ["K1", "04/05/2026", "Lycée", 100, 20], ["K2", "05/05/2026", "Amap", 100, "5,5"]]
    proposal, _ = read(WORKED, sheet("ventes.xlsx", *rows), sold="")
    assert rates(proposal) == [200, 55]


BILLS = ("N°;Date;Client;Montant", "K1;04/05/2026;Lycée;110,00", "K2;05/05/2026;Amap;55,00", ";;Total;165,00")


@pytest.mark.parametrize(
    ("said", "cents", "rate"),
    [("Les prix sont TTC, TVA à 10 %", 15_000, [100, 100]),
     ("Tous les montants : TVA 10 % incluse", 15_000, [100, 100]),
     ("Montants hors taxes (TVA : 5,5 %)", 16_500, [55, 55])],
)  # fmt: skip
def test_a_sentence_around_the_list_says_the_vat_of_its_amounts(said: str, cents: int, rate: list[int]) -> None:
    for lines in ((*BILLS, "", said), (said, "", *BILLS)):
        proposal, asked = read(WORKED, sold="\n".join(lines))
        assert not {"colonne.montant_ht", "taux"} & {*asked}
        assert sales(proposal) == {"2026-05": cents}
        assert rates(proposal) == rate
        assert not any("Ce n'est pas lu" in each for each in proposal.heeded)
        assert any("ces montants sont lus" in each for each in proposal.heeded)


@pytest.mark.parametrize(
    "said", ["Montants TTC sauf K2", "Les prix HT sont sur le devis, ceux-là sont TTC", "Ventes au marché"]
)
def test_a_sentence_that_does_not_settle_it_leaves_the_question(said: str) -> None:
    _, asked = read(WORKED, sold="\n".join((*BILLS, "", said)))
    assert {"colonne.montant_ht", "taux"} <= {*asked}


HOURS = table("heures.csv", "Date;Qui;Heures;Genre", "04/05/2026;Ida;2h;commun")


@pytest.mark.parametrize("title", ["Total (pas de TVA)", "Montant exonéré de TVA", "Prix (TVA non applicable)"])
def test_amounts_whose_title_says_that_there_is_no_vat_have_none(title: str) -> None:
    sold = f"N°;Date;Client;{title}\nB1;04/05/2026;Lycée;400,00\nB2;05/05/2026;Gîte;50,00"
    proposal, asked = read(HOURS, table("factures.csv", *sold.split("\n")), sold="")
    assert asked == ["personnes.cape"]
    assert proposal.reading is not None, proposal.refusal
    assert [(each.before_tax, each.vat_rate) for each in proposal.reading.book.lines] == [(40_000, 0), (5_000, 0)]
    assert any("ces montants sont lus sans TVA" in each for each in proposal.heeded)


def test_without_vat_in_a_title_may_only_be_before_tax() -> None:
    sold = "N°;Date;Client;Montant (sans TVA)\nB1;04/05/2026;Lycée;400,00"
    assert "taux" in read(HOURS, sold=sold)[1]


@pytest.mark.parametrize(
    ("words", "rates"),
    [
        (("TVA 20 % incluse", "exonéré, art. 261"), [(10_000, 200_000), (5_000, 0)]),
        (("dont TVA à 10%, comprise", "dont TVA à 20%, comprise"), [(10_909, 100_000), (4_167, 200_000)]),
    ],
)
def test_rates_among_other_words_on_each_line_are_read(words: tuple[str, str], rates: list[tuple[int, int]]) -> None:
    sold = f"N°;Date;Client;Total;Mentions\nB1;04/05/2026;Lycée;120,00;{words[0]}\nB2;05/05/2026;Gîte;50,00;{words[1]}"
    proposal, asked = read(HOURS, table("mai.csv", *sold.split("\n")), sold="")
    assert asked == ["personnes.cape"]
    assert proposal.reading is not None, proposal.refusal
    assert [(each.before_tax, each.vat_rate) for each in proposal.reading.book.lines] == rates
    assert any("« Mentions » dit la TVA de chaque ligne" in each for each in proposal.heeded)


@pytest.mark.parametrize(("said", "cents"), [("Total (€)", 45_000), ("ttc:Total (€)", 37_500)])
def test_numbers_days_customers_and_one_amount_may_be_invoices(said: str, cents: int) -> None:
    sold = ("N°;Date;Client;Total (€)", "B1;04/05/2026;Lycée;400,00", "B2;05/05/2026;Gîte;50,00")
    given = {"table": "factures", "colonne_montant_ht": said, "taux": "20"}
    proposal, asked = read(HOURS, table("mai.csv", *sold), sold="", **given)
    assert asked == ["table", "colonne.montant_ht", "taux", "personnes.cape"]
    assert sales(proposal) == {"2026-05": cents}
    refused, _ = read(HOURS, table("mai.csv", *sold), sold="", table="commandes")
    assert "rien ne contient les factures" in str(refused.refusal)
    beside, asked = read(HOURS, table("mai.csv", *sold), sold="Numéro;Date;Montant HT;TVA\nB1;06/05/2026;9,00;20%")
    assert "table" not in asked
    assert sales(beside) == {"2026-05": 900}


def test_a_column_titled_vat_may_say_its_rates_in_words_and_another_keeps_its_other_words() -> None:
    sold = ("N°;Date;Client;Total;TVA", "B1;04/05/2026;Lycée;120,00;20 % incluse", "B2;05/05/2026;Gîte;50,00;exonéré")
    proposal, asked = read(HOURS, table("mai.csv", *sold), sold="")
    assert asked == ["personnes.cape"]
    assert sales(proposal) == {"2026-05": 15_000}
    said = (*sold[:1], "B1;04/05/2026;Lycée;120,00;TVA 20 % incluse, payé le 10/05", "B2;05/05/2026;Gîte;50,00;exonéré")
    noted = [each.replace("Total;TVA", "Total;Notes") for each in said]  # a rate is no part of what was paid
    paid, _ = read(HOURS, table("mai.csv", *noted), sold="")
    assert paid.reading is not None, paid.refusal
    assert [(each.invoice, each.amount) for each in paid.reading.book.payments] == [("B1", 12_000)]


@pytest.mark.parametrize(
    ("book", "named", "cents"),
    [("mai.xlsx", "Ventes TTC", 40_000), ("mai.xlsx", "Factures HT", 48_000), ("factures_ttc_mai.csv", "", 40_000)],
)
def test_the_name_of_a_sheet_or_of_a_file_says_whether_amounts_hold_the_vat(book: str, named: str, cents: int) -> None:
    rows = ["N°;Date;Client;Montant;Taux TVA", "B1;04/05/2026;Lycée;120,00;20 %", "B2;05/05/2026;Gîte;360,00;20 %"]
    given = workbook(book, {named: [row.split(";") for row in rows]}) if named else table(book, *rows)
    proposal, asked = read(HOURS, given, sold="")
    assert "colonne.montant_ht" not in asked
    assert sales(proposal) == {"2026-05": cents}
    assert any("ces montants sont lus" in each for each in proposal.heeded)


def test_a_name_that_says_both_is_asked_about() -> None:
    rows = ("N°;Date;Client;Montant;Taux TVA", "B1;04/05/2026;Lycée;120,00;20 %", "B2;05/05/2026;Gîte;360,00;20 %")
    assert "colonne.montant_ht" in read(HOURS, table("ventes HT et TTC.csv", *rows), sold="")[1]
