"""What a warm kernel has imported: the screens of most pages; and read: the book looked at. It runs no page.

What was read is kept under the marks of its files: a page that finds others on the disk reads them again.

The home page says the rule in force, so the ledger's screens are here; those that need secrets are not.
"""

# ruff: noqa: E402
from __future__ import annotations

import gc

gc.disable()  # what is read here stays: no search for garbage goes through it, now nor at each gesture

from kpa_model.simulation.weather import ready
from kpa_model.ui import editor, form_view, library, pieces, state
from kpa_model.ui.screens.grids import criterion, pay, shelf
from kpa_model.ui.screens.lessons import cash, exercise, exercise_kit, offer, price
from kpa_model.ui.screens.months import corrections, history, keep, month, papers, purses, rule
from kpa_model.ui.screens.share import (
    compare,
    in_hand,
    my_lens,
    one_order,
    one_pot,
    our_rule,
    rule_in_hand,
    welcome,
    why,
)
from kpa_model.ui.screens.years import facts, suppositions, two_years

READY = (
    editor, form_view, library, pieces, state, criterion, pay, shelf, cash, exercise, exercise_kit, offer, price,
    compare, in_hand, my_lens, one_order, one_pot, our_rule, rule_in_hand, welcome, why, facts, suppositions, two_years,
    corrections, history, keep, month, papers, purses, rule,
)  # fmt: skip
state.read_ahead()
ready.scenarios()
gc.freeze()
gc.enable()
