"""Writing on a terminal: as wide as it is, without colour, readable even where some letters do not exist."""

from __future__ import annotations

import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO, TypeVar

from kpa_model.errors import KpaError
from kpa_model.words import unbroken

NARROW, WIDEST = 40, 100
_STAND_INS = {
    "\u202f": "\u00a0", "\u00a0": " ", "−": "-", "’": "'", "‘": "'", "–": "-", "—": "-", "…": "...", "€": "EUR",
    "«": '"', "»": '"', "·": "-", "×": "x", "œ": "oe", "Œ": "OE", "●": "*", "→": "->",
}  # fmt: skip
_T = TypeVar("_T")


class Screen:
    """One stream of text, wrapped to its width."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        columns = shutil.get_terminal_size((WIDEST, 24)).columns
        self.width = max(NARROW, min(WIDEST, columns or WIDEST))

    def line(self, text: str = "") -> None:
        """Write one line as it is."""
        print(_writable(plain(text), self._stream.encoding or "utf-8"), file=self._stream)

    def say(self, text: str, indent: str = "", first: str | None = None) -> None:
        """Write a paragraph, wrapped; `first` starts its first line."""
        for part in text.split("\n"):
            start = indent if first is None else first
            wrapped = textwrap.wrap(  # an option, a name such as Marie-Ange, is never cut at its hyphen
                unbroken(plain(part)),
                self.width,
                initial_indent=start,
                subsequent_indent=indent,
                break_on_hyphens=False,
            )
            for line in wrapped or [""]:
                self.line(line)
            first = None

    def title(self, text: str) -> None:
        """Write a heading, underlined."""
        self.line()
        self.say(text)
        self.line("-" * min(self.width, wide(plain(text))))

    def listing(self, items: Iterable[str], mark: str = "- ") -> None:
        """Write one item per line; a mark such as `{}. ` counts."""
        for at, item in enumerate(items, start=1):
            start = mark.format(at)
            self.say(item, indent=" " * len(start), first=start)

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write a table, numbers on the right; when the terminal is too narrow, one line per value."""
        cells = [[plain(cell) for cell in row] for row in (heads, *rows)]
        sizes = [max(wide(row[at]) for row in cells) for at in range(len(heads))]
        room = self.width - sum(sizes[1:]) - 2 * (len(heads) - 1)
        if room < min(14, sizes[0]):
            self._stacked(heads, rows)
            return
        sizes[0] = min(sizes[0], room)
        for at, row in enumerate(cells):
            self.line("  ".join([_left(row[0], sizes[0]), *map(_right, row[1:], sizes[1:])]).rstrip())
            if at == 0:
                self.line("  ".join("-" * size for size in sizes))

    def _stacked(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        for row in rows:
            self.say(row[0])
            for head, cell in zip(heads[1:], row[1:], strict=True):
                self.say(f"{head} : {cell}", indent="    ", first="  ")

    def problems(self, error: KpaError) -> None:
        """Write every problem: where and what, then what to do."""
        if len(error.problems) > 1:
            self.say(f"{len(error.problems)} choses à corriger.")
            self.line()
        for problem in error.problems:
            self.say(f"{problem.where} : {problem.what}")
            self.say(problem.todo, indent="  ", first="  ")
        if error.notes:
            self.title("À savoir aussi")
            self.listing(error.notes)


def progress(items: Iterable[_T], total: int, what: str) -> Iterator[_T]:
    """Yield the items, with a bar on a terminal when it takes more than half a second."""
    stream = sys.stderr
    if total < 2 or not stream.isatty():
        yield from items
        return
    modern = (stream.encoding or "").lower().startswith("utf")
    from tqdm import tqdm  # late: most commands are over before a bar is worth it

    yield from tqdm(
        items, total=total, desc=_writable(what, stream.encoding or "utf-8"), file=stream, leave=False, delay=0.5,
        ascii=not modern, bar_format="{desc} |{bar}| {n_fmt} sur {total_fmt}",
    )  # fmt: skip


def plain(text: str) -> str:
    """Remove what would move the cursor or turn the text around: names come from files."""
    turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return "".join(
        " " if letter in "\n\t\r" else letter
        for letter in text
        if letter in "\n\t\r" or (unicodedata.category(letter) not in {"Cc", "Cs"} and letter not in turning)
    )


def wide(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(
        0 if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf"
        else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )  # fmt: skip


def _left(text: str, size: int) -> str:
    if wide(text) > size:
        while wide(text) > size - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (size - wide(text))


def _right(text: str, size: int) -> str:
    return " " * (size - wide(text)) + text


def _writable(text: str, encoding: str) -> str:
    """Return the text with stand-ins for the letters this console does not have."""
    try:
        text.encode(encoding)
        return text
    except (UnicodeEncodeError, LookupError):
        return "".join(_letter(letter, encoding) for letter in text)


def _letter(letter: str, encoding: str) -> str:
    """Return a letter, or its nearest kin that can be written, or a question mark."""
    tried = letter
    for _ in range(3):
        try:
            tried.encode(encoding)
            return tried
        except (UnicodeEncodeError, LookupError):
            bare = "".join(each for each in unicodedata.normalize("NFKD", tried) if not unicodedata.combining(each))
            tried = _STAND_INS.get(tried, bare if bare != tried else "?")
    return "?"
