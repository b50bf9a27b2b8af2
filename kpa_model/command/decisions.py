"""`kpa decisions`: what we decided, how the rule changed, when we talk about it again."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date

from kpa_model.command.outputs import Output
from kpa_model.command.screen import Screen
from kpa_model.errors import KpaError, Problem, nearest
from kpa_model.files import register
from kpa_model.story.decide import decisions
from kpa_model.story.decide import told as record_told
from kpa_model.story.decide.decisions import Decision
from kpa_model.words import count, day

LAST = "derniere"


def show_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    said = "nom d'une décision, ou « derniere » (sinon : toutes)"
    parser.add_argument("decision", nargs="?", default="", metavar="DECISION", help=said)
    parser.add_argument("--sortie", metavar="DOSSIER", help="dossier où copier les documents de cette décision")


def show(asked: argparse.Namespace, screen: Screen) -> int:
    """List every decision, or read one."""
    found, problems = decisions.all_decisions()
    if problems:
        screen.title("Mis de côté")
        screen.listing(f"{each.where} : {each.what} {each.todo}" for each in problems)
    if asked.decision or asked.sortie:
        chosen = _chosen(found, asked.decision or LAST)
        _read(chosen, screen)
        if asked.sortie:
            _copy(chosen, asked.sortie, screen)
        return 0
    _list(found, screen)
    return 0


def _chosen(found: Sequence[Decision], name: str) -> Decision:
    known = {each.name: each for each in found}
    if not known:
        todo = "Écrivez la première avec « kpa ouvrir --page 10_nos_decisions »."
        raise KpaError(Problem("Registre des décisions", "il est vide.", todo))
    if name == LAST:
        return found[-1]
    if name not in known:
        todo = nearest(name, known) or "Tapez « kpa decisions » pour voir les noms."
        raise KpaError(Problem(f"Décision « {name} »", "ce nom n'est pas dans le registre.", todo))
    return known[name]


def _list(found: Sequence[Decision], screen: Screen) -> None:
    """Say each decision, the last one first, with what it changed."""
    if not found:
        screen.say("Aucune décision n'est encore écrite.")
        screen.say("Pour écrire la première : kpa ouvrir --page 10_nos_decisions")
        return
    screen.say(f"{count(len(found), 'décision')}, de la plus récente à la plus ancienne.")
    for said in decisions.reminders(found, date.today()):
        screen.say(said)
    for decision, changed in reversed(decisions.history(found)):
        record = decision.record
        screen.title(f"{day(record.held_on)} : {record.rule.title}")
        screen.say(f"{record.outcome_said} Son nom : {decision.name}")
        screen.listing(changed)


def _read(decision: Decision, screen: Screen) -> None:
    """Read one record aloud."""
    content = record_told.told(decision.record)
    screen.title(decision.record.rule.title)
    screen.say(f"{content['cooperative']}. {content['tenue']}.")
    if content["mots"]:
        screen.say(f"{content['mots_titre']} : « {content['mots']} »")
    screen.say(" ".join([*content["decision"], *([content["version"]] if content["version"] else [])]))
    if content["changements"]:
        screen.title("Ce que nous avons changé avant de dire oui")
        screen.listing(content["changements"])
    if content["regle"]:
        screen.title(content["regle_titre"])
        screen.listing(content["regle"], "{}. ")
    if content["objections"]:
        screen.title("Objections et réponses")
        screen.listing(f"{text} {answer}".strip() for text, answer in content["objections"])
    if content["reserves"]:
        screen.title("Les réserves")
        screen.listing(content["reserves"])
    if content["pas_decide"]:
        screen.title("Ce que nous n'avons pas décidé")
        screen.listing(content["pas_decide"])
    if content["suite"]:
        screen.title("La suite")
        screen.listing(f"{label} {value}." for label, value in content["suite"])


def _copy(decision: Decision, folder: str, screen: Screen) -> None:
    """Write the files of a decision in a folder."""
    output = Output(folder, decision.name)
    for name in (register.RECORD, register.PAPER, register.PAGE, register.RULE, register.EVENT):
        content = register.content(decision.name, name)
        if content is not None:
            output.add(name.rsplit(".", 1)[1], content)
    output.finish({"Décision": decision.name, **decision.record.origin})
    screen.title("Documents écrits")
    screen.listing(str(path) for path in output.written)
