"""A page that verifies a badge without this workbook and without any network: for an employer, another group."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from kpa_model.assessment.withdrawn import Withdrawals
from kpa_model.words import curled


def verify_page(group: str, issuer_print: str, withdrawn: Withdrawals) -> str:
    """Return the page: it knows the key of one group, and what this group took back on that day."""
    days = {each: f"{day:%d/%m/%Y}" for each, day in withdrawn.days.items()}
    told = {"groupe": group, "empreinte": issuer_print, "retires": days, "le": f"{withdrawn.on:%d/%m/%Y}"}
    return curled(_template()).replace("@CONNU@", json.dumps(told).replace("<", "\\u003c"))


@lru_cache(maxsize=1)
def _template() -> str:
    return (Path(__file__).parent / "verify_page.html").read_text(encoding="utf-8")
