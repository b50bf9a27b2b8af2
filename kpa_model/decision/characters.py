"""Character cards for the veil of ignorance: invented people, their hours, their situation. See `data/personnages/`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from kpa_model import places
from kpa_model.declare.entry import entries, entry, part
from kpa_model.declare.part import Text
from kpa_model.declare.plain_yaml import FileKind
from kpa_model.declare.setting import NumberSetting
from kpa_model.declare.unit import EURO, HOURS, MONTHS, PLAIN, Unit
from kpa_model.declare.yaml_file import YamlFile
from kpa_model.errors import KpaError
from kpa_model.words import slug


class WrongCards(KpaError):
    """A file of characters, or of cases to share, cannot be taken as it is."""


KIND = FileKind("un jeu de cartes", "« titre: » puis « personnages: »", WrongCards, "un jeu prêt", deepest=6)


def number_of(name: str, unit: Unit, default: int = 0) -> Any:
    """Declare a number of a card, in its unit."""
    return part(NumberSetting(name, "", unit.scale, unit, 0, 10_000_000), default=default)


@entry
class Character:
    """An invented person: minutes of each kind, cents claimed, hundredths of a point and of need, months here."""

    name: str = part(Text("nom"))
    text: str = part(Text("texte"))
    pole: str = part(Text("pole"), default="")
    job: int = number_of("prestation", HOURS)
    support: int = number_of("appui", HOURS)
    commons: int = number_of("commun", HOURS)
    learning: int = number_of("formation", HOURS)
    brought: int = number_of("apporte", PLAIN)
    points: int = number_of("points", PLAIN)
    claim: int = number_of("demande", EURO)
    need: int = number_of("besoin", PLAIN, 100)
    seniority: int = number_of("anciennete", MONTHS)

    @property
    def key(self) -> str:
        """Name in answers."""
        return slug(self.name)


@entry
class _Cards:
    title: str = part(Text("titre"))
    source: str = part(Text("source"))
    people: tuple[Character, ...] = entries(Character, "personnages", "personnage")


FILE = YamlFile(KIND, _Cards, "Jeu de cartes")


def load(path: Path) -> tuple[Character, ...]:
    """Read the characters of a file. Raises WrongCards."""
    return FILE.load(path).people


@lru_cache(maxsize=1)
def ready() -> tuple[Character, ...]:
    """Return the characters that come with the workbook."""
    return load(places.data() / "personnages" / "huit_personnages.yaml")
