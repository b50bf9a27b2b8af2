"""What a person computes for herself on her phone: the figures of the workbook's own screen, and no trace anywhere."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import kpa_model as kpa
from kpa_model.benefits.in_hand import in_hand
from kpa_model.benefits.layers import band
from kpa_model.benefits.situations import BENEFITS
from kpa_model.declare.page import Sentence
from kpa_model.declare.unit import EURO
from kpa_model.server import lens as page
from kpa_model.story.pay import lens
from kpa_model.ui.screens.share import in_hand_parts
from kpa_model.words import round_euros
from tests.contract.readable import faults
from tests.live_server import Served, Visitor
from tests.notebooks.screens import named, text

DAY = date(2026, 6, 15)
AMOUNTS = {"montant": "1237,41", "conjoint": "1579,39", "are": "1168,53"}
FOLDER: dict[str, Path] = {}
USUAL = {**lens.USUAL, "montant": "150"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    opened = Served(str(FOLDER.setdefault("at", tmp_path_factory.mktemp("lentille")) / "ateliers.sqlite"))
    yield opened
    opened.stop()


@pytest.fixture(autouse=True)
def _in_june(monkeypatch: pytest.MonkeyPatch) -> None:
    class June(date):
        @classmethod
        def today(cls) -> date:
            return DAY

    monkeypatch.setattr(in_hand_parts, "date", June)
    monkeypatch.setattr(page, "date", June)


def plain(html: str) -> str:
    """Return the words alone; letters are another test."""
    return re.sub(r"[\s\u00a0\u202f]+", " ", re.sub(r"<[^>]+>", " ", html)).replace("’", "'")


def ask(served: Served, **typed: str) -> Visitor:
    visitor = served.browser()
    visitor.token = ""
    visitor.post("/en-main", **typed)
    return visitor


CASES = [
    {}, {"rythme": "chaque"}, {"foyer": "couple", "conjoint": "900"}, {"enfants": "1", "cas.majore": "oui"},
    {"aide": "ass"}, {"aide": "ass", "ass": "3"}, {"aide": "are", "are": "1000", "rythme": "chaque"},
    {"aide": "aah", "enfants": "2"}, {"aide": "aucune"}, {"cas.age": "", "cas.loge": "", "montant": "1 234,56 €"},
]  # fmt: skip


@pytest.mark.parametrize("changed", CASES, ids=str)
def test_a_phone_says_what_the_screen_of_the_workbook_says(served: Served, changed: dict[str, str]) -> None:
    typed = {**USUAL, **changed}
    said = plain(ask(served, **typed).text)
    screen = kpa.my_lens()
    named(screen, "Mon foyer").value = typed["foyer"]
    named(screen, "Enfants à charge").value = typed["enfants"]
    named(screen, "Mon aide principale").value = typed["aide"]
    named(screen, lens.HOUSED).value = bool(typed["cas.loge"])
    named(screen, lens.OLD).value = bool(typed["cas.age"])
    named(screen, lens.RECENT).value = bool(typed.get("cas.majore"))
    named(screen, lens.ALLOWANCE).value = typed.get("are", "")
    named(screen, lens.PARTNER).value = typed.get("conjoint", "")
    named(screen, lens.USED).value = typed["ass"]
    for at in (1, 2, 3) if typed["rythme"] == "chaque" else (3,):
        named(screen, f"Paie nette, mois {at}").value = typed["montant"]
    shown = plain(text(screen))
    day = DAY
    answer, wrong = lens.asked().read(typed)
    assert not wrong
    seen = in_hand(lens.said_by(answer), lens.pays(answer, day)[0], day)
    sentences = [each for _, card in lens.cards(lens.said_by(answer), seen, day) for each in card]
    assert len(sentences) >= 5
    for each in sentences:
        assert plain(each).rstrip(" !?:") in said
        assert plain(each) in shown


def test_a_total_cost_gives_a_band(served: Served) -> None:
    said = plain(ask(served, **{**USUAL, "sorte": "cout", "rythme": "chaque", "montant": "400"}).text)
    answer, _ = lens.asked().read({**USUAL, "sorte": "cout", "rythme": "chaque", "montant": "400"})
    low, high = (
        in_hand(lens.said_by(answer), [int(each.net(400_00))] * 3, DAY) for each in (band(DAY).low, band(DAY).high)
    )
    assert int(low.kept) < int(high.kept)
    assert plain(f"de {round_euros(int(low.kept))} à {round_euros(int(high.kept))}") in said
    assert "La CAE sait où vous êtes entre les deux." in said


@pytest.mark.parametrize("benefit", BENEFITS)
@pytest.mark.parametrize("kind", lens.KINDS)
def test_each_answer_says_that_it_is_to_be_checked_and_with_whom(served: Served, benefit: str, kind: str) -> None:
    visitor = ask(served, **{**USUAL, "aide": benefit, "sorte": kind, "are": "1000"})
    said = plain(visitor.text)
    assert visitor.status == 200
    assert "Indicatif, à vérifier. Demandez à la CAF, France Travail ou la CAE." in said
    assert "Rien n'est gardé" in said


def test_the_page_says_that_the_wifi_is_not_ciphered(served: Served) -> None:
    visitor = served.browser()
    assert visitor.get("/en-main") == 200
    said = plain(visitor.text)
    assert "Le Wi-Fi de la salle n'est pas chiffré." in said
    assert "Rien n'est gardé" in said
    assert "<script" not in visitor.text
    assert not re.search(r"\w'\w", visitor.text)  # no script curls the apostrophes of a page without script


def test_every_page_of_a_guest_leads_there_and_the_room_does_not(served: Served) -> None:
    newcomer, guest = served.browser(), served.guest("Blaireau")
    newcomer.get("/")
    for visitor, where in ((newcomer, "/"), (newcomer, "/nulle-part"), (guest, "/"), (guest, "/moi")):
        visitor.get(where)
        assert 'href="/en-main"' in visitor.text, where
    room = served.facilitator()
    assert "/en-main" not in room.text


def test_nothing_typed_is_found_anywhere(
    served: Served, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    before = served.log.read(served.id)
    visitor = served.guest("Castor")
    cookies, events = dict(visitor.cookies), served.log.read(served.id)
    assert len(events) == len(before) + 1
    for benefit in BENEFITS:
        typed = {**USUAL, **AMOUNTS, "aide": benefit, "foyer": "couple"}
        assert visitor.post("/en-main", **typed) == 200
        assert visitor.headers["cache-control"] == "no-store"
        assert "set-cookie" not in visitor.headers
        assert "location" not in visitor.headers
        assert 'method="post"' in visitor.text
        assert 'method="get"' not in visitor.text
    assert visitor.post("/en-main", **{**USUAL, **AMOUNTS, "are": "1168,53x"}) == 422

    def broken(*_: object) -> None:
        raise ValueError(AMOUNTS["montant"])

    monkeypatch.setattr(lens, "page", broken)
    assert visitor.post("/en-main", **{**USUAL, **AMOUNTS}) == 500
    assert AMOUNTS["montant"] not in visitor.text
    assert served.log.read(served.id) == events
    assert visitor.cookies == cookies
    assert "lens: ValueError" in caplog.text
    said = capfd.readouterr()
    kept = [said.out, said.err, caplog.text, repr(vars(served.workshop))]
    kept += [each.read_bytes().decode("latin-1") for each in FOLDER["at"].iterdir() if each.is_file()]
    assert any("Castor" in each for each in kept)  # the search does find what is kept
    for typed in AMOUNTS.values():
        for written in (typed, typed.replace(",", "."), str(EURO.exact(typed))):
            assert not [each for each in kept if written in each]


HOSTILE = [
    ("montant", "<script>alert(1)</script>"), ("montant", "1e9999"), ("montant", "-5"), ("montant", "9" * 5000),
    ("montant", "nan"), ("montant", "12,345"), ("montant", "10001"), ("montant", ""), ("montant", "\x00"),
    ("enfants", "7"), ("enfants", "-1"), ("enfants", "1,5"), ("ass", "4"), ("aide", "roi"), ("aide", ""),
    ("foyer", "'; drop table events"), ("are", "∞"), ("conjoint", "٣" * 10), ("sorte", "brut"), ("rythme", "jamais"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "typed"), HOSTILE, ids=str)
def test_a_strange_answer_is_refused_in_french(served: Served, name: str, typed: str) -> None:
    visitor = ask(served, **{**USUAL, name: typed})
    assert visitor.status == 422
    assert f'id="faute-{name}"' in visitor.text
    assert "<script" not in visitor.text
    assert "Traceback" not in visitor.text
    assert len(visitor.text) < 30_000


def test_other_sites_long_bodies_and_addresses_are_refused(served: Served) -> None:
    visitor = served.browser()
    assert visitor.post("/en-main", {"Sec-Fetch-Site": "cross-site"}, **USUAL) == 403
    assert visitor.post("/en-main", {"Host": "exemple.org"}, **USUAL) == 421
    assert visitor.post("/en-main", montant="9" * 70_000) == 413
    assert visitor.ask("POST", "/en-main", b"{}", {"Content-Type": "application/json"}) == 400
    assert visitor.get("/en-main?montant=43,21&aide=rsa") == 200
    assert "43,21" not in visitor.text


def test_zero_says_what_to_type(served: Served) -> None:
    assert "Écrivez un montant plus grand que zéro." in plain(ask(served, **{**USUAL, "montant": "0"}).text)


def test_what_the_phone_reads_is_plain() -> None:
    answer, _ = lens.asked().read({**USUAL, "sorte": "cout"})
    said = [part.text for part in lens.page(answer, DAY) if isinstance(part, Sentence)]
    assert len(said) >= 3
    assert [fault for each in said for sentence in re.split(r"(?<=[.?])\s+", each) for fault in faults(sentence)] == []
