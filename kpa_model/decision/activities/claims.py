"""Free claims on a pot: each says what she asks, the total is shown, each may change; then what a shortage would give.

Claims in the open are the habit of contributive budgets: `noms` shows who asks what, when the group decided so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kpa_model.decision import telling
from kpa_model.declare.form import Form, amount
from kpa_model.declare.page import Bar, Bars, Page, Sentence, Table
from kpa_model.declare.setting import setting, yes_no
from kpa_model.declare.unit import EURO
from kpa_model.shortage.arrival import LISTED
from kpa_model.shortage.claims import METHODS
from kpa_model.words import euros, round_euros, uncapital
from kpa_model.workshop.activity import Answer, Room, Round, activity

FIRST, SECOND = "demande", "seconde"
SIMPLE = ("proportionnel", "petites_demandes_d_abord", "pertes_egales")
LARGEST = 10_000_000


@activity("demandes", "Combien demandez-vous ?", "Chaque personne demande librement, puis nous regardons le total.")
class Claims(telling.Discreet):
    """A claim on the pot with reference points, a second one once the total is known, and what to do of a shortage."""

    pot: int = setting("enveloppe", EURO, "Enveloppe (0 : celle du mois)", default=0, high=100_000)
    named: bool = yes_no("noms", "Montrer qui demande quoi")
    every_method: bool = yes_no("toutes_les_methodes", "Montrer aussi le Talmud et l'arrivée au hasard")

    def rounds(self) -> tuple[Round, ...]:
        """Return a first claim, then a second one once the total is known."""
        return (Round(FIRST, "Votre demande"), Round(SECOND, "Votre demande, une fois le total connu"))

    def shared(self, room: Room) -> int:
        """Return the pot, in cents."""
        return self.pot or int(room.facts.get("pot") or 0)

    def promise(self) -> str:
        """Return what is said of the claims before they are given."""
        return "Le groupe verra votre demande avec votre nom." if self.named else super().promise()

    def hidden(self, answers: int) -> bool:
        """Tell whether claims stay hidden; a group that shows names shows everything."""
        return super().hidden(answers) and not (self.named and answers)

    def form(self, key: str, room: Room, person: str) -> Form:
        """Ask an amount, with reference points; the second time, with the total of the first."""
        pot = self.shared(room)
        help_ = " ".join(_mark(mark) for mark in room.facts.get("marks") or ())
        asked = amount("montant", "Que demandez-vous pour ce mois, en coût total ?", pot or LARGEST, help=help_)
        total = f" {self._total(room)}" if key == SECOND and self._told(room) else ""
        whole = f"L'enveloppe est de {euros(pot)}." if pot else "L'enveloppe n'est pas connue."
        return Form((asked,), title=self.title, intro=f"{whole}{total} {self.promise()}")

    def _told(self, room: Room) -> bool:
        """Tell whether the second form may speak of the first claims."""
        return FIRST in room.shown and not self.hidden(len(room.given(FIRST)))

    def _total(self, room: Room) -> str:
        asked = sum(_amounts(room.given(FIRST)))
        return f"Au premier tour, nous demandons {euros(asked)}. {_beside(asked, self.shared(room))}"

    def page(self, key: str, room: Room) -> Page:
        """Tell how far apart claims are, the total beside the pot, then what each treatment of a shortage gives."""
        given = room.given(key)
        if self.hidden(len(given)):
            return telling.small_group(len(given))
        claims, pot = _amounts(given), self.shared(room)
        total = sum(claims)
        beside = Bars(
            "Le total, à côté de l'enveloppe",
            (Bar("Demandé", total, euros(total), mark=pot or None), Bar("Enveloppe", pot, euros(pot))),
        )
        said = Sentence(f"Ensemble, nous demandons {euros(total)}. {_beside(total, pot)}", tone="big")
        moved = self._moved(room, total) if key == SECOND else ()
        spread = telling.amounts_page(claims, "Les demandes", "demande", "demande")
        return (*spread[:1], said, *moved, beside, *spread[1:], *self._treated(room, given, pot))

    def _moved(self, room: Room, now: int) -> Page:
        """Tell how the total moved since the first claim."""
        if not self._told(room):
            return ()
        change = now - sum(_amounts(room.given(FIRST)))
        if not change:
            return (Sentence("Le total n'a pas changé depuis le premier tour."),)
        word = "monté" if change > 0 else "baissé"
        return (Sentence(f"Le total a {word} de {euros(abs(change))} depuis le premier tour."),)

    def _treated(self, room: Room, given: Mapping[str, Answer], pot: int) -> Page:
        """Return each claim and what each method gives to it: by name when the group shows names, else by amount."""
        people = sorted(given, key=lambda who: room.people.get(who, who) if self.named else int(given[who]["montant"]))
        claims = [int(given[who]["montant"]) for who in people]
        labels = [room.people.get(who, "—") for who in people] if self.named else [euros(claim) for claim in claims]
        if sum(claims) <= pot:
            return _as_asked(labels, claims) if self.named else ()
        names = [*METHODS] if self.every_method else [*SIMPLE]
        if sum(claim > 0 for claim in claims) > LISTED:
            names = [name for name in names if name != "arrivee_au_hasard"]
        turn = int(room.facts.get("turn") or 0)
        columns = [METHODS[name].divide(pot, claims, turn).tolist() for name in names]
        asked = [[euros(claim) for claim in claims]] if self.named else []
        rows = tuple(zip(labels, *asked, *([euros(each) for each in column] for column in columns), strict=True))
        head = ("Qui" if self.named else "Demande", *(["Demande"] if self.named else []))
        table = Table("Ce que donne chaque façon de réduire", (*head, *(METHODS[name].label for name in names)), rows)
        return (*(Sentence(_method(name), tone="help") for name in names), table)


def _as_asked(labels: Sequence[str], claims: Sequence[int]) -> Page:
    rows = tuple((label, euros(claim)) for label, claim in zip(labels, claims, strict=True))
    return (Table("Ce que chaque personne demande", ("Qui", "Demande"), rows),)


def _amounts(given: Mapping[str, Answer]) -> list[int]:
    return sorted(int(answer["montant"]) for answer in given.values())


def _mark(mark: Mapping[str, Any]) -> str:
    about = f" {mark['about']}" if mark.get("about") else ""
    return f"{mark['label']} : {round_euros(int(mark['cents']))}.{about}"


def _method(name: str) -> str:
    says = METHODS[name].says
    return f"{METHODS[name].label} : {uncapital(says)}"


def _beside(asked: int, pot: int) -> str:
    if asked > pot:
        return f"Il manque {euros(asked - pot)}."
    return f"Il reste {euros(pot - asked)}." if asked < pot else "C'est juste l'enveloppe."
