"""Settings made of words are read from a file, written back, and refuse what is something else."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kpa_model.declare.setting import settings_of
from kpa_model.declare.unit import Refused
from kpa_model.declare.worded import lines, prices, text


@dataclass(frozen=True)
class Asked:
    question: str = text("question", "La question", "Pourquoi ?")
    said: tuple[str, ...] = lines("phrases", "Les phrases", most=2)
    things: tuple[tuple[str, int], ...] = prices("projets", "Les projets", (("Une table", 12_050),))


QUESTION, SAID, THINGS = settings_of(Asked).values()


def test_words_are_read_written_and_shown():
    assert QUESTION.read("  Pour \n quoi ? ") == "Pour quoi ?"
    assert SAID.read(["Un.", "Un.", "", "Deux."]) == ("Un.", "Deux.")
    assert SAID.show(("Un.", "Deux.")) == "« Un. » et « Deux. »"
    assert THINGS.read({"Une table": "120,50 €"}) == (("Une table", 12_050),)
    assert THINGS.show((("Une table", 12_050),)).replace("\u00a0", " ") == "Une table 120,5 €"


@pytest.mark.parametrize("each", [QUESTION, SAID, THINGS], ids=["text", "lines", "prices"])
def test_what_is_written_is_read_back(each):
    assert each.read(each.write(each.default)) == each.default
    assert each.schema()["title"] == each.label
    assert each.show(each.default)


@pytest.mark.parametrize(
    ("each", "value", "told"),
    [
        (QUESTION, ["a"], "n'est pas un texte."),
        (QUESTION, "a" * 401, "Le texte a 401 signes. Gardez-en 400 au plus."),
        (SAID, "Un.", "n'est pas une liste."),
        (SAID, ["1", "2", "3"], "La liste a 3 lignes. Gardez-en 2 au plus."),
        (SAID, [["a"]], "n'est pas un texte."),
        (THINGS, "Une table", "n'est pas une liste de prix."),
        (THINGS, {"Une table": "cher"}, "« cher » n'est pas un nombre."),
        (THINGS, {str(at): 1 for at in range(13)}, "La liste a 13 lignes."),
    ],
)
def test_what_is_something_else_is_refused(each, value, told):
    with pytest.raises(Refused) as refused:
        each.read(value)
    assert told in str(refused.value)
