"""The script of sixty minutes, and the rules read aloud, for whoever facilitates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kpa_model.declare.plain_yaml import Kind, read_mapping
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


@dataclass(frozen=True)
class Moment:
    """One part of the session: how long, what to do, what often happens."""

    title: str
    minutes: int
    about: str
    trap: str


@lru_cache(maxsize=1)
def moments() -> tuple[Moment, ...]:
    """Return the session in order. Raises WrongGame."""
    path = data() / "jeu" / "deroule.yaml"
    kind = Kind("un déroulé", "le nom d'un moment, puis « titre: »", WrongGame, path.name)
    rows = read_mapping(path.read_text(encoding="utf-8"), path.name, kind)
    return tuple(Moment(row["titre"], int(row["minutes"]), row["quoi"], row["piege"]) for row in rows.values())
