"""What is kept about somebody, and how she leaves with it."""

from __future__ import annotations

from collections.abc import Mapping

from kpa_model.declare.form import Form
from kpa_model.errors import Problem
from kpa_model.server.base import Refusal
from kpa_model.server.guest import Guest
from kpa_model.server.pages import guest as guest_pages

_HIDDEN = "Une réponse, cachée : la tablette passe de main en main."


class Mine(Guest):
    """What is kept about me."""

    def get(self) -> None:
        """Show the name and the answers kept; on a tablet, which questions only: somebody else may hold it."""
        person, found = self.needed(self.asked("qui")), []
        for (step, round_), asked in self.workshop.live.asked.items():
            answer = asked.answers.get(person.id)
            form = self.workshop.form((step, round_), person.id) if answer is not None else None
            if form and answer is not None:
                said = _HIDDEN if self.tablet else _told(form, answer)
                found.append((form.title or step, said))
        self.page("Ce qui est gardé", guest_pages.kept(self.token(), person, found))


def _told(form: Form, answer: Mapping[str, object]) -> str:
    return " · ".join(f"{each.label} {each.show(answer.get(each.name))}" for each in form.fields)


class Leave(Guest):
    """Leave, and be forgotten."""

    async def post(self) -> None:
        """Erase a person, once she said twice that she wants it."""
        person = self.needed(self.typed("qui"))
        if not self.typed("sur"):
            todo = "Cochez la case, puis effacez. Ou revenez à l'atelier."
            raise Refusal(409, Problem("Partir", "la case n'est pas cochée.", todo))
        await self.workshop.forget(person.id)
        self.page("Effacé", guest_pages.gone())
