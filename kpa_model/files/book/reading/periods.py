"""Hours of a week or of a month → hours of its working days; seconds → whole minutes; days far from the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.book.dates import Period
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.tables import Row, by_list
from kpa_model.words import count, hours, listing, month_names

_TOLD = 4
"""How many weeks over two months are told with their sums."""


def shared(table: str, rows: Iterable[Row], findings: Findings) -> list[Row]:
    """Return the rows of a table, each with one day: the hours of a period are shared by its working days.

    Only hours can be shared: a sale or a payment of a week over two months is of one of them, as the group says.
    """
    rows = list(rows)
    spread = [row for row in rows if isinstance(row.get("date"), Period)]
    if not spread:
        return rows
    if table != "heures":
        for group in by_list(spread):
            _settle(group, findings)
        return rows
    kept = [each for row in rows for each in (by_day(row) if isinstance(row.get("date"), Period) else (row,))]
    _tell(spread, findings)
    return kept


def whole_minutes(length: float, parts: int) -> list[float]:
    """Return a time cut in parts of whole minutes: the first ones take those that are left, and any fraction."""
    whole, rest = divmod(int(length), parts)
    return [whole + (at < rest) + (length - int(length) if at == 0 else 0) for at in range(parts)]


def by_day(row: Row) -> Iterator[Row]:
    """Yield a row for each working day that gets some of the time; the first ones get the minutes that are left."""
    days, length = row.values["date"].worked, row.get("duree")
    if length is None:
        yield replace(row, values={**row.values, "date": days[0]})
        return
    whole = {"date": row.values["date"], "duree": length}
    for at, (day, part) in enumerate(zip(days, whole_minutes(length, len(days)), strict=True)):
        if part or (at == 0 and not length):
            told: dict[str, object] = {"suite_de_periode": True} if at else {"periode": whole}
            own = {name: value for name, value in row.values.items() if not at or name != "quantite"}  # counted once
            yield replace(row, values={**own, "date": day, "duree": part, **told})


_MONTH = "semaine.mois"
_WHICH = (("debut", "du mois où elle commence"), ("fin", "du mois où elle finit"))


def _settle(rows: Iterable[Row], findings: Findings) -> None:
    """Give one day to each line of a list; where weeks reach over two months, the group is asked which one counts."""
    over = [row for row in rows if len({CalendarMonth.of(day) for day in row.get("date").worked}) > 1]
    said = over[0].grid.answers.get(_MONTH, "") if over else ""
    weeks = dict.fromkeys(f"{row.get('date'):%d/%m/%Y}" for row in over)
    if over and not said:
        question = f"La semaine du {next(iter(weeks))} est à cheval sur deux mois. De quel mois est ce qui s'y passe ?"
        doubt = Doubt(_MONTH, question, _WHICH, "Écrivez le jour, par exemple 28/02/2019.")
        findings.doubt(over[0].place("date"), doubt)
    elif over:
        text = (
            f"à cheval sur deux mois ({listing([*weeks], most=_TOLD)}) : {dict(_WHICH)[said]}, comme vous l'avez dit."
        )
        findings.heed(over[0].grid.place(), f"chaque semaine {text}")
    late = {id(row) for row in over if said == "fin"}
    for row in rows:
        row.values["date"] = row.get("date").worked[-1 if id(row) in late else 0]


def _tell(spread: Iterable[Row], findings: Findings) -> None:
    """Say how weeks are shared, and what goes to each of two months."""
    for group in by_list(spread):
        sums: dict[Period, dict[CalendarMonth, int]] = defaultdict(lambda: defaultdict(int))
        for row in group:
            for each in by_day(row):
                sums[row.values["date"]][CalendarMonth.of(each.values["date"])] += int(each.get("duree") or 0)
        over = [_over(when, months) for when, months in sorted(sums.items()) if len(months) > 1]
        told = [f"{each}." for each in over[:_TOLD]] + (
            [f"Et {len(over) - _TOLD} autres ainsi."] if len(over) > _TOLD else []
        )
        first, last = min(sums), max(each.last or each for each in sums)
        which = f"{count(len(sums), 'période', 'périodes')}, du {first:%d/%m/%Y} au {last:%d/%m/%Y}."
        whose = "Les heures de chacune" if len(sums) > 1 else "Ses heures"
        text = f"{which} {whose} sont réparties du lundi au vendredi. {' '.join(told)}"
        findings.heed(group[0].grid.place(), text.strip())


def _over(when: date, months: Mapping[CalendarMonth, int]) -> str:
    parts = listing(
        [f"{hours(minutes)} en {month_names()[month.index % 12]}" for month, minutes in sorted(months.items())]
    )
    return f"Celle du {when:%d/%m/%Y} : {parts}"


# --- seconds ----------------------------------------------------------------------------------------------------------

_HALF = Fraction(1, 2)


def settle_minutes(rows: Iterable[Row], findings: Findings) -> bool:
    """Give whole minutes to each line, so that the sum of a person's month is exact to half a minute.

    The seconds of a line are carried to the next one of the same person, month, kind and order: thirty times 0:59:59
    make 29 h 59 min 30 s, told as 30 h, never 29 h 30. Return whether some line had seconds.
    """
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    cut = False
    for row in rows:
        if (day := row.get("date")) is not None and "duree" in row.values:
            groups[row.get("personne", ""), day.year, day.month].append(row)
            cut = cut or isinstance(row.values["duree"], Fraction)
    if not cut:
        return False
    for hers in groups.values():
        hers.sort(key=lambda row: (str(row.get("genre", "")), row.get("commande", "")))
        exact, told = Fraction(0), 0
        for row in hers:
            exact += row.values["duree"]
            row.values["duree"] = int(exact + _HALF) - told
            told += row.values["duree"]
    first = next(row for hers in groups.values() for row in hers)
    total = sum(row.values["duree"] for hers in groups.values() for row in hers)
    findings.note(
        first.grid.place(),
        f"les secondes sont ajoutées, puis chaque personne a des minutes entières : {hours(total)} en tout.",
    )
    return True


# --- a year mistyped --------------------------------------------------------------------------------------------------

FAR, _APART, _FEW = 366 * 3, 300, 2


def astray(days: Collection[date]) -> set[date]:
    """Return the days years away from the others, and those, one or two, that months without any day keep apart.

    >>> sorted(astray([date(2026, 4, 2), date(2026, 4, 3), date(2026, 5, 4), date(2027, 4, 6)]))
    [datetime.date(2027, 4, 6)]
    """
    told = sorted(days)
    usual = told[len(told) // 2] if told else date.max
    few = [at for at in range(1, _FEW + 1) if at < len(told) - _FEW]
    late = [told[-at] for at in few if (told[-at] - told[-at - 1]).days >= _APART]
    early = [told[at - 1] for at in few if (told[at] - told[at - 1]).days >= _APART]
    return {
        day
        for day in told
        if abs((day - usual).days) > FAR or day >= min(late, default=date.max) or day <= max(early, default=date.min)
    }
