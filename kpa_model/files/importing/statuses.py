"""Lists of members that say « CDI » or « salariée »: it says nothing of a CAPE, which is asked person by person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from kpa_model.files.book.cells import as_text, chosen, same, shown
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, header_rank
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import width
from kpa_model.files.book.tables import Row
from kpa_model.words import listing


def with_known_statuses(grids: Mapping[str, list[Grid]], findings: Findings) -> dict[str, list[Grid]]:
    """Return the grids of each table, where lists of members say no status that is none of ours."""
    return {**grids, "personnes": [_but_unknown(each, findings) for each in grids.get("personnes", ())]}


def _but_unknown(grid: Grid, findings: Findings) -> Grid:
    """Return a list of members without its unknown statuses, told: who has a CAPE is asked then."""
    members = dictionaries()["personnes"]
    column, rank = members.column("statut"), header_rank(grid, frozenset(members.titles))
    titles = grid.lines[rank][1] if rank is not None else ()
    at = next((at for at, title in enumerate(titles) if column_of(as_text(title), members) == column), -1)
    under = grid.lines[(rank or 0) + 1 :]
    unknown = {
        number: shown(cells[at])
        for number, cells in under
        if 0 <= at < len(cells) and as_text(cells[at]) and not chosen(cells[at], column.choices)
    }
    if not unknown:
        return grid
    words = listing([*dict.fromkeys(unknown.values())], most=4)
    which = "ne dit pas" if len({*unknown.values()}) == 1 else "ne disent pas"
    findings.heed(
        grid.place(min(unknown), at, as_text(titles[at])),
        f"{words} {which} qui a un CAPE. Si rien d'autre ne le dit, c'est demandé.",
    )
    head, wide = grid.lines[rank or 0], width(grid.lines)
    noted = [(head[0], [*head[1], *[""] * (wide - len(head[1])), "note"])]  # the word stays in the line
    for number, cells in under:
        whole = [*cells, *[""] * (wide - len(cells))]
        word = as_text(whole[at]) if number in unknown else ""
        noted.append((number, [*whole[:at], "" if word else whole[at], *whole[at + 1 :], word]))
    return replace(grid, lines=(*grid.lines[: rank or 0], *noted), later=grid.later | {"statut", "du"})


def without_status(tables: dict[str, list[Row]], first: date | None) -> dict[str, list[Row]]:
    """Give its first day to each line of a list of members that has none; return those without a status, taken out.

    They come by what the spellings of a name share. Who has one on another line, that holds still, keeps that one.
    """
    rows = tables.get("personnes", [])
    for row in rows:
        if row.get("statut") and not row.get("du") and first:
            row.values["du"] = first
    bare = [row for row in rows if not row.get("statut")]
    if bare:
        tables["personnes"] = [row for row in rows if row.get("statut")]
    told = {
        same(row.get("personne", ""))
        for row in tables.get("personnes", ())
        if not first or not row.get("au") or row.get("au") >= first
    }
    found: dict[str, list[Row]] = defaultdict(list)
    for row in bare:
        if (who := row.get("personne")) and same(who) not in told:
            found[same(who)].append(row)
    return found
