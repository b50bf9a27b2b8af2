"""Two possible years, in a real browser: read by everyone, moved by a slider, troubled by a card."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kpa_model.command.program import main
from tests.browser.conftest import at_rest, until

SIZES = [(1280, 800), (360, 780)]
CUT = "all => all.filter((each) => each.getBoundingClientRect().right > innerWidth + 1).length"
RATE = "input[type=range][data-focus$='/taux/range']"


def bands(page: Page) -> list[str]:
    """The outlines of the bands of both rules, today's first."""
    return page.eval_on_selector_all("svg.kpa-picture polygon", "all => all.map((each) => each.getAttribute('points'))")


def enter(page: Page, room: str) -> None:
    """Enter one of the three rooms."""
    page.get_by_role("button", name=room).click()


# The tests follow each other on one page: what one changes stays, and the scenario of a file comes last.
def two_years(same_page: Callable[..., Page]) -> Page:
    """The page, in its first room, its picture drawn."""
    page = same_page("08_deux_ans")
    page.set_viewport_size({"width": 1280, "height": 800})
    enter(page, "Regarder")
    expect(page.locator("svg.kpa-picture").first).to_be_visible()
    return page


def history(page: Page) -> list[str]:
    """The bars of the history in sight, both rules, as they are drawn."""
    return page.eval_on_selector_all(
        ".kpa-figure:first-of-type svg.kpa-picture line", "all => all.map((each) => each.outerHTML)"
    )


def until_other(page: Page, drawn: Callable[[Page], list[str]], before: list[str]) -> None:
    """Wait until what is drawn is drawn otherwise."""
    until(page, lambda: drawn(page) not in ([], before), "the picture did not change")


def settled(page: Page, drawn: Callable[[Page], list[str]]) -> list[str]:
    """What is drawn once all is counted: the first histories come at once, the others when nothing moves."""
    now, still = drawn(page), 0
    for _ in range(300):
        page.wait_for_timeout(100)
        last, now = now, drawn(page)
        still = still + 1 if now and now == last else 0
        if still > 10:
            return now
    raise AssertionError("the picture goes on changing")


def test_three_rooms_are_short_whole_and_accessible_at_both_sizes(
    same_page: Callable[..., Page], everyone: Callable[[Page], None]
) -> None:
    page = two_years(same_page)
    expect(page.get_by_text("de plus par mois").locator("visible=true").first).to_be_visible()
    screens = dict.fromkeys(SIZES, 0.0)
    for room, sign in (("Regarder", "Une autre histoire"), ("Changer", "Une carte"), ("D’où ça vient", "Chercher")):
        enter(page, room)
        at_rest(page)
        expect(page.get_by_role("button", name=sign).first).to_be_visible()
        for size in SIZES:
            page.set_viewport_size({"width": size[0], "height": size[1]})
            assert page.eval_on_selector_all(".kpa-beside .kpa-table", CUT) == 0, room
            screens[size] += page.evaluate("document.documentElement.scrollHeight") / size[1]
        everyone(page)
    assert screens[1280, 800] <= 5
    assert screens[360, 780] <= 6


