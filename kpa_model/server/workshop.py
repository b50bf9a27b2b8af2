"""One live workshop in memory: its log behind, its state in front, and whoever waits for news."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from kpa_model.decision.from_workshop import WITHDRAWN, leading
from kpa_model.declare.form import Form
from kpa_model.declare.page import Page, Sentence
from kpa_model.errors import KpaError, Problem
from kpa_model.files.log import archive as events_archive
from kpa_model.files.log.events import EventLog, Session, forgets_draft, keeps_session
from kpa_model.files.log.writer import Work
from kpa_model.server.guard import fingerprint, new_code, new_id, new_secret
from kpa_model.story.decide import decisions
from kpa_model.workshop import script_file
from kpa_model.workshop.activity import Activity, Answer, Room
from kpa_model.workshop.event import Event
from kpa_model.workshop.live import Live, apply
from kpa_model.workshop.script import Script, ScriptStep

journal = logging.getLogger(__name__)


class NoWorkshop(KpaError):
    """A workshop cannot be opened or found."""


class TooLate(KpaError):
    """What a person asked does not count any more: the group has gone on."""


TOO_LATE = Problem(
    "Atelier",
    "C'est trop tard : le groupe a continué.",
    "Regardez l'écran de la salle, ou demandez à la personne qui anime.",
)


def begin(log: EventLog, script: Script, facts: Mapping[str, Any]) -> str:
    """Write the opening of a new workshop; return its id. Raises CannotKeep."""
    workshop = new_id(f"{date.today().isoformat()}-")
    every = dict(facts)
    for step in script.steps:
        every |= step.activity.brings() if step.activity else {}
    told = {"title": script.title, "script": script_file.dumps(script), "facts": every}
    log.append(workshop, Event("opened", payload={**told, "code": new_code()}))
    return workshop


class LiveWorkshop:
    """A workshop under way. Everything is on one thread, the server's; the log has its own."""

    def __init__(self, log: EventLog, workshop: str) -> None:
        self.log, self.id = log, workshop
        self._refused: set[int] = set()
        self._keys: set[str] = set()
        self._watchers: set[Callable[[], None]] = set()
        self._followers: set[Callable[[], None]] = set()
        self._told, self.news = "", 0
        self.live = Live()
        self.reload()
        if not self.live.opened:
            where = f"Atelier « {workshop[:40]} »"
            raise NoWorkshop(Problem(where, "il n'existe pas ici.", "Choisissez-en un avec « kpa atelier --liste »."))
        self.script = script_file.loads(str(self.live.opened["script"]), "Déroulé de l'atelier")
        self.sessions = log.sessions(workshop)

    @property
    def code(self) -> str:
        """Return the code people type to come in."""
        return str(self.live.opened["code"])

    def reload(self) -> None:
        """Tell the state again from the whole log."""
        self.live, self._refused = Live(), set()
        self._take(self.log.read(self.id))
        self.tell()

    def _take(self, events: list[Event]) -> None:
        for event in events:
            self.live = apply(self.live, event)
            if event.kind == "script" and self.live.taken:
                self.script = script_file.loads(str(self.live.opened["script"]), "Déroulé de l'atelier")
            if not self.live.taken:
                self._refused.add(event.seq)
            elif event.key:
                self._keys.add(event.key)
        # What the activity of a step may look at, gathered once for all who ask before something else happens.
        self.room: Callable[[str], Room] = cache(self.live.room)

    # --- what happens -------------------------------------------------------------------------------------------------

    async def add(self, event: Event, also: Work | None = None) -> Event:
        """Write an event, wait for the disk, then count it. Raises CannotKeep, or TooLate when it does not count.

        What would not count now is not written: refused posts do not fill the log.
        """
        if (
            event.key not in self._keys
            and not apply(self.live, replace(event, seq=self.live.seq + 1, at=datetime.now(UTC).isoformat())).taken
        ):
            raise TooLate(TOO_LATE)
        written = await asyncio.wrap_future(self.log.send(self.id, event, also))
        if written.seq == self.live.seq + 1:
            self._take([written])
        elif written.seq > self.live.seq:  # another program wrote too
            self._take(self.log.read(self.id, self.live.seq))
        self.tell()
        if written.seq in self._refused:
            raise TooLate(TOO_LATE)
        return written

    async def open_session(self, role: str, *people: str) -> str:
        """Return the secret of a new session."""
        secret, session = new_secret(), Session(role, people)
        work = keeps_session(self.id, fingerprint(secret), session)
        await asyncio.wrap_future(self.log.writer.submit(work))
        self.sessions[fingerprint(secret)] = session
        return secret

    async def answer(self, person: str, at: tuple[str, str], answer: Mapping[str, Any], by: str, key: str) -> Event:
        """Keep an answer. The same one sent twice from the same page counts once."""
        content = json.dumps(answer, sort_keys=True)
        digest = hashlib.sha256(content.encode()).hexdigest()[:16]
        own = f"{person}:{at[0]}:{at[1]}:{key}:{digest}" if key else ""
        event = Event("answered", person, *at, {"answer": answer, "by": by}, own[:200])
        return await self.add(event, forgets_draft(self.id, person, at))

    async def forget(self, person: str) -> None:
        """Erase somebody: her name, her answers, her drafts, and her name in the record when it is written.

        What was already shown is not told again in detail: the difference would tell her answer.
        """
        name = self.live.people[person].name if person in self.live.people else ""
        shown = [list(at) for at, asked in self.live.asked.items() if asked.shown and person in asked.answers]
        if shown:
            await self.add(Event("withdrew", payload={"rounds": shown}))
        await asyncio.to_thread(events_archive.forget_person, self.log, self.id, person)
        self.sessions = self.log.sessions(self.id)
        self.reload()
        if name and self.live.texts.get("compte_rendu"):
            await asyncio.to_thread(decisions.forget_name, self.id, name)

    def session(self, secret: str) -> Session | None:
        """Return the session of a secret, its people who are still here."""
        found = self.sessions.get(fingerprint(secret)) if secret else None
        if found is None:
            return None
        return Session(found.role, tuple(each for each in found.people if each in self.live.people))

    # --- where we are -------------------------------------------------------------------------------------------------

    @property
    def step(self) -> ScriptStep | None:
        """Return the step under way, None before the beginning."""
        return self._step(self.live.step)

    def _step(self, key: str) -> ScriptStep | None:
        return next((each for each in self.script.steps if each.key == key), None)

    @property
    def places(self) -> list[tuple[str, str]]:
        """Return every (step, round) of the script, in order; a step without activity has one place."""
        found: list[tuple[str, str]] = []
        for step in self.script.steps:
            rounds = step.activity.rounds() if step.activity else ()
            found += [(step.key, each.key) for each in rounds] or [(step.key, "")]
        return found

    def neighbour(self, by: int) -> tuple[str, str] | None:
        """Return the place before or after, None at the ends."""
        places, here = self.places, (self.live.step, self.live.round)
        at = places.index(here) + by if here in places else 0
        return places[at] if 0 <= at < len(places) else None

    def round_title(self, at: tuple[str, str] | None = None) -> str:
        """Return what a round is called, else the one under way."""
        key, wanted = at or (self.live.step, self.live.round)
        step = self._step(key)
        rounds = step.activity.rounds() if step and step.activity else ()
        return next((each.title for each in rounds if each.key == wanted), "")

    def title(self, at: tuple[str, str]) -> str:
        """Return what a place of the script is called: its round, else its step."""
        step = self._step(at[0])
        return self.round_title(at) or (step.title if step else "")

    def takes(self, at: tuple[str, str]) -> bool:
        """Tell whether a question takes answers now."""
        asked = self.live.asked.get(at)
        return asked is not None and asked.takes(datetime.now(UTC).isoformat())

    def played(self) -> list[tuple[ScriptStep, Room]]:
        """Return the steps begun, each with its room."""
        return [(step, self.room(step.key)) for step in self.script.steps if self.begun(step.key)]

    def leading(self) -> tuple[str, ...]:
        """Return the titles that came first at the last vote revealed: several are a tie."""
        return leading(self.played())

    def begun(self, step: str) -> bool:
        """Tell whether something was asked in a step."""
        return any(key == step for key, _ in self.live.asked)

    def form(self, at: tuple[str, str], person: str) -> Form | None:
        """Return what is asked from a person there, None when nothing is. Raises KpaError."""
        step = self._step(at[0])
        if step is None or step.activity is None or at not in self.live.asked:
            return None
        return step.activity.form(at[1], self.room(at[0]), person)

    def current(self, at: tuple[str, str] | None = None) -> Mapping[str, Answer]:
        """Return the answers that count in a round, else in the one under way: person → answer."""
        at = at or (self.live.step, self.live.round)
        step = self._step(at[0])
        if step is None or step.activity is None or at not in self.live.asked:
            return {}
        return step.activity.current(at[1], self.room(step.key))

    def asked(self) -> Page:
        """Return what is asked now, as the whole room reads it."""
        step = self.step
        if step is None or step.activity is None or self.live.now is None:
            return ()
        try:
            return step.activity.asked(self.live.round, self.room(step.key))
        except Exception:
            journal.exception("question of %s", self.live.step)
            return (Sentence("Lisez la question sur votre téléphone.", "big"),)

    def result(self) -> Page:
        """Return what the answers say, when they are revealed. A defect is told, never shown as a traceback."""
        made, now = self._revealed(), self.live.now
        if made is None or now is None:
            return ()
        if now.withdrawn:
            return (Sentence(WITHDRAWN, "warning"),)
        try:
            return made.page(self.live.round, self.room(self.live.step))
        except KpaError as error:
            return tuple(Sentence(f"{each.where} : {each.what} {each.todo}", "warning") for each in error.problems)
        except Exception:
            journal.exception("page of %s", self.live.step)
            return (Sentence("Ce résultat ne peut pas être montré. Les réponses sont gardées.", "warning"),)

    def own_result(self, person: str) -> Page:
        """Return what one person alone sees on her own phone, once revealed."""
        made = self._revealed()
        return made.own_page(self.live.round, self.room(self.live.step), person) if made else ()

    def host_form(self) -> Form | None:
        """Return what the facilitator may write now, None when nothing."""
        made = self._revealed()
        return made.host_form(self.live.round, self.room(self.live.step)) if made else None

    def _revealed(self) -> Activity | None:
        """Return the activity of the round under way, once its answers are shown."""
        return self.step.activity if self.step and self.live.now and self.live.now.shown else None

    def version(self) -> str:
        """Return what changes when a phone has something new to show."""
        live, now = self.live, self.live.now
        asked = now and (now.open, now.shown, now.withdrawn, now.host, now.until)
        script = live.opened.get("script")
        days = [(at, each.until, each.open) for at, each in live.asked.items() if each.until]
        said = (live.step, live.round, asked, live.texts, len(live.proposals), live.ended, script, days)
        return hashlib.sha256(repr(said).encode()).hexdigest()[:12]

    # --- whoever waits ------------------------------------------------------------------------------------------------

    def listen(self, wake: Callable[[], None], everything: bool) -> Callable[[], None]:
        """Call `wake` after each change, or only when phones have something new to show; return what stops it."""
        group = self._watchers if everything else self._followers
        group.add(wake)
        return lambda: group.discard(wake)

    def tell(self, everybody: bool = False) -> None:
        """Wake whoever waits. An answer is news for the room, not for two hundred phones; some are for `everybody`."""
        self.news += 1
        now = self.version()
        woken = [*self._watchers, *(self._followers if everybody or now != self._told else ())]
        self._told = now
        for wake in woken:
            wake()

    def wake_all(self) -> None:
        """Wake everybody: the server closes."""
        for wake in (*self._watchers, *self._followers):
            wake()
