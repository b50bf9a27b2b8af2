"""The program: what can be asked, who does it, and how it ends. A traceback never reaches the terminal."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from errno import EROFS
from importlib import import_module
from types import ModuleType
from typing import Any

from kpa_model import places
from kpa_model.command.french import Parser, WrongCommand, in_french
from kpa_model.command.screen import Screen
from kpa_model.errors import KpaError, Problem, nearest
from kpa_model.files import first_names
from kpa_model.words import capital

DONE, TO_MEND, NOT_UNDERSTOOD, DEFECT, STOPPED = 0, 1, 2, 3, 130
JOBS = {
    "ouvrir": ("open_book:open_workbook", "ouvrir le cahier dans le navigateur"),
    "atelier": ("workshop:workshop", "ouvrir un atelier : chaque personne répond de son téléphone"),
    "importer": ("importing:import_files", "apporter vos propres fichiers, tels qu'ils sont, dans un carnet"),
    "verifier": ("look:check", "vérifier un carnet : ce qui est lu, ce qui est à corriger"),
    "partager": ("share:share", "partager un mois avec une règle, et garder les documents"),
    "comparer": ("compare:compare_rules", "comparer plusieurs règles sur les mêmes mois"),
    "simuler": ("simulate:simulate", "simuler de nombreuses histoires possibles, avec une ou plusieurs règles"),
    "eprouver": ("study.audit:audit_rule", "éprouver une règle : ce qu'elle tient, qui peut jouer avec elle"),
    "lire": ("rules:read_aloud", "lire une règle à voix haute"),
    "regles": ("rules:list_rules", "donner la liste des règles prêtes"),
    "exemple": ("look:examples", "donner la liste des carnets d'exemple"),
    "modele": ("look:template", "écrire un classeur vide à remplir"),
    "exercices": ("exercises:exercises", "les exercices du cours : liste, vérification, fiches à imprimer"),
    "documents": ("documents:documents", "un devis, une facture d'exercice ; ce qu'un texte oublie ; le jeu"),
    "decisions": ("decisions:show", "relire ce que nous avons décidé, et quand en reparler"),
    "mois": ("months.states:states", "nos mois réels : leur état, la règle en vigueur, ce que la caisse tient"),
    "cloturer": ("months.close:close", "arrêter un mois, puis l'adopter"),
    "payer": ("months.money:pay", "noter ce qui est versé, et reporter le reste"),
    "rouvrir": ("months.close:reopen", "rouvrir le dernier mois arrêté, avec une raison"),
    "regulariser": ("months.money:correct", "ce qui a changé dans un mois clos, et ce qu'il devient"),
    "demande": ("months.money:ask", "la demande de rémunération pour la CAE, et sa réponse"),
    "parametres": ("dated:show", "donner les montants datés, ce qui a changé, ce qui est ancien"),
}
ENDS = "Codes de sortie : 0 tout va bien, 1 à corriger, 2 commande non comprise, 3 défaut du programme."
_MEANINGS = {
    FileNotFoundError: ("il n'existe pas.", "Vérifiez son nom et son dossier."),
    PermissionError: ("l'accès est refusé.", "Fermez-le s'il est ouvert ailleurs, ou choisissez un autre dossier."),
    IsADirectoryError: ("c'est un dossier, pas un fichier.", "Donnez un nom de fichier."),
    NotADirectoryError: ("ce n'est pas un dossier.", "Donnez un nom de dossier."),
    FileExistsError: ("quelque chose porte déjà ce nom.", "Choisissez un autre nom."),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do one job and return the exit code. Never raises."""
    given = [str(each) for each in (sys.argv[1:] if arguments is None else arguments)]
    details = "--details" in given
    try:
        return _run(given)
    except KeyboardInterrupt:
        Screen(sys.stderr).say("Arrêté. Rien n'est écrit à moitié.")
        return STOPPED
    except BrokenPipeError:  # the reader of a pipe left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1) if sys.stdout is sys.__stdout__ else None
        return DONE
    except KpaError as error:
        _tell(error, details)
        return NOT_UNDERSTOOD if isinstance(error, WrongCommand) else TO_MEND
    except OSError as error:
        _tell(_about_file(error), details)
        return TO_MEND
    except Exception as error:
        what = "un défaut du programme a tout arrêté. Vos fichiers n'ont pas changé."
        todo = "Ajoutez --details à la fin, et envoyez-nous le texte."
        unexpected = KpaError(Problem("Programme kpa", what, "Envoyez-nous ce texte." if details else todo))
        unexpected.__cause__ = error
        _tell(unexpected, details)
        return DEFECT