def test_what_is_unfolded_fits_and_stays_open_when_the_picture_changes(
    same_page: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    page = two_years(same_page)
    folded = page.locator("details[data-keep]")
    expect(folded.first).to_be_visible()
    settled(page, bands)
    page.locator("details[data-keep=toutes] > summary").click()
    tops = page.eval_on_selector_all(
        ".kpa-years svg.kpa-picture", "all => all.map((each) => Math.round(each.getBoundingClientRect().top))"
    )
    assert len(tops) == 2
    assert tops[0] == tops[1]
    for each in folded.all():  # the outer one first
        if each.get_attribute("open") is None:
            each.locator("> summary").click()
    line = page.locator("svg.kpa-picture polyline:last-of-type").first
    before = str(line.get_attribute("points"))
    page.get_by_role("button", name="Une autre histoire").click()
    expect(line).not_to_have_attribute("points", before)
    expect(page.locator("details[data-keep][open]")).to_have_count(7)
    folded.last.locator("> summary").click()
    expect(page.locator("details[data-keep][open]")).to_have_count(6)
    out = """all => all.filter(each => each.scrollWidth > each.clientWidth + 1
      || [...each.querySelectorAll('*')].some(one => !one.closest('svg')
        && one.getBoundingClientRect().right > each.getBoundingClientRect().right + 1)).length"""
    for size in SIZES:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert page.eval_on_selector_all(".kpa-panel", out) == 0, size
        assert axe(page) == [], size


def test_a_slider_of_our_rule_moves_our_picture_and_not_todays(same_page: Callable[..., Page]) -> None:
    page = two_years(same_page)
    page.locator(".kpa-panel").nth(1).wait_for(state="attached")
    panels = "all => all.map((each) => each.textContent)"
    before = page.eval_on_selector_all(".kpa-panel", panels)
    enter(page, "Changer")
    moved, drawn = page.locator(RATE).first, settled(page, history)
    moved.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    until_other(page, history, drawn)
    enter(page, "Regarder")
    expect(page.locator(".kpa-panel").nth(1)).not_to_have_text(before[1])
    first = page.locator(".kpa-panel").first.locator("li").all_text_contents()
    assert first  # today's rule, under the same weather: the same words
    assert all(line in before[0] for line in first)


def test_a_card_and_another_history_change_what_is_drawn(same_page: Callable[..., Page]) -> None:
    page = two_years(same_page)
    before = settled(page, bands)
    one = settled(page, history)
    page.get_by_role("button", name="Une autre histoire").click()
    until_other(page, history, one)
    assert settled(page, bands) == before
    enter(page, "Changer")
    page.get_by_role("button", name="Une carte").click()
    page.get_by_role("button", name="Tirer une carte").click()
    expect(page.get_by_text(re.compile("À partir d"))).to_be_visible()
    expect(page.get_by_text(re.compile("Avec ces cartes|Ces cartes ne|En tout,"))).to_be_visible()
    page.get_by_role("button", name="Remettre les cartes").click()
    expect(page.get_by_text(re.compile("À partir d"))).to_have_count(0)


def test_two_rules_are_compared_with_the_one_chosen(same_page: Callable[..., Page]) -> None:
    page = two_years(same_page)
    before = settled(page, bands)
    page.get_by_label("Règle de départ, à l’essai").first.select_option(label="Lisser entre bons et mauvais mois")
    until_other(page, bands, before)
    assert settled(page, bands)[2:] == before[2:]  # ours did not move


def test_a_scenario_file_comes_back_and_a_bad_one_says_why(same_page: Callable[..., Page], tmp_path: Path) -> None:
    page = two_years(same_page)
    enter(page, "Changer")
    page.get_by_role("button", name="Les nombres supposés").click()
    handle = page.locator(".noUi-handle[aria-label='Arrivées par mois']")
    expect(handle).to_have_attribute("aria-valuetext", "0,7")
    good, bad = tmp_path / "ville.yaml", tmp_path / "bourg.yaml"
    good.write_text("titre: Notre ville\ngroupe: {arrivees_par_mois: 1,5}\n", encoding="utf-8")
    bad.write_text("titre: Notre bourg\ngroupe: {arrivees_par_mois: beaucoup}\n", encoding="utf-8")
    before = settled(page, history)
    for path in (bad, good):
        with page.expect_file_chooser() as asked:
            page.get_by_role("button", name="Reprendre un fichier de scénario").click()
        asked.value.set_files(path)
        if path == bad:
            expect(page.get_by_role("alert")).to_contain_text("« beaucoup » n’est pas un nombre")
            assert settled(page, history) == before
    until_other(page, history, before)
    expect(page.locator("option:checked", has_text="Notre ville (notre fichier)")).to_have_count(1)
    expect(handle).to_have_attribute("aria-valuetext", "1,5")


def test_the_report_of_the_command_is_read_by_everyone(
    browser: Browser, axe: Callable[[Page], list[str]], tmp_path: Path, fits: Callable[[Page], None]
) -> None:
    words = ["simuler", "cuisine_fermee", "--regles", "heures", "parts_egales", "--tirages", "40", "--calcul", "ici"]
    assert main([*words, "--sortie", str(tmp_path)]) == 0
    page = browser.new_page(viewport={"width": 360, "height": 780})
    page.goto(next(tmp_path.glob("*.html")).as_uri())
    fits(page)
    assert axe(page) == []
    expect(page.get_by_role("heading", name="Comparée à « Selon les heures »")).to_be_visible()
    page.close()


@pytest.mark.parametrize("many", [2, 21])
def test_the_report_of_a_network_is_read_by_everyone(
    browser: Browser, axe: Callable[[Page], list[str]], tmp_path: Path, fits: Callable[[Page], None], many: int
) -> None:
    folder, page = tmp_path / "reseau", browser.new_page(viewport={"width": 360, "height": 780})
    folder.mkdir()
    for at in range(many):
        text = f"titre: Quartier {at}\ngroupe: {{mois: 12, au_depart: {3 + at % 9}}}\n"
        (folder / f"quartier_de_la_gare_numero_{at}.yaml").write_text(text, encoding="utf-8")
    words = ["simuler", str(folder), "--regles", "minimum_et_heures", "parts_egales", "--tirages", "20"]
    assert main([*words, "--calcul", "ici", "--sortie", str(tmp_path)]) == 0
    page.goto(next(tmp_path.glob("*.html")).as_uri())
    fits(page)
    assert axe(page) == []
    tops = page.eval_on_selector_all("svg", "all => all.map((each) => each.getBoundingClientRect().height)")
    assert len(tops) == 2
    assert max(tops) <= 780  # one picture, one screen
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 717, "height": 1014})  # A4 and its margins
    assert page.evaluate("document.documentElement.scrollWidth") <= 717
    page.close()
