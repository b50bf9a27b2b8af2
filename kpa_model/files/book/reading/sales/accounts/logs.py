"""A log of everything, hours too, whose one column says what each line is: « vente », « achat », « encaissement »."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, Line, blanked
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.answered import WITH_TAX
from kpa_model.files.book.reading.columns.titles import says_time, tells_time
from kpa_model.files.book.reading.laying import Laid
from kpa_model.files.book.reading.sales import states
from kpa_model.files.book.reading.sales.both_ways import money_both_ways
from kpa_model.files.book.reading.sales.discounts import written
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.files.book.reading.sales.weights import says_money
from kpa_model.files.book.reading.spread.people import says_total, timed
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import euros, listing

SPENT_RATE = "achats.taux"
"""The topic of the VAT of what a log says to be bought."""
_BOUGHT = pattern("logs.bought", "(WORDS)( (?!client).*)?")
_PAID = pattern("logs.paid")
"""Never a means of payment, « chèque », nor a state, « payée »."""
_SOLD = re.compile(r"(ventes?|recettes?|entrees?|prestations?|facturation|sales?|income|marches?)( .*)?|ca")
_WORK = re.compile(r"(heures?|h|temps|travail|trav|works?|hours?|times?|pointage)( (passee?|faites?|de travail))?s?")
_ALSO_MONEY = re.compile(r"(combien|sommes?|valeurs?)\b.*")
_MOST = 8
"""Beyond so many words, a column says what lines are about, more than what they are."""
_ASKED = 3
_NO_SALE = (states.SET_ASIDE, states.CREDIT)
_OF_MONEY = ("factures", "achats", "encaissements")
_WAYS = (
    ("factures", "des ventes"),
    ("achats", "des achats du groupe"),
    ("encaissements", "des paiements de nos clients"),
    ("rien", "rien de cela : ne pas les lire"),
)


def by_word(block: Block, findings: Findings) -> list[Block]:
    """Return the sales, purchases, payments and hours of a log, each as a table; a table that is no log, as it is.

    A price and a time on one line stay together. Words that nobody knows are asked: nothing is read until then.
    """
    if not findings.asking or "table" in block.grid.answers or money_both_ways(block.titles):
        return [block]
    money = _money(block)
    at = next((at for at in range(len(block.titles)) if at not in money and _says_what(block, at, money)), -1)
    if at < 0:
        return _but_bills(block, money, findings)
    found: dict[str, list[Line]] = {}
    for line in block.lines:
        table = _table_of(block, line[1], at) if _priced(line[1], money) else "heures"
        found.setdefault(table, []).append(line)
    if unknown := found.pop("", []):
        _ask(block, at, unknown, money, findings)
        return []
    for number, cells in found.pop("rien", []):
        what = f"« {as_text(cells[at])} » : {euros(_cents(cells, money))} ne sont pas lus, comme vous l'avez dit."
        findings.left_out(block.grid.place(number, at, block.titles[at]), what)
    _say_tables(block, at, money, found, findings)
    return [*_parts(block, at, money, found)]


_BILLS = "journal.fournisseurs"


def _but_bills(block: Block, money: Sequence[int], findings: Findings) -> list[Block]:
    """Return a list of invoices, and the bills of suppliers that stand among them, as purchases once the group says so.

    What is written below zero because it is paid is turned; a credit note of a supplier takes off.
    """
    at = next((at for at in range(len(block.titles)) if at not in money and _names_bills(block, at)), -1)
    bills = [line for line in block.lines if at >= 0 and states.of_purchases(as_text(cell_at(line[1], at)))]
    said = block.grid.answers.get(_BILLS, "")
    if not money or not bills:
        return [block]
    words = listing([f"« {word} »" for word in dict.fromkeys(as_text(cells[at]) for _, cells in bills)])
    place, todo = block.grid.place(bills[0][0], at, block.titles[at]), "Donnez vos achats dans une liste à part."
    if not said:
        options = (("oui", "oui : les lire comme des achats"), ("non", "non : ne pas les lire"))
        findings.doubt(place, Doubt(_BILLS, f"{words} : sont-ce des achats du groupe ?", options, todo))
        return []
    kept = [line for line in block.lines if said == "non" or line not in bills]
    own = _part(block, kept, {**block.grid.answers, "table": "factures"}, at, block.titles[at])
    if said == "non":
        return [own]
    spent = [(number, _as_spent(block, cells, at)) for number, cells in bills]
    bought = _part(_from_sellers(block), spent, _as_bought(block, block.grid.answers, money), at)
    return [own, bought]


def _names_bills(block: Block, at: int) -> bool:
    """Tell whether a column says which lines are invoices of customers, and which are bills of suppliers."""
    words = {same(text) for cell in block.column(at) if (text := as_text(cell))}
    bills = {word for word in words if states.of_purchases(word)}
    return len(words) <= _MOST and any(" " in word or "_" in word for word in bills) and len(words) > len(bills)


def _from_sellers(block: Block) -> Block:
    """Return a table whose customers are called sellers."""
    said = [title and may_say(title, "client", dictionaries()["factures"]) for title in block.titles]
    titles = ["Fournisseur" if told else title for told, title in zip(said, block.titles, strict=True)]
    heads = ["Fournisseur" if told else head for told, head in zip(said, block.heads, strict=False)]
    return replace(block, titles=titles, heads=heads) if sum(map(bool, said)) == 1 else block


def _as_spent(block: Block, cells: Sequence[Cell], at: int) -> list[Cell]:
    """Return a bill with its amounts above zero, those of a credit note below."""
    sign = -1 if re.search(r"avoir|refund|credit", same(as_text(cells[at]))) else 1
    paid = [says_money(title) or bool(re.search(r"\b(taxe?s?|tva)\b", same(title))) for title in block.titles]
    return [
        written(sign * abs(cents_in(cell))) if rank < len(paid) and paid[rank] and cents_in(cell) else cell
        for rank, cell in enumerate(cells)
    ]


def of_log(parts: Sequence[Block], read: Callable[[Block, Grid], Iterator[Laid]], findings: Findings) -> Iterator[Laid]:
    """Yield the tables of a log; what one asks holds for the others, but the VAT of what is bought is its own."""
    seen: set[str] = set()
    for part in parts:
        asked = len(findings.doubts)
        yield from read(part, part.grid)
        bought = len(parts) > 1 and part.grid.answers.get("table") == "achats"
        new = [(place, doubt) for place, doubt in findings.doubts[asked:] if doubt.topic not in seen]
        seen |= {doubt.topic for _, doubt in new}
        findings.doubts[asked:] = [(place, _of_spent(doubt) if bought else doubt) for place, doubt in new]


def _of_spent(doubt: Doubt) -> Doubt:
    """Return a doubt about the VAT of what is bought, apart from that of what is sold."""
    question = "Aucune colonne ne dit la TVA des achats. Quel est le taux ?"
    return replace(doubt, topic=SPENT_RATE, question=question) if doubt.topic == "taux" else doubt


def _money(block: Block) -> list[int]:
    """Return the columns of amounts; a total, when no other says them."""
    said = [at for at, title in enumerate(block.titles) if says_money(title) or _ALSO_MONEY.fullmatch(same(title))]
    said = [at for at in said if not tells_time(block.titles[at])]
    return [at for at in said if bare(block.titles[at]) != "total"] or said


def _priced(cells: Sequence[Cell], money: Sequence[int]) -> bool:
    return any(cents_in(cell) and not says_time(as_text(cell)) for at in money if (cell := cell_at(cells, at)))


def _cents(cells: Sequence[Cell], money: Sequence[int]) -> int:
    return max((cents_in(cell_at(cells, at)) for at in money), default=0)


def _says_what(block: Block, at: int, money: Sequence[int]) -> bool:
    """Tell whether a column says what lines are: most priced ones are known, some are no sale; others have no price."""
    lines = [cells for _, cells in block.lines if not says_total(cells)]
    words = [same(as_text(cell_at(cells, at))) for cells in lines]
    if any(re.search(r"\d", each) for each in words):
        return False
    priced = [word for word, cells in zip(words, lines, strict=True) if _priced(cells, money)]
    known = [table for word in priced if (table := _known(word))]
    other = [word for word in priced if _known(word) not in ("", "factures") or states.meaning(word) in _NO_SALE]
    least = 2 if len({*words}) <= min(_MOST, len(words) - 1) else 4  # words that come again are kinds
    return len(priced) < len(words) and any(other) and least * (len(priced) - len(known)) <= len(priced)


def _known(word: str) -> str:
    """Return the table of a line that a word tells; an empty text when nobody knows it.

    >>> [_known(each) for each in ("frais", "vente", "reglement client", "avoir", "loyer")]
    ['achats', 'factures', 'encaissements', 'factures', '']
    """
    if states.of_purchases(word) or _BOUGHT.fullmatch(word):
        return "achats"
    if _PAID.fullmatch(word):
        return "encaissements"
    return "factures" if _SOLD.fullmatch(word) or states.of_document(word) else ""


def _topic(word: str) -> str:
    return f"journal.{bare(word)}"


def _table_of(block: Block, cells: Sequence[Cell], at: int) -> str:
    """Return the table of a priced line, an empty text to ask: what is bought for a customer, in some time, is sold?"""
    word = as_text(cell_at(cells, at))
    if answer := block.grid.answers.get(_topic(word)):
        return answer
    filled = [title for rank, title in enumerate(block.titles) if rank != at and as_text(cell_at(cells, rank))]
    worked, known = any(map(tells_time, filled)), _known(same(word))
    customer = any(may_say(title, "client", dictionaries()["factures"]) for title in filled)
    return "" if known == "achats" and worked and customer else known or ("" if word else "factures")


def _say_tables(
    block: Block, at: int, money: Sequence[int], found: Mapping[str, list[Line]], findings: Findings
) -> None:
    """Tell which lines are no sales by their word, with their sum."""
    names = {"achats": "des achats", "encaissements": "des paiements de clients"}
    for table, name in names.items():
        lines = found.get(table, [])
        words = listing([f"« {word} »" for word in dict.fromkeys(as_text(cell_at(cells, at)) for _, cells in lines)])
        total = euros(sum(_cents(cells, money) for _, cells in lines))
        if lines:
            findings.heed(block.grid.place(block.head, at, block.titles[at]), f"{words} : {name} ({total} en tout).")


def _ask(block: Block, at: int, unknown: Sequence[Line], money: Sequence[int], findings: Findings) -> None:
    sums: dict[str, int] = {}
    for _, cells in unknown:
        word = as_text(cells[at])
        sums[word] = sums.get(word, 0) + _cents(cells, money)
    for word in sorted(sums, key=lambda each: -abs(sums[each]))[:_ASKED]:
        number = next(number for number, cells in unknown if as_text(cells[at]) == word)
        question = f"« {word} » ({euros(sums[word])}) : que sont ces lignes ?"
        doubt = Doubt(_topic(word), question, _WAYS, "Écrivez vente, achat ou encaissement dans cette colonne.")
        findings.doubt(block.grid.place(number, at, block.titles[at]), doubt)


def _parts(block: Block, at: int, money: Sequence[int], found: Mapping[str, list[Line]]) -> Iterator[Block]:
    """Yield each table that has lines, the sales first; the time of what was bought is told without its price."""
    worked, sold, answers = found.get("heures", []), found.get("factures", []), block.grid.answers
    ranks = [rank for rank in range(len(block.titles)) if rank not in (at, *money)]
    times = [rank for rank in ranks if timed([cell for _, cells in worked if as_text(cell := cell_at(cells, rank))])]

    def busy(lines: Sequence[Line]) -> list[Line]:
        return [line for line in lines if any(as_text(cell_at(line[1], rank)) for rank in times)]

    others = busy([*found.get("achats", []), *found.get("encaissements", [])])
    worked = [*worked, *((number, blanked(cells, (at, *money))) for number, cells in others)]
    both = [line for line in sold if states.meaning(as_text(cell_at(line[1], at))) == states.COUNTED]
    both = both if busy(both) else []
    own = [line for line in sold if line not in both]
    if own:
        yield _part(block, own, {**answers, "table": "factures"}, at, "Type")
    if worked or both:
        generic = all(_WORK.fullmatch(same(as_text(cell_at(cells, at)))) for _, cells in worked)
        told = "" if generic else block.titles[at]
        yield _part(block, [*worked, *both], answers if both else {**answers, "table": "heures"}, at, told)
    told_of = {"achats": _as_bought(block, answers, money), "encaissements": {**answers, "table": "encaissements"}}
    for table, told_before in told_of.items():
        if lines := [(number, blanked(cells, times)) for number, cells in found.get(table, [])]:
            yield _part(block, lines, told_before, at)


def _as_bought(block: Block, answers: Mapping[str, str], money: Sequence[int]) -> dict[str, str]:
    """Return the answers about purchases: their VAT is another than that of sales, unless there is none."""
    rate = answers.get(SPENT_RATE) or ("0" if answers.get("taux") == "0" else "")
    told = {name: said for name, said in answers.items() if name != "taux"} | ({"taux": rate} if rate else {})
    if "argent" in answers and len(money) == 1:
        way = WITH_TAX if answers["argent"] == "montant_ttc" else ""
        told.setdefault("colonne.montant_ht", f"{way}{block.titles[money[0]]}")
    return {**told, "table": "achats"}


def _part(block: Block, lines: Sequence[Line], answers: Mapping[str, str], at: int, title: str = "") -> Block:
    """Return some lines of a log as a table, its column of words under a title, or without it."""
    own = [(number, list(cells) if title else blanked(cells, (at,))) for number, cells in lines]
    own.sort(key=lambda line: line[0])
    heads = [title if rank == at else cell for rank, cell in enumerate(block.heads)]
    titles = [title if rank == at else text for rank, text in enumerate(block.titles)]
    if (label := _label(titles, own, at, answers.get("table", ""))) >= 0:
        titles[label] = "Libellé"
    above: list[Line] = [(block.head - 1, [*block.above])] if block.above else []
    grid = replace(block.grid, answers=answers, lines=(*above, (block.head, heads), *own))
    return replace(block, grid=grid, heads=heads, titles=titles, lines=own)


def _label(titles: Sequence[str], lines: Sequence[Line], what: int, table: str) -> int:
    """Return the column that alone can say what lines of money are about, when no title does: a remark; or −1."""
    if table not in _OF_MONEY or any(may_say(title, "libelle", dictionaries()[table]) for title in titles if title):
        return -1
    said = [[text for _, cells in lines if (text := as_text(cell_at(cells, at)))] for at in range(len(titles))]
    told = [
        at
        for at, cells in enumerate(said)
        if at != what and len(cells) == len(lines) and all(re.match(r"[^\W\d]{2}", text) for text in cells)
    ]
    return told[0] if len(told) == 1 else -1
