"""A page that verifies a badge without this workbook and without any network: for an employer, another group."""

from __future__ import annotations

import json

from kpa_model.assessment.withdrawn import Withdrawals
from kpa_model.story.booklet.page_alone import page_alone
from kpa_model.words import curled


def verify_page(group: str, issuer_print: str, withdrawn: Withdrawals) -> str:
    """Return the page: it knows the key of one group, and what this group took back on that day."""
    days = {each: f"{day:%d/%m/%Y}" for each, day in withdrawn.days.items()}
    told = {"groupe": group, "empreinte": issuer_print, "retires": days, "le": f"{withdrawn.on:%d/%m/%Y}"}
    page = curled(page_alone("verify_page.html", "Vérifier un badge"))
    return page.replace("@CONNU@", json.dumps(told).replace("<", "\\u003c"))
