"""The record of a decision as one page of HTML that holds everything: readable anywhere, without a network."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from kpa_model.decision.record import DecisionRecord
from kpa_model.declare import drawn
from kpa_model.declare.markup import Html, items, joined, standalone, table, tag, wide
from kpa_model.declare.page import from_data
from kpa_model.story.decide.told import told
from kpa_model.story.paper.press import typeset_all
from kpa_model.words import day

STYLE = """
:root { color-scheme: light } * { box-sizing: border-box }
body { font: 1.05rem/1.55 system-ui, sans-serif; color: #1f2328; background: #fff; margin: 0 }
main, footer { max-width: 46rem; margin: 0 auto; padding: 1rem } header { border-bottom: 4px solid #a23f00 }
h1 { font-size: 1.9rem; line-height: 1.2; margin: .2em 0 } h2 { font-size: 1.3rem; margin: 2rem 0 .6rem }
h3 { font-size: 1.05rem; margin: 1.3rem 0 .3rem } .over { color: #a23f00; font-weight: 600; letter-spacing: .04em }
.big { font-size: 1.15rem; font-weight: 700 } .help, footer { color: #4a5058; font-size: .92rem }
.framed { background: #fdf6ee; border-left: 4px solid #a23f00; padding: .6rem 1rem } .framed p { margin: .3rem 0 }
.kpa-scroll { overflow-x: auto } table { border-collapse: collapse; width: 100% }
caption { text-align: left; color: #4a5058; font-size: .92rem; padding-bottom: .3rem }
th, td { text-align: left; padding: .35em .5em; border-bottom: 1px solid #c9c2b8; vertical-align: top }
thead th { border-bottom: 2px solid #1f2328; font-size: .9em }
.kpa-table:not(.kpa-bars) :is(td, th + th) { text-align: right }
.names { columns: 2; padding-left: 1.2em } .kpa-bars { table-layout: fixed } .kpa-bars col:first-child { width: 34% }
.kpa-hidden { position: absolute; clip-path: inset(50%) } .kpa-whole { white-space: nowrap }
.kpa-cell { display: flex; flex-wrap: wrap; align-items: center; gap: .1em .8em } .kpa-amount { font-weight: 700 }
.kpa-track { flex: 1 1 6rem; height: 1rem; background: #fdf6ee } .kpa-fill { fill: #a23f00 }
.kpa-pile { display: block; width: 100%; height: 1.9rem; font-weight: 700 }
.kpa-mark { stroke: #1f2328; stroke-width: 3 } .kpa-small { margin: .1rem 0; font-size: .92rem }
.kpa-piles, .kpa-piles :is(caption, tbody, tr, tr > th, tr > td) { display: block; width: auto; border: 0 }
.kpa-piles tr { padding: .2rem 0 }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; background: #f6f4f1; padding: .8rem }
a { color: #a23f00; display: inline-block; min-height: 44px; padding: .6rem 0 }
@media print { a { display: none } main, footer { max-width: none; padding: 0 } section { break-inside: avoid } }
@page { size: A4; margin: 18mm }
"""
LOOK = drawn.Look(
    heading="h4",
    tones={"big": "big", "help": "help"},
    boxes={"warning": "framed"},
    shades=("#fbe9d7", "#f2c594", "#b9cbd6", "#8fb8d6", "#5a9fce", "#2b78b0", "#0b4f83"),
    ordered=True,
)
"""From worst to best, ever darker: the order is seen on a black-and-white print too."""


def record_page(record: DecisionRecord) -> Html:
    """Return the whole page, with the spaces and apostrophes of paper; names are left as they were chosen."""
    content = typeset_all(told(record))
    top = tag(
        "header",
        tag("p", "Compte rendu de décision", cls="over"),
        tag("h1", content["titre"]),
        tag("p", content["cooperative"], ". ", content["tenue"]),
    )
    sections = [
        tag("section", tag("h2", heading), body) for heading, body in _sections(content, record.rule.text) if body
    ]
    origin = joined(*(f"{label} : {value}" for label, value in content["origine"]), between=" · ")
    foot = tag("footer", tag("p", "D’où vient ce compte rendu : ", origin))
    title = f"{content['titre']}, décision du {day(record.held_on)}"
    return standalone(title, STYLE, tag("main", top, _decision(content), sections), foot)


def _decision(content: Mapping[str, Any]) -> Html:
    """Return the text first, then what was obtained on it, then what comes out of it."""
    first, *rest = content["decision"]
    words = content["mots"]
    text = joined(tag("p", content["mots_titre"], cls="help"), tag("p", f"«\u00a0{words}\u00a0»")) if words else None
    version = tag("p", content["version"], cls="help") if content["version"] else None
    return tag("div", text, tag("p", first, cls="big"), [tag("p", each) for each in rest], version, cls="framed")


def _sections(content: Mapping[str, Any], rule: str) -> list[tuple[str, Html | None]]:
    """Return headings and bodies, in the order of the PDF; an empty body is not shown."""
    objections = [[text, answer or "pas de réponse notée"] for text, answer in content["objections"]]
    figures = _table("Ce que donne la règle", ("Repère", "Valeur"), content["chiffres"])
    return [
        ("Ce que nous avons changé avant de dire oui", items(content["changements"])),
        (content["regle_titre"], items(content["regle"], "ol")),
        ("Ce que nous avons répondu", joined([_vote(each) for each in content["votes"]])),
        ("Les objections, et nos réponses", _table("Objections", ("Objection", "Notre réponse"), objections)),
        ("Les réserves", items(content["reserves"])),
        ("Ce que nous n’avons pas décidé", items(content["pas_decide"])),
        ("Les chiffres que nous avons regardés", figures and figures + tag("p", content["attention"])),
        ("La suite", _table("Les dates", ("Quoi", "Quand, qui"), content["suite"])),
        ("Nous étions là", _people(content)),
        ("La règle, telle que l’ordinateur la lit", _file(rule)),
    ]


def _vote(vote: Mapping[str, Any]) -> Html:
    said = tag("h3", vote["titre"]) + tag("p", vote["reponses"], cls="help")
    return said + drawn.page(from_data(vote["parties"]), LOOK)


def _people(content: Mapping[str, Any]) -> Html | None:
    """Return how many were there, and the names of those who are named."""
    if not (content["presents"] or content["sans_noms"]):
        return None
    return joined(tag("p", content["nombre"], "."), items(content["presents"], cls="names"))


def _file(written: str) -> Html | None:
    """Return the file of the rule, to read and to take."""
    if not written:
        return None
    coded = base64.b64encode(written.encode()).decode()
    taken = {"download": "regle.yaml", "href": f"data:text/yaml;base64,{coded}"}
    return tag("pre", written) + tag("a", "Prendre le fichier de la règle", **taken)


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Html | None:
    return wide(table(caption, head, rows), caption) if rows else None
