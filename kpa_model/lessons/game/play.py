"""The three turns of a month: quote, work, pay. Pure: each takes the game and gives the next one.

Nothing is refused for lack of time or money: what cannot be done is left out, and the record says why. So the same
choices can be played again under another rule, another price or another delay (`replay`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpa_model.lessons.game import cards
from kpa_model.lessons.game.cards import MONTHS, NEEDED, Effect, OrderCard, PriceLevel
from kpa_model.lessons.game.quarter import (
    CAE,
    CUSTOMERS,
    EVENTS,
    LIFE,
    OURS,
    SOCIAL,
    SUPPLIERS,
    Job,
    MonthRecord,
    Phase,
    Quarter,
    QuoteReply,
    mine,
)
from kpa_model.money import part_of, split_cents
from kpa_model.words import of

NO_TIME, NO_CASH = "pas assez d'heures", "pas assez d'argent pour les achats"


def quoted(game: Quarter, levels: Mapping[str, PriceLevel]) -> Quarter:
    """Send quotes at the chosen prices; the customer says yes from a stated number on the die.

    Args:
        game: in phase QUOTE.
        levels: card → price; a card that is absent, or not on the table, gets no quote.
    """
    throws = cards.dice(game.seed)
    answers = tuple(
        QuoteReply(card.key, level, card.prices[level], throws[card.key], throws[card.key] >= NEEDED[level])
        for card in cards.table(game.seed, game.month)
        if (level := levels.get(card.key)) is not None
    )
    return replace(game.noted(answers=answers), phase=Phase.WORK)


def put(game: Quarter, name: str, cents: int) -> Quarter:
    """Move money between two purses: into ours when positive, back into hers when negative; as much as there is."""
    if name not in game.setup.names:
        return game
    if cents >= 0:
        return game.moved(mine(name), OURS, min(cents, game.purse(name)), f"{name} met dans la caisse")
    return game.moved(OURS, mine(name), min(-cents, game.till), f"{name} reprend de la caisse")


def room(game: Quarter, efforts: Mapping[str, int]) -> Mapping[str, int]:
    """Return the minutes each person can give this month; those who sit out give none. A bonus goes to the others."""
    caps = {each.name: each.minutes if efforts.get(each.name, 0) > 0 else 0 for each in game.setup.people}
    total = sum(caps.values())
    if not total or not game.bonus:
        return caps
    moved = split_cents(min(abs(game.bonus), total) if game.bonus < 0 else game.bonus, list(caps.values())).tolist()
    sign = 1 if game.bonus > 0 else -1
    return {name: max(0, cap + sign * part) for (name, cap), part in zip(caps.items(), moved, strict=True)}


def shared(total: int, weights: Sequence[int], caps: Sequence[int]) -> list[int]:
    """Split minutes by weights without passing anybody's cap; `total` is at most what has a weight can hold."""
    given = [0] * len(caps)
    while (left := total - sum(given)) > 0:
        still = [weight if has < cap else 0 for weight, has, cap in zip(weights, given, caps, strict=True)]
        if not any(still):
            break
        more = split_cents(left, still).tolist()
        given = [min(cap, has + part) for has, part, cap in zip(given, more, caps, strict=True)]
    return given


def worked(game: Quarter, efforts: Mapping[str, int]) -> Quarter:
    """Buy, work, draw the event, receive what is due, pay the host its part.

    Args:
        game: in phase WORK.
        efforts: name → 0 (not this month), 1 (a little), 2 (a lot); absent counts for 1.
    """
    weights = {name: max(0, efforts.get(name, 1)) for name in game.setup.names}
    caps = room(game, weights)
    game = replace(_jobs_done(game, sum(caps.values())), bonus=0)
    total = sum(cards.order_cards()[job.card].minutes for job in game.jobs if job.month == game.month)
    minutes = shared(total, list(weights.values()), list(caps.values()))
    game = game.noted(minutes=dict(zip(game.setup.names, minutes, strict=True)))
    game = _event(game)
    for job in game.jobs:
        if not job.paid and job.due <= game.month:
            game = _received(game, job)
    return replace(_bills(game), phase=Phase.PAY)


