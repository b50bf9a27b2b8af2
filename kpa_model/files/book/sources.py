"""What people give: a folder, one workbook, or a zip of a folder. Read in memory, with limits, nothing unpacked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kpa_model.errors import Problem, UnreadableFile
from kpa_model.files.book.archives import MOST_UNPACKED, opened_zip, unpacked_size
from kpa_model.files.book.findings import Findings, Place
from kpa_model.words import listing

TEXTS = {".csv", ".tsv", ".txt"}
WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}
SETTINGS = {".yaml", ".yml"}
MOST_BYTES = 20_000_000
MOST_FILES = 200


@dataclass(frozen=True)
class GivenFile:
    """One file as given: its name, without folder, and its bytes."""

    name: str
    data: bytes

    @property
    def ending(self) -> str:
        """Return `.csv`, `.xlsx`… in lower case."""
        return PurePosixPath(self.name).suffix.lower()


def given_files(path: Path, findings: Findings) -> list[GivenFile]:
    """Return the files of interest of a folder, a workbook or a zip, sorted by name.

    Raises:
        UnreadableFile: nothing at this path.
    """
    try:
        if path.is_dir():
            return sorted(_of_folder(path, findings), key=lambda each: each.name)
        if not path.exists():
            raise UnreadableFile(
                Problem(f"« {path.name} »", "il n'y a rien à cet endroit.", "Vérifiez le nom du dossier ou du fichier.")
            )
        if (file := _read(path, findings)) is None:
            return []
    except OSError as error:
        findings.problem(Place(path.name), f"ce dossier ne s'ouvre pas ({_reason(error)}).", "Vérifiez vos droits.")
        return []
    if file.ending == ".zip":
        return sorted(_of_zip(file, findings), key=lambda each: each.name)
    return [file]


def _of_folder(path: Path, findings: Findings) -> Iterator[GivenFile]:
    names = [each for each in path.iterdir() if _wanted(each.name) and each.is_file()]
    if len(names) > MOST_FILES:
        findings.problem(
            Place(path.name), f"ce dossier contient {len(names)} tableaux.", "Gardez ceux du carnet seulement."
        )
        return
    for each in names:
        if (file := _read(each, findings)) is not None:
            yield file


def _wanted(name: str) -> bool:
    """Tell whether a file is a table or settings; lock files (`~$…`, `.~lock…`) and hidden ones are not."""
    return not name.startswith((".", "~")) and PurePosixPath(name).suffix.lower() in TEXTS | WORKBOOKS | SETTINGS


def _read(path: Path, findings: Findings) -> GivenFile | None:
    place = Place(path.name)
    try:
        if path.stat().st_size > MOST_BYTES:
            _too_big(place, findings)
            return None
        return GivenFile(path.name, path.read_bytes())
    except OSError as error:
        findings.problem(
            place,
            f"ce fichier ne s'ouvre pas ({_reason(error)}).",
            "Fermez-le dans le tableur, ou copiez-le ailleurs, puis recommencez.",
        )
        return None


def _reason(error: OSError) -> str:
    return "accès refusé" if isinstance(error, PermissionError) else "lecture impossible"


def _too_big(place: Place, findings: Findings) -> None:
    findings.problem(
        place,
        f"ce fichier est trop gros (plus de {MOST_BYTES // 1_000_000} Mo).",
        "Gardez seulement les tableaux utiles, sans images, et enregistrez de nouveau.",
    )


def _of_zip(file: GivenFile, findings: Findings) -> Iterator[GivenFile]:
    place = Place(file.name)
    if (archive := opened_zip(file.data)) is None:
        findings.problem(
            place, "cette archive est abîmée, ou n'est pas un fichier zip.", "Refaites le zip, ou donnez le dossier."
        )
        return
    entries = [
        each
        for each in archive.infolist()
        if not each.is_dir() and "__MACOSX" not in each.filename and _wanted(PurePosixPath(each.filename).name)
    ]
    if (size := unpacked_size(archive)) is None:
        findings.problem(place, "cette archive est abîmée.", "Refaites le zip, ou donnez le dossier.")
        return
    if len(entries) > MOST_FILES or size > MOST_UNPACKED:
        findings.problem(
            place, "cette archive est trop grosse une fois ouverte.", "Mettez dans le zip le seul dossier du carnet."
        )
        return
    names = [PurePosixPath(each.filename).name for each in entries]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        what = f"cette archive contient deux fois {listing([f'« {name} »' for name in twice])}."
        findings.problem(place, what, "Gardez un seul carnet dans le zip.")
        return
    for name, entry in zip(names, entries, strict=True):
        yield GivenFile(name, archive.read(entry))
