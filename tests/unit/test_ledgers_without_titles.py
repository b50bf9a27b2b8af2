"""A ledger without titles is read when its running balance proves which amounts go out; wages are told apart."""

from __future__ import annotations

from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Ana;05/03/2026;commun;3h")
LINES = (
    "03/03/26;706100;V7 LAVOIR;;120.00;{0}120.00",
    "09/03/26;602000;SAVON SARL;35.50;;{0}84.50",
    "16/03/26;706100;V8 CANTINE;;80.00;{0}164.50",
    "20/03/26;706100;AV7 LAVOIR;20.00;;{0}144.50",
    "31/03/26;645000;URSSAF;50.00;;{0}94.50",
)


def book(*lines: str) -> GivenFile:
    return table("compte de la fabrique.csv", *lines)


def told(proposal: ImportProposal) -> str:
    return " ".join(proposal.heeded).replace("\u00a0", " ")


def test_a_running_balance_proves_the_columns_and_the_vat_is_asked() -> None:
    for sign in ("", "-"):  # what is due to the group, or by it
        proposal, asked = read(HOURS, book(*(line.format(sign) for line in LINES)), sold="", taux="0")
        assert "taux" in asked
        assert sales(proposal) == {"2026-03": 18_000}
        assert proposal.reading is not None
        assert [(each.label, each.before_tax) for each in proposal.reading.book.costs] == [("SAVON SARL", 3_550)]
        assert "50,00 € de charges ne comptent pas (URSSAF)" in told(proposal)


def test_a_balance_that_its_lines_deny_proves_nothing() -> None:
    lines = [line.format("") for line in LINES]
    lines[2] = lines[2].replace("164.50", "165.50")
    proposal, _ = read(HOURS, book(*lines), sold="")
    assert proposal.reading is None
    assert any("compte de la fabrique.csv" in each for each in proposal.unread)
