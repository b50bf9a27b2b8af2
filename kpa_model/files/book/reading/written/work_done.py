"""Hours that are no work, were refused, are only planned or wait for a yes: left out and told, or asked about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from kpa_model.files.book.cells import bare, cell_at, same, text_at
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.columns.absences import but_away, but_meals, worked_anyway
from kpa_model.files.book.reading.sales import states
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.files.book.reading.written.under_states import unticked
from kpa_model.files.book.vocabulary import pattern, word_set
from kpa_model.words import count, euros, listing

AGREED = "heures.validees"
_AWAY = pattern("work_done.away")
_REFUSED = pattern("work_done.refused")
_LABELS = word_set("work_done.labels")
"""Titles of columns that say what hours are; elsewhere, « congé » may stand in the cell of one day."""
_AGREED = {"valide", "validee", "validation", "approuve", "approuvee", "approved", "approbation"}
_DONE = {"fait", "faite", "realise", "realisee", "effectue", "effectuee", "done", "termine", "terminee"}
_STATES = {"statut", "etat", "status", "state"}
_PENDING = re.compile(r"(en attente|a (valider|approuver)|soumise?s?|pending|submitted)( .*)?|attente")
_PLANNED = pattern("work_done.planned")
_HELD = pattern("work_done.held")
"""States of hours that took place; and what people are, under the same titles."""
_FEW = 4
"""Beyond so many words, a column says another thing than a state."""
_PLANS = _STATES | {"type", "prevurealise", "prevuourealise", "nature"}
_NO = {"non", "no", "n", "false", "faux"}

Titles = Sequence[str]
Lines = list[Line]


def of_work_done(grid: Grid, titles: Titles, lines: Lines, findings: Findings) -> Lines:
    """Leave out hours that are no work, absences and what was refused; ask about what is only planned, or waits."""
    ranks = [at for at, title in enumerate(titles) if bare(title).removesuffix("par") in _LABELS]  # « Validé par »
    texts = {text_at(line[1], at) for line in lines for at in ranks}
    away = {
        text
        for text in texts
        if (_AWAY.fullmatch(same(text)) and not worked_anyway(text)) or _REFUSED.fullmatch(same(text))
    }
    left = [(line, next((text for at in ranks if (text := text_at(line[1], at)) in away), "")) for line in lines]
    times = [at for at, title in enumerate(titles) if may_say(title, "duree", dictionaries()["heures"])]
    plans = [at for at, title in enumerate(titles) if bare(title) in _PLANS]
    refused = {id(line): at for line in lines if plans and (at := _refused_sale(titles, line, plans)) >= 0}
    left = [(line, "" if id(line) in refused else text) for line, text in left]
    worked = {text for line, text in left if text and (not times or any(text_at(line[1], at) for at in times))}
    for line, text in ((line, text) for line, text in left if text and text not in worked):  # nothing is lost with it
        findings.note(grid.place(line[0]), f"« {text} » : cette ligne n'est pas du travail. Elle n'est pas lue.")
    for text, number in Counter(text for _, text in left if text in worked).items():
        one = "cette ligne n'est pas du travail. Elle n'est pas lue" if number == 1 else "ces lignes ne sont pas lues"
        long = [own for line, said in left if said == text for at in times if (own := text_at(line[1], at))]
        more = f" (« {titles[times[0]]} » : {listing(long, most=_FEW)})" if long else ""
        findings.heed(grid.place(), f"« {text} » ({count(number, 'ligne')}) : {one}{more}.")
    kept = but_meals(grid, ranks, [line for line, text in left if not text], findings)
    kept = but_away(grid, ranks, kept, findings)
    _say_states(grid, titles, kept, findings)
    blank = unticked(titles, [cells if any(text_at(cells, at) for at in times) else [] for n, cells in kept])
    says = {at: name for at, title in enumerate(titles) if (name := bare(title)) in _SAY}
    told = {id(line): refused.get(id(line), _waits(says, line) if says else -1) for line in kept}
    told |= {id(line): blank[rank] for rank, line in enumerate(kept) if rank in blank and told[id(line)] < 0}
    timeless = {id(line) for line in kept if times and not any(text_at(line[1], at) for at in times)}
    sold = {id(line) for line in kept if told[id(line)] >= 0 and id(line) in timeless and _price(titles, line)}
    waiting = {line: at for line, at in told.items() if at >= 0 and line not in sold}
    return _agreed(grid, titles, kept, waiting, findings) if waiting else kept


def _refused_sale(titles: Titles, line: Line, plans: Sequence[int]) -> int:
    """Return where a line with a price says that it was refused, a draft: its sale may be, not its hours; else −1."""
    at = next((at for at in plans if _REFUSED.fullmatch(same(text_at(line[1], at)))), -1)
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
        said = Counter(text for line in lines if (text := text_at(line[1], at)))
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


def _waits(says: Mapping[int, str], line: Line) -> int:
    """Return the column where a line says that it waits, or is only planned: « Validé : non », « Statut : prévu »."""
    told = [(at, name, same(text_at(line[1], at))) for at, name in says.items()]
    no = (at for at, title, text in told if title in _AGREED | _DONE and text in _NO)
    pending = (at for at, title, text in told if title in _AGREED | _STATES and _PENDING.fullmatch(text))
    planned = (at for at, title, text in told if title in _PLANS and _PLANNED.fullmatch(text))
    return next(no, next(pending, next(planned, -1)))


def _agreed(grid: Grid, titles: Titles, kept: Lines, waiting: Mapping[int, int], findings: Findings) -> Lines:
    """Return the hours that count, once the group says whether those that wait do; all when none is agreed to."""
    first = next(line for line in kept if id(line) in waiting)
    at = waiting[id(first)]
    said, many = Counter(text_at(line[1], waiting[id(line)]) for line in kept if id(line) in waiting), len(waiting)
    words = [("dit non" if same(each) in _NO else f"dit « {each} »") if each else "est vide" for each in said]
    word = listing([words[0], *(each.removeprefix("dit ") for each in words[1:])])
    place, counted = grid.place(first[0], at, titles[at]), f"{count(many, 'ligne')} d'heures"
    sure = any(_PLANNED.fullmatch(same(each)) or _REFUSED.fullmatch(same(each)) for each in said)
    if many == len(kept) and not sure:
        findings.heed(place, f"« {titles[at]} » {word} partout. Tout compte.")
        return kept  # a program in which nobody agrees to anything
    if not (sure or any(text_at(line[1], at) for line in kept if id(line) not in waiting)):  # a column of « no » alone
        return kept
    price = sum(_price(titles, line) for line in kept if id(line) in waiting)
    if not (answer := grid.answers.get(AGREED, "")):
        question = f"« {titles[at]} » {word} pour {counted}. Les compter ?"
        no, yes = "non, pas encore", "oui, les compter"
        if price:
            question = f"« {titles[at]} » {word} pour {counted}. Ce travail a-t-il été fait ?"
            no, yes = f"non : ni les heures, ni les {euros(price)}", "oui : compter les heures"
        options = (("non", no), ("oui", yes))
        findings.doubt(place, Doubt(AGREED, question, options, "Retirez ces lignes, ou changez ce mot."))
    elif answer == "non":
        more = f", ni leur prix : {euros(price)}" if price else ""
        findings.heed(place, f"{counted} : « {titles[at]} » {word}. Pas encore comptées{more}.")
        return [line for line in kept if id(line) not in waiting]
    return kept
