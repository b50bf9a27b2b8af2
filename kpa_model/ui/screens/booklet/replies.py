"""What somebody wrote back: read it, sign it or not, keep it or not."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import ipywidgets as widgets

from kpa_model.assessment import booklet
from kpa_model.assessment.kept import Feedback
from kpa_model.declare.markup import joined, tag
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.files.closed import mailbox
from kpa_model.story.booklet.export import feedback_told
from kpa_model.story.booklet.reply import read_reply
from kpa_model.ui import pieces
from kpa_model.ui.screens.booklet.door import NotYet
from kpa_model.ui.screens.booklet.session import BookletSession


def written_back(session: BookletSession) -> widgets.Widget:
    """Return what waits for this booklet, and the way to bring what came as a file."""
    shown, said, found = pieces.html(), pieces.html(), dict[str, Feedback]()
    upload = widgets.FileUpload(accept=mailbox.REPLY, multiple=False, description="Choisir le fichier reçu")

    def look() -> None:
        found.clear()
        for name, content in mailbox.waiting(mailbox.REPLY).items():
            with suppress(UnreadableFile):  # closed for another booklet
                found[name] = read_reply(content, session.booklet.phone_key)
        told = [tag("div", feedback_told(each), cls="kpa-card") for each in found.values()]
        shown.value = joined(told) if told else tag("p", "Rien n'attend ici.")
        for each in (sign, keep, leave):
            each.layout.display = None if found else "none"

    def bring() -> None:
        if not upload.value:
            raise NotYet(Problem("Retour", "rien n'a été choisi.", "Choisissez le fichier « .retour »."))
        content, upload.value = bytes(upload.value[0]["content"]), ()
        read_reply(content, session.booklet.phone_key)
        mailbox.leave(mailbox.REPLY, content)
        look()

    def done(kept: bool, signed: bool) -> None:
        mine = session.booklet
        for each in found.values() if kept else ():
            mine = booklet.added(mine, "feedback", replace(each, signed=session.today if signed else None))
        if kept:
            session.change(mine)
        for name in found:
            mailbox.forget(name)
        look()
        said.value = pieces.live(tag("p", "C'est gardé dans votre livret." if kept else "Ce n'est pas gardé."))

    sign = pieces.button("Signer et garder", lambda: done(True, True), "kpa-primary", said)
    keep = pieces.button("Garder sans signer", lambda: done(True, False), said=said)
    leave = pieces.button("Ne pas garder", lambda: done(False, False), said=said)
    look()
    text = tag("p", "Un plan d'action se signe à deux. Pour le rendre à la personne, partagez-le ou imprimez-le.")
    buttons, came = pieces.row(sign, keep, leave), pieces.button("Rapporter ce retour", bring, said=said)
    return pieces.fold("Ce qu'on m'a écrit", pieces.html(text), shown, buttons, said, upload, came, opened=bool(found))
