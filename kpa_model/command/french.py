"""argparse in French: its own messages, its help, and errors in three parts."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from kpa_model.errors import KpaError, Problem

SAID = {
    "usage: ": "Usage : ",
    "positional arguments": "À donner",
    "options": "Options",
    "optional arguments": "Options",
    "subcommands": "Commandes",
    "show this help message and exit": "montrer cette aide",
    "show program's version number and exit": "montrer la version",
    " (default: %(default)s)": " (sinon : %(default)s)",
    "%(heading)s:": "%(heading)s :",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "expected one argument": "il manque une valeur",
    "expected at most one argument": "il y a trop de valeurs",
    "expected at least one argument": "il manque au moins une valeur",
    "invalid %(type)s value: %(value)r": "« %(value)s » n'est pas un nombre entier",
    "invalid choice: %(value)r (choose from %(choices)s)": "« %(value)s » n'est pas un choix possible : %(choices)s",
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)": (
        "« %(value)s » n'est pas un choix possible. Vouliez-vous dire « %(closest)s » ? Choix : %(choices)s"
    ),
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "« %(parser_name)s » n'est pas une commande ; les commandes sont : %(choices)s"
    ),
    "unrecognized arguments: %s": "ceci n'est pas compris : %s",
    "the following arguments are required: %s": "il manque : %s",
    "one of the arguments %s is required": "il faut donner l'un de : %s",
    "not allowed with argument %s": "ne va pas avec %s",
    "ignored explicit argument %r": "cette option ne prend pas de valeur : %s",
    "ambiguous option: %(option)s could match %(matches)s": "« %(option)s » peut vouloir dire : %(matches)s",
}
"""English of argparse → French. A message that is not here cannot be met with the options of `kpa` (a test says so)."""


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
    """Make argparse speak French, for the time of a command only."""
    before = {name: getattr(argparse, name) for name in ("_", "ngettext")}
    argparse._ = lambda text: SAID.get(text, text)  # type: ignore[attr-defined]
    argparse.ngettext = _plural  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for name, function in before.items():
            setattr(argparse, name, function)


def _plural(one: str, many: str, number: int) -> str:
    if one == "expected %s argument":
        return "il faut %s valeur" if abs(number) < 2 else "il faut %s valeurs"
    return SAID.get(one if number == 1 else many, one if number == 1 else many)
