"""Files of characters and of cases: what comes with the workbook, and what is said of a file that cannot be taken."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from kpa_model.decision import characters, vignettes
from kpa_model.decision.characters import WrongCards
from tests.contract.readable import faults

CARDS = "titre: T\nsource: Inventé.\npersonnages:\n"
CASES = "titre: T\nsource: Inventé.\ncas:\n"


def test_ready_characters_read_aloud_and_have_names_of_their_own():
    cards = characters.ready()
    assert len({card.key for card in cards}) == len(cards) == 8
    assert [fault for card in cards for fault in faults(card.text)] == []
    assert any(card.brought for card in cards)
    assert any(card.need > 100 for card in cards)
    assert any(card.commons > card.job for card in cards)


def test_ready_cases_read_aloud_and_tell_principles_apart():
    cases = vignettes.named()
    assert [fault for case in cases for fault in faults(case.story)] == []
    assert vignettes.confused(cases) == ()
    for case in cases:
        assert len({who.key for who in case.people}) == len(case.people)
        for principle in vignettes.PRINCIPLES:
            assert sum(case.shares(principle)) == 1


def test_cases_that_cannot_tell_two_principles_apart_say_so():
    garden = vignettes.named()[1]
    assert "« les parts égales » et « les heures »" in " ".join(vignettes.confused((garden,)))


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ((1, 0, 0, 0, 0), "Presque seulement : les parts égales."),
        ((20, 70, 0, 10, 0), "Surtout : les heures. Un peu : les parts égales et le commun."),
        ((22, 22, 21, 21, 14), "Un peu de tout : aucun principe ne domine."),
        (
            (30, 30, 20, 15, 5),
            "En partie : les parts égales et les heures. Un peu : apporter la commande et le commun.",
        ),
    ],
)
def test_a_mix_is_said_in_words(weights, told):
    assert vignettes.in_words([Fraction(weight, sum(weights)) for weight in weights]) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("titre: T\nsource: S\n", "il manque les personnages."),
        (CARDS + "- nom: Lou\n", "personnage 1 « Lou » : il manque « texte »."),
        (CARDS + "- {nom: Lou, texte: Elle rit., heure: 3}\n", "« heure » n'est pas une partie connue ici."),
        (CARDS + "- {nom: Lou, texte: Elle rit., prestation: trois}\n", "« trois » n'est pas une durée."),
        (CARDS + "  un: 1\n", "les personnages ne sont pas compris."),
        (CARDS + "- Lou\n", "personnage 1 : ce n'est pas compris."),
        ("", "le fichier est vide."),
    ],
)
def test_a_wrong_file_of_characters_says_what_to_mend(tmp_path: Path, text, told):
    path = tmp_path / "cartes.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WrongCards) as refused:
        characters.load(path)
    assert told in str(refused.value)
    assert str(refused.value).startswith("Fichier cartes.yaml")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (CASES + "- {titre: A, recit: B, euros: 100, personnes: [{nom: Lou}]}\n", "Gardez-en entre 2 et 6."),
        (CASES + "- {titre: A, recit: B, euros: beaucoup, personnes: [{nom: Lou}, {nom: Sam}]}\n", "pas un nombre."),
        (CASES + "- {titre: A, recit: B, euros: 9, personnes: [{nom: Lou}, {nom: Sam, heure: 1}]}\n", "personne 2"),
        (CASES + "  un: 1\n", "les cas ne sont pas compris."),
    ],
)
def test_a_wrong_file_of_cases_says_what_to_mend(tmp_path: Path, text, told):
    path = tmp_path / "cas.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WrongCards) as refused:
        vignettes.load(path)
    assert told in str(refused.value)


def test_a_group_can_have_cases_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    (tmp_path / "vignettes").mkdir()
    own = CASES + "- {titre: Le pain, recit: Ils ont pétri., euros: 90, personnes: [{nom: Lou}, {nom: Sam}]}\n"
    (tmp_path / "vignettes" / "chez_nous.yaml").write_text(own, encoding="utf-8")
    assert vignettes.named("Chez nous")[0].title == "Le pain"
    with pytest.raises(WrongCards, match="Vouliez-vous dire « chez_nous »"):
        vignettes.named("chez_nou")
    with pytest.raises(WrongCards, match="ce nom n'existe pas"):
        vignettes.named("../../etc/passwd")
