"""The game of the quarter: put in the lists of the screen what the group chose on its phones, in the open workshop."""

from __future__ import annotations

from collections.abc import Mapping

import ipywidgets as widgets

from kpa_model.declare.markup import tag
from kpa_model.errors import KpaError, Problem
from kpa_model.files.log.opened import opened_now
from kpa_model.lessons.game.activity import QuarterChoices
from kpa_model.lessons.game.quarter import Quarter
from kpa_model.ui import pieces
from kpa_model.ui.kept_workshops import played_in
from kpa_model.words import count, listing
from kpa_model.workshop.activity import SMALLEST

LABEL = "Prendre le choix des téléphones"
BY_HAND = "Ou choisissez ici, à voix haute."
_HERE = "Atelier ouvert"


class NoVotes(KpaError):
    """The open workshop has no choice of the group for this moment of the game."""


def phones_button(game: Quarter, key: str, lists: Mapping[str, widgets.Dropdown], said: widgets.HTML) -> widgets.Button:
    """Return the button that puts the choice of the group in these lists, for a round of `QuarterChoices`.

    Nothing is played: the group still reads the lists, changes them, and sends.
    """

    def take() -> None:
        chosen, answers = group_choice(game, key)
        for name, option in chosen.items():
            lists[name].value = option
        tied = [f"« {made.description} »" for name, made in lists.items() if name not in chosen]
        left = f" Égalité pour {listing(tied)} : décidez à voix haute." if tied else ""
        told = f"{count(answers, 'réponse')}.{left} Vous pouvez encore changer."
        said.value = pieces.live(tag("p", "Le choix des téléphones est dans les listes : ", told, cls="kpa-info"))

    return pieces.button(LABEL, take, said=said)


def group_choice(game: Quarter, key: str) -> tuple[Mapping[str, str], int]:
    """Return question → option chosen on phones for this month of this game, and how many answered.

    Raises:
        NoVotes: no workshop is open, it plays something else, or its votes may not be looked at.
        NoWorkshop, CannotKeep: the workshop cannot be read.
    """
    opened = opened_now()
    if opened is None:
        todo = f"Ouvrez-en un : page « Atelier », déroulé « Le jeu du trimestre ». {BY_HAND}"
        raise NoVotes(Problem("Téléphones", "aucun atelier n'est ouvert.", todo))
    every = played_in(opened.workshop, QuarterChoices)
    if not every:
        raise NoVotes(Problem(_HERE, "il ne joue pas le jeu du trimestre.", BY_HAND))
    same = [(one, room) for one, room in every if one.seed == game.seed]
    if not same:
        theirs = every[0][0].seed
        what = f"il joue le tirage {theirs}, et cet écran le tirage {game.seed}."
        raise NoVotes(Problem(_HERE, what, f"Recommencez une partie ici, avec le tirage {theirs}. {BY_HAND}"))
    here = [(one, room) for one, room in same if one.month == game.month]
    if not here:
        raise NoVotes(Problem(_HERE, f"il ne joue pas le mois {game.month}.", BY_HAND))
    one, room = here[-1]
    if key not in room.shown:
        todo = f"Montrez-les d'abord, sur la page d'animation. {BY_HAND}"
        raise NoVotes(Problem(_HERE, "les votes de ce moment ne sont pas encore montrés.", todo))
    answers = len(room.given(key))
    if answers < SMALLEST:
        raise NoVotes(Problem(_HERE, f"moins de {SMALLEST} réponses : le détail reste caché.", BY_HAND))
    return one.chosen(key, room), answers
