"""What a payment says of itself: sent back, « REJET PRLV », from which invoice; « payé le 12/04 », another sum."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kpa_model.files.book.cells import read_euros, same
from kpa_model.files.book.closest import words
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.remarks import came, day_said
from kpa_model.files.book.reading.sales.states import refunded, sent_back
from kpa_model.files.book.tables import Given, Row, Values
from kpa_model.files.book.vocabulary import pattern
from kpa_model.files.importing.payments.bills import label_of
from kpa_model.files.importing.since import of_receipt
from kpa_model.words import euros, listing

_UNKNOWN = "aucun paiement de cette somme ne vient avant. Si un client a repris son argent, ôtez son paiement."
_USUAL = pattern("sent_back.usual")
"""Words that name nobody, and no invoice."""


@dataclass(frozen=True)
class _Came:
    """A payment that may have been sent back: what it is, what it says of its own, its line when a file gives it."""

    values: Values
    said: set[str]
    row: Row | None = None

    @property
    def day(self) -> date:
        return self.values["date"]


class SentBack:
    """The payments of some files that were sent back: what says so, and the payment that it takes back."""

    def __init__(
        self, rows: Sequence[Row], held: Iterable[Values] = (), customers: Mapping[str, str] | None = None
    ) -> None:
        """Find what each takes back: a payment before it, of its amount, that its label does not deny.

        Args:
            rows: the payments of the files.
            held: those of the book.
            customers: whose each invoice is, for the payments of the book, which have no label.
        """
        dated = [row for row in rows if row.get("date") and row.get("montant_ttc")]
        self.backs = sorted(filter(_is_back, dated), key=lambda row: row.get("date"))
        came = {(row.get("facture"), row.get("montant_ttc")) for row in dated if row.get("facture")}
        self._listed = [row for row in dated if (row.get("facture"), -row.get("montant_ttc")) in came]
        self._listed = [row for row in self._listed if row.get("montant_ttc") < 0]
        self._pairs: dict[int, _Came] = {}
        self._gone = set[int]()
        given = [_Came(row.values, _own(label_of(row)) | _own(words(row.get("facture", ""))), row) for row in dated]
        kept = [
            _Came(each, _own(words(f"{each.get('facture')} {(customers or {}).get(each.get('facture', ''), '')}")))
            for each in held
        ]
        for back in self.backs:
            free = [each for each in given if id(each.row) not in self._gone]
            if found := _taken_back(back, free) or _taken_back(back, kept):
                self._pairs[id(back)] = found
                self._gone.add(id(found.row))

    def __contains__(self, row: Row) -> bool:
        """Tell whether a line is of a payment that was sent back."""
        return id(row) in self._gone

    def but(self, rows: Iterable[Row]) -> list[Row]:
        """Return payments without those that were sent back, nor what says so."""
        gone = self._gone | {id(row) for row in self.backs}
        return [row for row in rows if id(row) not in gone]

    @property
    def held(self) -> list[tuple[str, int]]:
        """Return the invoices, and the cents, of the payments of the book that were sent back."""
        others = (each.values for each in self._pairs.values() if each.row is None)
        return [(each.get("facture", ""), each["montant_ttc"]) for each in others]

    def taken(
        self, paid: Mapping[int, Sequence[Row]], asked: Collection[int], findings: Findings
    ) -> dict[int, list[Row]]:
        """Return what each takes back from invoices, by the `id` of its line; tell each in one sentence.

        Args:
            paid: the payments that lines are, by their `id`.
            asked: the `id` of the lines that are asked about.
            findings: where it is told; what takes nothing back is left out.
        """
        made = dict[int, list[Row]]()
        for row in self._listed:
            text = f"« {row.get('facture')} » : {euros(-row.get('montant_ttc'))} arrivés, puis repris"
            findings.heed(row.place(), f"{text} le {row.get('date'):%d/%m/%Y}. Ils s'annulent.")
        for back in self.backs:
            if (other := self._pairs.get(id(back))) is None:
                findings.left_out(back.place(), f"{_named(back)} n'est pas lu : {_UNKNOWN}")
                continue
            parts = [other.values] if other.row is None else [each.values for each in paid.get(id(other.row), ())]
            made[id(back)] = [_less(back, each) for each in parts]
            if id(other.row) not in asked:
                findings.heed(back.place(), _told(back, other, [str(each.get("facture")) for each in parts]))
        return made


def _is_back(row: Row) -> bool:
    return row.get("montant_ttc") < 0 and not row.get("facture") and _says_so(row.get("libelle", ""))


def _says_so(label: str) -> bool:
    return sent_back(label) or refunded(label)


def _own(text: str) -> set[str]:
    return {word for word in text.split() if len(word) > 1 and not _USUAL.fullmatch(word)}


def _taken_back(back: Row, came: Iterable[_Came]) -> _Came | None:
    """Return the last payment of this amount that shares most words with a label; None when two others may be it."""
    said, amount = _own(label_of(back)), -back.get("montant_ttc")
    before = [each for each in came if each.values.get("montant_ttc") == amount and each.day <= back.get("date")]
    fitting = [each for each in before if each.said & said or not (each.said and said)]
    most = max((len(each.said & said) for each in fitting), default=0)
    last = sorted((each for each in fitting if len(each.said & said) == most), key=lambda each: each.day)
    sure = len(last) == 1 or (most and len({frozenset(each.said & said) for each in last}) == 1)
    return last[-1] if sure else None


def _less(back: Row, paid: Values) -> Row:
    values = {**back.values, "facture": paid.get("facture"), "montant_ttc": -paid["montant_ttc"]}
    return replace(back, values=values)


def _told(back: Row, other: _Came, numbers: Sequence[str]) -> str:
    if not numbers:
        return f"{_named(back)} reprend ce qui était arrivé le {other.day:%d/%m/%Y} : ni l'un ni l'autre n'est lu."
    which = " et ".join(f"« {each} »" for each in numbers)
    told = f"{_named(back)} reprend le paiement de {which} du {other.day:%d/%m/%Y} : ils s'annulent."
    if not any(of_receipt({"facture": each, "date": other.day}) for each in numbers):
        return told
    sold = euros(-back.get("montant_ttc"))
    return f"{told} La vente reste comptée ({sold}) : si elle ne sera pas payée, ajoutez un avoir à vos factures."


def _named(back: Row) -> str:
    return f"« {back.get('libelle')} » ({euros(-back.get('montant_ttc'))}, le {back.get('date'):%d/%m/%Y})"


TOPIC, _REMARK, _COLUMN = "encaissements.jour", "remarque", "colonne"
_CAME = re.compile(r"\b(?:recu|paye|regle|verse|encaisse)e?s?\b[^\d€]*(\d[\d ]*(?:[.,]\d\d?)?) ?(?:€|eur)")
_HALF_A_YEAR = timedelta(days=183)


def days_remarked(tables: Given, findings: Findings) -> None:
    """Give payments the day that their remark says, once the group agrees; asked once a list."""
    lists: dict[tuple[str, str], list[tuple[Row, date]]] = defaultdict(list)
    for row in tables.get("encaissements", ()):
        if (day := _day(row)) and day != row.get("date"):
            lists[row.source].append((row, day))
        if (said := _sum(row)) and said != row.get("montant_ttc"):
            text = f"« {row.get('note')} » : {euros(row.get('montant_ttc'))} sont comptés. Vérifiez cette somme."
            findings.heed(row.place("montant_ttc"), text)
    for told in lists.values():
        first, title = told[0][0], told[0][0].place("date").title or "date"
        pairs = listing([f"« {row.get('note')} » pour le {row.get('date'):%d/%m/%Y}" for row, _ in told], most=3)
        answer = first.grid.answers.get(TOPIC, "")
        if answer == _REMARK:
            for row, day in told:
                row.values["date"] = day
        elif not answer and findings.asking and any((d.year, d.month) != _month(row) for row, d in told):
            question = f"{pairs} : quel jour l'argent est-il arrivé ?"
            options = ((_COLUMN, f"celui de « {title} »"), (_REMARK, "celui de la remarque"))
            findings.doubt(first.place("date"), Doubt(TOPIC, question, options, "Écrivez un seul jour par paiement."))
        else:
            tell = findings.heed if answer else findings.note
            tell(first.grid.place(), f"{pairs} : le jour de « {title} » est gardé.")


def _day(row: Row) -> date | None:
    """Return the day that the remark of a payment says, in the year nearest to that of its column."""
    remark, since = same(str(row.get("note", ""))), row.get("date")
    day = day_said(remark, since) if since and came(remark) else None
    years = re.search(r"\d{4}|/\d\d/\d\d", remark)
    return day.replace(year=day.year - 1) if day and not years and day - since > _HALF_A_YEAR else day


def _sum(row: Row) -> int:
    """Return how much came, as the remark of a payment says it; 0 when it says no sum, or nothing else does."""
    found = _CAME.search(same(str(row.get("note", ""))))
    return read_euros(found[1].strip()) if found and row.get("montant_ttc") else 0


def _month(row: Row) -> tuple[int, int]:
    return row.get("date").year, row.get("date").month
