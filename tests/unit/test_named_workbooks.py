"""What bears the name of a workbook and is a web page, XML or a text: programs of the web export these as .xls."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import minutes, read

ROWS = (("Qui", "Jour", "Durée"), ("Léa", "05/10/2026", "2h30"), ("Noé", "06/10/2026", "1h"), ("Léa", "07/10/2026", ""))
PAGE = "<html><body><table>{}</table></body></html>"
XML = '<?xml version="1.0"?><Workbook xmlns:ss="urn:x"><Worksheet><Table>{}</Table></Worksheet></Workbook>'
FOUND = {("Léa", "2026-10"): 150, ("Noé", "2026-10"): 60}


def page(opened: str = "<tr>", cell: str = "<td>{}</td>", closed: str = "</tr>") -> str:
    return "".join(opened + "".join(cell.format(each) for each in row) + closed for row in ROWS[:3])


@pytest.mark.parametrize("data", [
    PAGE.format(page()).encode(),
    PAGE.format(page()).replace("é", "&eacute;").encode("cp1252"),
    XML.format(page("<Row>", '<Cell><Data ss:Type="String">{}</Data></Cell>', "</Row>")).encode(),
    "\r\n".join("\t".join(row) for row in ROWS[:3]).encode("cp1252"),
    "\n".join(";".join(row) for row in ROWS[:3]).encode("utf-16"),
], ids=["page", "entities", "xml", "tabs", "utf-16"])  # fmt: skip
def test_a_table_under_the_name_of_a_workbook_is_read(data: bytes) -> None:
    proposal, _ = read(GivenFile("temps.xls", data))
    assert minutes(proposal) == FOUND


def test_cells_left_out_of_an_xml_row_keep_their_column() -> None:
    row = '<Row><Cell><Data>{}</Data></Cell><Cell ss:Index="3"><Data>{}</Data></Cell></Row>'
    head = "<Row><Cell><Data>Qui</Data></Cell><Cell><Data>Tâche</Data></Cell><Cell><Data>Durée</Data></Cell></Row>"
    dated = head.replace("Tâche", "Jour")
    proposal = propose([GivenFile("temps.xls", XML.format(dated + row.format("Léa", "2h")).encode())], "Essai",
                       Recipe(), Findings())  # fmt: skip
    assert not any("2h" in each and "jour" in each.casefold() for each in proposal.heeded)
    assert proposal.questions or proposal.refusal  # the day lacks: the time is not taken for it


@pytest.mark.parametrize("text", [PAGE.format('<tr><td rowspan="2">Léa</td><td>2h</td></tr>'), "<html>Bonjour</html>"])
def test_a_page_without_a_plain_table_is_refused(text: str) -> None:
    proposal = propose([GivenFile("temps.xls", text.encode())], "Essai", Recipe(), Findings())
    assert proposal.refusal is not None
    assert "page web" in str(proposal.refusal)


def test_what_is_no_text_stays_damaged() -> None:
    proposal = propose([GivenFile("temps.xls", bytes(range(256)) * 4)], "Essai", Recipe(), Findings())
    assert proposal.refusal is not None
