"""The open model: tables in euros and hours, the same cents as everywhere else, French errors, pictures."""

from __future__ import annotations

import re
from datetime import date

import matplotlib
import numpy as np
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import kpa_model as kpa
from kpa_model.cooperative.facts import months_of
from kpa_model.figures import plots
from kpa_model.notebook.shown import UNITS, written
from kpa_model.pay.engine import settle_months
from kpa_model.pay.ready import ready_rules

matplotlib.use("Agg")


@pytest.fixture(scope="module")
def book() -> kpa.Book:
    return kpa.read("tilleuls")


@pytest.fixture(scope="module")
def simulated() -> kpa.SimulatedYears:
    return kpa.simulate("annee_ordinaire", ["parts_egales", "heures"], histories=60, seed=7)


def test_tables_are_in_euros_and_hours_and_say_their_units(book: kpa.Book) -> None:
    inner = book.inner
    assert round(book.invoices["ht"].sum() * 100) == sum(line.before_tax for line in inner.lines)
    assert round(book.payments["recu"].sum() * 100) == sum(each.amount for each in inner.payments)
    assert round(book.costs["ht"].sum() * 100) == sum(each.before_tax for each in inner.costs)
    assert round(book.hours["heures"].sum() * 60) == sum(each.minutes for each in inner.hours)
    assert list(book.months["mois"]) == [str(each) for each in inner.months]
    assert len(book.people) >= len(inner.members)
    assert len(book.orders) == len(inner.orders)
    assert book.invoices.attrs[UNITS] == {"ht": "€", "tva": "€", "ttc": "€"}
    assert book.hours.attrs[UNITS] == {"heures": "h"}


def test_days_are_dates_of_pandas(book: kpa.Book) -> None:
    march = book.hours.query("'2025-03-01' <= le < '2025-04-01'")["heures"].sum()
    assert march == book.months.set_index("mois").loc["2025-03", "heures"]
    assert set(book.hours["le"].dt.year) == {2025, 2026}
    assert book.people["au"].isna().any()  # somebody is still there
    assert written(book.hours["le"].iloc[0]) == "06/01/2025"
    assert written(pd.NaT) == ""


def test_a_table_is_a_copy(book: kpa.Book) -> None:
    before, table = book.hours["heures"].sum(), book.hours
    table["heures"] = 0
    assert book.hours["heures"].sum() == before


@pytest.mark.parametrize("name", ["parts_egales", "heures", "minimum_et_heures"])
def test_a_share_holds_the_cents_of_the_engine(book: kpa.Book, name: str) -> None:
    settled = settle_months(ready_rules()[name], months_of(book.inner))
    shared = kpa.share(book, name)
    assert round(shared.frame()["cout_total"].sum() * 100) == sum(int(each.pay.sum()) for each in settled)
    assert round(shared.by_person()["cout_total"].sum() * 100) == sum(int(each.pay.sum()) for each in settled)
    last = shared.purses().iloc[-1]
    assert round(last["fonds"] * 100) == int(settled[-1].closing.fund)


def test_months_asked_follow_the_first_month_of_the_book(book: kpa.Book) -> None:
    whole, one = kpa.share(book, "heures"), kpa.share(book, "heures", "2026-03")
    found = whole.frame()
    pd.testing.assert_frame_equal(
        found[found["mois"] == "2026-03"].reset_index(drop=True), one.frame().reset_index(drop=True)
    )


def test_an_amount_explains_itself_to_the_cent(book: kpa.Book) -> None:
    shared = kpa.share(book, "heures")
    told = shared.explain("Awa", "2025-03")
    found = shared.frame().set_index(["mois", "personne"]).loc[("2025-03", "Awa"), "cout_total"]
    assert told.frame()["atteint"].iloc[-1] == found
    assert "mars 2025" in told.title
    assert told.sentences()[0].startswith("Awa reçoit ")


def test_a_rule_composed_in_python_is_the_rule_of_its_file() -> None:
    made = kpa.compose(
        "Essai", "frais_directs", kpa.step("part_au_fonds_commun", taux="5 %"), "par_heures",
        promises=({"plancher": {"euros": 12.5}},) if "plancher" in set(kpa.promises()["promesse"]) else (),
    )  # fmt: skip
    assert kpa.rule(made.text()).inner == made.inner
    assert made.aloud()[0] == "On paie les achats et les frais du mois."
    assert [*made.frame()["etape"]] == ["frais_directs", "part_au_fonds_commun", "par_heures"]


def test_rules_are_compared_on_the_same_months(book: kpa.Book) -> None:
    found = kpa.compare(book, ["parts_egales", "heures"], ["2025-01", "2025-02"]).frame().set_index("personne")
    one = kpa.share(book, "heures", ["2025-01", "2025-02"]).by_person().set_index("personne")["cout_total"]
    assert found["Selon les heures"].loc[one.index].to_list() == one.to_list()


