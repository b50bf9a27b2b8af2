"""What files give beside what the book already holds: new, same, changed, gone; giving a file again doubles nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kpa_model.files.book.cells import same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.tables import Held, Row, Tables, Values
from kpa_model.files.book.where import Place
from kpa_model.words import euros, hours, listing, uncapital

_KEYS = {"personnes": ("personne",), "commandes": ("commande",), "declarations": ("mois", "personne")}
"""Tables whose lines have a name of their own."""
_GROUPS = {"factures": "facture"}
"""Tables whose lines belong together: an invoice is replaced whole."""
_TABLES = ("personnes", "commandes", "factures", "encaissements", "achats", "heures", "declarations")


@dataclass(frozen=True)
class TableChange:
    """What an import does to one table: the lines it adds, removes, and leaves; whether seconds make its minutes."""

    added: tuple[Values, ...] = ()
    removed: tuple[Values, ...] = ()
    same: int = 0
    rounded: bool = False


@dataclass(frozen=True)
class Merged:
    """The tables after an import, and what changed in each."""

    tables: dict[str, list[Values]] = field(default_factory=dict)
    changes: dict[str, TableChange] = field(default_factory=dict)

    @property
    def nothing(self) -> bool:
        """Tell whether the book stays as it was."""
        return not any(each.added or each.removed for each in self.changes.values())


def plain(table: str, values: Values) -> dict[str, Any]:
    """Return what the book keeps of a line: the columns of its table that hold something."""
    columns = dictionaries()[table].columns
    return {each.name: values[each.name] for each in columns if values.get(each.name) not in (None, "", ())}


def content(values: Values) -> tuple[tuple[str, str], ...]:
    """Return what makes two lines the same."""
    return tuple(sorted((name, str(value)) for name, value in values.items() if name not in ("note", "origine")))


def merged(book: Held, given: Held, before: Held | None = None, spoken: Held | None = None) -> Merged:
    """Return the book with what files give.

    Args:
        book: what the book holds.
        given: what the files say now.
        before: what the same sources had given earlier; what they no longer say, over the days they speak of, goes.
        spoken: the lines whose days the files speak of, those that are left out too; what they say now otherwise.
    """
    result = Merged()
    for table in _TABLES:
        held = [plain(table, each) for each in book.get(table, ())]
        new = [plain(table, each) for each in given.get(table, ())]
        old = [plain(table, each) for each in (before or {}).get(table, ())]
        if table == "encaissements" and given.get("factures"):  # a list of invoices speaks of its own payments alone
            told = {same(str(each.get("facture", ""))) for each in given["factures"]}
            old = [each for each in old if same(str(each.get("facture", ""))) in told]
        if table in _KEYS:
            kept, change = _by_key(held, new, _KEYS[table])
        elif table in _GROUPS:
            kept, change = _by_group(held, new, _GROUPS[table])
        else:
            kept, change = _by_content(held, new, old, _span((spoken or given).get(table, ())))
        result.tables[table], result.changes[table] = kept, change
    return result


def _by_key(
    held: list[dict[str, Any]], new: list[dict[str, Any]], keys: tuple[str, ...]
) -> tuple[list[Values], TableChange]:
    """Add the lines whose name is new; what the book already says of a name stays."""

    def key(values: Values) -> tuple[str, ...]:
        return tuple(same(str(values.get(each, ""))) for each in keys)

    known = {key(each) for each in held}
    added = [each for each in new if key(each) not in known]
    return [*held, *added], TableChange(tuple(added), (), len(new) - len(added))


def with_derived(orders: TableChange, held: Held, given: Held) -> TableChange:
    """Return what happens to orders: those of the book that lines given again name are still there."""
    own = {same(str(each.get("commande", ""))) for each in given.get("commandes", ())}
    named = {same(str(each.get("commande", ""))) for table in ("factures", "heures") for each in given.get(table, ())}
    there = {same(str(each.get("commande", ""))) for each in held.get("commandes", ())} - own
    return replace(orders, same=orders.same + len(there & named))


def _by_group(held: list[dict[str, Any]], new: list[dict[str, Any]], by: str) -> tuple[list[Values], TableChange]:
    """Replace each group that is given again, when a line of it differs."""
    told: dict[str, list[dict[str, Any]]] = {}
    for each in new:
        told.setdefault(same(str(each.get(by, ""))), []).append(each)
    kept: list[Values] = []
    added: list[Values] = []
    removed: list[Values] = []
    alike = 0
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in held:
        groups.setdefault(same(str(each.get(by, ""))), []).append(each)
    for name, lines in groups.items():
        mine = told.pop(name, None)
        if mine is None or Counter(map(_shown, lines)) == Counter(map(_shown, mine)):
            kept += lines
            alike += len(mine or ())
        else:
            kept += _with_orders(mine, lines)
            added += mine
            removed += lines
    for mine in told.values():
        kept += mine
        added += mine
    return kept, TableChange(tuple(added), tuple(removed), alike)


def _shown(values: Values) -> tuple[tuple[str, str], ...]:
    """Return what of an invoice line a file of invoices tells: its order may have been chosen by the group since."""
    return tuple(each for each in content(values) if each[0] not in ("commande", "libelle", "echeance"))


def _with_orders(new: list[dict[str, Any]], old: Sequence[Values]) -> list[Values]:
    orders = {str(each.get("commande", "")) for each in old}
    return [each | {"commande": next(iter(orders))} if len(orders) == 1 else each for each in new]


def _by_content(
    held: list[dict[str, Any]], new: list[dict[str, Any]], old: list[dict[str, Any]], span: tuple[date, date]
) -> tuple[list[Values], TableChange]:
    """Union of lines as many times as the fullest of the two says them; what a source no longer says goes."""
    told = Counter(map(content, new))
    first, last = span
    gone = Counter(map(content, (each for each in old if first <= each.get("date", first) <= last))) - told
    kept: list[Values] = []
    removed: list[Values] = []
    for each in held:
        key = content(each)
        if gone[key] > 0:
            gone[key] -= 1
            removed.append(each)
        else:
            kept.append(each)
    there = Counter(map(content, kept))
    added = []
    for each in new:
        key = content(each)
        if there[key] > 0:
            there[key] -= 1
        else:
            added.append(each)
    return [*kept, *added], TableChange(tuple(added), tuple(removed), len(new) - len(added))


def still_spoken_of(before: Held, rows: Sequence[Row], table: str) -> Held:
    """Return what one source gave before, of which its new lines speak: their days; one person, when it is hers alone.

    Args:
        before: what it gave, by table.
        rows: its new lines.
        table: the table they are of; others stay as they are.
    """
    groups: dict[str, list[Values]] = {}
    for row in rows:
        groups.setdefault(same(str(row.get("personne"))) if _of_one_person(row) else "", []).append(row.values)
    spans = {who: _span(group) for who, group in groups.items()}

    def spoken(values: Values) -> bool:
        first, last = spans.get(same(str(values.get("personne"))), spans.get("", (date.max, date.min)))
        return first <= values.get("date", first) <= last

    return {**before, table: [each for each in before.get(table, ()) if spoken(each)]}


def _of_one_person(row: Row) -> bool:
    """Tell whether the person of a line stands in no column: her file, or her sheet, is hers alone."""
    return "personne" in row.columns and row.place("personne").column < 0


def _span(rows: Iterable[Values]) -> tuple[date, date]:
    days = [each["date"] for each in rows if each.get("date")]
    return (min(days), max(days)) if days else (date.max, date.min)


def withdrawn(tables: Tables, held: Held, findings: Findings) -> dict[str, list[Values]]:
    """Return the invoices, and their payments, that leave a book: a list now gives them as drafts, or cancelled."""
    counted = {_number(row.values) for row in tables.get("factures", ())}
    left = findings.withdrawn.keys() - counted
    gone = {
        table: [each for each in held.get(table, ()) if _number(each) in left]
        for table in ("factures", "encaissements")
    }
    for number in dict.fromkeys(map(_number, gone["factures"])):
        place, word = findings.withdrawn[number]
        lines, paid = ([each for each in rows if _number(each) == number] for rows in gone.values())
        amount = euros(sum(each.get("montant_ht") or 0 for each in lines))
        came = f", avec son paiement ({euros(sum(each.get('montant_ttc') or 0 for each in paid))})" if paid else ""
        told = f"« {lines[0].get('facture')} » ({amount} HT) était dans le carnet. Elle est « {word} »"
        findings.heed(place, f"{told} : elle en sort{came}.")
    return gone


def _number(values: Values) -> str:
    return same(str(values.get("facture", "")))


def say_missing_invoices(before: Held, given: Held, name: str, findings: Findings) -> None:
    """Tell the invoices that the same lists gave before, over the days they speak of, and no longer do: they stay."""
    days = [each["date"] for each in given.get("factures", ()) if each.get("date")]
    told = set(map(_number, given.get("factures", ())))
    gone: dict[str, list[Values]] = {}
    for each in before.get("factures", ()):
        if days and _number(each) not in told and min(days) <= each["date"] <= max(days):
            gone.setdefault(_number(each), []).append(each)
    for lines in gone.values():
        first, weighed = lines[0], euros(sum(each.get("montant_ht", 0) for each in lines))
        what = (
            f"« {first['facture']} » du {first['date']:%d/%m/%Y} ({weighed} HT) n'est plus dans la liste des factures."
        )
        findings.heed(Place(name), f"{what} Elle reste dans le carnet. Annulée ? Gardez sa ligne, avec cet état.")


def say_left_at_edges(before: Held, held: Held, tables: Tables, name: str, findings: Findings) -> None:
    """Tell what the same sources gave before, in a month that is given again, and no longer do beside its days.

    It stays in the book: a file may also be that of other weeks.
    """
    for table, weight, told in (("heures", "duree", hours), ("achats", "montant_ht", euros), (*_PAID, euros)):
        rows = tables.get(table, ())
        alone = {same(str(row.get("personne"))) for row in rows} if rows and all(map(_of_one_person, rows)) else set()
        new = Counter(content(plain(table, row.values)) for row in rows)
        kept = Counter(content(plain(table, each)) for each in held.get(table, ()))
        old = [each for each in before.get(table, ()) if each.get("date")]
        old = [each for each in old if not alone or same(str(each.get("personne"))) in alone]
        again = {(each["date"].year, each["date"].month) for each in old if new[content(plain(table, each))]}
        first, last = _span([row.values for row in rows])
        left = [
            each
            for each in old
            if (each["date"].year, each["date"].month) in again and not first <= each["date"] <= last
            if kept[content(plain(table, each))]
        ]
        lines = [
            ", ".join(filter(None, (f"{each['date']:%d/%m/%Y}", _named(each), told(int(each.get(weight) or 0)))))
            for each in left
        ]
        if lines:
            what = "est dans le carnet, et n'est plus dans ces fichiers. Cela"
            text = f"{uncapital(dictionaries()[table].label)} : {listing(lines, most=4)} {what} reste. {_LEFT}"
            findings.heed(Place(name), text)


def _named(values: Values) -> str:
    return next((str(values[name]) for name in ("personne", "facture", "libelle") if values.get(name)), "")


_PAID = ("encaissements", "montant_ttc")
_LEFT = "Si vous l'avez effacé, défaites le dernier apport, puis redonnez ces fichiers."


def undone(book: Held, changes: Mapping[str, TableChange]) -> tuple[dict[str, list[Values]], list[Values]]:
    """Return the book without an import, and the lines it had given that were edited since: those stay as they are."""
    tables: dict[str, list[Values]] = {}
    edited: list[Values] = []
    for table in _TABLES:
        change = changes.get(table, TableChange())
        added = Counter(content(plain(table, each)) for each in change.added)
        kept: list[Values] = []
        for each in (plain(table, each) for each in book.get(table, ())):
            key = content(each)
            if added[key] > 0:
                added[key] -= 1
            else:
                kept.append(each)
        missing = added
        edited += [each for each in change.added if missing[content(plain(table, each))] > 0]
        tables[table] = [*kept, *(plain(table, each) for each in change.removed)]
    return tables, edited
