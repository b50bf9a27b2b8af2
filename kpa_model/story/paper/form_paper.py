"""A form on paper: the same questions as on a phone, drawn to be filled with a pen, and the sheet to note answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from kpa_model.declare.form import Choice, Day, Field, Form, Grades, Number, Parts, Several, Text

PAGE_HEIGHT = 235
"""Millimetres that ballots can use on a page."""

LETTERS, IN_GRID = 70, 48
"""Letters of 12 points on a line of a page, and on a line of a grid beside its columns."""


def drawn(form: Form) -> dict[str, Any]:
    """Return a form as a template draws it: title, intro, and one mapping per question.

    Choices on one same scale that follow each other become one grid, as on a ballot.
    """
    questions = [_scale(group) if len(group) > 1 else _alone(group[0]) for group in _groups(form.fields)]
    return {"titre": form.title, "intro": form.intro, "champs": questions}


def _groups(fields: Sequence[Field]) -> list[list[Field]]:
    """Return fields, those of one same scale together."""
    groups: list[list[Field]] = []
    for each in fields:
        before = groups[-1][-1] if groups else None
        if _graded(each) and before and _graded(before) and _options(before) == _options(each):
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _graded(field: Field) -> bool:
    return isinstance(field, Choice) and field.scale


def _options(field: Field) -> list[str]:
    return [*field.options.values()] if isinstance(field, Choice) else []


def _scale(group: Sequence[Field]) -> dict[str, Any]:
    lines = [[each.label, each.help] for each in group]
    return {"label": "", "aide": "", "genre": "grille", "choses": lines, "mentions": _options(group[0])}


def _alone(field: Field) -> dict[str, Any]:
    kind = next((draw(field) for kind, draw in _DRAWN if isinstance(field, kind)), {"genre": "texte", "lignes": 1})
    return {"label": field.label, "aide": field.help, **kind}


def _grades(field: Any) -> dict[str, Any]:
    return {
        "genre": "grille",
        "choses": [[label, ""] for label in field.things.values()],
        "mentions": [*field.grades.values()],
    }


def _parts(field: Any) -> dict[str, Any]:
    total = field.unit.show(field.total) if field.total else ""
    return {"genre": "parts", "choses": [*field.things.values()], "unite": field.unit.name, "total": total}


_DRAWN: tuple[tuple[type[Field], Callable[[Any], dict[str, Any]]], ...] = (
    (Text, lambda field: {"genre": "texte", "lignes": max(1, field.lines)}),
    (Number, lambda field: {"genre": "nombre", "unite": field.unit.name}),
    (Choice, lambda field: {"genre": "choix", "options": [*field.options.values()], "seul": True}),
    (Several, lambda field: {"genre": "choix", "options": [*field.options.values()], "seul": False}),
    (Grades, _grades),
    (Parts, _parts),
    (Day, lambda field: {"genre": "date"}),
)


def rows(form: Form) -> list[str]:
    """Return what the sheet of answers asks, one line per thing to type in; texts are typed from the ballots.

    Things asked about twice, for two months, come each time under their question.
    """
    asked = [each for each in form.fields if not isinstance(each, Text)]
    things = [
        [*(each.options if isinstance(each, Several) else getattr(each, "things", {})).values()] for each in asked
    ]
    found: list[str] = []
    for each, mine in zip(asked, things, strict=True):
        found += [each.label] if not mine or things.count(mine) > 1 else []
        found += mine
    return found


def columns(form: Form) -> int:
    """Return how many ballots stand side by side: a grid needs the whole width."""
    wide = any(isinstance(each, Grades | Parts) for each in form.fields)
    return 1 if wide or any(len(group) > 1 for group in _groups(form.fields)) else 2


def copies_on_a_page(form: Form) -> int:
    """Return how many copies of a ballot fit on a page, from 1 to 8."""
    side_by_side = columns(form)
    letters = LETTERS // side_by_side
    height = (
        14
        + 1.3 * _lines(form.title, letters // 2)
        + _lines(form.intro, letters)
        + sum(_tall(group, letters) for group in _groups(form.fields))
    )
    return min(8, max(1, int(PAGE_HEIGHT // height)) * side_by_side)


def _tall(group: Sequence[Field], letters: int) -> float:
    """Return about how many millimetres a question takes."""
    if len(group) > 1:
        head = _head(_options(group[0]))
        return head + sum(4 + _lines(each.label, IN_GRID) + _lines(each.help, IN_GRID) for each in group)
    return _height(group[0], letters)


def _height(field: Field, letters: int) -> float:
    """Return about how many millimetres a field takes, with so many letters on a line."""
    words = 6 + _lines(field.label, letters) + _lines(field.help, letters)
    if isinstance(field, Grades):
        return words + _head(field.grades.values()) + sum(4 + _lines(label, IN_GRID) for label in field.things.values())
    if isinstance(field, Parts):
        return words + 8 + sum(5 + _lines(label, IN_GRID) for label in field.things.values())
    if isinstance(field, Choice | Several):
        return words + sum(3 + _lines(label, letters - 6) for label in field.options.values())
    return words + 8 * (field.lines if isinstance(field, Text) else 1)


def _head(options: Iterable[str]) -> float:
    """Return about how tall the head of a grid is: its words are written upwards."""
    return 8 + 2.3 * max(map(len, options), default=0)


def _lines(text: str, letters: int) -> float:
    return 6.0 * -(-len(text) // letters)
