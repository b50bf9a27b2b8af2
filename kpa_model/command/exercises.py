"""`kpa exercices`: list exercises, check a new one, print sheets of a series, write the script for phones."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kpa_model.command.french import WrongCommand
from kpa_model.command.outputs import Output
from kpa_model.command.screen import Screen
from kpa_model.declare.setting import made_with
from kpa_model.errors import Problem, nearest
from kpa_model.lessons.activities import Practice
from kpa_model.lessons.exercises import file as exercise_file
from kpa_model.lessons.exercises.exercise import THEMES, Exercise
from kpa_model.lessons.session import session_of
from kpa_model.story.lessons.exercise_figures import outside_figures
from kpa_model.story.lessons.exercise_paper import exercise_sheet, session_sheet
from kpa_model.whole_file import write_whole
from kpa_model.words import count
from kpa_model.workshop.script import Script, ScriptStep
from kpa_model.workshop.script_file import dumps

ACTIONS = ("liste", "verifier", "imprimer", "atelier")
MOST_GROUPS = 12
SENTENCE = "Chaque téléphone a ses nombres. Personne n'est noté."
SAY = "Cherchez avec vos nombres, sur papier si vous voulez.\nVotre téléphone vous répond, à vous seul."
ON_PAPER = "Distribuez la fiche d'exercices, une série par groupe.\nCherchez à deux, puis corrigez ensemble."


def exercises_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument("action", nargs="?", default="liste", metavar="ACTION", help=f"{', '.join(ACTIONS)}")
    parser.add_argument(
        "quoi", nargs="?", metavar="QUOI", help="un thème, un exercice ; pour verifier, un fichier .yaml"
    )
    parser.add_argument("--graine", type=int, default=1, metavar="NOMBRE", help="la série : même graine, mêmes nombres")
    parser.add_argument("--groupes", type=int, default=1, metavar="NOMBRE", help="une fiche par groupe, séries suivies")
    parser.add_argument("--sortie", metavar="DOSSIER", help="dossier où écrire les fiches")


def exercises(asked: argparse.Namespace, screen: Screen) -> int:
    """List, check or print."""
    if asked.action not in ACTIONS:
        todo = nearest(asked.action, ACTIONS) or f"Actions : {', '.join(ACTIONS)}."
        raise WrongCommand(Problem(f"Action « {asked.action} »", "elle n'existe pas.", todo))
    if asked.action == "verifier":
        return _check(asked.quoi, screen)
    if asked.action == "atelier":
        return _workshop(asked, screen)
    return _print(asked, screen) if asked.action == "imprimer" else _list(asked.quoi or "", screen)


def _list(theme: str, screen: Screen) -> int:
    found, wrong = exercise_file.exercises()
    if theme and theme not in THEMES:
        raise WrongCommand(_unknown(theme, THEMES))
    shown = {key: [each for each in found if each.theme == key] for key in ([theme] if theme else THEMES)}
    for key, known in shown.items():
        screen.title(f"{key} : {THEMES[key]}")
        screen.listing(f"{each.name} : {each.title} ({each.minutes} min)" for each in known)
    for error in wrong:
        screen.problems(error)
    return 1 if wrong else 0


def _check(file: str | None, screen: Screen) -> int:
    """Read a file, calculate its example again, then draw it a thousand times. Raises WrongExercise."""
    if not file:
        todo = "Écrivez par exemple « kpa exercices verifier mon_exercice.yaml »."
        raise WrongCommand(Problem("Commande « kpa exercices verifier »", "il manque le fichier.", todo))
    path = Path(file)
    figures = outside_figures(date.today())
    made = exercise_file.verified(path.read_text(encoding="utf-8", errors="replace"), path.stem, figures)
    drawn = made.draw(1, figures)
    screen.say(f"« {made.title} » est juste. L'exemple est refait, et mille séries sont tirées.")
    screen.title("Voici la série 1")
    screen.say(drawn.text)
    screen.say(drawn.question)
    screen.listing(drawn.reasoning)
    screen.say(f"Réponse : {drawn.written}.")
    folder = exercise_file.folders()[1]
    screen.say(f"Pour le voir dans le cahier, copiez-le dans le dossier {folder}.")
    return 0


def _chosen(what: str) -> tuple[tuple[Exercise, ...], str]:
    """Return the exercises of a theme, or one exercise, and the theme when there is one."""
    if what in THEMES:
        return exercise_file.exercises(what)[0], what
    if what in exercise_file.names():
        return (exercise_file.exercise_named(what),), ""
    raise WrongCommand(_unknown(what, (*THEMES, *exercise_file.names())))


def _unknown(what: str, known: Sequence[str] | dict[str, str]) -> Problem:
    todo = nearest(what, known) or f"Thèmes : {', '.join(THEMES)}."
    return Problem(f"« {what} »", "ce n'est ni un thème, ni un exercice.", todo)


def _workshop(asked: argparse.Namespace, screen: Screen) -> int:
    """Write the script of a live workshop: one step per exercise, answered on phones."""
    if not asked.quoi or not asked.sortie:
        todo = "Écrivez par exemple « kpa exercices atelier prix --sortie fiches »."
        raise WrongCommand(Problem("Commande « kpa exercices atelier »", "il manque un thème ou --sortie.", todo))
    chosen, theme = _chosen(asked.quoi)
    path = Path(asked.sortie) / f"atelier_{asked.quoi}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    title = THEMES[theme] if theme else chosen[0].title
    steps = tuple(ScriptStep(each.name, each.title, each.minutes, SAY, _on_phones(each), ON_PAPER) for each in chosen)
    write_whole(path, dumps(Script(f"Exercices : {title}", SENTENCE, steps)), private=False)
    screen.say(f"Le déroulé est écrit : {path}.")
    screen.say(f"Pour l'ouvrir : kpa atelier {path}")
    return 0


def _on_phones(exercise: Exercise) -> Practice | None:
    return made_with(Practice, {"exercice": exercise.name}, exercise.title, [])


def _print(asked: argparse.Namespace, screen: Screen) -> int:
    """Write one sheet per group, each with its own numbers, and the sheet of the session."""
    if not asked.quoi or not asked.sortie:
        todo = "Écrivez par exemple « kpa exercices imprimer prix --graine 12 --sortie fiches »."
        raise WrongCommand(Problem("Commande « kpa exercices imprimer »", "il manque un thème ou --sortie.", todo))
    if not 1 <= asked.groupes <= MOST_GROUPS:
        raise WrongCommand(
            Problem("Option --groupes", f"{asked.groupes} n'est pas possible.", f"De 1 à {MOST_GROUPS}.")
        )
    chosen, theme = _chosen(asked.quoi)
    output = Output(asked.sortie, f"exercices_{asked.quoi}")
    series = range(asked.graine, asked.graine + asked.groupes)
    for seed in series:
        output.add("pdf", exercise_sheet(chosen, seed, date.today()), f"exercices_{asked.quoi}_serie_{seed}")
    if theme:
        output.add("pdf", session_sheet(session_of(theme), chosen), f"seance_{theme}")
    output.finish({"Exercices": [each.name for each in chosen], "Séries": [*series], "Jour": date.today().isoformat()})
    screen.say(f"{count(len(series), 'fiche écrite', 'fiches écrites')}. Les réponses sont sur les dernières pages.")
    screen.listing(str(path) for path in output.written)
    return 0
