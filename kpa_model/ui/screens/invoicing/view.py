"""How a quote, an invoice, and their mentions look on a screen."""

from __future__ import annotations

from collections.abc import Sequence

from kpa_model.declare.markup import Html, definitions, items, joined, row, table, tag
from kpa_model.invoicing.mentions import Checked, calendar
from kpa_model.story.invoicing.content import TRAINING, Sheet
from kpa_model.words import count, day

HEADS = ("Désignation", "Quantité", "Prix HT", "TVA", "Total HT")


def sheet_html(said: Sheet) -> Html:
    """Return the document as people will see it on paper."""
    place = tag("p", tag("span", "Lieu :", cls="kpa-small"), f" {said.delivery}") if said.delivery else None
    agreement = tag("div", tag("strong", "Bon pour accord"), ", date et signature du client :", cls="kpa-doc-sign")
    host = tag("div", _lines(said.host) or tag("p", "La structure porteuse manque.", cls="kpa-missing"))
    facts = definitions(said.facts, "kpa-doc-facts")
    title = tag("div", tag("h3", said.title), tag("p", f"N° {said.number}"), facts, cls="kpa-doc-title")
    return tag(
        "article",
        tag("p", TRAINING, cls="kpa-doc-mark"),
        tag("div", host, title, cls="kpa-doc-top"),
        tag("div", tag("span", "Client", cls="kpa-small"), _lines(said.customer), place, cls="kpa-doc-to"),
        tag("p", said.subject),
        _rows(said),
        _foot(said),
        items(said.mentions, cls="kpa-doc-mentions"),
        agreement if said.agreement else None,
        cls="kpa-doc",
        aria_label=said.title,
    )


def _lines(said: Sequence[str]) -> Html | None:
    return tag("p", joined(tag("strong", said[0]), *said[1:], between=tag("br"))) if said else None


def _rows(said: Sheet) -> Html:
    caption, cls = tag("span", "Lignes du document", cls="kpa-hidden"), "kpa-table kpa-doc-lines"
    return table(caption, HEADS, said.rows, cls=cls, kinds=["num"] * 4, blocks=True)


def _foot(said: Sheet) -> Html:
    rates = [(f"TVA {rate}", f"sur {base}", vat) for rate, base, vat in said.vat_rows]
    sums = [
        row(name, amount, kinds=("num",), cls="kpa-doc-due" if strong else None) for name, amount, strong in said.foot
    ]
    return tag(
        "div",
        table("TVA de chaque taux", (), rates, cls="kpa-table", kinds=("num", "num")),
        table("Totaux", (), sums, cls="kpa-table"),
        cls="kpa-doc-foot",
    )


def mentions_html(checked: Sequence[Checked], title: str, found: str = "y est", lost: str = "manque") -> Html:
    """Return the list of mentions: what is missing first, each with why it matters and where it comes from."""
    missing = [_mention(each, lost) for each in checked if not each.there]
    there = [_mention(each, found) for each in checked if each.there]
    said = f"{count(len(missing), 'mention')} à ajouter." if missing else "Toutes les mentions demandées y sont."
    summary = tag("summary", f"{count(len(there), 'mention')} déjà là")
    return tag(
        "section",
        tag("h3", title),
        tag("p", tag("strong", said), role="status"),
        tag("ul", missing, cls="kpa-mentions"),
        tag("details", summary, tag("ul", there, cls="kpa-mentions")) if there else None,
        tag("p", "Liste indicative, à vérifier avec la CAE.", cls="kpa-small"),
        cls="kpa-card",
    )


def _mention(each: Checked, word: str) -> Html:
    mention = each.mention
    since = f" Demandée depuis le {day(mention.since)}." if mention.since else ""
    about = f"{mention.source}, lu le {mention.read_on:%d/%m/%Y} : {mention.confidence}.{since}"
    kind, sign = ("kpa-kept", "✓") if each.there else ("kpa-broken", "✗")
    named = tag("strong", tag("span", sign, aria_hidden="true"), f" {mention.name}")
    told = (named + " " + tag("span", word, cls="kpa-tag"), f"{mention.about} {mention.why}")
    return tag("li", joined(*told, tag("span", about, cls="kpa-small"), between=tag("br")), cls=kind)


def calendar_html() -> Html:
    """Return the dates of electronic invoicing."""
    dates = items(
        joined(
            tag("strong", day(each.on)),
            f" : {each.about} ",
            tag("span", f"{each.source}, {each.confidence}.", cls="kpa-small"),
        )
        for each in calendar()
    )
    return tag("details", tag("summary", "La facture électronique : les dates"), dates)
