"""What is left to ask about some files: the heaviest first, three for each; the kind of work once for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kpa_model.files.book.findings import ASKED as ALL_ASKED
from kpa_model.files.book.findings import Doubt, Findings, Place
from kpa_model.files.importing.completing import ASKED, PEOPLE
from kpa_model.files.importing.recipe import Recipe, Source
from kpa_model.words import listing

MOST_QUESTIONS = 3
_STAKE = {"table": 6, "personnes.colonnes": 6, **dict.fromkeys(("montant_ht", "taux_tva", "argent", "analytique"), 5)}
_STAKE |= {**dict.fromkeys(("duree", "personne", "partage"), 4), "genre": 3, "reglement": 2}
_KIND, _FIRST = "genre", ("table", "personnes.colonnes", "colonne.duree", "colonne.personne")
"""What may be one answer for several files, and what comes before: a file may ask it only then."""
_APART, _DEPENDS = "autre.genre", ("autre", "Cela dépend du fichier")
"""Passing: the kind of work is asked file by file, since the group said that it depends."""


@dataclass(frozen=True)
class FileQuestion:
    """One thing to ask about one source: where it shows, what can be answered. `more` are others that ask the same."""

    source: Source | None
    place: Place
    doubt: Doubt
    more: tuple[FileQuestion, ...] = ()

    @property
    def key(self) -> str:
        """Return what tells this question from the others."""
        if self.source is None:
            return self.doubt.topic
        return f"{' '.join(sorted(self.source.titles)) or self.source.name}|{self.doubt.topic}"

    @property
    def where(self) -> str:
        """Return where it shows; every file and sheet that asks it when they are several."""
        if not self.more:
            return str(self.place)
        places = dict.fromkeys(
            f"{each.place.file}, feuille « {each.place.sheet} »" if each.place.sheet else each.place.file
            for each in (self, *self.more)
        )
        return f"Pour {listing([*places], most=6)}"


def with_answer(recipe: Recipe, question: FileQuestion, said: str) -> Recipe:
    """Return the recipe that remembers an answer, about each file that asked."""
    if question.more and said == _DEPENDS[0]:
        return replace(recipe, answers={**recipe.answers, _APART: said})
    for each in (question, *question.more):
        recipe = _with_one(recipe, each.source, question.doubt, said)
    return recipe


def _with_one(recipe: Recipe, source: Source | None, doubt: Doubt, said: str) -> Recipe:
    if source is None:
        told = {**recipe.answers}
        if doubt.several:  # people asked about before keep their answer
            said = "|".join(part for part in (told.get(doubt.topic, ""), said) if part)
            topic = ASKED if doubt.topic == PEOPLE else f"{doubt.topic}{ALL_ASKED}"
            asked = [told.get(topic, ""), *(value for value, _ in doubt.options)]
            told[topic] = "|".join(part for part in asked if part)
        return replace(recipe, answers={**told, doubt.topic: said})
    if not doubt.several:
        return recipe.with_answer(source, doubt.topic, said)
    before, topic = source.answers, f"{doubt.topic}{ALL_ASKED}"  # what was asked before keeps its answer
    asked = [before.get(topic, ""), *(value for value, _ in doubt.options)]
    recipe = recipe.with_answer(source, topic, "|".join(filter(None, asked)))
    return recipe.with_answer(source, doubt.topic, "|".join(filter(None, (before.get(doubt.topic, ""), said))))


def questions_of(
    findings: Findings, sources: Mapping[tuple[str, str], Source], recipe: Recipe
) -> tuple[FileQuestion, ...]:
    """Return the questions left, those that weigh most first; three for each source, one for each topic.

    A question that was answered and comes back is a refusal: asked again, it would be asked for ever.
    """
    found: dict[str, FileQuestion] = {}
    for place, doubt in findings.doubts:
        made = FileQuestion(sources.get((place.file, place.sheet)), place, doubt)
        said = (made.source.answers if made.source else recipe.answers).get(doubt.topic)
        if said is None or doubt.several:
            found.setdefault(made.key, made)
        else:
            what = (
                f"{doubt.question} Votre réponse, « {dict(doubt.options).get(said, said)} », ne suffit pas à le lire."
            )
            findings.problem(place, what, doubt.todo)
    asked = [*found.values()] if _APART in recipe.answers else _together([*found.values()])
    kept: list[FileQuestion] = []
    for each in sorted(asked, key=lambda each: -_weight(each.doubt.topic)):
        if sum(other.source == each.source for other in kept) < MOST_QUESTIONS:
            kept.append(each)
    return tuple(kept)


def _together(asked: list[FileQuestion]) -> list[FileQuestion]:
    """Return the questions with those of the kind of work as one, when several files ask it in the same words.

    It waits while another file may still ask it.
    """
    kinds = [each for each in asked if each.doubt.topic == _KIND]
    others = [each for each in asked if each.doubt.topic != _KIND]
    told = [each.source for each in kinds]
    if any(each.doubt.topic.split("@")[0] in _FIRST and each.source not in told for each in others):
        return others
    groups: dict[str, list[FileQuestion]] = {}
    for each in kinds:
        groups.setdefault(each.doubt.question, []).append(each)
    return [*others, *(_one(group) for group in groups.values())]


def _one(group: list[FileQuestion]) -> FileQuestion:
    """Return the question that some files ask, with an option more: they may differ."""
    first, *more = group
    if not more:
        return first
    means = (*first.doubt.means, "vous répondrez pour chacun")
    doubt = replace(first.doubt, options=(*first.doubt.options, _DEPENDS), means=means)
    return replace(first, doubt=doubt, more=tuple(more))


def _weight(topic: str) -> int:
    """Return how much hangs on a question: what a table is, then euros, then hours."""
    return _STAKE.get(own := topic.split("@")[0].removeprefix("colonne."), _STAKE.get(own.split(".")[0], 1))
