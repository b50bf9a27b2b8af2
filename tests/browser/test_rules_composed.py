"""Rules seen elsewhere, composed in a real browser as a person does: with the mouse, then with the keyboard alone."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from kpa_model.declare.setting import ChoiceSetting, NumberSetting, YesNo, settings_of
from kpa_model.pay.rule_file import load
from kpa_model.places import data
from tests.browser.conftest import within

RULES = ("vaisselle_une_fois_et_demie", "dimanche_double", "trois_fois_par_heure", "dix_pour_cent_de_plus")
STEPS = ".kpa-steps >> nth=0"
MOST = 600
"""Presses of Tab that go all around a page."""


class Mouse:
    """A person who clicks, and types in a box after a click."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        target.click()

    def choose(self, box: Locator, value: str) -> None:
        box.select_option(value)

    def type(self, box: Locator, value: str) -> None:
        box.click(click_count=3)
        self.page.keyboard.type(value)
        self.page.keyboard.press("Tab")


class Keyboard(Mouse):
    """A person without a mouse: everything is reached by Tab, and done with keys."""

    def reach(self, target: Locator) -> None:
        before = "each => document.activeElement.compareDocumentPosition(each) === Node.DOCUMENT_POSITION_PRECEDING"
        way = "Shift+Tab" if target.evaluate(before) else "Tab"
        for _ in range(MOST):
            if target.evaluate("each => each === document.activeElement"):
                return
            self.page.keyboard.press(way)
        raise AssertionError(f"the keyboard does not reach {target}")

    def press(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Space")

    def choose(self, box: Locator, value: str) -> None:
        self.reach(box)
        self.page.keyboard.press("Home")
        wished = int(box.locator(f"option[value='{value}']").evaluate("each => each.index"))
        for _ in range(wished - int(box.evaluate("each => each.selectedIndex"))):
            self.page.keyboard.press("ArrowDown")
        assert box.input_value() == value

    def type(self, box: Locator, value: str) -> None:
        self.reach(box)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(value)
        self.page.keyboard.press("Tab")


def move(hands: Mouse, last: Locator, setting: Any, value: Any) -> None:
    """Move one control of the last step, unfolding what hides it."""
    drawn = f"[data-focus$='/{setting.name}'], [data-focus$='/{setting.name}/text']"
    box = last.locator(drawn).first
    if not box.is_visible():
        fold = last.locator("details", has=hands.page.locator(drawn)).locator("> summary")
        hands.press(fold)
        expect(box).to_be_visible()
    match setting:
        case ChoiceSetting():
            hands.choose(box, value)
        case YesNo():
            hands.press(box)
        case NumberSetting(unit=unit):
            hands.type(box, unit.show(value).removesuffix(unit.name).strip())
        case _:
            hands.type(box, setting.show(value))


def compose(page: Page, hands: Mouse, name: str) -> None:
    """Empty the rule, add its steps one by one, move what differs from what is proposed."""
    steps = page.locator(STEPS)
    expect(steps.locator("> li").first).to_be_visible()
    while left := steps.locator("> li[data-key]").count():
        hands.press(steps.get_by_role("button", name=re.compile("^Retirer")).first)
        expect(steps.locator("> li[data-key]")).to_have_count(left - 1)
    for rank, step in enumerate(load(data() / "regles_vues" / f"{name}.yaml").steps, start=1):
        hands.choose(page.get_by_label("Étape à ajouter"), step.name)
        hands.press(page.get_by_role("button", name="Ajouter cette étape"))
        expect(steps.locator("> li[data-key]")).to_have_count(rank)
        for attribute, setting in settings_of(step).items():
            if getattr(step, attribute) != setting.default:
                move(hands, steps.locator("> li").last, setting, getattr(step, attribute))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'")).strip()


@pytest.mark.parametrize(
    "who", [pytest.param(Mouse, id="souris", marks=pytest.mark.nightly), pytest.param(Keyboard, id="clavier")]
)
def test_rules_seen_elsewhere_are_composed(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], who: type[Mouse]
) -> None:
    page = page_at("04_notre_regle")
    hands = who(page)
    for name in RULES:
        compose(page, hands, name)
        wished = load(data() / "regles_vues" / f"{name}.yaml").steps_said()
        last = page.locator(".kpa-aloud li", has_text=plain(wished[-1]).replace("'", "’"))
        expect(last).to_have_count(1)
        told = [plain(each) for each in page.locator(".kpa-aloud li").all_inner_texts()]
        assert told[: len(wished)] == [plain(each) for each in wished], name
    assert axe(page) == []


SIZES = ((1280, 800), (360, 780))
WIDE = ("montant_par_unite", "sommes_decidees", "compte", "plafond")
"""Steps with the longest labels and choices."""


def test_folds_and_guards_open_with_the_keyboard_nothing_is_cut_and_the_result_stays_in_sight(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    page = page_at("04_notre_regle")
    steps = page.locator(STEPS)
    expect(steps.locator("> li").first).to_be_visible()
    step = steps.locator("> li").last
    Keyboard(page).press(step.locator("details > summary", has_text="Pour qui"))
    box = step.locator("[data-focus*='/pour.']").first
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        box.focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('details') !== null")
        assert within(page)
        assert axe(page) == []
        if shot := os.environ.get("KPA_SHOTS"):
            page.screenshot(path=f"{shot}/regle_{width}.png")
        sight = "each => each.getBoundingClientRect().bottom > 0 && each.getBoundingClientRect().top < innerHeight"
        assert any(each.evaluate(sight) for each in page.locator(".kpa-summary:visible, #kpa-resultat:visible").all())
    for more, name in enumerate(WIDE, start=steps.locator("> li").count() + 1):
        page.get_by_label("Étape à ajouter").select_option(name)
        page.get_by_role("button", name="Ajouter cette étape").click()
        expect(steps.locator("> li")).to_have_count(more)
    steps.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true; })")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        out = (
            "all => all.filter((each) => each.getBoundingClientRect().right > innerWidth).map((each) => each.outerHTML)"
        )
        assert steps.locator("*").evaluate_all(out) == []
