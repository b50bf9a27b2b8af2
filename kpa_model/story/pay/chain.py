"""The way of the money, from what customers pay to what people receive, as rows to show, print or say."""

from __future__ import annotations

from collections.abc import Iterator

from kpa_model.cooperative.book import Basis, OrderBook
from kpa_model.cooperative.chain import MonthMoney, money_chain
from kpa_model.declare.rows import WaterfallBar
from kpa_model.pay.engine import Settlement
from kpa_model.words import count, euros, hours, month_name, of

LAYERS = {
    "TTC": "toutes taxes comprises, ce que paie le client",
    "TVA": "taxe sur la valeur ajoutée, pour l'État",
    "HT": "hors taxes",
    "marge": "ce qui reste après les achats et les frais",
    "coût total": "avant toutes les cotisations sociales : le net est plus petit",
}


CARRIED = {True: "Reste du mois d'avant", False: "Manque du mois d'avant"}
"""What the month before left, or lacked."""

_SOLD = {Basis.INVOICED: "Facturé aux clients", Basis.RECEIVED: "Payé par les clients", None: "Ventes avec la TVA"}
_WAITING = {
    Basis.INVOICED: "attendent la facture du client",
    Basis.RECEIVED: "attendent le paiement du client",
    None: "attendent que leur vente compte",
}


def book_told(book: OrderBook) -> tuple[tuple[str, ...], str]:
    """Return how many of each thing a book holds, then one sentence on what was sold: what people check first."""
    spent = sum(each.before_tax for each in book.costs)
    counts = (
        count(len(book.members), "personne"),
        count(len(book.orders), "commande"),
        count(len({line.invoice for line in book.lines}), "facture"),
        count(len(book.payments), "encaissement"),
        f"{count(len(book.costs), 'achat')}{f' ({euros(spent)})' if spent else ''}",
        f"{hours(sum(each.minutes for each in book.hours))} de travail",
    )
    if not book.months:
        return counts, ""
    first, last = (month_name(month.first_day) for month in (book.months[0], book.months[-1]))
    when = f"{of(first).capitalize()} à {last}" if first != last else f"En {first}"
    sold = sum(money.sales for money in money_chain(book))
    return counts, f"{when}, les ventes sont de {euros(sold)} hors taxes."


def chain_rows(money: MonthMoney, settled: Settlement, basis: Basis | None = None) -> tuple[WaterfallBar, ...]:
    """Return the rows from TTC to pay. Steps that pay people are gathered in one row for each person.

    Args:
        money: the month, or the order, as money.
        settled: what the rule made of it.
        basis: when a sale counts, `book.cooperative.basis`; without it, the words fit both.
    """
    rows = [
        WaterfallBar(_SOLD[basis], 0, money.with_tax, "TTC", level=True),
        WaterfallBar("La TVA va à l'État", money.with_tax, money.sales, "TVA"),
        WaterfallBar("Ventes hors taxes", 0, money.sales, "HT", level=True),
        *_shared_rows(settled),
        *_people_rows(settled),
    ]
    return tuple(rows)


def _shared_rows(settled: Settlement) -> Iterator[WaterfallBar]:
    """Yield each step that moves money to or from a shared purse; what is carried over comes after the margin."""
    pot, carried, layer = int(settled.month.sales), int(settled.month.carried), "HT"
    if carried and all(line.step.name != "frais_directs" for line in settled.lines):
        yield WaterfallBar(CARRIED[carried > 0], pot, pot + carried, layer)
        pot, carried = pot + carried, 0
    for line in settled.lines:
        if (line.after.pay - line.before.pay).any() or (line.after.saved - line.before.saved).any():
            continue
        end = pot - int(line.before.pot - line.after.pot)
        if end != pot:
            yield WaterfallBar(line.step.title, pot, end, layer)
        pot = end
        if line.step.name == "frais_directs":
            layer = "marge"
            yield WaterfallBar("Marge", 0, pot, "marge", level=True)
            if carried:
                yield WaterfallBar(CARRIED[carried > 0], pot, pot + carried, layer)
                pot, carried = pot + carried, 0
    yield WaterfallBar("Pour les personnes", 0, pot, "coût total", level=True)


def _people_rows(settled: Settlement) -> Iterator[WaterfallBar]:
    """Yield one row for each person who receives something, then what is left or missing."""
    pot = int(settled.closing.pay.sum() + (settled.closing.saved - settled.opening.saved).sum())
    pot += int(settled.closing.pot)
    for name, pay, kept in zip(
        settled.month.members, settled.pay, settled.closing.saved - settled.opening.saved, strict=True
    ):
        if cents := int(pay + kept):
            yield WaterfallBar(name, pot, pot - cents, "coût total", received=True)
            pot -= cents
    if pot:
        yield WaterfallBar("Reste pour le mois suivant" if pot > 0 else "Il manque", pot, 0, "coût total")


def month_sentences(money: MonthMoney, settled: Settlement, basis: Basis | None = None) -> tuple[str, ...]:
    """Return the month in a few French sentences, with what is not paid yet; arguments as in `chain_rows`."""
    people, shared = int((settled.pay > 0).sum()), euros(int(settled.pay.sum()))
    said = [
        f"Les ventes du mois sont de {euros(money.sales)} hors taxes.",
        f"Après les achats, la marge est de {euros(money.margin)} hors taxes.",
        f"{people} personnes se partagent {shared} en coût total." if people > 1 else "",
        f"Une personne reçoit {shared} en coût total." if people == 1 else "",
        "Personne ne reçoit d'argent ce mois-ci." if not people else "",
        f"Il manque {euros(int(settled.missing))} dans l'enveloppe." if settled.missing else "",
        f"Les clients doivent encore {euros(money.unpaid)} TTC à la fin du mois." if money.unpaid > 0 else "",
        f"{euros(money.pending_costs)} d'achats hors taxes {_WAITING[basis]}." if money.pending_costs else "",
    ]
    return tuple(sentence for sentence in said if sentence)
