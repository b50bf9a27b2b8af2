"""What a list of expenses holds that is no purchase: pay, taxes, transfers, loans. It is asked, word by word."""

from __future__ import annotations

import re
from collections import defaultdict

from kpa_model.files.book.cells import same
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.reading.sales.moves import own_money
from kpa_model.files.book.tables import Row
from kpa_model.words import count, euros

TOPIC = "achats.comptes"
_WORDS = re.compile(
    r"\b(salaires?|remunerations?|paies?|urssaf|charges sociales"
    r"|cotisations? (?:sociales?|patronales?|salariales?|retraite)"
    r"|virement (?:interne|livret|epargne)|livret|epargne|contribution(?: cae)?|impots?|emprunt|pret|dividendes?"
    r"|compte courant|caution|depot de garantie|interne)\b|^(tva)\b"
)
"""What leaves an account and buys nothing for an order: shared, or taken off, elsewhere."""


def bought(tables: dict[str, list[Row]], findings: Findings) -> None:
    """Keep the purchases of lists of expenses; ask about lines whose words are those of pay, taxes or transfers."""
    if not findings.asking:
        return
    doubtful: dict[tuple[str, str], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in tables.get("achats", ()):
        if word := _word(row):
            doubtful[row.grid.file, row.grid.sheet][word].append(row)
    gone: set[int] = set()
    for words in doubtful.values():
        first = next(iter(words.values()))[0]
        mine, asked = (set(first.grid.answers.get(topic, "").split("|")) for topic in (TOPIC, f"{TOPIC}{ASKED}"))
        if new := [word for word in words if word not in asked]:
            options = tuple((word, _told(words[word])) for word in new)
            question = (
                "Ces dépenses sont-elles des achats pour le travail du groupe ? Un achat se retire avant de partager."
            )
            todo = "Gardez seulement les achats du groupe."
            every, none = "Oui, toutes", "Aucune"
            doubt = Doubt(TOPIC, question, options, todo, several=True, every=every, none=none)
            findings.doubt(first.place("libelle"), doubt)
        for word in words.keys() & asked - mine:
            gone |= {id(row) for row in words[word]}
            findings.heed(first.grid.place(), f"{_told(words[word])} : ce n'est pas un achat, d'après votre réponse.")
    if gone:
        tables["achats"] = [row for row in tables["achats"] if id(row) not in gone]


def _word(row: Row) -> str:
    """Return the first word of a line that is not one of purchases; an empty text when there is none."""
    found = (_WORDS.search(same(str(row.get(name, "")))) for name in ("libelle", "categorie"))
    label = str(row.get("libelle", ""))
    return next((match[1] or match[2] for match in found if match), same(label) if own_money(label) else "")


def _told(rows: list[Row]) -> str:
    """Return what some lines are, and their sum."""
    total = euros(sum(row.get("montant_ht") or 0 for row in rows))
    more = f" et {count(len(rows) - 1, 'autre ligne', 'autres lignes')}" if len(rows) > 1 else ""
    return f"« {rows[0].get('libelle', '')} »{more}, {total}"
