"""Settings common to all tests."""

from __future__ import annotations

import gc
import itertools
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from kpa_model.cooperative import calendar

# `ci` draws the same 100 cases each time; `nightly` looks further, with new cases each night.
settings.register_profile("ci", max_examples=100, derandomize=True, deadline=None)
settings.register_profile(
    "nightly", max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile(os.environ.get("KPA_HYPOTHESIS", "ci"))
if settings.get_current_profile_name() == "ci":
    # Hypothesis also draws words of the modules that a process happened to load: no two runs have the same.
    providers._get_local_constants = lambda: providers._local_constants

gc.disable()  # ten thousand tests are collected, and they all stay


def pytest_collection_finish() -> None:
    """Leave the tests themselves out of every search for garbage: it took a twelfth of the whole run."""
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the nightly tests by day; by night, twenty thousand cases may take hours."""
    if os.environ.get("KPA_HYPOTHESIS") == "nightly":
        for item in items:
            item.add_marker(pytest.mark.timeout(3 * 3600))
        return
    skip = pytest.mark.skip(reason="seulement avec KPA_HYPOTHESIS=nightly")
    for item in items:
        if item.get_closest_marker("nightly"):
            item.add_marker(skip)


@pytest.fixture(scope="session", autouse=True)
def _personal_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test writes in the person's own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPA_MES_DONNEES", str(tmp_path_factory.mktemp("mes_donnees")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _today() -> Iterator[None]:
    """The day it is for what reads files, whenever tests run: none of their hours is still to come."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calendar, "today", lambda: date(2027, 12, 31))
        yield


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """URL of a real PostgreSQL, started when first asked, alone for this process of tests."""
    from tests.postgres import running

    with running() as url:
        yield url


_BASES = itertools.count()


@pytest.fixture(params=["sqlite", "postgresql"])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh database for a log of workshops: the same tests run on both kinds."""
    if request.param == "sqlite":
        return str(tmp_path / "ateliers.sqlite")
    return new_base(request.getfixturevalue("postgres_url"))


def new_base(url: str) -> str:
    """Make an empty database beside another; return its URL."""
    from sqlalchemy import create_engine

    name = f"essai_{os.getpid()}_{next(_BASES)}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return url.replace("/postgres?", f"/{name}?")
