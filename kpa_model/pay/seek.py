"""« Je ne trouve pas ma règle »: words typed by a person lead to the nearest steps and rules, each with an example."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from kpa_model.declare.labels import plain
from kpa_model.pay.ready import every_rule
from kpa_model.pay.rule import PayRule
from kpa_model.pay.step import known_steps

CLOSE, CLOSE_SHORT = 84, 90
"""How alike two words must be, in hundredths: « vaiselle » is « vaisselle »; short, « coupe » is not « coup »."""

RARE = 60
"""What a word known by one step or rule only weighs; known by three, it weighs three times less."""

_SMALL = (
    "le la les l un une des du de d et ou a au aux en par pour avec sans plus moins que qui on nous je se ce est ne "
    "pas leur son sa ses tout tous toute chaque faire fait regle personne personnes argent donner donne recoit "
    "celui celle ceux celles quand meme quelque chose touche touchent gagne gagnent notre vos votre "
    "euro euros jamais toujours doit seul seule"
)
_EMPTY = frozenset(_SMALL.split())
"""Words that tell nothing of a rule."""

CANNOT = (
    (
        "remplacer remplacement rattrapage planning roulement creneau echange banque",
        "Qui travaille, et quand, ne se règle pas ici : une règle dit seulement où va l'argent.",
    ),
    (
        "sante maladie malade handicap famille maman mere papa pere enfant parent rsa caf allocations aides religion",
        "Une règle ne regarde jamais la santé, la famille ni les aides. Un coefficient déclaré suffit, sans raison.",
    ),
    (
        "tirage tire tirer loterie",
        "Une règle ne tire rien au sort : les mêmes faits donnent toujours les mêmes montants.",
    ),
    (
        "arrondir arrondi arrondit",
        "Une règle ne fait pas de montants ronds : elle partage au centime, et dit qui reçoit le centime de reste.",
    ),
    (
        "impot urssaf net cotisations charges",
        "Les cotisations et les impôts sont calculés ailleurs : une règle partage un coût total.",
    ),
)
"""Words of what a rule cannot say, and what to answer."""


@dataclass(frozen=True)
class Lead:
    """What may be the rule one looks for: a step, or a whole rule, by its file name; and how well it fits."""

    name: str
    title: str
    about: str
    example: str
    rule: PayRule | None
    fit: int


def seek(asked: str, most: int = 6) -> tuple[Lead, ...]:
    """Return the nearest rules and steps, the best first; nothing when nothing is near."""
    words = _words(asked)
    if not words:
        return ()
    near = {word: [_near(word, known) for _, known in _leads()] for word in words}
    rare = {word: sum(score > 0 for score in scores) for word, scores in near.items()}
    fits = [int(sum(near[word][at] * RARE // max(rare[word], 1) for word in words)) for at in range(len(_leads()))]
    found = [replace(lead, fit=fit) for (lead, _), fit in zip(_leads(), fits, strict=True) if fit]
    return tuple(sorted(found, key=lambda lead: (-lead.fit, lead.rule is None, lead.title))[:most])


def cannot(asked: str) -> tuple[str, ...]:
    """Return plainly what a rule cannot say, among what was asked, in French."""
    words = _words(asked)
    return tuple(answer for known, answer in CANNOT if any(_near(word, known.split()) == 100 for word in words))


def _near(word: str, known: Iterable[str]) -> float:
    """Return how near the nearest known word is, 0 when none is: a beginning of five letters in common is enough."""
    scores = [100.0 if word[:5] == each[:5] and len(word) > 3 else fuzz.ratio(word, each) for each in known]
    best = max(scores, default=0.0)
    return best if best >= (CLOSE if len(word) > 5 else CLOSE_SHORT) else 0.0


def _words(text: str) -> frozenset[str]:
    found = (each.rstrip("s") if len(each) > 4 else each for each in re.findall(r"[a-z]+", plain(text)))
    return frozenset(each for each in found if len(each) > 2 and each not in _EMPTY)


@lru_cache(maxsize=1)
def _leads() -> tuple[tuple[Lead, frozenset[str]], ...]:
    """Return every step and rule, with the words that lead to it."""
    steps = [
        (Lead(name, cls.title, cls.about, cls().says(), None, 0), _words(f"{cls.title} {cls.about} {cls.also}"))
        for name, cls in known_steps().items()
    ]
    rules = [
        (
            Lead(name, rule.title, rule.sentence, " ".join(rule.read_aloud()), rule, 0),
            _words(f"{rule.title} {rule.sentence} {rule.seen_at} {name.replace('_', ' ')}"),
        )
        for name, rule in every_rule().items()
    ]
    return (*rules, *steps)
