"""A bot takes the whole course: every page runs, every slider moves, every exercise is tried, helped and found."""

from __future__ import annotations

import re
from pathlib import Path

import ipywidgets as widgets
import nbformat
import pytest

import kpa_model as kpa
from kpa_model import places
from kpa_model.lessons import progress
from kpa_model.lessons.exercises import file as exercise_file
from kpa_model.lessons.exercises.exercise import THEMES
from kpa_model.lessons.measure import shown
from kpa_model.ui import state
from kpa_model.ui.screens.lessons.exercise import ExercisePlayed
from tests.notebooks.test_in_hand_screens import every, named, text

COURSE = sorted(path for path in places.notebooks().glob("[23]*.ipynb") if path.stem[:2] != "33")
SLIDERS = [
    "real_hour", "price_slider", "margin_and_markup", "break_even", "cash_calendar", "working_capital", "vat_lines",
    "funding_plan", "market_study", "cape_timeline", "commons_slider",
]  # fmt: skip
NAMES = [path.stem for path in sorted((places.data() / "exercices").glob("*.yaml"))]


@pytest.fixture
def store(tmp_path, monkeypatch) -> state.Store:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    return kpa.open_store()


def answered(played: ExercisePlayed, typed: str) -> str:
    played.answer.value = typed
    named(played.screen, "Vérifier").click()
    return text(played.screen)


@pytest.mark.parametrize("path", COURSE, ids=lambda path: path.stem)
def test_each_page_of_the_course_opens(path: Path, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    names = {"kpa": kpa}
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type != "code":
            continue
        *before, last = cell.source.splitlines()
        exec("\n".join(before), names)
        if last.startswith("kpa."):
            shown_now = text(eval(last, names))
            assert "Quelque chose n'a pas marché" not in shown_now
            assert "à corriger" not in shown_now
        else:
            exec(last, names)


def ends(each: widgets.Widget) -> tuple[int, int]:
    """The first and last values of a slider; one in euros is a list of amounts."""
    if isinstance(each, widgets.SelectionSlider):
        return each.options[0][1], each.options[-1][1]
    return each.min, each.max


@pytest.mark.parametrize("name", SLIDERS)
def test_every_slider_goes_from_end_to_end(store, name: str) -> None:
    screen = getattr(kpa, name)(store)
    sliders = [each for each in every(screen) if isinstance(each, widgets.IntSlider | widgets.SelectionSlider)]
    first, seen = text(screen), set()
    for each in sliders:
        usual = each.value
        for value in (*ends(each), usual):
            each.value = value
            told = text(screen)
            assert "Quelque chose n'a pas marché" not in told, (each.description, value)
            assert not re.search(r"\bnan\b|Traceback|inf\b", told)
            seen.add(told)
    assert text(screen) == first
    assert len(seen) > len(sliders)


def test_no_slider_counts_in_cents(store) -> None:
    shown_now = [each for name in SLIDERS for each in every(getattr(kpa, name)(store))]
    assert not [each for each in shown_now if "centime" in getattr(each, "description", "")]
    prices = [each for each in shown_now if isinstance(each, widgets.SelectionSlider)]
    assert [each.label.replace("\u00a0", " ") for each in prices] == ["4,20 €", "5,20 €"]


def test_all_sliders_at_both_ends_together(store) -> None:
    for name in SLIDERS:
        screen = getattr(kpa, name)(store)
        for end in (0, 1):
            for each in every(screen):
                if isinstance(each, widgets.IntSlider | widgets.SelectionSlider):
                    each.value = ends(each)[end]
            assert "Quelque chose n'a pas marché" not in text(screen), (name, end)


def test_sentences_of_the_screens_are_short(store) -> None:
    for name in SLIDERS:
        live = [each.value for each in every(getattr(kpa, name)(store)) if isinstance(each, widgets.HTML)]
        status = " ".join(re.findall(r'<div role="status">(.*?)</div>', " ".join(live), re.S))
        said = re.sub(r"<[^>]+>", " ", status)
        assert max(len(each.split()) for each in re.split(r"[.!?]\s", said)) <= 16, name


def test_the_price_of_the_reference_order_is_shown(store) -> None:
    told = text(kpa.price_slider(store))
    assert "20,05 € HT par personne" in told
    assert "15,89 €" in told
    assert "une heure est payée 5,87 € net" in told


def test_what_the_threshold_says_can_be_done_again_by_hand(store) -> None:
    told = text(kpa.break_even(store))
    assert "Le seuil est de 954,55 € de ventes HT." in told
    assert "Il faut 69 convives" in told  # 69 × 14 € pass the threshold: « cela fait » would be wrong


TILL = ("Argent en caisse", "Budget", "Notre trésorerie", "Dépenses", "Charges", "Frais", "Trajet", "Marge")


def test_each_amount_of_a_lesson_says_which_money_it_is(store) -> None:
    for name in SLIDERS:
        labels = [getattr(each, "description", "") for each in every(getattr(kpa, name)(store))]
        assert [
            each for each in labels if "en €" in each and not each.startswith(TILL) and not re.search("HT|TTC", each)
        ] == []
    assert "HT de commandes" in text(kpa.cash_calendar(store))


def test_a_purchase_spread_over_two_years_is_said_of_the_whole(store) -> None:
    told = text(kpa.funding_plan(store))
    assert "Il reste 300 € à trouver. L'achat entier, étalé sur deux ans, fait 50 € par mois." in told


def test_a_pitch_is_read_aloud_and_kept_nowhere(store, tmp_path) -> None:
    screen = kpa.my_pitch(store)
    box = named(screen, "Leur besoin")
    box.value = "mot " * 120 + "<b>9182"
    assert "coupez un peu" in text(screen)
    named(screen, "La suite").value = "Merci."
    assert "Terminez par une question." in text(screen)
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and "9182" in path.read_text(errors="ignore")]


