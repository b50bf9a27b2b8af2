"""What people give: a folder, one workbook, or a zip of a folder. Read in memory, with limits, nothing unpacked."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kpa_model import places
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.inside.archives import MOST_UNPACKED, locked_zip, opened_zip, unpacked_size
from kpa_model.files.book.where import Place
from kpa_model.words import listing

TEXTS = {".csv", ".tsv", ".txt"}
WORKBOOKS = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".ods", ".ots"}
SETTINGS = {".yaml", ".yml"}
RECORDS = {".json"}
AGENDAS = {".ics"}
READ = TEXTS | WORKBOOKS | SETTINGS | RECORDS | AGENDAS
OWN_FOLDERS = {"apports"}
"""What the assistant keeps in the folder of a book: what each file gave."""
_FOREIGN = {
    ".numbers": "C'est un classeur de Numbers. Dans Numbers : Fichier, Exporter vers, CSV ou Excel.",
    ".gsheet": "C'est un lien vers Google Sheets. Là-bas : Fichier, Télécharger, Microsoft Excel (.xlsx).",
    ".zip": "C'est une archive. Sortez-en les tableaux, ou donnez-la seule.",
    **dict.fromkeys(
        (".qif", ".ofx"), "C'est un relevé de banque. Sur le site de la banque, choisissez plutôt CSV ou Excel."
    ),
    **dict.fromkeys(
        (".crdownload", ".part", ".partial", ".download"), "Son téléchargement n'est pas fini : recommencez-le."
    ),
    ".vcf": "C'est un carnet d'adresses : il ne contient ni heures ni factures.",
    **dict.fromkeys(
        (".docx", ".doc", ".odt", ".rtf", ".pages", ".pptx", ".ppt", ".odp"),
        "C'est un texte, ou des pages à montrer. S'il contient un tableau, copiez-le dans un tableur.",
    ),
}
_ELSEWHERE = {
    *(".fods", ".sxc", ".uos", ".dbf", ".xml", ".html", ".htm", ".mdb", ".accdb", ".odb", ".rar", ".7z"),
    *(".sqlite", ".db", ".prn", ".dif", ".slk", ".wk1", ".wks", ".et", ".tab", ".gdoc", ".eml", ".msg"),
}
MOST_BYTES = 20_000_000
MOST_FILES = 200
_TO_READ_ALOUD = {".ini", ".py", ".ipynb", ".lnk", ".url"}
"""Files that never hold figures: nothing is said of them."""
_EXPLAINS = re.compile(r"(lisez|lire|read)[-_ ]?m(oi|e)|licen[cs]e|changelog", re.IGNORECASE)
"""How the names of texts that explain a folder start."""
_HIDDEN = (".", "~", "Thumbs.db")
"""How the names of lock files (`~$…`, `.~lock…`), and of those that a system hides, start."""


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
    if not _wanted(file.name) and _say_foreign(file.name, findings):
        return []
    return [file]


def given_in_memory(files: Sequence[tuple[str, bytes]], findings: Findings) -> list[GivenFile]:
    """Return files held in memory as any folder would give them, archives opened; nothing is left behind."""
    places.personal().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=places.personal(), prefix=".lecture-") as hidden:
        folder = Path(hidden) / "vos fichiers"  # the name that messages show
        folder.mkdir()
        for name, content in files:
            (folder / Path(name).name).write_bytes(content)
        return given_files(folder / Path(files[0][0]).name if len(files) == 1 else folder, findings)


def given_together(paths: Sequence[Path], findings: Findings) -> list[tuple[Path, GivenFile]]:
    """Return the files of each path; of several, what a folder would not read is left too, and told the same way.

    Raises:
        UnreadableFile: nothing at one of these paths.
    """
    apart = [each for each in paths if len(paths) > 1 and each.is_file() and _no_table(each.name)]
    _say_others([each.name for each in apart], Place(""), findings)
    return [(each, file) for each in paths if each not in apart for file in given_files(each, findings)]


def _of_folder(path: Path, findings: Findings) -> Iterator[GivenFile]:
    there = sorted(path.iterdir())
    names = [each for each in there if _wanted(each.name) and each.is_file()]
    for each in there:
        if each.is_dir() and not each.name.startswith(_HIDDEN) and each.name not in OWN_FOLDERS:
            _say_folder(each, findings)
    _say_others([each.name for each in there if each not in names and not each.is_dir()], Place(path.name), findings)
    if len(names) > MOST_FILES:
        findings.problem(
            Place(path.name), f"ce dossier contient {len(names)} tableaux.", "Gardez ceux du carnet seulement."
        )
        return
    for each in names:
        if (file := _read(each, findings)) is not None:
            yield file


def _say_others(names: Iterable[str], where: Place, findings: Findings) -> None:
    """Tell the files of a place that are not read: tables of other programs, and what is no table."""
    papers = list[str]()
    for name in names:
        ending = PurePosixPath(name).suffix.lower()
        if name.startswith(_HIDDEN) or ending in _TO_READ_ALOUD or _EXPLAINS.match(name):
            continue
        if ending in _PAPERS and not _ORNAMENT.search(name):
            papers.append(name)
        elif not _say_foreign(name, findings):
            _say_picture(name, findings)
    if papers:
        told = listing([f"« {name} »" for name in papers], most=6)
        one = f"{told} n'est pas un tableau : rien n'y est lu. S'il dit une vente, un achat ou des heures"
        several = (
            f"{told} ne sont pas des tableaux : rien n'y est lu. S'ils disent des ventes, des achats ou des heures"
        )
        todo = "que vos tableaux ne disent pas, demandez une liste à votre logiciel, ou recopiez-les."
        findings.heed(where, f"{one if len(papers) == 1 else several} {todo}")


_PAPERS = {".pdf", ".md"}
_PICTURES = {".jpg", ".jpeg", ".png", ".heic", ".heif", ".gif", ".webp", ".tif", ".tiff", ".bmp"}
_ORNAMENT = re.compile(r"logo|banni|ic[oô]ne|fond|affiche|flyer|signature|entete|en-tete", re.IGNORECASE)


def _no_table(name: str) -> bool:
    """Tell whether a file is certainly no table that can be read; one whose ending says nothing is tried."""
    ending = PurePosixPath(name).suffix.lower()
    told = _TO_READ_ALOUD | _PAPERS | _PICTURES | _ELSEWHERE | (_FOREIGN.keys() - {".zip"})
    return name.startswith(_HIDDEN) or ending in told


def _say_picture(name: str, findings: Findings) -> None:
    """Tell what is no table: a photo may be one of figures, a logo is not."""
    if PurePosixPath(name).suffix.lower() in _PICTURES and not _ORNAMENT.search(name):
        todo = "Si elle montre des chiffres (un achat, des heures), recopiez-les."
        findings.left_out(Place(name), f"c'est une image. Rien n'y est lu. {todo}")
    else:
        findings.note(Place(name), "ce n'est pas un tableau. Rien n'y est lu.")


def _say_foreign(name: str, findings: Findings) -> bool:
    """Tell a table that cannot be read; False when the name is not that of a table."""
    ending = PurePosixPath(name).suffix.lower()
    if ending in _FOREIGN or ending in _ELSEWHERE:
        todo = _FOREIGN.get(ending, "S'il contient des chiffres du groupe, enregistrez-le au format .xlsx ou CSV.")
        findings.left_out(Place(name), f"ce fichier n'est pas lu. {todo}")
        return True
    return False


def _say_folder(path: Path, findings: Findings) -> None:
    """Tell the tables of a folder inside the given one: nobody said that they are part of it."""
    try:
        inside = [each.relative_to(path.parent) for each in sorted(path.rglob("*")) if each.is_file()]
    except OSError:
        inside = []
    seen = [each for each in inside if not any(part.startswith(_HIDDEN) for part in each.parts)]
    names = sorted(each.name for each in seen if _wanted(each.name))
    others = [each for each in seen if each.suffix.lower() in _FOREIGN.keys() | _ELSEWHERE | _PAPERS]
    _say_others([each.as_posix() for each in others], Place(path.name), findings)
    if names:
        told = listing([f"« {name} »" for name in names], most=6)
        todo = "Mettez ces fichiers à côté des autres."
        findings.left_out(Place(path.name), f"rien n'est lu dans ce dossier : {told}. {todo}")


def _wanted(name: str) -> bool:
    """Tell whether a file is a table or settings; lock files and hidden ones are not."""
    return not name.startswith(_HIDDEN) and PurePosixPath(name).suffix.lower() in READ


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
        if locked_zip(file.data):
            todo = "Refaites-la sans mot de passe, ou donnez le dossier."
            findings.problem(place, "cette archive est protégée par un mot de passe.", todo)
            return
        findings.problem(
            place, "cette archive est abîmée, ou n'est pas un fichier zip.", "Refaites le zip, ou donnez le dossier."
        )
        return
    inside = [each for each in archive.infolist() if not each.is_dir() and "__MACOSX" not in each.filename]
    entries = [each for each in inside if _wanted(PurePosixPath(each.filename).name)]
    _say_others([PurePosixPath(each.filename).name for each in inside if each not in entries], place, findings)
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
