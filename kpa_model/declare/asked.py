"""A form as the whole room reads it on a screen: what is asked, between what one chooses; nothing to fill in."""

from __future__ import annotations

from kpa_model.declare.form import Choice, Field, Form, Grades, Number, Parts, Several, Text
from kpa_model.declare.page import Heading, Page, Part, Sentence

BETWEEN = " · "


def asked_page(form: Form) -> Page:
    """Return the questions of a form, each with its help and its choices; choices that all share are said once.

    A few words that may be left out, beside a question, are for the phone alone.
    """
    fields = [each for each in form.fields if each.needed or not isinstance(each, Text)] or [*form.fields]
    scales = {tuple(each.options.values()) for each in fields if isinstance(each, Choice)}
    once = scales.pop() if len(scales) == 1 and len(fields) > 1 else ()
    intro = (Sentence(form.intro),) if form.intro else ()
    scale = (Sentence(BETWEEN.join(once), "big"),) if once else ()
    return (*intro, *(part for each in fields for part in _told(each, once)), *scale)


def _told(asked: Field, once: tuple[str, ...]) -> tuple[Part, ...]:
    """Return one question, with its own choices one under the other."""
    help_ = (Sentence(asked.help),) if asked.help and not isinstance(asked, Number) else ()
    choices = _choices(asked)
    own = () if choices == [*once] else tuple(Sentence(f"○ {each}") for each in choices)
    return (Heading(asked.label), *help_, *own)


def _choices(asked: Field) -> list[str]:
    match asked:
        case Choice():
            return [*asked.options.values()]
        case Several():
            return [*asked.options.values()]
        case Parts() | Grades():
            return [*asked.things.values()]
        case _:
            return []
