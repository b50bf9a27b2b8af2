"""What « Nos chiffres » says, read aloud: a file is named once, what an open question decides waits for its answer."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.keeping import held_in, keep
from kpa_model.files.importing.proposal import ImportProposal, propose
from kpa_model.files.importing.recipe import Recipe
from kpa_model.pay.ready import ready_rules
from kpa_model.story.pay.borrowed import borrowed
from kpa_model.ui.screens.share.understood import proposal_told
from tests.given_tables import read, table

WORKED = table("heures.csv", "Jour;Qui;Client;Projet;Heures", "14/09/2026;Nina;Mairie;Kiosque;4")
SOLD = ("Numéro;Date;Client;Montant HT;TVA", "F1;10/09/2026;Mairie;500,00;100,00")
BANK = table("banque.csv", "Date;Libellé;Débit;Crédit", "12/09/2026;VIR MAIRIE F1;;600,00", "30/09/2026;FRAIS;8,00;")


def said(proposal: ImportProposal, alone: bool = False) -> str:
    return html.unescape(re.sub("<[^>]+>", "\n", str(proposal_told(proposal, "", alone)))).replace("\xa0", " ")


def all_of(texts: Sequence[str]) -> str:
    return "\n".join(texts).replace("\xa0", " ")


def test_each_file_is_named_once_and_not_at_all_when_it_is_alone() -> None:
    proposal, _ = read(WORKED, BANK, sold="\n".join(SOLD))
    told = said(proposal)
    assert "Fichier" not in told
    assert told.split("Le reste est lu")[0].count("banque.csv") <= 2  # once in each frame
    assert "Ligne 1 : 1 ligne où l'argent sort" in told
    assert "banque.csv" not in said(proposal, alone=True)


def test_what_leaves_an_account_is_told_once() -> None:
    proposal, _ = read(WORKED, BANK, sold="\n".join(SOLD))
    assert all_of(proposal.notes).count("8,00 €") == 2  # the sum, and its label
    assert "« Débit »" not in all_of(proposal.notes)


def test_what_an_open_question_decides_is_not_told_before_its_answer() -> None:
    given = [WORKED, table("factures.csv", *SOLD)]
    proposal = propose(given, "Essai", Recipe(), Findings())
    (doubt,) = [each.doubt for each in proposal.questions if each.doubt.topic == "commande.projet"]
    assert "« Kiosque » : pas de facture à ce nom." in doubt.question
    assert [label for _, label in doubt.options] == ["oui", "non : ce sont d'autres commandes"]
    assert "À vérifier" not in said(proposal)
    done, _ = read(WORKED, sold="\n".join(SOLD))
    assert "4 h rattachées à la facture de leur client" in said(done)
    (hours,) = [each for each in done.understood if each.table == "heures"]
    assert "F1" in hours.lines[0]
    assert "Kiosque" not in hours.lines[0]


def test_orders_that_a_list_names_again_are_still_there(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    listed = "\n".join(SOLD)
    first, _ = read(WORKED, sold=listed)
    folder = keep(first, "Essai", [WORKED, table("factures.csv", listed)], datetime(2026, 10, 1))
    more = table("factures.csv", listed, "F2;12/10/2026;Mairie;90,00;18,00")
    second = propose([more], "Essai", first.recipe, Findings(), held_in(folder))
    orders = second.merged.changes["commandes"]
    assert (len(orders.added), orders.same) == (1, 1)


def test_a_ready_rule_says_whose_scale_it_takes_and_a_rule_of_the_group_does_not() -> None:
    rules = ready_rules()
    taken = next(each for each in rules.values() if "« Optéos »" in borrowed([each]))
    assert borrowed([taken, taken]).startswith(f"« {taken.title} » est une règle d'exemple : elle prend le barème")
    other = next(each for each in rules.values() if borrowed([each]) and each.title != taken.title)
    assert borrowed([taken, other]).startswith("Ces règles sont des exemples")
    own = replace(taken, steps=taken.steps[1:])
    assert borrowed([own]) == ""
