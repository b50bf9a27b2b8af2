"""What is written above a table of hours, in words: a name, perhaps, beside a place, a task, a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpa_model.files.book.cells import Cell, as_text, bare, chosen, same
from kpa_model.files.book.dates import WEEKDAY
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block, period_told
from kpa_model.files.book.reading.context import NAMES, PARTICLES, institution
from kpa_model.files.book.reading.dated.weeks import said
from kpa_model.files.book.reading.islands import signed
from kpa_model.files.book.reading.spread.people import name_like
from kpa_model.files.book.reading.whose import no_name, of_things
from kpa_model.files.book.vocabulary import pattern

_BETWEEN = re.compile(r"(\s[-|/+·•>→]\s|(?<=[^\W\d_])[/_](?=[^\W\d_])|\s{2,}|[–—:,;()\[\]])")
_AT = re.compile(r"\s(?:à l[ae] |à l['’]|à |aux? |chez |dans )", re.IGNORECASE)
"""What comes before the place of somebody: « Awa à la halle »."""
_DATED = rf"(({NAMES})\.? 20\d\d|(0?[1-9]|1[0-2])[-/.]20\d\d)"
MONTH_AROUND = re.compile(rf"^({NAMES})\.? |,? ((en|de|pour) |d['’])?({NAMES})\.?$", re.IGNORECASE)
"""A month before or after a name, without its year: « Awa mars »."""
_BESIDE = re.compile(
    rf"(mois (de |d['’])?)?({_DATED}|({NAMES})\.?( ?\d\d)?|20\d\d|)|nom|pr[ée]nom|mois|salari[ée]e?|personne"
    r"|((mes|les|ses|nos|vos) )?(heures?|temps|suivi|fiche|feuille|relev[ée])s?"
    r"( (d['’]heures?|de temps|des heures|du mois))?"
    r"|matin([ée]e)?|midi|apr[èe]s[ -]midi|soir([ée]e)?|journ[ée]e|(\d\w* |premi[èe]re |deuxi[èe]me )?quinzaine( \d)?",
    re.IGNORECASE,
)
"""What stands beside a name above her table: a month, part of it or of a day, « Feuille de temps »."""
_SIGNS = re.compile(r"^[^\w(]+|[^\w.)]+$| n° ?\d+$")
"""What may stand around a name and is no part of it: « # Awa », « Awa n° 12 »."""
_PERIOD = re.compile(
    rf"({WEEKDAY.pattern}|\b({NAMES})\b|\b(du|au|le|la|de|et|semaine|sem|s)\b|[\W\d_])+", re.IGNORECASE
)
"""Days, a week, a month: « 30 mars », « du lundi 5 ». They say nothing of whose a table is."""
_OF = re.compile(
    r"^(\d{1,2}\. |(les )?(heures?|temps|suivi|fiche|feuille|planning|pointage|relev[ée])"
    r"( d['’]heures| de temps)? (de |d['’]|du )?)",
    re.IGNORECASE,
)
"""What may come before a name above her table: « Heures de Awa », « 2. Awa »."""
_NOBODY = pattern("above.nobody", r"\b(WORDS)s?\b")
"""Words above a table that name nobody: « Semaine A », « Équipe du matin »."""
_CALLED = pattern("above.called", r"(WORDS)\w*( (de |du |des |et |d['’]).*)?", re.IGNORECASE)
_LONGEST = 4
WHO, FIRST, WHAT = "who", "first", "what"
BESIDE = " - "
"""What stands between words above a table, in one text."""


@dataclass(frozen=True)
class Word:
    """Some words above a table, and what a label beside says that they are: somebody, something, or nothing."""

    text: str
    says: str = ""

    @property
    def may_name(self) -> bool:
        """Tell whether they can be the name of a person."""
        if self.says:
            return self.says != WHAT
        other = _NOBODY.search(same(self.text)) or institution(self.text) or self.is_work
        statuses = dictionaries()["personnes"].column("statut").choices
        words = [word for word in self.text.split() if bare(word) not in PARTICLES]
        return len(words) <= _LONGEST and name_like(" ".join(words[:3])) and not (other or chosen(self.text, statuses))

    @property
    def is_work(self) -> bool:
        """Tell whether they say a kind of work."""
        return bool(chosen(self.text, dictionaries()["heures"].column("genre").choices))


