"""What every object of the open model does in a notebook: it shows a table or sentences, and says the same as text.

Inside, money is whole cents and time whole minutes. They become euros and hours here, at the last moment, to be looked
at and drawn: nothing read back from these tables decides a cent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from kpa_model.declare.markup import Html, joined, table, tag
from kpa_model.words import number

UNITS = "unités"
"""Key of the units of a table, in its `attrs`: column → unit, in French."""

_MOST_ROWS = 60


def frame(rows: Iterable[Mapping[str, Any]], units: Mapping[str, str], columns: Sequence[str] = ()) -> pd.DataFrame:
    """Return a table; `units` says in what each number is, and goes in its `attrs`. Days are dates of pandas."""
    made = pd.DataFrame(list(rows), columns=list(columns) or None)
    for name in made.columns:
        if _days(made[name]):
            made[name] = pd.to_datetime(made[name])
    made.attrs[UNITS] = dict(units)
    return made


def _days(column: pd.Series[Any]) -> bool:
    held = column.dropna()
    return len(held) > 0 and all(isinstance(each, date) for each in held)


def written(value: Any) -> str:
    """Return a cell as French people write it."""
    if value is None or value != value:
        return ""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return number(f"{value:.2f}") if isinstance(value, float) else str(value)


class Shown:
    """Base of what a notebook shows: sentences first, then one table."""

    title = ""

    def frame(self) -> pd.DataFrame:
        """Return the table behind what is shown."""
        raise NotImplementedError

    def sentences(self) -> tuple[str, ...]:
        """Return what it says, in French sentences."""
        return ()

    def __repr__(self) -> str:
        """Say the same as the picture of the object, as text."""
        return "\n".join(filter(None, [self.title, *self.sentences(), self.frame().to_string(index=False)]))

    def _repr_html_(self) -> Html:
        found = self.frame()
        units = found.attrs.get(UNITS, {})
        head = [f"{name} ({units[name]})" if name in units else str(name) for name in found.columns]
        rows = [[written(each) for each in row] for row in found.head(_MOST_ROWS).itertuples(index=False)]
        more = tag("p", f"{number(len(found) - _MOST_ROWS)} lignes de plus.") if len(found) > _MOST_ROWS else None
        return joined([tag("p", each) for each in self.sentences()], table(self.title, head, rows), more)
