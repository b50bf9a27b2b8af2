"""The sheet where everything is: date, customer, price, who worked and how long, paid or not; one line per job."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, cell_at, read_euros, text_at
from kpa_model.files.book.dictionaries import Dictionary, dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, Line, blanked
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.answered import answered
from kpa_model.files.book.reading.columns.billed import billed_apart, but_unbilled, but_unnumbered
from kpa_model.files.book.reading.columns.taxed import said_rate
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.dated.of_work import days_of, with_day
from kpa_model.files.book.reading.fields import Assigned, assigned
from kpa_model.files.book.reading.laying import facts, of_vat
from kpa_model.files.book.reading.left import say_left, say_unused
from kpa_model.files.book.reading.rates.tills import sold_by_each
from kpa_model.files.book.reading.remarks import with_remarks
from kpa_model.files.book.reading.sales import states
from kpa_model.files.book.reading.sales.charges import spent_beside, spent_in
from kpa_model.files.book.reading.sales.following import Work, followed, say_denied
from kpa_model.files.book.reading.sales.same_order import Ranks, number_rank, numbers_of, repeated
from kpa_model.files.book.reading.sales.taxes import NO_RATE, RATE_ANSWERS, WRITE_RATE, cents_of
from kpa_model.files.book.reading.sales.worked import hours_of, with_length
from kpa_model.files.book.reading.scores import titled_as
from kpa_model.files.book.reading.whose import WHO
from kpa_model.files.book.reading.written.whose_hours import two_columns
from kpa_model.files.book.vocabulary import word_set

_WHO = word_set("everything.who")
_NAMES = {"nom", "noms", "prenom", "prenoms"}  # of customers, beside a title that says who worked
_PAID = word_set("everything.paid")

_BESIDE = (
    *("etat", "sorte_de_piece", "echeance", "reste_du", "montant_regle", "regle_le", "etat_paiement"),
    *("avoir_ttc", "avoir_ht", "apportee_par", "note"),
)
"""What more a line may say of its sale: when it is due or was paid, what came of it, whether it is a sale at all."""
_LAYERS = (("montant_ttc", "avec la TVA (TTC)"), ("montant_ht", "sans la TVA (HT)"))
_NO_MONEY, ALSO_SOLD = "rien", "tout"
ASKED_FIRST = {ALSO_SOLD, WHO}
"""The questions whose answer says what such a sheet is, or who worked: nothing else is read before."""
_FLAG = re.compile(r"[01]([.,]0+)?|\D*0[.,]?0*\D*")
"""« 1 », « 0 »: yes or no; « 0,00 € » is no price."""


def everything(
    block: Block, context: Context, known: Mapping[str, Dictionary], grid: Grid, findings: Findings
) -> list[tuple[str, Grid]]:
    """Return invoices, hours and payments of such a sheet; an empty list when it is not one."""
    who = answered(block, known["heures"], grid).get("personne", _who(block))
    block, hours = with_length(block, context) if who >= 0 else (block, -1)
    if hours < 0 and findings.asking and not context.sold:
        who, hours = _asked(block, context, known, grid, findings)
    priced = _priced(block, context, known, grid, findings) if who >= 0 and hours >= 0 else None
    if priced is None:
        return []
    sold, amount = priced
    if two_columns(block, Assigned(known["heures"], {**sold, "personne": who}, 0), context, findings):
        return []
    block, told = with_remarks(
        block, Assigned(known["factures"], {**sold, **vars(_ranks(block, sold, amount, who))}, 0)
    )
    sold |= {name: at for name, at in told.ranks.items() if name in ("note", "reglement")}
    spent, work = spent_in(block, {*sold.values(), who, hours}), Work(sold["fait_le"], who, hours, sold[amount])
    block = followed(block, work, {*_ranks(block, sold, amount).job, sold.get("commande", -1)} - {-1}, findings)
    say_left(block, (sold["fait_le"], who, hours), {sold[amount], *spent}, (), findings)
    say_denied(block, work, findings)
    lines = with_day(block, sold["fait_le"], sold["date"])
    ranks = _ranks(block, sold, amount, who)
    again = repeated(block, lines, ranks, findings)
    numbers = numbers_of(block, lines, ranks, again, findings)
    billed = [line for line in lines if all(line is not each for each in again)]
    orders = _orders(lines, sold, ranks, numbers)
    note = titled_as(block, dictionaries()["heures"].column("note"))
    read = {*sold.values(), *vars(ranks).values(), *spent, hours, note, _vat(block, sold)}
    say_unused(block, read, findings, context.people)
    return [
        *_invoices(block, billed, sold, amount, (numbers, orders), findings),
        *spent_beside(block, [(line, orders[id(line)]) for line in lines], spent, sold["fait_le"], findings),
        *hours_of(block, lines, hours, ranks, orders, context, findings),
    ]


def sold_beside(
    block: Block, times: Collection[int], context: Context, known: Mapping[str, Dictionary], findings: Findings
) -> tuple[Block, list[tuple[str, Grid]]]:
    """Return the sales and purchases of a sheet whose hours stand in columns of their own, `times`; none without price.

    Its amount is told by a title: a total may be one of hours. The table comes back with the order of each line.
    """
    block, named = sold_by_each(block, times, known["factures"], context, findings)
    if not named or named & set(times):
        return block, []
    unworked = replace(block, titles=blanked(block.titles, times))
    if (priced := _priced(unworked, context, known, block.grid, findings)) is None:
        return block, []
    sold, amount = priced
    spent = spent_in(block, {*sold.values(), *times})
    lines = with_day(block, sold["fait_le"], sold["date"])
    ranks = _ranks(block, sold, amount)
    numbers = numbers_of(block, lines, ranks, (), findings)
    orders = _orders(lines, sold, ranks, numbers)
    bought = spent_beside(block, [(line, orders[id(line)]) for line in lines], spent, sold["fait_le"], findings)
    found = [*_invoices(block, lines, sold, amount, (numbers, orders), findings), *bought]
    read = tuple(block.titles[at] for at in (*sold.values(), _vat(block, sold), *spent) if at >= 0)
    return replace(block if "commande" in sold else _ordered(block, orders), read=read), found


def _orders(lines: Sequence[Line], sold: Mapping[str, int], ranks: Ranks, numbers: Mapping[int, str]) -> dict[int, str]:
    """Return the order of each line, by its `id`: its own, else one made for its invoice; none for work of nobody's.

    Work for a customer on another day than what is sold to her has none yet: it is led to her invoice later.
    """
    own = {id(line): text_at(line[1], sold.get("commande", -1)) for line in lines}
    priced = [line for line in lines if text_at(line[1], ranks.price)]
    invoiced, named = {numbers[id(line)] for line in priced}, {own[id(line)] for line in priced} - {""}
    orders = dict.fromkeys(own, "")
    for line in lines:
        mine, made, customer = own[id(line)], numbers[id(line)], text_at(line[1], ranks.customer)
        if text_at(line[1], ranks.price) or mine in named or (customer and (mine or made in invoiced)):
            orders[id(line)] = mine or made
    return orders


def _ordered(block: Block, orders: Mapping[int, str]) -> Block:
    """Return a table with a column that says the order of each line."""
    return block.with_column("commande", [orders.get(id(line), "") for line in block.lines])


def _ranks(block: Block, sold: Mapping[str, int], amount: str, who: int = -1) -> Ranks:
    number = number_rank(block, sold.get("facture", -1))
    return Ranks(sold["fait_le"], _customer(block), who, sold[amount], sold.get("libelle", -1), number)


def _customer(block: Block) -> int:
    return titled_as(block, dictionaries()["heures"].column("client"))


def _priced(
    block: Block, context: Context, known: Mapping[str, Dictionary], grid: Grid, findings: Findings
) -> tuple[dict[str, int], str] | None:
    """Return where a sheet says its sales, and which amount it gives; None without a price for each line.

    What stands below people or months, beside a time, is no price: « Heures | Montant » of each.
    """
    sold = _of_sales(block, assigned(block, known["factures"], context).ranks)
    amount = "montant_ttc" if "montant_ttc" in sold else "montant_ht" if "montant_ht" in sold else ""
    bare_amount = block.titled({"prix", "montant", "total", "somme", "facture"}) if not amount else -1
    counted = -1 if amount or bare_amount >= 0 else _counted(block, context)
    bare_amount = max(bare_amount, counted)
    if bare_amount >= 0 and not any(re.search(r"\d", as_text(cell)) for cell in block.column(bare_amount)):
        return None  # « Facturé ? » says yes or no
    priced = sold.get(amount, bare_amount)
    if priced >= 0 and all(_FLAG.fullmatch(as_text(cell)) for cell in block.column(priced)):
        return None  # a program of hours that puts a price of 0 on each line, or says which ones are billed
    if priced < 0 or priced in block.under or (days := days_of(block, sold, context, findings)).sale < 0:
        return None
    if billed_apart(block, priced, context, findings):
        return None
    sold = {**sold, "date": days.sale, "fait_le": days.work}
    if not amount:
        said = grid.answers.get("argent", "montant_ht" if block.untaxed else "")
        if not said:
            options = _LAYERS if counted < 0 else (*_LAYERS, (_NO_MONEY, "ce n'est pas un prix"))
            title = block.titles[bare_amount]
            question = f"« {title} » : ce montant est-il avec ou sans la TVA ?"
            findings.doubt(
                grid.place(block.head, bare_amount, title), Doubt("argent", question, options, "Écrivez HT ou TTC.")
            )
        if said == _NO_MONEY:
            return None
        amount = said or "montant_ttc"
        sold = {**sold, amount: bare_amount}
    orders = {name: at for name, at in assigned(block, known["heures"], context).ranks.items() if name == "commande"}
    paid = block.titled(_PAID)
    return {
        **orders,
        **sold,
        "reglement": sold.get("reglement", paid) if paid in (-1, *sold.values()) else paid,
    }, amount


def _counted(block: Block, context: Context) -> int:
    """Return where « Combien » may be a price: no time; of money for sure when another file gives the sales; or −1."""
    at = block.titled({"combien"})
    cells = block.column(at) if at >= 0 else []
    money = all(re.search(r"€|\beuros?\b|[.,]\d\d$", as_text(cell)) for cell in cells)
    amounts = all(cents_of(read_euros, cell) is not None for cell in cells)
    return at if cells and amounts and (money or not context.sold) else -1


def _asked(
    block: Block, context: Context, known: Mapping[str, Dictionary], grid: Grid, findings: Findings
) -> tuple[int, int]:
    """Return where people and times stand beside amounts of customers, when the group says they are its sales.

    It is asked: no other file gives sales, and the titles of a list of hours may say its prices, or a budget.
    """
    worked, sold = (assigned(block, known[table], context).ranks for table in ("heures", "factures"))
    amount, said = sold.get("montant_ttc", sold.get("montant_ht", -1)), grid.answers.get(ALSO_SOLD, "")
    if amount < 0 or _customer(block) < 0 or "date" not in sold or not {"personne", "duree"} <= worked.keys():
        return -1, -1
    if not said:
        question = f"« {block.titles[amount]} », à côté de ces heures : sont-ce vos ventes ?"
        options = (("oui", "oui, ce tableau dit aussi nos ventes"), ("non", "non, j'ajoute nos factures"))
        doubt = Doubt(ALSO_SOLD, question, options, "Ajoutez la liste des factures.")
        findings.doubt(grid.place(block.head, amount, block.titles[amount]), doubt)
    return (worked["personne"], worked["duree"]) if said == "oui" else (-1, -1)


def _who(block: Block) -> int:
    """Return where the people stand: a known title, else one that asks who: « Qui y va », never « Qui paie »."""
    asks = (at for at, title in enumerate(block.titles) if re.match(r"qui\b(?!.*\bpa[iy])", title, re.IGNORECASE))
    found = block.titled(_WHO)
    return found if found >= 0 else next((at for at in asks if block.column(at)), block.titled(_NAMES))


def _invoices(
    block: Block,
    lines: Sequence[Line],
    sold: Mapping[str, int],
    amount: str,
    named: tuple[Mapping[int, str], Mapping[int, str]],
    findings: Findings,
) -> Iterator[tuple[str, Grid]]:
    grid, (numbers, orders) = block.grid, named
    lines = but_unbilled(block, but_unnumbered(block, lines, sold, amount, findings), sold[amount], findings)
    customer, rate, vat = _customer(block), sold.get("taux_tva", -1), _vat(block, sold)
    said, what, before = grid.answers.get("taux", ""), sold.get("libelle", -1), sold.get("montant_ht", -1)
    both = rate < 0 and vat < 0 and amount == "montant_ttc" and before >= 0
    both = both and all(text_at(cells, before) for _, cells in lines if text_at(cells, sold[amount]))
    if rate < 0 and vat < 0 and not said and not both:
        said = said_rate(block, findings).removesuffix("%").strip()
    if rate < 0 and vat < 0 and not said and not both:  # two amounts tell the rate of each line
        findings.doubt(grid.place(block.head), Doubt("taux", NO_RATE, RATE_ANSWERS, WRITE_RATE))

    def rows() -> Iterator[tuple[int, list[Cell], list[int]]]:
        for line in lines:
            number, cells = line
            if not text_at(cells, sold[amount]):
                continue
            label = " ".join(part for part in (text_at(cells, what), text_at(cells, customer)) if part)
            own: Cell = cells[rate] if 0 <= rate < len(cells) else f"{said} %" if said and not both else ""
            name, paid = numbers[id(line)], sold["reglement"]
            at = [-1, -1, what, customer, sold["date"], sold[amount], paid, vat if vat >= 0 else rate]
            own = cells[vat] if 0 <= vat < len(cells) else own
            told = [name, orders[id(line)], label, text_at(cells, customer)]
            more = [cell_at(cells, sold[name]) for name in beside]
            made = [*told, cell_at(cells, sold["date"]), cells[sold[amount]], text_at(cells, paid), own, *more]
            yield number, made, [*at, *(sold[name] for name in beside)]

    beside = [name for name in (*_BESIDE, *(["montant_ht"] if both else [])) if name in sold]
    titles = ("facture", "commande", "libelle", "client", "date", amount, "reglement")
    yield "factures", facts(block, (*titles, "montant_tva" if vat >= 0 else "taux_tva", *beside), rows())


def _of_sales(block: Block, ranks: Mapping[str, int]) -> dict[str, int]:
    """Return where a sheet speaks of its sales, without a state or a kind whose words only speak of the work."""
    documents = states.of_documents(block.column(ranks.get("sorte_de_piece", -1)))
    known = any(states.meaning(as_text(each)) != states.UNKNOWN for each in block.column(ranks.get("etat", -1)))
    lost = {"categorie", *(() if documents else ("sorte_de_piece",)), *(() if known else ("etat",))}
    return {name: at for name, at in ranks.items() if name not in lost}


def _vat(block: Block, sold: Mapping[str, int]) -> int:
    """Return where the VAT stands as an amount: a known title, else the only one that speaks of it."""
    if "taux_tva" in sold or "montant_tva" in sold:
        return sold.get("montant_tva", -1)
    spoken = of_vat(block, sold)
    return block.titles.index(spoken[0]) if len(spoken) == 1 else -1
