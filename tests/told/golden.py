"""A text kept whole beside the tests: scenes one after the other, each with what it says that no scene before it said.

A scene's mark stands for everything it says, what is not written again too: nothing changes in silence.
`KPA_RECRIRE=1 pytest tests/told` writes the texts again; read what changes before you keep it. Whoever adds a step or
an activity writes its text when it is ready: until then its test is passed over, and no other text changes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kpa_model.declare.page import Bars, Heading, Page, Sentence, Stacks, Table
from tests.contract.months import NAMES

HERE = Path(__file__).parent / "golden"
FIGURES = re.compile(r"[\d\u202f\u00a0,€−]+|" + "|".join(NAMES))


class Golden:
    """The text of one subject, as it is told now."""

    def __init__(self, name: str) -> None:
        self.path = HERE / f"{name}.txt"
        self.rewrites = bool(os.environ.get("KPA_RECRIRE"))
        self.lines: list[str] = []
        self.seen: set[str] = set()

    def scene(self, title: str, said: Iterable[str], counted: Iterable[str] = ()) -> None:
        """Add a scene: its title, its mark, and the sentences that are not yet told (their figures apart).

        What is `counted` is in its mark alone.
        """
        lines = [each.replace("\u00a0", " ").replace("\u202f", " ") for each in said]
        mark = f"== {title} · {sha256(chr(10).join((*lines, *counted)).encode()).hexdigest()[:8]}"
        new = {FIGURES.sub("#", line): line for line in reversed(lines)}
        told = [line for shape, line in reversed(new.items()) if shape not in self.seen]
        self.seen |= set(new)
        self.lines += ["", mark, *told] if told else [mark]

    def check(self) -> None:
        """Compare with the text kept; pass over what has none yet."""
        told = "\n".join(self.lines).strip() + "\n"
        if self.rewrites:
            HERE.mkdir(exist_ok=True)
            self.path.write_text(told, encoding="utf-8")
        if not self.path.exists():
            pytest.skip("pas encore de texte : KPA_RECRIRE=1 l'écrit")
        assert told == self.path.read_text(encoding="utf-8")


def of_page(page: Page) -> Iterator[str]:
    """Yield what a page says, a line for each sentence, row or bar."""
    for part in page:
        match part:
            case Heading():
                yield f"# {part.text}"
            case Sentence():
                yield part.text if part.tone == "plain" else f"({part.tone}) {part.text}"
            case Table():
                yield f"[{part.caption}]"
                yield from (" | ".join(row) for row in (part.head, *part.rows))
            case Bars():
                yield f"[{part.caption}] {part.full:g}"
                yield from (
                    f"{bar.label} : {bar.length:g} « {bar.shown} » {bar.mark or ''}".strip() for bar in part.bars
                )
            case Stacks():
                yield f"[{part.caption}]"
                yield from (
                    f"{line.label} : {', '.join(f'{n} {piece}' for piece, n in line.pieces)}" for line in part.lines
                )


def of_data(data: Any) -> Iterator[str]:
    """Yield a declaration, a line for each dataclass in it: its kind, then what is not as usual."""
    told = [
        (each.name, getattr(data, each.name)) for each in fields(data) if not _usual(each, getattr(data, each.name))
    ]
    told = [(name, dict(value) if isinstance(value, Mapping) else value) for name, value in told]
    told = [(name, getattr(value, "__name__", value)) for name, value in told]  # a class, a function
    plain = {name: value for name, value in told if not _holds_more(value)}
    yield f"{type(data).__name__} {' · '.join(f'{name} {value}' for name, value in plain.items())}"
    for name, value in told:
        if name not in plain:
            yield from (line for each in (value if isinstance(value, tuple) else (value,)) for line in of_data(each))


def _usual(about: Field[Any], value: Any) -> bool:
    usual = about.default_factory() if about.default_factory is not MISSING else about.default
    return bool(type(usual) is type(value) and usual == value)


def _holds_more(value: Any) -> bool:
    return (is_dataclass(value) and not isinstance(value, type)) or (
        isinstance(value, tuple) and bool(value) and all(is_dataclass(each) for each in value)
    )
