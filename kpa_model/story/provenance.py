"""Where a result comes from: what everything that leaves the machine carries."""

from __future__ import annotations

import hashlib
import platform

import numpy as np

from kpa_model.cooperative.book import OrderBook
from kpa_model.pay import rule_file
from kpa_model.pay.rule import PayRule

SHORT = 12


def data_fingerprint(book: OrderBook) -> str:
    """Return the SHA-256 of everything the book holds, in hexadecimal."""
    return hashlib.sha256(repr(book).encode()).hexdigest()


def provenance(book: OrderBook, rule: PayRule) -> dict[str, str]:
    """Return labels and values: versions, fingerprints of the rule and of the data, seed (none is drawn here)."""
    return {
        "Coopérative": book.cooperative.name,
        "Règle": rule.title,
        "Empreinte de la règle": rule_file.fingerprint(rule)[:SHORT],
        "Empreinte des données": data_fingerprint(book)[:SHORT],
        "Tirage au sort": "aucun, calcul exact",
        "Versions": f"kpa_model {package_version()}, numpy {np.__version__}, Python {platform.python_version()}",
    }


def package_version() -> str:
    """Return the version of the workbook."""
    from importlib.metadata import PackageNotFoundError, version  # late: a command without documents does not ask

    try:
        return version("kpa_model")
    except PackageNotFoundError:
        return "non installée"
