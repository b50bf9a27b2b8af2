"""A phone for everyone in the room: heard, seen in pictures, one question at a time, entered in one screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.live_server import Served

LONG = "Chaque personne reçoit d'abord la même somme puis les heures partagent le reste et le fonds commun attend"
SCRIPT = f"""
titre: Un atelier
etapes:
- {{cle: noter, titre: Noter, minutes: 5, activite: {{jugement_majoritaire: {{choix: [{LONG}, Parts égales, Les heures, Le besoin]}}}}}}
- {{cle: consentir, titre: Consentir, minutes: 5, activite: {{consentement: {{proposition: Essayons un mois.}}}}}}
"""  # noqa: E501
VOICES = """
window.said = [];
const voice = {lang: "fr-FR", localService: true, name: "Voix"};
speechSynthesis.getVoices = () => [voice];
speechSynthesis.speak = (told) => { said.push(told.text); setTimeout(() => told.onend && told.onend(), 5); };
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""
SLOW = VOICES.replace("setTimeout(() => told.onend && told.onend(), 5)", "window.telling = told; lang.push(told.lang)")
SLOW += """
window.lang = [], window.cancelled = 0;
speechSynthesis.cancel = () => { cancelled += 1; const was = window.telling; window.telling = null; was?.onerror?.(); };
"""
MUTE = "speechSynthesis.getVoices = () => [{lang: 'en-US', localService: true}, {lang: 'fr-FR', localService: false}];"
GRADES = ["À rejeter", "Insuffisant", "Passable", "Assez bien", "Bien", "Très bien"]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = Served(str(tmp_path / "a.sqlite"), script=SCRIPT)
    yield made
    made.stop()


@pytest.fixture
def phone(browser: Browser, served: Served) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 780}, locale="fr-FR")
    context.add_init_script(VOICES)
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture
def device(browser: Browser) -> Iterator[Callable[[str, tuple[int, int]], Page]]:
    """`device(script, size)`: a page on which a script runs first."""
    opened = []

    def go(script: str, size: tuple[int, int] = (360, 780)) -> Page:
        opened.append(browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="fr-FR"))
        opened[-1].add_init_script(script)
        return opened[-1].new_page()

    yield go
    for each in opened:
        each.close()


def come_in(phone: Page, served: Served, name: str = "🦊") -> None:
    phone.goto(f"http://127.0.0.1:{served.port}/?code={served.workshop.code}")
    phone.get_by_label("Le nom que vous choisissez").fill(name)
    phone.get_by_role("button", name="Entrer").click()
    expect(phone.get_by_role("heading", name="Vous êtes dans l’atelier")).to_be_visible()


