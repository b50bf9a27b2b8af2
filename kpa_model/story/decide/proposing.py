"""One proposal: a rule of the workbook, the settings the group changes in it, its words; said when they differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from kpa_model.declare import setting as declared
from kpa_model.declare.form import Choice, Day, Field, Form, Number, Raw, Text
from kpa_model.declare.unit import PLAIN, Refused
from kpa_model.errors import KpaError
from kpa_model.pay import rule_file
from kpa_model.pay.promise import Promise
from kpa_model.pay.rule import PayRule
from kpa_model.pay.step import Step
from kpa_model.story.pay.rule_changes import changes
from kpa_model.words import listing, month_names, uncapital
from kpa_model.workshop.proposal import Proposal

OTHER = "autre"
SAME, WORDS = "pareil", "mots"
AGREEMENT = {
    SAME: "Ils disent la même chose.",
    WORDS: "Nos mots disent autre chose : ce sont nos mots qui décident.",
}
LONGEST = 1500
KEPT_TITLE = 50
_NUMBER = re.compile(r"(\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?)(?:\s?(€|euros?\b|%))?")
_UNTIL = re.compile(rf"jusqu['’]au\s+(\d+)(?:er)?\s+({'|'.join(month_names())})", re.IGNORECASE)
Facts = Sequence[Mapping[str, Any]]
"""Rules as `workshop_facts` gives them."""


@dataclass(frozen=True)
class ProposalForm(Form):
    """The form of the proposal; `settings` maps each rule to its own fields; those of the chosen one count."""

    settings: Mapping[str, tuple[Field, ...]] | None = None
    rules: Facts = ()

    def read(self, raw: Raw) -> tuple[dict[str, Any], dict[str, Refused]]:
        """Return the answers, and what is wrong; words that may say else than the rule have to be settled."""
        answers, wrong = super().read(raw)
        chosen, settings = answers.get("regle"), self.settings or {}
        others = {each.name for key, found in settings.items() if key != chosen for each in found}
        wrong = {name: each for name, each in wrong.items() if name not in others}
        if wrong:
            return answers, wrong
        if (said := other_end(answers["texte"] or "", answers["essai_jusqu_au"])) is not None:
            wrong["essai_jusqu_au"] = said
        if chosen in (None, OTHER):
            if not answers["texte"]:
                wrong["texte"] = Refused("Il manque la proposition.", "Choisissez une règle, ou écrivez vos mots.")
        elif answers["texte"] and answers["accord"] != WORDS:
            told = self.proposal(answers)
            sentences = (*told.sentences, told.trial_said)
            if (said := apart(told.words, sentences, sure=answers["accord"] == SAME)) is not None:
                wrong["accord"] = said
        return answers, wrong

    def proposal(self, answers: Mapping[str, Any]) -> Proposal:
        """Return what is proposed."""
        words, end = answers["texte"] or "", answers["essai_jusqu_au"] or ""
        if answers["regle"] in (None, OTHER):
            return Proposal(words, trial_ends=end)
        told = next(each for each in self.rules if each["key"] == answers["regle"])
        key, differs = str(told["key"]), bool(words) and answers["accord"] == WORDS
        before = _rule(told)
        if before is None:  # it can be read, not changed
            title, aloud, mark = str(told["title"]), tuple(map(str, told["aloud"])), str(told["fingerprint"])
            return Proposal(words, key, title, sentences=aloud, fingerprint=mark, differs=differs, trial_ends=end)
        after = _changed(before, key, answers)
        return Proposal(
            words, key, after.title, self._typed(key, answers), () if before == after else changes(before, after),
            after.read_aloud(), rule_file.dumps(after), rule_file.fingerprint(after), differs, end,
        )  # fmt: skip

    def _typed(self, key: str, answers: Mapping[str, Any]) -> dict[str, str]:
        """Return what was typed for the settings of a rule, as it is typed again."""
        return {
            each.name: answers[each.name] if isinstance(each, Choice) else each.show(answers[each.name])
            for each in (self.settings or {}).get(key, ())
            if answers.get(each.name) is not None
        }


def proposal_form(rules: Facts, leading: Sequence[str] = ()) -> ProposalForm:
    """Return the form of the proposal: what came first at the vote is offered first."""
    ordered = sorted(rules, key=lambda each: each["title"] not in leading)
    first = " (en tête au vote)" if len(leading) == 1 else " (à égalité au vote)"
    options = {str(each["key"]): f"{each['title']}{first if each['title'] in leading else ''}" for each in ordered}
    settings = {str(each["key"]): _fields(each) for each in ordered}
    chosen = Choice("regle", "Quelle règle proposons-nous ?", options={**options, OTHER: "Autre chose qu'une règle"})
    help_ = "Laissez vide pour prendre les phrases de la règle." if rules else ""
    words = Text("texte", "La proposition, avec nos mots", help_, needed=not rules, longest=LONGEST, lines=5)
    asked = "Seulement si vous choisissez une règle, et si vous écrivez vos mots."
    same = Choice("accord", "Nos mots et la règle", asked, needed=False, options=AGREEMENT)
    until = "Cette date est lue avec la proposition. Un trimestre, c'est souvent bien."
    end = Day("essai_jusqu_au", "Jusqu'à quel jour l'essayons-nous ?", until, needed=False)
    folded = [each for found in settings.values() for each in found]
    fields = (chosen, *folded, words, same, end) if rules else (words, end)
    form = ProposalForm(fields, title="La proposition", send="Garder cette proposition")
    return replace(form, settings=settings, rules=tuple(ordered)) if rules else _words_alone(form)


def _words_alone(form: ProposalForm) -> ProposalForm:
    """Return the form where nothing but words can be proposed; the other answers are known."""
    return replace(form, fields=(Choice("regle", "", needed=False), *form.fields, Choice("accord", "", needed=False)))


def typed_again(proposal: Proposal) -> dict[str, str]:
    """Return what one would type to make this proposal, field → text."""
    accord = (WORDS if proposal.differs else SAME) if proposal.words and proposal.rule else ""
    rule = proposal.rule or (OTHER if proposal.words else "")
    typed = {"regle": rule, "texte": proposal.words, "accord": accord, "essai_jusqu_au": proposal.trial_ends}
    return {**proposal.settings, **typed}


def apart(words: str, sentences: Iterable[str], sure: bool = False) -> Refused | None:
    """Return what has to be settled when words come with a rule: first the numbers that the rule does not say.

    Somebody `sure` that both say the same is believed, unless an amount or a rate is missing from the rule.
    """
    known = {_number(number) for sentence in sentences for number, _ in _NUMBER.findall(sentence)}
    missing = [(number, unit) for number, unit in _NUMBER.findall(words) if _number(number) not in known]
    if sure and not any(unit for _, unit in missing):
        return None
    if not missing:
        return Refused("Vos mots sont-ils cette règle ?", "Lisez les deux à voix haute, puis choisissez.")
    numbers = listing(list(dict.fromkeys(number for number, _ in missing)))
    todo = "Changez le réglage de la règle, ou dites que vos mots décident."
    return Refused(f"Vos mots disent {numbers}. La règle ne le dit pas.", todo)


def other_end(words: str, end: str | None) -> Refused | None:
    """Return what has to be settled when the words say until which day, and the end of the trial is another one."""
    for number, month in _UNTIL.findall(words):
        known = (int(end[8:]), month_names()[int(end[5:7]) - 1]) if end else None
        if known != (int(number), month.lower()):
            return Refused(f"Vos mots disent « jusqu'au {number} {month} ».", "Mettez ici la même date.")
    return None


def _number(text: str) -> Decimal:
    return Decimal("".join(each for each in text if not each.isspace()).replace(",", "."))


# --- the settings of a rule -------------------------------------------------------------------------------------------


def _items(rule: PayRule) -> tuple[Step | Promise, ...]:
    return (*rule.steps, *rule.promises)


def _rule(told: Mapping[str, Any]) -> PayRule | None:
    """Return the rule of the workbook; None when it comes from a later one, or from a workshop of before.

    Its own trial is left out: the group says the end of its trial here, and nowhere else.
    """
    try:
        return replace(rule_file.loads(str(told.get("text") or "")), trial=None)
    except KpaError:
        return None


def _fields(told: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return a field for each setting of a rule that can be typed; left empty, nothing changes.

    A promise that a step claims follows that step: it is not set twice. For whom, when and with which money are asked
    only where the rule says so.
    """
    rule, key = _rule(told), str(told["key"])
    if rule is None:
        return ()
    return tuple(
        each
        for at, item in enumerate(_items(rule), 1)
        if not (isinstance(item, Promise) and _claimant(rule, item) is not None)
        for attribute, setting in declared.settings_of(item).items()
        if "." not in setting.name or getattr(item, attribute) != setting.default
        for each in _field(f"{key}__{at}__{setting.name}", item.title, setting, getattr(item, attribute))
    )


