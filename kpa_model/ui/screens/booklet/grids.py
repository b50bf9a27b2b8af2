"""« Mes grilles »: I say where I am; people I chose say what they saw; both side by side, and nothing is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import ipywidgets as widgets

from kpa_model.assessment import answers, booklet
from kpa_model.assessment.beside import beside, to_talk_about
from kpa_model.assessment.grid import Grid
from kpa_model.assessment.kept import AnswerLine, GridKept
from kpa_model.assessment.laboratory import minutes
from kpa_model.assessment.versions import known_grids
from kpa_model.declare.form import Text
from kpa_model.declare.markup import Html, items, joined, table, tag
from kpa_model.errors import Problem
from kpa_model.story.booklet import phone as booklet_phone
from kpa_model.ui import pieces
from kpa_model.ui.screens.booklet.by_phone import ByPhone
from kpa_model.ui.screens.booklet.door import NotYet, words_to_note
from kpa_model.ui.screens.booklet.one_by_one import OneByOne
from kpa_model.ui.screens.booklet.session import BookletSession
from kpa_model.words import day, listing, of

_PREFIX, _WHO = "grille:", "qui_repond"
ME = "Moi"
_CAME = "Ce que cette personne a vu est dans votre livret."


def kept_grid(grid: Grid, done: answers.Filled, on: date, by: str = "") -> GridKept:
    """Return a filled grid as the booklet keeps it: data, and words that stay when the group changes its grid."""
    lines = tuple(
        AnswerLine(
            each.key, each.name, answers.tell(grid, mark, each), mark.rank is None, mark.example, mark.on,
            answers.SURE.get(mark.confidence, ""), each.codes,
        )
        for each in grid.criteria
        if (mark := done.marks.get(each.key))
    )  # fmt: skip
    return GridKept(grid.title, on, lines, by, answers.as_data(done))


def grids(session: BookletSession) -> widgets.Widget:
    """Return the panel."""
    filling = _Filling(session)
    return pieces.column(filling.box, _others(session, filling), filling.beside)


class _Filling:
    """A grid chosen, to be filled; `page` asks it from somebody, `beside` shows what was said."""

    def __init__(self, session: BookletSession) -> None:
        self._session = session
        times = {name: minutes(grid)[1] for name, grid in known_grids().items()}
        self._known = {name: known_grids()[name] for name in sorted(times, key=lambda name: times[name])}
        names = [(name, f"{grid.title} ({round(times[name])} min)") for name, grid in self._known.items()]
        begun = [each.partition("/")[0] for each in session.begun(_PREFIX)]
        first = next((name for name in begun if name in self._known), names[0][0])
        self._which = pieces.choice("La grille", names, first)
        self._asked, self._said, self.page, self.beside = pieces.column(), pieces.html(), pieces.html(), pieces.html()
        self.box = pieces.column(self._which, self._asked, self._said)
        self._which.observe(lambda _: self._draw(), "value")
        self._draw()
        session.follow(self._show)

    @property
    def _grid(self) -> Grid:
        return self._known[self._which.value]

    @property
    def _name(self) -> str:
        return f"{_PREFIX}{self._which.value}"

    def _show(self) -> None:
        self.beside.value = _side_by_side(self._session, self._grid)

    def _draw(self) -> None:
        name, grid = self._name, self._grid
        given = self._session.draft(name)

        def typed(changed: Mapping[str, str]) -> None:
            self._session.keep_draft(name, changed)

        self._cards = OneByOne(grid, given, typed, self._keep, self._said)
        pieces.turn(self._asked, pieces.html(tag("p", grid.sentence, cls="kpa-help")), self._cards.box)
        made = self.asked_page().encode()
        link = pieces.download("La page à donner à cette personne", "grille.html", made, "text/html")
        self.page.value = tag("p", link)
        self._show()

    def asked_page(self, sends_to: str = "") -> str:
        """Return the grid chosen as a page for the phone of somebody who is asked, closed for this booklet."""
        form = answers.form_of(self._grid, details=False)
        asked = Text(_WHO, "Votre nom, comme vous voulez qu'il soit écrit", longest=60)
        form = replace(form, fields=(asked, *form.fields), title=f"{self._grid.title} : ce que j'ai vu")
        key = booklet_phone.public_part(self._session.booklet.phone_key) if self._session.booklet.phone_key else None
        return booklet_phone.phone_page(form, self._name, key, sends_to)

    def _keep(self) -> None:
        given, wrong = answers.form_of(self._grid).read(self._cards.given)
        if wrong:
            raise NotYet(Problem("Grille", *next((each.what, each.todo) for each in wrong.values())))
        done = answers.filled(self._grid, given)
        if not done.marks:
            raise NotYet(Problem("Grille", "aucune réponse n'est choisie.", "Choisissez une réponse au moins."))
        kept = kept_grid(self._grid, done, self._session.today)
        self._session.change(booklet.added(self._session.booklet, "grids", kept))
        self._session.drop_draft(self._name)
        self._said.value = ""
        told = tag("h3", "C'est gardé") + tag("p", "La grille est gardée, avec la date.")
        again = pieces.button("Répondre de nouveau", self._draw)
        kept_now = pieces.html(pieces.live(tag("div", told, cls="kpa-success")))
        pieces.turn(self._asked, kept_now, words_to_note(self._session), again)
        self._show()


def _others(session: BookletSession, filling: _Filling) -> widgets.Widget:
    upload = widgets.FileUpload(accept=".json", multiple=False, description="Choisir le fichier reçu")
    said = pieces.html()
    phone = ByPhone(session, filling.asked_page, lambda kind, raw: bool(_taken(session, kind, raw)), _CAME)

    def bring() -> None:
        if not upload.value:
            raise NotYet(Problem("Réponses reçues", "rien n'a été choisi.", "Choisissez le fichier « .json »."))
        content, upload.value = bytes(upload.value[0]["content"]), ()
        who = _taken(session, *booklet_phone.read_answers(content, session.booklet.phone_key))
        if not who:
            raise NotYet(Problem("Réponses reçues", "ce n'est pas une grille connue.", "Demandez un nouveau fichier."))
        said.value = pieces.live(tag("p", f"Les réponses {of(who)} sont dans votre livret."))

    phone.look()
    text = tag("p", "Choisissez quelqu'un en qui vous avez confiance. Sa réponse s'ouvre seulement dans votre livret.")
    far = pieces.html(tag("p", "Si la personne est ailleurs, donnez-lui cette page. Elle vous rend un fichier."))
    parts = (phone.box, far, filling.page, upload, pieces.button("Ajouter", bring, said=said), said)
    return pieces.fold("Demander à quelqu'un ce qu'il a vu", pieces.html(text), *parts)


def _taken(session: BookletSession, kind: str, raw: Mapping[str, str]) -> str:
    """Keep what somebody said, and return her name; empty when this is no grid we know."""
    grid = known_grids().get(kind.removeprefix(_PREFIX)) if kind.startswith(_PREFIX) else None
    if grid is None:
        return ""
    given, _ = answers.form_of(grid, details=False).read(raw)
    who = str(Text(_WHO, "").value(raw.get(_WHO, "").strip() or "Une personne"))[:60]
    kept = kept_grid(grid, answers.filled(grid, given), session.today, who)
    session.change(booklet.added(session.booklet, "grids", kept))
    return who


def _side_by_side(session: BookletSession, grid: Grid) -> Html:
    """Return what I said beside what others said, last time each: a table, and where to talk."""
    latest: dict[str, answers.Filled] = {}
    for each in sorted(session.booklet.grids, key=lambda each: each.on):
        if each.title == grid.title and each.data:
            done = answers.from_data(each.data)
            if done.fits(grid):  # the words have not changed since
                latest[each.by or ME] = done
    evolved = _evolution(session, grid)
    if len(latest) < 2:
        return evolved
    lines = beside(grid, latest)
    talk = to_talk_about(lines)
    said = (
        f"Parlez ensemble de : {listing([each.criterion.name for each in talk])}."
        if talk
        else "Vous dites la même chose."
    )
    rows = [
        (
            each.criterion.name,
            *(answers.show(grid, each.marks[who]) for who in latest),
            "≠ différent" if each in talk else "",
        )
        for each in lines
        if any(each.marks.values())
    ]
    caption, heads = f"{grid.title}, ce que chaque personne a dit", ("Critère", *latest, "Pour parler")
    side = table(caption, heads, rows, cls="kpa-table kpa-grid", blocks=True)
    return joined(tag("h3", "Côte à côte"), pieces.sentences([said]), side, evolved)


def _evolution(session: BookletSession, grid: Grid) -> Html:
    told = items(
        tag("strong", name) + items(f"{day(on)} : {each.level}. {each.example}" for on, each in said)
        for name, said in booklet.evolution(session.booklet).get(grid.title, {}).items()
    )
    return tag("h3", "Ce que j'ai dit, et quand") + told if told else told
