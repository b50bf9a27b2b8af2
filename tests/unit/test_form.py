"""A form reads what a page sends: JSON answers, and what is wrong in two French sentences; then shows them back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.declare.form import Choice, Day, Field, Form, Grades, Number, Parts, Several, Text, amount
from kpa_model.declare.unit import HOURS, PLAIN, Refused, Unit

POINTS = Unit("points", 1, ("points",))
STEPS = {"non": "Non", "oui": "Oui"}
RULES = {"egal": "Parts égales", "heures": "Les heures"}
FORM = Form(
    (
        Text("mot", "Un mot", longest=10),
        amount("montant", "Combien ?", 10_000),
        Choice("choix", "Lequel ?", options=STEPS),
        Several("cases", "Lesquelles ?", options=RULES, most=1, needed=False),
        Grades("mentions", "Vos mentions", things=RULES, grades={"0": "Passable", "1": "Bien"}),
        Parts("parts", "Partagez", things={"a": "Awa", "b": "Bruno"}, total=10_000),
        Day("jour", "Quand ?"),
    )
)
TYPED = {
    "mot": "  merci ",
    "montant": "12,50 €",
    "choix": "oui",
    "cases.heures": "on",
    "mentions.egal": "1",
    "mentions.heures": "0",
    "parts.a": "60",
    "parts.b": "40",
    "jour": "31/03/2027",
}


def wrong(field: Field, **typed: str) -> str:
    with pytest.raises(Refused) as refused:
        field.read({name.replace("__", "."): text for name, text in typed.items()})
    return str(refused.value).replace("\u00a0", " ")


def test_a_whole_form_is_read_as_json():
    answer, faults = FORM.read(TYPED)
    assert faults == {}
    assert answer == {
        "mot": "merci",
        "montant": 1250,
        "choix": "oui",
        "cases": ["heures"],
        "mentions": {"egal": "1", "heures": "0"},
        "parts": {"a": 6000, "b": 4000},
        "jour": "2027-03-31",
    }
    assert json.loads(json.dumps(answer)) == answer


def test_answers_are_shown_as_people_read_them():
    answer, _ = FORM.read(TYPED)
    shown = [field.show(answer[field.name]).replace("\u00a0", " ") for field in FORM.fields]
    assert shown == [
        "merci",
        "12,5 €",
        "Oui",
        "Les heures",
        "Parts égales : Bien ; Les heures : Passable",
        "Awa 60 €, Bruno 40 €",
        "31 mars 2027",
    ]
    assert all(field.show(None) == "—" for field in FORM.fields)


def test_inputs_are_all_a_page_may_send():
    assert FORM.inputs() == [*("mot", "montant", "choix", "cases.egal"), *[*TYPED][3:]]
    answer, faults = FORM.read({**TYPED, "intrus": "1", "parts.c": "9"})
    assert faults == {}
    assert "intrus" not in answer
    assert "c" not in answer["parts"]


def test_an_empty_form_says_what_is_missing_field_by_field():
    answer, faults = FORM.read({})
    assert answer == {"cases": []}
    assert [*faults] == ["mot", "montant", "choix", "mentions", "parts", "jour"]
    assert str(faults["mot"]) == "La réponse manque. Répondez, puis envoyez à nouveau."
    assert str(faults["mentions"]).startswith("Il manque : Parts égales et Les heures.")


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        (Text("a", "A", longest=3), {"a": "abcd"}, "Le texte a 4 signes. Gardez-en 3 au plus."),
        (amount("a", "A", 1000), {"a": "11"}, "« 11 » est hors limites. Choisissez entre 0 € et 10 €."),
        (amount("a", "A", 1000), {"a": "dix"}, "« dix » n'est pas un nombre."),
        (Number("a", "A", unit=PLAIN, high=100), {"a": "0,001"}, "a trop de chiffres après la virgule."),
        (Choice("a", "A", options=STEPS), {"a": "peut-être"}, "« peut-être » n'est pas un choix. Choix : Non ou Oui."),
        (Several("a", "A", options=RULES, most=1), {"a__egal": "1", "a__heures": "1"}, "2 choix sont cochés."),
        (
            Grades("a", "A", things=RULES, grades=STEPS),
            {"a__egal": "oui", "a__heures": "x"},
            "« x » n'est pas un choix.",
        ),
        (Parts("a", "A", things=RULES, total=1000), {"a__egal": "4"}, "Il reste 6 € à partager. Partagez tout."),
        (Parts("a", "A", things=RULES, total=1000), {"a__egal": "8", "a__heures": "4"}, "Retirez 2 €."),
        (Parts("a", "A", things=RULES, total=1000), {"a__egal": "-1"}, "Parts égales : « -1 » est hors limites."),
        (Day("a", "A"), {"a": "31/02/2027"}, "« 31/02/2027 » n'est pas une date."),
        (Day("a", "A"), {"a": "1/2"}, "n'est pas une date."),
        (Day("a", "A"), {"a": "0026-01-15"}, "l'année 26 n'est pas possible."),
        (Day("a", "A"), {"a": "15/01/20226"}, "n'est pas une date."),
    ],
)
def test_what_cannot_be_taken_is_told_with_what_to_do(field, typed, told):
    assert told in wrong(field, **typed)


def test_a_year_of_two_digits_is_of_this_century():
    assert Day("a", "A").value("31/03/27") == "2027-03-31"


def test_what_is_not_needed_may_be_left_out():
    assert Text("a", "A", needed=False).read({}) is None
    assert Grades("a", "A", things=RULES, grades=STEPS, needed=False).read({"a.egal": "oui"}) == {"egal": "oui"}
    assert Parts("a", "A", things=RULES, exact=False, total=1000).read({"a.egal": "4"}) == {"egal": 400, "heures": 0}


def test_a_duration_is_read_as_people_write_it():
    assert Number("a", "A", unit=HOURS, high=6000).read({"a": "1 h 20"}) == 80


def test_a_text_keeps_its_lines_and_loses_what_cannot_be_seen():
    assert Text("a", "A").read({"a": "un\ndeux\x00\u200b"}) == "un\ndeux"


@given(st.dictionaries(st.sampled_from(FORM.inputs()), st.text(max_size=12)))
def test_whatever_a_page_sends_is_either_read_or_refused(raw):
    answer, faults = FORM.read(raw)
    assert {*answer} | {*faults} == {field.name for field in FORM.fields}
    assert not {*answer} & {*faults}
    json.dumps(answer)


@given(st.lists(st.integers(0, 100), min_size=2, max_size=5))
def test_parts_that_add_up_are_taken_and_no_others(parts):
    things = {f"t{at}": f"T{at}" for at in range(len(parts))}
    field = Parts("p", "P", things=things, unit=POINTS, total=100)
    raw = {f"p.t{at}": str(part) for at, part in enumerate(parts)}
    if sum(parts) == 100:
        assert field.read(raw) == {f"t{at}": part for at, part in enumerate(parts)}
    else:
        with pytest.raises(Refused):
            field.read(raw)
