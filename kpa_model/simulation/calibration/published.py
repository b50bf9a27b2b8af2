"""What the published figures tell, kept as data: they do not change, and the calculation takes seconds.

`write()` does the calculation again and keeps it; a test compares what is kept with the calculation.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kpa_model import places
from kpa_model.simulation.calibration.abc import Marginal
from kpa_model.simulation.calibration.checks import Prediction
from kpa_model.simulation.calibration.moulins import Report, calibrate_moulins
from kpa_model.whole_file import write_whole


@dataclass(frozen=True)
class Published:
    """What a report says: each parameter, the two predictions, each fact guessed from the others."""

    whole: tuple[Marginal, ...]
    prediction: Prediction
    simple: Prediction
    left_out: tuple[tuple[str, Prediction], ...]


def said_by(report: Report) -> Published:
    """Return what a report says."""
    return Published(report.whole.marginals(), report.prediction, report.simple, report.left_out)


def path() -> Path:
    """Return where it is kept."""
    return places.data() / "parametres" / "calage_moulins.json"


def published() -> Published:
    """Return what is kept."""
    kept: dict[str, Any] = json.loads(path().read_text(encoding="utf-8"))
    return Published(
        tuple(Marginal(**each) for each in kept["whole"]),
        Prediction(**kept["prediction"]),
        Prediction(**kept["simple"]),
        tuple((name, Prediction(**each)) for name, each in kept["left_out"]),
    )


def write() -> None:
    """Calculate, and keep it."""
    told = json.dumps(asdict(said_by(calibrate_moulins())), ensure_ascii=False, indent=1)
    write_whole(path(), told + "\n", private=False)
