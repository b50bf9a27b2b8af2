"""Whatever is answered, on whatever layout, the questions end: with a book, or with a refusal that says what to do."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import ImportProposal, propose
from kpa_model.files.importing.recipe import Recipe
from tests.contract.months import cases

MOST = 16
"""As many questions as one file can raise: its table, each column it needs, their habits, and what the book needs."""
TITLES = (
    *("Semaine", "S36", "S37", "Date", "Jour", "Mois", "Qui", "Nadège", "Olivier", "Heures", "Durée (min)", "Temps"),
    *("Montant", "Montant HT", "TTC", "TVA", "Réglée", "Payé le", "Client", "Facture", "N°", "Entrée", "Sortie"),
    *("Débit", "Crédit", "Libellé", "Quoi", "Tâche", "Total", "", "Météo", "État", "Échéance", "du", "au", "Lundi"),
)
CELLS = (
    *("S36", "37", "31/08/2026", "02/13/2026", "050126", "septembre", "Nadège", "Olivier", "Nadège / Olivier", "3h30"),
    *("7.30", "210", "1 250,00", "-86,40", "20 %", "250", "oui", "non", "Payée", "Brouillon", "Mairie", "F1", "AV2"),
    *("", "", "", "Total", "#REF!", "lundi", "Buffet", "Réunion", "0", "x", "2026-W36", "600 €", "12 %"),
)


@st.composite
def sheets(draw: st.DrawFn) -> GivenFile:
    wide = draw(st.integers(2, 7))
    titles = draw(st.lists(st.sampled_from(TITLES), min_size=wide, max_size=wide))
    columns = [draw(st.lists(st.sampled_from(CELLS), min_size=1, max_size=4)) for _ in range(wide)]  # each its habits
    lines = [[draw(st.sampled_from(column)) for column in columns] for _ in range(draw(st.integers(1, 6)))]
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([titles, *lines])
    return GivenFile(
        draw(st.sampled_from(("tableau.csv", "heures.csv", "factures.csv", "S36.csv"))), out.getvalue().encode()
    )


def answered_at_random(files: list[GivenFile], data: st.DataObject) -> tuple[ImportProposal, list[str]]:
    recipe, asked = Recipe(), list[str]()
    while True:
        proposal = propose(files, "Essai", recipe, Findings())
        if not proposal.questions:
            return proposal, asked
        question = data.draw(st.sampled_from(proposal.questions))
        options = [value for value, _ in question.doubt.options]
        assert options or question.doubt.typed, f"nothing answers « {question.doubt.question} »"
        said = "|".join(data.draw(st.sets(st.sampled_from(options)))) if question.doubt.several else ""
        said = said or ("Nadège" if question.doubt.typed and data.draw(st.booleans()) else "")
        recipe = proposal.answer(question, said or data.draw(st.sampled_from(options or ["Olivier"])))
        asked.append(question.key)
        assert len(asked) <= MOST, asked


@settings(deadline=None, max_examples=cases(25))
@given(st.lists(sheets(), min_size=1, max_size=2, unique_by=lambda each: each.name), st.data())
def test_questions_end_with_a_book_or_a_refusal(files: list[GivenFile], data: st.DataObject) -> None:
    proposal, asked = answered_at_random(files, data)
    assert len(set(asked)) == len(asked), "a question came back"
    assert (proposal.reading is None) != (proposal.refusal is None)
    if proposal.refusal is not None:
        assert all(each.todo for each in proposal.refusal.problems)
