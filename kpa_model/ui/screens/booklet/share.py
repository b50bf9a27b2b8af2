"""« Partager »: item by item, with one person, until one stops. And what comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import ipywidgets as widgets

from kpa_model.assessment import booklet
from kpa_model.assessment.kept import SharedFile
from kpa_model.declare.markup import Html, joined, table, tag, wide
from kpa_model.errors import Problem
from kpa_model.files.closed import booklets
from kpa_model.story.booklet import told as booklet_told
from kpa_model.story.booklet.paper import extract_paper
from kpa_model.story.booklet.phone import public_part
from kpa_model.story.booklet.portfolio import portfolio
from kpa_model.ui import pieces
from kpa_model.ui.screens.booklet.door import NotYet
from kpa_model.ui.screens.booklet.replies import written_back
from kpa_model.ui.screens.booklet.session import BookletSession
from kpa_model.words import day, listing

_BEFORE = tag(
    "p",
    "Rien n'est partagé tant que vous ne cochez rien. "
    "Vous choisissez chaque élément, et une seule personne. Elle lira seulement ce que vous cochez, avec votre nom.",
)

_LINKED = (
    "Ce fichier est pour un autre programme. Il dit ce que vous avez coché, dans vos mots.",
    "Il n'est pas signé, sauf vos badges. Entretiens, contrat et retours n'y sont jamais.",
)


def sharing(session: BookletSession) -> widgets.Widget:
    """Return the panel."""
    ticks, said, listed = pieces.column(), pieces.html(), pieces.html()
    who = widgets.Text(description="Pour qui", placeholder="Mon accompagnatrice")
    found: dict[str, widgets.Checkbox] = {}

    def show() -> None:
        every = {key: f"{booklet.SECTIONS[part]} : {title}" for key, part, title in booklet.items(session.booklet)}
        for key in [key for key in found if key not in every]:
            del found[key]
        for key, label in every.items():
            found.setdefault(key, widgets.Checkbox(indent=False)).description = label
        ticks.children = list(found.values()) or [pieces.html(tag("p", "Votre livret est encore vide."))]
        listed.value = _listed(session)

    def give() -> None:
        chosen = [key for key, box in found.items() if box.value]
        if not chosen or not who.value.strip():
            todo = "Cochez un élément au moins, et écrivez pour qui."
            raise NotYet(Problem("Partage", "il manque un élément ou une personne.", todo))
        said.value = _given(session, chosen, who.value.strip())
        who.value = ""
        for box in found.values():
            box.value = False

    session.follow(show)

    def ticked(where: str) -> booklet.Booklet:
        chosen = frozenset(key for key, box in found.items() if box.value)
        if not chosen:
            raise NotYet(Problem(where, "rien n'est coché.", "Cochez un élément au moins."))
        return booklet.extract(session.booklet, chosen)

    make = pieces.button("Partager", give, "kpa-primary", said)
    buttons = pieces.row(make, *_taking_out(session, ticked, said))
    parts = (pieces.html(_BEFORE), ticks, who, buttons, said, listed, _stopping(session), written_back(session))
    return pieces.column(*parts)


def _taking_out(
    session: BookletSession, ticked: Callable[[str], booklet.Booklet], said: widgets.HTML
) -> tuple[widgets.Widget, widgets.Widget]:
    """Return the ways to take out what is ticked: on paper, for another program."""

    def printed() -> None:
        made = extract_paper(ticked("Impression"), session.today)
        link = pieces.download("Télécharger ce que j'ai coché (PDF)", "ce_que_j_ai_coche.pdf", made, "application/pdf")
        said.value = pieces.live(tag("p", link))

    def linked() -> None:
        made = portfolio(ticked("Portfolio"), session.today)
        link = pieces.download("Télécharger mon portfolio (ZIP)", "portfolio.zip", made, "application/zip")
        said.value = pieces.live(joined(tag("p", each) for each in _LINKED), tag("p", link))

    return (
        pieces.button("Imprimer ce que je coche", printed, said=said),
        pieces.button("Emporter en portfolio (JSON-LD)", linked, said=said),
    )


def _given(session: BookletSession, chosen: list[str], who: str) -> str:
    """Make the extract, note the share, and return what to tell: the code is shown once."""
    mine = session.booklet
    titles = tuple(title for key, _, title in booklet.items(mine) if key in chosen)
    made = SharedFile(who, session.today, tuple(chosen), titles)
    code, data = booklets.share(made.id, booklet.as_data(_extract(mine, frozenset(chosen))))
    try:
        session.change(replace(mine, shares=(*mine.shares, made)))
    except Exception:
        booklets.withdraw(made.id)  # what is not noted is not shared
        raise
    file = pieces.download(
        "Le fichier à donner, si la personne n'est pas ici", "partage.partage", data, "application/octet-stream"
    )
    return pieces.live(
        tag(
            "div",
            tag("p", tag("strong", f"C'est partagé avec {who}.")),
            tag("p", "Donnez-lui ce code, de vive voix. Il ne sera plus montré."),
            tag("p", code, cls="kpa-code"),
            tag("p", "Sur cet ordinateur, le code suffit. ", file),
            cls="kpa-success",
        )
    )


def _extract(mine: booklet.Booklet, chosen: frozenset[str]) -> booklet.Booklet:
    """Return what is shared, with the public key for an answer that this booklet alone can read."""
    key = public_part(mine.phone_key) if mine.phone_key else ""
    return replace(booklet.extract(mine, chosen), reply_key=key)


def _listed(session: BookletSession) -> Html:
    if not session.booklet.shares:
        return tag("p", "Vous ne partagez rien.")
    rows = [
        (each.who, day(each.on), listing(each.titles), f"arrêté le {day(each.revoked)}" if each.revoked else "en cours")
        for each in session.booklet.shares
    ]
    heads = ("Pour qui", "Depuis le", "Quoi", "Aujourd'hui")
    return wide(table("Mes partages", heads, rows, cls="kpa-table"), "Mes partages")


def _stopping(session: BookletSession) -> widgets.Widget:
    which, said = pieces.choice("Arrêter le partage avec", [("", "—")], ""), pieces.html()

    def stop() -> None:
        booklets.withdraw(which.value)
        shares = tuple(
            replace(each, revoked=session.today) if each.id == which.value else each for each in session.booklet.shares
        )
        session.change(replace(session.booklet, shares=shares))
        told = joined([tag("p", each) for each in booklet_told.AFTER_REVOKING])
        said.value = pieces.live(tag("div", told, cls="kpa-info"))

    made = pieces.column(pieces.row(which, pieces.button("Arrêter ce partage", stop, "kpa-danger", said)), said)

    def show() -> None:
        going = [(each.id, f"{each.who}, {day(each.on)}") for each in session.booklet.shares if not each.revoked]
        pieces.fill(which, going or [("", "—")])
        made.children[0].layout.display = None if going else "none"

    session.follow(show)
    return made
