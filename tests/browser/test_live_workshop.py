"""A whole workshop of two hours in real Chromium: one facilitator, six phones, a shared tablet, one person on paper.

One phone closes its tab and comes back, one never answers, one loses the network for a while. It ends with the PDF.
`KPA_CAPTURES=folder` keeps pictures of what people see.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from kpa_model.files.log.events import EventLog
from kpa_model.server import catalogue
from kpa_model.workshop import script_file
from kpa_model.workshop.live import fold
from tests.browser.conftest import press, question, within

PROJECTOR, PHONE, TABLET = (1280, 800), (360, 780), (800, 1100)
NAMES = ("Renard", "Loutre", "Mésange", "Hérisson", "Silencieuse", "Écureuil")
SILENT, TUNNEL, SLEEPY = 4, 2, 1
LEFT_OUT = (
    "se_placer/apres", "une_commande/apres", "consentir/ressentis", "consentir/ameliorations",
    "consentir/objections_2", "consentir/objections_3",
)  # fmt: skip
"""Rounds that the facilitator goes past: nobody waits for them."""
CAPTURES = os.environ.get("KPA_CAPTURES")


class Workshop:
    """`kpa atelier`, in a process of its own, writing in its own folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kpa_model.command", "atelier", "--sans-navigateur", "--adresse", "127.0.0.1",
             "--graine", "7"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            env={**os.environ, "KPA_MES_DONNEES": str(home), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"},
        )  # fmt: skip
        said = ""
        assert self.process.stdout
        for line in self.process.stdout:
            said += line
            if "Gardez cette fenêtre" in line:
                break
        found = re.search(r"(http://127\.0\.0\.1:\d+/)\s+code (\d{3}) (\d{3})", said)
        key = re.search(r"Pour animer : (\S+)", said)
        assert found, said
        assert key, said
        self.base, self.code, self.key = found[1], found[2] + found[3], key[1]

    def stop(self) -> None:
        """Stop this process, politely."""
        self.process.terminate()
        self.process.wait(60)
        assert self.process.stdout
        self.process.stdout.close()


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    opened = Workshop(tmp_path_factory.mktemp("atelier"))
    yield opened
    opened.stop()


@pytest.fixture(scope="module")
def open_page(browser: Browser, workshop: Workshop) -> Iterator[Callable[[tuple[int, int]], Page]]:
    """`open_page(size)`: a browser of its own; it lists what it asks elsewhere, and its errors."""
    contexts: list[BrowserContext] = []

    def go(size: tuple[int, int]) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="fr-FR")
        contexts.append(context)
        page = context.new_page()
        watch(page, workshop.base)
        return page

    yield go
    for context in contexts:
        context.close()


def watch(page: Page, base: str) -> None:
    page.foreign, page.troubles = [], []  # type: ignore[attr-defined]
    page.on("request", lambda asked: None if asked.url.startswith((base, "data:")) else page.foreign.append(asked.url))  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.troubles.append(str(error)))  # type: ignore[attr-defined]
    page.on("console", lambda said: page.troubles.append(said.text) if "Security Policy" in said.text else None)  # type: ignore[attr-defined]


def capture(page: Page, name: str) -> None:
    if CAPTURES:
        page.wait_for_timeout(250)
        page.screenshot(path=Path(CAPTURES) / f"{name}.png", full_page=True)


def reach(page: Page, asked: Locator) -> None:
    """Go on to a question: a long ballot shows one at a time."""
    while not asked.is_visible():
        page.locator("form.question").get_by_role("button", name="Suivant").click()


def fill(page: Page, taste: int) -> None:
    """Answer whatever is asked: each person has her own taste."""
    form = question(page)
    for at, group in enumerate(form.locator("fieldset:not(:has(fieldset))").all()):
        choices = group.locator("input[type=radio]")
        if choices.count():
            reach(page, group)
            choices.nth((taste + at) % choices.count()).check()
    for at, box in enumerate(form.locator("input.nombre").all()):
        reach(page, box)
        box.fill(str(200 + 35 * taste + 10 * at))
    for box in form.locator("textarea, input[type=text]:not(.nombre)").all():
        reach(page, box)
        box.fill(f"Un mot {taste}")


def answer(page: Page, taste: int) -> None:
    """Answer and send."""
    fill(page, taste)
    page.locator("form.question button[type=submit]").click()
    expect(page.get_by_role("heading", name="C’est envoyé")).to_be_visible()


