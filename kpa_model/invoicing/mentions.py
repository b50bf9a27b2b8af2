"""What a document must say, and what is missing in one: a dated data file, and one question per mention.

Each mention lives in `data/documents/mentions.yaml` with its reason, its source and « à vérifier ». Nothing here is
legal advice: the CAE has the last word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kpa_model.declare.entry import entry, part
from kpa_model.declare.part import Day, Members, OneOf, Text, Texts
from kpa_model.declare.plain_yaml import FileKind
from kpa_model.declare.setting import YesNo
from kpa_model.declare.yaml_file import NamedFile
from kpa_model.errors import KpaError
from kpa_model.invoicing.document import Document, DocumentKind
from kpa_model.places import data


class WrongMentions(KpaError):
    """The file of mentions cannot be read."""


EVERYBODY, PROFESSIONALS, PEOPLE = "tous", "professionnels", "particuliers"


@entry
class Mention:
    """One thing to write: `kinds` and `buyers` say where, `since` from when, `words` how a text may say it.

    `if_needed` is for what only some documents have to say: it is told when it is there, never when it is not.
    """

    key: str
    name: str = part(Text("nom"))
    about: str = part(Text("quoi"))
    why: str = part(Text("pourquoi"))
    kinds: frozenset[DocumentKind] = part(Members("documents", DocumentKind))
    buyers: str = part(OneOf("clients", (EVERYBODY, PROFESSIONALS, PEOPLE)))
    if_needed: bool = part(YesNo("si_besoin", "", False))
    source: str = part(Text("source"))
    read_on: date = part(Day("lu_le"))
    confidence: str = part(Text("confiance"))
    since: date | None = part(Day("depuis"), default=None)
    words: tuple[str, ...] = part(Texts("mots"), default=())

    def concerns(self, kind: DocumentKind, professional: bool, on: date) -> bool:
        """Tell whether a document of that kind and day, for that customer, must carry it."""
        who = self.buyers == EVERYBODY or (self.buyers == PROFESSIONALS) == professional
        return who and kind in self.kinds and (self.since is None or on >= self.since)


@entry
class Milestone:
    """One date of the calendar of electronic invoicing."""

    key: str
    on: date = part(Day("date"))
    about: str = part(Text("quoi"))
    source: str = part(Text("source"))
    read_on: date = part(Day("lu_le"))
    confidence: str = part(Text("confiance"))


MENTIONS = NamedFile(
    FileKind("une liste de mentions", "le nom d'une mention, puis « nom: »", WrongMentions, "mentions.yaml"),
    Mention, "", "mention", "key",
)  # fmt: skip
MILESTONES = NamedFile(
    FileKind("un calendrier", "le nom d'une date, puis « date: »", WrongMentions, "calendrier.yaml"),
    Milestone, "", "date", "key",
)  # fmt: skip


@lru_cache(maxsize=1)
def mentions() -> tuple[Mention, ...]:
    """Return every mention, in the order of the file. Raises WrongMentions."""
    return tuple(MENTIONS.read(data() / "documents" / "mentions.yaml").values())


@lru_cache(maxsize=1)
def calendar() -> tuple[Milestone, ...]:
    """Return the dates of electronic invoicing, in order. Raises WrongMentions."""
    found = MILESTONES.read(data() / "documents" / "calendrier.yaml")
    return tuple(sorted(found.values(), key=lambda each: each.on))


_LINES: Mapping[str, Callable[[Document], bool]] = {
    "lignes": lambda it: bool(it.lines) and all(line.label and line.quantity for line in it.lines),
    "taux_tva": lambda it: bool(it.lines),
    "totaux": lambda it: bool(it.lines),
}

WRITTEN: Mapping[str, Callable[[Document], bool]] = {
    **_LINES,
    "mot_document": lambda it: True,
    "date": lambda it: it.issued_on is not None,
    "numero": lambda it: bool(it.number),
    "date_prestation": lambda it: it.done_on is not None,
    "porteur": lambda it: bool(it.host.name and it.host.address),
    "forme": lambda it: bool(it.host.legal_form),
    "siret": lambda it: len(_digits(it.host.siret)) == 14 and bool(it.host.register),
    "tva_porteur": lambda it: bool(it.host.vat_number),
    "cape": lambda it: it.cape_end is not None,
    "client": lambda it: bool(it.customer.name and it.customer.address),
    "siren_client": lambda it: len(_digits(it.customer.siren)) == 9,
    "livraison": lambda it: bool(it.customer.delivery),
    "nature": lambda it: it.nature is not None,
    "debits": lambda it: it.vat_on_debits,
    "echeance": lambda it: it.due_on is not None,
    "escompte": lambda it: "escompte" in it.terms.casefold(),
    "penalites": lambda it: bool(it.penalty),
    "indemnite": lambda it: it.fixed_fee,
    "assurance": lambda it: bool(it.host.insurance),
    "validite": lambda it: it.valid_until is not None,
    "delai": lambda it: bool(it.delay),
    "gratuit": lambda it: it.free is not None,
    "accord": lambda it: it.agreement,
    "adresse_facturation": lambda it: bool(it.customer.billing),
    "bon_de_commande": lambda it: "commande" in it.terms.casefold(),
    "chorus": lambda it: "chorus" in it.terms.casefold(),
    "mediateur": lambda it: "médiat" in it.terms.casefold(),
    "retractation": lambda it: "rétractation" in it.terms.casefold(),
    "acompte": lambda it: "acompte" in it.terms.casefold() or "arrhes" in it.terms.casefold(),
    "delai_de_paiement": lambda it: "jours" in it.terms.casefold(),
    "tva_nulle": lambda it: "exonér" in it.terms.casefold(),
    "facture_corrigee": lambda it: it.corrects is not None,
}
"""Mention → whether a document carries it."""


@dataclass(frozen=True)
class Checked:
    """One mention of one document, there or not."""

    mention: Mention
    there: bool


def check(document: Document, today: date) -> tuple[Checked, ...]:
    """Return every mention the document must carry, with whether it does; `today` stands for a missing date."""
    on, professional = document.issued_on or today, document.customer.buyer.is_professional
    owed = [each for each in mentions() if each.concerns(document.kind, professional, on)]
    return _told(Checked(each, WRITTEN[each.key](document)) for each in owed)


def check_text(text: str, kind: DocumentKind, professional: bool, on: date) -> tuple[Checked, ...]:
    """Return what a pasted text seems to say. It looks for words only: it cannot tell whether they are right."""
    plain = _plain(text)
    owed = [each for each in mentions() if each.concerns(kind, professional, on)]
    return _told(Checked(each, _said(each, kind, plain)) for each in owed)


def _told(checked: Iterable[Checked]) -> tuple[Checked, ...]:
    return tuple(each for each in checked if each.there or not each.mention.if_needed)


def _said(mention: Mention, kind: DocumentKind, plain: str) -> bool:
    words = (kind.value,) if mention.key == "mot_document" else mention.words
    if mention.key == "siret" and re.search(r"\b\d{3} ?\d{3} ?\d{3} ?\d{5}\b", plain):
        return True
    if mention.key == "date" and re.search(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b", plain):
        return True
    return any(re.search(rf"(?<!\w){re.escape(_plain(word))}", plain) for word in words)


def _plain(text: str) -> str:
    """Return a text without accents, capitals, or odd spaces and apostrophes."""
    bare = unicodedata.normalize("NFKD", text.replace("’", "'").replace("º", "°"))
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", letters).casefold()


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdecimal())
