"""Hours that no day is told of: those of each person in a month. Which one, and whether it is all of it, is asked."""

from __future__ import annotations

from dataclasses import replace

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.book.cells import bare
from kpa_model.files.book.dates import Period
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line, laid_again
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.columns.titles import tells_time
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.dated.moments import of_somebody
from kpa_model.files.book.reading.dated.numbers import month_topic, told_month
from kpa_model.files.book.reading.spread.people import is_total, timed
from kpa_model.files.book.reading.spread.spans import money
from kpa_model.files.book.reading.whose import whose
from kpa_model.words import month_name

WHOLE_MONTH = "mois_entier"
_NO, _OTHER = "non", "autre"
_COUNTED = "elles sont déjà comptées ailleurs"


def undated(block: Block) -> bool:
    """Tell whether nothing in a table says a day, nor an amount; beside the time of each person, there may be one."""
    told = _told(block)
    days = [at for at in range(len(block.titles)) if any(map(is_day, block.column(at)))]
    dated = "date" in told or not all(of_somebody(block, at) for at in days)
    return not dated and block.weeks < 0 and ({"personne", "duree"} <= told.keys() or not money(block))


def summed_up(block: Block, context: Context) -> bool:
    """Tell whether a table gives one time to each person, or to each work of somebody, without any day."""
    return tells_sums(block) and ("personne" in _told(block) or bool(whose(block, context)))


def tells_sums(block: Block) -> bool:
    """Tell whether a table holds times, and neither days, months nor amounts."""
    told = _told(block)
    return "duree" in told and "mois" not in told and undated(block) and timed(block.column(told["duree"]))


def _told(block: Block) -> dict[str, int]:
    """Return the fields that titles lead to, and where the first one of each stands."""
    tables = (dictionaries()["heures"], dictionaries()["declarations"])
    leads = [(column.name, at) for at, t in enumerate(block.titles) for d in tables if (column := column_of(t, d))]
    return {**_time_said(block), **dict(reversed(leads))}


def _time_said(block: Block) -> dict[str, int]:
    """Return where the time stands: the column that the group said, else the one whose title says « heures ».

    Once the group said that these are hours, the one that can be.
    """
    said, ranks = block.grid.answers.get("colonne.duree", ""), range(len(block.titles))
    found = [at for at in ranks if said and bare(block.titles[at]) == bare(said)]
    if not said:
        hours = block.grid.answers.get("table") == "heures"
        found = [at for at in ranks if block.titles[at] and timed(block.column(at))]
        found = [at for at in found if hours or tells_time(block.titles[at])]
    return {"duree": found[0]} if len(found) == 1 else {}


def of_month(block: Block, context: Context, findings: Findings) -> Block | None:
    """Return hours without a day as those of one month, once the group says so; None once it is asked, or denied."""
    answers = block.grid.answers
    if not findings.asking or not undated(block):
        return block
    said, typed = answers.get(WHOLE_MONTH, ""), answers.get(month_topic(block), "")
    if _NO in (said, typed):
        findings.note(block.grid.place(), "ces heures sans jour sont un récapitulatif. Elles ne sont pas lues.")
        return None
    month = told_month(typed) or context.month_in(block.names) or context.month_in(block.titles)
    if month is None or (said != "oui" and not told_month(typed)):
        findings.doubt(block.grid.place(block.head), doubt_of(block, None if said == _OTHER else month))
        return None
    wide, period = len(block.titles), Period.of_month(month)
    own = [(number, cells) for number, cells in block.lines if not is_total(cells, -1)]
    rows = [[*cells[:wide], *[""] * (wide - len(cells)), period] for _, cells in own]
    columns = [*range(wide), -1]
    lines: list[Line] = [(laid_again(each[0], columns, block.titles), row) for each, row in zip(own, rows, strict=True)]
    return replace(block, titles=[*block.titles, "mois"], heads=[*block.heads, "mois"], lines=lines, weeks=wide)


def doubt_of(block: Block, month: CalendarMonth | None) -> Doubt:
    """Return what to ask about hours without a day: whether they are all of the month that is told, else which one."""
    text, todo = f"« {block.grid.name} » : ces heures n'ont pas de jour.", "Ajoutez une colonne « date »."
    if month is None:
        typed = "Le mois, par exemple mars 2026"
        return Doubt(month_topic(block), f"{text} De quel mois sont-elles ?", ((_NO, _COUNTED),), todo, typed=typed)
    others = ((_OTHER, "non, c'est un autre mois"), (_NO, f"non, {_COUNTED}"))
    options = (("oui", "oui, toutes les heures du mois"), *others)
    return Doubt(WHOLE_MONTH, f"{text} Est-ce tout le mois ({month_name(month.first_day)}) ?", options, todo)
