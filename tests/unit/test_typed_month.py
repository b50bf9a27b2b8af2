"""A month typed on screen: what is wrong is said beside its box, nothing that is typed is lost, nothing is doubled."""

from __future__ import annotations

import base64
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from kpa_model.cooperative.book import Cooperative, OrderBook
from kpa_model.cooperative.orders import InvoiceLine, Order
from kpa_model.cooperative.work import Hours, Kind
from kpa_model.errors import UnreadableFile
from kpa_model.files.book.book_reader import read_book
from kpa_model.files.importing.typing import put, start_book
from kpa_model.ui.screens.share.line_form import LineForm
from kpa_model.ui.screens.share.typed_month import TypedMonth
from kpa_model.ui.screens.share.week_table import works
from kpa_model.ui.state import open_store
from tests.pdf import text_of

MONDAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))


@pytest.fixture
def folder() -> Path:
    return start_book("Les Voisines", ["Inès", "Malo", "Soazig"], date(2026, 1, 1))


@pytest.fixture
def screen(folder: Path) -> TypedMonth:
    return opened(folder)


def opened(folder: Path) -> TypedMonth:
    screen = TypedMonth(open_store())
    screen.widget()
    screen.which.value = folder.name
    screen.go_on.click()
    screen.week.week.value = MONDAY
    return screen


def write(screen: TypedMonth, who: str, at: int, text: str) -> str:
    """Type in a box of hours; return what stands beside it then."""
    screen.week.boxes[who, at].value = text
    return screen.week.beside[who].value.replace("\u00a0", " ")


def form(screen: TypedMonth, table: str) -> LineForm:
    return next(each for each in screen.forms if each.what.table == table)


def fill(made: LineForm, **texts: str) -> str:
    for name, text in texts.items():
        made.boxes[name].value = text
    made.save.click()
    return said(made)


def said(made: LineForm) -> str:
    return made.said.value.replace("\u00a0", " ")


def test_two_people_of_one_name_are_not_made_one() -> None:
    with pytest.raises(UnreadableFile, match="ines : ce prénom est écrit deux fois"):
        start_book("Deux fois", ["Inès", "Malo", "ines"], date(2026, 1, 1))


def test_a_book_just_begun_is_made_once_and_found_again_by_another_page() -> None:
    screen = TypedMonth(open_store())
    screen.name.value, screen.people.value = "Les Voisines", "Inès, Malo"
    for _ in range(2):
        screen.start.click()
    assert screen.refused.value == ""
    assert "Vous écrivez dans" in screen.said.value
    again = opened(Path("Les Voisines"))
    assert again.folder is not None
    assert write(again, "Inès", 0, "2") == ""
    assert [each.minutes for each in read_book(again.folder).book.hours] == [120]


@pytest.mark.parametrize(("text", "told"), [("7,45", "Pour 7 h 45"), ("20", "Pour 20 min"), ("9", "")])
def test_what_has_two_readings_is_said_beside_its_box_until_it_is_typed_again(
    screen: TypedMonth, text: str, told: str
) -> None:
    assert told in write(screen, "Malo", 1, text)
    assert told in write(screen, "Malo", 2, "1h")
    assert write(screen, "Malo", 1, "1h") == ""


def test_the_work_that_is_not_seen_comes_first_with_what_it_may_be(screen: TypedMonth) -> None:
    fill(form(screen, "commandes"), commande="C1", libelle="Mairie", date="02/03/2026")
    assert [label for label, _ in screen.week.work.options] == [
        "Appui : courses, devis, vaisselle", "Commun : réunions, accueil, entretien",
        "Formation : apprendre, montrer à une autre personne", "Prestation : C1, Mairie", "Prestation, sans commande",
    ]  # fmt: skip


def test_nobody_is_asked_to_work_for_a_credit_note_or_for_what_is_no_order() -> None:
    first, due = date(2026, 3, 1), date(2026, 4, 1)
    made = OrderBook(
        Cooperative("Les Voisines"),
        orders=tuple(Order(number, "", "", first) for number in ("F1", "AV1", "Le site", "Mur")),
        lines=(InvoiceLine("F1", "F1", "", first, due, 100, 0), InvoiceLine("AV1", "AV1", "", first, due, -100, 0)),
        hours=(Hours("Inès", first, Kind.COMMONS, 60, "Le site"), Hours("Malo", first, Kind.JOB, 60, "Mur")),
    )
    assert [each.number for each in made.workable] == ["F1", "Mur"]
    assert not {"prestation:AV1", "prestation:Le site"} & {key for key, _ in works(made)}
    assert {"commun:Le site", "prestation:Mur"} <= {key for key, _ in works(made)}


