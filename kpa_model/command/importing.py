"""`kpa importer`: any files → the group's own book, with the questions of the page asked in the terminal."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from kpa_model.command.screen import Screen
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.files.book.books import personal_books
from kpa_model.files.book.cells import tidy
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile, given_together
from kpa_model.files.importing.aside import proposed
from kpa_model.files.importing.asking import FileQuestion
from kpa_model.files.importing.keeping import held_in, keep, recipe_in, undo
from kpa_model.files.importing.proposal import ImportProposal
from kpa_model.files.importing.recipe import Recipe, read_recipe
from kpa_model.story.months.corrected import added_late, adopted_touched, but_rounding, corrections
from kpa_model.story.pay.chain import book_told
from kpa_model.words import count, listing, uncapital


def import_files_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    said = "fichiers ou dossiers du groupe, tels qu'ils sont"
    parser.add_argument("fichiers", nargs="*", metavar="FICHIER", help=said)
    parser.add_argument("--dans", required=True, metavar="NOM", help="le carnet où les mettre, nouveau ou non")
    parser.add_argument(
        "--recette", metavar="FICHIER.yaml", help="les réponses déjà données (sinon : celles du carnet)"
    )
    said = "garder sans ce qui n'est pas lu, et avec ce qui est corrigé"
    parser.add_argument("--oui", action="store_true", help=said)
    said = "mettre de côté les lignes qui ne se lisent pas ; chacune est dite"
    parser.add_argument("--sans-ces-lignes", action="store_true", help=said)
    parser.add_argument("--essai", action="store_true", help="tout montrer, ne rien garder")
    parser.add_argument("--defaire", action="store_true", help="défaire le dernier apport de ce carnet")


def import_files(asked: argparse.Namespace, screen: Screen) -> int:
    """Read, ask, show what changes, keep. Raises KpaError."""
    place = personal_books().get(asked.dans)
    if asked.defaire:
        return _undo(place, asked.dans, screen)
    if not asked.fichiers:
        raise UnreadableFile(Problem("Fichiers", "aucun n'est donné.", "Écrivez leurs noms, ou celui du dossier."))
    recipe = read_recipe(Path(asked.recette)) if asked.recette else recipe_in(place) if place else Recipe()
    held = held_in(place) if place else None
    while True:
        findings = Findings()
        files = _files(asked.fichiers, findings)
        proposal, rest = proposed(files, asked.dans, recipe, findings, held, asked.sans_ces_lignes)
        if not proposal.questions or proposal.refusal:  # what no answer can mend comes before them
            break
        recipe = proposal.answer(proposal.questions[0], _asked(proposal.questions[0], screen))
    _tell(proposal, screen)
    if proposal.refusal:
        if rest:
            screen.say("Pour mettre ces lignes de côté et garder le reste, recommencez avec --sans-ces-lignes.")
        raise proposal.refusal
    if proposal.unread and not asked.oui:
        todo = "Lisez la liste. Pour garder le reste, recommencez avec --oui."
        raise UnreadableFile(Problem("Vos fichiers", "une partie n'est pas lue. Rien n'est gardé.", todo))
    told, late = (corrections(proposal.merged.changes), added_late(proposal.merged)) if place else ([], [])
    if told or late:
        screen.title("Ce qui change dans ce qui était déjà là")
        screen.listing([*told, *late, *filter(None, [adopted_touched(asked.dans, proposal.merged.changes)])])
    if asked.essai:
        screen.say("Essai : rien n'est gardé.")
        return 0
    if told and not asked.oui and not _agreed():
        todo = "Lisez ce qui change. Pour le garder, recommencez avec --oui."
        raise UnreadableFile(Problem("Vos fichiers", "ils corrigent ce carnet. Rien n'est gardé.", todo))
    folder = keep(proposal, asked.dans, files, datetime.now())
    screen.say(f"Gardé dans le carnet « {folder.name} ». Essayez :")
    name = f'"{folder.name}"' if re.search(r"[^\w.-]", folder.name) else folder.name
    screen.line(f"kpa partager {name} --regle heures")  # on one line: it is to be copied
    return 0


def _agreed() -> bool:
    """Ask whether what is corrected may be kept; nobody there to answer is no."""
    return sys.stdin.isatty() and _typed("Garder ces corrections ? (oui ou non) : ").casefold() in ("oui", "o")


def _typed(prompt: str) -> str:
    """Return what somebody types. Raises UnreadableFile when she leaves, with Ctrl+D."""
    try:
        return tidy(input(prompt))
    except EOFError:
        todo = "Pour reprendre, relancez la commande."
        raise UnreadableFile(
            Problem("Vos fichiers", "vous avez quitté les questions. Rien n'est gardé.", todo)
        ) from None


def _files(names: Sequence[str], findings: Findings) -> list[GivenFile]:
    given = given_together([Path(name).absolute() for name in names], findings)
    called = Counter(file.name for _, file in given)
    folders = [path.name if path.is_dir() else path.parent.name for path, _ in given]
    return [
        replace(file, name=f"{folder}/{file.name}") if called[file.name] > 1 else file  # two files, two names
        for folder, (_, file) in zip(folders, given, strict=True)
    ]


def _asked(question: FileQuestion, screen: Screen) -> str:
    """Ask one question in the terminal. Raises UnreadableFile when nobody can answer."""
    options, typed, words = question.doubt.options, question.doubt.typed, question.doubt.words
    if not sys.stdin.isatty():
        ways = [*(label for _, label in options), *([f"ou à écrire : {uncapital(typed)}"] if typed else [])]
        choices = f" Réponses : {' ; '.join(ways)}." if options else ""
        todo = f"Lancez la commande dans un terminal, ou donnez une recette. {question.doubt.todo}"
        raise UnreadableFile(Problem(question.where, f"{question.doubt.question}{choices}", todo))
    screen.say(f"{question.where} : {question.doubt.question}")
    means = [f" : {each}" for each in question.doubt.means] or [""] * len(options)
    screen.listing(f"{at}. {label}{more}" for at, ((_, label), more) in enumerate(zip(options, means, strict=True), 1))
    each = f", ou un par mot, dans l'ordre ({', '.join(words)})" if len(words) > 1 else ""
    expected = listing([*(["Le numéro"] if options else []), *([typed] if typed else [])], "ou")
    none = ", rien pour aucun" if question.doubt.none else ""
    many = f"Les numéros, séparés par des espaces (« tous » pour tous{none}) : "
    while True:
        line = _typed(many if question.doubt.several else f"{expected}{each} : ")
        if typed and line and not line.isdecimal():
            return line
        said = line.split()
        if question.doubt.several and said == ["tous"]:
            return "|".join(value for value, _ in options)
        if question.doubt.several and [each.casefold() for each in said] in (["aucun"], ["aucune"]):
            return ""
        if all(rank.isdecimal() and 1 <= int(rank) <= len(options) for rank in said):
            chosen = [options[int(rank) - 1][0] for rank in said]
            if question.doubt.several or (chosen and len(chosen) in (1, len(words))):
                return "|".join(chosen)
        screen.say(f"Écrivez un numéro de 1 à {len(options)}." if options else f"{typed} ?")


def _tell(proposal: ImportProposal, screen: Screen) -> None:
    """Say what is not read first, then what is understood, what changes, and what to know."""
    if proposal.unread:
        screen.title("Ce qui n'est pas lu")
        screen.listing(proposal.unread)
    if proposal.heeded:
        screen.title("À vérifier")
        screen.listing(proposal.heeded)
    screen.title("Ce que le cahier comprend")
    for each in proposal.understood:
        label = dictionaries()[each.table].label
        screen.say(f"{each.place} : {uncapital(label)}, {count(each.count, 'ligne')}")
        screen.listing(" · ".join(cell for cell in line if cell) for line in each.lines)
    if proposal.reading:
        counts, sold = book_told(proposal.reading.book)
        screen.listing(counts)
        screen.say(sold)
        for name, change in proposal.merged.changes.items():
            if change.added or change.removed:
                seen = but_rounding(change)
                new, gone = count(len(seen.added), "nouvelle"), count(len(seen.removed), "retirée")
                screen.say(f"{dictionaries()[name].label} : {new}, {gone}, {seen.same} déjà là.")
    if left := proposal.notes[len(proposal.unread) + len(proposal.heeded) :]:
        screen.title("À savoir")
        screen.listing(left)


def _undo(place: Path | None, name: str, screen: Screen) -> int:
    if place is None:
        todo = "Regardez les noms avec « kpa exemple »."
        raise UnreadableFile(Problem(f"Carnet « {name} »", "il n'est pas parmi les vôtres.", todo))
    last, edited = undo(place)
    screen.say(f"L'apport du {last.when} est défait ({', '.join(last.files)}).")
    if not place.exists():
        screen.say(f"Le carnet « {name} » n'avait rien d'autre. Il n'est plus là.")
    if edited:
        screen.say("Ces lignes ont changé depuis, et restent :")
        screen.listing(edited)
    return 0
