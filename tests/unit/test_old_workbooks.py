"""Old workbooks (.xls) that a password closes: what to do is told, whatever the way they were closed."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.spreadsheets import workbook_sheets

HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
BEGIN, OLDER = (
    b"\x09\x08\x10\x00" + b"\x00\x06\x05\x00".ljust(16, b"\1"),
    b"\x09\x08\x08\x00" + b"\x00\x05".ljust(8, b"\1"),
)
LOCKED_FOR_WRITING = b"\x86\x00\x00\x00"
RC4, XOR = b"\x2f\x00\x36\x00" + b"\1" * 54, b"\x2f\x00\x06\x00" + b"\0\0" + b"\1" * 4
OLDEST = b"\x2f\x00\x04\x00" + b"\1" * 4


@pytest.mark.parametrize(
    "inside", [BEGIN + RC4, BEGIN + XOR, BEGIN + LOCKED_FOR_WRITING + RC4, OLDER + OLDEST], ids=range(4)
)
def test_a_password_is_told_as_one(inside: bytes) -> None:
    findings = Findings()
    assert workbook_sheets(GivenFile("ventes.xls", HEAD + inside.ljust(4096, b"\0")), findings) == []
    [(_, what, todo)] = findings.problems
    assert (what, todo) == (
        "ce classeur est protégé par un mot de passe.",
        "Enregistrez une copie sans mot de passe, puis recommencez.",
    )


def test_without_a_password_it_is_only_damaged() -> None:
    findings = Findings()
    assert workbook_sheets(GivenFile("ventes.xls", HEAD + BEGIN.ljust(4096, b"\0")), findings) == []
    assert "abîmé" in findings.problems[0][1]