def test_a_cross_is_not_taken_for_no_hours(screen: TypedMonth) -> None:
    write(screen, "Inès", 0, "3")
    assert "Pas noté, lun. 2" in write(screen, "Inès", 0, "x")
    assert screen.week.boxes["Inès", 0].value == "x"
    assert [each.minutes for each in screen.now().hours] == [180]


def test_what_was_refused_is_found_again_after_another_week_and_another_work(screen: TypedMonth) -> None:
    write(screen, "Inès", 0, "trois")
    screen.week.week.value = MONDAY + timedelta(days=7)
    assert screen.week.boxes["Inès", 0].value == ""
    write(screen, "Malo", 0, "2")
    assert "Inès, le 02/03, Appui" in screen.said.value
    screen.week.week.value, screen.week.work.value = MONDAY, "commun:"
    assert screen.week.boxes["Inès", 0].value == ""
    screen.week.work.value = "appui:"
    assert screen.week.boxes["Inès", 0].value == "trois"
    assert write(screen, "Inès", 0, "3") == ""
    assert "kpa-error" not in screen.said.value


def test_what_another_window_noted_is_told_before_it_is_replaced(folder: Path, screen: TypedMonth) -> None:
    other = opened(folder)
    write(screen, "Soazig", 3, "1h30")
    assert "a noté 1 h 30 ici" in write(other, "Soazig", 3, "5h")
    assert other.week.boxes["Soazig", 3].value == "5h"
    assert write(other, "Soazig", 3, "4h") == ""
    screen.back.click()  # it is not as it was any more: refused, and the screen shows what is there
    assert "a changé depuis" in screen.said.value
    assert screen.week.boxes["Soazig", 3].value == "4 h"


