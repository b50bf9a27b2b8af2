"""Grid files: what is read, what is written, fingerprints. Messages are in tests/messages."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.assessment.grid import COUNTS, Criterion, Grid, Level
from kpa_model.assessment.grid_file import as_data, dumps, fingerprint, from_data, load, loads, ready_grids

SMALL = """\
titre: En cuisine
niveaux:
- {nom: Je découvre, sens: Je regarde.}
- {nom: Je fais, sens: Je fais ma part.}
criteres:
- nom: Éplucher et couper
  poids: 1,5
  niveaux: [Je regarde., Je coupe.]
- cle: froid
  nom: Le froid
  domaine: Propreté
  niveaux: [Je sais pourquoi., Je note la température.]
"""


def test_a_small_grid_is_read() -> None:
    grid = loads(SMALL)
    assert grid.keys == ("eplucher_et_couper", "froid")
    assert grid.weights == {"eplucher_et_couper": 150, "froid": 100}
    assert grid.criterion("froid").descriptors == ("Je sais pourquoi.", "Je note la température.")
    assert [area for area, _ in grid.areas()] == ["", "Propreté"]
    assert grid.ranks == ("1", "2")
    assert grid.points == "moyenne"


def test_a_name_that_begins_with_a_number_gets_a_key() -> None:
    assert loads(SMALL.replace("Éplucher et couper", "3 gestes")).keys[0] == "c_3_gestes"


def test_what_was_not_written_is_not_written_back() -> None:
    assert "poids" not in as_data(loads(SMALL))["criteres"][1]
    assert "sources" not in as_data(loads(SMALL))


@pytest.mark.parametrize("name", ready_grids())
def test_a_ready_grid_survives_its_file_and_json(name: str) -> None:
    grid = ready_grids()[name]
    assert loads(dumps(grid)) == grid
    assert from_data(json.loads(json.dumps(as_data(grid)))) == grid


WORDS = st.text(st.characters(categories=("L", "N", "P", "S"), include_characters=" "), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split()) or "x"
)


@st.composite
def grids(draw) -> Grid:
    names = draw(st.lists(WORDS, min_size=2, max_size=5, unique_by=str.casefold))
    keys = draw(st.lists(st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True), min_size=1, max_size=4, unique=True))
    titles = draw(st.lists(WORDS, min_size=len(keys), max_size=len(keys), unique_by=str.casefold))
    criteria = [
        Criterion(key, title, tuple(draw(WORDS) for _ in names), draw(WORDS), weight=draw(st.integers(0, 1000)))
        for key, title in zip(keys, titles, strict=True)
    ]
    levels = tuple(Level(name, draw(WORDS)) for name in names)
    return Grid(draw(WORDS), levels, tuple(criteria), points=draw(st.sampled_from([*COUNTS])))


@given(grids())
def test_any_grid_survives_its_file(grid: Grid) -> None:
    assert loads(dumps(grid)) == grid


def test_the_fingerprint_follows_what_people_read_and_not_the_title() -> None:
    grid = loads(SMALL)
    assert fingerprint(replace(grid, title="Autre", version="2", sources=("X",))) == fingerprint(grid)
    reworded = replace(grid.criteria[0], descriptors=("Je regarde.", "Je tranche."))
    assert fingerprint(replace(grid, criteria=(reworded, *grid.criteria[1:]))) != fingerprint(grid)


def test_a_file_is_read_with_or_without_its_byte_order_mark(tmp_path) -> None:
    for coding in ("utf-8", "utf-8-sig"):
        path = tmp_path / f"{coding}.yaml"
        path.write_text(SMALL, encoding=coding)
        assert load(path) == loads(SMALL)
