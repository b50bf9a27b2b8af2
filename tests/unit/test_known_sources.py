"""Exports of known programs, with their true titles: read with the questions that only the group can answer."""

from __future__ import annotations

import pytest

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.chain import money_chain
from kpa_model.errors import UnreadableFile
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import minutes, read, sales, table

INVOICES = GivenFile("factures.csv", b"facture;commande;date;montant_ht;taux_tva\nF1;C1;20/01/2026;100,00;20 %\n")
HOURS = GivenFile("heures.csv", b"personne;date;genre;duree\nAwa;20/01/2026;commun;3h\n")


def book_of(*files: GivenFile, **answers: str) -> tuple[OrderBook, list[str]]:
    """Return the book that files give, with these answers by topic, and the topics asked about."""
    recipe, asked = Recipe(), list[str]()
    for _ in range(9):
        proposal = propose(files, "Essai", recipe, Findings())
        if not proposal.questions:
            if proposal.refusal:
                raise proposal.refusal
            assert proposal.reading is not None
            return proposal.reading.book, asked
        question = proposal.questions[0]
        topic = question.doubt.topic
        asked.append(topic)
        options = [value for value, _ in question.doubt.options]
        said = answers.get(topic.replace(".", "_"), "|".join(options if question.doubt.several else options[:1]))
        recipe = proposal.answer(question, said)
    raise AssertionError(f"asked again and again: {asked}")


TIMES = {
    "kimai": (
        '"Date","From","To","Duration","Currency","Rate","User","Username","Customer","Project","Activity","Description","Type"\n'
        '"2026-01-20","09:00","12:30","3:30","EUR","0.00","Ilyes","ilyes","Square","C1","Cuisine","","timesheet"\n'
        '"2026-01-21","13:00","17:00","4:00","EUR","0.00","Maud","maud","Mairie","C1","Réunion","","timesheet"\n'
    ),
    "clockify": (
        '"Project","Client","Description","Task","User","Group","Email","Tags","Billable","Start Date","Start Time",'
        '"End Date","End Time","Duration (h)","Duration (decimal)"\n'
        '"C1","Asso","cuisine","","Ilyes","","i@ex.org","","Yes","20/01/2026","09:00:00","20/01/2026","12:30:00","03:30:00","3.50"\n'
        '"C1","Asso","jardin","","Maud","","m@ex.org","","Yes","21/01/2026","09:00:00","21/01/2026","13:00:00","04:00:00","4.00"\n'
    ),
    "harvest": (
        "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,First Name,Last Name,Roles\n"
        "2026-01-20,Asso,C1,,Cuisine,,3.5,Yes,Ilyes,Benali,\n2026-01-21,Asso,C1,,Jardin,,4.0,Yes,Maud,Roy,\n"
    ),
    "toggl": (
        "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n"
        "Ilyes,i@ex.org,Asso,C1,,cuisine,No,2026-01-20,09:00:00,2026-01-20,12:30:00,03:30:00,\n"
        "Maud,m@ex.org,Asso,C1,,jardin,No,2026-01-21,09:00:00,2026-01-21,13:00:00,04:00:00,\n"
    ),
}


@pytest.mark.parametrize("program", TIMES)
def test_time_trackers_are_read(program: str) -> None:
    book, asked = book_of(GivenFile(f"{program}.csv", TIMES[program].encode()), INVOICES)
    names = ("Ilyes Benali", "Maud Roy") if program == "harvest" else ("Ilyes", "Maud")
    assert sorted((each.member, each.minutes, each.order) for each in book.hours) == [
        (names[0], 210, "C1"),
        (names[1], 240, "C1"),
    ]
    assert len(asked) <= 3


