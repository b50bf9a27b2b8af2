"""Settings: what people write, what a step holds, what a screen shows."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kpa_model.cooperative.work import KIND_LABELS
from kpa_model.declare.labels import Labelled
from kpa_model.declare.setting import ChoiceSetting, Names, NumberSetting, Weights, YesNo, setting, settings_of
from kpa_model.declare.unit import PERCENT, Refused
from kpa_model.pay.promise import known_promises
from kpa_model.pay.step import known_steps
from kpa_model.ui.editor import STEP_WORDS, ListEditor

EVERY_SETTING = [
    (name, each) for name, cls in {**known_steps(), **known_promises()}.items() for each in settings_of(cls).values()
]


@pytest.mark.parametrize(("name", "each"), EVERY_SETTING, ids=lambda value: getattr(value, "name", value))
def test_the_default_of_a_setting_can_be_written_read_and_shown(name: str, each) -> None:
    assert each.read(each.write(each.default)) == each.default
    assert each.show(each.default)
    assert each.label
    assert each.schema()["title"] == each.label
    if isinstance(each, NumberSetting):
        assert each.low <= each.default <= each.high


def test_a_choice_suggests_the_nearest() -> None:
    choice = ChoiceSetting("partage", "Partage", "egal", {"egal": "À parts égales", "heures": "Selon les heures"})
    assert choice.read("heures") == choice.write("heures") == "heures"
    assert choice.show("egal") == "À parts égales"
    with pytest.raises(Refused, match="Vouliez-vous dire « heures »"):
        choice.read("heure")


def test_names_are_a_list_or_a_text_with_commas() -> None:
    names = Names("personnes", "Personnes", ())
    assert names.read("Awa, Bruno") == names.read(["Awa", " Bruno ", "Awa", ""]) == ("Awa", "Bruno")
    assert names.show(("Awa", "Bruno")) == "Awa et Bruno"
    assert names.show(()) == "personne pour le moment"
    with pytest.raises(Refused):
        names.read({"Awa": 1})


def test_a_weight_that_is_not_named_is_zero() -> None:
    weights = Weights("poids", "Poids", (100, 100, 100, 50), KIND_LABELS)
    assert weights.read({"formation": "0,5"}) == (0, 0, 0, 50)
    assert weights.show((100, 0, 0, 50)) == "prestation 1, appui 0, commun 0, formation 0,5"
    with pytest.raises(Refused, match="Vouliez-vous dire « formation »"):
        weights.read({"formations": 1})
    with pytest.raises(Refused):
        weights.read("2")


@pytest.mark.parametrize(("written", "inner"), [("oui", True), ("Non", False), (True, True), ("false", False)])
def test_yes_and_no_are_french_words(written, inner: bool) -> None:
    assert YesNo("reporter", "Reporter", False).read(written) is inner


def test_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(Refused, match="ni oui ni non"):
        YesNo("reporter", "Reporter", False).read("peut-être")


def test_a_setting_is_declared_once_in_the_unit_people_write() -> None:
    @dataclass(frozen=True)
    class Thing:
        rate: int = setting("taux", PERCENT, "Taux", default=5.5, high=50)

    declared = settings_of(Thing)["rate"]
    assert isinstance(declared, NumberSetting)
    assert (Thing().rate, declared.low, declared.high) == (55_000, 0, 500_000)


def test_a_box_for_the_weights_of_words_starts_empty_and_a_sentence_says_there_is_none() -> None:
    weights = Labelled("taches", "Poids d'une tâche", ())
    assert weights.show(()) == "aucun poids particulier"
    assert weights.read("") == ()
    assert weights.show(weights.read("vaisselle 1,5 ; service 2")) == "vaisselle 1,5 ; service 2"
    rule = ListEditor("etapes", known_steps(), STEP_WORDS, lambda parts, gesture: None, [])
    rule.send = lambda content, buffers=None: None
    rule.show([known_steps()["compte"]()])
    boxes = [each for each in _controls(rule.items) if each["kind"] == "words"]
    assert boxes
    assert {each["value"] for each in boxes} == {""}


def _controls(held):
    """Yield every control of the items of an editor, folds included."""
    if isinstance(held, dict):
        if "kind" in held and "label" in held:
            yield held
        held = list(held.values())
    if isinstance(held, list):
        for each in held:
            yield from _controls(each)
