"""Two versions of one booklet become one, item by item: nobody's work takes the place of another's.

Values are those of JSON. An item is known by its `id`; a version before both, if any, tells what each changed.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from typing import Any

_NOTHING = object()
_WORDS = 20
"""From so many letters on, two texts for one place are both kept, one after the other."""


def merged(before: Any, mine: Any, theirs: Any) -> Any:
    """Return one version out of two.

    Args:
        before: what both come from; None when nothing is known of it: then everything of both is kept.
        mine: the version one has in hand, first where both changed the same short value.
        theirs: the other one.

    >>> merged({"a": 1}, {"a": 1, "b": 2}, {"a": 3})
    {'a': 3, 'b': 2}
    """
    if mine == theirs or theirs == before:
        return mine
    if mine == before:
        return theirs
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return _keyed(before if isinstance(before, dict) else {}, mine, theirs)
    if isinstance(mine, list) and isinstance(theirs, list):
        return _listed(before if isinstance(before, list) else [], mine, theirs)
    return _both(mine, theirs)


def _keyed(before: dict, mine: dict, theirs: dict) -> dict:
    found = {}
    for key in [*mine, *(key for key in theirs if key not in mine)]:
        one, other, old = (each.get(key, _NOTHING) for each in (mine, theirs, before))
        value = _kept(old, one, other, merged)
        if value is not _NOTHING:
            found[key] = value
    return found


def _kept(old: Any, one: Any, other: Any, both: Callable[[Any, Any, Any], Any]) -> Any:
    """Return what stays of one value; taken away by one and changed by the other, it stays."""
    if one is _NOTHING:
        return _NOTHING if other == old else other
    if other is _NOTHING:
        return _NOTHING if one == old else one
    return both(None if old is _NOTHING else old, one, other)


def _listed(before: list, mine: list, theirs: list) -> list:
    """Return the items of both, in the order of mine; two changes of one item give two items."""
    old, ours, others = ({_name(each): each for each in rows} for rows in (before, mine, theirs))
    found: list = []
    for name in [*ours, *(name for name in others if name not in ours)]:
        value = _kept(old.get(name, _NOTHING), ours.get(name, _NOTHING), others.get(name, _NOTHING), _one_of)
        found += value if isinstance(value, _Twins) else [] if value is _NOTHING else [value]
    return found


class _Twins(list):
    """Two items in the place of one."""


def _one_of(old: Any, one: Any, other: Any) -> Any:
    if one == other or other == old:
        return one
    return other if one == old else _Twins([one, {**other, "id": secrets.token_hex(6)}])


def _name(item: Any) -> str:
    return str(item["id"]) if isinstance(item, dict) and "id" in item else json.dumps(item, sort_keys=True)


def _both(mine: Any, theirs: Any) -> Any:
    """Return both texts when they are sentences, else mine."""
    long = isinstance(mine, str) and isinstance(theirs, str) and max(len(mine), len(theirs)) >= _WORDS
    if not long or theirs in mine:
        return mine
    return theirs if mine in theirs else f"{mine}\n{theirs}"
