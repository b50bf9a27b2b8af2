"""What is around every page of the live workshop."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from kpa_model.declare.drawn import patterns
from kpa_model.declare.markup import Html, document, joined, lines, tag
from kpa_model.errors import Problem
from kpa_model.words import curled


def page(
    title: str, *inside: Any, role: str = "invite", refresh: int = 0, version: str = "", wide: bool = False,
    alone: bool = False, look: str = "",
) -> Html:  # fmt: skip
    """Return a whole page.

    Args:
        title: title of the page.
        inside: what it shows.
        role: `invite` or `animation`.
        refresh: reload it every so many seconds when there is no script.
        version: what the script compares to know that there is something new.
        wide: whether it is projected.
        alone: no script runs on it, and it follows nothing.
        look: how it is drawn, when not as its role: `ecran` for the projector.
    """
    script = "animation" if role == "animation" else "atelier"
    reload = tag("meta", http_equiv="refresh", content=str(refresh)) if refresh else None
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{title} · Atelier"),
        tag("link", rel="stylesheet", href="/fichiers/atelier.css"),
        tag("link", rel="icon", href="/fichiers/icone.svg", type="image/svg+xml"),
        tag("script", src=f"/fichiers/{script}.js", defer=True) if not alone else None,
        [tag("script", src=f"/fichiers/{each}.js", defer=True) for each in ("ecouter", "lettres") if not alone],
        tag("noscript", reload) if reload else None,
    )
    body = tag(
        "body",
        tag("a", "Aller au contenu", href="#contenu", cls="saut"),
        patterns(),
        tag("main", *inside, id="contenu", tabindex="-1"),
        _foot() if role == "invite" and not alone else None,
        tag("div", id="nouvelles", role="status", aria_live="polite"),
        cls=f"page-{look or role}{' large' if wide else ''}",
        data_version=version or None,
    )
    made = document(head, body)
    return Html(curled(made)) if alone else made  # elsewhere a script does it, in what comes too


@cache
def _foot() -> Html:
    """Return the way to what a guest may compute for herself."""
    said = "Pour moi seul·e : combien me reste-t-il ?"
    return tag("footer", tag("a", said, href="/en-main", cls="lien"), cls="pied")


def told(problem: Problem) -> str:
    """Return what is wrong as a whole sentence: what begins in small letters goes on from where."""
    return problem.what if problem.what[:1].isupper() else f"{problem.where} : {problem.what}"


def problems(found: Iterable[Problem], home: str = "/") -> Html:
    """Return a frame that says what is wrong and what to do."""
    said = [tag("div", tag("h1", told(each)), tag("p", lines(each.todo))) for each in found]
    return joined(
        tag("div", said, cls="cadre erreur"), tag("p", tag("a", "Revenir à l'atelier", href=home, cls="bouton"))
    )


def button(label: str, name: str = "", value: str = "", kind: str = "", **more: Any) -> Html:
    """Return a button that sends its form."""
    return tag(
        "button", label, type="submit", name=name or None, value=value or None, cls=f"bouton {kind}".strip(), **more
    )


def form(action: str, token: Html, *inside: Any, **more: Any) -> Html:
    """Return a form that is sent, its token inside."""
    return tag("form", token, *inside, method="post", action=action, **more)


def hidden(name: str, value: str) -> Html:
    """Return a field nobody sees."""
    return tag("input", type="hidden", name=name, value=value)
