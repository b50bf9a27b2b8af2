"""A document with a mention forgotten, to see what it changes; or with several, drawn from a seed, to be found."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from kpa_model.invoicing.document import Address, Document, DocumentKind
from kpa_model.invoicing.mentions import Mention, check
from kpa_model.randomness import Purpose, stream

FORGET: Mapping[str, Callable[[Document], Document]] = {
    "date_prestation": lambda it: replace(it, done_on=None),
    "porteur": lambda it: replace(it, host=replace(it.host, name="", address=Address())),
    "forme": lambda it: replace(it, host=replace(it.host, legal_form="")),
    "siret": lambda it: replace(it, host=replace(it.host, siret="", register="")),
    "tva_porteur": lambda it: replace(it, host=replace(it.host, vat_number="")),
    "cape": lambda it: replace(it, cape_end=None),
    "siren_client": lambda it: replace(it, customer=replace(it.customer, siren="")),
    "nature": lambda it: replace(it, nature=None),
    "echeance": lambda it: replace(it, due_on=None),
    "escompte": lambda it: _unsaid(it, "escompte"),
    "penalites": lambda it: replace(it, penalty=""),
    "indemnite": lambda it: replace(it, fixed_fee=False),
    "validite": lambda it: replace(it, valid_until=None),
    "delai": lambda it: replace(it, delay=""),
    "accord": lambda it: replace(it, agreement=False),
    "facture_corrigee": lambda it: replace(it, corrects=None),
}
"""Mention → the document without it."""


def _unsaid(document: Document, word: str) -> Document:
    """Return the document without the sentences of its terms that hold a word."""
    said = re.split(r"(?<=\.)\s+", document.terms)
    return replace(document, terms=" ".join(each for each in said if word not in each.casefold()))


def forgettable(document: Document, today: date) -> tuple[Mention, ...]:
    """Return the mentions that this document carries and could forget."""
    return tuple(each.mention for each in check(document, today) if each.there and each.mention.key in FORGET)


def forget(document: Document, *keys: str) -> Document:
    """Return the document without these mentions."""
    for key in keys:
        document = FORGET[key](document)
    return document


def with_holes(document: Document, holes: int, seed: int, today: date) -> tuple[Document, tuple[str, ...]]:
    """Return the document with some mentions forgotten, drawn from a seed, and which ones."""
    known = [each.key for each in forgettable(document, today)]
    order = stream(seed, 0, Purpose.CARDS).permutation(np.arange(len(known)))[:holes]
    keys = tuple(known[at] for at in sorted(order.tolist()))
    return forget(document, *keys), keys


def is_invoice(document: Document) -> bool:
    """Tell whether electronic invoicing concerns the document: an invoice or a credit note to a professional."""
    return document.kind is not DocumentKind.QUOTE and document.customer.buyer.is_professional
