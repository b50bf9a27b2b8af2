"""Two versions of one file, given together: a line corrected since counts once, and it is never added to itself."""

from __future__ import annotations

import pytest

from kpa_model.files.book.sources import GivenFile
from tests.given_tables import minutes, read, sales, table

HEAD = "Qui;Jour;Temps;Quoi"
FIRST = ("Ida;01/09/2026;3h;pain", "Noam;02/09/2026;2h30;vente")
LATER = ("Ida;01/09/2026;3h;pain", "Noam;02/09/2026;4h;vente")


def hours(name: str, *lines: str) -> GivenFile:
    return table(name, HEAD, *lines)


@pytest.mark.parametrize(
    "name", ["temps (2).csv", "temps - copie.csv", "Copie de temps.csv", "temps_v2.csv", "autre.csv"]
)
def test_hours_corrected_in_a_second_version_are_not_added(name: str) -> None:
    proposal, _ = read(hours("temps.csv", *FIRST), hours(name, *LATER), heures_deux_fois="une")
    assert proposal.reading is None
    assert "Noam, le 02/09/2026 : 2\u00a0h\u00a030 dans « temps.csv »" in str(proposal.refusal)
    assert f"4\u00a0h dans « {name} »" in str(proposal.refusal)


def test_a_copy_whose_every_line_was_corrected_is_refused_too() -> None:
    proposal, _ = read(hours("temps.csv", FIRST[1]), hours("temps (1).csv", LATER[1]))
    assert proposal.reading is None


def test_another_month_under_the_name_of_a_copy_is_read() -> None:
    later = ("Ida;01/10/2026;3h;pain", "Noam;02/10/2026;4h;vente")
    proposal, _ = read(hours("temps.csv", *FIRST), hours("temps (1).csv", *later))
    assert minutes(proposal) == {
        ("Ida", "2026-09"): 180, ("Noam", "2026-09"): 150, ("Ida", "2026-10"): 180, ("Noam", "2026-10"): 240,
    }  # fmt: skip


def test_other_files_may_say_two_works_of_one_day() -> None:
    more = ("Noam;02/09/2026;1h;vente", "Ida;05/09/2026;1h;pain")
    proposal, _ = read(hours("matin.csv", *FIRST), hours("soir.csv", *more))
    assert minutes(proposal)["Noam", "2026-09"] == 210


def test_a_purchase_corrected_in_a_copy_is_not_added() -> None:
    head, same = "Date;Achat;Montant HT", "03/09/2026;Farine;40,00"
    files = [
        table(name, head, same, f"04/09/2026;Sel;{salt}", f"05/09/2026;Levure;{yeast}")
        for name, salt, yeast in (("achats.csv", "10,00", "7,00"), ("achats (1).csv", "12,00", "8,00"))
    ]
    proposal, _ = read(*files, hours("temps.csv", *FIRST))
    assert proposal.reading is None
    assert "Sel, le 04/09/2026 : 10,00\u00a0€ dans « achats.csv »" in str(proposal.refusal)
    assert "De même pour 1\u00a0autre ligne." in str(proposal.refusal)


INVOICES = "N°;Date;Client;Montant HT;TVA"


def billed(name: str, *numbers: str, amount: str = "100,00") -> GivenFile:
    return table(name, INVOICES, *(f"V{each};0{each}/09/2026;Mairie;{amount};20 %" for each in numbers))


def test_lists_of_invoices_that_overlap_count_each_invoice_once() -> None:
    given = [billed("été.csv", "1", "2", "3"), billed("septembre.csv", "3", "4"), billed("fin.csv", "4", "5")]
    proposal, _ = read(*given, hours("temps.csv", *FIRST), sold="")
    assert sales(proposal) == {"2026-09": 50_000}
    assert any("« V3 » : c'est aussi dans « été.csv ». Cela compte une fois." in each for each in proposal.heeded)


def test_invoices_that_two_lists_tell_in_two_ways_are_refused_and_nothing_is_to_be_lost() -> None:
    given = [billed("été.csv", "1", "2", "3"), billed("septembre.csv", "3", "4", amount="120,00")]
    proposal, _ = read(*given, hours("temps.csv", *FIRST), sold="")
    assert proposal.reading is None
    assert "retirez de l'un les lignes que l'autre dit déjà" in str(proposal.refusal)
