"""A person's pathway, from arrival to take-off, in the real screens: dates, interviews, phone, paper, closing."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import at_rest, until, within
from tests.unit.test_evidence import told

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "11_mon_livret.ipynb"
PHRASE = "un lilas sous la pluie fine"
SECRETS = ["Zéphyrine", "ourlet", "Dire non", "Montrer ma machine", "Je couds", "Tenir le stand", PHRASE]


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of its own, so that the server can be stopped and searched."""
    made = tmp_path_factory.mktemp("livret") / "pages"
    made.mkdir()
    shutil.copy(NOTEBOOK, made / "11_mon_livret.ipynb")
    return made


def go(page: Page, panel: str) -> None:
    page.get_by_role("button", name=panel, exact=True).click()
    expect(page.get_by_role("button", name=f"✓ {panel}", exact=True)).to_be_visible()


def on(page: Page, day: str) -> None:
    page.get_by_label("Nous sommes le").fill(day)
    page.get_by_label("Nous sommes le").press("Tab")
    at_rest(page)


def make(page: Page) -> None:
    """Make a booklet, and copy back two of the words; JupyterLab leaves straight apostrophes."""
    page.get_by_label("Mon prénom, ou un surnom").fill("Zéphyrine")
    page.get_by_text("Autres choix : phrase, groupe, arrivée").click()
    page.get_by_label("Mon arrivée").fill("2026-01-15")
    page.get_by_role("textbox", name="Ma phrase secrète").fill(PHRASE)
    page.get_by_role("textbox", name="Encore une fois").fill(PHRASE)
    page.get_by_label(re.compile("^J.ai compris")).check()
    page.get_by_role("button", name="Créer mon livret").click()
    words = page.locator(".kpa-words li")
    expect(words).to_have_count(12)
    for rank in (3, 9):
        asked = page.locator(".widget-toggle-buttons", has_text=f"Touchez le mot numéro {rank}")
        asked.get_by_role("button", name=words.nth(rank - 1).inner_text(), exact=True).click()
    page.get_by_role("button", name=re.compile("^C.est noté sur papier")).click()
    expect(page.get_by_role("heading", name="Livret de Zéphyrine")).to_be_visible()


def answer(page: Page, **said: str) -> None:
    """Answer some questions of an interview, and keep it."""
    for question, text in said.items():
        page.get_by_label(re.compile(question)).fill(text)
    page.get_by_role("button", name="Enregistrer l’entretien").click()
    at_rest(page)  # the interview before it said the same
    expect(page.get_by_text("L’entretien est gardé dans votre livret.")).to_be_visible()


def on_a_phone(page: Page, browser: Browser, tmp_path: Path, axe: Callable[[Page], list[str]]) -> Path:
    """Take the page for the phone, answer it without any network, and return the file it saves."""
    page.get_by_role("button", name="Sans réseau : sur papier, ou par fichiers").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="La page pour mon téléphone").click()
    coming.value.save_as(tmp_path / "entretien.html")
    phone = browser.new_context(viewport={"width": 360, "height": 780}, offline=True).new_page()
    phone.goto((tmp_path / "entretien.html").as_uri())
    expect(phone.get_by_text("s’ouvrira seulement dans le livret qui a donné cette page")).to_be_visible()
    assert axe(phone) == []
    assert within(phone)
    phone.get_by_label("Qu’ai-je appris sur moi ?").fill("Dire non, avec le sourire")
    phone.get_by_role("button", name="Tout effacer").click()  # asked first; Playwright answers no
    phone.keyboard.press("Tab")
    expect(phone.get_by_label("Qu’ai-je appris sur moi ?")).to_have_value("Dire non, avec le sourire")
    with phone.expect_download() as saved:
        phone.get_by_role("button", name="Enregistrer").press("Enter")
    saved.value.save_as(tmp_path / "mes_reponses.json")
    phone.context.close()
    return tmp_path / "mes_reponses.json"


def with_one_code(page: Page, browser: Browser, axe: Callable[[Page], list[str]]) -> None:
    """Answer on a phone that reads one code: plain HTTP, no WebCrypto; what travels is closed."""
    page.get_by_role("button", name="Répondre sur un téléphone").click()
    expect(page.get_by_role("img", name="QR code")).to_be_in_viewport()
    phone = browser.new_context(viewport={"width": 360, "height": 780}).new_page()
    phone.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")  # 127.0.0.1 is trusted
    sent: list[str] = []
    phone.on("request", lambda asked: sent.append(asked.post_data or "") if asked.method == "POST" else None)
    phone.goto(page.locator("strong", has_text="http://").inner_text())
    expect(phone.get_by_text("Vos réponses partent fermées")).to_be_visible()
    assert axe(phone) == []
    phone.get_by_label("Qu’ai-je appris sur moi ?").fill("Tenir le stand")
    phone.get_by_role("button", name="Envoyer au livret").click()
    expect(phone.get_by_text("Vos réponses sont arrivées.")).to_be_visible()
    phone.context.close()
    assert [set(json.loads(each)) for each in sent] == [{"format", "cle", "nonce", "ferme"}]
    expect(page.get_by_text("Les réponses du téléphone sont arrivées.")).to_be_visible()
    both = "Dire non, avec le sourire\nTenir le stand"
    expect(page.get_by_label("Qu’ai-je appris sur moi ?")).to_have_value(both)


