"""One sheet with money in, money out, and who worked gives the whole book, after three questions at most."""

from __future__ import annotations

import pytest

from kpa_model.cooperative.book import OrderBook
from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import SOLD, minutes, read, sales, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Nadia;02/09/2026;commun;3h")
LINES = (
    "02/09/2026;Ménage bureaux;Nadia;4h;;;",
    "04/09/2026;Facture ACME;;;600,00;;payé le 15",
    "05/09/2026;Produits;;;;45,80;ticket",
    "09/09/2026;Réunion;Nadia;1h30;;;",
    "15/09/2026;Buffet mariage;Paulette / Omar;6h;;;chacun",
    "18/09/2026;Buffet mariage;;;950,00;;pas encore payé",
    "TOTAL septembre;;;;1550,00;45,80;",
)


def book_of(proposal: ImportProposal) -> OrderBook:
    assert proposal.reading is not None, proposal.refusal
    return proposal.reading.book


def told(notes: tuple[str, ...]) -> str:
    return " ".join(notes).replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    "money", ["Entrée;Sortie", "Entrées;Sorties", "Recettes;Dépenses", "Crédit;Débit", "Recette (€);Dépense (€)"]
)
def test_one_sheet_gives_sales_payments_purchases_and_hours(money: str) -> None:
    sheet = table("cahier.csv", f"Date;Quoi;Qui;Heures;{money};Remarque", *LINES)
    proposal, asked = read(sheet, sold="", entrees_tva="0")
    assert sorted(asked) == ["entrees.tva", "genre", "personnes.cape"]
    book = book_of(proposal)
    assert [(each.label, each.with_tax) for each in book.lines] == [
        ("Facture ACME", 60_000),
        ("Buffet mariage", 95_000),
    ]
    assert [(f"{each.received_on:%d/%m}", each.amount) for each in book.payments] == [("15/09", 60_000)]
    assert [(each.label, each.before_tax) for each in book.costs] == [("Produits", 4_580)]
    assert [(each.member, each.minutes, each.kind.value) for each in book.hours] == [
        ("Nadia", 240, "prestation"), ("Nadia", 90, "commun"),
        ("Paulette", 360, "prestation"), ("Omar", 360, "prestation"),
    ]  # fmt: skip
    assert book.hours[-1].order == book.lines[1].order


def test_the_vat_of_what_comes_in_is_inside_the_amount_and_what_goes_out_is_asked_then() -> None:
    sheet = table("cahier.csv", "Date;Quoi;Qui;Heures;Entrée;Sortie;Remarque", *LINES)
    proposal, asked = read(sheet, sold="", entrees_tva="20", sorties_tva="20")
    assert "sorties.tva" in asked
    book = book_of(proposal)
    assert [(each.before_tax, each.with_tax) for each in book.lines] == [(50_000, 60_000), (79_167, 95_000)]
    assert [each.before_tax for each in book.costs] == [3_817]
    whole, _ = read(sheet, sold="", entrees_tva="20", sorties_tva="0")
    assert [each.before_tax for each in book_of(whole).costs] == [4_580]


def test_a_sale_of_which_nothing_says_it_is_paid_is_asked_about_once() -> None:
    sheet = table(
        "cahier.csv",
        "Date;Quoi;Recettes;Dépenses",
        "03/10/2026;ACME;600,00;",
        "04/10/2026;Lune;80,00;",
        "05/10/2026;Loyer;;-80,00",
    )
    proposal, asked = read(sheet, HOURS, sold="", entrees_tva="0", entrees_payees="jour")
    assert asked.count("entrees.payees") == 1
    book = book_of(proposal)
    assert [each.amount for each in book.payments] == [60_000, 8_000]
    assert [each.before_tax for each in book.costs] == [8_000]
    unpaid, _ = read(sheet, HOURS, sold="", entrees_tva="0", entrees_payees="inconnu")
    assert book_of(unpaid).payments == ()
    assert "680,00" in told(unpaid.unread)


