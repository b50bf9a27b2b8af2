"""What kind of work hours are, when no column tells: what the label says, else what the group answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from kpa_model.files.book.cells import Cell, as_text, bare, chosen, read_number, same
from kpa_model.files.book.dictionaries import Dictionary
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.spread import people
from kpa_model.files.book.reading.spread.titled_units import no_time
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import count, listing

KINDS = (("prestation", "Prestation"), ("appui", "Appui"), ("commun", "Commun"), ("formation", "Formation"))
_MEANS = (
    "le travail vendu à un client",
    "ce qui aide ce travail : courses, devis, vaisselle",
    "pour tout le groupe : réunions, accueil",
    "apprendre, ou apprendre aux autres du groupe",
)
_DENIED = re.compile(r"\b(non|pas|hors|sans|not) [^\W\d_]+", re.IGNORECASE)
"""« Non facturable » is not billed: the word behind does not say its kind."""
OWN = ("commun", "formation")
"""Work that a group does for itself: a word alone does not make it of a line with a customer."""
EVERY = tuple(kind for kind, _ in KINDS)
_SHOWN = 8


def kind_said(texts: Sequence[str], choices: Mapping[str, tuple[str, ...]], grid: Grid) -> str:
    """Return the kind that a label says, by the group's own answers first: `genre.Réunion` → `commun`."""
    return _said(texts, choices, grid)[1]


def columns_of_kinds(block: Block, totals: Collection[int], hours: Dictionary) -> list[int]:
    """Return the columns of the time of one kind of work, « Réunion », and of what stands beside it, « Mission ».

    Whole numbers under a title of names, « Commande », may be those of orders, except below a person or a day.
    """
    timed = [at for at in range(len(block.titles)) if at not in totals and people.timed(block.column(at))]
    leads = {at: lead.kind for at in timed if (lead := column_of(block.titles[at], hours))}
    named = {at for at, kind in leads.items() if kind in ("nom", "texte")}
    timed = [at for at in timed if at not in named or at in block.under or some_parts(block.column(at))]
    choices = hours.column("genre").choices
    kinds = [at for at in timed if kind_said([block.titles[at]], choices, block.grid) and not no_time(block, at)]
    return [*kinds, *(at for at in timed if kinds and at in named and at not in kinds)]


def some_parts(cells: Sequence[Cell]) -> bool:
    """Tell whether some cells are more than whole numbers: durations, halves."""
    numbers = (read_or_none(read_number, each) for each in cells)
    return any(number is None or number.denominator > 1 for number in numbers)


def _said(
    texts: Sequence[str],
    choices: Mapping[str, tuple[str, ...]],
    grid: Grid,
    never: Collection[str] = (),
    services: Collection[str] = (),
) -> tuple[str, str]:
    """Return the word that says a kind, and this kind; no word when the group answered. None says what is `never`.

    A word that invoices sell, one of `services`, says nothing.
    """
    if own := next(filter(None, (grid.answers.get(f"genre.{bare(text)}") for text in texts if bare(text))), ""):
        return "", own
    for text in texts:
        for word in (text, *re.findall(r"[^\W\d_]+", _DENIED.sub("", text))):
            if (found := chosen(word, choices)) and found not in never and same(word) not in services:
                return word, found
    return "", ""


class Guesses:
    """Kinds of work that words of labels say: each is counted, and told, since a word may mean another thing."""

    def __init__(
        self, choices: Mapping[str, tuple[str, ...]], grid: Grid, services: Collection[str] = frozenset()
    ) -> None:
        """Keep the words of each kind, the group's answers, and what its invoices sell."""
        self._said = lru_cache(maxsize=None)(lambda texts, never: _said(texts, choices, grid, never, services))
        self.lines: Counter[tuple[str, str]] = Counter()

    def kind(self, texts: Sequence[str], never: tuple[str, ...] = ()) -> str:
        """Return the kind that the labels of one line say, or that the group answered; an empty text otherwise."""
        word, kind = self._said((*texts,), never)
        if word:
            self.lines[word.casefold(), kind] += 1
        return kind

    def told(self) -> str:
        """Return the words that said a kind, and on how many lines; an empty text when none did."""
        return told_of(self.lines)


