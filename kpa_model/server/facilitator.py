"""The pages of the facilitator: for her machine only, unless she decided otherwise, and for her session only."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import ClassVar

from kpa_model.errors import Problem
from kpa_model.files.log import archive as events_archive
from kpa_model.server import guard
from kpa_model.server.base import Desk, Refusal
from kpa_model.server.pages import control, leading, projector
from kpa_model.workshop.event import Event
from kpa_model.workshop.seat import Person

HOST, AFAR, SCREEN = "facilitator", "afar", "screen"
"""Roles of a session: on her machine, on a phone she let in, on a screen that only shows."""
LINKS = {"telephone": AFAR, "ecran": SCREEN}
FEW = 2
"""Showing asks once more when fewer than one person out of so many has answered."""


class Facilitator(Desk):
    """Base of the pages of the facilitator. A phone or a screen she let in by a link is let in from anywhere."""

    ROLE = "animation"
    ROLES: ClassVar[tuple[str, ...]] = (HOST, AFAR)

    def admit(self) -> None:
        """Refuse other machines, then whoever has not the facilitator's session."""
        session = self.workshop.session(self.secret)
        role = session.role if session else ""
        if role not in (AFAR, SCREEN) and not self.settings["from_afar"] and not guard.is_here(self.address):
            todo = "Ouvrez-la sur l'ordinateur qui a lancé l'atelier, ou demandez-lui un lien pour ce téléphone."
            raise Refusal(403, Problem("Animation", "cette page ne s'ouvre que sur son ordinateur.", todo))
        if role not in self.ROLES:
            todo = "Ouvrez l'adresse d'animation écrite dans le terminal ou dans le cahier."
            raise Refusal(403, Problem("Animation", "cette page est à la personne qui anime.", todo))

    def somebody(self, asked: str) -> Person:
        """Return a person of the workshop. Raises a refusal."""
        if asked not in self.workshop.live.people:
            raise Refusal(404, Problem("Personne", "elle n'est pas, ou plus, dans l'atelier.", "Revenez à la liste."))
        return self.workshop.live.people[asked]


class Unlock(Facilitator):
    """The address printed for the facilitator, or a link she gave: it opens a session, then forgets the key."""

    def admit(self) -> None:
        """Let `get` look at the key."""

    async def get(self) -> None:
        """Open the session of whoever holds the key, on this machine; or a link given for a phone or a screen."""
        self.wait_too_many("keys", self.address)
        asked, near = self.asked("jeton"), self.settings["from_afar"] or guard.is_here(self.address)
        if near and guard.same(asked, self.settings["key"]):
            role: str | None = HOST
        else:
            tickets = self.arrivals.tickets
            role = next((role for kind, role in LINKS.items() if tickets.take(kind, asked) is not None), None)
        if role is None:
            self.limits["keys"].count(self.address)
            raise Refusal(403)
        held = self.workshop.session(self.secret)
        if not (held and held.role == role):  # opened again in the same browser: what another tab shows stays good
            self.keep_secret(await self.workshop.open_session(role), path="/animation")
        self.go("/animation/ecran" if role == SCREEN else "/animation")


class Invite(Facilitator):
    """A link, good once, for the facilitator's own phone or for another screen."""

    def post(self) -> None:
        """Show it, as a QR code and in letters."""
        kind = self.typed("pour")
        if kind not in LINKS:
            raise Refusal(400)
        secret = self.arrivals.tickets.give(kind, long=True)
        link = f"{self.settings['address']}animation/entrer?jeton={secret}"
        self.page("Un lien", leading.invitation(kind, link))


class ProjectorPage(Facilitator):
    """What the room reads, in big type: nothing to press."""

    ROLES: ClassVar[tuple[str, ...]] = (HOST, AFAR, SCREEN)

    def get(self) -> None:
        """Show what is asked, or what we said together."""
        body = projector.screen(self.workshop, self.settings["address"])
        version = f"{self.workshop.version()}{self.workshop.live.entry}{self.workshop.code}{self.settings['address']}"
        self.page(self.workshop.script.title, body, version=version, refresh=5, wide=True, look="ecran")


class RoomPage(Facilitator):
    """The page from which the workshop is led."""

    def get(self) -> None:
        """Show where the workshop is."""
        body = control.main(self.workshop, self.token(), self.settings["address"])
        live = self.workshop.live
        version = (
            f"{self.workshop.version()}{live.until or ''}{live.entry}{self.workshop.code}{self.settings['address']}"
        )
        self.page(self.workshop.script.title, body, version=version, refresh=5, wide=True)


