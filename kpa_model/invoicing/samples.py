"""The invented host and customers of the documents, read from `data/documents/exemples.yaml`."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from kpa_model.declare.plain_yaml import FileKind, read_mapping
from kpa_model.invoicing.document import Buyer, Customer, Document, Host, Nature
from kpa_model.invoicing.mentions import WrongMentions
from kpa_model.invoicing.parties import HOST_FORM, HOST_SECTION, customer_form, customer_of, host_of
from kpa_model.places import data

SAMPLES_FILE = FileKind("des exemples", "« porteur: »", WrongMentions, "exemples.yaml")
PENALTY = "trois fois le taux d'intérêt légal (à vérifier)"
PUBLIC_PENALTY = "taux de la BCE plus 8 points (à vérifier)"
NO_DISCOUNT = "Pas d'escompte pour paiement anticipé."
TERMS = {
    Buyer.PERSON: "Médiateur de la consommation : Médiation d'exercice, mediation.exemple (inventé).",
    Buyer.BUSINESS: f"{NO_DISCOUNT} Paiement à 30 jours.",
    Buyer.ASSOCIATION: f"{NO_DISCOUNT} Paiement à 30 jours.",
    Buyer.PUBLIC: f"{NO_DISCOUNT} Envoi par Chorus Pro. Paiement à 30 jours.",
}
USUAL_DELAYS = {Buyer.PERSON: 0, Buyer.BUSINESS: 30, Buyer.ASSOCIATION: 30, Buyer.PUBLIC: 30}
"""Days to pay by kind of customer; to confirm with the CAE."""


@lru_cache(maxsize=1)
def _samples() -> dict[str, Any]:
    path = data() / "documents" / "exemples.yaml"
    return read_mapping(path.read_text(encoding="utf-8"), path.name, SAMPLES_FILE)


def sample_host() -> Host:
    """Return the invented CAE."""
    return host_of(HOST_FORM.read(_samples()[HOST_SECTION])[0])


def sample_customer(buyer: Buyer) -> Customer:
    """Return the invented customer of a kind."""
    return customer_of(customer_form(buyer).read(_samples()[buyer.value])[0], buyer)


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
        terms=TERMS[buyer],
        penalty=(PUBLIC_PENALTY if buyer is Buyer.PUBLIC else PENALTY) if professional else "",
        fixed_fee=professional,
        free=True,
        delay="à la date convenue avec vous",
        agreement=True,
    )
