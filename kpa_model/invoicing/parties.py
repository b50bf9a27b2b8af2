"""Who is named on a document: what is asked about the host and a customer, typed or written in a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kpa_model.declare.form import Day, Field, Form, Number, Text
from kpa_model.declare.unit import EURO
from kpa_model.invoicing.document import Address, Buyer, Customer, Document, Host

HOST_SECTION = "porteur"
LONGEST = 90


def _text(name: str, label: str, help_: str = "") -> Text:
    return Text(name, label, help_, needed=False, longest=LONGEST)


def _address(prefix: str = "", label: str = "") -> tuple[Field, ...]:
    return (
        _text(f"{prefix}rue", f"Rue{label}"),
        _text(f"{prefix}code_postal", f"Code postal{label}"),
        _text(f"{prefix}ville", f"Ville{label}"),
    )


HOST_FORM = Form(
    (
        Text("nom", "Nom de la structure porteuse", longest=LONGEST),
        _text("forme", "Forme juridique", "Par exemple : SCOP SA à capital variable."),
        Number("capital", "Capital", needed=False, unit=EURO, high=10_000_000_00, usual=18_500_00),
        *_address(),
        _text("siret", "SIRET"),
        _text("registre", "Registre", "Par exemple : RCS Lille."),
        _text("tva", "Numéro de TVA"),
        _text("assurance", "Assurance"),
        _text("compte", "Compte bancaire (IBAN)"),
        Day("fin_cape", "Fin du contrat CAPE", needed=False),
    ),
    intro="Remplacez ce qui est inventé. Ce qui reste vide manquera. Tout reste sur cet ordinateur.",
)


def customer_form(buyer: Buyer) -> Form:
    """Return what to type about a customer of this kind; only a professional has a SIREN."""
    siren = (_text("siren", "SIREN"),) if buyer.is_professional else ()
    place = _address("livraison_", ", si le travail est fait ailleurs")
    bill = _address("facturation_", ", si la facture va ailleurs") if buyer.is_professional else ()
    asked = (Text("nom", "Nom du client", longest=LONGEST), *_address(), *siren, *place, *bill)
    return Form(asked, intro=HOST_FORM.intro)


def _said(answers: Mapping[str, Any], name: str) -> str:
    return str(answers.get(name) or "")


def _place(answers: Mapping[str, Any], prefix: str = "") -> Address:
    return Address(*(_said(answers, f"{prefix}{part}") for part in ("rue", "code_postal", "ville")))


def host_of(answers: Mapping[str, Any]) -> Host:
    """Return the host; its fields are in the order of `Host`."""
    rest = (_said(answers, name) for name in ("siret", "registre", "tva", "assurance", "compte"))
    return Host(_said(answers, "nom"), _said(answers, "forme"), answers["capital"], _place(answers), *rest)


def customer_of(answers: Mapping[str, Any], buyer: Buyer) -> Customer:
    """Return the customer; its fields are in the order of `Customer`."""
    places = (_place(answers, prefix) for prefix in ("livraison_", "facturation_"))
    return Customer(_said(answers, "nom"), buyer, _place(answers), _said(answers, "siren"), *places)


def host_answers(document: Document) -> dict[str, Any]:
    """Return what the form of the host would say of a document."""
    it = document.host
    return {
        "nom": it.name, "forme": it.legal_form, "capital": it.capital, **_parts(it.address), "siret": it.siret,
        "registre": it.register, "tva": it.vat_number, "assurance": it.insurance, "compte": it.bank_account,
        "fin_cape": document.cape_end.isoformat() if document.cape_end else None,
    }  # fmt: skip


def customer_answers(document: Document) -> dict[str, Any]:
    """Return what the form of the customer would say of a document."""
    it = document.customer
    elsewhere = {**_parts(it.delivery, "livraison_"), **_parts(it.billing, "facturation_")}
    return {"nom": it.name, **_parts(it.address), "siren": it.siren, **elsewhere}


def _parts(place: Address, prefix: str = "") -> dict[str, str]:
    return {f"{prefix}rue": place.street, f"{prefix}code_postal": place.postcode, f"{prefix}ville": place.city}
