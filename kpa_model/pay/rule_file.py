"""Rule files: French YAML that can be read aloud. `loads(dumps(rule)) == rule`, always.

Everything is read as text first, then by the unit of each setting: `5 %`, `12,50`, `oui` mean what people mean.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

from ruamel.yaml import YAML

from kpa_model.declare.plain_yaml import read_mapping, read_text
from kpa_model.declare.setting import made_with, settings_of
from kpa_model.declare.unit import quoted
from kpa_model.errors import Problem, WrongRule, nearest
from kpa_model.pay.promise import Promise, known_promises
from kpa_model.pay.rule import PayRule, Trial
from kpa_model.pay.step import Step, known_steps

TEXTS = {
    "titre": "title",
    "phrase": "sentence",
    "favorise": "favours",
    "objections": "objections",
    "vu_a": "seen_at",
}
KEYS = (*TEXTS, "etapes", "promesses", "essai")
MOST_STEPS = 40
MOST_QUARTERS = 8
_T = TypeVar("_T")


def load(path: Path) -> PayRule:
    """Read a rule file. Raises WrongRule with every problem at once."""
    return loads(read_text(path, WrongRule), f"Fichier {path.name}")


def loads(text: str, where: str = "Règle") -> PayRule:
    """Read a rule from text. Raises WrongRule with every problem at once."""
    content = read_mapping(text, where)
    problems: list[Problem] = []
    for key in content:
        if key not in KEYS:
            todo = f"{nearest(key, KEYS)}\nParties connues : {', '.join(KEYS)}.".strip()
            problems.append(Problem(where, f"{quoted(key)} n'est pas une partie d'une règle.", todo))
    steps = _items(content.get("etapes"), known_steps(), where, ("étape", "Étapes connues"), problems)
    promises = _items(content.get("promesses"), known_promises(), where, ("promesse", "Promesses connues"), problems)
    trial = _trial(content.get("essai"), where, problems)
    texts = {name: _text(content, key, where, problems) for key, name in TEXTS.items()}
    if not texts["title"]:
        todo = "Ajoutez une première ligne, par exemple « titre: Parts égales »."
        problems.append(Problem(where, "il manque le titre.", todo))
    if not content.get("etapes"):
        todo = "Ajoutez « etapes: » puis une ligne « - parts_egales »."
        problems.append(Problem(where, "il manque les étapes.", todo))
    if problems:
        raise WrongRule(*problems)
    return PayRule(steps=tuple(steps), promises=tuple(promises), trial=trial, **texts)


def _items(
    entries: Any, known: Mapping[str, type[_T]], where: str, words: tuple[str, str], problems: list[Problem]
) -> list[_T]:
    """Read the list of steps or promises; every problem is added, nothing stops at the first."""
    word, known_word = words
    if entries in (None, ""):
        return []
    if not isinstance(entries, list):
        todo = f"Écrivez une ligne « - nom » par {word}."
        problems.append(Problem(where, f"les {word}s ne sont pas une liste.", todo))
        return []
    if len(entries) > MOST_STEPS:
        problems.append(Problem(where, f"il y a {len(entries)} {word}s.", f"Gardez-en {MOST_STEPS} au plus."))
        return []
    found: list[_T] = []
    for at, entry in enumerate(entries, start=1):
        name, values = _name_and_values(entry)
        here = f"{where}, {word} {at} {quoted(name)}"
        if isinstance(entry, dict) and len(entry) > 1:
            second = quoted([*entry][1])
            todo = f"Décalez {second} de deux espaces vers la droite."
            problems.append(Problem(here, f"{second} est au même niveau.", todo))
        elif name not in known:
            names = f"{known_word} : {', '.join(known)}."
            listed = any(names in problem.todo for problem in problems)  # thirty names are read once
            todo = nearest(name, known) if listed else f"{nearest(name, known)}\n{names}".strip()
            problems.append(Problem(here, "ce nom n'existe pas.", todo or "Choisissez un nom de la liste."))
        elif not isinstance(values, dict):
            problems.append(Problem(here, "les réglages ne sont pas compris.", _example(known[name])))
        else:
            made = made_with(known[name], values, here, problems)
            found += [made] if made is not None else []
    return found


def _name_and_values(entry: Any) -> tuple[str, Any]:
    if isinstance(entry, dict) and entry:
        name, values = next(iter(entry.items()))
        return str(name), values if values not in (None, "") else {}
    return ("…" if isinstance(entry, list | dict) else str(entry)), {}


def _example(known: Any) -> str:
    """Return how to write a step or promise, with its default settings."""
    data = _entry(known())
    if isinstance(data, str):
        return f"Écrivez seulement « - {data} »."
    return f"Écrivez « - {known.name}: {_flow(data[known.name])} »."


def _flow(data: Any) -> str:
    """Return settings on one line, as people write them."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{key}: {_flow(value)}" for key, value in data.items()) + "}"
    return "[" + ", ".join(map(_flow, data)) + "]" if isinstance(data, list) else str(data)


