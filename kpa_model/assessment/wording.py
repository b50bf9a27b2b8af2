"""How hard a grid is to read: words, sentences, negations, and a measure of ease made for French.

Ease: L. Kandel and A. Moles, *Application de l'indice de Flesch à la langue française*, Cahiers d'études de
radio-télévision 19 (1958): 207 − 1.015 × words per sentence − 73.6 × syllables per word. Near 100 and above is easy,
under 50 is hard. Short sentences without negation: Inclusion Europe, *L'information pour tous* (2009).
Syllables are counted by a rule, as when reading aloud: off by one now and then, never by much on a whole grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kpa_model.assessment.grid import Grid

LONG_SENTENCE = 12
"""Words; from the next one on, a sentence is worth cutting."""

LONG_WORD = 4
"""Syllables; a word with as many is worth replacing, when a shorter one says the same."""

EASY, MEDIUM = 80.0, 60.0
"""Ease from which a text is said to be easy, then of middling ease."""

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_SENTENCE = re.compile(r"[.!?…]+(?:\s|$)")
_VOWELS = re.compile(r"[aàâäeéèêëiîïoôöuùûüyœæ]+")
_SILENT = re.compile(r"(?<=[^aàâäeéèêëiîïoôöuùûüœæ])(?:es?|(?<![gm])ent)$")
_NEGATION = re.compile(r"\bne\s|\bn['’]", re.I)
_HIATUS = re.compile(r"(?<=[éaoui])(?=é|ï|ë)|(?<=^co)(?=o)|(?<=é)(?=[aou])|(?<=[bcdfgptv][lr]i)(?=[aeéèo])")


@dataclass(frozen=True)
class GridText:
    """One text of a grid and where it stands, in French; `area` is the criterion's name."""

    where: str
    text: str


@dataclass(frozen=True)
class Wording:
    """The ease of several texts together, and what to look at again."""

    words: int
    sentences: int
    syllables: int
    long_sentences: tuple[GridText, ...]
    long_words: tuple[GridText, ...]
    negations: tuple[GridText, ...]

    @property
    def ease(self) -> float:
        """The measure of Kandel and Moles."""
        sentences, words = max(self.sentences, 1), max(self.words, 1)
        return 207 - 1.015 * self.words / sentences - 73.6 * self.syllables / words

    @property
    def said(self) -> str:
        """The measure in words: `facile`, `moyen` or `difficile`."""
        return "facile" if self.ease >= EASY else "moyen" if self.ease >= MEDIUM else "difficile"


def words(text: str) -> list[str]:
    """Return the words of a text; `l'argent` holds two."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [each.strip() for each in _SENTENCE.split(text) if each.strip()]


def syllables(word: str) -> int:
    """Return how many syllables a word has when it is read aloud, a final silent `e` left out; at least 1."""
    bare = re.sub(r"(?<=q)u|(?<=g)u(?=[eéèêiî])", "", word.lower())
    bare = _HIATUS.sub("-", _SILENT.sub("", bare))
    return max(1, len(_VOWELS.findall(bare)))


def texts_of(grid: Grid) -> Iterator[GridText]:
    """Yield everything a person reads to fill a grid."""
    for level in grid.levels:
        yield GridText(f"Niveau « {level.name} »", f"{level.name}. {level.meaning}")
    for each in grid.criteria:
        yield GridText(f"« {each.name} »", f"{each.name}.")
        for level, descriptor in zip(grid.levels, each.descriptors, strict=True):
            yield GridText(f"« {each.name} », {level.name}", descriptor)
        if each.example:
            yield GridText(f"« {each.name} », exemple", each.example)


def wording(grid: Grid, key: str | None = None) -> Wording:
    """Return the ease of a whole grid, or of one criterion."""
    name = None if key is None else grid.criterion(key).name
    return ease_of([each for each in texts_of(grid) if name is None or each.where.startswith(f"« {name} »")])


def ease_of(texts: list[GridText]) -> Wording:
    """Return the ease of several texts together."""
    lines = [(each.where, line) for each in texts for line in sentences(each.text)]
    said = [(where, word) for where, line in lines for word in words(line)]
    return Wording(
        words=len(said),
        sentences=len(lines),
        syllables=sum(syllables(word) for _, word in said),
        long_sentences=tuple(GridText(where, line) for where, line in lines if len(line.split()) > LONG_SENTENCE),
        long_words=tuple(GridText(where, word) for where, word in said if syllables(word) >= LONG_WORD),
        negations=tuple(GridText(where, line) for where, line in lines if _NEGATION.search(line)),
    )
