"""« d'Hélène » or « de Hélène »: as the group says it, in a file of its own that anybody may read and change."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from kpa_model import places
from kpa_model.whole_file import write_whole
from kpa_model.words import of, prefer

DOUBTFUL = "hHyY"
"""First letters that are heard in some names, and silent in others."""

_FILE = "prenoms.txt"


def said() -> tuple[str, ...]:
    """Return what the group said, one name each: `de Hélène`."""
    with suppress(OSError, UnicodeDecodeError):
        return tuple((places.personal() / _FILE).read_text(encoding="utf-8").splitlines())
    return ()


def follow() -> None:
    """Say names as the group does, from now on in this program."""
    prefer(said())


def keep(sayings: Iterable[str]) -> None:
    """Keep how the group says its names, and follow it. Raises CannotWrite."""
    write_whole(places.personal() / _FILE, "".join(f"{each}\n" for each in sayings))
    follow()


def doubtful(names: Iterable[str]) -> list[tuple[str, str, str]]:
    """Return (name, as we say it now, the other way) for each name that could be said both ways."""
    found = []
    for name in sorted({each for each in names if each[:1] in DOUBTFUL}):
        now = of(name)
        found.append((name, now, f"de {name}" if now.startswith("d'") else f"d'{name}"))
    return found
