"""« Mon livret » and « Mon entretien »: a door, then a room with a few panels. What is open is nowhere on the disk."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from kpa_model.assessment.booklet import items as items_of
from kpa_model.assessment.pathway.stages import Pathway
from kpa_model.declare.form import YEARS
from kpa_model.declare.markup import Html, items, joined, tag
from kpa_model.story.booklet.paper import interview_paper
from kpa_model.story.grids.paper import INTERVIEW_SHEET, facilitation_paper
from kpa_model.ui import pieces
from kpa_model.ui.screens.booklet.adviser import received
from kpa_model.ui.screens.booklet.door import PDF, door, words_to_note
from kpa_model.ui.screens.booklet.grids import grids
from kpa_model.ui.screens.booklet.interview import interviews
from kpa_model.ui.screens.booklet.keep import keeping
from kpa_model.ui.screens.booklet.path import way
from kpa_model.ui.screens.booklet.portrait import portrait
from kpa_model.ui.screens.booklet.session import IDLE, BookletSession
from kpa_model.ui.screens.booklet.share import sharing
from kpa_model.ui.state import Store
from kpa_model.words import of

PROTECT, GRIDS = "Emporter, protéger", "Mes grilles"
Panel = Callable[[BookletSession], widgets.Widget]


@pieces.framed
def my_booklet(store: Store) -> widgets.Widget:
    """Open one's booklet, and everything in it."""
    panels: dict[str, Panel] = {
        "Mon chemin": way,
        "Mes entretiens": interviews,
        "Mon portrait": lambda session: portrait(session, store),
        GRIDS: grids,
        "Partager": sharing,
        PROTECT: keeping,
    }
    return _house(BookletSession(), panels, received())


@pieces.framed
def my_interview(store: Store) -> widgets.Widget:
    """Open one's booklet for an interview: questions, grid, way."""
    session = BookletSession()
    panels: dict[str, Panel] = {"L'entretien": interviews, "La grille": grids, "Mon chemin": way}
    return _house(session, panels, sheets(session.pathway))


def sheets(pathway: Pathway) -> widgets.Widget:
    """Return on paper the interviews, for whoever has no booklet, and the facilitator's sheet."""
    sheets = [(guide.title, f"{guide.kind}.pdf", interview_paper(guide)) for guide in pathway.guides]
    sheets.append(("Pour la personne qui accompagne", "mener_un_entretien.pdf", facilitation_paper(INTERVIEW_SHEET)))
    return pieces.fold("Imprimer une feuille", pieces.html(items(pieces.download(*each, PDF) for each in sheets)))


def _house(session: BookletSession, panels: dict[str, Panel], *outside: widgets.Widget) -> widgets.Widget:
    """Return the door, or the room."""
    inside = pieces.column()
    made: dict[str, widgets.Widget] = {}

    def turn() -> None:
        before, inside.children = inside.children, []
        pieces.forget(*(each for each in before if each not in outside), *made.values())
        made.clear()
        if session.open:
            inside.children = [room(session, panels, made)]
            return
        inside.children = [pieces.html(pieces.live(_why_closed(session))), door(session), *outside]

    session.watch(turn)
    turn()
    box = pieces.column(inside)
    box.add_class("kpa-booklet")
    return box


def _first(session: BookletSession, panels: dict[str, Panel]) -> str | None:
    """Return the panel shown first: a new phrase, for whoever lost hers; none while there is one thing to do first."""
    if session.by_words and PROTECT in panels:
        return PROTECT
    return None if GRIDS in panels and _empty(session) else next(iter(panels))


def _empty(session: BookletSession) -> bool:
    return next(items_of(session.booklet), None) is None


def _why_closed(session: BookletSession) -> Html | str:
    """Return why the booklet closed, and whether what was being written is in it."""
    if session.unsaved:
        return joined(tag("p", "Ce que vous écriviez n'a pas pu être gardé."), pieces.error_box(session.unsaved))
    if session.deleted:
        return tag("p", "Le livret est effacé de cet ordinateur.", cls="kpa-success")
    if not session.closed_by_itself:
        return ""
    return tag("p", "Le livret s'est fermé, faute de geste depuis un quart d'heure. Ce que vous écriviez est dedans.")


def room(session: BookletSession, panels: dict[str, Panel], made: dict[str, widgets.Widget]) -> widgets.Widget:
    """Return what is shown while a booklet is open: whose it is, the day, how to close it, and one panel at a time.

    In an empty booklet the first panel comes before the rest: there is one thing to do, and it is read first. Panels
    drawn so far are put in `made`, so that whoever closes the booklet can forget them.
    """
    shown, whole = pieces.column(), pieces.column()
    menu = widgets.ToggleButtons(options=[*panels], description="Aller à", value=_first(session, panels))

    def go() -> None:
        session.gesture()
        if menu.value is None:
            return
        if menu.value not in made:
            made[menu.value] = pieces.framed(panels[menu.value])(session)
        shown.children = [made[menu.value]]
        if menu.value != GRIDS:
            whole.children = usual

    name = session.open.name.replace("-", " ") if session.open else ""
    head = tag("h3", f"Livret {of(session.booklet.name)}")
    empty = _empty(session) and GRIDS in panels
    begin = [_beginning(session, menu)] if GRIDS in panels else []
    kept = f"Son nom ici : « {name} ». Ce que vous écrivez y est gardé à mesure."
    closing = tag("p", kept, f" Il se ferme seul après {IDLE // 60} minutes sans geste.", cls="kpa-help")
    close = pieces.button("Fermer mon livret", session.close)
    rest = [pieces.html(closing), pieces.row(_day(session), close), menu]
    top = [pieces.html(head), _new_phrase(session)]
    note = [] if session.by_words else [words_to_note(session)]
    usual = [*top, *note, *begin, *rest, shown]
    whole.children = [*top, *begin, shown, *rest] if empty else usual
    menu.observe(lambda _: go(), "value")
    go()
    return whole


def _new_phrase(session: BookletSession) -> widgets.Widget:
    """Return what to do first for whoever lost her phrase; nothing once she has a new one."""
    told = "Vous avez ouvert avec vos mots de secours. Choisissez maintenant une nouvelle phrase secrète."
    notice = pieces.html()
    session.follow(lambda: setattr(notice, "value", tag("p", told, cls="kpa-info") if session.by_words else ""))
    return notice


def _day(session: BookletSession) -> widgets.Widget:
    """Return the day one looks from, which can be changed: one often writes afterwards."""
    today = widgets.DatePicker(description="Nous sommes le", value=session.today)

    def look() -> None:
        if today.value and today.value.year in YEARS:
            session.look_from(today.value)

    today.observe(lambda _: look(), "value")
    return today


def _beginning(session: BookletSession, menu: widgets.ToggleButtons) -> widgets.Widget:
    """Return the one thing to do first, shown while the booklet is empty."""
    begin = pieces.button(
        "Pour commencer : une page de questions", lambda: setattr(menu, "value", GRIDS), "kpa-primary"
    )

    def show() -> None:
        begin.layout.display = None if _empty(session) and menu.value != GRIDS else "none"

    menu.observe(lambda _: show(), "value")
    session.follow(show)
    return begin
