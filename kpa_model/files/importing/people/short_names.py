"""Somebody written short in one file and whole in another, « nora » or « n.chabane » for Nora Chabane: asked once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from kpa_model.files.book.building import initials, names_in, short_forms
from kpa_model.files.book.cells import bare, same
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.reading.context import COURTESY, without_courtesy
from kpa_model.files.book.tables import Row, Values
from kpa_model.files.book.where import Place
from kpa_model.files.importing.people.joined_names import joined
from kpa_model.files.importing.people.misspelt import ends_otherwise, misspelt, near_elsewhere, written_otherwise
from kpa_model.words import listing

TOPIC, WHO = "personnes.memes", "personnes.qui"
_MOST, _LEAST, _ASKED_ABOUT, _OFFERED, _INITIALS = 5, 4, 3, 12, 3
_TODO = "Écrivez chaque personne sous un seul nom dans tous les fichiers."
_WORKED, _BROUGHT = ("heures", "declarations"), ("commandes", "factures")
_COLUMNS = (*((table, "personne") for table in _WORKED), *((table, "apportee_par") for table in _BROUGHT))


def whole_names(
    tables: Mapping[str, list[Row]],
    held: Mapping[str, Iterable[Values]],
    answers: Mapping[str, str],
    name: str,
    findings: Findings,
) -> bool:
    """Write whole the names that are short, once it is told who they are; tell whether it is asked.

    Args:
        tables: what the files give.
        held: what the book holds already.
        answers: what was answered about the book.
        name: what the book is called.
        findings: where the question goes.
    """
    _without_courtesy(tables, held, name, findings)
    listed = (*tables.get("personnes", ()), *held.get("personnes", ()))
    people = {str(each.get("personne") or "") for each in listed} - {""}
    own = {same(each) for each in people}  # who is in the list of people is called that way
    named = [(who, row) for row, column in _rows(tables) for who in _named(row, column)]
    met = {who for who, _ in named}
    whole = met | people
    otherwise = written_otherwise(met, whole, own)
    sold = (each.get("client") for table in _BROUGHT for each in (*tables.get(table, ()), *held.get(table, ())))
    otherwise |= {who: her for who, her in joined(met, people, [*filter(None, sold)]).items() if same(who) not in own}
    whole -= otherwise.keys()
    pairs = {short: full for short in met if same(short) not in own and (full := _full(short, whole))}
    pairs |= {who: short for who in met if same(who) not in own and (short := _shortened(who, people, met))}
    pairs = near_elsewhere(_places(named), Counter(who for who, _ in named), own) | otherwise | pairs
    pairs |= misspelt([who for who, _ in named], people, own)
    unsure = {short: several for short in met if same(short) not in own and (several := _several(short, whole))}
    pairs_told = (each.split("=", 1) for each in answers.get(TOPIC, "").split("|") if each)
    told = {same(short): full for short, full in pairs_told}
    told |= {same(short): who for short in met if (who := answers.get(f"{WHO}.{bare(short)}", ""))}
    asked = {same(each.split("=", 1)[0]) for each in answers.get(f"{TOPIC}{ASKED}", "").split("|")}
    alike = {same(short): short for short in sorted(pairs, reverse=True)}  # « Nora » and « nora » are one already
    left = {short: pairs[short] for key, short in sorted(alike.items()) if key not in asked}
    if not left and all(same(short) in told for short in unsure):  # else who has no hours is not known yet
        unsure = _nicknames(tables, held, told, asked, name, findings)
    _ask_who({short: names for short, names in unsure.items() if same(short) not in told}, name, findings)
    _say_begun(met, own, {each for each in whole if same(each) not in told and each not in pairs}, name, findings)
    if left:
        _ask_pairs(left, name, findings)
    for row, column in _rows(tables):
        said = _named(row, column)
        if any(same(each) in told for each in said):
            row.values[column] = ", ".join(dict.fromkeys(told.get(same(each), each) for each in said))
    return bool(left) or any(same(short) not in told for short in unsure)


def _ask_pairs(left: Mapping[str, str], name: str, findings: Findings) -> None:
    """Ask together who each short or near name is."""
    options = tuple((f"{short}={full}", f"« {short} » est « {full} »") for short, full in left.items())
    question = "Est-ce la même personne ?" if len(left) == 1 else "Est-ce que ce sont les mêmes personnes ?"
    every = "Oui" if len(left) == 1 else "Oui, toutes"
    findings.doubt(Place(name), Doubt(TOPIC, question, options, _TODO, several=True, every=every))


def _places(named: Sequence[tuple[str, Row]]) -> dict[str, set[tuple[str, str]]]:
    """Return the files and sheets that name each; the sheets of a file that each hold one person are one place."""
    sheets: dict[tuple[str, str], set[str]] = defaultdict(set)
    for who, row in named:
        sheets[row.source].add(who)
    places: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for (file, sheet), people in sheets.items():
        for who in people:
            places[who].add((file, sheet if len(people) > 1 else ""))
    return dict(places)


def _without_courtesy(
    tables: Mapping[str, list[Row]], held: Mapping[str, Iterable[Values]], name: str, findings: Findings
) -> None:
    """Write people without « Mme » or « M. », as the book does; two who differ by it alone keep it. It is told."""
    rows = [*_rows(tables), *((row, "personne") for row in tables.get("personnes", ()))]
    said = {who for row, column in rows for who in _named(row, column)}
    kept = {str(each.get("personne") or "") for each in held.get("personnes", ())}
    alike: dict[str, dict[str, str]] = defaultdict(dict)
    for who in sorted(said | kept, key=lambda who: (who not in kept, without_courtesy(who) != who)):
        alike[same(without_courtesy(who))].setdefault(same(who), who)
    told = {
        key: first if first in kept else without_courtesy(first)
        for plain, group in alike.items()
        for key in group
        if len({_hers(each) for each in group.keys() - {plain}}) < 2 and (first := next(iter(group.values())))
    }
    changed = sorted(who for who in said if same(told.get(same(who), who)) != same(who))
    for row, column in rows if changed else ():
        own = _named(row, column)
        if any(who in changed for who in own):
            row.values[column] = ", ".join(told[same(who)] if who in changed else who for who in own)
    if changed:
        pairs = listing([f"« {who} » est « {told[same(who)]} »" for who in changed], most=_MOST)
        findings.heed(Place(name), f"{pairs} : « Mme » ou « M. » n'est pas dans le nom.")


def _hers(name: str) -> bool:
    """Tell whether the title of courtesy before a name is a woman's: « mme », « mlle », « madame »."""
    return bool(re.match(r"(mme|mlle|ma)", name))


