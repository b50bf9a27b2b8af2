"""A workshop about a grid: read the same invented cases, look at the grid, then choose a version together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kpa_model.assessment.activities import ON_CASES, FilledTogether
from kpa_model.assessment.grid import Grid
from kpa_model.decision.activities.consent import Consent
from kpa_model.decision.activities.vote import Vote
from kpa_model.workshop.activity import Activity
from kpa_model.workshop.script import Script, ScriptStep

_TALK = "Prenez la ligne où nous différons le plus.\nQue comprend chaque personne ?\nÉcrivez une phrase plus claire."
_WELCOME = "Nous essayons une grille.\nNous regardons ses phrases, jamais les personnes.\nOn peut passer son tour."
_PAPER = "Imprimez la grille. Chaque personne coche pour le même cas. Comptez à main levée."


def grid_workshop(name: str, grid: Grid, versions: tuple[str, ...] = ()) -> Script:
    """Return the script of a workshop about one grid.

    Args:
        name: name of the grid among the known ones; answers are read with it.
        grid: the grid, for its title.
        versions: what the versions to choose between are called; a vote is added from two on.
    """
    steps = [
        ScriptStep(
            "accueil",
            "À quoi sert cette grille",
            5,
            say=_WELCOME,
            without_computer="Lisez la grille à voix haute, une phrase par personne.",
            material=("la grille imprimée, une par personne",),
        ),
        ScriptStep(
            "cas",
            "Lire les mêmes cas inventés",
            25,
            say="Ces personnes n'existent pas.\nLisez le cas. Choisissez sans regarder les autres.",
            activity=_set(FilledTogether, named=name, about=ON_CASES),
            without_computer=_PAPER,
        ),
        ScriptStep(
            "mots",
            "Changer les mots qui nous séparent",
            25,
            say=_TALK,
            without_computer="Écrivez la nouvelle phrase sur une affiche. Relisez le cas avec elle.",
            notebook="13_nos_grilles",
        ),
        *([_vote(versions)] if len(versions) > 1 else []),
        _consent(grid),
    ]
    return Script(f"Essayer la grille « {grid.title} »", "Une grille se teste avant de servir.", tuple(steps))


def _vote(versions: tuple[str, ...]) -> ScriptStep:
    return ScriptStep(
        "version",
        "Donner une mention à chaque version",
        10,
        say="Donnez une mention à chaque version.\nPlusieurs peuvent avoir la même.",
        activity=_set(Vote, own=versions[:6]),
        without_computer="Distribuez des bulletins, puis rangez les mentions de chaque version.",
    )


def _consent(grid: Grid) -> ScriptStep:
    proposal = f"Nous nous servons de la grille « {grid.title} » pendant trois mois, pour parler et pour apprendre."
    return ScriptStep(
        "decider",
        "Décider d'un essai",
        15,
        say="Une objection dit ce qui ferait du tort au groupe.\nElle aide à améliorer.",
        activity=_set(Consent, proposal=proposal),
        without_computer="Lisez la proposition. Chaque personne dit : je consens, ou j'ai une objection.",
    )


def _set(known: Callable[..., Activity], **settings: Any) -> Activity:
    """Return an activity with some of its settings."""
    return known(**settings)
