"""Whose hours a table holds, when no column tells, or two may: what stands above or around tells, or it is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kpa_model.files.book.cells import Cell, as_text, bare, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, LaidLine
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading import tags
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.answered import BOTH, IN_COLUMN
from kpa_model.files.book.reading.columns.titles import BESIDE_WORK
from kpa_model.files.book.reading.context import NO_HEADING, Context, Heading, timeless
from kpa_model.files.book.reading.fields import Assigned
from kpa_model.files.book.reading.islands import first_title
from kpa_model.files.book.reading.scores import no_worker
from kpa_model.files.book.reading.spread.people import TOPIC, name_like
from kpa_model.files.book.reading.whose import (
    OF_WORK,
    WHO,
    named_file,
    named_sheet,
    of_a_member,
    of_names,
    title_of,
    topic_of,
    whose_surely,
)
from kpa_model.files.book.reading.written.above import BESIDE, named_title, words_above, written_above
from kpa_model.files.book.reading.written.teammates import TOPIC as TEAM
from kpa_model.files.book.where import Place
from kpa_model.words import capital, listing

_NONE, ONE, _MOST, _SHOWN = "aucune", "une", 20, 3
ANOTHER_WAY = ((ONE, "aucun : elles sont d'une seule personne"), (_NONE, "aucun : je dirai de qui, une par une"))
"""What can be said of words above hours that name nobody."""
_NO_HOURS = ("rien", "rien de cela : ce ne sont pas des heures")
UNNAMED, TITLES = "du tableau n° ", "sous les titres"
"""Which hours are under no words: those of a table, before its rank; the first ones of a table."""
_TODO = "Ajoutez une colonne « personne », ou donnez à la feuille le nom de la personne."


def whose_hours(
    block: Block, found: Assigned, context: Context, grid: Grid, findings: Findings
) -> dict[str, Cell] | None:
    """Return what the sheet says of every line: whose hours these are. None, and a doubt, when nothing tells."""
    if block.heading is not NO_HEADING:
        who = owner_above(block.heading, grid.place(block.head), grid, context, findings)
        return {"personne": who} if who or findings.asking else None
    topic = topic_of(grid)
    if (who := grid.answers.get(topic, "")) and not who.startswith(
        IN_COLUMN
    ):  # told once, perhaps about the file of another month: it is told again
        names = (named_sheet(grid), named_file(grid), _likely(block))
        tell = findings.note if any(_named_in(name, who) for name in names if name) else findings.heed
        tell(grid.place(), f"ces heures sont celles de « {who} », comme vous l'avez dit.")
        return {"personne": who}
    words = [word.text for row in words_above(block) for word in row if word.may_name]
    who = whose_surely(block, found, context)
    both = who == named_sheet(grid) and not context.is_person(who) and same(who) in map(same, words) and len(words) > 1
    if who and not both:  # « Awa - Halle » on the sheet « Halle »
        findings.note(grid.place(), f"ces heures sont celles de « {who} », d'après le nom de la feuille ou du fichier.")
        return {"personne": who}
    if findings.asking and tags.ask(block, context, findings):
        return None
    if findings.asking and (named := [*_of_people(block, found, context), *of_names(block, found, once=True)]):
        _ask_column(block, named, findings, (_NONE, "aucune : elles sont d'une seule personne"))
        return None
    start = first_title(block)
    place = grid.place(block.head, start, block.titles[start]) if start else grid.place()  # right of another table
    findings.doubt(place, _who(block, found, context, words))
    return {"personne": ""} if findings.asking and topic not in grid.answers else None


def _of_people(block: Block, found: Assigned, context: Context) -> list[str]:
    """Return the columns read as an order, or a customer, that only name people of the group: « Pour »."""
    ranks = (found.ranks.get(name, -1) for name in ("commande", "client"))
    people = (at for at in ranks if at >= 0 and all(context.is_person(as_text(cell)) for cell in block.column(at)))
    return [title_of(block, at) for at in people]


def two_columns(block: Block, found: Assigned, context: Context, findings: Findings) -> bool:
    """Ask who worked, when « Nom » may be a customer's, beside « Technicienne »; tell whether it did.

    A column says it alone when its title speaks of work, when only it names people who are known, or when the other one
    names some of the same people, « Avec »: that one is told as not read.
    """
    at = found.ranks.get("personne", -1) if found.dictionary.table == "heures" else -1
    answers = block.grid.answers
    if not findings.asking or at < 0 or OF_WORK.search(block.titles[at]) or {WHO, TOPIC, TEAM} & {*answers}:
        return False
    ranks = {title_of(block, rank): rank for rank in range(len(block.titles))}
    others = [ranks[title] for title in of_names(block, found) if _may_have_worked(block, ranks[title], at, context)]
    known = [each for each in (at, *others) if all(context.is_person(as_text(cell)) for cell in block.column(each))]
    if not others or known == [at]:
        return False
    likely = [at, *others]
    likely.sort(key=lambda each: (each not in known, all(map(no_worker, block.column(each)))))
    likely.sort(key=lambda each: not OF_WORK.search(block.titles[each]))
    _ask_column(block, [title_of(block, each) for each in likely], findings)
    return True


_HOUSE = re.compile(r"(etablissement|structure|entite|societe|entreprise|association|cooperative|agence|site|equipe)s?")
"""What heads the one name of the group itself, beside those of its people."""


def _may_have_worked(block: Block, at: int, titled: int, context: Context) -> bool:
    """Tell whether a column of names may say who worked, though another one is `titled` as if it did."""
    title, cells = block.titles[at], block.column(at)
    if BESIDE_WORK.search(title) or context.sells_to(cells) or all(map(no_worker, cells)):
        return False
    if _HOUSE.fullmatch(same(title)) and len({same(as_text(cell)) for cell in cells}) == 1 < len(
        {*block.column(titled)}
    ):
        return False
    if bare(block.titles[titled]) in {"qui", "who"} and may_say(title, "personne", dictionaries()["heures"]):
        return False
    return not {same(as_text(cell)) for cell in cells} <= {same(as_text(cell)) for cell in block.column(titled)}


def _ask_column(block: Block, named: Sequence[str], findings: Findings, *more: tuple[str, str]) -> None:
    """Ask which of some columns says who worked, the most likely one first; all of them, when people come in each."""
    columns = {title_of(block, at): block.column(at) for at in range(len(block.titles))}
    shown = {title: listing([*dict.fromkeys(map(as_text, columns[title]))], most=_SHOWN) for title in named}
    written = {as_text(cell) for _, cells in block.grid.lines for cell in cells} | {*columns} - {"personne"}
    said = {title: f"« {title} » : " if title in written else "" for title in named}
    people = [{same(as_text(cell)) for cell in columns[title]} for title in named]
    every = "les deux : ils ont travaillé ensemble" if len(named) == 2 else "toutes : ils ont travaillé ensemble"
    team = [(BOTH.join(named), every)] if len(named) > 1 and set.intersection(*people) else []
    columns_told = ((title, f"{said[title]}{names}") for title, names in shown.items())
    options = (*columns_told, *team, *more, *_way_out(block))
    doubt = Doubt(WHO, "Quelle colonne dit qui a travaillé ?", options, "Titre : personne.")
    findings.doubt(block.grid.place(block.head), doubt)


def _who(block: Block, found: Assigned, context: Context, words: Sequence[str]) -> Doubt:
    """Return the question of whose hours a table holds: near names, some of the `words` above it, then known people."""
    grid = block.grid
    likely = _likely(block)
    near = filter(None, (likely, named_file(grid), named_title(block), *words))
    people: dict[str, str] = {}
    for each in (*near, *context.people.values()):
        people.setdefault(same(each), each)
    columns = [(f"{IN_COLUMN}{each}", f"la colonne « {each} » le dit") for each in of_names(block, found, things=True)]
    posts = [each for each in columns if of_a_member(each[0].removeprefix(IN_COLUMN))]
    others = (each for each in columns if each not in posts)
    options = (*posts, *((name, name) for name in [*people.values()][:_MOST]), *others, *_way_out(block))
    return Doubt(topic_of(grid), "De qui sont ces heures ?", options, _TODO, typed="Son nom", likely=likely)


def _way_out(block: Block) -> tuple[tuple[str, str], ...]:
    """Return what says that numbers laid out from many columns are no hours; nothing for a line a fact."""
    return (_NO_HOURS,) if any(isinstance(number, LaidLine) for number, _ in block.lines[:1]) else ()


def _named_in(name: str, who: str) -> bool:
    """Tell whether a name is that of somebody, or a part of it: « Aicha », of « Aïcha Mansouri »."""
    return {*same(name).split()} <= {*same(who).split()}


def _likely(block: Block) -> str:
    """Return who the name of a sheet or of a file speaks of, written whole where a title above says it."""
    return written_above(named_sheet(block.grid) or named_file(block.grid), block)


def owner_above(told: Heading, place: Place, grid: Grid, context: Context, findings: Findings) -> str:
    """Return whose hours are, by the words above them alone; an empty text, and a doubt, when it is not sure."""
    answered = told.topic in grid.answers
    if told.owner:
        if told.ways and answered:
            findings.heed(grid.place(), f"qui a travaillé, comme vous l'avez dit : {told.ways[0][1]}.")
        else:
            findings.note(place, f"ces heures sont celles de « {told.owner} », d'après ce qui est écrit au-dessus.")
        return told.owner
    if told.ways and not answered:
        question = "Lesquels de ces mots disent qui a travaillé ?"
        options = told.ways
        if told.ways == ANOTHER_WAY:
            question = "Ces heures sont-elles d'une seule personne ?"
            options = ((ONE, "oui"), (_NONE, "non : je dirai de qui, une par une"))
        findings.doubt(place, Doubt(told.topic, question, options, _TODO))
        return ""
    topic = f"{topic_of(grid)}.{timeless(told.label)}"
    if who := grid.answers.get(topic, ""):
        findings.heed(place, f"ces heures sont celles de « {who} », comme vous l'avez dit.")
        return who
    unnamed = told.label.startswith((UNNAMED, TITLES))
    question = f"De qui sont les heures {told.label if unnamed else f'sous « {told.label} »'} ?"
    words = () if unnamed else told.label.split(BESIDE)
    names = filter(name_like, (capital(each) for each in words if "@" not in each))
    near = filter(None, (named_sheet(grid), named_file(grid)))
    options = tuple((name, name) for name in [*dict.fromkeys((*names, *near, *context.people.values()))][:_MOST])
    findings.doubt(place, Doubt(topic, question, options, _TODO, typed="Son nom"))
    return ""
