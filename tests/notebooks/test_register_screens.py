"""Bots that play the register of decisions: write one by hand, read it, take its rule, erase it."""

from __future__ import annotations

import base64
import re
from datetime import date
from pathlib import Path

import ipywidgets as widgets
import pytest

import kpa_model as kpa
from kpa_model.decision.record import DecisionRecord
from kpa_model.pay.ready import ready_rules
from kpa_model.story.decide import decisions
from kpa_model.story.decide.told import rule_told
from kpa_model.story.months.register import MonthsRegister
from kpa_model.ui import state
from kpa_model.ui.library import library
from tests.notebooks.screens import every, named, text

ANSWERS = {
    "Qui était là ?": "Awa\nBruno\nChloé\nDjamila\nÉlodie\nFatou",
    "Comment avons-nous voté ?": "5 oui, 1 objection",
    "Quel jour étions-nous ?": date(2027, 1, 15),
    "Où étions-nous ?": "La salle du quai",
    "Qu'en faisons-nous ?": "essai",
    "Le groupe a-t-il consenti ?": "consentement",
    "Objection 1": "Les trajets ne comptent pas.",
    "Notre réponse à l'objection 1": "Nous les comptons dès février.",
    "Jusqu'à quel jour l'essayons-nous ?": date(2027, 4, 14),
    "Quel jour en reparlons-nous ?": date(2027, 4, 15),
}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> state.Store:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    return kpa.open_store()


def fill(screen: widgets.Widget, **changes: object) -> None:
    named(screen, "De quoi avons-nous décidé ?").value = changes.get("rule", "parts_egales")
    for label, value in ANSWERS.items():
        named(screen, label).value = value


def kept(rule: str = "parts_egales", held_on: date = date(2027, 1, 15)) -> None:
    decisions.keep(DecisionRecord("Les Tilleuls", held_on, "essai", rule_told(ready_rules()[rule])))


def test_an_empty_register_says_where_to_begin(store: state.Store) -> None:
    screen = kpa.our_decisions(store)
    assert "Aucune décision n'est encore écrite. Écrivez la première plus bas." in text(screen)
    assert named(screen, "Lire une décision").layout.display == "none"
    assert "Quelque chose" not in text(screen)


def test_a_decision_taken_on_paper_is_written_then_read(store: state.Store) -> None:
    shelf, screen = kpa.our_decisions(store), kpa.write_decision(store)
    fill(screen)
    named(screen, "Écrire le compte rendu").click()
    assert "La décision est écrite." in text(screen)
    said = text(shelf)
    assert "15 janvier 2027 : Parts égales" in said
    assert "Nous essayons cette règle. L'essai va jusqu'au 14 avril 2027." in said
    assert "6 personnes présentes." in said
    assert "Les trajets ne comptent pas. Nous les comptons dès février." in said
    assert named(screen, "Qui était là ?").value == ""
    (found,), _ = decisions.all_decisions()
    assert found.record.figures["Mois regardés"]
    assert found.record.rule.fingerprint == rule_told(ready_rules()["parts_egales"]).fingerprint


def test_the_pdf_can_be_taken(store: state.Store) -> None:
    kept()
    found = " ".join(each.value for each in every(kpa.our_decisions(store)) if isinstance(each, widgets.HTML))
    coded = re.search(r'download="2027-01-15_parts_egales\.pdf" href="data:application/pdf;base64,([^"]+)"', found)
    assert base64.b64decode(coded[1]).startswith(b"%PDF")


def test_what_is_missing_is_told_at_once_and_nothing_typed_is_lost(store: state.Store) -> None:
    screen = kpa.write_decision(store)
    named(screen, "Où étions-nous ?").value = "La salle du quai"
    named(screen, "Écrire le compte rendu").click()
    said = text(screen)
    assert "5 choses à corriger" in said
    assert "Quel jour en reparlons-nous ? : La réponse manque." in said
    assert named(screen, "Où étions-nous ?").value == "La salle du quai"
    assert decisions.all_decisions() == ((), ())


def test_a_decision_that_is_not_a_rule_is_kept_in_the_words_of_the_group(store: state.Store) -> None:
    shelf, screen = kpa.our_decisions(store), kpa.write_decision(store)
    fill(screen, rule="autre")
    named(screen, "Notre décision, avec nos mots").value = "Le fonds commun paie un diable."
    named(screen, "Écrire le compte rendu").click()
    said = text(shelf)
    assert "15 janvier 2027 : Le fonds commun paie un diable." in said
    assert "Nous essayons cette idée." in said
    assert named(shelf, "En faire la règle de départ").layout.display == "none"
    (found,), _ = decisions.all_decisions()
    assert found.record.figures == {}


def test_the_rule_of_a_decision_becomes_the_rule_of_today(store: state.Store, tmp_path: Path) -> None:
    kept("heures")
    screen = kpa.our_decisions(store)
    named(screen, "En faire la règle de départ").click()
    assert store.state.today == "heures"
    assert store.state.ours == ready_rules()["heures"]
    assert not (tmp_path / "regles" / "heures.yaml").exists()


def test_a_rule_that_is_not_in_the_library_is_put_there(store: state.Store) -> None:
    from dataclasses import replace

    rule = replace(ready_rules()["heures"], title="Nos heures à nous")
    decisions.keep(DecisionRecord("Les Tilleuls", date(2027, 1, 15), "essai", rule_told(rule)))
    named(kpa.our_decisions(store), "En faire la règle de départ").click()
    assert library()[store.state.today] == replace(rule, trial=None)  # the record says until when
    assert store.state.today not in ready_rules()


def test_history_says_what_changed(store: state.Store) -> None:
    kept()
    kept("heures", date(2027, 3, 1))
    assert "Nous retirons l'étape « Parts égales »." in text(kpa.our_decisions(store))


def test_erasing_asks_to_be_sure(store: state.Store) -> None:
    kept()
    screen = kpa.our_decisions(store)
    named(screen, "Effacer").click()
    assert "Cochez d'abord la case" in text(screen)
    assert len(decisions.all_decisions()[0]) == 1
    named(screen, "Effacer cette décision, pour toujours").value = True
    named(screen, "Effacer").click()
    assert decisions.all_decisions() == ((), ())


def test_a_damaged_decision_is_told(store: state.Store, tmp_path: Path) -> None:
    kept()
    (tmp_path / "decisions" / "2027-01-15_parts_egales" / "compte_rendu.json").write_text("{")
    assert "son compte rendu est abîmé." in text(kpa.our_decisions(store))


def test_sentences_are_short(store: state.Store) -> None:
    kept()
    said = text(kpa.our_decisions(store)) + text(kpa.write_decision(store))
    lengths = [len(re.findall(r"[\w'’]+", each)) for each in re.split(r"[.!?:]+", said) if len(each.split()) > 2]
    assert sum(lengths) / len(lengths) <= 12


def test_a_decision_puts_its_rule_in_force_for_real_months_in_one_gesture(store: state.Store) -> None:
    kept("heures", date(2027, 1, 15))
    screen = kpa.our_decisions(store)
    named(screen, "La mettre en vigueur pour nos mois réels").click()
    assert "Elle est en vigueur à partir de février 2027." in text(screen)
    rule = MonthsRegister(store.state.book).read().state.rule_of("2027-02")
    assert rule is not None
    assert (rule.title, rule.decision) == (ready_rules()["heures"].title, "2027-01-15_selon_les_heures")
    assert f"« {rule.title} » est en vigueur depuis février 2027." in text(kpa.rule_in_force(store)).replace(
        "\u00a0", " "
    )
