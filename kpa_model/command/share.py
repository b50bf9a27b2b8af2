"""`kpa partager`: one month, or some months that follow each other, shared with a rule."""

from __future__ import annotations

import argparse

from kpa_model.command import finding
from kpa_model.command.outputs import Output, slug
from kpa_model.command.screen import Screen, progress
from kpa_model.errors import Problem
from kpa_model.pay import rule_file
from kpa_model.pay.engine import Settlement
from kpa_model.pay.rule import PayRule
from kpa_model.story.paper import documents as paper
from kpa_model.story.paper import names as paper_names
from kpa_model.story.paper.content import NO_LINES
from kpa_model.story.paper.parts import (
    NET_IS_SMALLER,
    PaidShare,
    between,
    checked_promises,
    others_who_gave_time,
    period,
    shares,
)
from kpa_model.story.paper.press import CannotPrint
from kpa_model.story.pay.balance import balance
from kpa_model.story.pay.chain import month_sentences
from kpa_model.story.provenance import provenance
from kpa_model.words import euros, hours

HEADS = ("Personne", "Temps", "Coût total", "Reste dû")


def share_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    finding.months_and_output(parser)
    parser.add_argument("--regle", required=True, metavar="REGLE", help="fichier .yaml, ou nom d'une règle prête")
    parser.add_argument("--fiches", action="store_true", help="avec --sortie : une fiche par personne")


def share(asked: argparse.Namespace, screen: Screen) -> int:
    """Share, show who receives what, and write the documents when a folder is given."""
    rule, reading = finding.find_rule(asked.regle), finding.read(asked.carnet)
    book = reading.book
    span = finding.find_months(book, asked.mois)
    settled = span.settle(rule, "Partage des mois")
    shown = settled
    if asked.sans_noms:
        shown = paper_names.without_names(settled, paper_names.letters_of(settled, book))
    finding.say_missing(rule, [each.month for each in settled], screen)
    _tell(span, shown, not asked.sans_noms, screen)
    finding.say_known(reading, screen, not asked.sans_noms)
    if asked.sortie:
        _write(asked, span, rule, settled, shown, reading.notes, screen)
    return 0


def _tell(span: finding.Span, settled: tuple[Settlement, ...], names: bool, screen: Screen) -> None:
    """Say the months on the terminal: sentences, table, promises, layer."""
    screen.title(f"{span.book.cooperative.name}, {period(settled)} : « {settled[0].rule.title} »")
    for money, each in zip(span.money, settled, strict=True):
        if len(settled) > 1:
            screen.say(f"{period([each])} :")
        screen.say(" ".join(month_sentences(money, each, span.book.cooperative.basis)))
    screen.line()
    people = shares(settled)
    if rows := lines(people, names):
        whole = euros(sum(person.cents for person in people))
        screen.table(HEADS, [*rows, ("Ensemble", "", whole, "")])
    else:
        screen.say(NO_LINES)
    screen.say(" ".join(balance(settled).said()))
    if others := others_who_gave_time(settled):
        screen.say(others)
    screen.line()
    for promise in checked_promises(settled):
        verdict = "Tenue" if promise["tenue"] else "NON TENUE"
        screen.say(f"{verdict} : {promise['phrase']} {promise['constat']}")
    screen.say(NET_IS_SMALLER)
    if len(span.facts) > span.size:
        start = between(span.facts[0].label, span.facts[0].label)
        screen.say(f"La règle est appliquée depuis {start} : fonds, réserve et dettes suivent.")


def lines(people: tuple[PaidShare, ...], names: bool) -> list[tuple[str, ...]]:
    """Return one line per person; none when letters would not hide people."""
    if not names:
        if paper_names.too_small(len(people)):
            return []
        people = by_letter(people)
    return [
        (
            person.name,
            hours(person.minutes) if person.minutes else "",
            euros(person.cents),
            euros(person.owed) if person.owed else "",
        )
        for person in people
    ]


def by_letter(people: tuple[PaidShare, ...]) -> tuple[PaidShare, ...]:
    """Return people whose names are letters in the order of letters, never in that of the list of members."""
    return tuple(sorted(people, key=lambda person: (len(person.name), person.name)))


def _write(
    asked: argparse.Namespace, span: finding.Span, rule: PayRule, settled: tuple[Settlement, ...],
    shown: tuple[Settlement, ...], notes: tuple[str, ...], screen: Screen,
) -> None:  # fmt: skip
    """Write the PDF, the table, the rule and where they come from."""
    names = not asked.sans_noms
    out = Output(asked.sortie, f"{slug(rule.title if names else shown[0].rule.title)}_{shown[0].month.label}")
    from kpa_model.figures import paper as pen  # late: matplotlib takes half a second

    out.add("pdf", paper.rule_paper(span.book, rule, settled, span.money, pen=pen, names=names, notes=notes))
    out.add_table(("personne", "minutes", "cout_total", "reste_du"), _csv(shares(shown), names))
    out.add("yaml", rule_file.dumps(shown[0].rule).encode())
    if asked.fiches:
        _payslips(out, span, rule, settled[-1], names, notes)
    origin = {**provenance(span.book, rule), "Règle": shown[0].rule.title}
    out.finish({**origin, "Mois": [str(each.month) for each in span.money], "Noms": "oui" if names else "non"})
    out.tell(screen)


def _payslips(
    out: Output, span: finding.Span, rule: PayRule, settled: Settlement, names: bool, notes: tuple[str, ...]
) -> None:
    """Write one payslip for each person who could be paid in the last month. Raises CannotPrint."""
    if not names and span.size > 1:
        what = "sans les noms, les lettres d'un mois et celles d'une période ne sont pas les mêmes."
        raise CannotPrint(Problem("Option --fiches", what, "Donnez un seul mois, ou retirez --sans-noms."))
    who = [at for at, paid in enumerate(settled.month.paid) if paid]
    known = paper_names.letters_of([settled], span.book)
    for at in progress(who, len(who), "Fiches"):
        name = settled.month.members[at]
        # Without names, the rank in the list of members would tell who it is.
        said = f"fiche_{at + 1:02d}_{slug(name)}" if names else f"fiche_{slug(known[name])}"
        out.add("pdf", paper.payslip_paper(span.book, rule, settled, at, names=names, notes=notes), said)


def _csv(people: tuple[PaidShare, ...], names: bool) -> list[tuple[str, ...]]:
    if not lines(people, names):
        return [("Ensemble", "", _comma(sum(person.cents for person in people)), "")]
    if not names:
        people = by_letter(people)
    return [(person.name, str(person.minutes), _comma(person.cents), _comma(person.owed)) for person in people]


def _comma(cents: int) -> str:
    sign, (whole, rest) = "-" if cents < 0 else "", divmod(abs(cents), 100)
    return f"{sign}{whole},{rest:02d}"
