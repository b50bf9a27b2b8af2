"""What lists of money hold that is no purchase, pay, taxes, loans, or no sale, what a partner brings: asked by word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from kpa_model.files.book.cells import same
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.reading.sales.moves import own_money
from kpa_model.files.book.tables import Row
from kpa_model.words import count, euros


class _Doubtful(NamedTuple):
    """Lines of one table that may be something else: the words that say so, what is asked, what is told of them."""

    topic: str
    words: re.Pattern[str]
    question: str
    todo: str
    told: str


_BOUGHT = _Doubtful(
    "achats.comptes",
    re.compile(
        r"\b(salaires?|remunerations?|paies?|urssaf|charges sociales"
        r"|cotisations? (?:sociales?|patronales?|salariales?|retraite)"
        r"|virement (?:interne|livret|epargne)|livret|epargne|contribution(?: cae)?|impots?|emprunt|pret|dividendes?"
        r"|compte courant|caution|depot de garantie|interne)\b|^(tva)\b"
    ),
    "Ces dépenses sont-elles des achats pour le travail du groupe ? Un achat se retire avant de partager.",
    "Gardez seulement les achats du groupe.",
    "ce n'est pas un achat",
)
"""What leaves an account and buys nothing for an order: shared, or taken off, elsewhere."""
_SOLD = _Doubtful(
    "entrees.ventes",
    re.compile(
        r"\b(apports?|subventions?|prets?|emprunts?|cautions?|depot de garantie|dons?|legs|parts? sociales?|capital"
        r"|adhesions?|compte courant|virement (?:interne|livret|epargne)|livret|epargne|remboursements?|trop percu"
        r"|credit de tva)\b|^(tva)\b"
    ),
    "Ces entrées sont-elles des ventes ? Un apport, un prêt, une subvention n'en sont pas.",
    "Gardez seulement les ventes du groupe.",
    "ce n'est pas une vente",
)
"""What comes into an account, and was sold to nobody."""


def bought(tables: dict[str, list[Row]], findings: Findings) -> None:
    """Keep the purchases and the sales of books of cash; ask about lines whose words are those of something else."""
    if not findings.asking:
        return
    spent = _gone(_BOUGHT, tables.get("achats", ()), findings)
    sold = _gone(_SOLD, [row for row in tables.get("factures", ()) if _unnumbered(row)], findings)
    left = {same(row.get("facture", "")) for row in sold}
    for table, gone in (("achats", spent), ("factures", sold)):
        if gone:
            tables[table] = [row for row in tables[table] if all(row is not each for each in gone)]
    if left and "encaissements" in tables:
        tables["encaissements"] = [row for row in tables["encaissements"] if same(row.get("facture", "")) not in left]


def _unnumbered(row: Row) -> bool:
    """Tell whether an invoice is called by what it is for: a book of cash gave it, not a list of invoices."""
    label = same(str(row.get("libelle", "")))
    return bool(label) and same(str(row.get("facture", ""))).startswith(label)


def _gone(doubtful: _Doubtful, rows: Sequence[Row], findings: Findings) -> list[Row]:
    """Return the lines that the group said are something else; ask about those whose words are new."""
    found: dict[tuple[str, str], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if word := _word(row, doubtful.words):
            found[row.grid.file, row.grid.sheet][word].append(row)
    gone: list[Row] = []
    topic = doubtful.topic
    for words in found.values():
        first = next(iter(words.values()))[0]
        mine, asked = (set(first.grid.answers.get(each, "").split("|")) for each in (topic, f"{topic}{ASKED}"))
        if new := [word for word in words if word not in asked]:
            options = tuple((word, _told(words[word])) for word in new)
            doubt = Doubt(topic, doubtful.question, options, doubtful.todo, several=True)
            findings.doubt(first.place("libelle"), replace(doubt, every="Oui, toutes", none="Aucune"))
        for word in words.keys() & asked - mine:
            gone += words[word]
            findings.heed(first.grid.place(), f"{_told(words[word])} : {doubtful.told}, d'après votre réponse.")
    return gone


def _word(row: Row, words: re.Pattern[str]) -> str:
    """Return the first word of a line that is not one of its table; an empty text when there is none."""
    found = (words.search(same(str(row.get(name, "")))) for name in ("libelle", "categorie"))
    label = str(row.get("libelle", ""))
    return next((match[1] or match[2] for match in found if match), same(label) if own_money(label) else "")


def _told(rows: list[Row]) -> str:
    """Return what some lines are, and their sum."""
    total = euros(sum(row.get("montant_ttc") or row.get("montant_ht") or 0 for row in rows))
    more = f" et {count(len(rows) - 1, 'autre ligne', 'autres lignes')}" if len(rows) > 1 else ""
    return f"« {rows[0].get('libelle', '')} »{more}, {total}"
