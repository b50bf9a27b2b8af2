"""Hours noted together: nobody's own before she agrees, then the group's book, once, and undoable."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from kpa_model.command.workshop import workshop_facts_of
from kpa_model.decision.activities.our_hours import FIRST, SECOND, AnyDay, OurHours
from kpa_model.declare.unit import Refused
from kpa_model.errors import UnreadableFile
from kpa_model.files.book.book_reader import read_book
from kpa_model.files.importing.keeping import undo
from kpa_model.files.importing.past import imports_in
from kpa_model.files.importing.typing import put, start_book
from kpa_model.files.importing.week import last_is, put_week, week_change
from kpa_model.server import catalogue, forms
from kpa_model.workshop.activity import Room
from kpa_model.workshop.script_file import dumps, loads
from tests.live_server import Served, Visitor
from tests.typed_books import put_hours, put_invoice

MONDAY = date(2026, 6, 15)
WEEK = (MONDAY, date(2026, 6, 21))
NAMES = ("Awa", "Bruno", "Chloé", "Denise")
SCRIPT = """
titre: Nos heures
etapes:
- cle: nos_heures
  titre: Nos heures
  minutes: 15
  activite: {nos_heures: {semaine: 17/06/2026}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))
    place = start_book("Notre coopérative", NAMES, date(2026, 1, 1))
    put_invoice(
        place,
        {
            "facture": "F1", "libelle": "Buffet de juin", "date": date(2026, 6, 3), "montant_ht": 90_000,
            "taux_tva": 100_000,
        },
    )  # fmt: skip
    return place


def minutes(folder: Path, who: str) -> int:
    return sum(each.minutes for each in read_book(folder).book.hours if each.member == who)


def told(**people: dict[tuple[str, str], int]) -> dict[str, dict[tuple[date, date, str, str], int]]:
    return {who: {(*WEEK, *work): held for work, held in mine.items()} for who, mine in people.items()}


def seen(folder: Path, mine: dict[str, dict[tuple[date, date, str, str], int]]) -> str:
    return week_change(read_book(folder).book, MONDAY, mine).fingerprint


# --- in the book ------------------------------------------------------------------------------------------------------


def test_a_week_goes_in_the_book_to_the_minute_from_monday_to_friday(folder: Path) -> None:
    mine = told(Awa={("commun", ""): 601, ("prestation", "F1"): 3})
    put_week(folder, MONDAY, mine, seen(folder, mine), datetime(2026, 6, 21, 18))
    held = read_book(folder).book.hours
    assert [(each.on.day, each.minutes) for each in held if each.kind == "commun"] == [
        (15, 121), (16, 120), (17, 120), (18, 120), (19, 120),
    ]  # fmt: skip
    assert [(each.on.day, each.minutes, each.order) for each in held if each.order] == [
        (15, 1, "F1"), (16, 1, "F1"), (17, 1, "F1"),
    ]  # fmt: skip


def test_the_same_week_again_changes_nothing_and_another_one_replaces_it(folder: Path) -> None:
    first = told(Awa={("commun", ""): 120}, Bruno={("appui", ""): 60})
    put_week(folder, MONDAY, first, seen(folder, first), datetime(2026, 6, 21, 18))
    put_week(folder, MONDAY, first, seen(folder, first), datetime(2026, 6, 21, 19))
    assert (minutes(folder, "Awa"), minutes(folder, "Bruno"), len(imports_in(folder))) == (120, 60, 1)
    second = told(Awa={("commun", ""): 90, ("formation", ""): 30})
    change = week_change(read_book(folder).book, MONDAY, second)
    assert [(each.member, each.kind, each.before, each.after) for each in change.slots] == [
        ("Awa", "commun", 120, 90), ("Awa", "formation", 0, 30),
    ]  # fmt: skip
    put_week(folder, MONDAY, second, change.fingerprint, datetime(2026, 6, 21, 20))
    assert (minutes(folder, "Awa"), minutes(folder, "Bruno"), len(imports_in(folder))) == (120, 60, 2)


def test_what_was_typed_by_hand_stays_detailed_when_its_total_is_right_and_is_replaced_else(folder: Path) -> None:
    put_hours(folder, "Awa", date(2026, 6, 16), "commun", "", 120)
    put_hours(folder, "Awa", date(2026, 6, 13), "commun", "", 45)  # the week before
    right = told(Awa={("commun", ""): 120})
    assert week_change(read_book(folder).book, MONDAY, right).slots == ()
    more = told(Awa={("commun", ""): 180})
    put_week(folder, MONDAY, more, seen(folder, more), datetime(2026, 6, 21, 18))
    assert minutes(folder, "Awa") == 180 + 45
    undo(folder)
    assert [(each.on.day, each.minutes) for each in read_book(folder).book.hours] == [(13, 45), (16, 120)]
    assert last_is(folder, MONDAY) == ""


