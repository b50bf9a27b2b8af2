"""`kpa documents`: a quote or an invoice of an order, what a text forgets, the cards of the game. For training only."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from kpa_model.command import finding
from kpa_model.command.outputs import Output
from kpa_model.command.screen import Screen
from kpa_model.errors import KpaError, Problem, nearest
from kpa_model.files.book.encodings import UNREADABLE, text_of_bytes
from kpa_model.invoicing import from_order, numbering, own_names, samples
from kpa_model.invoicing.document import Buyer, Document, DocumentKind, totals
from kpa_model.invoicing.forget import is_invoice
from kpa_model.invoicing.mentions import Checked, check_text, mentions
from kpa_model.story.invoicing import paper as invoice_paper
from kpa_model.story.invoicing.content import TRAINING, as_text, remarks, sheet
from kpa_model.story.lessons.game_paper import game_paper

LONGEST = 100_000
ONLY_WORDS = "Le cahier cherche des mots. Il ne sait pas si ce qui est écrit est juste."


ACTIONS = ("faire", "verifier", "jeu", "mentions")
KINDS = ("devis", "facture", "avoir")
BUYERS = ("particulier", "entreprise", "association", "collectivite")


class WrongDocumentAsked(KpaError):
    """What was asked cannot be made."""


def documents_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument("action", choices=ACTIONS, metavar="ACTION", help=f"{', '.join(ACTIONS)}")
    parser.add_argument(
        "quoi", nargs="?", default="", metavar="QUOI",
        help="pour faire : le numéro d'une commande ; pour verifier : un fichier de texte",
    )  # fmt: skip
    parser.add_argument("--carnet", default="tilleuls", metavar="CARNET", help="carnet de la commande")
    parser.add_argument("--genre", choices=KINDS, default="facture", metavar="GENRE", help=f"{', '.join(KINDS)}")
    parser.add_argument("--client", choices=BUYERS, metavar="CLIENT", help=f"{', '.join(BUYERS)}")
    parser.add_argument("--sortie", metavar="DOSSIER", help="dossier où écrire les documents")


def documents(asked: argparse.Namespace, screen: Screen) -> int:
    """Do what was asked; 1 when a text forgets something."""
    jobs = {"faire": _make, "verifier": _check, "jeu": _game, "mentions": _list}
    return jobs[asked.action](asked, screen)


def _make(asked: argparse.Namespace, screen: Screen) -> int:
    """Make the document of an order, show it, and write it when a folder is given: only then does it get a number."""
    document = _of_order(asked)
    if asked.sortie:
        entry = numbering.add_to_register(
            numbering.register_path(), document.kind, date.today(), document.customer.name, totals(document).with_tax
        )
        document = replace(document, number=entry.number)
    screen.title(TRAINING)
    for line in as_text(sheet(document)).split("\n"):
        screen.say(line) if line else screen.line()
    for told in remarks(document):
        screen.say(told)
    if asked.sortie:
        _write(document, asked.sortie, screen)
    return 0


def _of_order(asked: argparse.Namespace) -> Document:
    """Return the document asked, as a draft. Raises WrongDocumentAsked."""
    book = finding.read(asked.carnet).book
    known = [order.number for order in book.orders if any(line.order == order.number for line in book.lines)]
    if asked.quoi not in known:
        todo = nearest(asked.quoi, known) or f"Donnez par exemple {known[0] if known else 'une commande facturée'}."
        raise WrongDocumentAsked(Problem(f"Commande « {asked.quoi} »", "elle n'est pas dans ce carnet.", todo))
    if asked.genre == DocumentKind.CREDIT_NOTE.value:
        todo = "Faites-le à l'écran, depuis sa facture : page « Devis et facture »."
        raise WrongDocumentAsked(Problem("Un avoir", "il corrige une facture déjà faite.", todo))
    order = next(each for each in book.orders if each.number == asked.quoi)
    buyer, today = Buyer(asked.client) if asked.client else from_order.buyer_of(order), date.today()
    quote = from_order.quote_from_order(book, asked.quoi, own_names.draft(buyer, today), today)
    if asked.genre == DocumentKind.QUOTE.value:
        return quote
    done = from_order.service_day(book, asked.quoi)
    return from_order.invoice_from_quote(quote, today, samples.USUAL_DELAYS[buyer], done)


def _write(document: Document, folder: str, screen: Screen) -> None:
    out = Output(folder, invoice_paper.file_name(document))
    out.add("pdf", invoice_paper.document_paper(document))
    if is_invoice(document):
        out.add("pdf", invoice_paper.facturx_paper(document), f"{invoice_paper.file_name(document)}_facturx")
    out.finish({"Document": TRAINING, "Numéro": document.number})
    out.tell(screen)


def _check(asked: argparse.Namespace, screen: Screen) -> int:
    """Say which mentions the words of a text do not say."""
    if not asked.quoi:
        todo = "Donnez le nom d'un fichier texte, par exemple : kpa documents verifier facture.txt"
        raise WrongDocumentAsked(Problem("Texte à vérifier", "aucun fichier n'est donné.", todo))
    path = Path(asked.quoi)
    text = (text_of_bytes(path.read_bytes())[0] or "")[:LONGEST]
    if not text.strip(UNREADABLE + " \n") or path.suffix.lower() == ".pdf":
        todo = "Enregistrez-le en texte (.txt). Un PDF ne se lit pas ici."
        raise WrongDocumentAsked(Problem(f"Fichier {path.name}", "ce n'est pas un texte.", todo))
    buyer = Buyer(asked.client or Buyer.BUSINESS.value)
    checked = check_text(text, DocumentKind(asked.genre), buyer.is_professional, date.today())
    missing = [each for each in checked if not each.there]
    screen.say(ONLY_WORDS)
    screen.line()
    screen.say("Rien ne semble manquer." if not missing else "Les mots de ces mentions ne sont pas trouvés :")
    screen.listing(_told(missing))
    screen.say("Liste indicative, à vérifier avec la CAE.")
    return 1 if missing else 0


def _told(checked: Sequence[Checked]) -> list[str]:
    return [f"{each.mention.name}. {each.mention.why}" for each in checked]


def _game(asked: argparse.Namespace, screen: Screen) -> int:
    """Write the cards and the sheets of the game of the quarter."""
    out = Output(asked.sortie or ".", "jeu_du_trimestre")
    out.add("pdf", game_paper())
    out.finish({"Document": "Le jeu du trimestre"})
    screen.listing(str(path) for path in out.written)
    return 0


def _list(asked: argparse.Namespace, screen: Screen) -> int:
    """List the mentions a document must carry, each with its source."""
    buyer = Buyer(asked.client or Buyer.BUSINESS.value)
    kind, today = DocumentKind(asked.genre), date.today()
    owed = [each for each in mentions() if each.concerns(kind, buyer.is_professional, today)]
    screen.title(f"{asked.genre.capitalize()}, pour {buyer.value} : {len(owed)} mentions, à vérifier avec la CAE")
    screen.listing(f"{each.name}{' (si besoin)' if each.if_needed else ''}. {each.why}"
                   f" [{each.source}]" for each in owed)  # fmt: skip
    return 0
