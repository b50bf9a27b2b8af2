"""The booklet: what it keeps, how it lives on the disk, what is shared, what leaves."""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import jwt
import pytest

from kpa_model.assessment import badges, booklet
from kpa_model.assessment.booklet import Booklet
from kpa_model.assessment.booklet_orders import experiences_of
from kpa_model.assessment.kept import AnswerLine, Goal, GridKept, Interview, Said, SharedFile, Talent
from kpa_model.assessment.pathway.stages import Meeting
from kpa_model.errors import UnreadableFile
from kpa_model.files.book import books
from kpa_model.files.book.book_reader import read_book
from kpa_model.files.closed import booklets, sealed

FAST = sealed.LEAST_COST
PHRASE = "quatre chats dorment sans abri"
DAY = date(2026, 3, 1)
MINE = Booklet(
    "Zéphyrine Toutencarton", date(2026, 1, 15), "Les Tilleuls",
    talents=(Talent("Je cuisine pour cent", "Le repas de quartier", DAY, "t1"),),
    goals=(Goal("Appeler la mairie", DAY, None, "g1"),),
    interviews=(Interview(Meeting.INTERVIEW, DAY, "Mon entretien", (Said("q", "Quoi ?", "J'aime coudre"),), id="i1"),),
    grids=(
        GridKept(
            "Implication", date(2026, 6, 1), (AnswerLine("a", "Accueillir", "Je fais seule", False, "Mardi"),), id="n2"
        ),
        GridKept("Implication", DAY, (AnswerLine("a", "Accueillir", "Je découvre", False, "La fête"),), id="n1"),
        GridKept("Implication", DAY, (AnswerLine("a", "Accueillir", "Je fais à deux"),), "Bruno", id="n3"),
    ),
    pauses=(booklet.TimeOff(date(2026, 4, 1)),), marks={"signature_cape": DAY},
    shares=(SharedFile("Dalila", DAY, ("t1",), ("Je cuisine pour cent",), None, "s1"),),
    phone_key="secret du téléphone",
)  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    return tmp_path


@pytest.fixture
def made():
    opened, words = booklets.create(booklet.as_data(MINE), PHRASE, FAST)
    opened.save(opened.content)
    return opened, words


def every_byte(home: Path) -> bytes:
    return b"\n".join(str(each).encode() + (each.read_bytes() if each.is_file() else b"") for each in home.rglob("*"))


# --- what it keeps


def test_a_booklet_becomes_json_with_french_names_and_comes_back():
    data = json.loads(json.dumps(booklet.as_data(MINE)))
    assert booklet.from_data(data) == MINE
    assert {"nom", "entree", "talents", "buts", "entretiens", "grilles", "partages"} <= set(data)


def test_what_is_not_a_booklet_is_refused_without_repeating_it():
    data = booklet.as_data(MINE)
    data["talents"][0]["le"] = "secret-de-la-personne"
    data["surprise"] = 1
    with pytest.raises(UnreadableFile) as caught:
        booklet.from_data(data)
    assert [each.where for each in caught.value.problems] == ["Livret, « talents, 0, le »", "Livret, « surprise »"]
    assert "secret" not in str(caught.value)
    for other in ({}, [], None, {"format": "autre"}):
        with pytest.raises(UnreadableFile, match="ce n'est pas un livret"):
            booklet.from_data(other)


def test_an_item_is_added_replaced_and_removed():
    twice = booklet.added(MINE, "goals", Goal("Appeler la mairie", DAY, DAY, "g1"))
    assert [each.done for each in twice.goals] == [DAY]
    assert booklet.removed(twice, "g1").goals == ()
    assert booklet.removed(twice, "g1").talents == MINE.talents


def test_evolution_tells_what_the_person_said_oldest_first_and_counts_nothing():
    told = booklet.evolution(MINE)
    assert [(day, line.level) for day, line in told["Implication"]["Accueillir"]] == [
        (DAY, "Je découvre"),
        (date(2026, 6, 1), "Je fais seule"),
    ]


def test_an_extract_holds_what_was_chosen_and_nothing_else():
    data = json.dumps(booklet.as_data(booklet.extract(MINE, frozenset({"t1"}))), ensure_ascii=False)
    assert "Je cuisine pour cent" in data
    for hidden in ("coudre", "mairie", "Dalila", "téléphone", "Bruno", "signature_cape", MINE.id, "2026-04-01"):
        assert hidden not in data


def test_the_copy_one_takes_away_has_everything_except_the_key_of_the_phone():
    assert booklet.open_copy(MINE).phone_key == ""
    assert booklet.open_copy(MINE).shares == MINE.shares
    drafts = {booklet.WORDS: {"mots": "figue ruban"}, "grille:images": {"parler": "2"}}
    assert booklet.open_copy(replace(MINE, drafts=drafts)).drafts == {"grille:images": {"parler": "2"}}


