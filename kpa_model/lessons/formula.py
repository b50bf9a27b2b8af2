"""Formulas of exercises: the four operations, parentheses, five functions, named quantities. Nothing is executed.

A trainer writes `achats + heures × cout_horaire / (1 − cae)`. The comma is that of numbers, so arguments are separated
by `;` as in a French spreadsheet: `arrondi(prix ; 2)`. Values are exact fractions: no float, no rounding unless asked.
Pay rules never use this: a rule is made of steps that people can discuss.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kpa_model.declare.unit import Refused, quoted
from kpa_model.errors import nearest
from kpa_model.lessons.measure import Dimension, dimension_name, joined, powered
from kpa_model.words import listing

LONGEST, DEEPEST = 300, 20
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:[.,]\d+)?)(?P<percent>\s*%)?|(?P<name>[^\W\d]\w*)|(?P<sign>[-+−*×·/÷:();]))"
)
_SIGNS = {"−": "-", "×": "*", "·": "*", "÷": "/", ":": "/"}

Values = Mapping[str, Fraction]
Dimensions = Mapping[str, Dimension]


def round_half_up(value: Fraction, decimals: int = 0) -> Fraction:
    """Return a value rounded to some decimals, halves away from zero."""
    scaled = abs(value) * 10**decimals
    whole = Fraction(math.floor(scaled + Fraction(1, 2)), 10**decimals)
    return -whole if value < 0 else whole


_FUNCTIONS: dict[str, Callable[..., Fraction]] = {
    "arrondi": lambda value, decimals=Fraction(0): round_half_up(value, int(decimals)),
    "plafond": lambda value: Fraction(math.ceil(value)),
    "plancher": lambda value: Fraction(math.floor(value)),
    "min": lambda *values: min(values),
    "max": lambda *values: max(values),
}
_ARGUMENTS = {"arrondi": (1, 2), "plafond": (1, 1), "plancher": (1, 1), "min": (2, 9), "max": (2, 9)}


class Node:
    """A part of a formula: gives its value, and the dimension of that value."""

    def value(self, values: Values) -> Fraction:
        """Return the exact value. Raises ZeroDivisionError."""
        raise NotImplementedError

    def dimension(self, known: Dimensions) -> Dimension:
        """Return the dimension. Raises Refused when two things cannot be added."""
        raise NotImplementedError


@dataclass(frozen=True)
class _Literal(Node):
    amount: Fraction

    def value(self, values: Values) -> Fraction:
        return self.amount

    def dimension(self, known: Dimensions) -> Dimension:
        return ()


@dataclass(frozen=True)
class _Name(Node):
    name: str

    def value(self, values: Values) -> Fraction:
        return values[self.name]

    def dimension(self, known: Dimensions) -> Dimension:
        return known.get(self.name, ())


@dataclass(frozen=True)
class _Operation(Node):
    sign: str
    left: Node
    right: Node

    def value(self, values: Values) -> Fraction:
        left, right = self.left.value(values), self.right.value(values)
        if self.sign == "+":
            return left + right
        if self.sign == "-":
            return left - right
        return left * right if self.sign == "*" else left / right

    def dimension(self, known: Dimensions) -> Dimension:
        left, right = self.left.dimension(known), self.right.dimension(known)
        if self.sign in "*/":
            return joined(left, powered(right, 1 if self.sign == "*" else -1))
        return _same([left, right])


@dataclass(frozen=True)
class _Call(Node):
    function: str
    arguments: tuple[Node, ...]

    def value(self, values: Values) -> Fraction:
        return _FUNCTIONS[self.function](*(each.value(values) for each in self.arguments))

    def dimension(self, known: Dimensions) -> Dimension:
        measured = self.arguments[:1] if self.function == "arrondi" else self.arguments
        return _same([each.dimension(known) for each in measured])


def _same(dimensions: Sequence[Dimension]) -> Dimension:
    for other in dimensions[1:]:
        if other != dimensions[0]:
            names = [dimension_name(dimensions[0]), dimension_name(other)]
            raise Refused(
                f"elle ajoute ou compare {listing(names)}.", "Vérifiez l'unité de chaque grandeur, ou la formule."
            )
    return dimensions[0]


@dataclass(frozen=True)
class Formula:
    """A formula once read: its text, the quantities it names, its value."""

    text: str
    names: frozenset[str]
    root: Node

    def value(self, values: Values) -> Fraction:
        """Return the exact value for these quantities. Raises ZeroDivisionError."""
        return self.root.value(values)

    def dimension(self, known: Dimensions) -> Dimension:
        """Return the dimension of the value. Raises Refused."""
        return self.root.dimension(known)


def read(text: str) -> Formula:
    """Return a formula from its text. Raises Refused: what is wrong (after « la formule : »), what to do."""
    if len(text) > LONGEST:
        raise Refused("la formule est trop longue.", "Calculez en deux fois, avec une grandeur de plus.")
    reader = _Reader(_tokens(text), text)
    root = reader.sum(0)
    reader.end()
    return Formula(" ".join(text.split()), frozenset(reader.names), root)


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at, text = [], 0, text.strip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            todo = "Signes possibles : + − × ÷ ( ) et « ; » entre deux arguments."
            raise Refused(f"{quoted(text[at : at + 10])} n'est pas compris.", todo)
        if token["number"]:
            found.append(("percent" if token["percent"] else "number", token["number"]))
        elif token["name"]:
            found.append(("name", token["name"]))
        else:
            found.append(("sign", _SIGNS.get(token["sign"], token["sign"])))
        at = token.end()
    return found


class _Reader:
    """Reads tokens from left to right: sums of products of values."""

    def __init__(self, tokens: list[tuple[str, str]], text: str) -> None:
        self.tokens, self.text, self.at = tokens, text, 0
        self.names: set[str] = set()

    def sign(self, *signs: str) -> str:
        """Return the next sign if it is one of these, and go past it; else an empty text."""
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "sign" and self.tokens[self.at][1] in signs:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def end(self) -> None:
        """Refuse what is left."""
        if self.at < len(self.tokens):
            raise Refused(f"{quoted(self.tokens[self.at][1])} est en trop.", "Vérifiez les signes et les parenthèses.")

    def sum(self, depth: int) -> Node:
        """Read terms added or taken away."""
        if depth > DEEPEST:
            raise Refused("elle a trop de parenthèses.", "Calculez en deux fois, avec une grandeur de plus.")
        left = self.product(depth)
        while sign := self.sign("+", "-"):
            left = _Operation(sign, left, self.product(depth))
        return left

    def product(self, depth: int) -> Node:
        """Read factors."""
        left = self.single(depth)
        while sign := self.sign("*", "/"):
            left = _Operation(sign, left, self.single(depth))
        return left

    def single(self, depth: int) -> Node:
        """Read a number, a name, a function or a parenthesis."""
        if self.sign("-"):
            return _Operation("*", _Literal(Fraction(-1)), self.single(depth + 1))
        if self.sign("("):
            inside = self.sum(depth + 1)
            self.closed()
            return inside
        if self.at >= len(self.tokens) or self.tokens[self.at][0] == "sign":
            raise Refused("un nombre ou une grandeur manque.", "Vérifiez les signes et les parenthèses.")
        kind, said = self.tokens[self.at]
        self.at += 1
        if kind != "name":
            return _Literal(Fraction(said.replace(",", ".")) / (100 if kind == "percent" else 1))
        if self.sign("("):
            return self.call(said, depth)
        self.names.add(said)
        return _Name(said)

    def call(self, name: str, depth: int) -> Node:
        """Read the arguments of a function."""
        if name not in _FUNCTIONS:
            hint = nearest(name, _FUNCTIONS) or f"Fonctions connues : {listing([*_FUNCTIONS])}."
            raise Refused(f"la fonction {quoted(name)} n'existe pas.", hint)
        arguments = [self.sum(depth + 1)]
        while self.sign(";"):
            arguments.append(self.sum(depth + 1))
        self.closed()
        low, high = _ARGUMENTS[name]
        if not low <= len(arguments) <= high:
            raise Refused(f"la fonction {quoted(name)} n'a pas le bon nombre de valeurs.", "Séparez-les par « ; ».")
        return _Call(name, tuple(arguments))

    def closed(self) -> None:
        """Go past a closing parenthesis."""
        if not self.sign(")"):
            raise Refused("une parenthèse n'est pas fermée.", "Ajoutez « ) », ou mettez « ; » entre deux valeurs.")
