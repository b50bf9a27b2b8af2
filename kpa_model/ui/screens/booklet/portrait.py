"""« Mon portrait »: talents, experiences, trainings, badges, next steps. Each is added or removed in one gesture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import ipywidgets as widgets

from kpa_model.assessment import booklet
from kpa_model.assessment.booklet_orders import experiences_of
from kpa_model.assessment.kept import BadgeKept, Experience, Goal, Talent, Training
from kpa_model.declare.form import Day, Form, Text
from kpa_model.declare.markup import Html, items, joined, tag
from kpa_model.errors import Problem
from kpa_model.story.booklet.export import KINDS
from kpa_model.story.booklet.trust import label, seen, told
from kpa_model.ui import pieces
from kpa_model.ui.screens.booklet.door import NotYet
from kpa_model.ui.screens.booklet.proofs import proofs
from kpa_model.ui.screens.booklet.session import BookletSession
from kpa_model.ui.state import Store, book_of
from kpa_model.words import day

_LONG = 600
TALENT = Form(
    (
        Text("title", "Ce que je sais faire", longest=120),
        Text("evidence", "Je le sais parce que…", "Un moment vécu, en une ou deux phrases.", False, _LONG, 3),
        Day("on", "C'était le", needed=False),
    )
)
EXPERIENCE = Form(
    (
        Text("title", "Ce que j'ai fait", "Une commande, un événement, un coup de main.", longest=120),
        Text("detail", "Ma part", "Ce que j'ai fait moi-même.", False, _LONG, 3),
        Day("first", "Du", needed=False),
        Day("last", "Au", needed=False),
    )
)
TRAINING = Form(
    (
        Text("title", "Ce que j'ai appris", longest=120),
        Text("by", "Avec qui", needed=False, longest=120),
        Day("on", "Le", needed=False),
    )
)
GOAL = Form((Text("title", "Mon prochain pas", "Une seule chose.", longest=200), Day("due", "Avant le", needed=False)))


def portrait(session: BookletSession, store: Store) -> widgets.Widget:
    """Return the panel."""
    shown = pieces.html()
    session.follow(lambda: setattr(shown, "value", held(session.booklet, session.today)))
    return pieces.column(
        shown,
        _adder(session, "Ajouter un talent", "talents", TALENT, Talent),
        _adder(session, "Ajouter une expérience", "experiences", EXPERIENCE, Experience),
        _from_book(session, store),
        _adder(session, "Ajouter une formation", "trainings", TRAINING, Training),
        _adder(session, "Ajouter un prochain pas", "goals", GOAL, Goal),
        _steps_done(session),
        _badge(session),
        proofs(session),
        _removing(session),
    )


def held(mine: booklet.Booklet, today: date) -> Html:
    """Return what the booklet holds, as cards."""
    cards = [
        _card("Mes talents", [(each.title, each.evidence, each.on) for each in mine.talents]),
        _card("Mes expériences", [(each.title, each.detail, each.last or each.first) for each in mine.experiences]),
        _card("Mes formations", [(each.title, each.by and f"Avec {each.by}", each.on) for each in mine.trainings]),
        _card("Mes badges", [(each.title, label(each, today), each.on) for each in mine.badges]),
        _card("Mes preuves", [(each.title, KINDS[each.mime], each.on) for each in mine.proofs]),
        _card("Mes prochains pas", [_goal(each) for each in mine.goals]),
    ]
    shown = joined(cards)
    empty = tag("p", "Votre portrait est vide. Commencez par une chose que vous savez faire.")
    return pieces.live(tag("div", shown, cls="kpa-panels") if shown else empty)


def _goal(each: Goal) -> tuple[str, str, Any]:
    said = "✓ fait" if each.done else "avant le" if each.due else ""
    return each.title, said, each.done or each.due


def _card(title: str, rows: Sequence[tuple[str, str, Any]]) -> Html:
    told = [
        joined(
            tag("strong", name),
            tag("br") + more if more else None,
            " " + tag("span", day(on), cls="kpa-small") if on else None,
        )
        for name, more, on in rows
    ]
    return tag("section", tag("h3", title), items(told, cls="kpa-held"), cls="kpa-card") if told else Html()


def _adder(session: BookletSession, title: str, section: str, form: Form, made: Callable[..., Any]) -> widgets.Widget:
    view, said = session.written(f"portrait:{section}", form), pieces.html()

    def keep() -> None:
        answers, wrong = view.read()
        if not wrong:
            given = {name: value for name, value in answers.items() if value is not None}
            session.change(booklet.added(session.booklet, section, made(**given)))
            view.clear()
            said.value = pieces.live(tag("p", "C'est gardé."))

    return pieces.fold(title, view.box, pieces.button("Garder", keep, "kpa-primary", said), said)


def _from_book(session: BookletSession, store: Store) -> widgets.Widget:
    """Return the import from the order book: choose one's name, look, tick. Nothing comes by itself."""
    book = book_of(store.state)
    names = [("", "Choisissez"), *((each.name, each.name) for each in book.members)]
    who, said, ticks = pieces.choice("Mon nom dans le carnet", names, ""), pieces.html(), pieces.column()
    found: list[tuple[widgets.Checkbox, Experience]] = []

    def look(change: dict) -> None:
        found[:] = [
            (widgets.Checkbox(description=_dated(each), indent=False), each)
            for each in (experiences_of(book, change["new"]) if change["new"] else ())
        ]
        pieces.turn(ticks, *_with_all([box for box, _ in found]))
        none = tag("p", "Le carnet ne dit rien pour ce nom.") if change["new"] and (not found) else ""
        said.value = pieces.live(none)

    def take() -> None:
        chosen = [each for box, each in found if box.value]
        if not chosen:
            raise NotYet(Problem("Carnet", "rien n'est coché.", "Cochez ce que vous voulez garder."))
        mine = session.booklet
        for each in chosen:
            mine = booklet.added(mine, "experiences", each)
        session.change(mine)
        who.value = ""
        said.value = pieces.live(tag("p", "C'est gardé."))

    who.observe(look, "value")
    where = book.cooperative.name
    text = tag("p", "Le carnet ouvert est celui de « ", where, " ». Cochez seulement ce qui est à vous.")
    return pieces.fold(
        "Reprendre mes commandes et mes heures",
        pieces.html(text),
        who,
        ticks,
        pieces.button("Garder", take, said=said),
        said,
    )


