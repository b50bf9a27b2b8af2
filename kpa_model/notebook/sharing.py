"""Sharing months of a book under a rule, and comparing rules on the same months."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.errors import Problem, WrongFacts, WrongRule, nearest
from kpa_model.notebook.asked import misfit
from kpa_model.notebook.books import EURO, HOUR, Book, read
from kpa_model.notebook.rules import Rule, rule
from kpa_model.notebook.shown import Shown, frame
from kpa_model.pay.engine import Settlement, settle_months
from kpa_model.pay.rule import PayRule
from kpa_model.story.paper.parts import follow_each_other
from kpa_model.story.pay.balance import balance
from kpa_model.story.pay.payslip import payslip
from kpa_model.words import count, euros, listing, month_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Source = str | Path | PayRule | Rule
Months = str | date | Iterable[str | date]


def share(book: Book | str | Path, rule_: Source, months: Months = ()) -> SharedMonths:
    """Share months of a book with a rule.

    Args:
        book: a book, or its name.
        rule_: a rule, its name, its file or its text.
        months: `2025-03` (or a date in this month), or several; every month of the book by default. The rule is
            applied from the first month of the book, since fund, reserve and debts carry over.

    Raises:
        UnreadableFile, WrongRule, WrongFacts: what is wrong, in French.
    """
    held = book if isinstance(book, Book) else read(book)
    made = rule(rule_)
    settled = settle_months(made.inner, held.facts)
    chosen = chosen_months([each.month.label for each in settled], months)
    return SharedMonths(held, made, tuple(each for each in settled if each.month.label in chosen))


def _balance(settled: Sequence[Settlement]) -> tuple[str, ...]:
    """Return where the money went, in French; nothing when months are missing between two others."""
    return balance(settled).said() if settled and follow_each_other(settled) else ()


def chosen_months(known: Sequence[str], months: Months, among: str = "carnet") -> set[str]:
    """Return the months asked among those known, or all of them. Raises WrongFacts."""
    asked = _labels(months)
    if not asked and months != ():  # a list that a filter left empty does not ask for everything
        raise WrongFacts(Problem("Mois", "la liste est vide.", "Ne donnez rien pour avoir tous les mois."))
    for each in asked:
        if each not in known:
            near = "" if re.fullmatch(r"\d{4}-\d\d", each) else nearest(each, known)
            todo = near or f"Le {among} va de {known[0]} à {known[-1]}." if known else "Il est vide."
            raise WrongFacts(Problem(f"Mois « {each} »", f"il n'est pas dans ce {among}.", todo))
    return set(asked or known)


def _labels(months: Months) -> list[str]:
    """Return months as books name them; a day stands for its month."""
    several = [months] if isinstance(months, str) or not isinstance(months, Iterable) else list(months)
    return [_label(each) for each in several]


def _label(month: object) -> str:
    if month is None or isinstance(month, int | float):
        raise misfit("Mois", month, "Écrivez l'année et le mois, par exemple « 2025-03 ».")
    text = str(month)  # a date of Python, a Timestamp or a Period of pandas, a datetime64 of numpy begin alike
    return text[:7] if re.match(r"\d{4}-\d\d-\d\d", text) else text


class SharedMonths(Shown):
    """What each person receives, month by month, under one rule. `settled` holds the cents."""

    def __init__(self, book: Book, rule_: Rule, settled: tuple[Settlement, ...]) -> None:
        self.book, self.rule, self.settled = book, rule_, settled
        self.title = f"{book.title} : « {rule_.title} »"

    def sentences(self) -> tuple[str, ...]:
        """Return what was shared in all, then the promises that are not kept."""
        whole = sum(int(each.pay.sum()) for each in self.settled)
        said = f"{euros(whole)} partagés en {count(len(self.settled), 'mois', 'mois')}, en coût total."
        broken = dict.fromkeys(promise.says() for each in self.settled for promise in each.broken())
        return (said, *_balance(self.settled), *(f"Promesse non tenue : {each}" for each in broken))

    def frame(self) -> pd.DataFrame:
        """Return one line for each person and month: pay, hours, what is still owed, what is saved."""
        rows = [
            {
                "mois": each.month.label, "personne": name, "cout_total": int(each.pay[at]) / 100,
                "heures": int(each.month.all_minutes[at]) / 60, "reste_du": int(each.closing.owed[at]) / 100,
                "epargne": int(each.closing.saved[at]) / 100,
            }
            for each in self.settled
            for at, name in enumerate(each.month.members)
            if each.month.paid[at] or each.pay[at] or each.month.all_minutes[at]
        ]  # fmt: skip
        units = {"cout_total": EURO, "heures": HOUR, "reste_du": EURO, "epargne": EURO}
        return frame(rows, units, ("mois", "personne", *units))

    def by_person(self) -> pd.DataFrame:
        """Return one line a person, over all the months."""
        found = self.frame()
        summed = found.groupby("personne", sort=False)[["cout_total", "heures"]].sum().reset_index()
        summed.attrs = dict(found.attrs)
        return summed

    def purses(self) -> pd.DataFrame:
        """Return what each common purse holds at the end of each month."""
        names = {"fonds": "fund", "reserve": "reserve", "enveloppe": "pot"}
        rows = [
            {"mois": each.month.label, **{name: int(getattr(each.closing, of)) / 100 for name, of in names.items()}}
            for each in self.settled
        ]
        return frame(rows, dict.fromkeys(names, EURO))

    def explain(self, person: str, month: str = "") -> Explained:
        """Return why somebody receives this amount in a month (the last one by default). Raises WrongFacts."""
        known = [each.month.label for each in self.settled]
        (label,) = chosen_months(known, month or known[-1], "partage")
        settled = self.settled[known.index(label)]
        if person not in settled.month.members:
            there = settled.month.members
            todo = nearest(str(person), there) or f"Personnes connues : {listing(there)}."
            raise WrongFacts(Problem(f"Personne « {person} »", "elle n'est pas dans ce carnet.", todo))
        return Explained(settled, settled.month.members.index(person))

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw what each person receives over these months; return the Axes."""
        from kpa_model.figures import plots

        found = self.by_person()
        return plots.bars(
            ax, self.title, dict(zip(found["personne"], found["cout_total"], strict=True)), "€, coût total"
        )


