"""Names that a group types for its exercises: its host, the end of its CAPE, its customers.

They stay on this machine, in `mes_donnees/documents/noms.json`, and take the place of the invented ones. A form starts
from what the document says; what is left empty is a mention still to write.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from kpa_model.declare.form import Field, Form, Number
from kpa_model.invoicing.document import Buyer, Document
from kpa_model.invoicing.parties import HOST_FORM, HOST_SECTION, customer_form, customer_of, host_of
from kpa_model.invoicing.samples import sample_draft
from kpa_model.places import personal
from kpa_model.whole_file import write_whole


def path() -> Path:
    """Return where these names are kept."""
    return personal() / "documents" / "noms.json"


def kept() -> dict[str, dict[str, Any]]:
    """Return section → answers: the host, and each kind of customer typed; nothing when the file cannot be read."""
    try:
        found = json.loads(path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    forms = {HOST_SECTION: HOST_FORM, **{each.value: customer_form(each) for each in Buyer}}
    return {name: answers for name, form in forms.items() if (answers := _readable(form, found.get(name)))}


def _readable(form: Form, found: Any) -> dict[str, Any]:
    """Return answers that this form still accepts, or nothing."""
    if not isinstance(found, dict):
        return {}
    answers, wrong = form.read(typed(form, found))
    return {} if wrong else answers


def typed(form: Form, answers: Mapping[str, Any]) -> dict[str, str]:
    """Return what one would type to give these answers."""
    return {each.name: _typed(each, answers[each.name]) for each in form.fields if answers.get(each.name) is not None}


def _typed(field: Field, answer: Any) -> str:
    return field.show(answer) if isinstance(field, Number) and isinstance(answer, int) else str(answer)


def keep(section: str, answers: Mapping[str, Any] | None) -> None:
    """Keep answers for a section; None goes back to the invented ones."""
    known = {name: each for name, each in kept().items() if name != section}
    if answers is not None:
        known[section] = dict(answers)
    path().parent.mkdir(parents=True, exist_ok=True)
    write_whole(path(), json.dumps(known, ensure_ascii=False, indent=1))


def draft(buyer: Buyer, today: date) -> Document:
    """Return a document without lines, with the names of the group where it typed some, invented ones elsewhere."""
    return named(sample_draft(buyer, today))


def named(document: Document) -> Document:
    """Return the document with the host and the customer that the group typed, if it did."""
    known = kept()
    if host := known.get(HOST_SECTION):
        end = date.fromisoformat(host["fin_cape"]) if host["fin_cape"] else None
        document = replace(document, host=host_of(host), cape_end=end)
    if customer := known.get(document.customer.buyer.value):
        document = replace(document, customer=customer_of(customer, document.customer.buyer))
    return document
