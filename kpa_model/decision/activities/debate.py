"""A moving debate: statements, where each stands, arguments, where each stands again. It decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from kpa_model.decision import telling
from kpa_model.declare.form import Choice, Form
from kpa_model.declare.page import Page, Sentence, Stack, Stacks, Table
from kpa_model.declare.setting import choice
from kpa_model.declare.worded import lines
from kpa_model.words import count
from kpa_model.workshop.activity import Addable, Room, Round, activity

BEFORE, AFTER = "avant", "apres"

SCALES: dict[str, dict[str, str]] = {
    "quatre_pas": {"non": "Pas d'accord", "plutot_non": "Plutôt non", "plutot_oui": "Plutôt oui", "oui": "D'accord"},
    "cinq_pas": {
        "non": "Pas d'accord",
        "plutot_non": "Plutôt non",
        "entre_deux": "Entre les deux",
        "plutot_oui": "Plutôt oui",
        "oui": "D'accord",
    },
    "deux_camps": {"non": "Pas d'accord", "oui": "D'accord"},
}
SIDES = {"non": -1, "plutot_non": -1, "entre_deux": 0, "plutot_oui": 1, "oui": 1}
STATEMENTS = (
    "Qui apporte la commande doit recevoir plus.",
    "La même somme pour toutes et tous, c'est juste.",
    "Le temps passé en réunion se paie.",
)


@activity("debat_mouvant", "Débat mouvant", "On se place, on écoute les raisons, on peut changer de place.")
class MovingDebate(telling.Discreet):
    """Statements, a position before the arguments, a position after."""

    added: ClassVar[Addable | None] = Addable("Où vous placez-vous ? Une affirmation par ligne", "statements")

    statements: tuple[str, ...] = lines("affirmations", "Les affirmations", STATEMENTS, most=6)
    scale: str = choice(
        "echelle", "Les places", {"quatre_pas": "Quatre pas", "cinq_pas": "Cinq pas", "deux_camps": "Deux camps"}
    )

    def rounds(self) -> tuple[Round, ...]:
        """Return before and after the arguments."""
        return (Round(BEFORE, "Où vous placez-vous ?"), Round(AFTER, "Et maintenant, où vous placez-vous ?"))

    def form(self, key: str, room: Room, person: str) -> Form:
        """Ask a place for each statement."""
        steps = SCALES[self.scale]
        fields = tuple(Choice(name, said, options=steps, scale=True) for name, said in self._named().items())
        return Form(fields, title=self.title, intro=f"Il n'y a pas de bonne place. {self.promise()}")

    def _named(self) -> dict[str, str]:
        return {f"affirmation_{at}": said for at, said in enumerate(self.statements, 1)}

    def page(self, key: str, room: Room) -> Page:
        """Tell the statement that divides most, all the places, and who moved (how many, never who)."""
        given = room.given(key)
        if self.hidden(len(given)):
            return telling.small_group(len(given), "Placez-vous dans la salle.")
        places = {
            said: [str(each[name]) for each in given.values() if each.get(name) in SCALES[self.scale]]
            for name, said in self._named().items()
        }
        stacks = Stacks("Où nous sommes", tuple(Stack(said, self._pieces(found)) for said, found in places.items()))
        moved = self._moved(room) if key == AFTER else ()
        return (Sentence(_divides(places), tone="big"), stacks, *moved, telling.answered(room, key))

    def _pieces(self, found: Sequence[str]) -> tuple[tuple[str, int], ...]:
        return tuple((label, sum(place == step for place in found)) for step, label in SCALES[self.scale].items())

    def _moved(self, room: Room) -> Page:
        """Return how many changed place, statement by statement."""
        before, after = room.given(BEFORE), room.given(AFTER)
        both = [person for person in after if person in before]
        if self.hidden(len(both)):
            return ()
        order = [*SCALES[self.scale]]
        rows = []
        for name, said in self._named().items():
            known = [who for who in both if before[who].get(name) in order and after[who].get(name) in order]
            steps = [order.index(after[who][name]) - order.index(before[who][name]) for who in known]
            up, down = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
            rows.append((said, str(up), str(down), str(len(steps) - up - down)))
        changed = sum(any(before[who].get(name) != after[who].get(name) for name in self._named()) for who in both)
        told = "Personne n'a changé de place." if not changed else f"{_people(changed)} de place."
        head = ("Affirmation", "Vers d'accord", "Vers pas d'accord", "Sans bouger")
        return (Sentence(told), Table("Combien de personnes ont bougé", head, tuple(rows)))


def _people(changed: int) -> str:
    return f"{count(changed, 'personne')} {'a' if changed == 1 else 'ont'} changé"


def _divides(places: Mapping[str, Sequence[str]]) -> str:
    """Return the statement whose two sides are closest to even; the first one among equals."""
    sides = {said: [SIDES[place] for place in found] for said, found in places.items() if found}
    if not sides:
        return "Il n'y a pas d'affirmation."
    against = {said: min(found.count(1), found.count(-1)) for said, found in sides.items()}
    most = max(sides, key=lambda said: against[said])
    if not against[most]:
        return "Sur chaque affirmation, nous sommes du même côté."
    if len(sides) == 1:
        return f"Pour : {sides[most].count(1)}. Contre : {sides[most].count(-1)}."
    return f"Ce qui nous partage le plus : « {most.rstrip('.')} »."
