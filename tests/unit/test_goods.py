"""A purchase is named by what was bought and by who sold it, where two columns say it."""

from __future__ import annotations

import pytest

from tests.given_tables import read, table

HOURS = table("temps.csv", "Qui;Jour;Heures;Genre", "Ida;03/09/2026;2;commun")


def _labels(name: str, *lines: str) -> list[str]:
    proposal, _ = read(HOURS, table(name, *lines))
    assert proposal.reading is not None, proposal.refusal
    return [each.label for each in proposal.reading.book.costs]


@pytest.mark.parametrize("seller", ["Magasin", "Fournisseur", "Commerçant", "Marchand"])
@pytest.mark.parametrize("what", ["Achat", "Quoi", "Libellé", "Désignation"])
@pytest.mark.parametrize("first", [True, False])
def test_what_was_bought_comes_before_who_sold_it(seller: str, what: str, first: bool) -> None:
    def line(shop: str, thing: str) -> str:
        return f"{shop};{thing}" if first else f"{thing};{shop}"

    lines = (
        f"Date;{line(seller, what)};TTC;TVA",
        f"02/09/2026;{line('Semeurs', 'poireaux')};33,00;5,5 %",
        f"04/09/2026;{line('Vis & Co', '')};12,00;20 %",
        f"09/09/2026;{line('', 'timbres')};12,00;20 %",
        f"Total;{line('', '')};57,00;",
    )
    assert _labels("dépenses.csv", *lines) == ["poireaux (Semeurs)", "Vis & Co", "timbres"]


def test_one_column_alone_names_the_purchase() -> None:
    lines = ("Date;Magasin;TTC;TVA", "02/09/2026;Semeurs;33,00;5,5 %", "04/09/2026;Vis & Co;12,00;20 %")
    assert _labels("achats.csv", *lines) == ["Semeurs", "Vis & Co"]


@pytest.mark.parametrize("total", [";;Total;159,60;", ";Total;;159,60;26,60", "Total;;;159,60;"])
def test_the_total_of_purchases_is_one_wherever_its_word_stands(total: str) -> None:
    lines = ("Date;Magasin;Quoi;TTC;dont TVA", "06/05/2026;Brico;vis;86,40;14,40", "13/05/2026;Super;riz;73,20;12,20")
    assert _labels("achats.csv", *lines, total) == ["vis (Brico)", "riz (Super)"]
