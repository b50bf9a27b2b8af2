"""A rule audited, and rules looked for: how long a group waits.

    python -m benchmarks.study

Audit: a rule of nine steps on the 24 months of a book of 25 people; aim: less than three seconds. Search: 500 rules on
the same 24 months and 25 people; aim: less than two seconds, and the same seed gives the same rules.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import measure
from benchmarks.big_book import big_book
from kpa_model.audit.audit import audit
from kpa_model.cooperative.facts import months_of
from kpa_model.finder.search import Search, search
from kpa_model.finder.window import Window
from kpa_model.finder.wishes import Wishes
from kpa_model.pay.ready import ready_rules
from kpa_model.pay.rule import PayRule
from kpa_model.pay.step import known_steps

NINE = (
    "frais_directs", "contribution_cae", "part_au_fonds_commun", "lissage", "commission", "plancher",
    "ramener_a_l_enveloppe", "points_d_implication", "par_heures",
)  # fmt: skip
"""Steps of the rule that is audited: one of them looks at other months."""


MANY = 500


def nine_steps() -> PayRule:
    """Return a rule of nine steps."""
    known = known_steps()
    return ready_rules()["heures"].recomposed(tuple(known[name]() for name in NINE))


def walls(act: Callable[[], Any], runs: int) -> dict[str, float]:
    """Return the first time, then the median and the longest of the others, in seconds that a group waits."""
    times = []
    for _ in range(runs + 1):
        started = time.perf_counter()
        act()
        times.append(time.perf_counter() - started)
    first, *others = times
    return {
        name: round(each, 3)
        for name, each in (("premier", first), ("médiane", statistics.median(others)), ("le plus long", max(others)))
    }


def _rules(found: Search) -> list[PayRule]:
    return [each.rule for each in found.frontier]


def main() -> None:
    """Measure, print, and write the results when asked."""
    parser = argparse.ArgumentParser(description="Une règle éprouvée, des règles cherchées.")
    parser.add_argument("--fois", type=int, default=5)
    parser.add_argument("--write", type=Path, help="dossier où écrire les résultats")
    asked = parser.parse_args()
    where, book = measure.versions("numpy"), big_book(months=24)
    months, ready, nine = months_of(book), [*ready_rules().values()], nine_steps()
    window, wishes = Window.of(months, ready[0], 24), Wishes()
    sought: dict[str, list[PayRule]] = {"règles prêtes": ready, "les mêmes et la nôtre, à neuf étapes": [nine, *ready]}
    results: dict[str, Search] = {}
    found: dict[str, Any] = {
        "versions": where,
        "taille": {"personnes": len(book.members), "mois": len(months), "règles essayées": MANY},
        "épreuve de neuf étapes, secondes": walls(lambda: audit(nine, months, book), asked.fois),
    }
    for name, rules in sought.items():

        def look(name: str = name, rules: list[PayRule] = rules) -> None:
            results[name] = search(window, wishes, rules, many=MANY)

        found[f"recherche, {name}, secondes"] = walls(look, asked.fois)
        first = results[name]
        look()
        found[f"recherche, {name}"] = {
            "essayées": first.tried,
            "gardées": first.kept,
            "montrées": len(first.shown),
            "mêmes règles deux fois": [each.rule for each in first.shown]
            == [each.rule for each in results[name].shown],
        }
    print(json.dumps(found, ensure_ascii=False, indent=1))
    if asked.write:
        print(f"Écrit : {measure.write('etude', found, asked.write)}")


if __name__ == "__main__":
    main()
