"""Cases that a group writes in a few lines, in the words by which the screen tells a case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from kpa_model.decision.vignettes import MOST_CASES, MOST_PEOPLE, Case, Cases, Someone
from kpa_model.declare.setting import declared
from kpa_model.declare.unit import EURO, HOURS, Refused, quoted
from kpa_model.declare.worded import Lines
from kpa_model.words import slug

HOW = (
    "Le cas et sa somme : « Le marché : 200 € ». Puis une ligne par personne : "
    "« Lou : 10\u00a0h, a trouvé la commande », "
    "« Sam : 20\u00a0h, en a plus besoin », « Ali : 5\u00a0h, 8\u00a0h pour le commun »."
)
_EXAMPLE = "Écrivez par exemple « Lou : 10 h, a trouvé la commande »."
_LEAST, _MOST, _HOURS = 1_00, 100_000_00, 1_000 * 60


class CaseLines(Lines):
    """Cases in lines: a title and its pot, perhaps a sentence, then a line per person."""

    help: ClassVar[str] = HOW

    def read(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        """Return the lines, once they are known to make cases. Raises Refused."""
        texts = super().read(value)
        cases_in(texts)
        return texts


def case_lines(name: str, label: str) -> Any:
    """Declare cases written in lines."""
    return declared(CaseLines(name, label, (), most=MOST_CASES * (MOST_PEOPLE + 2)))


def cases_in(texts: Sequence[str]) -> Cases:
    """Return the cases that these lines tell. Raises Refused."""
    found = tuple(_cases(texts))
    if len(found) > MOST_CASES:
        raise Refused(f"Il y a {len(found)} cas.", f"Gardez-en {MOST_CASES} au plus.")
    for each in found:
        if len(each.people) < 2:
            raise Refused(f"Le cas {quoted(each.title)} se partage entre deux personnes au moins.", _EXAMPLE)
        if len(each.people) > MOST_PEOPLE:
            raise Refused(f"Le cas {quoted(each.title)} a trop de personnes.", f"Gardez-en {MOST_PEOPLE} au plus.")
    for keys in ([each.key for each in found], *([one.key for one in each.people] for each in found)):
        if len(set(keys)) < len(keys):
            raise Refused("Deux noms sont pareils.", "Changez-en un.")
    return found


def _cases(texts: Sequence[str]) -> Iterator[Case]:
    title, pot, story, people = "", 0, list[str](), list[Someone]()
    for text in texts:
        name, colon, rest = (each.strip() for each in text.partition(":"))
        amount = _amount(rest) if colon else None
        if amount is not None:
            if title:
                yield Case(title, " ".join(story), pot, tuple(people))
            title, pot, story, people = name, amount, [], []
        elif not title:
            raise Refused(f"{quoted(text)} n'est pas le début d'un cas.", "Écrivez par exemple « Le marché : 200 € ».")
        elif colon:
            people.append(_someone(name, rest))
        elif people:
            raise Refused(f"{quoted(text)} n'est pas une personne.", _EXAMPLE)
        else:
            story.append(text)
    if title:
        yield Case(title, " ".join(story), pot, tuple(people))


def _amount(text: str) -> int | None:
    """Return the cents of a pot, None for anything else, such as hours. Raises Refused for a pot out of bounds."""
    try:
        cents = EURO.inner(text)
    except ValueError:
        return None
    if not _LEAST <= cents <= _MOST or cents.denominator != 1:
        raise Refused(f"{quoted(text)} ne se partage pas.", "Choisissez entre 1 € et 100 000 €, au centime.")
    return int(cents)


def _someone(name: str, told: str) -> Someone:
    """Return a person told as the screen tells her. Raises Refused."""
    known = {"hours": 0, "brought": 0, "welcome": 0, "need": 100}
    for part in filter(None, re.split(r",\s+|;\s*", told.strip(" .,;"))):
        plain = part.casefold()
        if "besoin" in plain:
            known["need"] = 200
        elif "command" in plain or "client" in plain:
            known["brought"] = 100
        else:
            commons = re.search(r"\s(?:pour|de|d')\s?(?:le\s|au\s)?commun", plain)
            bare = plain[: commons.start()] if commons else re.sub(r"\s(?:de|d')\s?travail\b", "", plain)
            known["welcome" if commons else "hours"] += _hours(bare, part)
    if not slug(name) or not (known["hours"] or known["brought"] or known["welcome"] or known["need"] > 100):
        raise Refused(f"{quoted(f'{name} : {told}')} ne dit pas ce qu'a fait cette personne.", _EXAMPLE)
    return Someone(name, **known)


def _hours(text: str, part: str) -> int:
    try:
        minutes = HOURS.exact(text.strip())
    except ValueError:
        minutes = -1
    if not 0 <= minutes <= _HOURS:
        raise Refused(f"{quoted(part)} n'est pas compris.", _EXAMPLE)
    return minutes
