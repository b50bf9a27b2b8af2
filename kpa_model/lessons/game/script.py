"""The script of sixty minutes, and the rules read aloud, for whoever facilitates."""

from __future__ import annotations

from functools import lru_cache

from kpa_model.declare.entry import entry, part
from kpa_model.declare.part import Text
from kpa_model.declare.plain_yaml import FileKind
from kpa_model.declare.setting import NumberSetting
from kpa_model.declare.unit import MINUTES
from kpa_model.declare.yaml_file import NamedFile
from kpa_model.lessons.game.cards import WrongGame
from kpa_model.places import data

RULES = (
    "Nous sommes une petite coopérative. Nous jouons trois mois.",
    "Il y a deux bourses : la poche de chacun, et notre caisse.",
    "Chaque mois, quatre commandes sont sur la table. Nous choisissons, et nous mettons un prix.",
    "Un dé répond pour le client. Prix bas : oui dès le 2. Prix juste : dès le 3. Prix haut : dès le 5.",
    "Les achats se paient tout de suite. Les clients paient parfois plus tard.",
    "Une personne peut mettre de l'argent dans la caisse, ou le reprendre.",
    "Une carte d'imprévu arrive. La CAE prend 11,5\u00a0% de la marge de ce qui est payé.",
    "Puis nous nous payons. Sur 100\u00a0€ de coût total, 65\u00a0€ vont dans la poche.",
    "Enfin, le mois coûte à chacun ce qui est écrit sur sa fiche.",
)
"""Amounts are those of the game; the last ones come from `data/jeu/equipe.yaml`, and a test checks that they agree."""


@entry
class Moment:
    """One part of the session: how long, what to do, what often happens."""

    name: str
    title: str = part(Text("titre"))
    minutes: int = part(NumberSetting("minutes", "", 10, MINUTES, 1, 240))
    about: str = part(Text("quoi"))
    trap: str = part(Text("piege"))


FILE = NamedFile(
    FileKind("un déroulé", "le nom d'un moment, puis « titre: »", WrongGame, "deroule.yaml"), Moment, "", "moment"
)


@lru_cache(maxsize=1)
def moments() -> tuple[Moment, ...]:
    """Return the session in order. Raises WrongGame."""
    return tuple(FILE.read(data() / "jeu" / "deroule.yaml").values())
