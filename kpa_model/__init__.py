"""The KPA workbook: how a neighbourhood cooperative shares what it earns, tried out together.

The names below are those that notebooks use. They are found when asked for: importing `kpa_model` reads no file.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_FOR_NOTEBOOKS = {
    "open_store": "kpa_model.ui.state",
    "notes": "kpa_model.ui.pieces",
    "choose_book": "kpa_model.ui.screens.welcome",
    "month_told": "kpa_model.ui.screens.welcome",
    "our_data": "kpa_model.ui.screens.our_data",
    "our_months": "kpa_model.ui.screens.our_data",
    "one_order": "kpa_model.ui.screens.one_order",
    "one_pot": "kpa_model.ui.screens.one_pot",
    "our_rule": "kpa_model.ui.screens.our_rule",
    "why_this_amount": "kpa_model.ui.screens.why",
    "compare_rules": "kpa_model.ui.screens.compare",
    "cost_to_net": "kpa_model.ui.screens.in_hand",
    "typical_in_hand": "kpa_model.ui.screens.in_hand",
    "rule_in_hand": "kpa_model.ui.screens.rule_in_hand",
    "pay_rhythm": "kpa_model.ui.screens.rule_in_hand",
    "my_lens": "kpa_model.ui.screens.my_lens",
    "live_workshop": "kpa_model.ui.screens.workshop",
    "two_years": "kpa_model.ui.screens.two_years",
    "our_suppositions": "kpa_model.ui.screens.suppositions",
    "chance_cards": "kpa_model.ui.screens.suppositions",
    "what_facts_tell": "kpa_model.ui.screens.facts",
    "what_matters": "kpa_model.ui.screens.facts",
    "our_grid": "kpa_model.ui.screens.grid_lab",
    "try_grid": "kpa_model.ui.screens.grid_trials",
    "what_the_grid_shows": "kpa_model.ui.screens.grid_trials",
    "grid_in_euros": "kpa_model.ui.screens.grid_pay",
    "exercise": "kpa_model.ui.screens.exercise",
    "exercises": "kpa_model.ui.screens.exercise",
    "all_exercises": "kpa_model.ui.screens.exercise",
    "exercise_sheets": "kpa_model.ui.screens.exercise_kit",
    "open_series": "kpa_model.ui.screens.exercise_kit",
    "exercise_maker": "kpa_model.ui.screens.exercise_kit",
    "real_hour": "kpa_model.ui.screens.lesson_price",
    "price_slider": "kpa_model.ui.screens.lesson_price",
    "margin_and_markup": "kpa_model.ui.screens.lesson_price",
    "break_even": "kpa_model.ui.screens.lesson_price",
    "cash_calendar": "kpa_model.ui.screens.lesson_cash",
    "working_capital": "kpa_model.ui.screens.lesson_cash",
    "vat_lines": "kpa_model.ui.screens.lesson_cash",
    "funding_plan": "kpa_model.ui.screens.lesson_cash",
    "market_study": "kpa_model.ui.screens.lesson_offer",
    "my_pitch": "kpa_model.ui.screens.lesson_offer",
    "cape_timeline": "kpa_model.ui.screens.lesson_offer",
    "commons_slider": "kpa_model.ui.screens.lesson_offer",
    "our_decisions": "kpa_model.ui.screens.register",
    "write_decision": "kpa_model.ui.screens.register",
    "quote_maker": "kpa_model.ui.screens.documents",
    "document_check": "kpa_model.ui.screens.documents_check",
    "quarter_game": "kpa_model.ui.screens.quarter",
    "quarter_debrief": "kpa_model.ui.screens.quarter_debrief",
    "quarter_cards": "kpa_model.ui.screens.quarter_debrief",
    "my_booklet": "kpa_model.ui.screens.booklet",
    "our_pathway": "kpa_model.ui.screens.our_pathway",
    "my_interview": "kpa_model.ui.screens.booklet",
    "our_recognition": "kpa_model.ui.screens.badges",
}

__all__ = list(_FOR_NOTEBOOKS)


def __getattr__(name: str) -> Any:
    """Find one of the names of `__all__` where it lives."""
    if name not in _FOR_NOTEBOOKS:
        raise AttributeError(f"kpa_model has no {name!r}")
    return getattr(import_module(_FOR_NOTEBOOKS[name]), name)
