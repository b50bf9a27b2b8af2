"""The hours of a small book as one sheet, in the shapes that groups give them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from kpa_model.files.book.sources import GivenFile
from kpa_model.words import month_name
from tests.contract.layouts import (
    PEOPLE,
    TITLES,
    Layout,
    Rows,
    SmallBook,
    with_more,
    with_second,
    written,
    written_duration,
)

Work = tuple[str, date, int, str]
"""Who worked, when, how many minutes, for which order."""
Group = tuple[Sequence[str], Callable[[Work], Sequence[str]]]
"""Columns that stay side by side: their titles, and what a line says under them."""

_TIMES = (*TITLES["duree"], "Durée (min)")
_BY_LINE = ("lignes", "transpose", "horaires", "deux horaires", "périodes")
_SPANS = (("Début", "Fin"), ("Heure de début", "Heure de fin"), ("Arrivée", "Départ"))
_TWO_SPANS = (
    ("Début 1", "Fin 1", "Début 2", "Fin 2"),
    ("Matin début", "Matin fin", "Après-midi début", "Après-midi fin"),
    ("Arrivée", "Départ", "Arrivée", "Départ"),
)
_PERIODS = (("Du", "Au"), ("Date de début", "Date de fin"), ("Début de période", "Fin de période"))
_TWO_NAMES = (("Nom", "Prénom"), ("Prénom", "Nom"), ("Nom de famille", "Prénom"))
BREAK = 45
"""Minutes."""


def called(layout: Layout) -> Callable[[str], str]:
    """Return what gives the name of a person, as a layout says it in one cell or two."""
    both = layout.last_names and layout.hours_shape in _BY_LINE
    return lambda who: f"{who} {PEOPLE[who]}" if both else who


def hours_file(book: SmallBook, layout: Layout) -> GivenFile:
    """Return the hours as one sheet."""
    if layout.hours_shape in _BY_LINE:
        rows = _by_line(book.hours, layout)
    elif layout.hours_shape == "mois dessous":
        rows = _by_month(book.hours, layout)
    else:
        shapes = {"personnes": _by_person, "jours": _by_day, "deux lignes": _two_lines, "horaires de chacun": _clocks}
        rows = shapes[layout.hours_shape](book.hours, layout)
    whole = rows if layout.hours_shape == "transpose" else with_second(rows, layout)
    return written("heures", whole, layout, layout.above and layout.hours_shape != "transpose")


def _time(minutes: int, layout: Layout) -> str:
    return written_duration(minutes, layout.duration)


def _unit(layout: Layout) -> str:
    return " (min)" if layout.duration == "titre_min" else ""


def _clock(minutes: int, layout: Layout) -> str:
    return (
        f"{minutes // 60}h{minutes % 60:02d}"
        if layout.duration == "3h30"
        else f"{minutes // 60:02d}:{minutes % 60:02d}"
    )


def _groups(layout: Layout) -> list[Group]:
    """Return the columns of a table with one line per fact."""

    def title(name: str) -> str:
        return "Durée (min)" if name == "duree" and layout.duration == "titre_min" else TITLES[name][layout.titles]

    def day(told: date) -> str:
        return f"{told:{layout.day}}"

    def last(work: Work) -> date:
        later = work[1] + timedelta(days=int(4 * layout.shuffled[5]))
        return later if later.month == work[1].month else work[1]

    names = _TWO_NAMES[layout.titles]
    who: Group = ([title("personne")], lambda work: [work[0]])
    if layout.last_names:
        who = (names, lambda work: [work[0] if name == "Prénom" else PEOPLE[work[0]] for name in names])
    when: Group = ([title("date")], lambda work: [day(work[1])])
    if layout.hours_shape == "périodes":
        when = (_PERIODS[layout.titles], lambda work: [day(work[1]), day(last(work))])
    long: Group = ([title("duree")], lambda work: [_time(work[2], layout)])
    if "horaires" in layout.hours_shape:
        long = _spans(layout)
    return [
        who,
        when,
        ([title("genre")], lambda _: ["prestation"]),
        long,
        ([title("commande")], lambda work: [work[3]]),
    ]


def _spans(layout: Layout) -> Group:
    """Return the hours of the day of each line, with a break and what they make perhaps."""
    two = layout.hours_shape == "deux horaires"
    paused = BREAK if layout.pause else 0
    titles = [*(_TWO_SPANS if two else _SPANS)[layout.titles]]
    titles += [f"Pause{_unit(layout)}"] if layout.pause else []
    titles += [f"Total{_unit(layout)}"] if layout.total else []

    def cells(work: Work) -> list[str]:
        first = work[2] // 30 * 15 if two else 0
        ends = [(480, 480 + first)] if first else []
        ends += [(780, 780 + work[2] - first + paused)]
        said = [_clock(each, layout) for pair in ends for each in pair]
        said = ["", ""] * (two and not first) + said
        return [*said, *[_time(paused, layout)] * layout.pause, *[_time(work[2], layout)] * layout.total]

    return titles, cells


def _by_line(hours: Sequence[Work], layout: Layout) -> Rows:
    groups = sorted(enumerate(_groups(layout)), key=lambda each: layout.shuffled[each[0]])
    parted = layout.subtotals and layout.hours_shape in ("lignes", "horaires")
    lines = sorted(hours, key=lambda work: work[0]) if parted else hours
    titles = [title for _, (own, _) in groups for title in own]
    rows = [[cell for _, (_, cells) in groups for cell in cells(work)] for work in lines]
    if layout.hours_shape == "transpose":
        return [list(each) for each in zip(*with_more([titles, *rows], layout), strict=True)]
    timed = next((at for at, title in enumerate(titles) if title in _TIMES or title.startswith("Total")), -1)

    def total(name: str, part: Sequence[Work]) -> list[str]:
        at, told = 0 if timed else 1, _time(sum(work[2] for work in part), layout)
        return [{at: name, timed: told}.get(rank, "") for rank in range(len(titles))]

    made = [titles]
    for at, work in enumerate(lines):
        made.append(rows[at])
        if parted and timed >= 0 and (at + 1 == len(lines) or lines[at + 1][0] != work[0]):
            made.append(total(f"Total {called(layout)(work[0])}", [each for each in lines if each[0] == work[0]]))
    return with_more([*made, *([total("Total", lines)] if layout.total and timed >= 0 else [])], layout)


def _columns(hours: Sequence[Work], layout: Layout) -> list[str]:
    """Return the people who have a column, in any order."""
    order = [*PEOPLE]
    return sorted({each[0] for each in hours}, key=lambda who: layout.shuffled[order.index(who)])


def _by_person(hours: Sequence[Work], layout: Layout) -> Rows:
    people, unit = _columns(hours, layout), _unit(layout)
    last = [f"Total{unit}"] if layout.total or unit else []
    rows = [[TITLES["date"][layout.titles], "Commande", *people, *last]]
    for day, job in dict.fromkeys((each[1], each[3]) for each in hours):
        own = {each[0]: each[2] for each in hours if (each[1], each[3]) == (day, job)}
        row = [f"{day:{layout.day}}", job, *(_time(own[who], layout) if who in own else "" for who in people)]
        rows.append([*row, *[_time(sum(own.values()), layout)] * len(last)])
    if layout.total:
        sums = [sum(each[2] for each in hours if each[0] == who) for who in people]
        rows.append(["Total du mois", "", *(_time(each, layout) for each in (*sums, sum(sums)))])
    if layout.subtotals:
        rows += [[""] * len(rows[0]), ["Vu ensemble le 31", *[""] * (len(rows[0]) - 1)]]
    return with_more(rows, layout)


def _by_month(hours: Sequence[Work], layout: Layout) -> Rows:
    """Return a table of people for each month, one under the other: somebody may come, or leave, in between."""
    rows = Rows()
    for month in sorted({each[1].replace(day=1) for each in hours}):
        own = [each for each in hours if each[1].replace(day=1) == month]
        rows += [*([[""]] if rows else []), [month_name(month).capitalize()], *_by_person(own, layout)]
    return rows


def _by_day(hours: Sequence[Work], layout: Layout) -> Rows:
    dates, unit = sorted({each[1] for each in hours}), _unit(layout)
    last = [f"Total{unit}"] if layout.total or unit else []
    rows = [["Prénom", "Commande", *(f"{day:{layout.day}}" for day in dates), *last]]
    for who, job in dict.fromkeys((each[0], each[3]) for each in hours):
        own = {each[1]: each[2] for each in hours if (each[0], each[3]) == (who, job)}
        row = [who, job, *(_time(own[day], layout) if day in own else "" for day in dates)]
        rows.append([*row, *[_time(sum(own.values()), layout)] * len(last)])
    if layout.total:
        sums = [sum(each[2] for each in hours if each[1] == day) for day in dates]
        rows.append(["Total", "", *(_time(each, layout) for each in (*sums, sum(sums)))])
    return with_more(rows, layout)


def _two_lines(hours: Sequence[Work], layout: Layout) -> Rows:
    """Return people above, and the same kinds of work below each of them."""
    people, unit = _columns(hours, layout), _unit(layout)
    below = [f"Chantier{unit}", f"Réunion{unit}", *(["Total"] if layout.total else [])]
    rows = [
        ["", "", *(cell for who in people for cell in (who, *[""] * (len(below) - 1)))],
        [TITLES["date"][layout.titles], "Commande", *below * len(people)],
    ]
    for day, job in dict.fromkeys((each[1], each[3]) for each in hours):
        own = {each[0]: _time(each[2], layout) for each in hours if (each[1], each[3]) == (day, job)}
        cells = (cell for who in people for cell in (own.get(who, ""), "", *[own.get(who, "")] * layout.total))
        rows.append([f"{day:{layout.day}}", job, *cells])
    return rows


def _clocks(hours: Sequence[Work], layout: Layout) -> Rows:
    """Return people above, and below each of them when work starts and ends."""
    people, below = _columns(hours, layout), _SPANS[layout.titles]
    rows = [
        ["", "", *(cell for who in people for cell in (who, ""))],
        [TITLES["date"][layout.titles], "Commande", *below * len(people)],
    ]
    for day, job in dict.fromkeys((each[1], each[3]) for each in hours):
        own = {
            each[0]: (_clock(780, layout), _clock(780 + each[2], layout))
            for each in hours
            if (each[1], each[3]) == (day, job)
        }
        rows.append([f"{day:{layout.day}}", job, *(cell for who in people for cell in own.get(who, ("", "")))])
    return rows
