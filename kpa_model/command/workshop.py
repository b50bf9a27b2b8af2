"""`kpa atelier`: open a live workshop for the phones of the room; keep, move or erase those of before."""

from __future__ import annotations

import argparse
import os
import secrets
import threading
import webbrowser
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from kpa_model import places
from kpa_model.command import finding
from kpa_model.command.finding import find_book, find_months, find_rule
from kpa_model.command.screen import Screen
from kpa_model.errors import KpaError, Problem, nearest
from kpa_model.files.book import books
from kpa_model.files.database import is_begun
from kpa_model.files.log import archive as events_archive
from kpa_model.files.log.events import EventLog, default_base
from kpa_model.files.log.opened import LOCALHOST, Opened
from kpa_model.server import catalogue, run
from kpa_model.server.workshop import NoWorkshop, begin
from kpa_model.story.decide.script_paper import script_paper
from kpa_model.story.decide.workshop_facts import hours_facts, workshop_facts
from kpa_model.whole_file import write_new
from kpa_model.words import day
from kpa_model.workshop import script_file
from kpa_model.workshop.event import Event
from kpa_model.workshop.script import Script
from kpa_model.workshop.script_file import ready_scripts

DEFAULT_SCRIPT, LAST = "deux_heures", "dernier"
DEFAULT_RULES = ("parts_egales", "heures", "melange_cjs", "minimum_et_heures")
MOST_PRINTED = 60
"""Most people a guide is printed for."""


def _ready_names() -> list[str]:
    """Return the names of the ready scripts, without reading them: activities are not loaded yet."""
    return sorted(path.stem for path in (places.data() / "ateliers").glob("*.yaml"))


def workshop_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument(
        "deroule", nargs="?", default=DEFAULT_SCRIPT, metavar="DEROULE",
        help=f"fichier .yaml, ou un déroulé prêt : {', '.join(_ready_names())} (sinon : {DEFAULT_SCRIPT})",
    )  # fmt: skip
    parser.add_argument("--activite", metavar="NOM", help="une seule activité, sans déroulé")
    parser.add_argument("--carnet", default="tilleuls", metavar="CARNET", help="carnet dont on parle")
    parser.add_argument("--mois", metavar="MOIS", help="mois dont on parle (sinon : le dernier avec des ventes)")
    parser.add_argument("--regles", nargs="+", default=[], metavar="REGLE", help="deux à six règles à comparer")
    parser.add_argument("--graine", type=int, metavar="NOMBRE", help="mêmes cartes tirées, même ordre des textes")
    parser.add_argument("--base", metavar="ADRESSE", help="fichier ou postgresql://… (sinon : mes_donnees/ateliers)")
    parser.add_argument("--port", type=int, metavar="NOMBRE", help="port à utiliser (sinon : 8765 ou le suivant libre)")
    parser.add_argument("--adresse", default="", metavar="ADRESSE", help="adresse à montrer aux téléphones")
    parser.add_argument(
        "--derriere-un-proxy", default="", metavar="ADRESSE",
        help="adresse https publique d'un mandataire (nginx, Caddy) de cette machine",
    )  # fmt: skip
    parser.add_argument("--animer-de-loin", action="store_true", help="laisser animer depuis un autre appareil")
    parser.add_argument("--sans-navigateur", action="store_true", help="ne pas ouvrir le navigateur")
    done = parser.add_mutually_exclusive_group()
    done.add_argument("--reprendre", nargs="?", const="dernier", metavar="ATELIER", help="rouvrir un atelier gardé")
    done.add_argument("--liste", action="store_true", help="donner la liste des ateliers gardés, et des déroulés prêts")
    done.add_argument("--exporter", nargs=2, metavar=("ATELIER", "FICHIER"), help="écrire un atelier dans un fichier")
    done.add_argument("--importer", metavar="FICHIER", help="remettre un atelier depuis un fichier")
    done.add_argument("--effacer", metavar="ATELIER", help="effacer tout un atelier")
    done.add_argument("--imprimer", metavar="FICHIER.pdf", help="écrire le déroulé à jouer sans ordinateur")
    done.add_argument("--copier", metavar="FICHIER.yaml", help="écrire ce déroulé dans un fichier, pour le changer")
    parser.add_argument("--personnes", type=int, default=12, metavar="NOMBRE", help="avec --imprimer (sinon : 12)")


