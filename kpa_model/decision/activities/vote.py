"""Rating two to six rules by majority judgment: every rule gets a grade from everybody, its effect is on the ballot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from kpa_model.decision import majority, telling
from kpa_model.decision.majority import GRADES
from kpa_model.decision.options import Option, named, options_of
from kpa_model.declare.form import Choice, Form
from kpa_model.declare.page import Page, Sentence, Stack, Stacks, Table
from kpa_model.declare.setting import choice
from kpa_model.declare.worded import lines
from kpa_model.words import count, listing
from kpa_model.workshop.activity import Addable, Room, Round, activity

SCALE = {str(at): grade for at, grade in enumerate(GRADES)}
ALL, LOWEST, WHOLE = "toutes", "plus_basse", "complets"
MISSING = {
    ALL: "Chaque personne donne une mention à chaque règle",
    LOWEST: "Une mention manquante compte comme la plus basse",
    WHOLE: "Seuls les bulletins complets comptent",
}
Grades = Mapping[str, Sequence[int]]


@activity("jugement_majoritaire", "Jugement majoritaire", "Chaque règle reçoit une mention de chaque personne.")
class Vote(telling.Discreet):
    """A grade for each rule; the best middle grade wins, ties are told."""

    kept: ClassVar[bool] = True
    added: ClassVar[Addable | None] = Addable("Donner une mention. Un choix par ligne", "own")
    own: tuple[str, ...] = lines("choix", "Les choix (vide : les règles comparées dans le cahier)", most=6)
    missing: str = choice("sans_mention", "Si une mention manque", MISSING)

    def rounds(self) -> tuple[Round, ...]:
        """Return the one time of asking."""
        return (Round("vote", "Donnez une mention à chaque règle"),)

    def form(self, key: str, room: Room, person: str) -> Form:
        """Ask a grade for each rule, its effect beside it."""
        return ballot(options_of(room, self.own), self.title, self._intro(), needed=self.missing == ALL)

    def _intro(self) -> str:
        lowest = " Sans mention, c'est la plus basse." if self.missing == LOWEST else ""
        whole = " Un bulletin incomplet ne compte pas." if self.missing == WHOLE else ""
        return f"Plusieurs règles peuvent avoir la même mention.{lowest}{whole} {self.promise()}"

    def page(self, key: str, room: Room) -> Page:
        """Tell the result and why, all the grades, then what divides."""
        options = options_of(room, self.own)
        if not options:
            return (Sentence("Il n'y a pas de règle à noter. Choisissez-en dans le cahier."),)
        grades, ballots = counted(room.given(key), options, self.missing)
        if self.hidden(ballots):
            return telling.small_group(len(room.given(key)))
        left_out = len(room.given(key)) - ballots
        said = f"{count(left_out, 'bulletin incomplet', 'bulletins incomplets')} de côté." if left_out else ""
        return (
            *result(grades, options),
            stacks(grades, options),
            Sentence(what_divides(grades, options)),
            middles(grades, options),
            *((Sentence(said, tone="help"),) if said else ()),
            telling.answered(room, key),
        )

    def leading(self, room: Room) -> tuple[str, ...]:
        """Return what comes first, once revealed and when enough people answered."""
        key, options = self.last_round(room), options_of(room, self.own)
        grades, ballots = counted(room.given(key), options, self.missing)
        return leaders(grades, options) if options and ballots and not self.hidden(ballots) else ()


def leaders(grades: Grades, options: Sequence[Option]) -> tuple[str, ...]:
    """Return the titles of the rules that come first."""
    titles = {option.key: option.title for option in options}
    return tuple(titles[key] for key in majority.ranking(grades)[0])


def ballot(options: Sequence[Option], title: str, intro: str, needed: bool = True) -> Form:
    """Return a form with one grade per option, from worst to best."""
    fields = tuple(
        Choice(option.key, option.title, help=option.help, needed=needed, options=SCALE, scale=True)
        for option in options
    )
    return Form(fields, title=title, intro=intro)


def counted(given: Mapping[str, Mapping[str, Any]], options: Sequence[Option], missing: str) -> tuple[Grades, int]:
    """Return option → grades, as many for each, and how many ballots count."""
    ballots = [[each.get(option.key) for option in options] for each in given.values()]
    if missing != LOWEST:
        ballots = [each for each in ballots if None not in each]
    whole = [[int(grade or 0) for grade in each] for each in ballots]
    return {option.key: [each[at] for each in whole] for at, option in enumerate(options)}, len(whole)


def what_divides(grades: Grades, options: Sequence[Option]) -> str:
    """Return the rule with most grades at both ends, a quarter of the group on each side; else the widest one."""
    ends = {key: min(sum(g <= 1 for g in found), sum(g >= 4 for g in found)) for key, found in grades.items()}
    most = max(ends, key=lambda key: ends[key])
    if 4 * ends[most] < len(grades[most]):
        apart = {key: max(found, default=0) - min(found, default=0) for key, found in grades.items()}
        widest = max(apart, key=lambda key: apart[key])
        if apart[widest] <= 1:
            return "Pour chaque règle, nos mentions sont proches."
        return f"Les mentions les plus éloignées : {named([widest], options)[0]}."
    return f"{named([most], options)[0]} partage le groupe : des mentions hautes et basses."


def stacks(grades: Grades, options: Sequence[Option]) -> Stacks:
    """Return how many of each grade each rule received."""
    lines_ = tuple(
        Stack(option.title, tuple((grade, grades[option.key].count(at)) for at, grade in enumerate(GRADES)))
        for option in options
    )
    return Stacks("Les mentions reçues", lines_)


def result(grades: Grades, options: Sequence[Option]) -> Page:
    """Return the winner, or the tie, in a sentence, then why."""
    ranks = majority.ranking(grades)
    first = named(ranks[0], options)
    if len(first) > 1:
        said = (f"{listing(first)} sont à égalité.", "Elles ont reçu exactement les mêmes mentions. À vous de parler.")
    else:
        said = (f"{first[0]} arrive en tête.", "")
    why = reason(grades, ranks, options) if len(ranks) > 1 and len(first) == 1 else ""
    return (Sentence(said[0], tone="big"), *(Sentence(text) for text in (said[1], why) if text))


def middles(grades: Grades, options: Sequence[Option]) -> Table:
    """Return the majority grade of each rule, in the order listed."""
    rows = tuple((option.title, GRADES[majority.majority_grade(grades[option.key])]) for option in options)
    return Table("La mention du milieu : la moitié au moins donne celle-là ou mieux", ("Règle", "Mention"), rows)


def reason(grades: Grades, ranks: Sequence[Sequence[str]], options: Sequence[Option]) -> str:
    """Return why the first comes before the second, as people would count it with papers on a table."""
    one, other = ranks[0][0], ranks[1][0]
    first, second = named([one, other], options)
    values = [majority.majority_value(grades[key]) for key in (one, other)]
    aside = majority.set_aside(grades[one], grades[other])
    now = [GRADES[value[aside]] for value in values]
    if not aside:
        return f"Sa mention du milieu est « {now[0]} ». Celle de {second} est « {now[1]} »."
    same = f"{first} et {second} ont la même mention du milieu : « {GRADES[values[0][0]]} »."
    times = "une fois" if aside == 1 else f"{aside} fois"
    step = f"On met {times} de côté la mention du milieu, la même pour les deux."
    return f"{same} {step} Alors la première passe à « {now[0]} », l'autre à « {now[1]} »."
