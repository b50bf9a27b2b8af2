"""Facts of a month, kept and compared: a copy, a fingerprint, and the purses as they really were."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from kpa_model.cooperative.chain import MonthMoney
from kpa_model.cooperative.month import Month, known_facts
from kpa_model.ledger.codec import canonical

CARRIED_FACTS = ("carried", "fund", "reserve", "owed", "saved", "past_pay", "past_minutes", "past_points")
"""Facts that come from the months before, not from the book."""

RANK = "rang de la personne"
"""Unit of the facts that say who, by rank among the members."""


def as_data(month: Month) -> dict[str, Any]:
    """Return a month as plain lists. A fact that says nothing (its default everywhere) is left out.

    A fact that a later workbook adds therefore changes nothing in months that do not use it.
    """
    data: dict[str, Any] = {"label": month.label, "turn": month.turn, "members": list(month.members)}
    data["poles"] = list(month.poles)
    for name, about in known_facts().items():
        value = np.asarray(getattr(month, name))
        if (value != about["default"]).any():
            data[name] = (value.astype(np.int64) if value.dtype.kind == "b" else value).tolist()
    return data


def fingerprint(month: Month) -> str:
    """Return the SHA-256 of the facts, in hexadecimal."""
    return hashlib.sha256(canonical(as_data(month)).encode()).hexdigest()


def payable_members(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return who can be paid in kept facts: everyone, when `payable` was left out since it said nothing."""
    members = [str(each) for each in data["members"]]
    able = data.get("payable", [known_facts()["payable"]["default"]] * len(members))
    return tuple(name for name, yes in zip(members, able, strict=True) if yes)


def aligned(month: Month, members: Sequence[str]) -> Month:
    """Return a month whose people are in a given order, then those who were not in it and are not absent.

    Somebody who enters the group later changes nothing in an old month, not even who receives its odd cent.
    """
    known = {name: at for at, name in enumerate(month.members)}
    names = [*members, *(name for name in month.members if name not in members and not _absent(month, known[name]))]
    if tuple(names) == month.members:
        return month
    ranks = [known.get(name, -1) for name in names]
    changed: dict[str, Any] = {
        name: _taken(np.asarray(getattr(month, name)), ranks, name, about)
        for name, about in known_facts().items()
        if about["axes"].endswith("N")
    }
    places = {name: at for at, name in enumerate(names)}
    moved = np.array([places.get(name, -1) for name in month.members], np.int64)
    ranks_of_people = {name for name, about in known_facts().items() if about["unit"] == RANK}
    changed |= {name: moved[getattr(month, name)] for name in ranks_of_people if len(getattr(month, name))}
    return replace(month, members=tuple(names), **changed)


def _taken(value: Any, ranks: Sequence[int], name: str, about: Mapping[str, Any]) -> Any:
    """Return one fact for other people; who is not in the month is absent, and everything else is its default."""
    nothing = 0 if name in ("present", "payable") else about["default"]
    columns = [value[..., at] if at >= 0 else np.full(value.shape[:-1], nothing, value.dtype) for at in ranks]
    return np.stack(columns, axis=-1) if columns else np.zeros((*value.shape[:-1], 0), value.dtype)


def _absent(month: Month, at: int) -> bool:
    """Tell whether somebody of the list has nothing to do with the month."""
    for name, about in known_facts().items():
        if about["axes"].endswith("N"):
            nothing = 0 if name in ("present", "payable") else about["default"]
            if (np.asarray(getattr(month, name))[..., at] != nothing).any():
                return False
    return True


def by_person(month: Month, values: Any) -> dict[str, int]:
    """Return name → value, zeros left out."""
    return {name: int(each) for name, each in zip(month.members, values, strict=True) if each}


def of_person(values: Mapping[str, int], members: Sequence[str]) -> Any:
    """Return the values of people as an array, in the order of the members."""
    return np.array([values.get(name, 0) for name in members], np.int64)


def money_of(money: MonthMoney) -> dict[str, int]:
    """Return the money chain of a month as named amounts."""
    names = ("with_tax", "vat", "sales", "direct_costs", "margin", "unpaid", "pending_costs")
    return {name: int(getattr(money, name)) for name in names}


def orders_of(money: MonthMoney) -> dict[str, tuple[int, int]]:
    """Return what each order brought and cost in the month."""
    return {each.order: (each.sales, each.costs) for each in money.orders}
