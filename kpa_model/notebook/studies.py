"""Rules studied before a decision: one audited on a book, several found from what a group wishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from kpa_model.audit.audit import Audit, audit
from kpa_model.audit.gestures import POSITIONS
from kpa_model.cooperative.month import Month
from kpa_model.declare.page import Sentence
from kpa_model.errors import Problem, WrongFacts, nearest
from kpa_model.finder.candidates import with_saving
from kpa_model.finder.measures import NEVER
from kpa_model.finder.promised import clashes, pots_of
from kpa_model.finder.search import AXES, HIGHER, Search, search
from kpa_model.finder.window import Window
from kpa_model.finder.wishes import Weight, Wishes
from kpa_model.notebook.books import EURO, Book, read
from kpa_model.notebook.rules import Rule, rule
from kpa_model.notebook.sharing import Source, chosen_months
from kpa_model.notebook.shown import Shown, frame
from kpa_model.pay.ready import ready_rules
from kpa_model.story.audit.told import laws_page, margin_page, order_page
from kpa_model.story.finder import told
from kpa_model.words import listing

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def _until(book: Book, last: str) -> tuple[Month, ...]:
    """Return the months of a book from its first one to the last asked. Raises WrongFacts."""
    labels = [each.label for each in book.facts]
    if last:
        chosen_months(labels, last)
    return tuple(book.facts[: labels.index(last) + 1 if last else len(labels)])


def audit_rule(book: Book | str | Path, rule_: Source, *, until: str = "", seed: int = 1) -> AuditedRule:
    """Audit a rule on the months of a book, and on months drawn at random: what it holds, who can play it.

    Args:
        book: a book, or its name.
        rule_: a rule, its name, its file or its text.
        until: the last month looked at; the last of the book by default.
        seed: the same seed draws the same months.

    >>> audit_rule("tilleuls", "parts_egales", until="2025-02").sentences()[0]
    'Sur 6 attentes, 5 tiennent. Aucun des gestes essayés ne rapporte.'

    Raises:
        UnreadableFile, WrongRule, WrongFacts: what is wrong, in French.
    """
    held = book if isinstance(book, Book) else read(book)
    made = rule(rule_)
    return AuditedRule(held, made, audit(made.inner, _until(held, until), held.inner, seed))


def _euros(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


class AuditedRule(Shown):
    """What a rule holds, with the smallest example when it does not. That none was found is not a proof."""

    def __init__(self, book: Book, rule_: Rule, found: Audit) -> None:
        self.book, self.rule, self.found = book, rule_, found
        self.title = f"« {rule_.title} » éprouvée : {book.title}"

    def sentences(self) -> tuple[str, ...]:
        """Return the audit in one sentence, each law that fails with its example, then what hangs on one line."""
        parts = (*laws_page(self.found), *margin_page(self.found))
        return tuple(each.text for each in parts if isinstance(each, Sentence) and each.tone != "success")

    def frame(self) -> pd.DataFrame:
        """Return one line a law: whether it holds, on how many tries, in how many months it fails, by how much."""
        rows = [
            {
                "attente": each.law.title, "tenue": "oui" if each.holds else "pas toujours",
                "essais": each.own + each.drawn, "mois_contraires": len(each.months),
                "le_plus_fort": each.worst.cents / 100 if each.worst else 0.0,
            }
            for each in self.found.verdicts
        ]  # fmt: skip
        return frame(rows, {"le_plus_fort": EURO})

    def gestures(self) -> pd.DataFrame:
        """Return what each gesture gains in a month, by position: in the middle, and at most."""
        rows = [
            {
                "geste": each.gesture.says,
                **{place: _euros(cents) for place, cents in zip(POSITIONS, each.gains, strict=True)},
                "au_plus": each.most / 100, "les_autres_perdent": each.others / 100,
                "essais": each.tried, "rapporte": each.times,
            }
            for each in self.found.played
        ]  # fmt: skip
        return frame(rows, dict.fromkeys((*POSITIONS, "au_plus", "les_autres_perdent"), EURO))

    def order(self) -> pd.DataFrame:
        """Return what exchanging two neighbouring steps would change."""
        tables = [part for part in order_page(self.found) if hasattr(part, "rows")]
        rows = [dict(zip(("etapes", "noms", "ce_que_cela_change"), row, strict=True)) for row in tables[0].rows]
        return frame(rows, {})

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw what each gesture gains at most in a month; return the Axes."""
        from kpa_model.figures import plots

        found = self.gestures()
        most = dict(zip(found["geste"], found["au_plus"], strict=True))
        return plots.bars(ax, f"Qui peut jouer avec « {self.rule.title} » ?", most, "€ en un mois, au plus")


WISHED = tuple(each.name for each in fields(Wishes) if each.name not in ("mix", "weights"))
"""Names of the wishes: `least`, `times`, `hour`, `commons`, `loss`."""


