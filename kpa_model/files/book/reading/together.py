"""« Paulette / Omar » → two people: each did the time, or they share it; a remark says which, or it is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from functools import lru_cache

from kpa_model.errors import Refused
from kpa_model.files.book.building import TEAM, names_in
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same, shown
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings, Place
from kpa_model.files.book.grids import Grid, Line, header_rank
from kpa_model.files.book.matching import column_of, may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.columns.crowds import Crowds
from kpa_model.files.book.reading.columns.titles import says_time, tells_given
from kpa_model.files.book.reading.periods import whole_minutes
from kpa_model.files.book.reading.spread.people import name_like, says_total
from kpa_model.files.book.tables import Row
from kpa_model.words import count, hours, listing

TOPIC = "partage"
EACH, SHARED = "chacun", "ensemble"
WORDS = {EACH: "chacun", SHARED: "en tout"}
_SAYS = (
    (
        EACH,
        re.compile(
            r"\b(?:pour )?chacune?\b|\bchaque\b|\beach\b|\bpar (?:personne|pers|tete)\b|/ ?(?:personne|pers|p)\b"
        ),
    ),
    (SHARED, re.compile(r"\ben tout\b|\bau total\b|\(total\)|\ba (?:se )?partager\b|\bpartagee?s\b")),
)
_TIMES = re.compile(
    r"(?P<many>[2-9]) ?(?:x|×|\*|fois) ?(?P<time>\d.*)|(?P<long>.*[\dhn]) ?(?:x|×|\*|fois) ?(?P<much>[2-9])"
)
"""« 2 x 3h », « 3h x2 »."""
_MANY = {"deux": 2, "trois": 3, "quatre": 4, **{str(many): many for many in range(2, 10)}}
_BY_MANY = re.compile(
    rf"(?P<time>.*\d.*?) ?(?:(?:a|\(|(?:pour )?(?:tous |toutes )?les) ?(?P<many>{'|'.join(_MANY)})\)?|ensemble)"
)
"""« 5h à deux », « 5h ensemble »: each of them, or in all? It is asked."""
_PARTS = re.compile(r"(?P<whole>[^()]*\d[^()]*) ?\((?:soit )?(?P<each>\d[^()]*?) ?(?:h )?chacune?\)")
"""« 8h (4h chacun) »: what each did proves what all of them did."""


def told_each(block: Block) -> Block:
    """Return a block whose times are plain, and say beside them whose they are: « 3h chacune », « 2 x 3h »."""
    hours = dictionaries()["heures"]
    leads = {at: lead.name for at, title in enumerate(block.titles) if title and (lead := column_of(title, hours))}
    wide = len(block.titles)
    times = [at for at in range(wide) if leads.get(at, "quantite") in ("duree", "quantite")]
    plain = [{at: found for at in times if (found := _plain(cells, at))} for _, cells in block.lines]
    told = {at for at in times if leads.get(at) == "duree" or _of_times(block, at, plain)}
    plain = [{at: said for at, said in found.items() if at in told} for found in plain]
    if not any(plain):
        return block
    note = next((at for at, name in leads.items() if name == "note"), wide)
    lines: list[Line] = []
    for (number, cells), said in zip(block.lines, plain, strict=True):
        row = [*cells, *[""] * (max(wide, note + 1) - len(cells))]
        for at, (time, how) in said.items():
            row[at], row[note] = time, f"{as_text(row[note])} {WORDS.get(how, '')}".strip()
        lines.append((number, row))
    if note < wide:
        return replace(block, lines=lines)
    return replace(block, titles=[*block.titles, "note"], heads=[*block.heads, "note"], lines=lines)


def _of_times(block: Block, at: int, plain: Sequence[Mapping[int, object]]) -> bool:
    """Tell whether a column whose title does not say so holds times, but for a cell or two; or the group says it."""
    said = bare(block.grid.answers.get("colonne.duree", "")) == bare(block.titles[at]) != ""
    cells = [cell_at(cells, at) for (_, cells), found in zip(block.lines, plain, strict=True) if at not in found]
    return said or all(
        says_time(cell) and read_or_none(read_duration, cell) is not None for cell in cells if as_text(cell)
    )


def _plain(cells: Sequence[Cell], at: int) -> tuple[str, str] | None:
    """Return the time of a cell that says whose it is, and how; None for any other, or when it is no time."""
    text = same(cells[at]) if at < len(cells) and isinstance(cells[at], str) else ""
    people = {len(names_in(text)) for text in map(as_text, cells) if not re.search(r"\d", text)}
    if (parts := _PARTS.fullmatch(text)) and (each := read_or_none(read_duration, parts["each"])):
        whole = read_or_none(read_duration, parts["whole"])
        return (parts["each"], EACH) if whole in {each * many for many in people} else None
    if (split := _BY_MANY.fullmatch(text)) and (not split["many"] or _MANY[split["many"]] in people):
        return (split["time"], "") if read_or_none(read_duration, split["time"]) else None
    if found := _TIMES.fullmatch(text):
        many, time, how = int(found["many"] or found["much"]), found["time"] or found["long"], EACH
        if many not in people:
            return None
    elif how := how_said(text):
        time = dict(_SAYS)[how].sub("", text).strip(" ():,;.=")
    else:
        return None
    try:
        read_duration(time)
    except Refused:
        return None
    return time, how


_NAME = r"(?P<who>[^\d,;/+&()=:]*[^\d,;/+&()=:\s])"
_LENGTH = r"\d+(?:[.,]\d+)?\s?(?:min|mn|heures?|h\s?\d{0,2})"
_NEXT = r"\s*(?:[,;/+&]|\bet\b|$|(?=\s(?-i:[A-ZÀ-Ý])))"
_OWN = [
    re.compile(each, re.IGNORECASE)
    for each in (
        rf"\s*{_NAME}\s*[:=]?\s*(?:\(\s*(?P<inside>\d[^()]*)\)|(?P<time>{_LENGTH})){_NEXT}",
        rf"\s*(?P<inside>)(?P<time>{_LENGTH})\s*[:=]?\s*{_NAME}{_NEXT}",
    )
]
"""Somebody and a time of her own, among others in one cell: « Lila 2h, Oscar 3h », « Lila (2) », « 2h Lila »."""
_OF_BOTH = re.compile(r"\b(qui|pr[ée]noms?|noms?|personnes?|heures?|h|temps|dur[ée]e)\b", re.IGNORECASE)
"""What is written above people with their times."""


def with_own_times(grid: Grid, findings: Findings) -> Grid:
    """Return a grid with a line for each person whose own time stands beside her name; what is sold is said once.

    Names and times may stand in the column of the people, or in that of the times.
    """
    known = dictionaries()["heures"]
    if (rank := header_rank(grid, frozenset(known.titles))) is None:
        return grid
    (number, heads), under = grid.lines[rank], grid.lines[rank + 1 :]
    leads = {at: lead.name for at, title in enumerate(map(as_text, heads)) if (lead := column_of(title, known))}
    who = next((at for at, cell in enumerate(heads) if leads.get(at) == "personne" or TEAM.search(as_text(cell))), -1)
    both = _of_both(heads, under) if who < 0 else -1
    who = max(who, both)
    time = next((at for at, name in leads.items() if name == "duree" and at != both), len(heads))
    told = {int(at): own for at, cells in under if (own := _own_times(as_text(cell_at(cells, who))))}
    beside = {int(at): own for at, cells in under if (own := _times_of(cell_at(cells, time), cell_at(cells, who)))}
    told = {**beside, **told}
    if who < 0 or not (both >= 0 or any(len(own) > 1 for own in told.values())):
        return grid
    lines: list[Line] = []
    listed = both >= 0 or bool(TEAM.search(as_text(heads[who])))
    for at, cells in under:
        row = [*cells, *[""] * (time + 1 - len(cells))]
        for rank_of, (name, length) in enumerate(told.get(int(at), ())):
            mine: dict[int, Cell] = {who: name, time: timedelta(minutes=float(length))}
            kept = row if not rank_of else [cell if each in leads else "" for each, cell in enumerate(row)]
            lines.append((at, [mine.get(each, cell) for each, cell in enumerate(kept)]))
        if int(at) not in told:
            lines.append((at, [_listed(cell) if each == who and listed else cell for each, cell in enumerate(row)]))
        elif as_text(row[time]) and int(at) not in beside:
            _check_sum(grid.place(at, time, as_text(cell_at(heads, time))), row[time], told[int(at)], findings)
    several = [own for own in told.values() if len(own) > 1] or [*told.values()]
    first = listing([f"« {name} » {hours(round(length))}" for name, length in several[0]])
    many = count(len(several), "ligne donne", "lignes donnent")
    findings.note(grid.place(), f"{many} le temps de chaque personne : {first}{'…' if len(several) > 1 else '.'}")
    said: list[Cell] = [*heads, *["Durée"] * (time + 1 - len(heads))]
    head = (number, ["Personne" if at == who and leads.get(at) != "personne" else cell for at, cell in enumerate(said)])
    return replace(grid, lines=(*grid.lines[:rank], head, *lines))


def _listed(cell: Cell) -> Cell:
    """Return people among whom commas stand, as others beside them have their own times."""
    return re.sub(r" ?[,;] ?", " + ", cell) if isinstance(cell, str) else cell


def _of_both(heads: Sequence[Cell], lines: Sequence[Line]) -> int:
    """Return the column where each cell names people with their own times; −1 when there is none."""
    facts = [cells for _, cells in lines if not says_total(cells)]
    for at in (at for at, title in enumerate(heads) if _OF_BOTH.search(as_text(title)) or TEAM.search(as_text(title))):
        texts = [text for cells in facts if (text := as_text(cell_at(cells, at)))]
        names = [[name for name, _ in _own_times(text)] for text in texts]
        if texts and all(each and all(map(name_like, each)) for each in names):
            return at
    return -1


@lru_cache(maxsize=4096)  # hours say the same few things
def _own_times(text: str) -> list[tuple[str, int | Fraction]]:
    """Return who is named, each with a time of her own; nothing when a part of the text is anything else."""
    ways = ([*pattern.finditer(text)] for pattern in (_OWN if re.search(r"\d", text) else ()))
    found = next((each for each in ways if each and "".join(one[0] for one in each) == text), [])
    times = [read_or_none(read_duration, each["inside"] or each["time"]) for each in found]
    if any(time is None or time > 24 * 60 for time in times):
        return []
    return [(each["who"].strip(), time) for each, time in zip(found, times, strict=True)]


def _times_of(time: Cell, who: Cell) -> list[tuple[str, int | Fraction]]:
    """Return the time of each in a cell of times that names those of the line, « Tom 2h, Inès 1h30 » beside them.

    Initials are enough when they tell them apart. Nothing when somebody else is named, or somebody lacks.
    """
    own, people = _own_times(as_text(time)), names_in(as_text(who))
    if len(own) < 2 or not people:
        return own if len(own) > 1 else []
    found = [[whole for whole in people if same(whole).startswith(same(name))] for name, _ in own]
    if any(len(each) != 1 for each in found) or {each[0] for each in found} != {*people}:
        return []
    return [(each[0], length) for each, (_, length) in zip(found, own, strict=True)]


def _check_sum(place: Place, cell: Cell, own: Sequence[tuple[str, int | Fraction]], findings: Findings) -> None:
    """Refuse a time that is not the sum of those beside the names."""
    whole, length = sum(time for _, time in own), read_or_none(read_duration, cell)
    if length is not None and length != whole:
        what = f"{shown(cell)} n'est pas la somme des temps écrits à côté des noms : {hours(round(whole))}."
        findings.problem(place, what, "Corrigez l'un des deux, ou écrivez une ligne par personne.")


def together(rows: Iterable[Row], known: Mapping[str, str], findings: Findings) -> list[Row]:
    """Return rows of hours with one person each. A comma cuts only known names: « Roy, Maud » is one person."""
    rows = list(rows)
    crowds, kept, told = Crowds(rows, known), list[Row](), list[str]()
    asked: dict[tuple[str, str], tuple[Row, tuple[str, ...]]] = {}
    crowds.ask_pairs(findings)
    for row in rows:
        people = crowds.of(row)
        for who in (each for each in people if crowds.is_nobody(each, len(people) > 1)):
            findings.problem(row.place("personne"), f"« {who} » ne dit pas qui.", "Écrivez le nom de la personne.")
        if len(people) < 2:
            kept.append(row)
            continue
        if not row.get("duree"):  # no time, or one that cannot be read: it is told as such
            kept += [replace(row, values={**row.values, "personne": who}) for who in people]
            continue
        how = _said(row) or row.grid.answers.get(TOPIC, "")
        if how not in (EACH, SHARED):
            asked.setdefault(row.source, (row, people))
            kept += [replace(row, values={**row.values, "personne": who, "duree": None}) for who in people]
            continue
        kept += _cut(row, people, how)
        told.append(_told(row, people, how, crowds.all_in(row.get("personne"))))
    for row, people in asked.values():
        _ask(row, people, findings)
    if told:
        several = count(len(told), "ligne nomme", "lignes nomment")
        findings.heed(kept[0].grid.place(), f"{several} plusieurs personnes. {' '.join(dict.fromkeys(told[:4]))}")
    return kept


_WHOLE = re.compile(r"\b(tota(l|le|ux|les)|globale?)\b")


def _said(row: Row) -> str:
    """Return what a line says of its time; « Temps total » is that of all, unless it goes from a start to an end."""
    title = row.place("duree").title
    if how := how_said(" ".join((title, *(str(row.get(column, "")) for column in ("note", "tache", "personne"))))):
        return how
    whole = tells_given(title) and _WHOLE.search(same(title)) and not says_end(row.titles)
    return SHARED if whole else ""


def says_end(titles: Iterable[str]) -> bool:
    """Tell whether a title says when work ends: a total beside it is the time from a start, whoever was there."""
    return any(may_say(title, "fin", dictionaries()["heures"]) for title in titles)


def how_said(text: str) -> str:
    """Return what a text says of a time that several people have: `chacun`, `ensemble`; else an empty text."""
    return next((how for how, pattern in _SAYS if pattern.search(same(text))), "")


def _cut(row: Row, people: tuple[str, ...], how: str) -> Iterator[Row]:
    """Yield the row of each; a shared time is cut in whole minutes, the first ones take what is left."""
    length = row.get("duree")
    for name, part in zip(people, whole_minutes(length or 0, len(people)), strict=True):
        own = length if how == EACH else part
        if own or length in (None, 0):
            yield replace(row, values={**row.values, "personne": name, **({} if length is None else {"duree": own})})


def _told(row: Row, people: tuple[str, ...], how: str, every: bool) -> str:
    who = f" ({listing(list(people))})" if every else ""
    parts = [hours(int(each.get("duree") or 0)) for each in _cut(row, people, how)]
    named = str(row.get("personne")).removesuffix(f" ({WORDS[how]})")
    if how == SHARED:
        return f"« {named} »{who} : {listing(parts)}, en tout {hours(int(row.get('duree') or 0))}."
    return f"« {named} »{who} : {parts[0] if parts else ''} chacun."


def _ask(row: Row, people: tuple[str, ...], findings: Findings) -> None:
    question = f"« {hours(int(row.get('duree') or 0))} » pour {listing(list(people))} : chacun, ou en tout ?"
    options = ((EACH, "chacun a fait ce temps"), (SHARED, "en tout, à partager entre eux"))
    findings.doubt(row.place("duree"), Doubt(TOPIC, question, options, "Écrivez une ligne par personne."))
