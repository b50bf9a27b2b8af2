"""What a booklet keeps: a talent, an experience, an interview, a grid, a proof… Each has a name of its own, `id`.

Everything is JSON, with French names, so that whoever takes the file away can read it without this workbook.
"""

from __future__ import annotations

import secrets
from base64 import b64decode
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from kpa_model.assessment.pathway.stages import Meeting

FRENCH = {
    "title": "titre", "on": "le", "evidence": "preuve", "first": "debut", "last": "fin", "detail": "detail",
    "source": "source", "by": "par", "token": "jeton", "due": "avant_le", "done": "fait_le", "kind": "genre",
    "beside": "avec", "said": "reponses", "step": "prochain_pas", "step_on": "prochain_pas_le", "key": "cle",
    "answer": "reponse", "level": "niveau", "aside": "sans_niveau", "example": "exemple", "lines": "lignes",
    "data": "grille_remplie", "who": "pour", "items": "elements", "revoked": "arrete_le", "start": "debut",
    "end": "fin", "name": "nom", "entry": "entree", "group": "groupe", "talents": "talents", "goals": "buts",
    "experiences": "experiences", "trainings": "formations", "badges": "badges", "interviews": "entretiens",
    "grids": "grilles", "shares": "partages", "pauses": "pauses", "marks": "reperes_faits",
    "phone_key": "cle_telephone", "criterion": "critere", "titles": "titres", "sure": "confiance",
    "drafts": "brouillons", "contracts": "contrats", "months": "mois", "stopped": "arrete_avant", "feedback": "retours",
    "steps": "pas", "text": "texte", "codes": "codes", "proofs": "preuves", "mime": "type", "content": "contenu",
    "signed": "signe_le", "reply_key": "cle_retour",
}  # fmt: skip
CONFIG = ConfigDict(alias_generator=lambda name: FRENCH.get(name, name), populate_by_name=True, extra="forbid")


def new_id() -> str:
    """Return a random short name for an item."""
    return secrets.token_hex(6)


@dataclass(frozen=True, config=CONFIG)
class Talent:
    """Something the person can do, and how she knows it."""

    title: str
    evidence: str = ""
    on: date | None = None
    id: str = Field(default_factory=new_id)


@dataclass(frozen=True, config=CONFIG)
class Experience:
    """Something done: an order, an event. `detail` says the hours; `source` is `moi` or `carnet` (the order book)."""

    title: str
    first: date | None = None
    last: date | None = None
    detail: str = ""
    source: str = "moi"
    id: str = Field(default_factory=new_id)


@dataclass(frozen=True, config=CONFIG)
class Training:
    """Something learnt with somebody."""

    title: str
    by: str = ""
    on: date | None = None
    id: str = Field(default_factory=new_id)


@dataclass(frozen=True, config=CONFIG)
class Proof:
    """A photo or a certificate: what it shows, its type (`image/jpeg`, `application/pdf`), its bytes in base64."""

    title: Annotated[str, Field(max_length=120)]
    mime: Annotated[str, Field(pattern="^(image/jpeg|application/pdf)$")]
    content: Annotated[str, Field(max_length=4_000_000, pattern="^[A-Za-z0-9+/]*={0,2}$", repr=False)]
    on: date | None = None
    id: str = Field(default_factory=new_id)

    @property
    def bytes(self) -> bytes:
        """The file itself. Raises ValueError when it was changed by hand."""
        return b64decode(self.content, validate=True)


@dataclass(frozen=True, config=CONFIG)
class BadgeKept:
    """An open badge, as the group signed it (`token`, see `badges`)."""

    title: str
    by: str
    on: date
    token: str
    id: str = Field(default_factory=new_id)


@dataclass(frozen=True, config=CONFIG)
class Goal:
    """A next step, with its date, and the day it was done."""

    title: str
    due: date | None = None
    done: date | None = None
    id: str = Field(default_factory=new_id)


@dataclass(frozen=True, config=CONFIG)
class Said:
    """A question and its answer, both in words: the group may change its questions later."""

    key: str
    question: str
    answer: str


@dataclass(frozen=True, config=CONFIG)
class Interview:
    """An interview held. `beside` says alone, in pairs or with an adviser."""

    kind: Meeting
    on: date
    title: str
    said: tuple[Said, ...] = ()
    beside: str = "seul"
    step: str = ""
    step_on: date | None = None
    id: str = Field(default_factory=new_id)


@dataclass(frozen=True, config=CONFIG)
class AnswerLine:
    """One answer of a grid, in words. `aside` when it is not a level (not met, prefers not to answer).

    `codes` are those of the criterion on that day (see `grid.CODES`).
    """

    key: str
    criterion: str
    level: str
    aside: bool = False
    example: str = ""
    on: str = ""
    sure: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, config=CONFIG)
class GridKept:
    """A grid filled on one day, by the person (`by` empty) or by somebody she asked."""

    title: str
    on: date
    lines: tuple[AnswerLine, ...]
    by: str = ""
    data: Mapping[str, Any] = Field(default_factory=dict)
    id: str = Field(default_factory=new_id)


@dataclass(frozen=True, config=CONFIG)
class TimeOff:
    """Time off: from a day to the day of return, `None` while it lasts. The reason is nobody's business."""

    start: date
    end: date | None = None


@dataclass(frozen=True, config=CONFIG)
class Contract:
    """One contract signed, or one renewal of it; `stopped` when it ended before its day."""

    start: date
    months: Annotated[int, Field(ge=1, le=60)]
    stopped: date | None = None
    title: str = "CAPE"
    id: str = Field(default_factory=new_id)


@dataclass(frozen=True, config=CONFIG)
class Feedback:
    """What somebody wrote back, and signed (`by`, `on`); with `steps`, an action plan that the owner signs too."""

    by: Annotated[str, Field(max_length=120)]
    on: date
    text: Annotated[str, Field(max_length=4000)]
    steps: Annotated[tuple[str, ...], Field(max_length=10)] = ()
    signed: date | None = None
    title: str = "Retour"
    id: str = Field(default_factory=new_id)


@dataclass(frozen=True, config=CONFIG)
class SharedFile:
    """What was shared with whom, and since when it no longer is. `id` is the name of the shared file."""

    who: str
    on: date
    items: tuple[str, ...]
    titles: tuple[str, ...] = ()
    revoked: date | None = None
    id: str = Field(default_factory=new_id)
