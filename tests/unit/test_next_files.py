"""What comes later goes in too: next month's new project, the bank after the list; what is seen before agreeing."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from kpa_model.cooperative.book import OrderBook
from kpa_model.files.book.books import book_place
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import ImportProposal, propose
from tests.given_tables import minutes, read, table

NOW = datetime(2026, 2, 1, 10, 0)
HOURS = table("heures.csv", "personne;date;genre;duree", "Awa;05/01/2026;commun;3h")
CLOCKIFY = "Project,User,Start Date,Start Time,End Date,End Time,Duration (h),Duration (decimal),Description"
PAID = table("factures.csv", "Numéro;Date;Client;Montant HT;TVA;État", "F-12;10/01/2026;Mairie;100,00;20 %;Payée")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))


def clocked(project: str, day: str) -> GivenFile:
    line = f"{project},Awa,{day},09:00:00,{day},12:00:00,03:00:00,3.00,maquette"
    return GivenFile("Clockify_Rapport.csv", f"{CLOCKIFY}\n{line}\n".encode())


def kept(proposal: ImportProposal, *files: GivenFile) -> Path:
    return keep(proposal, "Les Essais", files, NOW)


def later(folder: Path, *files: GivenFile) -> ImportProposal:
    return propose(files, folder.name, recipe_in(folder), Findings(), held_in(folder))


def book_of(proposal: ImportProposal) -> OrderBook:
    assert proposal.reading is not None, proposal.refusal or proposal.questions
    return proposal.reading.book


def test_somebody_new_who_bears_the_first_name_of_another_is_somebody_new() -> None:
    def month(day: str, last: str) -> GivenFile:
        return table("pointage.csv", "Prénom;Nom;Jour;Durée;Genre", f"Lina;{last};{day};4h;commun")

    first = month("14/01/2026", "Kaba")
    folder = kept(read(first, PAID, sold="")[0], first, PAID)
    second = later(folder, month("11/02/2026", "Morel"))
    assert [each.doubt.topic for each in second.questions] == ["personnes.cape"]
    assert "Lina Morel" in second.questions[0].doubt.question
    assert not later(folder, month("11/02/2026", "Kaba")).questions


def test_a_project_met_the_second_month_is_a_new_order_and_is_told() -> None:
    january = clocked("Site web", "15/01/2026")
    folder = kept(read(january, PAID, sold="")[0], january, PAID)
    second = later(folder, clocked("Affiches", "16/02/2026"))
    assert {each.order for each in book_of(second).hours} == {"Site web", "Affiches"}
    assert any("commande nouvelle" in note and "Affiches" in note for note in second.heeded)


def of_list(project: str) -> ImportProposal:
    """Return what a month says of a project, in a book whose list of orders has « Site web »."""
    orders = table("commandes.csv", "commande;date", "Site web;01/01/2026", "F-12;01/01/2026")
    january = clocked("Site web", "15/01/2026")
    folder = kept(read(january, orders, PAID, sold="")[0], january, orders, PAID)
    return later(folder, clocked(project, "16/02/2026"))


def test_a_slip_in_the_name_of_an_order_of_the_group_s_own_list_is_a_fault() -> None:
    second = of_list("Sitte web")
    assert "« Sitte web » n'est pas dans la table" in str(second.refusal)
    assert "Vouliez-vous dire « Site web »" in str(second.refusal)


@pytest.mark.parametrize("said", ["Affiches", ""])
def test_an_order_that_the_group_s_own_list_does_not_hold_is_asked_about_once(said: str) -> None:
    second = of_list("Affiches")
    assert [each.doubt.topic for each in second.questions] == ["commandes.nouvelles"]
    assert "« Affiches » n'est pas dans la liste" in second.questions[0].doubt.question
    recipe = second.answer(second.questions[0], said)
    folder = Path(book_place("Les Essais"))
    third = propose([clocked("Affiches", "16/02/2026")], "Les Essais", recipe, Findings(), held_in(folder))
    assert not third.questions
    assert ("Affiches" in {each.order for each in book_of(third).hours}) if said else third.refusal is not None


@pytest.mark.parametrize("label", ["VIR MAIRIE FACT F-12", "VIR MAIRIE F 12", "VIREMENT MAIRIE"])
def test_the_bank_says_later_when_a_paid_invoice_was_paid(label: str) -> None:
    first, asked = read(HOURS, PAID, sold="")
    assert "reglement.jour" in asked
    folder = kept(first, HOURS, PAID)
    bank = table("relevé.csv", "Date;Libellé;Débit;Crédit", f"22/01/2026;{label};;120,00")
    second = later(folder, bank)
    assert [(each.received_on, each.amount) for each in book_of(second).payments] == [(date(2026, 1, 22), 12_000)]
    assert any("C'est le même paiement" in note for note in second.heeded)
    change = second.merged.changes["encaissements"]
    assert (len(change.added), len(change.removed)) == (1, 1)
    assert later(kept(second, bank), bank).merged.nothing


def of_year(*, second_month: bool) -> GivenFile:
    """Return the invoices of a year as a program lists them: one paid at once, one in two months."""
    came = (
        ("Payée;372,00;0,00", "Payée;960,00;0,00") if second_month else ("Payée;372,00;0,00", "En partie;300,00;660,00")
    )
    lines = ("N-7;03/01/2026;Gîte;310,00;62,00;372,00", "N-8;05/01/2026;Gîte;800,00;160,00;960,00")
    titles = "Numéro;Date;Client;Total HT;Total TVA;Total TTC;Statut;Payé;Reste dû"
    return table("liste.csv", titles, *map(";".join, zip(lines, came, strict=True)))


def test_the_rest_of_a_payment_takes_nothing_back_of_its_first_part() -> None:
    titles = "Date;Libellé;Débit;Crédit"
    january = table("relevé 01.csv", titles, "20/01/2026;VIR GITE N-7;;372,00", "28/01/2026;VIR GITE ACPTE N-8;;300,00")
    first, _ = read(HOURS, of_year(second_month=False), january, sold="")
    folder = kept(first, HOURS, of_year(second_month=False), january)
    bank = table("relevé 02.csv", titles, "19/02/2026;VIR GITE SOLDE N-8;;660,00")
    second = later(folder, of_year(second_month=True), bank)
    assert sorted(each.amount for each in book_of(second).payments) == [30_000, 37_200, 66_000]
    assert not second.merged.changes["encaissements"].removed


def test_a_bank_given_again_without_one_of_its_lines_takes_it_back() -> None:
    lines = ("20/01/2026;VIR GITE N-7;;372,00", "24/01/2026;VIR GITE N-8;;300,00", "28/01/2026;VIR GITE N-8;;660,00")
    bank = [table("relevé.csv", "Date;Libellé;Débit;Crédit", *told) for told in (lines, (lines[0], lines[2]))]
    sold = ("N-7;03/01/2026;Gîte;310,00;20 %", "N-8;05/01/2026;Gîte;800,00;20 %")
    listed = table("liste.csv", "Numéro;Date;Client;Total HT;TVA", *sold)
    folder = kept(read(HOURS, listed, bank[0], sold="")[0], listed, bank[0])
    assert [each.amount for each in book_of(later(folder, bank[1])).payments] == [37_200, 66_000]


def test_a_second_payment_of_another_amount_is_still_refused() -> None:
    folder = kept(read(HOURS, PAID, sold="")[0], PAID)
    second = later(folder, table("relevé.csv", "Date;Libellé;Débit;Crédit", "22/01/2026;VIR F-12;;50,00"))
    assert second.refusal is not None


def test_a_payment_goes_to_the_invoice_that_waits_for_it() -> None:
    two = table(
        "factures.csv", "Numéro;Date;Montant HT;TVA", "F-1;10/01/2026;100,00;20 %", "F-2;12/01/2026;100,00;20 %"
    )
    bank = table("relevé.csv", "Date;Libellé;Débit;Crédit", "22/01/2026;VIR F-1;;120,00", "25/01/2026;VIR;;120,00")
    first, _ = read(HOURS, two, bank, sold="")
    assert [each.invoice for each in book_of(first).payments] == ["F-1", "F-2"]
    shown = next(each for each in first.understood if each.table == "encaissements")
    assert shown.titles[0] == "Facture payée"


@pytest.mark.parametrize(
    ("said", "day"),
    [("oui 14/10", date(2026, 10, 14)), ("x 14/10/26", date(2026, 10, 14)), ("payé le 5", date(2026, 11, 5)),
     ("1 200,00 € le 20/11/2026", date(2026, 11, 20))],
)  # fmt: skip
def test_a_list_says_in_its_own_words_when_it_was_paid(said: str, day: date) -> None:
    sold = table("ventes.csv", "N°;Date;Client;Montant HT;TVA;Payé ?", f"F1;06/10/2026;Mairie;1 000,00;20 %;{said}")
    assert [each.received_on for each in book_of(read(HOURS, sold, sold="")[0]).payments] == [day]
    sheet = ("Date;Client;Travail;Prix TTC;Qui;Heures;Payé ?", f"06/10/2026;Mairie;Hall;1 200,00;Awa + Léo;6h;{said}")
    proposal, _ = read(table("suivi.csv", *sheet), sold="", taux="20", partage="ensemble")
    assert [(each.received_on, each.amount) for each in book_of(proposal).payments] == [(day, 120_000)]
    assert sorted(minutes(proposal).values()) == [180, 180]


def test_one_sheet_that_says_paid_without_a_day_is_asked_like_a_list() -> None:
    sheet = ("Date;Client;Travail;Prix TTC;Qui;Heures;Payé", "06/10/2026;Mairie;Hall;1 200,00;Awa;6h;oui")
    proposal, asked = read(table("suivi.csv", *sheet), sold="", taux="20")
    assert "reglement.jour" in asked
    assert [each.received_on for each in book_of(proposal).payments] == [date(2026, 10, 6)]


def test_nothing_is_shown_as_read_before_it_is_answered() -> None:
    sheet = ("Date;Client;Travail;Prix TTC;Qui;Heures", "06/10/2026;Mairie;Hall;1 200,00;Awa + Léo;6h")
    proposal = propose([table("suivi.csv", *sheet)], "Essai", None, Findings())
    sold, worked = (next(each for each in proposal.understood if each.table == name) for name in ("factures", "heures"))
    assert "Montant TTC" in sold.titles
    assert "Taux de TVA" not in sold.titles
    assert not any("6h" in cell or "3h" in cell for line in worked.lines for cell in line)


def test_weeks_are_shown_as_weeks() -> None:
    proposal, _ = read(table("heures.csv", "Prénom;S36;S37", "Awa;12,5;8", "Léo;;7"))
    shown = next(each for each in proposal.understood if each.table == "heures")
    assert shown.count == 3
    assert list(shown.lines[0][:2]) == ["Awa", "du 31/08/2026 au 06/09/2026"]
    assert "12h30" in shown.lines[0]
    assert any("réparties du lundi au vendredi" in note for note in proposal.heeded)


def test_a_draft_without_a_number_in_a_list_of_a_cae_is_left_out() -> None:
    listed = table(
        "liste.csv",
        "Identifiant;Numéro officiel;Entrepreneur;Date;Objet;Client;HT;TVA;TTC;Statut de paiement;Paiements",
        "12;2026-118;ROY A.;04/01/2026;Site;Mairie;1 250,00;250,00;1 500,00;payée;1 500,00 € le 20/01/2026",
        "13;;ROY A.;18/01/2026;Flyers;Comité;90,00;18,00;108,00;brouillon;",
    )
    proposal, _ = read(HOURS, listed, sold="")
    book = book_of(proposal)
    assert [line.before_tax for line in book.lines] == [125_000]
    assert [each.received_on for each in book.payments] == [date(2026, 1, 20)]
    assert any("« brouillon »" in note for note in proposal.heeded)
    assert [each.label for each in book.orders] == ["Site Mairie"]


def test_a_table_left_aside_on_purpose_is_not_among_what_is_not_read() -> None:
    other = table("divers.csv", "Chose prêtée;Combien", "perceuse;1", "scie;2")
    proposal, asked = read(HOURS, other, table="rien")
    assert "table" in asked
    assert proposal.unread == ()


def test_orders_of_the_book_without_hours_are_told_as_the_group_writes_them() -> None:
    billed = table("factures.csv", "Numéro;Date;Client;Montant HT;TVA", "FA26-07;10/01/2026;Mairie;100,00;20 %")
    january = clocked("Site web", "15/01/2026")
    folder = kept(read(january, billed, sold="")[0], january, billed)
    told = " ".join(later(folder, clocked("Site web", "16/02/2026")).heeded)
    assert "des factures, pour « FA26-07 »" in told


@pytest.mark.parametrize("kept_lines", [slice(1, None), slice(None, -1)])
def test_the_first_or_last_line_that_a_corrected_file_no_longer_has_is_told(kept_lines: slice) -> None:
    lines = ("Awa;05/01/2026;commun;3h", "Awa;12/01/2026;commun;2h", "Bo;19/01/2026;commun;1h")
    head, name = "personne;date;genre;duree", "relevé.csv"
    folder = kept(read(table(name, head, *lines), PAID, sold="")[0], table(name, head, *lines), PAID)
    second = later(folder, table(name, head, *lines[kept_lines]))
    gone = "05/01/2026, Awa, 3 h" if kept_lines.start else "19/01/2026, Bo, 1 h"
    assert any(f"{gone} est dans le carnet" in each.replace("\xa0", " ") for each in second.heeded)
    assert sum(minutes(second).values()) == 360


@pytest.mark.parametrize("day", ["26/01/2026", "02/02/2026"])
def test_the_file_of_the_next_week_says_nothing_of_the_one_before(day: str) -> None:
    head = "personne;date;genre;duree"
    first = table("semaine.csv", head, "Awa;19/01/2026;commun;3h", "Bo;20/01/2026;commun;1h")
    folder = kept(read(first, PAID, sold="")[0], first, PAID)
    second = later(folder, table("semaine.csv", head, f"Awa;{day};commun;2h"))
    assert not any("n'est plus dans ces fichiers" in each for each in second.heeded)
