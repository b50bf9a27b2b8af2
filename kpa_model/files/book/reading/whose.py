"""Whose hours a table holds, when no column tells; and which lines of a list of the whole CAE are the group's."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from kpa_model.files.book.building import initials
from kpa_model.files.book.cells import as_text, bare, chosen, same
from kpa_model.files.book.dictionaries import dictionaries, table_named
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.titles import BESIDE_WORK
from kpa_model.files.book.reading.context import NAMES, WHOSE, Context, institution, timeless
from kpa_model.files.book.reading.fields import Assigned
from kpa_model.files.book.reading.spread.people import TOTAL, names
from kpa_model.files.book.vocabulary import pattern, word_set
from kpa_model.files.book.where import letter
from kpa_model.words import count

WHO = "colonne.personne"
"""The topic of the column that says who worked."""


def whose(block: Block, context: Context) -> str:
    """Return the person whom the name of a sheet or of a file, or what is written above a table, speaks of.

    Above one of several tables, words that may be somebody are enough.
    """
    if (told := block.heading).label:
        return told.owner or (told.label if told.ways else "")
    own = "" if context.people else named_sheet(block.grid)
    above = {who for text in block.above if (who := context.person_in([text]))}
    if len(above) > 1:  # « Awa », « Bruno » above columns: none of them did it all
        return ""
    return context.person_in(block.names) or _named_above(block) or own


def named_by_line(block: Block, context: Context) -> bool:
    """Tell whether a column names somebody known on each line, totals left aside: no title beside it is somebody."""
    ranks = (at for at, title in enumerate(block.titles) if not BESIDE_WORK.search(title))
    texts = ([text for cell in block.column(at) if not TOTAL.match(text := as_text(cell))] for at in ranks)
    return any(each and all(map(context.is_person, each)) for each in texts)


_CALLED = re.compile(
    r"((nom|pr[ée]nom|salari[ée]e?|coop[ée]rateur|coop[ée]ratrice|personne)s?\b[^:]*) ?(?::(.*))?", re.IGNORECASE
)


def _named_above(block: Block) -> str:
    """Return the name written above a table, after its label: « Nom : Awa », or « Nom » and « Awa » beside it.

    Any label will do where its initials name the sheet.
    """
    for at, text in enumerate(block.above):
        if found := _CALLED.fullmatch(text.strip()):
            beside = block.above[at + 1] if at + 1 < len(block.above) else ""
            if 0 < len(name := ((found[3] or "").strip() or beside).split()) <= 3:
                return " ".join(name)
    short = bare(block.grid.sheet)
    labelled = " ".join(f"{text};" for text in block.above).replace(":;", ":")  # a label may have its own cell
    written = (part.rpartition(":")[2].strip() for part in labelled.split(";") if ":" in part)
    return next((name for name in written if len(short) > 1 and names([name]) and short in initials(name)), "")


def named_sheet(grid: Grid) -> str:
    """Return a name of sheet that can be the name of a person nobody has met yet."""
    if table_named(grid.sheet, dictionaries()):
        return ""
    name = re.sub(
        rf"\b(heures?|temps|relev[ée]|suivi|de|d'|du|des|20\d\d|feuil\w*|sheet\w*|{NAMES})\b|[\d_]"
        r"|\b([ée]margements?|pr[ée]sences?|planning|pointage|tableau|calendrier|export\w*|saisie|bilan|r[ée]cap\w*|total|ann[ée]e|mois|sem\w*)\b",
        " ",
        grid.sheet,
        flags=re.IGNORECASE,
    )
    words = name.split() if len(name.strip()) > 1 and not re.search(r"[^\W\d]\d", grid.sheet) else []
    named = 0 < len(words) <= 3 and words[0][0].isupper() and not _THING.match(words[0])
    return " ".join(words) if named else ""


def topic_of(grid: Grid) -> str:
    """Return the topic of whose hours a sheet holds: two files may each have a sheet « avril », of two people."""
    own = grid.sheet and not named_sheet(grid) and named_file(grid)
    return f"personne.{timeless(grid.file.rsplit('.', 1)[0] if own else grid.name)}"


def named_file(grid: Grid) -> str:
    """Return the name that may be somebody's in a name of file, « timew-nadia » or « heures_de_Nadia »; else nothing.

    >>> named_file(Grid("timew-nadia.csv", "", ())), named_file(Grid("export 2026-09 (b2).csv", "", ()))
    ('Nadia', '')
    >>> named_file(Grid("heures Lou.ods", "Feuil1", ())), named_file(Grid("heures Lou.ods", "mars et avril 2026", ()))
    ('Lou', 'Lou')
    """
    plain = not re.search(
        r"[^\W\d_]", re.sub(rf"\b(feuil(le)?|sheet|tabelle|et|à|{NAMES})(?![^\W\d_])", "", grid.sheet, flags=re.I)
    )
    said = re.sub(r"[\W\d_]+", " ", grid.file.rsplit(".", 1)[0] if plain else "")
    words = [word for word in said.split() if not no_name(word)]
    told = (
        0 < len(words) <= 3 and len("".join(words)) > 1 and not any(table_named(word, dictionaries()) for word in words)
    )
    return " ".join(word.capitalize() for word in words) if told else ""


def no_name(word: str) -> bool:
    """Tell whether a word names nobody: a program, a month, « heures », « relevé »."""
    said = {same(word), same(word).removesuffix("s")}
    thing = _THING.fullmatch(word) or _TRACKER.search(word)
    return bool(said & _NOT_NAMES or thing or re.fullmatch(NAMES, word, re.IGNORECASE))


_TRACKER = re.compile(r"(track(er|ing)?|sheets?|timer|log(ger)?)$", re.IGNORECASE)
"""How the names of many programs end."""
_NOT_NAMES = word_set("whose.not_names")
_THING = pattern("whose.no_person", r"(WORDS)\b", re.IGNORECASE)
"""What begins the name of a sheet, or of a file, that says what it counts: nobody's name."""


