"""What each rule on the ballot does not hold, read aloud before the vote: can we live with it?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from kpa_model.decision import telling
from kpa_model.declare.form import Choice, Form
from kpa_model.declare.page import Heading, Page, Sentence, Stack, Stacks
from kpa_model.words import count
from kpa_model.workshop.activity import Room, Round, activity

MOST = 6
ANSWERS = {"changer": "À changer avant de voter", "parler": "Il faut en parler", "vivre": "On peut vivre avec"}
"""From the worst to the best, as the faces drawn beside a scale."""
UNTRIED = "Les règles de cet atelier n'ont pas été éprouvées."
NOTHING = "Nous avons éprouvé les règles de cet atelier, sans trouver de faiblesse. Ce n'est pas une preuve."


@activity("epreuve", "L'épreuve des règles", "On lit les faiblesses de chaque règle avant de voter.")
class Weaknesses(telling.Discreet):
    """For each weakness found, one answer among three; nobody has to defend a rule."""

    audits: ClassVar[bool] = True

    def rounds(self) -> tuple[Round, ...]:
        """Return the one time of asking."""
        return (Round("faiblesses", self.title),)

    def form(self, key: str, room: Room, person: str) -> Form:
        """Show each weakness with its example, and ask whether one can live with it."""
        found = _weaknesses(room)
        if not found:
            return Form((), title=self.title, intro=_nothing(room), send="Continuer")
        fields = [
            Choice(name, _both(weak), help=str(weak["example"]), options=ANSWERS, scale=True)
            for name, weak in found.items()
        ]
        return Form(tuple(fields), title=self.title, intro=f"Chaque règle a ses faiblesses. {self.promise()}")

    def page(self, key: str, room: Room) -> Page:
        """Tell first the weakness that most people would change, then the answers to each, with its example."""
        found, given = _weaknesses(room), room.given(key)
        if not found:
            return (Sentence(_nothing(room)),)
        if self.hidden(len(given)):
            return telling.small_group(len(given))
        counts = {
            name: [sum(answer.get(name) == each for answer in given.values()) for each in ANSWERS] for name in found
        }
        worst = max(found, key=lambda name: counts[name][0])
        many = counts[worst][0]
        said = f"{count(many, 'personne changerait', 'personnes changeraient')} d'abord ceci."
        first = (Sentence(said, tone="big"), *_told(found[worst])) if many else (Sentence(LIVE, tone="big"),)
        lines = tuple(
            Stack(_both(weak), tuple(zip(ANSWERS.values(), counts[name], strict=True))) for name, weak in found.items()
        )
        return (*first, Stacks("Ce que nous en disons", lines), telling.answered(room, key))


LIVE = "Personne ne veut changer une règle avant de voter."


def _nothing(room: Room) -> str:
    """Return why there is nothing to read: « nothing found » is said of rules that were tried alone."""
    rules = room.facts.get("rules", ())
    return NOTHING if rules and all("weaknesses" in rule for rule in rules) else UNTRIED


def _both(weak: Mapping[str, Any]) -> str:
    """Return a weakness after the rule that has it."""
    return f"« {weak['rule']} ». {weak['title']}"


def _told(weak: Mapping[str, Any]) -> Page:
    return (Heading(str(weak["rule"])), Sentence(str(weak["title"])), Sentence(str(weak["example"])))


def _weaknesses(room: Room) -> dict[str, Mapping[str, Any]]:
    """Return the weaknesses of the rules of the workshop by name of field, those of each rule in turn, six at most."""
    each = [
        [{**weak, "rule": rule["title"]} for weak in rule.get("weaknesses", ())] for rule in room.facts.get("rules", ())
    ]
    turns = [rule[at] for at in range(max(map(len, each), default=0)) for rule in each if at < len(rule)]
    return {f"faiblesse_{at + 1}": weak for at, weak in enumerate(turns[:MOST])}
