"""Sheets of a person: her month, line by line, and her year."""

from __future__ import annotations

from collections.abc import Sequence

from kpa_model.cooperative.book import Cooperative
from kpa_model.ledger.month_state import MonthState
from kpa_model.ledger.refusal import called, refuse, titled
from kpa_model.story.months import told
from kpa_model.story.months.checks import notes_seen
from kpa_model.story.months.paper import MonthPaper, PaperPart, nameless, printed, year_of
from kpa_model.story.months.register import NamedLedger
from kpa_model.story.months.rules import source_said
from kpa_model.words import euros, of, signed_euros

NARROW = 7
"""Columns that a page held upright takes."""
FEW = 6
"""So many payments make one short table; more are cut into two, side by side."""
BULLETIN = "Pour vos déclarations, recopiez le net imposable de vos bulletins : cette fiche dit des coûts totaux."


def month_sheet(seen: NamedLedger, about: Cooperative, label: str, code: str, names: bool = True) -> bytes:
    """Return one person's month: why this amount, with what comes from other months, and what was paid.

    Raises:
        NotNow: the month is not frozen.
        CannotPrint: without names in a group so small that the person would be recognised.
    """
    month = seen.state.month(label)
    if month.frozen is None:
        raise refuse(titled(label), f"ce mois est {month.status}.", "Arrêtez-le d'abord.")
    if not names:
        seen = nameless(seen, {each: month.amount(each) for each in month.people})
    lines = told.sheet(seen, month, code)
    total = month.amount(code)
    rows = [[_said(each.title, each.sentence), signed_euros(each.cents), euros(each.reached)] for each in lines]
    rows.append(["Montant du mois", "", euros(total)])
    parts = [
        PaperPart("Votre montant, ligne par ligne", (), ("Ligne", "Effet", "On arrive à"), rows, [len(rows) - 1],
                  sum=_addition([each.cents for each in lines], total)),
        PaperPart("Ce qui est versé", told.payment_sentences(seen, month, code) or ("Rien n'est encore versé.",)),
    ]  # fmt: skip
    name = seen.who.name(code)
    rule = month.frozen.rule
    said = [
        f"{name} reçoit {euros(total)} pour {called(label)}, en coût total.",
        f"Règle : « {seen.who.told(rule.title)} ». {source_said(seen, rule)}",
        told.state_sentence(seen, month),
    ]
    paper = MonthPaper(
        "Fiche du mois", name, called(label), parts, said, euros(total),
        "Une question, un désaccord : ce que je veux demander au groupe", after=[_pot(seen, month)],
        notes=notes_seen(seen, month),
    )  # fmt: skip
    return printed(seen, about, paper)


def _pot(seen: NamedLedger, month: MonthState) -> PaperPart:
    lines = told.pot(seen, month)
    rows = [
        [_said(each.title, each.sentence), (signed_euros if 0 < at < len(lines) - 1 else euros)(each.cents)]
        for at, each in enumerate(lines)
    ]
    return PaperPart("D'où vient l'argent du mois", (), ("Pour tout le groupe", "Montant"), rows, [len(rows) - 1])


def _said(title: str, sentence: str) -> str:
    return f"{title}. {sentence}" if sentence else title


def _addition(parts: list[int], total: int) -> str:
    shown = [signed_euros(each).lstrip("+") for each in parts if each]
    return f"{' + '.join(shown)} = {euros(total)}".replace("+ −", "− ") if len(shown) > 1 else ""


def year_sheet(seen: NamedLedger, about: Cooperative, year: int, code: str, names: bool = True) -> bytes:
    """Return one person's year: a line for each month, and sums that add up. Raises NotNow, CannotPrint."""
    labels = year_of(seen.state, year)
    months = [seen.state.month(label) for label in labels]
    if not any(month.amount(code) or month.received(code) for month in months):
        todo = "Choisissez une autre personne, ou une autre année."
        raise refuse(f"Année {year}", "cette personne n'a rien reçu.", todo)
    if not names:
        whole = {each for month in months for each in month.people}
        seen = nameless(seen, {each: sum(month.amount(each) for month in months) for each in sorted(whole)})
    name = seen.who.name(code)
    rows = [next((row for row in told.rows(seen, month) if row.code == code), None) for month in months]
    received, waits = (sum(getattr(row, part) for row in rows if row) for part in ("received", "due"))
    said = [f"Pour {year}, {name} reçoit {euros(received + waits)}. {euros(received)} sont versés.", BULLETIN]
    by_month = _by_month(f"L'année {of(name)}, mois par mois", months, rows)
    parts = [by_month, _paid(months, code)]
    paper = MonthPaper(
        "Fiche de l'année", name, str(year), parts, said, euros(received + waits), wide=len(by_month.heads) > NARROW
    )
    return printed(seen, about, paper)


def _paid(months: Sequence[MonthState], code: str) -> PaperPart:
    """Return every payment of a person, and their sum."""
    paid = [(month.label, each) for month in months for each in month.payments.values() if each.person == code]
    if not paid:
        return PaperPart("Ce qui a été versé", ("Rien n'a été versé.",))
    rows = [
        [f"{called(label)}{', avance' if each.advance else ''}", f"{each.on:%d/%m/%Y}", euros(each.cents)]
        for label, each in paid
    ]
    rows.append(["Ensemble", "", euros(sum(each.cents for _, each in paid))])
    heads = ("Pour", "Versé le", "Montant")
    return PaperPart("Ce qui a été versé", (), heads, rows, [len(paid)], words=2, beside=2 if len(paid) > FEW else 1)


def _by_month(title: str, months: Sequence[MonthState], rows: Sequence[told.AmountRow | None]) -> PaperPart:
    """Return a line for each month and their sum; columns that say nothing are left out."""
    cells = [row.cents if row else (0,) * len(told.COLUMNS) for row in rows]
    sums = tuple(sum(each) for each in zip(*cells, strict=True))
    kept = told.kept_columns([*cells, sums])
    shown = [
        [label, *(euros(each[at]) for at in kept)]
        for label, each in zip([*(titled(month.label) for month in months), "L'année"], [*cells, sums], strict=True)
    ]
    said = "Montant, moins ce qui est versé, moins ce qui est reporté : voilà ce qui reste dû."
    heads = ("Mois", *(told.COLUMNS[at] for at in kept))
    return PaperPart(title, (said,) if told.CARRIED in kept else (), heads, shown, [len(shown) - 1])
