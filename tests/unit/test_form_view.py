"""A form drawn with widgets says, reads and clears what a page would."""

from __future__ import annotations

from datetime import date

import ipywidgets as widgets
import pytest

from kpa_model.declare.form import Choice, Day, Form, Grades, Number, Parts, Several, Text
from kpa_model.ui.form_view import FormView

MANY = {str(at): f"Choix {at}" for at in range(9)}
FORM = Form(
    (
        Text("a", "Un texte <b>", "Une aide <i>"), Text("b", "Long", needed=False, lines=4), Number("c", "Combien ?"),
        Choice("d", "Un choix", options={"x": "Oui", "y": "Non"}), Choice("e", "Beaucoup", needed=False, options=MANY),
        Several("f", "Plusieurs", options={"x": "Un", "y": "Deux"}), Day("g", "Quand ?"),
        Grades("h", "Des mentions", things={"r": "Règle"}, grades={"b": "Bien"}),
        Parts("i", "Des parts", things={"p": "Awa", "q": "Bruno"}, total=1000),
    ),
    "Titre", "Début",
)  # fmt: skip
RAW = {
    "a": "mot", "b": "ligne", "c": "12", "d": "y", "e": "3", "f.y": "1", "g": "2027-03-31", "h.r": "b", "i.p": "4",
    "i.q": "6", "autre": "ignoré",
}  # fmt: skip


@pytest.fixture
def view() -> FormView:
    return FormView(FORM)


def shown(view: FormView) -> str:
    return " ".join(each.value for each in view.box.children if isinstance(each, widgets.HTML))


def test_what_is_put_in_is_read_back(view):
    view.fill(RAW)
    answers, wrong = view.read()
    assert wrong == {}
    assert answers == FORM.read(RAW)[0]
    assert answers["g"] == "2027-03-31"
    assert answers["i"] == {"p": 400, "q": 600}


def test_nothing_is_chosen_at_first_and_clearing_comes_back_there(view):
    empty = view.raw()
    assert not any(empty.values())
    view.fill(RAW)
    view.clear()
    assert view.raw() == empty
    assert "kpa-field-error" not in shown(view)


def test_what_is_wrong_is_said_under_its_field_then_goes(view):
    view.fill({**RAW, "c": "beaucoup"})
    view.read()
    assert shown(view).count('role="alert"') == 1
    assert "«\u00a0beaucoup\u00a0» n'est pas un nombre." in shown(view)
    view.fill(RAW)
    view.read()
    assert "alert" not in shown(view)


def test_what_the_form_says_is_escaped_and_a_date_is_a_date(view):
    assert "Une aide &lt;i&gt;" in shown(view)
    assert "<i>" not in shown(view)
    view.fill({"g": "2026-01-15"})
    assert [each.value for each in view.box.children if isinstance(each, widgets.DatePicker)] == [date(2026, 1, 15)]


def test_somebody_who_types_is_heard():
    heard = []
    view = FormView(FORM)
    view.watch(lambda: heard.append(1))
    view.fill({"a": "x"})
    assert heard == [1]


def test_what_does_not_fit_is_left_out(view):
    view.fill({"a": "mot", "d": "z", "e": "inconnu", "g": "demain"})
    assert {name: text for name, text in view.raw().items() if text} == {"a": "mot"}
