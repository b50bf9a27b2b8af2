"""What the assistant shows: the first lines of each table; the questions left, the heaviest first, three a file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from kpa_model.files.book.cells import bare, same
from kpa_model.files.book.dates import Period
from kpa_model.files.book.dictionaries import Column, dictionaries
from kpa_model.files.book.findings import ASKED as ALL_ASKED
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.spread.kinds import of_words
from kpa_model.files.book.tables import Row
from kpa_model.files.book.where import Place
from kpa_model.files.book.writing import text_of
from kpa_model.files.importing.completing import ASKED, PEOPLE
from kpa_model.files.importing.recipe import Recipe, Source
from kpa_model.words import listing

MOST_QUESTIONS = 3
_SALES = ("montant_ht", "taux_tva", "argent", "analytique", "factures", "achats")
_STAKE = {"table": 6, "personnes.colonnes": 6, **dict.fromkeys(_SALES, 5)}
_STAKE |= {**dict.fromkeys(("duree", "personne", "partage"), 4), "genre": 3, "encaissements": 3, "reglement": 2}
_KIND, _FIRST = "genre", ("table", "personnes.colonnes", "colonne.duree", "colonne.personne")
"""What may be one answer for several files, and what comes before: a file may ask it only then."""
_WHO = "personne"
_OTHER, _LIKELY = "autre", "oui"
_DEPENDS = {_KIND: (_OTHER, "Cela dépend du fichier"), _WHO: (_OTHER, "Répondre fichier par fichier")}
"""What says that files differ; the answer, `autre.genre` or `autre.personne`, is a passing one."""


@dataclass(frozen=True)
class FileQuestion:
    """One thing to ask about one source: where it shows, what can be answered; `parts` are those it asks together.

    Other places of the same source that ask it are in `also`: one answer holds for them all.
    """

    source: Source | None
    place: Place
    doubt: Doubt
    parts: tuple[FileQuestion, ...] = ()
    also: tuple[Place, ...] = ()

    @property
    def key(self) -> str:
        """Return what tells this question from the others."""
        if self.source is None:
            return self.doubt.topic
        return f"{' '.join(sorted(self.source.titles)) or self.source.name}|{self.doubt.topic}"

    @property
    def where(self) -> str:
        """Return where it shows; every file and sheet that asks it when they are several."""
        if not self.parts:
            return f"{self.place}{self._elsewhere}"
        if self.doubt.topic == _WHO:  # the question names them
            return f"Ces {len(self.parts)} fichiers"
        sheets: dict[str, dict[str, None]] = {}
        for each in self.parts:
            sheets.setdefault(each.place.file, {})[each.place.sheet] = None
        return f"Pour {listing([_with_sheets(file, [*names]) for file, names in sheets.items()], most=6)}"

    @property
    def _elsewhere(self) -> str:
        """Return the other files, or the other sheets of its file, where the same answer is needed."""
        files = [*dict.fromkeys(each.file for each in self.also if each.file != self.place.file)]
        sheets = [*dict.fromkeys(f"« {each.sheet} »" for each in self.also if each.sheet != self.place.sheet)]
        names = files or sheets
        if not names:
            return ""
        if len(names) <= _NAMED:
            return f" ; de même dans {listing(names)}"
        return f" ; de même dans {len(names)} autres {'fichiers' if files else 'feuilles'}"


_NAMED = 2
"""How many other files, or sheets of a file, are named."""


def _with_sheets(file: str, sheets: Sequence[str]) -> str:
    """Return a file and the sheets meant in it; beyond two, how many."""
    if len(sheets) > _NAMED:
        return f"{file} ({len(sheets)} feuilles)"
    names = listing([f"« {sheet} »" for sheet in sheets if sheet])
    return f"{file}, feuille{'s' if len(sheets) > 1 else ''} {names}" if names else file


def with_answer(recipe: Recipe, question: FileQuestion, said: str) -> Recipe:
    """Return the recipe that remembers an answer, about each file that asked."""
    if question.parts and said == _OTHER:
        return replace(recipe, answers={**recipe.answers, f"{_OTHER}.{question.doubt.topic}": said})
    for each in question.parts or (question,):
        if each.source and each.doubt.words:
            recipe = _with_words(recipe, each.source, question.doubt, said)
        else:
            own = each.doubt.likely if question.parts else ""
            recipe = _with_one(recipe, each.source, each.doubt, own or said)
    return recipe


def _with_words(recipe: Recipe, source: Source, doubt: Doubt, said: str) -> Recipe:
    """Return the recipe that remembers the answer of each word: one for all of them, or one each in their order."""
    answers = said.split("|")
    for word, own in zip(doubt.words, answers * len(doubt.words) if len(answers) == 1 else answers, strict=True):
        recipe = recipe.with_answer(source, f"{doubt.topic}.{bare(word)}", own)
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
        if said is None or doubt.several or doubt.words:
            before = found.setdefault(made.key, made)
            if before is not made:
                found[made.key] = _one((before, made)) if doubt.words else replace(before, also=(*before.also, place))
        else:
            what = (
                f"{doubt.question} Votre réponse, « {dict(doubt.options).get(said, said)} », ne suffit pas à le lire."
            )
            findings.problem(place, what, doubt.todo)
    asked = _together([*found.values()], {topic for topic in _DEPENDS if f"{_OTHER}.{topic}" in recipe.answers})
    kept: list[FileQuestion] = []
    for each in sorted(asked, key=lambda each: -_weight(each.doubt.topic)):
        if sum(other.source == each.source for other in kept) < MOST_QUESTIONS:
            kept.append(each)
    return tuple(kept)


def _together(asked: Sequence[FileQuestion], apart: Collection[str]) -> list[FileQuestion]:
    """Return the questions with those that several files ask alike as one: whose hours they are, their kind of work.

    The kind waits while another file may still ask it. Those of `apart` are asked file by file.
    """
    who = [each for each in asked if each.doubt.likely and _WHO not in apart]
    if len({same(each.doubt.likely) for each in who}) < 2:
        who = []
    kinds = [each for each in asked if each.doubt.topic == _KIND]
    others = [each for each in asked if each not in who and each not in kinds]
    if any(each.doubt.topic.startswith(f"{_WHO}.") for each in asked):  # all of them have to be known first
        others = [each for each in others if each.doubt.topic != PEOPLE]
    told = [each.source for each in kinds]
    groups: dict[str, list[FileQuestion]] = {_WHO: who} if who else {}
    if not any(each.doubt.topic.startswith(_FIRST) and each.source not in told for each in others):
        for each in kinds:
            alike = "" if each.doubt.words else each.key if _KIND in apart else each.doubt.question
            groups.setdefault(alike, []).append(each)
    return [*(_one(group) for group in groups.values()), *others]


def _one(group: Sequence[FileQuestion]) -> FileQuestion:
    """Return the question that some files ask: about all their words, else with an option more, they may differ."""
    first, parts = group[0], [part for each in group for part in each.parts or (each,)]
    if len(parts) == 1:
        return first
    if first.doubt.words:
        words = [*{bare(word): word for each in group for word in each.doubt.words}.values()]
        doubt = of_words(words) if first.doubt.topic == _KIND else replace(first.doubt, words=tuple(words))
        if all(each.doubt.options == first.doubt.options for each in group):
            doubt = replace(doubt, options=first.doubt.options, means=first.doubt.means)
    elif first.doubt.likely:
        alone = len({each.place.file for each in parts}) == len(parts)  # « Feuil1 » of each file says nothing
        where = [each.place.file if alone else each.place.sheet or each.place.file for each in parts]
        told = ", ".join(f"{each.doubt.likely} ({name})" for each, name in zip(parts, where, strict=True))
        question = f"{first.doubt.question} D'après leurs noms : {told}."
        doubt = Doubt(_WHO, question, ((_LIKELY, "Oui, pour tous"), _DEPENDS[_WHO]), first.doubt.todo)
    else:
        means = (*first.doubt.means, "vous répondrez pour chacun")
        doubt = replace(first.doubt, options=(*first.doubt.options, _DEPENDS[_KIND]), means=means)
    return replace(first, doubt=doubt, parts=tuple(parts))


def _weight(topic: str) -> int:
    """Return how much hangs on a question: what a table is, then euros, then hours."""
    return _STAKE.get(own := topic.split("@")[0].removeprefix("colonne."), _STAKE.get(own.split(".")[0], 1))


_SHOWN = 3


@dataclass(frozen=True)
class Understood:
    """One table as the assistant understands it: where it was, what it is, its first lines."""

    place: str
    table: str
    count: int
    titles: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def first_lines(table: str, rows: Sequence[Row]) -> Understood:
    """Return the first lines of a table, as the book writes them; a week that was shared by its days is one line."""
    facts = [row for row in rows if not row.get("suite_de_periode")]
    known = dictionaries()[table]
    before_tax = any("montant_ht" in row.values for row in rows)
    taxed = [replace(each, label="Montant TTC") for each in known.aids if each.name == "montant_ttc" and not before_tax]
    columns = [each for each in (*known.columns, *taxed) if any(row.get(each.name) is not None for row in rows)]
    lines = tuple(tuple(_cell(row, each) for each in columns) for row in facts[:_SHOWN])
    return Understood(_places(rows), table, len(facts), tuple(each.label for each in columns), lines)


def _places(rows: Sequence[Row]) -> str:
    """Return the files that gave a table, each with its sheets."""
    sheets: dict[str, dict[str, None]] = {}
    for row in rows:
        sheets.setdefault(row.grid.file, {}).setdefault(row.grid.sheet)
    told = []
    for file, names in sheets.items():
        named = [f"« {each} »" for each in names if each]
        word = "feuille" if len(named) == 1 else "feuilles"
        told.append(f"{file}, {word} {listing(named)}" if named else file)
    return " + ".join(told)


def _cell(row: Row, column: Column) -> str:
    value = row.get("periode", {}).get(column.name, row.get(column.name))
    if column.name == "debut" and value is not None:  # it would look like the time worked
        return f"dès {text_of(round(value), column)}"
    if isinstance(value, Period):
        return value.told
    return text_of(round(value) if column.kind == "duree" and value is not None else value, column)