class Explained(Shown):
    """Why one amount, step by step."""

    def __init__(self, settled: Settlement, who: int) -> None:
        self.inner = payslip(settled, who)
        self.title = f"{self.inner.name}, {month_name(CalendarMonth.parse(settled.month.label).first_day)}"

    def sentences(self) -> tuple[str, ...]:
        """Return the amount, then what each step did."""
        lines = (*self.inner.before, *self.inner.own)
        return (self.inner.says(), *(each.sentence for each in lines if each.sentence))

    def frame(self) -> pd.DataFrame:
        """Return one line a step: what it added, and the amount reached."""
        rows = [
            {"etape": each.title, "ajoute": each.cents / 100, "atteint": each.reached / 100} for each in self.inner.own
        ]
        return frame(rows, {"ajoute": EURO, "atteint": EURO}, ("etape", "ajoute", "atteint"))


def compare(book: Book | str | Path, rules: Sequence[Source], months: Months = ()) -> ComparedRules:
    """Share the same months under several rules; the first one is today's. Raises what `share` raises."""
    held = book if isinstance(book, Book) else read(book)
    asked = [rules] if isinstance(rules, str | Path | PayRule | Rule) else list(rules)
    if not asked:
        raise WrongRule(Problem("Règles", "la liste est vide.", "Donnez au moins une règle de kpa.rules()."))
    return ComparedRules([share(held, each, months) for each in asked])


def _apart(titles: Sequence[str]) -> list[str]:
    """Return titles, a same one numbered from its second time: « Essai », « Essai (2) »."""
    before = [titles[:at].count(title) for at, title in enumerate(titles)]
    return [f"{title} ({seen + 1})" if seen else title for title, seen in zip(titles, before, strict=True)]


class ComparedRules(Shown):
    """The same months under several rules."""

    def __init__(self, shared: Sequence[SharedMonths]) -> None:
        self.shared = tuple(shared)
        self._names = _apart([each.rule.title for each in shared])
        self.title = f"{shared[0].book.title} : {count(len(shared), 'règle')} sur les mêmes mois"

    def sentences(self) -> tuple[str, ...]:
        """Return, for each rule, between which amounts people stand."""
        return tuple(map(self._said, self._names, self.shared))

    @staticmethod
    def _said(name: str, shared: SharedMonths) -> str:
        could = np.any([each.month.paid for each in shared.settled], 0)
        paid = np.sum([each.pay for each in shared.settled], 0)[could]
        if not paid.size:
            return f"« {name} » : personne n'est payé."
        ends = f"de {euros(int(paid.min()))} à {euros(int(paid.max()))} par personne"
        return " ".join((f"« {name} » : {ends}.", *_balance(shared.settled)))

    def frame(self) -> pd.DataFrame:
        """Return one line a person, one column a rule, in euros over all the months."""
        found = zip(self._names, self.shared, strict=True)
        columns = {name: each.by_person().set_index("personne")["cout_total"] for name, each in found}
        made = pd.DataFrame(columns).fillna(0.0).rename_axis("personne").reset_index()
        made.attrs = frame((), dict.fromkeys(columns, EURO)).attrs
        return made

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw one bar a person and a rule; return the Axes."""
        from kpa_model.figures import plots

        found = self.frame().set_index("personne")
        series = {name: dict(found[name].items()) for name in found.columns}
        return plots.grouped(ax, self.title, series, "€, coût total")
