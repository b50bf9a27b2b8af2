"""A suggestion is right or absent: one letter astray in a word, never another word, never another number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kpa_model.files.book.cells import same

_SHORTEST = 4


def closest(said: str, known: Iterable[str] | Mapping[str, str]) -> str:
    """Return the one known name that differs by a slip of the hand; an empty text when none does, or several do.

    Names that a mapping gives to one owner count as one.

    >>> closest("designaton", ["Désignation", "Date"]), closest("0012", ["0013"])
    ('Désignation', '')
    >>> closest("Montant TVA", ["Montant HT"])
    ''
    """
    near: dict[str, str] = {}
    owners = known if isinstance(known, Mapping) else {name: same(name) for name in known}
    for name, owner in owners.items():
        if _slip(said, name):
            near.setdefault(owner, name)
    return next(iter(near.values())) if len(near) == 1 else ""


def vouliez_vous(said: str, known: Iterable[str] | Mapping[str, str]) -> str:
    """Return « Vouliez-vous dire … ? », or an empty text."""
    found = closest(said, known)
    return f"Vouliez-vous dire « {found} » ?" if found else ""


def _slip(said: str, name: str) -> bool:
    ours, theirs = _words(said), _words(name)
    if re.findall(r"\d+", same(said)) != re.findall(r"\d+", same(name)):
        return False
    if len(ours) != len(theirs):
        return len("".join(ours)) > _SHORTEST and "".join(ours) == "".join(theirs)
    return bool(ours) and all(_one_slip(a, b) for a, b in zip(ours, theirs, strict=True))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d]+", same(text))


def _one_slip(a: str, b: str) -> bool:
    from rapidfuzz.distance import OSA  # late: a book without a slip does not need it

    if min(len(a), len(b)) < _SHORTEST:
        return a == b or (a[0] == b[0] and set(a) == set(b) and abs(len(a) - len(b)) == 1)  # HTT for HT
    most = 1 if max(len(a), len(b)) < 9 else 2
    return OSA.distance(a, b, score_cutoff=most) <= most


def turned(said: str, known: Mapping[str, str]) -> str:
    """Return who else a name may be, when only its family name is in capitals: it may come first, or last.

    Args:
        said: the name as written.
        known: the names by what their spellings share.

    >>> known = {"paul simon": "Paul Simon", "simon paul": "Simon Paul"}
    >>> turned("SIMON Paul", known), turned("Simon Paul", known), turned("SIMON PAUL", known)
    ('Paul Simon', '', '')
    """
    capitals = [len(word) > 1 and word.isupper() for word in said.split()]
    if not any(capitals) or all(capitals):
        return ""
    key = same(said)
    other = known.get(" ".join(reversed(key.split())), "")
    return other if other != known.get(key) else ""


@lru_cache(maxsize=65536)
def words(text: str) -> str:
    """Return a text without what banks change in a number: « 2025-31 » is told « 2025 31 » or « 2025/31 »."""
    return re.sub(r"[\W_]+", " ", same(text)).strip()
