"""What every run of `kpa simuler` shares: running while it is watched, and saying what computed."""

from __future__ import annotations

import platform
import signal
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from kpa_model.command.screen import Screen
from kpa_model.simulation.months.staffing import POLICIES
from kpa_model.simulation.runs.executors import Maker, suited
from kpa_model.simulation.runs.plan import Plan, Results
from kpa_model.simulation.runs.run import Advance, run_all
from kpa_model.story.provenance import package_version
from kpa_model.words import number


def run_watched(
    plans: Mapping[str, Plan], make: Maker | None, resume: Mapping[str, Path], screen: Screen
) -> dict[str, Results]:
    """Run to the end, on what suits its length unless chosen, telling how far it is; Ctrl+C stops with what is done."""
    make = make or suited(sum(plan.replicates for plan in plans.values()))
    stop, tenths = threading.Event(), [0]

    def told(step: Advance) -> None:
        if step.seconds > 2 and 10 * step.done // step.total > tenths[0]:
            tenths[0] = 10 * step.done // step.total
            screen.say(f"{number(step.done)} histoires sur {number(step.total)}.")

    before = signal.getsignal(signal.SIGINT)
    here = threading.current_thread() is threading.main_thread()
    if here:
        signal.signal(signal.SIGINT, lambda *_: stop.set())
    try:
        found = run_all(plans, make, on_progress=told, should_stop=stop.is_set, resume=resume)
    finally:
        if here:
            signal.signal(signal.SIGINT, before)
    done, total = (sum(each.replicates for each in some.values()) for some in (found, plans))
    if done < total:
        screen.say(f"Arrêté avec {number(done)} histoires sur {number(total)}. Ce qui suit ne compte que celles-là.")
        again = "Relancez la même commande pour finir." if resume else "Avec --reprise, vous pourrez finir plus tard."
        screen.say(again)
    return found


def versions() -> str:
    """Return the versions of what computes."""
    return f"kpa_model {package_version()}, numpy {np.__version__}, Python {platform.python_version()}"


def who_takes(policies: Iterable[str]) -> str:
    """Return the French name of each way to choose who takes a job."""
    return " · ".join(POLICIES[policy].label for policy in policies)
