"""Where things are on this machine: the workbook's own data, its notebooks, and the folder that stays private."""

from __future__ import annotations

import os
from pathlib import Path

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
    """Return the folder for what stays on this machine (never in the repository), made when missing."""
    home = _PACKAGE.parent if (_PACKAGE.parent / "pyproject.toml").is_file() else Path.home()
    folder = Path(os.environ.get("KPA_MES_DONNEES") or home / "mes_donnees")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
