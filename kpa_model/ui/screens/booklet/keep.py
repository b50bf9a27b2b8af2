"""« Emporter et protéger »: paper, open folder, closed copy, another passphrase, the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import ipywidgets as widgets

from kpa_model.declare.markup import joined, tag
from kpa_model.errors import Problem
from kpa_model.files.closed import booklets
from kpa_model.story.booklet import export as booklet_export
from kpa_model.story.booklet import told as booklet_told
from kpa_model.story.booklet.paper import booklet_paper
from kpa_model.ui import pieces
from kpa_model.ui.screens.booklet.door import PDF, NotYet, secret, words_on_paper
from kpa_model.ui.screens.booklet.session import BookletSession


def keeping(session: BookletSession) -> widgets.Widget:
    """Return the panel."""
    parts = [_taking(session), _coming_back(session), _phrase(session), _end(session)]
    return pieces.column(*([parts.pop(2)] if session.by_words else []), *parts)


def _taking(session: BookletSession) -> widgets.Widget:
    """Return the three ways to take the booklet away; each file is made when asked for."""
    said = pieces.html()

    answers = widgets.Checkbox(description="Avec mes réponses aux entretiens", indent=False)

    def paper() -> str:
        made = booklet_paper(session.booklet, session.line(), session.pathway, intimate=answers.value)
        return pieces.download("Télécharger mon livret (PDF)", "mon_livret.pdf", made, PDF)

    def folder() -> str:
        made = booklet_export.open_folder(session.booklet)
        return pieces.download("Télécharger mon livret ouvert (ZIP)", "mon_livret_ouvert.zip", made, "application/zip")

    def closed() -> str:
        made = session.open.sealed_copy() if session.open else b""
        return pieces.download(
            "Télécharger ma copie fermée", f"copie{booklets.SUFFIX}", made, "application/octet-stream"
        )

    def give(make: Callable[[], str]) -> Callable[[], None]:
        return lambda: setattr(said, "value", pieces.live(tag("p", make())))

    told = tag(
        "p",
        "Le papier et le dossier ouvert se lisent sans clé : gardez-les chez vous. "
        "La copie fermée s'ouvre avec votre phrase, dans un autre cahier.",
    )
    return pieces.column(
        pieces.html(told),
        answers,
        pieces.row(
            pieces.button("Imprimer mon livret", give(paper), "kpa-primary", said),
            pieces.button("Emporter mon livret ouvert", give(folder), said=said),
            pieces.button("Emporter une copie fermée", give(closed), said=said),
        ),
        said,
    )


def _coming_back(session: BookletSession) -> widgets.Widget:
    """Return the way to take up an open folder: it takes the place of what is here, once the person says so."""
    upload = widgets.FileUpload(accept=".zip,.json", multiple=False, description="Choisir un livret ouvert")
    sure = widgets.Checkbox(description="Remplacer tout ce que contient ce livret", indent=False)
    said = pieces.html()

    def take() -> None:
        if not upload.value or not sure.value:
            todo = "Choisissez le fichier « .zip », puis cochez la case."
            raise NotYet(Problem("Livret ouvert", "il manque le fichier ou votre accord.", todo))
        content, upload.value = bytes(upload.value[0]["content"]), ()
        came = booklet_export.from_folder(content)
        mine = session.booklet
        session.change(replace(came, phone_key=mine.phone_key, shares=mine.shares))
        sure.value = False
        said.value = pieces.live(tag("p", "Le livret ouvert est repris ici.", cls="kpa-success"))

    return pieces.fold("Reprendre un livret ouvert", upload, sure, pieces.button("Reprendre", take, said=said), said)


def _phrase(session: BookletSession) -> widgets.Widget:
    phrase, see, shown = secret("Ma nouvelle phrase")
    again, see_again, shown_again = secret("Encore une fois")
    widgets.link((see, "value"), (see_again, "value"))
    said, inside = pieces.html(), pieces.column()

    def change() -> None:
        if phrase.value != again.value:
            raise NotYet(Problem("Nouvelle phrase", "les deux phrases sont différentes.", "Écrivez deux fois la même."))
        if session.open is None:
            return
        words = session.open.change_phrase(phrase.value)
        phrase.value = again.value = ""
        session.by_words = False
        session.wait(words)
        inside.children = [words_on_paper(session.open.name, words, done)]

    def done() -> None:
        session.noted()
        pieces.turn(inside, *first)
        said.value = pieces.live(tag("p", "La nouvelle phrase ouvre votre livret.", cls="kpa-success"))

    text = pieces.html(
        tag("p", "De nouveaux mots de secours remplacent les anciens. Les copies d'avant gardent l'ancienne phrase.")
    )
    first = [text, phrase, shown, again, shown_again, see, pieces.button("Changer de phrase", change, said=said), said]
    inside.children = first
    return pieces.fold("Changer ma phrase secrète", inside, opened=session.by_words)


def _end(session: BookletSession) -> widgets.Widget:
    said = pieces.html()
    told = joined([tag("p", each) for each in booklet_told.CANNOT_DELETE])
    sure = widgets.Checkbox(description="Je veux effacer mon livret, pour toujours", indent=False)

    def delete() -> None:
        if not sure.value:
            raise NotYet(Problem("Effacer", "la case n'est pas cochée.", "Cochez-la si c'est vraiment votre choix."))
        session.delete()

    return pieces.fold(
        "Effacer mon livret", pieces.html(told), sure, pieces.button("Effacer", delete, "kpa-danger", said), said
    )