@pytest.mark.parametrize("name", NAMES)
def test_a_bot_tries_every_mistake_takes_every_hint_and_finds(store, name: str) -> None:
    played = ExercisePlayed(exercise_file.exercise_named(name), series=2026)
    drawn, made = played.drawn, played.known
    assert drawn.text.split(".")[0].replace("\u00a0", " ").replace("\u202f", " ") in text(played.screen)
    assert "La réponse manque." in answered(played, "" if made.answer else None)
    wrong = {each.name: each.name for each in made.options if not each.right}
    if made.answer:
        wrong = {mistake: shown(value, made.answer.unit) for mistake, value in drawn.wrong.items()}
    for mistake, typed in wrong.items():
        told = answered(played, typed.split(" par ")[0])
        if not getattr(next((each for each in made.mistakes if each.name == mistake), None), "same_as", ""):
            assert "Une erreur habituelle." in told, mistake
    assert name not in progress.found()
    for hint in drawn.hints:
        named(played.screen, "Un indice").click()
        assert hint.replace("\u00a0", " ").replace("\u202f", " ")[:40] in text(played.screen)
    named(played.screen, "Voir le raisonnement").click()
    assert "Le raisonnement" in text(played.screen)
    right = drawn.written if made.answer else next(each.name for each in made.options if each.right)
    assert "Trouvé." in answered(played, right.split(" par ")[0])
    assert progress.found() == (name,)


def test_other_numbers_and_the_series_of_a_sheet(store) -> None:
    first = kpa.exercise(store, "prix_buffet", 12)
    assert "numéro 12" in text(first)
    assert text(first) == text(kpa.exercise(store, "prix_buffet", 12))
    before = text(first)
    named(first, "D'autres nombres").click()
    assert text(first) != before
    assert "SMIC brut, une heure" in before
    assert "à vérifier avec la CAE" in before


def test_progress_is_for_oneself_and_can_be_erased(store, tmp_path) -> None:
    screen = kpa.exercises(store, "tva")
    progress.add("tva_deux_taux")
    assert "1 exercice trouvé sur 4" in text(kpa.exercises(store, "tva"))
    kept = (tmp_path / "exercices_faits.json").read_text(encoding="utf-8")
    assert kept == '{"trouves": ["tva_deux_taux"]}'
    named(screen, "Effacer mes ✓").click()
    assert "0 exercice trouvé sur 4" in text(screen)
    (tmp_path / "exercices_faits.json").write_text("[", encoding="utf-8")
    assert progress.found() == ()


def test_every_theme_is_found_from_one_page(store) -> None:
    screen = kpa.all_exercises(store)
    for theme in THEMES:
        named(screen, "Thème").value = theme
        fold = next(each for each in every(screen) if isinstance(each, widgets.Accordion))
        assert len(fold.children) == len(exercise_file.exercises(theme)[0])


def test_a_trainer_prints_one_sheet_per_group(store) -> None:
    screen = kpa.exercise_sheets(store)
    named(screen, "Groupes").value = 3
    named(screen, "Préparer les fiches").click()
    found = " ".join(each.value for each in every(screen) if isinstance(each, widgets.HTML))
    assert found.count("data:application/pdf;base64,JVBER") == 4


def test_a_printed_series_is_opened_again(store) -> None:
    screen = kpa.open_series(store)
    named(screen, "Exercice").value = "prix_buffet"
    named(screen, "Numéro de série").value = "2026"
    named(screen, "Ouvrir cette série").click()
    assert text(kpa.exercise(store, "prix_buffet", 2026)).strip() in text(screen)
    named(screen, "Numéro de série").value = "douze"
    named(screen, "Ouvrir cette série").click()
    assert "ce n'est pas un nombre entier" in text(screen)
    named(screen, "Numéro de série").value = "2027"
    named(screen, "Ouvrir cette série").click()
    assert "ce n'est pas un nombre entier" not in text(screen)


def test_a_trainer_writes_an_exercise_and_is_told_of_a_wrong_example(store, tmp_path) -> None:
    screen = kpa.exercise_maker(store)
    area = named(screen, "Texte de l'exercice")
    good = area.value
    area.value = good.replace('reponse: "15,40"', 'reponse: "15,50"')
    assert area.value != good
    named(screen, "Vérifier cet exercice").click()
    assert "la formule donne 15,40 €, l'exemple dit 15,50 €" in text(screen)
    named(screen, "Le garder pour le groupe").click()
    assert not (tmp_path / "exercices").exists()
    area.value = good.replace("Le prix à afficher", "Notre affiche")
    named(screen, "Vérifier cet exercice").click()
    assert "chaque erreur se reconnaît" in text(screen)
    named(screen, "Nom du fichier").value = "Notre affiche"
    named(screen, "Le garder pour le groupe").click()
    assert (tmp_path / "exercices" / "notre_affiche.yaml").read_text(encoding="utf-8") == area.value
    assert "Notre affiche" in [each.title for each in exercise_file.exercises("prix")[0]]


def test_what_cannot_be_read_is_framed(store, tmp_path) -> None:
    assert "Vouliez-vous dire « prix_buffet » ?" in text(kpa.exercise(store, "prix_bufet"))
    (tmp_path / "exercices").mkdir()
    (tmp_path / "exercices" / "casse.yaml").write_text("titre: [", encoding="utf-8")
    assert "casse.yaml" in text(kpa.exercises(store, "prix"))
    assert "Aucun exercice" in text(kpa.exercises(store, "pris"))
