"""Lines that are no rows: totals, titles written again, remarks, examples. Always told."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, read_euros, same, shown
from kpa_model.files.book.dates import read_duration, rising
from kpa_model.files.book.findings import Doubt
from kpa_model.files.book.grids import Line, recognised
from kpa_model.files.book.matching import Sheet, cell_of
from kpa_model.files.book.reading.blocks import is_day, no_figures
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.spread.people import is_total
from kpa_model.files.book.reading.written.outside import but_left
from kpa_model.files.book.reading.written.sums_said import say_denied
from kpa_model.files.book.reading.written.under_states import pointing, under_states
from kpa_model.files.book.vocabulary import pattern
from kpa_model.files.book.where import Place
from kpa_model.words import count, listing, month_names

if TYPE_CHECKING:
    from kpa_model.files.book.tables import Row

_TOTAL = re.compile(r"(sous[ -]?)?(total|totaux)\b|grand total\b|(somme|cumul|report)\b|ensemble$", re.IGNORECASE)
_FOOT = pattern("lines.foot", flags=re.IGNORECASE)
"""What the foot of a list says beside one amount: « TVA 20 % », « Net à payer »."""
_SECTION = re.compile(
    r"(ann[ée]e |exercice )?20\d\d|([^\W\d]{3,9}\.?) 20\d\d|(t[1-4]|(1er|[2-4](e|[èe]me)?) trimestre)( 20\d\d)?"
    rf"|{'|'.join(month_names())}",
    re.IGNORECASE,
)
"""What stands alone above the lines of a year, of a quarter, of a month."""
_EXAMPLE = re.compile(r"exemple ?:", re.IGNORECASE)
_OWN_EXAMPLE = re.compile(r"\(?((p\.|par) ?)?ex(emple)?( ?:|\.)", re.IGNORECASE)
"""How groups begin the examples of their own forms: « ex : Jean », « p. ex. 2 h »."""


def rows_among(sheet: Sheet, lines: Sequence[Line]) -> list[Line]:
    """Return the lines that are rows; those that are not, a total, titles again, a remark, are always said."""
    required = [each.name for each in sheet.dictionary.columns if each.required]
    needed = [sheet.columns[name] for name in required if name in sheet.columns]
    titles = {bare(title) for title in sheet.titles if bare(title)}
    lines = pointing(sheet, under_states(sheet, but_left(sheet, lines)))
    kept = [each for each in lines if not _skipped(sheet, needed, titles, *each)]
    if len(kept) < len(lines):
        rows = {number for number, _ in kept}
        sums = {number for number, content in lines if number not in rows and is_total(content, -1)}
        told = [line for line in lines if line[0] in rows or line[0] in sums]
        say_denied(sheet.grid, sheet.titles, told, sums, sheet.columns, sheet.findings)
    return _worked(sheet, kept)


_TIMES = ("duree", "debut", "fin")
_FEW = 2
_NO_TIME = {"", "-", "–", "—", "/"}


def _worked(sheet: Sheet, lines: list[Line]) -> list[Line]:
    """Leave out days written in advance, whose hours stay empty, when somebody is there to read it; it is told."""
    if sheet.dictionary.table != "heures" or not sheet.findings.asking:
        return lines
    if lines and sheet.grid.answers.get("duree.unite") == "presence":
        sheet.findings.note(
            sheet.grid.place(), "ces présences n'ont pas de durée. Elles ne sont pas lues, comme vous l'avez dit."
        )
        return []
    times = [[cell_of(sheet, content, at) for at in _TIMES] for _, content in lines]
    idle = [
        rank for rank, cells in enumerate(times) if all(as_text(cell) in _NO_TIME or absent(cell) for cell in cells)
    ]
    if not idle or len(idle) == len(lines):
        return lines
    kept = [each for rank, each in enumerate(lines) if rank not in {*idle}]
    if not (idle := _but_of_others(sheet, lines, idle)):
        return kept
    worked = {number for number, _ in kept}
    names = [(number, as_text(cell_of(sheet, content, "personne"))) for number, content in map(lines.__getitem__, idle)]
    told = listing([f"{number} ({who})" if number in worked and who else str(number) for number, who in names], most=8)
    said = dict.fromkeys(as_text(cell) for rank in idle for cell in times[rank] if re.search(r"\w", as_text(cell)))
    one = f"la ligne {told} n'a pas d'heures : elle compte"
    what = one if len(idle) == 1 else f"{len(idle)} lignes n'ont pas d'heures ({told}) : elles comptent"
    what = "plusieurs lignes n'ont pas d'heures : elles comptent" if len(idle) > _FEW and not said else what
    words = f" ({listing([f'« {each} »' for each in said], most=4)})" if said else ""
    sheet.findings.heed(sheet.grid.place(), f"{what} 0 h{words}.")
    return kept


def _but_of_others(sheet: Sheet, lines: Sequence[Line], idle: list[int]) -> list[int]:
    """Return the ranks of lines without hours, but those of another table: no day, and a figure; these are told."""
    days = {rank: cell_of(sheet, lines[rank][1], "date") for rank in idle}
    undated = {rank for rank, day in days.items() if isinstance(day, str | float | int) and not is_day(day)}
    others = [rank for rank in idle if rank in undated and not no_figures(lines[rank][1])]
    if others:
        texts = [" ; ".join(filter(None, map(as_text, lines[rank][1]))) for rank in others]
        numbers = listing([str(lines[rank][0]) for rank in others], most=8)
        what = "la ligne {} ne suit pas les titres du tableau : elle n'est pas lue ({})."
        what = (
            what
            if len(others) == 1
            else "les lignes {} ne suivent pas les titres du tableau : elles ne sont pas lues ({})."
        )
        sheet.findings.left_out(sheet.grid.place(), what.format(numbers, listing(texts, most=_FEW)))
    return [rank for rank in idle if rank not in others and not (rank in undated and rank + 1 in others)]


def but_idle(sheet: Sheet, rows: list[Row]) -> list[Row]:
    """Return the rows of hours without those of no time, when somebody is there to read it: they would make a month."""
    if sheet.dictionary.table != "heures" or not sheet.findings.asking:
        return rows
    kept = [row for row in rows if row.get("duree") != 0]
    if idle := [row for row in rows if row.get("duree") == 0]:
        told = listing([str(row.line) for row in idle], most=8)
        one = f"la ligne {told} dit 0 h, et n'est pas gardée."
        what = one if len(idle) == 1 else f"{len(idle)} lignes disent 0 h ({told}), et ne sont pas gardées."
        what = _SEVERAL if len(idle) > _FEW else what
        gone = {row.get("personne", "") for row in idle} - {row.get("personne", "") for row in kept} - {""}
        gone = gone if len({row.get("personne", "") for row in rows}) > 1 else set()  # a week of hers, among others
        nobody = f" Ici, aucune heure pour {listing(sorted(gone), most=8)}." if gone else ""
        tell = sheet.findings.heed if nobody else sheet.findings.note
        tell(sheet.grid.place(), what + nobody)
    return kept


_SEVERAL = "plusieurs lignes disent 0 h, et ne sont pas gardées."
"""What is told once for all the weeks, and all the files, of forms with a line for each day."""


_SAME_ABOVE: Mapping[str, tuple[str, ...]] = {
    "heures": ("date", "personne", "client"),
    "factures": ("facture", "date", "client"),
    "achats": ("date",),
}
"""What a blank cell may repeat; a payment without a day may not have come."""


_SUMMED: Mapping[str, tuple[tuple[str, Callable[[Cell], Any]], ...]] = {
    "heures": (("duree", read_duration),),
    **dict.fromkeys(("factures", "achats"), (("montant_ht", read_euros), ("montant_ttc", read_euros))),
}
"""What a line without a day may sum up, and what reads it."""


def but_sums(sheet: Sheet, lines: list[Line]) -> list[Line]:
    """Return lines without those that have no day and say the sum of those above, somebody's or everybody's; told.

    One that says anything else leaves them all: it is asked what its empty day is.
    """
    name, read = next(
        (each for each in _SUMMED.get(sheet.dictionary.table, ()) if each[0] in sheet.columns), ("", None)
    )
    if not (name and read and "date" in sheet.columns and sheet.findings.asking):
        return lines
    if all(as_text(cell_of(sheet, content, "date")) for _, content in lines):
        return lines
    sums, since, whole, several = list[Line](), list[Any](), 0, False
    for line in lines:
        try:
            said = read(cell_of(sheet, line[1], name))
        except Refused:
            return lines
        fact = any(as_text(cell_of(sheet, line[1], each)) for each in ("tache", "note", "libelle"))
        if as_text(cell_of(sheet, line[1], "date")):
            since, whole = [*since, said], whole + said
        elif said and said in (sum(since), whole) and not fact:
            sums, several, since = [*sums, line], several or len(since) > 1, []
        else:
            return lines
    if not several:
        return lines
    numbers = listing([str(number) for number, _ in sums], most=8)
    text = f"sans jour, {'elle dit' if len(sums) == 1 else 'elles disent'} la somme de celles au-dessus"
    kept = "C'est un total : elle n'est pas lue" if len(sums) == 1 else "Ce sont des totaux : elles ne sont pas lues"
    sheet.findings.heed(sheet.grid.place(), f"ligne{'s' * (len(sums) > 1)} {numbers} : {text}. {kept}.")
    return [line for line in lines if line not in sums]


def filled_down(sheet: Sheet, lines: list[Line]) -> list[Line]:
    """Return lines whose blank cells say the same as the line above, where the group says so: asked once for columns.

    Those that are blank on the same lines make one question: an invoice may say its number and its day only once.
    """
    for blank, names in _blank_together(sheet, lines).items() if sheet.findings.asking else ():
        ranks, topic = [sheet.columns[name] for name in names], f"{names[0]}.vides"
        places = [sheet.grid.place(lines[blank[0]][0], at, sheet.titles[at]) for at in ranks]
        place, titles = places[0], listing([f"« {each.title} »" for each in places])
        said = sheet.grid.answers.get(topic, "")
        starts = [cell_of(sheet, content, "debut") for _, content in lines]
        goes_on = names == ["date"] and rising((starts[rank - 1], starts[rank]) for rank in blank)
        if said == "dessus" or (goes_on and not said):
            for rank in blank:
                (_, above), (number, content) = lines[rank - 1], lines[rank]
                row = [*content, *[""] * (len(sheet.titles) - len(content))]
                for at in ranks:
                    row[at] = cell_at(above, at)
                lines[rank] = (number, row)
            told = count(len(blank) * len(names), "case vide est lue", "cases vides sont lues")
            more = f" ({titles})" if len(names) > 1 else ""
            sheet.findings.heed(place, f"{told} comme la ligne au-dessus{more}.")
        elif not said:
            question = f"Les cases vides de {titles} : est-ce comme la ligne au-dessus ?"
            options = (("dessus", "oui, comme la ligne au-dessus"), ("vide", "non"))
            sheet.findings.doubt(place, Doubt(topic, question, options, "Remplissez chaque ligne."))
    return lines


def _blank_together(sheet: Sheet, lines: Sequence[Line]) -> dict[tuple[int, ...], list[str]]:
    """Return the columns that may repeat what is above them, by the ranks of the lines where they are blank."""
    found: dict[tuple[int, ...], list[str]] = {}
    for name in _SAME_ABOVE.get(sheet.dictionary.table, ()):
        cells = [cell_of(sheet, content, name) for _, content in lines]
        blank = tuple(rank for rank, cell in enumerate(cells) if not as_text(cell))
        if name not in sheet.columns or not blank or blank[0] == 0:
            continue
        if sheet.grid.place(lines[0][0], sheet.columns[name], name).column < 0:
            continue  # it stands in no column: what it is made of says it, line by line
        if name == "facture" and not all(_goes_on(sheet, lines, rank) for rank in blank):
            continue
        sold = sheet.dictionary.table == "factures"
        repeats = "facture" in found.get(blank, ()) if sold else _headed(sheet.columns[name], cells)
        if name != "client" or repeats:
            found.setdefault(blank, []).append(name)
    return found


def _goes_on(sheet: Sheet, lines: Sequence[Line], rank: int) -> bool:
    """Tell whether a line may go on with the invoice above: it names no other day and no other customer."""
    for name in ("date", "client"):
        above, own = (as_text(cell_of(sheet, lines[each][1], name)) for each in (rank - 1, rank))
        if own and same(own) != same(above):
            return False
    return True


def _headed(at: int, cells: Sequence[Cell]) -> bool:
    """Tell whether a column may say each thing once, above its lines: the first one, where nothing follows itself."""
    return at == 0 and not any(one == other != "" for one, other in pairwise(same(as_text(each)) for each in cells))


def _say_example(sheet: Sheet, place: Place, content: Sequence[Cell]) -> None:
    """Tell that an example is not read: before anything else when somebody wrote over the one of the empty workbook."""
    ours = {each.shown for each in sheet.dictionary.columns}
    if changed := [
        text for each in content if (text := as_text(each)) and text not in ours and not _EXAMPLE.match(text)
    ]:
        told = listing([f"« {text} »" for text in changed], most=3)
        todo = "Effacez « Exemple : » si elle compte, ou supprimez-la."
        sheet.findings.left_out(place, f"cette ligne commence par « Exemple : », et n'est pas lue ({told}). {todo}")
    else:
        sheet.findings.note(place, "cette ligne est un exemple. Elle n'est pas lue.")


def _skipped(
    sheet: Sheet, needed: Sequence[int], titles: Collection[str], number: int, content: Sequence[Cell]
) -> bool:
    """Tell whether a line is not a row; `needed` are the places of the required columns, `titles` the titles, bare."""
    filled = [each for each in content if as_text(each)]
    complete = all(at < len(content) and as_text(content[at]) for at in needed)
    place = sheet.grid.place(number)
    if total := _total(sheet, complete, filled, content):
        sheet.findings.note(place, f"la ligne {shown(total)} est un total. Elle n'est pas lue.")
        return True
    if any(isinstance(each, str) and _EXAMPLE.match(each) for each in filled[:1]):
        _say_example(sheet, place, content)
        return True
    if own := next((each for each in filled if isinstance(each, str) and _OWN_EXAMPLE.match(each)), ""):
        sheet.findings.heed(place, f"{shown(own)} : cette ligne est un exemple. Elle n'est pas lue.")
        return True
    if len(filled) >= len(titles) > 1 and recognised(content, titles) == titles:
        sheet.findings.note(place, "les titres des colonnes sont écrits une seconde fois. Cette ligne n'est pas lue.")
        return True
    if len(filled) == 1 and len(needed) > 1 and _SECTION.fullmatch(as_text(filled[0])):
        sheet.findings.heed(place, f"{shown(filled[0])} est le titre des lignes dessous. Cette ligne n'est pas lue.")
        return True
    if len(filled) == 1 and len(needed) > 1:
        sheet.findings.problem(
            sheet.grid.place(number, content.index(filled[0])),
            f"cette ligne contient seulement {shown(filled[0])}. Il manque le reste.",
            "Complétez la ligne, ou supprimez-la.",
        )
        return True
    return False


def _total(sheet: Sheet, complete: bool, filled: Sequence[Cell], content: Sequence[Cell]) -> Cell:
    """Return what says that a line is a total: its person, or a text of a line that lacks something; else nothing."""
    who = cell_of(sheet, content, "personne")
    if sheet.findings.asking and _TOTAL.match(as_text(who)):
        return who
    if complete:
        return ""
    if len(filled) == 2 and _FOOT.fullmatch(as_text(filled[0]).rstrip(" :")):
        return filled[0]
    texts = (each for each in filled if each is filled[0] or isinstance(each, str))
    return next((each for each in texts if _TOTAL.match(as_text(each))), "")
