"""Script files, see `script`: French YAML that a group reads and changes. `loads(dumps(script)) == script`, always."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from kpa_model import places
from kpa_model.declare.plain_yaml import FileKind
from kpa_model.declare.yaml_file import YamlFile, fingerprint_of
from kpa_model.errors import KpaError
from kpa_model.workshop.script import Script


class WrongScript(KpaError):
    """A script, as written, cannot be played."""


KIND = FileKind("un déroulé", "« titre: » puis « etapes: »", WrongScript, "un déroulé prêt", deepest=7)
FILE = YamlFile(KIND, Script, "Déroulé")
load, loads, dumps, as_data = FILE.load, FILE.loads, FILE.dumps, FILE.as_data


def fingerprint(script: Script) -> str:
    """Return the SHA-256 of the whole script, in hexadecimal."""
    return fingerprint_of(as_data(script))


@lru_cache(maxsize=1)
def ready_scripts() -> Mapping[str, Script]:
    """Return the scripts of `data/ateliers/` by file name, without `.yaml`; they are read when asked, and once."""
    paths = sorted((places.data() / "ateliers").glob("*.yaml"))
    return MappingProxyType({path.stem: load(path) for path in paths})
