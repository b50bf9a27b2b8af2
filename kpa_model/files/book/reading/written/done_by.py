"""Who did the work, when a remark names another person than its line of hours: « fait par Zoé », « Lou à ma place »."""

from __future__ import annotations

import re

from kpa_model.files.book.cells import Cell, as_text, cell_at, same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.matching import Sheet, cell_of
from kpa_model.files.book.vocabulary import pattern

HERS = "autre"
"""The answer that gives the hours of a line to whom its remark names."""
_NAME = r"(?P<name>[A-ZÀ-Ý][\w'-]*(?: [A-ZÀ-Ý][\w'-]*)*"
_DID = r"\b(?:fait|r[ée]alis|effectu|assur|ex[ée]cut|tenu|men|termin|repris|remplac)[ée]?e?s?(?: plut[ôo]t)?,? par"
_WAYS = (
    rf"(?i:{_DID}) {_NAME}|(?i:[a-zà-ÿ-]+ *$))",
    rf"(?i:\bc'(?:est|[ée]tait)(?: en fait| plut[ôo]t)?|\ben (?:fait|r[ée]alit[ée])),? {_NAME})",
    rf"{_NAME}) (?i:(?:l'a|les a) faite?s?|[àa] (?:la|ma|sa) place(?! d))\b",
)
_NOBODY = pattern("done_by.nobody", r"(WORDS)\b.*")
"""What follows « fait par » and is no name."""


def done_by(remark: str) -> str:
    """Return who did the work, where a remark names somebody; an empty text otherwise.

    >>> [done_by(each) for each in ("fait par Zoé", "Lou à ma place", "en fait c'était Bruno", "fait par téléphone")]
    ['Zoé', 'Lou', 'Bruno', '']
    >>> [done_by(each) for each in ("Réalisé par bruno", "vu avec Lou", "c'était long", "Bien fait")]
    ['bruno', '', '', '']
    """
    text = remark.replace("\u2019", "'")
    found = next((found for way in _WAYS if (found := re.search(way, text))), None)
    name = found["name"].strip() if found else ""
    return "" if _NOBODY.fullmatch(same(name)) else name


def hers(sheet: Sheet, remark: str) -> str:
    """Return the person of a table of hours that a remark names, as the table writes it; an empty text when unknown."""
    at, named = sheet.columns.get("personne", -1), same(done_by(remark))
    people = {same(name): name for _, cells in sheet.grid.lines if (name := as_text(cell_at(cells, at)))}
    return people.get(named, "") if named else ""


def own(sheet: Sheet, content: list[Cell], remark: str) -> bool:
    """Tell whether a remark names the person of its line: « fait par Zoé » beside Zoé changes nothing."""
    named = same(done_by(remark)).split()
    return bool(named) and {*named} <= {*same(as_text(cell_of(sheet, content, "personne"))).split()}


def given_over(sheet: Sheet, content: list[Cell], remark: str, findings: Findings) -> list[Cell]:
    """Return a line of hours of the person that its remark names; it is told."""
    at, name = sheet.columns.get("personne", -1), hers(sheet, remark)
    if not name or not 0 <= at < len(content):
        return content
    findings.heed(sheet.grid.place(), f"« {remark} » : ces heures de {as_text(content[at])} sont celles de {name}.")
    return [*content[:at], name, *content[at + 1 :]]
