"""The KPA workbook: how a neighbourhood cooperative shares what it earns, tried out together.

The names below are those that notebooks use: the screens of the pages, and the open model (`kpa_model.api`) for who
writes Python. They are found when asked for: importing `kpa_model` reads no file.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_FOR_NOTEBOOKS = {
    "open_store": "kpa_model.ui.state",
    "notes": "kpa_model.ui.pieces",
    "choose_book": "kpa_model.ui.screens.share.welcome",
    "month_told": "kpa_model.ui.screens.share.welcome",
    "our_data": "kpa_model.ui.screens.share.our_data",
    "our_months": "kpa_model.ui.screens.share.our_data",
    "typed_month": "kpa_model.ui.screens.share.typed_month",
    "one_order": "kpa_model.ui.screens.share.one_order",
    "one_pot": "kpa_model.ui.screens.share.one_pot",
    "our_rule": "kpa_model.ui.screens.share.our_rule",
    "why_this_amount": "kpa_model.ui.screens.share.why",
    "compare_rules": "kpa_model.ui.screens.share.compare",
    "cost_to_net": "kpa_model.ui.screens.share.in_hand",
    "typical_in_hand": "kpa_model.ui.screens.share.in_hand",
    "rule_in_hand": "kpa_model.ui.screens.share.rule_in_hand",
    "pay_rhythm": "kpa_model.ui.screens.share.rule_in_hand",
    "my_lens": "kpa_model.ui.screens.share.my_lens",
    "rule_in_force": "kpa_model.ui.screens.months.rule",
    "choose_rule": "kpa_model.ui.screens.months.rule",
    "real_months": "kpa_model.ui.screens.months.month",
    "month_corrections": "kpa_model.ui.screens.months.corrections",
    "month_purses": "kpa_model.ui.screens.months.purses",
    "month_papers": "kpa_model.ui.screens.months.papers",
    "months_history": "kpa_model.ui.screens.months.history",
    "months_copy": "kpa_model.ui.screens.months.keep",
    "find_rule": "kpa_model.ui.screens.share.find",
    "try_rule": "kpa_model.ui.screens.decide.audit",
    "live_workshop": "kpa_model.ui.screens.decide.workshop",
    "two_years": "kpa_model.ui.screens.years.two_years",
    "our_suppositions": "kpa_model.ui.screens.years.suppositions",
    "chance_cards": "kpa_model.ui.screens.years.suppositions",
    "what_facts_tell": "kpa_model.ui.screens.years.facts",
    "what_matters": "kpa_model.ui.screens.years.facts",
    "our_grid": "kpa_model.ui.screens.grids.lab",
    "try_grid": "kpa_model.ui.screens.grids.trials",
    "what_the_grid_shows": "kpa_model.ui.screens.grids.trials",
    "grid_in_euros": "kpa_model.ui.screens.grids.pay",
    "exercise": "kpa_model.ui.screens.lessons.exercise",
    "exercises": "kpa_model.ui.screens.lessons.exercise",
    "all_exercises": "kpa_model.ui.screens.lessons.exercise",
    "exercise_sheets": "kpa_model.ui.screens.lessons.exercise_kit",
    "open_series": "kpa_model.ui.screens.lessons.exercise_kit",
    "exercise_maker": "kpa_model.ui.screens.lessons.exercise_kit",
    "real_hour": "kpa_model.ui.screens.lessons.price",
    "price_slider": "kpa_model.ui.screens.lessons.price",
    "margin_and_markup": "kpa_model.ui.screens.lessons.price",
    "break_even": "kpa_model.ui.screens.lessons.price",
    "cash_calendar": "kpa_model.ui.screens.lessons.cash",
    "working_capital": "kpa_model.ui.screens.lessons.cash",
    "vat_lines": "kpa_model.ui.screens.lessons.cash",
    "funding_plan": "kpa_model.ui.screens.lessons.cash",
    "market_study": "kpa_model.ui.screens.lessons.offer",
    "my_pitch": "kpa_model.ui.screens.lessons.offer",
    "cape_timeline": "kpa_model.ui.screens.lessons.offer",
    "commons_slider": "kpa_model.ui.screens.lessons.offer",
    "our_decisions": "kpa_model.ui.screens.decide.register",
    "write_decision": "kpa_model.ui.screens.decide.register",
    "quote_maker": "kpa_model.ui.screens.invoicing.maker",
    "document_check": "kpa_model.ui.screens.invoicing.check",
    "quarter_game": "kpa_model.ui.screens.game.projector",
    "quarter_debrief": "kpa_model.ui.screens.game.debrief",
    "quarter_cards": "kpa_model.ui.screens.game.debrief",
    "my_booklet": "kpa_model.ui.screens.booklet.room",
    "our_pathway": "kpa_model.ui.screens.booklet.our_pathway",
    "my_interview": "kpa_model.ui.screens.booklet.room",
    "our_recognition": "kpa_model.ui.screens.booklet.badges",
}

_MODEL = (
    "Agreement", "AuditedRule", "Book", "Calibrated", "ComparedRules", "DrawnExercise", "Explained", "FoundRules",
    "KpaError", "RankedSuppositions", "Rule", "SharedMonths", "ShownGrid", "ShownScenario", "SimulatedYears",
    "agreement", "audit_rule", "books", "calibrate", "compare", "compose", "draw_exercise", "exercise_list", "grid",
    "grids", "promises", "read", "rule", "rules", "scenario", "scenarios", "search_rules", "sensitivity", "share",
    "simulate", "step", "steps",
)  # fmt: skip
"""Names of `kpa_model.api`, told again here so that Tab completes them before anything heavy is loaded."""

_PLACES = _FOR_NOTEBOOKS | dict.fromkeys(_MODEL, "kpa_model.api")

__all__ = list(_PLACES)


def __getattr__(name: str) -> Any:
    """Find one of the names of `__all__` where it lives."""
    if name not in _PLACES:
        raise AttributeError(f"kpa_model has no {name!r}")
    return getattr(import_module(_PLACES[name]), name)


def __dir__() -> list[str]:
    """Return what Tab offers: the open model first."""
    return [*_MODEL, *_FOR_NOTEBOOKS]
