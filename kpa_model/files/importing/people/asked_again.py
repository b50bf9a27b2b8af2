"""Who has a CAPE, when the group asks for every question again: of those whose status was its own answer."""

from __future__ import annotations

from collections.abc import Sequence

from kpa_model.cooperative.people import Status
from kpa_model.files.book.cells import same
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.tables import Given, Held, Row, Values
from kpa_model.files.book.where import Place
from kpa_model.files.importing.completing import ADDED
from kpa_model.files.importing.merging import content, plain
from kpa_model.files.importing.recipe import Recipe
from kpa_model.words import listing

TOPIC = "autre.cape"
"""Passing: what is answered goes into the book."""


def asked_again(
    tables: Given, held: Held, answered: Held, recipe: Recipe, name: str, findings: Findings
) -> list[Values]:
    """Give another status to those about whom the answer is now another one; return their lines that leave the book.

    Nothing is asked, and nothing changes, unless the group wants every question again.

    Args:
        tables: what the files give.
        held: what the book holds.
        answered: what answers had given to it, and no file.
        recipe: what was answered now.
        name: what the book is called.
        findings: where it is asked, and told.
    """
    ours = [content(plain("personnes", each)) for each in answered.get("personnes", ())]
    people = [each for each in held.get("personnes", ()) if content(plain("personnes", each)) in ours]
    if not (recipe.anew and people):
        return []
    if TOPIC not in recipe.answers:
        _ask(people, name, findings)
        return []
    paid = {same(who) for who in recipe.answers[TOPIC].split("|")}
    gone = [each for each in people if (each["statut"] == Status.CAPE) != (same(each["personne"]) in paid)]
    for each in gone:
        status = Status.VOLUNTEER if each["statut"] == Status.CAPE else Status.CAPE
        row = Row(Grid(ADDED, "personnes", ()), 0, {}, (), {**each, "statut": status})
        tables.setdefault("personnes", []).append(row)
        told = "un CAPE" if status == Status.CAPE else "pas de CAPE, donc pas de part"
        text = f"{each['personne']} : {told}, dès le {each['du']:%d/%m/%Y}, comme vous l'avez dit."
        findings.heed(Place(name), f"{text} Les mois d'avant changent aussi, sauf s'ils sont arrêtés.")
    return gone


def _ask(people: Sequence[Values], name: str, findings: Findings) -> None:
    paid = [each["personne"] for each in people if each["statut"] == Status.CAPE]
    told = "tout le monde" if len(paid) == len(people) > 1 else listing(paid) if paid else "personne"
    now = f"Dans « {name} » aujourd'hui : {told}."
    options = tuple((each["personne"], each["personne"]) for each in people)
    every, none = ("Oui, un CAPE", "Non, pas de CAPE") if len(people) == 1 else ("Toutes ces personnes", "Aucune")
    question = f"{people[0]['personne']} : un CAPE ?" if len(people) == 1 else "Qui a un CAPE ?"
    todo = "Changez son statut à « Une personne »."
    findings.doubt(Place(name), Doubt(TOPIC, f"{question} {now}", options, todo, several=True, every=every, none=none))
