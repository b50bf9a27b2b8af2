"""What facts tell of our suppositions, and which supposition matters most."""

from __future__ import annotations

import ipywidgets as widgets

from kpa_model.cooperative.book import OrderBook
from kpa_model.declare.markup import joined, tag
from kpa_model.figures import years as pictures
from kpa_model.simulation.calibration.own import HIDDEN, calibrate_book, facts_of, foresee
from kpa_model.simulation.calibration.published import published
from kpa_model.simulation.runs.executors import threads
from kpa_model.simulation.sensitivity import ANSWERS, sensitivity
from kpa_model.simulation.weather import ready
from kpa_model.story.years import facts
from kpa_model.story.years import report as years_report
from kpa_model.ui import pieces
from kpa_model.ui.screens.years.looking import folded
from kpa_model.ui.screens.years.supposed import OUR_BOOK, plan_of
from kpa_model.ui.state import OURS, Store, book_of, rules_by_name

BUSY = pieces.live(tag("p", "Calcul en cours…", cls="kpa-help"))
GUESSED = ("Fait caché", "Deviné", "Arrivé")
HEADS = ("Supposition", "Valeur", "Ce que disent les faits")


@pieces.framed
def what_facts_tell(store: Store) -> widgets.Widget:
    """Show what the published figures tell, the prediction of 7 February 2019 as it is, and calibrate on our book."""
    report, answer = published(), pieces.html()
    said = facts.prediction_told(report.prediction, report.simple)
    seen = report.prediction
    title = "Ventes du 1er janvier au 7 février 2019, prévues avec 2018 seul"
    picture = pictures.interval(title, seen.low, seen.middle, seen.high, seen.observed, " ".join(said))
    told = pieces.sentences(facts.CAVEATS)
    told += years_report.table(HEADS, facts.posterior_rows(report.whole), "KPA-Moulins, chiffres publiés")
    guessed = years_report.table(GUESSED, facts.left_out_rows(report.left_out), "Un fait caché, deviné par les autres")
    aside = years_report.sentences(facts.left_out_told(report.left_out)) + guessed
    more = folded("faits", "Ce que disent ces chiffres, et leurs limites", told + aside)
    shown = pieces.html(picture + pieces.sentences((said[0], *said[2:])) + more)  # the picture says what was expected

    def calibrate() -> None:
        answer.value = BUSY
        told = our_book_told(book_of(store.state))
        store.update(scenario=OUR_BOOK, supposed="{}")
        answer.value = pieces.live(joined(tag("p", "Le scénario suit maintenant votre carnet."), told))

    button = pieces.button("Caler sur notre carnet", calibrate, "kpa-primary", answer)
    return pieces.column(shown, button, answer)


def our_book_told(book: OrderBook) -> str:
    """Return what a book tells of each supposition, then how well its first months predict its last ones."""
    usual = ready.scenario(ready.FIRST)
    found, _ = calibrate_book(book, usual)
    rows = years_report.table(HEADS, facts.posterior_rows(found.marginals()), book.cooperative.name)
    seen = foresee(book, usual)
    if seen is None:
        return joined(rows, tag("p", "Il y a trop peu de mois pour en cacher et les prévoir."))
    known = len(facts_of(book, usual.seasons).counts) - HIDDEN
    said = facts.own_prediction_told(seen, known, HIDDEN)
    title = f"Ventes des {HIDDEN} derniers mois, prévues avec les premiers"
    drawn = pictures.interval(title, seen.low, seen.middle, seen.high, seen.observed, " ".join(said))
    return rows + drawn + years_report.sentences(said)


@pieces.framed
def what_matters(store: Store) -> widgets.Widget:
    """Rank suppositions by what they change to an answer that the group chooses."""
    picture = pieces.html()
    asked = pieces.choice(
        "Ce que nous décidons dépend de", [(name, words) for name, (words, _) in ANSWERS.items()], "mois"
    )

    def forget(_: object = None) -> None:
        picture.value = tag("p", "Le calcul prend quelques secondes.", cls="kpa-help")

    def search() -> None:
        picture.value = BUSY
        plan = plan_of(store.state)
        found = sensitivity(
            plan.scenario, rules_by_name(store.state)[OURS], asked.value, effort=4, floor=plan.floor, make=threads()
        )
        said = facts.sensitivity_told(found, asked.value)
        drawn = pictures.ranking("Ce que change chaque supposition", facts.sensitivity_rows(found, asked.value), said)
        moved = pieces.sentences([facts.MOVED], "kpa-help")
        picture.value = pieces.live(pieces.sentences([said]), drawn, moved)

    asked.observe(forget, "value")
    store.watch(forget)
    return pieces.column(pieces.row(asked, pieces.button("Chercher", search, "kpa-primary", picture)), picture)
