"""One state, one store: undo, what stays on the disk, damaged files, names nobody knows, and what is settled twice."""

from __future__ import annotations

import asyncio
import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import kpa_model as kpa
from kpa_model.cooperative.people import Status
from kpa_model.errors import BrokenStep, Problem, UnreadableFile
from kpa_model.files.book.book_reader import read_book
from kpa_model.files.book.books import xlsx_of
from kpa_model.files.book.writing import table_values
from kpa_model.pay.advice import missing_facts
from kpa_model.pay.engine import settle_months
from kpa_model.pay.rule import PayRule
from kpa_model.pay.rule_file import loads
from kpa_model.pay.step import known_steps
from kpa_model.places import data
from kpa_model.ui import at_rest
from kpa_model.ui import library as libraries
from kpa_model.ui import state as states
from kpa_model.ui.library import (
    find_again,
    library,
    months_in,
    own_rules,
    put_away,
    read_named,
    rules_away,
    save_rule,
    settled_until,
)
from kpa_model.ui.screens.share.importing import OurFiles
from kpa_model.ui.screens.share.typed_month import TypedMonth
from kpa_model.ui.state import OURS, Store, book_of, open_store, rules_by_name
from kpa_model.whole_file import CannotWrite
from tests.unit.test_months_told import made_book


@pytest.fixture(autouse=True)
def personal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    return tmp_path


def rule(title: str, *names: str) -> PayRule:
    return PayRule(title, tuple(known_steps()[name]() for name in names or ("parts_egales",)))


def test_a_first_store_opens_on_the_example_cooperative() -> None:
    state = open_store().state
    assert state.book == "tilleuls"
    assert state.month in [month.label for month in months_in(read_named("tilleuls")[0])]
    assert set(state.compared) <= set(library())


def test_what_is_changed_is_found_again_by_another_store() -> None:
    open_store().update(ours=rule("À nous", "frais_directs", "plancher"), month="2025-05", person="Awa")
    again = open_store().state
    assert again.ours == rule("À nous", "frais_directs", "plancher")
    assert (again.month, again.person) == ("2025-05", "Awa")
    assert not open_store().can_undo


def test_a_book_that_a_correction_broke_stays_the_chosen_one(personal: Path) -> None:
    """The screens say what to mend in it; nothing that was being done is put aside."""
    shutil.copytree(data() / "tilleuls", personal / "cooperatives" / "Nous")
    store = open_store()
    store.open_book("Nous")
    store.update(ours=rule("À nous", "plancher"))
    invoices = personal / "cooperatives" / "Nous" / "factures.csv"
    whole = invoices.read_bytes()
    invoices.write_bytes(whole.replace(b"360,00", b"beaucoup"))
    again = open_store().state
    assert (again.book, again.ours) == ("Nous", rule("À nous", "plancher"))
    assert not (personal / "atelier.ancien").exists()
    with pytest.raises(UnreadableFile, match="beaucoup"):
        book_of(again)
    assert "Nous (à corriger)" in str(kpa.choose_book(open_store()).children[0].options)
    invoices.write_bytes(whole)
    assert open_store().state == again


def test_every_ready_rule_survives_the_disk() -> None:
    for each in library().values():
        open_store().update(ours=each)
        assert open_store().state.ours == each


def test_views_are_told_after_each_change_and_only_then() -> None:
    store, seen = open_store(), []
    store.watch(lambda: seen.append(store.state.month))
    store.update(month="2025-05")
    store.update(month="2025-05")
    assert seen[1:] == ["2025-05"]


def test_a_view_that_fails_stops_neither_the_others_nor_the_disk() -> None:
    store, seen = open_store(), []
    store.watch(lambda: seen.append(1 / (store.state.month != "2025-05")))
    store.watch(lambda: seen.append(store.state.month))
    with pytest.raises(ZeroDivisionError):
        store.update(month="2025-05")
    assert seen[-1] == "2025-05"
    assert open_store().state.month == "2025-05"


def test_a_view_may_change_the_state_again() -> None:
    store = open_store()
    store.watch(lambda: store.update(person="Awa") if store.state.month == "2025-05" else None)
    store.update(month="2025-05")
    assert (open_store().state.month, open_store().state.person) == ("2025-05", "Awa")