def test_what_the_phones_put_in_the_book_is_shown_when_their_workshop_is_closed(
    folder: Path, screen: TypedMonth, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kpa_model.ui.screens.decide.workshop.close_workshop", lambda: None)
    write(opened(folder), "Malo", 2, "6h")
    assert screen.week.boxes["Malo", 2].value == ""
    screen.door.end()
    assert screen.week.boxes["Malo", 2].value == "6 h"
    assert folder.name == screen.store.state.book


def test_every_wrong_box_of_a_line_says_so_and_keeps_its_text(screen: TypedMonth) -> None:
    bill = form(screen, "factures")
    typed = {"facture": "24-07", "date": "31/06/2026", "montant_ht": "960 € TTC", "taux_tva": "normal"}
    assert "« Date », « Montant HT » et « Taux de TVA »" in fill(bill, **typed)
    assert "ce mois a 30 jours" in bill.wrong["date"].value
    assert "avec la TVA" in bill.wrong["montant_ht"].value
    assert bill.wrong["facture"].value == ""
    assert {name: bill.boxes[name].value for name in typed} == typed
    assert "Avec 7 % de TVA" in fill(bill, date="3 mars 2026", montant_ht="960 HT", taux_tva="7")
    assert "7 % n'est pas un taux de TVA habituel" in said(bill)
    assert all(each.value == "" for each in bill.wrong.values())
    before = bill.said.value
    bill.save.click()  # twice
    assert bill.said.value == before
    (line,) = screen.now().lines
    assert (line.before_tax, line.invoiced_on) == (96_000, date(2026, 3, 3))


@pytest.mark.parametrize(("text", "rate", "cents"), [("1 200 TTC", "20", 100_000), ("9,99 € ttc", "5,5 %", 947)])
def test_a_price_with_its_tax_gives_the_amount_before_it(screen: TypedMonth, text: str, rate: str, cents: int) -> None:
    bill = form(screen, "factures")
    assert "Avec" in fill(bill, facture="F1", date="02/03/2026", montant_ht=text, taux_tva=rate)
    assert [each.before_tax for each in screen.now().lines] == [cents]


def test_an_invoice_of_two_rates_is_typed_in_two_lines(screen: TypedMonth) -> None:
    bill = form(screen, "factures")
    food = {"facture": "F8", "libelle": "Repas", "date": "10/03/2026", "montant_ht": "200", "taux_tva": "10 %"}
    wine = {**food, "libelle": "Vin", "montant_ht": "50", "taux_tva": "20 %"}
    fill(bill, **food)
    assert "La facture « F8 » a maintenant 2 lignes : 250,00 € hors taxes en tout." in fill(bill, **wine)
    assert "cette ligne y est déjà" in fill(bill, **wine)
    assert "ce numéro est déjà pris, le 10/03/2026" in fill(bill, **{**wine, "date": "11/03/2026"})
    assert [(each.before_tax, each.order) for each in screen.now().lines] == [(20_000, "F8"), (5_000, "F8")]


@pytest.mark.parametrize("ahead", [20, -20, -200, -330])
def test_a_day_without_its_year_is_the_last_one_or_the_one_to_come_soon(screen: TypedMonth, ahead: int) -> None:
    day = date.today() + timedelta(days=ahead)
    fill(form(screen, "achats"), libelle="Terreau", date=f"{day:%d-%m}", montant_ht="18")
    assert [each.spent_on for each in screen.now().costs] == [day]


def test_a_line_written_twice_is_told(screen: TypedMonth) -> None:
    bought = form(screen, "achats")
    line = {"libelle": "Terreau", "date": "04/03/2026", "montant_ht": "18,40"}
    assert "deux fois" not in fill(bought, **line)
    assert "Elle compte deux fois" in fill(bought, **line)


def test_a_line_that_is_changed_stays_at_its_place(screen: TypedMonth) -> None:
    people = form(screen, "personnes")
    people.which.value = "0"
    fill(people, du="01/02/2026")
    assert [each.name for each in screen.now().members] == ["Inès", "Malo", "Soazig"]


def test_who_leaves_is_shown_no_more_and_keeps_her_hours(screen: TypedMonth) -> None:
    write(screen, "Malo", 0, "2")
    people = form(screen, "personnes")
    people.which.value = "1"
    fill(people, au="06/03/2026")
    assert list(screen.week.lines) == ["Inès", "Malo", "Soazig"]
    screen.week.week.value = MONDAY + timedelta(days=7)
    assert list(screen.week.lines) == ["Inès", "Soazig"]
    people.which.value = "1"
    people.away.click()
    assert "« Malo »" in said(people)
    assert "Écrivez plutôt son dernier jour." in said(people)
    assert "n'a aucun statut ce jour-là" in fill(people, au="01/03/2026")


def test_a_new_name_goes_everywhere_and_is_undone(folder: Path, screen: TypedMonth) -> None:
    write(screen, "Malo", 0, "2")
    put(folder, "commandes", [{"commande": "C1", "date": MONDAY, "apportee_par": ("Inès", "Malo")}])
    before = screen.now()
    people = form(screen, "personnes")
    assert "déjà un statut ces jours-là, depuis le 01/01/2026" in fill(people, personne="malo", du="02/03/2026")
    people.which.value = "1"
    assert "ce nom est déjà dans le carnet" in fill(people, personne="INES")
    fill(people, personne="Malo K.")
    assert [each.name for each in screen.now().members] == ["Inès", "Malo K.", "Soazig"]
    assert [each.member for each in screen.now().hours] == ["Malo K."]
    assert [each.brought_by for each in screen.now().orders] == [("Inès", "Malo K.")]
    screen.back.click()
    assert screen.now() == before


def test_hours_before_anybody_was_there_are_told(screen: TypedMonth) -> None:
    screen.week.week.value = date(2025, 12, 15)
    assert "n'a aucun statut" in write(screen, "Inès", 0, "2")


def test_another_book_begins_with_nothing_wrong_and_nothing_to_undo(screen: TypedMonth) -> None:
    write(screen, "Malo", 0, "2")
    write(screen, "Malo", 1, "deux")
    screen.name.value, screen.people.value = "Les Voisines 2027", "Malo, Inès"
    screen.start.click()
    assert "Les Voisines 2027" in screen.title.value
    assert screen.back.layout.display == "none"
    assert screen.week.boxes["Malo", 1].value == ""
    assert screen.now().hours == ()


def test_the_sheets_of_the_week_shown_are_printed_from_the_page(screen: TypedMonth) -> None:
    screen.week.week.value = date(2026, 3, 31)
    screen.put_on_paper()
    (coded,) = re.findall(r"base64,([^\"]+)", screen.sheets.value)
    told = re.sub(r"\s+", " ", text_of(base64.b64decode(coded)))
    assert "Vos heures, du 30 mars au 5 avril 2026" in told
    assert told.count("Combien de temps, du 1er au 5 avril 2026") == 2  # on the ballot, on the sheet of answers


def test_a_page_loaded_again_still_takes_back_the_last_gestures(folder: Path, screen: TypedMonth) -> None:
    write(screen, "Malo", 0, "2h30")
    sold = {"facture": "F1", "date": "05/03/2026", "montant_ht": "120,50", "taux_tva": "5,5 %", "libelle": "Banc"}
    fill(form(screen, "factures"), **sold)
    again = TypedMonth(open_store())
    again.widget()
    assert again.back.layout.display is None
    again.back.click()
    assert again.now().lines == ()
    assert [each.minutes for each in again.now().hours] == [150]
    again.back.click()
    assert again.now().hours == ()
    assert again.back.layout.display == "none"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"Les Voisines": 3}', '{"Les Voisines": [3]}',
                                  '{"Les Voisines": [["x", {"heures": [[{"duree": "?"}], []]}]]}'])  # fmt: skip
