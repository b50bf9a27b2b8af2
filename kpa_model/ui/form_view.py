"""A form in a notebook: each field becomes the widget that suits it, and what is wrong is said under its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import ipywidgets as widgets

from kpa_model.declare.form import Choice, Day, Field, Form, Grades, Parts, Several, Text
from kpa_model.declare.markup import joined, tag
from kpa_model.declare.unit import Refused
from kpa_model.ui import pieces

MOST_RADIOS = 7
"""Beyond so many options, a list that unfolds takes less room."""


class FormView:
    """A form drawn with widgets. `box` is what to show; `read` gives the answers, `fill` and `clear` change them."""

    def __init__(self, form: Form, title: bool = True) -> None:
        """Draw a form, with its title or not."""
        self.form = form
        self._inputs: dict[str, widgets.Widget] = {}
        self._wrong = {each.name: pieces.html() for each in form.fields}
        named = tag("h3", form.title) if form.title and title else None
        head = joined(named, tag("p", form.intro) if form.intro else None)
        drawn = [piece for each in form.fields for piece in self._drawn(each)]
        self.box = pieces.column(*([pieces.html(head)] if head else []), *drawn)
        self.box.add_class("kpa-form")

    def watch(self, told: Callable[[], None]) -> None:
        """Call `told` each time somebody writes."""
        for widget in self._inputs.values():
            widget.observe(lambda _: told(), "value")

    def _drawn(self, field: Field) -> list[widgets.Widget]:
        """Return the widgets of a field: label and input, help, what is wrong."""
        made = self._made(field)
        self._inputs |= made
        help_ = [pieces.html(tag("p", field.help), "kpa-help")] if field.help else []
        if len(made) > 1:
            return [pieces.html(tag("h4", field.label)), *help_, *made.values(), self._wrong[field.name]]
        return [*made.values(), *help_, self._wrong[field.name]]

    def _made(self, field: Field) -> dict[str, widgets.Widget]:
        """Return input name → widget."""
        if isinstance(field, Choice):
            return {field.name: _choice(field.label, field.options)}
        if isinstance(field, Several):
            return {
                f"{field.name}.{key}": widgets.Checkbox(description=label, indent=False)
                for key, label in field.options.items()
            }
        if isinstance(field, Grades):
            return {f"{field.name}.{key}": _choice(label, field.grades) for key, label in field.things.items()}
        if isinstance(field, Parts):
            return {f"{field.name}.{key}": widgets.Text(description=label) for key, label in field.things.items()}
        if isinstance(field, Day):
            return {field.name: widgets.DatePicker(description=field.label)}
        if isinstance(field, Text) and field.lines > 1:
            return {field.name: widgets.Textarea(description=field.label, rows=field.lines)}
        return {field.name: widgets.Text(description=field.label)}

    def raw(self) -> dict[str, str]:
        """Return what a page would send: input name → text."""
        return {name: _typed(widget) for name, widget in self._inputs.items()}

    def read(self) -> tuple[dict[str, Any], dict[str, Refused]]:
        """Return the answers and what is wrong, which is also said under each field."""
        answers, wrong = self.form.read(self.raw())
        for name, box in self._wrong.items():
            refused = wrong.get(name)
            said = tag("p", str(refused), cls="kpa-field-error", role="alert") if refused else ""
            box.value = said
        return answers, wrong

    def fill(self, raw: Mapping[str, str]) -> None:
        """Put typed texts in the inputs; names that are not of this form, and what does not fit, are ignored."""
        for name, widget in self._inputs.items():
            if name in raw:
                _put(widget, str(raw[name]))

    def clear(self) -> None:
        """Empty every input, and what was said to be wrong."""
        for widget in self._inputs.values():
            _put(widget, "")
        for box in self._wrong.values():
            box.value = ""


def _choice(label: str, options: Mapping[str, str]) -> widgets.Widget:
    pairs = [(shown, key) for key, shown in options.items()]
    if len(pairs) <= MOST_RADIOS:
        return widgets.RadioButtons(description=label, options=pairs, index=None)
    return widgets.Dropdown(description=label, options=[("—", ""), *pairs], value="")


def _typed(widget: widgets.Widget) -> str:
    value = widget.value
    if isinstance(widget, widgets.Checkbox):
        return "1" if value else ""
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _put(widget: widgets.Widget, text: str) -> None:
    if isinstance(widget, widgets.Checkbox):
        widget.value = bool(text)
    elif isinstance(widget, widgets.DatePicker):
        widget.value = _day(text)
    elif isinstance(widget, widgets.RadioButtons | widgets.Dropdown):
        known = [key for _, key in widget.options]
        widget.value = text if text in known else "" if "" in known else None
    else:
        widget.value = text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
