"""The program dies while a month is closed and paid: what was acknowledged is there, and nothing is half done.

Twenty-five times by day, a hundred in the nightly profile.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from kpa_model.cooperative.book import Cooperative, OrderBook
from kpa_model.cooperative.orders import InvoiceLine, Order
from kpa_model.cooperative.people import Member, Spell, Status
from kpa_model.cooperative.work import Hours, Kind
from kpa_model.files.ledger.entries import LedgerBase
from kpa_model.ledger import accounts, closing, paying
from kpa_model.ledger.events import LedgerOpened
from kpa_model.ledger.month_state import MonthStatus
from kpa_model.ledger.refusal import NotNow
from kpa_model.pay.ready import ready_rules
from kpa_model.story.months import proposal, register, rules
from kpa_model.story.months.register import MonthsRegister
from tests.conftest import new_base

NIGHTLY = settings.default.max_examples > 1000
KILLS = 100 if NIGHTLY else 25
DAY = date(2026, 2, 1)
NAMES = ("Awa", "Bruno", "Chloé")
BOOK = OrderBook(
    Cooperative("Essai"),
    members=tuple(Member(name, (Spell(Status.CAPE, date(2020, 1, 1)),)) for name in NAMES),
    orders=(Order("C1", "Un buffet", "Traiteur", date(2026, 1, 2)),),
    lines=tuple(
        InvoiceLine(f"F{day:%y%m}", "C1", "Un buffet", day, day, 90_000, 100_000)
        for day in (date(2026 + at // 12, at % 12 + 1, 3) for at in range(72))
    ),
    hours=tuple(Hours(name, date(2026, 1, 3), Kind.JOB, 60 * at, "C1") for at, name in enumerate(NAMES, 1)),
)


def begin(base: str) -> None:
    ours = MonthsRegister("essai", base)
    ours.commit(lambda now: closing.open_ledger(now.state, LedgerOpened("2026-01", 600_000, 0, 0)))
    ours.commit(lambda now: rules.put_in_force(now, ready_rules()["parts_egales"], "2026-01", reason="Voté."))


def freeze(ours: MonthsRegister, label: str) -> None:
    asked = [key for key, _ in checks_of(ours, label)]
    ours.commit(lambda now: proposal.freeze(now, BOOK, label, (), asked, DAY))


def checks_of(ours: MonthsRegister, label: str):
    from kpa_model.story.months.checks import checks

    seen = ours.read()
    return checks(seen, proposal.propose(seen, BOOK, label))


def live(base: str, told: int) -> None:
    """Close, adopt and pay months for ever, in a process of its own; say each thing once it is acknowledged."""
    register._base.cache_clear()
    ours = MonthsRegister("essai", base)
    while True:
        seen = ours.read()
        label = seen.state.next_label
        last = seen.state.closed[-1] if seen.state.closed else None
        if last and last.status is MonthStatus.ADOPTED:
            ours.commit(lambda now, last=last: paying.pay_all(now.state, last.label, DAY, last.label))
            os.write(told, f"clos {last.label}\n".encode())
        elif seen.state.frozen:
            ours.commit(lambda now, label=label: closing.adopt(now.state, label, DAY, [now.who.code("Awa")]))
            os.write(told, f"adopté {label}\n".encode())
        else:
            freeze(ours, label)
            os.write(told, f"arrêté {label}\n".encode())


def test_killed_again_and_again_nothing_acknowledged_is_lost_and_nothing_is_half_done(tmp_path: Path) -> None:
    base = str(tmp_path / "mois.sqlite")
    begin(base)
    register._base(base).engine.dispose()
    draw, heard, fork = random.Random(1), "", multiprocessing.get_context("fork")
    for _ in range(KILLS):
        reads, writes = os.pipe()
        child = fork.Process(target=live, args=(base, writes), daemon=True)
        child.start()
        os.close(writes)
        with os.fdopen(reads, encoding="utf-8") as pipe:
            heard += "".join(pipe.readline() for _ in range(draw.randint(0, 2)))
            time.sleep(draw.uniform(0, 0.08))
            child.kill()
            child.join()
            heard += pipe.read()
        check(base, heard)
    assert heard.count("clos") >= KILLS // 6


def check(base: str, heard: str) -> None:
    """Read the base as the next start would."""
    with LedgerBase(base) as kept:
        seen = register._seen(kept.read("essai"))
    state = seen.state
    assert sum(state.balances.values()) == 0
    assert accounts.came_in(state.balances) == accounts.went_out(state.balances) + accounts.held(state.balances)
    for month in state.closed:
        assert month.status is MonthStatus.CLOSED or not month.payments, "half paid"
    order = [str(each) for each in (MonthStatus.OPEN, MonthStatus.FROZEN, MonthStatus.ADOPTED, MonthStatus.CLOSED)]
    for line in heard.splitlines():
        status, label = line.split()
        assert order.index(str(state.status(label))) >= order.index(status), line


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_windows_close_one_month_one_wins_and_the_other_is_told(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    base = str(tmp_path / "m.sqlite") if kind == "sqlite" else new_base(request.getfixturevalue("postgres_url"))
    begin(base)

    def window(_: int) -> str:
        try:
            freeze(MonthsRegister("essai", base), "2026-01")
        except NotNow as refused:
            return str(refused)
        return ""

    with ThreadPoolExecutor(4) as pool:
        ends = list(pool.map(window, range(4)))
    register._base(base).engine.dispose()
    assert ends.count("") == 1
    assert all("déjà arrêté, peut-être dans une autre fenêtre" in each for each in ends if each)
    assert len([each for each in MonthsRegister("essai", base).read().kept.entries if each.kind == "arret"]) == 1
    register._base(base).engine.dispose()
