"""An invoice as data that computers read: Factur-X, profile EN 16931, written and checked by the library of the field.

Every amount is written from whole cents, without any float. Codes are those of EN 16931 (UNTDID 1001, 4451, 4461, 5305;
UN/ECE recommendation 20). The notes PMT, PMD and AAB are those that the French rules ask for.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kpa_model.errors import KpaError, Problem
from kpa_model.invoicing.document import Document, DocumentKind, DocumentLine, Nature, RateTotal, totals
from kpa_model.story.invoicing.content import NOTHING_DUE
from kpa_model.story.paper.press import one_line
from kpa_model.words import euros

PROFILE = "en16931"
INVOICE, CREDIT_NOTE = "380", "381"
UNITS = {"h": "HUR", "heures": "HUR", "forfait": "LS"}
"""UN/ECE codes; anything else is counted in pieces (C62)."""
PROCESS = {Nature.GOODS: "B1", Nature.SERVICES: "S1", Nature.MIXED: "M1"}
FRENCH_BUSINESS, SIREN = "0225", "0002"
FIXED_FEE = 4000
"""Cents a professional owes when late (article D441-5); to verify."""


class NotAnInvoice(KpaError):
    """A document that cannot become an electronic invoice yet."""


def invoice_xml(document: Document) -> bytes:
    """Return the XML of an invoice or a credit note, valid for the schema of its profile.

    Raises:
        NotAnInvoice: a quote, or a mention the format cannot do without is missing.
    """
    from facturx import generate_xml  # a second to import: only when somebody makes an invoice

    _refuse_unready(document)
    try:
        return bytes(generate_xml(as_data(document), level=PROFILE, check_xsd=True, check_schematron=False))
    except KpaError:
        raise
    except Exception as error:  # the library has no error of its own
        what = "la bibliothèque refuse ce contenu."
        raise NotAnInvoice(Problem("Facture électronique", what, "Signalez-nous ce défaut.")) from error


def _refuse_unready(document: Document) -> None:
    found = []
    if document.kind is DocumentKind.QUOTE:
        todo = "Faites d'abord la facture."
        found.append(Problem("Facture électronique", "un devis n'est pas une facture.", todo))
    needed = {
        "Le numéro": document.number,
        "La date": document.issued_on,
        "La structure porteuse": document.host.name and document.host.siren,
        "Le numéro de TVA de la structure": document.host.vat_number,
        "Le nom du client": document.customer.name,
        "Les lignes": document.lines,
        "La nature, biens ou services": document.nature,
    }
    for name, value in needed.items():
        if not value:
            found.append(Problem(name, "la facture électronique en a besoin.", "Complétez, puis recommencez."))
    found += [problem for rank, line in enumerate(document.lines, 1) for problem in _line_problems(rank, line)]
    if found:
        raise NotAnInvoice(*found)


def _line_problems(rank: int, line: DocumentLine) -> list[Problem]:
    """Return what the norm refuses in one line."""
    told = []
    if not one_line(line.label):
        told.append(Problem(f"Ligne {rank}", "la désignation est vide.", "Écrivez ce qui est vendu."))
    if line.price < 0:
        told.append(Problem(f"Ligne {rank}", "le prix est négatif.", "Écrivez plutôt une quantité négative."))
    if line.vat_rate <= 0:
        todo = "Choisissez un taux. Une ligne sans TVA demande une raison, à voir avec la CAE."
        told.append(Problem(f"Ligne {rank}", "il n'y a pas de TVA.", todo))
    return told


def as_data(document: Document) -> dict[str, Any]:
    """Return the document under the names of the European norm: BT for a term, BG for a group of terms."""
    sums = totals(document)
    goods, vat, due = money(sums.before_tax), money(sums.vat), money(sums.with_tax)
    return {
        "BT-1": document.number,
        "BT-2": document.issued_on,
        "BT-3": CREDIT_NOTE if document.kind is DocumentKind.CREDIT_NOTE else INVOICE,
        "BT-5": "EUR",
        "BT-8": "invoice" if document.vat_on_debits or document.nature is Nature.GOODS else "payment",
        "BT-23": PROCESS[document.nature or Nature.SERVICES],
        "BG-1": _notes(document),
        "BG-4": _seller(document),
        "BG-7": _buyer(document),
        "BG-25": [_line(rank, line) for rank, line in enumerate(document.lines, 1)],
        "BG-20": [_discount(each) for each in sums.rates if each.discount],
        "BG-23": [_rate(each) for each in sums.rates],
        "BT-106": money(sums.lines),
        **({"BT-107": money(sums.discount)} if sums.discount else {}),
        "BT-109": goods,
        "BT-110": vat,
        "BT-112": due,
        "BT-115": due,
        **_when_and_how(document),
        **_around(document),
    }


def money(cents: int) -> str:
    """Return `1234.56`."""
    return f"{Decimal(cents) / 100:.2f}"


def _percent(ppm: int) -> str:
    return f"{Decimal(ppm) / 10_000:.2f}"


def _quantity(hundredths: int) -> str:
    return f"{Decimal(hundredths) / 100:.2f}"


def _notes(document: Document) -> list[dict[str, str]]:
    about = f"Personne accompagnée par contrat CAPE jusqu'au {document.cape_end:%d/%m/%Y}." if document.cape_end else ""
    fee = f"Indemnité forfaitaire pour frais de recouvrement : {euros(FIXED_FEE)}." if document.fixed_fee else ""
    debits = "Option pour le paiement de la taxe d'après les débits." if document.vat_on_debits else ""
    late = f"Pénalités de retard : {document.penalty}." if document.penalty else ""
    coded = [("PMT", fee), ("PMD", late), ("AAB", document.terms), ("ABL", document.host.register), ("TXD", debits)]
    due = NOTHING_DUE if document.kind is DocumentKind.CREDIT_NOTE else ""
    bill = f"Adresse de facturation : {document.customer.billing}." if document.customer.billing else ""
    insured = f"Assurance : {document.host.insurance}." if document.host.insurance else ""
    plain = [{"BT-22": said} for said in ("DOCUMENT D'EXERCICE, SANS VALEUR.", about, insured, bill, due) if said]
    return plain + [{"BT-21": code, "BT-22": said.replace("\u00a0", " ")} for code, said in coded if said]


def _seller(document: Document) -> dict[str, Any]:
    host = document.host
    capital = f" au capital de {euros(host.capital)}".replace("\u202f", " ") if host.capital is not None else ""
    return {
        "name": host.name,
        "legal_identifier": host.siren,
        "legal_identifier_schemeid": SIREN,
        "identifiers": {"0009": "".join(host.siret.split())},
        "vat_identifier": host.vat_number,
        "legal_info": f"{host.legal_form}{capital}".replace("\u00a0", " "),
        "biz_name": document.cooperative or host.name,
        "einvoicing_addr": host.siren,
        "einvoicing_addr_schemeid": FRENCH_BUSINESS,
        **_address(host.address),
    }


def _buyer(document: Document) -> dict[str, Any]:
    customer, siren = document.customer, "".join(document.customer.siren.split())
    known = {
        "legal_identifier": siren,
        "legal_identifier_schemeid": SIREN,
        "einvoicing_addr": siren,
        "einvoicing_addr_schemeid": FRENCH_BUSINESS,
    }
    return {"name": one_line(customer.name), **(known if siren else {}), **_address(customer.address)}


def _address(address: Any) -> dict[str, str]:
    parts = {"addr_l1": address.street, "postcode": address.postcode, "city": address.city}
    return {"country_code": "FR", **{key: value for key, value in parts.items() if value}}


def _line(rank: int, line: DocumentLine) -> dict[str, Any]:
    return {
        "BT-126": str(rank),
        "BT-129": _quantity(line.quantity),
        "BT-130": UNITS.get(line.unit, "C62"),
        "BT-131": money(line.amount),
        "BT-146": money(line.price),
        "BT-151": "S",
        "BT-152": _percent(line.vat_rate),
        "BT-153": one_line(line.label),
    }


def _discount(each: RateTotal) -> dict[str, str]:
    return {
        "amount": money(each.discount),
        "reason": "Remise",
        "reason_code": "95",
        "vat_category_code": "S",
        "vat_rate": _percent(each.rate),
    }


def _rate(each: RateTotal) -> dict[str, str]:
    return {"BT-116": money(each.taxed), "BT-117": money(each.vat), "BT-118": "S", "BT-119": _percent(each.rate)}


def _when_and_how(document: Document) -> dict[str, Any]:
    """Return when the work was done, when to pay and where."""
    account = "".join(document.host.bank_account.split())
    pays = document.kind is not DocumentKind.CREDIT_NOTE  # whoever receives a credit note has nothing to transfer
    paid = {"BT-81": "58", "BT-84": account, "BT-85": document.host.name} if account and pays else {}
    terms = " ".join(each for each in (document.terms, document.penalty and f"Pénalités : {document.penalty}.") if each)
    given = {"BT-72": document.done_on, "BT-9": document.due_on, "BT-20": terms}
    return {**{key: value for key, value in given.items() if value}, **paid}


def _around(document: Document) -> dict[str, Any]:
    """Return the place of the work, the order, and the invoice that is corrected, when there are any."""
    found: dict[str, Any] = {}
    if document.customer.delivery:
        found["BG-13"] = {"name": document.customer.name, **_address(document.customer.delivery)}
    if document.order:
        found["BT-14"] = document.order
    if document.corrects:
        found["BG-3"] = [{"BT-25": document.corrects[0], "BT-26": document.corrects[1]}]
    return found
