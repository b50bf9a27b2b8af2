"""What all activities say in the same words: how many answered, small groups, amounts far apart, texts without names.

Nothing here depends on the order in which people answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpa_model.declare.page import Bar, Bars, Page, Sentence, Table
from kpa_model.declare.setting import yes_no
from kpa_model.money import round_ratio
from kpa_model.randomness import Purpose, stream
from kpa_model.words import count, number, round_euros
from kpa_model.workshop.activity import SMALLEST, Activity, Room


def open_by_default(label: str) -> Any:
    """Declare, for an activity that is held in the open, the setting that hides small groups."""
    return yes_no("a_decouvert", label, default=True)


@dataclass(frozen=True)
class Discreet(Activity):
    """An activity that keeps the detail of under five answers to itself, unless the group decided to show it."""

    in_the_open: bool = yes_no("a_decouvert", "Montrer le détail, même à moins de cinq réponses")

    def hidden(self, answers: int) -> bool:
        """Tell whether a breakdown would let people be guessed."""
        return answers < (1 if self.in_the_open else SMALLEST)

    def promise(self) -> str:
        """Return what is said of the answers before they are given."""
        if self.in_the_open:
            return "Les réponses seront montrées sans nom, même si nous sommes peu."
        return "Les réponses seront montrées sans nom."


def small_group(answers: int, then: str = "Parlez-en à voix haute, si vous voulez.") -> Page:
    """Return what is said when there are too few answers to show any."""
    if not answers:
        return (Sentence("Personne n'a encore répondu."),)
    return (Sentence(f"Moins de cinq réponses : le détail reste caché. {then}"),)


def answered(room: Room, key: str, counted: int | None = None) -> Sentence:
    """Return how many people answered, out of how many; `counted` when some answers no longer count."""
    given, here = len(room.given(key)) if counted is None else counted, len(room.people)
    if given >= here:
        return Sentence(f"Tout le monde a répondu : {count(given, 'personne')}.", tone="help")
    return Sentence(f"{count(given, 'réponse')} pour {count(here, 'personne')}.", tone="help")


def middle(amounts: Sequence[int]) -> int:
    """Return the middle amount, in cents: the mean of the two middles when they are even in number."""
    ordered, half = sorted(amounts), len(amounts) // 2
    if len(ordered) % 2:
        return ordered[half]
    return int(round_ratio(ordered[half - 1] + ordered[half], 2))


def amounts_page(amounts: Sequence[int], caption: str, verb: str = "dit", one: str = "réponse") -> Page:
    """Return the spread first, then smallest, middle and largest, then how many in each band; no name.

    `verb` says what people do with an amount, `one` what is counted in a band. Amounts are total cost.
    """
    low, mid, high = min(amounts), middle(amounts), max(amounts)
    if low == high:
        first = f"Il y a un seul montant : {round_euros(low)}."
    else:
        first = f"Les montants vont de {round_euros(low)} à {round_euros(high)}. L'écart est de "
        first += f"{round_euros(high - low)}."
    shown = tuple(
        (label, round_euros(cents))
        for label, cents in (("Le plus petit", low), ("Celui du milieu", mid), ("Le plus grand", high))
    )
    half = Sentence(f"La moitié {verb} {round_euros(mid)} ou moins, en coût total.")
    return (
        Sentence(first, tone="big"),
        half,
        Table(caption, ("Montant", "En coût total"), shown),
        _bands(amounts, caption, one),
    )


MOST_BANDS = 5


def _bands(amounts: Sequence[int], caption: str, one: str) -> Bars:
    """Return how many amounts fall in each of at most five bands of round width."""
    low, high = min(amounts), max(amounts)
    width = next(
        step * ten
        for ten in (100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000)
        for step in (1, 2, 5)
        if high // (step * ten) - low // (step * ten) < MOST_BANDS
    )
    bands = list(range(low // width, high // width + 1))
    counts = [sum(amount // width == band for amount in amounts) for band in bands]
    bars = tuple(
        Bar(f"De {number(band * width // 100)} à {round_euros((band + 1) * width)}", held, count(held, one))
        for band, held in zip(bands, counts, strict=True)
    )
    return Bars(f"{caption} : combien de {one}s", bars)


def shuffled(texts: Sequence[str], seed: Any) -> tuple[str, ...]:
    """Return texts in an order that says nothing of who wrote them: sorted, then drawn by the seed of the workshop."""
    ordered = sorted(texts)
    order = stream(int(seed or 0), 0, Purpose.WORKSHOP).permutation(len(ordered))
    return tuple(ordered[at] for at in order)


def quotes(texts: Sequence[str], facts: Mapping[str, Any]) -> tuple[Sentence, ...]:
    """Return each text as a quotation, in an order that tells nothing."""
    return tuple(Sentence(text, tone="quote") for text in shuffled(texts, facts.get("seed")))