class Room:
    """Everybody in the room, and what each does at each question."""

    def __init__(self, workshop: Workshop, open_page: Callable[[tuple[int, int]], Page], axe: Callable) -> None:
        self.workshop, self.axe = workshop, axe
        self.screen = open_page(PROJECTOR)
        self.screen.goto(workshop.key)
        self.phones = [open_page(PHONE) for _ in NAMES]
        self.tablet = open_page(TABLET)
        self.seen: set[str] = set()

    def look(self, page: Page, name: str, whole: bool = True) -> None:
        """Look at a page: no violation (when `whole`), no sideways scrolling, a picture when asked."""
        if whole:
            assert self.axe(page) == [], name
        assert within(page), name
        capture(page, name)

    def come_in(self) -> None:
        """Six phones, two people on a tablet, one on paper."""
        for phone, name in zip(self.phones, NAMES, strict=True):
            phone.goto(f"{self.workshop.base}?code={self.workshop.code}")
            phone.get_by_label("Le nom que vous choisissez").fill(name)
            phone.get_by_role("button", name="Entrer").click()
            expect(phone.get_by_role("heading", name="Vous êtes dans l’atelier")).to_be_visible()
        self.tablet.goto(f"{self.workshop.base}?partage=oui&code={self.workshop.code}")
        self.tablet.get_by_role("button", name="Ouvrir la tablette partagée").click()
        for _ in range(2):
            self.tablet.get_by_role("button", name="Tirer une carte").click()
            self.tablet.get_by_role("link", name="Passer la tablette").click()
        expect(self.tablet.get_by_role("button", name="Tirer une carte")).to_be_visible()
        self.look(self.tablet, "tablette")
        self.screen.get_by_role("link", name="Personnes").click()
        self.screen.get_by_label("Son nom ici").fill("Papier")
        self.screen.get_by_role("button", name="Ajouter").click()
        expect(self.screen.get_by_role("row").filter(has_text="Papier")).to_be_visible()
        self.look(self.screen, "personnes")
        self.screen.get_by_role("link", name="Revenir à la salle").click()
        expect(self.screen.get_by_role("heading", name="9 personnes")).to_be_visible()

    def press(self, name: str) -> None:
        """Press a button of the bar; a question just met is then opened."""
        press(self.screen, name)
        if name in ("Suivant", "Commencer") and self.screen.get_by_role("button", name="Ouvrir la question").count():
            press(self.screen, "Ouvrir la question")
            expect(self.screen.get_by_role("button", name="Fermer la question")).to_be_visible()

    def play_round(self, step: str, round_: str) -> None:
        """Everybody answers, in her own way; then the answers are shown."""
        name, first = f"{step}-{round_}", not self.seen
        for at, phone in enumerate(self.phones):
            if at == SILENT:
                continue
            if at == TUNNEL and first:
                self._in_a_tunnel(phone, at)
            elif at == SLEEPY and first:
                self._closes_and_comes_back(at)
            else:
                answer(phone, at)
        whole = step not in self.seen
        self.seen.add(step)
        now = self.phones[0].locator("body").get_attribute("data-version")
        expect(self.phones[SILENT].locator("body")).to_have_attribute("data-version", now or "")
        self.look(self.phones[SILENT], f"{name}-question", whole)
        self._by_tablet()
        self._by_paper()
        expect(self.screen.locator("#resultat")).to_contain_text("8 réponses sur 9")
        expect(self.screen.locator("#presence .fait")).to_have_count(8)
        self.look(self.screen, f"{name}-ouverte", first)
        self.press("Montrer les réponses")
        expect(self.screen.locator("#resultat.resultat")).to_be_visible()
        self.look(self.screen, f"{name}-resultat", whole)
        expect(self.phones[0].get_by_text("Ensemble", exact=True)).to_be_visible()
        self.look(self.phones[0], f"{name}-telephone", whole)

    def _in_a_tunnel(self, phone: Page, taste: int) -> None:
        """The answer is sent without network; it leaves by itself when the network comes back."""
        question(phone)
        phone.context.set_offline(True)
        fill(phone, taste)
        phone.locator("form.question button[type=submit]").click()
        expect(phone.get_by_text("Gardez cette page : votre réponse partira toute seule.")).to_be_visible()
        capture(phone, "sans-reseau")
        phone.context.set_offline(False)
        expect(phone.get_by_role("heading", name="C’est envoyé")).to_be_visible()

    def _closes_and_comes_back(self, at: int) -> None:
        """What was typed is still there when the tab is opened again; then it is sent, and changed."""
        phone = self.phones[at]
        box = phone.locator("input[type=radio], input.nombre").first
        expect(box).to_be_visible()
        box.check() if box.get_attribute("type") == "radio" else box.fill("321")
        expect(phone.get_by_text("Ce que vous écrivez est gardé.")).to_be_visible()
        context = phone.context
        phone.close()
        back = context.new_page()
        watch(back, self.workshop.base)
        self.phones[at] = back
        back.goto(self.workshop.base)
        box = back.locator("input[type=radio], input.nombre").first
        expect(box).to_be_checked() if box.get_attribute("type") == "radio" else expect(box).to_have_value("321")
        answer(back, at)
        back.get_by_role("link", name="Changer ma réponse").click()
        answer(back, at + 1)
        back.go_back()
        back.go_back()
        back.goto(self.workshop.base)
        expect(back.get_by_role("heading", name="C’est envoyé")).to_be_visible()

    def _by_tablet(self) -> None:
        for at in range(2):
            self.tablet.goto(self.workshop.base)
            self.tablet.locator(".ligne-personne").nth(at).click()
            expect(question(self.tablet).locator("input:checked")).to_have_count(0)  # nobody sees the one before
            answer(self.tablet, 6 + at)

    def _by_paper(self) -> None:
        self.screen.get_by_role("link", name="Personnes").click()
        row = self.screen.get_by_role("row").filter(has_text="Papier")
        row.get_by_role("link", name="Taper sa réponse").click()
        fill(self.screen, 8)
        with self.screen.expect_navigation():
            self.screen.get_by_role("button", name="Garder sa réponse").click()
        self.screen.get_by_role("link", name="Revenir à la salle").click()

    def propose(self) -> None:
        """Write the proposal of the group."""
        self.screen.get_by_role("link", name="Écrire la proposition").click()
        self.screen.get_by_label("Parts égales", exact=True).check()
        self.look(self.screen, "proposition")
        self.screen.get_by_role("button", name="Garder cette proposition").click()
        expect(self.screen.get_by_role("link", name="Changer la proposition")).to_be_visible()

    def write_the_record(self) -> bytes:
        """Fill in what only people know, and take the PDF."""
        self.screen.get_by_role("link", name="Compte rendu").click()
        self.screen.get_by_label("Nous l’essayons jusqu’à une date.").check()
        reason = self.screen.get_by_label("Sans ce consentement, pourquoi continuons-nous ?")
        reason.fill("Un trimestre pour voir. Silencieuse dira son avis plus tard.")
        self.screen.get_by_label("Où étions-nous ?").fill("À la conciergerie")
        self.look(self.screen, "compte-rendu")
        self.screen.get_by_role("button", name="Écrire le compte rendu").click()
        paper = self.screen.get_by_role("link", name="Prendre le PDF à signer")
        expect(paper).to_be_visible()
        self.look(self.screen, "compte-rendu-ecrit")
        with self.screen.expect_download() as taken:
            paper.click()
        return Path(taken.value.path()).read_bytes()