def test_a_difference_that_changed_since_it_was_read_is_refused_and_nothing_is_written(folder: Path) -> None:
    mine = told(Awa={("commun", ""): 120})
    read = seen(folder, mine)
    put_hours(folder, "Awa", date(2026, 6, 16), "commun", "", 30)
    with pytest.raises(UnreadableFile, match="ont changé depuis"):
        put_week(folder, MONDAY, mine, read, datetime(2026, 6, 21, 18))
    assert minutes(folder, "Awa") == 30


def test_two_windows_at_once_put_a_week_once(folder: Path) -> None:
    mine = told(Awa={("commun", ""): 120})
    read = seen(folder, mine)
    both = [
        threading.Thread(target=put_week, args=(folder, MONDAY, mine, read, datetime(2026, 6, 21, 18)))
        for _ in range(4)
    ]
    for each in both:
        each.start()
    for each in both:
        each.join(30)
    assert (minutes(folder, "Awa"), len(imports_in(folder))) == (120, 1)


def test_a_line_to_take_away_that_is_not_there_any_more_is_told(folder: Path) -> None:
    line = {"libelle": "Farine", "date": date(2026, 6, 2), "montant_ht": 1_000}
    put(folder, "achats", [line])
    put(folder, "achats", [], [line])
    with pytest.raises(UnreadableFile, match="a changé depuis"):
        put(folder, "achats", [], [line])


# --- what is asked ----------------------------------------------------------------------------------------------------


def test_a_week_over_two_months_is_asked_in_two_parts() -> None:
    form = OurHours(week="2026-07-01").form(FIRST, Room(), "p0")
    assert [each.label for each in form.fields] == [
        "Combien de temps, du 29 au 30 juin 2026 ?",
        "Combien de temps, du 1er au 5 juillet 2026 ?",
    ]
    assert OurHours(week="2026-06-17").form(FIRST, Room(), "").title == "Vos heures, du 15 au 21 juin 2026"


def test_invisible_work_comes_first_then_the_orders_under_way(folder: Path) -> None:
    facts = workshop_facts_of(str(folder), None, [], 1, loads(SCRIPT))
    assert facts["own_book"] == "Notre coopérative"
    assert "Awa" not in repr(facts)
    things = OurHours().form(FIRST, Room(facts=facts), "").fields[0].things
    assert [*things] == ["appui", "commun", "formation", "prestation:F1", "prestation"]
    assert things["prestation:F1"] == "Buffet de juin"


def test_a_group_that_has_no_month_yet_can_note_its_hours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    place = start_book("Tout neuf", ["Awa"], date(2026, 1, 1))
    assert workshop_facts_of(str(place), None, [], 1, loads(SCRIPT))["under_way"] == []


def test_more_hours_than_a_week_has_are_refused() -> None:
    form = OurHours(week="2026-06-17").form(FIRST, Room(), "")
    _, wrong = form.read({"temps.commun": "100", "temps.appui": "69"})
    assert (wrong["temps"].what, wrong["temps"].todo) == ("Le total est de 169\u00a0h.", "Gardez 168\u00a0h au plus.")


def test_orders_of_one_label_are_told_apart(folder: Path) -> None:
    sold = {"libelle": "Buffet de juin", "date": date(2026, 6, 4), "montant_ht": 40_000, "taux_tva": 100_000}
    put_invoice(folder, {**sold, "facture": "F2"})
    put(folder, "commandes", [{"commande": "C3", "date": date(2026, 6, 5)}])
    facts = workshop_facts_of(str(folder), None, [], 1, loads(SCRIPT))
    assert [each["label"] for each in facts["under_way"]] == ["C3", "Buffet de juin (F2)", "Buffet de juin (F1)"]


