"""What an ill-meaning phone may send, in a table: each request is refused, in French, and changes nothing."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.live_server import AMOUNT, Served, Visitor

SCRIPTED = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    opened = Served(str(tmp_path_factory.mktemp("hostile") / "ateliers.sqlite"))
    animator = opened.facilitator()
    animator.act(geste="suivant")
    animator.get("/animation")
    animator.act(geste="suivant")
    yield opened
    opened.stop()


@pytest.fixture(scope="module")
def victim(served: Served) -> Visitor:
    visitor = served.guest("Renard")
    assert visitor.answer(montant="127,43") == 303  # a comma: the keys of a page never hold it by chance
    return visitor


@pytest.fixture(scope="module")
def attacker(served: Served) -> Visitor:
    return served.guest("Loutre")


@pytest.fixture(autouse=True)
def _nothing_changes(served: Served, victim: Visitor, attacker: Visitor) -> Iterator[None]:
    """Whatever is sent, the log has not one event more."""
    before = served.log.read(served.id)
    yield
    assert served.log.read(served.id) == before


def person(served: Served, name: str) -> str:
    return next(each.id for each in served.workshop.live.people.values() if each.name == name)


def forged(visitor: Visitor, served: Served) -> int:
    visitor.token = "0" * 43
    return visitor.post("/repondre", qui=person(served, "Loutre"), etape=AMOUNT[0], tour=AMOUNT[1], montant="9")


def no_token(visitor: Visitor, served: Served) -> int:
    return visitor.ask("POST", "/repondre", b"montant=9", {"Content-Type": "application/x-www-form-urlencoded"})


def token_of_another(visitor: Visitor, served: Served) -> int:
    other = served.browser()
    other.get("/")
    visitor.token = other.token
    return visitor.post("/repondre", etape=AMOUNT[0], tour=AMOUNT[1], montant="9")


def other_site(visitor: Visitor, served: Served) -> int:
    return visitor.post("/repondre", {"Sec-Fetch-Site": "cross-site"}, etape=AMOUNT[0], tour=AMOUNT[1], montant="9")


def neighbour_site(visitor: Visitor, served: Served) -> int:
    """Another server of the same machine is no page of ours."""
    return visitor.post("/repondre", {"Sec-Fetch-Site": "same-site"}, etape=AMOUNT[0], tour=AMOUNT[1], montant="9")


def other_origin(visitor: Visitor, served: Served) -> int:
    """On plain HTTP, browsers say the origin and nothing more."""
    return visitor.post("/repondre", {"Origin": "http://exemple.org"}, etape=AMOUNT[0], tour=AMOUNT[1], montant="9")


def oversized(visitor: Visitor, served: Served) -> int:
    return visitor.post("/repondre", etape=AMOUNT[0], tour=AMOUNT[1], montant="9" * 70_000)


def in_json(visitor: Visitor, served: Served) -> int:
    return visitor.post("/repondre", {"Content-Type": "application/json"}, montant="9")


def erase_another(visitor: Visitor, served: Served) -> int:
    """On a phone, `qui` is not even read: without the tick of the box nothing is erased, and never another."""
    return visitor.post("/partir", qui=person(served, "Renard"))


def borrowed_name(visitor: Visitor, served: Served) -> int:
    return visitor.get("/", Host="kpa.exemple.org")


def facilitator_page(visitor: Visitor, served: Served) -> int:
    return visitor.get("/animation")


def facilitator_gesture(visitor: Visitor, served: Served) -> int:
    return visitor.post("/animation/geste", geste="montrer")


def guest_cookie_there(visitor: Visitor, served: Served) -> int:
    name, value = next(iter(visitor.cookies.items()))
    visitor.cookies[name.replace("invite", "animation")] = value
    return visitor.get("/animation/personnes")


def wrong_key(visitor: Visitor, served: Served) -> int:
    return visitor.get("/animation/entrer?jeton=" + "A" * 43)


def export_of_all(visitor: Visitor, served: Served) -> int:
    return visitor.get("/animation/exporter")


def climbing(path: str) -> Callable[[Visitor, Served], int]:
    return lambda visitor, served: visitor.get(path)


def unknown_round(visitor: Visitor, served: Served) -> int:
    return visitor.post("/repondre", etape="estimer", tour="apres", montant="9")


def unknown_step(visitor: Visitor, served: Served) -> int:
    return visitor.post("/brouillon", etape="../../x", tour="'; DROP TABLE events; --", montant="9")


def put(visitor: Visitor, served: Served) -> int:
    return visitor.ask("PUT", "/", b"x", {"Content-Type": "application/x-www-form-urlencoded"})


def not_utf8(visitor: Visitor, served: Served) -> int:
    body = f"_jeton={visitor.token}&etape=estimer&tour=avant&montant=%FF%FE".encode()
    return visitor.ask("POST", "/repondre", body, {"Content-Type": "application/x-www-form-urlencoded"})


def dead_cookie(visitor: Visitor, served: Served) -> int:
    visitor.cookies = dict.fromkeys(visitor.cookies, "x" * 43)
    visitor.get("/")
    return visitor.post("/repondre", etape=AMOUNT[0], tour=AMOUNT[1], montant="9")


HOSTILE: dict[str, tuple[Callable[[Visitor, Served], int], int]] = {
    "jeton de formulaire inventé": (forged, 403),
    "sans jeton de formulaire": (no_token, 403),
    "jeton de formulaire d'une autre session": (token_of_another, 403),
    "formulaire posté par un autre site": (other_site, 403),
    "formulaire posté par un serveur voisin": (neighbour_site, 403),
    "formulaire d'une autre origine": (other_origin, 403),
    "corps trop grand": (oversized, 413),
    "corps d'un autre genre": (in_json, 400),
    "effacer une autre personne": (erase_another, 409),
    "nom d'hôte emprunté": (borrowed_name, 421),
    "page d'animation": (facilitator_page, 403),
    "geste d'animation": (facilitator_gesture, 403),
    "cookie d'invité renommé": (guest_cookie_there, 403),
    "clé d'animation devinée": (wrong_key, 403),
    "exporter l'atelier": (export_of_all, 403),
    "fichier du disque": (climbing("/fichiers/../../../../etc/passwd"), 404),
    "fichier du disque, codé": (climbing("/fichiers/%2e%2e%2f%2e%2e%2fetc%2fpasswd"), 404),
    "code du serveur": (climbing("/fichiers/..%5capp.py"), 404),
    "carnet Jupyter": (climbing("/lab"), 404),
    "noyau Jupyter": (climbing("/api/kernels"), 404),
    "terminal Jupyter": (climbing("/terminals/websocket/1"), 404),
    "question pas encore posée": (unknown_round, 409),
    "étape inventée": (unknown_step, 409),
    "verbe inattendu": (put, 403),
    "octets illisibles": (not_utf8, 400),
    "cookie inventé": (dead_cookie, 403),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_request_is_refused_in_french(name: str, served: Served, attacker: Visitor) -> None:
    send, expected = HOSTILE[name]
    attacker.get("/")
    copy = served.browser()
    copy.cookies, copy.token, copy.text = dict(attacker.cookies), attacker.token, attacker.text
    assert send(copy, served) == expected
    assert "Content-Security-Policy".lower() in copy.headers
    assert "Traceback" not in copy.text
    assert re.search(r"<html lang=\"fr\">", copy.text), copy.text[:300]


def test_a_guest_can_act_only_as_himself(served: Served, attacker: Visitor, victim: Visitor) -> None:
    """The id of somebody else, in the address or in the form, is not looked at."""
    renard = person(served, "Renard")
    attacker.get(f"/?qui={renard}&changer=oui")
    assert "Renard" not in attacker.text
    assert "127,43" not in attacker.text
    attacker.get(f"/moi?qui={renard}")
    assert "Renard" not in attacker.text
    assert served.workshop.live.asked[AMOUNT].answers[renard] == {"montant": 12_743}


def test_a_page_refused_says_where_in_a_whole_sentence(served: Served) -> None:
    stranger = served.browser()
    stranger.get("/moi")
    assert "<h1>Votre place\u00a0: elle n'est pas connue sur cet appareil.</h1>" in stranger.text


def test_a_huge_body_is_cut_before_it_is_read(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as link:
        link.sendall(b"POST /entrer HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900000000\r\n\r\n")
        assert link.recv(200).startswith(b"HTTP/1.1 400")


def test_what_every_page_forbids(served: Served, attacker: Visitor) -> None:
    for where in ("/", "/moi", "/nulle-part", "/fichiers/atelier.css"):
        attacker.get(where)
        policy = attacker.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert attacker.headers["x-frame-options"] == "DENY"
        assert "server" not in attacker.headers
        assert not re.search(r"<script(?! src=)|style=|\son\w+=|https?://", attacker.text), where


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(served: Served) -> None:
    visitor = served.browser()
    visitor.get("/")
    assert "HttpOnly" in visitor.headers["set-cookie"]
    assert "SameSite=Strict" in visitor.headers["set-cookie"]


def test_the_files_served_are_six() -> None:
    from kpa_model.server.app import FILES

    assert sorted(path.name for path in Path(FILES).iterdir()) == [
        "animation.js", "atelier.css", "atelier.js", "ecouter.js", "icone.svg", "lettres.js",
    ]  # fmt: skip
