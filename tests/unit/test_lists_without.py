"""Lists as small groups keep them: sales without a number, VAT inside the price, a supplier beside what is bought."""

from __future__ import annotations

import pytest

from kpa_model.cooperative.book import OrderBook
from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import ImportProposal, propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import minutes, read, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Nadia;02/09/2026;commun;3h")


def book_of(proposal: ImportProposal) -> OrderBook:
    assert proposal.reading is not None, proposal.refusal
    return proposal.reading.book


@pytest.mark.parametrize("name", ["ventes.csv", "notre automne.csv"])
def test_a_list_of_sales_without_numbers_makes_one_invoice_of_each_line(name: str) -> None:
    sales = table(
        name,
        "Date;Client;Prestation;HT;TVA %;Encaissé le",
        "10/09/2026;Ville;Atelier;850;20%;02/10/2026",
        "10/09/2026;Ville;Réparation;83,33;20%;",
        "24/09/2026;M. Dubreuil;Réparation;100;10%;24/09/2026",
        "Total;;;1033,33;;",
    )
    proposal, asked = read(HOURS, sales, sold="", table="factures")
    book = book_of(proposal)
    assert [(each.invoice, each.before_tax) for each in book.lines] == [
        ("Ville 10/09/2026", 85_000), ("Ville 10/09/2026 (2)", 8_333), ("M. Dubreuil 24/09/2026", 10_000),
    ]  # fmt: skip
    assert [(each.invoice, each.amount) for each in book.payments] == [
        ("Ville 10/09/2026", 102_000), ("M. Dubreuil 24/09/2026", 11_000),
    ]  # fmt: skip
    assert ("table" in asked) == (name == "notre automne.csv")  # a list whose name does not say sales is asked about
    assert "aucune colonne ne donne le numéro de la facture" in " ".join(proposal.notes)


def test_a_supplier_beside_what_is_bought_and_the_vat_inside_the_price_are_read() -> None:
    bought = table(
        "achats.csv",
        "Date;Fournisseur;Objet;Montant TTC;dont TVA;Ticket",
        "05/09/2026;Leroy;Pneus;96,00;16,00;oui",
        "19/09/2026;Super Bio;Goûter;21,10;1,10;oui",
        "20/09/2026;La Poste;Timbres;13,90;0;oui",
    )
    proposal, asked = read(HOURS, bought)
    assert [each.before_tax for each in book_of(proposal).costs] == [8_000, 2_000, 1_390]
    assert "taux" not in asked


def test_a_vat_that_several_columns_may_tell_is_asked_and_never_a_rate_supposed() -> None:
    lines = ("05/09/2026;Pneus;96,00;;16,00", "19/09/2026;Goûter;21,10;1,10;")
    rates, asked = read(HOURS, table("achats.csv", "Date;Objet;Montant TTC;TVA à 5,5;TVA à 20", *lines))
    assert [each.before_tax for each in book_of(rates).costs] == [8_000, 2_000]  # each rate has its column
    assert "colonne.montant_tva" not in asked
    bought = table("achats.csv", "Date;Objet;Montant TTC;TVA locale;TVA du voisin", *lines)
    proposal, asked = read(HOURS, bought)
    assert "colonne.montant_tva" in asked
    assert "taux" not in asked
    assert proposal.reading is None  # one column alone does not tell the VAT of the other line


@pytest.mark.parametrize(
    ("titles", "lines"),
    [
        ("Prix TTC;dont TVA", ("240;40", "211;11")),
        ("Prix HT;TVA;Prix TTC", ("200;40;240", "200;11;211")),
        ("Prix HT;TVA", ("200;40", "200;11")),
    ],
)
def test_the_vat_of_one_sheet_with_everything_is_never_asked_when_a_column_tells_it(
    titles: str, lines: tuple[str, str]
) -> None:
    first, second = lines
    sheet = table(
        "tout.csv",
        f"Date;Client;{titles};Qui;Heures",
        f"05/09/2026;Leroy;{first};Nadia;3h",
        f"06/09/2026;Lune;{second};Nadia;2h",
    )
    proposal, asked = read(sheet, sold="")
    assert [(each.before_tax, each.with_tax) for each in book_of(proposal).lines] == [
        (20_000, 24_000),
        (20_000, 21_100),
    ]
    assert "taux" not in asked


