"""One person written in two ways, other words or dots, « DIOP Awa », a slip of the hand: asked once, or told."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

from kpa_model.files.book.building import names_in
from kpa_model.files.book.cells import same
from kpa_model.files.book.closest import closest
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.tables import Row
from kpa_model.words import count, listing

_LEAST = 4
"""Names of fewer letters that differ by another letter are often two people: « Léo » and « Léa »."""


def written_otherwise(met: Iterable[str], names: Iterable[str], own: Collection[str]) -> dict[str, str]:
    """Return who is written with the same words in another order, other dots or spaces: « DIOP Awa », « le-bel.jo ».

    The name kept is that of the list of people, else one with capitals and small letters.

    >>> written_otherwise(["DIOP Awa", "Sophie M."], ["DIOP Awa", "Awa Diop", "SOPHIE M", "Sophie M."], {"awa diop"})
    {'DIOP Awa': 'Awa Diop'}
    """
    alike: dict[object, list[str]] = defaultdict(list)
    for each in names:
        plain = re.sub(r"(?<=\b\w)\.[ -]?(?=\w\b)", "", same(each))  # « L. R. » is « LR »
        letters = "".join(re.findall(r"[^\W_]", plain))
        alike[tuple(sorted(re.findall(r"[^\W_]+", plain)))].append(each)
        alike[min((letters[at:] + letters[:at] for at in range(len(letters))), default="")].append(each)

    for each, noted in _noted(names).items():
        alike[each] += [each, *noted] if len(noted) == 1 else []

    def rank(one: str) -> tuple[bool, bool, bool, bool, int, str]:
        return (
            same(one) not in own,
            "?" in one or "(" in one,
            one in (one.upper(), one.lower()),
            "," in one,
            -len(one.split()),
            one,
        )

    kept: dict[str, str] = {}
    for group in alike.values():
        for each in group:
            kept[each] = min(kept.get(each, each), min(group, key=rank), key=rank)
    return {each: kept[each] for each in met if same(each) not in own and same(kept[each]) != same(each)}


def _noted(names: Iterable[str]) -> dict[str, list[str]]:
    """Return names that others repeat with a note after them: « Bruno (stagiaire) » for Bruno, « Awa ? »."""
    known, found = {same(each): each for each in names}, defaultdict[str, list[str]](list)
    for each in known.values():
        bare_name = re.sub(r"\s*(\([^)]*\)|[?*!]+)\s*$", "", each)
        if bare_name != each and (plain := known.get(same(bare_name))):
            found[plain].append(each)
    return found


def misspelt(named: Sequence[str], people: Iterable[str], own: Collection[str]) -> dict[str, str]:
    """Return who may be written with a slip of the hand, « Yanis » for Yannis: the name of the list, or the usual one.

    A letter at the end of a name makes another one, Louis and Louise, unless a list says who the people are.

    >>> misspelt(["Yannis", "Yannis", "Yanis", "Louis", "Louise"], [], set())
    {'Yanis': 'Yannis'}
    >>> misspelt(["Yan", "Nadie"], ["Yann", "Nadia"], {"yann", "nadia"})
    {'Nadie': 'Nadia', 'Yan': 'Yann'}
    """
    lines = Counter(named)
    names = sorted({*named, *people}, key=lambda who: (same(who) not in own, -lines[who], -len(who), who))
    found: dict[str, str] = {}
    for at, who in enumerate(names):
        near = (each for each in names[:at] if each not in found and _slipped(same(who), same(each), same(each) in own))
        if same(who) not in own and (usual := next(near, "")):
            found[who] = usual
    return dict(sorted(found.items()))


def near_elsewhere(
    places: Mapping[str, Collection[Hashable]], lines: Mapping[str, int], own: Collection[str]
) -> dict[str, str]:
    """Return who may be somebody of another file, whose first name ends or begins otherwise: « Karin » for Karim.

    One place that names both knows two people.

    Args:
        places: where each name stands, by name.
        lines: how many times.
        own: the names of the list of people.

    >>> near_elsewhere({"Karim": {1, 2}, "Karin": {3}, "Julie": {1}, "Julia": {1, 3}}, {"Karim": 5}, set())
    {'Karin': 'Karim'}
    """
    firsts = [who for who in places if who.isalpha() and len(who) >= _LEAST]
    names = sorted(firsts, key=lambda who: (same(who) not in own, -lines.get(who, 0), who))
    found: dict[str, str] = {}
    for at, who in enumerate(names):
        others = (each for each in names[:at] if each not in found and not {*places[who]} & {*places[each]})
        if same(who) not in own and (usual := next((each for each in others if ends_otherwise(who, each)), "")):
            found[who] = usual
    return dict(sorted(found.items()))


def ends_otherwise(one: str, other: str) -> bool:
    """Tell whether a first name begins another one, « Fatou », « Fatoumata », or one letter of it differs."""
    short, full = sorted((same(one), same(other)), key=len)
    return full.startswith(short) or bool(closest(short, [full])) or _heard(short) == _heard(full)


def _heard(name: str) -> str:
    """Return a name as it is heard, so that « Sofia » is « Sophia », « Cathy » « Kathie ».

    >>> [_heard(each) for each in ("sophia", "kathie", "cathy", "matthieu", "christelle")]
    ['sofia', 'cati', 'cati', 'matieu', 'cristel']
    """
    said = re.sub("ph", "f", re.sub("[kq]u?", "c", name)).replace("y", "i")
    return re.sub(r"(.)\1+", r"\1", said.replace("h", "")).rstrip("e")


def _slipped(one: str, other: str, listed: bool) -> bool:
    """Tell whether one word of two names differs by a letter: the last one too, beside other words or a list."""
    ours, theirs = one.split(), other.split()
    apart = [(a, b) for a, b in zip(ours, theirs, strict=False) if a != b] if len(ours) == len(theirs) else []
    (a, b) = apart[0] if len(apart) == 1 else ("", "")
    doubled = len(a) != len(b) and min(len(a), len(b)) >= _LEAST - 1
    sure = listed or len(ours) > 1 or (a[-1:] == b[-1:] and a[:1] == b[:1])
    return (min(len(a), len(b)) >= _LEAST or doubled) and sure and bool(closest(a, [b]))


def of_group(text: str, people: Collection[str]) -> str:
    """Return who of the group brought an order, among those that a cell names."""
    return ", ".join(name for name in names_in(text) if same(name) in people)


def say_strangers(rows: Iterable[Row], people: Collection[str], findings: Findings) -> None:
    """Tell once a list who brought orders there, and is nobody of the group."""
    lists: dict[tuple[str, str], list[tuple[str, Row]]] = defaultdict(list)
    for row in rows:
        for who in names_in(row.get("apportee_par", "")):
            if same(who) not in people:
                lists[row.source].append((who, row))
    for told in lists.values():
        place = told[0][1].place("apportee_par")
        names = listing([f"« {who} »" for who in dict.fromkeys(who for who, _ in told)], most=6)
        many = count(len(told), "vente n'est notée", "ventes ne sont notées")
        findings.heed(place, f"{names} : personne de ce nom dans le groupe. {many} à personne.")
