"""The pay request for the CAE: one page and one table, with only what the host needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from kpa_model import places
from kpa_model.benefits import own_rates
from kpa_model.benefits.layers import Band
from kpa_model.cooperative.book import Cooperative
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.errors import KpaError
from kpa_model.files import results
from kpa_model.ledger.month_state import MonthState
from kpa_model.ledger.paying import OUTCOMES
from kpa_model.ledger.refusal import called, refuse, titled
from kpa_model.story.months.paper import MonthPaper, PaperPart, nameless, printed
from kpa_model.story.months.register import NamedLedger
from kpa_model.words import count, day, euros, of

GROSS = "Le brut est indicatif : il va du cas sans allègement au cas avec le plus grand allègement. La CAE le calcule."


def asked(seen: NamedLedger, month: MonthState) -> dict[str, int]:
    """Return what is asked for each person: what was sent, or what can be paid now. Raises NotNow."""
    if month.requested and month.request:
        return _in_order(month, month.request.amounts)
    if month.adopted is None:
        raise refuse(titled(month.label), f"ce mois est {month.status}.", "Adoptez-le d'abord.")
    amounts = {code: cents for code in month.people if (cents := month.payable(code, seen.state.limit))}
    if not amounts:
        raise refuse(titled(month.label), "il n'y a rien à demander.", "Tout est déjà versé, ou rien n'est dû.")
    return amounts


def _in_order(month: MonthState, amounts: Mapping[str, int]) -> dict[str, int]:
    return {code: cents for code in month.people if (cents := amounts.get(code, 0))}


def answers_told(seen: NamedLedger, month: MonthState) -> tuple[str, ...]:
    """Return what was asked of the CAE, what it answered, and where what it paid differs; nothing when none stands."""
    if month.request is None:
        return ()
    amounts = _in_order(month, month.request.amounts)
    paid = Counter[str]()
    said = [f"Demande du {day(month.request.on)} : {euros(sum(amounts.values()))}."]
    for each in month.answers:
        said.append(f"{OUTCOMES[each.outcome].capitalize()} le {day(each.on)}. {seen.who.told(each.note)}".strip())
        paid.update(each.paid)
    if paid:
        said.append(f"La CAE a payé {euros(paid.total())} : {_gap(paid.total() - sum(amounts.values()))}.")
        said += [
            f"{seen.who.name(code)} : demandé {euros(cents)}, payé {euros(paid[code])}, {_gap(paid[code] - cents)}."
            for code, cents in amounts.items()
            if paid[code] != cents
        ]
    return tuple(said)


def _gap(cents: int) -> str:
    return f"{euros(abs(cents))} de {'plus' if cents > 0 else 'moins'}" if cents else "comme demandé"


def gross_band(label: str) -> Band | None:
    """Return the two cases of the gross that day; None when the contributions are not known."""
    try:
        return own_rates.group_band(places.personal() / own_rates.NAME, CalendarMonth.parse(label).last_day)
    except KpaError:
        return None


def _grosses(amounts: Mapping[str, int], label: str) -> dict[str, tuple[int, int]]:
    band = gross_band(label)
    if band is None:
        return {}
    return {code: (int(band.low.gross(cents)), int(band.high.gross(cents))) for code, cents in amounts.items()}


def request_table(seen: NamedLedger, label: str) -> dict[str, list[object]]:
    """Return the table of a request, column by column: amounts in euros, as a spreadsheet takes them."""
    month = seen.state.month(label)
    amounts = asked(seen, month)
    grosses = _grosses(amounts, label)
    due = month.request.due_on if month.request and month.request.due_on else None
    many = len(amounts)
    columns: dict[str, list[object]] = {
        "personne": [seen.who.name(code) for code in amounts],
        "periode": [label] * many,
        "cout_total": [cents / 100 for cents in amounts.values()],
    }
    if grosses:
        columns["brut_indicatif_bas"] = [grosses[code][0] / 100 for code in amounts]
        columns["brut_indicatif_haut"] = [grosses[code][1] / 100 for code in amounts]
    columns["date_limite"] = [due.isoformat() if due else ""] * many
    return columns


def request_csv(seen: NamedLedger, label: str) -> bytes:
    """Return the table as CSV that a French spreadsheet opens: decimal commas."""
    return results.comma_separated(
        {name: [_french(each) for each in column] for name, column in request_table(seen, label).items()}
    )


def _french(value: object) -> object:
    return f"{value:.2f}".replace(".", ",") if isinstance(value, float) else value


def request_xlsx(seen: NamedLedger, label: str) -> bytes:
    """Return the table as a workbook."""
    return results.spreadsheet(request_table(seen, label), f"Demande {label}")


def request_paper(seen: NamedLedger, about: Cooperative, label: str, names: bool = True) -> bytes:
    """Return the page of a request. Raises NotNow, CannotPrint."""
    month = seen.state.month(label)
    amounts = asked(seen, month)
    if not names:
        seen = nameless(seen, amounts)
    grosses = _grosses(amounts, label)
    rows = [_row(seen.who.name(code), [cents, *grosses.get(code, ())]) for code, cents in amounts.items()]
    if not names:
        rows.sort()
    sums = [sum(amounts.values()), *(sum(each[at] for each in grosses.values()) for at in range(2) if grosses)]
    heads = ("Personne", "Coût total", *(("Brut, cas bas", "Brut, cas haut") if grosses else ()))
    request = month.request
    said = [f"Nous demandons le paiement de {count(len(amounts), 'personne')}, pour {called(label)}."]
    if request and request.due_on:
        said.append(f"Date limite de la CAE : {day(request.due_on)}.")
    if request and request.reference:
        said.append(f"Référence : {seen.who.told(request.reference)}.")
    part = PaperPart("Ce que nous demandons", [GROSS] if grosses else (), heads, [*rows, _row("Ensemble", sums)],
                     [len(rows)])  # fmt: skip
    paper = MonthPaper(
        "Demande de rémunération",
        titled(label),
        f"période {of(called(label))}",
        [part],
        said,
        euros(sums[0]),
        "Pour la KPA : nom, date et signature de la personne référente",
    )
    return printed(seen, about, paper)


def _row(name: str, cents: list[int]) -> list[str]:
    return [name, *map(euros, cents)]
