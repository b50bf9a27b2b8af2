"""Rule files, see `rule`: French YAML that can be read aloud. `loads(dumps(rule)) == rule`, always.

Everything is read as text first, then by the unit of each setting: `5 %`, `12,50`, `oui` mean what people mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kpa_model.declare.entry import parts_of
from kpa_model.declare.part import Text
from kpa_model.declare.plain_yaml import RULE
from kpa_model.declare.setting import schema_of
from kpa_model.declare.yaml_file import YamlFile, fingerprint_of
from kpa_model.pay.promise import known_promises
from kpa_model.pay.rule import PayRule
from kpa_model.pay.step import known_steps

FILE = YamlFile(RULE, PayRule, "Règle")
load, loads, dumps, as_data = FILE.load, FILE.loads, FILE.dumps, FILE.as_data
TEXTS = tuple(each.name for each in parts_of(PayRule).values() if isinstance(each, Text))


def fingerprint(rule: PayRule) -> str:
    """Return the SHA-256 of what the rule does (steps, promises, trial), in hexadecimal; titles do not count."""
    return fingerprint_of({key: value for key, value in as_data(rule).items() if key not in TEXTS})


def schema() -> dict[str, Any]:
    """Return the JSON schema of a rule file, from the same declarations."""

    def items(known: Mapping[str, Any]) -> dict[str, Any]:
        each = [
            {
                "type": "object",
                "properties": {
                    name: {
                        "title": cls.title,
                        "description": cls.about,
                        **schema_of(cls),
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