def test_the_welcome_fits_one_screen_and_the_scanned_code_is_not_asked(
    phone: Page, served: Served, axe: Callable[[Page], list[str]]
) -> None:
    phone.goto(f"http://127.0.0.1:{served.port}/?code={served.workshop.code}")
    assert phone.evaluate("document.documentElement.scrollHeight") <= 780
    assert not phone.get_by_label("Le code écrit sur l’écran").count()
    assert axe(phone) == []
    phone.goto(f"http://127.0.0.1:{served.port}/")
    expect(phone.get_by_label("Le code écrit sur l’écran")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollHeight") <= 780


def test_a_long_ballot_goes_one_rule_at_a_time_and_is_heard(
    phone: Page, served: Served, axe: Callable[[Page], list[str]]
) -> None:
    come_in(phone, served)
    served.facilitator().act(geste="suivant")
    expect(phone.get_by_text("1 sur 4")).to_be_visible()
    assert phone.locator(".signe").count() == 24
    assert phone.evaluate("document.documentElement.scrollHeight") < 1.4 * 780
    assert axe(phone) == []
    for at in range(4):
        phone.locator("fieldset:visible input[type=radio]").nth(at).check()
        if at < 3:
            phone.get_by_role("button", name="Suivant").click()
            expect(phone.get_by_text(f"{at + 2} sur 4")).to_be_visible()
    phone.get_by_role("button", name="Écouter").click()
    expect(phone.get_by_role("button", name="Écouter")).to_be_visible()  # all is said
    assert "Très bien" in phone.evaluate("said")
    assert phone.evaluate("said[0]") == "Noter"
    assert "Le besoin" in phone.evaluate("said")
    phone.get_by_role("button", name="Envoyer").click()
    expect(phone.get_by_role("heading", name="C’est envoyé")).to_be_visible()
    (answer,) = served.workshop.live.asked["noter", "vote"].answers.values()
    assert [*answer.values()] == ["0", "1", "2", "3"]


def test_the_question_in_view_is_heard_whole_and_alone_and_stops_when_asked(
    device: Callable[..., Page], served: Served
) -> None:
    """Its title, the rule in view, each grade, in French and in order; not the rules folded away, nor the buttons."""
    phone = device(SLOW)
    come_in(phone, served)
    served.facilitator().act(geste="suivant")
    expect(phone.get_by_text("1 sur 4")).to_be_visible()
    phone.get_by_role("button", name="Écouter").click()
    stop = phone.get_by_role("button", name="Arrêter")
    while phone.evaluate("said.length") < 5:
        phone.evaluate("telling.onend()")
    expect(stop).to_have_attribute("aria-pressed", "true")
    before = phone.evaluate("said.length")
    stop.click()
    expect(phone.get_by_role("button", name="Écouter")).to_have_attribute("aria-pressed", "false")
    assert phone.evaluate("cancelled") == 1
    assert phone.evaluate("said.length") == before  # the end of what was cut does not start the next
    phone.evaluate("said.length = 0")
    phone.get_by_role("button", name="Écouter").click()
    for _ in range(40):
        if not phone.evaluate("Boolean(telling) && (telling.onend(), true)") or stop.is_hidden():
            break
    said = phone.evaluate("said")
    assert said[0] == "Noter"
    assert said[-7:] == [LONG.replace("d'abord", "d’abord"), *GRADES]
    assert not {"Parts égales", "Envoyer", "Suivant", "Arrêter"} & set(said)
    assert set(phone.evaluate("lang")) == {"fr-FR"}


def test_the_screen_of_the_room_is_heard_too(device: Callable[..., Page], served: Served) -> None:
    screen, host = device(VOICES, (1024, 768)), served.facilitator()
    screen.goto(f"http://127.0.0.1:{served.port}/animation/entrer?jeton={served.key}")
    host.act(geste="suivant")
    screen.goto(f"http://127.0.0.1:{served.port}/animation/ecran")
    screen.get_by_role("button", name="Écouter").click()
    expect(screen.get_by_role("button", name="Écouter")).to_be_visible()  # all is said
    said = screen.evaluate("said")
    assert said[:2] == ["Noter", "Donnez une mention à chaque règle"]
    assert said.index("Parts égales") < said.index("Les heures") < said.index("Le besoin")
    assert said[-6:] == GRADES  # each choice by itself; then neither who is here nor the code
    assert screen.evaluate("document.documentElement.scrollHeight") <= 768  # the button took room: all still fits
    for name in ("Renard", "Loutre", "Mésange", "Hérisson", "Écureuil"):
        guest = served.guest(name)
        guest.get("/?changer=oui")
        guest.answer(**dict.fromkeys(re.findall(r'type="radio" name="(\w+)"', guest.text), "3"))
    host.act(geste="montrer")
    expect(screen.locator("#resultat")).to_be_visible()
    screen.evaluate("said.length = 0")
    screen.get_by_role("button", name="Écouter").click()
    expect(screen.get_by_role("button", name="Écouter")).to_be_visible()
    said = screen.evaluate("said")
    assert "Assez bien : 5" in said
    assert not {"Nom", "Réponses", "À rejeter"} & set(said)  # neither what is hidden nor the key of the colours


def test_a_device_without_a_french_voice_says_so_once(device: Callable[..., Page], served: Served) -> None:
    phone = device(MUTE)
    come_in(phone, served)
    silent = phone.get_by_text("Cet appareil n’a pas de voix française")
    served.facilitator().act(geste="suivant")
    expect(silent).to_be_visible()
    expect(phone.get_by_role("button", name="Écouter")).to_have_count(0)
    phone.reload()
    expect(phone.get_by_text("1 sur 4")).to_be_visible()
    phone.wait_for_timeout(1_800)  # past the moment when it would be said
    assert silent.count() == 0


def test_a_phone_without_cookies_is_told_so_once(device: Callable[..., Page], served: Served) -> None:
    phone = device("Object.defineProperty(document, 'cookie', {get: () => '', set: () => {}});")
    phone.goto(f"http://127.0.0.1:{served.port}/?code={served.workshop.code}")
    expect(phone.get_by_text("refuse les cookies")).to_be_visible()
    phone.context.clear_cookies()
    phone.get_by_label("Le nom que vous choisissez").fill("Renard")
    phone.get_by_role("button", name="Entrer").click()
    expect(phone.get_by_text("refuse les cookies")).to_have_count(1)
    visitor = served.browser()
    visitor.get("/")
    visitor.cookies = {}
    assert visitor.post("/entrer", code=served.workshop.code, nom="Renard") == 403
    assert "refuse les cookies" in visitor.text.replace("\u00a0", " ")


def test_the_page_of_the_facilitator_says_when_the_server_is_away(browser: Browser, served: Served) -> None:
    page = browser.new_context(locale="fr-FR").new_page()
    page.goto(f"http://127.0.0.1:{served.port}/animation/entrer?jeton={served.key}")
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    served.stop()
    expect(page.get_by_text("L’ordinateur de l’atelier ne répond plus.")).to_be_visible()
    page.context.close()
