"""The balance finds what is lost: without it, the law of the layouts would hold in silence."""

from __future__ import annotations

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.tables import Row
from kpa_model.files.book.where import Place
from kpa_model.files.importing.proposal import propose
from tests.contract.balance import lost

LINES = ("Jour;Qui;Heures;Points;Binôme", "02/03/2026;Awa;3h;12;Samira", "03/03/2026;Samira;2h;0;Awa", "Total;;5h;12;")


def given(*lines: str) -> GivenFile:
    return GivenFile("heures.csv", "\n".join(lines).encode())


def places(found: list[str]) -> list[str]:
    return [each.split(", ", 1)[1] for each in found]


def test_what_nothing_reads_nor_tells_is_lost_figure_by_figure() -> None:
    assert places(lost([given(*LINES)], {}, Findings())) == [
        *("ligne 2, colonne C : 3h", "ligne 2, colonne D : 12", "ligne 3, colonne C : 2h"),
    ]


def test_what_is_read_or_told_is_not_lost() -> None:
    read, findings = dict[str, list[Row]](), Findings()
    propose([given(*LINES)], "Essai", None, findings, leave=lambda tables, _: read.update(tables))
    assert lost([given(*LINES)], read, findings) == []
    silent = Findings()
    assert places(lost([given(*LINES)], read, silent)) == ["ligne 2, colonne D : 12", "colonne E : Binôme, Samira, Awa"]
    silent.note(Place("heures.csv", "", 1), "ces colonnes ne sont pas utilisées : « Points » et « Binôme ».")
    assert lost([given(*LINES)], read, silent) == []


def test_a_line_or_a_table_that_is_told_is_not_lost() -> None:
    for told in (Place("heures.csv", "", 2), Place("heures.csv")):
        findings = Findings()
        findings.left_out(told, "ce tableau n'est pas lu.")
        assert lost([given(*LINES[:2])], {}, findings) == []
    findings = Findings()
    findings.heed(Place("heures.csv"), "2 lignes n'ont pas d'heures (2 et 3) : elles comptent 0 h.")
    assert lost([given(*LINES)], {}, findings) == []
    findings = Findings()
    findings.heed(Place("heures.csv", "feuille 2", 2), "ce tableau n'est pas lu.")
    assert len(lost([given(*LINES)], {}, findings)) == 3


def test_places_of_titles_that_go_down_are_turned() -> None:
    lines = ("Jour;02/03/2026;03/03/2026", "Qui;Awa;Samira", "Heures;3h;2h", "Commande;C1;C2")
    assert places(lost([given(*lines)], {}, Findings())) == ["ligne 2, colonne C : 3h", "ligne 3, colonne C : 2h"]
