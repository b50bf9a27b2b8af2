"""States and kinds of document that a program writes as numbers, « 1 », « 381 »: what they mean is asked once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpa_model.files.book.cells import as_text
from kpa_model.files.book.findings import Doubt
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import Sheet, cell_of
from kpa_model.files.book.reading.sales import states
from kpa_model.words import listing, uncapital


def in_words(sheet: Sheet, lines: Sequence[Line]) -> Sequence[Line]:
    """Return lines whose states are words, where a program gave numbers; what they mean is asked once."""
    if sheet.dictionary.table != "factures":
        return lines
    ranks = [at for at in (sheet.columns.get(each) for each in ("sorte_de_piece", "etat")) if at is not None]
    for at in ranks:
        if {as_text(content[at]) for _, content in lines if at < len(content)} - {""} <= states.BY_CODE.keys():
            lines = [(n, [*c[:at], states.BY_CODE.get(as_text(c[at]), ""), *c[at + 1 :]]) for n, c in lines]
            sheet.findings.note(sheet.place(at), "ces nombres sont ceux de la facture électronique (380, 381…).")
    for column, words in states.BY_NUMBER.items():
        said = {text for _, content in lines if (text := as_text(cell_of(sheet, content, column)))}
        if said and said <= words.keys():
            lines = _told_in_words(sheet, lines, column, words)
    return lines


def _told_in_words(sheet: Sheet, lines: Sequence[Line], column: str, words: Mapping[str, str]) -> list[Line]:
    said = {words.get(as_text(cell_of(sheet, content, column)), "") for _, content in lines}
    at, topic = sheet.columns[column], "etat.chiffres"
    answer = sheet.grid.answers.get(topic, "")
    if not answer and not all(states.meaning(word) == states.COUNTED for word in said):
        told = listing([f"{number} = {uncapital(word)}" for number, word in words.items()])
        question = f"« {sheet.place(at).title} » est un chiffre. Est-ce celui de Dolibarr : {told} ?"
        options = (("dolibarr", "oui"), ("non", "non : toutes les lignes comptent"))
        todo = "Écrivez-le en lettres, par exemple : brouillon, validée, payée, abandonnée."
        sheet.findings.doubt(sheet.place(at), Doubt(topic, question, options, todo))

    def told_by(number: str) -> str:
        return words.get(number, "") if answer == "dolibarr" else ""

    return [
        (number, [*row[:at], told_by(as_text(row[at])), *row[at + 1 :]] if at < len(row) else row)
        for number, row in lines
    ]
