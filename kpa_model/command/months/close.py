"""`kpa cloturer` and `kpa rouvrir`: a month is frozen, adopted, or opened again."""

from __future__ import annotations

import argparse

from kpa_model.command.months.common import MonthsDesk, book_options, day_of, month_of, show_month
from kpa_model.command.screen import Screen
from kpa_model.ledger import closing
from kpa_model.ledger.month_state import MonthStatus
from kpa_model.ledger.refusal import titled
from kpa_model.story.months import proposal
from kpa_model.story.months.checks import checks
from kpa_model.story.pay.balance import balance
from kpa_model.words import euros


def close_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    book_options(parser)
    parser.add_argument("--vu", action="store_true", help="nous avons regardé tout ce qui est à vérifier")
    said = "adopter les montants, au nom de ces personnes"
    parser.add_argument("--adopter", nargs="+", default=[], metavar="PERSONNE", help=said)
    parser.add_argument("--decision", default="", metavar="TEXTE", help="avec --adopter : où c'est écrit")


def close(asked: argparse.Namespace, screen: Screen) -> int:
    """Freeze the month, once everything was looked at; adopt it when people are named."""
    desk = MonthsDesk(asked)
    label, day = month_of(asked, desk.read()), day_of(asked.le)
    if desk.read().state.status(label) is not MonthStatus.FROZEN or not asked.adopter:
        seen = desk.read()
        proposed = proposal.propose(seen, desk.book, label)
        asked_checks = checks(seen, proposed, desk.notes)
        if asked_checks and not asked.vu:
            return _look(desk, label, [seen.who.told(said) for _, said in asked_checks], screen)
        keys = [key for key, _ in asked_checks]
        desk.register.commit(lambda now: proposal.freeze(now, desk.book, label, desk.notes, keys, day))
        screen.say(f"{titled(label)} est arrêté.")
    if asked.adopter:
        desk.register.commit(
            lambda now: closing.adopt(
                now.state, label, day, [now.who.code(name) for name in asked.adopter], now.who.hidden(asked.decision)
            )
        )
        screen.say(f"{titled(label)} est adopté.")
    seen = desk.read()
    show_month(seen, seen.state.month(label), screen)
    return 0


def _look(desk: MonthsDesk, label: str, said: list[str], screen: Screen) -> int:
    """Say what to look at, and what the rule would give; nothing is written."""
    settled = proposal.propose(desk.read(), desk.book, label).settled
    screen.title(f"À regarder avant d'arrêter {titled(label).lower()}")
    screen.listing(said, "{}. ")
    screen.say(f"La règle donnerait {euros(int(settled.pay.sum()))} aux personnes.")
    screen.say(" ".join(balance([settled]).said()))
    screen.say("Rien n'est écrit. Quand tout est vu, recommencez avec --vu.")
    return 1


def reopen_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    book_options(parser)
    parser.add_argument("--raison", default="", metavar="TEXTE", help="pourquoi rouvrir ce mois")


def reopen(asked: argparse.Namespace, screen: Screen) -> int:
    """Open the last month again."""
    desk = MonthsDesk(asked)
    seen = desk.read()
    last = seen.state.frozen or (seen.state.closed[-1] if seen.state.closed else None)
    label = month_of(asked, seen) if asked.mois or last is None else last.label
    desk.register.commit(lambda now: closing.reopen(now.state, label, now.who.hidden(asked.raison)))
    screen.say(f"{titled(label)} est rouvert. Ce qui était arrêté reste écrit dans le registre.")
    return 0
