"""Tables of the real months: every column adds up, and every row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from kpa_model.declare.markup import Html, Piece, items, joined, table, tag
from kpa_model.ledger.events import SheetLine
from kpa_model.ledger.month_state import MonthState
from kpa_model.ledger.refusal import titled
from kpa_model.story.months import told
from kpa_model.story.months.register import NamedLedger
from kpa_model.words import euros, of, signed_euros

LOOK = "kpa-table kpa-slip"
NARROW = 2
"""So many columns stay a table on a phone."""


def money_table(
    caption: str, head: Sequence[str], rows: Sequence[tuple[Piece, Sequence[str]]], foot: bool = True, words: int = 0
) -> Html:
    """Return a table of amounts whose last row is the sum; the first `words` columns after the name are texts."""
    lines = [(name, *cells) for name, cells in rows]
    kinds = [None] * words + ["kpa-amount"] * (len(head) - 1 - words)
    last = lines[-1:] if foot else []
    blocks = len(head) > NARROW
    cls = LOOK if blocks else "kpa-table"
    return table(caption, head, lines[: len(lines) - len(last)], cls=cls, kinds=kinds, foot=last, blocks=blocks)


def amounts(seen: NamedLedger, month: MonthState) -> Html:
    """Return who receives what in a month; columns that say nothing are left out."""
    rows = told.rows(seen, month)
    if len(rows) == 1:
        return joined(tag("p", "Personne ne reçoit d'argent pour ce mois.", cls="kpa-info"), _pot(seen, month))
    kept = told.kept_columns(row.cents for row in rows)
    head = ("Personne", *(told.COLUMNS[at] for at in kept))
    shown = [(row.name, [euros(row.cents[at]) for at in kept]) for row in rows]
    return joined(money_table(f"{titled(month.label)}, coût total en euros", head, shown), _pot(seen, month))


def _pot(seen: NamedLedger, month: MonthState) -> Html:
    """Return where the money of a closed month went, folded."""
    lines = told.pot(seen, month)
    rows: list[tuple[Piece, Sequence[str]]] = [
        (each.title, [(signed_euros if 0 < at < len(lines) - 1 else euros)(each.cents)])
        for at, each in enumerate(lines)
    ]
    made = money_table("Quand le mois a été arrêté", ("Pour tout le groupe", "Montant"), rows)
    return tag("details", tag("summary", "Où va l'argent"), made)


def sheet(seen: NamedLedger, month: MonthState, code: str) -> Html:
    """Return one person's month: each line, the amount reached, then what was paid."""
    name, lines = seen.who.name(code), told.sheet(seen, month, code)
    rows: list[tuple[Piece, Sequence[str]]] = [(_line(each), _cells(each)) for each in lines]
    total = month.amount(code)
    rows.append(("Montant", ["", euros(total)]))
    return joined(
        money_table(f"Le mois {of(name)}, ligne par ligne", ("Ligne", "Effet", "On arrive à"), rows),
        items(told.payment_sentences(seen, month, code)),
    )


def _line(line: SheetLine) -> Html:
    return joined(tag("strong", line.title), tag("br") if line.sentence else None, line.sentence or None)


def _cells(line: SheetLine) -> list[str]:
    return [signed_euros(line.cents), euros(line.reached)]


def steps(status: str) -> Html:
    """Return the four states, the present one told apart by words too."""
    known = [str(each) for each in told.STATES]
    made = [
        tag("li", tag("strong", f"{each} : nous sommes ici") if each == status else each,
            aria_current="step" if each == status else None)
        for each in known
    ]  # fmt: skip
    return tag("ol", made, cls="kpa-states")


def all_months(seen: NamedLedger) -> Html:
    """Return every month of the ledger: where it stands, its rule, what was due and paid."""
    months = [month for _, month in sorted(seen.state.months.items()) if month.frozen or month.version]
    if not months:
        return Html()
    cells = [told.rows(seen, month)[-1].cents for month in months]
    kept = [at for at in told.kept_columns(cells) if at >= told.AMOUNT]
    lines: list[MonthLine] = []
    for month, each in zip(months, cells, strict=True):
        rule = seen.who.told(month.frozen.rule.title) if month.frozen else ""
        lines.append(MonthLine(month.label, (str(month.status), rule), [each[at] for at in kept]))
    head = ("Mois", "État", "Règle", *(told.COLUMNS[at] for at in kept))
    made = by_year("Nos mois, coût total en euros", head, lines, lambda cents: [euros(each) for each in cents])
    twice = "Ce qui est reporté se voit deux fois dans « Montant » : dans son mois, puis dans le suivant."
    return joined(made, tag("p", twice, cls="kpa-help") if told.CARRIED in kept else None)


class MonthLine(NamedTuple):
    """A month in a table: its label, texts, then cents that add up."""

    label: str
    texts: Sequence[str]
    cents: Sequence[int]


def by_year(
    caption: str, head: Sequence[str], lines: Sequence[MonthLine], said: Callable[[Sequence[int]], list[str]]
) -> Html:
    """Return a table for each year, with its sum; the last year is seen, those before are folded."""
    made: dict[str, Html] = {}
    for year, group in groupby(lines, lambda line: line.label[:4]):
        kept = list(group)
        rows: list[tuple[Piece, Sequence[str]]] = [
            (titled(each.label), [*each.texts, *said(each.cents)]) for each in kept
        ]
        words = len(kept[0].texts)
        sums = [sum(column) for column in zip(*(each.cents for each in kept), strict=True)]
        rows.append(("Ensemble", [*[""] * words, *said(sums)]))
        made[year] = money_table(f"{caption}, {year}", head, rows, words=words)
    last, *before = reversed(made)
    return joined(made[last], *(tag("details", tag("summary", f"L'année {year}"), made[year]) for year in before))