def test_undo_brings_back_each_rule_in_turn_and_nothing_else() -> None:
    store = open_store()
    first = store.state.ours
    store.update(ours=rule("Deux"))
    store.update(month="2025-05")
    store.update(ours=rule("Trois"))
    assert store.undo()
    assert store.state.ours.title == "Deux"
    assert store.undo()
    assert store.state.ours == first
    assert store.state.month == "2025-05"
    assert not store.undo()
    assert open_store().state.ours == first


def test_undo_forgets_what_is_very_old() -> None:
    store = open_store()
    for at in range(states.UNDO_DEPTH + 20):
        store.update(ours=rule(f"Règle {at}"))
    undone = 0
    while store.undo():
        undone += 1
    assert undone == states.UNDO_DEPTH


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "\x00", '{"book": 3}', '{"compared": [["a"]]}', '{"compared": null}', '{"compared": []}'],
)
def test_a_damaged_file_is_put_aside_and_the_workshop_opens(personal: Path, text: str) -> None:
    (personal / "atelier.json").write_text(text, encoding="utf-8")
    assert open_store().state.book == "tilleuls"
    assert (personal / "atelier.ancien").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("field", ["book", "month", "today", "person", "order", "told", "span", "compared"])
@pytest.mark.parametrize("value", ["inconnu", 7, None, ["tilleuls"], {}])
def test_any_other_value_in_the_file_still_opens_a_state_that_means_something(
    personal: Path, field: str, value: object
) -> None:
    open_store().update(ours=rule("À nous"))
    path = personal / "atelier.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), field: value}), encoding="utf-8")
    state = open_store().state
    months = [month.label for month in months_in(book_of(state))]
    assert state.month in months
    assert state.today in library()
    assert set(state.compared) <= {OURS, *library()}
    assert state.told in {OURS, *library()}
    assert int(state.span) > 0
    if value == "inconnu" and field != "compared":
        assert state.ours == rule("À nous"), "an unknown name must not cost the group its rule"


def test_a_rule_that_no_longer_exists_leaves_the_workshop_on_known_rules(personal: Path) -> None:
    path = save_rule(rule("Essai"), "essai")
    open_store().update(today="essai", compared=("essai", "heures"), told="essai")
    path.unlink()
    state = open_store().state
    assert (state.today, state.compared, state.told) == ("parts_egales", ("heures",), OURS)


def test_a_saved_rule_is_read_again_when_its_file_changes(personal: Path) -> None:
    path = save_rule(rule("Essai"), "essai")
    assert library()["essai"] == rule("Essai")
    save_rule(rule("Essai bis", "par_heures"), "essai")
    assert library()["essai"] == rule("Essai bis", "par_heures")
    assert "parts_egales" in path.with_suffix(".ancien").read_text(encoding="utf-8")
    path.write_text("etapes: [rien du tout", encoding="utf-8")
    assert "essai" not in library()


def test_a_group_may_keep_its_own_rule_under_the_name_of_a_ready_one() -> None:
    save_rule(rule("Parts égales", "frais_directs", "parts_egales"), "parts_egales")
    assert library()["parts_egales"].steps[0].name == "frais_directs"
    assert next(iter(library())) == "parts_egales"


def test_months_settled_little_by_little_are_the_months_settled_at_once() -> None:
    months, each = months_in(read_named("tilleuls")[0]), library()["minimum_et_heures"]
    whole = settle_months(each, months)
    for last in (5, 2, 23, 11):
        found = settled_until(read_named("tilleuls")[0], each, months[last].label)
        assert [one.pay.tolist() for one in found] == [one.pay.tolist() for one in whole[: last + 1]]
    assert len(settled_until(read_named("tilleuls")[0], each, "1999-01")) == len(months)


def test_a_rule_already_settled_is_not_settled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = []

    def counting(*given: object) -> object:
        counted.append(given)
        return original(*given)

    original = libraries.settle_each
    monkeypatch.setattr(libraries, "settle_each", counting)
    libraries._run.cache_clear()
    for month in ("2025-06", "2025-03", "2025-09"):
        settled_until(read_named("tilleuls")[0], rule("Une"), month)
    assert len(counted) == 1
    settled_until(read_named("tilleuls")[0], rule("Autre", "par_heures"), "2025-06")
    assert len(counted) == 2


