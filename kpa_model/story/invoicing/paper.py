"""The PDF of a quote, an invoice or a credit note; for an invoice, its Factur-X twin that computers read too.

The PDF alone is PDF/UA-1 and PDF/A-3b. The library then puts the XML inside and rewrites the description of the file:
the Factur-X keeps its tags for screen readers, and declares PDF/A-3b only.
"""

from __future__ import annotations

from kpa_model.invoicing.document import Document
from kpa_model.story.invoicing.content import TRAINING, sheet
from kpa_model.story.invoicing.xml import PROFILE, invoice_xml
from kpa_model.story.paper.press import Standard, Verbatim, press

STANDARDS: tuple[Standard, ...] = ("ua-1", "a-3b")
"""The second one asks for a date: a document without one keeps the first only."""


def document_paper(document: Document) -> bytes:
    """Return the PDF, marked as an exercise on every page. Raises WrongDocument."""
    said = sheet(document)
    host = said.host[0] if said.host else "Structure porteuse : à compléter"
    on = document.issued_on
    content = {
        "jour": [on.year, on.month, on.day] if on else None,
        "mot": said.title,
        "numero": Verbatim(said.number),
        "reperes": said.facts,
        "porteur": [Verbatim(each) for each in said.host],
        "client": [Verbatim(each) for each in said.customer],
        "livraison": Verbatim(said.delivery),
        "objet": said.subject,
        "lignes": [[Verbatim(row[0]), *row[1:]] for row in said.rows],
        "tva": said.vat_rows,
        "totaux": said.foot,
        "mentions": said.mentions,
        "accord": said.agreement,
        "exercice": TRAINING,
        "pied": Verbatim(f"{said.title} {said.number}, {host}"),
        "cooperative": Verbatim(document.cooperative or host),
    }
    return press("facture", content, standards=STANDARDS if on else STANDARDS[:1])


def facturx_paper(document: Document) -> bytes:
    """Return the Factur-X of an invoice: the same PDF, with the XML inside. Raises NotAnInvoice, WrongDocument."""
    from facturx import generate_from_binary  # a second to import: only when somebody makes an invoice

    xml = invoice_xml(document)
    said = sheet(document)
    about = {
        "author": document.host.name,
        "keywords": "Factur-X, facture, exercice",
        "title": f"{said.title} {said.number}",
        "subject": TRAINING,
    }
    made = generate_from_binary(
        document_paper(document), xml, flavor="factur-x", level=PROFILE, check_xsd=True, pdf_metadata=about,
        lang="fr-FR", afrelationship="data",
    )  # fmt: skip
    return bytes(made)


def file_name(document: Document) -> str:
    """Return the name of the file, without its ending."""
    return f"{document.kind.value}_{document.number or 'brouillon'}"
