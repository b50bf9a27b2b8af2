"""Choosing projects with a small common budget, by equal shares: several groups are served, not only the largest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import ClassVar

from kpa_model.decision import telling
from kpa_model.decision.equal_shares import Shared, completed, equal_shares, most_votes
from kpa_model.declare.form import Form, Several
from kpa_model.declare.page import Bar, Bars, Heading, Page, Sentence, Table
from kpa_model.declare.setting import setting
from kpa_model.declare.unit import EURO
from kpa_model.declare.worded import prices
from kpa_model.words import count, euros
from kpa_model.workshop.activity import Answer, Room, Round, activity

PROJECTS = (
    ("Une formation au devis", 20_000),
    ("Des outils de jardin", 30_000),
    ("Une fête de quartier", 20_000),
    ("Un site internet", 10_000),
)
STEPS = 100
"""In how many steps, at most, a purse grows to the cost of the largest project."""


@activity("budget", "Choisir nos projets", "Un petit budget commun, des projets, et chaque personne pèse autant.")
class Budget(telling.Discreet):
    """Tick the projects you support; equal shares funds some, and tells why."""

    projects: tuple[tuple[str, int], ...] = prices("projets", "Les projets et leur prix, en euros", PROJECTS)
    budget: int = setting("budget", EURO, "Le budget", default=600, low=1, high=100_000)
    kept: ClassVar[bool] = True

    def rounds(self) -> tuple[Round, ...]:
        """Return the one time of asking."""
        return (Round("choix", "Quels projets soutenez-vous ?"),)

    def costs(self) -> dict[str, int]:
        """Return project → cents."""
        return dict(self.projects)

    def form(self, key: str, room: Room, person: str) -> Form:
        """Ask which projects one supports."""
        options = {f"projet_{at}": f"{name} : {euros(cost)}" for at, (name, cost) in enumerate(self.projects)}
        asked = Several("projets", "Cochez tout ce que vous soutenez", options=options, needed=False)
        intro = f"Le budget est de {euros(self.budget)}. Tout ne sera peut-être pas payé. {self.promise()}"
        return Form((asked,), title=self.title, intro=intro)

    def page(self, key: str, room: Room) -> Page:
        """Tell the support of each project, what is funded and why, and what most votes first would fund."""
        given = room.given(key)
        if self.hidden(len(given)):
            return telling.small_group(len(given))
        likes = self._likes(given)
        votes = {name: sum(name in each for each in likes) for name in self.costs()}
        shared = _completed(self.budget, self.projects, likes, self._unit())
        bars = tuple(Bar(name, votes[name], f"{votes[name]} sur {len(likes)}") for name in votes)
        return (
            Sentence(_divides(votes, len(likes)), tone="big"),
            Bars("Combien de personnes soutiennent chaque projet", bars, full=len(likes)),
            *self._funded(shared, likes),
            *self._beside(shared, likes),
            telling.answered(room, key),
        )

    def _unit(self) -> int:
        return max(100, -(-max(self.costs().values(), default=0) // STEPS))

    def _likes(self, given: Mapping[str, Answer]) -> tuple[tuple[str, ...], ...]:
        """Return the projects of each person, in an order that does not tell who."""
        names = {f"projet_{at}": name for at, (name, _) in enumerate(self.projects)}
        return tuple(sorted(tuple(names[one] for one in each["projets"] if one in names) for each in given.values()))

    def _funded(self, shared: Shared, likes: Sequence[Sequence[str]]) -> Page:
        """Return what is funded, who pays it in purses, and what is left of the budget."""
        if not shared.projects:
            return (Heading("Le résultat"), Sentence("Aucun projet ne peut être payé par ses soutiens.", tone="big"))
        costs = self.costs()
        left = self.budget - sum(costs[name] for name in shared.projects)
        purse = Fraction(self.budget, len(likes))
        rows = tuple(
            (each.project, euros(costs[each.project]), str(len(each.by)), euros(round(max(each.by.values()))))
            for each in shared.paid
        )
        paid = len(rows)
        said = f"{count(paid, 'projet est payé', 'projets sont payés')}. Il reste {euros(left)}."
        first = equal_shares(purse, costs, likes)
        grown = "Ensuite les parts grandissent, tant que le vrai budget suffit."
        more = (Sentence(grown),) if {*first.projects} != {*shared.projects} else ()
        return (
            Heading("Le résultat"),
            Sentence(said, tone="big"),
            Sentence(f"Chaque personne a la même part du budget, environ {euros(round(purse))}."),
            Sentence("Les personnes qui soutiennent un projet le paient ensemble, à parts égales si elles peuvent."),
            *more,
            Table("Les projets payés", ("Projet", "Prix", "Soutiens", "Part de chaque soutien, au plus"), rows),
            Sentence("À égalité, le premier de la liste passe d'abord.", tone="help"),
        )

    def _beside(self, shared: Shared, likes: Sequence[Sequence[str]]) -> Page:
        """Return what most votes first would fund, and how many people would get nothing they support."""
        usual = most_votes(self.budget, self.costs(), likes)
        if {*usual} == {*shared.projects}:
            return (Sentence("« Le plus de voix d'abord » donnerait la même chose.", tone="help"),)
        rows = [
            (name, *("payé" if name in projects else "—" for projects in (shared.projects, usual)))
            for name in self.costs()
        ]
        alone = (str(_nothing(projects, likes)) for projects in (shared.projects, usual))
        rows.append(("Personnes sans aucun de leurs choix", *alone))
        head = ("Projet", "Parts égales", "Le plus de voix d'abord")
        return (Table("Et si l'on comptait seulement les voix ?", head, tuple(rows)),)


@lru_cache(maxsize=64)
def _completed(
    budget: int, projects: tuple[tuple[str, int], ...], likes: tuple[tuple[str, ...], ...], unit: int
) -> Shared:
    """Return `completed`; kept, since a screen asks it often."""
    return completed(budget, dict(projects), likes, unit)


def _nothing(projects: Sequence[str], likes: Sequence[Sequence[str]]) -> int:
    """Count the people who ticked something and get nothing of it."""
    return sum(bool(each) and not {*each} & {*projects} for each in likes)


def _divides(votes: Mapping[str, int], people: int) -> str:
    """Return the project whose support is closest to half of the people."""
    if not votes:
        return "Il n'y a pas de projet."
    most = min(votes, key=lambda name: abs(2 * votes[name] - people))
    if not votes[most] or votes[most] == people:
        return "Nous soutenons les mêmes projets."
    return f"Ce qui nous partage le plus : « {most} »."
