"""A name with what its person did, or where, joined to it: « Awa (vélo) », « Awa - compta », « Awa-Halle »."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping

from kpa_model.files.book.cells import same

_BY = r"(?P<by> [-–] | ?[/:@] ?| (?:chez|pour|à|au|aux|sur) |(?<=\w)[-_](?=[^\W\d]))"
_JOINED = re.compile(
    r"(?!\S+@\S+\.\w+$)(?P<head>[^\W\d][^()\[\]/:@]+?)"
    rf"(?: ?[(\[](?P<within>[^()\[\]]{{2,}})[)\]]|{_BY}(?P<rest>[^()\[\]/:]{{2,}}))"
)
_TIGHT = ("-", "_")
"""What may stand inside one name, « Marie-Claude »."""


def joined(met: Collection[str], people: Collection[str], customers: Collection[str]) -> Mapping[str, str]:
    """Return the names that may be one of the group and another word, with that one: it is asked.

    The name stands alone elsewhere, or comes with several words. A hyphen alone needs a customer, or a word that
    comes with several names, beside one of them: « Marie-Claude » is not Marie.

    Args:
        met: who is named.
        people: who is in the list of people.
        customers: the names of customers.

    >>> joined(["Awa (vélo)", "Awa (compta)", "Bo (R.)", "Marie-Claude", "Marie"], [], [])
    {'Awa (vélo)': 'Awa', 'Awa (compta)': 'Awa'}
    >>> joined(["Lou-Halle", "Lou-Bar", "Max-Halle", "Lou-Max", "Lou", "Max"], [], ["Bar"])
    {'Lou-Halle': 'Lou', 'Lou-Bar': 'Lou', 'Max-Halle': 'Max'}
    """
    alone, sold = {same(each) for each in (*met, *people)}, {same(each) for each in customers}
    parts = {who: found for who in met if (found := _JOINED.fullmatch(who))}
    parts = {who: found for who, found in parts.items() if found["by"] not in _TIGHT or " " not in found["head"]}
    words, heads = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for found in parts.values():
        words[same(found["head"])].add(_word(found))
        heads[_word(found)].add(same(found["head"]))
    placed = {same(each["head"]) for each in parts.values() if _word(each) in sold or len(heads[_word(each)]) > 1}
    named = {head for head in words if head in alone or len(words[head]) > 1} | placed
    named |= {same(each["head"]) for each in parts.values() if each["by"] in (" chez ", " pour ")}
    return {
        who: found["head"].strip()
        for who, found in parts.items()
        if same(found["head"]) in (placed if found["by"] in _TIGHT else named)
        and _word(found) not in alone
        and len(_word(found).strip(".")) > 1
    }


def _word(found: re.Match[str]) -> str:
    return same(found["within"] or found["rest"])
