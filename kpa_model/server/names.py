"""Names people choose, or draw: an invented card with its picture, so that nobody has to give her own."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterable

from kpa_model.declare.unit import Refused

LONGEST = 30
SAME_PERSON = (
    "La même personne, sur un autre téléphone ? Qui anime lui donne un code. "
    "Sinon, ajoutez une lettre, ou tirez une carte."
)
_JOINS = "\u200d"
"""What joins several pictures into one; alone, it is nothing."""
CARDS = (
    "★ Étoile", "☀ Soleil", "☾ Lune", "☁ Nuage", "☂ Parapluie", "❄ Flocon", "✿ Fleur", "☘ Trèfle", "♣ Chêne",
    "♥ Cœur", "♦ Losange", "♠ Feuille", "⚓ Ancre", "✈ Avion", "✂ Ciseaux", "✎ Crayon", "✉ Enveloppe", "♫ Chanson",
    "♞ Cavalier", "♜ Tour", "♛ Reine", "⚑ Drapeau", "⚖ Balance", "⚙ Rouage", "☎ Téléphone", "☕ Café", "⌂ Maison",
    "♨ Marmite", "☼ Midi", "⚘ Tulipe",
)  # fmt: skip


def draw_card(taken: Iterable[str], draws: random.Random) -> str:
    """Return a card nobody holds; once all are held, they come back with a number."""
    held = {folded(each) for each in taken}
    for turn in range(1, 1000):
        free = [name for card in CARDS if folded(name := card if turn == 1 else f"{card} {turn}") not in held]
        if free:
            return draws.choice(free)
    raise ValueError("thirty thousand cards are held")


def read_name(written: str, taken: Iterable[str]) -> str:
    """Return a chosen name: visible letters only, not too long, not taken. Raises Refused."""
    shown = "".join(each if each.isprintable() or each == _JOINS else " " for each in written)
    visible = unicodedata.normalize("NFC", shown).strip(_JOINS + " ")
    name = " ".join(visible.split())
    if not folded(name):
        raise Refused("Il manque un nom.", "Écrivez un prénom, un surnom, ou tirez une carte.")
    if len(name) > LONGEST:
        raise Refused(f"Ce nom a {len(name)} signes.", f"Gardez-en {LONGEST} au plus.")
    if folded(name) in {folded(each) for each in taken}:
        raise Refused("Ce nom est déjà pris.", SAME_PERSON)
    return name


def folded(name: str) -> str:
    """Return what makes two names look the same: neither case, nor accents, nor spaces; pictures if no letter."""
    bare = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(each for each in bare if each.isalnum())
    return letters or "".join(each for each in bare if unicodedata.category(each) == "So")
