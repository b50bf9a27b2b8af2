"""Tables without a line of titles: what the cells prove is believed and told, the rest is asked or left."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import minutes, read, sales, table

WORK = ("Nadia;02/03/2026;3h30;stand", "Théo;03/03/2026;2h;stand", "Nadia;05/03/2026;1h15;réunion")
SOLD = ("FA-1;04/03/2026;Mairie;100,00;120,00", "FA-2;12/03/2026;Le Fournil;50,00;52,75")


def test_hours_and_sales_without_titles_are_read_and_told() -> None:
    proposal, _ = read(table("mars.csv", *WORK), table("ventes.csv", *SOLD), sold="")
    assert minutes(proposal) == {("Nadia", "2026-03"): 285, ("Théo", "2026-03"): 120}
    assert sales(proposal) == {"2026-03": 15_000}
    told = " ".join(proposal.heeded)
    assert "Fichier mars.csv : ce tableau n'a pas de titres." in told
    assert "« personne » (colonne A), « date » (colonne B) et « duree » (colonne C)" in told
    assert "« facture » (colonne A), « date » (colonne B), « client » (colonne C), « montant_ht » (colonne D)" in told


def test_columns_in_another_order_and_a_total_below_change_nothing() -> None:
    turned = [";".join(reversed(each.split(";"))) for each in WORK]
    proposal, _ = read(table("mars.csv", *turned, "Total;6h45;;"))
    assert minutes(proposal) == {("Nadia", "2026-03"): 285, ("Théo", "2026-03"): 120}


@pytest.mark.parametrize(
    "lines",
    [
        ("02/03/2026;100,00", "03/03/2026;250,00"),  # sold, bought, with or without VAT?
        ("Nadia;Théo;02/03/2026;3", "Théo;Nadia;03/03/2026;2"),  # two columns of names
        ("FA-1;04/03/2026;100,00;87,00", "FA-2;12/03/2026;50,00;13,00"),  # no rate between both amounts
    ],
)
def test_what_the_cells_do_not_prove_is_asked_or_refused_never_read(lines: tuple[str, ...]) -> None:
    proposal = propose([table("janvier.csv", *lines), table("heures.csv", "Date;Qui;Heures", "02/01/2026;Léa;1h")],
                       "Essai", Recipe(), Findings())  # fmt: skip
    assert proposal.questions or proposal.refusal or proposal.unread


def test_the_same_file_of_the_next_month_asks_nothing_more() -> None:
    first, asked = read(table("mars.csv", *WORK))
    april = [each.replace("/03/", "/04/") for each in WORK]
    sold = table("factures.csv", "Numéro;Date;Montant HT;TVA\nF2;10/04/2026;10,00;2,00")
    assert asked
    assert not propose([table("avril.csv", *april), sold], "Essai", first.recipe.lasting, Findings()).questions
    new = [each.replace("stand", "vaisselle") for each in april]  # a word that nobody has told yet
    (question,) = propose([table("avril.csv", *new), sold], "Essai", first.recipe.lasting, Findings()).questions
    assert question.doubt.words == ("vaisselle",)


def test_a_line_of_titles_is_never_taken_for_a_fact() -> None:
    proposal, _ = read(table("mars.csv", "Qui;Quand;Combien;Quoi", *WORK))
    assert not [each for each in proposal.heeded if "n'a pas de titres" in each]
    assert minutes(proposal) == {("Nadia", "2026-03"): 285, ("Théo", "2026-03"): 120}
