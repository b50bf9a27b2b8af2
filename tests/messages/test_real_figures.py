"""Real files, and what is right of them: read as the person meant, or refused with the reason; never a wrong number.

Each folder of `figures` is rebuilt from the trap of a real kind of file. `cases` tells, for each, what must be true.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kpa_model.command.program import main
from kpa_model.cooperative.chain import money_chain
from kpa_model.errors import UnreadableFile
from kpa_model.files.book.book_reader import Reading, read_book

HERE = Path(__file__).parent / "figures"


def read(name: str) -> Reading:
    return read_book(next(path for path in HERE.iterdir() if path.name.startswith(f"{name}_")))


def refused(name: str) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(name)
    return str(caught.value)


def minutes(reading: Reading) -> list[int]:
    return [each.minutes for each in reading.book.hours]


def sales(reading: Reading) -> int:
    return sum(money.sales for money in money_chain(reading.book))


def told(reading: Reading) -> str:
    return "\n".join(reading.notes)


def test_a_unit_in_the_title_counts() -> None:
    assert minutes(read("09")) == [15, 20]
    assert sum(minutes(read("09c"))) <= 1


def test_a_unit_in_the_format_of_the_cell_counts() -> None:
    assert minutes(read("47b")) == [20, 15]


def test_an_amount_of_vat_is_not_a_rate() -> None:
    assert [(line.before_tax, line.vat_rate, line.vat) for line in read("10").book.lines] == [
        (5000, 200_000, 1000),
        (2750, 200_000, 550),
    ]


def test_an_amount_with_tax_is_not_taken_for_one_without() -> None:
    assert "sans la TVA" in refused("10c")


def test_seconds_are_kept_until_the_sum() -> None:
    assert [
        sum(each.minutes for each in read("03").book.hours if each.member == name) for name in ("Ilyes", "Maud")
    ] == [
        1800,
        1800,
    ]
    assert "secondes" in told(read("03"))


def test_american_hours_mean_american_days() -> None:
    assert "le mois" in refused("04")


def test_two_digits_of_a_year_are_not_the_future() -> None:
    spells = {member.name: member.spells[0].start for member in read("21").book.members}
    assert spells == {"Ilyes": date(1998, 9, 1), "Maud": date(2026, 1, 1), "Zoé": date(2019, 2, 12)}


def test_seven_point_thirty_is_asked() -> None:
    assert "7 h 30" in told(read("11"))
    assert "7 h 18" in told(read("11"))


@pytest.mark.parametrize(("name", "word"), [("17", "mêmes factures"), ("34b", "formule"), ("49f", "mot de passe")])
def test_what_cannot_be_settled_is_refused(name: str, word: str) -> None:
    assert word in refused(name)


def test_a_hidden_sheet_is_named_and_left_out() -> None:
    reading = read("32")
    assert sales(reading) == 150_000
    assert any("factures 2026 essai" in each and "cachée" in each for each in reading.unread)


@pytest.mark.parametrize(("name", "word"), [("18", "heures.numbers"), ("18c", "heures.csv")])
def test_a_file_that_is_not_read_is_listed(name: str, word: str) -> None:
    assert any(word in each for each in read(name).unread)


@pytest.mark.parametrize("name", ["50", "82", "44b", "23", "86", "01", "33"])
def test_hours_are_read_in_any_of_these_shapes(name: str) -> None:
    reading = read(name)
    wanted = {
        "50": [("Ilyes", 360), ("Maud", 240)],
        "82": [("Ilyes", 360), ("Maud", 240)],
        "44b": [("Ilyes", 360), ("Maud", 360)],
        "23": [("Ilyes", 180), ("Maud", 360), ("Zoé", 120)],
        "86": [("Ilyes", 360)],
        "01": [("Ilyes", 210), ("Maud", 240)],
        "33": [("Ilyes", 600)],
    }[name]
    totals: dict[str, int] = {}
    for each in reading.book.hours:
        totals[each.member] = totals.get(each.member, 0) + each.minutes
    assert sorted(totals.items()) == wanted


def test_the_best_match_of_titles_wins() -> None:
    assert minutes(read("82b")) == [360]


@pytest.mark.parametrize("name", ["83", "16"])
def test_drafts_and_cancelled_invoices_are_named_and_left_out(name: str) -> None:
    reading = read(name)
    assert sales(reading) == 100_000
    assert "Brouillon" in told(reading) or "PROV" in told(reading)
    assert "Annulée" in told(reading)


def test_vat_is_rounded_once_for_each_rate() -> None:
    book = read("13").book
    assert sum(line.with_tax for line in book.lines) == 3604
    assert money_chain(book)[0].unpaid == 0


@pytest.mark.parametrize(("name", "word"), [("80", "ma_regle.yaml"), ("81", "notes.txt"), ("81b", "nouveau document")])
def test_a_file_that_is_not_ours_is_set_aside(name: str, word: str) -> None:
    reading = read(name)
    assert word in told(reading)
    assert minutes(reading) == [360, 240]


def test_no_suggestion_is_wrong() -> None:
    said = told(read("16")) + told(read("86")) + told(read("01")) + told(read("39"))
    assert "Vouliez-vous" not in said


def test_a_number_without_its_first_zeros_is_the_same() -> None:
    assert [each.invoice for each in read("39").book.payments] == ["12", "0013"]


@pytest.mark.parametrize(("name", "members"), [("92", ["L’Hénaff"]), ("91", ["Ilyes", "Maud"])])
def test_names_that_look_the_same_are_the_same(name: str, members: list[str]) -> None:
    assert [each.member for each in read(name).book.hours] == members


def test_the_apostrophe_of_a_spreadsheet_is_not_part_of_an_amount() -> None:
    assert sales(read("B1")) == 150_000


def test_words_for_no_vat_are_understood() -> None:
    assert [line.vat_rate for line in read("26").book.lines] == [0, 0]


def test_an_old_macintosh_file_is_read() -> None:
    reading = read("19")
    assert sales(reading) == 100_000
    assert reading.book.hours[0].member == "Zoé"
    assert "Macintosh" in told(reading)


def test_a_message_shows_a_duration_as_the_person_sees_it() -> None:
    assert "255:10" in refused("49b") or "255" in refused("49b")
    assert "PT255" not in refused("49b")


def test_what_the_reader_noticed_follows_the_money(capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(next(path for path in HERE.iterdir() if path.name.startswith("11_")))
    for command in (
        ["partager", folder, "--regle", "heures"],
        ["comparer", folder, "--regles", "heures", "parts_egales"],
    ):
        assert main(command) == 0
        assert "7 h 18" in " ".join(capsys.readouterr().out.split())


def test_a_rule_by_hours_says_when_there_are_none(capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(next(path for path in HERE.iterdir() if path.name.startswith("18_")))
    assert main(["partager", folder, "--regle", "heures"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "ATTENTION : Aucune heure" in said
    assert "heures.numbers" in said


def test_success_is_not_announced_over_a_partial_reading(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("18_heures_numbers", "18c_sous_dossier", "32_feuille_cachee"):
        assert main(["verifier", str(HERE / name)]) == 0
        said = " ".join(capsys.readouterr().out.split())
        assert "se lit en entier" not in said
        assert "Rien n'est à corriger" not in said
        assert said.index("Ce qui n'est pas lu") == 0


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig", "utf-16-le"])
def test_a_text_to_check_is_read_in_any_encoding(
    encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "facture.txt"
    path.write_bytes("Facture n° 12 du 3 février 2026\nTotal TTC : 120 €\n".encode(encoding))
    assert main(["documents", "verifier", str(path)]) == 1
    said = capsys.readouterr().out
    assert "Les mots de ces mentions" in said
    assert "date de la facture" not in said.casefold()
