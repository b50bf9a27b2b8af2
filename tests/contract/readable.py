"""Whether a text reads aloud: what is wrong with a French sentence, if anything."""

from __future__ import annotations

import re
from functools import lru_cache

MOST_WORDS = 15
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-ÖØ-Þ«0-9−+])")
_VOWEL = "aàâeéèêiîoôuùœAÀÂEÉÈÊIÎOÔÖUÙŒ"
_FAULTS = {
    "identifier": re.compile(r"[a-z]_[a-z]|\w\.\w+\(|__|<|>|\{|\}|\[|\]|=="),
    "not a number": re.compile(r"\b(nan|None|inf|NaN|True|False)\b"),
    "English": re.compile(r"\b(the|and|of|step|pay|with|is|are|for|not|hours|equal|member|month|name|error)\b", re.I),
    "no elision": re.compile(rf"\b(de|que|le|la|ne|se|ce|je|me|jusque|lorsque) (?=[{_VOWEL}])(?!onze)"),
    "wrong elision": re.compile(rf"\b([dlnsjmc]|qu)['’](?![yhYH{_VOWEL}])", re.I),
    "not contracted": re.compile(r"\b(de les|de le|à le|à les)\b"),
    "doubled": re.compile(r"\b(\w+) \1\b(?<!nous nous)|\.\.|  |,,"),
    "minus": re.compile(r"(?<!\w)-\d|−0,00"),
    "spacing": re.compile(r" [.,]|[^\s\u00a0\u202f«(] ?[:;?!](?=\w)|\( "),
    "no letter first": re.compile(r"^[^A-ZÀ-ÖØ-Þ0-9«]"),
    "ordinary space in an amount": re.compile(r"\d ?[€%]|\d \d{3}\b"),
    "one with plural": re.compile(r"(?<![\d,\u202f])1 (?!mois\b|fois\b)\w+s\b"),
}


def sentences(text: str) -> list[str]:
    """Cut a text into sentences."""
    return _END.split(text)


def words(sentence: str) -> int:
    """Count words; an amount with its unit is one, punctuation alone is none."""
    return sum(any(letter.isalnum() for letter in word) for word in sentence.split(" "))


def faults(text: str) -> list[str]:
    """Return everything that keeps a text from being read aloud, in words; empty when it reads well."""
    if not text or text != text.strip():
        return [f"empty, or spaces around: {text!r}"]
    found = [f"no full stop: {text}"] * (not text.endswith((".", "?", "!")))
    return found + [fault for each in sentences(text) for fault in _faults_of(each)]


@lru_cache(maxsize=16384)
def _faults_of(sentence: str) -> list[str]:
    """Return what is wrong with one sentence; many people are told the same."""
    many = words(sentence)
    long = [f"{many} words: {sentence}"] * (many > MOST_WORDS)
    return long + [f"{fault}: {sentence}" for fault, sign in _FAULTS.items() if sign.search(sentence)]