def told_of(lines: Counter[tuple[str, str]]) -> str:
    """Return which words said which kind, and on how many lines; an empty text when none did."""
    told = [f"« {word} » : {kind} ({count(many, 'ligne')})" for (word, kind), many in lines.most_common(_SHOWN)]
    return f"Des mots l'ont dit : {', '.join(told)}{'…' if len(lines) > _SHOWN else '.'}" if told else ""


def plain(cell: Cell) -> str:
    """Return the kind of work that a cell says by its own name, one or many: « Prestations »; else an empty text.

    Another word may mean another thing: it is told.
    """
    said = bare(as_text(cell))
    return next((kind for kind in EVERY if said in (kind, f"{kind}s")), "")


INNER = pattern("kinds.inner", r"\b(WORDS)\b")
"""A project that is the life of the group, and no order of a customer."""
_OURS = re.compile(
    r"((du|de|des|d|la|le|les|l|au|aux|a|en|et|pour|chez|notre|nos|nous|perso|divers"
    r"|loca(l|ux)|bureaux?|ateliers?|hangar|depot|garage|stocks?|inventaire|coop\w*|groupe|equipe|collectif|collective"
    r"|interne|vie|compta\w*|admin\w*|paperasse|gestion|secretariat|facturation|devis|mails?|coordination|planning"
    r"|menage|nettoyage|rangement|entretien|materiel|courses|reunions?|ag|permanences?|accueil|formations?"
    r"|demarchage|prospection|communication|com|deplacements?|trajets?)( |$))+"
)
"""Words of places and of work of a group, none of which names somebody: « Atelier Mona » is a customer."""
MOST_WORDS = 12
"""Beyond so many words that nobody knows, they are remarks more than kinds of work: one answer holds for all."""


@lru_cache(maxsize=4096)
def of_ours(text: str) -> bool:
    """Tell whether a text only says a place or a work of the group, and names nobody.

    >>> [of_ours(each) for each in ("Local", "ménage du local", "Réunion", "Atelier Mona", "Mairie")]
    [True, True, True, False, False]
    """
    return bool(_OURS.fullmatch(re.sub(r"\W+", " ", same(text)).strip()))


def ask_kinds(silent: Mapping[str, int], default: str, grid: Grid, findings: Findings, unsold: bool = False) -> bool:
    """Ask the kind of each word that nobody knows, one for all when they are too many; else that of silent lines.

    Args:
        silent: a line for each word, or for an empty text.
        default: what was answered for all.
        grid: the table.
        findings: where the question goes.
        unsold: whether no customer pays for such lines, as others do.
    """
    words = [*{bare(label): label for label in silent if bare(label)}.values()]
    many = len(words) > MOST_WORDS
    if not silent or (many and default):
        return False
    inner = bool(words) and all(INNER.search(same(each)) for each in words)
    ask_kind(min(silent.values()), grid, findings, () if many else words, unsold or inner)
    return True


def ask_kind(line: int, grid: Grid, findings: Findings, words: Sequence[str] = (), inner: bool = False) -> None:
    """Ask what the hours that say nothing are, or each of the words that are not ours; show the first of them.

    The first answer for what a group does for itself is not a work that is sold.
    """
    asked = of_words(words) if words else _UNSAID
    if inner:
        asked = replace(asked, options=(*asked.options[2:3], *asked.options[:2], *asked.options[3:]),
                        means=(*asked.means[2:3], *asked.means[:2], *asked.means[3:]))  # fmt: skip
    findings.doubt(grid.place(line), asked)


_TODO = "Ajoutez une colonne « genre » : prestation, appui, commun ou formation."
_UNSAID = Doubt("genre", "De quel genre de travail sont ces heures, quand rien ne le dit ?", KINDS, _TODO, means=_MEANS)


def of_words(words: Sequence[str]) -> Doubt:
    """Return the one question about the kind of work of each of some words."""
    told = listing([f"« {each} »" for each in words], most=4)
    question = f"{told} : de quel genre de travail sont ces heures ?"
    return Doubt(_UNSAID.topic, question, KINDS, _TODO, means=_MEANS, words=tuple(words))
