"""What a person would look at before closing a month: each thing is a sentence, to be ticked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.people import Status
from kpa_model.ledger.month_state import MonthState, MonthStatus
from kpa_model.ledger.refusal import called
from kpa_model.story.months.proposal import ProposedMonth, drifts
from kpa_model.story.months.register import NamedLedger
from kpa_model.words import count, day, euros, listing, of

Check = tuple[str, str]
"""What makes it the same check, and its sentence; another sentence is another check."""


def checks(seen: NamedLedger, proposal: ProposedMonth, notes: Sequence[str] = ()) -> list[Check]:
    """Return what must be looked at, people as codes; nothing when the month is plain."""
    said = [
        *_people(proposal),
        *_money(proposal),
        *_rule(seen, proposal.settled.month.label),
        *_before(seen, proposal),
        *_notes(seen, notes),
    ]
    return [(hashlib.sha256(each.encode()).hexdigest()[:12], each) for each in said]


_NOTES, _BETWEEN = "Remarques de lecture du carnet", " · "


def _notes(seen: NamedLedger, notes: Sequence[str]) -> list[str]:
    """Ask about the notes of the reader that were not looked at when an earlier month was closed."""
    known = " ".join(each for month in seen.state.closed if month.frozen for each in month.frozen.checks)
    new = [said for each in notes if (said := seen.who.hidden(each)) not in known]
    return [f"{_NOTES} ({len(new)}) : {_BETWEEN.join(new)}"] if new else []


def notes_seen(seen: NamedLedger, month: MonthState) -> tuple[str, ...]:
    """Return the notes of the reader that were looked at when this month was closed."""
    asked = next((each for each in month.frozen.checks if each.startswith(_NOTES)), "") if month.frozen else ""
    return tuple(seen.who.told(each) for each in asked.partition(" : ")[2].split(_BETWEEN) if each)


def _people(proposal: ProposedMonth) -> list[str]:
    month = proposal.settled.month
    minutes, names = month.all_minutes, month.members
    idle = [name for name, paid, done in zip(names, month.paid, minutes, strict=True) if paid and not done]
    bare = [name for name, paid, done in zip(names, month.payable, minutes, strict=True) if done and not paid]
    said = []
    if idle:
        verb = "n'a aucune heure notée" if len(idle) == 1 else "n'ont aucune heure notée"
        said.append(f"{listing(idle)} {verb}. Rien fait ce mois-ci, ou oublié de noter ?")
    if len(bare) == 1:
        said.append(f"{bare[0]} a donné du temps sans CAPE ce mois-là : le cahier ne peut pas payer cette personne.")
    elif bare:
        said.append(f"{listing(bare)} ont donné du temps sans CAPE ce mois-là : le cahier ne peut pas les payer.")
    return [*said, *_contracts(proposal)]


def _contracts(proposal: ProposedMonth) -> list[str]:
    """Say whose last contract ends inside the month."""
    month = CalendarMonth.parse(proposal.settled.month.label)
    said = []
    for member in proposal.coded.members:
        capes = [spell for spell in member.spells if spell.status == Status.CAPE]
        ends = [spell.end for spell in capes if spell.end]
        if capes and len(ends) == len(capes) and month.first_day <= max(ends) <= month.last_day:
            said.append(f"Le CAPE {of(member.name)} finit le {day(max(ends))}. Est-il renouvelé ?")
    return said


def _money(proposal: ProposedMonth) -> list[str]:
    settled, money = proposal.settled, proposal.money
    said = []
    if money.unpaid > 0:
        said.append(f"Les clients doivent encore {euros(money.unpaid)} TTC à la fin du mois. L'argent est-il là ?")
    if money.pending_costs:
        said.append(f"{euros(money.pending_costs)} d'achats attendent la vente de leur commande.")
    if settled.missing:
        said.append(
            f"Il manque {euros(int(settled.missing))} dans l'enveloppe. Le mois suivant commencera avec ce manque."
        )
    elif not int(settled.pay.sum()):
        said.append("Personne ne reçoit d'argent ce mois-ci.")
    return said


def _rule(seen: NamedLedger, label: str) -> list[str]:
    rule = seen.state.rule_of(label)
    month = CalendarMonth.parse(label)
    if rule and rule.trial_ends and rule.trial_ends < month.first_day:
        return [f"L'essai de « {rule.title} » est fini depuis le {day(rule.trial_ends)}. Garde-t-on cette règle ?"]
    return []


def _before(seen: NamedLedger, proposal: ProposedMonth) -> list[str]:
    said = _advances(seen, proposal)
    late = [each.label for each in seen.state.closed if each.status is MonthStatus.ADOPTED]
    if late:
        said.append(f"Tout n'est pas versé pour {listing([called(label) for label in late])}.")
    changed = sorted(drifts(seen, proposal.book))
    if changed:
        months = listing([called(label) for label in changed])
        verb = "un mois clos" if len(changed) == 1 else count(len(changed), "mois clos", "mois clos")
        said.append(f"Le carnet a changé pour {verb} : {months}. Régularisez avant, ou après.")
    return said


def _advances(seen: NamedLedger, proposal: ProposedMonth) -> list[str]:
    """Ask about an advance that the book says and that the ledger says too: it would be taken twice."""
    month = proposal.settled.month
    noted = {each.person for each in seen.state.month(month.label).payments.values()}
    twice = [name for name, cents in zip(month.members, month.advance, strict=True) if cents and name in noted]
    if not twice:
        return []
    return [f"Une avance est notée deux fois pour {listing(twice)}, dans le carnet et ici. Est-ce la même ?"]
