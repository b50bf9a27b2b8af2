"""Files that are no tables → grids, read like sheets: `cooperative.yaml`, the records of a program, a calendar."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from kpa_model.files.book.cells import Cell, bare
from kpa_model.files.book.dictionaries import dictionaries, table_named
from kpa_model.files.book.encodings import decoded
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.reading.dated.agendas import grid_of_ics
from kpa_model.files.book.sources import AGENDAS, RECORDS, SETTINGS, GivenFile
from kpa_model.files.book.where import Place

Reader = Callable[[GivenFile, Findings], Grid | None]
_EXAMPLE = "Écrivez une ligne par champ, par exemple « nom: Les Tilleuls »."


def reader_of(file: GivenFile) -> Reader | None:
    """Return what makes a grid of a file that is no table, by its ending; None for a table."""
    if file.ending in SETTINGS:
        return grid_of_yaml
    return grid_of_json if file.ending in RECORDS else grid_of_ics if file.ending in AGENDAS else None


def grid_of_yaml(file: GivenFile, findings: Findings) -> Grid | None:
    """Return the fields of a settings file with their lines; None, and a problem, when it cannot be read."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    text, place = decoded(file, findings), Place(file.name)
    if text is None:
        return None
    if file.name == "recette.yaml":  # the answers about the files of this book
        return None
    if not _ours(file, text):
        findings.note(place, "ce fichier ne décrit pas la coopérative. Il est laissé de côté.")
        return None
    try:
        content = YAML(typ="rt", pure=True).load(io.StringIO(text))
    except MarkedYAMLError as error:
        quoted = "quoted scalar" in str(error.context)  # then the fault is where the quote opens
        mark = error.context_mark if quoted else error.problem_mark
        what = "un guillemet s'ouvre ici et ne se ferme pas bien." if quoted else "cette ligne ne se comprend pas."
        findings.problem(Place(file.name, "", mark.line + 1 if mark else 0), what, _EXAMPLE)
        return None
    except (YAMLError, ValueError, RecursionError):
        findings.problem(place, "ce fichier ne se comprend pas.", _EXAMPLE)
        return None
    if not isinstance(content, dict):
        findings.problem(place, "ce fichier ne contient pas de champs.", _EXAMPLE)
        return None
    lines = [_line(content, key, file.name, findings) for key in content]
    return Grid(file.name, "", tuple(line for line in lines if line is not None))


def grid_of_json(file: GivenFile, findings: Findings) -> Grid | None:
    """Return the records that a program exports, one on each line; None, told, when a file holds none.

    The first record stands on line 2, as `timew export` writes it. A time that has no end yet is left out, and told.
    """
    if (text := decoded(file, findings)) is None:
        return None
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        content = None
    lists = [each for each in (content.values() if isinstance(content, dict) else [content]) if _records(each)]
    if len(lists) != 1:
        findings.left_out(Place(file.name), "ce fichier n'est pas une liste d'heures ou de ventes. Il n'est pas lu.")
        return None
    told = [dict(_values(each)) for each in lists[0]]
    titles = [*dict.fromkeys(name for each in told for name in each)]
    ended = {name for each in told for name in each if name in _ENDS and each[name]}
    lines: list[Line] = [(1, [*titles])]
    for number, each in enumerate(told, 2):
        if any(not each.get(name) for name in ended):
            findings.heed(
                Place(file.name, "", number), "ce temps court encore : il n'a pas de fin. Il n'est pas compté."
            )
        else:
            lines.append((number, [each.get(name, "") for name in titles]))
    return Grid(file.name, "", tuple(lines))


_ENDS = {"end", "stop"}


def _records(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _values(record: Mapping[str, Any], group: str = "") -> Iterator[tuple[str, Cell]]:
    """Yield the name and the value of each field of a record; what stands inside another one says both names."""
    for name, value in record.items():
        title = f"{group} {name}".strip()
        if isinstance(value, dict):
            yield from _values(value, title)
        elif isinstance(value, list):
            yield title, ", ".join(str(each) for each in value if not isinstance(each, dict | list))
        else:
            yield title, "" if value is None else value


def _ours(file: GivenFile, text: str) -> bool:
    """Tell whether a settings file speaks of the cooperative, by its name or by one of its fields."""
    known = dictionaries()
    if table_named(file.name.rsplit(".", 1)[0], known) == "cooperative":
        return True
    fields = {bare(name) for name in ("nom", "date_qui_compte", "fonds_de_depart", "reserve_de_depart", "fictive")}
    lines = [line for line in text.splitlines() if ":" in line and line[:1].strip(" -")]
    return any(bare(line.split(":", 1)[0]) in fields for line in lines)


def _line(content: Any, key: Any, name: str, findings: Findings) -> Line | None:
    number, value = content.lc.key(key)[0] + 1, content[key]
    if value is None:
        return None
    if not isinstance(value, str | int | float | date):
        what = f"le champ « {key} » contient une liste."
        findings.problem(Place(name, "", number), what, "Écrivez une seule valeur après les deux-points.")
        return None
    cell: Cell = bool(value) if isinstance(value, bool) else value
    return number, [str(key), cell]
