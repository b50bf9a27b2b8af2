"""The public door: what `import kpa_model as kpa` offers to who writes Python, in a notebook or a program.

    import kpa_model as kpa

    tilleuls = kpa.read("tilleuls")
    kpa.share(tilleuls, "heures").plot()

What is here is stable: a name is announced as leaving in the CHANGELOG one version before it goes. Everything else of
the package may move without a word. `tests/shape/public_api.txt` keeps every signature.
"""

from kpa_model.errors import KpaError
from kpa_model.notebook.books import Book, books, read
from kpa_model.notebook.classroom import (
    Agreement,
    DrawnExercise,
    ShownGrid,
    agreement,
    draw_exercise,
    exercise_list,
    grid,
    grids,
)
from kpa_model.notebook.possible import Calibrated, RankedSuppositions, SimulatedYears, calibrate, sensitivity, simulate
from kpa_model.notebook.rules import Rule, compose, promises, rule, rules, step, steps
from kpa_model.notebook.scenarios import ShownScenario, scenario, scenarios
from kpa_model.notebook.sharing import ComparedRules, Explained, SharedMonths, compare, share
from kpa_model.notebook.studies import AuditedRule, FoundRules, audit_rule, search_rules

__all__ = [
    "Agreement",
    "AuditedRule",
    "Book",
    "Calibrated",
    "ComparedRules",
    "DrawnExercise",
    "Explained",
    "FoundRules",
    "KpaError",
    "RankedSuppositions",
    "Rule",
    "SharedMonths",
    "ShownGrid",
    "ShownScenario",
    "SimulatedYears",
    "agreement",
    "audit_rule",
    "books",
    "calibrate",
    "compare",
    "compose",
    "draw_exercise",
    "exercise_list",
    "grid",
    "grids",
    "promises",
    "read",
    "rule",
    "rules",
    "scenario",
    "scenarios",
    "search_rules",
    "sensitivity",
    "share",
    "simulate",
    "step",
    "steps",
]  # fmt: skip