def test_gestures_that_cannot_be_read_are_forgotten(folder: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "gestes.json").write_text(text, "utf-8")
    screen = opened(folder)
    assert screen.back.layout.display == "none"
    write(screen, "Inès", 0, "1")
    screen.back.click()
    assert screen.now().hours == ()


def test_a_book_goes_on_at_the_week_and_the_work_of_its_last_hours(folder: Path) -> None:
    first = opened(folder)
    first.week.work.value = "commun:"
    write(first, "Malo", 2, "2h")
    again = TypedMonth(open_store())
    again.widget()
    assert (again.week.week.value, again.week.work.value) == (MONDAY, "commun:")
    assert again.week.boxes["Malo", 2].value == "2 h"


def test_a_payment_is_for_an_invoice_of_the_list_which_says_what_it_still_owes(screen: TypedMonth) -> None:
    paid = form(screen, "encaissements")
    assert [label for label, _ in paid.boxes["facture"].options] == ["Pas encore de facture dans ce carnet"]
    for number, amount in (("F1", "100"), ("F2", "50"), ("A1", "-20")):
        fill(form(screen, "factures"), facture=number, date="05/03/2026", montant_ht=amount, taux_tva="20 %")
    fill(paid, facture="F1", date="20/03/2026", montant_ttc="120")
    fill(paid, facture="F2", date="20/03/2026", montant_ttc="10")
    told = [label.replace("\u00a0", " ") for label, _ in paid.boxes["facture"].options]
    assert told == ["Choisissez la facture", "A1 · 24,00 € à rendre", "F2 · reste 50,00 €", "F1 · payée"]
    paid.which.value = "0"
    assert paid.boxes["facture"].value == "F1"


def test_a_month_with_hours_and_sales_leads_to_its_sharing(screen: TypedMonth) -> None:
    assert "Quand un mois a des heures et une facture, il se partage." in screen.after.value
    write(screen, "Malo", 1, "4 h")
    fill(form(screen, "factures"), facture="F1", date="05/04/2026", montant_ht="100", taux_tva="20 %")
    assert "Pourquoi ce montant" not in screen.after.value  # sales of April, hours of March
    fill(form(screen, "factures"), facture="F2", date="31/03/2026", montant_ht="100", taux_tva="20 %")
    assert "montrent mars 2026" in screen.after.value
    assert "Pourquoi ce montant" in screen.after.value
    assert screen.store.state.month == "2026-03"


def test_an_hour_with_a_point_says_what_it_counts(screen: TypedMonth) -> None:
    assert "« 3.30 » compte 3 h 18. Pour 3 h 30, écrivez 3h30." in write(screen, "Malo", 1, "3.30")
    assert "« 15 » compte 15 h. Pour 15 min, écrivez 15min." in write(screen, "Malo", 2, "15")
