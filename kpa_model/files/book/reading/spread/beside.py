"""What a wide table is told to be; what stands beside its columns, or in them, and is no time, or is nobody's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import as_text, same, shown
from kpa_model.files.book.dictionaries import Dictionary
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.spread import people, shapes
from kpa_model.files.book.reading.spread.sums import beyond, right
from kpa_model.words import count, listing


def of_totals(block: Block, spread: shapes.Wide, findings: Findings) -> shapes.Wide:
    """Return a wide table without the one column that its own totals leave out: « Nb de repas » is no time.

    A total that lost its title is one of what is sold.
    """
    spread = replace(spread, totals=tuple(at for at in spread.totals if block.titles[at]))
    for at in beyond(block, spread.values, spread.totals):
        text = f"les totaux ne comptent pas « {block.titles[at]} » : cette colonne n'est pas lue comme des heures."
        findings.heed(block.grid.place(block.head, at, block.titles[at]), text)
        return replace(spread, values={each: value for each, value in spread.values.items() if each != at})
    return spread


def say_beside(
    block: Block, spread: shapes.Wide, known: Mapping[str, Dictionary], more: Sequence[int], findings: Findings
) -> None:
    """Tell the columns beside those of people that hold times of days, and that are nobody's."""
    if right(block, spread.values, spread.totals):
        return  # nothing lacks to the totals
    for at, title in enumerate(block.titles):
        if at not in {*spread.values, *spread.totals} and (cell := people.broken(block, at)):
            text = f"la colonne « {title} » n'est pas lue : {shown(cell)} n'est pas une durée. Corrigez-la."
            findings.left_out(block.grid.place(block.head, at, title), text)
            continue
        if at in {*spread.values, *spread.totals} or not title or not (at in more or people.of_days(block, at, known)):
            continue
        text = f"la colonne « {title} » tient des heures, à côté de celles des personnes. Elle n'est pas lue."
        findings.left_out(block.grid.place(block.head, at, title), text)


def counted_once(block: Block, spread: shapes.Wide, hours: Dictionary, findings: Findings) -> dict[str, int]:
    """Return that nothing is a quantity where a line has several times: it would count with each. It is told."""
    ranks = [at for at, title in enumerate(block.titles) if may_say(title, "quantite", hours)]
    ranks = [at for at in ranks if block.column(at) and len(spread.values) > 1]
    for at in ranks:
        text = f"« {block.titles[at]} » n'est pas lu : ce n'est pas un temps, et la ligne en a plusieurs."
        findings.heed(block.grid.place(block.head), text)
    return {"quantite": -1} if ranks else {}


def say_absent(block: Block, spread: shapes.Wide, findings: Findings) -> None:
    """Tell which letters stand where hours could: « C », « RTT »."""
    said = {as_text(cell) for at in spread.values for cell in block.column(at) if absent(cell)}
    if said:
        told = listing([f"« {each} »" for each in sorted(said)])
        findings.heed(block.grid.place(block.head), f"{told} : ces cases disent une absence. Elles comptent 0 h.")
    if crossed := sum(same(as_text(cell)) == "x" for at in spread.values for cell in block.column(at)):
        told = f"« x » ne dit pas combien d'heures ({count(crossed, 'case', 'cases')})"
        findings.left_out(block.grid.place(block.head), f"{told}. Écrivez-les, par exemple 3h30, ou 0.")


def told_shape(spread: shapes.Wide) -> str:
    """Return what is told of a wide table: a column per person, per task, per day."""
    if spread.what == "personne":
        return f"une colonne par personne : {listing([str(each) for each in spread.values.values()])}."
    if spread.what == "tache":
        return f"une colonne par genre de travail ou par tâche : {listing([str(e) for e in spread.values.values()])}."
    if spread.what == "commande":
        return f"une colonne par client ou par commande : {listing([str(e) for e in spread.values.values()])}."
    if len(spread.values) > 1:
        return f"{len(spread.values)} colonnes sont des jours ou des périodes."
    return "une colonne est un jour ou une période."
