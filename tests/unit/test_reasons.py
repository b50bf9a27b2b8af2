"""Why this amount: what a step tells one person can be calculated again by hand."""

from __future__ import annotations

import pytest

from kpa_model.cooperative.month import Month
from kpa_model.pay.engine import settle
from kpa_model.pay.rule_file import loads
from tests.contract.readable import faults

HOURS = [[120, 60, 0]] + [[0] * 3] * 3
ORDERS = {
    "order_sales": [6_000, 4_000], "order_pole": [0, 1], "order_minutes": [[120, 60, 0], [0, 60, 0]],
    "order_brought": [[1, 0, 0], [1, 1, 0]],
}  # fmt: skip
NO_CAPE = "n'a pas de contrat CAPE ce mois-ci : pas de paie."


def told(steps: str, who: int = 0, poles: tuple[str, ...] = (), **facts: object) -> str:
    """Return what the last step tells one of Awa, Bruno and Chloé."""
    month = Month.of(["Awa", "Bruno", "Chloé"], poles=poles, **facts)  # type: ignore[arg-type]
    *_, (step, seen) = settle(loads(f"titre: Essai\netapes: [{steps}]"), month).seen_by(who)
    said = step.because(seen)
    assert not faults(said)
    return said.replace("\u00a0", " ")


CUT = {"sales": 30_000, "claims": [40_000, 20_000, 0], "payable": [True, True, False]}


@pytest.mark.parametrize(
    ("steps", "who", "facts", "parts"),
    [
        (
            "demandes_libres, ramener_a_l_enveloppe",
            0,
            CUT,
            [
                "Les montants font 600,00 €. L'enveloppe a 300,00 €.",
                "multiplié par 300,00 €, puis divisé par 600,00 €",
                "Awa passe de 400,00 € à 200,00 € et perd 200,00 €.",
            ],
        ),
        ("demandes_libres, ramener_a_l_enveloppe", 2, CUT, [f"Chloé {NO_CAPE}"]),
        ("parts_egales", 2, {"sales": 100, "present": [True, True, False]}, ["Chloé n'est pas là ce mois-ci."]),
        ("rattrapage", 0, {"sales": 3_000, "minutes": HOURS}, ["pas de mois payé à rattraper", "selon les heures"]),
        (
            "melange",
            0,
            {"sales": 9_000, "minutes": HOURS, "points": [100, 100, 100]},
            ["parts égales 10,00 €, heures 20,00 €, points 10,00 €", "cela fait 40,00 €"],
        ),
        (
            "{solidarite: {taux: 50 %}}",
            0,
            {"sales": 0},
            ["La moyenne est de 0,00 € : 0,00 € pour 3 personnes."],
        ),
        (
            "par_heures, {solidarite: {taux: 50 %}}",
            0,
            {"sales": 9_000, "minutes": HOURS},
            ["La moyenne est de 30,00 € : 90,00 € pour 3 personnes.", "30,00 € de plus", "50 % : 15,00 €"],
        ),
        (
            "par_heures, {solidarite: {taux: 50 %}}",
            2,
            {"sales": 9_000, "minutes": HOURS},
            ["30,00 € de moins", "Les dons font 15,00 € en tout", "Chloé reçoit 15,00 €"],
        ),
        (
            "{commission: {taux: 10 %}}",
            0,
            {"sales": 10_000, **ORDERS},
            ["2 commandes, pour 100,00 € de marge", "À 10 %, cela donne 8,00 €. À plusieurs, on partage."],
        ),
        ("plancher", 0, {"sales": 9_000}, ["Le minimum est de 50,00 €."]),
    ],
)
def test_the_reason_can_be_calculated_again(steps: str, who: int, facts: dict, parts: list[str]) -> None:
    said = told(steps, who, **facts)
    for part in parts:
        assert part in said, said


def test_poles_tell_their_cents_and_the_hours() -> None:
    facts = {"sales": 10_000, "minutes": [[120, 120, 0]] + [[0] * 3] * 3, **ORDERS}
    said = told("{par_pole: {commun: 20 %}}", 0, ("traiteur", "jardin"), **facts)
    assert "Part commune : 20,00 €. Awa y a 2 h sur 4 h, soit 10,00 €." in said
    assert "les pôles ont 80,00 € à se partager. Pôle traiteur : 48,00 €. Awa y a 2 h sur 3 h." in said
    assert said.endswith("Les pôles donnent 32,00 €. En tout : 42,00 €.")
