"""Wherever a month's shares are shown, all its money is: what came, what waits, what each purse holds."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

import pytest

import kpa_model as kpa
from kpa_model import api
from kpa_model.command import main
from kpa_model.cooperative.chain import money_chain
from kpa_model.decision.options import effect_told
from kpa_model.declare import drawn
from kpa_model.files.book import books
from kpa_model.pay import rule_file
from kpa_model.pay.engine import Settlement
from kpa_model.places import data
from kpa_model.story.decide.workshop_facts import workshop_facts
from kpa_model.story.finder import told as finder_told
from kpa_model.story.grids import pay as grid_pay
from kpa_model.story.grids import pay_told
from kpa_model.story.paper import documents as paper
from kpa_model.story.pay.comparison import compare
from kpa_model.ui.library import settled_until
from kpa_model.ui.state import Store, book_of
from kpa_model.words import euros
from tests.notebooks.screens import every, html, named
from tests.pdf import text_of

RULE = rule_file.loads("""
titre: Une part attend
etapes:
- frais_directs
- part_au_fonds_commun: {taux: 5 %}
- mise_en_reserve: {taux: 10 %}
- points_d_implication: {part: 40 %}
- epargne_de_lancement: {taux: 10 %}
""")
BOOK, MONTH = "Nous", "2025-03"


@dataclass(frozen=True)
class Group:
    """A group whose rule leaves money everywhere: in the pot, in the fund, in the reserve, in savings."""

    store: Store
    rule: Path
    settled: Settlement

    def kpa(self, *words: object) -> str:
        with redirect_stdout(StringIO()) as said:
            main([str(each) for each in words])
        return said.getvalue()


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Group]:
    folder = tmp_path_factory.mktemp("soldes")
    rule = folder / "regle.yaml"
    rule.write_text(rule_file.dumps(RULE), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPA_MES_DONNEES", str(folder / "mes_donnees"))
        patch.setenv("COLUMNS", "100")
        shutil.copytree(data() / "tilleuls", books.book_place(BOOK))
        store = kpa.open_store()
        store.open_book(BOOK)
        compared = ("parts_egales", "notre_regle")
        store.update(ours=RULE, month=MONTH, compared=compared, told="notre_regle", person="Awa")
        yield Group(store, rule, settled_until(book_of(store.state), RULE, MONTH)[-1])


def _screen(name: str) -> Callable[[Group], str]:
    return lambda group: html(getattr(kpa, name)(group.store))


def _rule_paper(group: Group) -> str:
    book = book_of(group.store.state)
    at = [str(each.month) for each in money_chain(book)].index(MONTH)
    return text_of(paper.rule_paper(book, RULE, [group.settled], money_chain(book)[at : at + 1]))


def _compared_paper(group: Group) -> str:
    state = group.store.state
    views = compare([settled_until(book_of(state), each, MONTH)[-1:] for each in (RULE, RULE.with_steps(*RULE.steps))])
    return text_of(paper.comparison_paper(book_of(state), views, MONTH))


def _payslip_paper(group: Group) -> str:
    who = group.settled.month.members.index("Awa")
    return text_of(paper.payslip_paper(book_of(group.store.state), RULE, group.settled, who))


def _notebook(group: Group) -> str:
    return " ".join(api.share(BOOK, RULE, MONTH).sentences())


def _notebook_compared(group: Group) -> str:
    return " ".join(api.compare(BOOK, [RULE, "parts_egales"], MONTH).sentences())


def _grid(group: Group) -> str:
    from kpa_model.assessment.grid_file import ready_grids

    month = group.settled.month
    played = grid_pay.cast(ready_grids()["implication"], "implication", grid_pay.paid_members(month))
    return drawn.page(pay_told.everybody(RULE, month, played, grid_pay.ONESELF))


WHOLE: dict[str, Callable[[Group], str]] = {
    "one pot": _screen("one_pot"),
    "our rule": _screen("our_rule"),
    "why this amount": _screen("why_this_amount"),
    "compare": _screen("compare_rules"),
    "in hand": _screen("rule_in_hand"),
    "paper of the rule": _rule_paper,
    "paper of a comparison": _compared_paper,
    "paper of one person": _payslip_paper,
    "kpa partager": lambda group: group.kpa("partager", BOOK, "--mois", MONTH, "--regle", group.rule),
    "kpa comparer": lambda group: group.kpa("comparer", BOOK, "--mois", MONTH, "--regles", "parts_egales", group.rule),
    "open model, share": _notebook,
    "open model, compare": _notebook_compared,
    "grid in euros": _grid,
}
"""Place → what it says of the month."""


def flat(text: str) -> str:
    """Return a text without tags and spaces, so that wrapping and layout do not matter."""
    return re.sub(r"[\s\u200b]+|<[^>]+>", "", text)


@pytest.mark.parametrize("place", WHOLE)
def test_each_place_that_shows_shares_shows_what_came_what_waits_and_what_purses_hold(place: str, group: Group) -> None:
    closing, month = group.settled.closing, group.settled.month
    held = [month.carried, closing.pot, closing.fund, closing.reserve, closing.saved.sum()]
    if place == "grid in euros":
        held = [month.carried, closing.fund, closing.reserve]  # its points change the shares, and cents that wait
    assert all(held)
    said = flat(WHOLE[place](group))
    assert [euros(int(cents)) for cents in held if flat(euros(int(cents))) not in said] == []


def test_a_real_month_shows_what_waits_on_screen_and_in_a_terminal(group: Group) -> None:
    begun = group.kpa("mois", BOOK, "2025-01", "--commencer", "--reserve", "600")
    assert "600,00" in begun
    group.kpa("mois", BOOK, "2025-01", "--regle", group.rule, "--raison", "Voté")
    screen = kpa.real_months(group.store)
    named(screen, "Mois").value = "2025-01"
    settled = settled_until(book_of(group.store.state), RULE, "2025-01")[-1]
    left = flat(euros(int(settled.closing.pot)))
    assert int(settled.closing.pot) > 0
    assert left in flat(html(screen))
    assert left in flat(group.kpa("cloturer", BOOK, "2025-01"))
    assert left in flat(group.kpa("cloturer", BOOK, "2025-01", "--vu"))
    group.store.refresh()
    again = kpa.real_months(group.store)
    named(again, "Mois").value = "2025-01"
    assert "Arrêter janvier 2025" not in [getattr(each, "description", "") for each in every(again)]
    assert f"−{left}" in flat(html(again))


def test_a_ballot_says_what_a_rule_leaves(group: Group) -> None:
    facts = workshop_facts(book_of(group.store.state), MONTH, {"ours": replace(RULE, title="Nous")}, 1)
    assert f"Il reste {euros(int(group.settled.closing.pot))} dans l'enveloppe." in effect_told(facts["rules"][0])


def test_a_rule_found_says_what_it_leaves(group: Group) -> None:
    from kpa_model.cooperative.facts import months_of
    from kpa_model.finder.search import search
    from kpa_model.finder.window import Window
    from kpa_model.finder.wishes import Weight, Wishes
    from kpa_model.pay.engine import settle_months
    from kpa_model.words import round_euros

    wishes = Wishes(weights={"least": Weight.LITTLE})
    window = Window.of(months_of(book_of(group.store.state)), RULE)
    found = search(window, wishes, (RULE,), many=1).shown[0]
    said = finder_told.rule_told(found, wishes)
    assert f"À la fin, {euros(int(found.given.pot[-1]))} attendent dans l'enveloppe." in said
    end = settle_months(RULE, window.months)[-1].closing
    first = window.months[0]
    gained = int(end.fund + end.reserve - first.fund - first.reserve)
    assert gained
    way = "gagnent" if gained > 0 else "donnent"
    assert f"le fonds et la réserve {way} {round_euros(abs(gained))}." in " ".join(said)
