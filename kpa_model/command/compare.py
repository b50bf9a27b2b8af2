"""`kpa comparer`: two to six rules on the same months."""

from __future__ import annotations

import argparse

from kpa_model.command import finding
from kpa_model.command.outputs import Output
from kpa_model.command.screen import Screen
from kpa_model.errors import Problem, WrongRule
from kpa_model.story.paper import documents as paper
from kpa_model.story.paper import names as paper_names
from kpa_model.story.paper.content import NO_LINES
from kpa_model.story.paper.parts import NET_IS_SMALLER, period
from kpa_model.story.pay.balance import side_by_side
from kpa_model.story.pay.comparison import View, compare
from kpa_model.story.provenance import provenance
from kpa_model.words import count, euros, signed_euros

FEWEST, MOST = 2, 6


def compare_rules_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    finding.months_and_output(parser)
    parser.add_argument(
        "--regles", required=True, nargs="+", metavar="REGLE",
        help="deux à six règles ; la première est celle d'aujourd'hui",
    )  # fmt: skip


def compare_rules(asked: argparse.Namespace, screen: Screen) -> int:
    """Settle the same months under each rule; the first rule is today's."""
    if not FEWEST <= len(asked.regles) <= MOST:
        what = f"il y a {count(len(asked.regles), 'règle')}."
        todo = "Donnez deux à six règles ; la première est celle d'aujourd'hui."
        raise WrongRule(Problem("Option --regles", what, todo))
    rules, reading = [finding.find_rule(name) for name in asked.regles], finding.read(asked.carnet)
    book = reading.book
    span = finding.find_months(book, asked.mois)
    settled = [span.settle(rule, rule.title) for rule in rules]
    views = compare(settled)
    shown = paper_names.views_without_names(views, book) if asked.sans_noms else views
    screen.title(f"{book.cooperative.name}, {period(settled[0])}")
    for rule in rules:
        finding.say_missing(rule, [each.month for each in settled[0]], screen)
    _tell(shown, asked.sans_noms, screen)
    finding.say_known(reading, screen, not asked.sans_noms)
    if asked.sortie:
        _write(asked, span, views, shown, reading.notes, screen)
    return 0


def _tell(views: tuple[View, ...], hide: bool, screen: Screen) -> None:
    """Say each rule, the few figures, and who receives what."""
    hidden = hide and paper_names.too_small(len(views[0].people))
    for at, view in enumerate(views, start=1):
        today = ", la règle de départ" if at == 1 else ""
        screen.say(f"Règle {at} : {view.rule.title}{today}.")
        said = [*(view.sentences if at > 1 and not hidden else ()), *view.broken]
        if said:
            screen.listing(said, mark="   ")
    heads = [f"Règle {at}" for at in range(1, len(views) + 1)]
    screen.line()
    figures = [[each.label, *(view.figures[at].value for view in views)] for at, each in enumerate(views[0].figures)]
    screen.table(["Repère", *heads], figures)
    screen.line()
    if hidden:
        screen.say(NO_LINES)
    else:
        screen.table(["Personne", *heads], _lines(views))
        screen.say("Entre parenthèses, la différence avec la règle 1.")
    screen.line()
    money = side_by_side([view.balance for view in views])
    screen.table(
        ["Où va l'argent", *heads],
        [[name, *("" if cents is None else euros(cents) for cents in each)] for name, each, _ in money],
    )
    screen.say(NET_IS_SMALLER)


def _lines(views: tuple[View, ...]) -> list[list[str]]:
    return [[each.name, *(_cell(view, at) for view in views)] for at, each in enumerate(views[0].people)]


def _cell(view: View, at: int) -> str:
    person = view.people[at]
    return f"{euros(person.cents)} ({signed_euros(person.change)})" if person.change else euros(person.cents)


def _write(
    asked: argparse.Namespace, span: finding.Span, views: tuple[View, ...], shown: tuple[View, ...],
    notes: tuple[str, ...], screen: Screen,
) -> None:  # fmt: skip
    """Write the PDF and where it comes from."""
    last = str(span.money[-1].month)
    out = Output(asked.sortie, f"comparaison_{last}")
    from kpa_model.figures import paper as pen  # late: matplotlib takes half a second

    names = not asked.sans_noms
    out.add("pdf", paper.comparison_paper(span.book, views, last, span.size, pen=pen, names=names, notes=notes))
    rules = [
        {"Règle": masked.rule.title, "Empreinte de la règle": provenance(span.book, view.rule)["Empreinte de la règle"]}
        for view, masked in zip(views, shown, strict=True)
    ]
    origin = {k: text for k, text in provenance(span.book, views[0].rule).items() if k not in rules[0]}
    out.finish({**origin, "Règles": rules, "Mois": [str(each.month) for each in span.money]})
    out.tell(screen)