def _field(name: str, title: str, setting: declared.Setting, now: Any) -> tuple[Field, ...]:
    label, help_ = f"{title} : {uncapital(setting.label)}", f"Dans la règle : {setting.show(now)}."
    match setting:
        case declared.NumberSetting():
            return (
                Number(name, label, help_, needed=False, unit=setting.unit, low=setting.low, high=setting.high,
                       usual=setting.default),
            )  # fmt: skip
        case declared.ChoiceSetting():
            return (Choice(name, label, help_, needed=False, options=setting.options),)
        case declared.YesNo():
            return (Choice(name, label, help_, needed=False, options={"oui": "Oui", "non": "Non"}),)
        case declared.Weights():
            return tuple(
                Number(f"{name}__{part}", f"{label}, {said}", f"Dans la règle : {PLAIN.show(weight)}.", needed=False,
                       unit=PLAIN, high=setting.high, usual=PLAIN.scale)
                for (part, said), weight in zip(setting.parts.items(), now, strict=True)
            )  # fmt: skip
        case _:
            return ()


def _changed(rule: PayRule, key: str, answers: Mapping[str, Any]) -> PayRule:
    """Return the rule with what was typed; the same rule when nothing changes."""
    made = [_set(item, f"{key}__{at}", answers) for at, item in enumerate(_items(rule), 1)]
    if tuple(made) == _items(rule):
        return rule
    steps = tuple(each for each in made if isinstance(each, Step))
    promises = [
        each if (owner := _claimant(rule, before)) is None else steps[owner].claimed()
        for before, each in zip(rule.promises, made[len(steps) :], strict=True)
    ]
    title = f"{rule.title[:KEPT_TITLE]} (changée)"
    return replace(rule.recomposed(steps), title=title, promises=tuple(each for each in promises if each))


def _claimant(rule: PayRule, promise: Promise) -> int | None:
    """Return the rank of the step that claims a promise, None when it is made beside the steps."""
    return next((at for at, step in enumerate(rule.steps) if step.claimed() == promise), None)


def _set(item: Any, name: str, answers: Mapping[str, Any]) -> Any:
    """Return a step or a promise with the settings typed."""
    new: dict[str, Any] = {}
    for attribute, setting in declared.settings_of(item).items():
        now, typed = getattr(item, attribute), answers.get(f"{name}__{setting.name}")
        if isinstance(setting, declared.Weights):
            parts = [answers.get(f"{name}__{setting.name}__{part}") for part in setting.parts]
            new[attribute] = tuple(old if got is None else got for old, got in zip(now, parts, strict=True))
        elif typed is not None:
            new[attribute] = typed == "oui" if isinstance(setting, declared.YesNo) else typed
    return replace(item, **new)