def test_money_in_is_no_second_sale_when_another_list_holds_the_invoices() -> None:
    sheet = table("caisse.csv", "Date;Quoi;Recettes;Dépenses", "20/09/2026;F1;600,00;", "21/09/2026;Loyer;;80,00")
    proposal, asked = read(sheet, HOURS)
    assert "entrees" in asked
    book = book_of(proposal)
    assert [each.before_tax for each in book.lines] == [50_000]
    assert [(each.invoice, each.amount) for each in book.payments] == [("F1", 60_000)]
    left, _ = read(sheet, HOURS, entrees="rien")
    assert book_of(left).payments == ()
    assert "600,00" in told(left.unread)


def test_a_purchase_is_kept_when_money_in_pays_the_invoices_of_another_list() -> None:
    sheet = table("caisse.csv", "Date;Quoi;Recettes;Dépenses", "20/09/2026;F1;600,00;", "21/09/2026;Loyer;;80,00")
    book = book_of(read(sheet, HOURS, entrees_tva="0")[0])
    assert [each.before_tax for each in book.costs] == [8_000]


def test_what_has_no_day_and_totals_that_lie_are_told() -> None:
    lines = ("03/10/2026;ACME;600,00;", ";Lune;80,00;", "04/10/2026;Roux;50,00;", "Total;;700,00;")
    proposal, _ = read(table("caisse.csv", "Date;Quoi;Recettes;Dépenses", *lines), HOURS, sold="", entrees_tva="0")
    assert "80,00 €" in told(proposal.unread)
    assert "650,00 €" in told(proposal.notes)


@pytest.mark.parametrize(
    "names", ["Paulette / Omar", "Paulette et Omar", "Paulette+Omar", "Paulette & Omar", "PAULETTE ET OMAR"]
)
def test_two_people_on_a_line_are_asked_about_and_told(names: str) -> None:
    hours = table(
        "heures.csv",
        "Jour;Qui;Heures;Tâche",
        "02/09/2026;Paulette;1h;Réunion",
        "02/09/2026;Omar;1h;Réunion",
        f"03/09/2026;{names};5h01;Réunion",
    )
    proposal, asked = read(hours, sold=SOLD, partage="ensemble")
    assert asked.count("partage") == 1
    assert [each.minutes for each in book_of(proposal).hours] == [60, 60, 151, 150]
    assert {member.name for member in book_of(proposal).members} == {"Paulette", "Omar"}
    assert "2 h 31 et 2 h 30, en tout 5 h 01" in told(proposal.notes)
    each, _ = read(hours, sold=SOLD, partage="chacun")
    assert [hour.minutes for hour in book_of(each).hours] == [60, 60, 301, 301]


def test_a_name_with_a_comma_or_written_among_people_is_one_person() -> None:
    hours = table(
        "heures.csv", "Jour;Qui;Heures;Tâche", "02/09/2026;Roy, Maud;1h;Réunion", "02/09/2026;Ève et Fils;1h;Réunion"
    )
    people = table(
        "personnes.csv", "personne;statut;du", "Roy, Maud;cape;01/01/2026", "Ève et Fils;benevole;01/01/2026"
    )
    proposal, asked = read(hours, people, sold=SOLD)
    assert "partage" not in asked
    assert len(book_of(proposal).hours) == 2


@pytest.mark.parametrize(
    ("title", "each"), [("Heures (chacun)", 240), ("Heures (total)", 120), ("Heures (en tout)", 120)]
)
def test_a_title_that_says_whether_people_share_a_time_is_not_asked_about(title: str, each: int) -> None:
    titles = f"Date;Client;Montant TTC;TVA;Qui;{title}"
    sheet = table("chantiers.csv", titles, "04/09/2026;Roux;264,00;10 %;Ali + Béa;4")
    proposal, asked = read(sheet, sold="")
    assert asked == ["personnes.cape"]
    assert [(one.member, one.minutes) for one in book_of(proposal).hours] == [("Ali", each), ("Béa", each)]


