"""Account books → invoices, payments and purchases: a FEC, or the sales journal of a CAE, with or without titles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare
from kpa_model.files.book.dates import read_date
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, LaidLine, Line, only_text
from kpa_model.files.book.reading.sales.accounts.analytic import (
    Entry,
    kinds_at,
    once,
    own,
    told_again,
    without_own_code,
)
from kpa_model.files.book.reading.sales.accounts.arriving import arriving
from kpa_model.files.book.reading.sales.accounts.gathered import (
    DAY,
    LETTERED,
    proved,
    sales_account,
    say_unproved,
    section,
    untitled,
)
from kpa_model.files.book.reading.sales.taxes import RATE_ANSWERS, RATES, cents_in, rate_of, rates_of
from kpa_model.files.book.reading.spread.people import TOTAL
from kpa_model.words import count, euros, listing

_NUMBER = "(n|no|num|numero|ref|reference)?(de|du|dela)?"
_TITLES = {
    "journal": "(code)?(du)?(journal|jnl|jal)(code)?",
    "number": rf"(ecriture|mouvement|mvt)num(ero)?|{_NUMBER}l?(ecriture|mouvement|mvt)",
    "account": rf"{_NUMBER}(compte|cpte)(num|general|comptable)?",
    "day": "(ecriture)?date(de|d|dela|del)?(piece|ecriture|comptable|facture|operation)?|jour",
    "issued": "piecedate",
    "piece": rf"{_NUMBER}(piece|facture)(ref)?",
    "auxiliary": rf"compauxnum|{_NUMBER}(compte|cpte)?(auxiliaire|aux|tiers)|code(du)?tiers",
    "customer": "compauxlib|(nom|libelle)(du)?tiers|client",
    "label": "(ecriture)?lib(elle)?(d|de|del)?(ecriture|operation|facture)?",
    "named": "intitule",
    "called": "(compte|cpte)lib(elle)?|(intitule|lib|libelle|nom)(du|de)?(compte|cpte)",
    "debit": "(montant)?(au)?debit",
    "credit": "(montant)?(au)?credit",
    "letter": "(ecriture)?let(trage|tre)?",
    "analytic": rf"((code|section|compte|axe)|{_NUMBER})(analytique|analytic|ana)|section",
    "amount": "montant",
    "side": "sens",
}
_MONEY = ("debit", "credit", "amount")
_TAXED = {"41", "44", "45", "51", "53"}
"""How accounts of customers, VAT, banks start: what they hold beside the sales tells the VAT."""


_ACCOUNT = re.compile(r"(7[0-9]|6[0-9]|4[0145])\w{0,8}")
"""Accounts of sales, costs, customers, suppliers and taxes: a book of accounts has some."""


def ledger(grid: Grid, findings: Findings) -> list[tuple[str, Grid]]:
    """Return the tables that an account book gives; an empty list when the grid is none."""
    ranks = _ranks(grid)
    if ranks is None:
        return []
    whole = once(proved(list(_entries(grid, ranks, findings))))
    mine = own(whole, grid, findings)
    every, entries = (without_own_code(each, mine) for each in (whole, mine))
    rate = _rate(entries, grid, findings)
    made = [
        (
            "factures",
            _grid(
                grid,
                ("facture", "commande", "libelle", "client", "date", "montant_ht", "taux_tva"),
                _invoices(entries, every, rate, grid, findings),
            ),
        ),
        (
            "encaissements",
            _grid(grid, ("facture", "date", "montant_ttc", "libelle"), arriving(entries, every, grid, findings)),
        ),
        ("achats", _grid(grid, ("libelle", "date", "montant_ht", "commande"), _costs(entries))),
    ]
    kept = [(table, each) for table, each in made if len(each.lines) > 1]
    told = ", ".join(f"{table} : {count(len(each.lines) - 1, 'ligne', 'lignes')}" for table, each in kept)
    findings.note(grid.place(), f"lu comme un livre de comptes ({told}).")
    _say_charges(entries, grid, findings)
    _say_apart(entries, grid, findings)
    _say_awaited(entries, grid, findings)
    say_unproved(entries, grid, findings)
    return kept


@lru_cache(maxsize=4096)
def _parts(title: str) -> tuple[str, ...]:
    """Return which parts of an entry a title may name."""
    return tuple(name for name, titles in _TITLES.items() if re.fullmatch(titles, bare(title)))


def _ranks(grid: Grid) -> dict[str, int] | None:
    """Return where each part of an entry stands: by its title, or by its content when there is none."""
    for _, cells in grid.lines[:10]:
        found: dict[str, int] = {}
        for at, title in enumerate(cells):
            for name in _parts(title) if isinstance(title, str) else ():
                found.setdefault(name, at)
        if {"account", "day"} <= found.keys() and (
            {"debit", "credit"} <= found.keys() or {"amount", "side"} <= found.keys()
        ):
            accounts = (as_text(cells[found["account"]]) for _, cells in grid.lines if found["account"] < len(cells))
            return found if any(map(_ACCOUNT.fullmatch, accounts)) else None  # a bank says the number of its account
        texts = (grid.name, *(only_text(own) for _, own in grid.lines))
        if {"day", "debit", "credit"} <= found.keys() and any(map(sales_account, texts)):
            return found
    return untitled(grid)


def _entries(grid: Grid, ranks: dict[str, int], findings: Findings) -> Iterator[Entry]:
    def text(cells: list[Cell], name: str) -> str:
        at = ranks.get(name, -1)
        return as_text(cells[at]) if 0 <= at < len(cells) else ""

    above = sales_account(grid.name)
    names = {text(cells, "auxiliary"): who for _, cells in grid.lines if (who := text(cells, "customer"))} | {"": ""}
    ranks = {**ranks, "kind": kinds_at(grid.lines)}
    for number, cells in grid.lines:
        above = section(only_text(cells)) or above
        account = text(cells, "account") if "account" in ranks else above if _dated(text(cells, "day")) else ""
        if not re.match(r"[1-7]\d", account) and not (LETTERED.fullmatch(account) and _dated(text(cells, "day"))):
            continue
        if not text(cells, "day") and (
            TOTAL.match(text(cells, "label")) or not any(cents_in(text(cells, at)) for at in _MONEY)
        ):
            continue  # the name of an account above its lines, or its sum below them
        try:
            day = _day(text(cells, "day"))
            issued = _day(said) if (said := text(cells, "issued")) else day
        except Refused as error:
            findings.problem(grid.place(number, ranks["day"]), error.what, error.todo)
            continue
        if "debit" in ranks:
            credit = cents_in(cells[ranks["credit"]]) - cents_in(cells[ranks["debit"]])
        else:
            credit = cents_in(cells[ranks["amount"]]) * (1 if text(cells, "side").upper().startswith("C") else -1)
        piece, analytic, kind = (text(cells, name) for name in ("piece", "analytic", "kind"))
        label = text(cells, "label") or text(cells, "named")
        code, own = text(cells, "auxiliary"), text(cells, "called") if LETTERED.fullmatch(account) else ""
        who = text(cells, "customer") or names.get(code, code) or own
        again, letter = told_again(kind), text(cells, "letter")
        written = text(cells, "journal"), text(cells, "number")
        yield Entry(number, day, account, piece, label, analytic, credit, issued, again, who, letter, *written)


def _dated(text: str) -> bool:
    return bool(re.fullmatch(DAY, text))


def _day(text: str) -> date:
    """Return a day of an account book: `20260105`, `050126`, `50126`, or any usual writing."""
    if re.fullmatch(r"(19|20)\d{6}", text):
        return read_date(f"{text[6:]}/{text[4:6]}/{text[:4]}")
    if re.fullmatch(r"\d{5,6}", text):
        digits = text.zfill(6)
        return read_date(f"{digits[:2]}/{digits[2:4]}/{digits[4:]}")
    return read_date(text)


def _rate(entries: list[Entry], grid: Grid, findings: Findings) -> str:
    """Return the rate of VAT that the group says, for accounts of sales alone, where nothing tells it; else nothing."""
    if not entries or any(each.account[:2] in _TAXED for each in entries) or not findings.asking:
        return ""
    if not (said := grid.answers.get("taux", "")):
        question = "Ces comptes ne disent pas la TVA. Quel est le taux ?"
        findings.doubt(grid.place(), Doubt("taux", question, RATE_ANSWERS, "Donnez le journal des ventes, ou le FEC."))
    return f"{said or 0} %"


Made = Iterator[tuple[int, list[Any]]]


def _invoices(entries: list[Entry], every: list[Entry], told: str, grid: Grid, findings: Findings) -> Made:
    """Yield one line for each account of sales and each order of an invoice; the VAT of its whole piece follows."""
    own = set(entries)
    pieces: dict[str, list[Entry]] = defaultdict(list)
    for each in every:
        pieces[each.piece or each.label].append(each)
    for piece, group in pieces.items():
        sold = [each for each in group if each.sold and each in own]
        if not sold or not piece:
            continue
        rates = _rates(group)
        if rates is None:
            vat = sum(each.credit for each in group if _VAT.match(each.account))
            lost = euros(sum(each.credit for each in sold))
            text = f"« {piece} » : {euros(vat)} de TVA ne correspondent à aucun taux. {lost} HT ne sont pas lus."
            findings.left_out(grid.place(sold[0].line), text)
            continue
        customer = next((each.customer for each in group if each.account.startswith("411")), "")
        for each in sold:
            amount, percent = f"{each.credit / 100:.2f}", told or f"{rates[each] / 10_000} %"
            yield each.line, [piece, each.analytic or piece, each.label, customer, each.issued, amount, percent]


_VAT = re.compile("4457|44587")


def _rates(group: list[Entry]) -> dict[Entry, int] | None:
    """Return the rate of each sale of a piece: its own when taxes prove it, else that of all; None when none can."""
    sold, taxes = [each for each in group if each.sold], [each for each in group if _VAT.match(each.account)]
    whole, vat = (sum(each.credit for each in some) for some in (sold, taxes))
    rate = rate_of(whole, vat) if whole else 0
    accounts = Counter[str]()
    for each in taxes:
        accounts[each.account] += each.credit
    for told in ([each.credit for each in taxes], [*accounts.values()]) if rate not in RATES else ():
        if own := rates_of([each.credit for each in sold], told):
            return dict(zip(sold, own, strict=True))
    return None if rate is None else dict.fromkeys(sold, rate)


def _costs(entries: list[Entry]) -> Made:
    for each in entries:
        if re.match(r"6[0-2]", each.account) and each.credit:
            yield each.line, [each.label or f"compte {each.account}", each.issued, f"{-each.credit / 100:.2f}", ""]


def _say_charges(entries: list[Entry], grid: Grid, findings: Findings) -> None:
    """Tell what was spent and is no purchase of the group: wages, contributions, taxes."""
    left = [each for each in entries if re.match(r"6[3-9]", each.account) and each.credit]
    total = -sum(each.credit for each in left)
    if total:
        which = listing([*dict.fromkeys(each.label or f"compte {each.account}" for each in left)][:4])
        more = "salaires, impôts ou contributions ne sont pas des achats"
        findings.heed(grid.place(), f"{euros(total)} de charges ne comptent pas ({which}) : {more}.")


_APART = (
    (
        "419",
        "d'acomptes facturés",
        "Ils seront une vente avec leur facture. Pour les compter dès maintenant, ajoutez-les.",
    ),
    ("7[1-9]", "de produits qui ne sont pas des ventes", "Si le groupe se les partage, ajoutez-les à ses ventes."),
    ("2[0-7]", "de biens qui durent", "Si le groupe les paie ce mois-ci, ajoutez-les à ses achats."),
)
"""Accounts of money that is neither sold nor bought this month: what they hold, and what it could change."""


def _say_apart(entries: list[Entry], grid: Grid, findings: Findings) -> None:
    """Tell what came, or was spent, and is neither a sale nor a purchase: deposits, grants, what lasts."""
    for account, what, more in _APART:
        left = [each for each in entries if re.match(account, each.account) and each.credit]
        if total := abs(sum(each.credit for each in left)):
            which = listing([*dict.fromkeys(each.label or f"compte {each.account}" for each in left)], most=4)
            findings.left_out(grid.place(), f"{euros(total)} {what} ne sont pas lus ({which}). {more}")


def _say_awaited(entries: list[Entry], grid: Grid, findings: Findings) -> None:
    """Tell the invoices that are counted before they are sent, or received: the contrary entry takes them back."""
    pieces = {each.piece for each in entries if re.match("408|418", each.account) and each.piece}
    if found := [each for each in entries if each.piece in pieces and re.match("70|6[0-2]", each.account)]:
        which = listing([f"« {piece} »" for piece in dict.fromkeys(each.piece for each in found)], most=4)
        total = euros(sum(abs(each.credit) for each in found))
        text = (
            f"{which} : pas encore une facture ({total}, compte 418 ou 408). Cela compte, jusqu'à l'écriture contraire."
        )
        findings.heed(grid.place(), text)


def _grid(grid: Grid, titles: tuple[str, ...], made: Made) -> Grid:
    none = [-1] * len(titles)
    lines: list[Line] = [(LaidLine(0, none, titles), list(titles))]
    for number, values in made:
        lines.append(
            (LaidLine(number, none, titles), [value if isinstance(value, date) else str(value) for value in values])
        )
    return replace(grid, lines=tuple(lines), separator="", later=frozenset({"facture"}))