def search_rules(
    book: Book | str | Path,
    today: Source,
    *,
    least: float | None = 50,
    times: float | None = 3,
    hour: float | None = 0.01,
    commons: float | None = 5,
    loss: float | None = 20,
    must: Sequence[str] = ("hour", "commons"),
    axes: tuple[str, str] = ("least", "hour"),
    templates: Sequence[Source] = (),
    months: int = 12,
    many: int = 500,
    seed: int = 1,
) -> FoundRules:
    """Look for rules from what a group wishes, on the last months of a book. A wish at None does not count.

    Args:
        book: a book, or its name.
        today: today's rule.
        least: nobody under this amount in a month, in euros.
        times: the highest of a month has at most so many times the lowest.
        hour: an hour more brings at least this, in euros.
        commons: the commons fund has at least this part of the margin each month, in percents.
        loss: nobody loses more than this against today, in percents, over all these months.
        must: names of the wishes without which a rule is left out; the others only count.
        axes: two of `least`, `hour`, `commons`, `loss`, `times`: on which rules are compared.
        templates: rules whose settings are tried; today's, the same with a reserve, and the ready ones by default.
        months: how many months are looked at.
        many: how many rules are tried at most.
        seed: the same seed gives the same rules.

    >>> search_rules("tilleuls", "heures", templates=["minimum_et_heures"], months=3, many=9).sentences()[0]
    'Sur vos 3 derniers mois, le plus haut minimum possible est 142\xa0€.'

    Raises:
        UnreadableFile, WrongRule, WrongFacts: what is wrong, in French.
    """
    _known("Souhait", must, WISHED)
    _known("Axe", axes, AXES)
    held = book if isinstance(book, Book) else read(book)
    now, given = rule(today), {"least": least, "times": times, "hour": hour, "commons": commons, "loss": loss}
    usual = (now.inner, with_saving(now.inner), *ready_rules().values())
    tried = tuple(dict.fromkeys(rule(each).inner for each in templates) if templates else dict.fromkeys(usual))
    window, wishes = Window.of(held.facts, now.inner, months), _wishes(given, must)
    return FoundRules(held, now, window, wishes, axes, search(window, wishes, tried, axes, many, seed))


_SCALES = {"least": 100, "times": 100, "hour": 100, "commons": 10_000, "loss": 10_000}
"""Cents of a euro, hundredths of a time, parts per million of a percent."""


def _known(what: str, names: Sequence[str], known: Sequence[str] | dict[str, str]) -> None:
    for name in names:
        if name not in known:
            todo = nearest(name, known) or f"Choisissez {listing(list(known), 'ou')}."
            raise WrongFacts(Problem(f"{what} « {name} »", "il n'est pas connu.", todo))


def _wishes(given: dict[str, float | None], must: Sequence[str]) -> Wishes:
    numbers = {name: round(value * _SCALES[name]) for name, value in given.items() if value is not None}
    weights = {name: Weight.MUST if name in must else Weight.MUCH for name in numbers}
    return Wishes(**numbers, weights=weights)  # type: ignore[arg-type]


class FoundRules(Shown):
    """A few rules, none of which beats another among those tried; `rules` holds them, to be shared or composed."""

    def __init__(
        self, book: Book, today: Rule, window: Window, wishes: Wishes, axes: tuple[str, str], found: Search
    ) -> None:
        self.book, self.today, self.window = book, today, window
        self.wishes, self.axes, self.found = wishes, axes, found
        self.rules = tuple(Rule(each.rule) for each in found.shown)
        self.title = f"Des règles pour {book.title}"

    def sentences(self) -> tuple[str, ...]:
        """Return what can be promised, what does not go together and in which month, then how many rules were tried."""
        pots = pots_of(self.window, self.today.inner)
        commons = self.wishes.commons if self.wishes.weight("commons") else 0
        against = told.clashes_told(clashes(self.window, pots, self.wishes), pots)
        return (*told.promised_told(pots, commons, None), *against, *told.search_told(self.found, self.wishes))

    def frame(self) -> pd.DataFrame:
        """Return one line a rule: what it is worth over these months. `rang` is its place in `rules`."""
        rows = [
            {
                "rang": at, "regle": each.rule.title, "plus_petit_mois": each.measures.least / 100,
                "une_heure_de_plus": each.measures.hour / 100, "fonds_commun": each.measures.commons / 10_000,
                "plus_grande_perte": max(each.measures.loss, 0) / 10_000,
                "ecart": each.measures.times / 100 if each.measures.times < NEVER else float("inf"),
            }
            for at, each in enumerate(self.found.shown)
        ]  # fmt: skip
        units = {"plus_petit_mois": EURO, "une_heure_de_plus": EURO, "fonds_commun": "%", "plus_grande_perte": "%"}
        return frame(rows, {**units, "ecart": "fois"}, ("rang", "regle", *units, "ecart"))

    def explain(self, at: int = 0) -> tuple[str, ...]:
        """Return what one rule found does, and the wishes it misses, in sentences."""
        return told.rule_told(self.found.shown[at], self.wishes)

    def by_person(self, at: int = 0) -> pd.DataFrame:
        """Return, for one rule found, each person's mean month and its change against today."""
        pay, today = self.found.shown[at].given.pay.sum(0), self.window.today.sum(0)
        whole = 100 * len(self.window.months)
        rows = [
            {"personne": name, "mois_moyen": int(mine) / whole, "de_plus": int(mine - before) / whole}
            for name, mine, before in zip(self.window.months[0].members, pay, today, strict=True)
            if mine or before
        ]
        return frame(rows, {"mois_moyen": EURO, "de_plus": EURO})

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw each rule found as a numbered point, on both axes; return the Axes."""
        from kpa_model.figures import plots

        places = [
            tuple(HIGHER[name] * int(getattr(each.measures, name)) / _SCALES[name] for name in self.axes)
            for each in self.found.shown
        ]
        said = [", ".join(told.shown(name, each.measures) for name in self.axes) for each in self.found.shown]
        labels = tuple(f"{told.AXES[name]} ({_UNITS[name]})" for name in self.axes)
        return plots.points(ax, self.title, places, said, labels)  # type: ignore[arg-type]


_UNITS = {"least": EURO, "hour": EURO, "commons": "% de la marge", "loss": "%, en moins", "times": "fois, en moins"}