def _with_all(boxes: list[widgets.Checkbox]) -> list[widgets.Checkbox]:
    """Return the boxes, under one that ticks them all when there are several."""

    def tick(change: dict) -> None:
        for box in boxes:
            box.value = change["new"]

    every = widgets.Checkbox(description="Tout cocher", indent=False)
    every.observe(tick, "value")
    return [every, *boxes] if len(boxes) > 1 else boxes


def _dated(each: Experience) -> str:
    """Return an experience in one line: its day tells two orders of the same name apart."""
    on = each.last or each.first
    return f"{each.title}{f', {day(on)}' if on else ''}. {each.detail}"


def _badge(session: BookletSession) -> widgets.Widget:
    """Return the way to put a badge in the booklet, once it is verified."""
    upload = widgets.FileUpload(accept=".svg,.jwt,.txt", multiple=False, description="Choisir le fichier du badge")
    said = pieces.html()

    def keep() -> None:
        if not upload.value:
            raise NotYet(Problem("Badge", "rien n'a été choisi.", "Choisissez le fichier donné par le groupe."))
        found = seen(bytes(upload.value[0]["content"]), session.today)
        kept = BadgeKept(found.badge.title, found.badge.group, found.badge.on, found.token)
        mine = session.booklet
        session.change(replace(mine, badges=(*(each for each in mine.badges if each.token != kept.token), kept)))
        said.value = pieces.live(tag("p", f"« {kept.title} » est gardé."), told(found))

    text = pieces.html(tag("p", "Le cahier vérifie la signature. Un badge changé est refusé."))
    return pieces.fold(
        "Ajouter un badge du groupe", text, upload, pieces.button("Vérifier et garder", keep, said=said), said
    )


def _steps_done(session: BookletSession) -> widgets.Widget:
    which, said = pieces.choice("Ce pas est fait", [("", "—")], ""), pieces.html()

    def keep() -> None:
        goal = next((each for each in session.booklet.goals if each.id == which.value), None)
        if goal:
            session.change(booklet.added(session.booklet, "goals", replace(goal, done=session.today)))
            said.value = pieces.live(tag("p", "Bravo. C'est noté."))

    made = pieces.fold("Dire qu'un pas est fait", which, pieces.button("C'est fait", keep, said=said), said)
    _listing(session, made, which, lambda mine: [(each.id, each.title) for each in mine.goals if each.done is None])
    return made


def _removing(session: BookletSession) -> widgets.Widget:
    which, said = pieces.choice("Ce que je retire", [("", "—")], ""), pieces.html()

    def remove() -> None:
        session.change(booklet.removed(session.booklet, which.value))
        said.value = pieces.live(tag("p", "C'est retiré."))

    made = pieces.fold("Retirer quelque chose", which, pieces.button("Retirer", remove, "kpa-danger", said), said)
    _listing(session, made, which, _everything)
    return made


def _everything(mine: booklet.Booklet) -> list[tuple[str, str]]:
    return [(identity, f"{booklet.SECTIONS[part]} : {title}") for identity, part, title in booklet.items(mine)]


def _listing(
    session: BookletSession,
    made: widgets.Widget,
    which: widgets.Dropdown,
    options: Callable[[booklet.Booklet], list[tuple[str, str]]],
) -> None:
    """Keep a list in step with the booklet, and hide what holds it while it is empty."""

    def show() -> None:
        pairs = options(session.booklet)
        pieces.fill(which, pairs or [("", "—")])
        made.layout.display = None if pairs else "none"

    session.follow(show)