def test_a_rule_that_breaks_in_the_middle_breaks_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaking(_rule: object, months: tuple) -> object:
        yield from settle_months(rule("Une"), months[:2])
        raise BrokenStep(Problem("Étape 1", "cassée.", "Retirez-la."))

    monkeypatch.setattr(libraries, "settle_each", breaking)
    libraries._run.cache_clear()
    for _ in range(2):
        with pytest.raises(BrokenStep):
            settled_until(read_named("tilleuls")[0], rule("Une"), "2025-09")
    assert len(settled_until(read_named("tilleuls")[0], rule("Une"), "2025-02")) == 2
    libraries._run.cache_clear()


def test_a_slider_that_moves_does_not_wait_for_the_disk_and_nothing_of_it_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, other = open_store(), open_store()
    ours = store.state.ours

    def kept() -> str:
        return open_store().state.ours.title

    async def moves() -> None:
        for name in ("un", "deux", "trois"):
            store.update("un geste", ours=replace(ours, title=name))
        assert kept() == "un"  # the first move is kept at once, as any change
        other.update(person="Malika")  # another page, meanwhile
        store.update("un geste", ours=replace(ours, title="quatre"))
        await asyncio.sleep(2 * at_rest.REST)
        assert kept() == "quatre"
        assert open_store().state.person == "Malika"
        store.update("un geste", ours=replace(ours, title="cinq"))
        monkeypatch.setattr("kpa_model.ui.state._save", refuse)
        await asyncio.sleep(2 * at_rest.REST)
        with pytest.raises(CannotWrite, match="plus de place"):  # what the disk refused is said at the next change
            store.update("un autre geste", ours=replace(ours, title="six"))

    def refuse(*_: object) -> None:
        raise CannotWrite(Problem("Enregistrement", "plus de place.", "Faites de la place."))

    asyncio.run(moves())


def test_a_state_without_a_file_stays_in_memory(personal: Path) -> None:
    Store(replace(open_store().state)).update(month="2025-05")
    assert not (personal / "atelier.json").exists()


def test_an_unknown_book_is_refused_by_name() -> None:
    with pytest.raises(UnreadableFile, match="nulle part"):
        read_named("nulle part")


def test_a_rule_put_away_is_found_again_even_when_its_name_is_taken() -> None:
    rule = loads("titre: La nôtre\netapes: [parts_egales]")
    save_rule(rule, "la_notre")
    put_away("la_notre")
    assert "la_notre" in rules_away()
    assert "la_notre" not in own_rules()
    save_rule(rule, "la_notre")
    assert find_again("la_notre") == "la_notre_2"
    assert library()["la_notre_2"] == replace(rule, title="La nôtre 2")  # two with one name never stand side by side
    assert "la_notre" not in rules_away()
    for name in ("la_notre", "la_notre_2"):
        put_away(name).unlink()


def test_a_spare_kernel_reads_ahead_and_a_page_reads_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    states.read_ahead()
    monkeypatch.setattr(libraries.book_reader, "read_book", lambda _: pytest.fail("read twice"))
    assert months_in(read_named(open_store().state.book)[0])


