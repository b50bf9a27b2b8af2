"""The door of the product: a group's own files reach « Pourquoi ce montant » on the right month; or a month is typed.

At 1280 × 800 and 360 × 780, once by the keyboard alone, without a violation. `KPA_CAPTURES=folder` keeps pictures.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from kpa_model.cooperative.book import OrderBook
from kpa_model.files.book.book_reader import read_book
from tests.browser.conftest import RealServer, at_rest

PROJECTOR, PHONE = (1280, 800), (360, 780)
MONTH = "Janvier\u00a02026"
PASTE = """(box, cells) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", cells);
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
CAPTURES = os.environ.get("KPA_CAPTURES")
HOURS = (
    "Jour;Quoi;Nadège;Olivier",
    "05/01/2026;Buffet;3h;2h30",
    "06/01/2026;Réunion;1h30;1h30",
    "12/01/2026;Jardin;;4h",
)
INVOICES = (
    "Réf.;Type;Tiers;Date facturation;Montant HT;Montant TVA;Montant TTC;État",
    "FA1;Facture standard;Mairie;15/01/2026;1 250,00;125,00;1 375,00;Payée",
    "FA2;Facture standard;École;22/01/2026;480,00;96,00;576,00;Impayée",
    "FA3;Facture standard;Théâtre de la Grande Rue, service des fêtes;29/01/2026;300,00;60,00;360,00;Impayée",
)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = {"heures janvier.csv": HOURS, "export factures.csv": INVOICES}
    for name, lines in made.items():
        (tmp_path / name).write_text("\n".join(lines), "utf-8")
    return [tmp_path / name for name in made]


@pytest.fixture(autouse=True)
def _nothing_of_before(server: RealServer) -> Iterator[None]:
    """Start, and leave, without any book of the group's own."""
    for turn in range(2):
        shutil.rmtree(server.personal / "cooperatives", ignore_errors=True)
        (server.personal / "atelier.json").unlink(missing_ok=True)
        if turn == 0:
            yield


def look(page: Page, everyone: Callable[[Page], None], name: str) -> None:
    width = page.viewport_size["width"]  # type: ignore[index]
    everyone(page)
    if CAPTURES:
        page.screenshot(path=Path(CAPTURES) / f"chiffres-{name}-{width}.png", full_page=True)


def wide_tables_scroll_in_their_frame(page: Page) -> None:
    """Every table wider than its page is in a frame that the keyboard reaches and that has a name."""
    cut = page.evaluate("""() => [...document.querySelectorAll('table.kpa-table')].filter((table) => {
        const frame = table.closest('[role=region][tabindex="0"][aria-label]');
        const box = table.parentElement.getBoundingClientRect();
        return table.offsetParent && table.scrollWidth > Math.min(box.width, window.innerWidth) + 1 && !frame;
      }).map((table) => table.caption ? table.caption.textContent : table.outerHTML.slice(0, 80))""")
    assert cut == []


def left(page: Page, questions: int) -> None:
    """Wait until so many questions are left, the first one under the eyes."""
    expect(page.get_by_text(f"Question 1 sur {questions}.")).to_be_in_viewport()


def give(page: Page, files: list[Path], press: Callable[[], None]) -> None:
    with page.expect_file_chooser() as chooser:
        press()
    chooser.value.set_files(files)
    left(page, 3)


def reach(page: Page, wanted: Locator, most: int = 80) -> None:
    """Go to a control by the Tab key alone."""
    expect(wanted).to_be_visible()
    for _ in range(most):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {wanted}")


