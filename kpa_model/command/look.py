"""`kpa verifier`, `kpa exemple`, `kpa modele`: books of data."""

from __future__ import annotations

import argparse
from pathlib import Path

from kpa_model.command import finding
from kpa_model.command.screen import Screen
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.files.book import books
from kpa_model.story.pay.chain import book_told


def check_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument("carnet", metavar="FICHIER_OU_DOSSIER", help="carnet à vérifier, ou nom d'un exemple")


def check(asked: argparse.Namespace, screen: Screen) -> int:
    """Read a whole book; say what is in it and what to know."""
    reading = finding.read(asked.carnet)
    book = reading.book
    if reading.unread:
        screen.title("Ce qui n'est pas lu")
        screen.listing(reading.unread)
        screen.say(f"Le reste du carnet « {book.cooperative.name} » se lit.")
    else:
        screen.say(f"Le carnet « {book.cooperative.name} » se lit en entier.")
    counts, sold = book_told(book)
    screen.listing(counts)
    if sold:
        screen.say(sold)
    if others := reading.notes[len(reading.unread) :]:
        screen.title("À savoir")
        screen.listing(others)
    elif not reading.unread:
        screen.say("Rien n'est à corriger.")
    return 0


def examples(asked: argparse.Namespace, screen: Screen) -> int:
    """Say the names and places of the books that come with the workbook, then the group's own."""
    screen.say("Carnets d'exemple. Leur nom suffit aux autres commandes.")
    for name, place in books.example_books().items():
        screen.listing([f"{name} : {place}"])
    own = books.personal_books()
    if own:
        screen.title("Vos carnets")
        screen.listing(f"{name} : {place}" for name, place in own.items())
    return 0


def template_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument("fichier", metavar="FICHIER.xlsx", help="classeur à écrire")


def template(asked: argparse.Namespace, screen: Screen) -> int:
    """Write the empty workbook; refuse to write over anything."""
    path = Path(asked.fichier)
    if path.suffix.lower() != ".xlsx":
        what = "le nom ne finit pas par .xlsx."
        raise UnreadableFile(Problem(f"Fichier {path.name}", what, "Écrivez par exemple mon_carnet.xlsx."))
    if path.exists():
        raise UnreadableFile(Problem(f"Fichier {path.name}", "il existe déjà.", "Choisissez un autre nom."))
    if not path.parent.is_dir():
        what = f"le dossier « {path.parent} » n'existe pas."
        raise UnreadableFile(Problem(f"Fichier {path.name}", what, "Créez ce dossier, ou choisissez-en un autre."))
    books.write_xlsx_template(path)
    screen.say(f"Le classeur vide est écrit : {path}")
    screen.say("Remplissez-le, puis tapez « kpa verifier » suivi de son nom.")
    return 0
