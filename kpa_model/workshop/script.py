"""The script of a live workshop: steps in order, each with its minutes, what the facilitator says, and an activity."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from kpa_model.declare.entry import Entries, entry, named, part
from kpa_model.declare.family import OneKind
from kpa_model.declare.part import Notes, Text, Texts
from kpa_model.declare.setting import NumberSetting, YesNo
from kpa_model.declare.unit import MINUTES, quoted
from kpa_model.words import slug
from kpa_model.workshop.activity import Activity, known_activities

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST_STEP, MOST_STEPS = 240, 40


class _Activity(OneKind):
    """What each person answers."""

    def take(self, value: Any, notes: Notes) -> Any:
        if isinstance(value, list) or (isinstance(value, dict) and len(value) != 1):
            todo = "Écrivez une seule activité, par exemple « activite: estimation »."
            notes.at(f"« {self.name} »").add("elle n'est pas comprise.", todo)
            return None
        return super().take(value, notes)


class _IfYes(YesNo):
    """A yes that is written, a no that is not."""

    def write(self, inner: bool) -> str:
        return "oui" if inner else ""


@entry
class ScriptStep:
    """One time of the workshop.

    Args:
        key: short name, unique in the script; the log of the workshop names the step by it.
        title: what the screens show.
        minutes: how long it is meant to last.
        say: what the facilitator may read aloud; lines are separate paragraphs.
        activity: what each person answers, or nothing when the group only talks or looks.
        without_computer: how to do the same on paper or with the body.
        material: what to put on the tables.
        posters: texts to hang on the wall, one page each in the printed guide.
        notebook: page of the workbook to project, for example `06_comparer`, or nothing.
        optional: the group may skip it; its minutes come on top of the others.
    """

    WHOSE = "d'une étape"

    key: str = part(Text("cle"), missing=False)
    title: str = part(
        Text("titre", lines=True), missing=("il manque son titre.", "Ajoutez par exemple « titre: Bienvenue ».")
    )
    minutes: int = part(
        NumberSetting("minutes", "", 10, MINUTES, 1, LONGEST_STEP),
        missing=("il manque sa durée.", "Ajoutez par exemple « minutes: 10 »."),
    )
    optional: bool = part(_IfYes("facultative", "", False), default=False, kw_only=True)
    say: str = part(Text("dire", lines=True), default="")
    activity: Activity | None = part(
        _Activity("activite", known_activities, "activité", "Activités connues"), default=None
    )
    notebook: str = part(Text("carnet", lines=True), default="", kw_only=True)
    without_computer: str = part(Text("sans_ordinateur", lines=True), default="")
    material: tuple[str, ...] = part(Texts("materiel"), default=())
    posters: tuple[str, ...] = part(Texts("affiches"), default=())

    def settled(self, notes: Notes) -> ScriptStep:
        """Give a key to a step whose file gives none."""
        key = self.key or slug(self.title)[:40].strip("_")
        if self.key and not _KEY.fullmatch(self.key):
            todo = f"Écrivez par exemple « {slug(self.key)[:40]} »."
            notes.at("« cle »").add("seuls a-z, 0-9 et _ y servent.", todo)
        return replace(self, key=key if _KEY.fullmatch(key) else f"etape_{key}"[:40])


_STEPS_MISSING = (
    "il manque les étapes.", "Ajoutez « etapes: » puis une ligne « - titre: Bienvenue » et « minutes: 10 ».",
)  # fmt: skip
_NOT_A_STEP = ("elle n'a ni titre ni minutes.", "Écrivez « - titre: Bienvenue », puis « minutes: 10 » en dessous.")


@entry
class Script:
    """A whole workshop. `minutes` is what its steps last together, the optional ones left out."""

    WHOSE = "d'un déroulé"

    title: str = part(Text("titre", lines=True), missing=named("Notre atelier"))
    sentence: str = part(Text("phrase", lines=True), default="")
    steps: tuple[ScriptStep, ...] = part(
        Entries(
            "etapes", ScriptStep, "étape", most=MOST_STEPS, called="titre", shapeless=(_STEPS_MISSING, _NOT_A_STEP)
        ),
        default=(), missing=_STEPS_MISSING,
    )  # fmt: skip

    def settled(self, notes: Notes) -> Script:
        """Note a key that serves twice."""
        seen = set[str]()
        for at, each in enumerate(self.steps, start=1):
            if each.key in seen:
                todo = "Changez son titre, ou ajoutez « cle: autre_nom »."
                notes.at(f"étape {at}").add(f"le nom {quoted(each.key)} sert déjà.", todo)
            seen.add(each.key)
        return self

    @property
    def minutes(self) -> int:
        """Return how long the workshop lasts without its optional steps."""
        return sum(step.minutes for step in self.steps if not step.optional)

    def step(self, key: str) -> ScriptStep:
        """Return the step of that key. Raises KeyError."""
        return {each.key: each for each in self.steps}[key]

    def starts(self, skipped: Iterable[str] = ()) -> dict[str, int]:
        """Return step → the minute at which it starts, steps skipped left out."""
        left_out, now, found = set(skipped), 0, {}
        for each in self.steps:
            if each.key not in left_out:
                found[each.key] = now
                now += each.minutes
        return found
