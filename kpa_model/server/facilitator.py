"""The pages of the facilitator: for her machine only, unless she decided otherwise, and for her session only."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import ClassVar

from kpa_model.errors import Problem
from kpa_model.files.log import archive as events_archive
from kpa_model.server import facilitator_pages as pages
from kpa_model.server import guard
from kpa_model.server.base import Desk, Refusal
from kpa_model.workshop.event import Event
from kpa_model.workshop.live import Person


class Facilitator(Desk):
    """Base of the pages of the facilitator."""

    ROLE = "animation"

    def admit(self) -> None:
        """Refuse other machines, then whoever has not the facilitator's session."""
        if not self.settings["from_afar"] and not guard.is_here(self.address):
            todo = "Ouvrez-la sur l'ordinateur qui a lancé l'atelier."
            raise Refusal(403, Problem("Animation", "cette page ne s'ouvre que sur son ordinateur.", todo))
        session = self.workshop.session(self.secret)
        if session is None or session.role != "facilitator":
            todo = "Ouvrez l'adresse d'animation écrite dans le terminal ou dans le cahier."
            raise Refusal(403, Problem("Animation", "cette page est à la personne qui anime.", todo))

    def somebody(self, asked: str) -> Person:
        """Return a person of the workshop. Raises a refusal."""
        if asked not in self.workshop.live.people:
            raise Refusal(404, Problem("Personne", "elle n'est pas, ou plus, dans l'atelier.", "Revenez à la liste."))
        return self.workshop.live.people[asked]


class Unlock(Facilitator):
    """The address printed for the facilitator: it opens her session, then forgets the key in the address."""

    def admit(self) -> None:
        """Refuse other machines; the key is looked at in `get`."""
        if not self.settings["from_afar"] and not guard.is_here(self.address):
            raise Refusal(403)

    async def get(self) -> None:
        """Open the session of whoever holds the key."""
        self.wait_too_many("keys", self.address)
        if not guard.same(self.asked("jeton"), self.settings["key"]):
            self.limits["keys"].count(self.address)
            raise Refusal(403)
        self.keep_secret(await self.workshop.open_session("facilitator"), path="/animation")
        self.go("/animation")


class RoomPage(Facilitator):
    """The page projected in the room."""

    def get(self) -> None:
        """Show where the workshop is."""
        body = pages.main(self.workshop, self.token(), self.settings["address"])
        version = f"{self.workshop.version()}{self.workshop.live.until or ''}{self.workshop.live.entry}"
        self.page(self.workshop.script.title, body, version=version, refresh=5, wide=True)


class Gesture(Facilitator):
    """One gesture of the facilitator: next, close, show…"""

    GESTURES: ClassVar[dict[str, str]] = {
        "suivant": "_next", "precedent": "_previous", "aller": "_go_to", "passer": "_skip", "fermer": "_close",
        "rouvrir": "_reopen", "montrer": "_show", "chrono": "_start", "chrono_plus": "_longer", "chrono_fin": "_stop",
        "ouvrir_entree": "_let_in", "fermer_entree": "_shut", "finir": "_end", "reprendre": "_resume",
    }  # fmt: skip

    async def post(self) -> None:
        """Do it, unless the page it comes from is about a step that is already over."""
        asked = self.typed("geste")
        if asked not in self.GESTURES:
            raise Refusal(400)
        here = f"{self.workshop.live.step}/{self.workshop.live.round}"
        if self.get_body_argument("ou", here) == here:  # pressed twice: the second one changes nothing
            event = getattr(self, self.GESTURES[asked])()
            if event is not None:
                await self.workshop.add(event)
        self.go("/animation")

    def _here(self, kind: str) -> Event | None:
        live = self.workshop.live
        return Event(kind, step=live.step, round=live.round) if live.now else None

    def _to(self, place: tuple[str, str] | None, skips: bool = False) -> Event | None:
        return Event("moved", step=place[0], round=place[1], payload={"skips": skips}) if place else None

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
        self.page("Le déroulé", pages.script(self.workshop, self.token()))


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

    async def get(self) -> None:
        """Tell the rank of the last event each time it changes."""
        await self.stream(lambda: str(self.workshop.live.seq), everything=True)
