"""What a program says of an invoice: sent, draft, cancelled, credit note. What never was a sale is set aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kpa_model.files.book.cells import Cell, as_text, same
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import listing

COUNTED, SET_ASIDE, CREDIT, UNKNOWN = "compte", "de côté", "avoir", "inconnu"

_PURCHASE = (
    r"(achats?|depenses?|decaissements?|purchases?|expenses?|bills?|fournisseurs?"
    r"|(factures?|avoirs?) (fournisseurs?|(d'|de |du )?(achats?|fournisseurs?))"
    r"|(vendor|supplier) (bill|invoice|refund|credit note)s?|in[ _](invoice|refund))"
)
_NOT_A_SALE = re.compile(
    r"brouillons?( .*)?|draft|provisoire|prov|en preparation|non emises?|non valide?e?s?"
    r"|(en attente|en cours|a) (de )?(validation|valider)|annul.*|cancel.*|abandon.*|void(ed)?"
    rf"|{_PURCHASE}"
    r"|supprim.*|delet.*|archive?e?|refus.*|rejet.*|perdue?|decline?d?|rejected|(facture )?pro ?forma"
    r"|devis(?! factur)( .*)?|estimate|quote|quotation|bons? de (commande|livraison)|commandes?( clients?)?|b[cl]"
    r"|remboursee?s?|refunded|modeles?|templates?|classee? (sans suite|perdue?)|sans suite"
    r"|echou.*|echec|fail(ed|ure)|incomplete?s?"
    r"|(prevu|planifie|programme)e?s?|previsionnel(le)?s?|a (emettre|facturer|etablir)|planned|scheduled"
    r"|remplacee?s?( par .*)?|replaced|superseded|expire?e?d?|written off|passe en perte"
)
_CREDIT = pattern("states.credit")
_SALE = pattern("states.sale")
_KIND = re.compile(r"(?:factures?|invoices?) (?!.*(?:avoir|fournisseur|vendeur|achat)|pro)(.*)")
_DRAFT_NUMBER = re.compile(r"\(?(prov|brouillon|draft|pro ?forma)[ -]?\w*\)?|/|devis.*")
_CREDIT_NUMBER = re.compile(r"(avoir|avo|av|nc|rectif)[ _/.-]?\d.*")


def meaning(text: str) -> str:
    """Return what a state or a kind of document means for the sales of the group.

    >>> meaning("Brouillon"), meaning("Annulée"), meaning("Payée"), meaning("Avoir"), meaning("Bleu")
    ('de côté', 'de côté', 'compte', 'avoir', 'inconnu')
    """
    said = same(text).strip(" .")
    if (kind := _KIND.fullmatch(said)) and _NOT_A_SALE.fullmatch(kind[1]):  # « Facture annulée »
        return SET_ASIDE
    if not said or kind or _SALE.fullmatch(said):
        return COUNTED
    if _NOT_A_SALE.fullmatch(said):
        return SET_ASIDE
    return CREDIT if _CREDIT.fullmatch(said) else UNKNOWN


def waiting(text: str) -> bool:
    """Tell whether the state of an order says that it waits, or may fall: « En attente », « Litige », « À payer ».

    Of an invoice, it is sold.
    """
    return bool(_WAITING.fullmatch(same(text).strip(" .")))


_WAITING = pattern("states.waiting")
_ACCEPTED, _UNANSWERED = pattern("states.accepted"), pattern("states.unanswered")


def of_offers(cells: Iterable[Cell]) -> bool:
    """Tell whether states are those of quotes: some are accepted, the others wait or were refused.

    >>> of_offers(["accepté", "refusé", "", "en attente"]), of_offers(["envoyée", "refusée"]), of_offers(["accepté"])
    (True, False, False)
    """
    said = {same(text).strip(" .") for text in {*map(as_text, cells)} if text}
    accepted = {text for text in said if _ACCEPTED.fullmatch(text)}
    return bool(accepted) and bool(said - accepted) and all(map(_UNANSWERED.fullmatch, said - accepted))


def of_purchases(text: str) -> bool:
    """Tell whether what a line is, as a program says it, is something bought: « Facture fournisseur », « Achat »."""
    return bool(re.fullmatch(_PURCHASE, same(text).strip(" .")))


_REFUNDED = re.compile(r"remboursee?s?|refunded")


def of_credit(meant: str, word: str) -> str:
    """Return what a state means on a credit note: refunded, it is paid; what nobody knows is most often its invoice.

    >>> of_credit(meaning("Remboursé"), "Remboursé"), of_credit(meaning("sur F12"), "sur F12")
    ('compte', 'compte')
    >>> of_credit(meaning("Annulé"), "Annulé")
    'de côté'
    """
    return COUNTED if meant == UNKNOWN or _REFUNDED.fullmatch(same(word).strip(" .")) else meant


_AWAITED = pattern("states.awaited")


_BOUNCED = pattern("states.bounced")


def bounced(text: str) -> str:
    """Return a text that says a payment did not come, « chèque sans provision »; an empty text otherwise."""
    return text if _BOUNCED.search(same(text)) else ""


_SENT_BACK = pattern("states.sent_back")
_CHARGED_FOR = re.compile(r"\b(frais|com(mission)?s?|cotis\w*|penalites?|interets|agios)\b")


def sent_back(label: str) -> bool:
    """Tell whether money leaves because a payment did not hold, as banks say it; what they take for it is no payment.

    >>> [sent_back(each) for each in ("REJET PRLV MAIRIE", "CHQ IMPAYE 12", "IMP. PRLV MAIRIE", "FRAIS IMP. PRLV")]
    [True, True, True, False]
    """
    return bool(_SENT_BACK.search(same(label))) and not _CHARGED_FOR.search(same(label))


def refunded(text: str) -> bool:
    """Tell whether a program of payment says that a line gives money back: « Remboursement », « refund »."""
    return bool(re.match(r"rembours|refund", same(text)))


def of_payment(meant: str, word: str) -> str:
    """Return what a state means for money: what is still awaited, or was sent back, did not come.

    >>> of_payment(meaning("En attente"), "En attente"), of_payment(meaning("reçu"), "reçu")
    ('de côté', 'compte')
    """
    return SET_ASIDE if _AWAITED.fullmatch(same(word).strip(" .")) or bounced(word) else meant


def of_table(table: str, meant: str, word: str) -> str:
    """Return what a state means in a table: a purchase is one among purchases, money that is awaited did not come.

    What was paid back to the member who bought it was bought: whether a supplier took it back is asked.
    """
    if table == "encaissements":
        return of_payment(meant, word)
    bought = of_purchases(word) or _REFUNDED.fullmatch(same(word).strip(" ."))
    return COUNTED if table == "achats" and bought else meant


_DOCUMENT = pattern("states.document", r"(WORDS)( [^\W\d]+('[^\W\d]+)?)*")


def of_document(word: str) -> bool:
    """Tell whether a word says what a line is, « Devis », « Facture fournisseur », not what became of an invoice."""
    return bool(_DOCUMENT.fullmatch(same(word)) or of_purchases(word))


def of_documents(cells: Sequence[Cell]) -> bool:
    """Tell whether cells say what each line is, some of them no invoice: « Facture », « Devis », « Avoir »."""
    said = {text for cell in dict.fromkeys(cells) if (text := same(as_text(cell)))}
    return 1 < len(said) <= 8 and all(map(_DOCUMENT.fullmatch, said)) and any(meaning(each) != COUNTED for each in said)


_REPLACES = re.compile(
    r"\b(?:annul(?:e|ant) et )?(?:remplace|remplacant|replaces)\b(?! (?:par\b|(?:le|au|en) \d))(.*\d.*)"
)
_NAMING = r"[ :]*(?:la )?(?P<named>(?:(?:factures?|fact|invoice|n°|no|numero)[ :.]*)*)"


def replaces(text: str, number: str = "") -> str:
    """Return what a line says that it replaces, that number alone if it is told; an empty text otherwise.

    Figures alone are a number only after « facture », « n° ».

    >>> replaces("Stand (annule et remplace F-2)", "F2"), replaces("Annule et remplace F2", "F2")
    ('', 'f2')
    >>> replaces("remplace la facture n° 12", "12"), replaces("remplace 2 vitres", "2")
    ('12', '')
    """
    found = _REPLACES.search(same(text))
    if not found or not number:
        return found[1].strip() if found else ""
    named = re.match(rf"{_NAMING}{re.escape(same(number))}(?!\w)", found[1])
    return same(number) if named and (named["named"] or not number.isdigit()) else ""


def replaces_an_invoice(text: str) -> bool:
    """Tell whether a line says that it cancels and replaces an invoice, whatever its number."""
    said = replaces(text)
    return "annul" in same(text) and bool(re.match(r"[ :]*(la )?((facture|fact|n°|numero)\b|[a-z]{1,4}[ -]?\d)", said))


def cancelled(text: str) -> str:
    """Return a number, a customer or a label that says a line is no sale, « FA-7 annulée »; else an empty text.

    >>> cancelled("Roux (devis)"), cancelled("Roux - DEVIS"), cancelled("Petit devis")
    ('Roux (devis)', 'Roux - DEVIS', '')
    """
    found = re.search(r"\bannulee?s?\b|\bcancell?ed\b|\bne pas compter\b", same(text))
    quoted = re.search(r"[-–(:] ?(devis|pro ?forma|brouillon)\)?$", text.casefold().strip())
    return text if (found or quoted) and not replaces(text) else ""


_CREDIT_LABEL = re.compile(r"(avoir|note de credit|annulation|extourne|remboursement|trop[ -]percu|ristourne)\b")
BY_NUMBER = {
    "etat": {"0": "Brouillon", "1": "Validée", "2": "Payée", "3": "Abandonnée"},
    "sorte_de_piece": {"0": "Facture", "1": "Facture de remplacement", "2": "Avoir", "3": "Acompte", "4": "Pro forma"},
}
"""What the numbers of Dolibarr mean, when an export gives them: states of an invoice, kinds of document."""


BY_CODE = {
    **dict.fromkeys(("380", "326", "384", "389", "393"), "Facture"),
    **dict.fromkeys(("381", "261", "262", "396"), "Avoir"),
    "386": "Acompte",
    "325": "Pro forma",
}
"""Kinds of document as electronic invoices write them."""


def of_number(number: str, label: str = "") -> str:
    """Return what a number or a label tells, when nothing else does: `PROV12` is a draft, `AV-3` a credit note."""
    said = same(number)
    if _DRAFT_NUMBER.fullmatch(said):
        return SET_ASIDE
    return CREDIT if _CREDIT_NUMBER.fullmatch(said) or _CREDIT_LABEL.match(same(label)) else COUNTED


_QUOTED = re.compile(r"dev|devis|quo(te)?|estimate|proforma")
_MAYBE = re.compile(r"pro|prof|est|pf|bc|cde?|cmd|bl|de|d|q|so|po|br")
_CREDITS = re.compile(r"a|av|avo|avoir|nc|rectif|cn")


def of_prefixes(numbers: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return what the letters before numbers mean, where a list has several: quotes are aside, orders may be sales.

    Each comes with what it is called; those that may be sales are one.

    >>> of_prefixes(["FAC-1", "DEV-2", "BC-3"]), of_prefixes(["D-1", "D-2", "AV-1"])
    ({'dev': ('de côté', 'DEV-…'), 'bc': ('inconnu', 'BC-…')}, {})
    """
    found = dict.fromkeys(map(prefix, numbers))
    quoted, maybe = ([each for each in found if kind.fullmatch(each)] for kind in (_QUOTED, _MAYBE))
    others = [each for each in found if each not in (*quoted, *maybe) and not _CREDITS.fullmatch(each)]
    asked = [*([] if others else quoted), *(maybe if others or quoted or len(maybe) > 1 else ())]
    told = {each: (SET_ASIDE, f"{each.upper()}-…") for each in quoted if others}
    return told | dict.fromkeys(asked, (UNKNOWN, listing([f"{each.upper()}-…" for each in asked])))


def prefix(number: str) -> str:
    """Return the letters before a number: `DEV-2026-030` has « dev »; an empty text when it has none."""
    letters = re.match(r"([a-z]+)[^a-z]*\d", same(number))
    return letters[1] if letters else ""


def credit_number(number: str) -> bool:
    """Tell whether a number is that of a credit note: « AV-3 », « A12 », « RFAC/2026/2 », as programs write them."""
    return bool(_CREDITS.fullmatch(before := prefix(number)) or re.fullmatch("r(fac|inv|f|v).*", before))