def test_a_start_at_nine_in_the_morning_is_no_fault() -> None:
    told = TIMES["clockify"]
    for french, english in (
        ("20/01", "01/20"),
        ("21/01", "01/21"),
        ("09:00:00", "09:00:00 AM"),
        ("13:00:00", "01:00:00 PM"),
    ):
        told = told.replace(french, english)
    book, asked = book_of(GivenFile("clockify.csv", told.encode()), INVOICES)
    assert "date.ordre" not in asked  # 20 is no month, and AM is English
    assert sorted((each.member, each.on.day, each.minutes) for each in book.hours) == [
        ("Ilyes", 20, 210),
        ("Maud", 21, 240),
    ]


def test_timewarrior_instants_are_days_in_paris() -> None:
    told = (
        "id,start,end,tags\n1,20260120T080000Z,20260120T113000Z,cuisine\n2,20260131T233000Z,20260201T003000Z,cuisine\n"
    )
    book, asked = book_of(GivenFile("timew Awa.csv", told.encode()), INVOICES, HOURS, genre="prestation")
    mine = sorted((each.on.isoformat(), each.minutes) for each in book.hours)
    assert mine == [("2026-01-20", 180), ("2026-01-20", 210), ("2026-02-01", 60)]
    assert len(asked) <= 3


@pytest.mark.parametrize("tags", [("nadia, cuisine", "nadia, réunion"), ("cuisine", "réunion"), ("", "réunion")])
def test_instants_of_nobody_are_asked_about_once_and_a_name_is_typed(tags: tuple[str, str]) -> None:
    told = (
        f'id,start,end,tags\n1,20260120T080000Z,20260120T113000Z,"{tags[0]}"\n2,20260121T080000Z,20260121T100000Z,"{tags[1]}"\n'
        "3,20260122T080000Z,20260122T100000Z,\n"
    )
    given = (GivenFile("timew.csv", told.encode()), INVOICES)
    book, asked = book_of(*given, personne_timew="Nadia Roy", genre="prestation")
    assert [(each.member, str(each.kind), each.minutes) for each in book.hours] == [
        ("Nadia Roy", "prestation", 210), ("Nadia Roy", "commun", 120), ("Nadia Roy", "prestation", 120),
    ]  # fmt: skip
    assert asked == ["personne.timew", "genre", "personnes.cape"]


def test_a_name_told_once_is_told_again_with_the_next_file() -> None:
    told = "id,start,end,tags\n1,20260120T080000Z,20260120T113000Z,cuisine\n"
    proposal, _ = read(table("timew.csv", *told.splitlines()), personne_timew="Nadia Roy")
    assert any("« Nadia Roy », comme vous l'avez dit" in each for each in proposal.heeded)


def test_invoice_ninja_asks_for_the_rate() -> None:
    told = (
        "Client,Invoice Number,Amount,Balance,PO Number,Invoice Date,Due Date,Status\n"
        "Asso,0007,120.00,0.00,,2026-01-20,2026-02-20,Paid\n"
    )
    book, asked = book_of(GivenFile("invoices.csv", told.encode()), HOURS, taux="20")
    assert [(line.before_tax, line.vat_rate) for line in book.lines] == [(10_000, 200_000)]
    assert "taux" in asked


def test_a_sales_journal_without_titles_is_read() -> None:
    told = (
        "VE;50126;411000;ROUX;F12;Ménage;120,00;\nVE;50126;706000;ROUX;F12;Ménage;;100,00\nVE;50126;445710;ROUX;F12;Ménage;;20,00\n"
        "VE;120126;411000;CAFE;F13;Gâteaux;110,00;\nVE;120126;706000;CAFE;F13;Gâteaux;;100,00\nVE;120126;445710;CAFE;F13;Gâteaux;;10,00\n"
    )
    book, _ = book_of(GivenFile("journal ventes.csv", told.encode()), HOURS)
    assert [(line.invoice, line.invoiced_on.isoformat(), line.before_tax, line.vat_rate) for line in book.lines] == [
        ("F12", "2026-01-05", 10_000, 200_000),
        ("F13", "2026-01-12", 10_000, 100_000),
    ]


