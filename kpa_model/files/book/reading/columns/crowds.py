"""Who a cell of hours names: one person, several, « Léna, Youri et Solange », or all of them; two may be one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kpa_model.files.book.building import BETWEEN, TEAM, names_in
from kpa_model.files.book.cells import bare, same
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.tables import Row
from kpa_model.files.book.vocabulary import pattern, word_set
from kpa_model.words import listing

COMMA, _SEVERAL, _ONE = "partage.virgule", "plusieurs", "une"
_ALL = pattern("crowds.all")
_BUT = re.compile(rf"({_ALL.pattern}),? (sauf|moins|hors|sans|excepte) (?P<who>.+)")
_NOBODY = re.compile(r"\?+|x+|a definir|a completer|inconnue?|personne|n/?a|-+")
_NOT_NAMED = pattern("crowds.not_named")
"""What stands beside names without being one: « etc. », « 2 bénévoles »; alone, it may be what a group says."""
_TITLES = word_set("crowds.titles")
"""Titles, in their bare form: nobody is called so."""
_INITIAL = re.compile(r"([^\W\d_]\.?[ -]?){1,2}")
_DASH = re.compile(r" [-–] |\.(?=[^\W\d_]{2})")


class Crowds:
    """The people that hours name, as the list of people and the other cells tell them."""

    def __init__(self, rows: Iterable[Row], known: Mapping[str, str]) -> None:
        self._known = known
        self._rows = [(row, text) for row in rows if (text := _said(row))]
        sure = [names_in(text) for row, text in self._rows if not _of_pairs(text) or TEAM.search(_title(row))]
        self._names = {*known, *(same(who) for names in sure for who in names)}
        self._whole = {*known, *(same(text) for _, text in self._rows)}

    def of(self, row: Row) -> tuple[str, ...]:
        """Return the people of a line: one when it is somebody's name; all of them for « tous »."""
        text = _said(row)
        if but := _BUT.fullmatch(same(text)):
            gone = {same(each) for each in names_in(but["who"])}
            left = tuple(who for who in self._everybody() if same(who) not in gone)
            return left if len(left) + len(gone) == len(self._everybody()) else (text,)
        return self._everybody() if self.all_in(text) else self._cut(row, text)

    def all_in(self, text: str) -> bool:
        """Tell whether a text means everybody."""
        return bool(_ALL.fullmatch(same(text)) or _BUT.fullmatch(same(text))) and same(text) not in self._known

    def is_nobody(self, text: str, among: bool) -> bool:
        """Tell whether a text is no name: « ? », « à définir », a title, « 2 bénévoles » among others.

        One that the list of people has is a name.
        """
        said = same(text)
        other = _NOT_NAMED.fullmatch(said) if among else _BUT.fullmatch(said)
        return said not in self._known and (bool(_NOBODY.fullmatch(said) or other) or bare(text) in _TITLES)

    def _cut(self, row: Row, text: str) -> tuple[str, ...]:
        if same(text) in self._known or self._is_one(text):
            return (text,)
        if doubtful := self._doubtful(text):
            return doubtful if row.grid.answers.get(COMMA) == _SEVERAL else (text,)
        if self._are_known(dashed := _DASH.split(text)):
            return tuple(dashed)
        parts = [part.strip() for part in BETWEEN.split(text)]
        pairs = {part for part in parts if _is_pair(part) and not self._are_known(names_in(part))}
        kept = pairs if {*parts} == pairs else {part for part in pairs if same(part) in self._whole}
        whole = {*self._known, *map(same, kept)}
        return tuple(name for part in (parts if kept else [text]) for name in names_in(part, whole))

    def _doubtful(self, text: str) -> tuple[str, ...]:
        """Return the parts of a text that may be several people, or one: « Roy, Maud », first names joined."""
        if _is_pair(text):
            return () if self._is_one(text) or self._are_known(names_in(text)) else names_in(text)
        ways = [] if same(text) in self._known else (text.split(), re.split(r"(?<=\w)-(?=\w)", text))
        return next((tuple(words) for words in ways if len(words) > 1 and self._are_known(words)), ())

    def _is_one(self, text: str) -> bool:
        """Tell whether two names and a comma are those of one person: written without it elsewhere, or an initial."""
        if not _is_pair(text):
            return False
        last, first = names_in(text)
        return same(f"{first} {last}") in self._names or bool(_INITIAL.fullmatch(first))

    def _are_known(self, names: Sequence[str]) -> bool:
        return all(same(each) in self._names for each in names)

    def _everybody(self) -> tuple[str, ...]:
        """Return all who are named: in the hours, or in the list of people when there is one."""
        met: dict[str, str] = {}
        for row, text in self._rows:
            for name in () if self.all_in(text) else self._cut(row, text):
                if not self.is_nobody(name, True):
                    met.setdefault(same(name), name)
        return tuple(self._known.values()) if self._known else tuple(met.values())

    def ask_pairs(self, findings: Findings) -> None:
        """Ask whether two names and a comma are two people, in each table where not every name has its comma."""
        tables: dict[tuple[str, str], list[tuple[Row, str]]] = {}
        for row, text in self._rows:
            if not self.all_in(text):
                tables.setdefault(row.source, []).append((row, text))
        for told in tables.values() if findings.asking else ():
            unsure = [(row, text) for row, text in told if self._doubtful(text)]
            if not unsure or unsure[0][0].grid.answers.get(COMMA) or not self._mixed(unsure, told):
                continue
            row, text = unsure[0]
            names = self._doubtful(text)
            question = f"« {text} » : une seule personne, ou plusieurs ?"
            options = ((_SEVERAL, f"plusieurs : {listing(names)}"), (_ONE, "une seule personne"))
            todo = f"Écrivez « {' + '.join(names)} » pour plusieurs personnes."
            findings.doubt(row.place("personne"), Doubt(COMMA, question, options, todo))

    def _mixed(self, unsure: Sequence[tuple[Row, str]], told: Sequence[tuple[Row, str]]) -> bool:
        """Tell whether others are named without a comma, or some name comes first here and last there."""
        firsts, lasts = ({same(self._doubtful(text)[at]) for _, text in unsure} for at in (0, -1))
        alone = any("," not in text and same(text) not in self._known for _, text in told)
        return alone or bool(firsts & (lasts | self._names))


def _is_pair(text: str) -> bool:
    """Tell whether a text is two names and a comma: they may be one person, « Roy, Maud »."""
    return text.count(",") == 1 and not BETWEEN.search(text) and len(names_in(text)) == 2


_REMARK = re.compile(r" ?\([^()]*\b(chacune?|en tout|ensemble|au total)\b[^()]*\)$", re.IGNORECASE)
"""What is said after the names of the time of each: « (2h chacun) »."""


_WITH = re.compile(r"\((?:\+|&|avec|et) ?([^()]+)\)", re.IGNORECASE)
"""« Mona (+ Riwal) »."""


def _said(row: Row) -> str:
    return _WITH.sub(r"+ \1", _REMARK.sub("", str(row.get("personne", ""))))


def _of_pairs(text: str) -> bool:
    return all(_is_pair(part.strip()) for part in BETWEEN.split(text))


def _title(row: Row) -> str:
    return row.place("personne").title
