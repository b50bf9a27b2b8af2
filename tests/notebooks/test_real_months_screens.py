"""A group lives twelve real months on the screens: three rules, a corrected invoice, a debt, a month without money."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import ipywidgets as widgets
import pytest

import kpa_model as kpa
from kpa_model.files.book import books
from kpa_model.ledger import accounts
from kpa_model.ledger.month_state import MonthStatus
from kpa_model.places import data
from kpa_model.story.months.register import MonthsRegister
from kpa_model.ui import state
from kpa_model.ui.library import read_named
from kpa_model.ui.screens.months import tables
from kpa_model.words import euros
from tests.notebooks.screens import every, named, text

BOOK = "Nos Tilleuls"
EMPTY = "2025-08"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> state.Store:
    """The example book, brought in as the group's own; nothing was sold in August."""
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))
    shutil.copytree(data() / "tilleuls", source := books.book_place(BOOK))
    gone = without(source / "factures.csv", r";\d\d/08/2025;")
    without(source / "encaissements.csv", "|".join(each.split(";")[0] for each in gone))
    opened = kpa.open_store()
    opened.open_book(BOOK)
    return opened


def without(path: Path, pattern: str) -> list[str]:
    """Take the lines that say something out of a table; return them."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    gone = [each for each in lines if re.search(pattern, each)]
    path.write_text("".join(each for each in lines if each not in gone), encoding="utf-8")
    return gone


def change(store: state.Store, table: str, before: str, after: str) -> None:
    """Correct the book, as a person does in a spreadsheet."""
    path = books.personal_books()[BOOK] / f"{table}.csv"
    content = path.read_text(encoding="utf-8")
    assert content.count(before) == 1
    path.write_text(content.replace(before, after), encoding="utf-8")
    store.refresh()


def press(screen: widgets.Widget, label: str) -> None:
    named(screen, label).click()
    assert "kpa-error" not in html_of(screen), text(screen)


def html_of(screen: widgets.Widget) -> str:
    return " ".join(each.value for each in every(screen) if isinstance(each, widgets.HTML))


def ledger():
    return MonthsRegister(BOOK).read()


def put_rule(store: state.Store, rule: str, since: str, ends: date | None = None) -> None:
    screen = kpa.choose_rule(store)
    named(screen, "Règle").value = rule
    named(screen, "À partir de").value = since
    named(screen, "Dernier jour de l'essai").value = ends
    named(screen, "Qui l'a décidée, et quand ?").value = "Réunion du groupe"
    press(screen, "Mettre en vigueur")


def start(store: state.Store) -> widgets.Widget:
    screen = kpa.real_months(store)
    named(screen, "Premier mois").value = "2025-01"
    named(screen, "Dans la réserve").value = "600"
    named(screen, "Nadège").value = "80"
    press(screen, "Commencer")
    return screen


def live(screen: widgets.Widget, label: str, month: str, *, pay: bool = True) -> None:
    """Close one month as a person does: look, tick, freeze, adopt, pay."""
    named(screen, "Mois").value = label
    for each in every(screen):
        if isinstance(each, widgets.Checkbox) and "kpa-check" in each._dom_classes:
            each.value = True
    press(screen, f"Arrêter {month}")
    assert ("À savoir sur ce carnet" in text(screen)) == bool(read_named(BOOK)[1])
    everybody_adds_up(screen)
    named(screen, "Autres personnes").value = "Awa, Jeannine"
    press(screen, f"Adopter {month}")
    everybody_adds_up(screen)
    if pay and ledger().state.status(label) is MonthStatus.ADOPTED:
        found = next(each for each in every(screen) if getattr(each, "description", "").startswith("Noter : tout est"))
        found.click()
        assert "kpa-error" not in html_of(screen), text(screen)


AMOUNT = re.compile(r"[+−]?\d[\d\u202f]*,\d\d\u00a0€")


def cents(said: str) -> int:
    sign = -1 if "−" in said else 1
    return sign * int(re.sub(r"[^\d]", "", said))


def everybody_adds_up(screen: widgets.Widget) -> None:
    """Add up each printed column by hand: its foot says the sum of its lines."""
    for found in re.findall(r"<table.*?</table>", html_of(screen), re.S):
        if "Ensemble" not in found and "caisse tient" not in found:
            continue
        body, foot = re.search(r"<tbody.*?</tbody>", found, re.S)[0], re.search(r"<tfoot.*?</tfoot>", found, re.S)[0]
        rows = [amounts_of(row) for row in re.findall(r"<tr.*?</tr>", body, re.S)]
        last = amounts_of(foot)
        sums = [0] * len(last)
        for row in rows:
            if row:
                sums = [before + now for before, now in zip(sums, row, strict=True)]
        assert sums == last, found


def amounts_of(row: str) -> list[int]:
    return [cents(each) for each in AMOUNT.findall(re.sub(r"<[^>]+>", " ", row))]


MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
          "décembre")  # fmt: skip


def test_a_group_lives_twelve_real_months(store: state.Store) -> None:
    put_rule(store, "parts_egales", "2025-01", date(2025, 3, 31))
    screen = start(store)
    for at in range(1, 13):
        label, month = f"2025-{at:02d}", f"{MONTHS[at - 1]} 2025"
        if at == 4:
            put_rule(store, "heures", "2025-04")
            assert "L'essai" not in text(screen)
        if at == 5:  # an invoice of March said 50 € too little
            correct_an_invoice(store)
        if at == 9:
            put_rule(store, "epargne", "2025-09")
        if at == 10:
            pay_the_debt(store)
        if at == 11:
            advance(screen, label)
        live(screen, label, month)
        if label == EMPTY:
            nobody_is_paid(store, screen)
    seen = ledger()
    assert [each.status for each in seen.state.closed] == [MonthStatus.CLOSED] * 12
    assert len({each.frozen.rule.title for each in seen.state.closed}) == 3
    assert sum(seen.state.month(EMPTY).pay.values()) == 0
    balances = seen.state.balances
    assert sum(balances.values()) == 0
    assert accounts.came_in(balances) == accounts.went_out(balances) + accounts.held(balances)
    assert all(not cents for cents in seen.state.owed.values())
    for shown in (kpa.month_purses, kpa.months_history, kpa.real_months, kpa.month_corrections):
        everybody_adds_up(shown(store))
    for code in seen.who.names:
        months = sum(month.received(code) for month in seen.state.closed)
        assert months == seen.state.balance(accounts.paid(code))


def nobody_is_paid(store: state.Store, screen: widgets.Widget) -> None:
    """A month that pays nobody says where its money is, offers no request, and has no sheet."""
    assert "Il n'y a rien à verser : il est clos." in text(screen)
    assert "Où va l'argent" in text(screen)
    papers = kpa.month_papers(store)
    named(papers, "Fiche du mois").click()
    assert "personne ne reçoit d'argent pour ce mois" in text(papers).replace("\u00a0", " ")


def correct_an_invoice(store: state.Store) -> None:
    before = {code: ledger().state.month("2025-03").pay[code] for code in ledger().state.month("2025-03").pay}
    path = books.personal_books()[BOOK] / "factures.csv"
    line = next(each for each in path.read_text(encoding="utf-8").splitlines() if re.search(r";\d\d/03/2025;", each))
    wrong = line.split(";")
    fixed = [*wrong]
    fixed[5] = str(float(wrong[5].replace(",", ".")) + 50).replace(".", ",")
    change(store, "factures", line, ";".join(fixed))
    screen = kpa.month_corrections(store)
    assert "Commande" in text(screen)
    assert "avant" in text(screen)
    named(screen, "Pourquoi cette correction ?").value = "Une facture était fausse"
    press(screen, "Régulariser mars 2025")
    assert "n'y a rien à régulariser" in text(screen)
    assert ledger().state.month("2025-03").pay == before
    brought = ledger().state.month("2025-05").incoming
    assert brought
    assert all(line.title == "Régularisation" for lines in brought.values() for line in lines)


def advance(screen: widgets.Widget, label: str) -> None:
    """Awa receives 20 € before the month is closed."""
    named(screen, "Mois").value = label
    named(screen, "Montant versé").value = "20"
    press(screen, "Noter ce versement")
    (paid,) = ledger().state.month(label).payments.values()
    assert (paid.cents, paid.advance) == (2000, True)


def pay_the_debt(store: state.Store) -> None:
    """Nadège leaves; the group owes her 80 €, and pays them from the reserve."""
    screen = kpa.month_purses(store)
    named(screen, "Montant à payer").value = "80"
    named(screen, "Qui l'a décidé, et quand ?").value = "Réunion d'octobre, Nadège part"
    press(screen, "Payer cette dette")
    assert "Dette payée" in str(ledger().state.month("2025-10").incoming[ledger().who.code("Nadège")])


def test_a_group_where_everybody_has_a_cape_changes_a_month_by_hand_and_adopts_it(store: state.Store) -> None:
    path = books.personal_books()[BOOK] / "personnes.csv"
    names = dict.fromkeys(line.split(";")[0] for line in path.read_text(encoding="utf-8").splitlines()[1:])
    lines = ["personne;statut;du;au;pole;origine;note", *(f"{name};cape;01/01/2024;;;;" for name in names)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    store.refresh()
    put_rule(store, "heures", "2025-01")
    screen = kpa.real_months(store)
    named(screen, "Premier mois").value = "2025-01"
    press(screen, "Commencer")
    for each in every(screen):
        if isinstance(each, widgets.Checkbox) and "kpa-check" in each._dom_classes:
            each.value = True
    press(screen, "Arrêter janvier 2025")
    paid = [code for code, cents in ledger().state.month("2025-01").pay.items() if cents]
    before = dict(ledger().state.month("2025-01").pay)
    named(screen, "Prendre à").value, named(screen, "Donner à").value = paid[0], paid[1]
    named(screen, "Montant à déplacer").value = "0,05"
    named(screen, "Raison, imprimée sur les fiches").value = "Arrondi entre nous"
    press(screen, "Changer ce montant")
    after = ledger().state.month("2025-01").pay
    assert (after[paid[0]], after[paid[1]]) == (before[paid[0]] - 5, before[paid[1]] + 5)
    named(screen, "Autres personnes").value = "Awa, Jeannine"
    press(screen, "Adopter janvier 2025")
    assert ledger().state.status("2025-01") is not MonthStatus.FROZEN


def test_what_is_typed_to_begin_stays_when_a_rule_is_put_in_force_meanwhile(store: state.Store) -> None:
    screen = kpa.real_months(store)
    begin = next(each for each in every(screen) if getattr(each, "description", "") == "Commencer")
    named(screen, "Reste dans l'enveloppe").value = "12,50"
    put_rule(store, "heures", "2025-01")
    assert named(screen, "Reste dans l'enveloppe").value == "12,50"
    begin.click()  # pressed while the page was drawn again: it is the same button
    assert "Le registre commence en janvier 2025." in text(screen)
    assert ledger().begun


def test_the_first_month_offered_is_one_that_has_a_rule(store: state.Store) -> None:
    screen = kpa.real_months(store)
    put_rule(store, "heures", "2025-03")
    assert named(screen, "Premier mois").value == "2025-03"
    assert named(screen, "Dans la réserve").value == "0"


def test_a_book_that_took_another_name_is_told_where_its_months_are(store: state.Store) -> None:
    press(kpa.real_months(store), "Commencer")
    shutil.move(books.personal_books()[BOOK], books.book_place("Les Tilleuls 2026"))
    store.open_book("Les Tilleuls 2026")
    said = text(kpa.real_months(store))
    assert f"Des mois sont gardés ici, pour « {BOOK} »." in said.replace("\u00a0", " ")
    shutil.move(books.personal_books()["Les Tilleuls 2026"], books.book_place(BOOK))
    store.open_book(BOOK)
    assert "Des mois sont gardés ici" not in text(kpa.real_months(store))


def test_what_was_noticed_of_the_book_is_said_before_the_register_begins(store: state.Store, monkeypatch) -> None:
    note = "Fichier factures.csv, ligne 4 : brouillon, laissé dehors."
    monkeypatch.setattr("kpa_model.ui.pieces.read_named", lambda name: (read_named(name)[0], (note,)))
    screen = kpa.real_months(store)
    assert note in text(screen)
    press(screen, "Commencer")
    assert note not in text(screen)  # from here on, it is a box to tick before closing


def test_a_table_of_two_years_shows_the_last_one_and_folds_the_other_each_with_its_sum() -> None:
    lines = [tables.MonthLine(label, ("clos",), cents) for label, cents in
             (("2025-11", (100, 5)), ("2025-12", (250, 0)), ("2026-01", (7, 1)))]  # fmt: skip
    made = str(
        tables.by_year("Nos mois", ("Mois", "État", "Montant", "Reste"), lines, lambda cents: list(map(euros, cents)))
    )
    last, before = made.split("<details>")
    assert [amounts_of(found) for found in re.findall(r"<tfoot.*?</tfoot>", last + before, re.S)] == [[7, 1], [350, 5]]
    assert ("Janvier 2026" in last, "Novembre 2025" in before) == (True, True)
