"""What a plan gave, kept on this machine: the same plan shown again is read, not simulated again.

A file is named after everything that decides its content: the plan (scenario, rules, seed, histories, minimum) and the
code of the model. It holds sums and one history, without any name; only the last `MOST` are kept.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import numpy as np

from kpa_model import pay, places, simulation
from kpa_model.errors import KpaError
from kpa_model.simulation.runs.checkpoint import arrays_of, results_of
from kpa_model.simulation.runs.plan import Plan, Results
from kpa_model.whole_file import write_whole

MOST = 12
HISTORY = "une_histoire"
History = tuple[tuple[tuple[int, ...], ...], ...]
"""For each case: what the least paid person, the mean and the best paid person receive each month, cents."""


def read(plan: Plan) -> tuple[Results, History] | None:
    """Return what this plan gave, and its first history; nothing when it is not known, or when the file is damaged."""
    path = _path(plan)
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        history = _history(arrays.pop(HISTORY).tolist())
        found = results_of(arrays)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    if len(found.tallies) != len(plan.cases) or found.replicates != plan.replicates:
        return None
    with suppress(OSError):
        path.touch()  # the last used are those that stay
    return found, history


def write(plan: Plan, results: Results, history: Sequence[Sequence[Sequence[int]]]) -> None:
    """Keep what this plan gave; the oldest files leave. A full disk keeps nothing, and says nothing."""
    written = io.BytesIO()
    np.savez_compressed(written, **{HISTORY: np.array(history)}, **arrays_of(results))  # type: ignore[arg-type]
    path = _path(plan)
    with suppress(OSError, KpaError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, written.getvalue(), private=True)
        known = sorted(path.parent.glob("*.npz"), key=lambda each: each.stat().st_mtime_ns, reverse=True)
        for old in known[MOST:]:
            old.unlink(missing_ok=True)


def _path(plan: Plan) -> Path:
    name = hashlib.sha256(f"{plan.fingerprint()} {code_mark()}".encode()).hexdigest()
    return places.personal() / "annees" / f"{name[:32]}.npz"


@lru_cache(maxsize=1)
def code_mark() -> str:
    """Return a mark of the code that decides results: it changes with any file of the model."""
    found = hashlib.sha256()
    for package in (simulation, pay):
        for folder in package.__path__:
            for path in sorted(Path(folder).rglob("*.py")):
                about = path.stat()
                found.update(f"{path.relative_to(folder)} {about.st_size} {about.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _history(rows: Sequence[Sequence[Sequence[int]]]) -> History:
    return tuple(tuple(tuple(map(int, row)) for row in case) for case in rows)
