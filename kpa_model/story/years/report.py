"""A report on possible years: one HTML page that holds everything, pictures too, and says where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from kpa_model.story.pay.comparison import Figure
from kpa_model.words import unbroken

_STYLE = """
body { font-family: system-ui, sans-serif; color: #1f2328; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
body { line-height: 1.5 } h1 { font-size: 1.6rem } h2 { margin-top: 2.2rem; border-bottom: 2px solid #a23f00 }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .3em .5em }
th, td { border-bottom: 1px solid #c9c2b8 } figure { margin: 1rem 0 } figcaption { font-weight: 700 }
.small, .kpa-help { color: #4a5058; font-size: .9em } dt { font-weight: 600 } dd { margin: 0 0 .5em }
.small { display: block; font-weight: 400 } th[scope="row"] { font-weight: 500 } td { overflow-wrap: anywhere }
.kpa-scroll { overflow-x: auto } .kpa-scroll table { font-size: .9em }
.kpa-scroll :is(td, th) { padding-inline: .3em } .kpa-scroll td { white-space: nowrap }
.kpa-scroll :is(tbody th, thead :first-child) { position: sticky; left: 0; background: #fff; min-width: 6.5rem }
.kpa-scroll tbody th { overflow-wrap: anywhere } .kpa-scroll thead th { min-width: 5rem; vertical-align: bottom }
.kpa-scroll + .kpa-scroll { margin-top: 1.5rem }
.kpa-scroll:focus-visible { outline: 3px solid #0072b2; outline-offset: 2px }
caption { font-weight: 700; text-align: left; padding: .3em .5em }
@media print { figure, tr { break-inside: avoid } h2 { break-after: avoid } .kpa-scroll { overflow: visible }
  .kpa-scroll table { font-size: .78em } }
"""


def page(title: str, sections: Sequence[tuple[str, str]], origin: Mapping[str, str]) -> str:
    """Return the whole page; `sections` are (heading, HTML already escaped), `origin` labels and values."""
    body = "".join(f"<section><h2>{_said(heading)}</h2>{content}</section>" for heading, content in sections)
    rows = "".join(f'<tr><th scope="row">{escape(k)}</th><td>{escape(v)}</td></tr>' for k, v in origin.items())
    return (
        '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main><h1>{_said(title)}</h1>{body}"
        f"<section><h2>D'où viennent ces chiffres</h2><table>{rows}</table>"
        f'<p class="small">Ce sont des histoires possibles, pas une prévision. Les montants sont en coût total.</p>'
        f"</section></main></body></html>\n"
    )


def sentences(said: Sequence[str]) -> str:
    """Return sentences as a list."""
    return f"<ul>{''.join(f'<li>{_said(each)}</li>' for each in said)}</ul>"


def figure_list(shown: Sequence[Figure]) -> str:
    """Return figures with their meaning."""
    items = "".join(
        f'<dt>{_said(each.label)} <span class="small kpa-small">{_said(each.about)}</span></dt>'
        f"<dd>{_said(each.value)}</dd>"
        for each in shown
    )
    return f'<dl class="kpa-figures">{items}</dl>'


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    """Return a table with its caption."""
    head = "".join(f'<th scope="col">{_said(each)}</th>' for each in heads)
    body = "".join(
        f'<tr><th scope="row">{_breaking(first)}</th>{"".join(f"<td>{_said(each)}</td>" for each in rest)}</tr>'
        for first, *rest in rows
    )
    return (
        f'<table class="kpa-table"><caption>{_said(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _said(text: str) -> str:
    """Return escaped text whose signs stay with their word."""
    return escape(unbroken(text))


def _breaking(name: str) -> str:
    """Return a name, often a file's, that breaks after an underscore when there is no room."""
    return _said(name).replace("_", "_<wbr>")


def wide_table(heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    """Return a table that scrolls sideways on a phone; its first column stays in sight."""
    inside = table(heads, rows, caption)
    return f'<div class="kpa-scroll" tabindex="0" role="region" aria-label="{_said(caption)}">{inside}</div>'
