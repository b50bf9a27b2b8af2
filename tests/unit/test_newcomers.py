"""Who arrives after others, or is written whole after a month under a short name: the months before do not move."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import ImportProposal, propose
from tests.given_tables import minutes, read, table

SOLD = table("factures.csv", "N°;Date;Client;Montant HT;TVA", "F1;10/03/2026;Mairie;500,00;100,00")
MARCH = ("02/03/2026;Nour B.;3;commun", "03/03/2026;Paul;4;commun")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))


def worked(*lines: str) -> GivenFile:
    return table("heures.csv", "Date;Qui;Heures;Genre", *lines)


def kept(*lines: str) -> Path:
    given = [worked(*lines), SOLD]
    return keep(read(*given, sold="")[0], "Les Essais", given, datetime(2026, 4, 1, 9, 0))


def later(folder: Path, *files: GivenFile, said: str = "") -> tuple[ImportProposal, list[str]]:
    recipe, asked = recipe_in(folder), list[str]()
    while (proposal := propose(files, folder.name, recipe, Findings(), held_in(folder))).questions:
        question = proposal.questions[0]
        asked.append(question.doubt.question)
        yes = "|".join(value for value, _ in question.doubt.options)
        recipe = proposal.answer(question, said if question.doubt.topic == "personnes.memes" else yes)
    return proposal, asked


def since(proposal: ImportProposal) -> dict[str, date]:
    assert proposal.reading is not None, proposal.refusal
    return {each.name: each.spells[0].start for each in proposal.reading.book.members}


def test_somebody_who_arrives_has_a_status_from_the_month_of_her_first_hours() -> None:
    folder = kept(*MARCH)
    april = worked(*MARCH, "06/04/2026;Paul;2;commun", "14/04/2026;Lise;2;commun")
    proposal, _ = later(folder, april, SOLD)
    assert since(proposal) == {"Nour B.": date(2026, 3, 1), "Paul": date(2026, 3, 1), "Lise": date(2026, 4, 1)}
    assert any("Lise : premières heures en avril 2026, CAPE à partir de ce mois" in each for each in proposal.heeded)


def test_in_files_of_several_months_it_is_told_who_begins_after_the_others() -> None:
    proposal, _ = read(worked(*MARCH, "14/05/2026;Lise;2;commun"), SOLD, sold="")
    assert {*since(proposal).values()} == {date(2026, 3, 1)}
    told = "Lise : premières heures en mai 2026, CAPE dès le début de mars 2026 : un minimum y serait donné."
    assert any(told in each for each in proposal.heeded)


@pytest.mark.parametrize("short", ["Nour B.", "Nour", "N. Benali", "nour.b"])
@pytest.mark.parametrize("both", [True, False])
def test_a_name_written_whole_later_may_be_that_of_somebody_known(short: str, both: bool) -> None:
    folder = kept(f"02/03/2026;{short};3;commun", MARCH[1])
    march = f"02/03/2026;{short if both else 'Nour Benali'};3;commun"
    april = worked(march, MARCH[1], "06/04/2026;Nour Benali;2;commun")
    proposal, asked = later(folder, april, SOLD, said=f"Nour Benali={short}")
    assert asked == ["Est-ce la même personne ?"]
    assert minutes(proposal) == {(short, "2026-03"): 180, ("Paul", "2026-03"): 240, (short, "2026-04"): 120}
    assert {*since(proposal)} == {short, "Paul"}


def test_it_may_be_somebody_else() -> None:
    folder = kept(*MARCH)
    proposal, asked = later(folder, worked(*MARCH, "06/04/2026;Nour Benali;2;commun"), SOLD)
    assert "Est-ce la même personne ?" in asked
    assert {*since(proposal)} == {"Nour B.", "Nour Benali", "Paul"}


def test_hours_without_a_status_are_told_once_for_each_person_with_their_sum() -> None:
    members = table("membres.csv", "Nom;Statut;Du", "Nour B.;CAPE;01/03/2026", "Paul;CAPE;10/04/2026")
    lines = ("09/03/2026;Nour B.;3;commun", *(f"{day:02d}/03/2026;Paul;2;commun" for day in range(2, 7)))
    proposal, _ = read(worked(*lines), members, SOLD, sold="")
    told = [each.replace("\xa0", " ") for each in proposal.heeded if "aucun statut" in each]
    assert len(told) == 1
    assert (
        "« Paul » n'a aucun statut le 02/03/2026 et 4 autres jours, dans la table « personnes » : 10 h en tout"
        in told[0]
    )


def test_who_was_asked_about_is_not_asked_again_with_somebody_new() -> None:
    members = table("membres.csv", "Nom;Statut;Du", "Nour B.;CAPE;01/03/2026", "Paul;salarié;01/03/2024")
    given = [worked(*MARCH), members, SOLD]
    first, _ = read(*given, sold="", personnes_cape="")
    folder = keep(first, "Les Essais", given, datetime(2026, 4, 1, 9, 0))
    april = worked("06/04/2026;Nour B.;2;commun", "07/04/2026;Paul;1;commun", "08/04/2026;Zita;1;commun")
    proposal, asked = later(folder, april, members)
    assert len(asked) == 1
    assert asked[0].startswith("Zita : un CAPE ?")
    assert proposal.reading is not None, proposal.refusal
    (paul,) = [each for each in proposal.reading.book.members if each.name == "Paul"]
    assert [(spell.status.value, spell.start) for spell in paul.spells] == [("benevole", date(2024, 3, 1))]
