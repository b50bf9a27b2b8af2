"""When a line was paid or written is not when the work was done, beside a week, a period or a month that say it."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

HOURS = table("heures.csv", "Jour;Qui;Heures", "02/09/2026;Ida;3h")


@pytest.mark.parametrize("title", ["Versé le", "Saisi le", "Payé le", "Date de paiement", "Date de saisie"])
@pytest.mark.parametrize("when", [("Semaine", "S37 2026", "S38 2026"), ("Mois", "septembre 2026", "septembre 2026"),
                                  ("Période", "du 7 au 11 septembre 2026", "du 14 au 18 septembre 2026")])  # fmt: skip
def test_hours_are_of_their_period(title: str, when: tuple[str, str, str]) -> None:
    said, first, second = when
    lines = (f"{first};Ida;3h;05/10/2026", f"{second};Noam;2h30;12/10/2026")
    proposal, asked = read(table("heures.csv", f"{said};Qui;Heures;{title}", *lines))
    assert "colonne.date" not in asked
    assert minutes(proposal) == {("Ida", "2026-09"): 180, ("Noam", "2026-09"): 150}


@pytest.mark.parametrize("title", ["Payé en", "Mois de paie", "Paye de", "Facturé en"])
def test_a_month_of_pay_is_not_that_of_the_work(title: str) -> None:
    lines = (f"{title};Semaine;Qui;Heures", "décembre 2026;S37 2026;Ida;3h", "décembre 2026;S38 2026;Noam;2h")
    proposal, _ = read(table("heures.csv", *lines))
    assert minutes(proposal) == {("Ida", "2026-09"): 180, ("Noam", "2026-09"): 120}


@pytest.mark.parametrize("title", ["Payé en", "Saisie le", "Échéance"])
def test_a_sale_is_of_its_month(title: str) -> None:
    paid = "novembre 2026" if title == "Payé en" else "05/11/2026"
    sold = table("factures.csv", f"N°;{title};Mois;Client;HT;TVA", f"F1;{paid};septembre 2026;Mairie;100,00;20 %")
    proposal, _ = read(HOURS, sold, sold="")
    assert sales(proposal) == {"2026-09": 10_000}


def test_a_day_of_payment_alone_still_dates_what_was_bought() -> None:
    bought = table("achats.csv", "Payé le;Fournisseur;Objet;Montant HT", "05/09/2026;Métro;Farine;20,00")
    proposal, _ = read(HOURS, bought)
    assert proposal.reading is not None
    assert [each.spent_on.isoformat() for each in proposal.reading.book.costs] == ["2026-09-05"]