def test_a_book_without_points_first_compares_rules_that_can_share_it(personal: Path) -> None:
    place = personal / "cooperatives" / "Nous"
    shutil.copytree(data() / "tilleuls", place)
    store = Store(open_store().state, personal / "atelier.json")
    store.open_book("Nous")
    assert store.state.compared == states.FIRST_RULES
    points = place / "declarations.csv"
    points.write_text(points.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    store.open_book("Nous")
    assert store.state.compared == states.WITHOUT_POINTS
    months = months_in(book_of(store.state))
    rules = rules_by_name(store.state)
    assert not any(missing_facts(rules[name], month) for name in store.state.compared for month in months)
    store.update(compared=("heures",))  # what a group chose stays
    store.open_book("Nous")
    assert store.state.compared == ("heures",)


@pytest.mark.parametrize("change", ["corrected", "removed", "added"])
def test_what_was_read_ahead_gives_way_to_files_that_changed(personal: Path, change: str) -> None:
    place = personal / "cooperatives" / "nous"
    shutil.copytree(data() / "tilleuls", place)
    Store(open_store().state, personal / "atelier.json").open_book("nous")
    states.read_ahead()
    before = read_named("nous")[0]
    hours = place / "heures.csv"
    if change == "removed":
        (place / "achats.csv").unlink()
    elif change == "added":
        (place / "notes.txt").write_text("Bonjour")
    else:
        lines = hours.read_text(encoding="utf-8").splitlines(keepends=True)
        hours.write_text("".join(lines[:-1]), encoding="utf-8")
    after = read_named("nous")[0]
    assert after is not before
    assert (after.hours != before.hours, after.costs != before.costs) == (
        change == "corrected", change == "removed"
    )  # fmt: skip


def test_two_questions_answered_before_the_first_is_read_are_both_answered(personal: Path) -> None:
    given = {
        "heures.csv": "personne;date;duree\nNadia;02/09/2026;3h\nOmar;03/09/2026;2h",
        "ventes.csv": "Numéro;Date;Client;Montant TTC\nF1;10/09/2026;Ville;240\nF2;11/09/2026;Lune;120",
    }
    files = OurFiles(open_store())
    files.given({"new": [{"name": name, "content": text.encode()} for name, text in given.items()]})
    seen = {doubt.topic: card for (_, doubt), card in files.questions.cards.items()}
    buttons = {topic: card.children[1].children[0] for topic, card in seen.items() if topic in ("genre", "taux")}
    assert len(buttons) == 2
    for button in buttons.values():  # those the page shows when the first is pressed
        assert button.comm is not None  # a closed button hears nothing
        button.click()
    assert [doubt.topic for _, doubt in files.questions.cards] == ["personnes.cape"]
    assert "Question 1 sur 1." in files.asked.children[0].children[0].value
    assert all(button.comm is None for button in buttons.values())


def test_a_file_for_each_person_is_one_question_or_one_by_one(personal: Path) -> None:
    hours = "date;duree;genre\n02/09/2026;{}h;commun\n03/09/2026;2h;commun"
    given = [
        {"name": f"Pointage_{who}_sept2026.csv", "content": hours.format(at).encode()}
        for at, who in enumerate(("Leïla", "Marcus", "Nadia"), 1)
    ]
    for gesture, cards in (("Oui, pour tous", 0), ("Répondre fichier par fichier", 3)):
        files = OurFiles(open_store())
        files.given({"new": given})
        shared = [card for card in files.asked.children if "Ces 3 fichiers" in card.children[0].value]
        assert len(shared) == 1
        assert all(who in shared[0].children[0].value for who in ("Leïla", "Marcus", "Nadia"))
        next(each for each in shared[0].children[1].children if each.description == gesture).click()
        asked = [card.children[0].value for card in files.asked.children]
        assert sum("De qui sont ces heures" in each for each in asked) == cards
        assert any("Qui a un CAPE" in each for each in asked) == (not cards)


def test_a_file_given_by_mistake_is_taken_back(personal: Path) -> None:
    files = OurFiles(open_store())
    names = ("heures.csv", "recettes.csv")
    hours = "personne;date;duree;genre\nAwa;02/09/2026;3h;commun"
    files.given({"new": [{"name": names[0], "content": hours.encode()}]})
    assert [each.description for each in files.chips.children] == [f"✕ {names[0]}"]
    everybody = next(
        each
        for row in files.asked.children[0].children[1:]
        for each in getattr(row, "children", ())
        if each.description == "Oui, un CAPE"
    )
    everybody.click()
    left = [card.children[0].value for card in files.asked.children]
    files.given({"new": [{"name": names[1], "content": b"Stand;Vu\nA;x\nB;y"}]})
    assert [each.description for each in files.chips.children] == [f"✕ {name}" for name in names]
    files.chips.children[1].click()
    assert [name for name, _ in files.files] == ["heures.csv"]
    assert files.proposal is not None
    assert "recettes" not in files.told.value + files.understood.value
    assert [card.children[0].value for card in files.asked.children] == left  # what was answered is not asked again
    assert "heures.csv" in files.understood.value
    assert [each.description for each in files.chips.children] == ["✕ heures.csv", "↩ Remettre recettes.csv"]
    files.chips.children[1].click()
    assert [name for name, _ in files.files] == [*names]
    assert [each.description for each in files.chips.children] == [f"✕ {name}" for name in names]


def test_all_but_the_ticked_boxes_are_chosen_in_two_gestures(personal: Path) -> None:
    rows = "\n".join(f"{who};02/09/2026;3h" for who in ("Awa", "Bruno", "Élodie", "Zoé"))
    files = OurFiles(open_store())
    files.given({"new": [{"name": "heures.csv", "content": f"personne;date;duree\n{rows}".encode()}]})
    card = next(each for each in files.asked.children if "Qui a un CAPE" in each.children[0].value)
    boxes, gestures = card.children[1:]
    assert [each.description for each in boxes.children] == ["Awa", "Bruno", "Élodie", "Zoé"]
    boxes.children[1].value = True
    next(each for each in gestures.children if "sauf" in each.description).click()
    assert files.recipe.answers["personnes.cape"] == "Awa|Élodie|Zoé"
    assert files.proposal is not None
    assert any("sans CAPE, donc sans part : Bruno." in each for each in files.proposal.heeded)


def test_an_answer_clicked_by_mistake_is_taken_back_and_those_of_the_months_before_are_asked_again(
    personal: Path,
) -> None:
    def shown(button: Any) -> bool:
        return button.layout.display != "none"

    def press(files: OurFiles, label: str) -> None:
        rows = [row for card in files.asked.children for row in card.children[1:]]
        buttons = [each for row in rows for each in getattr(row, "children", ())]
        next(each for each in buttons if each.description == label).click()

    def hours(day: str) -> dict[str, Any]:
        given = {
            "heures.csv": f"personne;date;duree\nAwa;{day};3h",
            "factures.csv": "facture;date;client;montant_ht;taux_tva\nF1;05/09/2026;Ville;100,00;20 %",
        }
        return {"new": [{"name": name, "content": text.encode()} for name, text in given.items()]}

    files = OurFiles(open_store())
    files.given(hours("02/09/2026"))
    asked = [card.children[0].value for card in files.asked.children]
    assert not shown(files.rethink)
    press(files, "Formation")
    assert shown(files.rethink)
    files.rethink.click()
    assert [card.children[0].value for card in files.asked.children] == asked
    assert not shown(files.rethink)
    press(files, "Commun")
    press(files, "Oui, un CAPE")
    files.name.value = "Les Lents"
    files.keep()
    assert read_named("Les Lents")[0].hours[0].kind == "commun"
    files.given(hours("02/10/2026"))
    assert not files.asked.children
    files.anew.click()
    press(files, "Appui")
    press(files, "Oui, un CAPE")
    assert files.proposal is not None
    assert files.proposal.reading is not None
    assert {each.kind for each in files.proposal.reading.book.hours if each.on.month == 10} == {"appui"}
    for _ in range(3):  # the answers of the months before are back
        files.rethink.click()
    assert not files.asked.children


def test_a_book_just_typed_can_receive_files(personal: Path) -> None:
    store = open_store()
    files, typed = OurFiles(store), TypedMonth(store)
    typed.name.value, typed.people.value = "Les Typés", "Awa, Léo"
    typed.begin()
    assert [name for _, name in files.target.options] == ["", "Les Typés"]
    assert files.target.value == ""


def test_who_has_no_cape_is_said_when_a_book_begins_and_the_whole_book_leaves_as_a_workbook(personal: Path) -> None:
    typed = TypedMonth(open_store())
    typed.name.value, typed.people.value, typed.unpaid.value = "Les Écrits", "Awa, Léo, Zoé", "zoe"
    typed.begin()
    assert typed.folder is not None
    book = read_book(typed.folder).book
    assert [[each.status for each in member.spells] for member in book.members] == [["cape"], ["cape"], ["benevole"]]
    typed.keep(lambda _: {"commandes": ([{"commande": "C1", "date": date(2026, 11, 3)}], [])}, "C1")
    place = personal / "les_ecrits.xlsx"
    place.write_bytes(xlsx_of(read_book(typed.folder).book))
    again = read_book(place).book
    assert (again.members, again.orders) == (book.members, read_book(typed.folder).book.orders)
    bill = {"facture": "F1", "commande": "C1", "date": date(2026, 11, 4), "montant_ht": 1000, "taux_tva": 0}
    typed.keep(lambda _: {"factures": ([bill], [])}, "F1")
    order = table_values(read_book(typed.folder).book)["commandes"]
    with pytest.raises(UnreadableFile, match=r"« C1 » : il sert encore dans les factures \(1\sligne\)"):
        typed.keep(lambda _: {"commandes": ([], order)}, "C1")
    typed.undo()
    typed.undo()
    assert ": C1." in typed.said.value
    assert "est annulé" in typed.said.value
    other = TypedMonth(open_store())
    other.begun = ""
    other.name.value, other.people.value, other.unpaid.value = "Les Autres", "Awa", "Bruno"
    with pytest.raises(UnreadableFile, match="Bruno : pas dans la liste"):
        other.begin()


def test_one_new_person_is_asked_about_in_one_gesture(personal: Path) -> None:
    given = {
        "heures.csv": "personne;date;duree;genre\nHélène;02/09/2026;3h;commun",
        "f.csv": "Numéro;Date;HT;TVA\n1;02/09/2026;9;0",
    }
    for gesture, paid in (("Oui, un CAPE", "Hélène"), ("Non, pas de CAPE", "")):
        files = OurFiles(open_store())
        files.given({"new": [{"name": name, "content": text.encode()} for name, text in given.items()]})
        (card,) = files.asked.children
        assert "Hélène\xa0: un CAPE" in card.children[0].value
        (row,) = card.children[1:]
        next(each for each in row.children if each.description == gesture).click()
        assert not files.asked.children
        assert files.recipe.answers["personnes.cape"] == paid


def test_files_of_another_group_go_to_a_book_of_their_own_in_one_gesture(personal: Path) -> None:
    def given(*people: str) -> dict[str, Any]:
        rows = [f"{who};0{at}/09/2026;3h;commun" for at, who in enumerate(people, 1)]
        tables = {
            "heures.csv": "\n".join(["personne;date;duree;genre", *rows]),
            "factures.csv": f"facture;date;client;montant_ht;taux_tva\n{people[0]};05/09/2026;Ville;100,00;20 %",
        }
        return {"new": [{"name": name, "content": text.encode()} for name, text in tables.items()]}

    def press(files: OurFiles, label: str) -> None:
        rows = [row for card in files.asked.children for row in card.children[1:]]
        next(e for row in rows for e in getattr(row, "children", ()) if e.description == label).click()

    files = OurFiles(open_store())
    files.given(given("Awa", "Ben"))
    press(files, "Toutes ces personnes")
    files.name.value = "Les Lilas"
    files.keep()
    files.given(given("Chloé", "Driss"))
    assert files.target.value == "Les Lilas"
    press(files, "non : c'est un autre groupe")
    assert files.target.value == ""
    press(files, "Toutes ces personnes")
    assert files.refused.value == ""
    files.name.value = "Les Pins"
    files.keep()
    assert {each.name for each in read_named("Les Lilas")[0].members} == {"Awa", "Ben"}
    assert {each.name for each in read_named("Les Pins")[0].members} == {"Chloé", "Driss"}


def test_the_month_to_show_has_sales_and_hours_else_sales() -> None:
    book = made_book()
    assert libraries.month_to_show(book) == "2026-03"
    assert (
        libraries.month_to_show(replace(book, hours=tuple(each for each in book.hours if each.on.month < 3)))
        == "2026-02"
    )
    assert libraries.month_to_show(replace(book, hours=())) == "2026-03"
    assert libraries.month_to_show(replace(book, lines=())) == ""


def test_whose_amount_is_shown_first_worked_and_may_be_paid() -> None:
    book = made_book()
    first, *others = book.members
    without = replace(first, spells=tuple(replace(spell, status=Status.VOLUNTEER) for spell in first.spells))
    kept = replace(book, members=(without, *others))
    shown = libraries.person_to_show(kept, "2026-03")
    assert shown != first.name
    assert any(each.member == shown and each.on.month == 3 for each in book.hours)
    rested = replace(kept, hours=tuple(each for each in kept.hours if each.member == first.name))
    assert libraries.person_to_show(rested, "2026-03") in {each.name for each in others}
    assert libraries.person_to_show(kept, "2031-01") == first.name
