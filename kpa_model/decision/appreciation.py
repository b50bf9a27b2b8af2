"""Shares from what people say of each other's part: every ballot weighs the same, whatever its total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from kpa_model.money import split_cents

Ballots = Mapping[str, Mapping[str, int]]
"""Who gives → who receives → points, whole and not negative."""


def shares(ballots: Ballots, people: Sequence[str]) -> dict[str, Fraction]:
    """Return the share of each person: the mean, over the ballots, of the part of the ballot she received.

    A ballot without any point is left out. Times the number of people, this is the WebPA score.

    Raises:
        ValueError: no ballot holds a point.

    Source:
        WebPA scoring, webpaproject.lboro.ac.uk; ballots made equal so that giving less raises nobody's own share.
    """
    totals = {giver: sum(points.values()) for giver, points in ballots.items() if any(points.values())}
    if not totals:
        raise ValueError("no ballot holds a point")
    return {
        person: sum((Fraction(ballots[giver].get(person, 0), total) for giver, total in totals.items()), Fraction(0))
        / len(totals)
        for person in people
    }


def circle(ballots: Ballots, people: Sequence[str]) -> dict[str, Fraction]:
    """Return shares where nobody counts for herself, and no ballot given or kept changes one's own share.

    1. Points for oneself are dropped.
    2. A missing or empty ballot counts as equal points to all the others. Otherwise keeping it would pay.
    3. Every ballot weighs the same.

    Raises:
        ValueError: fewer than two people.
    """
    if len(people) < 2:
        raise ValueError("a circle is for two people or more")
    whole = {}
    for giver in people:
        given = {who: points for who, points in ballots.get(giver, {}).items() if who != giver and who in people}
        whole[giver] = given if any(given.values()) else {who: 1 for who in people if who != giver}
    return shares(whole, people)


def in_cents(parts: Mapping[str, Fraction], pot: int, turn: int = 0) -> dict[str, int]:
    """Return the cents of each person: whole cents of the exact share, then the odd cents to the largest remainders.

    Equal remainders: the smaller share first, so that the order of the list only counts between equal shares; then the
    turn of the month.

    Raises:
        ValueError: shares that do not add up to one.
    """
    if sum(parts.values()) != 1:
        raise ValueError("shares must add up to one")
    exact = [part * pot for part in parts.values()]
    whole = [int(each) for each in exact]
    rests = [each - cents for each, cents in zip(exact, whole, strict=True)]
    keys = [(rest, -each) for rest, each in zip(rests, exact, strict=True)]
    ranks = {key: at for at, key in enumerate(sorted(set(keys)))}
    alike = [len(exact) ** 2 + ranks[key] for key in keys]  # nobody is owed a whole cent: only the order counts
    odd = split_cents(pot - sum(whole), alike, turn=turn).tolist()
    return {who: cents + one for who, cents, one in zip(parts, whole, odd, strict=True)}
