"""The record of a decision as a PDF to sign: A4, accessible (PDF/UA-1)."""

from __future__ import annotations

from kpa_model.decision.record import DecisionRecord
from kpa_model.story.decide.told import told
from kpa_model.story.paper.press import Verbatim, press
from kpa_model.words import day

DRAWING = "(un dessin)"
LEAST_LINES = 6
"""Lines to sign when nobody is named."""


def record_paper(record: DecisionRecord) -> bytes:
    """Return the PDF of a record, with a line for each person to sign."""
    content = told(record)
    return press(
        "decision",
        {
            **content,
            "pied": f"{record.cooperative}, décision du {day(record.held_on)}",
            "fichier": [[len(line) - len(line.lstrip()), Verbatim(line.strip())] for line in content["fichier"]],
            "presents": [Verbatim(printable(name)) for name in record.present],
            "lignes": 0 if record.present else record.people or LEAST_LINES,
            "dessins": [],
        },
    )


def printable(name: str) -> str:
    """Return a name as our fonts print it: pictures that they do not hold are left out."""
    kept = "".join(each for each in name if ord(each) <= 0xFFFF and each not in "\u200d\ufe0f").strip()
    return kept or DRAWING
