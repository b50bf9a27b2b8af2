"""« Mes entretiens »: three questions, then one next step; fuller for the review and the take-off.

Alone, in pairs or with an adviser; on this screen, on a phone without network, or on paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import ipywidgets as widgets

from kpa_model.assessment import booklet
from kpa_model.assessment.kept import Goal, Interview, Said
from kpa_model.assessment.pathway.stages import NEXT_STEP, NEXT_STEP_ON, Guide, Meeting, interview_form
from kpa_model.declare.form import Form, Text
from kpa_model.declare.markup import Html, definitions, joined, tag
from kpa_model.errors import Problem
from kpa_model.story.booklet import phone as booklet_phone
from kpa_model.story.booklet import told as booklet_told
from kpa_model.story.booklet.paper import interview_paper
from kpa_model.ui import pieces
from kpa_model.ui.screens.booklet.by_phone import ByPhone
from kpa_model.ui.screens.booklet.door import PDF, NotYet
from kpa_model.ui.screens.booklet.session import BookletSession
from kpa_model.words import day

_PREFIX = "entretien:"
_CAME = "Les réponses du téléphone sont arrivées. Relisez-les, puis enregistrez."


def interviews(session: BookletSession) -> widgets.Widget:
    """Return the panel: what to prepare, the questions, other ways to answer, what was said before."""
    coming, past = pieces.html(), pieces.html()
    asked = InterviewQuestions(session)

    def show() -> None:
        event = session.line().next_interview
        when = booklet_told.in_days(event.due, session.today) if event else ""
        told = [f"À préparer : {event.title.lower()}, {when}."] if event else ["Aucun entretien n'est prévu."]
        coming.value = pieces.live(pieces.sentences(told))
        past.value = joined(_told(each) for each in booklet_told.sorted_by_day(session.booklet.interviews, "on"))

    session.follow(show)
    asked.phone.look()
    before = pieces.html(tag("h3", "Ce que j'ai dit avant"))
    return pieces.column(coming, asked.phone.box, asked.box, asked.elsewhere, before, past)


def _told(each: Any) -> Html:
    told = definitions((said.question, said.answer) for said in each.said if said.answer)
    step = tag("p", tag("strong", "Mon prochain pas :"), f" {each.step}") if each.step else None
    return tag("details", tag("summary", f"{each.title}, {day(each.on)}"), told, step)


class InterviewQuestions:
    """The questions of the chosen kind of interview."""

    def __init__(self, session: BookletSession) -> None:
        self._session = session
        coming = session.line().next_interview
        kinds = [(str(each.kind), each.title) for each in session.pathway.guides]
        begun = [kind for kind in session.begun(_PREFIX) if kind in dict(kinds)]
        first = str(coming.kind if coming else Meeting.INTERVIEW)
        self.kind = pieces.choice("Quel entretien", kinds, begun[0] if begun else first)
        self.beside = pieces.choice("Comment", booklet_told.BESIDE, "seul")
        self.on = widgets.DatePicker(description="Date de l'entretien", value=session.today)
        self.said, self._held = pieces.html(), pieces.column()
        keep = pieces.button("Enregistrer l'entretien", self._keep, "kpa-primary", self.said)
        self.box = pieces.column(pieces.row(self.kind, self.beside, self.on), self._held, keep, self.said)
        self._links = pieces.html()
        upload = widgets.FileUpload(accept=".json", multiple=False, description="Choisir le fichier du téléphone")
        self._upload = upload
        back = pieces.button("Reprendre mes réponses", self._bring, said=self.said)
        self.elsewhere = pieces.fold("Sans réseau : sur papier, ou par fichiers", self._links, upload, back)
        self.phone = ByPhone(session, self._page, self._came, _CAME)
        self.kind.observe(lambda _: self._draw(), "value")
        self._draw()
        session.follow(self._follow)

    @property
    def guide(self) -> Guide:
        """The questions chosen."""
        return self._session.pathway.guide(Meeting(self.kind.value))

    def _follow(self) -> None:
        """Follow the day; while nothing is typed, propose the interview that comes next."""
        self.on.value = self._session.today
        coming = self._session.line().next_interview
        if coming and not any(self.view.raw().values()):
            self.kind.value = str(coming.kind)

    def _draw(self) -> None:
        self._links.value = self._other_ways()  # before the questions: whoever sees these finds their own page
        self.view = self._session.written(f"{_PREFIX}{self.kind.value}", interview_form(self.guide))
        pieces.turn(self._held, self.view.box)

    def _other_ways(self) -> Html:
        paper = pieces.download("La feuille à remplir (PDF)", "entretien.pdf", interview_paper(self.guide), PDF)
        phone = pieces.download("La page pour mon téléphone", "entretien.html", self._page().encode(), "text/html")
        told = (
            "Envoyez cette page sur votre téléphone. Elle marche sans réseau. "
            "Elle vous rend un fichier, fermé pour votre seul livret. Rapportez-le ici."
        )
        return joined(tag("p", paper), tag("p", phone), tag("p", told))

    def _page(self, sends_to: str = "") -> str:
        """Return the questions chosen as a page for a phone, closed for this booklet."""
        key = booklet_phone.public_part(self._session.booklet.phone_key) if self._session.booklet.phone_key else None
        return booklet_phone.phone_page(interview_form(self.guide), str(self.guide.kind), key, sends_to)

    def _came(self, kind: str, raw: Mapping[str, str]) -> bool:
        """Put answers among the questions, and in the booklet; what was begun here stays."""
        if kind not in [str(each.kind) for each in self._session.pathway.guides]:
            return False
        self.kind.value = kind
        both = together(interview_form(self.guide), self.view.raw(), raw)
        self._session.keep_draft(f"{_PREFIX}{kind}", both)
        self.view.fill(both)
        return True

    def _bring(self) -> None:
        if not self._upload.value:
            raise NotYet(Problem("Téléphone", "rien n'a été choisi.", "Choisissez le fichier « .json » du téléphone."))
        content, self._upload.value = bytes(self._upload.value[0]["content"]), ()
        kind, raw = booklet_phone.read_answers(content, self._session.booklet.phone_key)
        if not self._came(kind, raw):
            raise NotYet(Problem("Téléphone", "cet entretien n'est plus dans le parcours.", "Recopiez vos réponses."))
        self.said.value = pieces.live(tag("p", "Vos réponses sont reprises. Relisez-les, puis enregistrez."))

    def _keep(self) -> None:
        answers, wrong = self.view.read()
        if wrong:
            return
        if not self.on.value or self.on.value > self._session.today:
            todo = "Choisissez le jour de l'entretien, aujourd'hui au plus tard."
            raise NotYet(Problem("Entretien", "la date manque, ou elle est à venir.", todo))
        if not any(answers.values()):
            raise NotYet(Problem("Entretien", "aucune réponse n'est écrite.", "Répondez à une question au moins."))
        self._session.change(
            with_interview(self._session.booklet, self.guide, answers, self.on.value, self.beside.value)
        )
        self.view.clear()
        self._follow()
        self.said.value = pieces.live(tag("p", "L'entretien est gardé dans votre livret.", cls="kpa-success"))


def together(form: Form, here: Mapping[str, str], came: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed here and what came: two different texts are both kept, one line after the other."""
    long = {each.name for each in form.fields if isinstance(each, Text) and each.lines > 1}
    found = {name: text for name, text in here.items() if text}
    for name, text in came.items():
        before = found.get(name, "")
        if text and text not in before:
            found[name] = f"{before}\n{text}" if before and name in long and before not in text else text
    return found


def with_interview(
    mine: booklet.Booklet, guide: Guide, answers: dict[str, Any], on: date, beside: str
) -> booklet.Booklet:
    """Return the booklet with one more interview, and its next step among the goals."""
    form = interview_form(guide)
    said = tuple(
        Said(each.name, each.label, each.show(answers[each.name]))
        for each in form.fields
        if each.name not in (NEXT_STEP, NEXT_STEP_ON) and answers.get(each.name)
    )
    step, due = answers.get(NEXT_STEP) or "", answers.get(NEXT_STEP_ON)
    step_on = date.fromisoformat(due) if due else None
    mine = booklet.added(mine, "interviews", Interview(guide.kind, on, guide.title, said, beside, step, step_on))
    return replace(mine, goals=(*mine.goals, Goal(step, step_on))) if step else mine
