"""A sheet as people made it → grids with the titles of the book, ready for the strict reader. Doubts are asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, RefusedCell, as_text, bare, read_choice
from kpa_model.files.book.dictionaries import Dictionary, table_named
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, LaidLine, Line
from kpa_model.files.book.matching import Sheet
from kpa_model.files.book.reading import shapes
from kpa_model.files.book.reading.blocks import Block, blocks, is_day
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.everything import everything
from kpa_model.files.book.reading.fields import Assigned, assigned
from kpa_model.files.book.reading.habits import unit_of_title
from kpa_model.files.book.reading.ledgers import ledger
from kpa_model.files.book.reading.prepared import prepared
from kpa_model.words import count, listing

Laid = tuple[str, Grid]
"""A table, and a grid under the titles of that table."""
_GIVEN_LATER: Mapping[str, set[str]] = {"heures": {"genre", "personne"}}
"""Required columns that the sheet itself can give: its name, a default."""
_COMPLETED: Mapping[str, set[str]] = {
    "factures": {"commande", "taux_tva"},
    "encaissements": {"facture"},
    "achats": {"taux_tva"},
}
"""Required columns that the book as a whole, or an answer, can give."""
NOTHING = "rien"
_AHEAD = 0.4
"""How far ahead the best table must be of the next one."""
KINDS = (("prestation", "Prestation"), ("appui", "Appui"), ("commun", "Commun"), ("formation", "Formation"))


def understood(
    grid: Grid, context: Context, known: Mapping[str, Dictionary], findings: Findings, completing: bool
) -> list[Laid]:
    """Return the tables of a sheet, laid out as the book expects; an empty list when nothing is recognised.

    `completing` allows what only the book as a whole, or an answer, can give: one order per invoice, a rate of VAT.
    """
    if grid.answers.get("table") == NOTHING:
        findings.note(grid.place(), "ce tableau est laissé de côté, comme vous l'avez dit.")
        return []
    if accounts := ledger(grid, findings):
        return accounts
    return [
        laid
        for block in map(prepared, blocks(grid, context))
        for laid in _one(block, grid, context, known, findings, completing)
    ]


def _one(
    block: Block, grid: Grid, context: Context, known: Mapping[str, Dictionary], findings: Findings, completing: bool
) -> Iterator[Laid]:
    hours = known["heures"]
    chosen = grid.answers.get("table", "")
    if year := grid.answers.get("annee", ""):
        context = replace(context, years=(int(year),))
    spread = shapes.wide(block, hours, context) if chosen in ("", "heures") else None
    if spread is None and shapes.lacks_year(block, hours, context):
        options = tuple((str(each), str(each)) for each in (context.years or range(2024, 2028)))
        doubt = Doubt(
            "annee", "De quelle année sont ces jours ?", options, "Écrivez l'année dans le nom de la feuille."
        )
        findings.doubt(grid.place(block.head), doubt)
        return
    if spread is not None:
        titles, lines = shapes.laid_long(block, spread, findings)
        block = replace(block, titles=titles, lines=lines, heads=list(titles))
        found: Assigned | None = assigned(block, hours, context, _fixed(block, spread))
        findings.note(grid.place(block.head), _told_shape(spread))
    elif completing and (sold := everything(block, context, known, grid, findings)):
        yield from sold
        return
    else:
        found = best(block, context, known, grid, completing, findings)
    if found is None or not _columns_there(block, found, grid, completing, findings):
        return
    yield from _laid(block, found, grid, context, findings)


def _fixed(block: Block, spread: shapes.Wide) -> dict[str, int]:
    """Return the ranks of what was laid out: the last two columns."""
    return {spread.what: len(block.titles) - 2, "duree": len(block.titles) - 1}


def _told_shape(spread: shapes.Wide) -> str:
    if spread.what == "personne":
        return f"une colonne par personne : {listing([str(values[0]) for values in spread.values.values()])}."
    several = any(len(values) > 1 for values in spread.values.values())
    more = " Le temps d'une période est réparti sur ses jours, du lundi au vendredi." if several else ""
    return f"{len(spread.values)} colonnes sont des jours ou des périodes.{more}"


def best(
    block: Block, context: Context, known: Mapping[str, Dictionary], grid: Grid, completing: bool, findings: Findings
) -> Assigned | None:
    """Return the table that fits a block best; None when none does, or several do: then it is asked."""
    named = table_named(grid.name, known)
    only = grid.answers.get("table") or named
    tries: list[tuple[float, Assigned]] = []
    for dictionary in known.values():
        if dictionary.table == "cooperative" or (only and only != dictionary.table):
            continue
        found = assigned(block, dictionary, context, _answered(block, dictionary, grid))
        if grid.answers.get("table") or not _lacking(block, found, grid, completing):
            tries.append((found.score, found))
    tries.sort(key=lambda each: -each[0])
    if not tries or (len(tries) > 1 and tries[0][0] - tries[1][0] < _AHEAD):
        _ask_table(block, [found.dictionary for _, found in tries], known, findings)
        return None
    return tries[0][1]


def _ask_table(block: Block, tied: Sequence[Dictionary], known: Mapping[str, Dictionary], findings: Findings) -> None:
    """Ask what a table is, when somebody can answer."""
    if (
        not findings.asking
        or len(block.lines) < 2
        or sum(bool(block.column(at)) for at in range(len(block.titles))) < 2
    ):
        return
    tables = tied or [each for each in known.values() if each.table not in ("cooperative", "declarations")]
    options = (*((each.table, each.label) for each in tables), (NOTHING, "Rien d'utile : ne pas le lire"))
    titles = listing([f"« {title} »" for title in block.titles if title][:5])
    doubt = Doubt("table", f"Que contient ce tableau ({titles}) ?", options, "Donnez à la feuille le nom de sa table.")
    findings.doubt(block.grid.place(block.head), doubt)


def _columns_there(block: Block, found: Assigned, grid: Grid, completing: bool, findings: Findings) -> bool:
    """Tell whether all that a table needs is there; ask which column gives the rest."""
    lacking = _lacking(block, found, grid, completing)
    free = [
        title for at, title in enumerate(block.titles) if title and at not in found.ranks.values() and block.column(at)
    ]
    if not lacking:
        return True
    for name in lacking:
        column = found.dictionary.column(name)
        question = f"Quelle colonne dit : {column.label[:1].lower()}{column.label[1:]} ?"
        options = tuple((title, title) for title in free)
        todo = f"Donnez ce titre à la colonne : {name}."
        if options and findings.asking:
            findings.doubt(grid.place(block.head), Doubt(f"colonne.{name}", question, options, todo))
    return False


def _answered(block: Block, dictionary: Dictionary, grid: Grid) -> dict[str, int]:
    """Return the columns that the group, or a recipe, led to a field by their titles."""
    found = {}
    for each in (*dictionary.columns, *dictionary.aids):
        title = grid.answers.get(f"colonne.{each.name}")
        if title is not None:
            found[each.name] = next((at for at, mine in enumerate(block.titles) if bare(mine) == bare(title)), -1)
    return found


def _lacking(block: Block, found: Assigned, grid: Grid, completing: bool) -> list[str]:
    """Return the columns that a table needs, and that neither the file nor what surrounds it gives."""
    sheet = Sheet(grid, found.dictionary, Findings(), 0, block.titles, dict(found.ranks))
    table = found.dictionary.table
    later = {*_GIVEN_LATER.get(table, ()), *(_COMPLETED.get(table, ()) if completing else ())}
    if "montant_ttc" in found.ranks and "taux_tva" in later:
        later.add("montant_ht")
    needed = [each.name for each in found.dictionary.columns if each.required and each.name not in later]
    if len(found.ranks) < 2:
        return needed or ["date"]
    return [name for name in needed if not sheet.gives(name)]


# --- laying out -------------------------------------------------------------------------------------------------------


def _laid(block: Block, found: Assigned, grid: Grid, context: Context, findings: Findings) -> Iterator[Laid]:
    """Yield the grid of a block under the titles of its table, with what the sheet itself says of every line."""
    order = sorted(found.ranks, key=lambda name: found.ranks[name])
    ranks = [found.ranks[name] for name in order]
    titles = [_title(name, block.titles[found.ranks[name]]) for name in order]
    constants = _constants(block, found, context, grid, findings)
    if constants is None:
        return
    _say_unused(block, ranks, findings)
    constants = {**constants, **_rate(found, grid, findings)}
    kinds = _kinds(block, found, grid, findings)
    head = LaidLine(
        block.head,
        (*ranks, *[-1] * (len(constants) + bool(kinds))),
        (*[block.titles[at] for at in ranks], *constants, *["genre"] * bool(kinds)),
    )
    lines: list[Line] = [(head, [*titles, *constants, *["genre"] * bool(kinds)])]
    empty = 0
    for at, (number, cells) in enumerate(block.lines):
        own = [cells[rank] if rank < len(cells) else "" for rank in ranks]
        if not any(as_text(each) for each in own) or _is_total(cells, found):
            continue
        if found.dictionary.table == "encaissements" and not _cell(cells, found, "montant_ttc"):
            empty += 1  # what leaves the account pays no invoice
            continue
        lines.append((_numbered(number, ranks, block), [*own, *constants.values(), *([kinds[at]] if kinds else [])]))
    if empty:
        findings.note(grid.place(block.head), f"{count(empty, 'ligne', 'lignes')} sans argent reçu : laissées de côté.")
    later = frozenset(_COMPLETED.get(found.dictionary.table, ())) if findings.asking else frozenset[str]()
    yield found.dictionary.table, replace(grid, lines=tuple(lines), separator=grid.separator and ";", later=later)


def _rate(found: Assigned, grid: Grid, findings: Findings) -> dict[str, Cell]:
    """Return the rate of VAT of every line when no column gives it: it is asked, never supposed."""
    there, table = found.ranks.keys(), found.dictionary.table
    told = "taux_tva" in there or {"montant_ht", "montant_ttc"} <= there or "montant_tva" in there
    if told or table not in ("factures", "achats") or (table == "achats" and "montant_ttc" not in there):
        return {}
    if said := grid.answers.get("taux"):
        return {"taux_tva": f"{said} %"}
    options = (("20", "20 %"), ("10", "10 %"), ("5,5", "5,5 %"), ("0", "pas de TVA"))
    doubt = Doubt(
        "taux", "Aucune colonne ne dit la TVA. Quel est le taux ?", options, "Ajoutez une colonne « taux_tva »."
    )
    findings.doubt(grid.place(), doubt)
    return {"taux_tva": "0 %"}


def _is_total(cells: Sequence[Cell], found: Assigned) -> bool:
    """Tell whether a line is a total: its first text says so, and it has no day of its own."""
    first = next((as_text(each) for each in cells if as_text(each)), "")
    return bool(shapes.TOTAL.match(first)) and not is_day(
        cells[at] if (at := found.ranks.get("date", -1)) >= 0 and at < len(cells) else ""
    )


def _title(name: str, title: str) -> str:
    unit = unit_of_title(title) if name in ("duree", "pause") else ""
    return f"{name} ({unit})" if unit else name


def _numbered(number: int, ranks: Sequence[int], block: Block) -> LaidLine:
    """Return the number of a line that knows where each cell stands in the file, even laid out twice."""
    if isinstance(number, LaidLine):
        columns = [number.columns[rank] for rank in ranks]
        return LaidLine(number, [*columns, -1, -1], [*[number.titles[rank] for rank in ranks], "", ""])
    return LaidLine(number, [*ranks, -1, -1], [*[block.titles[rank] for rank in ranks], "", ""])


def _constants(
    block: Block, found: Assigned, context: Context, grid: Grid, findings: Findings
) -> dict[str, Cell] | None:
    """Return what the sheet says of every line: whose hours these are. None, and a doubt, when nothing tells."""
    if found.dictionary.table != "heures" or "personne" in found.ranks:
        return {}
    who = (
        grid.answers.get(f"personne.{bare(grid.name)}")
        or context.person_in(block.names)
        or ("" if context.people else _own_name(grid))
    )
    if who:
        findings.note(grid.place(), f"ces heures sont celles de « {who} », d'après le nom de la feuille ou du fichier.")
        return {"personne": who}
    options = tuple((name, name) for name in context.people.values())[:20]
    todo = "Ajoutez une colonne « personne », ou donnez à la feuille le nom de la personne."
    findings.doubt(grid.place(), Doubt(f"personne.{bare(grid.name)}", "De qui sont ces heures ?", options, todo))
    return None if not findings.asking else {"personne": ""}


def _own_name(grid: Grid) -> str:
    """Return a name of sheet that can be the name of a person nobody has met yet."""
    name = re.sub(
        r"\b(heures?|temps|relev[ée]|suivi|de|d'|du|des|20\d\d|feuil\w*|sheet\w*)\b|[\d_]",
        " ",
        grid.sheet,
        flags=re.IGNORECASE,
    )
    words = name.split()
    return " ".join(words) if 0 < len(words) <= 3 and words[0][0].isupper() else ""


def _kinds(block: Block, found: Assigned, grid: Grid, findings: Findings) -> list[Cell]:
    """Return the kind of work of each line when no column tells: what the task says, the order's job, or a default."""
    if found.dictionary.table != "heures" or "genre" in found.ranks:
        return []
    default = grid.answers.get("genre", "")
    column = found.dictionary.column("genre")
    kinds: list[Cell] = []
    open_line = 0
    for number, cells in block.lines:
        told = [
            as_text(cells[at])
            for name in ("tache", "commande")
            if (at := found.ranks.get(name, -1)) >= 0 and at < len(cells)
        ]
        kind = (
            _kind_said(told, column.choices, grid)
            or ("prestation" if len(told) and _cell(cells, found, "commande") else "")
            or default
        )
        open_line = open_line or (0 if kind else number)
        kinds.append(kind)
    if open_line:
        question = "De quel genre de travail sont ces heures, quand rien ne le dit ?"
        todo = "Ajoutez une colonne « genre » : prestation, appui, commun ou formation."
        findings.doubt(grid.place(open_line), Doubt("genre", question, KINDS, todo))
    elif not default:
        findings.note(
            grid.place(block.head),
            "aucune colonne ne dit le genre de travail. Il est déduit de la commande ou de la tâche.",
        )
    return kinds


def _cell(cells: Sequence[Cell], found: Assigned, name: str) -> str:
    at = found.ranks.get(name, -1)
    return as_text(cells[at]) if 0 <= at < len(cells) else ""


def _kind_said(texts: Sequence[str], choices: Mapping[str, tuple[str, ...]], grid: Grid) -> str:
    """Return the kind that a label says, by the group's own answers first: `genre.Réunion` → `commun`."""
    for text in texts:
        if own := grid.answers.get(f"genre.{bare(text)}"):
            return own
        for word in (text, *re.findall(r"[^\W\d_]+", text)):
            try:
                return read_choice(word, choices)
            except RefusedCell:
                continue
    return ""


def _say_unused(block: Block, ranks: Sequence[int], findings: Findings) -> None:
    unused = [title for at, title in enumerate(block.titles) if at not in ranks and title and block.column(at)]
    if unused:
        told = listing([f"« {title} »" for title in unused[:8]]) + ("…" if len(unused) > 8 else "")
        one = len(unused) == 1
        findings.note(
            block.grid.place(block.head),
            f"{'cette colonne n’est pas utilisée' if one else 'ces colonnes ne sont pas utilisées'} : {told}.".replace(
                "’", "'"
            ),
        )
