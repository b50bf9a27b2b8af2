"""Guessing codes, cookies of another workshop, replays, scripts in names: what is let through, what is not."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from kpa_model.server.arrivals import Arrivals
from kpa_model.workshop.seat import PHONE
from tests.live_server import AMOUNT, Served, Visitor


@pytest.fixture
def served(base: str) -> Iterator[Served]:
    opened = Served(base)
    yield opened
    opened.stop()


def to_the_question(served: Served) -> None:
    animator = served.facilitator()
    animator.act(geste="suivant")
    animator.act(geste="suivant")


def test_codes_cannot_be_tried_one_after_the_other(served: Served) -> None:
    visitor = served.browser()
    visitor.get("/")
    wrong = "000000" if served.workshop.code != "000000" else "111111"
    statuses = [visitor.post("/entrer", code=wrong, nom="Intrus") for _ in range(12)]
    assert statuses == [422] * 10 + [429] * 2
    assert "trop d'essais" in visitor.text
    assert int(visitor.headers["retry-after"]) > 200
    assert visitor.post("/entrer", code=served.workshop.code, nom="Intrus") == 429  # even the right one
    assert not served.workshop.live.people


def test_codes_cannot_be_tried_from_new_browsers_either_and_one_does_not_stop_the_others(
    served: Served,
) -> None:
    wrong = "000000" if served.workshop.code != "000000" else "111111"
    tries = served.application.settings["limits"]["codes_address"].most
    for _ in range(11):
        first = served.browser()
        first.get("/")
    for _ in range(12):
        first.post("/entrer", code=wrong, nom="Intrus")
    served.guest("Renard")  # at the same address: one person who mistypes does not close the door to forty
    for _ in range(tries):
        visitor = served.browser()
        visitor.get("/")
        visitor.post("/entrer", code=wrong, nom="Intrus")
    assert visitor.status == 429


@pytest.mark.parametrize("script", ["\u0660", "\u0966", "\uff10"], ids=["arabes", "dévanagari", "pleine chasse"])
def test_any_digit_is_a_digit(served: Served, script: str) -> None:
    written = "".join(chr(ord(script) + int(each)) for each in served.workshop.code)
    visitor = served.browser()
    visitor.get("/")
    assert visitor.post("/entrer", code=f"{written[:3]} {written[3:]}", nom="Renard") == 303


@pytest.mark.parametrize("name", ["🦊", "👩\u200d🌾", "❤\ufe0f", "★"])
def test_a_picture_is_a_name_and_two_pictures_are_two_names(served: Served, name: str) -> None:
    served.guest("🐢")
    served.guest(name)
    visitor = served.browser()
    visitor.get("/")
    assert visitor.post("/entrer", code=served.workshop.code, nom=name) == 422
    assert "déjà pris" in visitor.text


def twice(visitor: Visitor, where: str, **typed: str) -> list[int]:
    """Send the same form twice at once, as a finger that taps twice."""
    others = [Visitor(visitor.port), Visitor(visitor.port)]
    for each in others:
        each.cookies, each.token = dict(visitor.cookies), visitor.token
    with ThreadPoolExecutor() as pool:
        statuses = [*pool.map(lambda each: each.post(where, **typed), others)]
    visitor.cookies = dict(others[-1].cookies)
    return statuses


@pytest.mark.parametrize("more", [{"nom": "Maud"}, {"carte": "oui"}], ids=["nom", "carte"])
def test_a_form_tapped_twice_makes_one_person(served: Served, more: dict[str, str]) -> None:
    visitor = served.browser()
    visitor.get("/")
    typed = {**visitor.hidden(), "code": served.workshop.code, **more}
    typed.pop("_jeton")
    assert twice(visitor, "/entrer", **typed) == [303, 303]
    assert len(served.workshop.live.people) == 1
    assert visitor.get("/moi") == 200


def test_a_form_knows_its_own_name_as_soon_as_it_is_written(served: Served) -> None:
    """The second tap may be read between the write of the first and its answer."""
    door, taken = Arrivals(served.workshop), list[list[str]]()
    served.workshop.listen(lambda: taken.append(door.taken("formulaire")), everything=True)
    coming = door.join("Maud", PHONE, None, "", "formulaire")
    asyncio.run_coroutine_threadsafe(coming, served._loop).result(20)
    assert taken == [[]]


@pytest.mark.parametrize("more", [{"nom": "Maud"}, {"carte": "oui"}], ids=["nom", "carte"])
def test_a_form_sent_again_a_little_later_makes_one_person(served: Served, more: dict[str, str]) -> None:
    visitor = served.browser()
    visitor.get("/")
    typed = {**visitor.hidden(), "code": served.workshop.code, **more}
    typed.pop("_jeton")
    late = Visitor(visitor.port)
    late.cookies, late.token = dict(visitor.cookies), visitor.token
    assert [visitor.post("/entrer", **typed), late.post("/entrer", **typed)] == [303, 303]
    assert len(served.workshop.live.people) == 1


def test_a_form_tapped_twice_on_a_tablet_makes_one_person(served: Served) -> None:
    tablet = served.browser()
    tablet.get("/?partage=oui")
    tablet.post("/entrer", code=served.workshop.code, partage="oui")
    tablet.get("/")
    typed = {**tablet.hidden(), "nom": "Maud"}
    typed.pop("_jeton")
    assert twice(tablet, "/entrer", **typed) == [303, 303]
    assert [each.name for each in served.workshop.live.people.values()] == ["Maud"]


def test_two_people_who_take_one_name_at_once_are_told(served: Served) -> None:
    visitors = [served.browser() for _ in range(6)]
    for each in visitors:
        each.get("/")
    with ThreadPoolExecutor() as pool:
        statuses = [*pool.map(lambda each: each.post("/entrer", code=served.workshop.code, nom="Maud"), visitors)]
    assert sorted(statuses) == [303] + [422] * 5
    assert len(served.workshop.live.people) == 1


def test_closing_the_entry_closes_every_door(served: Served) -> None:
    tablet = served.browser()
    tablet.get("/?partage=oui")
    tablet.post("/entrer", code=served.workshop.code, partage="oui")
    served.facilitator().act(geste="fermer_entree")
    tablet.get("/")
    assert tablet.post("/entrer", nom="Chêne") == 409
    late = served.browser()
    late.get("/")
    assert late.post("/entrer", code=served.workshop.code, nom="Retard") == 409
    assert served.workshop.live.people == {}


def test_a_full_room_says_that_it_is_full(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    served.guest("Renard")
    monkeypatch.setattr("kpa_model.server.arrivals.MOST_PEOPLE", 1)
    late = served.browser()
    late.get("/")
    assert late.post("/entrer", code=served.workshop.code, nom="Chêne") == 409
    assert "elle est pleine" in late.text


def test_those_who_come_in_at_once_for_the_last_places_are_told_that_it_is_full(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    for where in ("server.arrivals", "workshop.live"):
        monkeypatch.setattr(f"kpa_model.{where}.MOST_PEOPLE", 2)
    visitors = [served.browser() for _ in range(6)]
    for each in visitors:
        each.get("/")

    def enter(at: int) -> int:
        return visitors[at].post("/entrer", code=served.workshop.code, nom=f"Chêne {at}")

    with ThreadPoolExecutor() as pool:
        statuses = [*pool.map(enter, range(6))]
    assert sorted(statuses) == [303] * 2 + [409] * 4
    refused = [each.text for each, status in zip(visitors, statuses, strict=True) if status == 409]
    assert all("elle est pleine" in text for text in refused)


def test_a_phone_that_breaks_is_replaced_and_the_old_one_is_out(served: Served) -> None:
    broken = served.guest("Renard")
    to_the_question(served)
    assert broken.answer(montant="100") == 303
    (person,) = served.workshop.live.people
    animator = served.facilitator()
    animator.get("/animation/personnes")
    assert animator.post("/animation/remplacer", qui=person) == 200
    found = re.search(r"(\d{4})\s(\d{4})", animator.text.replace("\u00a0", " "))
    assert found
    new = served.browser()
    new.get("/")
    assert new.post("/entrer", code=found[0]) == 303
    assert new.get("/moi") == 200
    assert "Renard" in new.text
    assert broken.get("/moi") == 403
    again = served.browser()
    again.get("/")
    assert again.post("/entrer", code=found[0]) == 422  # good once
    assert len(served.workshop.live.people) == 1
    (answer,) = served.workshop.live.asked[AMOUNT].answers.values()
    assert answer == {"montant": 10_000}
    assert new.answer(montant="250") == 303


def test_a_late_answer_is_refused_keeps_its_draft_and_does_not_fill_the_log(served: Served) -> None:
    guest = served.guest("Renard")
    to_the_question(served)
    guest.get("/")
    form = {**guest.hidden(), "montant": "432,17"}
    served.facilitator().act(geste="fermer")
    before = len(served.log.read(served.id))
    assert [guest.post("/repondre", **form) for _ in range(5)] == [409] * 5
    assert len(served.log.read(served.id)) == before
    served.facilitator().act(geste="rouvrir")
    guest.get("/")
    assert "432,17" in guest.text


def test_an_answer_kept_then_sent_again_after_the_closing_is_still_said_kept(served: Served) -> None:
    guest = served.guest("Renard")
    to_the_question(served)
    guest.get("/")
    form = {**guest.hidden(), "montant": "100"}
    assert guest.post("/repondre", **form) == 303
    served.facilitator().act(geste="fermer")
    assert guest.post("/repondre", **form) == 303  # the network lost the first "kept"


def test_a_cookie_of_another_workshop_opens_nothing(served: Served, tmp_path) -> None:
    other = Served(str(tmp_path / "autre.sqlite"))
    try:
        guest = other.guest("Renard")
        stranger = served.browser()
        renamed = dict(zip((served.application.settings["workshop"].id[-10:],), guest.cookies.values(), strict=True))
        stranger.cookies = {f"kpa_invite_{name}": value for name, value in renamed.items()}
        stranger.get("/")
        assert "Bienvenue" in stranger.text
        assert stranger.get("/moi") == 403
    finally:
        other.stop()


def test_a_name_with_a_script_is_only_letters_everywhere(served: Served) -> None:
    name = "<img src=x onerror=a()>"
    guest = served.guest(name)
    assert "<img" not in guest.text
    animator = served.facilitator()
    for where in ("/animation", "/animation/personnes"):
        animator.get(where)
        assert "&lt;img" in animator.text
        assert "<img" not in animator.text


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "Il manque un nom"), ("\u202e\u200b", "Il manque un nom"), ("x" * 31, "31 signes"), ("RÉNARD", "déjà pris")],
)
def test_names_that_are_refused_keep_what_was_typed(served: Served, name: str, said: str) -> None:
    served.guest("Renard")
    visitor = served.browser()
    visitor.get("/")
    assert visitor.post("/entrer", code=served.workshop.code, nom=name) == 422
    assert said in visitor.text
    assert served.workshop.code in visitor.text


def test_an_answer_replayed_counts_once_and_does_not_come_back_over_a_newer_one(served: Served) -> None:
    guest = served.guest("Renard")
    to_the_question(served)
    guest.get("/")
    first = {**guest.hidden(), "montant": "100"}
    assert guest.post("/repondre", **first) == 303
    assert guest.post("/repondre", **first) == 303  # sent twice by a poor network
    assert guest.answer(montant="250") == 303
    assert guest.post("/repondre", **first) == 303  # an old copy, kept by the network or by somebody
    (answer,) = served.workshop.live.asked[AMOUNT].answers.values()
    assert answer == {"montant": 25_000}
    assert sum(each.kind == "answered" for each in served.log.read(served.id)) == 2


def test_the_facilitator_s_key_cannot_be_tried_one_after_the_other(served: Served) -> None:
    visitor = served.browser()
    statuses = [visitor.get("/animation/entrer?jeton=faux") for _ in range(12)]
    assert statuses == [403] * 10 + [429] * 2


def test_the_facilitator_s_pages_stay_on_her_machine(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even with the right key or the right cookie, another machine of the Wi-Fi reads nothing."""
    animator = served.facilitator()
    assert animator.get("/animation") == 200
    monkeypatch.setattr("kpa_model.server.guard.is_here", lambda address: False)
    assert animator.get("/animation") == 403
    assert animator.get(f"/animation/entrer?jeton={served.key}") == 403
    assert animator.act(geste="suivant") == 403
    served.application.settings["from_afar"] = True  # the group decided otherwise
    assert animator.get("/animation") == 200


def test_what_a_guest_keeps_before_entering_opens_nothing_after(served: Served) -> None:
    """A cookie planted before the entry is replaced when the person is counted."""
    visitor = served.browser()
    visitor.get("/")
    planted = dict(visitor.cookies)
    visitor.post("/entrer", code=served.workshop.code, nom="Renard")
    assert visitor.cookies != planted
    thief = served.browser()
    thief.cookies = planted
    assert thief.get("/moi") == 403


def test_on_a_tablet_nobody_reads_the_answer_of_the_one_before(served: Served) -> None:
    to_the_question(served)
    tablet = served.browser()
    tablet.get("/?partage=oui")
    tablet.post("/entrer", code=served.workshop.code, partage="oui")
    tablet.get("/")
    tablet.post("/entrer", nom="Chêne")
    own = f"/?qui={next(iter(served.workshop.live.people))}"
    tablet.get(own)
    # A comma: keys written on the page are made of letters and digits, and may hold any number by chance.
    assert tablet.post("/repondre", **{**tablet.hidden(), "montant": "432,17"}) == 303
    for where in (own, f"{own}&changer=oui", own.replace("/?", "/moi?")):
        tablet.get(where)
        assert "432,17" not in tablet.text, where
    assert "cachée" in tablet.text