def test_a_bank_statement_pays_the_invoice_it_names_or_fits() -> None:
    told = (
        "Date;Libellé;Débit;Crédit\n22/01/2026;VIR SQUARE FACT F1;;120,00\n"
        "23/01/2026;CB LIBRAIRIE;-12,00;\n24/01/2026;VIR INCONNU;;55,00\n"
    )
    book, _ = book_of(GivenFile("compte janvier.csv", told.encode()), INVOICES, HOURS)
    assert [(each.invoice, each.amount) for each in book.payments] == [("F1", 12_000)]


@pytest.mark.parametrize("amount", ["Montant", "Montant (EUR)", "Montant de l'opération"])
def test_a_statement_with_one_signed_amount_is_recognised_by_the_words_of_banks(amount: str) -> None:
    told = (
        f"Date opération;Date valeur;Libellé;{amount};Devise\n22/01/2026;23/01/2026;VIR RECU F1;120,00;EUR\n"
        "24/01/2026;24/01/2026;PRLV OVH;-12,00;EUR\n"
    )
    book, asked = book_of(GivenFile("operations.csv", told.encode()), INVOICES, HOURS)
    assert [(each.invoice, each.received_on.day, each.amount) for each in book.payments] == [("F1", 22, 12_000)]
    assert asked == ["personnes.cape"]


def test_direct_debits_of_gocardless_are_payments_that_came_when_it_says_so() -> None:
    titles = (
        "id,created_at,charge_date,amount,description,currency,status,amount_refunded,reference,transaction_fee,"
        "payout_date,app_fee,links.mandate,links.creditor,links.customer,customers.given_name,customers.company_name"
    )
    lines = [
        f"PM{rank},2026-01-20T09:00:00.000Z,2026-01-2{rank},{cents},{text},EUR,{state},0.00,,0.50,,0.00,MD{rank},CR,CU,,Square"
        for rank, (cents, text, state) in enumerate(
            [("70.00", "Facture F1", "paid_out"), ("50.00", "Facture F1 suite", "submitted"),
             ("50.00", "Facture F1 suite", "failed"), ("20.00", "Facture F1 suite", "confirmed")],
            1,
        )
    ]  # fmt: skip
    book, asked = book_of(GivenFile("export.csv", "\n".join([titles, *lines]).encode()), INVOICES, HOURS)
    assert [(each.invoice, each.received_on.day, each.amount) for each in book.payments] == [
        ("F1", 21, 7_000), ("F1", 24, 2_000),
    ]  # fmt: skip
    assert "table" not in asked


def test_the_french_exports_of_odoo_are_read() -> None:
    sold = (
        "Numéro;Nom du partenaire affiché sur la facture;Date de facturation;Date d'échéance;Montant HT signé;"
        "Total signé;Statut du paiement;Statut\n"
        "FAC/2026/00041;Mairie;03/09/2026;03/10/2026;450,00;540,00;Payé;Comptabilisé\n"
        "RFAC/2026/00002;Mairie;09/09/2026;09/10/2026;-100,00;-120,00;Payé;Comptabilisé\n"
        "/;Mairie;20/09/2026;20/10/2026;999,00;1198,80;Non payé;Brouillon\n"
    )
    times = (
        "Date;Employé;Projet;Tâche;Description;Heures passées\n03/09/2026;Lina Farge;Mairie;;plats;3,5\n"
        "04/09/2026;Omar Ba;Mairie;;plats;7\nTotal;;;;;10,5\n"
    )
    files = GivenFile("account.move.csv", sold.encode()), GivenFile("account.analytic.line.csv", times.encode())
    book, asked = book_of(*files)
    assert [(each.invoice, each.before_tax, each.vat_rate) for each in book.lines] == [
        ("FAC/2026/00041", 45_000, 200_000), ("RFAC/2026/00002", -10_000, 200_000),
    ]  # fmt: skip
    assert [(each.member, each.minutes) for each in book.hours] == [("Lina Farge", 210), ("Omar Ba", 420)]
    assert set(asked) == {"reglement.jour", "personnes.cape"}