def _nicknames(
    tables: Mapping[str, list[Row]],
    held: Mapping[str, Iterable[Values]],
    told: Mapping[str, str],
    asked: Collection[str],
    name: str,
    findings: Findings,
) -> dict[str, list[str]]:
    """Return who worked and is not in the list of people, with those of the list without hours: « Jo » for Joséphine.

    A book that holds people may meet somebody new: only who sounds like one of them is asked about. Many are told.
    """
    days = [row.get("date") for row in tables.get("heures", ()) if row.get("date")]
    met = {who for table in _WORKED for row in tables.get(table, ()) if (who := row.get("personne", ""))}
    busy = {same(told.get(same(who), who)) for who in met}
    given, kept = tables.get("personnes", ()), held.get("personnes", ())
    own = {same(row.get("personne", "")) for row in (*given, *kept)}
    here = [row for row in (*given, *kept) if not row.get("au") or (days and row.get("au") >= min(days))]
    idle = {who: row in given for row in reversed(here) if same(who := row.get("personne", "")) not in busy}
    found: dict[str, list[str]] = {}
    for who in sorted(who for who in met if same(who) not in {*own, *told, *asked}):
        may_be = [each for each, listed in idle.items() if _may_be(who, each, listed)]
        found |= {who: sorted(may_be, key=lambda each: (not _sounds(who, each), same(each)))} if may_be else {}
    if len(found) <= _ASKED_ABOUT and all(len(names) <= _OFFERED for names in found.values()):
        return found
    strange, alone = (listing(sorted(each, key=same), most=_MOST) for each in (found, idle))
    text = f"{strange} : des heures, mais pas dans la liste des personnes. {alone} : dans la liste, sans une heure."
    findings.heed(Place(name), f"{text} Si ce sont les mêmes, écrivez-les sous un seul nom.")
    return {}


def _may_be(who: str, full: str, listed: bool) -> bool:
    """Tell whether somebody met may be somebody idle: whole names share their end, who is not listed sounds alike."""
    mine, theirs = ({*same(each).split()[1:]} for each in (who, full))
    if mine and theirs:
        return bool(mine & theirs)
    return listed or _sounds(who, full)


def _sounds(who: str, full: str) -> bool:
    """Tell whether a name sounds like a word of another one, as nicknames do.

    >>> _sounds("Jo", "Joséphine Roy"), _sounds("Pierrot", "Pierre Ney"), _sounds("Tophe", "Christophe")
    (True, True, True)
    >>> _sounds("Juju", "Julie"), _sounds("Maud", "Marie Roy")
    (True, False)
    """
    short = bare(who)
    begins = short[:2] if re.fullmatch(r"(..)\1", short) else short[:3]
    words = [bare(each) for each in full.split()]
    return any(word.startswith(begins) or (len(short) > 2 and word.endswith(short)) for word in words)


