"""Words drawn by chance: recovery words on paper, a passphrase to propose, a code to share, the name of a file.

The list has 256 plain French words, without accents, that differ by their first four letters: a word is worth 8 bits.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from kpa_model import places
from kpa_model.errors import KpaError, Problem, nearest

DRAWN = 11
"""Recovery words drawn: 88 bits. A twelfth checks them."""

PHRASE = 6
"""Words of a passphrase that the workbook proposes: 48 bits, each try slowed down by scrypt."""

CODE = 8
"""Words of the code of a share: 64 bits; it travels alone, and may be written down."""

_SHORT = 4


class WrongWords(KpaError):
    """The recovery words, as typed, cannot be those."""


@lru_cache(maxsize=1)
def known_words() -> tuple[str, ...]:
    """Return the 256 words, in order."""
    return tuple((places.data() / "livret" / "mots.txt").read_text(encoding="utf-8").split())


def draw(count: int) -> tuple[str, ...]:
    """Return words drawn by the system's own chance, each independent of the others."""
    return tuple(secrets.choice(known_words()) for _ in range(count))


def draw_recovery() -> tuple[str, ...]:
    """Return twelve words: eleven drawn, and one that checks them."""
    words = draw(DRAWN)
    return (*words, _check(words))


def _check(words: Sequence[str]) -> str:
    return known_words()[hashlib.sha256(" ".join(words).encode()).digest()[0]]


def read_recovery(text: str) -> str:
    """Return the secret for twelve words as somebody typed them: capitals, accents and word ends do not matter.

    Raises:
        WrongWords: a word is unknown, some are missing, or one was taken for another.
    """
    where = "Mots de secours"
    bare = unicodedata.normalize("NFKD", text.replace("-", " ").replace(",", " "))
    typed = "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold().split()
    short = {word[:_SHORT]: word for word in known_words()}
    unknown = [word for word in typed if word[:_SHORT] not in short]
    if unknown:
        todo = nearest(unknown[0], known_words()) or "Regardez ce mot sur votre feuille."
        raise WrongWords(Problem(where, f"le mot « {unknown[0][:20]} » n'est pas dans la liste.", todo))
    words = [short[word[:_SHORT]] for word in typed]
    if len(words) != DRAWN + 1:
        raise WrongWords(Problem(where, f"il y a {len(words)} mots.", f"Il en faut {DRAWN + 1}, dans l'ordre."))
    if _check(words[:-1]) != words[-1]:
        raise WrongWords(Problem(where, "un mot est faux, ou l'ordre a changé.", "Relisez votre feuille mot à mot."))
    return " ".join(words)
