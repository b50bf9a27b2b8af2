"""What the group recognises: an open badge, signed with the key of the group, and the way to verify one."""

from __future__ import annotations

from datetime import date

import ipywidgets as widgets

from kpa_model.assessment import badges
from kpa_model.declare.form import Form, Text
from kpa_model.declare.markup import tag
from kpa_model.errors import Problem
from kpa_model.files.closed import booklets
from kpa_model.ui import pieces
from kpa_model.ui.form_view import FormView
from kpa_model.ui.screens.booklet.door import NotYet
from kpa_model.ui.screens.booklet.fold import fold
from kpa_model.ui.state import Store, book_of
from kpa_model.words import day

ASKED = Form(
    (
        Text("group", "Le groupe qui reconnaît", longest=80),
        Text("person", "La personne, comme elle veut être nommée", longest=80),
        Text("title", "Ce que nous reconnaissons", "Par exemple : préparer un buffet pour trente.", longest=100),
        Text("description", "Ce que cela veut dire", "", False, 400, 2),
        Text("criteria", "Comment on l'obtient", "Par exemple : deux personnes l'ont vu faire.", False, 400, 2),
        Text("evidence", "Ce que nous avons vu", "Un moment précis.", False, 400, 2),
    ),
    intro="Le groupe décide ensemble. La personne est d'accord. Le badge lui appartient.",
)


@pieces.framed
def our_recognition(store: Store) -> widgets.Widget:
    """Sign a badge together, or verify one."""
    view, said = FormView(ASKED), pieces.html()
    view.fill({"group": book_of(store.state).cooperative.name})
    on = widgets.DatePicker(description="Le", value=date.today())

    def sign() -> None:
        answers, wrong = view.read()
        if wrong:
            return
        if not on.value:
            raise NotYet(Problem("Badge", "il manque la date.", "Choisissez le jour."))
        token = badges.issue(_key(), **{name: value or "" for name, value in answers.items()}, on=on.value)
        link = pieces.download(
            "Le fichier du badge, à donner à la personne", "badge.jwt", token.encode(), "application/jwt"
        )
        said.value = pieces.live(
            tag("div", tag("p", tag("strong", "Le badge est signé.")), tag("p", link), cls="kpa-success")
        )

    signing = fold("Signer un badge", view.box, on, pieces.button("Signer le badge", sign, "kpa-primary", said), said)
    return pieces.column(signing, _verifying())


def _key() -> bytes:
    """Return the key of the group, made the first time."""
    known = booklets.group_key()
    if known is None:
        known = badges.new_group_key()
        booklets.keep_group_key(known)
    return known


def _verifying() -> widgets.Widget:
    upload = widgets.FileUpload(accept=".jwt,.txt", multiple=False, description="Choisir un badge")
    said = pieces.html()

    def check() -> None:
        if not upload.value:
            raise NotYet(Problem("Badge", "rien n'a été choisi.", "Choisissez un fichier « .jwt »."))
        token = bytes(upload.value[0]["content"]).decode("ascii", "replace")
        found = badges.verify(token, date.today())
        ours = booklets.group_key()
        same = ours is not None and found.issuer_print == badges.thumbprint(badges.public_jwk(ours))
        whose = "C'est la clé de notre groupe." if same else "Cette clé n'est pas celle de cet ordinateur."
        said.value = pieces.live(
            tag(
                "div",
                tag("p", tag("strong", "La signature est bonne."), " ", whose),
                tag("p", f"« {found.title} », pour {found.person}. Donné par {found.group}, le {day(found.on)}."),
                tag("p", f"Empreinte de la clé : {found.issuer_print}", cls="kpa-small"),
                cls="kpa-success",
            )
        )

    return fold("Vérifier un badge", upload, pieces.button("Vérifier", check, said=said), said)
