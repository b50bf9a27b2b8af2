"""Documents to print: our rule, why this amount, rules side by side. Each is an accessible PDF, in French.

Pictures are drawn by a pen that the caller lends (`figures.paper` is one): names have already become letters when the
pen draws, and this module knows no drawing library. Without a pen, the tables say everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.chain import MonthMoney
from kpa_model.declare.rows import WaterfallBar
from kpa_model.errors import Problem
from kpa_model.pay.engine import Settlement
from kpa_model.pay.rule import PayRule
from kpa_model.pay.rule_file import fingerprint
from kpa_model.story.paper import content as paper_content
from kpa_model.story.paper import names as paper_names
from kpa_model.story.paper import parts as paper_parts
from kpa_model.story.paper.press import CannotPrint, Verbatim, one_line, press
from kpa_model.story.paper.unnamed_notes import notes_without_names
from kpa_model.story.pay.balance import balance
from kpa_model.story.pay.chain import month_sentences
from kpa_model.story.pay.comparison import View
from kpa_model.story.pay.payslip import payslip
from kpa_model.story.provenance import SHORT, provenance
from kpa_model.words import euros, hours, listing, signed_euros, typeset

WIDE, HALF = 170, 88


class Drawn(Protocol):
    """A picture and its text alternative."""

    @property
    def svg(self) -> bytes:
        """The picture."""

    @property
    def text(self) -> str:
        """What it says."""


class Pen(Protocol):
    """What draws; the module `figures.paper` is one."""

    Amount: Any

    def waterfall(self, rows: Any, width: float = ...) -> Drawn:
        """Draw the way of the money."""

    def pay_bars(self, people: Any, width: float = ..., now: str = ..., before: str = ...) -> Drawn:
        """Draw what each person receives."""


def rule_paper(
    book: OrderBook,
    rule: PayRule,
    settlements: Sequence[Settlement],
    months_money: Sequence[MonthMoney],
    *,
    pen: Pen | None = None,
    names: bool = True,
    notes: Sequence[str] = (),
) -> bytes:
    """Return « Notre règle »: the rule read aloud, its promises, the way of the money, who receives what, decisions.

    Args:
        book: where everything comes from.
        rule: the rule that gave the settlements.
        settlements: months that follow each other.
        months_money: the same months, as money.
        pen: what draws the pictures.
        names: without them, letters; and no line per person when the group is small.
        notes: what the reader noticed of the book: it follows the money.
    """
    paper_content.same_length(settlements, months_money)
    origin = provenance(book, rule)
    if not names:
        known = paper_names.letters_of(settlements, book)
        notes = notes_without_names(notes, known, book)
        settlements = paper_names.without_names(settlements, known)
        rule = settlements[0].rule
    basis = book.cooperative.basis
    rows, people = paper_parts.way_of_money(months_money, settlements, basis), paper_content.people(settlements, names)
    amounts = people.pop("montants")
    drawings = _pictures(pen, rows, amounts) if pen else []
    single = len(settlements) == 1
    content = {
        **paper_content.heading(book, rule, paper_parts.period(settlements), origin, notes=notes),
        "regle": paper_content.rule_told(rule),
        "promesses": paper_parts.checked_promises(settlements),
        "chemin": paper_content.way(rows),
        "phrases": month_sentences(months_money[0], settlements[0], basis) if single else (),
        "mois": [] if single else paper_parts.monthly_lines(months_money, settlements),
        "personnes": people,
        "dessins": [drawing.text for drawing in drawings],
    }
    return press("regle", content, [drawing.svg for drawing in drawings])


def payslip_paper(
    book: OrderBook, rule: PayRule, settled: Settlement, who: int, *, names: bool = True, notes: Sequence[str] = ()
) -> bytes:  # fmt: skip
    """Return « Pourquoi ce montant » for the person of that rank: sentences, and cents that add up.

    Raises:
        CannotPrint: without names in a group so small that the person would be recognised.
    """
    origin = provenance(book, rule)
    if not names:
        if paper_names.too_small(int(settled.month.paid.sum())):
            todo = "Imprimez la fiche avec le nom, et donnez-la seulement à la personne."
            raise CannotPrint(Problem("Fiche sans nom", "le groupe est trop petit : on la reconnaîtrait.", todo))
        known = paper_names.letters_of([settled], book)
        notes = notes_without_names(notes, known, book)
        (settled,) = paper_names.without_names([settled], known)
        rule = settled.rule
    slip, month = payslip(settled, who), settled.month
    kinds = ("de prestation", "d'appui", "pour le commun", "de formation")
    worked = [f"{hours(int(m))} {kind}" for m, kind in zip(month.minutes[:, who], kinds, strict=True) if m]
    content = {
        **paper_content.heading(book, rule, paper_parts.period([settled]), origin, notes=notes),
        "nom": Verbatim(slip.name),
        "total": euros(slip.total),
        "resultat": slip.says(),
        "temps": f"Temps noté ce mois-ci : {listing(worked)}." if worked else "Aucune heure n'est notée ce mois-ci.",
        "enveloppe": paper_content.pot_lines(settled, slip.before),
        "poches": list(balance([settled]).purses()),
        "moi": [[e.title, e.sentence, signed_euros(e.cents) if e.cents else "", euros(e.reached)] for e in slip.own],
        "somme": paper_content.addition(slip.own, slip.total),
    }
    return press("fiche", content)


def comparison_paper(
    book: OrderBook,
    views: Sequence[View],
    last: str,
    span: int = 1,
    *,
    pen: Pen | None = None,
    names: bool = True,
    notes: Sequence[str] = (),
) -> bytes:
    """Return two to six rules on the same months; the first view is today's rule.

    Args:
        book: where everything comes from.
        views: what `comparison.compare` gave, today's rule first.
        last: the last month looked at, `2019-02`.
        span: how many months, the last one included.
        pen: what draws the pictures.
        names, notes: as in `rule_paper`.
    """
    origin = provenance(book, views[0].rule)
    prints = [Verbatim(fingerprint(view.rule)[:SHORT]) for view in views]
    if not names:
        views = paper_names.views_without_names(views, book)
        notes = notes_without_names(notes, {}, book)
    hidden = not names and paper_names.too_small(len(views[0].people))
    drawings = [_against(pen, view, rank) for rank, view in enumerate(views[1:], 2)] if pen and not hidden else []
    content = {
        **paper_content.heading(book, views[0].rule, paper_parts.ending(last, span), origin, prints, notes),
        "regles": [
            {"titre": view.rule.title, "phrase": view.rule.sentence, "lue": view.rule.read_aloud(), "empreinte": mark,
             "phrases": () if hidden else view.sentences, "ruptures": view.broken}
            for view, mark in zip(views, prints, strict=True)
        ],
        "reperes": paper_content.figures(views, "figures"),
        "indices": paper_content.figures(views, "indices"),
        "personnes": [] if hidden else paper_content.side_by_side(views),
        "bilans": paper_content.balances([view.balance for view in views]),
        "avis": paper_content.NO_LINES if hidden else "",
        "dessins": [drawing.text for drawing in drawings],
    }  # fmt: skip
    return press("comparaison", content, [drawing.svg for drawing in drawings])


def _pictures(pen: Pen, rows: Sequence[WaterfallBar], amounts: Sequence[tuple[str, int]]) -> list[Drawn]:
    """Draw the way of the money and, when it can be shown, what each person receives."""
    drawn = [pen.waterfall([replace(row, label=typeset(row.label)) for row in rows], WIDE)]
    if amounts:
        drawn.append(pen.pay_bars([pen.Amount(one_line(name), cents) for name, cents in amounts], HALF))
    return drawn


def _against(pen: Pen, view: View, rank: int) -> Drawn:
    """Draw one rule against today's."""
    people = [pen.Amount(one_line(person.name), person.cents, person.cents - person.change) for person in view.people]
    return pen.pay_bars(people, HALF, now=f"Règle {rank}", before="Règle 1, aujourd'hui")