@pytest.mark.parametrize("amount", ["Facturé HT;TVA;Facturé TTC", "Montant HT;Montant TVA;Montant TTC"])
@pytest.mark.parametrize("people", ["Nadège;Olivier", "Personne A;Personne B"])
def test_hours_in_a_column_for_each_person_beside_the_price_of_each_job(amount: str, people: str) -> None:
    lines = (
        f"Date;Client;Prestation;{people};{amount};Payé le",
        "07/09/2026;Jardins;Taille;2;4,5;300;60;360;20/09/2026",
        "08/09/2026;;Réunion;1;1;;;;",
        "05/10/2026;Mairie;Taille;;3;100;20;120;",
        "06/10/2026;Mairie;Tonte;3;;50;10;60;",
    )
    proposal, asked = read(table("2026.csv", *lines), sold="")
    first, second = people.split(";")
    assert set(asked) <= {"personnes.colonnes", "genre", "personnes.cape"}
    assert sales(proposal) == {"2026-09": 30_000, "2026-10": 15_000}
    assert minutes(proposal) == {
        (first, "2026-09"): 180, (second, "2026-09"): 330, (first, "2026-10"): 180, (second, "2026-10"): 180,
    }  # fmt: skip
    assert [each.amount for each in book_of(proposal).payments] == [36_000]


def test_a_list_of_invoices_with_other_amounts_is_asked_about_nobody() -> None:
    lines = (
        "N°;Date;Client;Remise;Port;Montant HT;TVA",
        "1;07/09/2026;Bar;25;30;300,00;60,00",
        "2;08/09/2026;Bar;40;50;100,00;20,00",
    )
    hours = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Awa;4h;prestation")
    proposal, asked = read(hours, sold="\n".join(lines))
    assert "personnes.colonnes" not in asked
    assert sales(proposal) == {"2026-09": 40_000}


def test_a_sheet_of_money_beside_a_sheet_of_hours_gives_its_own_sales() -> None:
    cash = table("caisse.csv", "Date;Libellé;Recettes;Dépenses", "03/09/2026;Mairie;900;", "12/09/2026;Peinture;;120,5")
    hours = table("suivi.csv", "Nom;Septembre 2026;;Octobre 2026;", ";Chantier;Réunion;Chantier;Réunion",
                  "Lila;20;2;24;1,5", "Omar;32,5;2;18;1,5")  # fmt: skip
    proposal, asked = read(cash, hours, sold="", entrees_tva="0")
    assert "entrees" not in asked
    assert sales(proposal) == {"2026-09": 90_000}
    assert [each.before_tax for each in book_of(proposal).costs] == [12_050]
    assert minutes(proposal)["Omar", "2026-09"] == 34.5 * 60


def test_what_a_sheet_with_everything_says_and_no_table_takes_is_told() -> None:
    lines = (
        "Date;Client;Prix TTC;Qui;Heures;Payé le", "03/09/2026;Mairie;120,00;Awa;3;10/09/2026",
        "04/09/2026;École;60,00;;2;10/09/2026", "05/09/2026;Lycée;80,00;Bruno;;10/09/2026", ";Crèche;40,00;Bruno;1;",
        "09/09/2026;;;Bruno;4;",
    )  # fmt: skip
    proposal, asked = read(table("suivi.csv", *lines), sold="", genre="commun")
    assert [each.split(" : ", 1)[1] for each in proposal.unread] == [
        "la ligne 3 a des heures et ne dit pas de qui : ces heures ne sont pas lues.",
        "la ligne 5 n'a pas de jour : elle n'est pas lue (Bruno 1\u00a0h, 40,00\u00a0€).",
    ]
    assert any("la ligne 4 nomme quelqu'un sans heures : elle compte 0 h" in each for each in proposal.heeded)
    assert proposal.reading is not None
    assert [(str(each.kind), each.order) for each in proposal.reading.book.hours] == [
        ("prestation", "Mairie 03/09/2026"), ("commun", ""),
    ]  # fmt: skip
    assert "genre" in asked


def test_a_cash_book_tells_hours_of_nobody_and_without_a_day() -> None:
    lines = (
        "Date;Quoi;Qui;Heures;Entrée;Sortie", "03/09/2026;Repas;Awa;3;120,00;", "04/09/2026;Réunion;;2;;",
        "05/09/2026;Courses;Bruno;;;30,00", ";Réunion;Bruno;2;;", "06/09/2026;Réunion;Bruno;;;",
    )  # fmt: skip
    proposal, _ = read(table("caisse.csv", *lines), sold="")
    assert [each.split(" : ")[1].split()[2] for each in proposal.unread] == ["3", "5"]
    assert [each for each in proposal.heeded if "0 h" in each] == [
        "Fichier caisse.csv : la ligne 6 nomme quelqu'un sans heures : elle compte 0 h."
    ]


