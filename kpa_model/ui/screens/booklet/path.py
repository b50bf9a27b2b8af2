"""« Mon chemin »: where I am, what comes next, what is to be caught up; contracts, pauses, calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import ipywidgets as widgets

from kpa_model.assessment.kept import TimeOff
from kpa_model.assessment.pathway.calendar import as_calendar
from kpa_model.assessment.pathway.stages import INTERVIEWS, Meeting
from kpa_model.assessment.timeline import Timeline, When
from kpa_model.declare.markup import Html, items, joined, table, tag
from kpa_model.errors import Problem
from kpa_model.figures.pathway import pathway_svg
from kpa_model.story.booklet import told as booklet_told
from kpa_model.ui import pieces
from kpa_model.ui.screens.booklet.contract import own_contract
from kpa_model.ui.screens.booklet.door import NotYet, possible
from kpa_model.ui.screens.booklet.session import BookletSession
from kpa_model.words import day


def way(session: BookletSession) -> widgets.Widget:
    """Return the panel."""
    picture = pieces.html()
    session.follow(lambda: setattr(picture, "value", _told(session, session.line())))
    return pieces.column(picture, own_contract(session), _done(session), _pause(session))


def _told(session: BookletSession, line: Timeline) -> Html:
    pathway = session.pathway
    marks = [(each.month, _is_done(line, each.key)) for each in pathway.appointments if each.kind in INTERVIEWS]
    svg = pathway_svg(pathway.stages, line.month, marks, booklet_told.picture_text(line, pathway))
    late = booklet_told.to_catch_up(line)
    stages = [f"{each.title} : du mois {each.start} au mois {each.end}" for each in pathway.stages]
    file = pieces.download(
        "Mettre ces dates dans mon agenda", "mon_parcours.ics", as_calendar(line, session.booklet.id), "text/calendar"
    )
    rows = [
        tag("tr", tag("td", when), tag("th", title, scope="row"), tag("td", state))
        for when, title, state in booklet_told.rows(line)
    ]
    dates = table("Toutes mes dates", ("Date", "Rendez-vous", "Où j'en suis"), rows, cls="kpa-table")
    return joined(
        pieces.live(pieces.sentences(booklet_told.where_i_am(line, pathway))),
        _contract_card(session),
        tag("figure", svg),
        items(stages, "ol", "kpa-stages"),
        tag("div", tag("p", tag("strong", "Quand vous pourrez")), [tag("p", each) for each in late], cls="kpa-warning")
        if late
        else None,
        tag("p", file),
        tag("details", tag("summary", "Toutes mes dates"), dates),
    )


def _contract_card(session: BookletSession) -> Html:
    """Return what is known of the person's own contract, or how to say it."""
    said = booklet_told.contract_told(session.cape(), session.today)
    return tag("div", tag("p", tag("strong", "Mon contrat")), [tag("p", each) for each in said], cls="kpa-info")


def _is_done(line: Timeline, key: str) -> bool:
    return any(each.key == key and each.when is When.DONE for each in line.events)


def _done(session: BookletSession) -> widgets.Widget:
    """Return the way to say that a mark of the pathway is passed."""
    marks = [each for each in session.pathway.appointments if each.kind is Meeting.MARK]
    known = [(each.key, each.title) for each in marks]
    if not known:
        return pieces.html()
    which, said = pieces.choice("C'est fait", known, known[0][0]), pieces.html()
    on = widgets.DatePicker(description="Le", value=session.today)

    def keep() -> None:
        if not on.value:
            raise NotYet(Problem("C'est fait", "il manque la date.", "Choisissez le jour."))
        day_done = possible("C'est fait", on.value)
        session.change(replace(session.booklet, marks={**session.booklet.marks, which.value: day_done}))
        said.value = pieces.live(tag("p", "C'est noté."))

    return pieces.fold("Dire qu'une chose est faite", which, on, pieces.button("Noter", keep, said=said), said)


def _pause(session: BookletSession) -> widgets.Widget:
    """Return the way to note time off, or the return."""
    text, said, on = pieces.html(), pieces.html(), widgets.DatePicker(value=session.today)

    def keep() -> None:
        going = _going(session)
        if not on.value or (going and on.value < going.start):
            raise NotYet(Problem("Pause", "la date ne va pas.", "Choisissez un jour après le début de la pause."))
        session.change(replace(session.booklet, pauses=_pauses(session, going, possible("Pause", on.value))))
        said.value = pieces.live(tag("p", "C'est noté."))

    leave = pieces.button("Je pars", keep, said=said)

    def show() -> None:
        going = _going(session)
        on.description = "Retour le" if going else "Pause à partir du"
        leave.description = "Je reviens" if going else "Je pars"
        past = [f"Du {day(each.start)} au {day(each.end)}." for each in session.booklet.pauses if each.end]
        now = tag("p", f"En pause depuis le {day(going.start)}.") if going else None
        text.value = joined(tag("p", _PAUSE), now, items(past))

    session.follow(show)
    return pieces.fold("Faire une pause, revenir", text, on, leave, said)


_PAUSE = "Le parcours vous attend. Aucune raison n'est demandée. Un contrat, lui, continue : parlez-en à la CAE."


def _going(session: BookletSession) -> TimeOff | None:
    return next((each for each in session.booklet.pauses if each.end is None), None)


def _pauses(session: BookletSession, going: TimeOff | None, on: date) -> tuple[TimeOff, ...]:
    if going is None:
        return (*session.booklet.pauses, TimeOff(on))
    return tuple(TimeOff(each.start, on) if each is going else each for each in session.booklet.pauses)