def a_proof(page: Page) -> None:
    """Close a photo with the booklet, look at it, take it out of the page."""
    page.get_by_role("button", name="Ajouter une preuve").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choisir une photo ou un PDF").click()
    chooser.value.set_files({"name": "x.jpg", "mimeType": "image/jpeg", "buffer": told()})
    expect(page.get_by_role("button", name=re.compile(r"une photo ou un PDF \(1\)"))).to_be_visible()
    page.get_by_label("Ce que cela montre").fill("Mon premier ourlet")
    page.get_by_role("button", name="Garder cette preuve").click()
    expect(page.get_by_text("La preuve est gardée")).to_be_visible()
    page.get_by_role("button", name="Voir mes preuves").click()
    page.get_by_role("button", name="Voir cette preuve").click()
    photo = page.get_by_role("img", name=re.compile("Mon premier ourlet"))
    expect(photo).to_be_visible()
    expect(photo).to_have_js_property("naturalWidth", 30)
    expect(photo).to_have_js_property("naturalHeight", 40)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Reprendre le fichier").click()
    assert b"Secret" not in Path(taken.value.path()).read_bytes()


@pytest.mark.timeout(900)  # more than a year
def test_from_arrival_to_take_off(
    page_at: Callable[..., Page], browser: Browser, axe: Callable[[Page], list[str]], fits: Callable[[Page], None],
    serve: Callable, folder: Path,
    tmp_path: Path,
) -> None:  # fmt: skip
    page = page_at("11_mon_livret", folder=folder)
    assert axe(page) == []
    make(page)
    expect(page.get_by_role("heading", name="Livret de Zéphyrine")).to_be_focused()  # not lost with the door
    on(page, "2026-01-15")
    go(page, "Mon chemin")
    expect(page.get_by_text("Ensuite : entretien d’accueil, aujourd’hui.")).to_be_visible()
    assert axe(page) == []

    go(page, "Mes entretiens")
    answer(page, **{"je sais faire": "Je couds un ourlet invisible", "Mon prochain pas": "Montrer ma machine"})
    on(page, "2026-03-20")
    go(page, "Mon chemin")
    expect(page.get_by_text("Signature du CAPE : c’était prévu le 15 mars 2026.")).to_be_visible()
    page.get_by_role("button", name="Noter mon contrat, ou son renouvellement").click()
    page.get_by_label("Premier jour").fill("2026-03-16")
    page.get_by_label("Premier jour").press("Tab")
    page.get_by_role("button", name="Noter ce contrat").click()
    expect(page.get_by_text("Votre CAPE va du 16 mars 2026 au 15 mars 2027.")).to_be_visible()
    expect(page.get_by_text("Signature du CAPE : c’était prévu")).to_have_count(0)

    go(page, "Mon portrait")
    page.get_by_role("button", name="Ajouter un talent").click()
    page.get_by_label("Ce que je sais faire").fill("Je couds droit")
    page.get_by_role("button", name="Garder", exact=True).first.click()
    expect(page.get_by_role("listitem").filter(has_text="Je couds droit")).to_be_visible()
    a_proof(page)
    assert axe(page) == []

    on(page, "2026-09-20")
    go(page, "Mes entretiens")
    expect(page.get_by_role("heading", name="Mon bilan à mi-parcours")).to_have_count(0)  # two are late first
    page.get_by_label("Quel entretien").select_option("Mon bilan à mi-parcours")
    expect(page.get_by_role("heading", name="Mon bilan à mi-parcours")).to_be_visible()
    closed = on_a_phone(page, browser, tmp_path, axe)
    assert set(json.loads(closed.read_text())) == {"format", "cle", "nonce", "ferme"}
    assert "Dire non" not in closed.read_text()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choisir le fichier du téléphone").click()
    chooser.value.set_files(closed)
    expect(page.get_by_role("button", name=re.compile(r"Choisir le fichier du téléphone \(1\)"))).to_be_visible()
    page.get_by_role("button", name="Reprendre mes réponses").click()
    expect(page.get_by_label("Qu’ai-je appris sur moi ?")).to_have_value("Dire non, avec le sourire")
    with_one_code(page, browser, axe)
    answer(page)

    on(page, "2027-04-20")
    page.get_by_label("Quel entretien").select_option("Mon entretien d’envol")
    page.get_by_role("radio", name="Tester mon activité dans la CAE").check()
    answer(page)
    go(page, "Mon chemin")
    page.get_by_text("Toutes mes dates").first.click()
    expect(page.get_by_role("row").filter(has_text="Entretien d’envol")).to_contain_text("✓ fait")
    expect(page.get_by_role("img", name=re.compile("Vous êtes au mois 15"))).to_be_visible()
    with page.expect_download() as dates:
        page.get_by_role("link", name="Mettre ces dates dans mon agenda").click()
    assert Path(dates.value.path()).read_bytes().startswith(b"BEGIN:VCALENDAR")

    go(page, "Emporter, protéger")
    page.get_by_role("button", name="Imprimer mon livret").click()
    with page.expect_download() as paper:
        page.get_by_role("link", name="Télécharger mon livret (PDF)").click()
    assert Path(paper.value.path()).read_bytes().startswith(b"%PDF")
    page.get_by_role("button", name="Fermer mon livret").click()
    expect(page.get_by_text("Zéphyrine")).to_have_count(0)
    expect(page.get_by_label("Mon livret", exact=True)).to_be_focused()

    page.get_by_role("textbox", name="Ma phrase secrète").fill("une autre phrase bien longue")
    page.get_by_role("button", name="Ouvrir mon livret").click()
    expect(page.get_by_role("alert")).to_contain_text("ces mots ne l’ouvrent pas")
    assert page.foreign == []  # type: ignore[attr-defined]
    assert page.troubles == []  # type: ignore[attr-defined]
    every_panel_on_a_phone(page_at, axe, fits, folder)
    nothing_is_left(page, serve(folder), folder)


