"""Real months from a terminal: begin, close, pay, correct, ask, copy."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from kpa_model.command import main
from kpa_model.decision.record import DecisionRecord
from kpa_model.files.book import books
from kpa_model.pay.ready import ready_rules
from kpa_model.places import data
from kpa_model.story.decide import decisions
from kpa_model.story.decide.told import rule_told
from kpa_model.story.months.register import MonthsRegister

BOOK = "Nous"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))
    monkeypatch.setenv("COLUMNS", "100")
    shutil.copytree(data() / "tilleuls", folder := books.book_place(BOOK))
    return folder


def kpa(capsys: pytest.CaptureFixture[str], *words: str, ends: int = 0) -> str:
    assert main(list(words)) == ends
    said = capsys.readouterr()
    return re.sub(r"\s+", " ", said.out + said.err)


def test_a_month_from_beginning_to_end(capsys: pytest.CaptureFixture[str], tmp_path: Path, home: Path) -> None:
    assert "le registre n'est pas commencé" in kpa(capsys, "cloturer", BOOK, "2025-01", ends=1)
    kpa(capsys, "mois", BOOK, "2025-01", "--commencer", "--fonds", "240", "--reserve", "600")
    assert "il manque la raison" in kpa(capsys, "mois", BOOK, "2025-01", "--regle", "parts_egales", ends=1)
    asked = ("--regle", "parts_egales", "--raison", "Voté", "--fin-essai", "2025-03-31")
    said = kpa(capsys, "mois", BOOK, "2025-01", *asked)
    assert "Votre essai est fini depuis le 31 mars 2025" in said
    assert "La caisse tient 840,00 €" in said
    said = kpa(capsys, "cloturer", BOOK, ends=1)
    assert "Rien n'est écrit" in said
    assert "ont donné du temps sans CAPE" in said
    assert "Janvier 2025 est arrêté." in kpa(capsys, "cloturer", BOOK, "--vu", "--le", "2025-02-03")
    assert "Janvier 2025 est adopté." in kpa(capsys, "cloturer", BOOK, "--adopter", "Awa", "Jeannine")
    out = tmp_path / "sortie"
    said = kpa(capsys, "demande", BOOK, "--limite", "2025-02-08", "--sortie", str(out))
    assert {each.suffix for each in out.iterdir()} == {".pdf", ".csv", ".xlsx", ".json"}
    assert "elle est déjà partie" not in said
    assert "la demande est partie à la CAE" in kpa(capsys, "rouvrir", BOOK, "--raison", "x", ends=1)
    said = kpa(capsys, "demande", BOOK, "--reponse", "payee", "--paye", "Awa=100", "--le", "2025-02-20")
    assert re.search(r"Awa \S+ € 100,00 € \S+ €", said)
    said = kpa(capsys, "payer", BOOK, "2025-01", "--le", "2025-02-21")
    assert "Janvier 2025 est clos." in said
    assert "2025" in correct_then_say(capsys, home)


def correct_then_say(capsys: pytest.CaptureFixture[str], home: Path) -> str:
    """An invoice of January said 50 € too little."""
    assert "rien à régulariser" in kpa(capsys, "regulariser", BOOK)
    path = home / "factures.csv"
    content = path.read_text(encoding="utf-8")
    assert content.count(";325,00;10 %;inventé;") == 1
    path.write_text(content.replace(";325,00;10 %;inventé;", ";375,00;10 %;inventé;"), encoding="utf-8")
    said = kpa(capsys, "regulariser", BOOK)
    assert "Commande C2025-001, ventes : 325,00 € avant, 375,00 € maintenant." in said
    assert "Rien n'est écrit" in said
    said = kpa(capsys, "regulariser", BOOK, "--raison", "Facture mal recopiée", "--remettre", "Awa")
    assert "Awa :" not in said
    assert "L'écart entre dans février 2025" in said
    assert "rien à régulariser" in kpa(capsys, "regulariser", BOOK)
    return said


def test_what_is_not_understood_is_said_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    kpa(capsys, "mois", BOOK, "2025-01", "--commencer")
    assert "n'est pas une date" in kpa(capsys, "cloturer", BOOK, "--le", "hier", ends=2)
    assert "il n'est pas compris" in kpa(capsys, "payer", BOOK, "janvier", ends=2)
    assert "elle n'est pas dans le registre" in kpa(
        capsys, "payer", BOOK, "2025-01", "--personne", "Zoé", "--montant", "3", ends=2
    )
    assert "un montant est négatif" in kpa(capsys, "mois", BOOK, "2025-01", "--commencer", "--fonds=-5", ends=1)


def test_the_last_month_is_opened_again_with_a_reason_and_nothing_is_erased(
    capsys: pytest.CaptureFixture[str],
) -> None:
    kpa(capsys, "mois", BOOK, "2025-01", "--commencer", "--fonds", "240")
    kpa(capsys, "mois", BOOK, "2025-01", "--regle", "parts_egales", "--raison", "Voté")
    kpa(capsys, "cloturer", BOOK, "--vu", "--adopter", "Awa")
    assert "il manque la raison" in kpa(capsys, "rouvrir", BOOK, ends=1)
    assert "Janvier 2025 est rouvert" in kpa(capsys, "rouvrir", BOOK, "--raison", "Une facture manquait")
    state = MonthsRegister(BOOK).read().state
    assert (str(state.status("2025-01")), state.month("2025-01").version) == ("ouvert", 1)
    assert state.balance("fonds") == 24_000
    assert [each.kind for each in MonthsRegister(BOOK).read().kept.entries][-3:] == ["arret", "adoption", "reouverture"]
    assert "Janvier 2025 est adopté." in kpa(capsys, "cloturer", BOOK, "--vu", "--adopter", "Awa")
    assert MonthsRegister(BOOK).read().state.month("2025-01").version == 2


def test_a_decision_puts_its_rule_in_force_from_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    rule = ready_rules()["heures"]
    name = decisions.keep(DecisionRecord("Nous", date(2025, 1, 15), "essai", rule_told(rule))).name
    kpa(capsys, "mois", BOOK, "2025-01", "--commencer")
    said = kpa(capsys, "mois", BOOK, "2025-02", "--decision", name)
    assert f"« {rule.title} »" in said
    assert MonthsRegister(BOOK).read().state.rule_of("2025-02").decision == name
    assert MonthsRegister(BOOK).read().state.rule_of("2025-01") is None
    assert "Décision « inconnue »" in kpa(capsys, "mois", BOOK, "--decision", "inconnue", ends=1)


def test_the_whole_ledger_leaves_in_one_file_and_comes_back(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    kpa(capsys, "mois", BOOK, "2025-01", "--commencer", "--fonds", "240")
    file = tmp_path / "copie.jsonl"
    assert "La copie est écrite" in kpa(capsys, "mois", BOOK, "--copie", str(file))
    before = MonthsRegister(BOOK).read().kept
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "ailleurs"))
    assert "La caisse tient 240,00 €" in kpa(capsys, "mois", str(home), "--reprendre", str(file))
    assert MonthsRegister(BOOK).read().kept == before


def test_an_answer_of_the_cae_pays_nobody_a_second_time(capsys: pytest.CaptureFixture[str]) -> None:
    kpa(capsys, "mois", BOOK, "2025-01", "--commencer", "--enveloppe", "100")
    kpa(capsys, "mois", BOOK, "2025-01", "--regle", "heures", "--raison", "Voté")
    kpa(capsys, "cloturer", BOOK, "2025-01", "--vu", "--adopter", "Awa")
    kpa(capsys, "demande", BOOK, "2025-01")
    kpa(capsys, "payer", BOOK, "2025-01", "--personne", "Awa", "--montant", "100")
    assert "Janvier 2025 est clos." in kpa(capsys, "demande", BOOK, "2025-01", "--reponse", "payee")
    month = MonthsRegister(BOOK).read().state.month("2025-01")
    assert all(month.received(person) == month.amount(person) for person in month.people)


def test_a_group_that_starts_now_says_what_it_owes_and_what_is_carried_is_printed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    begun = ("--doit", "Nadège=80", "--epargne", "Awa=30,10", "--raison", "Relevé lu par Chantal")
    said = kpa(capsys, "mois", BOOK, "2025-01", "--commencer", "--enveloppe", "120,50", *begun)
    assert "Au départ, en janvier 2025, la caisse tenait 150,60 €. Relevé lu par Chantal." in said
    assert "Le groupe doit encore 80,00 € à Nadège." in said
    assert "il manque le signe =" in kpa(capsys, "mois", BOOK, "2025-01", "--commencer", "--doit", "Awa", ends=2)
    seen = MonthsRegister(BOOK).read()
    assert seen.state.owed == {seen.who.code("Nadège"): 8000}
    assert "Chantal" not in seen.state.opened.note
    kpa(capsys, "mois", BOOK, "2025-01", "--regle", "parts_egales", "--raison", "Voté")
    kpa(capsys, "cloturer", BOOK, "--vu", "--adopter", "Awa")
    kpa(capsys, "demande", BOOK, "2025-01", "--sortie", str(tmp_path / "sortie"))
    said = kpa(capsys, "demande", BOOK, "2025-01", "--reponse", "payee", "--paye", "Awa=100")
    assert re.search(r"La CAE a payé \S+ \S+ € : (\S+) € de moins\. - Awa : demandé \S+ €, payé 100,00 €, \1 €", said)
    said = kpa(capsys, "payer", BOOK, "2025-01", "--reporter", "La CAE attend")
    assert "Personne Montant Versé Reporté" in said
    (table,) = (tmp_path / "sortie").glob("*.csv")
    assert all(line.endswith(";") for line in table.read_text(encoding="utf-8-sig").splitlines()[1:])  # no limit: empty
