"""HTML and SVG made of elements: a text is escaped unless it already is an element. Nothing else writes a tag.

`tag("p", "1 < 2", cls="aide")` is an element, `joined(…)` is elements one after the other, `table(…)` is the one table.
Give elements to elements; never build them with f-strings or `"".join`, whose result is a plain text again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from kpa_model.words import curled, unbroken

_VOID = {"img", "input", "meta", "link", "br", "col", "wbr"}
_AS_TYPED = {"textarea", "pre"}  # what people or files wrote, letter by letter
_RAW = {"style", "script"}  # never holds what people wrote


class Html(str):
    """A piece of page, escaped already. Added to a text, it stays one and the text is escaped."""

    __slots__ = ()

    def __add__(self, other: str) -> Html:
        return joined(self, other)

    def __radd__(self, other: str) -> Html:
        return joined(other, self)

    def join(self, pieces: Iterable[str]) -> Html:
        """Return pieces with this one between them."""
        return Html(super().join(joined(each) for each in pieces))


Piece = str | Html | None | Iterable["Piece"]


def joined(*pieces: Any, between: Any = None) -> Html:
    """Return pieces one after the other, with `between` between them; None is nothing, a list is its items."""
    if between is None:
        return Html("".join(_flat(pieces)))
    return joined(between).join(pieces)


def _flat(pieces: Iterable[Any]) -> list[str]:
    found = list[str]()
    for piece in pieces:
        if type(piece) is Html:
            found.append(piece)
        elif isinstance(piece, str):
            found.append(_escaped(piece))
        elif isinstance(piece, int | float) and piece is not False:
            found.append(_escaped(str(piece)))
        elif piece is not None and piece is not False:
            found += _flat(piece)
    return found


@lru_cache(maxsize=4096)  # a picture that follows a slider says the same words at each move
def _escaped(text: str) -> str:
    return escape(unbroken(text), quote=False)


def tag(name: str, /, *inside: Any, **attributes: Any) -> Html:
    """Return an element: `cls` is class, `for_` is for, `aria_label` is aria-label; None and False are absent.

    A float is written with two decimals at most: it places or measures a piece of a picture.
    """
    written = "".join([_attribute(key, value) for key, value in attributes.items()]) if attributes else ""
    if name in _VOID:
        return Html(f"<{name}{written}>")
    if name in _AS_TYPED:
        held = escape("".join(inside), quote=False)
    else:
        held = "".join(inside if name in _RAW else _flat(inside))
    return Html(f"<{name}{written}>{held}</{name}>")


@lru_cache(maxsize=4096, typed=True)
def _attribute(key: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    name = "class" if key == "cls" else key.rstrip("_").replace("_", "-")
    if isinstance(value, float):
        value = f"{value:.2f}".rstrip("0").rstrip(".")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def document(*inside: Any) -> Html:
    """Return a whole file of HTML, in French: its head, its body."""
    return Html("<!doctype html>") + tag("html", *inside, lang="fr")


def standalone(title: str, style: str, *body: Any) -> Html:
    """Return a whole file that asks nothing from any network: readable anywhere."""
    view = tag("meta", name="viewport", content="width=device-width, initial-scale=1")
    head = tag("head", tag("meta", charset="utf-8"), view, tag("title", title), tag("style", style))
    return Html(curled(document(head, tag("body", *body))))  # no script of ours is there to do it


def paragraphs(text: str) -> Html:
    """Return one paragraph per line that says something."""
    return joined([tag("p", line) for line in text.splitlines() if line.strip()])


def lines(text: str) -> Html:
    """Return a text whose line ends are kept, inside one paragraph."""
    return joined(*text.splitlines(), between=tag("br"))


def items(said: Iterable[Any], kind: str = "ul", cls: str | None = None) -> Html:
    """Return a list, or nothing at all when there is nothing to list."""
    made = [tag("li", each) for each in said]
    return tag(kind, made, cls=cls) if made else Html()


def definitions(pairs: Iterable[tuple[Any, Any]], cls: str | None = None) -> Html:
    """Return terms, each with what is said of it."""
    return tag("dl", [tag("dt", term) + tag("dd", told) for term, told in pairs], cls=cls)


def table(
    caption: Any, head: Sequence[Any], rows: Iterable[Sequence[Any]], *, cls: str | None = None,
    kinds: Sequence[str | None] = (), foot: Iterable[Sequence[Any]] = (), blocks: bool = False,
    head_cls: str | None = None,
) -> Html:  # fmt: skip
    """Return a table whose first column names the rows.

    Args:
        caption: what the table shows, for everyone.
        head: the title of each column; none, no head.
        rows: cells, each a text, an element or pieces; or a whole `row`.
        cls: the class of the table.
        kinds: the class of each column after the first.
        foot: last rows, such as a sum.
        head_cls: the class of the titles, for a head that is heard and not seen.
        blocks: a stylesheet lays each row out as a block on a phone: roles are told again, and titles in each cell.
    """

    titles, roles = list(head), _roles(blocks)

    def part(name: str, made: Iterable[Any], cls: str | None = None) -> Html | None:
        common: dict[str, Any] = {"titles": titles[1:], "kinds": kinds, "blocks": blocks}
        held = [each if isinstance(each, Html) else row(*each, **common) for each in made]
        return tag(name, held, cls=cls, **roles("rowgroup")) if held else None

    styled = zip(titles, [None, *kinds, *[None] * len(titles)], strict=False)
    heads = [tag("th", each, scope="col", cls=kind, **roles("columnheader")) for each, kind in styled]
    body = part("tbody", rows) or tag("tbody")
    head_part = part("thead", [tag("tr", heads, **roles("row"))] if titles else [], head_cls)
    columns = tag("colgroup", [tag("col") for _ in titles]) if head_cls else None  # such a head gives no width
    held = (tag("caption", caption), columns, head_part, body, part("tfoot", foot))
    return tag("table", held, cls=cls, **roles("table"))


def row(
    first: Any, *rest: Any, titles: Sequence[Any] = (), kinds: Sequence[str | None] = (), blocks: bool = False,
    cls: str | None = None,
) -> Html:  # fmt: skip
    """Return one row of a table: its name, then its cells."""
    roles, cells = _roles(blocks), list[Html]()
    for at, each in enumerate(rest):
        title = {"data_label": titles[at]} if blocks and at < len(titles) else {}
        cells.append(tag("td", each, cls=kinds[at] if at < len(kinds) else None, **roles("cell"), **title))
    return tag("tr", tag("th", first, scope="row", **roles("rowheader")), cells, cls=cls, **roles("row"))


def _roles(told: bool) -> Callable[[str], dict[str, str]]:
    return lambda name: {"role": name} if told else {}


def wide(inside: Html, label: str, cls: str = "kpa-scroll") -> Html:
    """Return a box that scrolls sideways where there is little room, also with a keyboard."""
    return tag("div", inside, cls=cls, tabindex="0", role="region", aria_label=label)
