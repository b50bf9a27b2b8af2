"""The record on paper and as a page: whole, accessible, literal, with nothing from outside."""

from __future__ import annotations

import base64
import importlib.util
import io
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from kpa_model.decision.record import DecisionRecord, Objection, RuleTold, VoteTold
from kpa_model.declare.page import Bar, Bars, Heading, Sentence, Stack, Stacks, Table
from kpa_model.pay.ready import ready_rules
from kpa_model.pay.rule import PayRule
from kpa_model.pay.rule_file import fingerprint, loads
from kpa_model.story.decide.page import record_page
from kpa_model.story.decide.paper import WIDEST, copyable, printable, record_paper
from kpa_model.story.decide.told import rule_told

spec = importlib.util.spec_from_file_location("paper_tests", Path(__file__).with_name("test_paper.py"))
paper_tests = importlib.util.module_from_spec(spec)
spec.loader.exec_module(paper_tests)
HOSTILE = ("#set page(fill: red)", "<script>alert(1)</script>", '"\\" #panic(1)', "O'Brien", "X" * 90)
GRADES = ("À rejeter", "Passable", "Bien")
RULE = rule_told(ready_rules()["minimum_et_heures"])
RECORD = DecisionRecord(
    "Les Tilleuls",
    date(2027, 1, 15),
    "essai",
    RULE,
    place="La salle du quai",
    words="Un essai court.",
    present=("Awa", "Bruno", "Chloé"),
    figures={"Le plus petit montant": "45,00 €"},
    votes=(
        VoteTold(
            "Le jugement",
            10,
            (
                Heading("Le résultat"),
                Sentence("Un minimum arrive en tête.", "big"),
                Sentence("Attention à l'égalité.", "warning"),
                Stacks("Les mentions", (Stack("Un minimum", tuple(zip(GRADES, (1, 2, 7), strict=True))),)),
                Bars("Réponses", (Bar("Oui", 7, "7 réponses"), Bar("Non", 0, "0 réponse"))),
                Table("Les nombres", ("Règle", *GRADES), (("Un minimum", "1", "2", "7"),)),
            ),
        ),
    ),
    objections=(Objection("Trop vite.", "Trois mois."), Objection("Et les trajets ?")),
    changes=("Le minimum passe à 45 €.",),
    trial_ends=date(2027, 4, 14),
    review_on=date(2027, 4, 15),
    kept_by="Awa",
    undecided=("Les trajets",),
    script="L'atelier de deux heures",
    origin={"Tirage au sort": "graine 4271"},
)
SAID = (
    "Un minimum pour chacun, puis les heures", "Les Tilleuls", "15 janvier 2027", "La salle du quai",
    "Un essai court.", "Nous essayons cette règle.", "Un minimum arrive en tête.", "Trop vite.", "Trois mois.",
    "pas de réponse notée", "Le minimum passe à 45 €.", "14 avril 2027", "15 avril 2027", "Les trajets",
    "graine 4271", "10 réponses", "L'atelier de deux heures", RULE.fingerprint[:12],
)  # fmt: skip


