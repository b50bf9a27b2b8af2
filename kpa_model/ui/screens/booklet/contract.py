"""« Mon contrat »: what I signed, a renewal, an end before its day. Reminders follow these dates, and no one else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import ipywidgets as widgets

from kpa_model.assessment.kept import Contract
from kpa_model.declare.markup import tag
from kpa_model.errors import Problem
from kpa_model.ui import pieces
from kpa_model.ui.screens.booklet.door import NotYet, possible
from kpa_model.ui.screens.booklet.session import BookletSession, limits
from kpa_model.words import day

_SIGNED = "signature_cape"


def own_contract(session: BookletSession) -> widgets.Widget:
    """Return the way to note one's contract, its renewal, or its end."""
    law, said, ended = limits(), pieces.html(), pieces.html()
    start = widgets.DatePicker(description="Premier jour")
    months = widgets.BoundedIntText(description="Nombre de mois", value=law.months, min=1, max=law.months)
    stop_on = widgets.DatePicker(description="Arrêté le", value=session.today)
    keep = pieces.button("Noter ce contrat", lambda: _keep(session, start.value, months.value, said), said=said)
    stop = pieces.button("Il s'est arrêté", lambda: _stop(session, stop_on.value, ended), said=ended)
    stopping = pieces.fold("Mon contrat s'est arrêté avant sa fin", stop_on, stop, ended)

    def show() -> None:
        cape = session.cape()
        keep.description = "Noter le renouvellement" if cape else "Noter ce contrat"
        start.value = cape.end + timedelta(days=1) if cape else session.booklet.marks.get(_SIGNED, session.today)
        stopping.layout.display = None if cape and not cape.stopped else "none"

    session.follow(show)
    text = pieces.html(tag("p", "Les dates sont sur votre contrat. Un renouvellement se note comme un contrat."))
    return pieces.fold("Noter mon contrat, ou son renouvellement", text, start, months, keep, said, stopping)


def _keep(session: BookletSession, start: date | None, months: int, said: widgets.HTML) -> None:
    where, cape = "Mon contrat", session.cape()
    if start is None:
        raise NotYet(Problem(where, "il manque le premier jour.", "Choisissez le jour écrit sur le contrat."))
    possible(where, start)
    if cape and start <= cape.end:
        what = f"le contrat déjà noté va jusqu'au {day(cape.end)}."
        raise NotYet(Problem(where, what, "Choisissez un jour après, ou retirez-le de « Mon portrait »."))
    session.change(replace(session.booklet, contracts=(*session.booklet.contracts, Contract(start, months))))
    said.value = pieces.live(tag("p", "C'est noté. Les rappels suivent ces dates.", cls="kpa-success"))


def _stop(session: BookletSession, on: date | None, said: widgets.HTML) -> None:
    mine = session.booklet
    last = max(mine.contracts, key=lambda each: each.start)
    if on is None or not last.start <= on <= session.today:
        todo = "Choisissez un jour entre le début du contrat et aujourd'hui."
        raise NotYet(Problem("Mon contrat", "la date de fin ne va pas.", todo))
    kept = tuple(replace(each, stopped=on) if each is last else each for each in mine.contracts)
    session.change(replace(mine, contracts=kept))
    said.value = pieces.live(tag("p", "C'est noté."))
