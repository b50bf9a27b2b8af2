"""The sheet with money in and money out: date, what, who, hours, entrée, sortie → sales, payments, purchases, hours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, cell_at, read_euros, same
from kpa_model.files.book.dictionaries import Dictionary, dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.taxed import said_rate
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.fields import Assigned
from kpa_model.files.book.reading.laying import facts, told_apart
from kpa_model.files.book.reading.left import say_left, say_unused
from kpa_model.files.book.reading.remarks import paid_on, with_remarks
from kpa_model.files.book.reading.sales.both_ways import UNTAXED, Ranks, but_moves, money_both_ways, ranks_of
from kpa_model.files.book.reading.sales.taxes import meaning_of_vat
from kpa_model.files.book.reading.spread.kinds import EVERY, Guesses, ask_kinds
from kpa_model.files.book.reading.spread.people import TOTAL
from kpa_model.files.book.reading.spread.titled_units import unit_of_title
from kpa_model.files.book.reading.written.doubted import doubted, left_out
from kpa_model.words import count, euros

_CAME = (("paiements", "elles paient ces factures"), ("ventes", "d'autres ventes"), ("rien", "rien : ne pas les lire"))
_RATES = (("0", "pas de TVA"), ("20", "20 %, comprise"), ("10", "10 %, comprise"), ("5,5", "5,5 %, comprise"))


def cashbook(
    block: Block, context: Context, known: Dictionary, grid: Grid, findings: Findings
) -> list[tuple[str, Grid]] | None:
    """Return what such a sheet gives; None when it is not one. `known` is the dictionary of the hours."""
    if not money_both_ways(block.titles) or (ranks := ranks_of(block)) is None:
        return None
    block, ranks = _with_notes(block, ranks)
    lines = but_moves(block, list(_dated(block, ranks, findings)), ranks.what, findings)
    say_unused(block, [*vars(ranks).values()], findings)
    sales = [line for line in lines if _money(line[1], ranks.into)]
    names = _numbers(sales, ranks)
    said = grid.answers.get("entrees", "")
    others = context.invoices.keys() - set(map(same, names.values()))  # its own are no other list
    before = not context.sold and any(topic in grid.answers for topic in ("entrees.tva", "entrees.payees"))
    elsewhere = bool(sales) and said != "ventes" and bool(said or (others and not before))
    names = {} if elsewhere else names
    if ranks.vat < 0 and (rate := said_rate(block, findings).removesuffix("%").strip()):  # a sentence answers
        grid = replace(grid, answers={"entrees.tva": rate, "sorties.tva": rate, **grid.answers})
        block = replace(block, grid=grid)
    if sales and layer(title := block.titles[ranks.into]) == UNTAXED:
        what = f"« {title} » : l'argent qui entre tient sa TVA. On ne sait pas combien est arrivé."
        findings.problem(grid.place(block.head, ranks.into, title), what, "Écrivez ces recettes TVA comprise.")
        return []
    sold = _sold(block, sales, ranks, names, grid, findings)
    taxed = "" if elsewhere or not sales else grid.answers.get("entrees.tva", "0")
    return [
        *(_matched(block, sales, ranks, findings) if elsewhere else sold),
        *_bought(block, lines, ranks, taxed, findings),
        *_work(block, lines, ranks, known, grid, findings, names),
    ]


def _with_notes(block: Block, ranks: Ranks) -> tuple[Block, Ranks]:
    """Return a sheet whose notes hold what else says that a line may not count, « annulé », and where they stand."""
    taken = {"date": ranks.day, "libelle": ranks.what, "montant_ttc": ranks.into, "reglement": ranks.out}
    taken |= {"note": ranks.note} if ranks.note >= 0 else {}
    for table in ("factures", "encaissements"):
        block, noted = with_remarks(block, Assigned(dictionaries()[table], taken, 0))
        taken = dict(noted.ranks)
    return block, replace(ranks, note=taken.get("note", -1))


def _money(cells: Sequence[Cell], at: int) -> int:
    try:
        return read_euros(cell_at(cells, at)) if as_text(cell_at(cells, at)) else 0
    except Refused:
        return 1  # the strict reader says what is wrong with it


def _dated(block: Block, ranks: Ranks, findings: Findings) -> Iterator[Line]:
    """Yield the lines with a day; totals are checked against what stands above; a line without a day is told."""
    into = out = 0
    for number, cells in block.lines:
        came, went = _money(cells, ranks.into), abs(_money(cells, ranks.out))
        if any(TOTAL.match(as_text(each)) for each in cells[:2]):
            for said, summed, at in ((came, into, ranks.into), (went, out, ranks.out)):
                if said and said != summed:
                    text = f"ce total dit {euros(said)}, et les lignes font {euros(summed)}. Les lignes comptent."
                    findings.heed(block.grid.place(number, at, block.titles[at]), text)
            into, out = (0, 0) if came or went else (into, out)
        elif as_text(cell_at(cells, ranks.day)):
            into, out = into + came, out + went
            yield number, cells
        elif came or went:
            text = f"cette ligne n'a pas de jour : {euros(came or went)} ne sont pas lus."
            findings.left_out(block.grid.place(number), text)


def _numbers(sales: Sequence[Line], ranks: Ranks) -> dict[int, str]:
    """Return the number of the invoice of each line: what it is for, and its day; told apart by a rank."""
    names = told_apart(
        as_text(cell_at(cells, ranks.piece))
        or f"{as_text(cell_at(cells, ranks.what))} {as_text(cells[ranks.day])}".strip()
        for _, cells in sales
    )
    return dict(zip((number for number, _ in sales), names, strict=True))


def _vat(lines: Sequence[Line], ranks: Ranks, at: int, answer: str) -> tuple[str, Callable[[Sequence[Cell]], Cell]]:
    """Return the field that tells the VAT of lines, and what each says of it: its own column, else the answer."""
    pairs = [(cell_at(cells, at), cell_at(cells, ranks.vat)) for _, cells in lines]
    said = meaning_of_vat(pairs, inside=True) if ranks.vat >= 0 and any(as_text(vat) for _, vat in pairs) else ""
    if not said:
        return "taux_tva", lambda cells: f"{answer} %" if answer else ""
    field, none = ("taux_tva", "0 %") if said == "taux" else ("montant_tva", "0")
    return field, lambda cells: cell if as_text(cell := cell_at(cells, ranks.vat)) else none


Tables = Iterator[tuple[str, Grid]]


def _matched(block: Block, sales: Sequence[Line], ranks: Ranks, findings: Findings) -> Tables:
    """Yield the payments of invoices that another list holds: else each sale would count twice. It is asked."""
    grid = block.grid
    answer = grid.answers.get("entrees", "")
    if not answer:
        total = euros(sum(_money(cells, ranks.into) for _, cells in sales))
        question = f"Une autre liste donne des factures. Que sont les entrées de ce tableau ({total}) ?"
        doubt = Doubt("entrees", question, _CAME, "Retirez la liste des factures, ou les entrées de ce tableau.")
        findings.doubt(grid.place(sales[0][0]), doubt)
    elif answer == "rien":
        total = euros(sum(_money(cells, ranks.into) for _, cells in sales))
        findings.left_out(grid.place(), f"les entrées de ce tableau ne sont pas lues : {total} en tout.")
    else:
        told = [ranks.day, ranks.what, ranks.into, ranks.note]
        rows = ((number, [cell_at(cells, at) for at in told], told) for number, cells in sales)
        yield "encaissements", facts(block, ("date", "libelle", "montant_ttc", "note"), rows)


def _sold(
    block: Block, sales: Sequence[Line], ranks: Ranks, names: dict[int, str], grid: Grid, findings: Findings
) -> Tables:
    """Yield one sale for each line where money comes in, and its payment as the sheet says."""
    if not sales:
        return
    rate, title = grid.answers.get("entrees.tva", ""), block.titles[ranks.into]
    field, vat = _vat(sales, ranks, ranks.into, rate)
    if not rate and not as_text(vat(sales[0][1])):
        question = f"Quelle TVA dans les montants de « {title} » ?"
        doubt = Doubt("entrees.tva", question, _RATES, "Ajoutez une colonne « taux_tva ».")
        findings.doubt(grid.place(sales[0][0], ranks.into, title), doubt)
    at = [-1, -1, ranks.what, ranks.day, ranks.into, ranks.vat, ranks.kind, ranks.note]
    sold: list[tuple[int, list[Cell], list[int]]] = []
    for number, cells in sales:
        own = [names[number], names[number], cell_at(cells, ranks.what), cells[ranks.day], cells[ranks.into]]
        sold.append((number, [*own, vat(cells), cell_at(cells, ranks.kind), cell_at(cells, ranks.note)], at))
    titles = ("facture", "commande", "libelle", "date", "montant_ttc", field, "categorie", "note")
    yield "factures", facts(block, titles, sold)
    paid: list[tuple[int, list[Cell], list[int]]] = []
    silent: list[Line] = []
    for number, cells in sales:
        day = paid_on(note := cell_at(cells, ranks.note), cells[ranks.day])
        if _denied(as_text(note), grid):
            text = f"« {as_text(note)} » : aucun paiement n'est noté pour « {names[number]} »."
            findings.heed(grid.place(number, ranks.note), text)
        elif day is None:
            silent.append((number, cells))
        elif day:
            paid.append((number, [names[number], day, cells[ranks.into]], [-1, ranks.note, ranks.into]))
    paid += _silent(silent, ranks, names, grid, findings)
    if paid:
        yield "encaissements", facts(block, ("facture", "date", "montant_ttc"), paid)


def _denied(note: str, grid: Grid) -> bool:
    """Tell whether a note says that money did not come, or that its sale does not count, as the group said."""
    sale = doubted("factures", note)
    return (bool(doubted("encaissements", note)) and not sale) or left_out(grid.answers, sale)


def _silent(
    lines: Sequence[Line], ranks: Ranks, names: dict[int, str], grid: Grid, findings: Findings
) -> list[tuple[int, list[Cell], list[int]]]:
    """Return the payments of sales of which nothing says whether they are paid: it is asked once."""
    if not lines:
        return []
    answer, total = grid.answers.get("entrees.payees", ""), euros(sum(_money(cells, ranks.into) for _, cells in lines))
    which = f"{count(len(lines), 'entrée', 'entrées')} ({total}, dont « {names[lines[0][0]]} »)"
    if answer == "jour":
        at = [-1, ranks.day, ranks.into]
        return [(number, [names[number], cells[ranks.day], cells[ranks.into]], at) for number, cells in lines]
    if not answer:
        options = (("jour", "oui, le jour écrit"), ("non", "non, pas encore"), ("inconnu", "je ne sais pas"))
        question = f"{which} : rien ne dit si c'est payé. L'argent est-il arrivé ?"
        doubt = Doubt("entrees.payees", question, options, "Écrivez « payé le 15/09/2026 » dans la remarque.")
        findings.doubt(grid.place(lines[0][0]), doubt)
    else:
        findings.left_out(grid.place(), f"aucun paiement n'est noté pour {which}. Les ventes comptent.")
    return []


def _bought(block: Block, lines: Sequence[Line], ranks: Ranks, taxed: str, findings: Findings) -> Tables:
    """Yield one purchase for each line where money goes out; its VAT is asked unless the sales have none.

    `taxed` is the rate of the sales, « 0 » until it is told; an empty text when another list gives them.
    """
    spent = [line for line in lines if _money(line[1], ranks.out)]
    if not spent:
        return
    grid, title = block.grid, block.titles[ranks.out]
    rate = grid.answers.get("sorties.tva", "0" if taxed == "0" and ranks.vat < 0 else "")
    field, vat = _vat(spent, ranks, ranks.out, rate)
    untaxed = layer(title) == UNTAXED  # its VAT is not in it
    if not (untaxed or rate or as_text(vat(spent[0][1]))):
        question = f"Quelle TVA dans les montants de « {title} » ?"
        options = (("0", "pas de TVA, ou pas rendue : tout compte"), *_RATES[1:])
        doubt = Doubt("sorties.tva", question, options, "Ajoutez une colonne « taux_tva ».")
        findings.doubt(grid.place(spent[0][0], ranks.out, title), doubt)
    signed = all(_money(cells, ranks.out) < 0 for _, cells in spent)

    def amount(cell: Cell) -> Cell:
        return as_text(cell).lstrip("-−") if signed else cell

    at = [ranks.what, ranks.day, ranks.out, ranks.vat, ranks.kind, ranks.note]
    rows: list[tuple[int, list[Cell], list[int]]] = []
    for number, cells in spent:
        own = [
            as_text(cell_at(cells, ranks.what)) or title,
            cells[ranks.day],
            amount(cells[ranks.out]),
            "" if untaxed else vat(cells),
        ]
        rows.append((number, [*own, cell_at(cells, ranks.kind), cell_at(cells, ranks.note)], at))
    money = "montant_ht" if untaxed else "montant_ttc"
    yield "achats", facts(block, ("libelle", "date", money, field, "categorie", "note"), rows)


def _work(
    block: Block,
    lines: Sequence[Line],
    ranks: Ranks,
    known: Dictionary,
    grid: Grid,
    findings: Findings,
    names: dict[int, str],
) -> Tables:
    """Yield the hours; those whose label is that of one sale are for it."""
    if ranks.who < 0 or ranks.hours < 0:
        return
    orders: dict[str, list[str]] = {}
    for number, cells in lines:
        if number in names:
            orders.setdefault(same(as_text(cell_at(cells, ranks.what))), []).append(names[number])
    say_left(block, (ranks.day, ranks.who, ranks.hours), (), (ranks.into, ranks.out), findings)
    at = [ranks.who, ranks.day, -1, ranks.hours, ranks.what, -1, ranks.note]
    rows: list[tuple[int, list[Cell], list[int]]] = []
    guesses, silent = Guesses(known.column("genre").choices, grid), dict[str, int]()
    for number, cells in lines:
        if not as_text(cell_at(cells, ranks.hours)) or not as_text(cell_at(cells, ranks.who)):
            continue
        label = as_text(cell_at(cells, ranks.what))
        mine = orders.get(same(label), [])
        order = mine[0] if len(mine) == 1 else ""
        kind = guesses.kind([label], EVERY if order else ())
        kind = kind or ("prestation" if order else grid.answers.get("genre", ""))
        silent |= {} if kind else {label: number}
        note = cell_at(cells, ranks.note)
        rows.append((number, [cells[ranks.who], cells[ranks.day], kind, cells[ranks.hours], label, order, note], at))
    ask_kinds(silent, "", grid, findings)
    if guesses.told():
        findings.heed(grid.place(), f"aucune colonne ne dit le genre de travail. {guesses.told()}")
    if rows:
        unit = unit_of_title(block.titles[ranks.hours])
        title = f"duree ({unit})" if unit else "duree"
        yield "heures", facts(block, ("personne", "date", "genre", title, "tache", "commande", "note"), rows)
