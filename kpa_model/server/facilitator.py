"""The pages of the facilitator: for her machine only, unless she decided otherwise, and for her session only."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime
from typing import ClassVar

from kpa_model.decision.live import PAPER, Person
from kpa_model.errors import Problem
from kpa_model.event import Event
from kpa_model.form import Form
from kpa_model.records import events_archive
from kpa_model.server import facilitator_pages as pages
from kpa_model.server import forms, guard, people_pages
from kpa_model.server.base import Desk, Refusal
from kpa_model.server.names import draw_card, read_name
from kpa_model.unit import Refused

LONGEST_TYPED = 4_000


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


class Room(Facilitator):
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
        return self._to(next((each for each in self.workshop.places if each[0] == self.typed("etape")), None))

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


class Script(Facilitator):
    """The script, step by step."""

    def get(self) -> None:
        """Show every step, and where the group is."""
        self.page("Le déroulé", pages.script(self.workshop, self.token()))


class People(Facilitator):
    """Who is there; add somebody without a phone."""

    def get(self) -> None:
        """Show the list."""
        self._list("", None)

    def _list(self, typed: str, wrong: Refused | None) -> None:
        body = people_pages.people(self.workshop, self.token(), typed, wrong, self.settings["address"])
        self.page("Personnes et papier", body, status=422 if wrong else 200)

    async def post(self) -> None:
        """Add somebody who answers on paper."""
        taken = [each.name for each in self.workshop.live.people.values()]
        typed = self.typed("nom")[:200]
        try:
            card = self.typed("geste") == "carte"
            name = draw_card(taken, random.SystemRandom()) if card else read_name(typed, taken)
        except Refused as refused:
            self._list(typed, refused)
            return
        await self.workshop.join(name, PAPER, None, "")
        self.go("/animation/personnes")


class Paper(Facilitator):
    """Type the answer somebody gave on paper. What she answered before is never shown."""

    def get(self) -> None:
        """Show an empty form."""
        person = self.somebody(self.asked("qui"))
        live = self.workshop.live
        at = (live.step, live.round)
        form = self._form(at, person.id)
        self.page("Papier", people_pages.paper(self.token(), person, at, form, {}, {}))

    def _form(self, at: tuple[str, str], person: str) -> Form:
        asked, form = self.workshop.live.asked.get(at), self.workshop.form(at, person)
        if form is None or asked is None or asked.shown:
            todo = "Revenez à la salle. Rouvrez la question si le groupe le veut."
            raise Refusal(409, Problem("Papier", "aucune question n'attend de réponse.", todo))
        return form

    async def post(self) -> None:
        """Keep the answer, or show what is wrong."""
        person = self.somebody(self.typed("qui"))
        at = (self.typed("etape")[:80], self.typed("tour")[:80])
        form = self._form(at, person.id)
        typed = {name: self.typed(name)[:LONGEST_TYPED] for name in form.inputs()}
        answer, wrong = form.read({name: text for name, text in typed.items() if text})
        if wrong:
            self.page("Papier", people_pages.paper(self.token(), person, at, form, typed, wrong), status=422)
            return
        await self.workshop.answer(person.id, at, answer, PAPER, "")
        self.go("/animation/personnes")


class Host(Facilitator):
    """Write what the group says together, once its answers are shown."""

    def get(self) -> None:
        """Show the form, with what was written before."""
        form, now = self._form(), self.workshop.live.now
        self._show(form, forms.typed_from(form, now.host if now else {}), {})

    def _form(self) -> Form:
        form = self.workshop.host_form()
        if form is None:
            raise Refusal(409)
        return form

    def _show(self, form: Form, typed: dict[str, str], wrong: dict[str, Refused]) -> None:
        body = pages.host(self.workshop, self.token(), form, typed, wrong)
        self.page(form.title or "Le groupe", body, status=422 if wrong else 200)

    async def post(self) -> None:
        """Keep it, or show what is wrong."""
        form, live = self._form(), self.workshop.live
        if self.typed("ou") != f"{live.step}/{live.round}":
            raise Refusal(409)
        typed = {name: text for name in form.inputs() if (text := self.typed(name)[:LONGEST_TYPED])}
        answer, wrong = form.read(typed)
        if wrong:
            self._show(form, typed, wrong)
            return
        await self.workshop.add(Event("hosted", step=live.step, round=live.round, payload={"answer": answer}))
        self.go("/animation")


class Remove(Facilitator):
    """Erase somebody who asks for it."""

    def get(self) -> None:
        """Ask once more."""
        person = self.somebody(self.asked("qui"))
        self.page(f"Retirer {person.name}", people_pages.remove(self.token(), person))

    async def post(self) -> None:
        """Erase her."""
        await self.workshop.forget(self.somebody(self.typed("qui")).id)
        self.go("/animation/personnes")


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
        await self.stream(lambda: str(self.workshop.live.seq))
