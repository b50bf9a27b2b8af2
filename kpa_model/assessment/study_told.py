"""What the laboratory saw, told: sentences first, then tables; figures with a name of their own come last, apart."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kpa_model.assessment.answers import ASIDE, NO_ANSWER, NOT_MET
from kpa_model.assessment.laboratory import DIFFERENT, DOUBTFUL, FEW, SHARED, Found, Study, reading_marks
from kpa_model.assessment.repeats import ENOUGH
from kpa_model.assessment.wording import GridText, Wording
from kpa_model.declare.page import Heading, Page, Part, Sentence, Stack, Stacks, Table
from kpa_model.words import count, listing, number

MOST_SHOWN = 8
"""Texts to look at again that are shown at once."""


def study_page(study: Study) -> Page:
    """Return what a group reads: what was tried, what stands out, where answers stand, then time and words."""
    return (
        Sentence(tried(study)),
        *_kept_back(study),
        *_standing_out(study),
        *_counts(study),
        *time_and_words(study),
    )


def tried(study: Study) -> str:
    """Return one sentence: how many readings this rests on."""
    if not study.on_cases and not study.on_oneself:
        return "Personne n'a encore " + ("lu un cas inventé." if study.kept_back else "essayé cette grille.")
    readers = max((each.readers for each in study.found), default=0)
    said = []
    if study.on_cases:
        said.append(f"{count(study.on_cases, 'lecture')} de cas inventés, par {count(readers, 'personne')}")
    if study.on_oneself:
        said.append(f"{count(study.on_oneself, 'personne')} sur soi-même, sans nom")
    return f"Nous regardons {listing(said)}."


def _kept_back(study: Study) -> Iterator[Part]:
    if study.kept_back:
        told = count(study.kept_back, "réponse")
        yield Sentence(f"{told} sur soi-même : le détail reste caché. Il en faut au moins cinq.", "help")


def _standing_out(study: Study) -> Iterator[Part]:
    """Yield one block for each thing that stands out; one sentence says it when nothing does."""
    found = [*_differently(study), *_nobody(study), *_twins(study), *_ceiling(study)]
    if found:
        yield Heading("Ce qui se remarque")
        yield from found
    elif any(each.given >= FEW and each.subjects >= DIFFERENT for each in study.found):
        many = max(each.subjects for each in study.found) >= ENOUGH
        weak = "" if many else f" Sous {ENOUGH} cas différents, cela ne prouve rien."
        yield Sentence(f"Rien ne se remarque pour le moment.{weak}", "success" if many else "help")
    elif study.on_cases or study.on_oneself:
        yield Sentence("C'est trop peu pour dire quelque chose. Essayez sur d'autres cas.", "help")


def _differently(study: Study) -> Iterator[Part]:
    for each in study.found:
        if each.read_differently:
            yield Sentence(
                f"« {each.criterion.name} » est compris de plusieurs façons. Sur un même cas, deux personnes disent "
                f"pareil {each.pairs.same} fois sur {each.pairs.total}. Relisez ses phrases ensemble.",
                "warning",
            )


def _nobody(study: Study) -> Iterator[Part]:
    for each in study.found:
        if each.separates_nobody:
            told = f"« {each.criterion.name} » met presque tout le monde au même niveau."
            yield Sentence(f"{told} Faut-il changer ses mots ?")


def _twins(study: Study) -> Iterator[Part]:
    if study.twins:
        yield Sentence("Des critères montent ensemble. Disent-ils deux fois la même chose ?")
        pairs = tuple((each.one.name, each.other.name) for each in study.twins)
        yield Table("Critères qui montent ensemble", ("L'un", "L'autre"), pairs)


def _ceiling(study: Study) -> Iterator[Part]:
    for each in study.found:
        if each.hits_ceiling and not each.separates_nobody:
            told = f"« {each.criterion.name} » : plus de la moitié des cas au dernier niveau."
            yield Sentence(f"{told} Manque-t-il un niveau au-dessus ?")


def _counts(study: Study) -> Iterator[Part]:
    """Yield where answers stand, criterion by criterion, and how often two readers say the same."""
    if not (study.on_cases or study.on_oneself):
        return
    levels = [each.name for each in study.grid.levels]
    lines = [
        Stack(
            each.criterion.name,
            (
                *zip(levels, each.counts, strict=True),
                (ASIDE[NOT_MET], each.not_met),
                (ASIDE[NO_ANSWER], each.no_answer),
            ),
        )
        for each in study.found
    ]
    yield Heading("Où sont les réponses")
    yield Stacks("Niveaux choisis, pour chaque critère", tuple(lines))
    if any(each.pairs.total for each in study.found):
        yield Heading("Se comprend-on de la même façon ?")
        yield Table(
            "Deux personnes devant le même cas",
            ("Critère", "Même niveau", "Un niveau d'écart", "Deux niveaux ou plus"),
            tuple(_row(each) for each in study.found if each.pairs.total),
        )


def _row(each: Found) -> tuple[str, ...]:
    counted = (each.pairs.same, each.pairs.apart, each.pairs.far)
    return (each.criterion.name, *(f"{number(held)} sur {number(each.pairs.total)}" for held in counted))


def time_and_words(study: Study) -> Iterator[Part]:
    """Yield how long the grid takes and how hard its words are, with the texts to look at again."""
    fast, slow = (max(1, round(each)) for each in study.minutes)
    yield Heading("Le temps et les mots")
    yield Sentence(f"Il faut environ {fast} à {count(slow, 'minute')} pour la remplir. C'est indicatif.")
    if study.measured is not None:
        took = count(max(1, round(study.measured)), "minute")
        yield Sentence(f"Ici, la moitié des réponses a pris {took} ou moins.")
    yield Sentence(_ease(study.wording))
    rows = [*_again("Phrase longue", study.wording.long_sentences), *_again("Négation", study.wording.negations)]
    rows += _again("Mot long", study.wording.long_words)
    if rows:
        yield Table("À relire ensemble", ("Où", "Quoi", "Le texte"), tuple(rows))


def _again(what: str, texts: tuple[GridText, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the first texts of a kind, each once."""
    for where, text in dict.fromkeys((each.where, each.text) for each in texts[:MOST_SHOWN]):
        yield where, what, text


