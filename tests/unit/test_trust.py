"""A badge is told as far as its key is known here: on screen, on paper, in what leaves."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from kpa_model.assessment import badges
from kpa_model.assessment.booklet import Booklet
from kpa_model.assessment.kept import BadgeKept
from kpa_model.assessment.withdrawn import sign_list
from kpa_model.files.closed import booklets
from kpa_model.story.booklet import export, portfolio
from kpa_model.story.booklet.trust import label, taken_back

DAY, GROUP = date(2026, 3, 1), "Les Tilleuls"
OURS, OTHERS = badges.new_group_key(), badges.new_group_key()


def badge(key: bytes, title: str) -> BadgeKept:
    return BadgeKept(title, GROUP, DAY, badges.issue(key, GROUP, "Awa", title, "", "", DAY))


HELD, GONE, STRANGE = badge(OURS, "Servir"), badge(OURS, "Coudre"), badge(OTHERS, "Diriger")
MINE = Booklet("Awa", DAY, GROUP, badges=(HELD, GONE, STRANGE))


@pytest.fixture(autouse=True)
def _our_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A group with its key, which took one badge back."""
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    booklets.keep_group_key(OURS)
    booklets.keep_withdrawn_list(sign_list(OURS, {badges.verify(GONE.token, DAY).id: DAY}, DAY))


def test_three_badges_that_name_one_group_are_told_apart():
    assert label(HELD, DAY) == "Donné par Les Tilleuls, signé par notre groupe."
    assert label(GONE, DAY) == "Retiré par le groupe le 1er mars 2026."
    assert label(STRANGE, DAY) == "Se dit donné par Les Tilleuls. Clé inconnue ici : rien ne dit qui l'a signé."
    assert (
        label(BadgeKept("x", GROUP, DAY, "a.b.c"), DAY) == "Se dit donné par Les Tilleuls. Ce badge ne se vérifie plus."
    )
    assert [taken_back(each, DAY) for each in MINE.badges] == [None, DAY, None]


def test_whoever_reads_a_share_sees_which_badges_are_ours():
    page = str(dict(export.parts(MINE))["Mes badges"])
    assert page.count("signé par notre groupe") == page.count("Retiré par le groupe") == page.count("Clé inconnue") == 1


def test_a_portfolio_leaves_out_what_was_taken_back_and_recognises_nothing_in_our_name():
    with zipfile.ZipFile(io.BytesIO(portfolio.portfolio(MINE, DAY))) as folder:
        names, told = folder.namelist(), json.loads(folder.read("portfolio.jsonld"))["mainEntity"]["hasCredential"]
    assert [each["name"] for each in told] == ["Servir", "Diriger"]
    assert [each["description"].partition(" ")[0] for each in told] == ["Donné", "Se"]
    assert sum(name.startswith("badges/") for name in names) == 2