def test_files_give_the_right_month_in_a_few_gestures(
    page_at: Callable[..., Page],
    server: RealServer,
    everyone: Callable[[Page], None],
    files: list[Path],
    size: tuple[int, int],
) -> None:
    page = page_at("01_nos_chiffres", size)
    give(page, files, page.get_by_role("button", name="Choisir des fichiers").click)
    wide_tables_scroll_in_their_frame(page)
    look(page, everyone, "questions")
    page.get_by_role("button", name="Toutes ces personnes").click()
    left(page, 2)
    page.get_by_role("button", name="le jour de la facture").click()
    left(page, 1)
    page.get_by_role("button", name="Prestation", exact=True).click()
    expect(page.get_by_text("Tout est lu")).to_be_visible()
    totals = page.get_by_role("region", name="Vos totaux, mois par mois")
    expect(totals).to_contain_text("janvier 2026")
    expect(totals).to_contain_text("2 030,00 €")
    expect(totals).to_contain_text("12 h 30")
    expect(page.get_by_text("Vos ventes hors taxes, mois par mois")).to_be_visible()
    wide_tables_scroll_in_their_frame(page)
    look(page, everyone, "compris")
    page.get_by_label("Nom à donner").fill("Les Essais")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Le carnet « Les Essais » est enregistré.")).to_be_visible()
    assert (server.personal / "cooperatives" / "Les Essais").is_dir()
    wide_tables_scroll_in_their_frame(page)
    look(page, everyone, "garde")
    page.get_by_role("link", name="Pourquoi ce montant").first.click()
    page.wait_for_url("**/05_pourquoi_ce_montant.*")
    expect(page.get_by_text("Nadège reçoit").first).to_be_visible()
    expect(page.get_by_label("Mois").first.locator("option:checked")).to_have_text(MONTH)
    wide_tables_scroll_in_their_frame(page)
    look(page, everyone, "pourquoi")


def test_the_kind_of_work_is_asked_once_for_all_the_files(
    page_at: Callable[..., Page], everyone: Callable[[Page], None], tmp_path: Path, size: tuple[int, int]
) -> None:
    made = {
        "hangar.csv": ("Jour;Qui;Durée", "05/01/2026;Nadège;3h"),
        "champ du bas, relevé de janvier.csv": (
            "Date du travail;Membre;Temps passé (h);Météo",
            "06/01/2026;Olivier;2;beau",
        ),
        "export factures.csv": INVOICES,
    }
    for name, lines in made.items():
        (tmp_path / name).write_text("\n".join(lines), "utf-8")
    page = page_at("01_nos_chiffres", size)
    give(page, [tmp_path / name for name in made], page.get_by_role("button", name="Choisir des fichiers").click)
    card = page.locator(".kpa-question", has_text="De quel genre de travail")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("Pour champ du bas, relevé de janvier.csv et hangar.csv")
    expect(card).to_be_in_viewport()  # on a phone too, where files and what was chosen stand above it
    look(page, everyone, "genre-une-fois")
    card.get_by_role("button", name="Cela dépend du fichier").click()
    expect(card).to_have_count(2)
    page.get_by_role("button", name="Revenir sur ma dernière réponse").click()
    expect(card).to_have_count(1)
    card.get_by_role("button", name="Appui", exact=True).click()
    left(page, 2)
    expect(card).to_have_count(0)


def test_hours_of_a_customer_are_paid_order_by_order(
    page_at: Callable[..., Page], everyone: Callable[[Page], None], tmp_path: Path, size: tuple[int, int]
) -> None:
    worked = ("Jour;Chez qui ?;Nadège;Olivier", "05/01/2026;Mairie;3h;", "06/01/2026;École;;2h", "26/01/2026;École;;1h")
    for name, lines in {"heures janvier.csv": worked, "export factures.csv": INVOICES}.items():
        (tmp_path / name).write_text("\n".join(lines), "utf-8")
    page = page_at("01_nos_chiffres", size)
    files = [tmp_path / name for name in ("heures janvier.csv", "export factures.csv")]
    give(page, files, page.get_by_role("button", name="Choisir des fichiers").click)
    expect(page.get_by_text("« École » : 1 h de travail après la facture FA2 du 22/01/2026.")).to_be_visible()
    look(page, everyone, "chez-qui")
    page.get_by_role("button", name="oui", exact=True).click()
    left(page, 2)
    page.get_by_role("button", name="le jour de la facture").click()
    left(page, 1)
    page.get_by_role("button", name="Toutes ces personnes").click()
    expect(page.get_by_text("« Mairie » : FA1 (3 h) ; « École » : FA2 (3 h).")).to_be_visible()
    look(page, everyone, "chez-qui-compris")
    page.get_by_label("Nom à donner").fill("Les Clients")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Le carnet « Les Clients » est enregistré.")).to_be_visible()
    page.get_by_role("link", name="Pourquoi ce montant").first.click()
    page.wait_for_url("**/05_pourquoi_ce_montant.*")
    page.get_by_label("Règle", exact=True).first.select_option(label="Commande par commande")
    paid = page.get_by_text("Nadège reçoit").filter(has_text="pour une commande")
    expect(paid.first).to_be_visible()
    look(page, everyone, "chez-qui-pourquoi")