def _run(given: list[str]) -> int:
    """Read the command line and hand over to the job."""
    with in_french():
        parser = make_parser(_job(given))
        try:
            asked = parser.parse_args(given)
        except SystemExit as stop:  # --aide and --version
            return int(stop.code or 0)
        if asked.job is None:
            parser.print_help()
            return DONE
    first_names.follow()
    module, function = _found(JOBS[asked.job][0])
    return int(getattr(module, function)(asked, Screen()))


def _job(given: list[str]) -> str:
    """Return the job asked, if any; an unknown one is refused by its nearest name, before argparse lists them all."""
    words = [word for word in given if not word.startswith("-")]
    if words and words[0] not in JOBS and given[0] == words[0]:
        todo = nearest(words[0], JOBS) or f"Commandes connues : {', '.join(JOBS)}."
        raise WrongCommand(Problem(f"Commande « kpa {words[0]} »", "elle n'existe pas.", todo))
    return words[0] if words else ""


def make_parser(job: str = "") -> argparse.ArgumentParser:
    """Return the parser of every job, with the options of one: only its module is loaded.

    A job `module:function` declares what can be asked in `function_options`, beside it, unless nothing can. Build the
    parser inside `in_french`, since argparse writes headings at once.
    """
    parser = Parser(prog="kpa", description="Le cahier des KPA, depuis un terminal.", epilog=ENDS)
    parser.add_argument("--version", action=_Version, nargs=0, help="montrer la version")
    _details(parser)
    jobs = parser.add_subparsers(dest="job", metavar="COMMANDE", title="Commandes", parser_class=Parser)
    for name, (place, about) in JOBS.items():
        made = jobs.add_parser(name, help=about, description=f"{capital(about)}.")
        _details(made)
        if name == job:
            module, function = _found(place)
            getattr(module, f"{function}_options", lambda _: None)(made)
    return parser


def _found(place: str) -> tuple[ModuleType, str]:
    """Return the module of a job, loaded, and the name of its function."""
    module, _, function = place.partition(":")
    return import_module(f"kpa_model.command.{module}"), function


def _details(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--details", action="store_true", default=argparse.SUPPRESS, help="montrer le texte technique d'une erreur"
    )


class _Version(argparse.Action):
    """Show the version, looked for when it is asked."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        """Say it and stop."""
        from importlib.metadata import PackageNotFoundError, version

        try:
            said = f"kpa_model {version('kpa_model')}"
        except PackageNotFoundError:
            said = "kpa_model, version non installée"
        Screen().say(said)
        parser.exit()


def _about_file(error: OSError) -> KpaError:
    """Say in French what the machine said of a file."""
    denied = isinstance(error, PermissionError | NotADirectoryError) or error.errno == EROFS
    if denied and error.filename and (problem := places.no_right(str(error.filename))):
        return KpaError(problem)
    name = os.path.basename(str(error.filename or "")) or "inconnu"
    what, todo = _MEANINGS.get(
        type(error), ("la machine a refusé.", "Vérifiez la place sur le disque et vos droits, puis recommencez.")
    )
    told = KpaError(Problem(f"Fichier {name}", what, todo))
    told.__cause__ = error
    return told


def _tell(error: KpaError, details: bool) -> None:
    """Write an error for the person who can mend it; the technical text only when asked."""
    screen = Screen(sys.stderr)
    screen.problems(error)
    if details:
        screen.title("Détail technique")
        for line in "".join(traceback.format_exception(error.__cause__ or error)).splitlines():
            screen.line(line)
