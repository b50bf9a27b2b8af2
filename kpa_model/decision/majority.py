"""Majority judgment: every option gets a grade from everybody, the best middle grade wins, true ties are told.

Grades are whole numbers, the worst is 0. Options are compared at equal numbers of grades only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

GRADES = ("À rejeter", "Insuffisant", "Passable", "Assez bien", "Bien", "Très bien")
"""From worst to best."""

Value = tuple[int, ...]


def majority_grade(grades: Sequence[int]) -> int:
    """Return the lower middle grade: at least half of the people give it or better.

    >>> majority_grade([3, 3, 2, 1])
    2
    """
    return sorted(grades)[(len(grades) - 1) // 2]


def majority_value(grades: Sequence[int]) -> Value:
    """Return the middle grade, then the one of what is left once it is set aside, and so on to the last.

    Two options have the same value only when they received the same grades.

    Source:
        M. Balinski, R. Laraki, *Majority Judgment* (2010), chapter 1, "majority-value".

    >>> majority_value([7, 11, 9, 9, 11])
    (9, 9, 11, 7, 11)
    """
    left = sorted(grades)
    return tuple(left.pop((len(left) - 1) // 2) for _ in grades)


def ranking(grades: Mapping[str, Sequence[int]]) -> tuple[tuple[str, ...], ...]:
    """Return the options from best to worst; options in one tuple are truly equal, in the order given.

    Raises:
        ValueError: options with different numbers of grades, which no value compares, or without any.

    >>> ranking({"A": [1, 2], "B": [2, 1], "C": [2, 2]})
    (('C',), ('A', 'B'))
    """
    if len({len(given) for given in grades.values()}) > 1 or not all(grades.values()):
        raise ValueError("majority judgment compares options that received as many grades, at least one")
    values = {option: majority_value(given) for option, given in grades.items()}
    ordered = sorted(grades, key=lambda option: values[option], reverse=True)
    return tuple(tuple(equal) for _, equal in groupby(ordered, key=lambda option: values[option]))


def set_aside(first: Sequence[int], second: Sequence[int]) -> int:
    """Return how many same grades are set aside on each side before the two options differ; all when they never do."""
    pairs = zip(majority_value(first), majority_value(second), strict=True)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), len(first))
