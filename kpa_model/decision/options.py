"""The rules a group votes on, as facts tell them: title, how each reads aloud, what each does to amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpa_model.words import count, euros, slug
from kpa_model.workshop.activity import Room

MOST = 6
"""More rules cannot be weighed with care in one vote."""


@dataclass(frozen=True)
class Option:
    """One rule, or anything else a group votes on: `help` is what stands under it on the ballot."""

    key: str
    title: str
    help: str = ""


def options_of(room: Room, own: Sequence[str]) -> tuple[Option, ...]:
    """Return what the group votes on: its own list when it has one, else the rules of the workbook, six at most."""
    if own:
        return tuple(Option(f"{slug(text)}", text) for text in own[:MOST])
    return tuple(
        Option(str(rule["key"]), str(rule["title"]), effect_told(rule)) for rule in room.facts.get("rules", ())[:MOST]
    )


def effect_told(rule: Mapping[str, Any]) -> str:
    """Return a rule's sentence, then its effect: smallest, middle and largest amount, who loses more than a fifth."""
    sentence, effect = str(rule.get("sentence", "")), rule.get("effect")
    if not effect:
        return sentence
    low, middle, high = (euros(effect[name]) for name in ("low", "middle", "high"))
    if effect["high"] - effect["low"] <= 1:  # the odd cent
        said = [f"Chaque personne reçoit {low}."]
    else:
        said = [f"Les montants vont de {low} à {high}.", f"Celui du milieu est {middle}."]
    heavy = int(effect.get("heavy", 0))
    if effect.get("today"):
        said.append("C'est la règle de départ.")
    elif heavy:
        said.append(f"{count(heavy, 'personne')} {'perd' if heavy == 1 else 'perdent'} plus d'un cinquième.")
    else:
        said.append("Personne ne perd plus d'un cinquième.")
    if left := int(effect.get("left", 0)):
        said.append(f"Il {'reste' if left > 0 else 'manque'} {euros(abs(left))} dans l'enveloppe.")
    return " ".join([sentence, *said]).strip()


def named(keys: Sequence[str], options: Sequence[Option]) -> list[str]:
    """Return titles between French quotes."""
    titles = {option.key: option.title for option in options}
    return [f"« {titles[key]} »" for key in keys]
