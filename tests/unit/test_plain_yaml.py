"""YAML as texts, lists and dicts; what is hostile does not get through."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpa_model.declare.plain_yaml import LARGEST, RULE, FileKind, read_mapping
from kpa_model.errors import WrongRule

DATA = Path(__file__).parents[2] / "data"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("a: 1\nb: oui", {"a": "1", "b": "oui"}),
        ("a: null\nb: ~\nc:", {"a": "null", "b": "~", "c": ""}),
        ("a: [x, 2019-02-01, 1.0]", {"a": ["x", "2019-02-01", "1.0"]}),
        ("a: {taux: 5,5 %}", {"a": {"taux": "5,5 %"}}),
        ("a: {x: 1,5, y: 2,5, z: 3,5 €}", {"a": {"x": "1,5", "y": "2,5", "z": "3,5 €"}}),
        ("a: {x: 1, 5: 2}", {"a": {"x": "1", "5": "2"}}),
        ("a: {x: 1, 5}", {"a": {"x": "1", "5": ""}}),
        ("phrase: un, deux,3", {"phrase": "un, deux,3"}),
    ],
)
def test_every_value_is_a_text(text: str, content: dict) -> None:
    assert read_mapping(text, "Règle") == content


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "le fichier est vide."),
        ("# rien", "le fichier est vide."),
        ("- a", "ce n'est pas une règle."),
        ("a: 1\na: 2", "« a » est écrit deux fois."),
        ("a: {b: 1, b: 2}", "« b » est écrit deux fois."),
        ("a: &x 1\nb: *x", "les signes « & » et « * » ne servent pas ici."),
        ("a: *x", "les signes « & » et « * » ne servent pas ici."),
        ("a: " + "[" * RULE.deepest + "]" * RULE.deepest, "trop de listes l'une dans l'autre."),
        ("a: " + "x" * LARGEST, "le fichier est trop long pour une règle."),
        ("a: b: c", "un deux-points est en trop."),
        ("\ta: b", "une tabulation s'y trouve."),
        ("a: \x07", "un caractère invisible s'y trouve."),
        ("a: 'b", "l'écriture n'est pas comprise."),
        ("%YAML 9.9\n---\na: b", "l'écriture n'est pas comprise."),
        ("a: b\n---\nc: d", "l'écriture n'est pas comprise."),
    ],
)
def test_what_a_rule_never_needs_is_refused(text: str, what: str) -> None:
    with pytest.raises(WrongRule) as caught:
        read_mapping(text, "Règle")
    assert caught.value.problems[0].what == what


@pytest.mark.parametrize(
    "folder", sorted(path for path in DATA.iterdir() if [*path.rglob("*.yaml")]), ids=lambda p: p.name
)
def test_the_two_readers_take_our_files_alike(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = FileKind("un fichier", "« nom: »", WrongRule, "un autre", deepest=9)
    texts = [text for path in folder.rglob("*.yaml") if len(text := path.read_text("utf-8")) < LARGEST]
    compiled = [read_mapping(text, "Fichier", kind) for text in texts]
    monkeypatch.delattr("yaml.CBaseLoader", raising=False)
    assert [read_mapping(text, "Fichier", kind) for text in texts] == compiled


@pytest.mark.parametrize(
    "text", ["a: x\u2028b: y", "a: x\x85", "a: !", "a: x\n\ufeff", "a:\tb", "a: &b c", "a: b: c", "a: %"]
)
def test_the_two_readers_say_the_same_of_odd_texts(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> object:
        try:
            return read_mapping(text, "Règle")
        except WrongRule as error:
            return str(error)

    first = told()
    monkeypatch.delattr("yaml.CBaseLoader", raising=False)
    assert told() == first