def workshop(asked: argparse.Namespace, screen: Screen) -> int:
    """Do what was asked about live workshops."""
    catalogue.load()
    if asked.imprimer:
        return _print(asked, screen)
    if asked.copier:
        return _copy(asked, screen)
    base = asked.base or os.environ.get("KPA_BASE") or default_base()
    name = asked.exporter[0] if asked.exporter else asked.effacer or asked.reprendre
    if asked.importer:
        _restore(base, asked.importer, screen)
    elif not (name or asked.liste):
        script, facts = _chosen(asked)
        with EventLog(base) as log:
            _serve(log, begin(log, script, facts), asked, screen)
    elif is_begun(base):  # what only reads makes no file
        with EventLog(base) as log:
            _look(log, name, asked, screen)
    elif name:
        raise _unknown(name)
    else:
        _listing((), screen)
    return 0


def _look(log: EventLog, name: str | None, asked: argparse.Namespace, screen: Screen) -> None:
    """Do what was asked about the workshops that are kept, or one of them."""
    if name is None:
        _listing(log.workshops(), screen)
        return
    known = _known(log, name)
    if asked.exporter:
        _export(log, known, asked.exporter[1], screen)
    elif asked.effacer:
        events_archive.forget_workshop(log, known)
        screen.say(f"L'atelier {known} est effacé.")
    else:
        _serve(log, known, asked, screen)


def _restore(base: str | Path, file: str, screen: Screen) -> None:
    content = Path(file).read_bytes()
    with EventLog(base) as log:
        name = events_archive.restore(log, content, f"Fichier {file}")
    screen.say(f"L'atelier {name} est remis. Rouvrez-le avec « kpa atelier --reprendre {name} ».")


def _print(asked: argparse.Namespace, screen: Screen) -> int:
    """Write the guide, ballots and sheets of a script, to play it without a computer."""
    if not 2 <= asked.personnes <= MOST_PRINTED:
        todo = f"Donnez un nombre de 2 à {MOST_PRINTED}."
        raise KpaError(Problem(f"--personnes {asked.personnes}", "ce nombre ne va pas.", todo))
    script, facts = _chosen(asked)
    content = script_paper(script, facts, asked.personnes)
    write_new(Path(asked.imprimer), content)
    screen.say(f"Écrit : {asked.imprimer}. Imprimez, découpez, et animez sans ordinateur.")
    return 0


def _copy(asked: argparse.Namespace, screen: Screen) -> int:
    """Write a ready script as a file that the group can change."""
    script = catalogue.alone(asked.activite) if asked.activite else find_script(asked.deroule)
    write_new(Path(asked.copier), script_file.dumps(script))
    screen.say(f"Écrit : {asked.copier}. Changez-le, puis tapez « kpa atelier {asked.copier} ».")
    return 0


def _chosen(asked: argparse.Namespace) -> tuple[Script, dict[str, Any]]:
    """Return the script asked for, and what it talks about."""
    script = catalogue.alone(asked.activite) if asked.activite else find_script(asked.deroule)
    seed = asked.graine or secrets.randbelow(1_000_000) + 1
    return script, workshop_facts_of(asked.carnet, asked.mois, asked.regles, seed, script)


def _known(log: EventLog, name: str) -> str:
    """Return the id of a workshop that is kept, or of the last one. Raises NoWorkshop."""
    kept = [each for each, _ in log.workshops()]
    if name == LAST and kept:
        return kept[0]
    if name in kept:
        return name
    raise _unknown(name, kept)