# --- on the disk


def test_the_disk_tells_nothing_not_even_in_a_name(home, made):
    opened, words = made
    opened.save(booklet.as_data(MINE))
    content = every_byte(home)
    secrets = [
        "Zéphyrine",
        "Toutencarton",
        "coudre",
        "cuisine",
        "mairie",
        "Tilleuls",
        "2026-01-15",
        "Implication",
        PHRASE,
    ]
    assert [each for each in secrets if each.encode() in content] == []
    assert " ".join(words).encode() not in content
    assert len(booklets.known()) == 1


def test_it_opens_with_the_phrase_or_the_words(made):
    opened, words = made
    for secret, kind in ((PHRASE, "phrase"), (" ".join(words), "mots")):
        again = booklets.open_booklet(opened.name, secret, kind)
        assert booklet.from_data(again.content) == MINE


def test_a_wrong_phrase_or_a_damaged_file_changes_nothing(home, made):
    opened, _ = made
    before = every_byte(home)
    with pytest.raises(sealed.WrongSecret):
        booklets.open_booklet(opened.name, "une autre phrase")
    assert every_byte(home) == before
    opened.path.write_bytes(opened.path.read_bytes()[:-7])
    before = every_byte(home)
    with pytest.raises(sealed.Damaged, match="Gardez celui-ci de côté"):
        booklets.open_booklet(opened.name, PHRASE)
    assert every_byte(home) == before


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "court",
        "aaaaaaaaaaaaaaaaaaaaaa",
        "  a b c d e f  ",
        "12345678901234567",
        "Zoé Martin Zoé Martin",
        "motdepasse azertyuiop",
    ],
)
def test_a_phrase_that_would_be_guessed_is_refused_and_makes_nothing(home, phrase):
    with pytest.raises(booklets.WeakPhrase, match="trop courte"):
        booklets.create({}, phrase, FAST)
    assert booklets.known() == []


def test_saving_does_not_ask_for_the_phrase_again(made, monkeypatch):
    opened, _ = made
    monkeypatch.setattr(sealed, "_derived", lambda *_: pytest.fail("the passphrase was used"))
    opened.save({"a": 1})
    assert opened.content == {"a": 1}


