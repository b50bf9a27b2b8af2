"""One word, one thing: the glossary is whole and plain, and the code keeps its words."""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TERMS = list(csv.DictReader((ROOT / "data" / "glossaire.csv").open(encoding="utf-8", newline=""), delimiter=";"))

# fmt: off
NEEDED = [
    "member", "pole", "pathway", "stage", "interview", "adviser", "facilitator", "steward", "customer",
    "order", "quote", "invoice", "credit_note", "reminder", "due_date", "job", "payment_received",
    "sales", "direct_costs", "margin", "cae_contribution", "social_contributions", "total_cost", "gross",
    "net", "pot", "fund", "reserve", "claim", "PayRule", "step", "setting", "floor", "cap", "spread",
    "shortage", "payslip", "promise", "grid", "criterion", "level", "descriptor", "peer_assessment",
    "workshop", "booklet", "decision_record", "consent", "objection", "majority_judgment", "grade",
    "scenario", "seed", "replicate", "commons_hours", "with_tax", "before_tax", "vat",
]
# fmt: on

# A CAPE is not an employment contract, `client` is software, « revenu » says too many things.
FORBIDDEN = {"salary", "salaries", "wage", "employee", "client", "revenue", "income"}


@pytest.mark.parametrize("name", NEEDED)
def test_every_word_of_the_house_is_defined(name: str) -> None:
    assert name in {term["identifiant"] for term in TERMS}


@pytest.mark.parametrize("column", ["français", "identifiant"])
def test_a_word_means_one_thing(column: str) -> None:
    assert [name for name, times in Counter(term[column] for term in TERMS).items() if times > 1] == []


@pytest.mark.parametrize("term", TERMS, ids=[term["identifiant"] for term in TERMS])
def test_a_definition_is_short_and_plain(term: dict[str, str]) -> None:
    definition = term["définition"]
    assert all(term.values()), "une case est vide"
    assert definition.endswith(".")
    sentences = [sentence for sentence in re.split(r"[.?!]\s*", definition) if sentence]
    assert max(len(re.findall(r"[\w’'-]+", sentence)) for sentence in sentences) <= 15


@pytest.mark.parametrize(
    "path", sorted((ROOT / "kpa_model").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_the_code_never_says_salary_client_or_income(path: Path) -> None:
    said = [(line, name) for line, name in _names(ast.parse(path.read_text("utf-8"))) if _words(name) & FORBIDDEN]
    assert said == []


def _names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the names we choose ourselves; what other people's modules are called is not our doing."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id
            case ast.Attribute(ctx=ast.Store()):
                yield node.lineno, node.attr
            case ast.alias(asname=str(name)):
                yield node.lineno, name


def _words(name: str) -> set[str]:
    """Cut `grossIncome`, `GROSS_INCOME` and `gross_incomes` into `gross`, `income`."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    return {word.lower() for word in words} | {word.lower().removesuffix("s") for word in words}
