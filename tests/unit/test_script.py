"""A workshop script: read, written, timed; its activities are read by their own settings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.declare.setting import setting
from kpa_model.declare.unit import EURO
from kpa_model.server.catalogue import activities
from kpa_model.workshop import activity as activities_module
from kpa_model.workshop.activity import Activity
from kpa_model.workshop.script import Script, ScriptStep
from kpa_model.workshop.script_file import WrongScript, dumps, fingerprint, loads


@dataclass(frozen=True)
class Guess(Activity):
    """An activity for these tests only."""

    name, title, sentence = "devinette", "Devinette", "On devine."
    pot: int = setting("enveloppe", EURO, "Enveloppe", default=100, high=1000)


@pytest.fixture(autouse=True)
def known(monkeypatch):
    activities()
    monkeypatch.setitem(activities_module._KNOWN, "devinette", Guess)


SCRIPT = """
titre: Notre atelier
etapes:
- titre: Bienvenue
  minutes: 10
  dire: |
    Bonjour à tous.
    Personne n'est obligé de parler.
  materiel: [une affiche, des feutres]
- titre: Deviner
  cle: jeu
  minutes: 15 min
  activite: {devinette: {enveloppe: 250}}
- titre: Pause
  minutes: 5
  facultative: oui
"""


def test_a_script_is_read() -> None:
    script = loads(SCRIPT)
    assert [step.key for step in script.steps] == ["bienvenue", "jeu", "pause"]
    assert script.step("bienvenue").say == "Bonjour à tous.\nPersonne n'est obligé de parler."
    assert script.step("bienvenue").material == ("une affiche", "des feutres")
    assert script.step("jeu").activity == Guess(25000)
    assert script.step("pause").optional
    assert script.minutes == 25


def test_each_step_starts_when_those_before_end_and_a_skipped_one_takes_no_time() -> None:
    script = loads(SCRIPT)
    assert script.starts() == {"bienvenue": 0, "jeu": 10, "pause": 25}
    assert script.starts(skipped=["jeu"]) == {"bienvenue": 0, "pause": 10}


TEXT = st.text(alphabet="aé':#-\n{}[]&*! 1", max_size=40).map(
    lambda text: "\n".join(line.strip() for line in text.strip().splitlines())
)
TITLE = st.text(alphabet="abcé' :-", min_size=1, max_size=30).filter(str.strip).map(str.strip)
STEPS = st.lists(
    st.builds(
        ScriptStep,
        key=st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True),
        title=TITLE,
        minutes=st.integers(1, 240),
        say=TEXT,
        activity=st.one_of(st.none(), st.integers(0, 100000).map(Guess)),
        without_computer=TEXT,
        material=st.lists(TITLE, max_size=3).map(tuple),
        optional=st.booleans(),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda step: step.key,
)


@given(steps=STEPS, title=TITLE, sentence=TEXT)
def test_writing_then_reading_gives_the_same_script(steps, title, sentence) -> None:
    script = Script(title, sentence, tuple(steps))
    assert loads(dumps(script)) == script


def test_what_changes_in_a_script_changes_its_fingerprint() -> None:
    one = loads(SCRIPT)
    assert fingerprint(one) == fingerprint(loads(dumps(one)))
    assert fingerprint(one) != fingerprint(loads(SCRIPT.replace("250", "251")))


def test_every_problem_is_told_at_once() -> None:
    text = "etapes:\n- titre: A\n  minutes: 500\n- minutes: 3\n  activite: devinete\n- bonjour\n"
    with pytest.raises(WrongScript) as caught:
        loads(text)
    assert [problem.what for problem in caught.value.problems] == [
        "il manque le titre.",
        "« 500 » est hors limites.",
        "il manque son titre.",
        "ce nom n'existe pas.",
        "elle n'a ni titre ni minutes.",
    ]
    assert "« devinette »" in caught.value.problems[3].todo


def test_the_script_shown_in_the_documentation_is_read() -> None:
    page = Path(__file__).parents[2] / "docs" / "architecture.md"
    (shown,) = [
        block
        for block in re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        if "minutes:" in block
    ]
    script = loads(shown)
    assert script.minutes == 10
    assert script.steps[0].activity
    assert script.steps[0].posters == ("Un chiffre suffit | On peut passer son tour.",)
