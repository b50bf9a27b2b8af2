"""The pages of a guest: come in, answer, change, leave. A guest acts only as the people of her own session."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping

from kpa_model.declare.form import Form
from kpa_model.declare.markup import Html, items, joined, tag
from kpa_model.declare.unit import Refused
from kpa_model.errors import Problem
from kpa_model.files.log.events import Session
from kpa_model.server import forms, layout
from kpa_model.server.arrivals import NameTaken
from kpa_model.server.base import Desk, Refusal
from kpa_model.server.guard import TICKET_DIGITS, digits, fingerprint, form_token, new_id, new_secret, same
from kpa_model.server.names import draw_card, read_name
from kpa_model.server.pages import guest as guest_pages
from kpa_model.server.pages import lasting
from kpa_model.server.workshop import TooLate
from kpa_model.workshop.seat import PHONE, TABLET, Person

MOST_ON_A_TABLET = 30
LONGEST_TYPED = 4_000


class Guest(Desk):
    """Base of the pages of a guest: her session, and the person she acts as."""

    def admit(self) -> None:
        """Find the session; a browser that is new gets a secret that opens nothing yet."""
        self.session: Session | None = self.workshop.session(self.secret)

    def person(self, asked: str) -> Person | None:
        """Return the person acting: alone on a phone; on a tablet, the one named if she is of this tablet."""
        people = self.session.people if self.session else ()
        if self.session and self.session.role == "guest":
            return self.workshop.live.people[people[0]] if people else None
        return self.workshop.live.people[asked] if asked in people else None

    def needed(self, asked: str) -> Person:
        """Return the person acting. Raises a refusal when there is none."""
        found = self.person(asked)
        if found is None:
            todo = "Revenez à l'accueil, puis entrez avec le code de l'écran."
            raise Refusal(403, Problem("Votre place", "elle n'est pas connue sur cet appareil.", todo))
        return found

    @property
    def tablet(self) -> bool:
        """Tell whether this browser is shared."""
        return bool(self.session and self.session.role == "tablet")

    def inputs(self, form: Form) -> dict[str, str]:
        """Return what was typed in the fields of a form, and nothing else."""
        typed = {name: self.typed(name)[:LONGEST_TYPED] for name in form.inputs()}
        return {name: text for name, text in typed.items() if text}


class Home(Guest):
    """The one address people know: it shows whatever is to be done now."""

    def get(self) -> None:
        """Show the welcome page, the tablet's list, the question, the waiting page or the result."""
        if self.session is None or (not self.session.people and not self.tablet):
            self._welcome({"code": self.asked("code")[: TICKET_DIGITS + 4]}, {})
        elif (person := self.person(self.asked("qui"))) is None:
            self._tablet({}, {})
        else:
            self._inside(person)

    def _welcome(self, typed: Mapping[str, str], wrong: Mapping[str, Refused], status: int = 200) -> None:
        token = self.token() if self.secret else self._first_token()
        shared = bool(self.asked("partage") or self.get_body_argument("partage", ""))
        title = self.workshop.script.title
        body = guest_pages.welcome(token, title, typed, wrong, shared, lasting.answered(self.workshop))
        self.page(title, body, status=status)

    def _first_token(self) -> Html:
        """Give a secret to a browser that has none, so that the form it sends can be told from a forged one."""
        secret = new_secret()
        self.keep_secret(secret)
        return layout.hidden("_jeton", form_token(secret))

    def _tablet(self, typed: Mapping[str, str], wrong: Mapping[str, Refused], status: int = 200) -> None:
        people = [self.workshop.live.people[each] for each in (self.session.people if self.session else ())]
        name = guest_pages.another(typed, wrong)
        body = guest_pages.hand_over(self.token(), self.workshop.live, people, name)
        self.page("Tablette partagée", body, version=self.workshop.version(), refresh=15, status=status)

    def _inside(self, person: Person) -> None:
        workshop, live = self.workshop, self.workshop.live
        at, asked = (live.step, live.round), (self.asked("etape"), self.asked("tour"))
        at = asked if asked != at and workshop.takes(asked) else at  # a question left open for days, answered at home
        head, now = guest_pages.head(workshop, person, self.tablet), live.asked.get(at)
        answer = now.answers.get(person.id) if now else None
        if now and now.shown:
            body, title = guest_pages.result(workshop, person), "Résultat"
        elif workshop.takes(at) and (form := workshop.form(at, person.id)):
            if answer is not None and person.id in workshop.current(at) and not self.asked("changer"):
                body, title = self._sent(person, form, answer, at), "C'est envoyé"
            else:
                body, title = self._question(person, form, answer, at), form.title or "Question"
        else:
            body, title = guest_pages.waiting(workshop, answer is not None), "Atelier"
        question = title not in ("Résultat", "C'est envoyé", "Atelier")
        more = None if question else lasting.to_answer(workshop, person, self.tablet)
        self.page(title, head, body, more, version=workshop.version(), refresh=0 if question else 10)

    def _sent(self, person: Person, form: Form, answer: Mapping[str, object], at: tuple[str, str]) -> Html:
        where = f"/?etape={at[0]}&tour={at[1]}&changer=oui"
        change = f"{where}&qui={person.id}" if self.tablet else where
        shown = "Vous pouvez changer tant que la question est ouverte."
        if not self.tablet:
            told = [f"{each.label} {each.show(answer.get(each.name))}" for each in form.fields]
            listed = items(told, cls="rappel")
            return joined(guest_pages.sent(shown, change, False), tag("h2", "Votre réponse"), listed)
        return guest_pages.sent(shown, change, True)

    def _question(
        self, person: Person, form: Form, answer: Mapping[str, object] | None, at: tuple[str, str]
    ) -> Html:  # fmt: skip
        typed: Mapping[str, str] = {}
        counts = answer is not None and person.id in self.workshop.current(at)  # else what is asked has changed since
        if not self.tablet:  # the next person must not see what this one typed
            typed = self.workshop.log.draft(self.workshop.id, person.id, at)
            typed = typed or (forms.typed_from(form, answer) if counts and answer is not None else {})
        about = {"qui": person.id, "etape": at[0], "tour": at[1], "cle": new_id("c")}
        about |= {"change": "oui"} if counts else {}
        again = answer is not None and not counts
        return guest_pages.question(self.token(), self.workshop, form, typed, {}, about, again)


