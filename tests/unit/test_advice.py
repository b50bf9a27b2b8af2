"""Warnings on a rule as it is composed."""

from __future__ import annotations

import pytest

from kpa_model.cooperative.month import Month
from kpa_model.pay.advice import advice, other_minimum, unpaid_time
from kpa_model.pay.ready import ready_rules
from kpa_model.pay.rule_file import loads

START = "frais_directs, "


def said(steps: str, promises: str = "", month: Month | None = None) -> str:
    return " ".join(advice(loads(f"titre: Essai\netapes: [{steps}]\npromesses: [{promises}]"), month))


def test_a_sound_rule_gets_no_advice() -> None:
    assert said("frais_directs, {part_au_fonds_commun: {taux: 5}}, par_heures, reste_au_fonds") == ""


@pytest.mark.parametrize("name", [name for name in ready_rules() if name != "coordination"])
def test_a_ready_rule_gets_no_advice(name: str) -> None:
    assert not advice(ready_rules()[name])


def test_the_ready_rule_with_a_function_asks_who_holds_it() -> None:
    assert len(advice(ready_rules()["coordination"])) == 1


@pytest.mark.parametrize(
    ("steps", "promises", "expected"),
    [
        ("frais_directs, reste_au_fonds", "", "Aucune étape ne paie quelqu'un."),
        ("parts_egales", "", "Les achats ne sont jamais payés."),
        (START + "taux_horaire", "", "peut dépasser l'enveloppe."),
        (START + "ramener_a_l_enveloppe, demandes_libres", "", "peut dépasser l'enveloppe."),
        (START + "plancher, par_heures", "", "peut dépasser l'enveloppe."),
        (START + "parts_egales, par_heures", "", "prend tout ce qui reste. L'étape 3 n'aura rien."),
        (START + "par_pole, commission", "", "L'étape 3 n'aura rien."),
        (START + "par_heures, part_au_fonds_commun", "", "L'étape 3 n'aura rien."),
        (START + "reste_au_fonds, par_heures", "", "L'étape 2 (« Le reste au fonds commun ») prend tout"),
        (START + "plancher, ramener_a_l_enveloppe, par_heures", "", "la promesse « Personne sous un montant »."),
        (START + "plancher, epargne_de_lancement, ramener_a_l_enveloppe", "", "peut ensuite être réduite."),
        ("{parts_egales: {part: 4}}, frais_directs, {parts_egales: {part: 4}}", "", "étapes 1 et 3 sont identiques"),
        (START + "fonction, par_heures", "", "ne nomme personne."),
    ],
)
def test_a_surprise_is_announced(steps: str, promises: str, expected: str) -> None:
    assert expected in said(steps, promises)


@pytest.mark.parametrize(
    ("steps", "promises"),
    [
        (START + "taux_horaire, ramener_a_l_enveloppe", ""),
        (START + "plancher, ramener_a_l_enveloppe, par_heures", "{personne_sous: {euros: 50}}"),
        (START + "{parts_egales: {part: 50}}, par_heures", ""),
        (START + "par_heures, plafond, parts_egales", ""),
        (START + "demandes_libres, ramener_a_l_enveloppe, par_heures", ""),
    ],
)
def test_what_is_sound_is_left_alone(steps: str, promises: str) -> None:
    assert said(steps, promises) == ""


def test_a_name_that_nobody_bears_this_month_is_shown() -> None:
    steps = START + "{fonction: {personnes: [Awa, Zoé]}}, par_heures"
    assert said(steps, month=Month.of(["Awa", "Zoé"])) == ""
    assert "nomme Zoé." in said(steps, month=Month.of(["Awa", "Bruno"]))


def test_two_minimums_are_told_apart() -> None:
    assert "plusieurs minimums : 60,00\u00a0€ et 50,00\u00a0€" in said(
        START + "par_heures, {plancher: {euros: 60}}, ramener_a_l_enveloppe", "{personne_sous: {euros: 50}}"
    )
    rule = loads("titre: Essai\netapes: [{plancher: {euros: 60}}]")
    assert other_minimum(rule, 60_00) == ""
    assert other_minimum(rule, 80_00) == (
        "La règle « Essai » dit 60,00\u00a0€ au moins. Ici, les mois bas sont sous 80,00\u00a0€."
    )


def test_a_minimum_paid_by_the_reserve_does_not_overdraw_and_a_partner_does_not_pay_the_purchases() -> None:
    assert said(START + "par_heures, {plancher: {paye_par: reserve}}") == ""
    assert "Les achats ne sont jamais payés." in said("part_par_commande, par_heures")


def test_hours_that_give_no_part_are_told_to_a_rule_that_counts_hours() -> None:
    minutes = [[60, 90, 0], [0, 30, 0], [0, 0, 0], [0, 0, 0]]
    month = Month.of(("Awa", "Karim", "Élodie"), minutes=minutes, payable=[True, False, False], sales=100_00)
    by_hours, equal = ready_rules()["heures"], ready_rules()["parts_egales"]
    assert unpaid_time(by_hours, month) == "2\u00a0h ne donnent pas de part : le temps de Karim, sans CAPE ce mois-ci."
    assert unpaid_time(by_hours, month, names=False).count("de 1\u00a0personne") == 1
    assert unpaid_time(equal, month) == ""
