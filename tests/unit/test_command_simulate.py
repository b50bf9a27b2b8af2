"""`kpa simuler`: a report, tables that carry seed, versions and fingerprints, and errors in French."""

from __future__ import annotations

import json
import re
import threading

import pyarrow.parquet as pq
import pytest

from kpa_model.command.program import main

ASKED = ["simuler", "annee_ordinaire", "--regles", "heures", "parts_egales", "--tirages", "60", "--graine", "5"]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sortie")
    assert main([*ASKED, "--sortie", str(folder)]) == 0
    return folder


def test_the_report_says_what_may_happen_and_where_it_comes_from(written):
    page = (written / "simulation_une_annee_ordinaire_5.html").read_text(encoding="utf-8")
    assert "années simulées" in page
    assert "<svg" in page
    assert "Empreinte des résultats" in page
    assert "Graine" in page
    assert "Les volontaires d’abord" in page
    assert "50\xa0€" in page[page.index("Minimum regardé") :]


def test_tables_are_tidy_and_carry_their_origin(written):
    table = pq.read_table(written / "simulation_mois_5.parquet")
    assert table.num_rows == 2 * 24
    origin = json.loads(table.schema.metadata[b"kpa_model"])
    assert origin["Graine"] == "5"
    assert len(origin["Empreinte des résultats"]) == 64
    assert "numpy" in origin["Versions"]
    rows = (written / "simulation_mois_5.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + table.num_rows
    people = pq.read_table(written / "simulation_personnes_5.parquet")
    assert people.num_rows == 2 * 36


def test_the_same_seed_gives_the_same_results_anywhere(written, tmp_path):
    assert main([*ASKED, "--sortie", str(tmp_path), "--calcul", "ici"]) == 0
    for name in ("simulation_mois_5.csv", "simulation_personnes_5.csv"):
        assert (tmp_path / name).read_bytes() == (written / name).read_bytes()


def test_the_scenario_that_was_simulated_is_written_too(written, tmp_path):
    path = str(written / "simulation_scenario_5.yaml")
    assert main(["simuler", path, "--regles", "heures", "--tirages", "20", "--sortie", str(tmp_path)]) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["simuler", "annee_ordinair", "--regles", "heures"], "annee_ordinaire"),
        (["simuler", "annee_ordinaire", "--regles", "heures", "--minimum", "beaucoup"], "n'est pas un montant"),
        (["simuler", "annee_ordinaire", "--regles", "heures", "--equipe", "hasard"], "Façons connues"),
        (
            ["simuler", "annee_ordinaire", "--regles", "heures", "--graine=-4", "--equipe", "hasard"],
            "Simulation, graine",
        ),
        (["simuler", "annee_ordinaire", "--regles", *["heures"] * 7], "trop de règles"),
        (["simuler", "annee_ordinaire", "--regles", "heures", "--tirages", "0"], "Option --tirages"),
        (["simuler", "annee_ordinaire", "--regles", "heures", "--minimum=-5"], "Option --minimum"),
        (["simuler", "annee_ordinaire", "--regles", "heures", "--calcul", "dask"], "Choix : ici, fils, processus"),
    ],
)
def test_errors_say_what_to_do(words, said, capsys):
    assert main(words) == 1
    assert said in " ".join(capsys.readouterr().err.split())


def test_rules_of_a_report_have_one_same_scale(written):
    page = (written / "simulation_une_annee_ordinaire_5.html").read_text(encoding="utf-8")
    pictures = re.findall(r"<svg.*?</svg>", page, re.S)
    amounts = [re.findall(r">([\d\u202f]+\xa0€)<", each) for each in pictures]
    assert len(amounts) == 2
    assert amounts[0] == amounts[1]


def test_a_stopped_run_says_how_to_go_on(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(threading.Event, "is_set", lambda _: True)
    words = ["simuler", "annee_ordinaire", "--regles", "heures", "--tirages", "60000", "--calcul", "ici"]
    assert main([*words, "--reprise", str(tmp_path / "a.npz")]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Relancez la même commande pour finir." in said
    assert "histoires sur 60 000." in said.replace("\u202f", " ")


def test_a_machine_that_does_not_answer_is_said_at_once_and_without_noise(capsys):
    words = ["simuler", "annee_ordinaire", "--regles", "heures", "--calcul", "tcp://127.0.0.1:1"]
    assert main(words) == 1
    said = capsys.readouterr().err
    assert "personne ne répond" in said
    assert "Traceback" not in said


def test_one_rule_under_two_ways_of_choosing_who_takes_a_job(tmp_path, capsys):
    asked = ["simuler", "annee_ordinaire", "--regles", "heures", "heures", "--tirages", "256"]
    assert main([*asked, "--equipe", "volontaires", "moins_d_heures", "--sortie", str(tmp_path)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Règle 2 : Selon les heures · Moins d'heures d'abord." in said.replace("\u202f", " ").replace("\xa0", " ")
    table = pq.read_table(tmp_path / "simulation_personnes_1.parquet")
    assert set(table["equipe"].to_pylist()) == {"volontaires", "moins_d_heures"}


def test_never_more_histories_are_said_than_were_run(capsys):
    assert main(["simuler", "annee_ordinaire", "--regles", "heures", "parts_egales", "--tirages", "2"]) == 0
    said = " ".join(capsys.readouterr().out.replace("\u202f", "").replace("\xa0", " ").split())
    counted = [int(each) for each in re.findall(r"Sur (\d+) (?:année|histoire)s? simulée", said)]
    assert counted
    assert max(counted) <= 4  # two histories of two years
    assert "Sur 2 histoires simulées" in said


def test_who_advances_the_money_is_said_and_can_be_changed(tmp_path, capsys):
    path = tmp_path / "sans_avance.yaml"
    path.write_text("titre: Sans avance\nargent: {qui_avance: personne}\n", encoding="utf-8")
    for scenario, who in (("annee_ordinaire", "La CAE avance cet argent."), (str(path), "la paie attend.")):
        assert main(["simuler", scenario, "--regles", "heures", "--tirages", "20"]) == 0
        said = " ".join(capsys.readouterr().out.split())
        when = r"la caisse manque d'argent \d+ mois sur 24, à partir (de |d')\w+ de la (première|deuxième) année"
        assert re.search(when, said)
        assert re.search(r"il manque environ [\d ]+ €", said)
        assert who in said
