"""The end of a workshop: its decision is written, kept in the register, and taken away as PDF, page, rule and date."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from kpa_model.decision.answers_table import answers_table
from kpa_model.decision.closing import LATER, QUARTER, closing_form
from kpa_model.decision.from_workshop import obtained, proposed, record_of
from kpa_model.declare.form import Form
from kpa_model.declare.unit import Refused
from kpa_model.errors import Problem
from kpa_model.files import register, results
from kpa_model.server import forms
from kpa_model.server.base import Refusal
from kpa_model.server.pages import record as pages
from kpa_model.server.typing_in import Typing
from kpa_model.story.decide import decisions
from kpa_model.story.decide import told as record_told
from kpa_model.workshop.event import Event

KINDS = {
    register.PAPER: "application/pdf",
    register.PAGE: "text/html; charset=UTF-8",
    register.NAMELESS: "text/html; charset=UTF-8",
    register.RULE: "application/yaml",
    register.EVENT: "text/calendar",
}


class Record(Typing):
    """What only the facilitator can add, then the record itself."""

    async def get(self) -> None:
        """Show the form, with what was written before."""
        form = self._form()
        self._show(form, forms.typed_from(form, await asyncio.to_thread(self._before)), {})

    def _form(self) -> Form:
        played = self.workshop.played()
        return closing_form(obtained(played), proposed(played).trial_ends)

    def _before(self) -> dict[str, Any]:
        """Return what was written before; else today, and dates one quarter away."""
        today, texts = date.today(), self.workshop.live.texts
        later = (today + QUARTER).isoformat()
        end = proposed(self.workshop.played()).trial_ends or later
        days = {"jour": today.isoformat(), "revue_le": end, "essai_jusqu_au": end}
        kept = decisions.all_decisions()[0] if texts.get("compte_rendu") else ()
        keepers = [each.record.kept_by for each in kept if each.id == self.workshop.id]
        return {**days, **(texts.get("decision") or {}), "gardien": keepers[0] if keepers else ""}

    def _show(self, form: Form, typed: dict[str, str], wrong: dict[str, Refused]) -> None:
        body = pages.record(self.workshop, self.token(), form, typed, wrong)
        self.page("Compte rendu", body, status=422 if wrong else 200)

    async def post(self) -> None:
        """Write the record, and keep it in the register."""
        form = self._form()
        typed = self.inputs(form)
        answer, wrong = form.read(typed)
        if wrong:
            self._show(form, typed, wrong)
            return
        workshop = self.workshop
        if answer["decision"] != LATER and not proposed(workshop.played()).told():
            todo = "Écrivez la proposition de la salle, puis revenez ici."
            raise Refusal(409, Problem("Compte rendu", "rien n'est proposé : de quoi avons-nous décidé ?", todo))
        made = record_of(
            workshop.script, {step.key: room for step, room in workshop.played()}, workshop.live.facts, answer,
            record_told.versions()["Versions"], workshop.id,
        )  # fmt: skip
        place = await asyncio.to_thread(decisions.keep, made)
        # A name is in the record, never in the log.
        told = {key: each for key, each in answer.items() if key != "gardien"}
        await self.workshop.add(Event("wrote", payload={"texts": {"decision": told, "compte_rendu": place.name}}))
        self.go("/animation/compte-rendu")


class RecordFile(Typing):
    """One file of the record of this workshop."""

    async def get(self, name: str) -> None:
        """Send it, when the record is written."""
        kept = self.workshop.live.texts.get("compte_rendu")
        content = register.content(str(kept), name) if kept else None
        if content is None or name not in KINDS:
            raise Refusal(404)
        self.set_header("Content-Type", KINDS[name])
        self.set_header("Content-Disposition", f'attachment; filename="{kept}.{name.rpartition(".")[2]}"')
        self.finish(content)


class AnswersFile(Typing):
    """What we answered, as a table without names."""

    def get(self, kind: str) -> None:
        """Send it."""
        columns = answers_table(self.workshop.played())
        if kind == "csv":
            content, said = results.comma_separated(columns), "text/csv; charset=UTF-8"
        else:
            content = results.spreadsheet(columns, "Réponses")
            said = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        self.set_header("Content-Type", said)
        self.set_header("Content-Disposition", f'attachment; filename="reponses_{self.workshop.id}.{kind}"')
        self.finish(content)


class Register(Typing):
    """The decisions of the group, from the first to the last, and how the rule changed."""

    async def get(self) -> None:
        """Show them."""
        found, problems = await asyncio.to_thread(decisions.all_decisions)
        said = [*decisions.reminders(found, date.today()), *(str(each) for each in problems)]
        self.page("Nos décisions", pages.register(decisions.history(found), said))
