"""An appreciation circle: each shares points between the others, every ballot weighs the same, nobody sees who gave.

Two ways: equal ballots, or impartial division for four people or more. With both, what I give never changes my share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from kpa_model.decision import impartial, telling
from kpa_model.decision.appreciation import circle, in_cents
from kpa_model.declare.form import Form, Parts
from kpa_model.declare.page import Bar, Bars, Page, Sentence, Table
from kpa_model.declare.setting import choice, setting, yes_no
from kpa_model.declare.unit import EURO, Unit
from kpa_model.words import count, euros
from kpa_model.workshop.activity import Room, Round, activity

POINTS = Unit("points", 1, ("points", "point"))
TOTAL = 100
BALLOTS, IMPARTIAL = "bulletins", "impartial"
METHODS = {BALLOTS: "Bulletins égaux", IMPARTIAL: "Partage impartial, à quatre ou plus"}
Points = tuple[tuple[str, int], ...]
MOST = 24
"""Above so many people, exact impartial shares take too long for a screen: equal ballots are used, and it is said."""


@activity("appreciation", "Cercle d'appréciation", "Chacun reconnaît la part des autres avec des points.")
class Circle(telling.Discreet):
    """A hundred points for the others; each sees her own amount, the group sees how far apart amounts are."""

    pot: int = setting("enveloppe", EURO, "Somme à partager (0 : celle du mois)", default=0, high=100_000)
    method: str = choice("methode", "Façon de compter", METHODS)
    cap: int = setting("rapport_au_plus", Unit("", 1), "Partage impartial : rapport au plus", default=9, low=2, high=99)
    named: bool = yes_no("noms", "Montrer le montant de chaque personne")

    def rounds(self) -> tuple[Round, ...]:
        """Return the one time of asking."""
        return (Round("points", "Vos points pour les autres"),)

    def form(self, key: str, room: Room, person: str) -> Form:
        """Ask to share a hundred points between the others."""
        others = {who: name for who, name in room.people.items() if who != person}
        if len(others) < 2:
            return Form((), title=self.title, intro="Il faut être au moins trois.", send="Continuer")
        asked = Parts("points", f"Partagez {TOTAL} points", things=others, unit=POINTS, total=TOTAL)
        intro = "Dites la part de chaque personne dans ce travail. Vos points ne changent jamais votre propre part."
        shown = (
            "Les montants seront montrés avec les noms." if self.named else "Personne d'autre ne verra votre montant."
        )
        return Form((asked,), title=self.title, intro=f"{intro} {shown}")

    def hidden(self, answers: int) -> bool:
        """Tell whether amounts stay hidden; three answers at least, else one could be read from another."""
        return answers < 3 or (super().hidden(answers) and not self.named)

    def amounts(self, key: str, room: Room) -> dict[str, int]:
        """Return person → cents."""
        turn = int(room.facts.get("turn") or 0)
        return in_cents(self._shares(key, room), self.pot or int(room.facts.get("pot") or 0), turn)

    def _shares(self, key: str, room: Room) -> Mapping[str, Fraction]:
        people = tuple(room.people)
        ballots = tuple((who, tuple(points.items())) for who, points in self._ballots(key, room).items())
        return _kept_shares(people, ballots, self.cap if self._impartially(people) else 0)

    def _ballots(self, key: str, room: Room) -> dict[str, Mapping[str, int]]:
        return {who: answer.get("points") or {} for who, answer in room.given(key).items() if who in room.people}

    def _impartially(self, people: Sequence[str]) -> bool:
        return self.method == IMPARTIAL and impartial.FEWEST <= len(people) <= MOST

    def page(self, key: str, room: Room) -> Page:
        """Tell how far opinions differ, how far apart amounts are, and what this way of counting can and cannot do."""
        given = room.given(key)
        if self.hidden(len(given)):
            return telling.small_group(len(given))
        amounts = self.amounts(key, room)
        shown = telling.amounts_page([*amounts.values()], "Ce que le cercle donne", "reçoit", "personne")
        if self.named:
            rows = tuple(sorted((room.people[who], euros(cents)) for who, cents in amounts.items()))
            shown = (Table("Le montant de chaque personne, par ordre de prénom", ("Qui", "Montant"), rows),)
        return (
            Sentence(self._differ(key, room)),
            *shown,
            *self._warned(room),
            telling.answered(room, key),
        )

    def _differ(self, key: str, room: Room) -> str:
        """Return how far two ballots can be on one same person, without a name."""
        ballots = self._ballots(key, room)
        gaps = [
            max(got) - min(got)
            for person in room.people
            if (got := [points[person] for giver, points in ballots.items() if giver != person and person in points])
        ]
        widest = max(gaps, default=0)
        if not widest:
            return "Sur chaque personne, les avis sont les mêmes."
        return f"Sur une même personne, les avis diffèrent de {count(widest, 'point')} au plus."

    def _warned(self, room: Room) -> Page:
        """Return what the way of counting is worth, honestly."""
        said = ["Personne ne peut changer sa propre part. Mais on peut aider un ami."]
        if self.method == IMPARTIAL:
            if self._impartially([*room.people]):
                said.append(f"Personne ne compte plus de {self.cap} fois plus qu'une autre, dans un bulletin.")
            else:
                said.append(f"Le partage impartial va de 4 à {MOST} personnes. Nous comptons des bulletins égaux.")
        said.append("Qui n'a pas répondu compte comme ayant partagé également.")
        return tuple(Sentence(text, tone="help") for text in said)

    def own_page(self, key: str, room: Room, person: str) -> Page:
        """Tell a person her own amount, beside equal shares."""
        if person not in room.people or self.hidden(len(room.given(key))):
            return ()
        amounts = self.amounts(key, room)
        equal = sum(amounts.values()) // len(amounts)
        bars = (Bar("Vous", amounts[person], euros(amounts[person])), Bar("Parts égales", equal, euros(equal)))
        return (
            Sentence(f"Le cercle vous donne {euros(amounts[person])}.", tone="big"),
            Bars("Votre montant", bars),
            Sentence(
                "Personne d'autre ne voit ce montant." if not self.named else "Le groupe voit ce montant.", tone="help"
            ),
        )


def _whole(points: Mapping[str, int], others: Sequence[str]) -> dict[str, int]:
    """Return a value for each of the others, at least one: the method divides by them."""
    return {who: max(1, points.get(who, 0)) for who in others}


@lru_cache(maxsize=32)
def _kept_shares(people: tuple[str, ...], listed: tuple[tuple[str, Points], ...], cap: int) -> Mapping[str, Fraction]:
    """Return the shares, impartial when there is a cap; kept, since every phone asks for its own part."""
    ballots = {who: dict(points) for who, points in listed}
    if not cap:
        return circle(ballots, people)
    reports = {giver: _whole(ballots.get(giver, {}), [who for who in people if who != giver]) for giver in people}
    return impartial.division(reports, cap)
