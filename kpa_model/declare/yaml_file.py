"""A kind of file that people write in French YAML: how it is called, what it holds, read and written whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, Generic, TypeVar

from kpa_model.declare.entry import Named, read_entry, write_entry
from kpa_model.declare.part import Notes
from kpa_model.declare.plain_yaml import FileKind, read_mapping, read_text

_T = TypeVar("_T")


@dataclass(frozen=True)
class YamlFile(Generic[_T]):
    """A kind of file and the entry it holds: `loads(dumps(made)) == made`, always.

    Args:
        kind: how it is called.
        of: the class of what it holds, see `declare.entry`.
        where: what a text without a file is called in messages.
    """

    kind: FileKind
    of: type[_T]
    where: str

    def load(self, path: Path, **given: Any) -> _T:
        """Read a file; `given` are fields that it does not hold. Raises `kind.error` with every problem at once."""
        return self.loads(read_text(path, self.kind.error), f"Fichier {path.name}", **given)

    def loads(self, text: str, where: str = "", **given: Any) -> _T:
        """Read a text. Raises `kind.error` with every problem at once."""
        return self.from_data(read_mapping(text, where or self.where, self.kind), where, **given)

    def from_data(self, content: Mapping[str, Any], where: str = "", **given: Any) -> _T:
        """Read what `as_data` gives, where every scalar may be a text. Raises `kind.error`."""
        notes = Notes(where or self.where)
        made = read_entry(self.of, content, notes, **given)
        if notes.problems:
            raise self.kind.error(*notes.problems)
        return made

    def as_data(self, made: _T) -> dict[str, Any]:
        """Return plain mappings and lists, as the file holds them."""
        return write_entry(made)

    def dumps(self, made: _T) -> str:
        """Write French YAML, always in the same way."""
        return written(self.as_data(made))


@dataclass(frozen=True)
class NamedFile(YamlFile[_T]):
    """A kind of file that holds entries by name: `one` is what each is called, `key` the field that keeps its name."""

    one: str = ""
    key: str = "name"

    def read(self, path: Path) -> dict[str, _T]:
        """Return name → entry, in the order of the file. Raises `kind.error` with every problem at once."""
        notes = Notes(f"Fichier {path.name}")
        content = read_mapping(read_text(path, self.kind.error), notes.where, self.kind)
        found = Named("", self.of, self.one, self.key).take(content, notes)
        if notes.problems:
            raise self.kind.error(*notes.problems)
        return {getattr(each, self.key): each for each in found}


def written(content: Mapping[str, Any]) -> str:
    """Return plain mappings and lists as YAML that people read."""
    from ruamel.yaml import YAML

    out, writer = StringIO(), YAML()
    writer.width, writer.allow_unicode, writer.default_flow_style = 100, True, False
    writer.dump(_readable(content), out)
    return out.getvalue()


def _readable(value: Any) -> Any:
    """Return the same data, texts of several lines written as people write them, one line under the other."""
    from ruamel.yaml.scalarstring import LiteralScalarString

    if isinstance(value, Mapping):
        return {key: _readable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_readable(each) for each in value]
    tidy = isinstance(value, str) and "\n" in value and all(line == line.strip() for line in value.split("\n"))
    return LiteralScalarString(value) if tidy else value


def fingerprint_of(content: Any) -> str:
    """Return the SHA-256 of plain mappings and lists, in hexadecimal."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
