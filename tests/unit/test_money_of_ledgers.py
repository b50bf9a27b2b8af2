"""Money that comes in an account book, whatever its pieces say: it pays an invoice, or it is told with its sum."""

from __future__ import annotations

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import read, table

HEAD = "Journal;N° mouvement;Date;Compte;Tiers;Pièce;Libellé;Débit;Crédit"
WORK = table("temps.csv", "Qui;Jour;Heures", "Lou;07/09/2026;2")
SOLD = (
    "VTE;11;02/09/2026;411100;Crèche;V-7;Vente;240,00;",
    "VTE;11;02/09/2026;706100;;V-7;Vente;;200,00",
    "VTE;11;02/09/2026;445712;;V-7;Vente;;40,00",
    "VTE;12;03/09/2026;411100;Cirque;V-8;Vente;360,00;",
    "VTE;12;03/09/2026;706100;;V-8;Vente;;300,00",
    "VTE;12;03/09/2026;445712;;V-8;Vente;;60,00",
)


def proposed(*lines: str, head: str = HEAD) -> ImportProposal:
    kept = SOLD if head == HEAD else tuple(_without(line, *LEFT[head]) for line in SOLD)
    proposal, asked = read(WORK, table("compta.csv", head, *kept, *lines), sold="", genre="prestation")
    assert proposal.reading is not None, proposal.refusal
    assert "encaissements.montant" not in asked
    return proposal


def _without(line: str, *ranks: int) -> str:
    return ";".join(cell for at, cell in enumerate(line.split(";")) if at not in ranks)


UNNUMBERED, BARE = (
    "Journal;Date;Compte;Tiers;Pièce;Libellé;Débit;Crédit",
    "Date;Compte;Tiers;Pièce;Libellé;Débit;Crédit",
)
LEFT = {UNNUMBERED: (1,), BARE: (0, 1)}


def paid(proposal: ImportProposal) -> dict[str, int]:
    assert proposal.reading is not None
    return {each.invoice: each.amount for each in proposal.reading.book.payments}


@pytest.mark.parametrize("head", [HEAD, UNNUMBERED, BARE])
@pytest.mark.parametrize(
    "came",
    [
        (
            "CM;40;18/09/2026;512100;;RLV9;Remise;600,00;",
            "CM;40;18/09/2026;411100;Crèche;V-7;Remise;;240,00",
            "CM;40;18/09/2026;411100;Cirque;V-8;Remise;;360,00",
        ),
        (
            "CM;41;18/09/2026;411100;Crèche;V-7;Carte;;240,00",
            "CM;41;18/09/2026;411100;Cirque;V-8;Carte;;360,00",
            "CM;41;18/09/2026;627800;;TPE;Frais;6,00;",
            "CM;41;18/09/2026;512100;;TPE;Carte;594,00;",
        ),
        (
            "CA;42;18/09/2026;531000;;C1;Espèces;240,00;",
            "CA;42;18/09/2026;411100;Crèche;V-7;Espèces;;240,00",
            "CA;43;18/09/2026;531000;;C2;Espèces;360,00;",
            "CA;43;18/09/2026;411100;Cirque;V-8;Espèces;;360,00",
        ),
    ],
)
def test_lines_of_one_entry_may_have_several_pieces(head: str, came: tuple[str, ...]) -> None:
    proposal = proposed(*(came if head == HEAD else (_without(line, *LEFT[head]) for line in came)), head=head)
    assert paid(proposal) == {"V-7": 24_000, "V-8": 36_000}
    assert not proposal.unread


def test_a_sum_that_waits_for_an_explanation_is_the_payment_of_the_same_day() -> None:
    proposal = proposed(
        "CM;50;18/09/2026;512100;;RLV9;Virement;240,00;",
        "CM;50;18/09/2026;471000;;RLV9;Virement;;240,00",
        "OD;51;18/09/2026;471000;;X;Crèche;240,00;",
        "OD;51;18/09/2026;411100;Crèche;V-7;Crèche;;240,00",
    )
    assert paid(proposal) == {"V-7": 24_000}


def test_a_sale_whose_money_comes_at_once_is_paid() -> None:
    proposal = proposed(
        "CA;60;19/09/2026;531000;;Z19;Recette du marché;120,00;",
        "CA;60;19/09/2026;706100;;Z19;Recette du marché;;100,00",
        "CA;60;19/09/2026;445712;;Z19;Recette du marché;;20,00",
    )
    assert paid(proposal) == {"Z19": 12_000}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("OD;70;20/09/2026;411100;Crèche;K1;Solde Crèche;;240,00",), "240,00 € au crédit de clients"),
        (
            (
                "CM;71;20/09/2026;512100;;K2;Virement reçu;240,00;",
                "CM;71;20/09/2026;467000;;K2;Virement reçu;;240,00",
            ),
            "240,00 € qui arrivent en banque",
        ),
        (("CM;72;20/09/2026;512100;;K3;Chèque Crèche;240,00;",), "240,00 € qui arrivent en banque"),
        (
            (
                "CM;73;20/09/2026;411100;Crèche;K4;Chèque impayé;240,00;",
                "CM;73;20/09/2026;512100;;K4;Chèque impayé;;240,00",
            ),
            "240,00 €, le 20/09/2026) n'est pas lu",
        ),
    ],
)
def test_money_of_customers_that_is_not_taken_comes_first(lines: tuple[str, ...], told: str) -> None:
    proposal = proposed(*lines)
    assert not paid(proposal)
    assert any(told in each.replace("\u00a0", " ") for each in proposal.unread)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            (
                "CM;80;21/09/2026;512100;;A1;Apport de Lou;900,00;",
                "CM;80;21/09/2026;455100;;A1;Apport de Lou;;900,00",
            ),
            "900,00 € qui arrivent en banque ou en caisse ne viennent pas de clients (« Apport de Lou »).",
        ),
        (
            (
                "OD;81;21/09/2026;654000;;P1;Crèche fermée;240,00;",
                "OD;81;21/09/2026;411100;Crèche;P1;Crèche fermée;;240,00",
            ),
            "240,00 € au crédit de clients ne sont pas des paiements (« Crèche fermée »).",
        ),
    ],
)
def test_what_is_no_payment_of_a_customer_is_told_too(lines: tuple[str, ...], told: str) -> None:
    proposal = proposed(*lines)
    assert not paid(proposal)
    assert not [each for each in proposal.unread if "en banque" in each or "crédit" in each]
    assert any(told in each.replace("\u00a0", " ") for each in proposal.heeded)


def test_what_was_there_before_and_what_changes_place_are_no_news() -> None:
    proposal = proposed(
        "AN;1;01/09/2026;512100;;AN;À nouveau;3000,00;",
        "AN;1;01/09/2026;110000;;AN;À nouveau;;3000,00",
        "CM;90;22/09/2026;512100;;D1;Dépôt;80,00;",
        "CM;90;22/09/2026;531000;;D1;Dépôt;;80,00",
        "VTE;91;23/09/2026;706100;;AV-1;Avoir;50,00;",
        "VTE;91;23/09/2026;445712;;AV-1;Avoir;10,00;",
        "VTE;91;23/09/2026;411100;Cirque;AV-1;Avoir;;60,00",
    )
    assert not proposal.unread
    assert not [each for each in proposal.heeded if "arrivent" in each or "crédit" in each]
