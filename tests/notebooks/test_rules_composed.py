"""The thirty-six rules of `data/regles_vues/`, composed gesture by gesture with the controls that the screen draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

import kpa_model as kpa
from kpa_model.declare.setting import settings_of
from kpa_model.declare.unit import Unit
from kpa_model.pay import rule_file
from kpa_model.pay.rule import PayRule
from kpa_model.places import data
from kpa_model.story.paper.content import rule_told
from kpa_model.ui import state
from kpa_model.ui.editor import ListEditor
from tests.contract.readable import faults
from tests.notebooks.screens import every, named

RULES = {path.stem: rule_file.load(path) for path in sorted((data() / "regles_vues").glob("*.yaml"))}


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[state.Store, Any]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPA_MES_DONNEES", str(tmp_path_factory.mktemp("mes_donnees")))
        store = kpa.open_store()
        yield store, kpa.our_rule(store)


def editor(screen: Any, kind: str) -> ListEditor:
    return next(each for each in every(screen) if isinstance(each, ListEditor) and each.kind == kind)


def typed(control: dict[str, Any], setting: Any, value: Any) -> Any:
    """Return what the page sends when a person puts a value in the control that it draws."""
    match control["kind"]:
        case "number":
            unit: Unit = setting.unit
            assert unit.name == control["unit"]
            return unit.show(value).removesuffix(unit.name).strip()
        case "choice":
            assert value in [key for key, _ in control["options"]]
            return value
        case "yes_no":
            return "oui" if value else "non"
        case "names":
            assert set(value) <= set(control["options"])
            return list(value)
        case "words":
            return ", ".join(value) if all(isinstance(each, str) for each in value) else setting.show(value)
        case "weights":
            parts = [part for part, _, _ in control["parts"]]
            return dict(zip(parts, (str(each / 100).replace(".", ",") for each in value), strict=True))
    raise AssertionError(f"teach this test to use a {control['kind']}")


def compose(here: ListEditor, wished: tuple[Any, ...]) -> None:
    """Empty the list, then add each part and move the controls that must move."""
    while here.items:
        here.act({"do": "remove", "key": here.items[0]["key"]})
    for part in wished:
        assert part.name in [name for _, each in here.catalogue for name, _, _ in each]
        here.act({"do": "add", "name": part.name})
        key = here.items[-1]["key"]
        for attribute, setting in settings_of(part).items():
            value = getattr(part, attribute)
            if value != setting.default:
                control = next(each for each in here.items[-1]["settings"] if each["name"] == setting.name)
                sent = typed(control, setting, value)
                here.act({"do": "set", "key": key, "name": setting.name, "value": sent})
                assert here.items[-1]["error"] == "", (part.name, setting.name, here.items[-1]["error"])


@pytest.mark.parametrize("name", RULES)
def test_a_rule_seen_elsewhere_is_composed_with_the_controls_of_the_screen(
    name: str, screen: tuple[state.Store, Any]
) -> None:
    store, shown = screen
    wished = RULES[name]
    compose(editor(shown, "etapes"), wished.steps)
    compose(editor(shown, "promesses"), wished.promises)
    named(shown, "Nom de la règle").value = wished.title
    ours = store.state.ours
    assert (ours.title, ours.steps, ours.promises) == (wished.title, wished.steps, wished.promises)
    assert rule_file.fingerprint(replace(ours, trial=wished.trial)) == rule_file.fingerprint(wished)
    assert without_trial(ours) == without_trial(wished)


def without_trial(rule: PayRule) -> tuple[str, ...]:
    """Return a rule read aloud, its trial apart."""
    return replace(rule, trial=None).read_aloud()


def test_there_are_thirty_six_of_them() -> None:
    assert len(RULES) == 36


def test_the_trial_is_chosen_on_the_screen_too(screen: tuple[state.Store, Any]) -> None:
    store, shown = screen
    named(shown, "Durée de l'essai").value = "3"
    assert store.state.ours.trial is not None
    assert store.state.ours.trial.quarters == 3


APPROXIMATE = (
    "permanence_manquee", "au_dela_du_quota", "caisse_de_secours", "jetons_des_autres", "points_qui_s_effacent",
    "minimum_garanti_de_peche",
)  # fmt: skip


@pytest.mark.parametrize("name", APPROXIMATE)
def test_a_rule_that_is_only_near_says_so_on_its_paper(name: str) -> None:
    assert rule_told(RULES[name])["objections"].startswith("À peu près seulement. ")
    assert not faults(RULES[name].objections)
