"""What lists of money hold that is no purchase, pay, taxes, loans, or no sale, what a partner brings: asked by word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from kpa_model.files.book.cells import bare, same
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.reading.sales import states
from kpa_model.files.book.reading.sales.accounts.arriving import of_accounts
from kpa_model.files.book.reading.sales.both_ways import own_money
from kpa_model.files.book.reading.written.doubted import names_of, of_list
from kpa_model.files.book.tables import Given, Row
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import count, euros, uncapital


class _Doubtful(NamedTuple):
    """Lines of one table that may be something else: the word that says so, what is asked, what is told of them."""

    topic: str
    word: Callable[[Row], str]
    question: str
    todo: str
    told: str


def _saying(words: re.Pattern[str]) -> Callable[[Row], str]:
    """Return what finds the first word of a line that is not one of its table; an empty text when there is none."""

    def word(row: Row) -> str:
        kind, label = (str(row.get(name, "")) for name in ("sorte_de_piece", "libelle"))
        said = (label, str(row.get("categorie", "")), "" if f"etat.{bare(kind)}" in row.grid.answers else kind)
        found = (words.search(same(text)) for text in said)
        return next((match[1] or match[2] for match in found if match), same(label) if own_money(label) else "")

    return word


_OWN = (
    r"virements? (?:internes?|perso\w*|livret|epargne)|mouvements? internes?|livret|epargne|comptes? courants?"
    r"|retraits? perso\w*|exploitante?"
)
"""Our own money, or that of one of us, which changes place."""
_BOUGHT = _Doubtful(
    "achats.comptes",
    _saying(
        re.compile(
            r"\b(salaires?|remunerations?|paies?|urssaf|charges sociales"
            r"|cotisations? (?:sociales?|patronales?|salariales?|retraite)"
            r"|contribution(?: cae)?|impots?|emprunt|pret|dividendes?|caution|depot de garantie|interne"
            rf"|{_OWN})\b|^(tva)\b"
        )
    ),
    "Ces dépenses sont-elles des achats pour le travail du groupe ? Un achat se retire avant de partager.",
    "Gardez seulement les achats du groupe.",
    "ce n'est pas un achat",
)
"""What leaves an account and buys nothing for an order: shared, or taken off, elsewhere."""
_SOLD = _Doubtful(
    "entrees.ventes",
    _saying(
        re.compile(
            r"\b(apports?|subventions?|prets?|emprunts?|cautions?|depot de garantie|dons?|legs|parts? sociales?|capital"
            rf"|adhesions?|cotisations?|urssaf|remboursements?|trop percu|credit de tva|{_OWN})\b|^(tva)\b"
        )
    ),
    "Ces entrées sont-elles des ventes ? Un apport, un prêt, une subvention n'en sont pas.",
    "Gardez seulement les ventes du groupe.",
    "ce n'est pas une vente",
)
"""What comes into an account, and was sold to nobody."""
_BACK = pattern("bought.back", r"\b(WORDS)\b")
"""Words of an invoice that takes money back from a sale."""


def _unsaid(row: Row) -> str:
    """Return what a line below zero is, when none of its words says that something is given back to a customer."""
    line = next((cells for number, cells in row.grid.lines if number == row.line), [])
    credit = states.credit_number(row.get("facture", "")) or any(
        of_list(each) == states.CREDIT for each in names_of(row.grid)
    )
    texts = (*(cell for cell in line if isinstance(cell, str)), row.get("libelle", ""), row.get("sorte_de_piece", ""))
    if credit or any(_BACK.search(same(text)) for text in texts):
        return ""
    kinds = {each: states.meaning(each) for name in ("sorte_de_piece", "etat") if (each := row.get(name, ""))}
    if states.CREDIT in kinds.values():
        return ""
    unknown = [each for each, meant in kinds.items() if meant == states.UNKNOWN]
    return next((same(each) for each in (*unknown, row.get("libelle", ""), row.get("facture", "")) if each), "")


def _below_zero(rows: Iterable[Row]) -> list[Row]:
    """Return the lines below zero of invoices that are so as a whole, and name no other; none of an account book."""
    whole: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        whole[row.grid.file, same(row.get("facture", ""))].append(row)
    groups = (group for group in whole.values() if sum(row.get("montant_ht", 0) for row in group) < 0)
    below = (row for group in groups for row in group if row.get("montant_ht", 0) < 0 and not of_accounts(row))
    numbers = {name for _, name in whole if any(map(str.isdigit, name))}
    return [row for row in below if not _names_another(row, numbers)]


def _names_another(row: Row, numbers: Iterable[str]) -> bool:
    """Tell whether a line says the number of another invoice: « sur F12 »."""
    said, own = (
        " ".join(same(str(row.get(name, ""))) for name in ("libelle", "note", "etat")),
        same(row.get("facture", "")),
    )
    return any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", said) for each in numbers if each != own and each in said)


_NEGATIVE = _Doubtful(
    "factures.negatives",
    _unsaid,
    "Ces lignes sont négatives, et aucun mot ne dit « avoir ». Lesquelles viennent en moins des ventes ?",
    "Écrivez « Avoir » dans le type, ou dans le libellé, de ce qui est rendu à un client.",
    "ce n'est pas un avoir, cela ne compte pas",
)
"""What stands below zero in a list of sales: a credit note, or money that left an account and was no sale."""


def bought(tables: Given, findings: Findings) -> None:
    """Keep the purchases and the sales of books of cash; ask about lines whose words are those of something else."""
    if not findings.asking:
        return
    spent = _gone(_BOUGHT, tables.get("achats", ()), findings)
    pending = any(doubt.topic.startswith("etat.") for _, doubt in findings.doubts)
    invoices = () if pending else tables.get("factures", ())
    negative = {id(row): row for row in _below_zero(invoices) if _unsaid(row)}
    sold = [row for row in invoices if _unnumbered(row) and id(row) not in negative]
    sold = _gone(_NEGATIVE, [*negative.values()], findings) + _gone(_SOLD, sold, findings)
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
        if word := doubtful.word(row).replace("|", " "):
            found[row.source][word].append(row)
    gone: list[Row] = []
    topic = doubtful.topic
    for words in found.values():
        first = next(iter(words.values()))[0]
        mine, asked = (set(first.grid.answers.get(each, "").split("|")) for each in (topic, f"{topic}{ASKED}"))
        if new := [word for word in words if word not in asked]:
            options = tuple((word, _told(words[word])) for word in new)
            doubt = Doubt(topic, doubtful.question, options, doubtful.todo, several=True)
            place = at if (at := first.place("libelle")).column >= 0 else first.place()
            findings.doubt(place, replace(doubt, every="Oui, toutes", none="Aucune"))
        for word in words.keys() & asked - mine:
            gone += words[word]
            findings.heed(first.grid.place(), f"{_told(words[word])} : {doubtful.told}, d'après votre réponse.")
    return gone


def _told(rows: list[Row]) -> str:
    """Return what some lines are, and their sum."""
    total = euros(sum(row.get("montant_ttc") or row.get("montant_ht") or 0 for row in rows))
    more = f" et {count(len(rows) - 1, 'autre ligne', 'autres lignes')}" if len(rows) > 1 else ""
    first = rows[0]
    name, kinds = first.get("libelle") or first.get("facture", ""), ("sorte_de_piece", "categorie")
    said = (*(uncapital(first.get(each, "")) for each in kinds), first.get("client", ""))
    kind = next((text for text in said if same(text) not in same(name)), "")
    return f"« {name} »{f' ({kind})' if kind else ''}{more}, {total}"
