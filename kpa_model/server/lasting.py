"""Leave questions open for a few days, before or after the room, each until the end of its own day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from kpa_model.cooperative.calendar import PARIS
from kpa_model.declare.form import Day, Form, Several
from kpa_model.declare.unit import Refused
from kpa_model.server.pages import lasting
from kpa_model.server.typing_in import Typing
from kpa_model.workshop.event import Event


def end_of(day: date) -> str:
    """Return the last second of a day in Paris, in universal time.

    >>> end_of(date(2026, 7, 1)), end_of(date(2026, 12, 1))
    ('2026-07-01T21:59:59+00:00', '2026-12-01T22:59:59+00:00')
    """
    return datetime.combine(day, time(23, 59, 59), PARIS).astimezone(UTC).isoformat()


class Lasting(Typing):
    """Open several questions until a day; another day for others; a reminder is ready to paste."""

    def get(self) -> None:
        """Show what may be opened, what is open, and the reminder."""
        here = self.workshop.live.step
        self._show({f"questions.{here}": "oui"} if here in lasting.openable(self.workshop) else {}, {})

    def _form(self) -> Form:
        titles = {step: self.workshop.title((step, "")) for step in lasting.openable(self.workshop)}
        return Form(
            (
                Several("questions", "Quelles questions ?", options=titles),
                Day("jusqu_au", "Jusqu'à quel jour peut-on répondre ?", "Par exemple dans trois jours."),
            ),
            title="Laisser des questions ouvertes",
            intro="Avant ou après la séance. Recommencez pour donner un autre jour à une autre question.",
            send="Laisser ouvertes",
        )

    def _show(self, typed: dict[str, str], wrong: dict[str, Refused]) -> None:
        address = self.settings["address"]
        body = lasting.host(self.workshop, self.token(), self._form(), typed, wrong, address)
        self.page(self._form().title, body, status=422 if wrong else 200)

    async def post(self) -> None:
        """Keep the last day of the questions chosen, or close one."""
        if shut := self.typed("fermer"):
            step, _, round_ = shut.partition("/")
            await self.workshop.add(Event("closed", step=step, round=round_))
            self.go("/animation/durer")
            return
        form, places = self._form(), lasting.openable(self.workshop)
        typed = self.inputs(form)
        answer, wrong = form.read(typed)
        if not answer.get("questions"):
            wrong.setdefault("questions", Refused("Aucune question n'est choisie.", "Cochez-en une au moins."))
        if not wrong and date.fromisoformat(answer["jusqu_au"]) < datetime.now(PARIS).date():
            wrong["jusqu_au"] = Refused("Ce jour est passé.", "Choisissez aujourd'hui, ou un jour après.")
        if wrong:
            self._show(typed, wrong)
            return
        until = answer["jusqu_au"]
        payload = {"until": until, "ends": end_of(date.fromisoformat(until))}
        for step in answer["questions"]:
            await self.workshop.add(Event("lasting", step=places[step][0], round=places[step][1], payload=payload))
        self.go("/animation/durer")
