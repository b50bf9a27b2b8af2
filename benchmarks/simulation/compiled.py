"""The reference model as a hand-written loop compiled by numba: the floor we measure ourselves against."""

from __future__ import annotations

import numba
import numpy as np

from benchmarks.simulation import reference as ref

PRICES = np.array([price for _, price, _ in ref.POLES], np.float64)
SPREADS = np.array([spread for _, _, spread in ref.POLES])


@numba.njit(cache=False)
def _replicate(out: np.ndarray) -> None:
    people, poles = ref.PEOPLE, 4
    skilled = np.zeros((people, poles), np.bool_)
    available, keen = np.zeros(people, np.int64), np.zeros(people)
    pay, minutes, key = np.zeros(people, np.int64), np.zeros(people, np.int64), np.zeros(people)
    load = np.zeros(people)
    for at in range(people):
        first = np.random.randint(poles)
        skilled[at, first] = True
        if np.random.random() < ref.SECOND:
            skilled[at, (first + 1 + np.random.randint(poles - 1)) % poles] = True
        available[at] = int(ref.HOURS * 60 * (0.4 + 1.2 * np.random.random()))
        keen[at] = np.random.random()
    capacity = available.sum()
    sales_all, orders, hours, fund_all, carried = 0, 0, 0, 0, 0
    hands = np.zeros((poles, people), np.int64)
    for month in range(ref.MONTHS):
        for at in range(people):
            key[at] = -(keen[at] + 0.5 * np.random.random())
            load[at] = 0.0
        called = np.argsort(key)
        many, turns = np.zeros(poles, np.int64), np.zeros(poles, np.int64)
        for pole in range(poles):
            for at in called:
                if skilled[at, pole]:
                    hands[pole, many[pole]] = at
                    many[pole] += 1
        asked, sales, costs = 0, 0, 0
        for _ in range(np.random.poisson(ref.ENQUIRIES * np.random.gamma(ref.SHAPE, 1 / ref.SHAPE))):
            if np.random.random() >= ref.ACCEPTED:
                continue
            pole = np.random.randint(poles)
            each = round(PRICES[pole] * np.exp(SPREADS[pole] * np.random.normal())) * 100
            each = min(max(each, 1000), 2_000_000)
            work = each * 60 // (ref.HOUR * 100)
            cost = round(each * ref.PURCHASES * (0.75 + 0.5 * np.random.random()))
            asked += work
            if many[pole] == 0 or asked > capacity:
                continue
            team = min(min(max(-(-work // ref.SHIFT), 1), ref.TEAM), many[pole])
            whole = 0
            for at in range(team):
                whole += available[hands[pole, (turns[pole] + at) % many[pole]]]
            for at in range(team):
                load[hands[pole, (turns[pole] + at) % many[pole]]] += work / whole
            turns[pole] += team
            sales += each
            costs += cost
            orders += 1
        for at in range(people):
            minutes[at] = int(available[at] * load[at])
        pot = carried + sales - costs
        pot -= (2 * max(sales - costs, 0) * ref.CAE + 1_000_000) // 2_000_000
        fund = min((2 * max(pot, 0) * ref.FUND + 1_000_000) // 2_000_000, max(pot, 0))
        pot -= fund
        worked, left = minutes.sum(), max(pot, 0)
        if worked > 0 and left > 0:
            given = 0
            for at in range(people):
                cents = left * minutes[at] // worked
                pay[at] += cents
                given += cents
                key[at] = -((left * minutes[at] % worked) * people + (people - 1 - (at - month) % people))
            first = np.argsort(key)
            for at in range(left - given):
                pay[first[at]] += 1
            pot -= left
        carried, fund_all, sales_all, hours = pot, fund_all + fund, sales_all + sales, hours + worked
    ordered, total, ranked = np.sort(pay), pay.sum(), 0.0
    for at in range(people):
        ranked += (at + 1) * ordered[at]
    out[0], out[1], out[2], out[3] = sales_all / 100, orders, hours / 60, fund_all / 100
    out[4] = 2 * ranked / (people * total) - (people + 1) / people if total else 0


@numba.njit(cache=False)
def _many(seed: int, count: int) -> np.ndarray:
    np.random.seed(seed)
    out = np.zeros((count, 5))
    for at in range(count):
        _replicate(out[at])
    return out


def compiled(seed: int, count: int) -> np.ndarray:
    """Return figures of many replicates `[count, 5]`."""
    return np.asarray(_many(seed, count))
