"""What the facilitator changes during a workshop: the words of a question nobody has answered, one question more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kpa_model.decision.written_cases import HOW
from kpa_model.declare.form import Choice, Field, Form, Text
from kpa_model.declare.setting import settings_of
from kpa_model.declare.unit import Refused
from kpa_model.declare.worded import Lines, Words
from kpa_model.errors import KpaError, Problem
from kpa_model.server.base import Refusal
from kpa_model.server.pages import leading
from kpa_model.server.typing_in import Typing
from kpa_model.words import slug
from kpa_model.workshop import script_file
from kpa_model.workshop.activity import Activity, Addable, Room, known_activities
from kpa_model.workshop.event import Event
from kpa_model.workshop.script import Script, ScriptStep

MINUTES = 10


def addable() -> dict[str, Addable]:
    """Return what may be asked beside the script, by the name of its activity: each one says it of itself."""
    return {name: kind.added for name, kind in known_activities().items() if kind.added is not None}


def worded_fields(made: Activity, room: Room) -> tuple[Field, ...]:
    """Return a field for each setting made of words; one without which nothing is asked is needed."""
    found: list[Field] = []
    for attribute, setting in settings_of(made).items():
        if isinstance(setting, Words):
            needed = bool(reworded(made, {attribute: ""}, room)[1])
            how = (setting.help, 2_000, 6) if isinstance(setting, Lines) else ("", setting.longest, 3)
            help_text, longest, lines = how
            found.append(Text(attribute, setting.label, help_text, needed=needed, longest=longest, lines=lines))
    return tuple(found)


def reworded(made: Activity, answers: Mapping[str, Any], room: Room) -> tuple[Activity, dict[str, Refused]]:
    """Return the same activity with other words, and which words cannot be taken."""
    new, wrong = dict[str, Any](), dict[str, Refused]()
    for attribute, setting in settings_of(made).items():
        if attribute in answers and isinstance(setting, Words):
            text = str(answers[attribute] or "")
            try:
                new[attribute] = setting.read(text.splitlines() if isinstance(setting, Lines) else text)
            except Refused as refused:
                wrong[attribute] = refused
    changed = replace(made, **new)
    try:
        changed.form(changed.rounds()[0].key, room, "")
    except KpaError as error:  # words that name something unknown: a form of now, not of when people answer
        wrong.setdefault(next(iter(new), ""), Refused(error.problems[0].what, error.problems[0].todo))
    return changed, wrong


def added(script: Script, after: str, title: str, kind: str, words: str) -> Script:
    """Return the script with one question more after a step. Raises Refused."""
    what = addable()[kind]
    made, wrong = reworded(known_activities()[kind](**what.more), {what.words: words}, Room())
    for refused in wrong.values():
        raise refused
    known = {step.key for step in script.steps}
    base = slug(title)[:30].strip("_") or "question"
    key = next(name for at in range(1, 100) if (name := base if at == 1 else f"{base}_{at}") not in known)
    at = next((rank for rank, step in enumerate(script.steps, 1) if step.key == after), 0)
    step = ScriptStep(key if key[0].isalpha() else f"q_{key}", title, MINUTES, activity=made)
    return replace(script, steps=(*script.steps[:at], step, *script.steps[at:]))


class Asking(Typing):
    """Base of the pages that change what is asked."""

    def show(self, form: Form, where: str, typed: dict[str, str], wrong: dict[str, Refused]) -> None:
        """Show a form."""
        body = leading.asking(self.token(), form, where, typed, wrong)
        self.page(form.title, body, status=422 if wrong else 200)

    async def keep(self, script: Script) -> None:
        """Write the new script in the log."""
        await self.workshop.add(Event("script", payload={"script": script_file.dumps(script)}))
        self.go("/animation")


class Reword(Asking):
    """Change the words of the question under way, as long as nobody has answered it."""

    def _step(self) -> tuple[ScriptStep, Activity]:
        step = self.workshop.step
        if step is None or step.activity is None or not worded_fields(step.activity, self.workshop.room(step.key)):
            raise Refusal(409, Problem("Question", "il n'y a pas de mots à changer ici.", "Revenez à la salle."))
        if any(asked.answers for (key, _), asked in self.workshop.live.asked.items() if key == step.key):
            todo = "Ajoutez plutôt une question : les réponses données gardent leur sens."
            raise Refusal(409, Problem("Question", "des personnes ont déjà répondu.", todo))
        return step, step.activity

    def get(self) -> None:
        """Show the words of now."""
        step, made = self._step()
        form = self._form(step, made)
        now = {each.name: getattr(made, each.name) for each in form.fields}
        typed = {name: "\n".join(value) if isinstance(value, tuple) else value for name, value in now.items()}
        self.show(form, "/animation/question", typed, {})

    def _form(self, step: ScriptStep, made: Activity) -> Form:
        fields = worded_fields(made, self.workshop.room(step.key))
        return Form(fields, title="Changer la question", send="Garder ces mots")

    async def post(self) -> None:
        """Keep the new words."""
        step, made = self._step()
        form = self._form(step, made)
        typed = self.inputs(form)
        answer, wrong = form.read(typed)
        new, unclear = reworded(made, answer, self.workshop.room(step.key))
        if wrong := unclear | wrong:
            self.show(form, "/animation/question", typed, wrong)
            return
        script = self.workshop.script
        steps = tuple(replace(each, activity=new) if each.key == step.key else each for each in script.steps)
        await self.keep(replace(script, steps=steps))


class AddQuestion(Asking):
    """Add a question after the step under way."""

    @property
    def asked_form(self) -> Form:
        """Return what is asked to add a question."""
        kinds = Choice("genre", "Que demandons-nous ?", options={name: each.asks for name, each in addable().items()})
        what = "La question, les affirmations, les choix ou le cas"
        words = Text("mots", what, f"Pour un cas. {HOW}", longest=2_000, lines=5)
        fields = (kinds, Text("titre", "Son titre", longest=80), words)
        return Form(fields, title="Ajouter une question", send="Ajouter après cette étape")

    def get(self) -> None:
        """Show the form."""
        self.show(self.asked_form, "/animation/ajouter", {}, {})

    async def post(self) -> None:
        """Add it."""
        typed = self.inputs(self.asked_form)
        answer, wrong = self.asked_form.read(typed)
        if not wrong:
            try:
                here = self.workshop.live.step
                script = added(self.workshop.script, here, answer["titre"], answer["genre"], answer["mots"])
            except Refused as refused:
                wrong["mots"] = refused
        if wrong:
            self.show(self.asked_form, "/animation/ajouter", typed, wrong)
            return
        await self.keep(script)
