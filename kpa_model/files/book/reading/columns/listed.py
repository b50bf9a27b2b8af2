"""A whole list that may not count, by its name, its heading or what it says of its lines: forecast, quotes, drafts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from kpa_model.errors import Refused
from kpa_model.files.book import cells
from kpa_model.files.book.cells import as_text, same
from kpa_model.files.book.findings import Doubt
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import Sheet, cell_of
from kpa_model.files.book.reading.columns.titles import says_planned
from kpa_model.files.book.reading.context import called, timeless
from kpa_model.files.book.reading.sales import states
from kpa_model.files.book.reading.written.doubted import FORESEEN, OFFERED, headings, of_list, offered, ordered, unpaid
from kpa_model.words import euros, listing

_LISTED = {
    FORESEEN: (
        "est-ce seulement prévu, ou cela a-t-il eu lieu ?",
        "seulement prévu : ne pas le compter",
        "cela a eu lieu : le compter",
        "C'est seulement prévu",
    ),
    OFFERED: (
        "un devis, une proforma ne sont pas des ventes. Est-ce facturé ?",
        "non, ou déjà dans les factures : ne pas le compter",
        "oui : le compter comme des ventes",
        "Ce ne sont pas des ventes",
    ),
    states.SET_ASIDE: (
        "d'après ce nom, cela ne compte peut-être pas. Le compter ?",
        "non : le laisser de côté",
        "oui : cela compte comme le reste",
        "C'est laissé de côté",
    ),
}
"""What is asked of a list whose name says that it may not count, what can be answered, and what is told of a no."""
_TABLES = ("factures", "achats", "heures")


def put_aside(sheet: Sheet, lines: Sequence[Line]) -> bool:
    """Tell whether a whole sheet is left out: its name, its heading or its states, and the group say so."""
    table = sheet.dictionary.table
    found = {name: told for name, told in _said(sheet, lines).items() if told in _LISTED}
    if table == "heures":
        found = {each: told for each, told in found.items() if "factur" not in same(each)}  # to be invoiced: done
    if not lines or not found or table not in _TABLES:
        return False
    name, listed = next(iter(found.items()))
    topic = f"prevu.{timeless(name)}"
    if not (said := sheet.grid.answers.get(topic, "")):
        told = f" ({weight})" if (weight := weighed(sheet, lines)) else ""
        question, no, yes, _ = _LISTED[listed]
        todo = f"Ôtez « {name} » des fichiers, ou changez ce nom."
        doubt = Doubt(topic, f"« {name} »{told} : {question}", (("non", no), ("oui", yes)), todo)
        sheet.findings.doubt(sheet.grid.place(lines[0][0]), doubt)
    elif said == "non":
        what = f"{left(sheet, name, lines)} {_LISTED[listed][3]}, comme vous l'avez dit."
        sheet.findings.heed(sheet.grid.place(), what)
    return said == "non"


def _said(sheet: Sheet, lines: Sequence[Line]) -> dict[str, str]:
    """Return what the name, the heading and the states of a list say of it, by the words that say so."""
    over = headings([*sheet.grid.above, *(line for line in sheet.grid.lines if line[0] < sheet.line)])
    found = {(name := called(sheet.grid)): of_list(name)}
    found |= {each: told for each in over if (told := of_list(each)) in (FORESEEN, states.SET_ASIDE)}
    if sheet.dictionary.table == "heures":
        found |= {each: states.SET_ASIDE for each in over if unpaid(each)}
        found = {each: told for each, told in found.items() if each != name or not unpaid(name)}  # `recaps` asks it
    if sheet.dictionary.table == "heures" and says_planned(title := sheet.place(sheet.columns.get("duree", -1)).title):
        found[title] = FORESEEN
    if sheet.dictionary.table == "achats":
        bought = [each for each in (*over, name) if re.search(r"achat|fournisseur|depense", same(each))]
        found |= {each: states.SET_ASIDE for each in bought if offered(each) or ordered(each)}
    if sheet.dictionary.table != "factures":
        return found
    found |= {each: OFFERED for each in (*over, name) if offered(each)}
    for at in range(len(sheet.titles)):  # a state may stand under a title that nobody knows
        if states.of_offers(as_text(cells.cell_at(content, at)) for _, content in lines):
            found[sheet.place(at).title] = OFFERED
    return found


def left(sheet: Sheet, word: str, group: Sequence[Line]) -> str:
    """Return the sentence that says which lines are not read, and the word that says so."""
    told = weighed(sheet, group)
    many = "cette ligne n'est pas lue" if len(group) == 1 else f"{len(group)} lignes ne sont pas lues"
    return f"« {word} » : {many} ({told})." if told else f"« {word} » : {many}."


def weighed(sheet: Sheet, group: Sequence[Line]) -> str:
    """Return which lines they are, and how much they hold; the first ones of hours, with their time."""
    told = (sheet.dictionary.columns[0].name, *(["duree"] if sheet.dictionary.table == "heures" else []))
    names = [" ".join(as_text(cell_of(sheet, content, each)) for each in told).strip() for _, content in group]
    column, tax = ("montant_ht", "HT") if "montant_ht" in sheet.columns else ("montant_ttc", "TTC")
    total = 0
    for _, content in group:
        with suppress(Refused):
            total += cells.read_euros(cell_of(sheet, content, column) or 0.0)
    which = listing([re.sub(r"^\((.*)\)$", r"\1", name) for name in names if name][:6])
    return ", ".join(part for part in (which, f"{euros(total)} {tax} en tout" if total else "") if part)
