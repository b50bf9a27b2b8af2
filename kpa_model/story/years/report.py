"""A report on possible years: one HTML page that holds everything, pictures too, and says where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpa_model.declare import markup
from kpa_model.declare.markup import Html, definitions, items, joined, row, standalone, tag, wide
from kpa_model.story.pay.comparison import Figure

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


def page(title: str, sections: Sequence[tuple[str, Html]], origin: Mapping[str, str]) -> Html:
    """Return the whole page; `sections` are (heading, elements), `origin` labels and values."""
    about = "Ce sont des histoires possibles, pas une prévision. Les montants sont en coût total."
    rows = tag("table", [row(label, value) for label, value in origin.items()])
    told = [*sections, ("D'où viennent ces chiffres", rows + tag("p", about, cls="small"))]
    body = [tag("section", tag("h2", heading), content) for heading, content in told]
    return standalone(title, _STYLE, tag("main", tag("h1", title), body))


def sentences(said: Sequence[str]) -> Html:
    """Return sentences as a list."""
    return items(said)


def figure_list(shown: Sequence[Figure]) -> Html:
    """Return figures with their meaning."""
    told = [(joined(each.label, " ", tag("span", each.about, cls="small kpa-small")), each.value) for each in shown]
    return definitions(told, "kpa-figures")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> Html:
    """Return a table with its caption."""
    named = [(_breaking(first), *rest) for first, *rest in rows]
    return markup.table(caption, heads, named, cls="kpa-table")


def _breaking(name: str) -> Html:
    """Return a name, often a file's, that breaks after an underscore when there is no room."""
    return joined(*name.split("_"), between="_" + tag("wbr"))


def wide_table(heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> Html:
    """Return a table that scrolls sideways on a phone; its first column stays in sight."""
    return wide(table(heads, rows, caption), caption)