def every_panel_on_a_phone(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], fits: Callable[[Page], None], folder: Path
) -> None:
    """Open the same booklet on a small screen: every panel fits, and is usable by everyone."""
    page = page_at("11_mon_livret", (360, 780), folder)
    page.get_by_role("textbox", name="Ma phrase secrète").fill(PHRASE)
    page.get_by_role("textbox", name="Ma phrase secrète").press("Enter")
    for panel in ("Mes entretiens", "Mon portrait", "Mes grilles", "Partager", "Emporter, protéger", "Mon chemin"):
        go(page, panel)
        at_rest(page)
        fits(page)
        assert axe(page) == [], panel
    page.get_by_role("button", name="Fermer mon livret").click()
    expect(page.get_by_role("textbox", name="Ma phrase secrète")).to_be_visible()


def nothing_is_left(page: Page, running, folder: Path) -> None:
    """Stop the server: personal folder, Jupyter's own, logs, notebook, browser: no word of the booklet anywhere."""
    kept = str(page.context.cookies()) + page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    page.context.close()
    running.process.terminate()
    said = running.said + running.process.communicate(timeout=60)[0]
    files = [path for root in (running.home, folder.parent) for path in root.rglob("*")]
    assert any(path.suffix == ".livret" for path in files)
    for secret in SECRETS:
        assert secret not in kept + said
        assert [path for path in files if secret in path.name] == []
        assert [path for path in files if path.is_file() and secret.encode() in path.read_bytes()] == []


@pytest.mark.nightly
def test_in_jupyterlab_the_saved_notebook_holds_nothing_personal(
    page_at: Callable[..., Page], run_all: Callable[[Page], None], serve: Callable, folder: Path
) -> None:
    read = page_at("11_mon_livret", folder=folder)
    with read.expect_popup() as opening:  # a copy of one's own: the pages themselves are never written
        read.get_by_role("link", name=re.compile("Voir cette page avec son code")).click()
    page = opening.value
    run_all(page)
    make(page)
    go(page, "Mon portrait")
    page.get_by_text("Ajouter un talent").click()
    page.locator(".widget-text", has_text="Ce que je sais faire").locator("input").fill("Je couds droit")
    page.get_by_role("button", name="Garder", exact=True).first.click()
    expect(page.get_by_role("listitem").filter(has_text="Je couds droit")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.locator(".jp-mod-current.jp-mod-dirty")).to_have_count(0)

    def saved() -> str:
        return "".join(path.read_text(encoding="utf-8") for path in serve(folder).personal.rglob("*.ipynb"))

    until(page, lambda: "application/vnd.jupyter.widget-view" in saved(), "its outputs are not in it")
    assert [each for each in SECRETS if each in saved()] == []