CRASH = """
import os, signal
from kpa_model.files.closed import booklets, sealed
opened = booklets.open_booklet(booklets.known()[0], "quatre chats dorment sans abri")
os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
opened.save({"format": "autre"})
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_crash_in_the_middle_of_saving_leaves_the_booklet_before(home, made):
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", CRASH], env={**os.environ, "PYTHONPATH": str(root)})
    assert done.returncode == -signal.SIGKILL
    assert len([*booklets.folder().iterdir()]) == 2
    again = booklets.open_booklet(booklets.known()[0], PHRASE)
    assert booklet.from_data(again.content) == MINE
    assert len([*booklets.folder().iterdir()]) == 1


def test_two_pages_do_not_undo_one_another(made):
    opened, _ = made
    other = booklets.open_booklet(opened.name, PHRASE)
    other.save({**other.content, "other": True})
    opened.save({**opened.content, "mine": True})
    both = booklets.open_booklet(opened.name, PHRASE).content
    assert (both["other"], both["mine"]) == (True, True)
    assert opened.content == both


def test_what_was_taken_away_elsewhere_is_not_made_again(made):
    opened, _ = made
    booklets.open_booklet(opened.name, PHRASE).delete()
    with pytest.raises(booklets.ChangedElsewhere, match="il a été effacé ailleurs"):
        opened.save({"mine": True})
    assert booklets.known() == []


def test_a_phrase_changed_in_another_page_is_told(made):
    opened, _ = made
    booklets.open_booklet(opened.name, PHRASE).change_phrase("quatre lampes vertes sans abri", FAST)
    with pytest.raises(booklets.ChangedElsewhere, match="sa phrase a changé"):
        opened.save({"mine": True})


def test_a_copy_that_comes_back_becomes_one_with_what_is_here(made):
    opened, words = made
    copy = opened.sealed_copy()
    opened.save({**opened.content, "talents": [{"id": "a", "titre": "Coudre"}]})
    back = booklets.bring_back(copy, " ".join(words), "mots")
    assert (back.name, booklets.known()) == (opened.name, [opened.name])
    assert {each["id"] for each in back.content["talents"]} == {"a", "t1"}, "nothing of either is lost"


def test_many_pages_that_save_at_once_lose_nothing(made):
    opened, _ = made
    pages = [booklets.open_booklet(opened.name, PHRASE) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda at: pages[at].save({**pages[at].content, f"page {at}": at}), range(6)))
    found = booklets.open_booklet(opened.name, PHRASE).content
    assert [found[f"page {at}"] for at in range(6)] == [*range(6)]


@pytest.mark.parametrize(
    "typed", ["QUATRE chats dorment sans abri.", "quatre chats dorment, sans abri !", "quatre chats dorment sans àbri"]
)
def test_capitals_signs_and_accents_do_not_refuse_the_right_phrase(made, typed):
    opened, _ = made
    assert booklets.open_booklet(opened.name, typed).content == opened.content


@pytest.mark.parametrize(
    "phrase",
    [
        "un deux trois quatre",
        "lundi mardi mercredi jeudi",
        "Au clair de la lune",
        "Il était une fois une petite fille",
        "Je t'aime mon amour pour toujours",
        "abcd efgh ijkl mnop",
        "aaaa bbbb cccc dddd",
        "papa maman frère sœur",
        "les quatre mots sans rapport",
        "Zéphyrine des Tilleuls aime la vie",
    ],
)
def test_a_phrase_that_is_too_easy_is_refused_and_a_better_one_offered(phrase):
    with pytest.raises(booklets.WeakPhrase, match=r"trop (facile|courte)") as refused:
        booklets.check_phrase(phrase, {"nom": "Zéphyrine", "groupe": "Les Tilleuls"})
    offered = re.search("« (.*) »", refused.value.problems[0].todo)[1]
    booklets.check_phrase(offered)


def test_changing_the_phrase_closes_the_door_to_the_old_phrase_and_words(made):
    opened, words = made
    fresh = opened.change_phrase("une tortue toute neuve chante", FAST)
    for secret, kind in ((PHRASE, "phrase"), (" ".join(words), "mots")):
        with pytest.raises(sealed.WrongSecret):
            booklets.open_booklet(opened.name, secret, kind)
    assert booklets.open_booklet(opened.name, "une tortue toute neuve chante").content
    assert booklets.open_booklet(opened.name, " ".join(fresh), "mots").content
    opened.save({"still": "open"})


def test_a_phrase_that_could_not_be_changed_stays(made, monkeypatch):
    opened, _ = made

    def full(*_):
        raise booklets.ChangedElsewhere

    monkeypatch.setattr(booklets, "write_whole", full)
    with pytest.raises(booklets.ChangedElsewhere):
        opened.change_phrase("une tortue toute neuve chante", FAST)
    assert sealed.unseal(opened.path.read_bytes(), PHRASE, "phrase")[1]
    assert sealed.unseal(opened._key.seal(b"x"), PHRASE, "phrase")[1] == b"x"


def test_closing_forgets_key_and_content(made):
    opened, _ = made
    opened.close()
    assert opened.content == {}
    with pytest.raises(ValueError, match="forgotten"):
        opened.save({})


def test_deleting_removes_the_file_its_drafts_and_its_shares(home, made):
    opened, _ = made
    booklets.share("s1", {}, FAST)
    opened.path.with_name(f"{opened.path.name}.12.brouillon").write_bytes(b"x")
    opened.delete(("s1",))
    assert [*booklets.folder().iterdir()] == []


def test_a_closed_copy_comes_back_under_a_new_name(made):
    opened, _ = made
    copy = opened.sealed_copy()
    with pytest.raises(sealed.WrongSecret):
        booklets.bring_back(copy, "autre phrase longue")
    content = opened.content
    assert booklets.bring_back(copy, PHRASE).name == opened.name, "the same booklet is not put twice"
    opened.path.unlink()
    again = booklets.bring_back(copy, PHRASE)
    assert booklets.open_booklet(again.name, PHRASE).content == content


def test_a_name_cannot_lead_out_of_the_folder():
    with pytest.raises(sealed.Damaged):
        booklets.open_booklet("../../etc/passwd", PHRASE)


# --- shared with one person


def test_a_share_opens_with_its_code_until_it_is_withdrawn(home):
    code, data = booklets.share("s1", booklet.as_data(booklet.extract(MINE, frozenset({"t1"}))), FAST)
    assert len(code.split()) * 8 >= 64
    assert b"cuisine" not in every_byte(home)
    assert booklet.from_data(booklets.open_share(code)).talents == MINE.talents
    with pytest.raises(sealed.WrongSecret):
        booklets.open_share("autre code")
    assert booklets.withdraw("s1")
    with pytest.raises(sealed.WrongSecret, match="arrêté"):
        booklets.open_share(code)
    assert booklets.open_share(code, data)["nom"] == MINE.name  # a copy given away still opens: the screen says so
    assert not booklets.withdraw("s1")


def test_the_key_of_the_group_is_made_once_and_kept_for_this_account(home):
    assert booklets.group_key() is None
    booklets.keep_group_key(b"pem")
    assert booklets.group_key() == b"pem"


# --- from the order book


def test_orders_and_hours_really_done_become_experiences():
    book = read_book(books.example_books()["tilleuls"]).book
    member = book.hours[0].member
    found = experiences_of(book, member)
    with_order = [each for each in found if "Prestation" in each.detail]
    assert with_order
    assert len({each.id for each in found}) == len(found)
    assert all(each.source == "carnet" and each.first <= each.last for each in found)
    numbers = {each.number for each in book.orders if member in each.brought_by}
    assert {each.id for each in found if "apporté" in each.detail} == {f"carnet-{number}" for number in numbers}
    assert experiences_of(book, "Personne d'autre") == ()


# --- badges


@pytest.fixture(scope="module")
def pem() -> bytes:
    return badges.new_group_key()


@pytest.fixture(scope="module")
def token(pem) -> str:
    return badges.issue(
        pem, "Les Tilleuls", "Awa", "Prépare un buffet", "Pour trente", "Vu par deux pairs", DAY, "La fête"
    )


def test_a_badge_says_who_what_and_when_once_verified(token, pem):
    found = badges.verify(token, DAY)
    assert (found.title, found.person, found.group, found.on) == ("Prépare un buffet", "Awa", "Les Tilleuls", DAY)
    assert found.issuer_print == badges.thumbprint(badges.public_jwk(pem))


def test_a_badge_is_an_open_badge_credential_in_the_jwt_of_the_specification(token):
    """1EdTech Open Badges 3.0, 8.2.3 and 8.2.4: header, credential as payload, registered claims."""
    header, payload = (json.loads(_unb64(part)) for part in token.split(".")[:2])
    assert header["alg"] == "RS256"
    assert set(header) == {"alg", "typ", "jwk"}
    assert set(header["jwk"]) == {"kty", "n", "e"}  # never the private half
    assert "vc" not in payload
    assert payload["@context"] == [*badges.CONTEXT]
    assert payload["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert payload["iss"] == payload["issuer"]["id"]
    assert payload["sub"] == payload["credentialSubject"]["id"]
    assert payload["jti"] == payload["id"]
    assert payload["validFrom"] == "2026-03-01T00:00:00Z"
    assert payload["nbf"] == 1772323200
    achievement = payload["credentialSubject"]["achievement"]
    assert {"id", "type", "name", "description", "criteria"} <= set(achievement)


def _unb64(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _b64(content: dict) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def test_a_badge_changed_by_anybody_is_refused(token):
    head, body, sign = token.split(".")
    payload = json.loads(_unb64(body))
    payload["credentialSubject"]["identifier"][0]["identityHash"] = "Bruno"
    with pytest.raises(badges.WrongBadge, match="il a été changé"):
        badges.verify(f"{head}.{_b64(payload)}.{sign}", DAY)
    with pytest.raises(badges.WrongBadge):
        badges.verify(token[:-6] + "AAAAAA", DAY)


def test_another_key_cannot_speak_in_the_name_of_the_group(token):
    other = badges.new_group_key()
    payload = json.loads(_unb64(token.split(".")[1]))
    forged = jwt.encode(payload, other, algorithm="RS256", headers={"jwk": badges.public_jwk(other)})
    with pytest.raises(badges.WrongBadge, match="la clé n'est pas celle du groupe"):
        badges.verify(forged, DAY)


@pytest.mark.parametrize(
    "change", [{"sub": "x"}, {"jti": "x"}, {"nbf": 1}, {"iss": "x"}, {"type": ["VerifiableCredential"]}]
)
def test_claims_that_contradict_the_credential_are_refused(pem, token, change):
    payload = json.loads(_unb64(token.split(".")[1])) | change
    signed = jwt.encode(payload, pem, algorithm="RS256", headers={"jwk": badges.public_jwk(pem)})
    with pytest.raises(badges.WrongBadge):
        badges.verify(signed, DAY)


def test_a_badge_without_signature_or_signed_otherwise_is_refused(pem, token):
    payload = json.loads(_unb64(token.split(".")[1]))
    jwk = badges.public_jwk(pem)
    for forged in (
        jwt.encode(payload, None, algorithm="none", headers={"jwk": jwk}),
        jwt.encode(payload, jwk["n"], algorithm="HS256", headers={"jwk": jwk}),
        jwt.encode(payload, pem, algorithm="RS256"),
        "pas.un.badge",
        "",
    ):
        with pytest.raises(badges.WrongBadge):
            badges.verify(forged, DAY)


def test_a_badge_of_tomorrow_does_not_count_today(token):
    with pytest.raises(badges.WrongBadge, match="qu'à partir du 01/03/2026"):
        badges.verify(token, date(2026, 2, 28))
