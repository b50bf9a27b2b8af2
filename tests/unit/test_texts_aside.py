"""A text given with the tables: left aside, and told first when it says times or amounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile, given_files
from tests.given_tables import read, table

WORKED = table("heures.csv", "Nom;Jour;Durée", "Ida;07/09/2026;2h")


@pytest.mark.parametrize(
    "lines",
    [
        ("MARS", "mardi 3 - Ida 4h, Tom 2h30", "jeudi 5 - Tom 45 min"),
        ("03/03/26 18:40 - Ida: 3,5 à la caisse", "04/03/26 19:02 - Tom: 2 heures"),
        ("[03/03/2026, 18:40:12] Ida: 3:30", "[04/03/2026, 18:41:00] Tom: 1:15 livraison"),
        ("Achats du mois", "peinture 32,50", "vis 8 €"),
    ],
)
def test_a_text_that_says_times_or_amounts_is_told_first(lines: tuple[str, ...]) -> None:
    proposal, _ = read(WORKED, table("carnet de bord.txt", *lines))
    (told,) = proposal.unread
    assert "carnet de bord.txt" in told
    assert "recopiez-les dans un tableau" in told


@pytest.mark.parametrize(
    "lines",
    [
        ("Bonjour,", "voici nos fichiers.", "Rendez-vous le 03/03/2026 à 14h, puis le 05/03/2026 à 9h."),
        ("03/03/26, 18:40 - Ida: bien reçu", "04/03/26, 19:02 - Tom: merci !", "05/03/26, 09:00 - Ida: à demain"),
        ("Appelez le 02.41.55.12.30", "Version 2", "Merci"),
    ],
)
def test_a_text_without_figures_is_only_told(lines: tuple[str, ...]) -> None:
    proposal, _ = read(WORKED, table("note.txt", *lines))
    assert proposal.reading is not None
    assert not proposal.unread
    assert any("note.txt : c'est un texte" in each for each in proposal.notes)


def test_nothing_is_said_of_the_letters_of_a_text_that_is_not_read() -> None:
    text = "lundi : Noé 3h\nmardi : Zoé 4h"
    proposal, _ = read(WORKED, GivenFile("août.txt", text.encode("cp1252")))
    assert not any("cp1252" in each for each in proposal.notes)


def test_notes_of_a_folder_are_told_and_what_explains_it_is_not(tmp_path: Path) -> None:
    for name in ("semaine 12.md", "LISEZMOI.md", "README.md", "licence.md"):
        (tmp_path / name).write_text("Ida 2h\nTom 3h\n")
    findings = Findings()
    assert given_files(tmp_path, findings) == []
    ((_, told),) = findings.heeded
    assert told.startswith("« semaine 12.md » n'est pas un tableau")
