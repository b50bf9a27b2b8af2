"""A column of money beside hours: what it is says nothing of the times of its lines."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from kpa_model.files.book.sources import GivenFile
from tests.given_tables import minutes, read


@pytest.mark.parametrize("title", ["Part", "ancien calcul (12 €/h)", "€"])
def test_a_column_in_euros_beside_hours_by_week_says_nothing_of_them(title: str) -> None:
    head = ["Prénom", "S36", "S37", title]
    out, book = io.BytesIO(), Workbook()
    page = book.active
    page.title = "Septembre 2026"
    for row in (["HEURES"], head, ["Kim", 12, 8.5, 246], ["Sarah", 20, 4, 288]):
        page.append(row)
    for line in (3, 4):
        page.cell(line, 4).number_format = "0.00 €"
    book.save(out)
    proposal, asked = read(GivenFile("equipe.xlsx", out.getvalue()))
    assert not any(topic.startswith("sommes") for topic in asked)
    assert sum(minutes(proposal).values()) == round(60 * 44.5)
