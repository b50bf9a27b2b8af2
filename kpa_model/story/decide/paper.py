"""The record of a decision as a PDF to sign: A4, accessible (PDF/UA-1)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kpa_model.decision.record import DecisionRecord
from kpa_model.errors import WrongRule
from kpa_model.pay import rule_file
from kpa_model.story.decide.told import told
from kpa_model.story.paper.press import Code, Verbatim, press
from kpa_model.words import day

DRAWING = "(un dessin)"
LEAST_LINES = 6
"""Lines to sign when nobody is named."""
WIDEST = 64
"""How many signs of the file of a rule a line of paper holds."""


def record_paper(record: DecisionRecord) -> bytes:
    """Return the PDF of a record, with a line for each person to sign."""
    content = told(record)
    return press(
        "decision",
        {
            **content,
            "pied": f"{record.cooperative}, décision du {day(record.held_on)}",
            "fichier": [Code(line) for line in copyable(record.rule.text)],
            "presents": [Verbatim(printable(name)) for name in record.present],
            "lignes": 0 if record.present else record.people or LEAST_LINES,
            "dessins": [],
        },
    )


def copyable(text: str) -> list[str]:
    """Return the file of a rule in lines that may be copied from paper: where they begin and break does not count.

    >>> copyable("titre: Essai\\netapes:\\n- par_heures:\\n    part: 50 %")
    ['titre: Essai', 'etapes:', '- par_heures: {part: 50 %}']
    """
    try:
        rule = rule_file.loads(text)
        lines = [part for entry in rule_file.as_data(rule).items() for line in _entry(*entry) for part in _broken(line)]
        return lines if rule_file.loads("\n".join(lines)) == rule else text.splitlines()
    except WrongRule:
        return text.splitlines()


def _entry(key: str, value: Any) -> list[str]:
    return (
        [f"{key}:", *(f"- {_flow(each)[0]}" for each in value)]
        if isinstance(value, list)
        else [f"{key}: {_flow(value)[1]}"]
    )


def _flow(value: Any) -> tuple[str, str]:
    """Return a value written on one line: as an item of a list, and as the value of a name."""
    if isinstance(value, Mapping):
        named = [f"{key}: {_flow(each)[1]}" for key, each in value.items()]
        whole = f"{{{', '.join(named)}}}"
        return named[0] if len(named) == 1 else whole, whole
    said = f"[{', '.join(_flow(each)[1] for each in value)}]" if isinstance(value, list) else _quoted(value)
    return said, said


def _quoted(value: Any) -> str:
    return str(value) if re.fullmatch(r"\w[\w %€.-]{0,30}", str(value)) else json.dumps(value, ensure_ascii=False)


def _broken(line: str) -> Iterator[str]:
    while len(line) > WIDEST and (fits := re.match(rf"(.{{1,{WIDEST - 1}}}\S) (?=\S)", line)) and fits[1].strip():
        yield fits[1]
        line = f"    {line[fits.end() :]}"
    yield line


def printable(name: str) -> str:
    """Return a name as our fonts print it: pictures that they do not hold are left out."""
    kept = "".join(each for each in name if ord(each) <= 0xFFFF and each not in "\u200d\ufe0f").strip()
    return kept or DRAWING
