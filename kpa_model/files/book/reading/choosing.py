"""Which table of the book a table of a sheet is, and what it lacks: what is not sure is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import as_text, bare, same
from kpa_model.files.book.dictionaries import Dictionary, dictionaries, table_named
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import Sheet
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.answered import answered, ways_of
from kpa_model.files.book.reading.columns.clocks import of_a_clock
from kpa_model.files.book.reading.columns.durations import which_add_up
from kpa_model.files.book.reading.columns.titles import (
    COUNTS,
    names_amount,
    says_time,
    tells_time,
)
from kpa_model.files.book.reading.context import Context, named_as, table_topic
from kpa_model.files.book.reading.dated.moments import may_be_moments, noted_on
from kpa_model.files.book.reading.dated.weekdays import MOMENTS
from kpa_model.files.book.reading.fields import Assigned, assigned
from kpa_model.files.book.reading.laying import COMPLETED
from kpa_model.files.book.reading.left import say_cells
from kpa_model.files.book.reading.sales.both_ways import only_leaves
from kpa_model.files.book.reading.sales.statements import lists_payments, names_opposite, speaks_as_banks, with_only_sum
from kpa_model.files.book.reading.sales.suppliers import as_bought, likely_amounts, of_suppliers, sides_of, with_total
from kpa_model.files.book.reading.scores import fits, lost, share, titled_as
from kpa_model.files.book.reading.spread import people
from kpa_model.words import listing, uncapital

_GIVEN_LATER: Mapping[str, set[str]] = {"heures": {"genre", "personne"}}
"""Required columns that the sheet itself can give: its name, a default."""
NOTHING = "rien"
_ASIDE = ("table", "presence", "duree.unite")
"""Topics where « rien de cela » can be answered, beside those of columns and of people."""
_NONE = "Aucune : ne pas lire ce tableau"
_FACTS = {"personne", "date", "duree"}
"""What makes a line of hours, whatever the name of its sheet is."""
_NOTHING_DECLARED = {"mois", "personne", "note", "origine"}
_MOSTLY = 0.5
"""From this part of cells that it can read on, a column may be offered for a field."""
_FAR = 3.0
"""How much better another table must fit, though it lacks something, to be asked about."""
_AHEAD = 0.4
"""How far ahead the best table must be of the next one."""


def set_aside(grid: Grid) -> bool:
    """Tell whether the group said that a table is not to be read, or that none of its columns is the needed one."""
    own = {topic: said for topic, said in grid.answers.items() if "@" not in topic}  # of no other table of the sheet
    told = (said for topic, said in own.items() if topic in _ASIDE or topic.startswith(("colonne.", "personne.")))
    return NOTHING in told or grid.answers.get("colonne.duree") == ""


def best(
    block: Block, context: Context, known: Mapping[str, Dictionary], grid: Grid, completing: bool, findings: Findings
) -> Assigned | None:
    """Return the table that fits a block best; None when none does, or several do: then it is asked."""
    listed = lists_payments(block.titles, _named(block, known) == "encaissements") or names_opposite(block)
    told = "achats" if of_suppliers(block.grid) else "encaissements" if listed else ""
    named, only = told or named_as(grid, known), grid.answers.get("table", told)
    named = named or ("encaissements" if speaks_as_banks(block) else "")
    near, tries = list[Assigned](), list[tuple[float, Assigned]]()
    for dictionary in (each for each in known.values() if each.table != "cooperative" and only in ("", each.table)):
        found = with_only_sum(block, assigned(block, dictionary, context, answered(block, dictionary, grid)), listed)
        if named == found.dictionary.table == "achats":
            found = as_bought(found, assigned(block, known["factures"], context).ranks)
        if not only and _denied(found, block, named, known, context):
            continue
        near.append(found)
        if only or not _lacking(block, found, grid, completing):
            tries.append((found.score + 2 * (dictionary.table in (named, _named(block, known))), found))
    more = _more(block, near, context)
    if more and not only:
        tries = [each for each in tries if not each[1].dictionary.table == "commandes" != named]
    if named and not only and named not in {found.dictionary.table for _, found in tries}:  # another must fit far more
        least = len(assigned(block, known[named], context).ranks) + 2
        tries = [each for each in tries if len(each[1].ranks) >= least or each[1].ranks.keys() >= _FACTS]
    tries.sort(key=lambda each: -each[0])
    if more and completing and _listed(tries) and not (only or context.sold):
        _ask_table(block, [known[table] for table in (*more, "commandes")], known, findings)
        return None
    if not (tries or only) and (sure := _sure(block, grid, near, named, known, context)):
        return sure  # what it lacks is asked
    if sides := sides_of(block, tries[0][1], context, _named(block, known)) if tries and not (named or only) else ():
        _ask_table(block, [known[table] for table in sides], known, findings, table_topic(block.grid))
        return None
    fuller = max(near, key=lambda each: each.score, default=None)
    if tries and not (named or only) and fuller is not None and fuller.score >= tries[0][0] + _FAR:
        tries = [tries[0], (tries[0][0], fuller)]  # it lacks something, and takes far more: it is asked
    if not tries or (len(tries) > 1 and tries[0][0] - tries[1][0] < _AHEAD):
        _ask_table(block, [found.dictionary for _, found in tries] or _nearest(near), known, findings)
        return None
    return with_total(block, tries[0][1])


_CUSTOMERS = {"client", "clients", "customer", "tiers", "nomduclient"}


def _listed(tries: Sequence[tuple[float, Assigned]]) -> bool:
    """Tell whether a table looks most like a list of orders."""
    return bool(tries) and tries[0][1].dictionary.table == "commandes"


def _denied(found: Assigned, block: Block, named: str, known: Mapping[str, Dictionary], context: Context) -> bool:
    """Tell whether a table cannot be the one: declarations of nothing, payments that are invoices, purchases sold."""
    if found.dictionary.table == "declarations":
        return found.ranks.keys() <= _NOTHING_DECLARED
    if found.dictionary.table == "factures" and named == "achats":
        return True
    if found.dictionary.table != "encaissements" or named:
        return False
    return _billed(block, known["factures"], context) or "taux_tva" in assigned(block, known["factures"], context).ranks


def _sure(
    block: Block, grid: Grid, near: Sequence[Assigned], named: str, known: Mapping[str, Dictionary], context: Context
) -> Assigned | None:
    """Return what a table that lacks something is for sure: its name says it, or its titles speak of time or sales."""
    if not named:
        return _timed(block, near) or _invoiced(block, near)
    own = assigned(block, known[named], context, answered(block, known[named], grid))
    return own if len(block.lines) > 1 or len(own.ranks) > 2 else None


def _timed(block: Block, near: Sequence[Assigned]) -> Assigned | None:
    """Return lines of people and days under titles of times that nobody knows, as hours: which one counts is asked."""
    hours = next((found for found in near if found.dictionary.table == "heures"), None)
    if hours is None or not {"personne", "date"} <= hours.ranks.keys():
        return None
    free = [at for at in range(len(block.titles)) if at not in hours.ranks.values() and block.column(at)]
    timed = (at for at in free if bare(block.titles[at]) in MOMENTS and any(map(says_time, block.column(at))))
    return hours if any(tells_time(block.titles[at]) for at in free) or [*timed] else None


def _invoiced(block: Block, near: Sequence[Assigned]) -> Assigned | None:
    """Return lines with an invoice, its day, its customer and its VAT, as invoices: with or without VAT is asked."""
    found = next((found for found in near if found.dictionary.table == "factures"), None)
    if found is None or not {"facture", "date"} <= found.ranks.keys() or any(map(_CASHED.search, block.titles)):
        return None
    customers = {bare(title) for title in block.titles} & _CUSTOMERS
    return found if customers and {"taux_tva", "montant_tva"} & found.ranks.keys() else None


_CASHED = re.compile(r"encaiss|re[çc]u|vers[ée]|\bmode\b|moyen de paiement", re.IGNORECASE)


def _billed(block: Block, factures: Dictionary, context: Context) -> bool:
    """Tell whether lines are invoices, each with its number, its customer and its VAT, and nothing says what came."""
    found, titles = assigned(block, factures, context).ranks, {bare(title) for title in block.titles}
    numbers = [same(as_text(cell)) for cell in block.column(found.get("facture", len(block.titles)))]
    alone = len({*numbers}) == len(numbers) > 0 and bool(titles & _CUSTOMERS)
    return alone and bool({"taux_tva", "montant_tva"} & found.keys()) and not any(map(_CASHED.search, block.titles))


def _more(block: Block, near: Sequence[Assigned], context: Context) -> list[str]:
    """Return what a table says beyond a list of orders: the money of sales, the time of people."""
    facts = {found.dictionary.table: found.ranks.keys() for found in near}
    money = {"montant_ht", "montant_ttc"} & facts.get("factures", {}.keys())
    money |= {title for title in block.titles if names_amount(title) and not context.sold}
    return [*(["factures"] if money else []), *(["heures"] if facts.get("heures", {}.keys()) >= _FACTS else [])]


def _named(block: Block, known: Mapping[str, Dictionary]) -> str:
    """Return the table that is named by its sheet, its file, or what alone is written above it; else an empty text."""
    above = block.above if len(block.above) == 1 else ()
    return named_as(block.grid, known) or next((table for text in above if (table := table_named(text, known))), "")


def _nearest(near: Sequence[Assigned]) -> list[Dictionary]:
    """Return the tables that take the most columns, when they take three at least; else all, those of people first."""
    near = sorted(near, key=lambda each: each.dictionary.table == "commandes")
    near.sort(key=lambda each: each.dictionary.table != "heures" or not {"personne", "date"} <= {*each.ranks})
    most = max((len(each.ranks) for each in near), default=0)
    if most > 2:
        return [each.dictionary for each in near if len(each.ranks) == most]
    offered = [each for each in near if each.dictionary.table != "declarations"]
    return [each.dictionary for each in sorted(offered, key=lambda each: -len(each.ranks))]


def _ask_table(
    block: Block,
    tied: Sequence[Dictionary],
    known: Mapping[str, Dictionary],
    findings: Findings,
    topic: str = "table",
) -> None:
    """Ask what a table is, when somebody can answer."""
    filled = sum(bool(block.column(at)) for at in range(len(block.titles)))
    if not findings.asking or only_leaves(block, findings) or len(block.lines) < 2 or filled < 2:
        return
    tables = tied or [each for each in known.values() if each.table not in ("cooperative", "declarations")]
    options = (*((each.table, each.label) for each in tables), (NOTHING, "Rien d'utile : ne pas le lire"))
    if any(bare(title) in {"mois", "month"} for title in block.titles):  # sums of months: a check, or a budget
        told = {"factures": "Nos ventes : une par ligne", "achats": "Nos achats : un par ligne"}
        options = (options[-1], *((table, told.get(table, label)) for table, label in options[:-1]))
    titles = listing([f"« {title} »" for title in block.titles if title][:5])
    doubt = Doubt(topic, f"Que contient ce tableau ({titles}) ?", options, "Donnez à la feuille le nom de sa table.")
    findings.doubt(block.grid.place(block.head), doubt)


def columns_there(
    block: Block, found: Assigned, context: Context, grid: Grid, completing: bool, findings: Findings
) -> bool:
    """Tell whether all that a table needs is there; ask which column gives the rest."""
    lacking = _lacking(block, found, grid, completing)
    if not lacking:
        return True
    taken, table = {*found.ranks.values()}, found.dictionary.table
    if "duree" in lacking:
        taken -= {at for at, title in enumerate(block.titles) if bare(title) in COUNTS}
    free = [at for at, title in enumerate(block.titles) if title and at not in taken and block.column(at)]
    for name in lacking:
        column = found.dictionary.column(name)
        question = f"Quelle colonne dit : {uncapital(column.label)} ?"
        timeless = [at for at in free if of_a_clock(block.titles[at]) or people.serial(block.column(at))]
        likely = sorted({*free} - {*(timeless if name == "duree" else ())}, key=lambda at: (-lost(block, at), at))
        likely.sort(key=lambda at: may_be_moments(block, at) or noted_on(block.titles[at]))
        titles = [block.titles[at] for at in likely if fits(column, block, at, context) >= _MOSTLY]
        if column.kind == "euros":
            titles = likely_amounts(block, titles, found, name)
        options = tuple((title, title) for title in titles)
        if name == "montant_ht":
            question = "Quelle colonne dit le montant, et est-il avec ou sans la TVA ?"
            options = tuple(way for title, _ in options for way in ways_of(title))
        todo = f"Donnez ce titre à la colonne : {name}."
        if findings.asking and name == "duree" and (several := which_add_up(block, titles, todo, _NONE)):
            findings.doubt(grid.place(block.head), several)
        elif options and findings.asking:
            options = (*options, (NOTHING, _NONE))
            findings.doubt(grid.place(block.head), Doubt(f"colonne.{name}", question, options, todo))
        elif findings.asking and (at := titled_as(block, column)) >= 0:
            say_cells(block, at, column, findings)
        elif findings.asking and (grid.answers.get("table") or _named(block, {table: found.dictionary})):
            what = f"aucune colonne ne dit : {uncapital(column.label)}."
            findings.problem(grid.place(block.head), what, f"Ajoutez cette colonne. Son titre peut être : {name}.")
    return False


def with_only_time(block: Block, found: Assigned, context: Context, findings: Findings) -> Assigned:
    """Return hours whose time is the one column left that can hold hours of a day, beside people and days; told."""
    there = found.ranks.keys()
    settled = "duree" in there or {"debut", "fin"} <= there or "colonne.duree" in block.grid.answers
    if found.dictionary.table != "heures" or settled or not {"personne", "date"} <= there:
        return found
    column, taken = found.dictionary.column("duree"), {at for name, at in found.ranks.items() if name != "quantite"}
    free = [at for at in range(len(block.titles)) if at not in taken]
    times = [at for at in free if share(column, block.column(at), context) >= _MOSTLY]
    counted = found.ranks.get("quantite", -1)
    if len(times) != 1 or not findings.asking or may_be_moments(block, times[0]):
        return found
    if not all(map(people.of_a_day, block.column(times[0]))):
        return found
    if times[0] != counted and not people.of_days(block, times[0], dictionaries()):
        return found
    findings.heed(block.grid.place(block.head), f"« {block.titles[times[0]]} » est lu comme la durée.")
    kept = {name: at for name, at in found.ranks.items() if at != times[0]}
    return replace(found, ranks={**kept, "duree": times[0]})


def _members(block: Block, found: Assigned) -> bool:
    """Tell whether a list of names is one of members: its name says so, the group does, or it has their status."""
    named = "personnes" in (block.grid.answers.get("table"), _named(block, {"personnes": found.dictionary}))
    return "personne" in found.ranks and (named or "statut" in found.ranks)


def _lacking(block: Block, found: Assigned, grid: Grid, completing: bool) -> list[str]:
    """Return the columns that a table needs, and that neither the file nor what surrounds it gives."""
    sheet = Sheet(grid, found.dictionary, Findings(), 0, block.titles, dict(found.ranks))
    table = found.dictionary.table
    told = table in (grid.answers.get("table"), _named(block, {table: found.dictionary}))
    follows = completing and (table != "personnes" or _members(block, found))
    later = {*_GIVEN_LATER.get(table, ()), *(COMPLETED.get(table, ()) if follows else ())}
    if "montant_ttc" in found.ranks and "taux_tva" in later:
        later.add("montant_ht")
    if completing and told and table == "factures":
        later.add("facture")  # a list of sales without numbers, when it is said to be one
    if completing and table == "factures" and {"montant_ht", "montant_ttc"} <= found.ranks.keys():
        later.add("facture")  # or when it looks like one: it is asked
    needed = [each.name for each in found.dictionary.columns if each.required and each.name not in later]
    lacking = [name for name in needed if not sheet.gives(name)]
    return lacking if lacking or told or len(found.ranks) > 1 else ["date"]
