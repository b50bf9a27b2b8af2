"""What invoices and payments say together: dates in order, rates in use, nobody pays more than the invoice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kpa_model.files.book.cells import same
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.sales.totals import REPEATED
from kpa_model.files.book.tables import Given, Row, Tables, by_list
from kpa_model.money import part_of
from kpa_model.words import count, euros, listing, percent

SIGN, TWICE, _TWO = "montant_ht.signe", "facture.deux", "deux"
_USUAL_VAT = {0, 9_000, 10_500, 17_500, 21_000, 55_000, 85_000, 100_000, 130_000, 200_000}


def own_orders(tables: Given, findings: Findings) -> None:
    """Make an order for each invoice that names none, as when it is typed on screen; it is told."""
    alone = [row for row in tables.get("factures", ()) if not row.get("commande") and row.get("facture")]
    known = {same(row.get("commande", "")) for row in tables.get("commandes", ())}
    for row in alone:
        row.values["commande"] = row.get("facture")
        findings.note(row.place("commande"), "la case est vide : la facture fait sa propre commande.")
        if same(row.get("facture")) not in known and row.get("date"):
            known.add(same(row.get("facture")))
            named = {name: row.get(name) for name in ("commande", "date", "libelle") if row.get(name)}
            tables.setdefault("commandes", []).append(Row(row.grid, row.line, {}, (), named))


def check_invoices(tables: Tables, findings: Findings) -> None:
    """Due dates follow the invoice; odd VAT rates and invoices with two dates are told."""
    dates, unusual = dict[str, Row](), defaultdict[tuple[str, str], list[Row]](list)
    refused = {(place.file, place.sheet, place.line) for place, *_ in findings.problems}
    for row in tables["factures"]:
        issued, due, rate = row.get("date"), row.get("echeance"), row.get("taux_tva")
        if issued and due and due < issued:
            what = f"l'échéance ({due:%d/%m/%Y}) vient avant la date de la facture ({issued:%d/%m/%Y})."
            findings.problem(row.place("echeance"), what, "Corrigez l'une des deux dates, ou laissez l'échéance vide.")
        held = row.grid.sheet and not row.columns  # a book had it: it was told then
        if rate is not None and rate not in _USUAL_VAT and not held:
            unusual[row.source].append(row)
        untold = rate is None and "taux_tva" in row.grid.later and row.get("montant_ht") is not None
        if untold and (row.grid.file, row.grid.sheet, row.line) not in refused:  # its VAT may be there, with a fault
            todo = "Écrivez son taux, par exemple 20 %, ou 0 % sans TVA."
            findings.problem(row.place("taux_tva"), "rien ne dit la TVA de cette ligne.", todo)
        if issued and row.get("facture") and (first := dates.setdefault(row.get("facture"), row)).get("date") != issued:
            lines = f" (lignes {first.line} et {row.line})" if first.line and row.line else ""
            text = f"la facture « {row.get('facture')} » porte deux dates{lines}."
            findings.heed(row.place("date"), text)
    for rows in unusual.values():
        _say_unusual(rows, findings)


def _say_unusual(rows: Sequence[Row], findings: Findings) -> None:
    """Tell the rates of VAT of a list that are not in force, once."""
    rates = [*dict.fromkeys(row.get("taux_tva") for row in rows)]
    means, it = any(rate % 1_000 for rate in rates), "le" if len(rates) == 1 else "les"
    mean = " C'est peut-être une moyenne de plusieurs taux." if means else ""
    one, several = "n'est pas un taux de TVA habituel", "ne sont pas des taux de TVA habituels"
    lines = f" ({count(len(rows), 'ligne')})" if len(rows) > 1 else ""
    told = f"{listing([percent(rate) for rate in rates], most=6)} {one if len(rates) == 1 else several}{lines}"
    findings.heed(rows[0].place("taux_tva"), f"{told}.{mean} Vérifiez-{it}.")


def numbered_twice(rows: Iterable[Row], findings: Findings) -> None:
    """Tell apart two invoices of one list that have one number by mistake, each its customer; asked, never merged."""
    lists: dict[tuple[str, str], dict[str, dict[str, list[Row]]]] = defaultdict(dict)
    for row in rows:
        if row.get("facture") and row.get("client"):
            customers = lists[row.source].setdefault(row.get("facture"), defaultdict(list))
            customers[same(row.get("client"))].append(row)
    for numbers in lists.values():
        twice = {number: customers for number, customers in numbers.items() if len(customers) > 1}
        if not twice:
            continue
        number, customers = next(iter(twice.items()))
        first = next(iter(customers.values()))[0]
        answer = first.grid.answers.get(TWICE, "")
        if answer == _TWO:
            text = f"{listing([f'« {name} »' for name in twice])} : une facture pour chaque client."
            findings.heed(first.place("facture"), text)
            for name, groups in twice.items():
                for rank, group in enumerate(groups.values(), 1):
                    for row in group:
                        row.values["facture"] = name if rank < 2 else f"{name} ({rank})"
        elif not answer:
            called = listing([f"« {group[0].get('client')} »" for group in customers.values()])
            more = f" (et {count(len(twice) - 1, 'autre numéro', 'autres numéros')})" if len(twice) > 1 else ""
            question = f"« {number} » est le numéro d'une facture pour {called}{more}. Combien de factures ?"
            options = ((_TWO, "une pour chaque client"), ("une", "une seule facture"))
            todo = "Donnez à chaque facture son numéro."
            findings.doubt(first.place("facture"), Doubt(TWICE, question, options, todo, stops=False))


def told_once(rows: Iterable[Row], findings: Findings) -> list[Row]:
    """Return the lines of invoices; where all those of each invoice say one amount, ask whether it is the total."""
    rows = list(rows)
    lists: dict[tuple[str, str], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.get("facture") and row.get("montant_ht"):
            lists[row.source][row.get("facture")].append(row)
    gone = set[int]()
    for invoices in lists.values():
        groups = invoices.values()
        several = [group for group in groups if len({int(row.line) for row in group}) > 1]  # one has two rates
        if several and all(len({row.get("montant_ht") for row in group}) == 1 for group in several):
            if several[0][0].grid.answers.get(REPEATED) == "total":
                gone |= {id(row) for group in several for row in group[1:]}
            elif REPEATED not in several[0][0].grid.answers:
                _ask_total(several[0], findings)
    return [row for row in rows if id(row) not in gone]


def paid_out(rows: Iterable[Row], findings: Findings) -> list[Row]:
    """Return purchases as positive amounts; a list with more negative ones than others is asked about."""
    rows = list(rows)
    _say_untaxed([row for row in rows if row.get("montant_ht") is None], findings)
    for bought in by_list(row for row in rows if row.get("montant_ht")):
        below = [row for row in bought if row.get("montant_ht") < 0]
        if 2 * len(below) <= len(bought):
            continue
        answer = below[0].grid.answers.get(SIGN, "")
        if answer == "depense":
            for row in bought:
                row.values["montant_ht"] = -row.get("montant_ht")
        elif not answer:
            question = f"Ces achats sont écrits avec un moins ({euros(below[0].get('montant_ht'))}). Que sont-ils ?"
            options = (("depense", "de l'argent dépensé"), ("retour", "de l'argent rendu par le vendeur"))
            doubt = Doubt(SIGN, question, options, "Écrivez une dépense sans le signe moins.")
            findings.doubt(below[0].place("montant_ht"), doubt)
    return rows


def _say_untaxed(rows: Iterable[Row], findings: Findings) -> None:
    """Read purchases whose VAT is left empty as bought without VAT, and tell it; one without any amount is refused."""
    lists: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if (whole := row.get("montant_ttc")) is not None:
            row.values["montant_ht"] = whole
            lists[row.source].append(row)
        elif "montant_ht" in row.grid.later:
            findings.problem(row.place("montant_ttc"), "la case est vide.", "Écrivez le montant payé.")
    for group in lists.values():
        total, many = euros(sum(row.get("montant_ht") for row in group)), count(len(group), "ligne")
        text = f"la TVA est vide ({many}, {total} en tout) : ces achats sont lus sans TVA."
        findings.heed(group[0].place("montant_tva"), text)


def _ask_total(group: list[Row], findings: Findings) -> None:
    first, amount = group[0], group[0].get("montant_ht")
    said = f"« {first.get('facture')} » a {len(group)} lignes, et {euros(amount)} HT à chacune."
    options = (("total", f"oui : {euros(amount)} en tout"), ("lignes", f"non : {euros(amount * len(group))} en tout"))
    todo = "Donnez le montant de chaque ligne."
    doubt = Doubt(REPEATED, f"{said} Est-ce le total de la facture ?", options, todo)
    findings.doubt(first.place("montant_ht"), doubt)


def say_cents(rows: Iterable[Row], findings: Findings) -> None:
    """Tell, once a list, the invoices whose VAT is a cent of habit away from ours, which is rounded once a rate."""
    told: dict[tuple[str, str], list[tuple[Row, str]]] = defaultdict(list)
    taxed: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if None not in (row.get("montant_ht"), row.get("taux_tva"), row.get("montant_tva")):
            taxed[row.source, row.get("facture"), row.get("taux_tva")].append(row)
    for (source, name, rate), group in taxed.items():
        before, vat = (sum(row.get(each) for row in group) for each in ("montant_ht", "montant_tva"))
        if 0 < abs(vat - (ours := int(part_of(before, rate)))) <= len(group):
            told[source].append((group[0], f"« {name} » ({euros(vat)} ; ici, {euros(ours)})"))
    for found in told.values():
        which = listing([text for _, text in found], most=4)
        what = f"la TVA de {which} est arrondie autrement. Cet écart d'arrondi est accepté."
        findings.note(replace(found[0][0].place("montant_tva"), line=0), what)


def check_payments(tables: Tables, findings: Findings) -> None:
    """Nobody pays more than the invoice says; cents of rounding and a payment before its invoice are told."""
    due, by_line, issued = Counter[str](), Counter[str](), dict[str, date]()
    taxed = Counter[tuple[str, int]]()
    for line in tables.get("factures", []):
        if None in (amount := line.get("montant_ht"), rate := line.get("taux_tva"), day := line.get("date")):
            return
        due[line.get("facture")] += amount
        taxed[line.get("facture"), rate] += amount
        by_line[line.get("facture")] += amount + int(part_of(amount, rate))
        issued.setdefault(line.get("facture"), day)
    for (name, rate), amount in taxed.items():
        due[name] += int(part_of(amount, rate))
    habit = {name: max(1, abs(by_line[name] - asked)) for name, asked in due.items()}
    paid, last, whole = Counter[str](), dict[str, Row](), Counter[str]()
    rows = [row for row in tables["encaissements"] if row.get("facture") in issued and row.get("date")]
    for row in rows:
        whole[row.get("facture")] += row.get("montant_ttc") or 0
    for row in sorted(rows, key=lambda row: (row.get("date"), row.get("montant_ttc") or 0)):  # what was sent back first
        name, amount = row.get("facture"), row.get("montant_ttc")
        if amount is None:
            continue
        if amount == 0:
            todo = "Écrivez la somme reçue, ou supprimez la ligne."
            findings.problem(row.place("montant_ttc"), "le paiement est de 0 €.", todo)
        paid[name] += amount
        last[name] = row
        beyond = min((each[name] - due[name]) * (1 if due[name] >= 0 else -1) for each in (paid, whole))
        if amount and beyond > habit[name]:
            findings.problem(
                row.place("montant_ttc"),
                f"avec ce paiement, la facture « {name} » reçoit {euros(paid[name])}. "
                f"Elle est de {euros(due[name])} TTC.",
                "Vérifiez le montant, le numéro de la facture, et que le paiement n'est pas écrit deux fois.",
            )
        if row.get("date") < issued[name]:
            text = f"ce paiement vient avant la facture « {name} » ({issued[name]:%d/%m/%Y}). Est-ce un acompte ?"
            findings.note(row.place("date"), text)
    for name, row in last.items():
        if 0 < abs(paid[name] - due[name]) <= habit[name]:
            _say_rounded(row, due[name], paid[name], findings)


def _say_rounded(row: Row, due: int, paid: int, findings: Findings) -> None:
    told = f"la facture « {row.get('facture')} » est de {euros(due)}, et reçoit {euros(paid)}."
    findings.note(row.place("montant_ttc"), f"{told} Cet écart d'arrondi est accepté.")
