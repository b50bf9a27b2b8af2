"""`kpa mois`: where each month stands; how the ledger begins; which rule is in force; copies."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from kpa_model.command import finding
from kpa_model.command.months.common import MonthsDesk, amounts_typed, book_options, cents_of, day_of, show_month
from kpa_model.command.screen import Screen
from kpa_model.errors import Problem
from kpa_model.files.ledger import archive
from kpa_model.ledger import closing
from kpa_model.ledger.events import LedgerOpened
from kpa_model.ledger.refusal import NotNow, titled
from kpa_model.story.decide import decisions
from kpa_model.story.months import rules, told
from kpa_model.story.months.register import NamedLedger
from kpa_model.whole_file import write_whole
from kpa_model.words import euros, of


def states_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    book_options(parser)
    parser.add_argument("--commencer", action="store_true", help="commencer le registre au mois donné")
    for name, what in (("enveloppe", "l'enveloppe"), ("fonds", "le fonds"), ("reserve", "la réserve")):
        said = f"avec --commencer : ce qu'il y a dans {what}"
        parser.add_argument(f"--{name}", default="0", metavar="EUROS", help=said)
    for name, what in (("doit", "ce que le groupe doit déjà"), ("epargne", "ce qui est épargné")):
        said = f"avec --commencer : {what} à des personnes, NOM=MONTANT"
        parser.add_argument(f"--{name}", nargs="+", default=[], metavar="NOM=MONTANT", help=said)
    parser.add_argument("--regle", metavar="REGLE", help="mettre cette règle en vigueur à partir du mois donné")
    parser.add_argument("--decision", metavar="NOM", help="mettre en vigueur la règle de cette décision")
    parser.add_argument("--fin-essai", default="", metavar="DATE", help="avec --regle : dernier jour de l'essai")
    said = "avec --regle : qui l'a décidée, et quand ; avec --commencer : d'où viennent ces sommes"
    parser.add_argument("--raison", default="", metavar="TEXTE", help=said)
    parser.add_argument("--copie", metavar="FICHIER", help="écrire une copie de tout le registre")
    parser.add_argument("--reprendre", metavar="FICHIER", help="reprendre une copie faite ailleurs")


def states(asked: argparse.Namespace, screen: Screen) -> int:
    """Do what was asked, then say where each month stands."""
    desk = MonthsDesk(asked)
    if asked.reprendre:
        content = Path(asked.reprendre).read_bytes()
        archive.restore(desk.register.base, content, desk.register.book, f"Fichier {asked.reprendre}")
        screen.say("Le registre est repris.")
    if asked.commencer:
        _begin(desk, asked, screen)
    if asked.regle:
        _rule(desk, asked, screen)
    if asked.decision:
        _decision(desk, asked, screen)
    if asked.copie:
        write_whole(Path(asked.copie), archive.export(desk.register.base, desk.register.book))
        screen.say(f"La copie est écrite : {asked.copie}")
    _tell(desk.read(), asked, screen)
    return 0


def _begin(desk: MonthsDesk, asked: argparse.Namespace, screen: Screen) -> None:
    label = asked.mois or (str(desk.book.months[0]) if desk.book.months else "")
    pot, fund, reserve = (cents_of(getattr(asked, name), f"Option --{name}") for name in
                          ("enveloppe", "fonds", "reserve"))  # fmt: skip

    def opened(now: NamedLedger) -> LedgerOpened:
        owed, saved = (amounts_typed(now, typed) for typed in (asked.doit, asked.epargne))
        note = "" if asked.regle else now.who.hidden(asked.raison)
        return closing.open_ledger(now.state, LedgerOpened(label, pot, fund, reserve, owed, saved, note))

    desk.register.commit(opened)
    screen.say(f"Le registre commence. Premier mois : {titled(label).lower()}.")


def _rule(desk: MonthsDesk, asked: argparse.Namespace, screen: Screen) -> None:
    rule, seen = finding.find_rule(asked.regle), desk.read()
    since = asked.mois or seen.state.next_label or str(desk.book.months[0])
    ends = day_of(asked.fin_essai, "--fin-essai") if asked.fin_essai else None
    desk.register.commit(lambda now: rules.put_in_force(now, rule, since, trial_ends=ends, reason=asked.raison))
    screen.say(f"« {rule.title} » est en vigueur à partir {of(titled(since).lower())}.")


def _decision(desk: MonthsDesk, asked: argparse.Namespace, screen: Screen) -> None:
    known = {each.name: each.record for each in decisions.all_decisions()[0]}
    if asked.decision not in known:
        todo = "Tapez « kpa decisions » pour voir les noms."
        raise NotNow(Problem(f"Décision « {asked.decision} »", "ce nom n'est pas dans le registre.", todo))
    put = rules.put_record_in_force(desk.register, known[asked.decision], asked.decision, asked.mois)
    screen.say(f"« {put.title} » est en vigueur à partir {of(titled(put.since).lower())}.")


def _tell(seen: NamedLedger, asked: argparse.Namespace, screen: Screen) -> None:
    screen.title("Nos mois réels")
    for said in rules.rule_sentences(seen, seen.state.next_label, date.today()):
        screen.say(said)
    screen.say(told.next_step(seen))
    months = [month for _, month in sorted(seen.state.months.items()) if month.frozen or month.version]
    if months:
        rows = [(titled(month.label), str(month.status), euros(last.amount), euros(last.due))
                for month in months for last in told.rows(seen, month)[-1:]]  # fmt: skip
        screen.table(("Mois", "État", "Montant", "Reste dû"), rows)
    if seen.begun:
        screen.title("Ce que la caisse tient")
        screen.table(("Poche", "Euros"), [(name, euros(cents)) for name, cents in told.purses(seen)])
        screen.say(told.balance_sentence(seen))
        screen.say(told.opening_sentence(seen))
        screen.listing(told.promised(seen))
    if asked.mois and asked.mois in seen.state.months:
        show_month(seen, seen.state.month(asked.mois), screen)
