"""How people come into a live workshop: once each, under a name of their own, and again with another phone."""

from __future__ import annotations

import asyncio
from typing import Any

from kpa_model.errors import KpaError, Problem
from kpa_model.files.log.events import Session, keeps_session
from kpa_model.server.guard import Tickets, fingerprint, new_id, new_secret
from kpa_model.server.names import SAME_PERSON, folded
from kpa_model.server.workshop import LiveWorkshop, TooLate
from kpa_model.workshop.event import Event
from kpa_model.workshop.live import MOST_PEOPLE
from kpa_model.workshop.seat import PHONE


class NameTaken(KpaError):
    """Somebody else came in under the same name meanwhile."""


class Arrivals:
    """The door of one workshop. `tickets` are the codes its facilitator gives."""

    def __init__(self, room: LiveWorkshop) -> None:
        self.room, self.tickets = room, Tickets()
        self._came: dict[str, str] = {}
        self._coming: dict[str, asyncio.Future[tuple[str, str]]] = {}
        self._entering: set[str] = set()

    async def join(self, name: str, by: str, session: Session | None, secret: str, key: str = "") -> tuple[str, str]:
        """Count a new person; return her id, and the secret of the session she now has.

        The same form sent twice (`key`) makes one person. Raises NameTaken, which is looked at inside the write.
        """
        if self.came(key):
            return self._came[key], await self._again(self._came[key], session, secret)
        if key in self._coming:  # the same form, tapped twice: wait for the first
            person, _ = await asyncio.shield(self._coming[key])
            return person, await self._again(person, session, secret)
        if folded(name) in self._names():
            raise NameTaken(Problem("Votre nom", "il est déjà pris.", SAME_PERSON))
        work = asyncio.ensure_future(self._join(name, by, session, secret, key))
        if key:
            self._coming[key] = work
        self._entering.add(folded(name))
        try:
            return await asyncio.shield(work)
        finally:
            self._entering.discard(folded(name))
            self._coming.pop(key, None)

    def closed(self) -> Problem | None:
        """Return why nobody more may come in."""
        if not self.room.live.entry:
            return Problem("Entrée de l'atelier", "elle est fermée.", "Demandez à la personne qui anime de l'ouvrir.")
        if len(self.room.live.people) >= MOST_PEOPLE:
            what = f"elle est pleine : {MOST_PEOPLE} personnes sont déjà là."
            return Problem("Entrée de l'atelier", what, "Prêtez-vous un téléphone, ou votez sur papier.")
        return None

    def came(self, key: str) -> bool:
        """Tell whether this form has already made a person who is here."""
        return bool(key) and self._came.get(key) in self.room.live.people

    def taken(self, key: str) -> list[str]:
        """Return the names that this form may not take: sent again, its own name is not somebody else's."""
        return [] if self.came(key) else [each.name for each in self.room.live.people.values()]

    def _names(self) -> set[str]:
        """Return the names here, and those being written."""
        return {folded(each.name) for each in self.room.live.people.values()} | self._entering

    async def _join(self, name: str, by: str, session: Session | None, secret: str, key: str) -> tuple[str, str]:
        person = new_id("p")
        if key:  # before the write: the second tap may come as soon as she is here, and must know her
            self._came[key] = person
        kept, also = None, None
        if session is not None:
            secret = secret or new_secret()
            known = self.room.sessions.get(fingerprint(secret), session)
            kept = Session(session.role, (*known.people, person))
            also = keeps_session(self.room.id, fingerprint(secret), kept)
        try:
            await self.room.add(Event("joined", person, payload={"name": name, "by": by}), also)
        except TooLate as late:  # the last places went while this one was being written
            raise (TooLate(closed) if (closed := self.closed()) else late) from late
        if kept is not None:
            self.room.sessions[fingerprint(secret)] = kept
        return person, secret

    async def _again(self, person: str, session: Session | None, secret: str) -> str:
        """Return a secret for somebody whose entry was sent twice: the tablet keeps its own."""
        return secret or (await self.room.open_session("guest", person) if session else "")

    async def replace_phone(self, person: str) -> str:
        """Give the place of somebody to another phone; return its secret. The old one opens nothing any more."""
        secret, new = new_secret(), Session("guest", (person,))
        changed = {
            mark: Session(each.role, tuple(who for who in each.people if who != person))
            for mark, each in self.room.sessions.items()
            if person in each.people
        } | {fingerprint(secret): new}

        def also(connection: Any) -> None:
            for mark, each in changed.items():
                keeps_session(self.room.id, mark, each)(connection)

        await self.room.add(Event("replaced", person, payload={"by": PHONE}), also)
        self.room.sessions.update(changed)
        self.room.tell(everybody=True)  # the old phone learns it too
        return secret
