"""argparse in French: its own messages, its help, and errors in three parts."""

from __future__ import annotations

import argparse
import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from kpa_model.errors import KpaError, Problem

CATALOGUE = Path(__file__).resolve().parent
"""Holds `fr/LC_MESSAGES/argparse.po`, its French, and the same compiled; a test says that nothing is missing."""
_DOMAIN = "argparse"


class WrongCommand(KpaError):
    """The command line, as written, cannot be understood."""


class Parser(argparse.ArgumentParser):
    """A parser that speaks French, guesses no abbreviation, and raises instead of leaving."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", _Help)
        super().__init__(allow_abbrev=False, add_help=False, **options)
        self.color = False  # Python 3.14 adds escape codes that not every console understands
        self.add_argument("-h", "--aide", "--help", action="help", help="montrer cette aide")

    def error(self, message: str) -> NoReturn:
        """Raise the three parts: where, what, what to do."""
        todo = f"Tapez « {self.prog} --aide » pour voir ce qui est possible."
        raise WrongCommand(Problem(f"Commande « {self.prog} »", f"{message.rstrip('.')}.", todo))


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help with room for long option names."""

    def __init__(self, prog: str, **options: Any) -> None:
        options.setdefault("max_help_position", 30)
        super().__init__(prog, **options)


@contextmanager
def in_french() -> Iterator[None]:
    """Make argparse speak French, for the time of a command only: it asks `gettext`, which has our catalogue."""
    domain, language = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(_DOMAIN, str(CATALOGUE))
    gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = "fr"
    try:
        yield
    finally:
        gettext.textdomain(domain)
        os.environ.pop("LANGUAGE") if language is None else os.environ.update(LANGUAGE=language)
