"""Small cases to share, and which mix of principles says best how they are shared. See `data/vignettes/`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from kpa_model import places
from kpa_model.decision.characters import WrongCards, number_of
from kpa_model.decision.principles import Fit, alike, fit, mixed
from kpa_model.declare.entry import entries, entry, part
from kpa_model.declare.part import Text
from kpa_model.declare.plain_yaml import FileKind
from kpa_model.declare.setting import NumberSetting
from kpa_model.declare.unit import EURO, HOURS, PLAIN
from kpa_model.declare.yaml_file import YamlFile
from kpa_model.errors import Problem, nearest
from kpa_model.words import hours, listing, slug

KIND = FileKind("un jeu de cas", "« titre: » puis « cas: »", WrongCards, "un jeu prêt", deepest=7)
PRINCIPLES = {
    "equal": "les parts égales",
    "hours": "les heures",
    "brought": "apporter la commande",
    "welcome": "le commun",
    "need": "le besoin",
}
"""Principles, equal shares first, and how each is said."""
NEAR = Fraction(1, 20)
"""Two principles whose shares differ by less than this part of the pot, on average, cannot be told apart."""
MOST_CASES, MOST_PEOPLE = 6, 6


@entry
class Someone:
    """A person of a case: minutes, orders brought and need in hundredths."""

    name: str = part(Text("nom"))
    hours: int = number_of("heures", HOURS)
    brought: int = number_of("apporte", PLAIN)
    welcome: int = number_of("accueil", HOURS)
    need: int = number_of("besoin", PLAIN, 100)

    @property
    def key(self) -> str:
        """Name in answers."""
        return slug(self.name)

    def about(self) -> str:
        """Return who she is in a few words: `Lou : 10 h, a trouvé la commande`."""
        said = [
            f"{hours(self.hours)} de travail" if self.hours else "",
            "a trouvé la commande" if self.brought else "",
            f"{hours(self.welcome)} pour le commun" if self.welcome else "",
            "en a plus besoin" if self.need > 100 else "",
        ]
        return f"{self.name} : {', '.join(each for each in said if each)}"


@entry
class Case:
    """A pot in cents to share between a few invented people."""

    title: str = part(Text("titre"))
    story: str = part(Text("recit"))
    pot: int = part(NumberSetting("euros", "", 300_00, EURO, 1_00, 100_000_00))
    people: tuple[Someone, ...] = entries(Someone, "personnes", "personne", fewest=2, most=MOST_PEOPLE)

    @property
    def key(self) -> str:
        """Name in answers."""
        return slug(self.title)

    def shares(self, principle: str) -> list[Fraction]:
        """Return the share of each person by a principle; equal shares where it does not speak of anybody."""
        weights = [getattr(each, principle, 1) for each in self.people]
        if not any(weights):
            weights = [1 for _ in self.people]
        return [Fraction(weight, sum(weights)) for weight in weights]


@entry
class _Set:
    title: str = part(Text("titre"))
    source: str = part(Text("source"))
    cases: tuple[Case, ...] = entries(
        Case, "cas", "cas", many="cas", fewest=1, most=MOST_CASES, begins="titre: …", called="titre"
    )


FILE = YamlFile(KIND, _Set, "Jeu de cas")


@lru_cache(maxsize=8)
def load(path: Path, written: int = 0) -> tuple[Case, ...]:
    """Read the cases of a file; `written` is when it last changed, so that a changed file is read again.

    Raises:
        WrongCards: the file cannot be taken.
    """
    return FILE.load(path).cases


READY = "quatre_partages"


def named(name: str = READY) -> Cases:
    """Return the cases of a file of that name: the group's own (folder `vignettes`), else those of the workbook.

    Raises:
        WrongCards: no such file, or a file that cannot be taken.
    """
    file = f"{slug(name)}.yaml"
    folders = (places.personal() / "vignettes", places.data() / "vignettes")
    found = next((folder / file for folder in folders if (folder / file).is_file()), None)
    if found is None:
        known = sorted({path.stem for folder in folders for path in folder.glob("*.yaml")})
        todo = nearest(name, known) or f"Jeux connus : {', '.join(known)}."
        raise WrongCards(Problem(f"Jeu de cas « {name} »", "ce nom n'existe pas.", todo))
    return load(found, found.stat().st_mtime_ns)


Cases = tuple[Case, ...]
Shared = Mapping[str, Mapping[str, int]]
"""Case → name of a person of the case → cents given."""


def shares_given(cases: Cases, shared: Shared) -> tuple[Fraction, ...]:
    """Return the share of each person of each case, in the order of the cases."""
    return tuple(
        Fraction(int(shared.get(case.key, {}).get(one.key, 0)), case.pot) for case in cases for one in case.people
    )


def rows(cases: Cases) -> list[list[Fraction]]:
    """Return the shares by each principle, in the order of `PRINCIPLES`."""
    return [[share for case in cases for share in case.shares(name)] for name in PRINCIPLES]


@lru_cache(maxsize=1024)
def explain(cases: Cases, given: tuple[Fraction, ...]) -> Fit:
    """Return the mix of principles closest to shares given; see `principles.fit`. Kept: a screen asks it often."""
    return fit(rows(cases), given)


def cents_apart(cases: Cases, given: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    """Return how far the mix is from the amounts given: mean cents for each person of each case."""
    pots = [case.pot for case in cases for _ in case.people]
    gaps = [abs(a - b) * pot for a, b, pot in zip(mixed(rows(cases), weights), given, pots, strict=True)]
    return sum(gaps, Fraction(0)) / len(gaps)


def mean(all_given: Sequence[Sequence[Fraction]]) -> tuple[Fraction, ...]:
    """Return the mean shares of a group. Its closest mix is also the one closest to all its people together."""
    return tuple(sum(column, Fraction(0)) / len(column) for column in zip(*all_given, strict=True))


@lru_cache(maxsize=8)
def confused(cases: Cases) -> tuple[str, ...]:
    """Return a sentence for each pair of principles that these cases cannot tell apart, or one for them all."""
    names, table = [*PRINCIPLES.values()], rows(cases)
    pairs = alike(table, NEAR)
    said = [f"Ces cas ne distinguent pas « {names[one]} » et « {names[other]} »." for one, other in pairs]
    if not said and not explain(cases, tuple(table[0])).sure:
        said = ["Ces cas ne suffisent pas à distinguer tous les principes."]
    return tuple(said)


def in_words(weights: Sequence[Fraction]) -> str:
    """Return a mix as people say it: `Surtout : les heures. Un peu : les parts égales.`

    From half on, a principle is said `surtout`; from one quarter on, `en partie`; from a tenth on, `un peu`.
    """
    named = sorted(zip(weights, PRINCIPLES.values(), strict=True), key=lambda each: -each[0])
    if named[0][0] > Fraction(9, 10):
        return f"Presque seulement : {named[0][1]}."
    if named[0][0] < Fraction(1, 4):
        return "Un peu de tout : aucun principe ne domine."
    much = [name for weight, name in named if weight >= Fraction(1, 2)]
    partly = [name for weight, name in named if Fraction(1, 4) <= weight < Fraction(1, 2)]
    little = [name for weight, name in named if Fraction(1, 10) <= weight < Fraction(1, 4)]
    groups = (("Surtout", much), ("En partie", partly), ("Un peu", little))
    return " ".join(f"{word} : {listing(names)}." for word, names in groups if names)
