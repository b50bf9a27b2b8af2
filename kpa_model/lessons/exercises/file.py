"""Exercises as files: a trainer writes one in YAML, without programming. Every problem is told, all at once.

The worked example (`exemple:`) is verified each time the file is read. `verify` does more: a thousand seeds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from kpa_model import places
from kpa_model.declare.part import Notes
from kpa_model.declare.plain_yaml import FileKind, read_mapping
from kpa_model.declare.unit import Refused, quoted
from kpa_model.errors import KpaError, Problem, nearest
from kpa_model.lessons.exercises import parts
from kpa_model.lessons.exercises.exercise import THEMES, Exercise, WrongExercise
from kpa_model.lessons.measure import shown

KIND = FileKind("un exercice", "« titre: » puis « texte: »", WrongExercise, "un exercice fourni", deepest=4)
KEYS = (
    "titre", "theme", "duree", "texte", "grandeurs", "question", "reponse", "erreurs", "choix", "indices",
    "raisonnement", "exemple", "source",
)  # fmt: skip


def loads(text: str, name: str, where: str = "") -> Exercise:
    """Return the exercise written in a text. Raises WrongExercise with every problem found."""
    where = where or f"Exercice « {name} »"
    content = read_mapping(text, where, KIND)
    notes = Notes(where)
    _known_keys(content, notes)
    made = _made(content, name, notes)
    if not notes.problems:
        _check_example(made, notes)
    if notes.problems:
        raise WrongExercise(*notes.problems)
    return made


def _known_keys(content: Mapping[str, Any], notes: Notes) -> None:
    notes.unknown(content, KEYS)
    needed = ("titre", "theme", "texte", "question", "indices", "raisonnement")
    for key in needed:
        if not content.get(key):
            notes.at(f"« {key} »").add("il manque.", f"Écrivez « {key}: » et son texte.")
    if bool(content.get("reponse")) == bool(content.get("choix")):
        notes.at("« reponse » ou « choix »").add("il faut l'un des deux.", "Gardez un nombre à trouver, ou des choix.")
    if content.get("reponse") and not content.get("exemple"):
        todo = "Donnez des nombres calculés à la main, et la réponse."
        notes.at("« exemple »").add("il manque.", todo)


def _made(content: Mapping[str, Any], name: str, notes: Notes) -> Exercise:
    """Return the exercise as far as it can be read; problems are in the notes."""
    theme = str(content.get("theme", ""))
    if theme and theme not in THEMES:
        notes.at("« theme »").add(
            f"{quoted(theme)} n'existe pas.", nearest(theme, THEMES) or f"Choix : {', '.join(THEMES)}."
        )
    quantities = parts.read_quantities(content.get("grandeurs", {}), notes)
    known = {each.name: each.unit for each in quantities}
    answer = parts.read_answer(content["reponse"], known, notes) if content.get("reponse") else None
    named = known | ({"reponse": answer.unit} if answer else {})
    example, expected = parts.read_example(content.get("exemple", {}), named, notes)
    texts = {key: str(content.get(key, "")).strip() for key in ("titre", "texte", "question", "source")}
    lines = {key: parts.read_lines(content.get(key, []), key, notes) for key in ("indices", "raisonnement")}
    parts.check_holes({"texte": (texts["texte"],), "question": (texts["question"],)}, known, notes)
    parts.check_holes(lines, named, notes)
    return Exercise(
        name=name,
        title=texts["titre"],
        theme=theme,
        minutes=parts.read_minutes(content.get("duree", "5 min"), notes),
        text=texts["texte"],
        question=texts["question"],
        hints=lines["indices"],
        reasoning=lines["raisonnement"],
        quantities=quantities,
        answer=answer,
        mistakes=parts.read_mistakes(content.get("erreurs", {}), named, notes),
        options=parts.read_options(content.get("choix", []), named, notes),
        example=example,
        expected=expected,
        source=texts["source"],
    )


def _check_example(made: Exercise, notes: Notes) -> None:
    """Calculate the worked example again: the file says what its author found by hand."""
    if made.answer is None or made.expected is None:
        return
    given = {
        each.name: each.low for each in made.quantities if not each.formula and not each.figure and each.count == 1
    }
    missing = [each.name for each in made.quantities if not each.formula and each.name not in {*given, *made.example}]
    if missing:
        notes.at("« exemple »").add(f"il manque : {', '.join(missing)}.", "Donnez un nombre à chaque grandeur tirée.")
        return
    try:
        found = made.completed({**given, **made.example}, {})["reponse"]
    except (ZeroDivisionError, KeyError):
        notes.at("« exemple »").add("le calcul divise par zéro.", "Changez les nombres, ou la formule.")
        return
    if abs(found - made.expected) > made.answer.tolerance:
        unit = made.answer.unit
        what = f"la formule donne {shown(found, unit)}, l'exemple dit {shown(made.expected, unit)}."
        notes.at("« exemple »").add(what, "Refaites le calcul à la main, puis corrigez l'un des deux.")


def load(path: Path) -> Exercise:
    """Return the exercise of a file. Raises WrongExercise."""
    return loads(path.read_text(encoding="utf-8", errors="replace"), path.stem, f"Fichier {path.name}")


def folders() -> tuple[Path, ...]:
    """Return where exercises are: those of the workbook, then the group's own."""
    return (places.data() / "exercices", places.personal() / "exercices")


