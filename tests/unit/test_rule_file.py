"""Rule files: what is read, what is written, fingerprints, the schema."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kpa_model.declare.setting import settings_of
from kpa_model.errors import WrongRule
from kpa_model.pay.promise import known_promises
from kpa_model.pay.rule import Trial
from kpa_model.pay.rule_file import as_data, dumps, fingerprint, load, loads, schema
from kpa_model.pay.step import known_steps

RULE = """\
titre: Heures, commission, minimum et solidarité
etapes:                       # dans cet ordre
- part_au_fonds_commun: {taux: 5 %}
- commission: {taux: 5 %}
- taux_horaire: {euros_par_heure: 12}
- plancher: {euros: 150}
- ramener_a_l_enveloppe
- reste_au_fonds
promesses:
- personne_sous: {euros: 150}
- enveloppe_respectee
essai: {trimestres: 1, revue_le: 2027-03-31}
"""


def test_the_rule_of_our_documentation_is_read() -> None:
    rule = loads(RULE)
    assert [step.name for step in rule.steps] == [
        "part_au_fonds_commun", "commission", "taux_horaire", "plancher", "ramener_a_l_enveloppe", "reste_au_fonds",
    ]  # fmt: skip
    assert [promise.name for promise in rule.promises] == ["personne_sous", "enveloppe_respectee"]
    assert rule.trial == Trial(1, date(2027, 3, 31))


def test_a_rule_is_written_so_that_it_can_be_read_aloud() -> None:
    assert dumps(loads("titre: 'Essai : un'\netapes: [{plancher: {euros: 12,50}}, parts_egales]")) == (
        "titre: 'Essai : un'\netapes:\n- plancher:\n    euros: 12.5\n- parts_egales:\n    part: 100 %\n"
    )


@pytest.mark.parametrize(
    "written",
    ["- plancher: {euros: 12,50}", "- plancher: {euros: 12.5 €}", "- plancher:\n    euros: '12,50 euros'"],
)
def test_a_setting_may_be_written_in_several_ways(written: str) -> None:
    assert loads(f"titre: Essai\netapes:\n{written}").steps[0] == known_steps()["plancher"](minimum=1250)


def test_a_decimal_comma_between_braces_is_that_of_a_number() -> None:
    steps = "[{par_heures_ponderees: {part: 12,5 %, poids: {prestation: 1,5, appui: 0,5, commun: 1,25}}}, parts_egales]"
    assert as_data(loads(f"titre: Essai\netapes: {steps}"))["etapes"][0] == {
        "par_heures_ponderees": {
            "part": "12,5 %",
            "poids": {"prestation": 1.5, "appui": 0.5, "commun": 1.25, "formation": 0},
        }
    }


def test_a_setting_that_is_not_written_takes_its_usual_value() -> None:
    for written in ("plancher", "plancher:", "plancher: {}"):
        assert loads(f"titre: Essai\netapes:\n- {written}").steps[0] == known_steps()["plancher"]()


@pytest.mark.parametrize("written", ["2027-03-31", "31/03/2027"])
def test_a_date_may_be_written_in_two_ways(written: str) -> None:
    trial = loads(f"titre: Essai\netapes: [parts_egales]\nessai: {{revue_le: {written}}}").trial
    assert trial == Trial(1, date(2027, 3, 31))


def test_a_byte_order_mark_and_windows_lines_are_read(tmp_path) -> None:
    path = tmp_path / "règle.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + RULE.replace("\n", "\r\n").encode())
    assert load(path) == loads(RULE)


def test_all_problems_come_at_once_with_the_name_of_the_file(tmp_path) -> None:
    path = tmp_path / "notre_regle.yaml"
    path.write_text("etapes: [planché, {plancher: {euros: x}}]\nessai: {trimestres: 9}", encoding="utf-8")
    with pytest.raises(WrongRule) as caught:
        load(path)
    assert len(caught.value.problems) == 4
    assert all(problem.where.startswith("Fichier notre_regle.yaml") for problem in caught.value.problems)


def test_a_fingerprint_does_not_change_from_one_version_to_the_next() -> None:
    assert fingerprint(loads(RULE)) == fingerprint(loads(RULE.replace("12}", "12,00 €}")))
    assert len(fingerprint(loads(RULE))) == 64


def test_order_settings_promises_and_trial_are_part_of_the_fingerprint() -> None:
    others = (
        RULE.replace("- ramener_a_l_enveloppe\n- reste_au_fonds", "- reste_au_fonds\n- ramener_a_l_enveloppe"),
        RULE.replace("12}", "13}"),
        RULE.replace("- enveloppe_respectee\n", ""),
        RULE.replace("trimestres: 1", "trimestres: 2"),
    )
    assert len({fingerprint(loads(text)) for text in (RULE, *others)}) == 5


def test_texts_are_not_part_of_the_fingerprint() -> None:
    assert fingerprint(loads(f"phrase: Autre.\n{RULE}")) == fingerprint(loads(RULE))


def test_plain_data_are_plain() -> None:
    assert json.loads(json.dumps(as_data(loads(RULE))))["etapes"][3] == {"plancher": {"euros": 150}}


def test_the_schema_knows_every_step_promise_and_setting() -> None:
    parts = schema()["properties"]
    for key, known in (("etapes", known_steps()), ("promesses", known_promises())):
        names, *each = parts[key]["items"]["anyOf"]
        assert names["enum"] == list(known)
        for one, (name, cls) in zip(each, known.items(), strict=True):
            declared = {setting.name for setting in settings_of(cls).values()}
            found = one["properties"][name]["properties"]
            inside = {part: each["properties"] for part, each in found.items() if "properties" in each}
            flat = {
                f"{part}.{name}" for part, names in inside.items() for name in names if f"{part}.{name}" in declared
            }
            assert {*(set(found) - {part.partition(".")[0] for part in flat}), *flat} == declared
    assert json.dumps(schema())