def test_american_days_that_a_program_proves_are_told_instead_of_asked() -> None:
    told = (
        "Date,Project,Task,Hours,First Name,Last Name\n09/14/2026,C1,Dev,6.25,Ana,Roy\n"
        "09/30/2026,C1,Dev,2.5,Ben,Lo\n10/02/2026,C1,Dev,1,Ana,Roy\n"
    )
    book, asked = book_of(GivenFile("harvest_time_report.csv", told.encode()), INVOICES)
    assert "date.ordre" not in asked
    assert [(each.on.isoformat(), each.minutes) for each in book.hours] == [
        ("2026-09-14", 375), ("2026-09-30", 150), ("2026-10-02", 60),
    ]  # fmt: skip


def test_a_payment_that_names_several_invoices_and_makes_their_sum_pays_each() -> None:
    sold = "N°;Date;Montant HT;TVA\n2026-15;15/01/2026;300,00;20 %\n2026-16;22/01/2026;250,00;20 %\n"
    told = "Date;Libellé;Crédit\n02/02/2026;VIREMENT SEPA LYCEE 2026-15 2026-16;660,00\n"
    book, _ = book_of(GivenFile("compte.csv", told.encode()), GivenFile("factures.csv", sold.encode()), HOURS)
    assert [(each.invoice, each.amount) for each in book.payments] == [("2026-15", 36_000), ("2026-16", 30_000)]


def test_a_price_of_nothing_beside_hours_is_no_sale() -> None:
    told = "Date;Durée;Prix;Nom;Projet\n20/01/2026;4:00;0,00;Tom Ro;C1\n21/01/2026;2:30;0,00;Eva Li;C1\n"
    book, asked = book_of(GivenFile("kimai.csv", told.encode()), INVOICES)
    assert asked == ["personnes.cape"]
    assert [(each.member, each.minutes) for each in book.hours] == [("Tom Ro", 240), ("Eva Li", 150)]
    assert len(book.lines) == 1


def test_among_invoices_of_one_amount_a_statement_pays_the_one_whose_customer_it_names() -> None:
    sold = (
        "Numéro;Date;Client;Montant HT;TVA\nF1;10/01/2026;Mairie de Saillans;100,00;20 %\n"
        "F2;11/01/2026;Mme Arnaud;100,00;20 %\nF3;12/01/2026;Mairie de Crest;100,00;20 %\n"
    )
    told = "Date;Libellé;Crédit\n22/01/2026;VIR MME ARNAUD FACTURE;120,00\n23/01/2026;VIR MAIRIE;120,00\n"
    files = GivenFile("compte.csv", told.encode()), GivenFile("factures.csv", sold.encode()), HOURS
    book, _ = book_of(*files)
    assert [(each.invoice, each.received_on.day) for each in book.payments] == [("F2", 22)]  # a mairie, but which one?


def test_days_are_hours_once_the_group_says_how_long() -> None:
    told = "Qui;Date;Nb jours;Quoi\nAwa;20/01/2026;0,5;Réunion\nBo;21/01/2026;1;Réunion\n"
    book, asked = book_of(GivenFile("presence.csv", told.encode()), INVOICES, duree_unite="420")
    assert [each.minutes for each in book.hours] == [210, 420]
    assert "duree.unite" in asked


def test_several_tables_of_one_sheet_are_all_read() -> None:
    told = (
        "Factures;;;;\nfacture;commande;date;montant_ht;taux_tva\nF1;C1;20/01/2026;100,00;20 %\n;;;;\n"
        "Heures;;;;\npersonne;date;genre;duree;commande\nAwa;20/01/2026;prestation;3h;C1\nBo;21/01/2026;commun;1h;\n"
    )
    book, _ = book_of(GivenFile("mois.csv", told.encode()))
    assert [money.sales for money in money_chain(book)] == [10_000]
    assert [each.minutes for each in book.hours] == [180, 60]


