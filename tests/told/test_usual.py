"""What is so when nobody says otherwise: the numbers that a module names, and those its functions and classes take.

A module that has no text yet is passed over, see `golden`.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from types import FunctionType, ModuleType
from typing import Any

from tests.told.golden import Golden

PARTS = ("money", "pay", "shortage", "simulation.months", "simulation.weather", "benefits", "decision")


def modules() -> Iterator[ModuleType]:
    """Yield the modules of the parts that count money and votes, in the order of their names."""
    for part in (importlib.import_module(f"kpa_model.{each}") for each in PARTS):
        yield part
        for found in pkgutil.walk_packages(getattr(part, "__path__", ()), f"{part.__name__}."):
            yield importlib.import_module(found.name)


def leaves(value: Any) -> Iterator[Any]:
    """Yield what is in a value, at every depth."""
    inside = (each for pair in value.items() for each in pair) if isinstance(value, Mapping) else value
    if isinstance(value, Mapping | tuple | list | set | frozenset):
        yield from (leaf for each in inside for leaf in leaves(each))
    else:
        yield value


def numbers(value: Any) -> bool:
    """Tell whether a value is made of numbers, perhaps with words beside them."""
    held = [*leaves(value)]
    counted = (bool, int, float, Fraction, date)
    return any(isinstance(each, counted) for each in held) and all(isinstance(each, (*counted, str)) for each in held)


def constants(module: ModuleType) -> Iterator[str]:
    """Yield the numbers that a module gives a name to."""
    for made in ast.parse(inspect.getsource(module)).body:
        named = (
            made.targets if isinstance(made, ast.Assign) else [made.target] if isinstance(made, ast.AnnAssign) else ()
        )
        for name in (each.id for target in named for each in ast.walk(target) if isinstance(each, ast.Name)):
            if name.isupper() and numbers(value := getattr(module, name)):
                yield f"{name} = {value}"


def usual(module: ModuleType) -> Iterator[str]:
    """Yield the numbers that its functions, its classes and their methods take as usual."""
    for name, held in vars(module).items():
        if getattr(held, "__module__", "") != module.__name__:
            continue
        if isinstance(held, type):
            own = ((each, vars(held).get(each)) for each in inspect.get_annotations(held))
            yield from (f"{name}.{each} = {value}" for each, value in own if numbers(value))
        made = vars(held).items() if isinstance(held, type) else [("", held)]
        whole = ((method, inspect.unwrap(each) if callable(each) else each) for method, each in made)
        for method, each in ((method, each) for method, each in whole if isinstance(each, FunctionType)):
            asked = [about for about in inspect.signature(each).parameters.values() if numbers(about.default)]
            if asked and method != "__init__":
                told = ", ".join(f"{about.name}={about.default}" for about in asked)
                yield f"{name}{method and f'.{method}'}({told})"


def test_what_is_usual_is_what_it_was() -> None:
    golden = Golden("habituel")
    known = golden.path.read_text(encoding="utf-8") if golden.path.exists() else ""
    for module in modules():
        told = [*constants(module), *usual(module)]
        if told and (golden.rewrites or f"== {module.__name__} " in known):
            golden.scene(module.__name__, told)
    golden.check()
