"""The screen of the room is read without scrolling; the page that leads works on a phone; no view has a violation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kpa_model.decision import vignettes
from kpa_model.pay import rule_file
from kpa_model.pay.ready import ready_rules
from kpa_model.words import curled
from tests.browser.conftest import up_to_date, within
from tests.live_server import Served

SCRIPT = """
titre: Un atelier
etapes:
- cle: placer
  titre: Se placer
  minutes: 5
  activite:
    debat_mouvant:
      affirmations:
      - Qui apporte la commande doit recevoir plus.
      - La même somme pour toutes et tous, c'est juste.
      - Le temps passé en réunion se paie.
- {cle: noter, titre: Choisir la règle à proposer, minutes: 5, activite: jugement_majoritaire}
- {cle: partager, titre: Partager, minutes: 5, activite: vignettes}
- {cle: consentir, titre: Décider d'un essai, minutes: 5, dire: Une note., activite: consentement}
"""
CUT = """[...document.querySelectorAll(".kpa-scroll")].filter((each) => each.scrollWidth > each.clientWidth).length"""
SIZES = ((1280, 800), (1024, 768), (360, 780))
RULES = [
    {"key": key, "title": rule.title, "text": rule_file.dumps(rule), "aloud": [*rule.read_aloud()], "fingerprint": "ab",
     "sentence": rule.sentence, "effect": {"low": 20_000, "middle": 25_000, "high": 40_000, "heavy": 1, "today": False}}
    for key, rule in [*ready_rules().items()][:4]
]  # fmt: skip
SHARES = {
    f"{case.key}.{one.key}": str(case.pot // 100 if not at else 0)
    for case in vignettes.named()
    for at, one in enumerate(case.people)
}
WHY = "Un petit mois ne suffira pas, et le jardin perdrait trop. Je voudrais que nous gardions une réserve."


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = Served(str(tmp_path / "a.sqlite"), script=SCRIPT, facts={"rules": RULES})
    yield made
    made.stop()


@pytest.fixture
def open_view(browser: Browser, served: Served) -> Iterator[Callable[[str, tuple[int, int]], Page]]:
    """`open_view(path, size)`: a view of the facilitator, in a browser of its own."""
    opened = []

    def go(path: str, size: tuple[int, int]) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="fr-FR")
        opened.append(context)
        page = context.new_page()
        base = f"http://127.0.0.1:{served.port}"
        page.goto(f"{base}/animation/entrer?jeton={served.key}")
        page.goto(base + path)
        return page

    yield go
    for each in opened:
        each.close()


def test_the_three_views_at_each_step(
    served: Served, open_view: Callable[[str, tuple[int, int]], Page], axe: Callable[[Page], list[str]]
) -> None:
    guests = [served.guest(f"Personne {at}") for at in range(9)]
    host = served.facilitator()
    screens = {size: open_view("/animation/ecran", size) for size in SIZES}
    lead = open_view("/animation", SIZES[2])

    def look(said: str) -> None:
        for page in (*screens.values(), lead):
            up_to_date(page, served.workshop.version())
        for size, page in screens.items():
            expect(page.locator("#etape")).to_contain_text(said)
            assert size == SIZES[0] or axe(page) == [], said  # the widest is the next one, larger
            wide, high = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
            assert wide <= size[0]
            assert high <= size[1] or size[0] == 360, (said, size, high)
            assert size[0] == 360 or page.evaluate(CUT) == 0, (said, size)
        assert axe(lead) == [], said
        assert within(lead)
        button = lead.locator(".barre-gestes .principal").bounding_box()
        assert button
        assert button["y"] + button["height"] <= 780  # what comes next is under the thumb

    look("Un atelier")
    for round_ in range(2):
        host.act(geste="suivant")
        for at, guest in enumerate(guests):
            guest.answer(**{f"affirmation_{rank}": ("oui", "non")[(at + rank + round_) % 2] for rank in (1, 2, 3)})
        host.act(geste="montrer")
    look("Combien de personnes ont bougé")
    host.act(geste="suivant")
    look(curled(RULES[3]["title"]))
    for at, guest in enumerate(guests):
        guest.answer(**{each["key"]: str((at + rank) % 6) for rank, each in enumerate(RULES)})
    host.act(geste="montrer")
    look("en tête")
    host.act(geste="suivant")
    for guest in guests:
        guest.answer(**SHARES)
    host.act(geste="montrer")
    look("Nous partageons tous de la même façon.")  # four cases of it: what does not fit is on the phones
    expect(screens[SIZES[1]].get_by_text("La suite est sur vos téléphones.")).to_be_visible()
    while served.workshop.live.round != "objections_1":
        host.act(geste="suivant")
    host.get("/animation/proposition")
    host.post("/animation/proposition", regle=RULES[2]["key"])
    look("Consentez-vous à ce texte ?")
    for at, guest in enumerate(guests):
        guest.answer(position="objection" if at < 3 else "reserve" if at < 5 else "oui", raison=WHY if at < 5 else "")
    host.act(geste="montrer")
    look("3 objections à entendre.")
