"""Whose hours a table holds, when no column tells: what is written above, the name of its sheet or of its file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, bare, chosen, same
from kpa_model.files.book.dictionaries import dictionaries, table_named
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import column_of, layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import NAMES, Context, institution, timeless
from kpa_model.files.book.reading.fields import Assigned
from kpa_model.files.book.reading.spread.people import names


def whose(block: Block, context: Context) -> str:
    """Return the person whom the name of a sheet or of a file, or what is written above a table, speaks of."""
    own = "" if context.people else named_sheet(block.grid)
    return context.person_in(block.names) or _named_above(block) or own


def owned(found: Sequence[Block], name_like: Callable[[str], bool]) -> list[Block]:
    """Say whose each table of hours is, when several stand on a sheet, each under another name alone."""
    owners = [next(filter(None, (_own(text, name_like) for text in reversed(each.above))), "") for each in found]
    named = {same(who) for who in owners if name_like(who) and not _NOBODY.search(same(who))}
    alone = {*map(same, owners)} == named and len(named) > 1 and len({each.above for each in found}) == len(found)
    alike = len({tuple(filter(None, map(bare, each.titles))) for each in found}) == 1
    if len(found) < 2 or not alone or not (alike or all(map(_of_hours_alone, found))):
        return [*found]
    return [replace(each, above=(f"Nom : {who}", *each.above)) for each, who in zip(found, owners, strict=True)]


def _own(text: str, name_like: Callable[[str], bool]) -> str:
    """Return the name in a text above a table, without its month or what announces it: « Awa — mars 2026 ».

    It is empty when the text says nothing else; one where two names may be, « Awa - Halle », stays as it is.
    """
    parts = [each for each in _BETWEEN.split(text.strip()) if not _BESIDE.fullmatch(each.strip())]
    own = [re.sub(rf" ((en|de|pour) |d['’])?{_DATED}$", "", _OF.sub("", each.strip()), flags=re.I) for each in parts]
    sure = [each for each in own if name_like(each) and not _NOBODY.search(same(each))]
    return sure[0] if len(sure) == 1 else text.strip() if own else ""


_BETWEEN = re.compile(r"\s[-|/]\s|[–—:,()\[\]]")
_DATED = rf"(({NAMES})\.? 20\d\d|(0?[1-9]|1[0-2])[-/.]20\d\d)"
_BESIDE = re.compile(
    rf"(mois (de |d['’])?)?({_DATED}|({NAMES})\.?( ?\d\d)?|20\d\d|)|nom|pr[ée]nom|mois|salari[ée]e?|personne"
    r"|((mes|les|ses) )?(heures?|temps|suivi|fiche|feuille|relev[ée])s?( (d['’]heures?|de temps|des heures|du mois))?",
    re.IGNORECASE,
)
"""What stands beside a name above her table: a month, « Feuille de temps »."""
_OF = re.compile(r"^(les )?(heures?|temps|suivi|fiche|feuille)( d'heures| de temps)? (de |d['’]|du )", re.IGNORECASE)
"""What may come before a name above her table: « Heures de Awa »."""
_NOBODY = re.compile(
    r"\b(semaine|quinzaine|mois|jour|matin|soir|apres midi|equipe|groupe|atelier|chantier|projet|client|lieu|site)s?\b"
)
"""Words above a table that name nobody: « Semaine A », « Équipe du matin »."""


def _of_hours_alone(block: Block) -> bool:
    """Tell whether titles lead to a time, and to nobody."""
    leads = {found.name for title in block.titles if title and (found := column_of(title, dictionaries()["heures"]))}
    return "duree" in leads and "personne" not in leads


def sectioned(block: Block, name_like: Callable[[str], bool]) -> Block:
    """Write whose each line of hours is in a column, where a name alone stands above her lines: « Awa », then hers."""
    alone = [(at, _alone(cells)) for at, (_, cells) in enumerate(block.lines)]
    heads = {at: text for at, text in alone if text and name_like(text)}
    if not _of_hours_alone(block) or any(map(layer, block.titles)) or len(heads) < 2 or 0 not in heads:
        return block
    wide, lines, who = len(block.titles), list[Line](), ""
    for at, (number, cells) in enumerate(block.lines):
        who = heads.get(at, who)
        if at not in heads:
            lines.append((number, [*cells, *[""] * (wide - len(cells)), who]))
    return replace(block, heads=[*block.heads, "Personne"], titles=[*block.titles, "Personne"], lines=lines)


def _alone(cells: Sequence[Cell]) -> str:
    """Return the only text of a line that holds nothing else."""
    filled = [each for each in cells if as_text(each)]
    return as_text(filled[0]) if len(filled) == 1 and isinstance(filled[0], str) else ""


_CALLED = re.compile(
    r"((nom|pr[ée]nom|salari[ée]e?|coop[ée]rateur|coop[ée]ratrice|personne)s?\b[^:]*) ?(?::(.*))?", re.IGNORECASE
)


def _named_above(block: Block) -> str:
    """Return the name written above a table, after its label: « Nom : Awa », or « Nom » and « Awa » beside it."""
    for at, text in enumerate(block.above):
        if found := _CALLED.fullmatch(text.strip()):
            beside = block.above[at + 1] if at + 1 < len(block.above) else ""
            if 0 < len(name := ((found[3] or "").strip() or beside).split()) <= 3:
                return " ".join(name)
    return ""


def named_title(block: Block, name_like: Callable[[str], bool]) -> str:
    """Return the one name alone in what is written above a table, « ROSA MENDES », « Lou Petit - mes heures »."""
    heads = (_OF.sub("", re.split(r" [-–—:|] |[,(]", text)[0]).strip() for text in block.above)
    found = [" ".join(map(str.capitalize, text.split())) if text.isupper() else text for text in heads]
    told = {text for text in found if name_like(text) and not any(map(_no_name, re.findall(r"\w+", text)))}
    told -= {text for text in told if _NOBODY.search(same(text)) or institution(text)}
    return told.pop() if len(told) == 1 else ""


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
    return " ".join(words) if 0 < len(words) <= 3 and words[0][0].isupper() else ""


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
    words = [word for word in said.split() if not _no_name(word)]
    told = (
        0 < len(words) <= 3 and len("".join(words)) > 1 and not any(table_named(word, dictionaries()) for word in words)
    )
    return " ".join(word.capitalize() for word in words) if told else ""


def _no_name(word: str) -> bool:
    """Tell whether a word names nobody: a program, a month, « heures », « relevé »."""
    said = {same(word), same(word).removesuffix("s")}
    return bool(said & _NOT_NAMES or _TRACKER.search(word) or re.fullmatch(NAMES, word, re.IGNORECASE))


_TRACKER = re.compile(r"(track(er|ing)?|sheets?|timer|log(ger)?)$", re.IGNORECASE)
"""How the names of many programs end."""
_NOT_NAMES = {
    *(
        "timew",
        "timewarrior",
        "time",
        "timesheet",
        "track",
        "toggl",
        "clockify",
        "harvest",
        "kimai",
        "watson",
        "tyme",
        "jiffy",
        "timely",
        "tmetric",
        "everhour",
        "hamster",
        "gleeo",
        "work",
        "working",
        "export",
    ),
    *(
        "stt",
        "record",
        "records",
        "simple",
        "tracker",
        "atimelogger",
        "boosted",
        "timetrack",
        "tracking",
        "app",
        "appli",
    ),
    *("report", "summary", "detailed", "entries", "entry", "log", "data", "csv", "from", "to", "of", "hours", "week"),
    *("heures", "heure", "temps", "travail", "feuille", "feuilles", "fiche", "fiches", "releve", "suivi", "pointage"),
    *("planning", "tableau", "saisie", "bilan", "recap", "total", "annee", "mois", "semaine", "jour", "jours", "du"),
    *("reponse", "reponses", "response", "responses", "form", "formulaire", "google", "sheet", "octobre", "page"),
    *("de", "des", "la", "le", "les", "d", "l", "nos", "mes", "et", "au", "copie", "copy", "final", "v", "activite"),
    *("appel", "telephone", "permanence", "reunion", "rdv", "rendez", "vous", "visite", "intervention", "evenement"),
    *(
        "call",
        "meeting",
        "event",
        "appointment",
        "calendar",
        "calendrier",
        "cal",
        "ical",
        "ics",
        "tache",
        "task",
        "atelier",
        "chantier",
    ),
    *("worklog", "shift", "journal", "agenda", "cahier", "team", "staff", "equipe", "tous", "toutes", "all"),
}


def whose_surely(block: Block, found: Assigned, context: Context) -> str:
    """Return whose hours a table holds, but for a name of its sheet alone beside a column that may say who worked."""
    who = whose(block, context)
    of_sheet = who and who == named_sheet(block.grid) and not (context.people or _named_above(block))
    posts = map(of_a_member, of_names(block, found, things=True))
    return "" if of_sheet and (of_names(block, found) or any(posts)) else who


def of_a_member(title: str) -> bool:
    """Tell whether a title is one of a list of members: « Poste », « Rôle »."""
    return column_of(title, dictionaries()["personnes"]) is not None


def of_names(block: Block, found: Assigned, things: bool = False) -> list[str]:
    """Return the titles of columns whose cells can be names of people, a few ones again and again.

    When no name comes again, a title that nobody knows is enough. One that speaks of something else is no people's, nor
    is one word on every line of a file that bears the name of somebody. `things`: those of such titles instead,
    « Poste », whose names come again.
    """
    if "colonne.personne" in block.grid.answers and not things:
        return []
    columns = {at: block.column(at) for at, title in enumerate(block.titles) if title and _of_things(title) == things}
    free = {at: cells for at, cells in columns.items() if at not in found.ranks.values() and names(cells)}
    free = {at: cells for at, cells in free.items() if not {same(as_text(each)) for each in cells} <= _TICKED}
    kinds = found.dictionary.column("genre").choices
    free = {at: each for at, each in free.items() if not any(chosen(c, kinds) or institution(as_text(c)) for c in each)}
    if named_sheet(block.grid) or named_file(block.grid):
        free = {at: cells for at, cells in free.items() if len({same(as_text(each)) for each in cells}) > 1}
    kept = [at for at, cells in free.items() if 1 < len({same(as_text(each)) for each in cells}) < len(cells)]
    return [block.titles[at] for at in kept or (() if things else free) if at in kept or len(free[at]) > 1]


_TICKED = {"true", "false", "vrai", "faux", "oui", "non", "yes", "no"}
_THINGS = re.compile(
    r"(^|.*\b(?=client|customer|project|projet|task|t[âa]che|tag|company))(task|job|project|projet|t[âa]che|activit[éy]|category"
    r"|cat[ée]gorie|tag|label|[ée]tiquette|customer|client|company|site|lieu|place|location|motif|raison|mission|chantier"
    r"|dossier|type|genre|sorte|th[èe]me|rubrique|poste|day|week|jour|semaine|month|mois|commune|ville|city|produit|product"
    r"|domaine?|service|status|statut|[ée]tat|priorit[éy]|crit[èe]re|sensibilit[éy]|disponibilit[éy]|importance|urgence)(e?s|ies)?\b",
    re.IGNORECASE,
)
"""What a title of work, of a customer, of a place begins with; « Artisan du jour » is somebody."""


def _of_things(title: str) -> bool:
    """Tell whether a title is that of work, of a customer, of a place: not of who worked."""
    leads = {column.name for each in dictionaries().values() if (column := column_of(title, each))}
    return "personne" not in leads and bool(leads or _THINGS.match(title))
