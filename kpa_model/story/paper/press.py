"""The press: content and a typst template in, an accessible PDF (PDF/UA-1) out. Nothing here knows about money.

Content travels as JSON and is never pasted in the template: a name such as `#set page()` prints as it is written.
The fonts come with the workbook, so the same content gives the same pages on every machine, without a network.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kpa_model.errors import KpaError, Problem
from kpa_model.words import curled, typeset

TEMPLATES = Path(__file__).resolve().parents[1] / "paper_template"
FONTS = Path(__file__).resolve().parents[2] / "fonts"
if TYPE_CHECKING:
    from typst import Fonts

Standard = Literal["ua-1", "a-3b"]
MISSING = "▯"
"""Stands for a letter that no font of the machine can draw."""
TOLD_MISSING = f"{MISSING} remplace un signe que nous ne savons pas imprimer."

_MISSING_LETTERS = re.compile(r'the text `"(.+?)"` could not be displayed', re.S)
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_NO_SHAPE = {"Cc", "Cs", "Cn", "Co"}
_TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_ATTEMPTS = 12


def has_boxes(pdf: bytes) -> bool:
    """Tell whether a document has letters that no font could draw: it says so in its foot, and in what it is about."""
    return TOLD_MISSING.encode() in pdf


class CannotPrint(KpaError):
    """A document cannot be made."""


class Verbatim(str):
    """A text to print letter by letter as people wrote it, its apostrophes apart: a name, a fingerprint."""

    __slots__ = ()


class Code(str):
    """A line that a computer reads: printed sign by sign."""

    __slots__ = ()


def press(
    template: str, content: Mapping[str, Any], drawings: Sequence[bytes] = (), standards: Sequence[Standard] = ("ua-1",)
) -> bytes:
    """Return the PDF of a template (`regle`, `fiche`, `comparaison`…) filled with content and drawings (SVG).

    `standards` are those the PDF keeps: `ua-1` for screen readers, `a-3b` to carry another file within.

    1. Print with the fonts of the workbook alone.
    2. When a letter is in none of them (emoji, other scripts), allow the fonts of the machine.
    3. When it is in none of those either, an empty box stands for it, and the foot of each page says so.

    Raises:
        CannotPrint: the template and the content do not fit; it is a defect, never the group's fault.
    """
    from typst import TypstError

    text, system = json.dumps(typeset_all(content), ensure_ascii=False), False
    inputs = {f"dessin{at}": drawing.decode() for at, drawing in enumerate(drawings)}
    for _ in range(_ATTEMPTS):
        try:
            return _compiled(template, {"contenu": text, **inputs}, system, standards)
        except TypstError as error:
            unknown = _MISSING_LETTERS.findall(error.diagnostic or str(error))
            if not unknown:
                raise _defect(template) from error
            if system:
                text = _told(_boxed(text, unknown))
            system = True
    raise _defect(template)


def _defect(template: str) -> CannotPrint:
    return CannotPrint(
        Problem(
            f"Document « {template} »",
            "il n'a pas pu être mis en page.",
            "Signalez-nous ce défaut, avec la règle et le mois.",
        )
    )


def _compiled(template: str, inputs: Mapping[str, str], system: bool, standards: Sequence[Standard]) -> bytes:
    from typst import compile as pressed

    return bytes(
        pressed(
            TEMPLATES / f"{template}.typ", root=TEMPLATES, font_paths=_fonts(system), format="pdf",
            sys_inputs=dict(inputs), pdf_standards=list(standards),
        )
    )  # fmt: skip


@lru_cache(maxsize=2)
def _fonts(system: bool) -> Fonts:
    from typst import Fonts

    return Fonts(include_system_fonts=system, font_paths=[FONTS])


def _boxed(text: str, unknown: list[str]) -> str:
    for each in unknown:
        letters = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), each)
        for letter in set(letters):
            if ord(letter) > 127:
                text = text.replace(letter, MISSING)
    return text


def _told(text: str) -> str:
    """Return the content with what an empty box means in its foot."""
    content = json.loads(text)
    foot = content.get("pied", "")
    told = foot if TOLD_MISSING in foot else ". ".join(each for each in (foot.rstrip("."), TOLD_MISSING) if each)
    return json.dumps({**content, "pied": told}, ensure_ascii=False)


def typeset_all(value: Any) -> Any:
    """Return the content with clean letters everywhere, and French typography wherever it is not verbatim."""
    if isinstance(value, Code):
        return clean(value)
    if isinstance(value, str):
        return curled(one_line(value)) if isinstance(value, Verbatim) else typeset(clean(value))
    if isinstance(value, Mapping):
        return {key: typeset_all(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [typeset_all(each) for each in value]
    return value


def clean(text: str) -> str:
    """Remove what has no shape: control letters, broken halves of letters, marks that turn the text around."""
    return text if text.isascii() and text.isprintable() else "".join(letter for letter in text if _has_shape(letter))


def one_line(text: str) -> str:
    """Return a name as it can be printed: clean, on one line."""
    return clean(re.sub(r"[\n\r\t]+", " ", text)).strip()


def _has_shape(letter: str) -> bool:
    if letter == "\n":
        return True
    return unicodedata.category(letter) not in _NO_SHAPE and unicodedata.bidirectional(letter) not in _TURNING