class Enter(Home):
    """Come in with the code: alone, as a tablet, or as one more person of a tablet."""

    async def post(self) -> None:
        """Count a person once her code and her name are right."""
        if self.session and self.session.role == "guest" and self.session.people:
            self.go("/")
            return
        typed = {"code": self.typed("code")[:20].strip(), "nom": self.typed("nom")[:200]}
        if not self.tablet and len(digits(typed["code"])) == TICKET_DIGITS and await self._back(digits(typed["code"])):
            return
        wrong = {} if self.tablet else self._wrong_code(typed["code"])
        opens_tablet = bool(self.typed("partage"))
        name, taken = "", self.arrivals.taken(self._once())
        if not opens_tablet and not self.typed("carte"):
            try:
                name = read_name(typed["nom"], taken)
            except Refused as refused:
                wrong["nom"] = refused
        if wrong:
            (self._tablet if self.tablet else self._welcome)(typed, wrong, status=422)
            return
        if opens_tablet and not self.tablet:
            self.keep_secret(await self.workshop.open_session("tablet"))
            self.go("/")
            return
        await self._count(name or draw_card(taken, random.SystemRandom()), typed)

    async def _count(self, name: str, typed: dict[str, str]) -> None:
        self.wait_too_many("people", self.address)
        if self.tablet and self.session and len(self.session.people) >= MOST_ON_A_TABLET:
            todo = "Ouvrez une autre tablette, ou passez par le papier."
            raise Refusal(409, Problem("Tablette partagée", "elle a trente personnes.", todo))
        if closed := self.arrivals.closed():
            raise Refusal(409, closed)
        self.limits["people"].count(self.address)
        try:
            if self.tablet:
                person, _ = await self.arrivals.join(name, TABLET, self.session, self.secret, self._once())
                self.go(f"/?qui={person}")
            else:  # a new secret: whatever this browser held before being counted opens nothing
                _, secret = await self.arrivals.join(name, PHONE, Session("guest"), "", self._once())
                self.keep_secret(secret)
                self.go("/")
        except NameTaken as taken:
            wrong = {"nom": Refused("Ce nom est déjà pris.", taken.problems[0].todo)}
            (self._tablet if self.tablet else self._welcome)(typed, wrong, status=422)

    def _once(self) -> str:
        """Return what this form alone says: tapped twice, it says it twice."""
        return fingerprint(f"{self.secret}:{key}") if (key := self.typed("cle")[:60]) else ""

    async def _back(self, code: str) -> bool:
        """Give somebody her place back on this phone, by the code the facilitator gave her; tell whether it was one."""
        self.wait_too_many("codes", self.visitor, self.address)
        person = self.arrivals.tickets.take("place", code)
        if person is None or person not in self.workshop.live.people:
            return False
        self.keep_secret(await self.arrivals.replace_phone(person))
        self.go("/")
        return True

    def _wrong_code(self, code: str) -> dict[str, Refused]:
        self.wait_too_many("codes", self.visitor, self.address)
        given = digits(code)
        if given and same(given, self.workshop.code):
            return {}
        self.count_try("codes", self.visitor, self.address)
        if not given:
            return {"code": Refused("Il manque le code.", "Il est écrit sur l'écran de la salle.")}
        return {"code": Refused("Ce n'est pas le code de cet atelier.", "Il est écrit sur l'écran de la salle.")}


