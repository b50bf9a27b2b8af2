"""The name of a sheet or a file may say what its lines are: credit notes, what is foreseen; some tell others again."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table, workbook

HEAD = ["N°", "Date", "Client", "HT", "TVA"]
SOLD = [HEAD, ["K1", "04/05/2026", "Lycée", 900, 180], ["K2", "05/05/2026", "Amap", 300, 60]]
OTHER = [HEAD, ["Z1", "06/05/2026", "Lycée", 100, 20], ["Z2", "07/05/2026", "Amap", 50, 10]]
HOURS = table("heures.csv", "Date;Qui;Heures;Genre", "04/05/2026;Ida;2h;commun")


@pytest.mark.parametrize("name", ["Avoirs", "Notes de crédit 2026", "Credit notes", "Avoirs émis", "nos avoirs"])
def test_a_sheet_of_credit_notes_is_asked_about(name: str) -> None:
    given = workbook("mai.xlsx", {"Factures": SOLD, name: OTHER})
    for said, cents in (("moins", 105_000), ("plus", 135_000)):
        proposal, asked = read(given, HOURS, sold="", montant_ht_avoir=said)
        assert asked.count("montant_ht.avoir") == 1
        assert sales(proposal) == {"2026-05": cents}


def test_a_file_of_credit_notes_is_asked_about() -> None:
    lists = {
        name: [";".join(map(str, row)) for row in rows] for name, rows in (("factures", SOLD), ("avoirs mai", OTHER))
    }
    proposal, asked = read(*(table(f"{name}.csv", *rows) for name, rows in lists.items()), HOURS, sold="")
    assert "montant_ht.avoir" in asked
    assert sales(proposal) == {"2026-05": 105_000}


@pytest.mark.parametrize(
    "name",
    ["Budget ventes", "Prévisionnel", "À facturer", "Prospects", "Ventes estimées", "Pipeline 2026", "ventes prévues"],
)
def test_a_sheet_of_what_is_only_foreseen_is_asked_about(name: str) -> None:
    given = workbook("mai.xlsx", {"Ventes": SOLD, name: OTHER})
    for said, cents in ((None, 120_000), ("oui", 135_000)):
        topic = f"prevu_{name.casefold().replace(' ', '').translate(str.maketrans('éà', 'ea')).removesuffix('2026')}"
        proposal, asked = read(given, HOURS, sold="", **({topic: said} if said else {}))
        assert [each for each in asked if each.startswith("prevu.")] == [topic.replace("_", ".")]
        assert sales(proposal) == {"2026-05": cents}
        assert any("seulement prévu" in each for each in proposal.heeded) == (said is None)


@pytest.mark.parametrize("name", ["Ventes", "Factures et avoirs", "Budget et réel", "Facturé"])
def test_other_names_are_not_asked_about(name: str) -> None:
    proposal, asked = read(workbook("mai.xlsx", {name: SOLD}), HOURS, sold="")
    assert {*asked} == {"personnes.cape"}
    assert sales(proposal) == {"2026-05": 120_000}


def test_hours_that_are_only_foreseen_are_asked_about_and_hours_to_be_invoiced_are_not() -> None:
    rows = ["Date;Qui;Heures;Genre", "06/05/2026;Ida;5h;commun"]
    sold = "N°;Date;HT;TVA\nK1;04/05/2026;900;180"
    proposal, asked = read(HOURS, table("prévisionnel mai.csv", *rows), sold=sold)
    assert "prevu.previsionnel" in asked
    assert minutes(proposal) == {("Ida", "2026-05"): 120}
    proposal, asked = read(table("heures à facturer.csv", *rows), sold=sold)
    assert not any("prevu" in each for each in asked)
    assert minutes(proposal) == {("Ida", "2026-05"): 300}


@pytest.mark.parametrize(
    "rows",
    [[HEAD, SOLD[2]], [["N°", "Date", "Client", "HT", "TVA", "Relancé le"], [*SOLD[2], "06/06/2026"]],
     [["Client", "N°", "Date", "HT", "Taux TVA"], ["AMAP", "K2", "05/05/2026", 300, "20 %"]]],
)  # fmt: skip
@pytest.mark.parametrize("first", [True, False])
def test_invoices_told_again_on_a_sheet_of_their_own_count_once(rows: list[list[object]], first: bool) -> None:
    sheets = [("Impayés", rows), ("Factures", SOLD)]
    proposal, _ = read(workbook("mai.xlsx", dict(sheets if first else sheets[::-1])), HOURS, sold="")
    assert sales(proposal) == {"2026-05": 120_000}
    assert any("« K2 » : c'est aussi dans « Factures »" in each for each in proposal.heeded)


def test_an_invoice_told_again_for_another_amount_is_refused() -> None:
    again = [HEAD, ["K2", "05/05/2026", "Amap", 310, 62]]
    proposal, _ = read(workbook("mai.xlsx", {"Factures": SOLD, "Impayés": again}), HOURS, sold="")
    assert "disent les mêmes factures" in str(proposal.refusal)
