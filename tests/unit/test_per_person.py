"""Several columns under one person, some of them no time: kilometres and meals never become hours."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

LINES = ("01/09/2026;3;1;2;0", "02/09/2026;;;4;1", "03/09/2026;7;2;;")


def hours_of(*lines: str, **answers: str) -> tuple[dict[str, int], list[str], list[str]]:
    proposal, asked = read(table("heures.csv", *lines), **answers)
    return {who: found for (who, _), found in minutes(proposal).items()}, asked, list(map(str, proposal.notes))


@pytest.mark.parametrize(
    "titles",
    [
        "Nora;Nora kms;Omar;Omar kms",
        "Nora h;Nora - km;Omar h;Omar - km",
        "Heures Nora;Paniers Nora;Heures Omar;Paniers Omar",
        "Nora (h);Nora (repas);Omar (h);Omar (repas)",
        "Nora;Frais de Nora;Omar;Frais d'Omar",
        "Nora;Nora €;Omar;Omar €",
        "Nora Diaz;Nora Diaz nb tickets;Omar Petit;Omar Petit nb tickets",
    ],
)
def test_what_is_no_time_beside_a_person_is_told_and_not_counted(titles: str) -> None:
    own, asked, notes = hours_of(f"Jour;{titles}", *LINES)
    assert [*own.values()] == [600, 360]
    assert not {"personnes.memes", "personnes.colonnes"} & {*asked}
    assert any("ce n'est pas du temps" in note for note in notes)


def test_one_column_of_no_time_alone_is_nobody() -> None:
    own, _, _ = hours_of("Jour;Nora;Km Nora;Omar;Lila", *LINES)
    assert own == {"Nora": 600, "Omar": 360, "Lila": 60}


def test_two_lines_of_titles_with_nothing_under_the_name() -> None:
    own, _, _ = hours_of("Jour;Nora;;Omar;", ";;repas;;repas", *LINES)
    assert own == {"Nora": 600, "Omar": 360}


def test_two_parts_of_a_day_are_both_hers() -> None:
    assert hours_of("Jour;Nora matin;Nora soir;Omar matin;Omar soir", *LINES)[0] == {"Nora": 780, "Omar": 420}


def test_a_word_that_may_be_time_is_asked_about() -> None:
    titles = "Jour;Nora;Nora trajet;Omar;Omar trajet"
    assert hours_of(titles, *LINES)[0] == {"Nora": 780, "Omar": 420}
    own, asked, _ = hours_of(titles, *LINES, colonnes_temps="")
    assert (own, asked.count("colonnes.temps")) == ({"Nora": 600, "Omar": 360}, 1)


def test_a_family_name_is_nothing_that_a_column_holds() -> None:
    own, asked, _ = hours_of("Jour;Nora Diaz;Nora Petit;Omar Diaz;Lila", *LINES)
    assert (len(own), "colonnes.temps" in asked) == (4, False)
