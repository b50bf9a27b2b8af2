"""Answering on one's phone: one QR code on the screen, and the answers come back closed, for this booklet alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from kpa_model.declare.markup import tag
from kpa_model.errors import UnreadableFile
from kpa_model.files.closed import mailbox
from kpa_model.story.booklet.phone import closed_shape, read_answers
from kpa_model.ui import pieces
from kpa_model.ui.screens.booklet.session import BookletSession

if TYPE_CHECKING:
    from kpa_model.server.lone_page import LonePage

_HELP = "Visez ce code avec le téléphone, sur le même Wi-Fi. Il sert une fois, pendant une heure."
_CLOSED = "Les réponses partent fermées. Si vous fermez votre livret, elles l'attendent ici."


class ByPhone:
    """The gesture that shows the code, and what comes back.

    Args:
        session: whose booklet it is.
        make: the page, given the path that takes its answer.
        came: told of the kind and of what was typed, as soon as the booklet is open; True when it is kept.
        told: what is then said.
    """

    def __init__(
        self,
        session: BookletSession,
        make: Callable[[str], str],
        came: Callable[[str, Mapping[str, str]], bool],
        told: str,
    ) -> None:
        self._session, self._make, self._came, self._told = session, make, came, told
        self._served: LonePage | None = None
        self._shown, self.said = pieces.html(), pieces.html()
        start = pieces.button("Répondre sur un téléphone", self._begin, "kpa-primary", self.said)
        self._stop = pieces.button("Ne plus attendre le téléphone", self.end, said=self.said)
        self._stop.layout.display = "none"
        self.box = pieces.column(start, self._shown, self._stop, self.said)

    def _begin(self) -> None:
        from kpa_model.server.lone_page import serve
        from kpa_model.server.pages.control import qr

        self.end()
        self._served = serve(self._make, self._received)
        address = self._served.address
        link = tag("p", "Ou tapez cette adresse : ", tag("strong", address), cls="kpa-small")
        self._shown.value = pieces.live(
            tag("div", tag("p", _HELP), tag("p", qr(address), cls="kpa-qr"), link, tag("p", _CLOSED))
        )
        self._stop.layout.display = None

    def end(self) -> None:
        """Stop waiting for the phone."""
        if self._served:
            self._served.close()
        self._served, self._shown.value, self._stop.layout.display = None, "", "none"

    def _received(self, content: bytes) -> bool:
        """Keep what a phone sent, closed; take it at once when the booklet is open."""
        if not closed_shape(content):
            return False
        mailbox.leave(mailbox.ANSWERS, content)
        if self._session.open:
            self._shown.value, self._stop.layout.display = "", "none"
            pieces.guarded(self.said, self.look)
        return True

    def look(self) -> None:
        """Take what waits for this booklet."""
        for name, content in mailbox.waiting(mailbox.ANSWERS).items():
            with suppress(UnreadableFile):  # closed for another booklet
                kind, raw = read_answers(content, self._session.booklet.phone_key)
                if self._came(kind, raw):
                    mailbox.forget(name)
                    self.said.value = pieces.live(tag("p", self._told, cls="kpa-success"))
