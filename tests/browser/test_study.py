"""Rules studied in a real browser: audited on one page, found from wishes, a point touched to hear its rule."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import alone
from tests.browser.conftest import RealServer
from tests.kept_workshop import keep_cases

SIZES = [(1280, 800), (360, 780)]
server, serve = alone.server, alone.serve  # rules that other tests made would be tried in place of the example's


def test_a_rule_is_audited_and_everyone_can_read_it(
    page_at: Callable[..., Page], everyone: Callable[[Page], None]
) -> None:
    page = page_at("16_eprouver")
    page.get_by_role("button", name="Éprouver cette règle").click()
    expect(page.get_by_text("Le plus petit exemple trouvé").first).to_be_visible()
    everyone(page)


def test_the_mix_of_a_workshop_is_a_wish_then_a_point_is_touched_its_rule_is_heard_and_taken(
    page_at: Callable[..., Page],
    everyone: Callable[[Page], None],
    server: RealServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(server.personal))
    keep_cases(6)
    page = page_at("15_trouver")
    page.get_by_role("button", name="Un mélange de principes").click()
    page.get_by_role("button", name="Reprendre le mélange").click()
    expect(page.get_by_text("Surtout : les heures.")).to_be_visible()
    expect(page.get_by_label("Heures", exact=True)).to_have_value("7")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_text("règles essayées")).to_be_visible()
    page.locator("[data-press='Règle 2']").click()
    expect(page.get_by_role("heading", name="Règle 2 :")).to_be_visible()
    expect(page.get_by_role("heading", name="Parlons-en")).to_be_visible()
    page.get_by_role("button", name="Prendre comme notre règle").click()
    expect(page.get_by_text("C’est maintenant « notre règle »")).to_be_visible()
    everyone(page)
