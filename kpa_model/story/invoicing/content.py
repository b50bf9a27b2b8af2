"""What a quote, an invoice or a credit note says, ready to be laid out on paper or on a screen: French texts only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpa_model.invoicing.document import Document, DocumentKind, DocumentLine, Host, Totals, totals, vat_by_line
from kpa_model.words import day, euros, number, percent

TITLES = {DocumentKind.QUOTE: "Devis", DocumentKind.INVOICE: "Facture", DocumentKind.CREDIT_NOTE: "Avoir"}
TRAINING = "Document d'exercice, sans valeur"
TO_COME = "donné quand vous le préparez"
NOTHING_DUE = "Rien n'est à payer pour cet avoir."
TOTAL_LABELS = {
    DocumentKind.QUOTE: "Total TTC",
    DocumentKind.INVOICE: "Net à payer",
    DocumentKind.CREDIT_NOTE: "À votre crédit",
}


@dataclass(frozen=True)
class Sheet:
    """A document as texts, in printing order: `rows` are cells, `foot` is (label, amount, strong)."""

    title: str
    number: str
    facts: list[tuple[str, str]]
    host: list[str]
    customer: list[str]
    delivery: str
    subject: str
    rows: list[tuple[str, str, str, str, str]]
    vat_rows: list[tuple[str, str, str]]
    foot: list[tuple[str, str, bool]]
    mentions: list[str]
    agreement: bool


def sheet(document: Document) -> Sheet:
    """Return the texts of a document. Raises WrongDocument when its discount cannot be."""
    sums = totals(document)
    return Sheet(
        title=TITLES[document.kind],
        number=document.number or TO_COME,
        facts=_facts(document),
        host=_host(document.host, document.cooperative),
        customer=_customer(document),
        delivery=str(document.customer.delivery),
        subject=_subject(document),
        rows=[_row(line) for line in document.lines],
        vat_rows=[(percent(each.rate), euros(each.taxed), euros(each.vat)) for each in sums.rates],
        foot=_foot(document, sums),
        mentions=_mentions(document),
        agreement=document.agreement and document.kind is DocumentKind.QUOTE,
    )


def _facts(document: Document) -> list[tuple[str, str]]:
    dated: list[tuple[str, date | None, tuple[DocumentKind, ...]]] = [
        ("Fait le", document.issued_on, tuple(DocumentKind)),
        ("Prestation du", document.done_on, (DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE)),
        ("Valable jusqu'au", document.valid_until, (DocumentKind.QUOTE,)),
        ("À payer avant le", document.due_on, (DocumentKind.INVOICE,)),
    ]
    return [(label, day(on)) for label, on, kinds in dated if on and document.kind in kinds]


def _host(host: Host, cooperative: str) -> list[str]:
    capital = f" au capital de {euros(host.capital)}" if host.legal_form and host.capital is not None else ""
    said = [
        host.name,
        f"pour la coopérative {cooperative}" if cooperative and host.name else cooperative,
        str(host.address),
        f"{host.legal_form}{capital}",
        f"SIRET {host.siret}" if host.siret else "",
        host.register,
        f"TVA {host.vat_number}" if host.vat_number else "",
    ]
    return [each for each in said if each]


def _customer(document: Document) -> list[str]:
    customer = document.customer
    siren = f"SIREN {customer.siren}" if customer.siren else ""
    billing = f"Adresse de facturation : {customer.billing}" if customer.billing else ""
    return [each for each in (customer.name, str(customer.address), siren, billing) if each]


def _subject(document: Document) -> str:
    nature = f"Nature : {document.nature.value}." if document.nature else ""
    order = f"Commande {document.order}." if document.order else ""
    corrects = ""
    if document.corrects and document.kind is DocumentKind.CREDIT_NOTE:
        corrects = f"Cet avoir corrige la facture {document.corrects[0]} du {day(document.corrects[1])}."
    return " ".join(each for each in (corrects, order, nature) if each)


def _row(line: DocumentLine) -> tuple[str, str, str, str, str]:
    quantity = f"{number(Decimal(line.quantity) / 100)} {line.unit}"
    return line.label, quantity, euros(line.price), percent(line.vat_rate), euros(line.amount)


def _foot(document: Document, sums: Totals) -> list[tuple[str, str, bool]]:
    """Return the totals; « Net à payer » is the amount of the customer, tax included."""
    rows = []
    if sums.discount:
        rows += [("Total des lignes", euros(sums.lines), False), ("Remise", euros(-sums.discount), False)]
    rows += [("Total HT", euros(sums.before_tax), False), ("Total TVA", euros(sums.vat), False)]
    label = TOTAL_LABELS[document.kind]
    return [*rows, (label if label == "Total TTC" else f"{label} (TTC)", euros(sums.with_tax), True)]


def remarks(document: Document) -> list[str]:
    """Return what people should know beside the document: a contract that is over, a rounding that differs."""
    over = document.cape_end and document.issued_on and document.cape_end < document.issued_on
    told = ["Le contrat CAPE écrit ici est déjà fini.", "Voyez la suite avec la CAE avant d'envoyer."] if over else []
    return [*told, *_rounding_told(document)]


def _rounding_told(document: Document) -> list[str]:
    """Return why the VAT differs from the sum of the VAT of each line; nothing when it does not, or with a discount."""
    vat = totals(document).vat
    gap = vat_by_line(document) - vat
    if not gap or document.discount:
        return []
    more = "de plus" if gap > 0 else "de moins"
    return [
        f"La TVA est ici de {euros(vat)}, arrondie une fois par taux.",
        f"Arrondie ligne par ligne, elle ferait {euros(abs(gap))} {more}.",
        "La facture électronique demande l'arrondi par taux.",
    ]


def _mentions(document: Document) -> list[str]:
    """Return the sentences at the foot, in the order people read them."""
    said = [
        f"Personne accompagnée par un contrat CAPE, jusqu'au {day(document.cape_end)}." if document.cape_end else "",
        f"Assurance : {document.host.insurance}." if document.host.insurance else "",
    ]
    if document.kind is DocumentKind.QUOTE:
        free = {True: "Devis gratuit.", False: "Devis payant.", None: ""}[document.free]
        said += [f"Délai : {document.delay}." if document.delay else "", free, document.terms]
    elif document.kind is DocumentKind.INVOICE:
        account = document.host.bank_account
        said += [f"Paiement par virement : {account}." if account else "", *_terms(document)]
    else:
        reminder = "Rappel des conditions de la facture :" if any(_terms(document)) else ""
        said += [NOTHING_DUE, reminder, *_terms(document)]
    return [each for each in said if each]


def _terms(document: Document) -> list[str]:
    """Return when an invoice is paid and what a late payment costs; the norm asks a credit note to say it again."""
    return [
        document.terms,
        f"Pénalités de retard : {document.penalty}." if document.penalty else "",
        "Indemnité forfaitaire pour frais de recouvrement : 40 €." if document.fixed_fee else "",
        "TVA acquittée sur les débits." if document.vat_on_debits else "",
    ]


def as_text(said: Sheet) -> str:
    """Return the document as a text one could have typed."""
    heading = [said.title.upper(), f"N° {said.number}", *(f"{name} {value}" for name, value in said.facts)]
    customer = ["Client : " + ", ".join(said.customer[:2])] if said.customer else []
    customer += [each.replace("SIREN", "SIREN du client :", 1) for each in said.customer[2:]]
    rows = [" | ".join(("Désignation", "Quantité", "Prix unitaire HT", "Taux de TVA", "Total HT"))]
    rows += [" | ".join(row) for row in said.rows]
    vat = [f"TVA {rate} sur {base} : {amount}" for rate, base, amount in said.vat_rows]
    foot = [f"{name} : {amount}" for name, amount, _ in said.foot]
    place = [f"Adresse de livraison : {said.delivery}"] if said.delivery else []
    agreement = ["Bon pour accord, date et signature :"] if said.agreement else []
    parts = (said.host, heading, customer + place, [said.subject], rows, vat + foot, said.mentions + agreement)
    return "\n\n".join("\n".join(each for each in part if each) for part in parts if any(part))
