"""`kpa parametres`: what is known and until when, what changed between two days, what is old."""

from __future__ import annotations

import argparse
from datetime import date

from kpa_model.benefits.changes import changes, old
from kpa_model.benefits.parameters import CONFIDENCES, FILES, parameters
from kpa_model.command.french import WrongCommand
from kpa_model.command.screen import Screen
from kpa_model.errors import Problem
from kpa_model.pay.cae_scale import scales
from kpa_model.words import count, day

YEAR = 365


def show_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument("--entre", nargs=2, metavar="DATE", help="ce qui change d'une date à l'autre (2025-06-01)")
    parser.add_argument("--anciens", action="store_true", help="ce qui a été lu il y a plus d'un an")


def show(asked: argparse.Namespace, screen: Screen) -> int:
    """Say the parameters in force today, or what was asked about them."""
    if asked.entre:
        first, second = sorted(_day(each) for each in asked.entre)
        _changes(first, second, screen)
    if asked.anciens:
        _old(date.today(), screen)
    if not asked.entre and not asked.anciens:
        _today(date.today(), screen)
    return 0


def _changes(first: date, second: date, screen: Screen) -> None:
    found = changes(first, second)
    screen.say(f"Du {day(first)} au {day(second)} : {count(len(found), 'changement')}.")
    screen.listing(each.sentence for each in found)


def _old(today: date, screen: Screen) -> None:
    found = old(today)
    screen.listing(
        f"{each.label} : lu le {day(each.read_on)}, connu jusqu'au {day(each.values[-1].until)}." for each in found
    )
    stale = [each for each in scales().values() if each.read_on and (today - each.read_on).days > YEAR]
    screen.listing(f"Barème de CAE {each.label} : lu le {day(each.read_on or today)}." for each in stale)
    if not found and not stale:
        screen.say("Tout a été lu il y a moins d'un an, et vaut encore.")


def _today(today: date, screen: Screen) -> None:
    screen.say(f"Paramètres au {day(today)}. Fichiers : {', '.join(FILES)} (dossier data/parametres).")
    known = [(each, each.on(today)) for each in parameters().values()]
    screen.listing(
        f"{each.label} : {each.written(value)}, {CONFIDENCES[value.confidence]}." for each, value in known if value
    )
    screen.say("Les barèmes des CAE sont à part. Chaque chiffre est à vérifier.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        what = f"« {text} » n'est pas une date."
        raise WrongCommand(Problem("Option « --entre »", what, "Écrivez par exemple 2026-04-01.")) from None