Words = tuple[Word, ...]


def words_above(block: Block) -> list[Words]:
    """Return the words of the nearest lines above a table, those that follow one another; periods alone are passed."""
    rows: list[Words] = []
    below = block.head
    for number, cells in reversed(block.upper):
        if rows and below - number > 1:
            break
        if words := () if period_told(cells) or signed(cells) else tuple(words_of(cells)):
            rows.insert(0, words)
        below = number
    return rows


def words_of(cells: Sequence[Cell]) -> Iterator[Word]:
    """Yield what a line above a table says, in parts, but its periods and « Feuille de temps »."""
    label = calling = ""
    for text in dict.fromkeys(as_text(each).strip() for each in cells if isinstance(each, str)):  # merged: said again
        found: list[Word] = []
        first, colon, others = text.partition(":")  # « Nom : Awa Lieu : halle »
        told_apart = re.sub(r" (\w+) ?:", lambda each: f" | {each[1]} :" if _label(each[1]) else each[0], others)
        split = _BETWEEN.split(f"{first}{colon}{told_apart}")
        for part, end in zip((each.strip() for each in split[::2]), [*split[1::2], ""], strict=True):
            own = re.sub(
                rf" ((en|de|pour) |d['’])?{_DATED}$", "", _OF.sub("", _SIGNS.sub("", part)), flags=re.IGNORECASE
            )
            if (told := _label(part)) and (":" in end or (part == text and " " not in part)):
                label, calling = told, part
            elif own and not (_BESIDE.fullmatch(own) or said(own) or _PERIOD.fullmatch(own)):
                who, *where = _AT.split(own)
                found += [Word(who, label), *(Word(each, WHAT) for each in where)]
                label = ""
        several = sum(word.says != WHAT for word in found) > 1  # « Nom : Awa - Halle »
        yield from (Word(word.text) if several and word.says != WHAT else word for word in found)
    if label == WHAT:  # « Réalisé » alone is above nothing that it calls
        yield Word(calling, WHAT)


def _label(text: str) -> str:
    """Return what a label says of the words after it: « Nom », somebody; « Prénom », her first name; « Lieu », not."""
    if re.fullmatch(r"pr[ée]noms?", text, re.IGNORECASE):
        return FIRST
    lead = column_of(text, dictionaries()["heures"]) if text else None
    if text and (_CALLED.fullmatch(text) or (lead and lead.name == "personne")):
        return WHO
    return WHAT if text and of_things(text) and not _BESIDE.fullmatch(text) else ""


def called(words: Words) -> str:
    """Return who labels above a table say that it is of: « Nom : Diop », « Prénom : Awa »; nobody when they say two."""
    said_of = {each: [word.text for word in words if word.says == each] for each in (FIRST, WHO)}
    return (
        " ".join(text for texts in said_of.values() for text in texts) if max(map(len, said_of.values())) == 1 else ""
    )


def label_of(words: Words) -> str:
    """Return some words above a table as one text."""
    return BESIDE.join(word.text for word in words)


def named_title(block: Block) -> str:
    """Return the one name alone in what is written above a table, « ROSA MENDES », « Lou Petit - mes heures »."""
    heads = (_OF.sub("", re.split(r" [-–—:|] |[,(]", text)[0]).strip() for text in block.above)
    found = [" ".join(map(str.capitalize, text.split())) if text.isupper() else text for text in heads]
    told = {text for text in found if name_like(text) and not any(map(no_name, re.findall(r"\w+", text)))}
    told -= {text for text in told if _NOBODY.search(same(text)) or institution(text)}
    return told.pop() if len(told) == 1 else ""


def written_above(name: str, block: Block) -> str:
    """Return a name as what stands above a table writes it whole, « Chloé Roux » for « chloe »; itself otherwise."""
    said = {word for row in (words_of(cells) for _, cells in block.upper) for word in row if word.may_name}
    own = set(same(name).split())
    told = {text for word in said if own and own <= set(same(text := word.text).split())}
    return told.pop() if len(told) == 1 else name