def test_a_cross_where_hours_could_stand_is_no_time_and_is_told() -> None:
    days = (f"{day:02d}/09/2026;3;2,5" for day in range(1, 6))
    proposal, _ = read(table("heures.csv", "Date;Awa;Bruno", *days, "08/09/2026;x;2", "09/09/2026;-;X"))
    assert "« x » ne dit pas combien d'heures (2 cases)" in told(proposal.unread)
    assert minutes(proposal) == {("Awa", "2026-09"): 900, ("Bruno", "2026-09"): 870}


def test_a_dash_for_hours_is_a_day_without_work_and_is_told() -> None:
    lines = ("Date;Qui;Genre;Heures", "03/09/2026;Awa;commun;3", "04/09/2026;Awa;commun;-", "05/09/2026;Awa;commun;")
    proposal, _ = read(table("heures.csv", *lines))
    assert any("2 lignes n'ont pas d'heures (3 et 4) : elles comptent 0 h" in each for each in proposal.heeded)
    assert minutes(proposal) == {("Awa", "2026-09"): 180}


def test_what_was_done_is_the_label_of_the_sale_and_the_task_of_its_hours_and_what_is_not_read_is_told() -> None:
    lines = ("03/09/2026;Mme Roy;vitres;96;Ida;3h;gauche", "08/09/2026;Garage;bureaux, escalier;180;Bo;2h;droite")
    proposal, _ = read(table("prestas.csv", "Date;Client;Presta;Prix HT;Qui;Heures;Porte", *lines), sold="", taux="0")
    book = book_of(proposal)
    assert [each.label for each in book.lines] == ["vitres Mme Roy", "bureaux, escalier Garage"]
    assert [each.task for each in book.hours] == ["vitres", "bureaux, escalier"]
    assert "cette colonne n'est pas utilisée : « Porte »" in told(proposal.notes)


def test_a_quantity_that_makes_the_amount_is_not_told_unused() -> None:
    head = "N° facture;Date;Client;Désignation;Qté;PU HT;Remise %;Taux TVA"
    lines = (head, "F1;03/09/2026;Gîte;atelier;2;50,00;;20 %", "F1;03/09/2026;Gîte;terreau;3;10,00;;20 %")
    proposal, _ = read(HOURS, table("lignes.csv", *lines), sold="")
    assert sales(proposal) == {"2026-09": 13_000}
    assert "pas utilisée : « Qté »" not in told(proposal.notes)


@pytest.mark.parametrize(
    ("titles", "worked"),
    [
        ("Qui;Heures", ("Nadia;3", "Omar;4")),
        ("Nadia (h);Omar (h)", ("3;", ";4")),
        ("Temps;Personne", ("3;Nadia", "4;Omar")),
    ],
)
@pytest.mark.parametrize("amounts", ["HT;TTC", "Total TTC;Montant HT"])
def test_two_amounts_beside_hours_tell_the_rate_of_each_line(
    titles: str, worked: tuple[str, str], amounts: str
) -> None:
    def of(before: str, whole: str) -> str:
        return f"{before};{whole}" if amounts.startswith("HT") else f"{whole};{before}"

    rows = (
        f"14/09/2026;Gîte;22;{of('200,00', '240,00')};{worked[0]}",
        f"24/09/2026;Bio;23;{of('100,00', '105,50')};{worked[1]}",
    )
    given = table("suivi.csv", f"Date;Client;Facture;{amounts};{titles}", *rows)
    proposal, asked = read(given, sold="")
    assert "taux" not in asked
    assert [(each.before_tax, each.vat_rate) for each in book_of(proposal).lines] == [
        (20_000, 200_000),
        (10_000, 55_000),
    ]
    assert minutes(proposal) == {("Nadia", "2026-09"): 180, ("Omar", "2026-09"): 240}


def test_a_line_without_its_amount_before_tax_has_the_rate_asked() -> None:
    rows = ("14/09/2026;Gîte;22;200,00;240,00;Nadia;3", "24/09/2026;Bio;23;;120,00;Omar;4")
    proposal, asked = read(table("suivi.csv", "Date;Client;Facture;HT;TTC;Qui;Heures", *rows), sold="", taux="20")
    assert "taux" in asked
    assert sales(proposal) == {"2026-09": 30_000}
