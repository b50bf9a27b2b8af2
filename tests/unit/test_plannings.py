"""A planning with two columns a person: « idem » is the cell above, days are as long as the legend says."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpa_model.files.book.book_reader import read_book
from tests.given_tables import minutes, read, table

TITLES = ("Jour;Ida;;Noam;", ";Lieu;Durée;Lieu;Durée")
READ = {("Ida", "2026-03"): 4 * 60 + 2 * 60 + 120, ("Noam", "2026-03"): 3 * 60 + 5 * 60 + 60}


@pytest.mark.parametrize("ditto", ["//", "idem", '"""', "″", "- // -", "pareil"])
def test_the_same_as_above_is_the_cell_above_and_is_told(ditto: str) -> None:
    cell = '""""' if ditto == '"""' else ditto
    lines = ("02/03/2026;Halle;4;Halle;3", "03/03/2026;Bureau;2;Marché;5", "Total;;6;;8",
             f"04/03/2026;{cell};{cell};{cell};1")  # fmt: skip
    proposal, asked = read(table("planning.csv", *TITLES, *lines), genre="commun")
    assert not [topic for topic in asked if topic.startswith(("colonne", "personne."))]
    assert minutes(proposal) == READ
    assert any(
        "3 cases sont lues comme celles du dessus (ligne 6)" in each.replace("\xa0", " ") for each in proposal.heeded
    )


@pytest.mark.parametrize("legend", ["1 j = 6 h", "Une journée compte 6h, ½ j = 3 h", "jour : 6 h"])
def test_a_legend_says_how_long_a_day_is(legend: str) -> None:
    lines = ("02/03/2026;Halle;1 j;Halle;½ j", "03/03/2026;Bureau;½ j;Marché;2 j", "Total;;9;;15")
    proposal, asked = read(table("planning.csv", legend, "", *TITLES, *lines), genre="commun")
    assert "duree.journee" not in asked
    assert minutes(proposal) == {("Ida", "2026-03"): 540, ("Noam", "2026-03"): 900}
    assert any("un jour est lu 6 h" in each.replace("\xa0", " ").replace("\xa0", " ") for each in proposal.heeded)
    assert not any("ce total" in each for each in proposal.notes)


def test_two_legends_that_disagree_say_nothing() -> None:
    lines = ("02/03/2026;Halle;1 j;Halle;½ j", "03/03/2026;Bureau;½ j;Marché;1 j")
    _, asked = read(table("planning.csv", "1 j = 6 h, ½ j = 4 h", "", *TITLES, *lines), genre="commun")
    assert "duree.journee" in asked


@pytest.mark.parametrize(("said", "ida"), [("h", 7 * 60 + 120), ("420", 7 * 60 + 2 * 420)])
def test_numbers_alone_beside_days_are_asked_about_once(said: str, ida: int) -> None:
    lines = ("02/03/2026;Ida;1 j", "03/03/2026;Ida;2", "04/03/2026;Noam;½ j", "05/03/2026;Noam;1")
    proposal, asked = read(table("heures.csv", "Jour;Qui;Durée", *lines), genre="commun", duree_unite=said)
    assert asked.count("duree.unite") == 1
    assert minutes(proposal)["Ida", "2026-03"] == ida


@pytest.mark.parametrize("month", ["MARS 2026", "mars"])
def test_months_one_under_the_other_keep_the_people_over_their_columns(month: str) -> None:
    first = ("Planning 2026", "", month, *TITLES, "lun 2/3;Halle;1 j;Halle;½ j", "mar 3/3;Halle;½ j;Halle;1 j")
    later = ("", "AVRIL 2026", *TITLES, "mer 1/4;Halle;1 j;Halle;½ j", "jeu 2/4;Halle;idem;abs;")
    plan = table("planning.csv", "1 j = 8 h", *first, *later)
    proposal, _ = read(plan, genre="commun")
    assert minutes(proposal) == {
        ("Ida", "2026-03"): 720, ("Noam", "2026-03"): 720, ("Ida", "2026-04"): 960, ("Noam", "2026-04"): 240,
    }  # fmt: skip


def test_a_kept_book_may_call_an_invoice_by_a_mark(tmp_path: Path) -> None:
    for name, lines in {
        "cooperative.yaml": "nom: Essai",
        "personnes.csv": "personne;statut;du\nIda;cape;01/01/2026",
        "commandes.csv": "commande;date\nA;01/06/2026\nidem;02/06/2026",
        "factures.csv": "facture;commande;date;montant_ht;taux_tva\nF1;A;03/06/2026;9;20 %\n//;idem;04/06/2026;5;20 %",
    }.items():
        (tmp_path / name).write_text(lines, "utf-8")
    book = read_book(tmp_path).book
    assert [(each.invoice, each.order) for each in book.lines] == [("F1", "A"), ("//", "idem")]


def test_the_same_as_above_beside_hours_is_the_work_before_a_day_off() -> None:
    lines = (
        "Jour;Quoi;Heures",
        "06/07/2026;atelier;3h",
        "07/07/2026;férié;",
        "08/07/2026;idem;5h",
        "09/07/2026;CP;",
        "10/07/2026;idem;",
    )
    proposal, _ = read(table("heures Ida.csv", *lines))
    assert proposal.reading is not None, proposal.refusal
    assert [(each.on.day, each.minutes) for each in proposal.reading.book.hours] == [(6, 180), (8, 300)]
