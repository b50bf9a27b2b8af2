"""Lines that nobody can read refuse an import, until the group asks to set them aside: then each is told first."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from kpa_model.command.program import main
from kpa_model.command.screen import Screen
from kpa_model.files.book.books import personal_books
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.aside import spared
from kpa_model.files.importing.proposal import ImportProposal, propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import minutes, sales, table

HOURS = (
    "personne;date;genre;duree",
    "Zoé;02/07/2026;commun;3h",
    "Luc;03/07/2026;commun;#REF!",
    "Luc;04/07/2026;commun;2h",
)
BILLS = (
    "Numéro;Date;Commande;Total HT;TVA",
    "A1;08/07/2026;Haie;90,00;20 %",
    "A2;09/07/2026;Mur;beaucoup;20 %",
    "A2;09/07/2026;Mur;40,00;20 %",
    "A3;31/06/2026;Toit;55,00;20 %",
)


def both(*files: GivenFile) -> tuple[ImportProposal, ImportProposal | None]:
    recipe = Recipe()
    while (proposal := propose(files, "Essai", recipe, Findings())).questions:
        question = proposal.questions[0]
        options = [value for value, _ in question.doubt.options]
        recipe = proposal.answer(question, "|".join(options) if question.doubt.several else options[0])
    return proposal, spared(files, "Essai", recipe, Findings())


def test_a_bad_cell_refuses_all_by_itself_and_its_line_is_told_first_when_it_is_set_aside() -> None:
    whole, rest = both(table("heures.csv", *HOURS), table("factures.csv", *BILLS))
    assert whole.reading is None
    assert whole.refusal is not None
    assert len(whole.refusal.problems) == 3
    assert rest is not None
    assert sales(rest) == {"2026-07": 9_000}
    assert minutes(rest) == {("Zoé", "2026-07"): 180, ("Luc", "2026-07"): 120}
    told = " ".join(rest.unread).replace("\u00a0", " ")
    assert len(rest.unread) == 4, rest.unread
    assert all(part in told for part in ("#REF!", "Luc", "« beaucoup »", "A2, Mur, 40,00 € HT", "A3, Toit, 55,00 € HT"))


def test_a_payment_of_an_invoice_set_aside_is_set_aside_with_it() -> None:
    paid = table("encaissements.csv", "facture;date;montant_ttc", "A1;20/07/2026;108,00", "A3;21/07/2026;66,00")
    _, rest = both(table("heures.csv", *HOURS), table("factures.csv", *BILLS), paid)
    assert rest is not None
    assert rest.reading is not None
    assert [(each.invoice, each.amount) for each in rest.reading.book.payments] == [("A1", 10_800)]
    assert any("66,00" in each for each in rest.unread)


def test_what_is_wrong_with_titles_or_with_a_whole_file_is_not_offered_to_be_set_aside() -> None:
    nothing = table("heures.csv", "personne;genre;duree", "Zoé;commun;3h", "Luc;commun;2h")
    whole, rest = both(nothing, table("factures.csv", *BILLS[:2]))
    assert whole.refusal is not None
    assert rest is None


def test_a_book_without_a_fault_has_nothing_to_set_aside() -> None:
    whole, rest = both(table("heures.csv", *HOURS[:2]), table("factures.csv", *BILLS[:2]))
    assert whole.reading is not None
    assert rest is None


def test_the_terminal_sets_lines_aside_when_told_and_keeps_the_rest_after_a_yes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))
    members = ("personne;statut;du", "Zoé;CAPE;01/01/2026", "Luc;CAPE;01/01/2026")
    for name, lines in {"heures": HOURS, "factures": BILLS, "personnes": members}.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    command = ["importer", *map(str, sorted(tmp_path.glob("*.csv"))), "--dans", "Essai"]
    assert main(command) == 1
    refused = capsys.readouterr()
    assert "recommencez avec --sans-ces-lignes" in " ".join(refused.out.split())  # lines follow the width
    assert "À savoir aussi" not in refused.out + refused.err
    assert main([*command, "--sans-ces-lignes"]) == 1  # told first, and nothing kept without a yes
    assert "Ce qui n'est pas lu" in capsys.readouterr().out
    assert "Essai" not in personal_books()
    assert main([*command, "--sans-ces-lignes", "--oui"]) == 0
    assert "Essai" in personal_books()
    assert main(command) == 1  # another time, it is not set aside by itself


@pytest.mark.parametrize("width", [40, 60, 80, 84, 100])
def test_an_option_is_never_cut_in_two_lines(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    stream = StringIO()
    Screen(stream).say("Pour mettre ces lignes de côté et garder le reste, recommencez avec --sans-ces-lignes.")
    assert "--sans-ces-lignes." in stream.getvalue().splitlines()[-1]


def test_of_a_line_of_several_days_only_the_cell_that_nobody_can_read_is_set_aside() -> None:
    days = ("Nom;06/07/2026;07/07/2026;08/07/2026", "Zoé;3h;2h;4h", "Luc;1h;deux;5h")
    _, rest = both(table("heures.csv", *days), table("factures.csv", *BILLS[:2]))
    assert rest is not None
    assert minutes(rest) == {("Zoé", "2026-07"): 540, ("Luc", "2026-07"): 360}
    assert len(rest.unread) == 1, rest.unread
    assert "« deux »" in rest.unread[0]
    assert "Case mise de côté : Luc." in rest.unread[0]


def test_hours_that_nobody_can_read_leave_the_sale_of_their_line() -> None:
    lines = (
        "Date;Client;Prix TTC;TVA;Qui;Heures",
        "06/07/2026;Mur;120,00;20 %;Zoé;trois",
        "07/07/2026;Toit;240,00;20 %;Luc;2h",
    )
    _, rest = both(table("suivi.csv", *lines))
    assert rest is not None
    assert sales(rest) == {"2026-07": 30_000}
    assert minutes(rest) == {("Luc", "2026-07"): 120}
    assert len(rest.unread) == 1, rest.unread