def test_the_keyboard_alone_gives_files_and_reaches_the_amounts(
    page_at: Callable[..., Page], server: RealServer, files: list[Path]
) -> None:
    page = page_at("01_nos_chiffres", PROJECTOR)
    card = page.locator(".kpa-question").first
    page.on("filechooser", lambda _: None)  # listened to long before the key: on a slow machine, the key came first
    reach(page, page.get_by_role("button", name="Choisir des fichiers"))
    give(page, files, lambda: page.keyboard.press("Enter"))
    reach(page, page.get_by_role("button", name="Prestation", exact=True))
    page.keyboard.press("Enter")
    left(page, 2)
    expect(card.locator(":focus")).to_have_count(1)
    reach(page, page.get_by_role("button", name="le jour de la facture"), 8)  # the next question is at hand
    page.keyboard.press("Enter")
    left(page, 1)
    expect(card.locator(":focus")).to_have_count(1)
    reach(page, page.get_by_role("button", name="Toutes ces personnes"), 8)
    page.keyboard.press("Space")
    expect(page.get_by_text("Tout est lu")).to_be_visible()
    reach(page, page.get_by_label("Nom à donner"), 20)
    page.keyboard.type("Au clavier")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Le carnet « Au clavier » est enregistré.")).to_be_visible()
    reach(page, page.get_by_role("link", name="Pourquoi ce montant").first, 20)
    page.keyboard.press("Enter")
    page.wait_for_url("**/05_pourquoi_ce_montant.*")
    expect(page.get_by_text("Nadège reçoit").first).to_be_visible()
    assert (server.personal / "cooperatives" / "Au clavier").is_dir()


