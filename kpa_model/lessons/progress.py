"""Progress for oneself: which exercises were found, on this machine only. No name, no grade, no number of tries."""

from __future__ import annotations

import json

from kpa_model import places
from kpa_model.whole_file import write_whole

_FILE = "exercices_faits.json"


def found() -> tuple[str, ...]:
    """Return the names of exercises found on this machine; none when the file cannot be read."""
    try:
        kept = json.loads((places.personal() / _FILE).read_text(encoding="utf-8"))
        return tuple(str(each) for each in kept["trouves"])
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def add(name: str) -> None:
    """Keep that an exercise was found."""
    _keep((*found(), name))


def forget() -> None:
    """Forget everything, for the next person on this machine."""
    (places.personal() / _FILE).unlink(missing_ok=True)


def _keep(names: tuple[str, ...]) -> None:
    text = json.dumps({"trouves": list(dict.fromkeys(names))}, ensure_ascii=False)
    write_whole(places.personal() / _FILE, text)
