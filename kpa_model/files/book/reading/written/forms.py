"""Lines of a form above a table, « Nom : Awa », « SIRET ; 123 »: labels and what they say, no titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kpa_model.files.book.cells import Cell, as_text, bare
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.vocabulary import pattern

ACCOUNT = pattern("forms.account", flags=re.IGNORECASE)
"""What a bank, or a program, writes above its lines: an account, its balance, the days of the statement."""
_LABEL = pattern("forms.label", r"(WORDS) ?:?|[^:]+:", re.IGNORECASE)
"""What is written before one thing that a form says: « Nom », « SIRET », « Mois : »."""


def of_a_form(cells: Sequence[Cell], among: bool = False) -> bool:
    """Tell whether a line says one thing, or two, each beside its label: none is a title, nor a fact.

    « Nom ; Ville » may be titles: a colon or a figure proves a form, or `among` other lines of one.
    """
    texts = [text for each in cells if (text := as_text(each))]
    if len(texts) not in (2, 4) or not (among or any(map(_PROOF.search, texts))):
        return False
    named = all(ACCOUNT.match(each) or _LABEL.fullmatch(each) for each in texts[::2])
    return named and not any(bare(each) in _titles() for each in texts[1::2])


_PROOF = re.compile(r"\d|: *$")


@cache
def _titles() -> frozenset[str]:
    return frozenset(title for each in dictionaries().values() for title in each.titles) | {"total"}
