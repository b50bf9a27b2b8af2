"""`kpa eprouver`: a rule audited on a book, told in the terminal, and one sheet to print beside the ballot."""

from __future__ import annotations

import argparse

from kpa_model.audit.audit import audit
from kpa_model.command import finding
from kpa_model.command.outputs import Output
from kpa_model.command.screen import Screen
from kpa_model.declare.page import Heading, Sentence, Table
from kpa_model.story.audit.paper import audit_paper
from kpa_model.story.audit.told import page
from kpa_model.story.provenance import provenance


def audit_rule(asked: argparse.Namespace, screen: Screen) -> int:
    """Audit a rule on every month of a book until the last asked, tell it, and write the sheet when asked."""
    reading = finding.read(asked.carnet)
    rule, book = finding.find_rule(asked.regle), reading.book
    span = finding.find_months(book, asked.mois)
    found = audit(rule, span.facts, book, asked.graine)
    finding.say_known(reading, screen, names=False)
    screen.title(f"{rule.title}, {book.cooperative.name}")
    for part in page(found):
        match part:
            case Heading():
                screen.title(part.text)
            case Sentence():
                screen.say(part.text)
            case Table():
                screen.line()
                screen.table(part.head, part.rows)
                screen.line()
    if asked.sortie:
        out = Output(asked.sortie, f"epreuve_{found.months[-1]}")
        out.add("pdf", audit_paper(book, found, reading.notes))
        out.finish({**provenance(book, rule), "Tirage au sort": f"mois tirés, graine {asked.graine}"})
        out.tell(screen)
    return 0


def audit_rule_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument("carnet", metavar="DOSSIER", help="carnet (dossier ou classeur), ou nom d'un exemple")
    parser.add_argument("--regle", required=True, metavar="REGLE", help="fichier .yaml, ou nom d'une règle prête")
    parser.add_argument(
        "--mois",
        nargs="+",
        default=[],
        metavar="MOIS",
        help="le dernier mois à regarder (sinon : le dernier de ventes)",
    )
    parser.add_argument("--graine", type=int, default=1, metavar="NOMBRE", help="même graine, mêmes mois tirés au sort")
    parser.add_argument("--sortie", metavar="DOSSIER", help="dossier où écrire la feuille à imprimer")
