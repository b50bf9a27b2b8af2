"""Character cards for the veil of ignorance: invented people, their hours, their situation. See `data/personnages/`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kpa_model import places
from kpa_model.declare.plain_yaml import LARGEST, Kind, read_mapping
from kpa_model.declare.unit import HOURS, PLAIN, Refused, Unit, quoted
from kpa_model.errors import KpaError, Problem, nearest
from kpa_model.words import slug


class WrongCards(KpaError):
    """A file of characters, or of cases to share, cannot be taken as it is."""


KIND = Kind("un jeu de cartes", "« titre: » puis « personnages: »", WrongCards, "un jeu prêt", deepest=6)
NUMBERS: Mapping[str, tuple[str, Unit]] = {
    "prestation": ("job", HOURS),
    "appui": ("support", HOURS),
    "commun": ("commons", HOURS),
    "formation": ("learning", HOURS),
    "apporte": ("brought", PLAIN),
    "points": ("points", PLAIN),
    "demande": ("claim", Unit("€", 100, ("€",))),
    "besoin": ("need", PLAIN),
    "anciennete": ("seniority", Unit("mois", 1, ("mois",))),
}


@dataclass(frozen=True)
class Character:
    """An invented person: minutes of each kind, cents claimed, hundredths of a point and of need, months here."""

    key: str
    name: str
    text: str
    pole: str = ""
    job: int = 0
    support: int = 0
    commons: int = 0
    learning: int = 0
    brought: int = 0
    points: int = 0
    claim: int = 0
    need: int = 100
    seniority: int = 0


def read_numbers(entry: Mapping[str, Any], known: Mapping[str, tuple[str, Unit]], where: str) -> dict[str, int]:
    """Return attribute → inner value for the numbers an entry gives. Raises WrongCards with all problems."""
    found, problems = dict[str, int](), list[Problem]()
    for name, (attribute, unit) in known.items():
        if name in entry:
            try:
                found[attribute] = unit.read(entry[name], 0, 10_000_000, unit.scale)
            except Refused as refused:
                problems.append(Problem(f"{where}, « {name} »", refused.what, refused.todo))
    if problems:
        raise WrongCards(*problems)
    return found


def check_parts(entry: Any, known: Sequence[str], needed: Sequence[str], where: str) -> None:
    """Refuse an entry with unknown or missing parts. Raises WrongCards."""
    if not isinstance(entry, dict):
        raise WrongCards(Problem(where, "ce n'est pas une fiche.", f"Écrivez « {needed[0]}: » puis le reste."))
    problems = [
        Problem(where, f"{quoted(part)} n'est pas connu ici.", nearest(part, known) or f"Connus : {', '.join(known)}.")
        for part in entry
        if part not in known
    ]
    problems += [
        Problem(where, f"il manque « {part} ».", "Ajoutez cette ligne.")
        for part in needed
        if not str(entry.get(part) or "").strip()
    ]
    if problems:
        raise WrongCards(*problems)


def read_cards(path: Path, kind: Kind) -> dict[str, Any]:
    """Return what a file of cards holds, as texts. Raises WrongCards."""
    where = f"Fichier {path.name}"
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(LARGEST + 1)
    except (OSError, UnicodeDecodeError):
        raise WrongCards(Problem(where, "il ne peut pas être lu.", "Enregistrez-le en UTF-8.")) from None
    return read_mapping(text, where, kind)


def load(path: Path) -> tuple[Character, ...]:
    """Read the characters of a file. Raises WrongCards."""
    where = f"Fichier {path.name}"
    content = read_cards(path, KIND)
    check_parts(content, ("titre", "source", "personnages"), ("titre", "source", "personnages"), where)
    entries = content["personnages"]
    if not isinstance(entries, list):
        raise WrongCards(Problem(where, "les personnages ne sont pas une liste.", "Écrivez une ligne « - nom: Lou »."))
    made = []
    for at, entry in enumerate(entries, 1):
        here = f"{where}, personnage {at}"
        check_parts(entry, ("nom", "texte", "pole", *NUMBERS), ("nom", "texte"), here)
        numbers = read_numbers(entry, NUMBERS, here)
        name = str(entry["nom"])
        made.append(Character(slug(name), name, str(entry["texte"]), str(entry.get("pole") or ""), **numbers))
    return tuple(made)


@lru_cache(maxsize=1)
def ready() -> tuple[Character, ...]:
    """Return the characters that come with the workbook."""
    return load(places.data() / "personnages" / "huit_personnages.yaml")
