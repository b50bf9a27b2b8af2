"""Lines that are no rows: totals, titles written again, remarks, examples, drafts and cancelled ones. Always told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise

from kpa_model.errors import Refused
from kpa_model.files.book import cells
from kpa_model.files.book.cells import Cell, as_text, bare, same, shown
from kpa_model.files.book.dates import rising
from kpa_model.files.book.findings import Doubt, Place
from kpa_model.files.book.grids import Line, recognised
from kpa_model.files.book.matching import Sheet, cell_of
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.sales import states
from kpa_model.words import euros, listing, month_names, uncapital

_TOTAL = re.compile(r"(sous[ -]?)?(total|totaux)\b|grand total\b|(somme|cumul|report)\b|ensemble$", re.IGNORECASE)
_SECTION = re.compile(
    r"(ann[ée]e |exercice )?20\d\d|([^\W\d]{3,9}\.?) 20\d\d|(t[1-4]|(1er|[2-4](e|[èe]me)?) trimestre)( 20\d\d)?"
    rf"|{'|'.join(month_names())}",
    re.IGNORECASE,
)
"""What stands alone above the lines of a year, of a quarter, of a month."""
_EXAMPLE = re.compile(r"exemple ?:", re.IGNORECASE)


def rows_among(sheet: Sheet, lines: Sequence[Line]) -> list[Line]:
    """Return the lines that are rows; those that are not, a total, titles again, a remark, are always said."""
    required = [each.name for each in sheet.dictionary.columns if each.required]
    needed = [sheet.columns[name] for name in required if name in sheet.columns]
    titles = {bare(title) for title in sheet.titles if bare(title)}
    return _worked(sheet, [each for each in lines if not _skipped(sheet, needed, titles, *each)])


_TIMES = ("duree", "debut", "fin")
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
    worked = {number for number, _ in kept}
    names = [(number, as_text(cell_of(sheet, content, "personne"))) for number, content in map(lines.__getitem__, idle)]
    told = listing([f"{number} ({who})" if number in worked and who else str(number) for number, who in names], most=8)
    one = f"la ligne {told} n'a pas d'heures : elle compte"
    what = one if len(idle) == 1 else f"{len(idle)} lignes n'ont pas d'heures ({told}) : elles comptent"
    sheet.findings.heed(sheet.grid.place(), f"{what} 0 h.")
    return kept


_SAME_ABOVE: Mapping[str, tuple[str, ...]] = {
    "heures": ("date", "personne", "client"),
    "factures": ("date",),
    "achats": ("date",),
}
"""What a blank cell may repeat; a payment without a day may not have come."""


def filled_down(sheet: Sheet, lines: list[Line]) -> list[Line]:
    """Return lines whose blank day, person or customer is that of the line above, where the group says so: asked."""
    for name in _SAME_ABOVE.get(sheet.dictionary.table, ()) if sheet.findings.asking and lines else ():
        cells = [cell_of(sheet, content, name) for _, content in lines]
        blank = [rank for rank, cell in enumerate(cells) if not as_text(cell)]
        nobody = name == "client" and not _headed(sheet.columns.get(name, 0), cells)
        if nobody or name not in sheet.columns or not blank or blank[0] == 0:
            continue
        at, topic = sheet.columns[name], f"{name}.vides"
        place = sheet.grid.place(lines[blank[0]][0], at, sheet.titles[at])
        said = sheet.grid.answers.get(topic, "")
        starts = [cell_of(sheet, content, "debut") for _, content in lines]
        goes_on = name == "date" and rising((starts[rank - 1], starts[rank]) for rank in blank)
        if said == "dessus" or (goes_on and not said):
            above: Cell = ""
            for rank, (number, content) in enumerate(lines):
                above = cells[rank] if as_text(cells[rank]) else above
                row = [*content, *[""] * (at + 1 - len(content))]
                lines[rank] = (number, [*row[:at], above, *row[at + 1 :]])
            told = "1 case vide est lue" if len(blank) == 1 else f"{len(blank)} cases vides sont lues"
            sheet.findings.heed(place, f"{told} comme la ligne au-dessus.")
        elif not said:
            question = f"Les cases vides de « {place.title} » : est-ce comme la ligne au-dessus ?"
            options = (("dessus", "oui, comme la ligne au-dessus"), ("vide", "non"))
            sheet.findings.doubt(place, Doubt(topic, question, options, "Remplissez chaque ligne."))
    return lines


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
    texts = (each for each in filled if each is filled[0] or isinstance(each, str))
    return next((each for each in texts if _TOTAL.match(as_text(each))), "")


def counted(sheet: Sheet, lines: Sequence[Line]) -> list[Line]:
    """Leave out drafts and cancelled lines, by their state or their number; name them, with what they weigh."""
    lines = _worded(sheet, lines)
    kept, aside, unknown = list[Line](), defaultdict[str, list[Line]](list), defaultdict[str, list[Line]](list)
    named = (as_text(cell_of(sheet, content, "facture")) for _, content in lines)
    letters = states.of_prefixes(named) if sheet.dictionary.table == "factures" else {}
    for number, content in lines:
        told = [as_text(cell_of(sheet, content, each)) for each in ("etat", "sorte_de_piece")]
        said = [states.meaning(each) for each in told]
        if sheet.dictionary.table == "factures":
            told.append(as_text(cell_of(sheet, content, "etat_paiement")))
            said.append(states.SET_ASIDE if states.meaning(told[-1]) == states.SET_ASIDE else states.COUNTED)
            name = as_text(cell_of(sheet, content, "facture"))
            meant, word = (not told[1] and letters.get(states.prefix(name))) or (states.of_number(name), name)
            said.append(meant)
            told.append(word)
        if sheet.dictionary.table == "encaissements":
            said = [states.of_payment(each, word) for each, word in zip(said, told, strict=True)]
        if sheet.dictionary.table in _MONEY and (states.CREDIT in said or _negative(sheet, content)):
            said = [states.of_credit(each, word) for each, word in zip(said, told, strict=True)]
        if states.SET_ASIDE in said:
            aside[told[said.index(states.SET_ASIDE)]].append((number, content))
            continue
        remark = states.doubted(as_text(cell_of(sheet, content, "note"))) or _cancelled(sheet, content)
        word = told[said.index(states.UNKNOWN)] if states.UNKNOWN in said else remark
        if sheet.grid.answers.get(_state(word)) == "non":
            aside[word].append((number, content))
            continue
        if word:
            unknown[word].append((number, content))
        kept.append((number, content))
    for word, group in aside.items():
        if sheet.dictionary.table == "factures" and not states.of_document(word):
            numbers = {same(as_text(cell_of(sheet, content, "facture"))): at for at, content in group}
            sheet.findings.withdrawn |= {name: (sheet.grid.place(at), word) for name, at in numbers.items() if name}
        bought = sheet.dictionary.table == "factures" and states.of_purchases(word)
        tell = sheet.findings.left_out if bought else sheet.findings.heed
        tell(sheet.grid.place(group[0][0]), _aside(sheet, word, group) + (_IF_BOUGHT if bought else ""))
    for word, group in unknown.items():
        _say_state(sheet, word, group, ask=len(unknown) <= _FEW_STATES)
    return kept


def _cancelled(sheet: Sheet, content: Sequence[Cell]) -> str:
    """Return what says that a line was cancelled, or, where nothing is read, that a payment did not come."""
    if sheet.dictionary.table == "encaissements":
        read = {at for name, at in sheet.columns.items() if name != "note"}
        words = (cell for at, cell in enumerate(content) if at not in read and isinstance(cell, str))
        return next(filter(None, map(states.bounced, words)), "")
    texts = (as_text(cell_of(sheet, content, each)) for each in ("facture", "client", "libelle"))
    return next(filter(None, map(states.cancelled, texts)), "") if sheet.dictionary.table in _MONEY else ""


_MONEY = ("factures", "achats")


def _negative(sheet: Sheet, content: Sequence[Cell]) -> bool:
    """Tell whether a line takes money back: one of its amounts is written below zero."""
    amounts = (as_text(cell_of(sheet, content, each)) for each in ("montant_ht", "montant_ttc"))
    return any(map(cells.below_zero, amounts))


_FEW_STATES = 2
"""Beyond so many states that nobody knows, they are told instead of asked."""


def _state(word: str) -> str:
    return f"etat.{bare(word)}"


def _say_state(sheet: Sheet, word: str, group: Sequence[Line], ask: bool) -> None:
    """Ask whether lines of a state that nobody knows are sales; elsewhere, or when there are many, they count: told."""
    place, topic = sheet.grid.place(group[0][0]), _state(word)
    text = f"l'état « {word} » n'est pas connu. Les lignes qui le portent comptent. Vérifiez qu'elles ont eu lieu."
    remark = bool(states.doubted(word) or (sheet.dictionary.table == "encaissements" and states.bounced(word)))
    if remark:
        text = f"« {word} » : la ligne compte quand même. Vérifiez-la."
    if not ask or not (remark or sheet.dictionary.table == "factures") or not sheet.findings.asking:
        sheet.findings.heed(place, text)
    elif topic not in sheet.grid.answers:
        weighed = f" ({told})" if (told := _weighed(sheet, group)) else ""
        asked = "est-ce que cela compte comme une vente ?" if not remark else "cette ligne compte-t-elle ?"
        question = f"« {word} »{weighed} : {asked}"
        no = "non : un devis, une commande, rien de facturé" if not remark else "non : la laisser de côté"
        options = (("oui", "oui, cela compte"), ("non", no))
        sheet.findings.doubt(place, Doubt(topic, question, options, text))


def _worded(sheet: Sheet, lines: Sequence[Line]) -> Sequence[Line]:
    """Return lines whose states are words, where a program gave numbers; what they mean is asked once."""
    if sheet.dictionary.table != "factures":
        return lines
    for column, words in states.BY_NUMBER.items():
        said = {text for _, content in lines if (text := as_text(cell_of(sheet, content, column)))}
        if said and said <= words.keys():
            lines = _in_words(sheet, lines, column, words)
    return lines


def _in_words(sheet: Sheet, lines: Sequence[Line], column: str, words: Mapping[str, str]) -> list[Line]:
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


_IF_BOUGHT = " Si ce sont des achats du groupe, mettez-les dans la liste des achats."


def _aside(sheet: Sheet, word: str, group: Sequence[Line]) -> str:
    told = _weighed(sheet, group)
    many = "cette ligne n'est pas lue" if len(group) == 1 else f"{len(group)} lignes ne sont pas lues"
    return f"« {word} » : {many} ({told})." if told else f"« {word} » : {many}."


def _weighed(sheet: Sheet, group: Sequence[Line]) -> str:
    """Return which lines they are, and how much they hold."""
    names = [as_text(cell_of(sheet, content, sheet.dictionary.columns[0].name)) for _, content in group]
    column, tax = ("montant_ht", "HT") if "montant_ht" in sheet.columns else ("montant_ttc", "TTC")
    total = 0
    for _, content in group:
        with suppress(Refused):
            total += cells.read_euros(cell_of(sheet, content, column) or 0.0)
    which = listing([name.strip("()") for name in names if name][:6])
    return ", ".join(part for part in (which, f"{euros(total)} {tax} en tout" if total else "") if part)
