"""« Paulette / Omar » → two people: each did the time, or they share it; a remark says which, or it is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kpa_model.errors import Refused
from kpa_model.files.book.building import names_in
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import column_of, may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.columns.crowds import Crowds
from kpa_model.files.book.reading.columns.titles import says_time, tells_given
from kpa_model.files.book.reading.periods import whole_minutes
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
        time = without_how(text)
    else:
        return None
    try:
        read_duration(time)
    except Refused:
        return None
    return time, how


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


def without_how(text: str) -> str:
    """Return a time without the words that say whose it is: « 3h » of « 3h chacune »; the text as it is without any."""
    how = how_said(text)
    return dict(_SAYS)[how].sub("", same(text)).strip(" ():,;.=") if how else text


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
