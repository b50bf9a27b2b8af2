"""What goes in the documents, ready to print: headings, tables and sentences, as texts and lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.chain import MonthMoney
from kpa_model.declare.rows import WaterfallBar
from kpa_model.errors import Problem
from kpa_model.pay.engine import Settlement
from kpa_model.pay.rule import PayRule
from kpa_model.story.paper import names as paper_names
from kpa_model.story.paper import parts as paper_parts
from kpa_model.story.paper.press import CannotPrint, Verbatim
from kpa_model.story.pay.balance import Balance, balance
from kpa_model.story.pay.balance import side_by_side as beside
from kpa_model.story.pay.chain import CARRIED
from kpa_model.story.pay.comparison import PersonCompared, View
from kpa_model.story.pay.payslip import PayslipLine
from kpa_model.words import count, day, euros, hours, signed_euros

MOST_NOTES = 5
"""How many things that the reader noticed are printed; the others are counted."""

NO_LINES = "Le groupe compte moins de 5 personnes. Sans les noms, on ne montre pas les montants de chaque personne."


def same_length(settlements: Sequence[Settlement], months_money: Sequence[MonthMoney]) -> None:
    """Refuse months that do not follow each other, or nothing at all. Raises CannotPrint."""
    if not settlements or len(settlements) != len(months_money) or not paper_parts.follow_each_other(settlements):
        what = "les mois ne se suivent pas, ou il n'y en a pas."
        raise CannotPrint(Problem("Document « Notre règle »", what, "Choisissez un mois, ou des mois qui se suivent."))


def heading(
    book: OrderBook, rule: PayRule, when: str, origin: Mapping[str, str], prints: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> dict[str, Any]:  # fmt: skip
    """Return what every document carries: who, when, where it comes from, and the words of money.

    `prints` are the fingerprints of the rules, when there are several. `notes` are what the reader noticed of the book.
    """
    came = {label: Verbatim(value) for label, value in origin.items() if label not in ("Coopérative", "Règle")}
    rules = list(prints) or [came["Empreinte de la règle"]]
    came["Empreinte de la règle"] = Verbatim(", ".join(rules))
    said = f"Règle {', '.join(rules)} · " if len(rules) < 4 else ""
    return {
        "titre": rule.title,
        "cooperative": book.cooperative.name,
        "fictive": book.cooperative.fictional,
        "periode": when,
        "origine": [[label, value] for label, value in came.items()],
        "pied": Verbatim(f"{said}Données {came['Empreinte des données']} · aucun tirage au sort"),
        "mots": paper_parts.words_of_money(),
        "attention": paper_parts.NET_IS_SMALLER,
        "a_savoir": few(notes),
    }


def few(notes: Sequence[str]) -> list[str]:
    """Return the notes that a paper prints: those that change the money first, then how many are left."""
    return [*sorted(notes, key=_is_minor)[:MOST_NOTES], *_more(len(notes) - MOST_NOTES)]


def _is_minor(note: str) -> bool:
    """Tell whether a note says how a file was read, rather than what changes the money."""
    return "lu comme la table" in note or "pas utilisée" in note


def _more(left: int) -> tuple[str, ...]:
    told = f"{count(left, 'autre remarque', 'autres remarques')} : voir la page « Nos chiffres »."
    return (told,) if left > 0 else ()


def rule_told(rule: PayRule) -> dict[str, Any]:
    """Return the rule: its sentence, its steps read aloud, its trial, what it favours, what people object to."""
    review = rule.trial.review_on if rule.trial else None
    return {
        "phrase": rule.sentence,
        "etapes": [[step.title, said] for step, said in zip(rule.steps, rule.steps_said(), strict=True)],
        "essai": rule.trial.says() if rule.trial else "",
        "revue": day(review) if review else "",
        "favorise": rule.favours,
        "objections": rule.objections,
    }


def way(rows: Sequence[WaterfallBar]) -> list[list[Any]]:
    """Return the way of the money as lines: label, amount, layer, whether it is a total."""
    return [[row.label, row.amount, row.layer, row.level] for row in rows]


def people(settlements: Sequence[Settlement], names: bool) -> dict[str, Any]:
    """Return the table of who receives what, its total, and a sentence instead when it would tell too much."""
    people = paper_parts.shares(settlements)
    held = balance(settlements)
    whole = {
        "total": euros(sum(each.cents for each in people)),
        "autres": paper_parts.others_who_gave_time(settlements),
        "bilan": [[name, euros(cents), strong] for name, cents, strong in held.lines()],
        "poches": list(held.purses()),
        "avis": "",
    }
    if not names:
        if paper_names.too_small(len(people)):
            return {**whole, "lignes": [], "montants": [], "avis": NO_LINES}
        people = tuple(sorted(people, key=lambda each: (len(each.name), each.name)))
    return {
        **whole,
        "du": any(each.owed for each in people),
        "lignes": [
            [Verbatim(each.name), hours(each.minutes) if each.minutes else "", euros(each.cents),
             euros(each.owed) if each.owed else ""]
            for each in people
        ],
        "montants": [(each.name, each.cents) for each in people],
    }  # fmt: skip


def balances(held: Sequence[Balance]) -> list[list[Any]]:
    """Return the money under each rule: what it is, whether it is a sum, then one amount a rule."""
    return [
        [name, strong, *("" if cents is None else euros(cents) for cents in each)]
        for name, each, strong in beside(held)
    ]


def pot_lines(settled: Settlement, before: Sequence[PayslipLine]) -> list[list[Any]]:
    """Return how the pot was made, from sales to people; the lines always add up to the last one."""
    sold, carried = int(settled.month.sales), int(settled.month.carried)
    received = int((settled.pay + settled.closing.saved - settled.opening.saved).sum())
    left = int(settled.closing.pot)
    lines: list[list[Any]] = [["Ventes du mois, hors taxes", "", euros(sold), True]]
    if carried:
        lines.append([CARRIED[carried > 0], "", signed_euros(carried), False])
    lines += [[e.title, e.sentence, signed_euros(e.cents), False] for e in before]
    if other := received + left - sold - carried - sum(e.cents for e in before):
        lines.append(["Autres mouvements", "", signed_euros(other), False])
    if left:
        lines.append(["Laissé pour le mois suivant" if left > 0 else "Il manque", "", signed_euros(-left), False])
    lines.append(["Les personnes reçoivent, toutes ensemble", "", euros(received), True])
    return lines


def addition(own: Sequence[PayslipLine], total: int) -> str:
    """Return `40,00 € + 12,50 € − 2,50 € = 50,00 €`; nothing when there is nothing to add up."""
    parts = [signed_euros(entry.cents).lstrip("+") for entry in own if entry.cents]
    if len(parts) < 2:
        return ""
    return f"{' + '.join(parts)} = {euros(total)}".replace("+ −", "− ")


def figures(views: Sequence[View], what: str) -> list[list[str]]:
    """Return one line per figure: its label, then its value under each rule; `what` is `figures` or `indices`."""
    first = getattr(views[0], what)
    return [[figure.label, *(getattr(view, what)[at].value for view in views)] for at, figure in enumerate(first)]


def side_by_side(views: Sequence[View]) -> list[list[Any]]:
    """Return one line per person: name, then (amount, change) under each rule."""
    names = list(dict.fromkeys(person.name for view in views for person in view.people))
    found = [{person.name: person for person in view.people} for view in views]
    return [[Verbatim(name), *(_amount_and_change(each.get(name)) for each in found)] for name in names]


def _amount_and_change(person: PersonCompared | None) -> list[str]:
    if person is None:
        return ["", ""]
    return [euros(person.cents), signed_euros(person.change) if person.change else "="]
