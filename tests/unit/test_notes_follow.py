"""What the reader noticed follows the money: kept with the import, said in the terminal, printed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import ipywidgets as widgets
import pypdf
import pytest

import kpa_model as kpa
from kpa_model.command.program import main
from kpa_model.command.workshop import workshop_facts_of
from kpa_model.cooperative.chain import money_chain
from kpa_model.cooperative.facts import months_of
from kpa_model.decision.from_workshop import noticed
from kpa_model.files.book.book_reader import read_book
from kpa_model.files.book.books import book_place
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.keeping import keep, undo
from kpa_model.files.importing.past import notes_kept, unread_kept
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import Recipe
from kpa_model.pay.engine import settle_months
from kpa_model.pay.ready import ready_rules
from kpa_model.story.decide.told import about
from kpa_model.story.months.checks import notes_seen
from kpa_model.story.months.register import MonthsRegister
from kpa_model.story.paper import documents
from kpa_model.story.paper.unnamed_notes import notes_without_names
from kpa_model.story.pay.comparison import compare
from kpa_model.ui import pieces, state
from kpa_model.ui.library import read_named
from kpa_model.ui.state import Store
from tests.notebooks.screens import text
from tests.unit.test_importing import HOURS, INVOICES, answered

NOTE = "Fichier Février.csv, ligne 4 : les heures d'Olivier sont lues en minutes."
DRAFT = "PROV3"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))
    return keep(answered(HOURS, INVOICES)[0], "Les Essais", [HOURS, INVOICES], datetime(2026, 2, 1))


def printed(content: bytes, tmp_path: Path) -> str:
    place = tmp_path / "papier.pdf"
    place.write_bytes(content)
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(place).pages).split())


def papers(folder: Path, names: bool, notes: tuple[str, ...]) -> dict[str, Callable[[], bytes]]:
    book, rules = read_book(folder).book, ready_rules()
    months, money = months_of(book), money_chain(book)
    settled = {name: settle_months(rules[name], months) for name in ("parts_egales", "heures")}
    first = settled["parts_egales"]
    views = compare([*settled.values()])
    return {
        "regle": lambda: documents.rule_paper(book, rules["parts_egales"], first, money, names=names, notes=notes),
        "fiche": lambda: documents.payslip_paper(book, rules["parts_egales"], first[-1], 0, names=names, notes=notes),
        "comparaison": lambda: documents.comparison_paper(book, views, "2026-01", names=names, notes=notes),
    }


def test_what_an_import_noticed_stays_with_the_book_and_goes_with_the_import(folder: Path) -> None:
    assert any(DRAFT in note for note in notes_kept(folder))
    assert any(DRAFT in note for note in read_named("Les Essais")[1])
    undo(folder)
    assert notes_kept(folder) == ()


@pytest.mark.parametrize("which", ["regle", "fiche", "comparaison"])
def test_a_note_is_printed_on_each_paper(folder: Path, tmp_path: Path, which: str) -> None:
    said = printed(papers(folder, True, (NOTE, *(f"Remarque {at}." for at in range(8))))[which](), tmp_path)
    assert "À savoir sur ces chiffres" in said
    assert "les heures d’Olivier sont lues en minutes" in said.replace("'", "’")
    assert "Remarque 3." in said
    assert "Remarque 4." not in said
    assert "4 autres remarques" in said
    assert "À savoir sur ces chiffres" not in printed(papers(folder, True, ())[which](), tmp_path)


@pytest.mark.parametrize("which", ["regle", "comparaison"])
def test_without_names_a_note_names_nobody(folder: Path, tmp_path: Path, which: str) -> None:
    said = printed(papers(folder, False, (NOTE,))[which](), tmp_path)
    assert "sont lues en minutes" in said
    assert "Olivier" not in said


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("Fichier heures Olivier.csv, ligne 4 : « VIR /DE MME ROCHE » et Olivier Sand, 400,00 €.",
         "Fichier, ligne 4 : « … » et Personne AB …, 400,00 €."),
        ("Fichier F.csv, feuille « Olivier », lignes 2 et 3, colonne B « Qui » : 12,00 € (CB BOIS SARL 12,00 €).",
         "Fichier, lignes 2 et 3, colonne B : 12,00 € (… 12,00 €)."),
        ("Fichier F.csv, ligne 9 : Ligne mise de côté : Zoé Marin, 6 h. Elle ne compte pas.",
         "Fichier, ligne 9 : Ligne mise de côté. Elle ne compte pas."),
        ("Fichier F.csv, ligne 9 : Case mise de côté : Zoé Marin.", "Fichier, ligne 9 : Case mise de côté."),
        ("Dossier Les Amis : « Brouillon » sous « Montant HT » : 3 lignes, 640,00 € HT (zoe.m@ici.fr).",
         "Dossier : « Brouillon » sous « Montant HT » : 3 lignes, 640,00 € HT (…)."),
    ],
)  # fmt: skip
def test_without_names_a_note_keeps_its_sums_and_no_word_of_the_files(folder: Path, note: str, said: str) -> None:
    assert notes_without_names([note], {"Olivier": "Personne AB"}, read_book(folder).book) == (said,)


@pytest.mark.parametrize(
    "command",
    [["partager", "Les Essais", "--regle", "parts_egales"],
     ["comparer", "Les Essais", "--regles", "parts_egales", "heures"]],
    ids=["partager", "comparer"],
)  # fmt: skip
def test_the_terminal_says_what_the_import_noticed_and_prints_it(
    folder: Path, tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--sortie", str(tmp_path / "sortie")]) == 0
    assert DRAFT in capsys.readouterr().out
    (paper,) = (tmp_path / "sortie").glob("*.pdf")
    assert DRAFT in printed(paper.read_bytes(), tmp_path)


@pytest.mark.parametrize("command", [["partager", "Les Essais", "--regle", "parts_egales", "--sans-noms"]])
def test_the_terminal_without_names_names_nobody_in_its_notes(
    folder: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == 0
    said = capsys.readouterr().out
    assert DRAFT in said
    assert "Olivier" not in said
    assert "Nadège" not in said


def test_a_rule_put_to_the_test_says_it_in_the_terminal_and_on_its_sheet_without_a_name(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eprouver", "Les Essais", "--regle", "parts_egales", "--sortie", str(tmp_path / "sortie")]) == 0
    said = capsys.readouterr().out
    (sheet,) = (tmp_path / "sortie").glob("*.pdf")
    for each in (said, printed(sheet.read_bytes(), tmp_path)):
        assert DRAFT in each
        assert "Olivier" not in each


def test_a_decision_says_how_many_things_were_noticed_of_its_figures(folder: Path) -> None:
    book, notes = read_named("Les Essais")
    (view,) = compare([settle_months(ready_rules()["parts_egales"], months_of(book))])
    said = {len(given): about(book, view.rule, view, "2026-01", notes=given).figures for given in (notes, ())}
    assert said[len(notes)]["Remarques de lecture du carnet"] == f"{len(notes)}, à la page « Nos chiffres »"
    assert "Remarques de lecture du carnet" not in said[0]
    assert workshop_facts_of("Les Essais", None, [], 1)["noticed"] == len(notes)
    assert noticed(len(notes)).items() <= said[len(notes)].items()


@pytest.mark.parametrize(
    "screen",
    [kpa.our_months, kpa.one_order, kpa.find_rule, kpa.try_rule, kpa.one_pot, kpa.our_rule, kpa.why_this_amount],
)  # fmt: skip
def test_each_screen_that_shares_our_book_says_it(folder: Path, screen: Callable[..., widgets.Widget]) -> None:
    store = kpa.open_store()
    store.open_book("Les Essais")
    assert "À savoir sur ce carnet" in text(screen(store))


def test_a_proposal_with_no_note_keeps_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    assert propose([], "Rien", Recipe(), Findings()).notes == ()


def test_what_was_not_read_stands_open_beside_the_money(folder: Path) -> None:
    start = state._first_state()
    assert "est gardé sans" not in pieces.known(Store(dataclasses.replace(start, book=folder.name))).value
    lines = b"Date;Libelle;Debit;Credit\n20/01/2026;PAPETERIE;86,40;\n21/01/2026;VIR;;10,00\n"
    bank = GivenFile("banque.csv", lines)
    proposal, _ = answered(HOURS, INVOICES, bank)
    (left,) = (each for each in proposal.unread if "86,40" in each)
    keep(proposal, "Avec la banque", [HOURS, INVOICES, bank], datetime(2026, 2, 2))
    shown, folded = pieces.known(Store(dataclasses.replace(start, book="Avec la banque"))).value.split("<details>")
    assert "est gardé sans" in shown
    assert "86,40" in shown
    assert left in unread_kept(book_place("Avec la banque"))
    assert "À savoir" in folded


def test_a_month_closed_in_the_terminal_asks_about_what_the_import_noticed_and_keeps_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mois", "Les Essais", "2026-01", "--commencer"]) == 0
    assert main(["mois", "Les Essais", "2026-01", "--regle", "heures", "--raison", "Réunion du 3"]) == 0
    capsys.readouterr()
    assert main(["cloturer", "Les Essais", "2026-01"]) == 1
    assert DRAFT in " ".join(capsys.readouterr())
    assert main(["cloturer", "Les Essais", "2026-01", "--vu"]) == 0
    seen = MonthsRegister("Les Essais").read()
    assert any(DRAFT in each for each in notes_seen(seen, seen.state.month("2026-01")))
