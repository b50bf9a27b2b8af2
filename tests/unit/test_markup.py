"""Elements: what people write never becomes a tag, whatever it is added to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kpa_model.declare.markup import Html, items, joined, table, tag, wide

EVIL = "<b>Awa & Cie</b>"
ESCAPED = "&lt;b&gt;Awa &amp; Cie&lt;/b&gt;"


@given(st.text(max_size=30))
def test_nobody_writes_a_tag_with_a_text(text: str) -> None:
    made = tag("p", text, ["x", text], title=text) + text
    assert isinstance(made, Html)
    assert made.count("<") == 2
    assert f"{text}{made}" != tag("i", made)  # an f-string is a text again
    assert text + tag("br") == joined(text, tag("br"))


def test_a_table_names_its_rows_and_its_columns() -> None:
    made = table(EVIL, ("Nom", EVIL), [(EVIL, EVIL)], cls="kpa-table", kinds=("num",), foot=[("Total", 3)])
    assert made.startswith(f'<table class="kpa-table"><caption>{ESCAPED}</caption>')
    assert f'<th scope="col">Nom</th><th scope="col" class="num">{ESCAPED}</th>' in made
    assert f'<tr><th scope="row">{ESCAPED}</th><td class="num">{ESCAPED}</td></tr>' in made
    assert made.endswith('<tfoot><tr><th scope="row">Total</th><td class="num">3</td></tr></tfoot></table>')


def test_a_table_laid_out_as_blocks_tells_its_roles_and_titles_again() -> None:
    made = table("Heures", ("Qui", "Combien"), [("Awa", "3 h")], blocks=True)
    assert '<td role="cell" data-label="Combien">3 h</td>' in made
    assert made.count('role="row"') == 2


def test_a_head_that_is_heard_and_not_seen_leaves_its_widths_to_the_columns() -> None:
    """Out of the flow, its cells would leave an empty first line, which a fixed layout measures."""
    made = table("Heures", ("Qui", "Combien"), [("Awa", "3 h")], head_cls="kpa-hidden")
    assert "<colgroup><col><col></colgroup><thead class=" in made
    assert "<col" not in table("Heures", ("Qui", "Combien"), [("Awa", "3 h")])


def test_pieces_of_pictures_have_short_numbers_and_names_of_their_own() -> None:
    assert tag("line", x1=1 / 3, y1=2.0, stroke_width=3, aria_hidden="true", viewBox="0 0 1 1") == (
        '<line x1="0.33" y1="2" stroke-width="3" aria-hidden="true" viewBox="0 0 1 1"></line>'
    )


def test_what_files_hold_is_shown_letter_by_letter() -> None:
    assert tag("pre", "prix : 3 ?\n<b>") == "<pre>prix : 3 ?\n&lt;b&gt;</pre>"
    assert tag("style", "a > b {}") == "<style>a > b {}</style>"


def test_an_empty_list_is_nothing() -> None:
    assert items(()) == ""
    assert items(("a", EVIL), "ol") == f"<ol><li>a</li><li>{ESCAPED}</li></ol>"


def test_a_wide_piece_scrolls_with_a_keyboard() -> None:
    assert wide(tag("p"), EVIL, "kpa-scroll").startswith(
        '<div class="kpa-scroll" tabindex="0" role="region" aria-label='
    )
