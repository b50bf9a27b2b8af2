"""Whole books: what is written is read again, whatever the spreadsheet did; what is broken is refused whole."""

from __future__ import annotations

import csv
import io
import os
import random
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpa_model.cooperative.book import Basis, Cooperative, OrderBook
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.orders import DirectCost, InvoiceLine, Order, PaymentReceived
from kpa_model.cooperative.people import Member, Spell, Status
from kpa_model.cooperative.work import Hours, Kind, Statement
from kpa_model.errors import UnreadableFile
from kpa_model.files.book.book_reader import read_book, read_files
from kpa_model.files.book.books import (
    book_place,
    example_books,
    write_book,
    write_xlsx_template,
)
from kpa_model.files.book.building import HELD, names_in
from kpa_model.files.book.cells import same, tidy
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.encodings import once_written, without_entities
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile, given_files
from kpa_model.files.book.writing import csv_text, protected, table_values, yaml_text
from kpa_model.places import personal
from kpa_model.ui.pieces import error_box
from tests.typed_books import write_xlsx
from tests.unit.test_months_told import made_book

HEALTHY = Path(__file__).parents[1] / "messages" / "carnet_sain"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own empty personal folder."""
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))


# --- any book ---------------------------------------------------------------------------------------------------------


def _plain(text: str) -> bool:
    """Tell whether a text is not empty, nor what a failed formula shows, nor letters that are read as badly written."""
    shown = text != "" and not text.startswith("#") and "err:" not in text.casefold()
    return shown and once_written(without_entities(text)) == text


TEXTS = (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=12)
    .map(tidy)
    .filter(_plain)
)
NAMES = TEXTS.map(lambda text: tidy(text.translate(str.maketrans("+,;/", "abcd")))).filter(
    lambda text: _plain(text) and len(names_in(text)) == 1
)
FREE = st.just("") | TEXTS
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
CENTS = st.integers(-(10**7), 10**7)
COUNTED = st.none() | st.integers(1, 10**6)
CUSTOMERS = st.sampled_from(["", "particulier", "association", "entreprise", "collectivite", "une amie"])


def _members(names: list[str], draw: Callable[..., Any]) -> Iterable[Member]:
    for name in names:
        start, spells = draw(DAYS), []
        for rank in range(draw(st.integers(1, 3)), 0, -1):
            end = start + timedelta(days=draw(st.integers(0, 200)))
            last = rank == 1 and draw(st.booleans())
            spells.append(Spell(draw(st.sampled_from(Status)), start, None if last else end, draw(FREE)))
            start = end + timedelta(days=draw(st.integers(1, 30)))
        yield Member(name, tuple(spells), draw(FREE))


@st.composite
def order_books(draw: Callable[..., Any]) -> OrderBook:
    """Draw any book that holds together."""
    some_names = st.lists(NAMES, min_size=1, max_size=4, unique_by=same)
    people, numbers, invoices = draw(some_names), draw(some_names), draw(some_names)
    lines = []
    for _ in range(draw(st.integers(0, 4))):
        issued = draw(DAYS)
        due = issued + timedelta(days=draw(st.integers(0, 60)))
        rate = draw(st.sampled_from([0, 55_000, 100_000, 200_000]) | st.integers(0, 1_000_000))
        who = draw(st.sampled_from(invoices)), draw(st.sampled_from(numbers))
        lines.append(InvoiceLine(*who, draw(FREE), issued, due, draw(CENTS), rate))
    owed = {line.invoice: sum(each.with_tax for each in lines if each.invoice == line.invoice) for line in lines}
    paid = [name for name, amount in owed.items() if amount and draw(st.booleans())]
    months = st.builds(CalendarMonth.of, DAYS)
    said = st.lists(st.tuples(st.sampled_from(people), months), max_size=3, unique=True)
    mine = st.sampled_from(numbers) | st.just("")
    hours = st.builds(Hours, st.sampled_from(people), DAYS, st.sampled_from(Kind), st.integers(0, 200), mine, FREE,
                      st.none() | st.integers(0, 1439), COUNTED)  # fmt: skip
    return OrderBook(
        Cooperative(
            draw(TEXTS),
            draw(FREE),
            draw(st.sampled_from(Basis)),
            draw(CENTS),
            draw(CENTS),
            draw(st.booleans()),
            draw(FREE),
        ),
        members=tuple(_members(people, draw)),
        orders=tuple(
            Order(
                number,
                draw(FREE),
                draw(FREE),
                draw(DAYS),
                draw(CUSTOMERS),
                tuple(draw(st.lists(st.sampled_from(people), max_size=2, unique=True))),
                draw(st.sampled_from(["", "publié", "reconstruit", "inventé"])),
                draw(COUNTED),
            )
            for number in numbers
        ),
        lines=tuple(lines),
        payments=tuple(PaymentReceived(name, draw(DAYS), owed[name]) for name in paid),
        costs=tuple(draw(st.lists(st.builds(DirectCost, TEXTS, DAYS, CENTS, mine), max_size=3))),
        hours=tuple(draw(st.lists(hours, max_size=5))),
        statements=tuple(
            Statement(
                name,
                month,
                draw(st.integers(0, 10_000)),
                draw(st.integers(0, 10**6)),
                draw(st.integers(1, 500)),
                draw(st.sampled_from([None, True, False])),
                draw(st.integers(0, 10**6)),
                draw(CENTS),
                draw(st.integers(0, 3000)),
            )
            for name, month in draw(said)
        ),
    )


@given(order_books())
@settings(max_examples=60)
def test_any_book_written_is_read_again_equal(book: OrderBook) -> None:
    with tempfile.TemporaryDirectory() as place:
        write_book(book, Path(place) / "carnet")
        assert read_book(Path(place) / "carnet").book == book


@given(order_books())
@settings(max_examples=20)
def test_any_book_written_as_a_workbook_is_read_again_equal(book: OrderBook) -> None:
    with tempfile.TemporaryDirectory() as place:
        write_xlsx(book, Path(place) / "carnet.xlsx")
        assert read_book(Path(place) / "carnet.xlsx").book == book


@pytest.mark.parametrize("name", ["$", "Café (k€)", "Les 3 francs CFA", "Montant (centimes)"])
def test_the_name_of_a_cooperative_is_no_unit(name: str, tmp_path: Path) -> None:
    book = replace(made_book(), cooperative=Cooperative(name))
    write_xlsx(book, tmp_path / "carnet.xlsx")
    write_book(book, tmp_path / "carnet")
    for place in ("carnet.xlsx", "carnet"):
        found = read_book(tmp_path / place).book
        assert found.cooperative.name == name
        assert found.lines == book.lines


# --- the same book, otherwise written ---------------------------------------------------------------------------------


def files_of(book: OrderBook, separator: str = ";", encoding: str = "utf-8", mix: bool = False) -> list[GivenFile]:
    """Return the files of a book; mixed: other order of columns, other names, titles above, totals below."""
    chance, files = random.Random(7), [GivenFile("cooperative.yaml", yaml_text(book.cooperative).encode())]
    for table, values in table_values(book).items():
        dictionary = dictionaries()[table]
        rows = list(csv.reader(io.StringIO(csv_text(dictionary, values)), delimiter=";"))
        if mix:
            columns = list(zip(*rows, strict=True))
            chance.shuffle(columns)
            names = {column.name: column.other_names for column in dictionary.columns}
            rows = [list(row) for row in zip(*columns, strict=True)]
            rows[0] = [chance.choice(names[name] or (name,)) for name in rows[0]]
            rows = [[f"Les {table}"], [], *rows[:2], [""] * len(rows[0]), *rows[2:], ["TOTAL"]]
        out = io.StringIO()
        csv.writer(out, delimiter=separator).writerows(rows)
        files.append(GivenFile(f"{table}.csv", out.getvalue().encode(encoding)))
    return files


@pytest.mark.parametrize("name", sorted(example_books()))
@pytest.mark.parametrize(
    ("separator", "encoding", "mix"),
    [(";", "cp1252", True), (",", "utf-8-sig", False), ("\t", "utf-16", True), (",", "cp1252", True)],
)
def test_the_same_tables_otherwise_written_give_the_same_book(
    name: str, separator: str, encoding: str, mix: bool
) -> None:
    book = read_book(example_books()[name]).book
    assert read_files(files_of(book, separator, encoding, mix), name).book == book


@pytest.mark.parametrize("name", sorted(example_books()))
def test_the_examples_are_read_from_a_workbook_and_a_zip_too(name: str, tmp_path: Path) -> None:
    folder = example_books()[name]
    book = read_book(folder).book
    write_xlsx(book, tmp_path / "carnet.xlsx")
    assert read_book(tmp_path / "carnet.xlsx").book == book
    with zipfile.ZipFile(tmp_path / "carnet.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, f"dossier/{path.name}")
        archive.writestr("__MACOSX/._factures.csv", b"\0")
    assert read_book(tmp_path / "carnet.zip").book == book


def test_the_empty_model_holds_nothing_and_says_that_nobody_is_named(tmp_path: Path) -> None:
    write_xlsx_template(tmp_path / "modele.xlsx")
    reading = read_book(tmp_path / "modele.xlsx")
    assert reading.book.members == reading.book.lines == reading.book.hours == ()
    assert any("rien ne dit le nom" in note for note in reading.notes)


def test_formulas_are_written_as_texts() -> None:
    assert [protected(text) for text in ("=1", "+1", "-1", "@a", "'=1", "a=1", "'a")] == [
        *("'=1", "'+1", "'-1", "'@a", "''=1", "a=1", "'a")
    ]


# --- what goes in ----------------------------------------------------------------------------------------------------


def test_a_workbook_says_the_same_book_as_its_tables(tmp_path: Path) -> None:
    write_xlsx(read_book(HEALTHY).book, tmp_path / "Jonquilles.xlsx")
    assert read_book(tmp_path / "Jonquilles.xlsx").book == read_book(HEALTHY).book


def test_a_name_never_leaves_the_folder_of_the_group() -> None:
    assert book_place("../../x/Jonquilles?").parent == personal() / "cooperatives"


@pytest.mark.parametrize(
    "name", ["Fil & Co", "Durand + Fils", "L'Atelier / Le Lieu", "Pain,  vin et « sel »", "K" * 79 + " &"]
)
def test_the_name_of_a_book_leads_to_it_again_whatever_its_signs(name: str) -> None:
    folder = book_place(name)
    write_book(read_book(HEALTHY).book, folder)
    assert "  " not in folder.name
    assert {book_place(each) for each in (name, folder.name, name.upper())} == {folder}


def test_a_name_keeps_the_signs_that_a_folder_may_have() -> None:
    assert book_place("Fil & Co (2026)").name == "Fil & Co (2026)"


def test_one_note_for_several_files_is_told_once(tmp_path: Path) -> None:
    shutil.copytree(HEALTHY, tmp_path / "carnet")
    for table in ("commandes", "personnes"):
        path = tmp_path / "carnet" / f"{table}.csv"
        path.write_bytes(path.read_text("utf-8").encode("cp1252"))
    told = [note for note in read_book(tmp_path / "carnet").notes if "cp1252" in note]
    assert [note.partition(" : ")[0] for note in told] == ["Fichiers commandes.csv et personnes.csv"]


def test_what_is_good_to_know_is_told_even_when_something_is_to_mend(tmp_path: Path) -> None:
    shutil.copytree(HEALTHY, tmp_path / "carnet")
    people = tmp_path / "carnet" / "personnes.csv"
    first, *others = people.read_text("utf-8").splitlines()
    people.write_text("\n".join([f"{first};couleur", *(f"{each};bleu" for each in others)]), "utf-8")
    hours = tmp_path / "carnet" / "heures.csv"
    hours.write_text(hours.read_text("utf-8").replace("prestation", "prestassion", 1), "utf-8")
    with pytest.raises(UnreadableFile) as caught:
        read_book(tmp_path / "carnet")
    assert any("couleur" in note for note in caught.value.notes)
    assert "couleur" in error_box(caught.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Nom : il est vide"),
        ("  ", "Nom : il est vide"),
        *((each, "ne peut pas servir") for each in ("..", "///", "?")),
    ],
)
def test_a_name_that_cannot_serve_is_refused(name: str, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        book_place(name)


# --- strange files: never a traceback ---------------------------------------------------------------------------------


def outcome(files: list[GivenFile]) -> str:
    """Return what the person sees; any other exception fails the test."""
    try:
        return "\n".join(read_files(files, "carnet").notes)
    except UnreadableFile as error:
        problems = error.problems
    assert all(problem.where and problem.what and problem.todo for problem in problems)
    return "\n".join(map(str, problems))


@given(st.binary(max_size=400), st.sampled_from(["csv", "xlsx", "ods", "xls", "yaml", "txt"]))
@settings(max_examples=300)
def test_any_bytes_are_read_or_refused(data: bytes, ending: str) -> None:
    outcome([GivenFile(f"factures.{ending}", data)])


@given(st.text(st.sampled_from("facture;date\n,\t\"':{}[]&*!|>-=é0123456789€ %/"), max_size=300), st.booleans())
@settings(max_examples=300)
def test_any_text_is_read_or_refused(text: str, settings_file: bool) -> None:
    outcome([GivenFile("cooperative.yaml" if settings_file else "factures.csv", text.encode())])


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_workbook_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    write_xlsx(read_book(HEALTHY).book, tmp_path / "carnet.xlsx")
    data = bytearray((tmp_path / "carnet.xlsx").read_bytes())
    for _ in range(chance.choice([1, 5, 50])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    outcome([GivenFile("carnet.xlsx", bytes(data))])


@pytest.mark.parametrize("seed", range(60))
def test_a_workbook_with_wrong_insides_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    write_xlsx(read_book(HEALTHY).book, tmp_path / "carnet.xlsx")
    out = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "carnet.xlsx") as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = bytearray(old.read(name))
            if chance.random() < 0.5:
                for _ in range(chance.choice([1, 3, 20])):
                    part[chance.randrange(len(part))] = chance.choice(b'<>"/=&0a9\0')
            if chance.random() < 0.97:
                new.writestr(name, bytes(part))
    outcome([GivenFile("carnet.xlsx", out.getvalue())])


def test_a_file_that_another_program_holds_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def held(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "factures.csv").write_text("facture", "utf-8")
    monkeypatch.setattr(Path, "read_bytes", held)
    findings = Findings()
    assert given_files(tmp_path, findings) == []
    assert "Fermez-le dans le tableur" in findings.problems[0][2]


def test_nothing_at_the_place_given_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="rien à cet endroit"):
        read_book(tmp_path / "absent")


def test_hidden_and_lock_files_are_left_alone(tmp_path: Path) -> None:
    for name in (".~lock.factures.csv#", "~$carnet.xlsx", ".factures.csv", "LISEZMOI.md"):
        (tmp_path / name).write_bytes(os.urandom(20))
    findings = Findings()
    assert given_files(tmp_path, findings) == []
    assert not findings.problems


@pytest.mark.parametrize(
    ("table", "held"), [("personnes", "members"), *((name, each) for name, (each, _) in HELD.items())]
)
def test_a_new_column_of_any_table_is_kept_and_written_again(
    table: str, held: str, tmp_path: Path, monkeypatch
) -> None:
    known = dictionaries()
    column = replace(known["personnes"].column("note"), name="couleur", field="colour", other_names=(), label="C")
    monkeypatch.setitem(known, table, replace(known[table], columns=(*known[table].columns, column)))
    book = read_book(HEALTHY).book
    blue = tuple(replace(each, others=(("colour", "bleu"),)) for each in getattr(book, held))
    write_book(replace(book, **{held: blue}), tmp_path / "carnet")
    assert getattr(read_book(tmp_path / "carnet").book, held) == blue


def test_two_lines_of_one_person_that_say_two_dates_are_told(tmp_path: Path, monkeypatch) -> None:
    known = dictionaries()
    column = replace(known["personnes"].column("au"), name="formee", field="trained_on", other_names=(), label="F")
    monkeypatch.setitem(known, "personnes", replace(known["personnes"], columns=(*known["personnes"].columns, column)))
    for table in ("commandes", "factures"):
        titles = (HEALTHY / f"{table}.csv").read_text("utf-8").partition("\n")[0]
        (tmp_path / f"{table}.csv").write_text(titles, "utf-8")
    lines = ["personne;statut;du;au;formee", "Zoé;benevole;01/01/2020;31/01/2020;02/03/2020"]
    for said, told in (
        ("05/03/2020", ["« Zoé » a « 02/03/2020 » à la ligne 2, et « 05/03/2020 » ici : il vaut pour tous les mois."]),
        ("02/03/2020", []),
        ("", []),
    ):
        (tmp_path / "personnes.csv").write_text("\n".join([*lines, f"Zoé;cape;01/02/2020;;{said}"]), "utf-8")
        reading = read_book(tmp_path)
        assert [note.partition(" : ")[2] for note in reading.notes if " ici : " in note] == told
        assert len(reading.book.members[0].others) == 1


def test_a_column_that_only_a_step_reads_is_declared_in_the_dictionary_alone(tmp_path: Path, monkeypatch) -> None:
    """A new column of the orders, kept with the order and written again, without a line of Python."""
    known = dictionaries()
    column = replace(known["commandes"].columns[1], name="difficulte", field="difficulty", other_names=(), label="D")
    grown = replace(known["commandes"], columns=(*known["commandes"].columns, column))
    monkeypatch.setitem(known, "commandes", grown)
    folder = tmp_path / "carnet"
    book = read_book(HEALTHY).book
    first = replace(book.orders[0], others=(("difficulty", "grande"),))
    write_book(replace(book, orders=(first, *book.orders[1:])), folder)
    assert "grande" in (folder / "commandes.csv").read_text()
    assert read_book(folder).book.orders[0].others == (("difficulty", "grande"),)
    assert read_book(folder).book.orders[1].others == ()


def test_the_empty_workbook_is_filled_in_and_read_without_its_examples(tmp_path: Path) -> None:
    path = tmp_path / "modele.xlsx"
    write_xlsx_template(path)
    filled = openpyxl.load_workbook(path)
    for table, row in {
        "personnes": ["Maud", "cape", "01/01/2026"],
        "commandes": ["C7", "Repas", None, "05/01/2026"],
        "factures": ["F7", "C7", "Repas", "20/01/2026", None, "100,00", "20 %"],
        "heures": ["Maud", "20/01/2026", "prestation", "3h30", "C7"],
    }.items():
        sheet = filled[table]
        for at, value in enumerate(row, 1):
            sheet.cell(5, at, value)
    filled.save(path)
    reading = read_book(path)
    assert [each.name for each in reading.book.members] == ["Maud"]
    assert [each.minutes for each in reading.book.hours] == [210]
    assert any("(7 feuilles) : cette ligne est un exemple." in note for note in reading.notes)
    assert not reading.unread


def test_an_example_line_written_over_is_told_before_anything_else(tmp_path: Path) -> None:
    path = tmp_path / "modele.xlsx"
    write_xlsx_template(path)
    filled = openpyxl.load_workbook(path)
    filled["achats"]["C4"] = 64.5
    filled.save(path)
    reading = read_book(path)
    assert reading.book.costs == ()
    (told,) = reading.unread
    assert "« achats », ligne 4 : cette ligne commence par « Exemple : », et n'est pas lue (« 64,5 »)." in told


def test_an_invoice_of_the_empty_workbook_may_name_no_order(tmp_path: Path) -> None:
    path = tmp_path / "modele.xlsx"
    write_xlsx_template(path)
    filled = openpyxl.load_workbook(path)
    for table, row in {
        "personnes": ["Maud", "cape", "01/01/2026"],
        "factures": ["F7", None, "Repas", "20/01/2026", None, "100,00", "20 %"],
    }.items():
        for at, value in enumerate(row, 1):
            filled[table].cell(5, at, value)
    filled.save(path)
    reading = read_book(path)
    assert [(each.number, each.label) for each in reading.book.orders] == [("F7", "Repas")]
    assert [each.order for each in reading.book.lines] == ["F7"]
    assert any("la facture fait sa propre commande" in note for note in reading.notes)