read = lru_cache(maxsize=256)(loads)
"""`loads`, read once for the same text. Raises WrongExercise."""


def text_of(name: str) -> str | None:
    """Return what the file of an exercise says, the workbook's or the group's; None when there is none."""
    paths = (folder / f"{name}.yaml" for folder in folders())
    return next((path.read_text(encoding="utf-8", errors="replace") for path in paths if path.is_file()), None)


def exercise_named(name: str) -> Exercise:
    """Return one exercise, the workbook's or the group's. Raises WrongExercise, with the nearest name."""
    if (text := text_of(name)) is not None:
        return read(text, name, f"Fichier {name}.yaml")
    hint = nearest(name, names()) or "Regardez la liste des exercices."
    raise WrongExercise(Problem(f"Exercice {quoted(name)}", "il n'existe pas.", hint))


def names() -> tuple[str, ...]:
    """Return the names of all exercises, those of the workbook first."""
    return tuple(dict.fromkeys(path.stem for folder in folders() for path in sorted(folder.glob("*.yaml"))))


def exercises(theme: str = "") -> tuple[tuple[Exercise, ...], tuple[KpaError, ...]]:
    """Return the exercises of a theme (all when empty), by theme, and what is wrong with those that cannot be read."""
    found, wrong = [], []
    ours = folders()[0]
    for name in names():
        if theme and not name.startswith(f"{theme}_") and (ours / f"{name}.yaml").is_file():
            continue  # a file of the workbook begins with its theme: no need to read the others
        try:
            found.append(exercise_named(name))
        except KpaError as error:
            wrong.append(error)
    order = list(THEMES)
    chosen = [each for each in found if theme in ("", each.theme)]
    return tuple(sorted(chosen, key=lambda each: (order.index(each.theme), each.minutes))), tuple(wrong)


def verify(exercise: Exercise, figures: Mapping[str, Fraction], seeds: Iterable[int] = range(1000)) -> None:
    """Draw an exercise a thousand times: it can be calculated, and each mistake is told from the answer and others.

    Raises:
        WrongExercise: with the first seed of each trouble.
    """
    notes = Notes(f"Exercice « {exercise.title} »")
    for seed in seeds:
        try:
            drawn = exercise.draw(seed, figures)
        except ZeroDivisionError:
            notes.at(f"Série {seed}").add("le calcul divise par zéro.", "Changez les limites d'une grandeur.")
            break
        parts.check_sign(drawn, notes)
        parts.check_apart(drawn, notes)
        if len(notes.problems) > 4:
            break
    if notes.problems:
        raise WrongExercise(*notes.problems)


def verified(text: str, name: str, figures: Mapping[str, Fraction]) -> Exercise:
    """Return an exercise once read and verified on a thousand seeds. Raises WrongExercise."""
    made = loads(text, name)
    try:
        if made.answer:
            verify(made, figures)
        made.draw(1, figures).fill(" ".join((made.text, made.question, *made.hints, *made.reasoning)))
    except Refused as refused:  # pragma: no cover - holes were read before
        raise WrongExercise(Problem(name, refused.what, refused.todo)) from None
    return made