def _ease(found: Wording) -> str:
    told = {"facile": "faciles à lire", "moyen": "assez faciles à lire", "difficile": "difficiles à lire"}[found.said]
    each = number(Decimal(found.words) / max(found.sentences, 1) // Decimal("0.1") / 10)
    return f"Les mots sont {told}. Une phrase a {each} mots, en moyenne."


def study_details(study: Study) -> Page:
    """Return the figures behind the sentences, with their names and sources: for whoever wants to check."""
    rows = [
        (
            each.criterion.name,
            _figure(each.alpha),
            f"{_figure(each.likely[0])} à {_figure(each.likely[1])}" if each.likely else "trop peu",
            f"{number(each.readers)} × {number(each.cases)}",
        )
        for each in study.found
    ]
    rows.append(("Toute la grille", _figure(study.alpha), "—", "—"))
    marks = "; ".join(f"{row['source']} ({row['valeur']} {row['unite']})" for row in reading_marks().values())
    return (
        Sentence(
            f"Alpha de Krippendorff, distances ordinales : 1 quand tous lisent pareil, 0 quand le hasard suffirait. "
            f"Repères usuels : douteux sous {_figure(DOUBTFUL)}, partagé dès {_figure(SHARED)}."
        ),
        Table(
            "Accord sur les mêmes cas",
            ("Critère", "Alpha", "Neuf fois sur dix", "Personnes × cas"),
            tuple(rows),
        ),
        *(
            Sentence(f"« {each.one.name} » et « {each.other.name} » : tau de Kendall {_figure(each.tau)}, "
                     f"sur {each.cases} cas différents, au-delà de ce que fait le hasard.")
            for each in study.twins
        ),
        Sentence(
            f"Facilité de lecture (Kandel et Moles, 1958) : {number(round(study.wording.ease))}. "
            "Au-dessus de 80 : facile. Sous 60 : difficile."
        ),
        Sentence(f"Temps estimé, à vérifier : {marks}.", "help"),
    )  # fmt: skip


def _figure(value: float | None) -> str:
    """Return a coefficient with two decimals, or why there is none."""
    return "—" if value is None else number(Decimal(str(round(value, 2))))
