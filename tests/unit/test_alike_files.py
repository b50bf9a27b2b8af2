"""Two files that look alike, a sheet and its copy with one more column: each keeps its own answers."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

LINES = ("09/02/2026;Solène;1h45;tri", "10/02/2026;Adama;3h;tri", "16/02/2026;Solène;2h;caisse")


@pytest.mark.parametrize("more", ["Relu", "Validé par", "N°"])
@pytest.mark.parametrize("names", [("saisie.csv", "saisie relue.csv"), ("saisie relue.csv", "saisie.csv")])
def test_a_question_answered_about_a_copy_is_not_asked_again(more: str, names: tuple[str, str]) -> None:
    plain = table(names[0], "Jour;Membre;Temps;Tâche", *LINES)
    marked = table(names[1], f"Jour;Membre;Temps;Tâche;{more}", *(f"{line};{at}" for at, line in enumerate(LINES)))
    proposal, asked = read(marked, plain)
    assert len(asked) == len({*asked}), asked
    assert minutes(proposal) == {("Solène", "2026-02"): 225, ("Adama", "2026-02"): 180}


def test_three_copies_ask_about_two_pairs_at_most() -> None:
    files = [table("mars.csv", "Jour;Membre;Temps;Tâche", *LINES)]
    for more in ("Vu", "Ok"):
        files.append(table(f"mars {more}.csv", f"Jour;Membre;Temps;Tâche;{more}", *(f"{line};x" for line in LINES)))
    proposal, asked = read(*files)
    assert asked.count("heures.deux_fois") <= 2
    assert minutes(proposal) == {("Solène", "2026-02"): 225, ("Adama", "2026-02"): 180}


@pytest.mark.parametrize(("name", "checked"), [("pointage Adama.csv", False), ("pointage.csv", True)])
def test_whose_a_file_is_needs_a_check_only_when_its_own_name_does_not_say_it(name: str, checked: bool) -> None:
    answers = {f"personne_{name[:-4].replace(' ', '').casefold()}": "Adama"}
    proposal, _ = read(table(name, "Jour;Temps;Tâche", "09/02/2026;3h;tri"), **answers)
    assert minutes(proposal) == {("Adama", "2026-02"): 180}
    assert any("sont celles de « Adama »" in each for each in proposal.heeded) == checked
