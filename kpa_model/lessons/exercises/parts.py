"""The parts of an exercise file, read one by one: quantities, answer, mistakes, choices, lines, example."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from kpa_model.declare.number import written
from kpa_model.declare.part import Notes
from kpa_model.declare.unit import Refused, quoted
from kpa_model.errors import nearest
from kpa_model.lessons import formula as formulas
from kpa_model.lessons.exercises.exercise import HOLE, Answer, AnswerOption, Drawn, Mistake, Quantity, usual_tolerance
from kpa_model.lessons.formula import Formula
from kpa_model.lessons.measure import dimension, dimension_name, shown
from kpa_model.lessons.typed import read_typed
from kpa_model.words import capital

_NAME = re.compile(r"[^\W\d]\w{0,40}")
_MOST_VALUES = 100_000


def _mapping(content: Any, place: str, notes: Notes) -> dict[str, Any]:
    if isinstance(content, dict):
        return content
    if content:
        notes.at(place).add("une liste de noms est attendue.", "Écrivez « nom: » puis sa description, décalée.")
    return {}


def amount(text: Any, unit: str) -> Fraction:
    """Return a value written in a file, in its unit; a rate is always in per cent. Raises Refused."""
    said = str(text).strip()
    if unit.partition("/")[0] == "%":
        try:
            return written(said, "%") / 100
        except ValueError:
            raise Refused(f"{quoted(said)} n'est pas un taux.", "Écrivez par exemple 11,5 %.") from None
    return read_typed(said, unit)[0].value


def read_formula(text: Any, known: Mapping[str, str], place: str, notes: Notes) -> Formula:
    """Return a formula whose every name is known; a problem gives the formula 0."""
    try:
        made = formulas.read(str(text))
    except Refused as refused:
        notes.at(place).refuse(refused)
        return formulas.read("0")
    for name in sorted(made.names - set(known)):
        todo = nearest(name, known) or f"Grandeurs connues : {', '.join(known) or 'aucune'}."
        notes.at(place).add(f"la grandeur {quoted(name)} n'existe pas.", todo)
    return made if made.names <= set(known) else formulas.read("0")


def _check_unit(made: Formula, unit: str, known: Mapping[str, str], place: str, notes: Notes) -> None:
    """Refuse a calculation whose unit is not the one announced."""
    try:
        found = made.dimension({name: dimension(each) for name, each in known.items()})
    except Refused as refused:
        notes.at(place).refuse(refused)
        return
    if found != dimension(unit):
        what = f"le calcul donne {dimension_name(found)}, l'unité dit {dimension_name(dimension(unit))}."
        notes.at(place).add(what, "Corrigez l'unité ou la formule.")


def read_quantities(content: Any, notes: Notes) -> tuple[Quantity, ...]:
    """Return the quantities in order; each formula may use those written before it."""
    found: list[Quantity] = []
    for name, given in _mapping(content, "« grandeurs »", notes).items():
        place = f"grandeur « {name} »"
        if not _NAME.fullmatch(name) or name == "reponse":
            notes.at(place).add("ce nom ne va pas.", "Prenez des lettres, des chiffres et « _ », sans espace.")
            continue
        given = given if isinstance(given, dict) else {"valeur": given}
        notes.at(place).unknown(given, ("de", "a", "pas", "valeur", "calcul", "chiffre", "unite"))
        try:
            found.append(_quantity(name, given, {each.name: each.unit for each in found}, place, notes))
        except Refused as refused:
            notes.at(place).refuse(refused)
            found.append(Quantity(name, str(given.get("unite", ""))))
    return tuple(found)


def _quantity(name: str, given: Mapping[str, Any], known: Mapping[str, str], place: str, notes: Notes) -> Quantity:
    unit = str(given.get("unite", "")).strip()
    ways = [way for way in ("de", "valeur", "calcul", "chiffre") if way in given]
    if len(ways) != 1:
        raise Refused("on ne sait pas d'où vient son nombre.", "Donnez de / a / pas, ou valeur, calcul ou chiffre.")
    if ways == ["calcul"]:
        made = read_formula(given["calcul"], known, place, notes)
        if made.names or made.text != "0":
            _check_unit(made, unit, known, place, notes)
        return Quantity(name, unit, formula=made)
    if ways == ["chiffre"]:
        return Quantity(name, unit, figure=str(given["chiffre"]).strip())
    if ways == ["valeur"]:
        return Quantity(name, unit, low=amount(given["valeur"], unit))
    low, high, step = (amount(given.get(key, ""), unit) for key in ("de", "a", "pas"))
    if step <= 0 or high < low or (high - low) / step > _MOST_VALUES:
        raise Refused("ses limites ne vont pas.", "Le pas est positif, « a » dépasse « de ».")
    return Quantity(name, unit, low, step, int((high - low) / step) + 1)


def read_answer(content: Any, known: Mapping[str, str], notes: Notes) -> Answer:
    """Return how the answer is calculated, its unit, and how far one may be."""
    given, place = _mapping(content, "« reponse »", notes), "« reponse »"
    notes.at(place).unknown(given, ("calcul", "unite", "tolerance", "exact"))
    unit = str(given.get("unite", "")).strip()
    made = read_formula(given.get("calcul", ""), known, place, notes)
    if made.names:
        _check_unit(made, unit, known, place, notes)
    try:
        far = amount(given["tolerance"], unit) if "tolerance" in given else usual_tolerance(unit)
    except Refused as refused:
        notes.at(place).refuse(refused)
        far = Fraction(0)
    return Answer(made, unit, far, str(given.get("exact", "non")).strip() == "oui")


def read_mistakes(content: Any, known: Mapping[str, str], notes: Notes) -> tuple[Mistake, ...]:
    """Return the usual mistakes; a formula may use `reponse`."""
    found = []
    for name, given in _mapping(content, "« erreurs »", notes).items():
        place = f"erreur « {name} »"
        given = _mapping(given, place, notes)
        notes.at(place).unknown(given, ("calcul", "phrase", "titre", "comme"))
        if not given.get("phrase") or not given.get("calcul"):
            notes.at(place).add("il manque son calcul ou sa phrase.", "Écrivez « calcul: » et « phrase: ».")
            continue
        made = read_formula(given["calcul"], known, place, notes)
        title = str(given.get("titre") or name.replace("_", " ")).strip()
        check_holes({f"phrase de {name}": (str(given["phrase"]),)}, known, notes)
        title = f"{capital(title)}"
        found.append(Mistake(name, title, made, str(given["phrase"]).strip(), str(given.get("comme", "")).strip()))
    return tuple(found)


def read_options(content: Any, known: Mapping[str, str], notes: Notes) -> tuple[AnswerOption, ...]:
    """Return the choices: one right, each with its sentence."""
    found: list[AnswerOption] = []
    for at, given in enumerate(content if isinstance(content, list) else [], start=1):
        place = f"choix {at}"
        given = _mapping(given, place, notes)
        notes.at(place).unknown(given, ("texte", "juste", "phrase"))
        text, sentence = str(given.get("texte", "")).strip(), str(given.get("phrase", "")).strip()
        if not text or not sentence:
            notes.at(place).add("il manque son texte ou sa phrase.", "Écrivez « texte: » et « phrase: ».")
            continue
        check_holes({place: (text, sentence)}, known, notes)
        found.append(AnswerOption(f"choix{at}", text, str(given.get("juste", "non")).strip() == "oui", sentence))
    if found and sum(each.right for each in found) != 1:
        notes.at("« choix »").add("une seule réponse est juste.", "Mettez « juste: oui » à un choix, et un seul.")
    if content and len(found) < 2:
        notes.at("« choix »").add("il en faut deux au moins.", "Ajoutez des choix qui commencent par « - ».")
    return tuple(found)


def read_lines(content: Any, key: str, notes: Notes) -> tuple[str, ...]:
    """Return sentences, one per line of the list."""
    if isinstance(content, list) and all(isinstance(each, str) for each in content):
        return tuple(each.strip() for each in content if each.strip())
    notes.at(f"« {key} »").add("une liste de phrases est attendue.", "Commencez chaque phrase par « - ».")
    return ()


def read_minutes(text: Any, notes: Notes) -> int:
    """Return how long the exercise takes, in minutes."""
    found = re.fullmatch(r"(\d{1,2})\s*(min|minutes)?", str(text).strip())
    if not found:
        notes.at("« duree »").add(f"{quoted(text)} n'est pas une durée.", "Écrivez par exemple 5 min.")
    return int(found[1]) if found else 5


def read_example(content: Any, units: Mapping[str, str], notes: Notes) -> tuple[dict[str, Fraction], Fraction | None]:
    """Return the given quantities of the worked example, and the answer found by hand."""
    values: dict[str, Fraction] = {}
    for name, text in _mapping(content, "« exemple »", notes).items():
        place = f"exemple, « {name} »"
        if name not in units:
            notes.at(place).add(
                "cette grandeur n'existe pas.", nearest(name, units) or "Gardez les noms des grandeurs."
            )
            continue
        try:
            values[name] = amount(text, units[name])
        except Refused as refused:
            notes.at(place).refuse(refused)
    expected = values.pop("reponse", None)
    if content and expected is None and "reponse" in units:
        notes.at("« exemple »").add("la réponse manque.", "Écrivez « reponse: » et le nombre trouvé à la main.")
    return values, expected


def check_holes(texts: Mapping[str, Sequence[str]], known: Mapping[str, str], notes: Notes) -> None:
    """Refuse a hole that no quantity fills; a calculation in a hole needs its unit."""
    for key, lines in texts.items():
        for hole in (found for line in lines for found in HOLE.finditer(line)):
            inside, unit = hole[1].strip(), hole[2]
            made = read_formula(inside, known, f"« {key} », {{{inside}}}", notes)
            if unit is None and inside not in known and made.names:
                todo = f"Écrivez par exemple {{{inside} | €}}."
                notes.at(f"« {key} »").add(f"le calcul {quoted(inside)} n'a pas d'unité.", todo)


def check_sign(drawn: Drawn, notes: Notes) -> None:
    """Refuse numbers that mean nothing for the person who reads them: a negative quantity of the text."""
    for name, value in drawn.values.items():
        if value < 0 and name != "reponse" and f"{{{name}}}" in drawn.exercise.text:
            what = f"« {name} » vaut {shown(value, drawn.exercise.units[name])}."
            notes.at("grandeurs").add(what, "Changez les limites pour rester au-dessus de zéro.")


def check_apart(drawn: Drawn, notes: Notes) -> None:
    """Refuse two recognitions that nothing tells apart, however often numbers are drawn again."""
    answer = drawn.exercise.answer
    for name, other, value in drawn.confusions() if answer else ():
        told = "la réponse" if other == "reponse" else f"« {other} »"
        what = f"elle donne {shown(value, answer.unit)}, comme {told}." if answer else ""
        notes.at(f"erreur « {name} »").add(what, "Changez les limites, ou écrivez « comme: » et l'autre nom.")
