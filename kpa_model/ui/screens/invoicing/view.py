"""How a quote, an invoice, and their mentions look on a screen. What comes from people is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kpa_model.invoicing.mentions import Checked, calendar
from kpa_model.story.invoicing.content import TRAINING, Sheet
from kpa_model.words import count, day

HEADS = ("Désignation", "Quantité", "Prix HT", "TVA", "Total HT")


def sheet_html(said: Sheet) -> str:
    """Return the document as people will see it on paper."""
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in said.facts)
    place = f"<p><span class='kpa-small'>Lieu :</span> {escape(said.delivery)}</p>" if said.delivery else ""
    agreement = '<div class="kpa-doc-sign"><strong>Bon pour accord</strong>, date et signature du client :</div>'
    return (
        f'<article class="kpa-doc" aria-label="{escape(said.title)}"><p class="kpa-doc-mark">{TRAINING}</p>'
        f'<div class="kpa-doc-top"><div>{_lines(said.host) or _missing("La structure porteuse manque.")}</div>'
        f'<div class="kpa-doc-title"><h3>{escape(said.title)}</h3><p>N° {escape(said.number)}</p>'
        f'<dl class="kpa-doc-facts">{facts}</dl></div></div>'
        f'<div class="kpa-doc-to"><span class="kpa-small">Client</span>{_lines(said.customer)}{place}</div>'
        f"<p>{escape(said.subject)}</p>{_rows(said)}{_foot(said)}"
        f"<ul class='kpa-doc-mentions'>{''.join(f'<li>{escape(each)}</li>' for each in said.mentions)}</ul>"
        f"{agreement if said.agreement else ''}</article>"
    )


def _lines(said: Sequence[str]) -> str:
    first = f"<strong>{escape(said[0])}</strong><br>" if said else ""
    return f"<p>{first}{'<br>'.join(escape(each) for each in said[1:])}</p>" if said else ""


def _missing(text: str) -> str:
    return f'<p class="kpa-missing">{escape(text)}</p>'


def _rows(said: Sheet) -> str:
    heads = "".join(f'<th scope="col"{" class=num" if at else ""}>{head}</th>' for at, head in enumerate(HEADS))
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(
            f'<td class="num" data-label="{head}">{escape(cell)}</td>'
            for head, cell in zip(HEADS[1:], row[1:], strict=True)
        )
        + "</tr>"
        for row in said.rows
    )
    return (
        f'<table class="kpa-table kpa-doc-lines"><caption class="kpa-hidden">Lignes du document</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


def _foot(said: Sheet) -> str:
    rates = "".join(
        f'<tr><th scope="row">TVA {escape(rate)}</th><td class="num">sur {escape(base)}</td>'
        f'<td class="num">{escape(vat)}</td></tr>'
        for rate, base, vat in said.vat_rows
    )
    sums = "".join(
        f'<tr{" class=kpa-doc-due" if strong else ""}><th scope="row">{escape(name)}</th>'
        f'<td class="num">{escape(amount)}</td></tr>'
        for name, amount, strong in said.foot
    )
    return (
        '<div class="kpa-doc-foot"><table class="kpa-table"><caption>TVA de chaque taux</caption>'
        f"<tbody>{rates}</tbody></table>"
        f'<table class="kpa-table"><caption>Totaux</caption><tbody>{sums}</tbody></table></div>'
    )


def mentions_html(checked: Sequence[Checked], title: str, found: str = "y est", lost: str = "manque") -> str:
    """Return the list of mentions: what is missing first, each with why it matters and where it comes from."""
    missing = [each for each in checked if not each.there]
    there = [each for each in checked if each.there]
    said = f"{count(len(missing), 'mention')} à ajouter." if missing else "Toutes les mentions demandées y sont."
    first = "".join(_mention(each, lost) for each in missing)
    rest = "".join(_mention(each, found) for each in there)
    fold = (
        f"<details><summary>{count(len(there), 'mention')} déjà là</summary><ul class='kpa-mentions'>{rest}</ul>"
        "</details>"
    )
    return (
        f'<section class="kpa-card"><h3>{escape(title)}</h3><p role="status"><strong>{said}</strong></p>'
        f"<ul class='kpa-mentions'>{first}</ul>{fold if there else ''}"
        f'<p class="kpa-small">Liste indicative, à vérifier avec la CAE.</p></section>'
    )


def _mention(each: Checked, word: str) -> str:
    mention = each.mention
    since = f" Demandée depuis le {day(mention.since)}." if mention.since else ""
    about = f"{mention.source}, lu le {mention.read_on:%d/%m/%Y} : {mention.confidence}.{since}"
    kind, sign = ("kpa-kept", "✓") if each.there else ("kpa-broken", "✗")
    return (
        f'<li class="{kind}"><strong><span aria-hidden="true">{sign}</span> {escape(mention.name)}</strong> '
        f'<span class="kpa-tag">{escape(word)}</span><br>{escape(mention.about)} {escape(mention.why)}'
        f'<br><span class="kpa-small">{escape(about)}</span></li>'
    )


def calendar_html() -> str:
    """Return the dates of electronic invoicing."""
    rows = "".join(
        f"<li><strong>{day(each.on)}</strong> : {escape(each.about)} "
        f'<span class="kpa-small">{escape(each.source)}, {escape(each.confidence)}.</span></li>'
        for each in calendar()
    )
    return f"<details><summary>La facture électronique : les dates</summary><ul>{rows}</ul></details>"
