"""Papers of the real months: what they are made of, and the press."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kpa_model.cooperative.book import Cooperative
from kpa_model.errors import Problem
from kpa_model.ledger.state import LedgerState
from kpa_model.story.months.register import NamedLedger
from kpa_model.story.months.who import Who
from kpa_model.story.paper.content import few
from kpa_model.story.paper.documents import Drawn
from kpa_model.story.paper.names import letters, too_small
from kpa_model.story.paper.parts import NET_IS_SMALLER
from kpa_model.story.paper.press import CannotPrint, Verbatim, press
from kpa_model.story.provenance import package_version

SHORT = 12
LINES, LETTERS = 20, 60
"""A table of so few printed lines stays on one page; letters of a printed line."""


@dataclass(frozen=True)
class PaperPart:
    """One part of a paper: sentences, then a table whose `strong` rows are sums.

    `words` columns hold texts. A long list of few columns is cut into as many tables as `beside` says, side by side.
    """

    title: str
    sentences: Sequence[str] = ()
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    strong: Sequence[int] = ()
    words: int = 1
    sum: str = ""
    beside: int = 1

    def content(self) -> dict[str, Any]:
        """Return the part as the template takes it."""
        return {
            "titre": self.title,
            "phrases": list(self.sentences),
            "titres": list(self.heads),
            "lignes": [list(row) for row in self.rows],
            "forts": list(self.strong),
            "mots": self.words,
            "somme": self.sum,
            "cote": self.beside,
            "entier": sum(1 + len(row[0]) // LETTERS for row in self.rows) / self.beside <= LINES,
        }


@dataclass(frozen=True)
class MonthPaper:
    """A paper: what it is, of whom, when, its parts, those `after` what is to sign; `drawn` is a picture lent.

    `notes` are what the reader noticed of the book.
    """

    kind: str
    title: str
    when: str
    parts: Sequence[PaperPart]
    sentences: Sequence[str] = ()
    amount: str = ""
    to_sign: str = ""
    after: Sequence[PaperPart] = ()
    wide: bool = False
    drawn: Drawn | None = None
    origin: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()


def printed(seen: NamedLedger, about: Cooperative, paper: MonthPaper) -> bytes:
    """Return the accessible PDF of a paper."""
    origin = {
        **paper.origin,
        "Registre": f"{len(seen.kept.entries)} écritures, empreinte {seen.kept.mark[:SHORT]}",
        "Version": f"kpa_model {package_version()}",
    }
    content = {
        "titre": paper.title,
        "surtitre": paper.kind,
        "cooperative": about.name,
        "fictive": about.fictional,
        "periode": paper.when,
        "montant": paper.amount,
        "phrases": list(paper.sentences),
        "attention": NET_IS_SMALLER,
        "parties": [each.content() for each in paper.parts],
        "dessins": [paper.drawn.text] if paper.drawn else [],
        "signer": paper.to_sign,
        "ensuite": [each.content() for each in paper.after],
        "paysage": paper.wide,
        "a_savoir": few(paper.notes),
        "origine": [[label, Verbatim(value)] for label, value in origin.items()],
        "pied": Verbatim(f"Registre {seen.kept.mark[:SHORT]} · mois réels"),
    }
    return press("mois", content, [paper.drawn.svg] if paper.drawn else [])


def nameless(seen: NamedLedger, amounts: Mapping[str, int], *, lines: bool = True) -> NamedLedger:
    """Return the same ledger where people are letters, from the largest amount down.

    Args:
        seen: the ledger.
        amounts: code → cents, of the people that the paper shows.
        lines: whether the paper has a line for each person.

    Raises:
        CannotPrint: in a group so small that a line tells who it is.
    """
    if lines and too_small(len([cents for cents in amounts.values() if cents])):
        todo = "Imprimez avec les prénoms, et donnez le papier seulement à qui de droit."
        raise CannotPrint(Problem("Papier sans prénom", "le groupe est trop petit : on reconnaîtrait chacun.", todo))
    codes = [*amounts, *(code for code in seen.who.names if code not in amounts)]
    known = letters(codes, [amounts.get(code, 0) for code in codes], seen.kept.mark)
    return replace(seen, who=Who(known))


def year_of(state: LedgerState, year: int) -> list[str]:
    """Return the labels of the adopted months of a year, in order."""
    return [each.label for each in state.closed if each.label.startswith(f"{year:04d}-")]


def years(state: LedgerState) -> list[int]:
    """Return the years that have an adopted month, the last one first."""
    return sorted({int(each.label[:4]) for each in state.closed}, reverse=True)
