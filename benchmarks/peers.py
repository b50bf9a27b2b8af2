"""The representative rule written twice more, as people would: plain Python month by month, and pandas.

Both take the same facts as `kpa_model` (a `Month` with one leading axis of replicates). Both return the pay of each
person in whole cents, `[R, N]`, and what goes to the fund, `[R]`. Both share by largest remainder, the turn breaking
ties.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from kpa_model.cooperative.month import Month

CAE, COMMONS, COMMISSION, SOLIDARITY = 115_000, 50_000, 50_000, 200_000  # parts per million
HOUR, FLOOR = 800, 5_000  # cents
WHOLE = 1_000_000


# --- plain Python -----------------------------------------------------------------------------------------------------


def split(total: int, weights: Sequence[int], turn: int) -> list[int]:
    """Share whole cents: whole parts, then one cent to each of the largest remainders, the turn first among equals."""
    whole, people = sum(weights), len(weights)
    if not whole or not total:
        return [0] * people
    shares = [total * weight // whole for weight in weights]
    order = sorted(range(people), key=lambda at: (-(total * weights[at] % whole), (at - turn) % people))
    for at in order[: total - sum(shares)]:
        shares[at] += 1
    return shares


def percent(amount: int, rate: int) -> int:
    """Return a rate of a positive amount, half a cent upwards."""
    return (2 * amount * rate + WHOLE) // (2 * WHOLE)


def one_month(facts: dict[str, Any], turn: int) -> tuple[list[int], int]:
    """Return what each person receives and what goes to the fund, for one month, in whole cents."""
    paid, people = facts["paid"], len(facts["paid"])
    pot = facts["sales"] + facts["carried"] - facts["direct_costs"]
    margin = max(facts["sales"] - facts["direct_costs"], 0)
    pot -= percent(margin, CAE)
    fund = percent(max(pot, 0), COMMONS)
    pot -= fund

    wanted = [0] * people
    for sales, costs, brought in zip(facts["order_sales"], facts["order_costs"], facts["order_brought"], strict=True):
        found = [part if here else 0 for part, here in zip(brought, paid, strict=True)]
        due = split(percent(max(sales - costs, 0), COMMISSION), found, turn)
        wanted = [before + cents for before, cents in zip(wanted, due, strict=True)]
    pay = split(min(sum(wanted), max(pot, 0)), wanted, turn)

    for at in range(people):
        if paid[at]:
            pay[at] += (2 * facts["minutes"][at] * HOUR + 60) // 120
            pay[at] = max(pay[at], FLOOR)

    here = sum(paid)
    total = sum(cents for cents, each in zip(pay, paid, strict=True) if each)
    gaps = [pay[at] * here - total if paid[at] else 0 for at in range(people)]
    gives = [max(gap, 0) * SOLIDARITY // (WHOLE * max(here, 1)) for gap in gaps]
    gets = split(sum(gives), [max(-gap, 0) for gap in gaps], turn)
    pay = [cents - give + get for cents, give, get in zip(pay, gives, gets, strict=True)]

    if sum(pay) > pot:
        pay = split(max(pot, 0), pay, turn)
    return pay, fund + max(pot - sum(pay), 0)


def in_python(month: Month) -> tuple[np.ndarray, np.ndarray]:
    """Settle every replicate, one after the other."""
    names = ("sales", "carried", "direct_costs", "order_sales", "order_costs", "order_brought", "paid")
    columns = {name: getattr(month, name).tolist() for name in names} | {"minutes": month.all_minutes.tolist()}
    done = [one_month(dict(zip(columns, row, strict=True)), month.turn) for row in zip(*columns.values(), strict=True)]
    return np.array([pay for pay, _ in done]), np.array([fund for _, fund in done])


# --- pandas -----------------------------------------------------------------------------------------------------------


def part(amount: pd.Series, rate: int) -> pd.Series:
    """Return a rate of positive amounts, half a cent upwards."""
    return (2 * amount * rate + WHOLE) // (2 * WHOLE)


def shared(rows: pd.DataFrame, by: list[str], total: pd.Series, weight: pd.Series, turn: int, people: int) -> pd.Series:
    """Share a total, repeated on each row of its group, by a weight: whole cents, largest remainder."""
    work = rows[[*by, "who"]].assign(weight=weight, total=total)
    whole = work.groupby(by)["weight"].transform("sum")
    work["total"] = work["total"].where(whole > 0, 0)
    product, whole = work["total"] * work["weight"], whole.where(whole > 0, 1)
    work["share"], work["rest"] = product // whole, product % whole
    work["queue"] = (work["who"] - turn) % people
    left = work["total"] - work.groupby(by)["share"].transform("sum")
    rank = work.sort_values(["rest", "queue"], ascending=[False, True]).groupby(by).cumcount()
    return work["share"] + (rank.sort_index() < left)


def in_pandas(month: Month) -> tuple[np.ndarray, np.ndarray]:
    """Settle every replicate at once: one row per person and replicate, `groupby` and `transform`."""
    orders, months = frames(month)
    people, turn = len(month.members), month.turn
    months["pot"] = months["sales"] + months["carried"] - months["direct_costs"]
    months["pot"] -= part((months["sales"] - months["direct_costs"]).clip(lower=0), CAE)
    months["fund"] = part(months["pot"].clip(lower=0), COMMONS)
    months["pot"] -= months["fund"]

    due = part((orders["sales"] - orders["costs"]).clip(lower=0), COMMISSION)
    orders["cents"] = shared(orders, ["month", "order"], due, orders["brought"].where(orders["paid"], 0), turn, people)
    rows = orders.groupby(["month", "who"], as_index=False)["cents"].sum().rename(columns={"cents": "wanted"})
    rows["paid"], rows["minutes"] = month.paid.reshape(-1), month.all_minutes.reshape(-1)
    pot = rows["month"].map(months["pot"])
    asked = rows.groupby("month")["wanted"].transform("sum")
    rows["pay"] = shared(rows, ["month"], np.minimum(asked, pot.clip(lower=0)), rows["wanted"], turn, people)

    rows["pay"] += (2 * rows["minutes"].where(rows["paid"], 0) * HOUR + 60) // 120
    rows["pay"] = rows["pay"].where(~rows["paid"], rows["pay"].clip(lower=FLOOR))

    grouped = rows.assign(kept=rows["pay"].where(rows["paid"], 0)).groupby("month")
    here, total = grouped["paid"].transform("sum"), grouped["kept"].transform("sum")
    gap = (rows["pay"] * here - total).where(rows["paid"], 0)
    gives = gap.clip(lower=0) * SOLIDARITY // (WHOLE * here.clip(lower=1))
    given = gives.groupby(rows["month"]).transform("sum")
    rows["pay"] += shared(rows, ["month"], given, (-gap).clip(lower=0), turn, people) - gives

    promised = rows.groupby("month")["pay"].transform("sum")
    cut = shared(rows, ["month"], np.minimum(promised, pot.clip(lower=0)), rows["pay"], turn, people)
    rows["pay"] = rows["pay"].where(promised <= pot, cut)
    months["fund"] += (months["pot"] - rows.groupby("month")["pay"].sum()).clip(lower=0)
    return rows["pay"].to_numpy().reshape(-1, people), months["fund"].to_numpy()


def frames(month: Month) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the facts as tables: one row per month, order and person; and one row per month."""
    replicates, count, people = month.order_brought.shape
    sizes = [range(each) for each in (replicates, count, people)]
    orders = pd.MultiIndex.from_product(sizes, names=["month", "order", "who"])
    orders = orders.to_frame(index=False).assign(
        sales=np.repeat(month.order_sales.reshape(-1), people),
        costs=np.repeat(month.order_costs.reshape(-1), people),
        brought=month.order_brought.reshape(-1),
        paid=np.repeat(month.paid[:, None, :], count, 1).reshape(-1),
    )
    names = ("sales", "carried", "direct_costs")
    return orders, pd.DataFrame({name: getattr(month, name) for name in names})
