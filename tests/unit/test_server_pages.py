"""Elements, fields, parts, names and guards of the small server: each alone."""

from __future__ import annotations

import ast
import random
import re
from pathlib import Path

import pytest

from kpa_model.declare.form import Choice, Day, Form, Grades, Number, Parts, Several, Text
from kpa_model.declare.markup import Html, joined, tag
from kpa_model.declare.page import Bar, Bars, Heading, Sentence, Stack, Stacks, Table
from kpa_model.server import forms, guard, names, parts
from kpa_model.server.base import SAID
from tests.contract.readable import faults

SERVER = Path(parts.__file__).parent
FORM = Form(
    (
        Number("somme", "Combien ?"),
        Text("mot", "Un mot", longest=20),
        Text("texte", "Un texte", lines=3, needed=False),
        Choice("choix", "Lequel ?", options={"a": "Le premier", "b": "Le second"}),
        Several("cases", "Lesquels ?", options={"a": "Le premier", "b": "Le second"}),
        Grades("mentions", "Notez", things={"r1": "Règle 1"}, grades={"0": "À rejeter", "1": "Bien"}),
        Parts("parts", "Partagez", things={"p": "Awa", "q": "Bruno"}, total=1000),
        Day("jour", "Quel jour ?"),
    )
)


def test_text_is_escaped_unless_it_is_an_element_already() -> None:
    made = tag("p", "<b>&", tag("i", "x"), None, ["y", False], title='"><script>')
    assert made == '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;<i>x</i>y</p>'
    assert isinstance(joined(made, "<"), Html)
    assert tag("textarea", "Pourquoi ?\n</textarea>") == "<textarea>Pourquoi ?\n&lt;/textarea&gt;</textarea>"


def test_each_field_has_a_label_and_an_input_of_its_name() -> None:
    page = forms.fields(FORM, {}, {})
    for name in FORM.inputs():
        assert f'name="{name}"' in page
    for found in re.findall(r'<label[^>]* for="([^"]+)"', page):
        assert f'id="{found}"' in page
    assert 'inputmode="decimal"' in page


def test_an_error_stands_beside_its_field_and_what_was_typed_stays() -> None:
    typed = {"somme": "douze <", "choix": "b", "cases.a": "oui", "parts.p": "7"}
    _, wrong = FORM.read(typed)
    page = forms.fields(FORM, typed, wrong)
    assert 'value="douze &lt;"' in page
    assert 'aria-invalid="true"' in page
    for name in wrong:
        assert f'id="faute-{name}"' in page
        assert f'href="#bloc-{name}"' in page
    assert re.search(r'name="choix" value="b" checked', page)
    assert re.search(r'name="cases.a" value="oui" checked', page)


def test_a_picture_is_never_alone() -> None:
    shown = parts.page(
        (
            Heading("Titre"),
            Sentence("Une phrase.", "big"),
            Sentence("Un mot", "quote"),
            Table("Une table", ("Nom", "Nombre"), (("<Awa>", "12 €"),)),
            Bars("Des barres", (Bar("Awa", 0, "0 €"), Bar("Bruno", 5, "5 €", mark=3))),
            Bars("Rien", ()),
            Stacks("Des piles", (Stack("Règle 1", (("À rejeter", 1), ("Bien", 3))), Stack("Règle 2", ()))),
        )
    )
    for words in (
        "&lt;Awa&gt;",
        "5\u00a0€",
        "À rejeter\u00a0: 1</span> · ",
        "Bien\u00a0: 3</span></p>",
        "Aucune réponse",
    ):
        assert words in shown
    assert shown.count("<svg") == shown.count('aria-hidden="true"')
    assert "style=" not in shown


def test_cards_are_drawn_once_each_then_come_back_with_a_number() -> None:
    taken: list[str] = []
    for _ in range(2 * len(names.CARDS)):
        taken.append(names.draw_card(taken, random.Random(1)))
    assert len({names.folded(each) for each in taken}) == len(taken)
    assert sum(each.endswith(" 2") for each in taken) == len(names.CARDS)


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "192.168.1.20", "[::1]:8765", "localhost:1"])
def test_an_address_is_ours(host: str) -> None:
    assert guard.known_host(host)


def test_the_address_shown_to_guests_is_ours_whatever_its_name() -> None:
    assert guard.known_host("Atelier.exemple.org", "http://atelier.exemple.org/")
    assert guard.known_host("atelier.exemple.org:8765", "http://atelier.exemple.org:8765/")
    assert not guard.known_host("exemple.org:8765", "http://atelier.exemple.org:8765/")
    assert not guard.known_host("", "")


@pytest.mark.parametrize("host", ["exemple.org", "exemple.org:8765", "127.0.0.1.exemple.org", ""])
def test_a_name_of_somebody_else_is_not(host: str) -> None:
    assert not guard.known_host(host)


def test_only_this_machine_is_here() -> None:
    assert guard.is_here("127.0.0.1")
    assert guard.is_here("::1")
    assert not guard.is_here("192.168.1.20")
    assert not guard.is_here("n'importe quoi")


def test_tries_are_counted_and_forgotten() -> None:
    now = [0.0]
    limiter = guard.Limiter(2, 10, clock=lambda: now[0])
    for _ in range(2):
        assert limiter.wait("a") == 0
        limiter.count("a")
    assert limiter.wait("a") == 11
    assert limiter.wait("b") == 0
    now[0] = 10.5
    assert limiter.wait("a") == 0


def sentences() -> list[str]:
    """Every French sentence written in the code of the server."""
    found = []
    for path in SERVER.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                text = node.value.strip()
                if text[:1].isupper() and text.endswith(".") and " " in text:
                    found.append(text)
    return sorted({*found, *(text for pair in SAID.values() for text in pair)})


@pytest.mark.parametrize("text", sentences())
def test_a_sentence_of_the_server_reads_aloud(text: str) -> None:
    assert faults(text) == []
