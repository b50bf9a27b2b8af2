"""A told page on the screen: every part is drawn, with its words, and nothing of people passes as HTML."""

from __future__ import annotations

import re

import pytest

from kpa_model.declare.drawn import draw as part_drawn
from kpa_model.declare.drawn import page as draw
from kpa_model.declare.page import Bar, Bars, Heading, Sentence, Stack, Stacks, Table

EVIL = "<b>Awa & Cie</b>"


def test_every_part_is_drawn_and_escaped() -> None:
    drawn = draw(
        (
            Heading(EVIL),
            Sentence(EVIL),
            Sentence(EVIL, "quote"),
            Table(EVIL, ("A", EVIL), ((EVIL, EVIL),)),
            Bars(EVIL, (Bar(EVIL, 1, EVIL, 0.5),)),
            Stacks(EVIL, (Stack(EVIL, ((EVIL, 2), ("Bien", 0))),)),
        )
    )
    assert "<b>" not in drawn
    assert drawn.count("&lt;b&gt;Awa &amp; Cie&lt;/b&gt;") >= 12


@pytest.mark.parametrize(
    ("tone", "kind"), [("warning", "kpa-warning"), ("success", "kpa-success"), ("help", "kpa-help")]
)
def test_a_tone_is_a_box_or_a_size(tone: str, kind: str) -> None:
    assert f'class="{kind}"' in part_drawn(Sentence("Bonjour.", tone))


def test_bars_share_one_scale_and_nothing_leaves_the_track() -> None:
    drawn = part_drawn(Bars("Heures", (Bar("Un", 5, "5 h"), Bar("Deux", 20, "20 h", 10)), full=10))
    assert '<rect x="0" y="0" width="50.00%"' in drawn
    assert '<rect x="0" y="0" width="100.00%"' in drawn
    assert '<line x1="100.00%" x2="100.00%"' in drawn
    assert part_drawn(Bars("Rien", ())).count("<tr") == 1


def test_a_cut_line_says_its_pieces_in_words() -> None:
    drawn = part_drawn(Stacks("Niveaux", (Stack("Accueil", (("Je découvre", 3), ("Je fais", 1))), Stack("Argent", ()))))
    assert "Je découvre\u00a0: 3, Je fais\u00a0: 1" in re.sub("<[^>]+>", "", drawn)
    assert "Aucune réponse." in drawn
    assert 'width="75.00%"' in drawn
    assert ">3</text>" in drawn


def test_lines_of_a_sentence_are_kept() -> None:
    assert "Un.<br>Deux." in part_drawn(Sentence("Un.\nDeux."))


def test_something_else_is_refused() -> None:
    with pytest.raises(TypeError):
        part_drawn("texte")  # type: ignore[arg-type]