class Reply(Home):
    """Send an answer."""

    async def post(self) -> None:
        """Keep the answer, or show the form again with what is wrong."""
        person = self.needed(self.typed("qui"))
        at = (self.typed("etape")[:80], self.typed("tour")[:80])
        form = self.workshop.form(at, person.id)
        if form is None:
            raise Refusal(409)
        typed = self.inputs(form)
        answer, wrong = form.read(typed)
        script = self.request.headers.get("Accept", "").startswith("application/json")
        if wrong and not script:
            about = {"qui": person.id, "etape": at[0], "tour": at[1], "cle": new_id("c")}
            body = guest_pages.question(self.token(), self.workshop, form, typed, wrong, about)
            head = guest_pages.head(self.workshop, person, self.tablet)
            self.page(form.title or "Question", head, body, status=422, version=self.workshop.version())
            return
        if wrong:
            self.set_status(422)
            self.finish({"fautes": {name: [each.what, each.todo] for name, each in wrong.items()}})
            return
        by = TABLET if self.tablet else PHONE
        try:
            await self.workshop.answer(person.id, at, answer, by, self.typed("cle")[:60])
        except TooLate:  # what was typed comes back if the question is opened again
            if not self.tablet:
                await asyncio.wrap_future(self.workshop.log.keep_draft(self.workshop.id, person.id, at, typed))
            raise
        if script:
            self.finish({"garde": True})
        else:
            self.go(f"/?qui={person.id}" if self.tablet else "/")


class Draft(Guest):
    """Keep what is being typed, field after field; nobody else sees it."""

    async def post(self) -> None:
        """Keep the draft of a phone; a tablet keeps none, since somebody else holds it next."""
        person = self.needed(self.typed("qui"))
        at = (self.typed("etape")[:80], self.typed("tour")[:80])
        form = self.workshop.form(at, person.id) if self.workshop.takes(at) else None
        if form is None:
            raise Refusal(409)
        if not self.tablet:
            kept = self.workshop.log.keep_draft(self.workshop.id, person.id, at, self.inputs(form))
            await asyncio.wrap_future(kept)
        self.finish({"garde": not self.tablet})


class Follow(Guest):
    """News for a phone: only that something changed, never what."""

    async def get(self) -> None:
        """Tell the version of the page each time it changes."""
        if self.session is None:
            raise Refusal(403)
        await self.stream(lambda: f"{self.workshop.version()}{'' if self._known() else '-'}")

    def _known(self) -> bool:
        """Tell whether this browser still has its place: another phone may have taken it."""
        found = self.workshop.session(self.secret)
        return found is not None and (bool(found.people) or found.role == "tablet")
