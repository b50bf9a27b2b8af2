"""What somebody asks about her own pay, for herself: the questions, and what they say. Nothing is kept here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kpa_model.benefits.household import Household
from kpa_model.benefits.in_hand import InHand, in_hand
from kpa_model.benefits.layers import band
from kpa_model.benefits.rhythm import months_without_ass
from kpa_model.benefits.situations import BENEFITS, Benefit, Situation
from kpa_model.declare.form import Choice, Form, Number, Several
from kpa_model.declare.page import Bar, Bars, Heading, Page, Sentence
from kpa_model.declare.unit import Unit
from kpa_model.story.pay import in_hand as told
from kpa_model.words import round_euros

HOMES = {"seul": "Je vis sans conjoint", "couple": "Je vis en couple"}
MOST_CHILDREN, MOST_MONTHS = 6, 3
HOUSED = "J'ai une aide au logement, ou je ne paie pas de loyer"
OLD = "J'ai 25 ans ou plus"
RECENT = "J'ai le RSA majoré de parent isolé"
HOME, KIDS, BENEFIT = "Mon foyer", "Enfants à charge", "Mon aide principale"
ALLOWANCE, PARTNER = "Mon ARE brute par mois", "Paie nette du conjoint, par mois"
USED = "Mois de paie déjà comptés par l'ASS"
MOST = 10_000_00
"""Largest amount a person may type, in cents."""

KINDS = {"net": "Le net : ce qui arrive sur le compte", "cout": "Le coût total : ce que la paie coûte au groupe"}
RHYTHMS = {"une": "Une seule fois en trois mois", "chaque": "Chaque mois, trois mois de suite"}
USUAL = {"sorte": "net", "rythme": "une", "foyer": "seul", "enfants": "0", "aide": "rsa", "cas.loge": "oui",
         "cas.age": "oui", "ass": "0"}  # fmt: skip
"""What the form of `asked` holds before anybody answers."""


def situation(
    couple: bool, children: int, benefit: Benefit, *, housed: bool, old: bool, recent: bool, allowance: int,
    partner: int, used: int,
) -> Situation:  # fmt: skip
    """Return the situation said; an answer that does not concern the others is left out. Amounts in cents a month."""
    home = Household(
        adults=2 if couple else 1,
        children=children,
        recent_lone_parent=recent and not couple and children > 0,
        housed=housed,
        rsa=old or children > 0,
    )
    return Situation("moi", "", home, benefit, allowance if benefit == "are" else 0, partner if couple else 0, used)


def cards(said: Situation, seen: InHand, day: date) -> list[tuple[str, list[str]]]:
    """Return (title, sentences): this quarter, its declaration, and what stays."""
    return [
        ("Ce mois-ci et ce trimestre", told.now_sentences(said, seen)),
        ("À la prochaine déclaration", told.later_sentences(seen)),
        ("Au bout du compte", told.kept_sentences(said, seen, day)),
    ]


def asked() -> Form:
    """Return the questions of `my_lens` for a phone: one amount, then the situation."""
    return Form(
        (
            Number("montant", "Le montant de ma paie", "Par exemple 120,50.", high=MOST, usual=120_00),
            Choice("sorte", "Ce montant est", options=KINDS),
            Choice("rythme", "Cette paie arrive", options=RHYTHMS),
            Choice("foyer", HOME, options=HOMES),
            Number("conjoint", PARTNER, needed=False, high=MOST),
            Number("enfants", KIDS, needed=False, unit=Unit("", 1), high=MOST_CHILDREN, usual=1),
            Choice("aide", BENEFIT, options={str(key): label for key, label in BENEFITS.items()}),
            Number("are", ALLOWANCE, needed=False, high=MOST),
            Number("ass", USED, needed=False, unit=Unit("mois", 1), high=MOST_MONTHS, usual=1),
            Several("cas", "Cochez ce qui est vrai", options={"loge": HOUSED, "age": OLD, "majore": RECENT}),
        ),
        title="Ce qui me reste en main",
        send="Voir ce qui reste",
    )  # fmt: skip


@dataclass(frozen=True)
class QuarterKept:
    """What stays of three months of pay, in cents: between `low` and `high`, of a pay between `paid`'s two bounds."""

    paid: tuple[int, int]
    low: int
    high: int
    stops: bool


def said_by(answer: Mapping[str, Any]) -> Situation:
    """Return the situation that the form of `asked` tells."""
    return situation(
        answer["foyer"] == "couple", answer["enfants"] or 0, answer["aide"], housed="loge" in answer["cas"],
        old="age" in answer["cas"], recent="majore" in answer["cas"], allowance=answer["are"] or 0,
        partner=answer["conjoint"] or 0, used=answer["ass"] or 0,
    )  # fmt: skip


def pays(answer: Mapping[str, Any], day: date) -> tuple[list[int], list[int]]:
    """Return three net pays in cents, for the two published cases; the same twice when the net is known."""
    amount = answer["montant"]
    cases = band(day)
    nets = [int(each.net(amount)) for each in (cases.low, cases.high)] if answer["sorte"] == "cout" else [amount] * 2
    low, high = ([net] * 3 if answer["rythme"] == "chaque" else [0, 0, net] for net in nets)
    return low, high


def page(answer: Mapping[str, Any], day: date, warning: str = "") -> Page:
    """Return what stays in hand, the alarm first, and whom to ask. Raises UncoveredDay."""
    said = said_by(answer)
    low, high = (in_hand(said, each, day) for each in pays(answer, day))
    kept = _kept(low, high)
    alarms = [warning, "\n".join(told.situation_alarms(said, low, day))]
    parts: list[Any] = [Sentence(each, "warning") for each in alarms if each]
    if not kept.paid[1]:
        return (*parts, Sentence("Écrivez un montant plus grand que zéro.", "big"))
    parts += _band(answer["montant"], kept) if kept.low != kept.high or answer["sorte"] == "cout" else []
    if not kept.stops:
        parts.append(_bars(kept))
    parts.append(Sentence(f"{told.INDICATIVE} Demandez à la CAF, France Travail ou la CAE.", "warning"))
    if kept.paid[0] == kept.paid[1]:
        now, later, end = cards(said, low, day)
        for title, sentences in (end, now, later):
            parts += [Heading(title), *map(Sentence, sentences)]
    return tuple(parts)


def _kept(low: InHand, high: InHand) -> QuarterKept:
    ends = sorted((int(low.kept), int(high.kept)))
    return QuarterKept(
        (int(low.paid), int(high.paid)), max(ends[0], 0), max(ends[1], 0), bool(int(months_without_ass(low)))
    )


def _band(cost: int, kept: QuarterKept) -> list[Any]:
    low, high = map(round_euros, kept.paid)
    return [
        Sentence(f"{round_euros(cost)} de coût total par paie donnent entre {low} et {high} nets en trois mois."),
        Sentence("La CAE sait où vous êtes entre les deux."),
    ]


def between(low: int, high: int) -> str:
    """Return an amount known between two bounds: `12 €`, or `de 9 € à 12 €`."""
    return round_euros(low) if low == high else f"de {round_euros(low)} à {round_euros(high)}"


def _bars(kept: QuarterKept) -> Bars:
    rows = [
        Bar("Paie nette", kept.paid[1], between(*kept.paid)),
        Bar("Reste en main", kept.high, between(kept.low, kept.high), mark=kept.low if kept.low < kept.high else None),
    ]
    return Bars("En trois mois", tuple(rows))