def whose_surely(block: Block, found: Assigned, context: Context) -> str:
    """Return whose hours a table holds, but for a name of its sheet alone beside a column that may say who worked."""
    who = whose(block, context)
    of_sheet = who and who == named_sheet(block.grid) and not (context.people or _named_above(block))
    posts = map(of_a_member, of_names(block, found, things=True))
    return "" if of_sheet and (of_names(block, found) or any(posts)) else who


def of_a_member(title: str) -> bool:
    """Tell whether a title is one of a list of members: « Poste », « Rôle »."""
    return column_of(title, dictionaries()["personnes"]) is not None


def of_names(block: Block, found: Assigned, things: bool = False, once: bool = False) -> list[str]:
    """Return the titles of columns whose cells can be names of people, a few ones again and again.

    When no name comes again, a title that nobody knows is enough. One that speaks of something else is no people's, nor
    is one word on every line of a file that bears the name of somebody. `things`: those of such titles instead,
    « Poste », whose names come again. `once`: those whose names come once too, after the others.
    """
    if WHO in block.grid.answers and not things:
        return []
    columns = {at: block.column(at) for at, title in enumerate(block.titles) if of_things(title) == things}
    free = {at: cells for at, cells in columns.items() if at not in found.ranks.values() and names(cells)}
    free = {at: cells for at, cells in free.items() if not {same(as_text(each)) for each in cells} <= _TICKED}
    kinds = found.dictionary.column("genre").choices
    free = {at: each for at, each in free.items() if not any(chosen(c, kinds) or institution(as_text(c)) for c in each)}
    if named_sheet(block.grid) or named_file(block.grid):
        free = {at: cells for at, cells in free.items() if len({same(as_text(each)) for each in cells}) > 1}
    kept = [at for at, cells in free.items() if 1 < len({same(as_text(each)) for each in cells}) < len(cells)]
    alone = [at for at, cells in free.items() if at not in kept and len(cells) > 1 and not things]
    return [title_of(block, at) for at in (*kept, *(alone if once or not kept else ()))]


def title_of(block: Block, at: int) -> str:
    """Return what a column is called in a question and its answer: its title, else its letter."""
    return block.titles[at] or f"colonne {letter(at)}"


OF_WORK = pattern("whose.of_work", flags=re.IGNORECASE)
"""What the title of who worked says; « Nom », « Membre » may be those of anybody."""
_TICKED = {"true", "false", "vrai", "faux", "oui", "non", "yes", "no"}
_BEFORE_THINGS = (
    r"(^|nom (?:du |de la |de l['’]|des |d['’])|.*\b(?=client|customer|project|projet|task|t[âa]che|tag|company))"
)
_THINGS = pattern("whose.things", _BEFORE_THINGS + r"(WORDS)(e?s|ies)?\b", re.IGNORECASE)
"""What a title of work, of a customer, of a place begins with; « Artisan du jour » is somebody."""


def of_things(title: str) -> bool:
    """Tell whether a title is that of work, of a customer, of a place: not of who worked."""
    leads = {column.name for each in dictionaries().values() if (column := column_of(title, each))}
    return "personne" not in leads and bool(leads or _THINGS.match(title))


_TABLES = {"factures", "achats", "heures"}
TOPIC, _MOST = "notres", 12


def ours(block: Block, found: Assigned, context: Context, findings: Findings) -> Block:
    """Return the lines of the group, as it said which names are its own; asked once when a column has several."""
    at = next((at for at, title in enumerate(block.titles) if bare(title) in WHOSE), -1)
    if at < 0 or at == found.ranks.get("personne") or found.dictionary.table not in _TABLES or not findings.asking:
        return block
    lines = Counter(as_text(cell) for cell in block.column(at))
    if not 1 < len(lines) <= _MOST or all(map(context.is_person, lines)):  # who works here sells for the group
        return block
    answers, place = block.grid.answers, block.grid.place(block.head, at, block.titles[at])
    asked = answers.get(f"{TOPIC}{ASKED}", "").split("|")
    if new := [name for name in lines if name not in asked]:
        options = tuple((name, f"{name} ({count(lines[name], 'ligne', 'lignes')})") for name in new)
        question = f"« {block.titles[at]} » a plusieurs noms. Lesquels sont à votre groupe ?"
        todo = "Gardez seulement les lignes de votre groupe."
        findings.doubt(place, Doubt(TOPIC, question, options, todo, several=True, every="Tous ces noms"))
        return block
    others = lines.keys() - set(answers.get(TOPIC, "").split("|"))
    for name in sorted(others):
        many = count(lines[name], "ligne n'est pas lue", "lignes ne sont pas lues")
        findings.heed(place, f"« {name} » n'est pas à vous : {many}.")
    kept = [line for line in block.lines if at >= len(line[1]) or as_text(line[1][at]) not in others]
    return replace(block, lines=kept)