def test_a_month_is_typed_changed_and_undone(
    page_at: Callable[..., Page], server: RealServer, everyone: Callable[[Page], None], size: tuple[int, int]
) -> None:
    page = page_at("01_nos_chiffres", size)
    page.get_by_label("Nom du carnet").fill("Tapé")
    page.get_by_label("Les prénoms").fill("Awa, Bruno")
    page.keyboard.press("Enter")
    boxes = page.locator(".kpa-hours input")
    expect(boxes).to_have_count(14)
    expect(page.get_by_role("heading", name="Carnet « Tapé »")).to_be_focused()  # not back to the top of the page
    boxes.first.focus()
    for text in ("2", "1 h 30", "", "4"):  # people × days, box after box: the keyboard stays where it is
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    expect(page.get_by_text("7 h 30 cette semaine")).to_be_visible()
    expect(boxes.nth(4)).to_be_focused()
    boxes.nth(0).fill("deux heures et quart de trop")
    boxes.nth(0).press("Tab")
    expect(page.get_by_text(re.compile(r"Pas noté, lun\.\s\d+\s: «\sdeux heures et quart de trop\s»"))).to_be_visible()
    boxes.nth(1).fill("25h75")
    boxes.nth(1).press("Enter")  # down, as in a spreadsheet
    expect(boxes.nth(8)).to_be_focused()
    expect(page.get_by_text("2 choses à corriger")).to_be_visible()
    expect(boxes.nth(0)).to_have_attribute("aria-invalid", "true")
    boxes.nth(2).fill("-")
    boxes.nth(2).press("Tab")  # what is right beside them hides nothing of what is not
    expect(boxes.nth(0)).to_have_value("deux heures et quart de trop")
    expect(page.get_by_text("2 choses à corriger")).to_be_visible()
    for at, text in ((0, "2"), (1, "1.30")):
        boxes.nth(at).fill(text)
        boxes.nth(at).press("Tab")
    expect(page.locator(".kpa-to-see")).to_contain_text("Pour 1 h 30, écrivez 1h30.")
    boxes.nth(8).press("ArrowUp")
    page.keyboard.type("1h30")  # instead of what is there, as in a spreadsheet
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+z")
    expect(page.get_by_text("Le dernier geste est annulé : Awa, le")).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.type("1h30")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("5")  # inside what is typed, arrows move in the text
    page.keyboard.press("ArrowLeft")
    expect(boxes.nth(2)).to_be_focused()
    page.keyboard.press("Delete")
    page.keyboard.press("ArrowDown")
    boxes.nth(7).focus()
    page.keyboard.press("Enter")  # under the last person: the next day
    expect(boxes.nth(1)).to_be_focused()
    expect(page.locator(".kpa-refused")).to_have_count(0)
    expect(page.get_by_text("7 h 30 cette semaine")).to_be_visible()

    def book() -> OrderBook:
        return read_book(server.personal / "cooperatives" / "Tapé").book

    for place, cells, held in (
        (5, "1h\t2\n3\t", ("1 h", "2 h", "3 h", "")),
        (6, "2\n3\n4", ("1 h", "2 3 4", "3 h", "")),
    ):
        boxes.nth(place).evaluate(PASTE, cells)  # of a spreadsheet: each in its box, or refused
        for at, text in zip((5, 6, 12, 13), held, strict=True):
            expect(boxes.nth(at)).to_have_value(text)
    expect(page.locator(".kpa-refused")).to_have_count(1)
    for at in (5, 6, 12):
        boxes.nth(at).fill("")
        boxes.nth(at).press("Tab")
    last = page.get_by_text(re.compile(r"C’est noté\s: Bruno, le .*, rien"))
    expect(last).to_be_visible()  # all is drawn: nothing moves under the mouse any more
    expect(page.get_by_text("7 h 30 cette semaine")).to_be_visible()

    page.get_by_role("button", name="Une facture").click()
    bill = page.locator(".jupyter-widget-Collapse-open").filter(has=page.get_by_label("Taux de TVA"))
    for label, text in (("Numéro", "F1"), ("Pour quoi, pour qui", "Un buffet"), ("Date", "12/11/2026"),
                        ("Montant HT", "900"), ("Taux de TVA", "10 %")):  # fmt: skip
        bill.get_by_label(label, exact=True).fill(text)
    bill.get_by_label("Montant HT").fill("neuf cents")
    bill.get_by_role("button", name="Ajouter").click()
    wrong = bill.get_by_label("Montant HT")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description(re.compile(r"«\sneuf cents\s» n’est pas un montant"))
    wrong.fill("900")
    page.reload()
    at_rest(page)
    expect(bill.get_by_label("Numéro", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Une facture").click()
    expect(bill.get_by_label("Montant HT")).to_have_value("900")  # typed, not added yet, and not lost
    bill.get_by_role("button", name="Ajouter").dblclick()
    expect(page.get_by_text("C’est noté : F1 · Un buffet")).to_contain_text("Avec 10 % de TVA : 990,00 €.")
    page.get_by_label("Pour quel travail").select_option("Prestation : F1, Un buffet")
    expect(boxes.first).to_have_value("")
    boxes.first.fill("3")
    boxes.first.press("Tab")
    expect(page.get_by_text("10 h 30 cette semaine")).to_be_visible()
    bill.get_by_label("Ligne à écrire").select_option(index=1)
    expect(bill.get_by_label("Montant HT")).to_have_value("900,00")
    bill.get_by_label("Montant HT").fill("950")
    bill.get_by_role("button", name="Garder ce changement").click()
    expect(page.get_by_text("Le changement est gardé : F1")).to_be_visible()
    assert [line.before_tax for line in book().lines] == [95_000]
    assert [each.minutes for each in book().hours if each.order == "F1"] == [180]
    bill.get_by_text("Déjà dans le carnet : 1 ligne de facture").click()
    wide_tables_scroll_in_their_frame(page)
    look(page, everyone, "tape")
    for undone in ("F1", "Awa, le"):
        page.get_by_role("button", name="Annuler le dernier geste").click()
        expect(page.get_by_text(f"Le dernier geste est annulé : {undone}")).to_be_visible()
    expect(page.get_by_text("7 h 30 cette semaine")).to_be_visible()
    assert [line.before_tax for line in book().lines] == [90_000]
    assert [each.minutes for each in book().hours if each.order == "F1"] == []
