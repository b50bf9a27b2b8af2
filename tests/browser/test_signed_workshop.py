"""Two whole workshops in real Chromium, each up to the paper to sign: what was decided is what is written.

A facilitator and the screen of the room, three phones, a shared tablet, a person on paper: five people. A tie, a text
changed after an objection, a broken phone replaced, a late answer refused with its draft, a rule tried against an
objection, a record corrected twice. `KPA_CAPTURES=folder` keeps pictures of the views at each step.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kpa_model.pay import rule_file
from kpa_model.pay.ready import ready_rules
from kpa_model.story.decide import decisions
from tests.browser.conftest import press, question, up_to_date, within
from tests.live_server import Served

SCRIPT = """
titre: Notre règle
etapes:
- {cle: noter, titre: Choisir la règle à proposer, minutes: 5, activite: jugement_majoritaire}
- {cle: decider, titre: Décider d'un essai, minutes: 5, dire: Une note pour vous., activite: consentement}
"""
RULES = [
    {"key": key, "title": rule.title, "text": rule_file.dumps(rule), "aloud": [*rule.read_aloud()], "fingerprint": "ab",
     "sentence": rule.sentence, "effect": {"low": 20_000, "middle": 25_000, "high": 40_000, "heavy": 1, "today": False}}
    for key, rule in ready_rules().items() if key in ("parts_egales", "heures", "minimum_et_heures")
]  # fmt: skip
FLOOR = "#champ-minimum_et_heures__4__euros"
WORDS_80 = "Un minimum pour chaque personne, avec un plancher de 80 euros."
WORDS_60 = "Un minimum pour chaque personne, avec un plancher de 60 euros."
WHY = "À 80 euros, un petit mois ne suffit pas et le jardin perd tout."
LATE = "Je préfère attendre le mois de mars."
SIZES = {"salle": (1024, 768), "telephone": (360, 780), "animation": (1280, 800)}
CAPTURES = os.environ.get("KPA_CAPTURES")
pytestmark = pytest.mark.timeout(900)  # many people, many questions


class Room:
    """Everybody, each with a browser of her own."""

    def __init__(self, browser: Browser, served: Served, axe: Callable[[Page], list[str]], name: str) -> None:
        self.browser, self.served, self.axe, self.name, self.at = browser, served, axe, name, 0
        self.contexts: list[BrowserContext] = []
        self.base = f"http://127.0.0.1:{served.port}"
        self.host, self.screen = self.open("animation"), self.open("salle")
        for page in (self.host, self.screen):
            page.goto(f"{self.base}/animation/entrer?jeton={served.key}")
        self.screen.goto(f"{self.base}/animation/ecran")
        self.phones = [self.open("telephone") for _ in range(3)]
        self.tablet = self.open("telephone")

    def open(self, kind: str) -> Page:
        """Return the page of a new device."""
        size = SIZES[kind]
        self.contexts.append(self.browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="fr-FR"))
        return self.contexts[-1].new_page()

    def close(self) -> None:
        """Close every device."""
        for each in self.contexts:
            each.close()

    def look(self, *pages: Page) -> None:
        """Look at pages: no violation, nothing wider than the screen; a picture of each when asked."""
        self.at += 1
        shown = pages or (self.host, self.screen, self.phones[0])
        for page in {self.screen, self.phones[0]}.intersection(shown):
            up_to_date(page, self.served.workshop.version())
        for rank, page in enumerate(shown):
            assert self.axe(page) == [], page.url
            assert within(page), page.url
            if CAPTURES:
                page.screenshot(path=Path(CAPTURES) / f"{self.name}-{self.at:02}-{rank}.png", full_page=rank != 1)

    def come_in(self) -> None:
        """Three phones, one person on the tablet, one on paper."""
        for phone, name in zip(self.phones, ("Renard", "Loutre", "Mésange"), strict=True):
            phone.goto(f"{self.base}/?code={self.served.workshop.code}")
            phone.get_by_label("Le nom que vous choisissez").fill(name)
            phone.get_by_role("button", name="Entrer").click()
            expect(phone.get_by_role("heading", name="Vous êtes dans l’atelier")).to_be_visible()
        self.tablet.goto(f"{self.base}/?partage=oui&code={self.served.workshop.code}")
        self.tablet.get_by_role("button", name="Ouvrir la tablette partagée").click()
        self.tablet.get_by_label("Le nom que vous choisissez").fill("Hérisson")
        self.tablet.get_by_role("button", name="Entrer").click()
        expect(self.tablet.get_by_role("link", name="Passer la tablette")).to_be_visible()
        self.host.get_by_role("link", name="Personnes").click()
        self.host.get_by_label("Son nom ici").fill("Écureuil")
        self.host.get_by_role("button", name="Ajouter").click()
        expect(self.host.get_by_role("row").filter(has_text="Écureuil")).to_be_visible()
        self.host.get_by_role("link", name="Revenir à la salle").click()
        expect(self.host.get_by_role("heading", name="5 personnes")).to_be_visible()

    def press(self, *names: str) -> None:
        """Press buttons of the bar, one after the other."""
        press(self.host, *names)

    def go_to_objections(self) -> None:
        """Go past the talks: they were held aloud."""
        while self.served.workshop.live.round != "objections_1":
            self.press("Suivant")

    def vote(self, *ballots: tuple[int, int, int] | None) -> None:
        """Each gives a grade to each rule, or waits: three phones, the tablet, the paper."""
        for phone, ballot in zip(self.phones, ballots[:3], strict=True):
            if ballot:
                self._grades(phone, ballot)
        self.tablet.goto(f"{self.base}/")
        self.tablet.get_by_role("link", name="Hérisson").click()
        self._grades(self.tablet, ballots[3] or (0, 0, 0))
        self.on_paper(lambda page: self._tick(page, ballots[4] or (0, 0, 0)), "Taper sa réponse")

    def _grades(self, page: Page, ballot: tuple[int, int, int]) -> None:
        self._tick(page, ballot)
        page.get_by_role("button", name="Envoyer").click()
        expect(page.get_by_role("heading", name="C’est envoyé")).to_be_visible()

    def _tick(self, page: Page, ballot: tuple[int, int, int]) -> None:
        form = question(page)
        for rule, grade in zip(RULES, ballot, strict=True):
            box = form.locator(f"input[name={rule['key']}][value='{grade}']")
            while not box.is_visible():
                form.get_by_role("button", name="Suivant").click()
            box.check()

    def on_paper(self, fill: Callable[[Page], None], label: str) -> None:
        """Type, or correct, what somebody wrote on paper."""
        self.host.get_by_role("link", name="Personnes").click()
        self.host.get_by_role("row").filter(has_text="Écureuil").get_by_role("link", name=label).click()
        fill(self.host)
        with self.host.expect_navigation():
            self.host.get_by_role("button", name="Garder sa réponse").click()
        self.host.get_by_role("link", name="Revenir à la salle").click()

    def propose(self, words: str, floor: str) -> None:
        """Write the proposal: the rule, its floor, the words."""
        page = self.host
        page.get_by_role("link", name=re.compile("(Écrire|Changer) la proposition")).click()
        page.locator("input[name=regle][value=minimum_et_heures]").check()
        summary = page.get_by_text("Changer les réglages : Un minimum pour chacun, puis les heures")
        page.wait_for_load_state()
        if not page.locator(FLOOR).is_visible():
            summary.click()
        page.locator(FLOOR).fill(floor)
        page.get_by_label("La proposition, avec nos mots").fill(words)
        page.get_by_label("Jusqu’à quel jour l’essayons-nous ?").fill(soon(90))
        page.get_by_label("Ils disent la même chose.").check()
        page.get_by_role("button", name="Garder cette proposition").click()
        expect(page.get_by_role("link", name="Changer la proposition")).to_be_visible()

    def consents(self, page: Page, stance: str = "Je consens", why: str = "") -> None:
        """Answer on a device."""
        page.get_by_label(stance, exact=True).check()
        if why:
            page.get_by_label("Votre réserve ou votre objection").fill(why)
        page.get_by_role("button", name="Envoyer").click()
        expect(page.get_by_role("heading", name="C’est envoyé")).to_be_visible()

    def consent_elsewhere(self) -> None:
        """The tablet and the paper consent."""
        self.tablet.goto(f"{self.base}/")
        self.tablet.get_by_role("link", name="Hérisson").click()
        self.consents(self.tablet)
        self.on_paper(lambda page: page.get_by_label("Je consens", exact=True).check(), "Taper sa réponse")

    def replace_phone(self) -> None:
        """The second phone breaks: its place goes on with another one, and the old one is out."""
        broken, self.phones[1] = self.phones[1], self.open("telephone")
        self.host.get_by_role("link", name="Personnes").click()
        with self.host.expect_navigation():
            row = self.host.get_by_role("row").filter(has_text="Loutre")
            row.get_by_role("button", name="Un autre téléphone").click()
        code = self.host.locator(".code strong").inner_text()
        self.phones[1].goto(f"{self.base}/")
        self.phones[1].get_by_label("Le code écrit sur l’écran").fill(code)
        self.phones[1].get_by_role("button", name="Entrer").click()
        expect(self.phones[1].locator("main > header .qui")).to_have_text("Loutre")
        expect(broken.get_by_role("heading", name="Notre règle")).to_be_visible()
        self.host.goto(f"{self.base}/animation")

    def record(self, **typed: str) -> None:
        """Write the record, or correct it: field → what is typed."""
        if "/compte-rendu" not in self.host.url:
            self.host.get_by_role("link", name="Compte rendu").click()
        for name, value in typed.items():
            box = self.host.locator(f"[name={name}]")
            self.host.locator(f"[name={name}][value={value}]").check() if name == "decision" else box.fill(value)
        with self.host.expect_navigation():
            self.host.get_by_role("button", name=re.compile("Écrire (le compte rendu|à nouveau)")).click()

    def written(self) -> decisions.Decision:
        """Return the one decision of this workshop, and take its paper."""
        expect(self.host.get_by_text("Le compte rendu est écrit.")).to_be_visible()
        with self.host.expect_download() as taken:
            self.host.get_by_role("link", name="Prendre le PDF à signer").click()
        content = Path(taken.value.path()).read_bytes()
        assert content.startswith(b"%PDF")
        if CAPTURES:
            (Path(CAPTURES) / f"{self.name}.pdf").write_bytes(content)
        (found,) = decisions.all_decisions()[0]
        return found


@pytest.fixture
def room(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, axe: Callable[[Page], list[str]],
    request: pytest.FixtureRequest,
) -> Iterator[Room]:  # fmt: skip
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "donnees"))
    served = Served(str(tmp_path / "a.sqlite"), script=SCRIPT, facts={"rules": RULES, "month": "2026-10"})
    made = Room(browser, served, axe, request.node.originalname.removeprefix("test_")[:12])
    yield made
    made.close()
    served.stop()


def said(found: decisions.Decision) -> list[str]:
    return [each.replace("\u00a0", " ") for each in found.record.says()]


def soon(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()


@pytest.mark.nightly
def test_an_objection_changes_the_text_then_everybody_consents(room: Room) -> None:
    room.come_in()
    room.look()
    room.press("Commencer")
    expect(room.screen.get_by_text("Écoutez d’abord.")).to_be_visible()
    room.press("Ouvrir la question")
    _vote_with_a_late_answer(room)
    room.go_to_objections()
    room.propose(WORDS_80, "80")
    room.press("Ouvrir la question")
    expect(room.screen.get_by_text(WORDS_80)).to_be_visible()
    room.consents(room.phones[0])
    room.consents(room.phones[1], "J’ai une objection : ce texte ferait du tort au groupe", WHY)
    room.consents(room.phones[2])
    room.consent_elsewhere()
    room.look()
    room.press("Montrer les réponses")
    expect(room.screen.locator("#resultat")).to_contain_text("1 objection à entendre. Le texte n’est pas adopté.")
    room.look(room.host, room.screen)
    room.propose(WORDS_60, "60")
    room.replace_phone()
    bar = room.host.get_by_role("navigation", name="Conduire l'atelier")
    expect(bar.get_by_role("button", name="Rouvrir la question")).to_have_count(0)  # the changed text has its own turn
    room.press("Suivant", "Ouvrir la question")
    expect(room.screen.get_by_text(WORDS_60)).to_be_visible()
    room.consents(room.phones[0])
    room.consents(room.phones[1])
    room.consents(room.phones[2], "Je consens, avec une réserve", LATE)
    room.consent_elsewhere()
    room.press("Montrer les réponses")
    expect(room.screen.locator("#resultat")).to_contain_text("Personne ne s’y oppose. Le texte est adopté.")
    room.look()
    room.record(decision="essai", lieu="À la conciergerie", essai_jusqu_au=soon(90), revue_le=soon(95))
    room.record(gardien="Renard")
    room.record(lieu="À la salle des fêtes")
    found = room.written()
    room.look(room.host)
    record = found.record
    assert said(found)[:3] == [
        "Consentement obtenu de 5 personnes.", "1 réserve est dite.", "Nous essayons cette règle.",
    ]  # fmt: skip
    told = (record.words, record.version, record.kept_by, record.place)
    assert told == (WORDS_60, 3, "Renard", "À la salle des fêtes")
    assert "égalité" in record.vote_said
    (objection,) = record.objections  # what made the text change is kept
    assert (objection.text, objection.answer) == (WHY, "Le texte a été changé ensuite.")
    rule = rule_file.loads(record.rule.text)
    assert (rule.steps[3].minimum, rule.promises[0].least) == (6000, 6000)


def _vote_with_a_late_answer(room: Room) -> None:
    """Two rules are tied; one phone sends too late: it is said, and what was ticked comes back with the question."""
    late = room.phones[2]
    room._tick(late, (5, 5, 3))
    expect(late.get_by_text("Ce que vous écrivez est gardé.")).to_be_visible()
    room.vote((5, 5, 2), (4, 4, 1), None, (4, 4, 0), (1, 1, 1))
    room.on_paper(lambda page: room._tick(page, (5, 5, 2)), "Corriger sa réponse")
    room.press("Montrer les réponses")
    late.get_by_role("button", name="Envoyer").click()
    expect(late.get_by_text("Votre réponse ne compte pas.")).to_be_visible()
    room.look(late)
    room.press("Rouvrir la question")
    late.get_by_role("button", name="Voir la suite").click()
    expect(question(late).locator("input[name=heures][value='5']")).to_be_checked()
    while not late.get_by_role("button", name="Envoyer").is_visible():
        late.get_by_role("button", name="Suivant").click()
    late.get_by_role("button", name="Envoyer").click()
    expect(late.get_by_role("heading", name="C’est envoyé")).to_be_visible()
    room.press("Montrer les réponses")
    expect(room.screen.locator("#resultat")).to_contain_text("égalité")
    room.look(room.screen, room.phones[0])


def test_a_rule_is_tried_against_an_objection_and_the_reason_is_signed(room: Room) -> None:
    room.come_in()
    room.press("Commencer", "Ouvrir la question")
    room.vote((1, 3, 5), (2, 3, 5), (0, 2, 4), (1, 3, 5), (1, 3, 4))
    room.press("Montrer les réponses")
    expect(room.screen.locator("#resultat")).to_contain_text("Un minimum pour chacun, puis les heures")
    room.go_to_objections()
    room.propose("Un minimum pour chaque personne, de 50 euros.", "50")
    room.press("Ouvrir la question")
    room.consents(room.phones[0], "J’ai une objection : ce texte ferait du tort au groupe", WHY)
    for phone in room.phones[1:]:
        room.consents(phone)
    room.consent_elsewhere()
    room.press("Montrer les réponses")
    expect(room.screen.locator("#resultat")).to_contain_text("1 objection à entendre.")
    room.record(decision="adoptee", essai_jusqu_au="", revue_le=soon(60))
    expect(room.host.get_by_text("Consentement non obtenu : 1 objection reste.").first).to_be_visible()
    room.look(room.host)
    room.record(raison="La CAE attend notre règle avant la fin du mois.")
    expect(room.host.get_by_text("Le compte rendu est écrit.")).to_be_visible()
    room.record(decision="essai", essai_jusqu_au=soon(60), revue_le=soon(40))
    room.record(pas_decide="La règle des trajets")
    found = room.written()
    room.look(room.host)
    assert said(found)[:3] == [
        "Consentement non obtenu : 1 objection reste.", "Nous essayons cette règle sans ce consentement.",
        "Pourquoi : La CAE attend notre règle avant la fin du mois.",
    ]  # fmt: skip
    assert (found.record.version, found.record.undecided) == (3, ("La règle des trajets",))
    assert [each.text for each in found.record.objections] == [WHY]
