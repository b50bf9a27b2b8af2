"""The record of a decision as one page of HTML that holds everything: readable anywhere, without a network."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from html import escape as safe
from typing import Any

from kpa_model.decision.record import DecisionRecord
from kpa_model.story.decide.told import told
from kpa_model.story.paper.press import Verbatim
from kpa_model.words import day, typeset

STYLE = """
:root { color-scheme: light } * { box-sizing: border-box }
body { font: 1.05rem/1.55 system-ui, sans-serif; color: #1f2328; background: #fff; margin: 0 }
main, footer { max-width: 46rem; margin: 0 auto; padding: 1rem } header { border-bottom: 4px solid #a23f00 }
h1 { font-size: 1.9rem; line-height: 1.2; margin: .2em 0 } h2 { font-size: 1.3rem; margin: 2rem 0 .6rem }
h3 { font-size: 1.05rem; margin: 1.3rem 0 .3rem } .over { color: #a23f00; font-weight: 600; letter-spacing: .04em }
.big { font-size: 1.15rem; font-weight: 700 } .help, footer { color: #4a5058; font-size: .92rem }
.framed { background: #fdf6ee; border-left: 4px solid #a23f00; padding: .6rem 1rem } .framed p { margin: .3rem 0 }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100% }
caption { text-align: left; color: #4a5058; font-size: .92rem; padding-bottom: .3rem }
th, td { text-align: left; padding: .35em .5em; border-bottom: 1px solid #c9c2b8; vertical-align: top }
thead th { border-bottom: 2px solid #1f2328; font-size: .9em } .count td { text-align: right }
.stack { display: flex; border: 1px solid #1f2328 } .stack span { padding: .25em; text-align: center; font-weight: 700 }
.stack span + span { border-left: 1px solid #1f2328 } .names { columns: 2; padding-left: 1.2em }
.track { background: #fdf6ee; height: 1rem } .track span { display: block; height: 1rem; background: #a23f00 }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; background: #f6f4f1; padding: .8rem }
a { color: #a23f00; display: inline-block; min-height: 44px; padding: .6rem 0 }
@media print { a { display: none } main, footer { max-width: none; padding: 0 } section { break-inside: avoid } }
@page { size: A4; margin: 18mm }
"""
SHADES = ("#fbe9d7", "#f2c594", "#b9cbd6", "#8fb8d6", "#5a9fce", "#2b78b0", "#0b4f83")
"""From worst to best, ever darker: the order is seen on a black-and-white print too."""


def escape(text: str) -> str:
    """Return a text with French typography, safe inside HTML; names are left as they were chosen."""
    return safe(text if isinstance(text, Verbatim) else typeset(str(text)))


def record_page(record: DecisionRecord) -> str:
    """Return the whole page."""
    content = told(record)
    title = f"{content['titre']}, décision du {day(record.held_on)}"
    sections = "".join(
        f"<section><h2>{escape(heading)}</h2>{body}</section>" for heading, body in _sections(content) if body
    )
    origin = " · ".join(f"{escape(label)} : {escape(value)}" for label, value in content["origine"])
    return (
        '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>"
        f'<header><p class="over">Compte rendu de décision</p><h1>{escape(content["titre"])}</h1>'
        f"<p>{escape(content['cooperative'])}. {escape(content['tenue'])}</p></header>"
        f"{_decision(content)}{sections}</main>"
        f"<footer><p>D'où vient ce compte rendu : {origin}</p></footer></body></html>\n"
    )


def _decision(content: Mapping[str, Any]) -> str:
    """Return the text first, then what was obtained on it, then what comes out of it."""
    first, *rest = content["decision"]
    words = content["mots"]
    text = f'<p class="help">{escape(content["mots_titre"])}</p><p>« {escape(words)} »</p>' if words else ""
    version = f'<p class="help">{escape(content["version"])}</p>' if content["version"] else ""
    return f'<div class="framed">{text}<p class="big">{escape(first)}</p>{_paragraphs(rest)}{version}</div>'


def _sections(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return headings and bodies, in the order of the PDF; an empty body is not shown."""
    changed = f"<ul>{items}</ul>" if (items := _items(content["changements"])) else ""
    there = f'<ul class="names">{items}</ul>' if (items := _items(content["presents"])) else ""
    people = f"<p>{escape(content['nombre'])}.</p>{there}" if content["presents"] or content["sans_noms"] else ""
    rule = f"<ol>{items}</ol>" if (items := _items(content["regle"])) else ""
    votes = "".join(
        f'<h3>{escape(vote["titre"])}</h3><p class="help">{escape(vote["reponses"])}</p>{parts(vote["parties"])}'
        for vote in content["votes"]
    )
    objections = [[text, answer or "pas de réponse notée"] for text, answer in content["objections"]]
    figures = _table("Ce que donne la règle", ("Repère", "Valeur"), content["chiffres"])
    return [
        ("Ce que nous avons changé avant de dire oui", changed),
        (content["regle_titre"], rule),
        ("Ce que nous avons répondu", votes),
        ("Les objections, et nos réponses", _table("Objections", ("Objection", "Notre réponse"), objections)),
        ("Ce que nous n'avons pas décidé", f"<ul>{items}</ul>" if (items := _items(content["pas_decide"])) else ""),
        ("Les chiffres que nous avons regardés", f"{figures}<p>{escape(content['attention'])}</p>" if figures else ""),
        ("La suite", _table("Les dates", ("Quoi", "Quand, qui"), content["suite"])),
        ("Nous étions là", people),
        ("La règle, telle que l'ordinateur la lit", _file(content["fichier"])),
    ]


def _file(written: Sequence[str]) -> str:
    """Return the file of the rule, to read and to take."""
    if not written:
        return ""
    text = "\n".join(written) + "\n"
    coded = base64.b64encode(text.encode()).decode()
    link = f'<a download="regle.yaml" href="data:text/yaml;base64,{coded}">Prendre le fichier de la règle</a>'
    return f"<pre>{safe(text)}</pre>{link}"


def _items(said: Sequence[str]) -> str:
    return "".join(f"<li>{escape(each)}</li>" for each in said)


def _paragraphs(said: Sequence[str]) -> str:
    return "".join(f"<p>{escape(each)}</p>" for each in said)


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]], kind: str = "") -> str:
    if not rows:
        return ""
    heads = "".join(f'<th scope="col">{escape(each)}</th>' for each in head)
    lines = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(each)}</td>" for each in rest)}</tr>'
        for first, *rest in rows
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="{kind}">'
        f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def parts(page: Sequence[Mapping[str, Any]]) -> str:
    """Return the parts of a result (`page.as_data`) as HTML; screen readers get the words, not the pictures."""
    return "".join(_DRAWN[part["part"]](part) for part in page)


def _sentence(part: Mapping[str, Any]) -> str:
    kind = {"big": "big", "help": "help", "warning": "framed"}.get(part["tone"], "")
    return f'<p class="{kind}">{escape(part["text"])}</p>'


def _bars(part: Mapping[str, Any]) -> str:
    full = part["full"] or max((bar["length"] for bar in part["bars"]), default=0) or 1
    lines = "".join(
        f"<p>{escape(bar['label'])} : <strong>{escape(bar['shown'])}</strong></p>"
        f'<div class="track" aria-hidden="true"><span style="width:{min(100, 100 * bar["length"] / full):.1f}%">'
        "</span></div>"
        for bar in part["bars"]
    )
    return f'<p class="help">{escape(part["caption"])}</p>{lines}'


def _stacks(part: Mapping[str, Any]) -> str:
    """Return each line as its counts in words, then the same drawn."""
    lines = []
    for line in part["lines"]:
        said = ", ".join(f"{label} {many}" for label, many in line["pieces"] if many)
        pieces = "".join(
            f'<span style="flex:{many};{_shade(at, len(line["pieces"]))}">{many}</span>'
            for at, (_, many) in enumerate(line["pieces"])
            if many
        )
        lines.append(
            f"<p><strong>{escape(line['label'])}.</strong> {escape(said)}</p>"
            f'<div class="stack" aria-hidden="true">{pieces}</div>'
        )
    return f'<p class="help">{escape(part["caption"])}</p>{"".join(lines)}'


def _shade(at: int, pieces: int) -> str:
    place = round(at * 6 / (pieces - 1)) if pieces > 1 else 6
    return f"background:{SHADES[place]};color:{'#fff' if place > 4 else '#1f2328'}"


_DRAWN = {
    "Heading": lambda part: f"<h4>{escape(part['text'])}</h4>",
    "Sentence": _sentence,
    "Table": lambda part: _table(part["caption"], part["head"], part["rows"], "count"),
    "Bars": _bars,
    "Stacks": _stacks,
}