def test_a_day_stands_for_its_month(book: kpa.Book) -> None:
    asked = kpa.share(book, "heures", "2025-03").frame()
    for each in (date(2025, 3, 31), pd.Timestamp("2025-03-01"), pd.Period("2025-03"), np.datetime64("2025-03-09")):
        assert kpa.share(book, "heures", each).frame().equals(asked)
        assert kpa.share(book, "heures", [each]).frame().equals(asked)


def test_two_rules_of_one_title_stay_two_columns(book: kpa.Book) -> None:
    one, other = (kpa.compose("Essai", kpa.step("part_au_fonds_commun", taux=f"{t} %"), "par_heures") for t in (5, 50))
    compared = kpa.compare(book, [one, other], "2025-03")
    found = compared.frame()
    assert list(found.columns) == ["personne", "Essai", "Essai (2)"]
    assert found["Essai"].sum() > found["Essai (2)"].sum() > 0
    assert "« Essai (2) »" in compared.sentences()[1]


def test_the_same_seed_gives_the_same_histories(simulated: kpa.SimulatedYears) -> None:
    again = kpa.simulate("annee_ordinaire", ["parts_egales", "heures"], histories=60, seed=7)
    other = kpa.simulate("annee_ordinaire", ["parts_egales", "heures"], histories=60, seed=8)
    assert simulated.digest == again.digest != other.digest
    assert len(simulated.by_month()) == simulated.plan.scenario.group.months
    assert (np.diff(simulated.by_month()[["q10", "q25", "q50", "q75", "q90"]].to_numpy(), axis=1) >= 0).all()
    assert simulated.chances()["enveloppe_vide"].between(0, 100).all()
    assert simulated.by_person()["sous_le_minimum"].between(0, 100).all()


def test_a_book_tells_a_scenario_that_can_be_played(book: kpa.Book) -> None:
    found = kpa.calibrate(book)
    assert set(found.frame()["nos_chiffres_le_disent"]) <= {"oui", "un peu", "non"}
    assert (found.frame()["bas"] <= found.frame()["haut"]).all()
    assert kpa.simulate(found, "heures", histories=10).plan.scenario == found.scenario.inner


def test_an_audit_tells_its_laws_its_gestures_and_the_order_of_steps(book: kpa.Book) -> None:
    found = kpa.audit_rule(book, "heures", until="2025-03")
    laws, gestures = found.frame().set_index("attente"), found.gestures().set_index("geste")
    assert [each.law.title for each in found.found.verdicts if not each.holds] == [*laws.index[laws.tenue != "oui"]]
    paying = gestures[gestures["rapporte"] > 0]
    assert "Noter deux heures d'appui de plus" in paying.index
    assert (paying["au_plus"] > 0).all()
    assert len(found.order()) == len(found.rule.frame()) - 1
    assert "€" in plots.alternative(found.plot(Figure().subplots()))


def test_rules_found_are_rules_that_share_what_they_say(book: kpa.Book) -> None:
    found = kpa.search_rules(book, "heures", least=20, loss=None, templates=["minimum_et_heures"], months=3, many=12)
    table = found.frame()
    for at, rule in enumerate(found.rules):
        last = kpa.share(book, rule, list(kpa.share(book, rule).frame()["mois"].unique()[-3:])).frame()
        assert table["plus_petit_mois"][at] <= last["cout_total"].max()
        assert found.by_person(at)["mois_moyen"].sum() > 0
    assert "loss" not in found.wishes.weights
    assert all("perte" not in each for each in found.explain(0) if each.startswith("Souhaits"))
    assert all(f"{at} : " in plots.alternative(found.plot(Figure().subplots())) for at in range(len(found.rules)))


def test_what_matters_most_comes_first_with_its_unit() -> None:
    found = kpa.sensitivity("annee_ordinaire", "heures", "minimum", effort=2)
    effects = found.frame()["effet"]
    assert [*effects] == sorted(effects, reverse=True)
    assert "% des mois" in plots.alternative(found.plot(Figure().subplots()))
    assert "hasard" in repr(found)


def test_agreement_is_told_only_when_there_is_enough() -> None:
    same = kpa.agreement(pd.DataFrame([[1, 2, 3, 1, 2, 3]] * 3))
    assert same.alpha == pytest.approx(1)
    few = kpa.agreement(pd.DataFrame([[1, 2], [1, 3]]))
    assert "trop peu" in few.sentences()[0]


def test_an_exercise_has_the_numbers_of_its_seed() -> None:
    name = next(each for each in kpa.exercise_list("prix")["nom"])
    one, again = kpa.draw_exercise(name, 3), kpa.draw_exercise(name, 3)
    assert one.sentences() == again.sentences()
    assert one.check("rien du tout")


