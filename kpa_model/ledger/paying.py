"""What was really paid: the request to the CAE and its answer, payments, what is carried, purses that are spent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kpa_model.ledger import accounts
from kpa_model.ledger.accounts import PURSES
from kpa_model.ledger.codec import LedgerEvent
from kpa_model.ledger.events import (
    Carried,
    DebtSettled,
    ExpenseUndone,
    HostAnswered,
    LimitSet,
    PaymentUndone,
    PayRequested,
    PersonPaid,
    PurseSpent,
)
from kpa_model.ledger.month_state import MonthState
from kpa_model.ledger.refusal import following, refuse, titled, written
from kpa_model.ledger.state import LedgerState
from kpa_model.money import WHOLE
from kpa_model.words import euros, of, percent

OUTCOMES = {"acceptee": "acceptée", "refusee": "refusée", "payee": "payée"}
"""What the CAE may answer → how it is said."""


def _adopted(state: LedgerState, label: str) -> MonthState:
    month = state.month(label)
    if month.adopted is None:
        todo = "Arrêtez-le, puis adoptez-le." if month.frozen is None else "Adoptez-le d'abord."
        raise refuse(titled(label), f"ce mois est {month.status}.", todo)
    return month


def request(state: LedgerState, label: str, on: date, due_on: date | None = None, reference: str = "") -> PayRequested:
    """Ask the CAE to pay what can be paid now."""
    month = _adopted(state, label)
    where = f"Demande {of(titled(label).lower())}"
    if month.requested:
        raise refuse(where, "elle est déjà partie.", "Si la CAE l'a refusée, notez-le, puis recommencez.")
    amounts = {person: cents for person in month.people if (cents := month.payable(person, state.limit))}
    if not amounts:
        raise refuse(where, "il n'y a rien à demander.", "Personne ne reçoit d'argent pour ce mois.")
    return PayRequested(label, on, amounts, due_on, reference.strip())


def answer(
    state: LedgerState, label: str, on: date, outcome: str, figures: Mapping[str, int] | None = None, note: str = ""
) -> tuple[LedgerEvent, ...]:
    """Note what the CAE answered; what it paid becomes payments, and differences stay due."""
    month = _adopted(state, label)
    where = f"Demande {of(titled(label).lower())}"
    if not month.requested or month.request is None:
        raise refuse(where, "aucune demande n'attend de réponse.", "Préparez d'abord la demande.")
    if outcome not in OUTCOMES:
        raise refuse(where, f"« {outcome} » n'est pas une réponse.", f"Choisissez : {', '.join(OUTCOMES.values())}.")
    if outcome == "refusee" and month.payments:
        raise refuse(where, "des versements sont déjà notés.", "Annulez-les s'ils n'ont pas eu lieu.")
    paid = {person: cents for person, cents in (figures or {}).items() if cents} if outcome == "payee" else {}
    said = HostAnswered(label, on, outcome, paid, note.strip())
    rank = len(month.answers) + 1
    made: list[LedgerEvent] = [said]
    for person, cents in paid.items():
        key = f"{label}:cae:{month.version}:{month.request.on}:{rank}:{person}"
        made.append(PersonPaid(key, label, person, cents, on, "CAE", month.request.reference))
    return tuple(made)


def pay(
    state: LedgerState, label: str, person: str, cents: int, on: date, payment: str, *,
    means: str = "", reference: str = "", advance: bool = False,
) -> tuple[PersonPaid, ...]:  # fmt: skip
    """Note a payment, whole or in parts; the same one sent twice is written once."""
    if f"versement:{payment}" in state.seen:
        return ()
    where = f"Versement, {titled(label).lower()}"
    early = advance and label == state.next_label and label
    month = state.month(label) if early else _adopted(state, label)
    if cents <= 0:
        raise refuse(where, "le montant est nul ou négatif.", "Écrivez un montant, par exemple 45,50.")
    here = month.payable(person, state.limit)
    if cents > here and not advance:
        what = f"il reste {euros(here)} à verser à cette personne."
        raise refuse(where, what, "Écrivez ce montant au plus, ou dites que c'est une avance.")
    return (PersonPaid(payment, label, person, cents, on, means.strip(), reference.strip(), advance),)


def pay_all(state: LedgerState, label: str, on: date, batch: str, means: str = "") -> tuple[LedgerEvent, ...]:
    """Note that everybody received what could be paid; what must be kept later is carried. The month is then closed."""
    month = _adopted(state, label)
    made: list[LedgerEvent] = []
    for person in month.people:
        if cents := month.payable(person, state.limit):
            made += pay(state, label, person, cents, on, f"{batch}:{person}", means=means)
    after = state.after(*made)
    rest = {person: cents for person in month.people if (cents := after.month(label).due(person))}
    if rest:
        said = f"Nous retenons au plus {percent(state.limit)} d'un mois pour rendre ce qui a été versé en trop."
        made.append(Carried(label, following(label), rest, said))
    return tuple(made)


def carry(state: LedgerState, label: str, reason: str) -> tuple[Carried, ...]:
    """Carry everything that is left of a month to the next one."""
    month = _adopted(state, label)
    reason = written(reason, titled(label), "Dites pourquoi le reste attend.")
    if state.month(following(label)).adopted:
        raise refuse(titled(label), "le mois suivant est déjà adopté.", "Notez plutôt un versement.")
    rest = {person: cents for person in month.people if (cents := month.due(person))}
    return (Carried(label, following(label), rest, reason),) if rest else ()


def undo_payment(state: LedgerState, payment: str, reason: str) -> PaymentUndone:
    """Undo a payment that did not take place; both entries stay."""
    if payment not in state.payments:
        raise refuse("Versement", "il n'existe pas, ou il est déjà annulé.", "Rechargez la page.")
    reason = written(reason, "Versement", "Dites pourquoi ce versement n'a pas eu lieu.")
    return PaymentUndone(payment, reason)


def _purse_gives(state: LedgerState, where: str, purse: str, cents: int) -> None:
    """Refuse to take from a purse what it does not hold, or while a month waits to be adopted."""
    if purse not in PURSES:
        raise refuse(where, f"« {purse} » n'est pas une poche.", f"Choisissez : {', '.join(PURSES)}.")
    if state.frozen:
        todo = "Adoptez-le, ou rouvrez-le."
        raise refuse(where, f"{titled(state.frozen.label).lower()} est arrêté et n'est pas adopté.", todo)
    if cents <= 0:
        raise refuse(where, "le montant est nul ou négatif.", "Écrivez un montant, par exemple 45,50.")
    if cents > state.balance(purse):
        here = euros(max(0, state.balance(purse)))
        raise refuse(where, f"il y a {here} dans {PURSES[purse]}.", "Choisissez un montant plus petit.")


def spend(
    state: LedgerState, purse: str, cents: int, on: date, what: str, expense: str, decision: str = "", receipt: str = ""
) -> tuple[PurseSpent, ...]:
    """Spend from the fund or from the reserve: a decision, a date, an amount, the reference of a receipt."""
    if f"depense:{expense}" in state.seen:
        return ()
    if state.opened is None:
        raise refuse("Dépense", "le registre n'est pas commencé.", "Écrivez d'abord les soldes de départ.")
    what = written(what, "Dépense", "Écrivez-le en quelques mots.", "à quoi elle sert")
    if purse == accounts.POT:
        raise refuse("Dépense", "l'enveloppe ne se dépense pas ainsi.", "Choisissez le fonds ou la réserve.")
    _purse_gives(state, "Dépense", purse, cents)
    return (PurseSpent(expense, purse, cents, on, what, decision.strip(), receipt.strip()),)


def undo_expense(state: LedgerState, expense: str, reason: str) -> ExpenseUndone:
    """Undo an expense that did not take place; both entries stay."""
    if expense not in state.expenses:
        raise refuse("Dépense", "elle n'existe pas, ou elle est déjà annulée.", "Rechargez la page.")
    reason = written(reason, "Dépense", "Dites pourquoi cette dépense n'a pas eu lieu.")
    return ExpenseUndone(expense, reason)


def settle_debt(state: LedgerState, person: str, purse: str, cents: int, reason: str) -> DebtSettled:
    """Pay from a purse what was promised to a person and still waits; it comes with the next open month."""
    here = state.owed.get(person, 0)
    if cents > here:
        raise refuse("Dette", f"le groupe doit {euros(here)} à cette personne.", "Choisissez ce montant au plus.")
    reason = written(reason, "Dette", "Dites qui l'a décidé, et quand.")
    _purse_gives(state, "Dette", purse, cents)
    return DebtSettled(person, purse, cents, state.next_label, reason)


def set_limit(ppm: int, decision: str) -> LimitSet:
    """Say which part of a month may be kept back at most, once too much was paid."""
    if not 0 <= ppm <= WHOLE:
        raise refuse("Retenue", "la part va de 0 % à 100 %.", "Choisissez par exemple 10 %.")
    decision = written(decision, "Retenue", "Dites qui l'a décidé, et quand.", "la décision")
    return LimitSet(ppm, decision)
