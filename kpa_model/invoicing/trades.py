"""What the law says of a group: the VAT of what it sells, its CAPE. Dated data files; the CAE has the last word."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from kpa_model.declare.entry import entry, part
from kpa_model.declare.part import Day, OneOf, Text
from kpa_model.declare.plain_yaml import FileKind
from kpa_model.declare.yaml_file import NamedFile
from kpa_model.errors import KpaError
from kpa_model.places import data

RATES = ("tva_reduite", "tva_intermediaire", "tva_normale")
"""Names of the rates in the dated parameters."""


class WrongTrades(KpaError):
    """A file of what the law says cannot be read."""


@entry
class TaxedSale:
    """Something sold: its trade, what it is, the name of its rate, and where that was read."""

    key: str
    trade: str = part(Text("nom", 40))
    about: str = part(Text("quoi", 160))
    rate: str = part(OneOf("taux", RATES))
    source: str = part(Text("source"))
    read_on: date = part(Day("lu_le"))
    confidence: str = part(Text("confiance"))


@entry
class KnownOfCape:
    """One thing known of the CAPE, and where that was read."""

    key: str
    name: str = part(Text("nom", 40))
    about: str = part(Text("quoi", 160))
    source: str = part(Text("source"))
    read_on: date = part(Day("lu_le"))
    confidence: str = part(Text("confiance"))


FILE = NamedFile(
    FileKind("une liste de ventes", "le nom d'une vente, puis « nom: »", WrongTrades, "tva_metiers.yaml"),
    TaxedSale, "", "vente", "key",
)  # fmt: skip

CAPE = NamedFile(
    FileKind("ce que l'on sait du CAPE", "le nom d'une ligne, puis « nom: »", WrongTrades, "cape.yaml"),
    KnownOfCape, "", "ligne", "key",
)  # fmt: skip


@lru_cache(maxsize=1)
def known_of_cape() -> tuple[KnownOfCape, ...]:
    """Return what is known of the CAPE, in the order of the file. Raises WrongTrades."""
    return tuple(CAPE.read(data() / "documents" / "cape.yaml").values())


@lru_cache(maxsize=1)
def taxed_sales() -> tuple[TaxedSale, ...]:
    """Return what groups sell, in the order of the file. Raises WrongTrades."""
    return tuple(FILE.read(data() / "documents" / "tva_metiers.yaml").values())