WRONG = {
    "carnet": (lambda: kpa.read("tileuls"), "tilleuls"),
    "règle": (lambda: kpa.rule("heure"), "heures"),
    "mois": (lambda: kpa.share("tilleuls", "heures", "2019-33"), "Le carnet va de"),
    "mois vides": (lambda: kpa.share("tilleuls", "heures", []), "tous les mois"),
    "mois en nombre": (lambda: kpa.share("tilleuls", "heures", 3), "2025-03"),
    "mois non partagé": (
        lambda: kpa.share("tilleuls", "heures", "2025-03").explain("Awa", "2025-04"),
        "Le partage va de",
    ),
    "recette": (lambda: kpa.read("tilleuls", 7), "recette.yaml"),
    "carnet en tableau": (lambda: kpa.read(pd.DataFrame()), "kpa.books()"),
    "règles en liste": (lambda: kpa.share("tilleuls", ["heures", "parts_egales"]), "kpa.compare"),
    "aucune règle": (lambda: kpa.compare("tilleuls", []), "kpa.rules()"),
    "étapes en liste": (lambda: kpa.compose("E", ["par_heures"]), "l'une après l'autre"),
    "part ou pour cent": (lambda: kpa.step("part_au_fonds_commun", taux=0.05), 'taux="5 %"'),
    "axes": (lambda: kpa.share("tilleuls", "heures", "2025-03").plot(ax=Figure()), "plt.subplots()"),
    "histoires": (lambda: kpa.simulate("annee_ordinaire", "heures", histories="cent"), "1000"),
    "graine": (lambda: kpa.draw_exercise("prix_serre", seed="a"), "entier"),
    "thème": (lambda: kpa.exercise_list("prx"), "prix"),
    "lectures": (lambda: kpa.agreement([[1, 2]]), "DataFrame"),
    "personne": (lambda: kpa.share("tilleuls", "heures").explain("Awaa"), "Awa"),
    "étape": (lambda: kpa.compose("E", kpa.step("taux_horair")), "taux_horaire"),
    "scénario": (lambda: kpa.scenario("annee_ordinair"), "annee_ordinaire"),
    "souhait": (lambda: kpa.search_rules("tilleuls", "heures", must=["lest"]), "least"),
    "axe": (lambda: kpa.search_rules("tilleuls", "heures", axes=("least", "our")), "hour"),
    "dernier mois": (lambda: kpa.audit_rule("tilleuls", "heures", until="2031-01"), "2026"),
    "réponse": (lambda: kpa.sensitivity("annee_ordinaire", "heures", "moi"), "mois"),
    "grille": (lambda: kpa.grid("entrecom"), "entrecomp"),
    "exercice": (lambda: kpa.draw_exercise("rien"), ""),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_word_is_told_in_french_with_what_to_do(name: str) -> None:
    ask, todo = WRONG[name]
    with pytest.raises(kpa.KpaError) as refused:
        ask()
    assert todo in str(refused.value)


def test_a_notebook_shows_an_error_without_a_wall_of_code(capsys: pytest.CaptureFixture[str]) -> None:
    shell = InteractiveShell.instance()
    try:
        shell.run_cell("import kpa_model as kpa\nkpa.read('tileuls')")
    finally:
        InteractiveShell.clear_instance()
    said = "".join(capsys.readouterr())
    assert "Carnet « tileuls » : il n'existe pas." in said
    assert "Traceback" not in said
    assert ".py" not in said


def test_every_object_shows_itself_and_says_the_same_as_text(book: kpa.Book, simulated: kpa.SimulatedYears) -> None:
    shared = kpa.share(book, "heures")
    few = kpa.search_rules(book, "heures", templates=["parts_egales"], months=2, many=2)
    seen = (
        book,
        kpa.rule("heures"),
        kpa.grid("entrecomp"),
        kpa.scenario("annee_ordinaire"),
        shared,
        shared.explain("Awa"),
        few,
        simulated,
    )
    for each in (*seen, kpa.compare(book, ["heures"]), kpa.audit_rule(book, "parts_egales", until="2025-02")):
        html, text = each._repr_html_(), repr(each)
        assert each.title in text
        assert all(sentence in text for sentence in each.sentences())
        assert "<table" in html
        assert "<script" not in html
        assert re.findall(r"<th scope=\"col\">", html) == ['<th scope="col">'] * len(each.frame().columns)


def test_pictures_give_their_axes_and_say_the_same_as_text(book: kpa.Book, simulated: kpa.SimulatedYears) -> None:
    given = Figure().subplots()
    assert kpa.share(book, "heures").plot(given) is given
    for ax in (kpa.compare(book, ["parts_egales", "heures"]).plot(), simulated.plot(), simulated.plot(at=1)):
        assert isinstance(ax, Axes)
        assert "€" in plots.alternative(ax)
        matplotlib.pyplot.close(ax.figure)
    assert "Awa" in plots.alternative(given)


def test_tab_offers_the_open_model_first() -> None:
    assert {"read", "share", "compare", "simulate", "rules"} <= set(dir(kpa))
    assert set(dir(kpa)) == set(kpa.__all__)
