"""Codes of a criterion in public lists of skills and trades: written by the group in its grid, never guessed here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kpa_model.declare.part import Texts
from kpa_model.declare.unit import Refused, quoted

ESCO, ROME = "ESCO", "ROME"
_KNOWN = {
    ESCO: re.compile(r"http://data\.europa\.eu/esco/(?:skill|occupation)/[0-9a-f-]{36}"),
    ROME: re.compile(r"[A-N]\d{4}"),
}


@dataclass(frozen=True)
class Codes(Texts):
    """`ESCO http://data.europa.eu/esco/skill/…` or `ROME G1602`, one per line."""

    def read(self, value: Any) -> tuple[str, ...]:
        """Return the codes. Raises Refused for one that is written otherwise."""
        found = super().read(value)
        for each in found:
            kind, _, code = each.partition(" ")
            if kind not in _KNOWN or not _KNOWN[kind].fullmatch(code.strip()):
                todo = "Écrivez « ROME G1602 », ou « ESCO » et l'adresse entière de la compétence."
                raise Refused(f"{quoted(each)} n'est pas un code.", todo)
        return tuple(" ".join(each.split()) for each in found)


def parted(code: str) -> tuple[str, str]:
    """Return the list of a code, and what it is there.

    >>> parted("ROME G1602")
    ('ROME', 'G1602')
    """
    kind, _, what = code.partition(" ")
    return kind, what