def _jobs_done(game: Quarter, minutes: int) -> Quarter:
    """Do the accepted work in the order of the table, as long as hours and the till allow."""
    for answer in game.now.answers:
        if not answer.accepted:
            continue
        card = cards.order_cards()[answer.card]
        why = NO_TIME if card.minutes > minutes else NO_CASH if card.purchases > game.till else ""
        if why:
            game = game.noted(left_out=(*game.now.left_out, (card.key, why)))
            continue
        minutes -= card.minutes
        game = game.moved(OURS, SUPPLIERS, card.purchases, f"achats : {card.title}")
        job = Job(card.key, answer.price, game.month, game.month + (0 if game.prompt else card.delay))
        game = replace(game, jobs=(*game.jobs, job))
    return game


def _event(game: Quarter) -> Quarter:
    """Draw the event card of the month and do what it says."""
    card = cards.event(game.seed, game.month)
    game = game.noted(event=card.key)
    if card.effect is Effect.CASH:
        if card.value >= 0:
            return game.moved(EVENTS, OURS, card.value, card.title)
        return replace(game, owed=game.owed - card.value)
    if card.effect is Effect.HOURS:
        return replace(game, bonus=card.value)
    waiting = sorted((job for job in game.jobs if not job.paid), key=lambda job: job.due)
    if not waiting or card.effect is Effect.TALK:
        return game
    if card.effect is Effect.LATE:
        return _changed(game, waiting[0], due=max(waiting[0].due, game.month) + 1)
    return _changed(game, waiting[-1], due=game.month)


def _changed(game: Quarter, job: Job, **changes: int) -> Quarter:
    at = game.jobs.index(job)
    return replace(game, jobs=(*game.jobs[:at], replace(job, **changes), *game.jobs[at + 1 :]))  # type: ignore[arg-type]


def _received(game: Quarter, job: Job) -> Quarter:
    """Take the money of a job, and pay the host its part of the margin."""
    card: OrderCard = cards.order_cards()[job.card]
    game = game.moved(CUSTOMERS, OURS, job.price, f"paiement : {card.title}")
    host = int(part_of(max(0, job.price - card.purchases), game.setup.cae_rate))
    game = game.moved(OURS, CAE, host, f"part de la CAE : {card.title}")
    return _changed(game, job, paid=True)


def _bills(game: Quarter) -> Quarter:
    """Pay what an event asks, as far as the till goes; the rest waits for next month."""
    part = min(game.owed, game.till)
    return replace(game.moved(OURS, EVENTS, part, "imprévu"), owed=game.owed - part)


def pot(game: Quarter, kept_rate: int) -> int:
    """Return what is to be shared when a part of the till is kept, in cents; `kept_rate` in ppm."""
    return game.till - int(part_of(game.till, kept_rate))


def paid(game: Quarter, rule: str, kept_rate: int, amounts: Sequence[int]) -> Quarter:
    """Pay each person, let the month cost what it costs, and turn the page.

    Args:
        game: in phase PAY.
        rule: what the group calls its rule.
        kept_rate: part of the till that stays, ppm.
        amounts: total cost per person, in the order of the team; never more than the pot together.

    Raises:
        ValueError: amounts that are negative or pass what the till holds; a defect, never the group's fault.
    """
    if min(amounts) < 0 or sum(amounts) > game.till:
        raise ValueError("a rule shares at most what the till holds")
    lacking = {}
    for person, cost in zip(game.setup.people, amounts, strict=True):
        net = int(part_of(cost, game.setup.net_rate))
        game = game.moved(OURS, mine(person.name), net, f"paie nette {of(person.name)}")
        game = game.moved(OURS, SOCIAL, cost - net, "cotisations")
        spent = min(person.spending, game.purse(person.name))
        game = game.moved(mine(person.name), LIFE, spent, "dépense du mois")
        lacking[person.name] = person.spending - spent
    pay = dict(zip(game.setup.names, amounts, strict=True))
    game = game.noted(rule=rule, kept_rate=kept_rate, pay=pay, lacking=lacking)
    if game.month == MONTHS:
        return replace(game, phase=Phase.END)
    return replace(game, month=game.month + 1, phase=Phase.QUOTE, records=(*game.records, MonthRecord()))