def test_every_wrong_time_is_said_under_its_own_box_and_nothing_is_lost() -> None:
    form = OurHours(week="2026-06-17").form(FIRST, Room(), "")
    typed = {"temps.appui": "beaucoup", "temps.commun": "2", "temps.formation": "1,40", "temps.prestation": "1,50"}
    _, wrong = form.read(typed)
    assert wrong["temps"].what.startswith("2 cases sont à corriger : Appui")
    page = str(forms.fields(form, typed, wrong)).replace("\u00a0", " ")
    assert "« beaucoup » n'est pas une durée. Écrivez par exemple 1 h 30." in page
    assert "« 1,40 » peut se lire de deux façons : 1 h 40 ou 1 h 24. Écrivez 1h40 ou 1,67, sinon 1,4." in page
    assert [re.search(r'name="([^"]*)"', each)[1] for each in re.findall(r"<input[^>]*aria-invalid[^>]*>", page)] == [
        "temps.appui", "temps.formation",
    ]  # fmt: skip
    assert all(f'value="{text}"' in page for text in typed.values())


@pytest.mark.parametrize(("typed", "read"), [("1,67", 100), ("1,4", 84), ("0,25", 15), ("1:40", 100), ("45 min", 45)])
def test_a_time_is_read_to_the_minute(typed: str, read: int) -> None:
    form = OurHours(week="2026-06-17").form(FIRST, Room(), "")
    assert form.read({"temps.commun": typed})[0]["temps"]["commun"] == read


def test_what_was_sent_is_told_without_what_was_left_empty() -> None:
    (asked,) = OurHours(week="2026-06-17").form(FIRST, Room(), "").fields
    assert asked.show(asked.read({"temps.commun": "2"})) == "Commun : réunions, accueil, entretien 2\u00a0h"


@pytest.mark.parametrize(("said", "read"), [("", ""), ("17/06/2026", "2026-06-17"), ("2026-06-17", "2026-06-17")])
def test_a_day_tells_the_week(said: str, read: str) -> None:
    assert AnyDay("semaine", "Semaine", "").read(said) == read


@pytest.mark.parametrize("said", ["31/02/2026", "lundi", "17/06"])
def test_what_is_not_a_day_is_refused(said: str) -> None:
    with pytest.raises(Refused, match="n'est pas une date"):
        AnyDay("semaine", "Semaine", "").read(said)


def test_an_agreement_is_about_the_hours_of_then() -> None:
    answers = {FIRST: {"p0": {"temps": {"commun": 60}}}, SECOND: {"p0": {"accord": "oui"}}}
    made = OurHours(week="2026-06-17")
    before = Room({"p0": "Awa"}, answers, ranks={FIRST: {"p0": 3}, SECOND: {"p0": 5}})
    after = Room({"p0": "Awa"}, answers, ranks={FIRST: {"p0": 7}, SECOND: {"p0": 5}})
    assert made.confirmed(before) == {"p0": {(*WEEK, "commun", ""): 60}}
    assert made.confirmed(after) == {}


def test_who_noted_nothing_is_told_so_before_she_agrees() -> None:
    answers = {FIRST: {"p0": {"temps": {"commun": 60}}}}
    room = Room({"p0": "Awa", "p1": "Nils"}, answers, shown=frozenset({FIRST}), alone=frozenset({"p0", "p1"}))
    told = [OurHours(week="2026-06-17").form(SECOND, room, each).intro for each in ("p0", "p1")]
    assert told == ["Vous avez noté : Commun 1\u00a0h.", "Vous n'avez rien noté."]


# --- on the real server -----------------------------------------------------------------------------------------------


@pytest.fixture
def served(folder: Path, tmp_path: Path) -> Iterator[Served]:
    catalogue.load()
    facts = workshop_facts_of(str(folder), None, [], 1, loads(SCRIPT))
    opened = Served(str(tmp_path / "ateliers.sqlite"), script=dumps(loads(SCRIPT)), facts=facts)
    yield opened
    opened.stop()


def seen_text(visitor: Visitor) -> str:
    return re.sub(r"[\s\u00a0]+", " ", re.sub(r"<[^>]+>", " ", visitor.text))