class Gesture(Facilitator):
    """One gesture of the facilitator: next, close, show…"""

    GESTURES: ClassVar[dict[str, str]] = {
        "suivant": "_next", "precedent": "_previous", "aller": "_go_to", "passer": "_skip", "fermer": "_close",
        "rouvrir": "_reopen", "ouvrir": "_reopen", "montrer": "_show", "code": "_renew", "chrono": "_start",
        "chrono_plus": "_longer", "chrono_fin": "_stop", "ouvrir_entree": "_let_in", "fermer_entree": "_shut",
        "finir": "_end", "reprendre": "_resume",
    }  # fmt: skip

    async def post(self) -> None:
        """Do it, unless the page it comes from is about a step that is already over."""
        asked = self.typed("geste")
        if asked not in self.GESTURES:
            raise Refusal(400)
        here = f"{self.workshop.live.step}/{self.workshop.live.round}"
        if asked == "montrer" and not self.typed("sur") and (given := self._few()) is not None:
            self.page("Montrer ?", leading.show_already(self.workshop, self.token(), given, here))
            return
        if self.get_body_argument("ou", here) == here:  # pressed twice: the second one changes nothing
            event = getattr(self, self.GESTURES[asked])()
            if event is not None:
                await self.workshop.add(event)
        self.go("/animation")

    def _here(self, kind: str) -> Event | None:
        live = self.workshop.live
        return Event(kind, step=live.step, round=live.round) if live.now else None

    def _to(self, place: tuple[str, str] | None, skips: bool = False) -> Event | None:
        payload = {"skips": skips, "opens": False}  # she explains, then opens the question
        return Event("moved", step=place[0], round=place[1], payload=payload) if place else None

    def _few(self) -> int | None:
        """Return how many have answered, when they are few of those here."""
        live, given = self.workshop.live, len(self.workshop.current())
        few = live.now is not None and not live.now.shown and FEW * given < len(live.people)
        return given if few else None

    def _renew(self) -> Event:
        return Event("code", payload={"code": guard.new_code()})

    def _next(self) -> Event | None:
        return self._to(self.workshop.neighbour(1) if self.workshop.step else self.workshop.places[0])

    def _previous(self) -> Event | None:
        return self._to(self.workshop.neighbour(-1))

    def _go_to(self) -> Event | None:
        """Go to a step: where the group left it, else where it begins; the one under way stays as it is."""
        step, live = self.typed("etape"), self.workshop.live
        places = [each for each in self.workshop.places if each[0] == step]
        begun = [each for each in places if each in live.asked]
        wanted = (begun or places[:1])[-1:]
        return self._to(wanted[0]) if wanted and step != live.step else None

    def _skip(self) -> Event | None:
        places, step = self.workshop.places, self.workshop.live.step
        mine = [at for at, each in enumerate(places) if each[0] == step]
        return self._to(places[mine[-1] + 1], skips=True) if mine and mine[-1] + 1 < len(places) else None

    def _close(self) -> Event | None:
        return self._here("closed")

    def _reopen(self) -> Event | None:
        return self._here("reopened")

    def _show(self) -> Event | None:
        return self._here("shown")

    def _start(self) -> Event | None:
        return Event("timer", payload={"seconds": self.workshop.step.minutes * 60}) if self.workshop.step else None

    def _longer(self) -> Event:
        until = self.workshop.live.until
        left = max(0, int((until - datetime.now(UTC)).total_seconds())) if until else 0
        return Event("timer", payload={"seconds": left + 60})

    def _stop(self) -> Event:
        return Event("timer", payload={"seconds": 0})

    def _let_in(self) -> Event:
        return Event("entry", payload={"open": True})

    def _shut(self) -> Event:
        return Event("entry", payload={"open": False})

    def _end(self) -> Event:
        return Event("ended")

    def _resume(self) -> Event:
        return Event("resumed")


class ScriptPage(Facilitator):
    """The script, step by step."""

    def get(self) -> None:
        """Show every step, and where the group is."""
        self.page("Le déroulé", leading.script(self.workshop, self.token()))


class Export(Facilitator):
    """The whole workshop in one file."""

    async def get(self) -> None:
        """Send the file."""
        content = await asyncio.to_thread(events_archive.export, self.workshop.log, self.workshop.id)
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("Content-Disposition", f'attachment; filename="atelier_{self.workshop.id}.jsonl"')
        self.finish(content)


class FollowAll(Facilitator):
    """News for the page of the room: something happened."""

    ROLES: ClassVar[tuple[str, ...]] = (HOST, AFAR, SCREEN)

    async def get(self) -> None:
        """Tell how many news there were: events, somebody erased, another address."""
        await self.stream(lambda: str(self.workshop.news), everything=True)
