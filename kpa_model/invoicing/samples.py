"""The invented host and customers of the documents, read from `data/documents/exemples.yaml`."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from kpa_model.declare.plain_yaml import FileKind, read_mapping
from kpa_model.declare.unit import EURO
from kpa_model.invoicing.document import Address, Buyer, Customer, Document, Host, Nature
from kpa_model.invoicing.mentions import WrongMentions
from kpa_model.places import data

SAMPLES_FILE = FileKind("des exemples", "« porteur: »", WrongMentions, "exemples.yaml")
PENALTY = "trois fois le taux d'intérêt légal (à vérifier)"
NO_DISCOUNT = "Pas d'escompte pour paiement anticipé."
USUAL_DELAYS = {Buyer.PERSON: 0, Buyer.BUSINESS: 30, Buyer.ASSOCIATION: 30, Buyer.PUBLIC: 30}
"""Days to pay by kind of customer; to confirm with the CAE."""


@lru_cache(maxsize=1)
def _samples() -> dict[str, Any]:
    path = data() / "documents" / "exemples.yaml"
    return read_mapping(path.read_text(encoding="utf-8"), path.name, SAMPLES_FILE)


def _address(row: dict[str, str], prefix: str = "") -> Address:
    return Address(
        row.get(f"{prefix}rue", ""), row.get(f"{prefix}code_postal", ""), row.get(f"{prefix}ville", "")
    )  # fmt: skip


def sample_host() -> Host:
    """Return the invented CAE."""
    row = _samples()["porteur"]
    return Host(
        row["nom"], row["forme"], EURO.exact(row["capital"]), _address(row), row["siret"], row["registre"],
        row["tva"], row["assurance"], row["compte"],
    )  # fmt: skip


def sample_customer(buyer: Buyer) -> Customer:
    """Return the invented customer of a kind."""
    row = _samples()[buyer.value]
    elsewhere = (_address(row, prefix) for prefix in ("livraison_", "facturation_"))
    return Customer(row["nom"], buyer, _address(row), row.get("siren", ""), *elsewhere)


def sample_draft(buyer: Buyer, today: date) -> Document:
    """Return a document without lines or number, with every mention that a host and a customer bring."""
    professional = buyer.is_professional
    return Document(
        issued_on=today,
        host=sample_host(),
        cape_end=today + timedelta(days=180),
        customer=sample_customer(buyer),
        nature=Nature.SERVICES,
        valid_until=today + timedelta(days=30),
        terms=NO_DISCOUNT if professional else "",
        penalty=PENALTY if professional else "",
        fixed_fee=professional,
        free=True,
        delay="à la date convenue avec vous",
        agreement=True,
    )