@pytest.mark.parametrize("vat", [("40", "20"), ("20", "20 %"), ("20", "20")])
def test_what_a_column_of_vat_beside_prices_with_tax_holds_is_proved_line_by_line(vat: tuple[str, str]) -> None:
    first, second = vat
    bought = table(
        "achats.csv", "Date;Fournisseur;Montant TTC;TVA", f"05/09/2026;Leroy;240;{first}", f"06/09/2026;X;120;{second}"
    )
    proposal, _ = read(HOURS, bought)
    assert [each.before_tax for each in book_of(proposal).costs] == [20_000, 10_000]


@pytest.mark.parametrize(
    ("titles", "line"), [("Mois;Personne;Heures", "{1};{0};{2}"), ("Nom;Mois;Heures", "{0};{1};{2}")]
)
@pytest.mark.parametrize("month", ["septembre 2026", "09/2026", "2026-09"])
def test_hours_of_a_month_without_a_day_are_those_of_the_month(titles: str, line: str, month: str) -> None:
    lines = [line.format(who, when, time) for who, when, time in
             (("Lina", month, "33,5"), ("Marc", month, "10h20"), ("Lina", "octobre 2026", "7"))]  # fmt: skip
    proposal, asked = read(table("suivi.csv", titles, *lines))
    assert minutes(proposal) == {("Lina", "2026-09"): 2010, ("Marc", "2026-09"): 620, ("Lina", "2026-10"): 420}
    assert "table" not in asked


def test_points_and_hours_of_a_month_in_one_list_are_asked_about() -> None:
    lines = ("septembre 2026;Lina;30,5;10", "septembre 2026;Marc;30;12")
    _, asked = read(table("suivi.csv", "Mois;Personne;Heures;Points", *lines), table="heures")
    assert asked[0] == "table"


def test_what_is_missing_is_asked_for_by_what_gives_it() -> None:
    sales, _ = read()
    assert sales.refusal
    assert "Ajoutez les heures du groupe, ou la liste des personnes." in str(sales.refusal)
    hours, _ = read(HOURS, sold="")
    assert "Ajoutez la liste des factures, ou celle des ventes." in str(hours.refusal)
    assert "les commandes" not in str(hours.refusal)


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 1, 3, 0, 2)])
def test_three_amounts_that_add_up_on_every_line_need_no_known_title(order: tuple[int, ...]) -> None:
    rows = [
        ("N°", "Date", "Montant", "TVA", "À payer"),
        ("40", "04/09/2026", "130,00", "7,15", "137,15"),
        ("41", "08/09/2026", "640,25", "35,21", "675,46"),
        ("42", "12/10/2026", "95,00", "0,00", "95,00"),
    ]
    proposal, asked = read(HOURS, table("factures.csv", *(";".join(row[at] for at in order) for row in rows)), sold="")
    assert asked == ["personnes.cape"]
    book = book_of(proposal)
    assert [(each.invoice, each.before_tax, each.vat_rate) for each in book.lines] == [
        ("40", 13_000, 55_000), ("41", 64_025, 55_000), ("42", 9_500, 0),
    ]  # fmt: skip


def test_amounts_that_do_not_add_up_are_asked_about_and_no_text_is_offered_for_them() -> None:
    rows = ("N°;Date;Pour;Montant;À payer", "40;04/09/2026;Lycée;130,00;137,16", "41;08/09/2026;Mairie;640,00;675,46")
    given = [HOURS, table("factures.csv", *rows)]
    question = next(
        each for each in propose(given, "Essai", Recipe(), Findings()).questions if each.source and each.doubt.options
    )
    offered = [value for value, _ in question.doubt.options]
    assert offered == ["Montant", "ttc:Montant", "À payer", "ttc:À payer", "rien"]


