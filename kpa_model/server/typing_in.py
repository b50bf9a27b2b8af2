"""What the facilitator types: people without a phone, answers on paper, what the group says together."""

from __future__ import annotations

import random
from datetime import date

from kpa_model.decision.closing import QUARTER
from kpa_model.declare.form import Form
from kpa_model.declare.unit import Refused
from kpa_model.errors import Problem
from kpa_model.server import forms
from kpa_model.server.base import Refusal
from kpa_model.server.facilitator import Facilitator
from kpa_model.server.names import draw_card, read_name
from kpa_model.server.pages import leading, people
from kpa_model.story.decide import proposing
from kpa_model.workshop.event import Event
from kpa_model.workshop.seat import PAPER

LONGEST_TYPED = 4_000


class Typing(Facilitator):
    """Base of the pages where the facilitator fills in a form."""

    def inputs(self, form: Form) -> dict[str, str]:
        """Return what was typed in the fields of a form, and nothing else."""
        return {name: text for name in form.inputs() if (text := self.typed(name)[:LONGEST_TYPED])}


class PeoplePage(Facilitator):
    """Who is there; add somebody without a phone."""

    def get(self) -> None:
        """Show the list."""
        self._list("", None)

    def _list(self, typed: str, wrong: Refused | None) -> None:
        body = people.people(self.workshop, self.token(), typed, wrong, self.settings["address"])
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
        await self.arrivals.join(name, PAPER, None, "", self.typed("cle")[:60])
        self.go("/animation/personnes")


class Paper(Typing):
    """Type the answer somebody gave on paper, or correct it. What was answered on a device is never shown."""

    def get(self) -> None:
        """Show the form: empty, or as it was typed here for somebody who has only paper."""
        person = self.somebody(self.asked("qui"))
        live = self.workshop.live
        at = (live.step, live.round)
        form = self._form(at, person.id)
        before = live.asked[at].answers.get(person.id)
        typed = forms.typed_from(form, before) if before is not None and person.by == PAPER else {}
        self.page("Papier", people.paper(self.token(), person, at, form, typed, {}, again=before is not None))

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
        typed = self.inputs(form)
        answer, wrong = form.read(typed)
        if wrong:
            self.page("Papier", people.paper(self.token(), person, at, form, typed, wrong), status=422)
            return
        await self.workshop.answer(person.id, at, answer, PAPER, "")
        self.go("/animation/personnes")


class HostPage(Typing):
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
        body = leading.host(self.workshop, self.token(), form, typed, wrong)
        self.page(form.title or "Le groupe", body, status=422 if wrong else 200)

    async def post(self) -> None:
        """Keep it, or show what is wrong."""
        form, live = self._form(), self.workshop.live
        if self.typed("ou") != f"{live.step}/{live.round}":
            raise Refusal(409)
        typed = self.inputs(form)
        answer, wrong = form.read(typed)
        if wrong:
            self._show(form, typed, wrong)
            return
        await self.workshop.add(Event("hosted", step=live.step, round=live.round, payload={"answer": answer}))
        self.go("/animation")


class Propose(Typing):
    """Write the proposal, in one place: a rule of the workbook, the settings that change, the words of the group."""

    def get(self) -> None:
        """Show the form, with what is proposed now; before that, with what came first at the vote."""
        form, typed = self._form(), proposing.typed_again(self.workshop.live.proposal)
        first = self.workshop.leading()
        if not self.workshop.live.proposals:
            typed["essai_jusqu_au"] = (date.today() + QUARTER).isoformat()
        if not typed["regle"] and len(first) == 1:
            typed["regle"] = next((each["key"] for each in form.rules if each["title"] == first[0]), "")
        self._show(form, typed, {})

    def _form(self) -> proposing.ProposalForm:
        return proposing.proposal_form(self.workshop.live.facts.get("rules") or (), self.workshop.leading())

    def _show(self, form: proposing.ProposalForm, typed: dict[str, str], wrong: dict[str, Refused]) -> None:
        body = leading.proposal(self.workshop, self.token(), form, typed, wrong)
        self.page("La proposition", body, status=422 if wrong else 200)

    async def post(self) -> None:
        """Keep it; who answered about another text is asked again."""
        form = self._form()
        typed = self.inputs(form)
        answer, wrong = form.read(typed)
        if wrong:
            self._show(form, typed, wrong)
            return
        made = form.proposal(answer)
        if made != self.workshop.live.proposal:
            await self.workshop.add(Event("proposed", payload=made.as_data()))
        self.go("/animation")


class ReplacePhone(Facilitator):
    """Give the place of somebody to another phone: hers is broken, lost, or she answered on paper."""

    def post(self) -> None:
        """Show a code, good once."""
        person = self.somebody(self.typed("qui"))
        code = self.arrivals.tickets.give("place", person.id)
        body = people.replaced(person, code, self.settings["address"])
        self.page(f"Un autre téléphone pour {person.name}", body)


class Remove(Facilitator):
    """Erase somebody who asks for it, or several at once."""

    def get(self) -> None:
        """Ask once more."""
        found = [self.somebody(each) for each in self.get_query_arguments("qui")]
        if not found:
            todo = "Cochez les personnes à retirer, puis recommencez."
            raise Refusal(409, Problem("Retirer", "personne n'est choisi.", todo))
        self.page("Retirer", people.remove(self.token(), found))

    async def post(self) -> None:
        """Erase them."""
        for each in self.get_body_arguments("qui"):
            await self.workshop.forget(self.somebody(each).id)
        self.go("/animation/personnes")