def test_two_lines_of_titles_are_one() -> None:
    told = ";;Prestation;;Commun;\nPrénom;Date;Temps;Commande;Temps;Remarque\nAwa;20/01/2026;3h;C1;1h;\n"
    files = GivenFile("suivi.csv", told.encode()), INVOICES, HOURS
    proposal = propose(files, "Essai", Recipe(), Findings())
    assert proposal.questions or proposal.refusal or proposal.unread or len(proposal.reading.book.hours) == 3  # type: ignore[union-attr]


def test_a_ledger_of_one_account_of_sales_is_read_and_its_vat_is_asked() -> None:
    lines = (
        "Compte 706000 - Prestations",
        "Date;Pièce;Libellé;Débit;Crédit;Solde",
        "05/09/2026;F31;Facture F31 Mairie;;1000,00;1000,00",
        "19/09/2026;;Vente au marché;;500,00;1500,00",
        "03/10/2026;AV2;Avoir F31;100,00;;1400,00",
        ";;Totaux;100,00;1500,00;1400,00",
    )
    for name, kept in (("grand livre.csv", lines), ("grand livre 706.csv", lines[1:])):
        proposal, asked = read(table(name, *kept), HOURS, sold="")
        assert set(asked) == {"taux", "personnes.cape"}
        assert sales(proposal) == {"2026-09": 150_000, "2026-10": -10_000}
        assert {line.vat_rate for line in proposal.reading.book.lines} == {200_000}


@pytest.mark.parametrize("said", ["Compte {}", "{} – {{}}", "Cpte n° {} - {{}}"])
def test_the_sections_of_a_ledger_that_are_no_sales_are_none(said: str) -> None:
    lines = (
        said.format("706100").format("Ateliers"),
        "Date;Pièce;Libellé;Débit;Crédit;Solde",
        "05/09/2026;F31;Mairie;;1000,00;1000,00",
        said.format("6411").format("Salaires"),
        "30/09/2026;P1;Paie de septembre;400,00;;-400,00",
        said.format("613200").format("Loyer"),
        "02/09/2026;A1;Atelier rue Verte;150,00;;-150,00",
        said.format("7083").format("Locations"),
        "09/09/2026;F32;École;;200,00;200,00",
    )
    proposal, _ = read(table("extrait.csv", *lines), HOURS, sold="")
    assert sales(proposal) == {"2026-09": 120_000}
    assert [each.before_tax for each in proposal.reading.book.costs] == [15_000]
    assert any("400,00" in each and "Paie de septembre" in each for each in proposal.heeded)


def test_a_sale_whose_vat_is_none_is_told_as_not_read() -> None:
    told = (
        "Journal;Date;Compte;Pièce;Libellé;Débit;Crédit",
        "VE;05/09/2026;411;F1;ROUX;190,00;",
        "VE;05/09/2026;706;F1;ROUX;;100,00",
        "VE;05/09/2026;44571;F1;ROUX;;90,00",
        "VE;06/09/2026;411;F2;ROUX;120,00;",
        "VE;06/09/2026;706;F2;ROUX;;100,00",
        "VE;06/09/2026;44571;F2;ROUX;;20,00",
    )
    proposal, _ = read(table("journal.csv", *told), HOURS, sold="")
    assert sales(proposal) == {"2026-09": 10_000}
    assert any("« F1 »" in each and "100,00" in each for each in proposal.unread)


@pytest.mark.parametrize("day", ["09/14/2026", "9/14/26"])
def test_one_day_that_cannot_be_french_is_asked_with_two_answers_where_nothing_is_english(day: str) -> None:
    told = f"personne;jour;genre;durée\nAna;{day};commun;2h\nBen;03/04/2026;commun;1h\n"
    book, asked = book_of(GivenFile("heures.csv", told.encode()), INVOICES)
    assert "date.ordre" in asked
    assert [(each.on.month, each.on.day) for each in book.hours] == [(9, 14), (3, 4)]
    with pytest.raises(UnreadableFile, match="mois"):
        book_of(GivenFile("heures.csv", told.encode()), INVOICES, date_ordre="jour")


