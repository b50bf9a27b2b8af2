"""The kinds behind real cases, in other words than the cases: units, dates, VAT, states, names, encodings, copies."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from kpa_model.errors import UnreadableFile
from kpa_model.files.book.book_reader import Reading, read_files
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile

PLAIN = {
    "personnes.csv": "personne;statut;du\nAwa;cape;01/01/2026\nJean-Noël;cape;01/01/2026\n",
    "commandes.csv": "commande;date\nC1;01/01/2026\nC2;01/01/2026\n",
    "factures.csv": "facture;commande;date;montant_ht;taux_tva\nF1;C1;20/01/2026;100,00;20 %\n",
    "heures.csv": "personne;date;genre;duree;commande\nAwa;20/01/2026;prestation;3h;C1\n",
}


def read(**changed: str | bytes) -> Reading:
    texts: dict[str, str | bytes] = {**PLAIN, **{f"{name}.csv": text for name, text in changed.items()}}
    files = [GivenFile(name, text.encode() if isinstance(text, str) else text) for name, text in texts.items()]
    return read_files(files, "Essai", Findings())


def refused(**changed: str | bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(**changed)
    return str(caught.value)


def minutes(title: str, *cells: str) -> list[int]:
    lines = "".join(f"Awa;{10 + at}/01/2026;prestation;{cell};C1\n" for at, cell in enumerate(cells))
    return [each.minutes for each in read(heures=f"personne;date;genre;{title};commande\n{lines}").book.hours]


@pytest.mark.parametrize(
    ("title", "cells", "wanted"),
    [
        ("Durée (minutes)", ["15", "90"], [15, 90]),
        ("Durée (mn)", ["15"], [15]),
        ("Temps en minutes", ["45"], [45]),
        ("Minutes", ["30", "200"], [30, 200]),
        ("Durée (secondes)", ["5400"], [90]),
        ("Durée (s)", ["5400"], [90]),
        ("Temps passé [sec]", ["600"], [10]),
        ("Heures", ["14", "2"], [840, 120]),
        ("Durée (h)", ["2,5"], [150]),
        ("Durée (min)", ["1h", "20"], [60, 20]),
    ],
)
def test_the_unit_of_a_title_counts(title: str, cells: list[str], wanted: list[int]) -> None:
    assert minutes(title, *cells) == wanted


@pytest.mark.parametrize("cells", [["15 min", "20"], ["15", "45", "30"], ["90", "120"]])
def test_a_number_that_may_be_minutes_is_not_read_as_hours(cells: list[str]) -> None:
    lines = "".join(f"Awa;{10 + at}/01/2026;prestation;{cell};C1\n" for at, cell in enumerate(cells))
    assert "minutes" in refused(heures=f"personne;date;genre;Durée;commande\n{lines}")


def workbook(
    table: str, rows: list[list[Any]], formats: dict[str, str] | None = None, hide: list[int] | None = None
) -> GivenFile:
    book = Workbook()
    sheet = book.active
    sheet.title = table
    for row in rows:
        sheet.append(row)
    for cell, code in (formats or {}).items():
        sheet[cell].number_format = code
    for line in hide or ():
        sheet.row_dimensions[line].hidden = True
    out = io.BytesIO()
    book.save(out)
    return GivenFile(f"{table}.xlsx", out.getvalue())


def read_with(file: GivenFile) -> Reading:
    table = file.name.split(".")[0]
    files = [GivenFile(name, text.encode()) for name, text in PLAIN.items() if name != f"{table}.csv"]
    return read_files([*files, file], "Essai", Findings())


@pytest.mark.parametrize(
    ("code", "value", "wanted"),
    [
        ('0" min"', 25, 25),
        ('0\\ "minutes"', 25, 25),
        ('0.0" h"', 2.5, 150),
        ('0"h"', 2, 120),
        ("[h]:mm", timedelta(hours=26, minutes=5), 1565),
    ],
)
def test_the_unit_of_a_format_counts(code: str, value: Any, wanted: int) -> None:
    rows = [["personne", "date", "genre", "duree", "commande"], ["Awa", date(2026, 1, 20), "prestation", value, "C1"]]
    if wanted > 24 * 60:
        with pytest.raises(UnreadableFile, match="26"):
            read_with(workbook("heures", rows, {"D2": code}))
        return
    assert read_with(workbook("heures", rows, {"D2": code})).book.hours[0].minutes == wanted


def test_a_duration_kept_as_a_part_of_a_day_is_asked_about() -> None:
    rows = [["personne", "date", "genre", "duree"], ["Awa", date(2026, 1, 20), "prestation", 3.5 / 24 + 1e-12]]
    with pytest.raises(UnreadableFile, match="Que compte"):
        read_with(workbook("heures", rows))


def test_lines_hidden_by_a_filter_are_told() -> None:
    rows = [
        ["personne", "date", "genre", "duree"],
        *(["Awa", date(2026, 1, 20 + at), "commun", "1h"] for at in range(3)),
    ]
    reading = read_with(workbook("heures", rows, hide=[3]))
    assert len(reading.book.hours) == 3
    assert any("masquée" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("2026-01-31T23:30:00Z", date(2026, 2, 1)),
        ("2026-01-31T22:30:00Z", date(2026, 1, 31)),
        ("2026-07-31T22:30:00+00:00", date(2026, 8, 1)),
        ("20260131T233000Z", date(2026, 2, 1)),
        ("3/2/2026", date(2026, 2, 3)),
        ("1.2.26", date(2026, 2, 1)),
        ("050126", date(2026, 1, 5)),
    ],
)
def test_a_day_is_a_day_in_paris(typed: str, wanted: date) -> None:
    heures = f"personne;date;genre;duree\nAwa;{typed};commun;1h\n"
    assert read(heures=heures).book.hours[0].on == wanted


def test_days_that_lost_their_first_zero_are_days_like_the_others() -> None:
    heures = "personne;date;genre;duree\nAwa;50126;commun;1h\nAwa;120126;commun;1h\n"
    assert [each.on for each in read(heures=heures).book.hours] == [date(2026, 1, 5), date(2026, 1, 12)]


@pytest.mark.parametrize("days", [["01/05/2026 9:30 PM", "01/06/2026"], ["01/13/2026", "01/02/2026"]])
def test_american_days_are_refused(days: list[str]) -> None:
    lines = "".join(f"Awa;{day};commun;1h\n" for day in days)
    assert "mois" in refused(heures=f"personne;date;genre;duree\n{lines}")


def test_english_titles_and_bars_ask_for_the_order_of_days() -> None:
    assert "avant le mois" in refused(heures="User;Date;Type;Duration\nAwa;01/02/2026;commun;1:00\n")


def invoices(heads: str, *lines: str) -> Reading:
    return read(
        factures=f"facture;commande;date;{heads}\n"
        + "".join(f"F{at};C1;20/01/2026;{line}\n" for at, line in enumerate(lines))
    )


@pytest.mark.parametrize(
    ("heads", "line", "wanted"),
    [
        ("Montant HT;Montant TVA", "100,00;20,00", (10_000, 200_000)),
        ("Total TTC;Taux TVA", "120,00;20 %", (10_000, 200_000)),
        ("Total TTC;Montant TVA", "120,00;20,00", (10_000, 200_000)),
        ("Montant HT;Total TTC", "100,00;105,50", (10_000, 55_000)),
        ("Prix (TTC);Taux", "110,00;10", (10_000, 100_000)),
        ("HT;TVA", "250,00;50,00", (25_000, 200_000)),
        ("Montant HT;TVA", "100,00;20", (10_000, 200_000)),
        ("Montant HT;taux_tva", "100,00;TVA 20%", (10_000, 200_000)),
        ("Montant HT;taux_tva", "100,00;franchise en base", (10_000, 0)),
        ("Montant HT;taux_tva", "100,00;art. 293 B du CGI", (10_000, 0)),
    ],
)
def test_any_two_amounts_give_the_others(heads: str, line: str, wanted: tuple[int, int]) -> None:
    assert [(each.before_tax, each.vat_rate) for each in invoices(heads, line).book.lines] == [wanted]


@pytest.mark.parametrize(
    ("heads", "line", "word"),
    [
        ("Montant HT;TVA", "50,00;10,00", "taux, ou un montant"),
        ("Montant HT;taux_tva", "120,00 TTC;20 %", "avec la TVA"),
        ("Montant HT;Montant TVA;Total TTC", "100,00;20,00;150,00", "TVA"),
    ],
)
def test_amounts_that_contradict_each_other_are_refused(heads: str, line: str, word: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        invoices(heads, line)
    assert word in str(caught.value)


@pytest.mark.parametrize("state", ["Brouillon", "draft", "Annulée", "Cancelled", "Abandonnée", "Proforma", "Refusé"])
def test_what_never_was_a_sale_is_left_out_and_named(state: str) -> None:
    reading = invoices("montant_ht;taux_tva;Statut", "100,00;20 %;Payée", f"900,00;20 %;{state}")
    assert sum(line.before_tax for line in reading.book.lines) == 10_000
    assert any(state in note and "900,00" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("heads", "line"),
    [("montant_ht;taux_tva;Type", "100,00;20 %;Avoir"), ("montant_ht;taux_tva;Type", "100,00;20 %;Facture avoir")],
)
def test_a_positive_credit_note_is_asked_about(heads: str, line: str) -> None:
    with pytest.raises(UnreadableFile, match="avoir"):
        invoices(heads, line)


@pytest.mark.parametrize(
    "name",
    [
        "jean-noël",
        "Jean Noel",
        "JEAN\u2011NOËL",
        "Jean\u2010Noël",
        "Jean-Noe\u0308l",
        " Jean-Noël\u00a0",
        "Jean-\u00adNoël",
        "'Jean-Noël",
    ],
)
def test_a_name_that_looks_the_same_is_the_same(name: str) -> None:
    reading = read(heures=f"personne;date;genre;duree\n{name};20/01/2026;commun;1h\n")
    assert reading.book.hours[0].member == "Jean-Noël"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1252", "iso-8859-15", "mac_roman", "cp850"])
def test_any_old_encoding_is_read(encoding: str) -> None:
    text = "personne;date;genre;durée;tâche\nJean-Noël;20/01/2026;commun;1h;réunion où l'on décide, à côté\n"
    assert read(heures=text.encode(encoding)).book.hours[0].member == "Jean-Noël"


def test_letters_written_twice_are_put_back() -> None:
    twice = PLAIN["heures.csv"].replace("Awa", "Jean-Noël").encode().decode("cp1252").encode()
    reading = read(heures=twice)
    assert reading.book.hours[0].member == "Jean-Noël"
    assert any("deux fois" in note for note in reading.notes)


@pytest.mark.parametrize("cell", ["'100,00", '"=""100,00"""', "\t100,00"])
def test_what_guards_a_number_is_not_part_of_it(cell: str) -> None:
    assert invoices("montant_ht;taux_tva", f"{cell};20 %").book.lines[0].before_tax == 10_000