def _trial(content: Any, where: str, problems: list[Problem]) -> Trial | None:
    if content in (None, ""):
        return None
    here, before = f"{where}, essai", len(problems)
    example = "Écrivez par exemple « essai: {trimestres: 1, revue_le: 2027-03-31} »."
    if not isinstance(content, dict) or set(content) - {"trimestres", "revue_le"}:
        problems.append(Problem(here, "les réglages ne sont pas compris.", example))
        return None
    quarters, day = str(content.get("trimestres", 1)), str(content.get("revue_le") or "")
    if not (quarters.isdecimal() and 1 <= int(quarters[:4]) <= MOST_QUARTERS):
        problems.append(Problem(here, f"la durée va de 1 à {MOST_QUARTERS} trimestres.", example))
    try:
        review = _day(day) if day else None
    except ValueError:
        problems.append(Problem(here, f"la date {quoted(day)} n'existe pas.", example))
    return Trial(int(quarters), review) if len(problems) == before else None


def _day(text: str) -> date:
    """Return the day written `2027-03-31` or `31/03/2027`."""
    if "/" in text:
        day, month, year = (int(part) for part in text.split("/"))
        return date(year, month, day)
    return date.fromisoformat(text)


def _text(content: dict[str, Any], key: str, where: str, problems: list[Problem]) -> str:
    """Return a title or another text of the rule, as written."""
    value = content.get(key)
    if isinstance(value, list | dict):
        problems.append(Problem(f"{where}, « {key} »", "ce n'est pas un texte.", "Mettez le texte entre guillemets."))
        return "…"
    return str(value or "").strip()


def dumps(rule: PayRule) -> str:
    """Write a rule as French YAML, always in the same way."""
    out = StringIO()
    writer = YAML()
    writer.width, writer.allow_unicode = 100, True
    writer.indent(mapping=2, sequence=2, offset=0)
    writer.dump(as_data(rule), out)
    return out.getvalue()


def as_data(rule: PayRule) -> dict[str, Any]:
    """Return a rule as plain mappings and lists, as the file holds it."""
    content: dict[str, Any] = {key: getattr(rule, name) for key, name in TEXTS.items() if getattr(rule, name)}
    content["etapes"] = [_entry(step) for step in rule.steps]
    if rule.promises:
        content["promesses"] = [_entry(promise) for promise in rule.promises]
    if rule.trial:
        review = {"revue_le": rule.trial.review_on.isoformat()} if rule.trial.review_on else {}
        content["essai"] = {"trimestres": rule.trial.quarters, **review}
    return content


def _entry(item: Step | Promise) -> Any:
    values = {each.name: each.write(getattr(item, attribute)) for attribute, each in settings_of(item).items()}
    return {item.name: values} if values else item.name


def fingerprint(rule: PayRule) -> str:
    """Return the SHA-256 of what the rule does (steps, promises, trial), in hexadecimal; titles do not count."""
    content = {key: value for key, value in as_data(rule).items() if key not in TEXTS}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def schema() -> dict[str, Any]:
    """Return the JSON schema of a rule file, from the same declarations."""

    def items(known: Mapping[str, Any]) -> dict[str, Any]:
        each = [
            {
                "type": "object",
                "properties": {
                    name: {
                        "type": "object",
                        "title": cls.title,
                        "description": cls.about,
                        "properties": {one.name: one.schema() for one in settings_of(cls).values()},
                        "additionalProperties": False,
                    }
                },
                "additionalProperties": False,
            }
            for name, cls in known.items()
        ]
        return {"type": "array", "items": {"anyOf": [{"enum": list(known)}, *each]}}

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Règle de rémunération d'un KPA",
        "type": "object",
        "required": ["titre", "etapes"],
        "additionalProperties": False,
        "properties": {
            **{key: {"type": "string"} for key in TEXTS},
            "etapes": items(known_steps()),
            "promesses": items(known_promises()),
            "essai": {"type": "object"},
        },
    }
