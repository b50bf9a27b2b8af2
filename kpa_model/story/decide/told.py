"""The record of a decision, told in French: what the PDF and the page both say, in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kpa_model.cooperative.book import OrderBook
from kpa_model.decision.from_workshop import About, noticed
from kpa_model.decision.record import DecisionRecord, RuleTold, VoteTold
from kpa_model.declare.page import as_data
from kpa_model.pay import rule_file
from kpa_model.pay.rule import PayRule
from kpa_model.story.paper.parts import ending
from kpa_model.story.paper.press import Verbatim
from kpa_model.story.pay.comparison import View
from kpa_model.story.provenance import SHORT, package_version, provenance
from kpa_model.words import count, day

DIFFERENT = "La règle de l'ordinateur, qui ne dit pas encore la même chose"
COST = "Ces montants sont en coût total : le net est plus petit. À vérifier avec la CAE."


def rule_told(rule: PayRule) -> RuleTold:
    """Return a rule as a record keeps it: title, sentences, file, fingerprint. The record alone says its trial."""
    tried = replace(rule, trial=None)
    return RuleTold(tried.title, tried.read_aloud(), rule_file.dumps(tried), rule_file.fingerprint(tried))


def about(book: OrderBook, rule: PayRule, view: View, last: str, span: int = 1, notes: Sequence[str] = ()) -> About:
    """Return what the workbook knows of a decision.

    Args:
        book: the data looked at.
        rule: the rule chosen.
        view: what the rule gives over the months looked at.
        last: last month looked at, `2019-02`.
        span: how many months.
        notes: what the reader noticed of the book; a record says how many, for they may name people.
    """
    figures = {"Mois regardés": ending(last, span)} | {each.label: each.value for each in view.figures}
    return About(book.cooperative.name, figures | noticed(len(notes)), provenance(book, rule))


def versions() -> dict[str, str]:
    """Return what made a record that no figure comes with."""
    return {"Versions": f"kpa_model {package_version()}"}


def told(record: DecisionRecord) -> dict[str, Any]:
    """Return the whole record as texts and lists, ready for a template."""
    held = f"Le {day(record.held_on)}" + (f", {record.place}" if record.place else "")
    return {
        "titre": record.rule.title,
        "cooperative": record.cooperative,
        "tenue": held,
        "decision": list(record.says()),
        "mots": record.words,
        "mots_titre": "Le texte adopté" if record.decided and record.obtained.agreed else "Le texte proposé",
        "regle": list(record.rule.sentences),
        "regle_titre": DIFFERENT if record.differs else "La règle, lue à voix haute",
        "changements": list(record.changes),
        "version": _version(record),
        "chiffres": [[label, value] for label, value in record.figures.items()],
        "attention": COST if record.figures else "",
        "votes": [_vote(vote) for vote in record.votes],
        "reserves": list(record.concerns),
        "objections": [[each.text, each.answer] for each in record.objections],
        "suite": _after(record),
        "pas_decide": list(record.undecided),
        "presents": [Verbatim(name) for name in record.present],
        "nombre": _people(record),
        "sans_noms": bool(record.unnamed),
        "origine": _origin(record),
    }


def _version(record: DecisionRecord) -> str:
    """Return which version this is, nothing for the first one."""
    when = f", corrigée le {day(record.corrected_on)}" if record.corrected_on else ""
    return f"Version {record.version}{when}. Elle remplace les versions d'avant." if record.version > 1 else ""


def _people(record: DecisionRecord) -> str:
    """Return how many were there, and how many of them are not named."""
    said = count(record.people, "personne présente", "personnes présentes")
    return f"{said}, dont {record.unnamed} sans nom" if record.unnamed and record.present else said


def _vote(vote: VoteTold) -> dict[str, Any]:
    return {"titre": vote.title, "reponses": count(vote.answered, "réponse"), "parties": as_data(vote.page)}


def _after(record: DecisionRecord) -> list[list[str]]:
    """Return what happens next, label and value."""
    rows = []
    if record.decided and record.trial_ends:
        rows.append(["L'essai va jusqu'au", day(record.trial_ends)])
    if record.review_on:
        rows.append(["Nous en reparlons le", day(record.review_on)])
    if record.kept_by:
        rows.append(["Ce compte rendu est gardé par", record.kept_by])
    return rows


def _origin(record: DecisionRecord) -> list[list[str]]:
    """Return where everything comes from; fingerprints are printed letter by letter."""
    rows = [["Atelier", record.script or "tenu sans ordinateur"]]
    if record.rule.fingerprint:
        rows.append(["Empreinte de la règle", record.rule.fingerprint[:SHORT]])
    known = {label for label, _ in rows} | {"Coopérative", "Règle"}
    rows += [[label, value] for label, value in record.origin.items() if label not in known]
    return [[label, value if label == "Atelier" else Verbatim(value)] for label, value in rows]