def copies(name: str, text: str) -> str:
    files = [GivenFile(each, content.encode()) for each, content in {**PLAIN, name: text}.items()]
    with pytest.raises(UnreadableFile) as caught:
        read_files(files, "Essai", Findings())
    return str(caught.value)


@pytest.mark.parametrize("name", ["factures (1).csv", "factures - Copie.csv", "Factures_old.csv"])
def test_a_copy_of_a_file_is_refused(name: str) -> None:
    more = PLAIN["factures.csv"] + "F2;C2;25/01/2026;50,00;20 %\n"
    assert "mêmes factures" in copies(name, more)


def test_a_copy_of_hours_is_refused() -> None:
    assert "mêmes heures" in copies("heures (2).csv", PLAIN["heures.csv"])


def test_a_formula_without_a_value_in_an_ods_is_seen() -> None:
    from kpa_model.files.book.inside.zipped import _ods

    xml = (
        b'<table:table table:name="a"><table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p>'
        b'</table:table-cell><table:table-cell table:formula="of:=1+1"/></table:table-row></table:table>'
    )
    assert _ods(xml)["a"].uncomputed == {(1, 1)}


def test_an_hour_that_ends_after_midnight_is_counted() -> None:
    heures = (
        "personne;date;genre;Début;Fin;Pause\nAwa;20/01/2026;commun;22:30;00:15;\nAwa;21/01/2026;commun;9h;12h30;0h30\n"
    )
    assert [each.minutes for each in read(heures=heures).book.hours] == [105, 180]


def test_a_datetime_cell_is_a_day() -> None:
    rows = [["personne", "date", "genre", "duree"], ["Awa", datetime(2026, 1, 20, 8, 0), "commun", "1h"]]
    assert read_with(workbook("heures", rows)).book.hours[0].on == date(2026, 1, 20)


HERE = Path(__file__)
