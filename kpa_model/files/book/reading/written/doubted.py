"""What a remark says of a line that may not count: « annulée », « devis »; of money: « à encaisser », « remboursé »."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kpa_model.files.book.cells import bare, same
from kpa_model.files.book.reading.sales.states import bounced, replaces
from kpa_model.files.book.reading.written.done_by import done_by

LINES = "etat.lignes"
"""What was answered of several remarks at once: those whose lines do not count."""
STRUCK = "ligne barrée"
"""The remark of a line that is struck through."""
_DOUBTED = re.compile(
    r"\bannul(?!able)|\bdoublon|en double\b|ne pas compter|ne compte pas|\berreur\b|brouillon|\bremplacee? par"
    r"|\ba confirmer\b|\b(montant|prix|duree|heures?) (estime|provisoire)|\bprovisoire\b|\bpas sur\b"
    r"|\bpersos?\b|\bpas (pour|a) nous\b"
)
_NOT_SOLD = re.compile(
    r"(c'est (juste )?un |simple |en )?(devis|pro ?forma)"
    r"( (seulement|en (attente|cours)|(envoye|refuse)e?|non (signe|accepte|valide)e?|a (faire|envoyer|signer)))?"
    r"|(pas|non|jamais|a|sera|reste a) factur.*|pas (faite?|signee?|accepte)"
    r"|(offert|gratuit)e?s?( (a|au|aux|par) .*)?|(perdu|refuse|abandonne|reporte|decale)e?s?( (a|au|le) .*)?"
    r"|(facture )?a refaire|deja (facture|compte|note)e?s?.*"
)
_NOT_BOUGHT = re.compile(
    r"\b(retourne|rendu|echange|repris)e?s?\b|^personnel(le)?s?\b|\bpas pour (la coop|le groupe)"
    r"|^prevu|^devis$|\brembourse?e? par (le )?(fournisseur|magasin|vendeur)"
    r"|\bpas (encore )?(livre|recu|paye|achete)|^a (commander|acheter)"
)
_NOT_WORKED = re.compile(
    r"\bdeja (note|compte|saisi|declare|paye)e?s?\b|\bpas (venu|travaille|fait)|\bne pas (payer|compter)"
    r"|^((malade|maladie|conges?|absente?s?|ferie|rtt)\b|benevol|non (travaille|paye|remunere)|prevu|reporte)"
)
_PART = re.compile(
    r"\d ?%? (d'|de )?acompte|acomptes? (de |d'|a )?\d+ ?%|(seulement|uniquement|juste) (un |l'|d')?acompte"
    r"|acompte (seulement|uniquement|facture)|factur\w* (a|pour|de) (\d+ ?%|moitie|la moitie)|(la )?moitie facturee"
    r"|factur\w* (en partie|partiellement)|partiellement facture|reste a facturer|solde (a facturer|a venir)"
)
_CAME = re.compile(r"\b(recu|verse|paye|encaisse|regle|deduit|vire|credite|percu|arrive)e?s?\b")
_NOT_YET = re.compile(
    r"\b(non|pas)( encore)?( ete)? (recu|encaisse|honore|paye|regle|arrive|verse|vire|credite|remis|depose)"
    r"|\ba (encaisser|recevoir|payer|regler|deposer)\b|^(prevu|attendu|promis|bientot|(a )?relanc)|\bimpaye"
    r"|\b(paiement|virement|vir|cheque|chq|reglement) (est )?(prevu|attendu|promis|a venir)"
    r"|\b(sera|seront|doit|doivent|devrait|devraient|va|vont) (etre |nous )?(paye|regle|vers|encaiss|vir)"
)
_NOT_KEPT = re.compile(
    r"\blitige|\bcontest|\brembourse(?!ment)|\brend(u|us|ue|ues) (au|a la|aux) client|^rendue?s?\b|\bcheque revenu\b"
    r"|^personnel"
)


def doubted(table: str, remark: str) -> str:
    """Return a remark that says a line of a table may not count, « ANNULÉE le 10/03 »; an empty text otherwise.

    >>> [bool(doubted("factures", each)) for each in ("doublon ?", "devis", "devis n° 12 signé", "à encaisser")]
    [True, True, False, False]
    >>> [bool(doubted("encaissements", each)) for each in ("à encaisser", "rendu au client", "payé après relance")]
    [True, True, False]
    """
    said = same(remark)
    if STRUCK in remark:
        return STRUCK
    if table == "encaissements" and (bounced(remark) or _NOT_YET.search(said) or _NOT_KEPT.search(said)):
        return remark
    if table == "heures" and done_by(remark):
        return remark
    if table == "factures" and _PART.search(said) and not _CAME.search(said):
        return remark
    also = {"achats": _NOT_BOUGHT, "heures": _NOT_WORKED}.get(table)
    if also and also.search(said):
        return remark
    if table == "factures" and any(_NOT_SOLD.fullmatch(each.strip(" .!?()")) for each in re.split("[;,]", said)):
        return remark
    return remark if _DOUBTED.search(said) and not replaces(remark) else ""


def left_out(answers: Mapping[str, str], word: str) -> bool:
    """Tell whether the group said that lines of a word do not count, by itself or among others."""
    alone, key = answers.get(f"etat.{bare(word)}"), bare(word)
    return alone == "non" or (bool(key) and key in answers.get(LINES, "").split("|"))


_COLOURS = re.compile(
    r"\b(en|fond) (rouge|orange|jaune|vert|bleu|gris|italique|gras)\b|\b(surlign|barr)[ée]e?s?\b"
    r"|\b(rouge|orange|jaune|vert|bleu|gris)e?s? ?[:=]",
    re.IGNORECASE,
)


def about_colours(text: str) -> bool:
    """Tell whether a sentence speaks of what is seen and not read: « En rouge : factures annulées »."""
    return bool(_COLOURS.search(text))
