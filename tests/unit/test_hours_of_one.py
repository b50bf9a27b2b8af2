"""Hours of the day without a column of names: a start and an end, of whom the file or each title says."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

PAIRS = ["Aller;Retour", "Ouverture;Fermeture", "Prise de poste;Relève"]


@pytest.mark.parametrize("pair", PAIRS)
def test_two_hours_of_one_person_are_a_start_and_an_end(pair: str) -> None:
    worked = table("heures Awa.csv", f"Date;Client;{pair}", "07/09/2026;Bar;8:00;12:30", "08/09/2026;Bar;9:00;17:00")
    proposal, _ = read(worked)
    assert minutes(proposal) == {("Awa", "2026-09"): 750}
    assert any("quand le travail commence et quand il finit" in each for each in proposal.heeded)


@pytest.mark.parametrize("titles", [
    "Awa arrivée;Awa départ;Lou arrivée;Lou départ", "Début Awa;Fin Awa;Début Lou;Fin Lou",
    "Arrivée de Awa;Départ de Awa;Arrivée de Lou;Départ de Lou", "Awa - début;Awa - fin;Lou - début;Lou - fin",
])  # fmt: skip
@pytest.mark.parametrize("above", [(), ("Nos heures de septembre",)])
def test_a_name_in_the_title_of_each_hour_says_whose_it_is(titles: str, above: tuple[str, ...]) -> None:
    lines = ("07/09/2026;8:00;11:30;;", "08/09/2026;9:00;10:00;7:00;11:00")
    proposal, _ = read(table("heures.csv", *above, f"Date;{titles}", *lines))
    assert minutes(proposal) == {("Awa", "2026-09"): 270, ("Lou", "2026-09"): 240}


@pytest.mark.parametrize("titles", ["Trajet aller;Trajet retour;Heures", "Charge prévue;Charge consommée;RAF"])
def test_moves_and_charges_are_nobody(titles: str) -> None:
    proposal, _ = read(table("suivi.csv", f"Date;Tâche;{titles}", "07/09/2026;a;8;9;3", "08/09/2026;b;9;8;6"))
    names = {each.name for each in proposal.reading.book.members} if proposal.reading else set()
    assert not names & {*titles.split(";")}


@pytest.mark.parametrize("title", ["Temps de route", "Temps de trajet", "Heures de nuit"])
def test_times_beside_the_hours_are_asked_about_and_told(title: str) -> None:
    given = table("suivi.csv", f"Date;Qui;Heures;{title}", "07/09/2026;Awa;3h;0h30", "08/09/2026;Lou;4h;1h")
    proposal, asked = read(given, duree_plus="Heures")
    assert "duree.plus" in asked
    assert any(f"« {title} » (1 h 30)" in each.replace("\xa0", " ") for each in proposal.heeded)
