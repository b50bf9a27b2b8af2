"""Tables: dictionaries and typed rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpa_model.errors import Refused, UnreadableFile
from kpa_model.files.book.cells import bare
from kpa_model.files.book.dictionaries import TYPES, Dictionary, dictionaries, table_named
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.tables import Row, read_cell, typed_rows
from kpa_model.places import data

KNOWN = dictionaries()
COLUMNS = [(table, column) for table, each in KNOWN.items() for column in each.columns]


def rows_of(table: str, *lines: list[object], separator: str = ";") -> tuple[list[Row] | None, Findings]:
    findings = Findings()
    grid = Grid(f"{table}.csv", "", tuple(enumerate(lines, 1)), separator)
    return typed_rows(grid, KNOWN[table], findings), findings


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda each: getattr(each, "name", each))
def test_every_column_is_declared_in_full(table: str, column: object) -> None:
    assert column.label
    assert column.definition.endswith(".")
    assert column.kind in TYPES
    assert column.privacy in {"publique", "groupe", "personne"}
    assert column.name.isascii()
    if column.kind not in {"texte", "nom"} or column.choices:
        read_cell(column.example, column)
    if column.kind in {"euros", "taux", "date", "mois", "duree", "nombre"}:
        assert column.unit
    if column.kind == "choix":
        for value, others in column.choices.items():
            assert all(read_cell(each.upper(), column) == value for each in (value, *others))


@pytest.mark.parametrize(
    ("text", "kept"), [("12,5 km", 1250), ("1 repas", 100), ("40 pièces", 4000), ("1 pièce", 100), ("1 234,5", 123450)]
)
def test_a_quantity_may_say_what_it_counts(text: str, kept: int) -> None:
    assert read_cell(text, KNOWN["heures"].column("quantite")) == kept


@pytest.mark.parametrize("text", ["50 %", "12 kg", "12 €", "km"])
def test_a_quantity_of_something_else_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="n'est pas un nombre"):
        read_cell(text, KNOWN["heures"].column("quantite"))


def test_no_title_leads_to_two_columns() -> None:
    for dictionary in KNOWN.values():
        assert len({bare(column.name) for column in dictionary.columns}) == len(dictionary.columns)
        for column in dictionary.columns:
            assert {dictionary.titles[bare(name)].name for name in column.names} == {column.name}


def test_no_name_leads_to_two_tables() -> None:
    names = [name for dictionary in KNOWN.values() for name in dictionary.own_names]
    assert len(names) == len(set(names))


def test_a_dictionary_edited_wrongly_is_explained(tmp_path: Path) -> None:
    for path in (data() / "dictionnaires").glob("*.csv"):
        text = path.read_text("utf-8")
        (tmp_path / path.name).write_text(text.replace(";Échéance|", ";Échéance|Montant HT|"), "utf-8")
    with pytest.raises(UnreadableFile, match="mène à deux colonnes"):
        dictionaries(tmp_path)
    (tmp_path / "factures.csv").write_text("rien", "utf-8")
    with pytest.raises(UnreadableFile, match="factures"):
        dictionaries(tmp_path)


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("Factures 2019 (v2)", "factures"),
        ("RELEVÉ D'HEURES", "heures"),
        ("achats-03", "achats"),
        ("Coopérant·e·s", "personnes"),
        ("encaissements_2018", "encaissements"),
        ("Feuil1", ""),
        ("", ""),
        ("2019", ""),
        ("heures de mars", "heures"),
    ],
)
def test_names_of_files_and_sheets(name: str, table: str) -> None:
    assert table_named(name, KNOWN) == table


def test_usual_titles_in_any_order_are_understood() -> None:
    rows, findings = rows_of(
        "heures", ["Durée (h)", "Coopérante", "Jour", "Type"], ["3h30", "Awa", "3/2/19", "Réunion"]
    )
    assert rows is not None
    assert rows[0].values["duree"] == 210
    assert rows[0].values["genre"] == "commun"
    assert not findings.problems
    assert not findings.notes


def test_every_problem_of_a_line_is_told_with_its_cell() -> None:
    _, findings = rows_of("heures", ["personne", "date", "genre", "duree"], ["", "32/01/2026", "sport", "3h90"])
    assert [str(place) for place, _, _ in findings.problems] == [
        f"Fichier heures.csv, ligne 2, colonne {name}"
        for name in ("A « personne »", "B « date »", "C « genre »", "D « duree »")
    ]


def test_a_total_is_left_out_and_told_but_a_line_with_its_key_is_kept() -> None:
    head = ["personne", "date", "genre", "duree"]
    rows, findings = rows_of("heures", head, ["Total", "", "", "12"], ["Sous-total Awa", "", "", "3"])
    assert rows == []
    assert len(findings.told()) == 2
    rows, findings = rows_of("heures", head, ["Total", "1/2/2026", "commun", "2"])
    assert len(rows or []) == 1


def test_titles_written_again_are_left_out_and_told() -> None:
    head = ["personne", "date", "genre", "duree"]
    rows, findings = rows_of("heures", head, ["Awa", "1/2/2026", "commun", "2"], head)
    assert len(rows or []) == 1
    assert "seconde fois" in findings.told()[0]


def test_an_unknown_column_is_told_with_the_nearest_name() -> None:
    _, findings = rows_of(
        "heures", ["personne", "date", "genre", "duree", "Tachee", "", "Zzz"], ["A", "1/2/26", "commun", "1"]
    )
    assert "Vouliez-vous dire" in findings.told()[0]
    assert "« Zzz »" in findings.told()[1]


def test_a_text_keeps_no_protecting_apostrophe() -> None:
    column = next(column for column in KNOWN["heures"].columns if column.name == "tache")
    assert read_cell("'=1+1", column) == "=1+1"
    assert read_cell("'bonjour", column) == "'bonjour"


def test_the_model_of_a_dictionary_has_required_columns_first_in_sight() -> None:
    for dictionary in KNOWN.values():
        assert isinstance(dictionary, Dictionary)
        assert any(column.required for column in dictionary.columns)