@pytest.mark.timeout(900)  # many people, many questions
def test_a_workshop_is_played_to_its_decision(
    workshop: Workshop, open_page: Callable[[tuple[int, int]], Page], axe: Callable[[Page], list[str]]
) -> None:
    room = Room(workshop, open_page, axe)
    room.look(room.screen, "accueil")
    first = room.phones[0]
    first.goto(f"{workshop.base}?code={workshop.code}")
    room.look(first, "bienvenue")
    room.come_in()
    room.look(room.screen, "salle")
    catalogue.load()  # a script may name any activity
    script = script_file.ready_scripts()["deux_heures"]
    room.press("Commencer")
    for step in script.steps:
        expect(room.screen.locator("#etape")).to_contain_text(step.title.replace("'", "’"))
        if hasattr(step.activity, "proposal"):
            room.propose()
        if step.activity is None:
            room.look(room.screen, step.key)
        rounds = [each.key for each in step.activity.rounds()] if step.activity else [""]
        for at, each in enumerate(rounds):
            if each and f"{step.key}/{each}" not in LEFT_OUT and not step.optional:
                room.play_round(step.key, each)
            if step is not script.steps[-1] or at < len(rounds) - 1:
                room.press("Suivant")
    pdf = room.write_the_record()
    assert pdf.startswith(b"%PDF")
    check_what_is_kept(workshop)
    for page in (room.screen, room.tablet, *room.phones):
        assert page.foreign == []  # type: ignore[attr-defined]
        assert page.troubles == []  # type: ignore[attr-defined]


def check_what_is_kept(workshop: Workshop) -> None:
    """The log tells the same workshop; the record names who was there, and never who answered what."""
    with EventLog(workshop.home / "ateliers" / "ateliers.sqlite") as log:
        ((name, _),) = log.workshops()
        live = fold(log.read(name))
    assert [each.name for each in live.people.values()][:6] == list(NAMES)
    silent = next(key for key, each in live.people.items() if each.name == "Silencieuse")
    assert all(silent not in asked.answers for asked in live.asked.values())
    (place,) = (workshop.home / "decisions").iterdir()
    record = json.loads((place / "compte_rendu.json").read_text(encoding="utf-8"))
    assert "Renard" in json.dumps(record, ensure_ascii=False)
    assert sorted(path.name for path in place.iterdir()) == [
        "compte_rendu.html", "compte_rendu.json", "compte_rendu.pdf", "compte_rendu_sans_noms.html",
        "date_de_revue.ics", "regle.yaml",
    ]  # fmt: skip