def test_days_of_an_english_export_that_fit_both_ways_are_asked_about() -> None:
    told = (
        "Project,Client,User,Start Date,Start Time,End Date,End Time,Duration (h)\n"
        "C1,Mairie,Ana,09/04/2026,09:00:00,09/04/2026,11:00:00,02:00:00\n"
    )
    book, asked = book_of(GivenFile("export.csv", told.encode()), INVOICES, date_ordre="mois")
    assert "date.ordre" in asked
    assert [each.on.isoformat() for each in book.hours] == ["2026-09-04"]


TAGGED = (
    "id,start,end,tags", '1,20260131T230500Z,20260201T003500Z,"Maud, compta"',
    '2,20260202T080000Z,20260202T093000Z,"Ilyes"',
    '3,20260203T130000Z,20260203T150000Z,"Maud, réunion"',
)  # fmt: skip
TAGGED_HOURS = {("Maud", "2026-02"): 210, ("Ilyes", "2026-02"): 90}


def test_people_of_a_list_of_members_are_found_in_the_tags() -> None:
    members = table("membres.csv", "Nom;Statut", "Maud;CAPE", "Ilyes;bénévole")
    proposal, asked = read(table("timew.csv", *TAGGED), members)
    assert minutes(proposal) == TAGGED_HOURS
    assert asked == ["genre"]
    assert proposal.reading is not None
    told = {each.name: (str(each.spells[0].status), each.spells[0].start.day) for each in proposal.reading.book.members}
    assert told == {"Maud": ("cape", 1), "Ilyes": ("benevole", 1)}


def test_which_tags_are_people_is_asked_when_some_can_be_names() -> None:
    proposal, asked = read(table("timew.csv", *TAGGED))
    assert minutes(proposal) == TAGGED_HOURS
    assert asked == ["personne.mots", "genre", "personnes.cape"]
    one, asked = read(table("timew.csv", *TAGGED), personne_mots="", personne_timew="Lou")
    assert minutes(one) == {("Lou", "2026-02"): 300}
    assert asked == ["personne.mots", "personne.timew", "genre", "personnes.cape"]


def test_work_without_an_end_is_told_first() -> None:
    proposal, _ = read(table("timew.csv", *TAGGED, '4,20260204T100000Z,,"Maud"'))
    assert minutes(proposal) == TAGGED_HOURS
    assert any("ligne 5 : ce travail commence le 04/02/2026 à 11:00" in each for each in proposal.unread)


def test_a_list_of_members_may_hold_names_alone() -> None:
    proposal, _ = read(table("membres.csv", "Nom;Ville", "Maud;Rezé", "Ilyes;Nantes"), HOURS, personnes_cape="Maud")
    assert proposal.reading is not None
    told = {each.name: str(each.spells[0].status) for each in proposal.reading.book.members}
    assert told == {"Awa": "benevole", "Ilyes": "benevole", "Maud": "cape"}


def test_the_french_list_of_invoice_ninja_says_what_was_paid() -> None:
    told = (
        "Client,Numéro de facture,Statut,Montant,Solde,Date de facturation,Date limite,Taxes totales,Versé à ce jour",
        "Mairie,0051,Paid,120.00,0.00,2026-09-02,2026-10-02,20.00,120.00",
        "MJC,0052,Partial,231.00,100.00,2026-09-07,2026-10-07,21.00,131.00",
        "École,0053,Sent,60.00,60.00,2026-09-11,2026-10-11,10.00,0.00",
        "École,,Draft,180.00,180.00,2026-09-30,2026-10-30,30.00,0.00",
    )
    proposal, asked = read(table("invoices.csv", *told), HOURS, sold="")
    assert sales(proposal) == {"2026-09": 36_000}
    assert proposal.reading is not None
    assert [(each.invoice, each.amount) for each in proposal.reading.book.payments] == [
        ("0051", 12_000),
        ("0052", 13_100),
    ]
    assert asked == ["reglement.jour", "personnes.cape"]


