"""Where things are on this machine: the workbook's own data, its notebooks, and the folder that stays private."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from kpa_model.errors import Problem

_PACKAGE = Path(__file__).resolve().parent


def data() -> Path:
    """Return the folder of data that come with the workbook (rules, parameters, example cooperatives)."""
    inside = _PACKAGE / "_data"
    return inside if inside.is_dir() else _PACKAGE.parent / "data"


def notebooks() -> Path:
    """Return the folder of the notebooks."""
    inside = _PACKAGE / "_notebooks"
    return inside if inside.is_dir() else _PACKAGE.parent / "notebooks"


def personal() -> Path:
    """Return the folder for what stays on this machine (never in the repository). Only what writes there makes it."""
    home = _PACKAGE.parent if (_PACKAGE.parent / "pyproject.toml").is_file() else Path.home()
    return Path(os.environ.get("KPA_MES_DONNEES") or home / "mes_donnees")


def own_notebooks() -> Path:
    """Return the person's own folder of notebooks."""
    return personal() / "carnets"


def keep_private(folder: Path) -> None:
    """Leave a folder, and all it holds, to its owner alone (700 and 600), where the system knows how."""
    if os.name != "posix" or not folder.is_dir():
        return
    for root, _, files in os.walk(folder):
        with suppress(OSError):
            Path(root).chmod(0o700)
        for name in files:
            path = Path(root, name)
            if not path.is_symlink():
                with suppress(OSError):
                    path.chmod(path.stat().st_mode & 0o700)


def no_right(path: str | Path) -> Problem | None:
    """Return what to say when a place refuses writing, if it is in the personal folder or on the way to it."""
    ours, asked = personal().absolute(), Path(path).absolute()
    if not (asked.is_relative_to(ours) or ours.is_relative_to(asked)):
        return None
    todo = "Choisissez un autre dossier, par exemple : KPA_MES_DONNEES=~/cahier kpa ouvrir"
    return Problem(f"Dossier mes_donnees ({ours})", "il n'est pas possible d'y écrire.", todo)
