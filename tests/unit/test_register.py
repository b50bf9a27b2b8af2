"""The register: whole decisions or none, damaged ones set aside, changes told, reviews remembered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kpa_model.decision.record import DecisionRecord, RuleTold
from kpa_model.files import register
from kpa_model.ledger.refusal import NotNow
from kpa_model.pay import rule_file
from kpa_model.pay.ready import ready_rules
from kpa_model.story.decide import decisions
from kpa_model.story.decide.proposing import proposal_form
from kpa_model.story.decide.told import rule_told
from kpa_model.story.months.rules import put_record_in_force
from kpa_model.story.pay.rule_changes import SAME, changes, told_changes

EQUAL = rule_told(ready_rules()["parts_egales"])
HOURS = rule_told(ready_rules()["heures"])


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    return tmp_path / "decisions"


def record(rule: RuleTold = EQUAL, held_on: date = date(2027, 1, 15), outcome: str = "essai") -> DecisionRecord:
    after = held_on + timedelta(days=90)
    return DecisionRecord("Les Tilleuls", held_on, outcome, rule, trial_ends=after, review_on=after)


def test_a_decision_is_kept_with_all_its_files(home: Path) -> None:
    place = decisions.keep(record())
    assert place == home / "2027-01-15_parts_egales"
    assert {each.name for each in place.iterdir()} == {
        "compte_rendu.json", "compte_rendu.pdf", "compte_rendu.html", "compte_rendu_sans_noms.html", "regle.yaml",
        "date_de_revue.ics",
    }  # fmt: skip
    assert rule_file.load(place / "regle.yaml") == replace(ready_rules()["parts_egales"], trial=None)


def test_a_second_decision_of_the_same_day_and_rule_hides_nothing(home: Path) -> None:
    assert [decisions.keep(record()).name for _ in range(2)] == [
        "2027-01-15_parts_egales", "2027-01-15_parts_egales_2",
    ]  # fmt: skip
    assert len(decisions.all_decisions()[0]) == 2


def test_decisions_written_at_once_all_stay(home: Path) -> None:
    files = {"compte_rendu.json": b"{}"}
    with ThreadPoolExecutor(8) as pool:
        places = list(pool.map(lambda _: register.keep("2027-01-15_ensemble", files), range(24)))
    assert len(set(places)) == 24
    assert len(list(home.iterdir())) == 24


def test_decisions_are_listed_by_date() -> None:
    for day in (date(2027, 4, 1), date(2026, 12, 1), date(2027, 1, 1)):
        decisions.keep(record(held_on=day))
    found, problems = decisions.all_decisions()
    assert [each.record.held_on.month for each in found] == [12, 1, 4]
    assert problems == ()


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe", b"[]", None])
def test_a_damaged_decision_is_set_aside_and_told(home: Path, damage: bytes | None) -> None:
    decisions.keep(record())
    spoilt = decisions.keep(record(HOURS))
    if damage is None:
        (spoilt / "compte_rendu.json").unlink()
    else:
        (spoilt / "compte_rendu.json").write_bytes(damage)
    found, (problem,) = decisions.all_decisions()
    assert [each.record.rule.title for each in found] == [EQUAL.title]
    assert problem.what == "son compte rendu est abîmé."
    assert (home / f"{spoilt.name}.abime_1" / "compte_rendu.pdf").is_file()
    assert decisions.all_decisions()[1] == ()


def test_two_damaged_decisions_of_the_same_name_are_both_kept_aside(home: Path) -> None:
    for _ in range(2):
        (decisions.keep(record()) / "compte_rendu.json").write_text("{")
        decisions.all_decisions()
    assert {each.name for each in home.iterdir()} == {
        "2027-01-15_parts_egales.abime_1", "2027-01-15_parts_egales.abime_2",
    }  # fmt: skip


def test_a_damaged_decision_that_cannot_be_moved_is_told_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (decisions.keep(record()) / "compte_rendu.json").write_text("{")

    def locked(path: Path, target: Path) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "rename", locked)
    (problem,) = decisions.all_decisions()[1]
    assert "Fermez ce dossier" in problem.todo


def test_a_write_that_fails_leaves_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> None:
        if path.name == "compte_rendu.pdf":
            raise OSError(28, "No space left on device")
        path.write_bytes(content)

    monkeypatch.setattr(register, "write_new", full)
    with pytest.raises(register.CannotRegister, match="Faites de la place"):
        decisions.keep(record())
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("name", ["../ailleurs", "2027-01-15_a/../../b", "", "2027-01-15_é"])
def test_a_name_never_leaves_the_register(home: Path, name: str) -> None:
    with pytest.raises(ValueError, match="is not the name"):
        register.keep(name, {})
    assert register.content(name, "compte_rendu.json") is None
    register.forget(name)
    assert home.is_dir() is False or list(home.iterdir()) == []


def test_a_decision_can_be_erased(home: Path) -> None:
    place = decisions.keep(record())
    register.forget(place.name)
    assert list(home.iterdir()) == []


def test_the_date_of_review_opens_in_a_calendar() -> None:
    icalendar = pytest.importorskip("icalendar")
    written = decisions.review_event(record())
    (event,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert event.decoded("dtstart") == date(2027, 4, 15)
    assert str(event["summary"]) == "Reparler de « Parts égales »"
    assert written == decisions.review_event(record())


def test_history_tells_how_the_rule_changed() -> None:
    decisions.keep(record())
    decisions.keep(record(HOURS, date(2027, 2, 1), "reportee"))
    decisions.keep(record(HOURS, date(2027, 3, 1)))
    first, postponed, last = decisions.history(decisions.all_decisions()[0])
    assert first[1] == postponed[1] == ()
    assert "Nous retirons l'étape « Parts égales »." in last[1]
    assert any(said.startswith("Nous ajoutons l'étape « Selon les heures ».") for said in last[1])


BASE = rule_file.loads("""
titre: Base
etapes:
- frais_directs
- part_au_fonds_commun: {taux: 5 %}
- plancher: {euros: 50}
- par_heures
promesses:
- personne_sous: {euros: 50}
""")


def test_a_rule_that_stays_says_so() -> None:
    assert changes(BASE, replace(BASE, title="Autre titre")) == (SAME,)


def test_a_setting_that_changes_is_told_before_and_after() -> None:
    other = rule_file.loads(rule_file.dumps(BASE).replace("euros: 50", "euros: 60"))
    said = [each.replace("\u00a0", " ") for each in changes(BASE, other)]
    assert said == [
        "« Minimum par personne », minimum : avant 50 €, maintenant 60 €.",
        "« Personne sous un montant », montant : avant 50 €, maintenant 60 €.",
    ]


def test_a_step_that_moves_is_told_alone() -> None:
    first, *others = BASE.steps
    assert changes(BASE, BASE.with_steps(*others, first)) == (
        "« Payer les achats et frais » change de place dans l'ordre des étapes.",
    )


def test_a_rule_that_is_not_read_any_more_is_told() -> None:
    later = replace(EQUAL, text="titre: a\netapes:\n- etape_du_futur\n", sentences=("Autre chose.",))
    assert told_changes(EQUAL, later) == (
        "Une des deux règles ne se lit plus ici. Comparez les deux comptes rendus.",
    )  # fmt: skip
    assert told_changes(later, later) == (SAME,)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2027, 2, 1), ()),
        (date(2027, 4, 5), ("Nous reparlons de « Parts égales » dans 10 jours, le 15 avril 2027.",)),
        (date(2027, 4, 15), ("C'est aujourd'hui que nous reparlons de « Parts égales ».",)),
        (date(2027, 5, 1), (
            "L'essai de « Parts égales » est fini depuis le 15 avril 2027.",
            "Nous devions reparler de « Parts égales » le 15 avril 2027. Choisissons une date.",
        )),
    ],
)  # fmt: skip
def test_the_review_is_remembered_in_time(today: date, said: tuple[str, ...]) -> None:
    found = (decisions.Decision("a", record()),)
    assert tuple(each.replace("\u00a0", " ") for each in decisions.reminders(found, today)) == said


def test_a_decision_that_is_not_a_rule_reminds_when_its_day_is_near() -> None:
    other = replace(record(RuleTold("Acheter un diable")), trial_ends=None)
    found = (decisions.Decision("a", other), decisions.Decision("b", record(HOURS, date(2027, 4, 10))))
    said = decisions.reminders(found, date(2027, 4, 15))
    assert said == ("C'est aujourd'hui que nous reparlons de « Acheter un diable ».",)
    assert decisions.reminders(found, date(2027, 6, 1)) == ()


def test_history_compares_rules_only() -> None:
    for each in (record(), record(RuleTold("Acheter un diable"), date(2027, 2, 1)), record(EQUAL, date(2027, 3, 1))):
        decisions.keep(each)
    assert [changed for _, changed in decisions.history(decisions.all_decisions()[0])] == [(), (), (SAME,)]


def test_only_the_last_rule_reminds() -> None:
    old, new = record(), record(HOURS, date(2027, 4, 10))
    found = (decisions.Decision("a", old), decisions.Decision("b", new))
    assert decisions.reminders(found, date(2027, 5, 1)) == ()
    assert decisions.reminders((), date(2027, 5, 1)) == ()


def test_corrections_are_versions_of_one_decision(home: Path) -> None:
    first = replace(record(), id="atelier-1", present=("Awa", "Bruno"))
    decisions.keep(first)
    assert decisions.keep(first) == home / "2027-01-15_parts_egales"  # the same thing again is no correction
    for at in range(2, 6):
        decisions.keep(replace(first, words=f"Nos mots, écrits {at} fois."), date(2027, 1, 15 + at))
    (found,), problems = decisions.all_decisions()
    assert not problems
    assert (found.record.version, found.record.corrected_on) == (5, date(2027, 1, 20))
    assert [each.record.version for each in found.before] == [1, 2, 3, 4]
    page = (home / found.name / register.PAGE).read_text(encoding="utf-8").replace("\u00a0", " ")
    assert "Version 5, corrigée le 20 janvier 2027." in page
    decisions.forget(found)
    assert decisions.all_decisions() == ((), ())


def test_a_name_leaves_every_version_and_every_file(home: Path) -> None:
    first = replace(record(), id="atelier-1", present=("Awa", "Bruno"), kept_by="awa")
    decisions.keep(first)
    decisions.keep(replace(first, words="Corrigé."))
    decisions.keep(replace(record(HOURS), id="atelier-2", present=("Awa",)))
    decisions.forget_name("atelier-1", "Awa")
    mine, other = sorted(decisions.all_decisions()[0], key=lambda each: each.id)
    for each in (mine, *mine.before):
        assert (each.record.present, each.record.unnamed) == (("Bruno",), 1)
        for file in (home / each.name).iterdir():
            assert b"awa" not in file.read_bytes().lower()
    assert other.record.present == ("Awa",)


def test_the_page_to_send_names_nobody(home: Path) -> None:
    place = decisions.keep(replace(record(), present=("Awa", "Bruno"), kept_by="Bruno"))
    page = (place / register.NAMELESS).read_text(encoding="utf-8")
    assert "Awa" not in page
    assert "Bruno" not in page
    assert "2\u00a0personnes présentes" in page


def test_five_decisions_tell_how_the_rule_changed(home: Path) -> None:
    """The group begins with equal shares, then a floor, raises it, decides nothing once, then goes by hours."""
    facts = [
        {"key": key, "title": rule.title, "text": rule_file.dumps(rule), "aloud": rule.read_aloud(), "fingerprint": ""}
        for key, rule in ready_rules().items()
    ]
    floor = {"regle": "minimum_et_heures"}
    meetings = (
        {"regle": "parts_egales"},
        floor,
        {**floor, "minimum_et_heures__4__euros": "80"},
        floor,
        {"regle": "heures"},
    )
    for at, typed in enumerate(meetings):
        form = proposal_form(facts)
        answers, wrong = form.read(typed)
        assert not wrong
        made = form.proposal(answers)
        rule = RuleTold(made.title, made.sentences, made.text, made.fingerprint)
        decisions.keep(record(rule, date(2027, 1 + at, 15), "reportee" if at == 3 else "essai"))
    found, _ = decisions.all_decisions()
    told = [changed for _, changed in decisions.history(found)]
    assert told[0] == told[3] == ()
    assert "Nous ajoutons l'étape" in " ".join(told[1])
    raised, promised = told[2]  # the promise follows the floor that makes it
    for each in (raised, promised):
        assert each.replace("\u00a0", " ").endswith("avant 50 €, maintenant 80 €.")
    assert any("Nous retirons" in each for each in told[4])
    adopted = decisions.adopted(found[2])
    assert adopted is not None
    assert adopted.rule.steps[3].minimum == 8000
    assert (adopted.since, adopted.until) == (date(2027, 3, 15), found[2].record.trial_ends)
    assert decisions.adopted(found[3]) is None
    assert decisions.adopted(replace(found[2], record=replace(found[2].record, differs=True))) is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"differs": True}, "ses mots disent autre chose"), ({"outcome": "reportee"}, "elle n'adopte aucune règle")],
)
def test_a_decision_that_adopts_no_rule_puts_none_in_force(changed: dict[str, object], said: str) -> None:
    with pytest.raises(NotNow, match=said):
        put_record_in_force(None, replace(record(), **changed), "2027-01-15_parts_egales")  # type: ignore[arg-type]