@pytest.mark.parametrize("left", ["Solde", "Reste", "Restant dû"])
@pytest.mark.parametrize("state", ["Payée en partie", "Partielle"])
def test_what_is_left_says_how_much_of_an_invoice_is_paid(left: str, state: str) -> None:
    told = (
        f"N°;Date;Client;Montant HT;TVA;Montant TTC;Statut;{left}",
        f"F1;02/09/2026;Mairie;100,00;20,00;120,00;{state};50,00",
        "F2;03/09/2026;MJC;200,00;40,00;240,00;Envoyée;240,00",
    )
    proposal, _ = read(table("ventes.csv", *told), HOURS, sold="")
    assert proposal.reading is not None
    assert [(each.invoice, each.amount) for each in proposal.reading.book.payments] == [("F1", 7_000)]


@pytest.mark.parametrize("more", [("", "", ""), (";Montant total", ";20,00", ";8,00")])
def test_what_is_sold_by_helloasso_counts_line_by_line(more: tuple[str, str, str]) -> None:
    titles = (
        "Référence commande;Date de la commande;Statut de la commande;Nom payeur;Moyen de paiement;Tarif;Montant tarif"
    )
    lines = (
        titles + more[0],
        f"701;03/09/2026 10:12;Validé;Bonnet;Carte bancaire;Repas;12,00{more[1]}",
        f"701;03/09/2026 10:12;Validé;Bonnet;Carte bancaire;Repas enfant;8,00{more[1]}",
        f"702;04/09/2026 18:00;Validé;Roy;Carte bancaire;Repas enfant;8,00{more[2]}",
        f"703;05/09/2026 18:00;Annulé;Diop;Carte bancaire;Repas enfant;8,00{more[2]}",
    )
    worked = table("temps.csv", "Qui;Jour;Heures;Genre", "Lou;03/09/2026;2h;commun")
    proposal, asked = read(worked, table("export.csv", *lines), sold="", taux="0")
    assert asked == ["taux", "reglement.jour", "personnes.cape"]
    assert sales(proposal) == {"2026-09": 2_800}
    assert {each.invoice: each.amount for each in proposal.reading.book.payments if each.invoice == "702"} == {
        "702": 800
    }


def test_the_orders_of_a_shop_give_their_vat_line_by_line_and_never_their_numbers() -> None:
    titles = "Order Number,Order Status,Order Date,Payment Method Title,Order Subtotal Amount,Order Refund Amount"
    lines = (
        "801,Completed,2026-03-04 10:12,Carte bancaire,100.00,0,120.00,20.00",
        "802,Processing,2026-03-09 11:40,Carte bancaire,200.00,0,211.00,11.00",
        "803,On hold,2026-03-10 09:00,Virement bancaire,50.00,0,60.00,10.00",
        "804,Failed,2026-03-11 18:20,Carte bancaire,50.00,0,60.00,10.00",
    )
    shop = table("orders.csv", f"{titles},Order Total Amount,Order Total Tax Amount", *lines)
    proposal, asked = read(table("h.csv", "Qui;Jour;Heures;Genre", "Lou;03/03/2026;2h;commun"), shop, sold="")
    assert asked == ["reglement.jour", "etat.onhold", "personnes.cape"]
    assert sales(proposal) == {"2026-03": 35_000}
    assert proposal.reading is not None
    assert [each.amount for each in proposal.reading.book.payments] == [12_000, 21_100]


def test_the_number_of_a_line_or_its_tax_is_never_offered_as_what_came() -> None:
    lines = ("Sale number,Paid on,Fee tax amount,Goods amount,Total goods", "7,2026-03-04,1.00,10.00,12.00")
    shop = table("encaissements.csv", *lines, "8,2026-03-05,2.00,20.00,24.00")
    proposal = propose([shop, HOURS], "Essai", Recipe(), Findings())
    (asked,) = [each.doubt for each in proposal.questions if each.doubt.topic == "colonne.montant_ttc"]
    assert [value for value, _ in asked.options] == ["Total goods", "Goods amount", "rien"]