def plain(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", text.replace("’", "'"))


def test_the_pdf_says_everything_and_is_accessible() -> None:
    pdf = record_paper(RECORD)
    for mark in (b"pdfuaid:part>1<", b"/Lang(fr", b"/MarkInfo<</Marked true", b"/StructTreeRoot"):
        assert mark in pdf
    said = plain(paper_tests.text_of(pdf))
    squeezed = said.replace(" ", "")
    assert [each for each in (*SAID, "Awa", "Bruno", "Chloé") if each.replace(" ", "") not in squeezed] == []
    for sentence in RULE.sentences:
        assert plain(sentence).replace(" ", "") in squeezed
    assert record_paper(RECORD) == pdf


def test_a_record_without_anything_prints_too() -> None:
    bare = DecisionRecord("", date(2027, 1, 15), "reportee", RuleTold("Notre décision"))
    assert "Nousn'avonspasdécidé." in plain(paper_tests.text_of(record_paper(bare))).replace(" ", "")
    assert "Nous n'avons pas décidé." in plain(record_page(bare).replace("&#x27;", "'"))


def test_a_large_group_signs_on_several_pages() -> None:
    many = replace(RECORD, present=tuple(f"Personne {at}" for at in range(80)))
    assert "Personne79" in paper_tests.text_of(record_paper(many)).replace(" ", "")


def test_hostile_texts_print_as_they_are_written() -> None:
    for text in HOSTILE:
        spoilt = replace(RECORD, present=(text,), objections=(Objection(text, text),), undecided=(text,), words=text)
        squeezed = plain(paper_tests.text_of(record_paper(spoilt))).replace(" ", "").replace("\u200b", "")
        assert plain(text).replace(" ", "") in squeezed
        assert "<script>alert" not in record_page(spoilt)


class Reader(HTMLParser):
    """Collects what a page asks from outside, its headings and its texts."""

    def __init__(self) -> None:
        super().__init__()
        self.links, self.headings, self.said = list[str](), list[str](), ""

    def handle_starttag(self, tag, attrs):
        self.links += [value or "" for name, value in attrs if name in ("src", "href", "action", "data")]
        self.headings += [tag] if re.fullmatch(r"h\d", tag) else []

    def handle_data(self, data):
        self.said += data


def test_the_page_says_everything_and_asks_nothing_from_outside() -> None:
    reader = Reader()
    reader.feed(record_page(RECORD))
    said = plain(reader.said)
    assert [each for each in (*SAID, "Awa") if each not in said] == []
    assert [link for link in reader.links if not link.startswith("data:")] == []
    assert "url(" not in record_page(RECORD)
    levels = [int(each[1]) for each in reader.headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_rule_in_the_page_is_the_rule() -> None:
    coded = re.search(r'href="data:text/yaml;base64,([^"]+)"', record_page(RECORD))[1]
    assert base64.b64decode(coded).decode() == RULE.text


def test_a_text_is_printed_with_french_spaces() -> None:
    assert "45\u00a0€" in record_page(RECORD)


def test_a_picture_chosen_as_a_name_does_not_print_an_empty_box() -> None:
    assert [printable(name) for name in ("Awa", "🦊 Zoé", "👩\u200d🌾", "★ Étoile")] == [
        "Awa", "Zoé", "(un dessin)", "★ Étoile",
    ]  # fmt: skip


COPIED = """
titre: "L'heure : d'Élodie"
phrase: Chaque heure donnée vaut la même somme, quel que soit le travail, et quelle que soit la personne ici.
objections: |-
  Une personne rapide reçoit moins, et le travail qu'on ne voit pas est bien souvent oublié ce jour-là.
  Il faut le dire.
etapes:
- frais_directs
- par_heures: {part: 50 %, pour: {personnes: [Anne-Charlotte-Emmanuelle, "Jeannedesargentinsdupuyderose"]}}
- contribution_cae_libre: {taux: 10 %}
- par_heures: {pour: {fonction: [vaisselle et rangement du soir et de la nuit et du petit matin, "l'accueil : là"]}}
promesses: [personne_sous: {euros: 30}]
"""


@pytest.mark.parametrize("made", [loads(COPIED), ready_rules()["heures"]], ids=["à nous", "prête"])
def test_the_file_of_a_rule_copied_from_the_pdf_gives_the_same_rule(made: PayRule) -> None:
    told = rule_told(made)
    pages = PdfReader(io.BytesIO(record_paper(replace(RECORD, rule=told)))).pages
    printed = "\n".join(re.sub(r"\n[^\n]*Page \d.*", "", page.extract_text()) for page in pages)
    copied = printed[printed.index("\ntitre:") : printed.index("\nD’où vient ce compte rendu")]
    assert fingerprint(loads(copied)) == told.fingerprint
    assert "\u200b" not in printed


def test_the_file_of_a_rule_on_paper_reads_the_same_even_when_a_reader_of_pdf_drops_its_margins() -> None:
    for made in ready_rules().values():
        lines = copyable(rule_told(made).text)
        assert loads("\n".join(line.strip() for line in lines)) == replace(made, trial=None)
        assert max(map(len, lines)) <= WIDEST
