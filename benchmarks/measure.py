"""Timing several runs, and writing what was found as text that does not name the machine."""

from __future__ import annotations

import gc
import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "resultats"


def seconds(act: Callable[[], Any], runs: int) -> float:
    """Return the median time of several runs, in seconds of processor: other programs count less."""
    times = []
    for _ in range(runs):
        gc.collect()
        start = time.process_time()
        act()
        times.append(time.process_time() - start)
    return statistics.median(times)


def versions(*libraries: str) -> dict[str, str]:
    """Return versions, cores, and how many programs were at work, without a name of machine."""
    found = {"python": platform.python_version(), "coeurs": str(os.cpu_count())}
    if hasattr(os, "getloadavg"):  # other programs at work: above the number of cores, times say little
        found["programmes actifs"] = f"{os.getloadavg()[0]:.0f}"
    return found | {name: version(name) for name in libraries}


def table(titles: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table in Markdown, columns aligned."""
    lines = [[str(each) for each in row] for row in (titles, *rows)]
    wide = [max(len(line[at]) for line in lines) for at in range(len(titles))]
    shown = ["| " + " | ".join(cell.ljust(wide[at]) for at, cell in enumerate(line)) + " |" for line in lines]
    return "\n".join([shown[0], "|" + "|".join("-" * (each + 2) for each in wide) + "|", *shown[1:]])


def write(name: str, content: dict[str, Any], folder: Path = RESULTS) -> Path:
    """Write the results as JSON, always in the same order."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def short(value: float) -> str:
    """Return a number with three digits, in French: `0,152`, `12,4`, `1 830`."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:,.{digits}f}".replace(",", " ").replace(".", ",")
