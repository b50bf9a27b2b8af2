"""What a group is asked to agree to, and what it answered: one source for the phones, the screen and the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from kpa_model.words import count, day


@dataclass(frozen=True)
class Proposal:
    """A rule, its changed settings, its words: what is read to the group before it answers.

    Args:
        words: what the group says, when it says more or else than the rule of the workbook.
        rule: key of the rule of the workbook it starts from, nothing when it is about something else.
        title: title of that rule.
        settings: what was typed for the settings that change, field → text.
        changes: the same in sentences.
        sentences: the rule with its changes, as it is read aloud.
        text, fingerprint: the file of that changed rule.
        differs: the words decide, and the rule of the workbook does not say the same yet.
        trial_ends: last day of the trial, ISO; nothing when the group says no end.
    """

    words: str = ""
    rule: str = ""
    title: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    text: str = ""
    fingerprint: str = ""
    differs: bool = False
    trial_ends: str = ""

    @property
    def trial_said(self) -> str:
        """The end of the trial in a sentence, nothing without one."""
        return f"Nous l'essayons jusqu'au {day(date.fromisoformat(self.trial_ends))}." if self.trial_ends else ""

    def told(self) -> str:
        """Return what is read to the group: its words, else the sentences of the rule; then the end of the trial."""
        said = self.words or " ".join(self.sentences)
        return f"{said} {self.trial_said}".strip() if said else ""

    def as_data(self) -> dict[str, Any]:
        """Return JSON values."""
        return {**asdict(self), "changes": list(self.changes), "sentences": list(self.sentences)}


_TEXTS = ("words", "rule", "title", "text", "fingerprint", "trial_ends")


def from_data(data: Mapping[str, Any]) -> Proposal | None:
    """Return the proposal that `as_data` wrote, None when nothing is proposed there."""
    try:
        made = Proposal(
            **{name: str(data.get(name) or "") for name in _TEXTS},
            settings={str(name): str(value) for name, value in (data.get("settings") or {}).items()},
            changes=tuple(str(each) for each in data.get("changes") or ()),
            sentences=tuple(str(each) for each in data.get("sentences") or ()),
            differs=bool(data.get("differs")),
        )
    except (AttributeError, TypeError):
        return None
    return made if made.told() else None


CONSENT, OBJECTIONS, SILENCE, CHANGED, NOT_ASKED, UNKNOWN = (
    "consentement", "objections", "silence", "texte_change", "pas_demande", "",
)  # fmt: skip
SMALLEST = 5
"""Under so many people, no count of who said what."""


@dataclass(frozen=True)
class Obtained:
    """What a group obtained on its last text.

    Args:
        how: one of the words above; `UNKNOWN` for a record that did not say.
        people: how many were there.
        silent: how many did not answer.
        left: objections that stay.
        concerns: how many consent with a reservation.
    """

    how: str = UNKNOWN
    people: int = 0
    silent: int = 0
    left: int = 0
    concerns: int = 0

    @property
    def agreed(self) -> bool:
        """Whether consent was obtained."""
        return self.how == CONSENT

    def says(self) -> tuple[str, ...]:
        """Return it in sentences, the answer first."""
        counted = self.people >= SMALLEST
        match self.how:
            case "consentement":
                said = f"Consentement obtenu{f' de {self.people} personnes' if counted else ''}."
                concerns = f"{count(self.concerns, 'réserve')} {'est dite' if self.concerns == 1 else 'sont dites'}."
                return (said, concerns) if self.concerns and counted else (said,)
            case "objections":
                many = f"{count(self.left, 'objection')} {'reste' if self.left == 1 else 'restent'}"
                return (f"Consentement non obtenu : {many if self.left else 'des objections restent'}.",)
            case "silence":
                many = f"{count(self.silent, 'personne')} {'n’a' if self.silent == 1 else 'n’ont'}"
                told = f"{many} pas répondu" if counted and self.silent else "tout le monde n'a pas répondu"
                return (f"Consentement non obtenu : {told}.",)
            case "texte_change":
                return ("Consentement non obtenu : le texte a changé, et la question n'a pas été reposée.",)
            case "pas_demande":
                return ("Le consentement n'a pas été demandé.",)
            case _:
                return ()


@dataclass(frozen=True)
class TreatedObjection:
    """One objection as it was written, what the group did of it, and whether it was lifted."""

    text: str
    answer: str = ""
    lifted: bool = False
