"""What pays leave in hand, and what the dated amounts say, on every half year from 2018 to 2026."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from itertools import pairwise, product

import numpy as np

from kpa_model.benefits.allowances import ass_kept
from kpa_model.benefits.changes import changes
from kpa_model.benefits.household import Household
from kpa_model.benefits.in_hand import in_hand, known_day, least_useful_pay
from kpa_model.benefits.layers import WrongPayslip, band, from_payslip, supposed
from kpa_model.benefits.parameters import parameters
from kpa_model.benefits.rhythm import compare_rhythms
from kpa_model.benefits.situations import BENEFITS, TYPICAL, Situation
from kpa_model.benefits.solidarity import ppa, ppa_scale, rsa, rsa_scale
from kpa_model.words import euros, percent
from tests.told.golden import Golden

DAYS = [date(year, month, 1) for year in range(2018, 2027) for month in (2, 9)][:-1]
LAST = DAYS[-1]
PAYS = np.array(
    [(0, 0, 0), *((pay, pay, pay) for pay in range(1_00, 2_400_00, 97_13)), (300_00, 0, 0), (0, 1, 2_000_00)]
)
HOMES = [
    Household(adults, children, lone, housed, asks)
    for adults in (1, 2) for children in range(6) for lone in (False, True) for housed in (False, True)
    for asks in (False, True) if not lone or (adults == 1 and children)
]  # fmt: skip


def rights(home: Household, day: date) -> Iterator[str]:
    """Yield RSA and prime d'activité of a household, alone and with another pay, other resources and an AAH."""
    yield f"{rsa_scale(day).share(home)} {ppa_scale(day).housing_deduction(home)}"
    for other in (0, 400_00):
        own = PAYS[:, None, :]
        own = np.concatenate([own, np.full_like(own, 900_00)], axis=-2) if home.adults == 2 else own
        yield str(rsa(home, day, PAYS, other).tolist())
        for aah in (0, 1_000_00):
            allowance = np.zeros_like(own)
            allowance[..., 0, :] = aah
            yield str(ppa(home, [day] * 3, own, np.full_like(PAYS, other), aah=allowance, paid_on=day).tolist())


def left(situation: Situation, day: date) -> Iterator[str]:
    """Yield everything that pays change for a situation."""
    seen = in_hand(situation, PAYS, day)
    for name in ("paid", "change_at_once", "change_later", "kept", "postponed"):
        yield f"{name} {getattr(seen, name).tolist()}"
    for held in (seen.without, seen.with_pay):
        yield from (f"{each.name} {np.asarray(getattr(held, each.name)).tolist()}" for each in fields(held))


def test_what_is_left_in_hand_is_what_it_was() -> None:
    golden = Golden("en_main")
    described = [
        Situation(f"{benefit} {adults}", "", Household(adults, 1), benefit, 1_400_00, 900_00, 2)
        for benefit in BENEFITS for adults in (1, 2)
    ]  # fmt: skip
    for day in DAYS:
        golden.scene(
            f"{day}, les foyers", (), (line for home in HOMES[:: 1 + (day != LAST) * 3] for line in rights(home, day))
        )
        for situation in (*TYPICAL, *described):
            kept = [euros(int(each)) for each in in_hand(situation, PAYS, day).kept[:4]]
            golden.scene(f"{day}, {situation.name}", (f"{situation.label} {', '.join(kept)}",), left(situation, day))
    for situation in TYPICAL:
        told = (
            f"{each.rhythm.label} : {euros(each.paid)}, {euros(each.kept)}, {each.ass_stops}"
            for each in compare_rhythms(situation, 120_00, LAST)
        )
        golden.scene(situation.label, told)
    months = [[at % turn != 0 for at in range(14)] for turn in range(2, 6)] + [
        [at not in pause for at in range(14)] for pause in ((4, 5), (4, 5, 6), (5, 6, 7, 8))
    ]
    golden.scene("ASS", (str(ass_kept(each, LAST, used).astype(int).tolist()) for each in months for used in (0, 2)))
    golden.check()


def test_the_layers_of_pay_are_what_they_were() -> None:
    golden = Golden("brut_et_net")
    for day in DAYS:
        for name in ("low", "high", "unpensioned"):
            rates = getattr(band(day), name)
            costs = np.arange(0, 3_000_00, 61_07)
            counted = (
                str(each(costs).tolist())
                for each in (rates.gross, rates.net, rates.net_of_gross, rates.gross_of_net, rates.cost)
            )
            golden.scene(
                f"{day} {name}",
                (f"{percent(rates.employer)} {percent(rates.person)} {percent(rates.net_per_cost)}",),
                counted,
            )
        golden.scene(f"{day} supposé", (f"{label} {percent(rate)}" for label, rate in supposed(day).items()))
        golden.scene(f"{day} au moins", (euros(least_useful_pay(day)),))
    for cost, net in product((99_99, 100_00, 137_41, 200_00, 200_01), (0, 1, 49_99, 50_00, 79_16, 99_99, 100_00)):
        try:
            golden.scene(f"bulletin {cost} {net}", (str(from_payslip(cost, 100_00, net)),))
        except WrongPayslip as wrong:
            golden.scene(f"bulletin {cost} {net}", (str(wrong),))
    golden.check()


def test_dated_amounts_say_what_they_said() -> None:
    golden = Golden("montants_dates")
    for before, after in pairwise(DAYS):
        golden.scene(f"{before} à {after}", (each.sentence for each in changes(before, after)))
    told = ((each, each.on(LAST)) for each in parameters().values())
    golden.scene("ce jour-là", (f"{each.label} : {each.written(value)}" for each, value in told if value))
    golden.scene("trop tôt", map(str, known_day(date(2010, 1, 1))))
    golden.check()
