"""The adviser's side: read what people chose to share, print it, write back, see the ends that come, and a trend.

Everything opened here is in memory only, and goes when she closes it. A share that its owner stopped no longer opens.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable
from datetime import date

import ipywidgets as widgets

from kpa_model.assessment import booklet
from kpa_model.assessment.booklet import Booklet
from kpa_model.assessment.kept import Feedback
from kpa_model.assessment.trend import ENOUGH, trend
from kpa_model.declare.form import Form, Text
from kpa_model.declare.markup import Html, items, joined, table, tag, wide
from kpa_model.errors import Problem
from kpa_model.files.closed import booklets, mailbox
from kpa_model.story.booklet import export as booklet_export
from kpa_model.story.booklet.paper import extract_paper
from kpa_model.story.booklet.reply import close_reply
from kpa_model.ui import pieces
from kpa_model.ui.form_view import FormView
from kpa_model.ui.screens.booklet.door import PDF, NotYet
from kpa_model.ui.screens.booklet.session import cape_of
from kpa_model.words import count, day, of

BACK = Form(
    (
        Text("by", "Mon nom", "Écrire votre nom, c'est signer.", longest=120),
        Text("text", "Ce que je veux lui dire", "Des faits, un encouragement. Elle le lira.", longest=4000, lines=4),
        Text("steps", "Un plan d'action", "Un pas par ligne, avec sa date. Laissez vide pour un commentaire.", False,
             2000, 4),
    )
)  # fmt: skip


def received() -> widgets.Widget:
    """Return the place to read what people share: a code, and the file when it comes from elsewhere."""
    desk = AdviserDesk()
    return pieces.fold("Lire ce qu'une personne partage avec moi", desk.box)


class AdviserDesk:
    """The extracts an adviser has open."""

    def __init__(self) -> None:
        self.opened: dict[str, Booklet] = {}
        self._code = widgets.Text(description="Le code reçu")
        self._upload = widgets.FileUpload(accept=booklets.SHARED, multiple=False, description="Choisir le fichier reçu")
        self.said, self._ends, self._trend = pieces.html(), pieces.html(), pieces.html()
        self._which = pieces.choice("Je lis le partage de", [("", "—")], "")
        self._which.observe(lambda _: self._show(), "value")
        read = pieces.button("Lire ce partage", self._read, "kpa-primary", self.said)
        close = pieces.button("Fermer ce partage", self._close)
        on_paper = pieces.button("Imprimer ce partage", self._print, said=self.said)
        self._one = pieces.column(self._which, pieces.row(on_paper, close), self._writing())
        self._all = pieces.fold("Tous les partages ouverts ici", self._ends, self._trend)
        self.box = pieces.column(self._code, self._upload, read, self.said, self._one, self._all)
        self._follow("")

    def _trying(self, done: int, total: int) -> None:
        self.said.value = pieces.live(tag("p", f"Un instant : partage {done} sur {total}."))

    def _read(self) -> None:
        typed, self._code.value = self._code.value, ""
        content = bytes(self._upload.value[0]["content"]) if self._upload.value else None
        self._upload.value = ()
        shared = booklet.from_data(booklets.open_share(typed, content, self._trying), "Ce partage")
        self.opened[shared.id] = shared
        self._follow(shared.id)

    def _close(self) -> None:
        self.opened.pop(self._which.value, None)
        self._follow(next(iter(self.opened), ""))

    def _follow(self, chosen: str) -> None:
        """Show an extract, and what all of them say together."""
        known = [(each.id, each.name) for each in self.opened.values()]
        pieces.fill(self._which, known or [("", "—")])
        self._which.value = chosen
        self._one.layout.display = self._all.layout.display = None if known else "none"
        self._ends.value = ends_that_come(self.opened.values(), date.today())
        self._trend.value = group_trend(self.opened.values())
        self._show()

    def _show(self) -> None:
        shared = self.opened.get(self._which.value)
        self.said.value = pieces.live(_told(shared)) if shared else ""

    def _print(self) -> None:
        shared = self.opened[self._which.value]
        link = pieces.download(
            f"Télécharger le partage {of(shared.name)} (PDF)", "partage.pdf", extract_paper(shared, date.today()), PDF
        )
        self.said.value = pieces.live(tag("p", link), _told(shared))

    def _writing(self) -> widgets.Widget:
        view, said = FormView(BACK), pieces.html()

        def send() -> None:
            shared = self.opened[self._which.value]
            if not shared.reply_key:
                todo = "Demandez-lui de partager de nouveau, avec ce cahier."
                raise NotYet(Problem("Écrire", "ce partage ne permet pas de répondre.", todo))
            answers, wrong = view.read()
            if wrong:
                return
            steps = tuple(line.strip() for line in (answers["steps"] or "").splitlines() if line.strip())[:10]
            written = Feedback(answers["by"], date.today(), answers["text"], steps)
            data = close_reply(b64decode(shared.reply_key), written)
            mailbox.leave(mailbox.REPLY, data)
            view.clear()
            link = pieces.download("Le fichier à lui donner, si elle n'est pas ici", "retour.retour", data, _BYTES)
            told = f"Fermé pour {shared.name}, qui seule peut le lire. Sur cet ordinateur, son livret le montrera."
            said.value = pieces.live(tag("div", tag("p", told), tag("p", link), cls="kpa-success"))

        return pieces.fold(
            "Lui écrire : un commentaire, ou un plan d'action",
            view.box, pieces.button("Signer et fermer pour cette personne", send, "kpa-primary", said), said,
        )  # fmt: skip


_BYTES = "application/octet-stream"


def _told(shared: Booklet) -> Html:
    told = joined([joined(tag("h4", title), body) for title, body in booklet_export.parts(shared) if body])
    return tag(
        "div",
        tag("h3", f"{shared.name} partage avec vous"),
        told,
        tag("p", "Ceci reste à cette personne. N'en parlez qu'avec elle.", cls="kpa-help"),
        cls="kpa-card",
    )


def ends_that_come(extracts: Iterable[Booklet], today: date) -> Html:
    """Return the ends of contracts of those who shared theirs, nearest first."""
    known = [(cape, each.name) for each in extracts if (cape := cape_of(each)) and not cape.stopped]
    if not known:
        return tag("p", "Aucun partage ouvert ne dit la fin d'un contrat.")
    rows = [
        (name, day(cape.end), _left((cape.end - today).days), count(cape.renewals_left, "renouvellement"))
        for cape, name in sorted(known, key=lambda each: each[0].end)
    ]
    title, heads = "Les fins de contrat qui viennent", ("Qui", "Fin", "Dans", "Encore possible")
    return wide(table(title, heads, rows, cls="kpa-table"), title)


def _left(days: int) -> str:
    return "passée : appelez la CAE" if days < 0 else count(days, "jour")


def group_trend(extracts: Iterable[Booklet]) -> Html:
    """Return how the group moves, or why it cannot be told."""
    told = trend(extracts)
    if not told:
        few = f"La tendance du groupe demande {ENOUGH} personnes, qui ont répondu deux fois au même critère."
        return tag("p", few, cls="kpa-help")
    rows = [f"{name} : {part} des personnes disent un niveau plus haut que la première fois."
            for criteria in told.values() for name, part in criteria.items()]  # fmt: skip
    return joined(tag("h4", "La tendance du groupe, sans nom"), items(rows))
