"""Columns that change what a line says: whether it is work, in which money it is, on which side, by which clock."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, read_yes_no, same
from kpa_model.files.book.dates import instant
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.columns.absences import but_meals
from kpa_model.files.book.reading.columns.clocks import clock, ends, starts
from kpa_model.files.book.reading.columns.currencies import MONEY, in_euros
from kpa_model.files.book.reading.columns.ditto import with_dittos
from kpa_model.files.book.reading.columns.legend import with_day_length
from kpa_model.files.book.reading.dated.day_names import with_day_order
from kpa_model.files.book.reading.dated.paris import UTC_TITLE, of_paris
from kpa_model.files.book.reading.dated.two_clocks import with_start_and_end
from kpa_model.files.book.reading.sales import states
from kpa_model.files.book.reading.sales.flags import with_credits, with_paid_days
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.files.book.reading.together import with_own_times
from kpa_model.files.book.reading.written.goods import with_goods
from kpa_model.files.book.reading.written.letters import with_letters
from kpa_model.files.book.reading.written.noted import with_notes
from kpa_model.files.book.spreadsheets import HEADED
from kpa_model.words import count, euros, listing

AGREED = "heures.validees"
_ACCOUNT = {"compte", "comptenum", "numerodecompte", "ncompte", "comptegeneral"}
_SIDE = {"sens", "dc", "debitcredit", "sensdeloperation", "sensoperation", "mouvement", "type", "nature"}
_OUT = {"d", "debit", "debiteur", "-", "sortie", "sorties", "depense", "depenses", "out"}
_IN = {"c", "credit", "crediteur", "+", "entree", "entrees", "recette", "recettes", "in"}
_AMOUNT = re.compile(r"(montant|amount|somme)", re.IGNORECASE)
_AWAY = re.compile(
    r"conges?( .*)?|rtt|(arret )?maladie|absente?s?( .*)?|absences?( .*)?|(jour )?feries?|vacances|repos( .*)?"
    r"|(conge )?(maternite|paternite)|(sick |annual |paid )?leave|holidays?|vacation|sick"
    r"|pauses?( .*)?|(lunch |coffee )?breaks?"
)
_REFUSED = re.compile(
    r"(refuse|rejete|annule|supprime)e?s?|non validee?s?|brouillons?|rejected|declined|cancell?ed|draft"
)
_LABELS = {
    *("type", "typedheures", "typedabsence", "statut", "etat", "status", "state", "nature", "motif", "absence"),
    *("categorie", "tache", "task", "activite", "activity", "description", "genre", "genredetravail", "travail"),
    *("projet", "project", "libelle", "quoi", "objet", "valide", "validee", "validation", "approuve", "approved"),
}
"""Titles of columns that say what hours are; elsewhere, « congé » may stand in the cell of one day."""
_AGREED = {"valide", "validee", "validation", "approuve", "approuvee", "approved", "approbation"}
_DONE = {"fait", "faite", "realise", "realisee", "effectue", "effectuee", "done", "termine", "terminee"}
_STATES = {"statut", "etat", "status", "state"}
_PENDING = re.compile(r"(en attente|a (valider|approuver)|soumise?s?|pending|submitted)( .*)?|attente")
_PLANNED = re.compile(
    r"(prevu|planifie|programme|estime)e?s?|previsionnel(le)?s?|a (faire|venir|realiser|confirmer)|reporte?e?s?"
    r"|(pas|non) (encore )?(fait|realise|effectue)e?s?|planned|scheduled|forecast|upcoming|to ?do|not done"
)
_HELD = re.compile(
    r"(fait|realise|termine|approuve|confirme|accepte|saisi|clos|ouvert|actif|verrouille)e?s?|active|done|approved|logged"
    r"|confirmed|locked|(non )?(facturable|facture)e?s?|(non-?|un)?bill(able|ed)"
    r"|salariee?s?|associee?s?|benevoles?|membres?|stagiaires?|cooperat.*|entrepreneure?s?.*|cd[di]|cape|esa"
)
"""States of hours that took place; and what people are, under the same titles."""
_FEW = 4
"""Beyond so many words, a column says another thing than a state."""
_PLANS = _STATES | {"type", "prevurealise", "prevuourealise", "nature"}
_NO = {"non", "no", "n", "false", "faux"}
_VOID = re.compile(
    r"(est |is )?((annule|supprime|refuse|rejete|abandonne|exclu)e?s?|brouillons?|cancell?ed|void(ed)?|deleted|rejected"
    r"|draft|pro ?forma|doublons?|annulation|ne pas compter|(a )?(ignorer|exclure|supprimer)"
    r"|(date d'annulation|(annulee?|supprimee?) le|(cancell?ed|void(ed)?|deleted) (at|on)))( ?\?)?"
)
"""Titles that say of some lines that they never were, where a cell says yes, or when."""

Titles = Sequence[str]
Lines = list[Line]


def meant(grid: Grid, findings: Findings) -> Grid:
    """Return a grid whose lines are in euros, with the sign of their side and the days of Paris."""
    grid = with_notes(with_letters(with_goods(with_dittos(grid, findings), findings), findings), findings)
    grid = with_start_and_end(with_paid_days(grid), findings)
    grid = with_own_times(with_credits(with_day_length(with_day_order(grid, findings), findings)), findings)
    rank = next((rank for rank, (_, cells) in enumerate(grid.lines[:HEADED]) if _titles(cells)), None)
    if rank is None:
        return grid
    head, under = grid.lines[rank], [*grid.lines[rank + 1 :]]
    titles = [as_text(cell) for cell in head[1]]
    for at in [at for at, title in enumerate(titles) if _VOID.fullmatch(same(title))]:
        if (kept := _but_void(grid, titles, under, at, findings)) is not None:
            head, under = _changed(head, {at: _nothing}), kept
    for rule in (_worked, _in_euros, _signed):
        under = rule(grid, titles, under, findings)
    return replace(grid, lines=(*grid.lines[:rank], head, *of_paris(titles, under)))


def _titles(cells: Sequence[Cell]) -> bool:
    """Tell whether a line holds titles of which one may change what lines say."""
    texts = [text for cell in cells if (text := as_text(cell))]
    void = not any(each[0].isdigit() for each in texts) and any(_VOID.fullmatch(same(each)) for each in texts)
    told = (bare(each) in _SIDE or MONEY.fullmatch(bare(each)) or UTC_TITLE.search(each) for each in texts)
    return len(texts) > 2 and (void or _timed(texts) or any(told))


def _timed(titles: Iterable[str]) -> bool:
    """Tell whether titles are those of the time of work: how long it lasts, or when it starts and ends."""
    return any(may_say(title, "duree", dictionaries()["heures"]) for title in titles) or (
        any(map(starts, titles)) and any(map(ends, titles))
    )


def _of_work(titles: Titles, lines: Lines) -> bool:
    """Tell whether lines are times of work: where they only start and end, cells are hours of the clock.

    « Numéro de facture » starts nothing, « Reste à payer » ends nothing.
    """
    if any(may_say(title, "duree", dictionaries()["heures"]) for title in titles):
        return True
    named = [at for at, title in enumerate(titles) if starts(title) or ends(title)]
    clocks = [at for at in named if any(_of_a_clock(cell_at(cells, at)) for _, cells in lines)]
    return any(starts(titles[at]) and any(ends(titles[to]) for to in clocks if to != at) for at in clocks)


def _of_a_clock(cell: Cell) -> bool:
    told = instant(cell)
    return clock(cell) is not None or (told is not None and bool(told.hour or told.minute))


def _rank(titles: Titles, names: set[str]) -> int:
    return next((at for at, title in enumerate(titles) if bare(title) in names), -1)


def _at(line: Line, at: int) -> str:
    return as_text(line[1][at]) if 0 <= at < len(line[1]) else ""


def _but_void(grid: Grid, titles: Titles, lines: Lines, at: int, findings: Findings) -> Lines | None:
    """Return the lines that a column does not say to be void, without it; None when it says another thing, told."""
    said = {id(line): _yes(text) for line in lines if (text := _at(line, at))}
    if None in said.values():
        number, text = next((line[0], _at(line, at)) for line in lines if said.get(id(line), 0) is None)
        told = f"« {titles[at]} » dit « {text} ». Les lignes comptent toutes. Vérifiez."
        if not any(text in map(as_text, cells) for rank, cells in lines if rank != number):  # no other invoice
            findings.heed(grid.place(number, at, titles[at]), told)
        return None
    gone = [line for line in lines if said.get(id(line))]
    if gone:
        told = listing([str(int(line[0])) for line in gone], most=8)
        one, several = f"la ligne {told} n'est pas lue", f"{len(gone)} lignes ne sont pas lues ({told})"
        text = f"« {titles[at]} » dit « {_at(gone[0], at)} » : {one if len(gone) == 1 else several}."
        findings.heed(grid.place(gone[0][0], at, titles[at]), text)
    return [_changed(line, {at: _nothing}) for line in lines if not said.get(id(line))]


def _yes(text: str) -> bool | None:
    """Return whether a cell says yes, or no; when, which is yes; None when it says another thing."""
    try:
        return read_yes_no(text)
    except Refused:
        return True if re.fullmatch(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?", text) else None


def _nothing(_: Cell) -> Cell:
    return ""


def _worked(grid: Grid, titles: Titles, lines: Lines, findings: Findings) -> Lines:
    """Leave out hours that are no work, absences and what was refused; ask about what is only planned, or waits."""
    if not _of_work(titles, lines):
        return lines
    ranks = [at for at, title in enumerate(titles) if bare(title).removesuffix("par") in _LABELS]  # « Validé par »
    texts = {_at(line, at) for line in lines for at in ranks}
    away = {text for text in texts if _AWAY.fullmatch(same(text)) or _REFUSED.fullmatch(same(text))}
    left = [(line, next((text for at in ranks if (text := _at(line, at)) in away), "")) for line in lines]
    times = [at for at, title in enumerate(titles) if may_say(title, "duree", dictionaries()["heures"])]
    refused = {id(line): at for line in lines if (at := _refused_sale(titles, line)) >= 0}
    left = [(line, "" if id(line) in refused else text) for line, text in left]
    worked = {text for line, text in left if text and (not times or any(_at(line, at) for at in times))}
    for line, text in ((line, text) for line, text in left if text and text not in worked):  # nothing is lost with it
        findings.note(grid.place(line[0]), f"« {text} » : cette ligne n'est pas du travail. Elle n'est pas lue.")
    for text, number in Counter(text for _, text in left if text in worked).items():
        one = "cette ligne n'est pas du travail. Elle n'est pas lue" if number == 1 else "ces lignes ne sont pas lues"
        findings.heed(grid.place(), f"« {text} » ({count(number, 'ligne')}) : {one}.")
    kept = but_meals(grid, ranks, [line for line, text in left if not text], findings)
    _say_states(grid, titles, kept, findings)
    told = {id(line): refused.get(id(line), _waits(titles, line)) for line in kept}
    timeless = {id(line) for line in kept if times and not any(_at(line, at) for at in times)}
    sold = {id(line) for line in kept if told[id(line)] >= 0 and id(line) in timeless and _price(titles, line)}
    waiting = {line: at for line, at in told.items() if at >= 0 and line not in sold}
    return _agreed(grid, titles, kept, waiting, findings) if waiting else kept


def _refused_sale(titles: Titles, line: Line) -> int:
    """Return where a line with a price says that it was refused, a draft: its sale may be, not its hours; else −1."""
    told = (at for at, title in enumerate(titles) if bare(title) in _PLANS and _REFUSED.fullmatch(same(_at(line, at))))
    at = next(told, -1)
    return at if at >= 0 and _price(titles, line) else -1


def _price(titles: Titles, line: Line) -> int:
    """Return what a line asks of a customer, in cents; 0 when it says no price."""
    known = dictionaries()["factures"]
    named = (at for at, each in enumerate(titles) if any(may_say(each, name, known) for name in _PRICES))
    return next((cents for at in named if (cents := cents_in(cell_at(line[1], at)))), 0)


_PRICES = ("montant_ht", "montant_ttc")


def _say_states(grid: Grid, titles: Titles, lines: Lines, findings: Findings) -> None:
    """Tell the states of hours that nobody knows: the hours count."""
    for at in (at for at, title in enumerate(titles) if bare(title) in _STATES):
        said = Counter(text for line in lines if (text := _at(line, at)))
        known = (_HELD, _PENDING, _PLANNED)
        others = [
            text
            for text in said
            if states.meaning(text) == states.UNKNOWN and not any(each.fullmatch(same(text)) for each in known)
        ]
        if others and len(said) <= _FEW:
            told = listing([f"« {text} » ({count(said[text], 'ligne')})" for text in others])
            findings.heed(grid.place(0, at, titles[at]), f"« {titles[at]} » dit {told}. Ces heures comptent. Vérifiez.")


_SAY = {*_AGREED, *_DONE, *_STATES, *_PLANS}


def _waits(titles: Titles, line: Line) -> int:
    """Return the column where a line says that it waits, or is only planned: « Validé : non », « Statut : prévu »."""
    named = ((at, bare(title)) for at, title in enumerate(titles))
    told = [(at, name, same(_at(line, at))) for at, name in named if name in _SAY]
    no = (at for at, title, text in told if title in _AGREED | _DONE and text in _NO)
    pending = (at for at, title, text in told if title in _AGREED | _STATES and _PENDING.fullmatch(text))
    planned = (at for at, title, text in told if title in _PLANS and _PLANNED.fullmatch(text))
    return next(no, next(pending, next(planned, -1)))


def _agreed(grid: Grid, titles: Titles, kept: Lines, waiting: Mapping[int, int], findings: Findings) -> Lines:
    """Return the hours that count, once the group says whether those that wait do; all when none is agreed to."""
    first = next(line for line in kept if id(line) in waiting)
    at = waiting[id(first)]
    said, many = Counter(_at(line, waiting[id(line)]) for line in kept if id(line) in waiting), len(waiting)
    word = listing(["non" if same(each) in _NO else f"« {each} »" for each in said])
    place, counted = grid.place(first[0], at, titles[at]), f"{count(many, 'ligne')} d'heures"
    sure = any(_PLANNED.fullmatch(same(each)) or _REFUSED.fullmatch(same(each)) for each in said)
    if many == len(kept) and not sure:
        findings.heed(place, f"« {titles[at]} » dit {word} partout. Tout compte.")
        return kept  # a program in which nobody agrees to anything
    if many == sum(bool(_at(line, at)) for line in kept) and not sure:  # nobody uses a column of « no » alone
        return kept
    price = sum(_price(titles, line) for line in kept if id(line) in waiting)
    if not (answer := grid.answers.get(AGREED, "")):
        question = f"« {titles[at]} » dit {word} pour {counted}. Les compter ?"
        no, yes = "non, pas encore", "oui, les compter"
        if price:
            question = f"« {titles[at]} » dit {word} pour {counted}. Ce travail a-t-il été fait ?"
            no, yes = f"non : ni les heures, ni les {euros(price)}", "oui : compter les heures"
        options = (("non", no), ("oui", yes))
        findings.doubt(place, Doubt(AGREED, question, options, "Retirez ces lignes, ou changez ce mot."))
    elif answer == "non":
        more = f", ni leur prix : {euros(price)}" if price else ""
        findings.heed(place, f"{counted} : « {titles[at]} » dit {word}. Pas encore comptées{more}.")
        return [line for line in kept if id(line) not in waiting]
    return kept


def _in_euros(grid: Grid, titles: Titles, lines: Lines, findings: Findings) -> Lines:
    """Return lines in euros; hours have no money."""
    return lines if _of_work(titles, lines) else in_euros(grid, titles, lines, findings)


def _signed(grid: Grid, titles: Titles, lines: Lines, findings: Findings) -> Lines:
    """Write as negative the amounts of a side that goes out: « D », « Sortie »; a list of purchases only goes out."""
    at = -1 if {bare(title) for title in titles} & _ACCOUNT else _rank(titles, _SIDE)
    said = {same(_at(line, at)) for line in lines} - {""}
    money = [rank for rank, title in enumerate(titles) if rank != at and _AMOUNT.match(title)]
    spent = re.search(r"achat|d[ée]pense", grid.name, re.IGNORECASE)
    if not said or not said & _OUT or not said <= _OUT | _IN or not money or (spent and not said & _IN):
        return lines
    out = [line for line in lines if same(_at(line, at)) in _OUT]
    told = f"d'après « {titles[at]} », l'argent de {count(len(out), 'ligne')} sort."
    findings.heed(grid.place(lines[0][0], at, titles[at]), told)
    return [_changed(line, dict.fromkeys(money, _minus)) if same(_at(line, at)) in _OUT else line for line in lines]


def _minus(cell: Cell) -> Cell:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return -abs(cell)
    text = as_text(cell)
    return f"-{text}" if text and not re.match(r"[-−(]", text) else cell


def _changed(line: Line, change: Mapping[int, Callable[[Cell], Cell]]) -> Line:
    cells = [change[at](cell) if at in change else cell for at, cell in enumerate(line[1])]
    return line[0], cells
