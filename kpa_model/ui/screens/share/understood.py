"""What the import assistant tells: what is not read, what is understood, the group's own totals, what changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.chain import MonthMoney, money_chain
from kpa_model.cooperative.people import Member, Status
from kpa_model.declare.markup import Html, items, joined, table, tag, wide
from kpa_model.declare.unit import HOURS
from kpa_model.figures.bars import AmountBar, bars
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.importing.proposal import ImportProposal
from kpa_model.story.months.corrected import added_late, adopted_touched, but_rounding, corrections
from kpa_model.story.pay.chain import book_told
from kpa_model.ui import pieces
from kpa_model.words import capital, count, euros, hours, month_name, uncapital

_OF_ORDERS = "Un achat compte le mois où sa commande entre dans l'enveloppe, ou plus tard s'il est fait plus tard."
_DATED, _OTHERS = "Un achat compte le mois de sa date.", "Un achat sans commande compte le mois de sa date."
_SALES = "Vos ventes hors taxes, mois par mois"
_WEIGHED = {"factures": "montant_ht", "encaissements": "montant_ttc", "achats": "montant_ht", "heures": "duree"}


def proposal_told(proposal: ImportProposal, added: str, alone: bool = False) -> Html:
    """Return what is not read first; what to check, and totals, once nothing is left to ask: an answer changes them.

    `added` names the book that the files are added to; it is empty for a new one. A file given `alone` is not named.
    """
    unread = tag(
        "div", tag("p", tag("strong", "Ce qui n'est pas lu")), _by_file(proposal.unread, alone), cls="kpa-warning"
    )
    heeded = tag("div", tag("p", tag("strong", "À vérifier")), _by_file(proposal.heeded, alone), cls="kpa-info")
    return joined(
        unread if proposal.unread else None,
        heeded if proposal.heeded and not proposal.questions else None,
        _whole(proposal, added) if proposal.reading else None,
    )


def first_lines(proposal: ImportProposal, alone: bool = False) -> Html:
    """Return the first lines of each table as they are understood, then what is good to know."""
    left = proposal.notes[len(proposal.unread) + len(proposal.heeded) :]
    notes = tag("details", tag("summary", f"À savoir ({len(left)})"), _by_file(left, alone)) if left else None
    title = tag("h3", "Ce que le cahier comprend") if proposal.understood else None
    return joined(title, [_table(each) for each in proposal.understood], notes)


def saved(*said: Any) -> Html:
    """Return what was done, brought under the eyes: all that was above it has left the page."""
    return pieces.live(tag("div", *said, cls="kpa-success kpa-saved"))


def next_pages() -> Html:
    """Return the links to the pages where the group goes on with a month it has just brought or typed."""
    links = [tag("a", label, href=f"{page}.ipynb", cls="kpa-download") for page, label in _AFTER]
    return tag("p", joined(links, between=" "))


def _table(each: Any) -> Html:
    """Return the first lines of one table as they are understood."""
    label = dictionaries()[each.table].label
    caption = f"{each.place} : {uncapital(label)}, {count(each.count, 'ligne')}"
    return wide(table(caption, each.titles, each.lines, cls="kpa-table kpa-lines", blocks=True), caption)


def _whole(proposal: ImportProposal, added: str) -> Html:
    """Return the group's own totals, month by month, as a picture and a table, and each person's hours."""
    assert proposal.reading is not None
    book = proposal.reading.book
    counts, sold = book_told(book)
    checked = "Tout est lu, avec ce qui est à vérifier." if proposal.heeded else "Tout est lu."
    ready = checked if not proposal.unread else "Le reste est lu."
    months = [AmountBar(month_name(money.month.first_day), money.sales) for money in money_chain(book)]
    held = tag("div", tag("p", tag("strong", ready), " ", ", ".join(counts), ". ", sold), cls="kpa-success")
    return joined(
        held,
        _changed(proposal, added) if added else None,
        bars(_SALES, months, total="Ensemble" if len(months) > 1 else "", head="Mois") if months else None,
        _months(book) if months else None,
        tag("p", _when_bought(book), cls="kpa-help") if book.costs else None,
        _people(book),
        tag("p", "Est-ce que ce sont bien vos chiffres ? Alors enregistrez."),
    )


def _when_bought(book: OrderBook) -> str:
    """Return in which month a purchase counts: that of its order, when some have one."""
    alone = {bool(each.order) for each in book.costs}
    return _DATED if alone == {False} else f"{_OF_ORDERS} {_OTHERS}" if len(alone) > 1 else _OF_ORDERS


_AFTER = (("03_une_enveloppe", "Partager ce mois"), ("05_pourquoi_ce_montant", "Pourquoi ce montant"))
_SPOT = r"(?:feuilles? «|ligne \d|colonne [A-Z]|champ «).+?"
_PLACED = re.compile(rf"(?:Fichier|Dossier) (?P<name>.+?)(?:, (?P<spot>{_SPOT}))?\s: (?P<text>.+)", re.DOTALL)


def _by_file(told: Sequence[str], alone: bool) -> Html:
    """Return sentences file by file, each named once; no name of the one file that was given."""
    groups: dict[str, list[str]] = {}
    for each in told:
        found = _PLACED.fullmatch(each)
        where = found["spot"] if found else ""
        said = each if found is None else f"{capital(where)} : {found['text']}" if where else capital(found["text"])
        groups.setdefault(found["name"] if found and each.startswith("Fichier ") else "", []).append(said)
    heads = {name: tag("p", tag("strong", name)) if name and not alone else None for name in groups}
    return joined((heads[name], items(said)) for name, said in groups.items())


def _people(book: OrderBook) -> Html:
    """Return the hours of each person, month by month when there are several."""
    worked: Counter[tuple[str, CalendarMonth]] = Counter()
    for each in book.hours:
        worked[each.member, CalendarMonth.of(each.on)] += each.minutes
    months = sorted({month for _, month in worked})
    several = months if len(months) > 1 else []
    rows = []
    for member in book.members:
        mine = [worked[member.name, month] for month in months]
        rows.append((_named(member), *map(HOURS.show, mine if several else ()), HOURS.show(sum(mine))))
    titles = ("Personne", *(month_name(each.first_day) for each in several), "Ensemble" if several else "Temps")
    label = "Les heures de chaque personne"
    kinds = ["kpa-amount"] * (len(titles) - 1)
    laid = "kpa-table kpa-slip" if several else "kpa-table"
    return wide(table(label, titles, rows, cls=laid, kinds=kinds, blocks=bool(several)), label)


def _named(member: Member) -> str:
    paid = any(spell.status == Status.CAPE for spell in member.spells)
    return member.name if paid else f"{member.name} (sans CAPE, sans part)"


def _months(book: OrderBook) -> Html:
    """Return the sales, purchases, margin and hours of each month, and of all of them."""
    worked: dict[CalendarMonth, int] = {}
    for each in book.hours:
        month = CalendarMonth.of(each.on)
        worked[month] = worked.get(month, 0) + each.minutes
    chain = money_chain(book)
    rows = [
        (month_name(each.month.first_day), *_amounts([each]), HOURS.show(worked.get(each.month, 0))) for each in chain
    ]
    foot = [("Ensemble", *_amounts(chain), HOURS.show(sum(worked.values())))] if len(chain) > 1 else []
    titles, label = ("Mois", "Ventes HT", "Achats et frais", "Marge", "Heures"), "Vos totaux, mois par mois"
    drawn = table(label, titles, rows, cls="kpa-table kpa-slip", kinds=["kpa-amount"] * 4, foot=foot, blocks=True)
    return wide(drawn, label)


def _amounts(chain: Sequence[MonthMoney]) -> tuple[str, ...]:
    return tuple(euros(sum(getattr(each, name) for each in chain)) for name in ("sales", "direct_costs", "margin"))


def _changed(proposal: ImportProposal, book: str) -> Html:
    """Return what an import changes in a book: new, gone, the same; never accepted before it is seen."""
    rows = []
    for name, change in proposal.merged.changes.items():
        if change.added or change.removed or change.same:
            label, seen = dictionaries()[name].label, but_rounding(change)
            rows.append((label, str(len(seen.added)), str(len(seen.removed)), str(seen.same), _weight(name, change)))
    if proposal.merged.nothing:
        return tag("p", "Rien de nouveau : tout était déjà dans le carnet.", cls="kpa-info")
    head = ("Table", "Lignes nouvelles", "Lignes retirées", "Déjà là", "Différence")
    kinds = ["kpa-amount"] * 4
    shown = table("Ce que ces fichiers changent", head, rows, cls="kpa-table kpa-slip", kinds=kinds, blocks=True)
    told = [*corrections(proposal.merged.changes), *added_late(proposal.merged)]
    more = [f"… et {count(len(told) - _TOLD, 'autre ligne', 'autres lignes')}"] if len(told) > _TOLD else []
    return joined(
        wide(shown, "Différences"),
        tag("p", tag("strong", "Ce qui change dans ce qui était déjà là")) if told else None,
        items([*told[:_TOLD], *more]) if told else None,
        tag("p", adopted, cls="kpa-warning") if (adopted := adopted_touched(book, proposal.merged.changes)) else None,
    )


_TOLD = 12


def _weight(name: str, change: Any) -> str:
    """Return by how much a table grows or shrinks, in euros or hours."""
    column = _WEIGHED.get(name)
    if column is None:
        return ""
    total = sum(each.get(column, 0) for each in change.added) - sum(each.get(column, 0) for each in change.removed)
    if name == "heures":
        return f"{'−' if total < 0 else '+'} {hours(abs(total))}"
    return f"+ {euros(total)}" if total > 0 else euros(total)
