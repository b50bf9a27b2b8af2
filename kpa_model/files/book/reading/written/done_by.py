"""Who did the work, when a remark names another person than its line of hours: « fait par Zoé », « Lou à ma place »."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kpa_model.files.book.cells import Cell, as_text, cell_at, same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import Sheet, cell_of
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import listing

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


_BESIDE = pattern("done_by.beside", r"\b(WORDS)\W*$")
"""What before a name says that somebody was there, or wrote: not that she did the work."""
_AWAY = re.compile(r"\W*(est |etait )?(malade|absente?|en (conge|vacances|arret|formation)|pas la)\b")
"""What after a name says why somebody else was alone."""
_SHORT = 2
"""Words of people that are not longer may be other words."""


def say_others(sheet: Sheet, lines: Sequence[Line]) -> None:
    """Tell the remarks of hours that name another person of the table, without a word that is asked about."""
    at, note = (sheet.columns.get(name, -1) for name in ("personne", "note"))
    if sheet.dictionary.table != "heures" or min(at, note) < 0 or not sheet.findings.asking:
        return
    remarked = [(line, text) for line in lines if (text := as_text(cell_at(line[1], note))) and not done_by(text)]
    people = {word for _, cells in lines for word in _words(cells, at)[:1] if len(word) > _SHORT} if remarked else set()
    told = []
    for (number, cells), text in remarked:
        others, said = [word for word in people if word not in _words(cells, at)], same(text)
        found = [each for word in others for each in re.finditer(rf"\b{word}\b", said)]
        if any(not (_BESIDE.search(said[: each.start()]) or _AWAY.match(said[each.end() :])) for each in found):
            told.append(f"ligne {number} (« {text} »)")
    if told:
        which = f"{listing(told, most=4)} : une autre personne y est nommée"
        sheet.findings.heed(sheet.grid.place(), f"{which}. Les heures restent à qui dit la ligne. Vérifiez.")


def _words(cells: Sequence[Cell], at: int) -> list[str]:
    return re.findall(r"\w+", same(as_text(cell_at(cells, at))))
