"""What the group recognises: a badge signed with its key, the way to verify one, and to take one back."""

from __future__ import annotations

from base64 import b64encode
from datetime import date

import ipywidgets as widgets

from kpa_model.assessment import badges
from kpa_model.assessment.withdrawn import sign_list
from kpa_model.declare.form import Form, Text
from kpa_model.declare.markup import Html, tag
from kpa_model.errors import Problem
from kpa_model.files.closed import booklets
from kpa_model.story.booklet.badge_image import badge_svg
from kpa_model.story.booklet.trust import our_list, our_print, seen, told
from kpa_model.story.booklet.verify_page import verify_page
from kpa_model.ui import pieces
from kpa_model.ui.form_view import FormView
from kpa_model.ui.screens.booklet.door import NotYet, possible
from kpa_model.ui.state import Store, book_of

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
        possible("Badge", on.value)
        token = badges.issue(_key(), **{name: value or "" for name, value in answers.items()}, on=on.value)
        said.value = pieces.live(_signed(token, on.value))

    signing = pieces.fold(
        "Signer un badge", view.box, on, pieces.button("Signer le badge", sign, "kpa-primary", said), said
    )
    return pieces.column(signing, _verifying(), _withdrawing(), _page(store))


def _signed(token: str, on: date) -> Html:
    """Return the picture of a badge just signed, and both files to give."""
    svg = badge_svg(badges.verify(token, max(on, date.today())), token)
    links = (
        pieces.download("L'image du badge, à donner à la personne", "badge.svg", svg.encode(), "image/svg+xml"),
        pieces.download("Le fichier du badge, à donner à la personne", "badge.jwt", token.encode(), "application/jwt"),
    )
    shown = tag("img", src=f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}", alt="Le badge", width=240)
    return tag(
        "div", tag("p", tag("strong", "Le badge est signé.")), tag("p", shown), [tag("p", each) for each in links],
        cls="kpa-success",
    )  # fmt: skip


def _key() -> bytes:
    """Return the key of the group, made the first time."""
    known = booklets.group_key()
    if known is None:
        known = badges.new_group_key()
        booklets.keep_group_key(known)
    return known


def _verifying() -> widgets.Widget:
    upload = widgets.FileUpload(accept=KINDS, multiple=False, description="Choisir un badge")
    listed = widgets.FileUpload(
        accept=".jwt,.txt", multiple=False, description="La liste des badges retirés, si je l'ai"
    )
    said = pieces.html()

    def check() -> None:
        given = bytes(listed.value[0]["content"]) if listed.value else b""
        said.value = pieces.live(told(seen(_chosen(upload), date.today(), given)))

    return pieces.fold("Vérifier un badge", upload, listed, pieces.button("Vérifier", check, said=said), said)


KINDS = ".svg,.jwt,.txt"


def _chosen(upload: widgets.FileUpload) -> bytes:
    if not upload.value:
        raise NotYet(Problem("Badge", "rien n'a été choisi.", "Choisissez l'image ou le fichier du badge."))
    return bytes(upload.value[0]["content"])


def _withdrawing() -> widgets.Widget:
    """Return the way to take a badge back: the list is signed, and given to whoever verifies."""
    upload = widgets.FileUpload(accept=KINDS, multiple=False, description="Choisir le badge à retirer")
    sure, said = widgets.Checkbox(description="Le groupe en a décidé ensemble", indent=False), pieces.html()

    def withdraw() -> None:
        today, content = date.today(), _chosen(upload)
        if not sure.value:
            raise NotYet(Problem("Retrait", "la case n'est pas cochée.", "Cochez-la si le groupe l'a décidé."))
        found = seen(content, today)
        if not found.ours:
            raise NotYet(
                Problem("Retrait", "ce badge n'est pas signé par notre groupe.", "Nous ne pouvons pas le retirer.")
            )
        days = our_list(today).days | {found.badge.id: today}
        booklets.keep_withdrawn_list(sign_list(_key(), days, today))
        sure.value = False
        link = pieces.download("La liste des badges retirés, à donner", booklets.WITHDRAWN,
                               booklets.withdrawn_list().encode(), "application/jwt")  # fmt: skip
        head = tag("p", f"Le badge « {found.badge.title} » est retiré. Ici, il ne sera plus reconnu.")
        more = tag("p", "Ailleurs, on le saura avec cette liste, ou avec la page qui vérifie.")
        said.value = pieces.live(tag("div", head, more, tag("p", link), cls="kpa-info"))

    return pieces.fold(
        "Retirer un badge", upload, sure, pieces.button("Retirer ce badge", withdraw, "kpa-danger", said), said
    )


def _page(store: Store) -> widgets.Widget:
    """Return the page that verifies our badges anywhere, made when asked for."""
    said = pieces.html()

    def make() -> None:
        _key()
        page = verify_page(book_of(store.state).cooperative.name, our_print(), our_list(date.today()))
        link = pieces.download("Télécharger la page qui vérifie", "verifier_un_badge.html", page.encode(), "text/html")
        said.value = pieces.live(tag("p", link))

    text = tag("p", "Un employeur, un autre groupe, ouvre cette page sans réseau. Elle connaît notre clé.")
    return pieces.fold(
        "Donner la page qui vérifie nos badges",
        pieces.html(text),
        pieces.button("Faire la page", make, said=said),
        said,
    )
