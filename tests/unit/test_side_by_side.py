"""An empty column between two tables is a border: each half is read by itself, unless the same lines go on."""

from __future__ import annotations

from itertools import zip_longest

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import Recipe, Source
from tests.given_tables import minutes, read, sales, table

TIMES = (
    "Commande;Jour;Lia;Oum",
    "Halle;06/07/2026;4;2,5",
    "Sous-total halle;;4;2,5",
    "Verger;13/07/2026;;6",
    "TOTAL;;4;8,5",
)
LINES = ("Date;Qui;Durée;Genre", "06/07/2026;Lia;4h;commun", "07/07/2026;Oum;8h30;appui", "08/07/2026;Lia;0h30;commun")
BILLS = (
    "N°;Date;Client;Total HT;TVA",
    "1;09/07/2026;Halle;400,00;20 %",
    "2;15/07/2026;Verger;90,00;0 %",
    "Total;;;490,00;",
)
ONCE = {("Lia", "2026-07"): 240, ("Oum", "2026-07"): 510}


def beside(name: str, left: tuple[str, ...], right: tuple[str, ...], empty: int = 1) -> GivenFile:
    wide = left[-1].count(";")
    pairs = zip_longest(left, right, fillvalue="")
    return table(name, *(f"{mine + ';' * (wide - mine.count(';'))}{';' * (empty + 1)}{other}" for mine, other in pairs))


@pytest.mark.parametrize("empty", [1, 2])
@pytest.mark.parametrize("name", ["suivi.csv", "commandes.csv", "factures.csv", "heures.csv"])
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("times", "said"), [(TIMES, ONCE), (LINES, {**ONCE, ("Lia", "2026-07"): 270})])
def test_each_half_is_a_table_with_totals_of_its_own(
    times: tuple[str, ...], said: dict[tuple[str, str], int], turned: bool, name: str, empty: int
) -> None:
    bills = ("Factures de juillet", *BILLS) if empty > 1 else BILLS
    timed = ("Heures de juillet" + ";" * times[0].count(";"), *times) if empty > 1 else times
    halves = (bills, timed) if turned else (timed, bills)
    proposal, _ = read(beside(name, *halves, empty), sold="")
    assert sales(proposal) == {"2026-07": 49_000}
    assert minutes(proposal) == said


def test_an_empty_column_inside_a_table_is_no_border() -> None:
    spaced = [";".join((*(cells := line.split(";"))[:3], "", *cells[3:])) for line in BILLS]
    assert spaced[0] == "N°;Date;Client;;Total HT;TVA"
    proposal, asked = read(table("factures.csv", *spaced), table("heures.csv", *LINES), sold="")
    assert sales(proposal) == {"2026-07": 49_000}
    assert asked == ["personnes.cape"]


@pytest.mark.parametrize(("said", "orders"), [("deux", {""}), ("un", {"1", "2"})])
def test_halves_of_as_many_lines_without_a_title_in_common_are_asked_about(said: str, orders: set[str]) -> None:
    right = ("N°;Facturée le;Total HT;TVA", "1;09/07/2026;400,00;20 %", "2;15/07/2026;90,00;0 %")
    left = ("Jour;Lia;Oum", "06/07/2026;4;2,5", "13/07/2026;;6")
    proposal, asked = read(beside("juillet.csv", left, right), sold="", cote=said)
    assert "cote" in asked
    assert sales(proposal) == {"2026-07": 49_000}
    assert minutes(proposal) == ONCE
    assert proposal.reading is not None
    assert {each.order or "" for each in proposal.reading.book.hours} == orders


def test_a_legend_beside_a_table_changes_nothing() -> None:
    proposal, _ = read(
        beside("heures.csv", LINES, ("Légende;", "C;congé", "M;maladie")), table("f.csv", *BILLS), sold=""
    )
    assert minutes(proposal) == {**ONCE, ("Lia", "2026-07"): 270}


TWO = [
    "Heures;;;;;Achats;;;",
    "Jour;Prénom;Chez;Temps;;Date;Fournisseur;HT;TVA",
    "02/09/2026;Ilse;Mairie;3h;;03/09/2026;Bois & Fer;80,00;16,00",
    "04/09/2026;Omar;Mairie;2h;;08/09/2026;Bois & Fer;20,00;4,00",
    "07/09/2026;Ilse;Crèche;1h30;;;;;",
]


@pytest.mark.parametrize("titled", [True, False])
def test_hours_beside_what_suppliers_sold_are_hours(titled: bool) -> None:
    proposal, asked = read(table("septembre.csv", *(TWO if titled else TWO[1:])), genre="commun")
    assert not [topic for topic in asked if topic.startswith(("table", "colonne"))]
    assert minutes(proposal) == {("Ilse", "2026-09"): 270, ("Omar", "2026-09"): 120}
    assert proposal.reading is not None
    assert sum(each.before_tax for each in proposal.reading.book.costs) == 10_000


def test_a_table_that_the_group_leaves_aside_is_told_first_with_what_it_holds() -> None:
    more = table("autres.csv", "Jour;Prénom;Temps;Truc", "09/09/2026;Ilse;2h;a", "10/09/2026;Omar;1h15;b")
    recipe = Recipe((Source("autres", frozenset({"jour", "prenom", "temps", "truc"}), {"table": "rien"}),))
    hours = table("heures.csv", "Date;Personne;Durée", "07/09/2026;Ilse;4h", "08/09/2026;Omar;2h")
    proposal = propose([hours, more], "Essai", recipe, Findings())
    assert any(
        "laissé de côté, comme vous l'avez dit (2 lignes, 3 h 15 en tout" in each for each in told(proposal.unread)
    )


def told(notes: tuple[str, ...]) -> list[str]:
    return [each.replace("\xa0", " ") for each in notes]


def test_tables_one_under_the_other_beside_a_longer_one() -> None:
    days = [f"{day:02}/07/2026;Lia;1" for day in range(1, 15)]
    right = ["N°;Date;Client;HT;TVA", "1;09/07/2026;Halle;400,00;20 %", "Total;;;400,00;", "", "", "ACHATS"]
    right += ["Date;Fournisseur;Montant HT;TVA", "03/07/2026;Bois & Cie;120,00;20 %", "08/07/2026;Clous;30,00;20 %"]
    proposal, _ = read(beside("juillet.csv", ("Date;Qui;Heures", *days), tuple(right)), sold="")
    assert minutes(proposal) == {("Lia", "2026-07"): 14 * 60}
    assert sales(proposal) == {"2026-07": 40_000}
    assert proposal.reading is not None
    assert sum(each.before_tax for each in proposal.reading.book.costs) == 15_000
