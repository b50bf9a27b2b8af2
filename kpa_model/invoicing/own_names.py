"""Names that a group types for its exercises: its host, the end of its CAPE, its customers.

They stay on this machine, in `mes_donnees/documents/noms.json`, and take the place of the invented ones. A form starts
from what the document says; what is left empty is a mention still to write.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from kpa_model.declare.form import Day, Field, Form, Number, Text
from kpa_model.declare.unit import EURO
from kpa_model.invoicing.document import Address, Buyer, Customer, Document, Host
from kpa_model.invoicing.samples import sample_draft
from kpa_model.places import personal
from kpa_model.whole_file import write_whole

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


def path() -> Path:
    """Return where these names are kept."""
    return personal() / "documents" / "noms.json"


def kept() -> dict[str, dict[str, Any]]:
    """Return section → answers: the host, and each kind of customer typed; nothing when the file cannot be read."""
    try:
        found = json.loads(path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    forms = {HOST_SECTION: HOST_FORM, **{each.value: customer_form(each) for each in Buyer}}
    return {name: answers for name, form in forms.items() if (answers := _readable(form, found.get(name)))}


def _readable(form: Form, found: Any) -> dict[str, Any]:
    """Return answers that this form still accepts, or nothing."""
    if not isinstance(found, dict):
        return {}
    answers, wrong = form.read(typed(form, found))
    return {} if wrong else answers


def typed(form: Form, answers: Mapping[str, Any]) -> dict[str, str]:
    """Return what one would type to give these answers."""
    return {each.name: _typed(each, answers[each.name]) for each in form.fields if answers.get(each.name) is not None}


def _typed(field: Field, answer: Any) -> str:
    return field.show(answer) if isinstance(field, Number) and isinstance(answer, int) else str(answer)


def keep(section: str, answers: Mapping[str, Any] | None) -> None:
    """Keep answers for a section; None goes back to the invented ones."""
    known = {name: each for name, each in kept().items() if name != section}
    if answers is not None:
        known[section] = dict(answers)
    path().parent.mkdir(parents=True, exist_ok=True)
    write_whole(path(), json.dumps(known, ensure_ascii=False, indent=1))


def draft(buyer: Buyer, today: date) -> Document:
    """Return a document without lines, with the names of the group where it typed some, invented ones elsewhere."""
    return named(sample_draft(buyer, today))


def named(document: Document) -> Document:
    """Return the document with the host and the customer that the group typed, if it did."""
    known = kept()
    if host := known.get(HOST_SECTION):
        end = date.fromisoformat(host["fin_cape"]) if host["fin_cape"] else None
        document = replace(document, host=_host(host), cape_end=end)
    if customer := known.get(document.customer.buyer.value):
        document = replace(document, customer=_customer(customer, document.customer.buyer))
    return document


def _said(answers: Mapping[str, Any], name: str) -> str:
    return str(answers.get(name) or "")


def _place(answers: Mapping[str, Any], prefix: str = "") -> Address:
    return Address(*(_said(answers, f"{prefix}{part}") for part in ("rue", "code_postal", "ville")))


def _host(answers: Mapping[str, Any]) -> Host:
    """Return the host; its fields are in the order of `Host`."""
    rest = (_said(answers, name) for name in ("siret", "registre", "tva", "assurance", "compte"))
    return Host(_said(answers, "nom"), _said(answers, "forme"), answers["capital"], _place(answers), *rest)


def _customer(answers: Mapping[str, Any], buyer: Buyer) -> Customer:
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
