"""Names and codes: the ledger knows people by codes such as `{p3}`, people read names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeVar

from kpa_model.cooperative.book import OrderBook
from kpa_model.declare.setting import Names, settings_of
from kpa_model.ledger.codec import by_rank
from kpa_model.pay.rule import PayRule
from kpa_model.story.paper.names import masked, rule_without_names
from kpa_model.words import of

_CODE = re.compile(r"(\bde |\bd['’])?(\{p(\d+)\})", re.IGNORECASE)
_T = TypeVar("_T")


def unnamed(code: str) -> str:
    """Return what stands for a name that was erased: `Personne 3`."""
    return f"Personne {code.strip('{p}')}"


@dataclass
class Who:
    """Everybody the ledger knows, code → name (empty once erased); `met` are those it will know with the next entry."""

    names: Mapping[str, str]
    met: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = {code: self.names[code] for code in sorted(self.names, key=by_rank)}
        self._codes = {unnamed(code).casefold(): code for code in self.names}  # a book may say it too
        self._codes |= {name.casefold(): code for code, name in self.names.items() if name}

    def code(self, name: str) -> str:
        """Return the code of a person, a new one the first time."""
        clean = " ".join(name.split())
        if clean.casefold() not in self._codes:
            new = f"{{p{len(self.names) + len(self.met) + 1}}}"
            self.met[new] = clean
            self._codes[clean.casefold()] = new
        return self._codes[clean.casefold()]

    def name(self, code: str) -> str:
        """Return the name of a code, or `Personne 3` when it was erased."""
        return self.names.get(code) or self.met.get(code) or unnamed(code)

    def told(self, text: str) -> str:
        """Return a text of the ledger with names for codes: « d'Awa », « de Bruno »."""
        return _CODE.sub(lambda found: of(self.name(found[2])) if found[1] else self.name(found[2]), text)

    def hidden(self, text: str) -> str:
        """Return a text that people typed, with codes for the names that are known."""
        known = {**self.names, **self.met}
        return masked(text, {name: code for code, name in known.items() if name})

    def known(self, name: str) -> bool:
        """Tell whether somebody of that name is in the ledger already."""
        return " ".join(name.split()).casefold() in self._codes

    # --- whole books and rules ----------------------------------------------------------------------------------------

    def book(self, book: OrderBook) -> OrderBook:
        """Return the same book with codes for people."""
        codes = {member.name: self.code(member.name) for member in book.members}
        changed: dict[str, Any] = {
            each.name: tuple(_coded(one, codes) for one in getattr(book, each.name))
            for each in fields(book)
            if isinstance(getattr(book, each.name), tuple)
        }
        tasks = tuple(replace(each, task=masked(each.task, codes)) for each in changed.get("hours", ()))
        return replace(book, **{**changed, "hours": tasks})

    def rule(self, rule: PayRule) -> PayRule:
        """Return the same rule with codes for people, in its settings and in its texts."""
        quoted = [name for step in rule.steps for attribute, each in settings_of(step).items()
                  if isinstance(each, Names) for name in getattr(step, attribute)]  # fmt: skip
        known = {name: code for code, name in {**self.names, **self.met}.items() if name}
        return rule_without_names(rule, known | {name: self.code(name) for name in quoted})


def _coded(thing: _T, codes: Mapping[str, str]) -> _T:
    """Return a line of a book whose fields that are somebody's name are codes."""
    if not is_dataclass(thing):
        return thing
    changed: dict[str, Any] = {}
    for each in fields(thing):
        value = getattr(thing, each.name)
        if isinstance(value, str) and value in codes:
            changed[each.name] = codes[value]
        elif isinstance(value, tuple) and any(isinstance(one, str) and one in codes for one in value):
            changed[each.name] = tuple(codes.get(one, one) if isinstance(one, str) else one for one in value)
    return replace(thing, **changed) if changed else thing  # type: ignore[type-var]
