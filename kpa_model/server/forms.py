"""A form as HTML: native controls, labels one can touch, the error beside its field, what was typed kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch
from typing import Any

from kpa_model.declare.form import Choice, Day, Field, Form, Grades, Number, Parts, RefusedParts, Several, Text
from kpa_model.declare.markup import Html, joined, lines, tag
from kpa_model.declare.unit import Refused
from kpa_model.server.pictograms import face, sign

Typed = Mapping[str, str]


def typed_from(form: Form, answer: Mapping[str, Any]) -> dict[str, str]:
    """Return what one would type to give this answer, so that it can be changed."""
    typed: dict[str, str] = {}
    for each in form.fields:
        value = answer.get(each.name)
        if value is not None:
            typed |= _typed(each, value)
    return typed


def _typed(asked: Field, value: Any) -> dict[str, str]:
    match asked:
        case Number():
            return {asked.name: asked.unit.show(value)}
        case Several():
            return {f"{asked.name}.{option}": "oui" for option in value}
        case Grades():
            return {f"{asked.name}.{thing}": grade for thing, grade in value.items()}
        case Parts():
            return {f"{asked.name}.{thing}": asked.unit.show(each) for thing, each in value.items() if each}
        case _:
            return {asked.name: str(value)}


def fields(form: Form, typed: Typed, wrong: Mapping[str, Refused]) -> Html:
    """Return the fields, with a summary first when something is wrong."""
    parts = [field(each, typed, wrong.get(each.name)) for each in form.fields]
    return joined(summary(form, wrong), parts)


def summary(form: Form, wrong: Mapping[str, Refused]) -> Html | None:
    """Return what is to be looked at again, with a link to each; nothing when all is well."""
    if not wrong:
        return None
    links = [tag("li", tag("a", each.label, href=f"#bloc-{each.name}")) for each in form.fields if each.name in wrong]
    said = "Une réponse est à revoir." if len(wrong) == 1 else f"{len(wrong)} réponses sont à revoir."
    return tag("div", tag("p", said), tag("ul", links), cls="cadre erreur", role="alert", tabindex="-1")


def field(asked: Field, typed: Typed, refused: Refused | None) -> Html:
    """Return one field: its question, its help, what is wrong, its controls."""
    notes = [f"aide-{asked.name}"] if asked.help else []
    notes += [f"faute-{asked.name}"] if refused else []
    described = " ".join(notes) or None
    help_ = tag("p", asked.help, cls="aide", id=f"aide-{asked.name}") if asked.help else None
    fault = (
        tag("p", tag("strong", refused.what), " ", refused.todo, cls="faute", id=f"faute-{asked.name}")
        if refused
        else None
    )
    body = draw(asked, typed, described, refused)
    if isinstance(asked, Choice | Several | Grades | Parts):
        legend = tag("legend", asked.label, _optional(asked))
        return tag(
            "fieldset", legend, help_, fault, body, cls="champ", id=f"bloc-{asked.name}", aria_describedby=described
        )
    label = tag("label", asked.label, _optional(asked), for_=f"champ-{asked.name}")
    return tag("div", label, help_, fault, body, cls="champ", id=f"bloc-{asked.name}")


def _optional(asked: Field) -> Html | None:
    return None if asked.needed or isinstance(asked, Several) else tag("span", " (facultatif)", cls="facultatif")


@singledispatch
def draw(asked: Field, typed: Typed, described: str | None, wrong: Refused | None) -> Html:
    """Return the controls of a field."""
    raise TypeError(f"no drawing for {type(asked).__name__}")


def _one_line(asked: Field, typed: Typed, described: str | None, wrong: Refused | None, **more: Any) -> Html:
    return tag(
        "input", id=f"champ-{asked.name}", name=asked.name, value=typed.get(asked.name, ""), aria_describedby=described,
        aria_invalid="true" if wrong else None, autocomplete="off", **more,
    )  # fmt: skip


@draw.register
def _number(asked: Number, typed: Typed, described: str | None, wrong: Refused | None) -> Html:
    box = _one_line(asked, typed, described, wrong, type="text", inputmode="decimal", maxlength=20, cls="nombre")
    return tag("div", box, tag("span", asked.unit.name, cls="unite", aria_hidden="true"), cls="avec-unite")


@draw.register
def _text(asked: Text, typed: Typed, described: str | None, wrong: Refused | None) -> Html:
    if asked.lines <= 1:
        return _one_line(asked, typed, described, wrong, type="text", maxlength=asked.longest)
    return tag(
        "textarea", typed.get(asked.name, ""), id=f"champ-{asked.name}", name=asked.name, rows=asked.lines,
        maxlength=asked.longest, aria_describedby=described, aria_invalid="true" if wrong else None,
    )  # fmt: skip


@draw.register
def _day(asked: Day, typed: Typed, described: str | None, wrong: Refused | None) -> Html:
    return _one_line(asked, typed, described, wrong, type="date")


@draw.register
def _choice(asked: Choice, typed: Typed, described: str | None, wrong: Refused | None) -> Html:
    drawings = [face(at, len(asked.options)) if asked.scale else sign(key) for at, key in enumerate(asked.options)]
    options = [
        _radio(asked.name, key, label, typed.get(asked.name) == key, drawing)
        for (key, label), drawing in zip(asked.options.items(), drawings, strict=True)
    ]
    return tag("div", options, cls="choix echelle" if asked.scale else "choix")


@draw.register
def _several(asked: Several, typed: Typed, described: str | None, wrong: Refused | None) -> Html:
    return tag("div", [_tick(f"{asked.name}.{key}", label, typed) for key, label in asked.options.items()], cls="choix")


@draw.register
def _grades(asked: Grades, typed: Typed, described: str | None, wrong: Refused | None) -> Html:
    blocks = []
    for thing, label in asked.things.items():
        name = f"{asked.name}.{thing}"
        radios = [
            _radio(name, key, grade, typed.get(name) == key, face(at, len(asked.grades)))
            for at, (key, grade) in enumerate(asked.grades.items())
        ]
        blocks.append(
            tag("fieldset", tag("legend", lines(label)), tag("div", radios, cls="choix mentions"), cls="ligne")
        )
    return joined(blocks)


@draw.register
def _parts(asked: Parts, typed: Typed, described: str | None, wrong: Refused | None) -> Html:
    rows, faults = [], wrong.parts if isinstance(wrong, RefusedParts) else {}
    for at, (thing, label) in enumerate(asked.things.items()):
        name, id_, fault = f"{asked.name}.{thing}", f"champ-{asked.name}-{at}", faults.get(thing)
        box = tag(
            "input", id=id_, name=name, value=typed.get(name, ""), type="text", inputmode="decimal", maxlength=20,
            autocomplete="off", cls="nombre", aria_invalid="true" if fault else None,
            aria_describedby=f"{id_}-faute" if fault else None,
        )  # fmt: skip
        unit = tag("span", asked.unit.name, cls="unite", aria_hidden="true")
        said = tag("p", str(fault), cls="faute", id=f"{id_}-faute") if fault else None
        rows.append(
            tag("div", tag("label", lines(label), for_=id_), tag("div", box, unit, cls="avec-unite"), said, cls="part")
        )
    return joined(rows, _to_share(asked))


def _to_share(asked: Parts) -> Html | None:
    """Return the sum to share; the script completes it with what is left."""
    if not asked.total:
        return None
    said = f"À partager : {asked.unit.show(asked.total)}."
    data = {"data_total": asked.total, "data_echelle": asked.unit.scale, "data_unite": asked.unit.name}
    return tag("p", said, tag("output", cls="reste", **data), cls="a-partager", data_parts=asked.name)


def _radio(name: str, key: str, label: str, chosen: bool, drawing: Html | None = None) -> Html:
    box = tag("input", type="radio", name=name, value=key, checked=chosen)
    return tag("label", box, drawing, tag("span", lines(label)))


def _tick(name: str, label: str, typed: Typed) -> Html:
    box = tag("input", type="checkbox", name=name, value="oui", checked=bool(typed.get(name)))
    return tag("label", box, tag("span", lines(label)))
