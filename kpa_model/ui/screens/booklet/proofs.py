"""« Mes preuves »: a photo or a certificate closed with the booklet; see it, take it out, share it like the rest."""

from __future__ import annotations

from base64 import b64encode

import ipywidgets as widgets

from kpa_model.assessment import booklet
from kpa_model.assessment.kept import Proof
from kpa_model.declare.form import Day, Form, Text
from kpa_model.declare.markup import Html, joined, tag
from kpa_model.errors import Problem
from kpa_model.files import evidence
from kpa_model.story.booklet.export import proof_name, proof_shown
from kpa_model.ui import pieces
from kpa_model.ui.form_view import FormView
from kpa_model.ui.screens.booklet.door import NotYet
from kpa_model.ui.screens.booklet.session import BookletSession

MOST, MOST_LETTERS = 20, 6_000_000
"""Proofs of a booklet, and their base64 letters together: each save closes them all again."""

_BEFORE = (
    "Une photo perd son lieu, son heure et le nom de l'appareil. Un PDF reste tel quel.",
    "Demandez leur accord aux personnes que l'on voit.",
)


def proofs(session: BookletSession) -> widgets.Widget:
    """Return the way to add a proof, and to look at those kept."""
    return pieces.column(_adding(session), _looking(session))


def _adding(session: BookletSession) -> widgets.Widget:
    asked = Form((Text("title", "Ce que cela montre", longest=120), Day("on", "C'était le", needed=False)))
    upload = widgets.FileUpload(accept=evidence.ACCEPTED, multiple=False, description="Choisir une photo ou un PDF")
    view, said = FormView(asked), pieces.html()

    def keep() -> None:
        if not upload.value:
            raise NotYet(Problem("Preuve", "rien n'a été choisi.", "Choisissez une photo ou un PDF."))
        answers, wrong = view.read()
        if wrong:
            return
        kind, content = evidence.kept(bytes(upload.value[0]["content"]))
        proof = Proof(answers["title"], kind, b64encode(content).decode(), answers["on"])
        session.change(with_proof(session.booklet, proof))
        upload.value = ()
        view.clear()
        said.value = pieces.live(tag("p", "La preuve est gardée, fermée avec votre livret.", cls="kpa-success"))

    told = pieces.html(joined(tag("p", each, cls="kpa-help") for each in _BEFORE))
    button = pieces.button("Garder cette preuve", keep, "kpa-primary", said)
    return pieces.fold("Ajouter une preuve : photo ou certificat", told, upload, view.box, button, said)


def with_proof(mine: booklet.Booklet, proof: Proof) -> booklet.Booklet:
    """Return the booklet with one more proof. Raises NotYet when there would be too many."""
    letters = sum(len(each.content) for each in (*mine.proofs, proof))
    if len(mine.proofs) >= MOST or letters > MOST_LETTERS:
        what = f"le livret est plein : {MOST} preuves, ou {MOST_LETTERS * 3 // 4_000_000} Mo en tout."
        raise NotYet(Problem("Preuve", what, "Retirez une preuve, puis recommencez."))
    return booklet.added(mine, "proofs", proof)


def _looking(session: BookletSession) -> widgets.Widget:
    which, shown = pieces.choice("Ma preuve", [("", "—")], ""), pieces.html()

    def look() -> None:
        proof = next((each for each in session.booklet.proofs if each.id == which.value), None)
        shown.value = pieces.live(_whole(proof)) if proof else ""

    made = pieces.fold("Voir mes preuves", which, pieces.button("Voir cette preuve", look, said=shown), shown)

    def show() -> None:
        known = [(each.id, each.title) for each in session.booklet.proofs]
        pieces.fill(which, known or [("", "—")])
        made.layout.display = None if known else "none"
        shown.value = ""

    session.follow(show)
    return made


def _whole(proof: Proof) -> Html:
    link = pieces.download("Reprendre le fichier", proof_name(proof), proof.bytes, proof.mime)
    return tag("div", proof_shown(proof), tag("p", link), cls="kpa-card")
