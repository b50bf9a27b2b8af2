"""Rules: ready ones, files, and rules composed in Python with the words of the files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from kpa_model.declare.setting import NumberSetting, Setting, settings_of
from kpa_model.errors import Problem, WrongRule, nearest
from kpa_model.notebook.asked import check_name, misfit
from kpa_model.notebook.shown import Shown, frame
from kpa_model.pay import rule_file
from kpa_model.pay.advice import advice
from kpa_model.pay.promise import known_promises
from kpa_model.pay.ready import ready_rules
from kpa_model.pay.rule import PayRule
from kpa_model.pay.step import known_steps
from kpa_model.words import number

Written = str | Mapping[str, Any]
"""A step or a promise: its name in the files, or its name with its settings (see `step`)."""


class Rule(Shown):
    """A pay rule, as a notebook shows it; `inner` is the rule itself."""

    def __init__(self, inner: PayRule) -> None:
        self.inner, self.title = inner, inner.title

    def aloud(self) -> tuple[str, ...]:
        """Return the rule as people read it together."""
        return self.inner.read_aloud()

    def advice(self) -> tuple[str, ...]:
        """Return what may surprise the group."""
        return advice(self.inner)

    def text(self) -> str:
        """Return the rule as its file: a group can keep it, and read it in the workbook."""
        return rule_file.dumps(self.inner)

    def frame(self) -> pd.DataFrame:
        """Return one line a step."""
        rows = [{"etape": step.name, "titre": step.title, "phrase": step.says()} for step in self.inner.steps]
        return frame(rows, {}, ("etape", "titre", "phrase"))


def rules() -> pd.DataFrame:
    """Return the ready rules: name, title, sentence."""
    rows = [{"nom": name, "titre": each.title, "phrase": each.sentence} for name, each in ready_rules().items()]
    return frame(rows, {})


def rule(source: str | Path | PayRule | Rule) -> Rule:
    """Return a rule: a name of `rules()`, a file, the text of a file. Raises WrongRule."""
    if isinstance(source, Rule):
        return source
    if isinstance(source, PayRule):
        return Rule(source)
    todo = "Donnez un nom de kpa.rules(), un fichier, ou ce que rend kpa.compose. Plusieurs règles : kpa.compare."
    check_name("Règle", source, todo, WrongRule)
    if isinstance(source, str) and "\n" in source:
        return Rule(rule_file.loads(source))
    if str(source) in ready_rules():
        return Rule(ready_rules()[str(source)])
    if Path(source).is_file():
        return Rule(rule_file.load(Path(source)))
    todo = nearest(str(source), ready_rules()) or "Regardez la liste : kpa.rules()."
    raise WrongRule(Problem(f"Règle « {source} »", "ce n'est ni une règle prête, ni un fichier.", todo))


def steps() -> pd.DataFrame:
    """Return the steps a rule can have, with what each is for."""
    rows = [{"etape": name, "titre": each.title, "ce_que_c_est": each.about} for name, each in known_steps().items()]
    return frame(rows, {})


def promises() -> pd.DataFrame:
    """Return the promises a rule can make."""
    rows = [{"promesse": name, "titre": each.title} for name, each in known_promises().items()]
    return frame(rows, {})


def step(name: str, **settings: Any) -> Mapping[str, Any]:
    """Return a step with its settings, in the words and units of the files. Raises WrongRule.

    >>> step("taux_horaire", euros_par_heure="12,50")
    {'taux_horaire': {'euros_par_heure': '12,50'}}
    """
    if name in known_steps():
        parts = {each.name for each in settings_of(known_steps()[name]).values() if _is_a_percentage(each)}
        for key, value in settings.items():
            if key in parts and isinstance(value, float) and 0 < value < 1:
                parts_of_hundred, plain = number(f"{100 * value:g}"), number(f"{value:g}")
                what = f"{plain} peut se lire {parts_of_hundred} % ou {plain} %."
                todo = f'Écrivez l\'unité : {key}="{parts_of_hundred} %".'
                raise WrongRule(Problem(f"Étape « {name} », « {key} »", what, todo))
    return {name: settings}


def _is_a_percentage(setting: Setting) -> bool:
    return isinstance(setting, NumberSetting) and setting.unit.name == "%"


def compose(title: str, *steps: Written, promises: tuple[Written, ...] = ()) -> Rule:
    """Return a rule made of steps, in this order. Raises WrongRule, with every fault.

    >>> compose("Essai", "frais_directs", step("part_au_fonds_commun", taux="5 %"), "par_heures").aloud()[1]
    "Le fonds commun reçoit 5\\xa0% de l'enveloppe."
    """
    content = {"titre": title, "etapes": [_item(each) for each in steps]}
    if promises:
        content["promesses"] = [_item(each) for each in promises]
    return Rule(rule_file.FILE.from_data(content))


def _item(written: Written) -> Any:
    if isinstance(written, str):
        return written
    if not isinstance(written, Mapping):
        todo = 'Écrivez les étapes l\'une après l\'autre : kpa.compose("Essai", "frais_directs", "par_heures").'
        raise misfit("Étape", written, todo, WrongRule)
    return {name: {key: _as_typed(value) for key, value in given.items()} for name, given in written.items()}


def _as_typed(value: Any) -> Any:
    """Return a value of Python as the file would hold it: texts, read by the unit of each setting."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Mapping):
        return {str(key): _as_typed(each) for key, each in value.items()}
    return [_as_typed(each) for each in value] if isinstance(value, list | tuple) else str(value)
