"""A remark that names another person than its line of hours, or says that an invoice is only a part: it is asked."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

HEAD = "Date;Qui;Heures;Genre;Commentaire"
HOURS = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Awa;4h;prestation")


@pytest.mark.parametrize(
    "remark", ["réalisé par Lou", "assurée par lou", "C'était Lou", "en fait, Lou", "Lou à ma place", "Lou l'a fait"]
)
def test_hours_that_another_did_are_asked_about(remark: str) -> None:
    worked = table("heures.csv", HEAD, "07/09/2026;Lou;4h;commun;", f"08/09/2026;Awa;3h;commun;{remark}")
    topic = next(each for each in read(worked)[1] if each.startswith("etat.")).replace(".", "_")
    assert minutes(read(worked, **{topic: "oui"})[0]) == {("Lou", "2026-09"): 240, ("Awa", "2026-09"): 180}
    proposal, _ = read(worked, **{topic: "autre"})
    assert minutes(proposal) == {("Lou", "2026-09"): 420}
    assert any("ces heures de Awa sont celles de Lou" in each for each in proposal.heeded)


@pytest.mark.parametrize(
    "remark", ["fait par Awa", "fait par téléphone", "Bien fait", "vu avec Lou", "fait par nous tous", "pour Lou"]
)
def test_a_remark_that_names_nobody_else_asks_nothing(remark: str) -> None:
    worked = table("heures.csv", HEAD, "07/09/2026;Lou;4h;commun;", f"08/09/2026;Awa;3h;commun;{remark}")
    assert not any(each.startswith("etat.") for each in read(worked)[1])


@pytest.mark.parametrize(("remark", "told"), [
    ("Lou a fait la moitié", True), ("Lou m'a remplacée", True), ("(Lou)", True), ("dont 1h Lou", True),
    ("vu avec Lou", False), ("saisi par Lou", False), ("pour Lou", False), ("Awa seule", False),
    ("Lou malade", False), ("le loup", False),
])  # fmt: skip
def test_a_remark_that_names_another_person_is_told(remark: str, told: bool) -> None:
    worked = table("heures.csv", HEAD, "07/09/2026;Lou;4h;commun;", f"08/09/2026;Awa;3h;commun;{remark}")
    proposal, _ = read(worked)
    assert minutes(proposal) == {("Lou", "2026-09"): 240, ("Awa", "2026-09"): 180}
    assert any(f"ligne 3 (« {remark} »)" in each for each in proposal.heeded) is told


def _sold(remark: str) -> str:
    lines = (f"1;07/09/2026;Bar;300,00;20 %;{remark}", "2;08/09/2026;Bar;100,00;20 %;")
    return "\n".join(("N°;Date;Client;Montant HT;TVA;Observations", *lines))


@pytest.mark.parametrize(
    "remark",
    [
        "40 % d'acompte",
        "acompte de 30% seulement",
        "Facturé à moitié",
        "facturée en partie",
        "reste à facturer",
        "30 % facturés",
    ],
)
def test_an_invoice_of_which_a_part_is_billed_is_asked_about(remark: str) -> None:
    assert any(each.startswith("etat.") for each in read(HOURS, sold=_sold(remark))[1])


@pytest.mark.parametrize(
    "remark", ["acompte de 30 % reçu", "40 % d'acompte versé en mai", "facturé par mail", "Fête - acompte 30 %"]
)
def test_a_deposit_that_came_takes_nothing_off_the_sale(remark: str) -> None:
    proposal, asked = read(HOURS, sold=_sold(remark))
    assert sales(proposal) == {"2026-09": 40_000}
    assert not any(each.startswith("etat.") for each in asked)
