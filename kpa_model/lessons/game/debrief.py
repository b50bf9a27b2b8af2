"""What the quarter tells, once played: the till month by month, each person, what waits, and what to talk about.

Only facts and questions: no person is ranked, judged, or told what she should have done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kpa_model.lessons.game import cards
from kpa_model.lessons.game.play import NO_CASH
from kpa_model.lessons.game.quarter import (
    CAE,
    CUSTOMERS,
    EVENTS,
    LIFE,
    OURS,
    SOCIAL,
    START,
    SUPPLIERS,
    Movement,
    Quarter,
    mine,
)
from kpa_model.lessons.game.replay import Variation
from kpa_model.words import count, euros, hours


@dataclass(frozen=True)
class TillMonth:
    """Our purse in one month, in cents: `opening` + what came − what went = `closing`."""

    month: int
    opening: int
    received: int
    put: int
    gifts: int
    purchases: int
    host: int
    bills: int
    pay: int
    taken: int

    @property
    def closing(self) -> int:
        """What is left at the end of the month."""
        came = self.opening + self.received + self.put + self.gifts
        return came - self.purchases - self.host - self.bills - self.pay - self.taken


@dataclass(frozen=True)
class PersonQuarter:
    """One person over the quarter: minutes, then cents. `start` + `net` − `put` + `taken` − `spent` = `purse`.

    `lacking` is what the months cost beyond her purse: it is told, and nothing erases it.
    """

    name: str
    minutes: int
    start: int
    net: int
    put: int
    taken: int
    spent: int
    purse: int
    lacking: int


def till_months(game: Quarter) -> tuple[TillMonth, ...]:
    """Return our purse, month by month."""
    found: list[TillMonth] = []
    opening = game.setup.till
    people = [mine(name) for name in game.setup.names]
    for month in range(1, len(game.records) + 1):
        rows = [each for each in game.ledger if each.month == month and each.source != START]
        put = sum(each.cents for each in rows if each.target == OURS and each.source in people)
        row = TillMonth(
            month, opening,
            received=_sum(rows, CUSTOMERS, OURS), put=put, gifts=_sum(rows, EVENTS, OURS),
            purchases=_sum(rows, OURS, SUPPLIERS), host=_sum(rows, OURS, CAE), bills=_sum(rows, OURS, EVENTS),
            pay=_sum(rows, OURS, SOCIAL) + sum(each.cents for each in rows if _is_pay(each)),
            taken=sum(each.cents for each in rows if each.target in people and not _is_pay(each)),
        )  # fmt: skip
        found.append(row)
        opening = row.closing
    return tuple(found)


def people_quarter(game: Quarter) -> tuple[PersonQuarter, ...]:
    """Return each person over the quarter, in the order of the team."""
    found = []
    for name in game.setup.names:
        pocket = mine(name)
        found.append(
            PersonQuarter(
                name,
                minutes=sum(record.minutes.get(name, 0) for record in game.records),
                start=next(each.purse for each in game.setup.people if each.name == name),
                net=sum(each.cents for each in game.ledger if each.target == pocket and _is_pay(each)),
                put=_sum(game.ledger, pocket, OURS),
                taken=sum(each.cents for each in game.ledger if each.target == pocket and _is_taken(each)),
                spent=_sum(game.ledger, pocket, LIFE),
                purse=game.purse(name),
                lacking=sum(record.lacking.get(name, 0) for record in game.records),
            )
        )
    return tuple(found)


def _sum(rows: tuple[Movement, ...] | list[Movement], source: str, target: str) -> int:
    return sum(each.cents for each in rows if (each.source, each.target) == (source, target))


def _is_pay(each: Movement) -> bool:
    return each.source == OURS and each.why.startswith("paie nette")


def _is_taken(each: Movement) -> bool:
    return each.source == OURS and not _is_pay(each)


def facts(game: Quarter) -> list[str]:
    """Return what happened, as short French sentences."""
    rows = till_months(game)
    lowest = min(rows, key=lambda row: row.closing)
    sold, pay = sum(job.price for job in game.jobs), sum(row.pay for row in rows)
    worked = sum(person.minutes for person in people_quarter(game))
    said = [
        f"Nous avons vendu {euros(sold)} HT, en {count(len(game.jobs), 'commande')}.",
        f"Nous avons travaillé {hours(worked)}.",
        f"Les paies ont coûté {euros(pay)} en tout.",
        f"Le mois le plus juste est le mois {lowest.month} : il reste {euros(lowest.closing)} en caisse.",
    ]
    if game.waiting:
        waiting = sum(not job.paid for job in game.jobs)
        said.append(f"{count(waiting, 'client')} {'doit' if waiting == 1 else 'doivent'} encore {euros(game.waiting)}.")
    lent = sum(person.put for person in people_quarter(game))
    if lent:
        said.append(f"Des personnes ont mis {euros(lent)} de leur poche.")
    if game.owed:
        said.append(f"La caisse doit encore {euros(game.owed)} pour un imprévu.")
    return said


def questions(game: Quarter) -> list[str]:
    """Return what to talk about: what happened here first, then what always matters."""
    rows, people = till_months(game), people_quarter(game)
    asked = []
    if game.waiting > rows[-1].closing:
        asked.append("Le carnet est plein et la caisse presque vide : qu'est-ce qui l'explique ?")
    if any(why == NO_CASH for record in game.records for _, why in record.left_out):
        asked.append("Un travail accepté n'a pas pu se faire, faute d'argent. Qui pouvait l'avancer ?")
    if any(person.lacking for person in people):
        asked.append("Un mois a été difficile pour quelqu'un. Que pouvait faire le groupe ?")
    if any(person.put > person.taken for person in people):
        asked.append("Une personne a avancé de l'argent. Quand le retrouve-t-elle ?")
    if any(not answer.accepted for record in game.records for answer in record.answers):
        asked.append("Des devis ont été refusés. Fallait-il un autre prix ?")
    asked += [
        "Que vaut une heure, une fois tout payé ? Le saviez-vous avant ?",
        "Quel travail n'est écrit sur aucune carte ?",
        "Quelle règle garderiez-vous pour votre groupe ?",
    ]
    return asked[:6]


def what_ifs(rules: Mapping[str, str]) -> dict[str, Variation]:
    """Return what to play otherwise: French label → change; `rules` maps a name to its title."""
    found = {
        "Si chaque client payait tout de suite": Variation(at_once=True),
        "Si nos prix acceptés valaient 10 % de plus": Variation(dearer=100_000),
        "Si nous ne gardions rien en caisse": Variation(kept_rate=0),
        "Si nous gardions la moitié en caisse": Variation(kept_rate=500_000),
    }
    found.update({f"Si nous partagions par « {title} »": Variation(rule=name) for name, title in rules.items()})
    return found


def month_of(game: Quarter, at: int) -> list[str]:
    """Return what happened in one month, `at` from 0 (or −1 for the last), as sentences for the screen."""
    record, known = game.records[at], cards.order_cards()
    said = []
    for answer in record.answers:
        verdict = "le client accepte" if answer.accepted else "le client refuse"
        said.append(f"{known[answer.card].title}, {euros(answer.price)} : le dé fait {answer.die}, {verdict}.")
    said += [f"{known[key].title} n'est pas fait : {why}." for key, why in record.left_out]
    if record.event:
        card = cards.event_cards()[record.event]
        said.append(f"Imprévu : {card.title.lower()}. {card.text}")
    rows = [each for each in game.ledger if each.month == at % len(game.records) + 1]
    said += [f"{each.why.capitalize()}, {euros(each.cents)}." for each in rows if each.source == CUSTOMERS]
    return said
