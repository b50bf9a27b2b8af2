"""How much for this work? Each answers alone, then all the answers are shown at once."""

from __future__ import annotations

from kpa_model.decision import telling
from kpa_model.declare.form import Form, amount
from kpa_model.declare.page import Page, Sentence
from kpa_model.declare.setting import setting, yes_no
from kpa_model.declare.unit import EURO
from kpa_model.declare.worded import text
from kpa_model.words import round_euros
from kpa_model.workshop.activity import Room, Round, activity

BEFORE, AFTER = "avant", "apres"


@activity("estimation", "Combien pour ce travail ?", "Chaque personne estime seule, puis nous regardons ensemble.")
class Estimate(telling.Discreet):
    """A private estimate, then the reveal; perhaps a second one, once people have talked."""

    work: str = text("travail", "Le travail à estimer (vide : la première commande du mois)")
    most: int = setting("plafond", EURO, "Montant le plus grand", default=5000, low=1, high=100_000)
    twice: bool = yes_no("second_tour", "Estimer une seconde fois, après en avoir parlé")

    def rounds(self) -> tuple[Round, ...]:
        """Return one time of asking, or two."""
        first = Round(BEFORE, "Votre estimation")
        return (first, Round(AFTER, "Votre estimation, après en avoir parlé")) if self.twice else (first,)

    def told(self, room: Room) -> str:
        """Return the work to estimate, in words."""
        orders = room.facts.get("orders") or [{}]
        return self.work or str(orders[0].get("label") or "Le travail du mois")

    def form(self, key: str, room: Room, person: str) -> Form:
        """Ask an amount, total cost."""
        label = "Combien faut-il pour payer ce travail, en tout ?"
        asked = amount("montant", label, self.most, help=f"En coût total, {round_euros(self.most)} au plus.")
        return Form((asked,), title=self.told(room), intro=f"Répondez sans regarder les autres. {self.promise()}")

    def page(self, key: str, room: Room) -> Page:
        """Tell the spread first, then the middle; never who said what."""
        found = [int(answer["montant"]) for answer in room.given(key).values()]
        if self.hidden(len(found)):
            return telling.small_group(len(found))
        moved = self._moved(room, found) if key == AFTER else ()
        return (*telling.amounts_page(found, "Les estimations"), *moved, telling.answered(room, key))

    def _moved(self, room: Room, now: list[int]) -> Page:
        """Tell whether talking brought the estimates closer."""
        before = [int(answer["montant"]) for answer in room.given(BEFORE).values()]
        if self.hidden(len(before)):
            return ()
        gap = (max(now) - min(now)) - (max(before) - min(before))
        if not gap:
            return (Sentence("L'écart n'a pas changé depuis le premier tour."),)
        word = "grandi" if gap > 0 else "diminué"
        return (Sentence(f"L'écart a {word} de {round_euros(abs(gap))} depuis le premier tour."),)
