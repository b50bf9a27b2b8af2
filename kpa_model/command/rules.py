"""`kpa lire` and `kpa regles`: rules, read aloud or listed."""

from __future__ import annotations

import argparse

from kpa_model.command import finding
from kpa_model.command.screen import Screen
from kpa_model.pay import ready
from kpa_model.pay.advice import advice
from kpa_model.pay.rule import PayRule


def read_aloud_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument("regle", metavar="REGLE", help="fichier .yaml, ou nom d'une règle prête")
    parser.add_argument("--carnet", metavar="CARNET", help="carnet où chercher les noms que la règle cite")


def read_aloud(asked: argparse.Namespace, screen: Screen) -> int:
    """Read a rule as people read it together: each step, what it means, promises, trial, advice."""
    rule = finding.find_rule(asked.regle)
    screen.title(rule.title)
    if rule.sentence:
        screen.say(rule.sentence)
    screen.title("La règle, étape par étape")
    for at, (step, said) in enumerate(zip(rule.steps, rule.steps_said(), strict=True), start=1):
        screen.say(said, indent="    ", first=f"{at:>2}. ")
        screen.say(step.about, indent="      ", first="    - ")
    _promises(rule, screen)
    for label, text in (
        ("Ce qu'elle favorise", rule.favours), ("Ce qu'on lui reproche", rule.objections), ("Vu à", rule.seen_at),
    ):  # fmt: skip
        if text:
            screen.title(label)
            screen.say(text)
    _advice(rule, asked.carnet, screen)
    return 0


def _promises(rule: PayRule, screen: Screen) -> None:
    if rule.promises:
        screen.title("Nous promettons")
        screen.listing(promise.says() for promise in rule.promises)
    if rule.trial:
        screen.title("À l'essai")
        screen.say(rule.trial.says())


def _advice(rule: PayRule, name: str | None, screen: Screen) -> None:
    """Say what may surprise; the names a rule quotes are looked for in a book, when one is given."""
    month = finding.find_months(finding.read(name).book, ()).facts[-1] if name else None
    if said := advice(rule, month):
        screen.title("À regarder ensemble")
        screen.listing(said)


def list_rules(asked: argparse.Namespace, screen: Screen) -> int:
    """List the ready rules: name, title, sentence."""
    known = ready.ready_rules()
    screen.say(f"{len(known)} règles prêtes. Leur nom suffit aux autres commandes.")
    for name, rule in known.items():
        screen.line()
        screen.say(f"{name} : {rule.title}")
        screen.say(rule.sentence, indent="    ", first="    ")
    return 0
