"""The year of the group at a glance, for its general meeting and the CAE: every column adds up, and every row.

What is carried from a month to the next counts once, in the month it was earned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kpa_model.cooperative.book import Cooperative
from kpa_model.declare.rows import WaterfallBar
from kpa_model.ledger.accounts import CAE, COSTS, FUND, POT, PURSES, RESERVE, SALES
from kpa_model.ledger.events import DebtSettled, MonthFrozen, PurseSpent, Regularised
from kpa_model.ledger.month_state import MonthState
from kpa_model.ledger.refusal import called, refuse, titled
from kpa_model.story.months.paper import MonthPaper, PaperPart, nameless, printed, year_of
from kpa_model.story.months.register import NamedLedger
from kpa_model.story.paper.documents import Pen
from kpa_model.words import euros, hours, listing

HEADS = ("Ventes HT", "Achats", "CAE", "Fonds", "Réserve", "Aux personnes", "Épargne", "Reste, reporté")
WIDE = 240


@dataclass(frozen=True)
class YearRow:
    """One month, the corrections of one, debts paid, or the sum: cents in the order of `HEADS`, and minutes.

    Sales are what the other amounts add up to.
    """

    title: str
    cents: tuple[int, ...]
    minutes: int


def year_rows(seen: NamedLedger, year: int) -> list[YearRow]:
    """Return a row for each month of a year, for each correction and debt paid in it, and the sum. Raises NotNow."""
    months = [seen.state.month(label) for label in year_of(seen.state, year)]
    if not months:
        raise refuse(f"Année {year}", "aucun mois n'est adopté.", "Adoptez un mois d'abord.")
    rows = [_row(titled(month.label), month.frozen, month) for month in months if month.frozen]
    for month in seen.state.closed:
        for each in month.corrections:
            if each.into.startswith(f"{year:04d}-"):
                rows.append(_row(f"Régularisation, {called(month.label)}", each, None))
    rows += [_debt_row(each) for each in seen.state.debts_paid if each.into.startswith(f"{year:04d}-")]
    sums = tuple(sum(each) for each in zip(*(row.cents for row in rows), strict=True))
    return [*rows, YearRow("L'année", sums, sum(row.minutes for row in rows))]


def _row(title: str, result: MonthFrozen | Regularised, month: MonthState | None) -> YearRow:
    moves = result.moves
    pay = sum(month.pay.values()) if month else sum(result.pay.values())
    given = [moves.get(name, 0) for name in (COSTS, CAE, FUND, RESERVE)] + [pay, sum(result.saved.values())]
    sold = moves.get(SALES, 0)
    minutes = int(np.sum(result.facts.get("minutes", 0))) if month else 0
    return YearRow(title, (sold, *given, sold - sum(given)), minutes)


def _debt_row(paid: DebtSettled) -> YearRow:
    """Return a debt that was paid: a purse gives, a person receives."""
    taken = [-paid.cents if paid.purse == name else 0 for name in (FUND, RESERVE, POT)]
    cents = (0, 0, 0, taken[0], taken[1], paid.cents, 0, taken[2])
    return YearRow(f"Dette payée, {called(paid.into)}", cents, 0)


def year_way(seen: NamedLedger, year: int) -> list[WaterfallBar]:
    """Return the way of the money of a year: from sales to people, then what is left."""
    sold, *given = year_rows(seen, year)[-1].cents
    names = ("Achats et frais", "CAE", "Fonds commun", "Réserve")
    bars, now = [WaterfallBar("Ventes hors taxes", 0, sold, "HT", level=True)], sold
    for at, (name, cents) in enumerate(zip(names, given, strict=False)):
        if cents:
            bars.append(WaterfallBar(name, now, now - cents, "HT" if not at else "marge"))
            now -= cents
        if at == 0:
            bars.append(WaterfallBar("Marge", 0, now, "marge", level=True))
    people = given[4] + given[5]
    title = "Pour les personnes, épargne comprise" if given[5] else "Pour les personnes"
    bars.append(WaterfallBar(title, now, now - people, "coût total", received=True))
    if left := now - people:
        title = "Reste, reporté" if left > 0 else "Pris sur ce qui restait d'avant"
        bars.append(WaterfallBar(title, left, 0, "coût total"))
    return bars


def year_paper(seen: NamedLedger, about: Cooperative, year: int, names: bool = True, pen: Pen | None = None) -> bytes:
    """Return the year at a glance: months, people, purses, with a picture when a pen is lent. Raises NotNow."""
    rows = year_rows(seen, year)
    people = year_people(seen, year)
    if not names:
        seen = nameless(seen, people)
    shown = [(seen.who.name(code), cents) for code, cents in people.items()]
    if not names:
        shown.sort(key=lambda each: (len(each[0]), each[0]))
    whole = sum(people.values())
    rules = list(dict.fromkeys(
        seen.who.told(month.frozen.rule.title) for label in year_of(seen.state, year)
        if (month := seen.state.month(label)).frozen
    ))  # fmt: skip
    said = [f"Règles en vigueur dans l'année : {listing([f'« {each} »' for each in rules])}."]
    spent = _spent(seen, year)
    if not spent:
        said.append("Rien n'a été dépensé du fonds ni de la réserve.")
    parts = [
        *spent,
        PaperPart("Ce que chaque personne reçoit", ("La somme est celle de la colonne « Aux personnes ».",),
                  ("Personne", "Coût total"), [*([name, euros(cents)] for name, cents in shown),
                  ["Ensemble", euros(whole)]], [len(shown)], beside=4),
        _by_month(rows),
    ]  # fmt: skip
    drawn = pen.waterfall(year_way(seen, year), WIDE) if pen else None
    return printed(
        seen, about, MonthPaper("L'année du groupe", str(year), str(year), parts, said, wide=True, drawn=drawn)
    )


def year_people(seen: NamedLedger, year: int) -> dict[str, int]:
    """Return what each person receives for a year: its months, corrections that entered it, debts paid in it."""
    here = f"{year:04d}-"
    parts = [seen.state.month(label).pay for label in year_of(seen.state, year)]
    parts += [each.pay for month in seen.state.closed for each in month.corrections if each.into.startswith(here)]
    parts += [{each.person: each.cents} for each in seen.state.debts_paid if each.into.startswith(here)]
    found: Counter[str] = Counter()
    for each in parts:
        found.update(each)
    return {code: cents for code, cents in found.items() if cents}


def _by_month(rows: Sequence[YearRow]) -> PaperPart:
    """Return the months as a table; columns that say nothing are left out."""
    kept = [at for at in range(len(HEADS)) if at == 0 or any(row.cents[at] for row in rows)]
    shown = [
        [row.title, *(euros(row.cents[at]) for at in kept), hours(row.minutes) if row.minutes else ""] for row in rows
    ]
    said = "Les ventes sont la somme des autres colonnes, sauf les heures."
    return PaperPart("Mois par mois", (said,), ("Mois", *(HEADS[at] for at in kept), "Heures"), shown, [len(rows) - 1])


def _spent(seen: NamedLedger, year: int) -> list[PaperPart]:
    """Return what was spent from the fund and the reserve as a table; nothing when nothing was."""
    rows = [
        [_said(seen, each), PURSES[each.purse], f"{each.on:%d/%m/%Y}", euros(each.cents)]
        for each in seen.state.expenses.values()
        if each.on.year == year
    ]
    if not rows:
        return []
    whole = sum(each.cents for each in seen.state.expenses.values() if each.on.year == year)
    heads = ("Pour quoi", "Poche", "Jour", "Montant")
    rows.append(["Ensemble", "", "", euros(whole)])
    return [PaperPart("Dépensé ensemble", (), heads, rows, [len(rows) - 1], words=3)]


def _said(seen: NamedLedger, spent: PurseSpent) -> str:
    """Return what an expense was for, who decided it, and its receipt."""
    parts = (spent.what, spent.decision, spent.receipt)
    return ". ".join(seen.who.told(each).rstrip(".") for each in parts if each)
