"""The reference model: 25 people, 24 months, 4 poles, about 280 orders, hours shared, pay by hours in exact cents.

Its pieces are plain functions, which the plain, Mesa and SimPy versions share: only the engine around them differs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import ceil, exp
from random import Random

from kpa_model.money import WHOLE
from kpa_model.pay import rule_file
from kpa_model.pay.rule import PayRule
from kpa_model.simulation.weather.scenario import CustomerKind, Pole, Scenario

PEOPLE, MONTHS, ENQUIRIES, ACCEPTED, SHAPE = 25, 24, 19.5, 0.6, 6.0
POLES = (("Traiteur", 280, 0.6), ("Conciergerie", 60, 0.5), ("Jardin", 180, 0.6), ("Couture", 90, 0.5))
PURCHASES, HOUR, SECOND, HOURS = 0.2, 20, 0.5, 40
CAE, FUND = 115_000, 50_000
TEAM, SHIFT = 12, 360

RULE = """
titre: Référence
etapes:
- frais_directs
- contribution_cae_libre: {taux: "11,5 %"}
- part_au_fonds_commun: {taux: 5 %}
- par_heures
"""


def scenario() -> Scenario:
    """Return the reference model for our kernel."""
    usual = Scenario()
    group = replace(
        usual.group, months=MONTHS, start=PEOPLE, places=PEOPLE, arrivals=0, leaving=0, absent=0, volunteers=0,
        to_cape=0, renewal=WHOLE, take_off=0, available=HOURS * 60, second_skill=round(SECOND * WHOLE),
    )  # fmt: skip
    demand = replace(
        usual.demand, enquiries=round(ENQUIRIES * 100), regularity=round(SHAPE * 100), growth=0, large=0, next_month=0,
        accepted=round(ACCEPTED * WHOLE),
    )  # fmt: skip
    work = replace(usual.work, quote=0, meetings=0, welcome=0, promotion=0, training=0, support=0)
    poles = tuple(
        Pole(name, WHOLE // 4, price * 100, round(spread * 100), round(PURCHASES * WHOLE), HOUR * 100)
        for name, price, spread in POLES
    )
    cash = replace(usual.cash, unpaid=0, fund=0, reserve=0, overheads=0, vat=0)
    at_once = (CustomerKind("client", WHOLE, WHOLE, 0),)
    sections = {"group": group, "demand": demand, "work": work, "cash": cash}
    return replace(usual, customers=at_once, poles=poles, seasons=(WHOLE,) * 12, **sections)


def rule() -> PayRule:
    """Return the reference rule."""
    return rule_file.loads(RULE)


@dataclass
class Job:
    """One order: cents, minutes, people wanted."""

    pole: int
    sales: int
    costs: int
    minutes: int
    team: int


@dataclass
class Person:
    """One person: where she can work, minutes a month, readiness, load this month (part of her minutes), pay so far."""

    skills: set[int]
    available: int
    keen: float
    load: float = 0.0
    pay: int = 0


@dataclass
class Books:
    """What is counted over the months."""

    sales: int = 0
    orders: int = 0
    minutes: int = 0
    fund: int = 0
    carried: int = 0
    people: list[Person] = field(default_factory=list)


def new_person(rng: Random) -> Person:
    """Draw one person."""
    first = rng.randrange(len(POLES))
    other = (first + 1 + rng.randrange(len(POLES) - 1)) % len(POLES)
    skills = {first, other} if rng.random() < SECOND else {first}
    return Person(skills, int(HOURS * 60 * (0.4 + 1.2 * rng.random())), rng.random())


def enquiries(rng: Random) -> int:
    """Draw the enquiries of a month: a Poisson count whose mean is gamma distributed."""
    mean, count, reached = ENQUIRIES * rng.gammavariate(SHAPE, 1 / SHAPE), 0, 0.0
    while True:
        reached += rng.expovariate(1.0)
        if reached > mean:
            return count
        count += 1


def new_job(rng: Random) -> Job | None:
    """Draw one enquiry; None when the quote is refused."""
    if rng.random() >= ACCEPTED:
        return None
    pole = rng.randrange(len(POLES))
    _, price, spread = POLES[pole]
    sales = min(max(round(price * exp(spread * rng.gauss(0, 1))) * 100, 1000), 2_000_000)
    minutes = sales * 60 // (HOUR * 100)
    costs = round(sales * PURCHASES * (0.75 + 0.5 * rng.random()))
    return Job(pole, sales, costs, minutes, min(max(ceil(minutes / SHIFT), 1), TEAM))


def teams(jobs: list[Job], people: list[Person], rng: Random) -> Iterator[tuple[Job, list[Person]]]:
    """Yield the jobs done and who does them: volunteers first, round the list of each pole."""
    called = sorted(people, key=lambda person: -(person.keen + 0.5 * rng.random()))
    able = [[person for person in called if pole in person.skills] for pole in range(len(POLES))]
    turns, capacity, asked = [0] * len(POLES), sum(person.available for person in people), 0
    for job in jobs:
        asked += job.minutes
        hands = able[job.pole]
        if not hands or asked > capacity:
            continue
        team = [hands[(turns[job.pole] + at) % len(hands)] for at in range(min(job.team, len(hands)))]
        turns[job.pole] += len(team)
        yield job, team


def share(jobs: list[Job], people: list[Person], rng: Random) -> list[Job]:
    """Give jobs to people; return the jobs done."""
    done = []
    for job, team in teams(jobs, people, rng):
        whole = sum(person.available for person in team)
        for person in team:
            person.load += job.minutes / whole
        done.append(job)
    return done


def settle(books: Books, done: list[Job], turn: int) -> None:
    """Run the money chain and pay by hours, to the cent; nobody worked: the pot is carried over."""
    sales, costs = sum(job.sales for job in done), sum(job.costs for job in done)
    pot = books.carried + sales - costs
    pot -= (2 * max(sales - costs, 0) * CAE + WHOLE) // (2 * WHOLE)
    fund = min((2 * max(pot, 0) * FUND + WHOLE) // (2 * WHOLE), max(pot, 0))
    pot -= fund
    weights = [int(person.available * person.load) for person in books.people]
    whole, left = sum(weights), max(pot, 0)
    if whole and left:
        shares = [left * weight // whole for weight in weights]
        count = len(weights)
        order = sorted(range(count), key=lambda at: (-(left * weights[at] % whole), (at - turn) % count))
        for at in order[: left - sum(shares)]:
            shares[at] += 1
        for person, cents in zip(books.people, shares, strict=True):
            person.pay += cents
        pot -= left
    books.carried = pot
    books.fund += fund
    books.sales += sales
    books.orders += len(done)
    books.minutes += whole
    for person in books.people:
        person.load = 0.0


def figures(books: Books) -> tuple[float, float, float, float, float]:
    """Return sales (€), orders, hours, fund (€) and the Gini index of pay: what versions are compared on."""
    pay = sorted(person.pay for person in books.people)
    total, count = sum(pay), len(pay)
    gini = (
        2 * sum(at * cents for at, cents in enumerate(pay, 1)) / (count * total) - (count + 1) / count if total else 0
    )
    return books.sales / 100, float(books.orders), books.minutes / 60, books.fund / 100, gini


NAMES = ("ventes (€)", "commandes", "heures", "fonds (€)", "Gini")
