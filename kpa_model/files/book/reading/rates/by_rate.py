"""A column for each rate of VAT, « HT 5,5 % » → a line for each rate of a bill, or of a day; another rate is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, read_euros, read_number, read_rate, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, Line, laid_again
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import is_day, may_be_titles
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.columns.titles import may_be_asked
from kpa_model.files.book.reading.context import SPENT
from kpa_model.files.book.reading.laying import told_apart
from kpa_model.files.book.reading.rates.of_vat import out_of_vat, with_percents
from kpa_model.files.book.reading.rates.titled import Rates, rate_in, rates_of_columns, taken, with_rates_in_titles
from kpa_model.files.book.reading.sales.taxes import (
    RATE_ANSWERS,
    RATES,
    SEVERAL,
    before_tax_of,
    cents_in,
    cents_of,
    rate_of,
)
from kpa_model.files.book.reading.spread.people import MEANS, TOTAL, says_total
from kpa_model.files.book.reading.spread.sums import nothing
from kpa_model.files.book.spreadsheets import HEADED
from kpa_model.money import part_of
from kpa_model.words import euros, listing, percent

_VAT_OF_RATE = re.compile(r"(montant |dont )?(de )?tva (a )?\d{1,2}([.,]\d+)? ?%")
_NAMED = re.compile(r"[\W_]*((à|a|au|taux|de|tva|t\.v\.a)\b[\W_]*)*\d{1,2}([.,]\d+)? ?%.*", re.IGNORECASE)
"""What a title says after what is sold, « (TVA 5,5 %) »."""
_AMOUNTS = ("montant_ht", "montant_tva", "montant_ttc", "taux_tva")
_ONCE = {"personne", "duree", "debut", "quantite"}
"""What a line says of its work: the line of its second rate does not say it again."""
_FIRST = 12


def by_rate(grid: Grid, findings: Findings) -> Grid:
    """Return a grid with one line for each rate of an invoice; the same grid when its titles tell no two rates."""
    grid = out_of_vat(with_percents(with_rates_in_titles(_in_percent(grid, findings))), findings)
    if (found := rates_of_columns(grid)) is None:
        return grid
    number, heads = grid.lines[found.rank]
    titles, rates = [as_text(cell) for cell in heads], found.rates
    sums = {name: at for at, name in _leads(titles, "factures").items() if name in _AMOUNTS and at not in rates}
    kept = _kept(titles, found, sums)
    once = {at for at, name in _leads(titles, "heures").items() if name in _ONCE}
    more = _more(grid, found, titles)
    shown: list[Cell] = [*(heads[at] for at in kept), found.amount, "Taux de TVA", *more]
    lines: list[Line] = [(laid_again(number, [*kept, *[-1] * (2 + len(more))], titles), shown)]
    for under, cells in grid.lines[found.rank + 1 :]:
        parts = {at: cell for at in rates if not nothing(cell := cell_at(cells, at))}
        if found.amount != "Montant":
            _check(
                grid, (under, cells), [(rates[at], cell) for at, cell in parts.items()], sums, found.amount, findings
            )
        parts = _summed(parts) if says_total(cells) else parts
        for rank, (at, cell) in enumerate(parts.items() or [(-1, "")]):
            own = [cell_at(cells, one) if not rank or one not in once else "" for one in kept]
            told = (_said(each, cells, more[each], titles[at]) if at >= 0 else "" for each in more)
            row: list[Cell] = [*own, cell, f"{rates[at]} %" if at >= 0 else "", *told]
            lines.append((laid_again(under, [*kept, at, at, *[at] * len(more)], titles), row))
    said = listing([f"« {titles[at]} »" for at in rates])
    findings.note(grid.place(number), f"{said} : une ligne pour chaque taux de TVA.")
    if "N° facture" not in more:
        return replace(grid, lines=(*grid.lines[: found.rank], *lines))
    made = replace(grid, lines=(*grid.lines[: found.rank], *_apart(lines, len(kept) + 2 + [*more].index("N° facture"))))
    paid = ", payée le même jour" if "Payé le" in more else ""
    findings.heed(grid.place(number), f"{said} : chaque recette est une vente{paid}.")
    return replace(made, answers={"table": "factures", **grid.answers})


def _kept(titles: Sequence[str], found: Rates, sums: Mapping[str, int]) -> list[int]:
    """Return the columns that stay beside the amounts of each rate: no total, no VAT, no means of payment."""
    gone = {at for at, title in enumerate(titles) if _VAT_OF_RATE.fullmatch(same(title))}
    if found.named:
        gone |= {at for at, title in enumerate(titles) if MEANS.fullmatch(title) or TOTAL.match(title)}
    return [at for at in range(len(titles)) if at not in {*found.rates, *sums.values(), *gone}]


def _leads(titles: Sequence[str], table: str) -> dict[int, str]:
    """Return the name of the field that each title leads to in a table, by its rank."""
    leads = [column_of(title, dictionaries()[table]) if title else None for title in titles]
    return {at: lead.name for at, lead in enumerate(leads) if lead is not None}


def _summed(parts: Mapping[int, Cell]) -> dict[int, Cell]:
    """Return the amounts of a line of totals as one, of no rate; the first that cannot be read, when there is one."""
    amounts = [cents_of(read_euros, cell) for cell in parts.values()]
    odd = next((cell for cell, cents in zip(parts.values(), amounts, strict=True) if cents is None), None)
    whole = f"{sum(cents or 0 for cents in amounts) / 100:.2f}".replace(".", ",")
    return {-1: whole if odd is None else odd} if parts else {}


def _more(grid: Grid, found: Rates, titles: Sequence[str]) -> dict[str, int]:
    """Return the titles added to what is sold at each rate, with the column of the day: takings are paid that day."""
    leads = _leads(titles, "factures")
    if not found.named:
        return {}
    day = next((at for at, name in leads.items() if name == "date"), 0)
    days = [cell for _, cells in grid.lines[found.rank + 1 :] if as_text(cell := cell_at(cells, day))]
    number = taken(grid, found.rank) and "facture" not in leads.values()
    paid = number and 2 * sum(map(is_day, days)) > len(days)
    more = {"Libellé": "libelle" not in leads.values(), "N° facture": number, "Payé le": paid}
    return {title: day for title, added in more.items() if added}


def _apart(lines: Sequence[Line], at: int) -> list[Line]:
    """Return lines of which no two bear one number, that of their column `at`: two markets may be of one day."""
    names = iter(told_apart(as_text(cells[at]) for _, cells in lines if as_text(cells[at])))
    return [
        (number, [*cells[:at], next(names) if as_text(cells[at]) else "", *cells[at + 1 :]]) for number, cells in lines
    ]


def _said(title: str, cells: Sequence[Cell], day: int, sold: str) -> Cell:
    """Return what an added title says of a line: what is sold, « Pains » for « Pains (TVA 5,5 %) », and its day."""
    label, when = _NAMED.sub("", sold).strip(" ([-–:,") or f"Ventes, {sold}", cell_at(cells, day)
    shown = f"{when:%d/%m/%Y}" if isinstance(when, date) else as_text(when)
    return {"Libellé": label, "Payé le": when}.get(title, f"{label} {shown}")


def _in_percent(grid: Grid, findings: Findings) -> Grid:
    """Return a grid whose rates are « 20 % » where they lost their format, « 0,2 », when the amounts prove it; told."""
    sales, told = dictionaries()["factures"], dict[int, dict[int, str]]()
    for number, heads in grid.lines[:_FIRST]:
        leads = [column_of(as_text(each), sales) for each in heads]
        at = {each.name: at for at, each in enumerate(leads) if each is not None and each.name in _AMOUNTS}
        ranks = [at[name] for name in ("montant_ht", "taux_tva", "montant_ttc") if name in at]
        rate = at.get("taux_tva", -1)
        if rate < 0 or len(ranks) == 1:
            continue
        under = [line for line in grid.lines if line[0] > number and as_text(cell_at(line[1], rate))]
        read = _rate if len(ranks) > 2 else partial(_alone, second=ranks[0] == rate)
        rates = {line: read([cell_at(cells, rank) for rank in ranks]) for line, cells in under}
        if any(each not in ("", percent(0)) for each in rates.values()) and all(rates.values()):
            told = {line: {rate: said} for line, said in rates.items()}
            read_as = dict.fromkeys((as_text(cell_at(cells, rate)), rates[line]) for line, cells in under)
            text = listing([f"« {cell} » est lu {said}" for cell, said in read_as if said != percent(0)])
            findings.heed(grid.place(number, rate, as_text(heads[rate])), f"{text}.")
    lines = [
        (number, [told.get(number, {}).get(at, cell) for at, cell in enumerate(cells)]) for number, cells in grid.lines
    ]
    return replace(grid, lines=tuple(lines)) if told else grid


def _alone(parts: Sequence[Cell], second: bool) -> str:
    """Return the rate of an amount alone and a fraction; nothing when the fraction is no rate, or may be some VAT.

    `second`: whether the amount comes after the fraction, with its VAT.
    """
    amount, said = (parts[1], parts[0]) if second else (parts[0], parts[1])
    fraction, cents = read_or_none(read_number, said), cents_of(read_euros, amount)
    ppm = -1 if fraction is None or not isinstance(said, str) else int(fraction * 1_000_000)
    vat = round(float(fraction or 0) * 100)
    sold = None if cents is None else cents - vat if second else cents
    return percent(ppm) if ppm in RATES and sold and not (vat and rate_of(sold, vat) in RATES) else ""


def _rate(parts: Sequence[Cell]) -> str:
    """Return the rate of an amount, a fraction and an amount with tax that fit; an empty text when they do not."""
    before, whole = (cents_of(read_euros, parts[at]) for at in (0, 2))
    fraction = read_or_none(read_number, parts[1])
    ppm = -1 if fraction is None else int(fraction * 1_000_000)
    if before is None or whole is None or ppm not in RATES or abs(before + int(part_of(before, ppm)) - whole) > 1:
        return ""
    return percent(ppm)


def _check(
    grid: Grid,
    line: Line,
    parts: Sequence[tuple[str, Cell]],
    sums: Mapping[str, int],
    amount: str,
    findings: Findings,
) -> None:
    """Tell an invoice whose amounts by rate do not make the totals written beside."""
    number, cells = line
    amounts = [cents_of(read_euros, cell) for _, cell in parts]
    if not amounts or None in amounts or says_total(cells):
        return
    told = [(each or 0, read_rate(f"{rate} %")) for each, (rate, _) in zip(amounts, parts, strict=True)]
    if amount == "Montant TTC":
        told = [(before_tax_of(each, rate), rate) for each, rate in told]
    before, vat = sum(each for each, _ in told), sum(int(part_of(each, rate)) for each, rate in told)
    for name, made in (("montant_ht", before), ("montant_tva", vat), ("montant_ttc", before + vat)):
        said = cents_of(read_euros, cell_at(cells, sums.get(name, -1)))
        if said is not None and abs(said - made) > len(amounts):
            text = f"les montants de chaque taux font {euros(made)}, et ce total dit {euros(said)}. Les taux comptent."
            findings.heed(grid.place(number, sums[name], as_text(cells[sums[name]])), text)


_TOPIC, _NO_SALE = "taux", "rien"
_ANSWERS = (*(each for each in RATE_ANSWERS if each[0] != SEVERAL), (_NO_SALE, "ce n'est pas une vente"))


def with_every_rate(grid: Grid, findings: Findings) -> Grid | None:
    """Return takings whose columns all say their rate in their title, once the group told it; None once it is asked."""
    for rank, (number, cells) in enumerate(grid.lines[:HEADED]):
        titles = [as_text(cell) for cell in cells]
        rated = [at for at, title in enumerate(titles) if rate_in(title)]
        if not rated or not may_be_titles(cells) or not _of_takings(titles):
            continue
        sold = [*_sold(grid, rank, titles, rated)]
        said = {at: grid.answers.get(f"{_TOPIC}.{bare(titles[at])}", "") for at in sold}
        if silent := [titles[at] for at in sold if not said[at]]:
            todo = f"Écrivez le taux dans le titre : « {silent[0]} (TVA 10 %) »."
            question = f"{listing([f'« {title} »' for title in silent], most=4)} : quel taux de TVA ?"
            doubt = Doubt(_TOPIC, question, _ANSWERS, todo, words=tuple(silent))
            findings.doubt(grid.place(number, titles.index(silent[0]), silent[0]), doubt)
            return None
        told = {at: f"{titles[at]} (TVA {rate} %)" for at, rate in said.items() if rate != _NO_SALE}
        return _titled(grid, rank, told)
    return grid


def _of_takings(titles: Sequence[str]) -> bool:
    """Tell whether a list may be one of takings: it says no customer, and nobody who worked."""
    return not {"facture", "client", "personne", "duree"} & {*_leads_of_any(titles).values()}


def _leads_of_any(titles: Sequence[str]) -> dict[int, str]:
    """Return the field that each title leads to, in sales first; none where no table knows it."""
    tables = [dictionaries()[table] for table in ("factures", "encaissements", "heures")]
    found = {at: [column_of(title, each) for each in tables] for at, title in enumerate(titles) if title}
    return {at: lead.name for at, leads in found.items() if (lead := next(filter(None, leads), None)) is not None}


def _sold(grid: Grid, rank: int, titles: Sequence[str], rated: Sequence[int]) -> Iterator[int]:
    """Yield the other columns of what is sold: amounts under a title that says no total, no means, no field."""
    under = [cells for _, cells in grid.lines[rank + 1 :] if not says_total(cells)]
    leads: Mapping[int, str] = _leads_of_any(titles)
    free = []
    for at, title in enumerate(titles):
        cells = [cell for each in under if as_text(cell := cell_at(each, at))]
        other = not title or at in rated or at in leads or MEANS.fullmatch(title) or TOTAL.match(title)
        if not (other or SPENT.match(title)) and cells and may_be_asked(title):
            free += [at] if all(cents_of(read_euros, cell) is not None for cell in cells) else []
    sold = [*rated, *free]
    for at in free:  # the sum of the others is no sale
        others = [sum(cents_in(cell_at(each, one)) for one in sold if one != at) for each in under]
        if others != [cents_in(cell_at(each, at)) for each in under]:
            yield at


def _titled(grid: Grid, rank: int, told: Mapping[int, str]) -> Grid:
    number, cells = grid.lines[rank]
    head = (number, [told.get(at, cell) for at, cell in enumerate(cells)])
    return replace(grid, lines=(*grid.lines[:rank], head, *grid.lines[rank + 1 :]))
