"""What a list of invoices says of money that came: a day, « oui », what is left to pay → payments, or one question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kpa_model.errors import Refused
from kpa_model.files.book.cells import read_euros, read_yes_no, same
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.remarks import HOW, UNPAID, day_said
from kpa_model.files.book.reading.sales.states import COUNTED, of_payment, sent_back
from kpa_model.files.book.reading.written.doubted import doubted
from kpa_model.files.book.tables import Given, Row
from kpa_model.files.importing.payments.offsets import Key, due_of, offset_of, payment_of, told_offset
from kpa_model.files.importing.since import DUE, UNKNOWN, Known, last_month, paid_since
from kpa_model.money import part_of
from kpa_model.words import count, euros, listing

TOPIC = "reglement.jour"
NOTHING = Known()
_PARTLY = re.compile(r"((payee?|paid|reglee?) )?(en )?partie|partiel|partly|partial|(reglement|paiement) commence")
_LATER = re.compile(r"prevu|attendu|relance|avant|a venir|promis|\b(sera|seront|doit|doivent|devrait)\b")
_NOTHING = re.compile(r"0+([.,]0*)?( ?€)?")
_MODE = re.compile(rf"(en |par )?({HOW})\b")
"""How somebody paid: then she did."""
_PAID = re.compile(
    r"(payee?s?|paid|reglee?s?|encaissee?s?|soldee?s?|acquittee?s?|lettree?s?"
    rf"|reussie?s?|successful|succeeded|in payment)( le .*| {_MODE.pattern}(?!.*attente)[^\d€]*(\d[\d/]*/\d+)?)?$"
)
_NUMBER = r"(\d[\d ]*(?:[.,]\d\d?)?)"
_PART = re.compile(
    rf"(?:acompte|avance|arrhes|verse|recu|partiel)\w*\D*{_NUMBER}(?! ?%)"
    rf"|^(?:(?:paye|regle|encaisse)\D*)?{_NUMBER} ?(?:€|euros?)(?: |$)"
)
_LEFT = re.compile(rf"\breste\D*{_NUMBER}(?! ?%)")
_PERCENT = re.compile(r"(?<!\d[.,])\b(\d{1,3}) ?%(?! de tva)")
_RATE = re.compile(r"\b(tva|taxes?)\b\D{0,20}\d+([.,]\d+)? ?%")
"""« TVA 20 % » says nothing of what came."""
_DATED = re.compile(r"(\ble )?\d{1,2}[/.-]\d{1,2}([/.-]\d{2,4})?|\ble \d{1,2}\b")
_TWO_DAYS = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})? ?(?:et|puis|\+|,|;|&) ?(?:le )?\d{1,2}[/.-]\d{1,2}")
_DAYS = (("facture", "le jour de la facture"), DUE)


def paid(tables: Given, held: Sequence[Mapping[str, Any]], findings: Findings, before: Known = NOTHING) -> None:
    """Add the payments that lists of invoices tell; those that a list of payments gives are not told twice.

    Args:
        tables: what the files give.
        held: the payments of the book that other files gave.
        findings: where what is asked or told goes.
        before: the invoices of the book, and the payments that the same files had given.
    """
    known = {same(row.get("facture", "")) for row in tables.get("encaissements", ())}
    known |= {same(str(each.get("facture", ""))) for each in held}
    invoices: dict[Key, list[Row]] = defaultdict(list)
    for row in tables.get("factures", ()):
        if row.get("facture") and row.get("montant_ht") is not None and row.get("taux_tva") is not None:
            invoices[_key(row)].append(row)
    said = _Said()
    for key, rows in invoices.items():
        if same(key[2]) in known:
            continue
        amount = amount_said(rows)
        refunded = amount if amount and amount < 0 and _day(rows) is None else 0
        if refunded and (offset := offset_of(rows[0], refunded, invoices, tables, held)):
            said.offsets += offset
            findings.heed(rows[0].place(), told_offset(rows[0], offset[1], refunded))
        else:
            said.hear(key, rows, amount, before)
        doubts = filter(None, (doubted("encaissements", row.get("note", "")) for row in rows))
        if amount and amount > 0 and (doubt := next(doubts, "")):
            text = f"« {doubt} » : le paiement de « {key[2]} » compte quand même. Vérifiez-le."
            findings.heed(rows[0].place(), text)
    _say_unclear(said.unclear, invoices, findings)
    for group in said.parted.values():
        _say_parted(group, findings)
    for group in said.undated.values():
        said.made += _undated(group, said.came, findings)
    for group in said.later.values():
        since = paid_since(group, said.came, last_month(tables), findings)
        said.made += [payment_of(row, day, said.came[id(row)]) for row, day in since]
    if said.made or said.offsets:
        tables.setdefault("encaissements", []).extend((*said.made, *said.offsets))
    if said.made:
        total = euros(sum(row.values["montant_ttc"] for row in said.made))
        text = f"{count(len(said.made), 'paiement', 'paiements')} d'après la liste des factures : {total} en tout."
        findings.heed(said.made[0].grid.place(), text)


class _Said:
    """What lists say of the payment of their invoices: payments with their day, and what is to be asked or told."""

    def __init__(self) -> None:
        self.made, self.offsets = list[Row](), list[Row]()
        self.undated, self.later, self.parted, self.unclear = (defaultdict[Any, list[Row]](list) for _ in range(4))
        self.came: dict[int, int] = {}

    def hear(self, key: Key, rows: Sequence[Row], amount: int | None, before: Known) -> None:
        """Take what the lines of an invoice say; the days that the book already has for it stay."""
        first, day = rows[0], _day(rows)
        if amount is None:
            self.parted[key[:2]].append(first)
        elif not amount:
            if word := _unclear(rows):
                self.unclear[*key[:2], word].append(first)
        elif day is not None:
            self.made.append(payment_of(first, day, amount))
        else:
            days = before.days_of(key[2], amount)
            self.made += [payment_of(first, on, cents) for on, cents in days]
            self.came[id(first)] = amount - sum(cents for _, cents in days)
            asked = first.grid.answers.get(TOPIC) != UNKNOWN[0]
            if self.came[id(first)]:
                (self.later if asked and same(key[2]) in before.invoices else self.undated)[key[:2]].append(first)


def _say_unclear(
    unclear: Mapping[Any, Sequence[Row]], invoices: Mapping[Key, Sequence[Row]], findings: Findings
) -> None:
    for (*_, word), group in unclear.items():
        total = euros(sum(due_of(invoices[_key(row)]) for row in group))
        text = f"« {word} » ne dit pas si l'argent est arrivé. Aucun paiement n'est noté, sur {total}."
        findings.left_out(group[0].place("reglement" if group[0].get("reglement") else "regle_le"), text)


def _say_parted(group: Sequence[Row], findings: Findings) -> None:
    names = listing([f"« {row.get('facture')} »" for row in group], most=6)
    told = "est payée" if len(group) == 1 else "sont payées"
    text = f"{names} {told} en partie, sans que rien ne dise combien. Aucun paiement n'est noté."
    findings.left_out(group[0].place(), text)


def _key(row: Row) -> Key:
    return row.grid.file, row.grid.sheet, row.get("facture")


def amount_said(rows: Sequence[Row]) -> int | None:
    """Return how much of an invoice came, 0 when nothing tells it did; None when it is a part that nothing tells."""
    due = due_of(rows)
    back = _sent_back(rows) if due > 0 and _day(rows) else ""
    if back and not UNPAID.search(same(back)):
        return 0
    got, left = _euros(rows, "montant_regle"), _euros(rows, "reste_du")
    if got is not None:
        return got
    if left is not None:
        return due - left if left <= due or due < 0 else 0
    if back:
        return 0
    state = [same(said).strip(" .") for row in rows for said in _states(row)]
    told = [same(each).strip(" .?") for row in rows for each in _words(row)]
    if (part := next((cents for each in told if (cents := _part(each, due)) is not None), None)) is not None:
        return part
    if any(_TWO_DAYS.search(each) for each in told):
        return None
    came = _euros(rows, "reglement")
    if any(_PARTLY.match(each) or each == "acompte" for each in (*state, *told)):
        return came or None
    if any(_PAID.match(each) for each in (*state, *told)) or any(_yes(each, due) for each in told):
        return due
    return came if came is not None else due if _day(rows) else 0


def _words(row: Row) -> tuple[str, ...]:
    """Return what the columns of payments say of a line: when, « oui », a sum, how, unless it waits."""
    said = (str(row.get(name, "")) for name in ("regle_le", "reglement", "montant_regle"))
    waits = any(of_payment(COUNTED, each) != COUNTED for each in _states(row))
    return tuple(each for each in said if not (waits and _MODE.match(same(each)) and not re.search(r"\d", each)))


def _euros(rows: Sequence[Row], column: str) -> int | None:
    """Return the amount of a column that an invoice of several lines repeats; None when it holds none."""
    said = [row.get(column, "") for row in rows if row.get(column, "")]
    try:
        return read_euros(said[0]) if said else None
    except Refused:
        return None


def _states(row: Row) -> tuple[str, str]:
    return str(row.get("etat_paiement", "")), str(row.get("etat", ""))


def _part(text: str, due: int) -> int | None:
    """Return how much came, where a text tells a part of it; None when it tells none.

    >>> [_part(each, 42_000) for each in ("acompte 100", "reste 40", "50 % le 12/03", "acompte le 12/03", "oui")]
    [10000, 38000, 21000, None, None]
    """
    bare = _DATED.sub("", text)
    if UNPAID.search(bare) or _LATER.search(bare):
        return None
    if found := _PERCENT.search(_RATE.sub("", bare)):
        return int(part_of(due, int(found[1]) * 10_000))
    for pattern, left in ((_LEFT, True), (_PART, False)):
        if found := pattern.search(bare):
            cents = read_euros(next(each for each in found.groups() if each).strip())
            return due - cents if left else cents
    return due // 2 if "moitie" in bare else None


def _yes(text: str, due: int) -> bool:
    """Tell whether a text says that an invoice is paid: « oui », or how it was; another number beside is not clear."""
    if _MODE.match(text) and not UNPAID.search(text) and not _LATER.search(text):
        numbers = re.findall(r"(?<!\d)\d{1,4}(?:[.,]\d\d)?(?!\d)", _DATED.sub("", text))
        return all(read_euros(each.replace(".", ",")) == due for each in numbers)
    if due < 0 and re.match(r"(rembours|refund)", text):  # what was given back on a card
        return True
    try:
        return text in ("ok", "x") or (bool(text) and read_yes_no(text))
    except Refused:
        return False


def _sent_back(rows: Sequence[Row]) -> str:
    """Return what says that the money did not stay, « Prélèvement rejeté »; an empty text otherwise."""
    said = (each for row in rows for each in (*_states(row), *_words(row)))
    return next(filter(sent_back, said), "")


def _unclear(rows: Sequence[Row]) -> str:
    """Return what the column of payments says that is neither yes nor no; an empty text when it is clear or silent."""
    if (back := _sent_back(rows)) and _day(rows):
        return back
    for said in (each for row in rows for each in _words(row)):
        text = same(said).strip(" .?-–—/")
        if text and not _NOTHING.fullmatch(text) and not UNPAID.search(text) and not _no(text):
            return said
    return ""


def _no(text: str) -> bool:
    """Tell whether a text says no, as « non », « FALSE » or an empty tick box do."""
    try:
        return not read_yes_no(text)
    except Refused:
        return False


def _day(rows: Sequence[Row]) -> date | None:
    """Return the day that the money came: one that is only expected is none."""
    for row in rows:
        for told in (*_words(row), *(each for each in _states(row) if _PAID.match(same(each)))):
            if told and not _LATER.search(same(told)) and (day := day_said(told, row.get("date") or date.min)):
                return day
    return None


def _undated(group: Sequence[Row], amounts: Mapping[int, int], findings: Findings) -> list[Row]:
    """Return the payments of invoices said to be paid, on the day that the group answers; ask it once for a list."""
    first, total = group[0], sum(amounts[id(row)] for row in group)
    answer = first.grid.answers.get(TOPIC, "")
    if answer in ("facture", "echeance"):
        days = [(row, (answer == "echeance" and row.get("echeance")) or row.get("date")) for row in group]
        return [payment_of(row, day, amounts[id(row)]) for row, day in days if day]
    names = listing([row.get("facture") for row in group], most=6)
    if answer:
        text = f"{names} : {euros(total)} dits payés, sans jour. Aucun paiement n'est noté ; les ventes comptent."
        findings.heed(first.place(), text)  # the group said so itself: that was its yes
        return []
    told = ("montant_regle", "reste_du", "reglement", "regle_le", "etat_paiement", "etat")
    at = next(name for name in told if first.get(name))
    column = first.place(at).title
    way = "est arrivé" if total >= 0 else "est reparti"
    says = f"La colonne « {column} » dit que" if at != "reste_du" else f"D'après la colonne « {column} »,"
    head = f"{says} l'argent {way} : {euros(total)} ({names}). Quel jour ?"
    options = (*_DAYS[: 1 + all(row.get("echeance") for row in group)], UNKNOWN)
    findings.doubt(first.place(at), Doubt(TOPIC, head, options, "Ajoutez une colonne « Date de paiement »."))
    return []