def test_a_week_noted_on_phones_goes_in_the_book_once_and_comes_out(served: Served, folder: Path) -> None:
    guests = {name: served.guest(name) for name in ("awa", "Bruno", "Chloé", "Didi")}
    animator = served.facilitator()
    animator.act(geste="suivant")
    for at, guest in enumerate(guests.values(), 1):
        assert guest.answer(**{"temps.commun": str(at), "temps.prestation:F1": "1 h 30"}) == 303, guest.text
    animator.get("/animation")
    assert "10 h" not in seen_text(animator)
    animator.act(geste="montrer")
    assert "Ensemble, nous avons donné 16 h cette semaine." in seen_text(animator)
    assert "Mettre dans nos chiffres" not in animator.text  # nobody has been asked to agree
    animator.act(geste="suivant")
    guests["awa"].get("/")
    assert "Vous avez noté : Commun 1 h, Buffet de juin 1 h 30." in seen_text(guests["awa"])
    for name, guest in guests.items():
        assert guest.answer(accord="non" if name == "Chloé" else "oui") == 303
    animator.act(geste="montrer")
    assert "3 personnes sur 4 ont donné leur accord." in seen_text(animator)
    assert "Mettre dans nos chiffres" in animator.text
    assert animator.get("/animation/nos-chiffres") == 200
    shown = seen_text(animator)
    assert "Awa" in shown
    assert "Chloé" not in shown.split("Ce qui change")[1].split("Ensemble")[0]
    assert "Qui est « Didi » dans nos chiffres ?" in shown
    didi = next(each.id for each in served.workshop.live.people.values() if each.name == "Didi")
    animator.post("/animation/nos-chiffres", geste="voir", **{**animator.hidden(), f"qui_{didi}": "Bruno"})
    assert animator.status == 422
    assert "Deux personnes seraient « Bruno »." in seen_text(animator)
    who = {f"qui_{didi}": "Denise"}
    animator.post("/animation/nos-chiffres", geste="voir", **{**animator.hidden(), **who})
    kept = animator.hidden()
    for _ in range(2):  # tapped twice
        assert animator.post("/animation/nos-chiffres", geste="mettre", **{**kept, **who}) == 303
    assert [minutes(folder, who) for who in NAMES] == [150, 210, 0, 330]
    assert len(imports_in(folder)) == 1
    animator.get("/animation/nos-chiffres")
    assert "Les heures de cette semaine sont dans nos chiffres." in seen_text(animator)
    for _ in range(2):
        assert animator.post("/animation/nos-chiffres", geste="defaire") == 303
    assert [minutes(folder, who) for who in NAMES] == [0, 0, 0, 0]
    assert len(imports_in(folder)) == 0


def test_a_shared_tablet_never_shows_hours_that_wait_for_an_agreement(served: Served) -> None:
    tablet = served.browser()
    tablet.get("/?partage=oui")
    tablet.post("/entrer", code=served.workshop.code, partage="oui")
    for name in ("Awa", "Bruno", "Chloé"):
        tablet.get("/")
        tablet.post("/entrer", nom=name)
    people = {each.name: each.id for each in served.workshop.live.people.values()}
    animator = served.facilitator()
    animator.act(geste="suivant")
    for who in people.values():
        tablet.get(f"/?qui={who}")
        assert tablet.post("/repondre", **{**tablet.hidden(), "temps.commun": "7"}) == 303
    animator.act(geste="montrer")
    animator.act(geste="suivant")
    tablet.get(f"/?qui={people['Awa']}")
    assert "Ce que vous avez noté" in tablet.text
    assert "7 h" not in seen_text(tablet)
    animator.get(f"/animation/papier?qui={people['Awa']}")
    assert "7 h" not in seen_text(animator)


def test_who_is_who_is_asked_before_any_difference_is_told(served: Served) -> None:
    guest, animator = served.guest("Dédé"), served.facilitator()
    animator.act(geste="suivant")
    guest.answer(**{"temps.commun": "2"})
    animator.act(geste="montrer", sur="oui")
    animator.act(geste="suivant")
    guest.get("/")
    guest.answer(accord="oui")
    animator.get("/animation/nos-chiffres")
    assert "Dites qui est qui" in seen_text(animator)
    assert "Rien ne change" not in seen_text(animator)
    dede = next(iter(served.workshop.live.people))
    animator.post("/animation/nos-chiffres", geste="voir", **{**animator.hidden(), f"qui_{dede}": "-"})
    assert "Rien ne change dans nos chiffres." in seen_text(animator)


def test_an_example_book_takes_nothing(tmp_path: Path) -> None:
    facts = workshop_facts_of("tilleuls", None, [], 1, loads(SCRIPT))
    opened = Served(str(tmp_path / "ateliers.sqlite"), script=dumps(loads(SCRIPT)), facts=facts)
    try:
        animator = opened.facilitator()
        animator.act(geste="suivant")
        assert animator.get("/animation/nos-chiffres") == 409
        assert "un exemple inventé" in animator.text
    finally:
        opened.stop()