@pytest.mark.parametrize(("said", "sold", "bought"), [("factures", 30_000, 0), ("achats", 0, 30_000)])
def test_amounts_with_their_vat_and_no_number_are_asked_about_sold_or_bought(said: str, sold: int, bought: int) -> None:
    rows = ("Date;Libellé;Montant TTC;TVA (5.5%);Montant HT;Moyen", "04/09/2026;Marché;211,00;11,00;200,00;espèces")
    caisse = table("caisse.csv", *rows, "18/09/2026;Marché;105,50;5,50;100,00;CB")
    given = [] if sold else [table("factures.csv", "N°;Date;Montant HT;TVA", "1;01/09/2026;1,00;20 %")]
    proposal, asked = read(HOURS, caisse, *given, sold="", table=said)
    assert asked[0].startswith("table")
    book = book_of(proposal)
    assert sum(each.before_tax for each in book.lines) == sold + 100 * bool(given)
    assert sum(each.before_tax for each in book.costs) == bought


@pytest.mark.parametrize(
    ("said", "amounts"), [("ttc:Total facture", (20_000, 10_000)), ("Total facture", (24_000, 10_550))]
)
def test_an_amount_that_does_not_say_whether_it_holds_the_vat_is_asked_about(
    said: str, amounts: tuple[int, ...]
) -> None:
    rows = ("Date;Client;N°;Taux;Total facture", "04/09/2026;Lycée;12;20;240,00", "06/10/2026;Lycée;13;5,5;105,50")
    proposal, asked = read(HOURS, table("ventes.csv", *rows), sold="", colonne_montant_ht=said)
    assert asked == ["colonne.montant_ht", "personnes.cape"]
    assert tuple(each.before_tax for each in book_of(proposal).lines) == amounts


@pytest.mark.parametrize(("said", "spent"), [("depense", [5_500, -2_000]), ("retour", [-5_500, 2_000])])
def test_purchases_written_with_a_minus_are_asked_about(said: str, spent: list[int]) -> None:
    titles = "Date;Fournisseur;Montant TTC;Taux TVA"
    rows = ("03/09/2026;Metro;-60,50;10 %", "04/09/2026;Metro;-60,50;10 %", "04/10/2026;OVH;24,00;20 %")
    proposal, asked = read(HOURS, table("achats.csv", titles, *rows), montant_ht_signe=said)
    assert asked == ["montant_ht.signe", "personnes.cape"]
    assert [each.before_tax for each in book_of(proposal).costs] == [spent[0], *spent]


def test_vat_that_makes_the_whole_on_every_line_is_an_amount_without_a_question() -> None:
    rows = ("N°;Date;HT;TVA;TTC", "1;04/09/2026;100;20;120", "2;08/09/2026;50;10;60")
    proposal, asked = read(HOURS, table("factures.csv", *rows), sold="")
    assert asked == ["personnes.cape"]
    assert [(each.before_tax, each.vat_rate) for each in book_of(proposal).lines] == [
        (10_000, 200_000),
        (5_000, 200_000),
    ]


def test_what_was_received_is_never_the_amount_of_a_sale() -> None:
    rows = ("Mois;Facturé HT;Encaissé TTC", "Septembre 2026;2400;1200", "Octobre 2026;1800;2880")
    proposal, asked = read(HOURS, table("ventes.csv", *rows), sold="", taux="20")
    assert asked == ["taux", "personnes.cape"]
    assert [each.before_tax for each in book_of(proposal).lines] == [240_000, 180_000]


def test_only_the_tables_that_take_most_columns_are_offered() -> None:
    rows = ("Statut;Numéro de facture;Acheteur;Montant;Date de facture;Taxes", "Payée;81;A;1300;10/09/2026;200")
    given = [HOURS, table("export.csv", *rows, "Envoyée;82;B;360;12/10/2026;60")]
    question = next(
        each for each in propose(given, "Essai", Recipe(), Findings()).questions if each.doubt.topic == "table"
    )
    assert [value for value, _ in question.doubt.options] == ["encaissements", "factures", "rien"]
