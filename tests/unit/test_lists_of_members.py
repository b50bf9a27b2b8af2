"""A list of members whose arrivals and departures are months, or that says who is active no more."""

from __future__ import annotations

from datetime import date

import pytest

from tests.given_tables import read, table

WORKED = table("temps.csv", "Qui;Le;Durée;Quoi", "Ida;03/06/2026;2h;Toit", "Ida;03/09/2026;1h;Toit")


def spells(*lines: str):  # type: ignore[no-untyped-def]
    proposal, asked = read(table("membres.csv", *lines), WORKED)
    assert proposal.reading is not None, proposal.refusal
    found = {each.name: [(spell.start, spell.end) for spell in each.spells] for each in proposal.reading.book.members}
    return found, proposal, asked


@pytest.mark.parametrize(
    ("first", "last", "titles"),
    [("07/2026", "08/2026", "Entrée;Sortie"), ("juil. 2026", "août 2026", "Arrivée;Départ"),
     ("2026-07", "2026-08", "Début;Fin"), ("juillet 2026", "31/08/2026", "Depuis;Jusqu'au")],
)  # fmt: skip
def test_months_of_arrival_and_departure_are_their_first_and_last_days(first: str, last: str, titles: str) -> None:
    found, _, _ = spells(f"Prénom;Statut;{titles}", "Ida;CAPE;06/2026;", f"Noam;CAPE;{first};{last}")
    assert found["Noam"] == [(date(2026, 7, 1), date(2026, 8, 31))]
    assert found["Ida"] == [(date(2026, 6, 1), None)]


@pytest.mark.parametrize(
    ("title", "here", "gone"),
    [("Actif", "oui", "non"), ("Encore là ?", "x", "non"), ("Archivé", "non", "oui"), ("État", "Actif", "Ancien"),
     ("Aujourd'hui", "présente", "partie")],
)  # fmt: skip
def test_who_is_active_no_more_has_no_part_and_is_told(title: str, here: str, gone: str) -> None:
    found, proposal, _ = spells(f"Nom;Statut;{title}", f"Ida;CAPE;{here}", f"Zoé;CAPE;{gone}", f"Noam;Bénévole;{here}")
    assert "Zoé" not in found
    assert {"Ida", "Noam"} <= found.keys()
    assert any("« Zoé » n'est plus membre" in each for each in proposal.heeded)


def test_who_left_on_a_day_keeps_her_spell() -> None:
    found, proposal, _ = spells(
        "Nom;Statut;Du;Au;Actif", "Ida;CAPE;01/06/2026;;oui", "Zoé;CAPE;01/06/2026;31/07/2026;non"
    )
    assert found["Zoé"] == [(date(2026, 6, 1), date(2026, 7, 31))]
    assert not any("plus membre" in each for each in proposal.heeded)


@pytest.mark.parametrize("title", ["Contrat", "Statut", "Situation"])
def test_one_cape_among_many_other_contracts_is_read(title: str) -> None:
    lines = ("Iris;CAPE;01/02/2025", "Noé;CDI;01/03/2024", "Rose;CDD;01/01/2026", "Ali;apprenti;01/01/2026")
    proposal, asked = read(table("membres.csv", f"Nom;{title};Entrée", *lines), WORKED, personnes_cape="")
    assert "personnes.cape" in asked
    assert proposal.reading is not None, proposal.refusal
    (iris,) = [member for member in proposal.reading.book.members if member.name == "Iris"]
    assert [(spell.status.value, spell.start.isoformat()) for spell in iris.spells] == [("cape", "2025-02-01")]
