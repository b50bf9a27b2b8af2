"""Lines that do not count by what they say of themselves: drafts, cancelled ones, quotes, payments sent back. Told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from kpa_model.files.book import cells
from kpa_model.files.book.cells import Cell, as_text, bare, same
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.findings import ASKED, Doubt
from kpa_model.files.book.grids import Line, blanked
from kpa_model.files.book.matching import Sheet, cell_of
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.columns.listed import left, put_aside, weighed
from kpa_model.files.book.reading.context import called
from kpa_model.files.book.reading.sales import states
from kpa_model.files.book.reading.sales.discounts import written
from kpa_model.files.book.reading.sales.taken_back import taken_back
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.files.book.reading.written.done_by import HERS, given_over, hers, own
from kpa_model.files.book.reading.written.doubted import LINES, doubted, left_out, outlay
from kpa_model.files.book.reading.written.numbered_states import in_words


def counted(sheet: Sheet, lines: Sequence[Line]) -> list[Line]:
    """Leave out drafts and cancelled lines, by their state or their number; name them, with what they weigh."""
    if put_aside(sheet, lines):
        return []
    lines, back = in_words(sheet, lines), taken_back(sheet, lines) | _credited(sheet, lines)
    kept, aside, unknown = list[Line](), defaultdict[str, list[Line]](list), defaultdict[str, list[Line]](list)
    named = (as_text(cell_of(sheet, content, "facture")) for _, content in lines)
    ordered = _of_orders(sheet) or _of_moves(sheet, lines)
    letters = states.of_prefixes(named) if sheet.dictionary.table == "factures" else {}
    replaced = _replaced(sheet, lines) if sheet.dictionary.table == "factures" else {}
    for number, content in lines:
        if number in back:
            kept.append((number, back[number]))
            continue
        told = [as_text(cell_of(sheet, content, each)) for each in ("etat", "sorte_de_piece")]
        said = [states.UNKNOWN if ordered and states.waiting(each) else states.meaning(each) for each in told]
        if sheet.dictionary.table == "factures":
            told.append(as_text(cell_of(sheet, content, "etat_paiement")))
            said.append(states.SET_ASIDE if states.meaning(told[-1]) == states.SET_ASIDE else states.COUNTED)
            name = as_text(cell_of(sheet, content, "facture"))
            meant, word = (not told[1] and letters.get(states.prefix(name))) or (states.of_number(name), name)
            said += [meant, states.SET_ASIDE if name in replaced else states.COUNTED]
            told += [word, f"remplacée par {replaced.get(name, '')}"]
        said = [states.of_table(sheet.dictionary.table, each, word) for each, word in zip(said, told, strict=True)]
        if sheet.dictionary.table in _MONEY and (states.CREDIT in said or _negative(sheet, content)):
            said = [states.of_credit(each, word) for each, word in zip(said, told, strict=True)]
        if states.SET_ASIDE in said:
            aside[told[said.index(states.SET_ASIDE)]].append((number, content))
            continue
        remark = doubted(sheet.dictionary.table, as_text(cell_of(sheet, content, "note"))) or _cancelled(sheet, content)
        word = told[said.index(states.UNKNOWN)] if states.UNKNOWN in said else _but_idle(sheet, content, remark)
        if left_out(sheet.grid.answers, word):
            aside[word].append((number, content))
            continue
        if word:
            unknown[word].append((number, content))
        kept.append((number, _as_answered(sheet, word, content)))
    for word, group in aside.items():
        _say_aside(sheet, word, group)
    _say_states(sheet, unknown)
    return kept


def _of_orders(sheet: Sheet) -> bool:
    """Tell whether lines of sales are orders, as a shop writes them: one that waits is not sold yet."""
    at = sheet.columns.get("etat", -1) if sheet.dictionary.table == "factures" else -1
    named = f"{called(sheet.grid)} {sheet.place(at).title}".replace("_", " ")
    return at >= 0 and bool(re.search(r"commande|\borders?\b", same(named)))


_MOVED = re.compile(r"(termine|complete|reussi|effectue|abouti|execute|traite)e?s?|completed|succeeded|success|done")


def _of_moves(sheet: Sheet, lines: Sequence[Line]) -> bool:
    """Tell whether lines of sales are moves of money, « Terminé », and not invoices: one that waits did not come."""
    said = (same(as_text(cell_of(sheet, content, "etat"))) for _, content in lines)
    return sheet.dictionary.table == "factures" and any(map(_MOVED.fullmatch, said))


def _say_aside(sheet: Sheet, word: str, group: Sequence[Line]) -> None:
    """Tell the lines that a word leaves out; what was bought first; invoices that a book may hold are remembered."""
    if sheet.dictionary.table == "factures" and not states.of_document(word):
        numbers = {same(as_text(cell_of(sheet, content, "facture"))): at for at, content in group}
        sheet.findings.withdrawn |= {name: (sheet.grid.place(at), word) for name, at in numbers.items() if name}
    where = sheet.dictionary.table, sheet.grid.file, sheet.grid.sheet
    sheet.findings.aside |= {(*where, int(at)): (word, cell_of(sheet, content, "date")) for at, content in group}
    bought = sheet.dictionary.table == "factures" and states.of_purchases(word)
    tell = sheet.findings.left_out if bought else sheet.findings.heed
    tell(sheet.grid.place(group[0][0]), left(sheet, word, group) + (_IF_BOUGHT if bought else ""))


def _replaced(sheet: Sheet, lines: Sequence[Line]) -> dict[str, str]:
    """Return the invoices that others of the list say to replace, and which: none that a credit note takes back."""
    texts = {
        name: " ".join(as_text(cell_of(sheet, content, each)) for each in ("facture", "libelle", "note"))
        for _, content in lines
        if (name := as_text(cell_of(sheet, content, "facture"))) and not _negative(sheet, content)
    }
    back = " ".join(" ".join(map(as_text, content)) for _, content in lines if _negative(sheet, content))
    customers = {as_text(cell_of(sheet, each, "facture")): as_text(cell_of(sheet, each, "client")) for _, each in lines}
    found: dict[str, str] = {}
    for new, text in texts.items():
        old = [each for each in texts if each != new and states.replaces(text, each)] if states.replaces(text) else []
        same_one = [each for each in old if same(customers[each]) == same(customers[new])]
        found |= {each: new for each in same_one if not re.search(rf"(?<!\w){re.escape(same(each))}(?!\w)", same(back))}
        if not same_one and states.replaces_an_invoice(text):
            told = (
                f"« {new} » annule et remplace une facture qui n'est pas dans cette liste : est-elle dans le carnet ?"
            )
            sheet.findings.heed(sheet.grid.place(), f"{told} Si oui, donnez la liste où elle est annulée.")
    return found


def _credited(sheet: Sheet, lines: Sequence[Line]) -> dict[int, list[Cell]]:
    """Return the cells, without their state, of cancelled invoices whose credit note is in the list: both count; told.

    The credit note names the invoice, the state of the invoice names it, or it has its sum and its customer, and names
    no other.
    """
    listed = lines if sheet.dictionary.table == "factures" else ()
    credits = [content for _, content in listed if _negative(sheet, content)]
    kinds = [states.meaning(as_text(cell_of(sheet, content, "etat"))) for content in credits]
    credits = [content for content, kind in zip(credits, kinds, strict=True) if kind != states.SET_ASIDE]
    notes = {name for content in credits if (name := same(as_text(cell_of(sheet, content, "facture"))))}
    texts = [" ".join(same(as_text(cell)) for cell in content) for content in credits]
    said = " ".join(texts)
    names = {same(as_text(cell_of(sheet, content, "facture"))) for _, content in listed} - notes - {""}
    alone = [content for content, text in zip(credits, texts, strict=True) if not any(_names(text, n) for n in names)]
    free = [_whose_sum(sheet, content) for content in alone]
    found = dict[int, list[Cell]]()
    for number, content in listed if credits else ():
        state, name = as_text(cell_of(sheet, content, "etat")), as_text(cell_of(sheet, content, "facture"))
        if states.meaning(state) != states.SET_ASIDE or _negative(sheet, content):
            continue
        told = (name and _names(said, same(name))) or any(_names(same(state), each) for each in notes)
        alike = not told and bool(_CALLED_OFF.search(same(state))) and _whose_sum(sheet, content) in free
        if alike:
            free.remove(_whose_sum(sheet, content))
        if told or alike:
            found[number] = blanked(content, {sheet.columns["etat"]})
            sheet.findings.heed(
                sheet.grid.place(number), f"« {name} », « {state} » : elle compte, et son avoir vient en moins."
            )
    return found


_CALLED_OFF = re.compile(r"\b(annul|cancel|rembours|refund|abandon|void)")


def _whose_sum(sheet: Sheet, content: Sequence[Cell]) -> tuple[str, int]:
    """Return the customer of a line and its sum, in cents, never below zero."""
    sums = (abs(cents_in(cell_of(sheet, content, each))) for each in ("montant_ht", "montant_ttc"))
    return same(as_text(cell_of(sheet, content, "client"))), next(filter(None, sums), 0)


def _names(text: str, number: str) -> bool:
    """Tell whether a text says a number of invoice, and not a part of a longer one."""
    return number in text and bool(re.search(rf"(?<![\w-]){re.escape(number)}(?![\w-])", text))


def _but_idle(sheet: Sheet, content: Sequence[Cell], remark: str) -> str:
    """Return a remark, unless its line of hours has none, « malade » beside 0 h, or it names who the line names."""
    clocked = remark and any(as_text(cell_of(sheet, content, each)) for each in ("debut", "fin"))
    if sheet.dictionary.table == "heures" and own(sheet, [*content], remark):
        return ""
    if not remark or clocked or sheet.dictionary.table != "heures":
        return remark
    return "" if read_or_none(read_duration, cell_of(sheet, content, "duree")) == 0 else remark


def _cancelled(sheet: Sheet, content: Sequence[Cell]) -> str:
    """Return what says that a line was cancelled, or, where nothing is read, that a payment did not come."""
    if sheet.dictionary.table == "encaissements":
        read = {at for name, at in sheet.columns.items() if name != "note"}
        words = (cell for at, cell in enumerate(content) if at not in read and isinstance(cell, str))
        return next(filter(None, (doubted(sheet.dictionary.table, each) for each in words)), "")
    told = ("tache", "client") if sheet.dictionary.table == "heures" else ("facture", "client", "libelle")
    texts = (as_text(cell_of(sheet, content, each)) for each in told)
    return next(filter(None, map(states.cancelled, texts)), "") or _outlay(sheet, content)


def _outlay(sheet: Sheet, content: Sequence[Cell]) -> str:
    """Return the label of a line of an invoice that may be paid for the customer, without VAT: « Débours »."""
    taxes = (as_text(cell_of(sheet, content, each)) for each in ("taux_tva", "montant_tva"))
    label = as_text(cell_of(sheet, content, "libelle")) if sheet.dictionary.table == "factures" else ""
    return label if outlay(label) and not any(re.search("[1-9]", each) for each in taxes) else ""


_MONEY = ("factures", "achats")


def _negative(sheet: Sheet, content: Sequence[Cell]) -> bool:
    """Tell whether a line takes money back: one of its amounts is written below zero."""
    amounts = (as_text(cell_of(sheet, content, each)) for each in ("montant_ht", "montant_ttc"))
    return any(map(cells.below_zero, amounts))


_FEW_STATES, _ASKED_TOGETHER = 2, 12
"""Beyond so many states that nobody knows, they are told instead of asked; remarks are asked about together."""


def _state(word: str) -> str:
    return f"etat.{bare(word)}"


_TAKEN_OFF = "moins"


def _as_answered(sheet: Sheet, word: str, content: list[Cell]) -> list[Cell]:
    """Return a line as the group says of its word: of another person, or of amounts below zero, as a credit note."""
    answer = sheet.grid.answers.get(_state(word)) if word else ""
    if answer == HERS:
        return given_over(sheet, content, word, sheet.findings)
    if answer != _TAKEN_OFF:
        return content
    amounts = {sheet.columns.get(each, -1) for each in ("montant_ht", "montant_tva", "montant_ttc")}
    kinds = {sheet.columns.get(each, -1) for each in ("etat", "sorte_de_piece")}
    taken = [written(-cents_in(cell)) if cents_in(cell) > 0 else cell for cell in content]
    return [
        taken[at] if at in amounts else "Avoir" if at in kinds and as_text(cell) else cell
        for at, cell in enumerate(content)
    ]


def _say_states(sheet: Sheet, unknown: Mapping[str, Sequence[Line]]) -> None:
    """Ask about the states that nobody knows, and the remarks that lines may not count, or tell them."""
    together = _ask_together(sheet, unknown)
    for word, group in unknown.items():
        if word not in together:
            _say_state(sheet, word, group, ask=len(unknown) <= _FEW_STATES)


def _ask_together(sheet: Sheet, unknown: Mapping[str, Sequence[Line]]) -> Collection[str]:
    """Ask once which lines to leave out, where many remarks say that theirs may not count; return these remarks."""
    asked = sheet.grid.answers.get(f"{LINES}{ASKED}", "").split("|")
    remarks = [word for word in unknown if bare(word) and doubted(sheet.dictionary.table, word)]
    new = {bare(word): word for word in remarks if bare(word) not in asked}
    if len(new) <= _FEW_STATES or not sheet.findings.asking:
        return [word for word in remarks if bare(word) in asked]
    new = dict([*new.items()][:_ASKED_TOGETHER])
    weights = {key: weighed(sheet, unknown[word]) for key, word in new.items()}
    options = tuple((key, f"« {word} »" + f" ({weights[key]})" * bool(weights[key])) for key, word in new.items())
    question = "D'après leur remarque, ces lignes ne comptent peut-être pas. Lesquelles laisser de côté ?"
    todo = "Ôtez ces lignes, ou leur remarque."
    doubt = Doubt(LINES, question, options, todo, several=True, every="Toutes", none="Aucune : elles comptent")
    sheet.findings.doubt(sheet.grid.place(unknown[next(iter(new.values()))][0][0]), doubt)
    return [word for word in remarks if bare(word) in (*asked, *new)]


def _say_state(sheet: Sheet, word: str, group: Sequence[Line], ask: bool) -> None:
    """Ask whether lines of a state that nobody knows are sales; elsewhere, or when there are many, they count: told."""
    place, topic = sheet.grid.place(group[0][0]), _state(word)
    text = f"l'état « {word} » n'est pas connu. Les lignes qui le portent comptent. Vérifiez qu'elles ont eu lieu."
    remark = doubted(sheet.dictionary.table, word)
    if remark:
        text = f"« {word} » : la ligne compte quand même. Vérifiez-la."
    if not ask or not (remark or sheet.dictionary.table == "factures") or not sheet.findings.asking:
        sheet.findings.heed(place, text)
    elif topic not in sheet.grid.answers:
        weight = f" ({told})" if (told := weighed(sheet, group)) else ""
        asked, no = "est-ce que cela compte comme une vente ?", "non : un devis, une commande, rien de facturé"
        if remark:
            one, several = ("cette ligne compte-t-elle ?", "la"), ("ces lignes comptent-elles ?", "les")
            asked, them = one if len(group) == 1 else several
            no = f"non : {them} laisser de côté"
        question = f"« {word} »{weight} : {asked}"
        more = () if remark else ((_TAKEN_OFF, "oui, en moins : un avoir, un remboursement"),)
        if name := hers(sheet, word):
            more = ((HERS, f"oui, ce sont les heures de {name}"),)
        options = (("oui", "oui, cela compte"), ("non", no), *more)
        sheet.findings.doubt(place, Doubt(topic, question, options, text))


_IF_BOUGHT = " Si ce sont des achats du groupe, mettez-les dans la liste des achats."
