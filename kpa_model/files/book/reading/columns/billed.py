"""Amounts that are no sales: another list gives the invoices of hours, or a column says they are not billed yet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import as_text, cell_at, same
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.fields import Assigned
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.files.book.reading.spread.people import says_total
from kpa_model.words import count, euros, listing

_HOURLY = re.compile(r"\b(taux|tarif|rate)\b|\bprix\b.*(/ ?h|heure)|horaire", re.IGNORECASE)
BLANK, _YES = "facture.vide", {"oui", "o", "x", "ok", "fait", "faite"}
SOLD_APART = "argent.factures"


def billed_apart(block: Block, priced: int, context: Context, findings: Findings) -> bool:
    """Tell whether what hours are worth, beside their rate, is no sale: another list gives the invoices; it is asked.

    While it is not answered, only the hours are read.
    """
    if not context.sold or not any(_HOURLY.search(title) for at, title in enumerate(block.titles) if at != priced):
        return False
    answer, title = block.grid.answers.get(SOLD_APART, ""), block.titles[priced]
    if not answer:
        question = f"« {title} », à côté des heures : ces montants sont-ils déjà dans vos factures ?"
        options = (("oui", "oui, ou ce ne sont pas des ventes"), ("non", "non : ce sont d'autres ventes"))
        doubt = Doubt(SOLD_APART, question, options, "Enlevez cette colonne, ou l'autre liste de factures.")
        findings.doubt(block.grid.place(block.head, priced, title), doubt)
    return answer != "non"


_NOT_YET = re.compile(r"non?|n|(non|pas)( encore)?( facture.*)?|a (faire|facturer|emettre)|(en )?attente|en cours")
_DONE = re.compile(r"oui|o|x|ok|faite?|facturee?s?.*|.*\d.*|")
"""What says that a line is not billed, or is: its day and its number too."""
_BILLED = {"facture", "facturee", "factureounon", "factureouinon", "facturation", "facturefaite"}


def but_unbilled(block: Block, lines: Sequence[Line], amount: int, findings: Findings) -> list[Line]:
    """Return the lines that are sales: one that says « Facturé ? non » is not one yet, and is told."""
    at = block.titled(_BILLED)
    said = [same(as_text(cell_at(cells, at))) for _, cells in lines]
    left = [line for line, word in zip(lines, said, strict=True) if _NOT_YET.fullmatch(word)]
    if at >= 0 and not left and "" in said and {*said} - {""} <= _YES:
        left = _silent(block, [line for line, word in zip(lines, said, strict=True) if not word], at, amount, findings)
        return [line for line in lines if all(line is not each for each in left)]
    if at < 0 or not left or not all(_NOT_YET.fullmatch(word) or _DONE.fullmatch(word) for word in said):
        return list(lines)
    _say_unbilled(block, left, at, amount, "dit non", findings)
    return [line for line in lines if all(line is not each for each in left)]


def _silent(block: Block, lines: Sequence[Line], at: int, amount: int, findings: Findings) -> list[Line]:
    """Return the lines that a column of « oui » says nothing of, once the group says that they are no sales yet."""
    priced = [line for line in lines if as_text(cell_at(line[1], amount))]
    answer, title = block.grid.answers.get(BLANK, ""), block.titles[at]
    if priced and not answer and findings.asking:
        told = f"{count(len(priced), 'ligne')} ({euros(sum(cents_in(cell_at(cells, amount)) for _, cells in priced))})"
        question = f"« {title} » est vide pour {told}. Ces lignes sont-elles déjà facturées ?"
        options = (("non", "non, pas encore : ne pas les compter"), ("oui", "oui : elles comptent"))
        doubt = Doubt(BLANK, question, options, "Écrivez « oui » ou « non » sur chaque ligne.")
        findings.doubt(block.grid.place(priced[0][0], at, title), doubt)
    elif priced and answer == "non":
        _say_unbilled(block, priced, at, amount, "est vide", findings)
    return priced if answer == "non" else []


_QUOTE = re.compile(r"\b(devis|quotes?|estimates?|propositions?)\b")


def but_unnumbered(
    block: Block, lines: Sequence[Line], sold: Mapping[str, int], amount: str, findings: Findings
) -> list[Line]:
    """Return the lines that are sales: one that its own column gives no invoice is not one yet, and is told.

    Such a line has a quote's number and no invoice's, or a day of work and neither a number nor a day of invoice.
    """
    number, day = sold.get("facture", -1), sold["date"]
    quotes, left = _quotes(block, lines, number), dict[int, list[Line]]()
    for line in lines:
        named, made = (bool(as_text(cell_at(line[1], at))) for at in (number, day))
        if named or not as_text(cell_at(line[1], sold[amount])):
            continue
        if not made or (id(line) in quotes and number >= 0):
            left.setdefault(number if made else day, []).append(line)
    for at, group in left.items():
        _say_unbilled(block, group, at, sold[amount], "est vide", findings)
    gone = {id(line) for group in left.values() for line in group}
    return [line for line in lines if id(line) not in gone]


_SO_FAR = re.compile(r"(% (deja )?|taux de |pourcentage )factur\w*|factur\w* (a |en )?\(?%\)?")
_OFFERS = re.compile(r"\b(devis|commandes?|marches?|contrats?|propositions?|quotes?|orders?)\b")
_INVOICE = re.compile(r"\b(factures?|invoices?)\b")


def _followed(block: Block, context: Context) -> int:
    """Return where a list of orders or quotes, beside invoices, says how much of each is billed; −1 in any other."""
    titles = [same(title) for title in block.titles]
    at = next((at for at, title in enumerate(titles) if _SO_FAR.fullmatch(title)), -1)
    others = [title for each, title in enumerate(titles) if each != at]
    offered = any(map(_OFFERS.search, [*others, *map(same, block.names)]))
    return at if context.sold and offered and not any(map(_INVOICE.search, others)) else -1


def but_quoted(block: Block, found: Assigned, context: Context, findings: Findings) -> Block:
    """Return a list of invoices without what is not billed yet, or a quote with neither number nor day; told."""
    number, day = (found.ranks.get(each, -1) for each in ("facture", "date"))
    amount = next((found.ranks[each] for each in ("montant_ht", "montant_ttc") if each in found.ranks), -1)
    if found.dictionary.table != "factures" or amount < 0:
        return block
    if (at := _followed(block, context)) >= 0:
        whole = euros(sum(cents_in(cell_at(cells, amount)) for _, cells in block.lines if not says_total(cells)))
        text = f"suivi de commandes ou de devis ({whole} en tout). Seules vos factures comptent : ce n'est pas lu."
        findings.heed(block.grid.place(block.head, at, block.titles[at]), text)
        return replace(block, lines=[])
    block = replace(block, lines=but_unbilled(block, block.lines, amount, findings))
    if min(number, day) < 0:
        return block
    quotes = _quotes(block, block.lines, number)
    left = [line for line in block.lines if id(line) in quotes and not as_text(cell_at(line[1], day))]
    if left:
        _say_unbilled(block, left, number, amount, "est vide", findings)
    return replace(block, lines=[line for line in block.lines if line not in left])


def _quotes(block: Block, lines: Sequence[Line], number: int) -> set[int]:
    """Return the lines, by their `id`, with a quote's number and no invoice's: none of a quote that another bills."""
    named = (at for at, title in enumerate(block.titles) if _QUOTE.search(same(title)) and at != number)
    at = min(named, key=lambda at: same(block.titles[at]).startswith(("date", "accept", "sign")), default=-1)
    told = [(line, same(as_text(cell_at(line[1], at))), as_text(cell_at(line[1], number))) for line in lines]
    billed = {quote for _, quote, invoice in told if invoice} | {""}
    return {id(line) for line, quote, invoice in told if not invoice and quote not in billed}


def _say_unbilled(block: Block, left: Sequence[Line], at: int, amount: int, why: str, findings: Findings) -> None:
    told = listing(
        [f"ligne {int(number)} : {as_text(cell_at(cells, amount)) or 'sans montant'}" for number, cells in left[:6]]
    )
    text = f"« {block.titles[at]} » {why}. Ce ne sont pas encore des ventes ({told})."
    findings.heed(block.grid.place(block.head, at, block.titles[at]), text)
