"""Notebooks keep the skeleton and the budgets that make a workshop hold: they import, ask, show, and define nothing."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest

from kpa_model.ui.serve import PARTS

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
SECTIONS = ("## Parlons-en", "## À retenir", "## Pour aller plus loin")
FACILITATION = ("**Objectif.**", "**Durée.**", "**Matériel.**", "**Étapes.**", "**Sans ordinateur.**")


def cells(path: Path, kind: str) -> list[str]:
    return [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == kind]


def words(text: str) -> list[str]:
    plain = re.sub(r"\]\([^)]*\)|<[^>]+>|[*#`>\[\]-]", " ", text)
    return re.findall(r"[\w'’]+", plain)


def sentences(text: str) -> list[str]:
    plain = re.sub(r"\]\([^)]*\)|<[^>]+>|[*#`>\[\]]|^- ", " ", text, flags=re.M)
    return [each for each in re.split(r"[.!?:·\n]+", plain) if words(each)]


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return request.param


def test_there_are_notebooks():
    assert len(NOTEBOOKS) >= 7


def test_the_title_is_a_question_and_the_page_has_a_name(notebook):
    loaded = nbformat.read(notebook, 4)
    title = loaded.cells[0].source
    assert title.startswith("# ")
    assert title.endswith("?")
    assert loaded.metadata["title"] == title.removeprefix("# ")
    assert loaded.metadata["menu"]
    assert loaded.metadata["part"] in PARTS


def test_the_facilitator_finds_goal_time_material_steps_and_a_way_without_computer(notebook):
    guide = cells(notebook, "markdown")[1]
    for part in FACILITATION:
        assert part in guide
    assert len(words(guide)) <= 120


def test_the_closing_sections_are_there_in_order(notebook):
    found = [source.splitlines()[0] for source in cells(notebook, "markdown")]
    assert tuple(each for each in found if each in SECTIONS) == SECTIONS
    talk = next(source for source in cells(notebook, "markdown") if source.startswith(SECTIONS[0]))
    keep = next(source for source in cells(notebook, "markdown") if source.startswith(SECTIONS[1]))
    assert 2 <= talk.count("\n- ") <= 3
    assert all(line.endswith("?") for line in talk.splitlines() if line.startswith("- "))
    assert keep.count("\n- ") == 3


def test_each_text_asks_one_thing_in_few_words(notebook):
    for source in cells(notebook, "markdown")[2:-3]:
        assert len(words(source)) <= 60, source
        assert source.startswith("## ")
        assert "?" in source


def test_sentences_are_short(notebook):
    said = [each for source in cells(notebook, "markdown") for each in sentences(source)]
    assert sum(len(words(each)) for each in said) / len(said) <= 12


def test_code_is_short_and_defines_nothing(notebook):
    sources = cells(notebook, "code")
    assert sources[0] == "import kpa_model as kpa\n\natelier = kpa.open_store()"
    assert sum(len(source.splitlines()) for source in sources) <= 40
    for source in sources[1:]:
        assert len(source.splitlines()) <= 5
        assert isinstance(ast.parse(source).body[-1], ast.Expr)
    for source in sources:
        kinds = {type(node) for node in ast.walk(ast.parse(source))}
        assert not kinds & {ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda, ast.ListComp}


def test_nothing_is_stored(notebook):
    loaded = nbformat.read(notebook, 4)
    assert "widgets" not in loaded.metadata
    for cell in loaded.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
