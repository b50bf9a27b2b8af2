"""`kpa documents`: an invoice of an order, what a text forgets, the cards of the game."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from facturx import get_facturx_xml_from_pdf

from kpa_model.command.program import main
from kpa_model.invoicing.numbering import read_register, register_path


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))


def said(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    both = capsys.readouterr()
    plain = [" ".join(each.replace("\u00a0", " ").replace("\u202f", " ").split()) for each in (both.out, both.err)]
    return plain[0], plain[1]


def test_an_invoice_is_shown_without_taking_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["documents", "faire", "C2025-002"]) == 0
    out, _ = said(capsys)
    assert "FACTURE" in out
    assert "Net à payer (TTC) : 616,00 €" in out
    assert read_register(register_path()) == ()


def test_an_invoice_is_written_with_its_twin_and_a_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        order = ["documents", "faire", "C2025-002", "--client", "entreprise", "--sortie", str(tmp_path / "out")]
        assert main(order) == 0
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(names) == 6
    assert [each.number[-3:] for each in read_register(register_path())] == ["001", "002"]
    twin = next(path for path in (tmp_path / "out").iterdir() if path.name.endswith("001_facturx.pdf"))
    assert get_facturx_xml_from_pdf(twin.read_bytes())[0] == "factur-x.xml"
    origin = json.loads(next((tmp_path / "out").glob("*_origine.json")).read_text(encoding="utf-8"))
    assert origin["Document"] == "Document d'exercice, sans valeur"


def test_a_quote_for_a_person_has_no_twin(tmp_path: Path) -> None:
    order = ["documents", "faire", "C2025-003", "--genre", "devis", "--sortie", str(tmp_path)]
    assert main(order) == 0
    assert len(list(tmp_path.glob("*.pdf"))) == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["faire", "C2025-0002"], "Vouliez-vous dire « C2025-002 » ?"),
        (["faire"], "Donnez par exemple"),
        (["faire", "C2025-002", "--genre", "avoir"], "il corrige une facture déjà faite"),
        (["verifier", "rien.txt"], "il n'existe pas"),
    ],
)
def test_what_cannot_be_made_is_told(given: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["documents", *given]) == 1
    assert told in said(capsys)[1]


def test_a_text_says_what_it_forgets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["documents", "faire", "C2025-002", "--client", "association"]) == 0
    whole = capsys.readouterr().out
    path = tmp_path / "texte.txt"
    path.write_text(whole.replace("Indemnité forfaitaire pour frais de recouvrement", ""), encoding="utf-8")
    assert main(["documents", "verifier", str(path), "--client", "association"]) == 1
    out, _ = said(capsys)
    assert "Le cahier cherche des mots." in out
    assert "L'indemnité de 40 € en cas de retard. Relancer prend du temps." in out
    assert "SIREN" not in out
    path.write_bytes(b"\xff\xfe\x00")
    assert main(["documents", "verifier", str(path)]) == 1
    assert "ce n'est pas un texte" in said(capsys)[1]


def test_the_game_and_the_list_of_mentions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["documents", "jeu", "--sortie", str(tmp_path)]) == 0
    assert (tmp_path / "jeu_du_trimestre.pdf").read_bytes().startswith(b"%PDF")
    capsys.readouterr()
    assert main(["documents", "mentions", "--genre", "devis", "--client", "particulier"]) == 0
    out, _ = said(capsys)
    assert "à vérifier avec la CAE" in out
    assert "Le devis est-il gratuit ?" in out
    assert "40 €" not in out
