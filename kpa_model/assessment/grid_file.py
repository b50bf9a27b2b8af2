"""Grid files, see `grid`: French YAML that a group reads aloud and changes. `loads(dumps(grid)) == grid`, always."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from kpa_model.assessment.grid import Grid
from kpa_model.declare.plain_yaml import FileKind
from kpa_model.declare.yaml_file import YamlFile, fingerprint_of
from kpa_model.errors import KpaError
from kpa_model.places import data


class WrongGrid(KpaError):
    """A grid, as written, cannot be used."""


KIND = FileKind("une grille", "« titre: » puis « niveaux: »", WrongGrid, "une grille prête")
FILE = YamlFile(KIND, Grid, "Grille")
load, loads, dumps, from_data, as_data = FILE.load, FILE.loads, FILE.dumps, FILE.from_data, FILE.as_data


@lru_cache(maxsize=1)
def ready_grids() -> Mapping[str, Grid]:
    """Return every ready grid of `data/grilles/` by its file name, without `.yaml`; read once, when asked for."""
    paths = sorted((data() / "grilles").glob("*.yaml"))
    return MappingProxyType({path.stem: load(path) for path in paths})


@lru_cache(maxsize=64)
def fingerprint(grid: Grid) -> str:
    """Return the SHA-256 of what people read to answer; title, version, sources, weights and points do not count."""
    return fingerprint_of(
        {
            "niveaux": [[each.name, each.meaning] for each in grid.levels],
            "criteres": [[each.key, each.name, *each.descriptors] for each in grid.criteria],
        }
    )