def _ask_who(unsure: Mapping[str, Sequence[str]], name: str, findings: Findings) -> None:
    """Ask which of several people a short name is, or whether it is somebody else: first, when none is alike."""
    for short, several in sorted(unsure.items()):
        options = [*((each, each) for each in several), (short, "une autre personne")]
        sure = _sounds(short, several[0]) or _fits(short, several[0])
        options = options if sure else [options[-1], *options[:-1]]
        findings.doubt(Place(name), Doubt(f"{WHO}.{bare(short)}", f"Qui est « {short} » ?", tuple(options), _TODO))


def _rows(tables: Mapping[str, list[Row]]) -> list[tuple[Row, str]]:
    return [(row, column) for table, column in _COLUMNS for row in tables.get(table, ())]


def _named(row: Row, column: str) -> tuple[str, ...]:
    """Return who is named: hours are of one person by now, « Diop, Awa »; an order may have several."""
    text = row.get(column, "") or ""
    return names_in(text) if column != "personne" else (text,) if text else ()


def _full(short: str, names: Iterable[str]) -> str:
    """Return the one whole name that a short one can stand for; an empty text when none can, or several.

    >>> _full("nora", ["Nora Chabane", "Paul Ney"]), _full("p.ney", ["Paul Ney"]), _full("Paul", ["Paul Ney", "Paul B"])
    ('Nora Chabane', 'Paul Ney', '')
    """
    found = _fitting(short, names)
    return found.pop() if len(found) == 1 else ""


def _shortened(who: str, people: Collection[str], met: Iterable[str]) -> str:
    """Return whom a book calls by a short form of a name met now, « Awa D. » for Awa Diop; nobody when two fit."""
    found = [short for short in people if _full(short, {*met, *people}) == who]
    return found[0] if len(found) == 1 else ""


def _several(short: str, names: Iterable[str]) -> list[str]:
    """Return the whole names that a short one can stand for, when there are several, and few."""
    found = _fitting(short, names)
    return sorted(found, key=same) if 1 < len(found) <= _MOST else []


def _fitting(short: str, names: Iterable[str]) -> set[str]:
    """Return the whole names that a short one can stand for, never one that is itself short for another."""
    names = {*names}
    found = {full for full in names if _fits(short, full)}
    longer = {other for full in found for other in names if _fits(full, other)} | found
    return {full for full in longer if not any(_fits(full, other) for other in names)} or found


def _fits(short: str, full: str) -> bool:
    """Tell whether a name may be a short form of another one."""
    if "@" in short and "@" not in full:  # the address of somebody starts with her name
        local = short.partition("@")[0]
        return bare(local) == bare(full) or _fits(local, full)
    alone = len(bare(short)) > 1 and (short.isupper() or len(bare(short)) <= _INITIALS)
    own = "".join(word for each in short.split() if (word := bare(each)) not in COURTESY)  # « Mme Marchand »
    cut = own in short_forms(full) or _cut(short, full) or (alone and bare(short) in initials(full))
    letter = len(bare(short)) == 1 and bare(full).startswith(bare(short)) and len(bare(full)) > 2
    return same(full) != same(short) and (cut or letter)


def _cut(short: str, full: str) -> bool:
    """Tell whether a name is another one with a word cut by a dot.

    >>> _cut("Jean-P.", "Jean-Pierre"), _cut("Fat.", "Fatima"), _cut("Fatou", "Fatoumata"), _cut("Jo P.", "Jo Marie")
    (True, True, False, False)
    """
    mine, theirs = (re.split(r"[\s-]+", same(each)) for each in (short, full))
    if "." not in short or len(mine) != len(theirs) or bare(mine[0]) in COURTESY:
        return False
    return all(one == other or _begins(one, other) for one, other in zip(mine, theirs, strict=True))


def _begins(word: str, other: str) -> bool:
    return word.endswith(".") and other.startswith(word[:-1]) and len(other) > len(word)


def _say_begun(met: Collection[str], own: Collection[str], names: Iterable[str], name: str, findings: Findings) -> None:
    """Tell the first names that begin another one, « Fatou » and « Fatoumata », or end otherwise, « Karim », « Karin ».

    They may be one person, or two, unless a list holds both.
    """
    new = {each for each in met if same(each) not in own}
    alone = sorted((each for each in names if each.isalpha() and len(each) >= _LEAST), key=same)
    near = [(short, full) for at, short in enumerate(alone) for full in alone[at + 1 :] if {short, full} & new]
    pairs = [(short, full) for short, full in near if same(short) != same(full) and ends_otherwise(short, full)]
    if pairs:
        told = listing([f"« {short} » et « {full} »" for short, full in pairs[:_MOST]])
        text = f"{told} : chaque nom compte comme une personne. Si c'est la même, écrivez-la sous un seul nom."
        findings.heed(Place(name), text)
