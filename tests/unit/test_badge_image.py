"""A badge that one can see, that is verified from its picture, and that its group may take back."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import jwt
import pytest

from kpa_model.assessment import badges, withdrawn
from kpa_model.assessment.badges import WrongBadge
from kpa_model.story.booklet.badge_image import badge_svg, token_in
from kpa_model.story.booklet.verify_page import verify_page

DAY = date(2026, 3, 1)
PEM = badges.new_group_key()
PRINT = badges.thumbprint(badges.public_jwk(PEM))
TOKEN = badges.issue(PEM, "Les <Tilleuls> & amis", "Awa", "Préparer un buffet pour trente", "", "Vu par deux", DAY)
BADGE = badges.verify(TOKEN, DAY)


def test_the_picture_holds_the_badge_where_the_specification_says():
    svg = badge_svg(BADGE, TOKEN)
    root = ElementTree.fromstring(svg.encode())
    first = root[0]
    assert first.tag == "{https://purl.imsglobal.org/ob/v3p0}credential"
    assert first.attrib == {"verify": TOKEN}
    assert svg.count("<openbadges:credential") == 1
    assert token_in(svg.encode()) == TOKEN
    assert badges.verify(token_in(svg.encode()), DAY) == BADGE


def test_the_picture_is_told_in_words_and_asks_nothing_of_any_network():
    svg = badge_svg(BADGE, TOKEN)
    assert "Badge « Préparer un buffet pour trente », pour Awa" in svg.replace("\u00a0", " ").replace("\u202f", " ")
    assert "<Tilleuls>" not in svg
    assert not re.search(r"(href|src)=", svg)
    (code,) = ElementTree.fromstring(svg.encode()).findall("{http://www.w3.org/2000/svg}g")  # the QR code
    assert len(code[1].attrib["d"]) > 5_000


def test_the_longest_badge_is_still_drawn():
    token = badges.issue(PEM, "g" * 80, "p" * 80, "é" * 100, "d" * 400, "c" * 400, DAY, "e" * 400)
    svg = badge_svg(badges.verify(token, DAY), token)
    assert token_in(svg.encode()) == token


def test_a_picture_without_a_badge_says_so():
    with pytest.raises(WrongBadge, match="ne contient pas de badge"):
        token_in(b"<svg xmlns='http://www.w3.org/2000/svg'></svg>")


def test_the_badge_says_where_to_look_whether_it_was_taken_back():
    payload = jwt.decode(TOKEN, options={"verify_signature": False})
    assert payload["credentialStatus"] == {"id": badges.list_of(payload["iss"]), "type": "1EdTechRevocationList"}


def test_a_badge_taken_back_is_refused_and_the_others_are_not():
    found = withdrawn.read_list(withdrawn.sign_list(PEM, {BADGE.id: DAY}, DAY))
    with pytest.raises(withdrawn.WithdrawnBadge, match="retiré le 01/03/2026"):
        withdrawn.check(BADGE, [found])
    assert withdrawn.check(replace(BADGE, id="urn:uuid:autre"), [found]) == DAY
    assert withdrawn.check(BADGE, []) is None


def test_nobody_else_takes_our_badges_back_nor_vouches_for_them():
    other = withdrawn.read_list(withdrawn.sign_list(badges.new_group_key(), {BADGE.id: DAY}, DAY))
    assert withdrawn.check(BADGE, [other]) is None


def test_a_list_that_was_changed_or_is_something_else_is_refused():
    head, body, sign = withdrawn.sign_list(PEM, {BADGE.id: DAY}, DAY).split(".")
    bare = json.loads(base64.urlsafe_b64decode(body + "=="))
    coded = base64.urlsafe_b64encode(json.dumps(bare | {"revokedCredential": []}).encode()).decode().rstrip("=")
    for forged in (f"{head}.{coded}.{sign}", TOKEN, "rien", ""):
        with pytest.raises(WrongBadge):
            withdrawn.read_list(forged)


def test_the_page_that_verifies_holds_the_key_and_the_list_and_no_script_of_a_name():
    page = verify_page("</script><b>", PRINT, withdrawn.Withdrawals(PRINT, DAY, {BADGE.id: DAY}))
    assert PRINT in page
    assert BADGE.id in page
    assert "</script><b>" not in page
    assert "default-src 'none'" in page