def _unknown(name: str, kept: Sequence[str] = ()) -> NoWorkshop:
    todo = "Regardez la liste avec « kpa atelier --liste »." if kept else "Ouvrez-en un avec « kpa atelier »."
    return NoWorkshop(Problem(f"Atelier « {name} »", "il n'est pas gardé ici.", todo))


def _listing(kept: Sequence[tuple[str, Event]], screen: Screen) -> None:
    if not kept:
        screen.say("Aucun atelier n'est gardé.")
    for name, opening in kept:
        when = day(datetime.fromisoformat(opening.at).date())
        screen.say(f"{name} : {opening.payload.get('title', '')}, ouvert le {when}.")
    screen.line()
    screen.say("Déroulés prêts, à ouvrir par « kpa atelier NOM » :")
    screen.listing(f"{name} : {each.title} ({each.minutes} min)" for name, each in ready_scripts().items())


def _export(log: EventLog, name: str, place: str, screen: Screen) -> None:
    write_new(Path(place), events_archive.export(log, name))
    screen.say(f"Écrit : {place}. Ce fichier contient des réponses : gardez-le pour vous.")


def _serve(log: EventLog, name: str, asked: argparse.Namespace, screen: Screen) -> None:
    def say(opened: Opened) -> None:
        screen.say(f"Atelier ouvert : {opened.title}")
        screen.line(f"Pour les téléphones : {opened.address}   code {opened.code[:3]} {opened.code[3:]}")
        screen.line(f"Pour animer : {opened.facilitator}")
        if f"//{LOCALHOST}:" in opened.address:
            screen.say("Aucun réseau n'est trouvé. Connectez l'ordinateur au Wi-Fi de la salle, puis recommencez.")
        screen.say("Gardez cette fenêtre ouverte. Pour arrêter, tapez Ctrl+C ici.")
        if not asked.sans_navigateur:
            threading.Thread(target=webbrowser.open, args=(opened.facilitator,), daemon=True).start()

    proxy = asked.derriere_un_proxy
    if proxy and not proxy.startswith("https://"):
        todo = "Donnez l'adresse publique, par exemple https://atelier.exemple.fr/"
        raise KpaError(Problem(f"--derriere-un-proxy {proxy}", "ce n'est pas une adresse https.", todo))
    run.run(log, name, run.Door(asked.port, asked.adresse, asked.animer_de_loin, proxy), say)
    screen.say("L'atelier est fermé. Tout est gardé.")
    screen.say(f"Pour le rouvrir : kpa atelier --reprendre {name}")


def find_script(name: str) -> Script:
    """Return the script of a workshop from a file, or a ready one by its name. Raises WrongScript."""
    path, known = Path(name), script_file.ready_scripts()
    if path.is_file():
        return script_file.load(path)
    if name in known:
        return known[name]
    todo = nearest(name, known) or f"Donnez un fichier .yaml, ou l'un de ces noms : {', '.join(known) or 'aucun'}."
    raise script_file.WrongScript(Problem(f"Déroulé « {name} »", "il n'y a ni fichier ni déroulé prêt.", todo))


def workshop_facts_of(
    book: str, month: str | None, rules: Sequence[str], seed: int, script: Script | None = None
) -> dict[str, Any]:
    """Return what a workshop talks about: a month of a book, and rules to compare. Raises KpaError.

    A script that only fills the book needs no month: a group that begins has none yet.
    """
    place = find_book(book).resolve()
    named = [name for name, each in books.personal_books().items() if each.resolve() == place]
    own = {"own_book": named[0]} if named else {}
    reading = finding.read(book)
    found, noticed = reading.book, {"noticed": len(reading.notes)}
    asked = [step.activity for step in script.steps if step.activity] if script else []
    if asked and all(each.fills for each in asked):
        return {**own, **hours_facts(found, seed)}
    span = find_months(found, [month] if month else [])
    chosen = {name: find_rule(name) for name in (rules or DEFAULT_RULES)}
    audited = any(each.audits for each in asked)
    return {**own, **noticed, **workshop_facts(found, str(span.money[-1].month), chosen, seed, audited)}
