"""An audit on one sheet, to stand beside the ballot: what one needs to vote on the front, the detail on the back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kpa_model.audit.audit import Audit
from kpa_model.cooperative.book import OrderBook
from kpa_model.decision.activities.weaknesses import ANSWERS
from kpa_model.declare.page import Heading, Page, Sentence, as_data
from kpa_model.story.audit import told
from kpa_model.story.paper import content
from kpa_model.story.paper.press import Verbatim, press
from kpa_model.story.paper.unnamed_notes import notes_without_names
from kpa_model.story.provenance import provenance

SIDES = 2
SHORTENED = Sentence("La page « Éprouver » du cahier montre le reste.", tone="help")


def audit_paper(book: OrderBook, found: Audit, notes: Sequence[str] = ()) -> bytes:
    """Return the sheet. No name of a person is in it, nor in `notes`: what the reader noticed of the book.

    Letters never get smaller: when two sides are not enough, the end of the back is left to the screen.
    """
    months = f"{told.month_told(found.months[0])} à {told.month_told(found.months[-1])}"
    told_apart = notes_without_names(notes, {}, book)
    heading = content.heading(book, found.rule, months, _origin(book, found), notes=told_apart)
    filled = {**heading, "pied": _foot(heading), "etapes": found.rule.read_aloud(), "avis": list(ANSWERS.values())}
    for back in _backs(found):
        made = press("audit", {**filled, "recto": as_data(_front(found)), "verso": as_data(back)})
        if pages_of(made) <= SIDES:
            break
    return made


def _front(found: Audit) -> Page:
    """Return what one needs to vote: what the rule gives, what it does not hold, who can play it."""
    first = Sentence(told.first(found), tone="big")
    laws: Page = (Heading("Ce que nous avons trouvé"), first, *told.failing_laws(found))
    plays: Page = tuple(told.plays(found))
    heading: Page = (Heading(told.WHO_PLAYS),) if plays else ()
    return (*told.given_page(found), *laws, *heading, *plays)


def _backs(found: Audit) -> Iterator[Page]:
    """Yield the back, whole, then with ever less."""
    laws = [Sentence(verdict.law.title, tone="big") for verdict in told.broken(found)]
    examples = [each for both in zip(laws, told.smallest_examples(found), strict=True) for each in both]
    parts: list[Page] = [
        (Heading("Les exemples contraires"), *examples) if examples else (),
        (Heading("Ce que nous avons essayé"), *told.held_laws(found)),
        (Heading("Ce que rapporte chaque geste"), *told.plays_by_position(found), *told.vain_plays(found)),
        told.margin_page(found),
    ]
    yield tuple(each for part in parts for each in part)
    for kept in range(len(parts) - 1, 0, -1):
        yield (*(each for part in parts[:kept] for each in part), SHORTENED)


def _origin(book: OrderBook, found: Audit) -> dict[str, str]:
    drawn = f"mois tirés au sort avec la graine {found.seed} ; le reste est exact"
    return {**provenance(book, found.rule), "Tirage au sort": drawn}


def _foot(heading: dict[str, Any]) -> Verbatim:
    return Verbatim(str(heading["pied"]).removesuffix(" · aucun tirage au sort"))


def pages_of(made: bytes) -> int:
    """Return how many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", made))
