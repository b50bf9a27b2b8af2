"""A command that only reads makes no folder: personal data go where the person decides, when something is kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kpa_model.command.program import JOBS, main

BOOK = Path(__file__).parent / "older_data" / "version_0_1" / "cooperatives" / "Nos Lilas"
ASKED = {
    "atelier": ["--liste", "--liste --base ateliers.sqlite", "--exporter a x", "--effacer a", "--reprendre", "rien"],
    "importer": ["--dans nous --essai heures.csv", "--dans nous --defaire"],
    "verifier": ["carnet"],
    "partager": ["carnet --regle heures"],
    "comparer": ["carnet --regles heures parts_egales"],
    "simuler": ["annee_ordinaire --regles heures --tirages 5"],
    "eprouver": ["carnet --regle parts_egales"],
    "lire": ["heures"],
    "regles": [""],
    "exemple": [""],
    "exercices": ["liste", "essayer"],
    "documents": ["verifier texte.txt"],
    "decisions": [""],
    "mois": ["carnet"],
    "cloturer": ["carnet 2025-03"],
    "payer": ["carnet 2025-03"],
    "rouvrir": ["carnet 2025-03"],
    "regulariser": ["carnet 2025-03"],
    "demande": ["carnet 2025-03"],
    "parametres": ["--anciens"],
}
"""Each job, asked to read, or to change what was never begun."""


@pytest.mark.parametrize("job", ASKED)
def test_what_only_reads_makes_nothing(job: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, work = tmp_path / "absent" / "mes_donnees", tmp_path / "work"
    shutil.copytree(BOOK, work / "carnet")
    (work / "heures.csv").write_text("Personne;Date;Heures\nAwa;03/02/2025;2\n", encoding="utf-8")
    (work / "texte.txt").write_text("Facture n° 1", encoding="utf-8")
    before = {*work.rglob("*")}
    monkeypatch.setenv("KPA_MES_DONNEES", str(home))
    monkeypatch.chdir(work)
    for words in ASKED[job]:
        main([job, *words.split()])
        assert not home.parent.exists(), words
        assert {*work.rglob("*")} == before, words


def test_every_job_is_tried_but_those_that_write() -> None:
    assert {*ASKED, "ouvrir", "modele"} == set(JOBS)
