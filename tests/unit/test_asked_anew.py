"""Every question asked again: what the book holds of old answers is asked too, and may become another one."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from kpa_model.cooperative.people import Status
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import ImportProposal, propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import read, table

MAY = table("heures mai.csv", "Personne;Date;Durée;Genre", "Odile;12/05/2026;3h;appui", "Ravi;13/05/2026;2h;appui")
JUNE = table("heures juin.csv", "Personne;Date;Durée;Genre", "Odile;09/06/2026;1h;appui")
LIST = table(
    "ventes.csv", "Numéro;Date;Échéance;Montant HT;Taux TVA;Réglée",
    "R1;04/05/2026;03/06/2026;100,00;20 %;oui", "R2;06/05/2026;05/06/2026;50,00;20 %;",
)  # fmt: skip


def _kept(folder: Path, monkeypatch: pytest.MonkeyPatch, **answers: str) -> Path:
    monkeypatch.setenv("KPA_MES_DONNEES", str(folder))
    proposal, _ = read(MAY, LIST, sold="", **answers)
    return keep(proposal, "Encore", [MAY, LIST], datetime(2026, 6, 1))


def _anew(place: Path, files: list[GivenFile], **answers: str) -> tuple[ImportProposal, list[str]]:
    recipe, asked = Recipe(anew=True), list[str]()
    while (proposal := propose(files, place.name, recipe, Findings(), held_in(place))).questions:
        question, topic = proposal.questions[0], proposal.questions[0].doubt.topic
        asked.append(question.doubt.question)
        recipe = proposal.answer(question, answers.get(topic.replace(".", "_"), question.doubt.options[0][0]))
    return proposal, asked


def _statuses(place: Path) -> dict[str, tuple[str, date]]:
    return {each["personne"]: (each["statut"], each["du"]) for each in held_in(place).tables["personnes"]}


def test_a_wrong_tick_is_mended_from_its_first_day_though_only_june_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = _kept(tmp_path, monkeypatch, personnes_cape="Ravi")
    assert not propose([JUNE], place.name, recipe_in(place), Findings(), held_in(place)).questions
    proposal, asked = _anew(place, [JUNE], autre_cape="Odile")
    assert any("Qui a un CAPE ?" in each and each.endswith("aujourd'hui : Ravi.") for each in asked)
    keep(proposal, place.name, [JUNE], datetime(2026, 7, 1))
    began = date(2026, 5, 1)
    assert _statuses(place) == {"Odile": (Status.CAPE, began), "Ravi": (Status.VOLUNTEER, began)}
    assert any("Ravi : pas de CAPE, donc pas de part, dès le 01/05/2026" in each for each in proposal.heeded)
    assert "autre.cape" not in recipe_in(place).answers


def test_the_same_answer_changes_nothing_and_what_a_list_says_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = _kept(tmp_path, monkeypatch, personnes_cape="Ravi")
    members = table("membres.csv", "Personne;Statut;Du", "Zoé;bénévole;01/06/2026")
    proposal, _ = _anew(place, [MAY, LIST, members], autre_cape="Ravi")
    assert [each["personne"] for each in proposal.merged.changes["personnes"].added] == ["Zoé"]
    assert not proposal.merged.changes["personnes"].removed
    keep(proposal, place.name, [MAY, LIST, members], datetime(2026, 7, 1))
    _, asked = _anew(place, [JUNE])
    assert not any("Zoé" in each for each in asked)


@pytest.mark.parametrize(
    ("before", "now", "day"),
    [
        ("inconnu", "facture", date(2026, 5, 4)), ("facture", "inconnu", None),
        ("facture", "echeance", date(2026, 6, 3)), ("echeance", "echeance", date(2026, 6, 3)),
    ],
)  # fmt: skip
def test_the_day_of_payments_is_asked_as_the_first_time(
    before: str, now: str, day: date | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = _kept(tmp_path, monkeypatch, reglement_jour=before)
    proposal, asked = _anew(place, [MAY, LIST], reglement_jour=now)
    assert not any("ne l'étaient pas la dernière fois" in each for each in asked)
    assert any("dit que l'argent est arrivé : 120,00" in each for each in asked)
    assert proposal.reading is not None
    paid = [(each.invoice, each.received_on) for each in proposal.reading.book.payments]
    assert paid == ([("R1", day)] if day else [])
    change = proposal.merged.changes["encaissements"]
    assert bool(change.added or change.removed) == (before != now)
