"""Promises: kept or broken, and in which figures."""

from __future__ import annotations

import pytest

from kpa_model.cooperative.month import Month
from kpa_model.pay.engine import settle
from kpa_model.pay.promise import Promise, known_promises, promise
from kpa_model.pay.rule_file import loads

NB = "\u00a0"


def verdict(steps: str, promise: str, **facts) -> tuple[bool, str]:
    """Return whether the promise is kept, and its verdict, for Awa, Bruno and Chloé."""
    settled = settle(
        loads(f"titre: Essai\netapes: [{steps}]\npromesses: [{promise}]"), Month.of(["Awa", "Bruno", "Chloé"], **facts)
    )
    one = settled.rule.promises[0]
    return bool(one.kept(settled)), one.verdict(settled).replace(NB, " ")


@pytest.mark.parametrize(
    ("steps", "promise", "facts", "expected"),
    [
        (
            "parts_egales",
            "{personne_sous: {euros: 10}}",
            {"sales": 3000},
            (True, "Chaque personne reçoit au moins 10,00 €."),
        ),
        (
            "par_heures",
            "{personne_sous: {euros: 10}}",
            {"sales": 3000, "minutes": [[60, 60, 0]] + [[0] * 3] * 3},
            (False, "1 personne est sous ce montant. Le plus bas est 0,00 €."),
        ),
        (
            "parts_egales",
            "{personne_sous: {euros: 10}}",
            {"sales": 2000, "payable": [True, True, False]},
            (True, "Chaque personne reçoit au moins 10,00 €."),
        ),
        (
            "demandes_libres",
            "{ecart_au_plus: {fois: 3}}",
            {"sales": 9000, "claims": [3000, 1000, 1500]},
            (True, "Le plus haut reçoit 30,00 €, le plus bas 10,00 €."),
        ),
        (
            "demandes_libres",
            "{ecart_au_plus: {fois: 3}}",
            {"sales": 9000, "claims": [3001, 1000, 1500]},
            (False, "Le plus haut reçoit 30,01 €, le plus bas 10,00 €. L'écart est plus grand que promis."),
        ),
        ("parts_egales", "ecart_au_plus", {"sales": 0}, (True, "Personne ne reçoit d'argent ce mois-ci.")),
        ("parts_egales", "enveloppe_respectee", {"sales": 300}, (True, "L'enveloppe suffit.")),
        (
            "demandes_libres",
            "enveloppe_respectee",
            {"sales": 100, "claims": [300, 0, 0]},
            (False, "Il manque 2,00 € dans l'enveloppe."),
        ),
        (
            "frais_directs",
            "enveloppe_respectee",
            {"sales": 100, "direct_costs": 300},
            (True, "Les achats dépassent les ventes. Personne n'est payé."),
        ),
        (
            "{part_au_fonds_commun: {taux: 5 %}}",
            "{part_commune_au_moins: {taux: 5 %}}",
            {"sales": 10000},
            (True, "Le fonds et la réserve reçoivent 5,00 €, pour 100,00 € de marge."),
        ),
        (
            "{part_au_fonds_commun: {taux: 4 %}}",
            "{part_commune_au_moins: {taux: 5 %}}",
            {"sales": 10000},
            (False, "Le fonds et la réserve reçoivent 4,00 €, pour 100,00 € de marge. C'est moins que promis."),
        ),
        (
            "reprise_de_reserve",
            "part_commune_au_moins",
            {"sales": 10000, "reserve": 2000},
            (False, "Le fonds et la réserve donnent 20,00 €, pour 100,00 € de marge. C'est moins que promis."),
        ),
        ("parts_egales", "rien_en_attente", {"sales": 100}, (True, "Le groupe ne doit rien.")),
        (
            "parts_egales",
            "rien_en_attente",
            {"sales": 100, "owed": [500, 0, 200]},
            (False, "Le groupe doit 7,00 € à 2 personnes."),
        ),
        (
            "{taux_horaire: {euros_par_heure: 5}}",
            "{heure_au_moins: {euros_par_heure: 5}}",
            {"sales": 10000, "minutes": [[120, 60, 0]] + [[0] * 3] * 3},
            (True, "Chaque heure rapporte au moins 5,00 €."),
        ),
        (
            "parts_egales",
            "{heure_au_moins: {euros_par_heure: 5}}",
            {"sales": 300, "minutes": [[120, 60, 0]] + [[0] * 3] * 3},
            (False, "2 personnes reçoivent moins par heure."),
        ),
    ],
)
def test_a_promise_is_kept_or_broken_in_figures(steps: str, promise: str, facts, expected: tuple[bool, str]) -> None:
    assert verdict(steps, promise, **facts) == expected


def test_nobody_can_break_a_promise_when_nobody_can_be_paid() -> None:
    for name in ("personne_sous", "ecart_au_plus", "heure_au_moins"):
        assert verdict("parts_egales", name, sales=1000, present=[False] * 3, minutes=[[60] * 3] * 4)[0]


def test_two_promises_cannot_bear_the_same_name() -> None:
    class Twice(Promise):
        """A second promise under a known name."""

    with pytest.raises(ValueError, match="enveloppe_respectee"):
        promise("enveloppe_respectee", "Deux fois", "Ce nom est pris.")(Twice)
    assert known_promises()["enveloppe_respectee"] is not Twice


def test_an_empty_pot_keeps_the_promise_without_contradicting_it() -> None:
    facts = {"sales": 100, "carried": -300}
    assert verdict("parts_egales", "enveloppe_respectee", **facts) == (
        True,
        "L'enveloppe est vide. Personne n'est payé.",
    )
