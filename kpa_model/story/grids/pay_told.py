"""A grid joined to pay, told: who would get what, what one level is worth, what over- or under-rating changes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kpa_model.assessment.grid import COUNTS, MEAN
from kpa_model.cooperative.month import Month
from kpa_model.declare.page import Bar, Bars, Heading, Page, Part, Sentence, Table
from kpa_model.pay.rule import PayRule
from kpa_model.story.grids import pay as grid_pay
from kpa_model.story.grids.pay import MIDDLE, ONESELF, WAYS, Cast
from kpa_model.words import count, euros, number, of, signed_euros

_SHORT = {
    ONESELF: "Soi-même",
    MIDDLE: "Réponse du milieu",
    grid_pay.BALLOTS: "Avis à poids égal",
    grid_pay.IMPARTIAL: "Partage impartial",
}


def everybody(rule: PayRule, month: Month, played: Cast, way: str) -> Page:
    """Return what each member would get, by the chosen way of giving points, beside the other ways."""
    members = [*played.own]
    if len(members) < 2:
        return (Sentence("Il faut au moins deux personnes payées ce mois-ci. Choisissez un autre mois.", "warning"),)
    ways = grid_pay.ways_for(members)
    tables = {each: grid_pay.table(rule, month, played, each) for each in ways}
    chosen = tables[way if way in ways else ONESELF]
    bars = tuple(Bar(name, cents, euros(cents), tables[ONESELF].pay[name]) for name, cents in chosen.pay.items())
    rows = tuple((name, *(euros(tables[each].pay[name]) for each in ways)) for name in members)
    return (
        Sentence("Chaque prénom joue un cas inventé. Personne ne montre ses vraies réponses."),
        Bars(f"{WAYS[way if way in ways else ONESELF]}. Le trait : chaque personne se place", bars),
        Sentence(" ".join(chosen.balance.said()), "help"),
        *([] if grid_pay.IMPARTIAL in ways else [Sentence("Le partage impartial demande quatre personnes.", "help")]),
        Table("La même somme, quatre façons de donner les points", ("Nom", *(_SHORT[each] for each in ways)), rows),
        *_formula(played),
    )


def _formula(played: Cast) -> Iterator[Part]:
    grid = played.grid
    yield Sentence(f"Les points sont {COUNTS[grid.points]}. C'est écrit dans le fichier de la grille.", "help")
    weighed = [each for each in grid.criteria if each.weight != grid.criteria[0].weight]
    if weighed:
        rows = tuple((each.name, number(Decimal(each.weight) / 100)) for each in grid.criteria)
        yield Table("Le poids de chaque critère", ("Critère", "Poids"), rows)


def one_person(rule: PayRule, month: Month, played: Cast, who: str) -> Page:
    """Return what one person's levels are worth, and what changing them would do to her and to the others."""
    return (
        Sentence(f"{who} joue le cas {of(played.roles[who])}."),
        *_not_met(rule, month, played, who),
        *_each_level(rule, month, played, who),
        *_all_levels(rule, month, played, who),
        *_by_way(rule, month, played, who),
    )


def _not_met(rule: PayRule, month: Month, played: Cast, who: str) -> Iterator[Part]:
    """Yield what is not counted, and what it would cost to count it as the first level."""
    aside = [each.name for each in played.grid.criteria if played.own[who].rank(each.key) is None]
    if not aside:
        return
    first = grid_pay.moved(rule, month, played, grid_pay.met_as_first(played, who), ONESELF, who)
    yield Sentence(f"Sans niveau : {count(len(aside), 'critère')}. Ce qui est sans niveau n'est pas compté.")
    if played.grid.points == MEAN:
        yield Sentence(f"Si tout comptait, avec le premier niveau : {signed_euros(first.own)}.")
    else:
        yield Sentence("Avec une somme, ne pas compter revient à compter zéro.", "warning")


def _each_level(rule: PayRule, month: Month, played: Cast, who: str) -> Iterator[Part]:
    worth = grid_pay.one_level_more(rule, month, played, who)
    yield Heading("Que vaut un niveau de plus ?")
    bars = tuple(
        Bar(played.grid.criterion(key).name, max(0, each.own), signed_euros(each.own))
        for key, each in worth.items()
        if each is not None
    )
    if bars:
        yield Bars(f"Un niveau de plus pour {who}, en euros par mois", bars)
    if None in worth.values():
        yield Sentence("Les autres critères sont au dernier niveau, ou ne comptent pas.", "help")


def _all_levels(rule: PayRule, month: Month, played: Cast, who: str) -> Iterator[Part]:
    yield Heading("Et si l'on se place trop haut, ou trop bas ?")
    for by, word in ((1, "plus haut"), (-1, "plus bas")):
        change = grid_pay.moved(rule, month, played, grid_pay.higher(played, who, by), ONESELF, who)
        yield Sentence(f"{who} se place partout un niveau {word} : {signed_euros(change.own)}.")
        yield Sentence(f"Les autres, ensemble : {signed_euros(change.others)}.")


def _by_way(rule: PayRule, month: Month, played: Cast, who: str) -> Iterator[Part]:
    """Yield what the ways of giving points change to over-rating oneself, lowering others, or helping a friend."""
    members = [*played.own]
    others = [member for member in members if member != who]
    if not others:
        return
    friend = others[0]
    changes = {
        f"{who} se place plus haut": grid_pay.higher(played, who, 1),
        f"{who} place les autres plus bas": grid_pay.with_view(played, who, others, -1),
        f"{friend} place {who} plus haut": grid_pay.with_view(played, friend, [who], 1),
    }
    ways = grid_pay.ways_for(members)
    rows = []
    for way in ways:
        found = [grid_pay.moved(rule, month, played, after, way, who) for after in changes.values()]
        rows.append((_SHORT[way], *(signed_euros(each.own) for each in found)))
    yield Heading("Que changent les avis des autres ?")
    yield Table(f"Un niveau partout : ce qui change pour {who}", ("Qui donne les points", *changes), tuple(rows))
    yield Sentence("Quand les autres donnent les points, se placer plus haut ne change rien.")
    last = "les deux derniers partages" if grid_pay.IMPARTIAL in ways else "les avis à poids égal"
    yield Sentence(f"Avec {last}, placer les autres plus bas ne rapporte rien.")
    yield Sentence("C'est vrai à un centime près.", "help")
    yield Sentence("Aider un ami reste possible. Le milieu de plusieurs réponses y résiste mieux.")
