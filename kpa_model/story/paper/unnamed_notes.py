"""What the reader noticed, on a paper without names: what files hold is left out, sums, lines and columns stay."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kpa_model.cooperative.book import OrderBook
from kpa_model.files.book.cells import bare
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.reading.blocks import known_titles
from kpa_model.files.book.reading.sales.states import UNKNOWN, meaning
from kpa_model.story.paper.names import SOMEBODY, masked

_PLACE = re.compile(r"(?P<kind>Fichier|Dossier) (?P<named>.+?) : ")
_WHERE = re.compile(r", (?:(?:lignes?|colonnes?) [A-Z\d]+(?:, [A-Z\d]+)*(?: et [A-Z\d]+)?)")
_QUOTED = re.compile(r"(« ?[^»]*? ?»)")
_ASIDE = re.compile(r"((?:Ligne|Case) mise de côté) : .*?(?=\.(?: |$))")
_MAIL = re.compile(r"[^\s()]+@[\w.-]*\w")
_WORD = r"[^\W\d_]"
_OURS = "HT|TTC|TVA|CAPE|CAE|FEC|PDF|CSV|UTC|Paris|Windows|Personne|[A-Z]"
_PROPER = re.compile(rf"(?<![.!?] )(?<!^)(?<!Personne )\b(?!(?:{_OURS})\b)[A-ZÀ-Ý]{_WORD}*(?!\w)")
_GAPS = re.compile(r"…(?:[ '’/.,-]*…)+")


def notes_without_names(notes: Sequence[str], known: Mapping[str, str], book: OrderBook) -> tuple[str, ...]:
    """Return notes with letters for members, and without what files hold: their names, labels, customers.

    A note is written by us around words that are theirs: these are quoted, or begin with a capital inside a sentence.
    """
    every = {member.name: SOMEBODY for member in book.members} | dict(known)
    return tuple(_skeleton(each, every) for each in notes)


def _skeleton(note: str, known: Mapping[str, str]) -> str:
    place = _PLACE.match(note)
    head = f"{place['kind']}{''.join(_WHERE.findall(place['named']))} : " if place else ""
    said = masked(note[place.end() :] if place else note, known)
    parts = [_title(each) if each[:1] == "«" else _plain(each) for each in _QUOTED.split(_ASIDE.sub(r"\1", said))]
    return head + _GAPS.sub("…", "".join(parts))


def _plain(text: str) -> str:
    return _PROPER.sub("…", _MAIL.sub("…", text))


def _title(quoted: str) -> str:
    """Return quoted words that are ours, or everybody's: titles of columns, tables, states; what holds no letter."""
    said = quoted.strip("« »")
    ours = bare(said) in known_titles() or said in dictionaries() or meaning(said) != UNKNOWN
    return f"« {said} »" if ours or not re.search(_WORD, said) else "« … »"
