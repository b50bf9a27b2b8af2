"""A form (`kpa_model.form`) as widgets of a notebook: labels above, every problem at once, nothing lost on refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from html import escape
from typing import Any

import ipywidgets as widgets

from kpa_model.errors import KpaError, Problem
from kpa_model.form import Choice, Day, Field, Form, Grades, Parts, Several, Text
from kpa_model.ui import pieces

NOTHING = ("", "Choisissez")


class WrongAnswers(KpaError):
    """Some answers of a form cannot be taken."""


class FormBox:
    """The widgets of a form: `box` to show, `answers()` to read, `clear()` to empty."""

    def __init__(self, form: Form, send: Callable[[dict[str, Any]], None], said: widgets.HTML) -> None:
        self.form = form
        self.inputs: dict[str, widgets.Widget] = {}
        shown = [self._drawn(each) for each in form.fields]
        intro = pieces.html(f"<p>{escape(form.intro)}</p>") if form.intro else pieces.html()
        button = pieces.button(form.send, lambda: send(self.answers()), "kpa-primary", said)
        self.box = pieces.column(intro, *shown, button, said)

    def answers(self) -> dict[str, Any]:
        """Return the answers. Raises WrongAnswers with every problem at once."""
        answers, wrong = self.form.read({name: _raw(widget) for name, widget in self.inputs.items()})
        if wrong:
            labels = {each.name: each.label for each in self.form.fields}
            raise WrongAnswers(*(Problem(labels[name], each.what, each.todo) for name, each in wrong.items()))
        return answers

    def clear(self) -> None:
        """Empty every input."""
        for each in self.inputs.values():
            each.value = {widgets.Checkbox: False, widgets.DatePicker: None}.get(type(each), "")

    def _drawn(self, field: Field) -> widgets.Widget:
        """Return the input or inputs of a field, its help below."""
        parts = [self._one(name, label, field) for name, label in _labels(field).items()]
        title = pieces.html(f"<p><strong>{escape(field.label)}</strong></p>") if len(parts) > 1 else None
        help_text = pieces.html(f"<p>{escape(field.help)}</p>", "kpa-help") if field.help else None
        return pieces.column(*(each for each in (title, *parts, help_text) if each is not None))

    def _one(self, name: str, label: str, field: Field) -> widgets.Widget:
        made = _input(label, field)
        self.inputs[name] = made
        return made


def _labels(field: Field) -> dict[str, str]:
    """Return input → label; a field of one input is named by its question."""
    if isinstance(field, Grades | Parts):
        return {f"{field.name}.{thing}": label for thing, label in field.things.items()}
    if isinstance(field, Several):
        return {f"{field.name}.{option}": label for option, label in field.options.items()}
    return {field.name: field.label}


def _input(label: str, field: Field) -> widgets.Widget:
    label = label.replace(" ?", "\u00a0?")
    if isinstance(field, Several):
        return widgets.Checkbox(description=label, value=False, indent=False)
    if isinstance(field, Choice | Grades):
        options: Mapping[str, str] = field.options if isinstance(field, Choice) else field.grades
        return pieces.choice(label, [NOTHING, *options.items()], "")
    if isinstance(field, Day):
        return widgets.DatePicker(description=label)
    if isinstance(field, Text) and field.lines > 1:
        return widgets.Textarea(description=label, rows=field.lines)
    return widgets.Text(description=label)


def _raw(widget: widgets.Widget) -> str:
    """Return what a page would send for this input."""
    value = widget.value
    if isinstance(value, bool):
        return "oui" if value else ""
    return value.isoformat() if isinstance(value, date) else str(value or "")
