"""One proposal: a rule, the settings that change, the words of the group; where they differ is settled first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from kpa_model.pay import rule_file
from kpa_model.pay.promise import NobodyUnder, WithinPot
from kpa_model.pay.ready import ready_rules
from kpa_model.story.decide.proposing import OTHER, SAME, WORDS, ProposalForm, proposal_form, typed_again
from kpa_model.workshop.proposal import Proposal, from_data

RULES = [
    {"key": key, "title": rule.title, "text": rule_file.dumps(rule), "aloud": [*rule.read_aloud()], "fingerprint": "ab"}
    for key, rule in ready_rules().items()
    if key in ("parts_egales", "heures", "minimum_et_heures")
]
FLOOR = "minimum_et_heures__4__euros"
WORDS_80 = "Un minimum pour chacun, avec un plancher de 80 euros pour tous."


def proposed(form: ProposalForm, **typed: str) -> Proposal:
    answers, wrong = form.read(typed)
    assert not wrong, wrong
    return form.proposal(answers)


def refused(**typed: str) -> Mapping[str, str]:
    return {name: each.what for name, each in proposal_form(RULES).read(typed)[1].items()}


def test_a_rule_alone_is_its_own_sentences() -> None:
    made = proposed(proposal_form(RULES), regle="parts_egales")
    assert made.told() == " ".join(replace(ready_rules()["parts_egales"], trial=None).read_aloud())
    assert (made.changes, made.differs) == ((), False)


def test_the_end_of_the_trial_is_said_once_by_the_proposal_and_the_words_say_the_same_day() -> None:
    """The rule says no length of its own; words that say another day are settled before the question is opened."""
    made = proposed(proposal_form(RULES), regle="heures", essai_jusqu_au="2027-03-31")
    assert made.told().endswith(" Nous l'essayons jusqu'au 31 mars 2027.")
    assert "trimestre" not in made.told()
    assert rule_file.loads(made.text).trial is None
    words = {"regle": "heures", "texte": "Selon les heures, jusqu’au 31 mars.", "accord": SAME}
    assert refused(**words) == {"essai_jusqu_au": "Vos mots disent « jusqu'au 31 mars »."}
    assert set(refused(**words, essai_jusqu_au="2027-03-30")) == {"essai_jusqu_au"}
    assert proposed(proposal_form(RULES), **words, essai_jusqu_au="2027-03-31").trial_ends == "2027-03-31"
    only_words = {"texte": "Un diable pour le marché, jusqu’au 1er mai."}
    assert set(refused(regle=OTHER, **only_words)) == {"essai_jusqu_au"}
    assert proposed(proposal_form(()), **only_words, essai_jusqu_au="2027-05-01").words == only_words["texte"]


def test_for_whom_and_when_a_step_acts_is_asked_only_where_the_rule_says_so() -> None:
    names = proposal_form(RULES).inputs()
    assert "heures__4__part" in names
    assert not [name for name in names if "quand." in name or "pour." in name or "avec." in name]


def test_a_changed_setting_changes_the_rule_its_sentences_and_its_file() -> None:
    made = proposed(proposal_form(RULES), regle="minimum_et_heures", **{FLOOR: "80"})
    floor, promised = (each.replace("\u00a0", " ") for each in made.changes)
    assert floor == "« Minimum par personne », minimum : avant 50 €, maintenant 80 €."
    assert promised == "« Personne sous un montant », montant : avant 50 €, maintenant 80 €."
    assert "80" in made.told()
    assert rule_file.loads(made.text).steps[3].minimum == 8000
    assert rule_file.loads(made.text).sentence == ""  # the sentence of the old rule would be false
    assert made.fingerprint == rule_file.fingerprint(rule_file.loads(made.text))


def test_the_promise_of_a_step_follows_it_and_is_not_set_twice() -> None:
    """The floor says 80: so do the promise, the sentences and the file; the old amount is nowhere."""
    form = proposal_form(RULES)
    assert not [name for name in form.inputs() if name.startswith("minimum_et_heures__7__")]
    made = proposed(form, regle="minimum_et_heures", **{FLOOR: "80"})
    assert "Nous promettons : personne ne reçoit moins de 80,00\u00a0€." in made.sentences
    assert "50,00" not in made.told()
    assert rule_file.loads(made.text).promises[0] == NobodyUnder(8000)
    assert refused(regle="minimum_et_heures", texte="Un minimum de 50 euros.", accord=SAME, **{FLOOR: "80"})
    unclaimed = proposed(form, regle="minimum_et_heures", minimum_et_heures__4__paye_par="reserve")
    assert [type(each) for each in rule_file.loads(unclaimed.text).promises] == [WithinPot]  # nobody claims it any more
    assert any(each.startswith("Nous retirons la promesse") for each in unclaimed.changes)


def test_a_promise_beside_the_steps_is_set_by_itself() -> None:
    rule = ready_rules()["montant_par_heure"]
    told = {"key": "m", "title": rule.title, "text": rule_file.dumps(rule), "aloud": [*rule.read_aloud()]}
    form = proposal_form([told])
    (name,) = [each for each in form.inputs() if each.endswith("__euros_par_heure") and each.startswith("m__7")]
    assert rule_file.loads(proposed(form, regle="m", **{name: "6"}).text).promises[0].least == 600


def test_words_that_say_another_amount_are_told_and_settled() -> None:
    wrong = refused(regle="minimum_et_heures", texte=WORDS_80)
    assert wrong == {"accord": "Vos mots disent 80. La règle ne le dit pas."}
    assert refused(regle="minimum_et_heures", texte=WORDS_80, accord=SAME) == wrong
    made = proposed(proposal_form(RULES), regle="minimum_et_heures", texte=WORDS_80, accord=WORDS)
    assert made.differs
    assert made.told() == WORDS_80


def test_words_that_say_the_rule_are_believed_when_the_group_says_so() -> None:
    assert refused(regle="parts_egales", texte="La même part pour chacun.")
    made = proposed(proposal_form(RULES), regle="minimum_et_heures", texte=WORDS_80, accord=SAME, **{FLOOR: "80"})
    assert not made.differs
    quarter = proposed(proposal_form(RULES), regle="parts_egales", texte="Parts égales, 3 mois.", accord=SAME)
    assert not quarter.differs


def test_only_the_settings_of_the_chosen_rule_count() -> None:
    made = proposed(proposal_form(RULES), regle="parts_egales", **{FLOOR: "beaucoup"})
    assert made.changes == ()
    assert set(refused(regle="minimum_et_heures", **{FLOOR: "beaucoup"})) == {FLOOR}


def test_something_else_than_a_rule_has_its_words() -> None:
    assert proposed(proposal_form(RULES), regle=OTHER, texte="Acheter un diable.") == Proposal("Acheter un diable.")
    assert proposed(proposal_form(()), texte="Acheter un diable.") == Proposal("Acheter un diable.")
    assert set(refused(regle=OTHER)) == {"texte"}
    assert set(refused()) == {"regle"}


def test_what_came_first_at_the_vote_is_offered_first() -> None:
    title = ready_rules()["minimum_et_heures"].title
    options = [*proposal_form(RULES, (title,)).fields[0].options.values()]
    assert options[0] == f"{title} (en tête au vote)"
    tied = [*proposal_form(RULES, (title, ready_rules()["heures"].title)).fields[0].options.values()]
    assert [each.endswith("(à égalité au vote)") for each in tied] == [True, True, False, False]


@pytest.mark.parametrize(
    "typed",
    [{"regle": "parts_egales"}, {"regle": "minimum_et_heures", FLOOR: "80", "texte": WORDS_80, "accord": SAME},
     {"regle": OTHER, "texte": "Acheter un diable."}, {"regle": "heures", "texte": "Selon 5 %.", "accord": WORDS}],
)  # fmt: skip
def test_a_proposal_is_typed_again_kept_in_the_log_and_read_again(typed: dict[str, str]) -> None:
    form = proposal_form(RULES)
    made = proposed(form, **typed)
    assert proposed(form, **typed_again(made)) == made
    assert from_data(made.as_data()) == made


def test_a_rule_this_workbook_cannot_read_is_proposed_as_it_is_read_aloud() -> None:
    later = [{**RULES[0], "text": "titre: Demain\netapes:\n- pas_encore_inventee\n"}]
    made = proposed(proposal_form(later), regle=RULES[0]["key"])
    assert made.sentences == tuple(RULES[0]["aloud"])
    assert made.text == ""
