"""A bot plays the screens of the booklet: it makes one, tells a pathway, shares, takes away, loses its phrase, ends."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import ipywidgets as widgets
import pytest
from ipywidgets.widgets import widget as widget_module
from pypdf import PdfReader

import kpa_model as kpa
from kpa_model.assessment import badges, booklet
from kpa_model.assessment.grid_file import ready_grids
from kpa_model.assessment.kept import Feedback
from kpa_model.files.closed import booklets, mailbox, sealed
from kpa_model.story.booklet import phone
from kpa_model.story.booklet.reply import close_reply
from kpa_model.ui import state
from kpa_model.ui.screens.booklet import adviser as booklet_adviser
from kpa_model.ui.screens.booklet import session as booklet_session
from kpa_model.ui.screens.booklet.session import BookletSession
from tests.notebooks.screens import every, html, named, text

PHRASE = "un lilas sous la pluie fine"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    for where in (booklets.create, booklets.share, booklets.OpenBooklet.change_phrase):  # scrypt at its least
        monkeypatch.setattr(where, "__defaults__", (sealed.LEAST_COST,))
    return tmp_path


@pytest.fixture
def screen() -> widgets.Widget:
    return kpa.my_booklet(kpa.open_store())


def click(widget: widgets.Widget, description: str) -> None:
    named(widget, description).click()


def go(screen: widgets.Widget, panel: str) -> None:
    named(screen, "Aller à").value = panel


def on(screen: widgets.Widget, day: date) -> None:
    named(screen, "Nous sommes le").value = day


def given(widget: widgets.FileUpload, name: str, content: bytes) -> None:
    about = {"name": name, "type": "", "size": len(content), "last_modified": datetime(2026, 1, 15, tzinfo=UTC)}
    widget.value = ({**about, "content": content},)


def downloaded(widget: widgets.Widget, name: str) -> bytes:
    found = re.findall(rf'download="{re.escape(name)}" href="data:[^;]+;base64,([^"]+)"', html(widget))
    return base64.b64decode(found[-1])


def fill_creation(screen: widgets.Widget) -> None:
    named(screen, "Mon prénom, ou un surnom").value = "Zohra <b>"
    named(screen, "Mon arrivée").value = date(2026, 1, 15)
    named(screen, "Ma phrase secrète").value = named(screen, "Encore une fois").value = PHRASE
    named(screen, "J'ai compris : sans phrase ni mots, personne ne rouvrira mon livret.").value = True


def words_of(screen: widgets.Widget) -> list[str]:
    return re.findall(r"<li>(\w+)</li>", html(screen).split('class="kpa-words"')[1])[:12]


def make(screen: widgets.Widget) -> list[str]:
    fill_creation(screen)
    click(screen, "Créer mon livret")
    words = words_of(screen)
    named(screen, "Touchez le mot numéro 3").value, named(screen, "Touchez le mot numéro 9").value = words[2], words[8]
    click(screen, "C'est noté sur papier")
    on(screen, date(2026, 1, 15))
    if named(screen, "Aller à").value is None:
        go(screen, "Mon chemin")
    return words


def kept() -> dict:
    return booklets.open_booklet(booklets.known()[0], PHRASE).content


# --- the door


def test_what_can_be_lost_is_said_before_anything_is_made(screen):
    assert "Sans la phrase et sans les mots, le livret reste fermé pour toujours." in text(screen)
    fill_creation(screen)
    named(screen, "J'ai compris : sans phrase ni mots, personne ne rouvrira mon livret.").value = False
    click(screen, "Créer mon livret")
    assert "une case n'est pas cochée" in text(screen)
    assert booklets.known() == []


def test_two_different_phrases_or_a_short_one_make_nothing(screen):
    fill_creation(screen)
    named(screen, "Encore une fois").value = "autre"
    click(screen, "Créer mon livret")
    assert "les deux phrases sont différentes" in text(screen)
    named(screen, "Ma phrase secrète").value = "autre"
    click(screen, "Créer mon livret")
    assert "elle est trop courte" in text(screen)
    assert booklets.known() == []


def test_the_words_are_asked_back_and_no_secret_stays_in_a_field(screen):
    fill_creation(screen)
    click(screen, "Créer mon livret")
    assert len(words_of(screen)) == 12
    assert downloaded(screen, "mots_de_secours.pdf").startswith(b"%PDF")
    click(screen, "C'est noté sur papier")
    assert "ce ne sont pas ces deux mots" in text(screen)
    fields = [each.value for each in every(screen) if isinstance(each, widgets.Text | widgets.Password)]
    assert PHRASE not in fields


def begin(screen: widgets.Widget) -> tuple[str, list[str]]:
    """Make a booklet with a drawn phrase; return the phrase, and the words of its sheet."""
    fill_creation(screen)
    named(screen, "Ma phrase secrète").value = named(screen, "Encore une fois").value = ""
    click(screen, "Créer mon livret")
    drawn = re.findall(r"<li>(\w+)</li>", html(screen).split('class="kpa-words"')[1])[:6]
    sheet = PdfReader(io.BytesIO(downloaded(screen, "mots_de_secours.pdf"))).pages[0].extract_text()
    assert " ".join(drawn) in " ".join(sheet.split())
    for rank in (2, 5):
        named(screen, f"Touchez le mot numéro {rank}").value = drawn[rank - 1]
    click(screen, "C'est noté sur papier")
    return " ".join(drawn), re.findall(r"\d+\.\s+(\w+)", sheet)


def first_answers(screen: widgets.Widget) -> None:
    click(screen, "Pour commencer : une page de questions")
    click(screen, "J'explique avec mes mots.")
    click(screen, "Finir maintenant")
    click(screen, "Garder mes réponses")


def test_without_a_phrase_of_ones_own_six_drawn_words_close_the_booklet(screen):
    drawn, words = begin(screen)
    assert len(words) == 12
    for secret, kind in ((drawn, "phrase"), (" ".join(words), "mots")):
        assert booklets.open_booklet(booklets.known()[0], secret, kind).content["nom"] == "Zohra <b>"
    assert "douze mots" not in text(screen)  # one thing at a time


def test_the_recovery_words_wait_in_the_booklet_until_they_are_noted(screen):
    drawn, words = begin(screen)
    first_answers(screen)
    assert "Il reste douze mots de secours à noter." in text(screen)
    click(screen, "Fermer mon livret")
    named(screen, "Ma phrase secrète").value = drawn
    click(screen, "Ouvrir mon livret")
    click(screen, "Noter mes douze mots")
    assert words_of(screen) == words
    click(screen, "C'est noté sur papier")
    assert "ce ne sont pas ces deux mots" in text(screen)
    named(screen, "Touchez le mot numéro 3").value, named(screen, "Touchez le mot numéro 9").value = words[2], words[8]
    click(screen, "C'est noté sur papier")
    assert 'class="kpa-words"' not in html(screen)
    assert "secours" not in booklets.open_booklet(booklets.known()[0], drawn).content["brouillons"]
    click(screen, "Fermer mon livret")
    named(screen, "Ma phrase secrète").value = drawn
    click(screen, "Ouvrir mon livret")
    assert "douze mots de secours à noter" not in text(screen)


@pytest.mark.parametrize("day", [date(26, 1, 15), date(9999, 12, 31)])
def test_a_year_that_nobody_means_is_refused_and_changes_nothing(screen, day):
    fill_creation(screen)
    named(screen, "Mon arrivée").value = day
    click(screen, "Créer mon livret")
    assert f"l'année {day.year} n'est pas possible" in text(screen)
    assert booklets.known() == []
    make(screen)
    on(screen, day)  # a day one looks from: as if nothing had been chosen
    for field, button in (("Premier jour", "Noter ce contrat"), ("Pause à partir du", "Je pars"), ("Le", "Noter")):
        named(screen, field).value = day
        click(screen, button)
    assert text(screen).count(f"l'année {day.year} n'est pas possible") == 3
    assert [kept().get(name) for name in ("contrats", "pauses")] == [[], []]


def test_words_noted_in_another_page_are_not_asked_again(screen):
    drawn, words = begin(screen)
    first_answers(screen)
    other = kpa.my_booklet(kpa.open_store())
    named(other, "Ma phrase secrète").value = drawn
    click(other, "Ouvrir mon livret")
    click(other, "Noter mes douze mots")
    named(other, "Touchez le mot numéro 3").value, named(other, "Touchez le mot numéro 9").value = words[2], words[8]
    click(other, "C'est noté sur papier")
    go(screen, "Mon portrait")
    named(screen, "Ce que je sais faire").value = "Coudre"
    next(each for each in every(screen) if getattr(each, "description", "") == "Garder").click()
    go(screen, "Mes grilles")  # it was saved, and what the other page said came in
    assert "Il reste douze mots" not in text(screen)


def test_a_new_phrase_gives_words_that_wait_too(screen):
    make(screen)
    click(screen, "Pour commencer : une page de questions")
    first_answers(screen)
    go(screen, "Emporter, protéger")
    named(screen, "Ma nouvelle phrase").value = named(screen, "Encore une fois").value = "une tortue toute neuve chante"
    click(screen, "Changer de phrase")
    words = words_of(screen)
    waiting = booklets.open_booklet(booklets.known()[0], "une tortue toute neuve chante").content["brouillons"]
    assert waiting["secours"] == {"mots": " ".join(words)}


def test_a_phrase_of_ones_own_is_neither_shown_nor_printed(screen):
    fill_creation(screen)
    click(screen, "Créer mon livret")
    assert "Votre phrase secrète" not in html(screen)
    assert (
        "Cette phrase" not in PdfReader(io.BytesIO(downloaded(screen, "mots_de_secours.pdf"))).pages[0].extract_text()
    )


def test_a_page_left_before_the_phrase_is_noted_leaves_no_booklet_that_nobody_opens(screen):
    fill_creation(screen)
    click(screen, "Créer mon livret")
    assert booklets.known() == []


def test_an_empty_booklet_shows_one_thing_to_do(screen):
    fill_creation(screen)
    click(screen, "Créer mon livret")
    words = words_of(screen)
    named(screen, "Touchez le mot numéro 3").value, named(screen, "Touchez le mot numéro 9").value = words[2], words[8]
    click(screen, "C'est noté sur papier")
    assert named(screen, "Aller à").value is None
    click(screen, "Pour commencer : une page de questions")
    assert "Question 1 sur 8" in text(screen)


def test_the_first_panel_comes_before_the_menu_and_the_others_after_it(screen):
    def after_the_menu(title: str) -> bool:
        shown = [getattr(each, "description", "") for each in every(screen)]
        return shown.index(title) > shown.index("Aller à")

    words = begin(screen)[1]
    first_answers(screen)
    assert not after_the_menu("Répondre de nouveau")
    assert text(screen).count("Il reste douze mots de secours à noter.") == 1
    go(screen, "Partager")
    assert after_the_menu("Imprimer ce que je coche")
    assert "Il reste douze mots de secours à noter." in text(screen)  # until it is done
    click(screen, "Noter mes douze mots")
    named(screen, "Touchez le mot numéro 3").value, named(screen, "Touchez le mot numéro 9").value = words[2], words[8]
    click(screen, "C'est noté sur papier")
    go(screen, "Mes grilles")
    assert "Il reste douze mots de secours à noter." not in text(screen)


def test_a_name_with_signs_is_shown_as_written(screen):
    make(screen)
    assert "Livret de Zohra &lt;b&gt;" in html(screen)


def test_a_wrong_phrase_says_so_and_a_forgotten_one_is_replaced_by_the_words(screen):
    words = make(screen)
    click(screen, "Fermer mon livret")
    assert "Zohra" not in text(screen)
    named(screen, "Ma phrase secrète").value = "pas la bonne phrase"
    click(screen, "Ouvrir mon livret")
    assert "ces mots ne l'ouvrent pas" in text(screen)
    named(screen, "Mes douze mots de secours").value = " ".join(words).upper()
    click(screen, "Ouvrir avec mes mots")
    assert "Livret de Zohra" in text(screen)


def test_a_booklet_closes_by_itself_and_says_why(screen, monkeypatch):
    found = []
    monkeypatch.setattr(BookletSession, "gesture", lambda self: found.append(self))
    make(screen)
    found[-1]._alone()
    assert "faute de geste" in text(screen)
    assert "Zohra" not in text(screen)


# --- a pathway


def test_from_entry_to_take_off(screen, home):
    make(screen)
    assert "Ensuite : entretien d'accueil, aujourd'hui." in text(screen)
    go(screen, "Mes entretiens")
    click(screen, "Enregistrer l'entretien")
    assert "aucune réponse n'est écrite" in text(screen)
    named(screen, "Qu'est-ce que je sais faire ?").value = "Coudre un ourlet invisible"
    named(screen, "Mon prochain pas").value = "Montrer ma machine"
    named(screen, "Je le fais avant le").value = date(2026, 2, 1)
    click(screen, "Enregistrer l'entretien")
    assert "L'entretien est gardé" in text(screen)
    on(screen, date(2026, 9, 20))
    assert "À préparer : entretien, c'était prévu le 15 mars 2026." in text(screen)
    go(screen, "Mon chemin")
    assert "Signature du CAPE : c'était prévu le 15 mars 2026." in text(screen)
    named(screen, "Premier jour").value = date(2026, 3, 20)
    click(screen, "Noter ce contrat")
    assert "Votre CAPE va du 20 mars 2026 au 19 mars 2027." in text(screen)
    assert "Il peut encore être renouvelé 2 fois, par écrit." in text(screen)
    assert "Signature du CAPE : c'était prévu" not in text(screen)
    named(screen, "Premier jour").value = date(2027, 3, 19)
    click(screen, "Noter le renouvellement")
    assert "le contrat déjà noté va jusqu'au 19 mars 2027." in text(screen)
    go(screen, "Mes entretiens")
    named(screen, "Quel entretien").value = "bilan"
    named(screen, "Qu'ai-je appris sur moi ?").value = "Je sais dire non"
    click(screen, "Enregistrer l'entretien")
    on(screen, date(2027, 4, 20))
    named(screen, "Quel entretien").value = "envol"
    named(screen, "Quelle suite je choisis ?").value = "Me former"
    click(screen, "Enregistrer l'entretien")
    go(screen, "Mon chemin")
    table = text(screen).split("Toutes mes dates")[-1]
    assert "20 avril 2027 Entretien d'envol ✓ fait" in table
    assert [each["genre"] for each in kept()["entretiens"]] == ["entretien", "bilan", "envol"]
    assert kept()["buts"][0]["titre"] == "Montrer ma machine"
    assert b"ourlet" not in b"".join(each.read_bytes() for each in home.rglob("*") if each.is_file())


def test_an_interview_of_tomorrow_is_refused(screen):
    make(screen)
    go(screen, "Mes entretiens")
    named(screen, "Qu'est-ce que je sais faire ?").value = "Coudre"
    named(screen, "Date de l'entretien").value = date(2026, 1, 16)
    click(screen, "Enregistrer l'entretien")
    assert "la date manque, ou elle est à venir" in text(screen)
    assert kept()["entretiens"] == []


def test_a_pause_and_a_return(screen):
    make(screen)
    on(screen, date(2026, 4, 1))
    named(screen, "Pause à partir du").value = date(2026, 4, 1)
    click(screen, "Je pars")
    assert "Vous êtes en pause" in text(screen)
    named(screen, "Retour le").value = date(2026, 5, 1)
    click(screen, "Je reviens")
    assert "Vous êtes en pause" not in text(screen)
    assert kept()["pauses"] == [{"debut": "2026-04-01", "fin": "2026-05-01"}]


def test_talents_experiences_and_steps_are_added_done_and_removed(screen):
    make(screen)
    go(screen, "Mon portrait")
    add = [each for each in every(screen) if getattr(each, "description", "") == "Garder"]
    named(screen, "Ce que je sais faire").value = "Cuisiner"
    add[0].click()
    named(screen, "Mon prochain pas").value = "Appeler la mairie"
    add[-1].click()
    assert "Cuisiner" in text(screen)
    goal = named(screen, "Ce pas est fait")
    click(screen, "C'est fait")
    assert kept()["buts"][0]["fait_le"] == "2026-01-15"
    assert goal.options == (("—", ""),)
    click(screen, "Retirer")
    assert kept()["talents"] == []


def test_hours_of_the_order_book_are_taken_only_when_ticked(screen):
    make(screen)
    go(screen, "Mon portrait")
    who = named(screen, "Mon nom dans le carnet")
    name = state.book_of(kpa.open_store().state).hours[0].member
    who.value = name
    take = [each for each in every(screen) if getattr(each, "description", "") == "Garder"][2]
    take.click()
    assert "rien n'est coché" in text(screen)
    ticks = [each for each in every(screen) if isinstance(each, widgets.Checkbox) and "Prestation" in each.description]
    assert len({each.description for each in ticks}) == len(ticks)  # two orders of the same name have two days
    ticks[0].value = True
    take.click()
    assert [each["source"] for each in kept()["experiences"]] == ["carnet"]
    who.value = name
    named(screen, "Tout cocher").value = True
    take.click()
    assert len(kept()["experiences"]) >= len(ticks)


def test_a_badge_is_signed_by_the_group_kept_and_a_changed_one_refused(screen, home):
    make(screen)
    group = kpa.our_recognition(kpa.open_store())
    named(group, "La personne, comme elle veut être nommée").value = "Zohra"
    named(group, "Ce que nous reconnaissons").value = "Préparer un buffet"
    named(group, "Le").value = date(2026, 1, 10)
    click(group, "Signer le badge")
    token = downloaded(group, "badge.jwt")
    assert (home / booklets.GROUP_KEY).stat().st_mode & 0o077 == 0
    go(screen, "Mon portrait")
    upload = named(screen, "Choisir le fichier du badge")
    given(upload, "badge.jwt", token[:-8] + b"AAAAAAAA")
    click(screen, "Vérifier et garder")
    assert "il a été changé" in text(screen)
    given(upload, "badge.jwt", token)
    click(screen, "Vérifier et garder")
    assert "C'est la clé de notre groupe." in text(screen)
    assert badges.verify(kept()["badges"][0]["jeton"], date(2026, 1, 15)).title == "Préparer un buffet"
    given(named(group, "Choisir un badge"), "badge.jwt", token)
    click(group, "Vérifier")
    assert "« Préparer un buffet », pour Zohra." in text(group)
    assert "Il n'était pas retiré le" in text(group)
    picture = downloaded(group, "badge.svg")
    given(named(group, "Choisir le badge à retirer"), "badge.svg", picture)
    click(group, "Retirer ce badge")
    assert "la case n'est pas cochée" in text(group)
    named(group, "Le groupe en a décidé ensemble").value = True
    click(group, "Retirer ce badge")
    assert "Le badge « Préparer un buffet » est retiré." in text(group)
    click(group, "Vérifier")
    assert "le groupe l'a retiré le" in text(group)
    assert "La signature est bonne" not in text(group)
    given(upload, "badge.svg", picture)
    click(screen, "Vérifier et garder")
    assert "le groupe l'a retiré le" in text(screen)


def test_a_badge_signed_by_an_unknown_key_never_looks_like_one_of_ours(screen, home):
    make(screen)
    kpa.our_recognition(kpa.open_store())
    booklets.keep_group_key(badges.new_group_key())
    token = badges.issue(badges.new_group_key(), "Les Tilleuls", "Zohra", "Faux", "", "", date(2026, 1, 10))
    go(screen, "Mon portrait")
    given(named(screen, "Choisir le fichier du badge"), "badge.jwt", token.encode())
    click(screen, "Vérifier et garder")
    shown = html(screen)
    assert "Clé inconnue ici" in shown
    assert "Se dit donné par Les Tilleuls." in shown
    assert "kpa-success" not in shown
    assert "La signature est bonne" not in shown


# --- grids


def tap(screen: widgets.Widget, begins: str) -> None:
    """Tap the answer that begins so, on the card shown."""
    buttons = [each for each in every(screen) if isinstance(each, widgets.Button)]
    next(each for each in buttons if each.description.startswith(begins)).click()


def test_a_grid_is_asked_one_criterion_at_a_time_and_each_answer_is_saved_at_once(screen):
    make(screen)
    go(screen, "Mes grilles")
    assert named(screen, "La grille").value == "images", "the shortest grid comes first"
    asked = ready_grids()["images"].criteria
    for at, each in enumerate(asked):
        assert f"Question {at + 1} sur 8" in text(screen)
        assert each.name in text(screen)
        assert html(screen).count("data:image/svg") == 4, "one drawing for the thing, one for each level"
        assert html(screen).count('alt="Par moi-même"') == 1, "said to who does not see it"
        tap(screen, each.descriptors[1])
        assert len(kept()["brouillons"]["grille:images"]) == at + 1
    assert "J'ai répondu à 8\xa0questions sur 8" in html(screen)
    tap(screen, f"{asked[1].name} : Par moi-même")
    assert "Question 2 sur 8" in text(screen)
    tap(screen, "Pas encore rencontré")
    assert "Question 3 sur 8" in text(screen)
    click(screen, "← Retour")
    assert any(
        each.description == "✓ Pas encore rencontré" for each in every(screen) if isinstance(each, widgets.Button)
    )
    click(screen, "Finir maintenant")
    click(screen, "Garder mes réponses")
    assert kept()["brouillons"] == {}
    assert len(booklet.from_data(kept()).grids[0].lines) == 8


def test_what_i_said_is_beside_what_another_saw_and_nothing_is_counted(screen):
    make(screen)
    go(screen, "Mes grilles")
    named(screen, "La grille").value = "implication"
    tap(screen, "Je découvre")
    click(screen, "Finir maintenant")
    click(screen, "Garder mes réponses")
    assert "La grille est gardée" in text(screen)
    assert "Côte à côte" not in text(screen)
    page = downloaded(screen, "grille.html").decode()
    assert "qui_repond" in page
    key = re.search(r'name="([a-z_]+)" value="2"', page)[1]
    answer = {"format": "reponses-kpa-1", "genre": "grille:implication", "reponses": {"qui_repond": "Bruno", key: "3"}}
    given(named(screen, "Choisir le fichier reçu"), "r.json", json.dumps(answer).encode())
    click(screen, "Ajouter")
    said = text(screen)
    assert "Les réponses de Bruno sont dans votre livret." in said
    assert "Côte à côte" in said
    assert "≠ différent" in said
    assert not re.search(r"moyenne|score|\d/\d|%", said.split("Côte à côte")[1])


# --- sharing


def share(screen, item: str) -> str:
    """Share one item, and return its code."""
    go(screen, "Partager")
    named(screen, "Pour qui").value = "Dalila"
    named(screen, item).value = True
    click(screen, "Partager")
    return re.search(r'class="kpa-code">([^<]+)<', html(screen))[1]


def test_an_adviser_prints_sees_the_end_that_comes_and_writes_a_plan_that_both_sign(screen):
    make(screen)
    go(screen, "Mon chemin")
    named(screen, "Premier jour").value = date(2026, 1, 10)
    click(screen, "Noter ce contrat")
    code = share(screen, "Mon contrat : CAPE, 10 janvier 2026")
    desk = booklet_adviser.received()
    named(desk, "Le code reçu").value = code
    click(desk, "Lire ce partage")
    assert "9 janvier 2027" in text(desk)
    assert "Les fins de contrat qui viennent" in text(desk)
    assert "demande 5 personnes" in text(desk)
    click(desk, "Imprimer ce partage")
    assert "application/pdf" in html(desk)
    named(desk, "Mon nom").value = "Dalila"
    named(desk, "Ce que je veux lui dire").value = "Vous avez tenu la caisse seule."
    named(desk, "Un plan d'action").value = "Appeler la CAE, avant le 1er décembre\nChoisir un atelier"
    click(desk, "Signer et fermer pour cette personne")
    assert "qui seule peut le lire" in text(desk)
    click(screen, "Fermer mon livret")
    named(screen, "Ma phrase secrète").value = PHRASE
    click(screen, "Ouvrir mon livret")
    on(screen, date(2026, 1, 15))
    go(screen, "Partager")
    assert "Plan d'action de Dalila" in text(screen)
    click(screen, "Signer et garder")
    (kept_back,) = kept()["retours"]
    assert kept_back["pas"] == ["Appeler la CAE, avant le 1er décembre", "Choisir un atelier"]
    assert (kept_back["par"], kept_back["signe_le"]) == ("Dalila", "2026-01-15")
    assert "Rien n'attend ici." in text(screen)


def test_sharing_is_item_by_item_and_can_stop(screen):
    make(screen)
    go(screen, "Mes entretiens")
    named(screen, "Qu'est-ce que je sais faire ?").value = "Coudre"
    named(screen, "Mon prochain pas").value = "Montrer ma machine"
    click(screen, "Enregistrer l'entretien")
    go(screen, "Partager")
    click(screen, "Partager")
    assert "il manque un élément ou une personne" in text(screen)
    named(screen, "Pour qui").value = "Dalila"
    named(screen, "Mes prochains pas : Montrer ma machine").value = True
    click(screen, "Partager")
    code = re.search(r'class="kpa-code">([^<]+)<', html(screen))[1]
    reading = booklet_adviser.received()
    named(reading, "Le code reçu").value = code
    click(reading, "Lire ce partage")
    assert "Montrer ma machine" in text(reading)
    assert "Coudre" not in text(reading)
    click(reading, "Fermer ce partage")
    assert "Montrer" not in text(reading)
    click(screen, "Arrêter ce partage")
    assert "Ce qui a été lu ne s'oublie pas." in text(screen)
    named(reading, "Le code reçu").value = code
    click(reading, "Lire ce partage")
    assert "ce code n'ouvre aucun partage ici" in text(reading)
    assert kept()["partages"][0]["arrete_le"] == "2026-01-15"


# --- taking away, another phrase, the end


def test_it_can_be_taken_away_open_closed_and_on_paper(screen):
    make(screen)
    go(screen, "Emporter, protéger")
    click(screen, "Imprimer mon livret")
    assert downloaded(screen, "mon_livret.pdf").startswith(b"%PDF")
    click(screen, "Emporter mon livret ouvert")
    folder = zipfile.ZipFile(io.BytesIO(downloaded(screen, "mon_livret_ouvert.zip")))
    assert {"LISEZMOI.txt", "livret.html", "livret.json", "schema.json"} <= set(folder.namelist())
    assert "PRIVATE KEY" not in folder.read("livret.json").decode()
    click(screen, "Emporter une copie fermée")
    assert b"Zohra" not in downloaded(screen, "copie.livret")


def test_an_open_folder_comes_back_only_when_asked_twice(screen):
    make(screen)
    go(screen, "Emporter, protéger")
    click(screen, "Emporter mon livret ouvert")
    content = downloaded(screen, "mon_livret_ouvert.zip")
    mine = booklet.from_data(json.loads(zipfile.ZipFile(io.BytesIO(content)).read("livret.json")))
    changed = booklet.added(mine, "talents", booklet.Talent("Venu d'ailleurs"))
    given(named(screen, "Choisir un livret ouvert"), "livret.json", json.dumps(booklet.as_data(changed)).encode())
    click(screen, "Reprendre")
    assert kept()["talents"] == []
    named(screen, "Remplacer tout ce que contient ce livret").value = True
    click(screen, "Reprendre")
    assert kept()["talents"][0]["titre"] == "Venu d'ailleurs"
    assert kept()["cle_telephone"]


def test_another_phrase_brings_other_words(screen):
    make(screen)
    go(screen, "Emporter, protéger")
    named(screen, "Ma nouvelle phrase").value = named(screen, "Encore une fois").value = (
        "trois pommes rondes et un vélo"
    )
    click(screen, "Changer de phrase")
    assert len(words_of(screen)) == 12
    with pytest.raises(sealed.WrongSecret):
        kept()
    assert booklets.open_booklet(booklets.known()[0], "trois pommes rondes et un vélo").content["nom"] == "Zohra <b>"


def test_deleting_asks_then_deletes_and_says_what_it_cannot_delete(screen):
    make(screen)
    go(screen, "Emporter, protéger")
    assert "Nous ne pouvons pas effacer vos copies" in text(screen)
    click(screen, "Effacer")
    assert len(booklets.known()) == 1
    for pem in (kept()["cle_telephone"], phone.new_phone_key()):
        key = base64.b64decode(phone.public_part(pem))
        mailbox.leave(mailbox.REPLY, close_reply(key, Feedback("Bruno", date(2026, 3, 1), "Bravo")))
    named(screen, "Je veux effacer mon livret, pour toujours").value = True
    click(screen, "Effacer")
    assert booklets.known() == []
    assert len(mailbox.waiting(mailbox.REPLY)) == 1  # the one for somebody else
    assert "Le livret est effacé de cet ordinateur." in text(screen)


def test_no_piece_of_a_closed_booklet_is_left_in_memory(screen):
    """A widget taken off a page lives on, here and in the browser, until it is closed."""
    others = set(widget_module._instances)  # those of other tests
    words = make(screen)
    for panel in named(screen, "Aller à").options:
        go(screen, panel)
    go(screen, "Mes entretiens")
    named(screen, "Qu'est-ce que je sais faire ?").value = "Tresser l'osier"
    named(screen, "Quel entretien").value = "envol"
    click(screen, "Fermer mon livret")
    mine = [*every(screen), *(each for key, each in widget_module._instances.items() if key not in others)]
    alive = " ".join(str(getattr(each, "value", "")) for each in mine)
    assert [each for each in ("Zohra", "osier", PHRASE, " ".join(words[:3])) if each in alive] == []
    assert not [each for each in alive.split("<li>") if each.startswith(f"{words[0]}</li>")]


def test_what_is_closed_is_no_longer_in_memory(screen):
    found = []
    session = BookletSession()
    session.watch(lambda: found.append(session.open))
    made, _ = booklet_session.start("Zohra", "", date(2026, 1, 15), PHRASE)
    session.opened(made)
    key = made._key
    session.close()
    assert bytes(key._key) == bytes(32)
    assert made.content == {}
    with pytest.raises(RuntimeError):
        _ = session.booklet


def test_sentences_are_short(screen):
    make(screen)
    said = ""
    for panel in named(screen, "Aller à").options:
        go(screen, panel)
        said += text(screen) + ". "
    lengths = [len(re.findall(r"[\w'’]+", each)) for each in re.split(r"[.!?:]+", said) if len(each.split()) > 2]
    prose = [each for each in lengths if each < 40]  # a table read as one line is not a sentence
    assert sum(prose) / len(prose) <= 10


def test_the_group_changes_its_pathway_in_a_file_that_is_checked_first(screen):
    ours = kpa.our_pathway(kpa.open_store())
    assert "Explorer tous azimuts" in text(ours)
    content = downloaded(ours, "parcours.yaml").decode()
    given(named(ours, "Choisir notre parcours changé"), "p.yaml", content.replace("fin: 8", "fin: 9").encode())
    click(ours, "Vérifier et garder")
    assert "elle commence au mois 8, et non au mois 9" in text(ours)
    changed = content.replace("fin: 8", "fin: 9").replace("debut: 8", "debut: 9")
    given(named(ours, "Choisir notre parcours changé"), "p.yaml", changed.encode())
    click(ours, "Vérifier et garder")
    assert "2 à 9" in text(ours)
    assert BookletSession().pathway.stages[1].end == 9
    click(ours, "Revenir au parcours prêt")
    assert "2 à 8" in text(ours)


def test_a_grid_whose_words_changed_is_told_but_not_put_beside(screen):
    make(screen)
    mine = booklet.from_data(kept())
    line = booklet.AnswerLine("accueil", "L'accueil", "Je découvre")
    data = {"grille": "Ma part dans le collectif", "version": "0", "empreinte": "x", "reponses": {}}
    old = [booklet.GridKept(data["grille"], date(2026, 1, 1), (line,), by, data) for by in ("", "Bruno")]
    opened = booklets.open_booklet(booklets.known()[0], PHRASE)
    opened.save(booklet.as_data(booklet.added(booklet.added(mine, "grids", old[0]), "grids", old[1])))
    click(screen, "Fermer mon livret")
    named(screen, "Ma phrase secrète").value = PHRASE
    click(screen, "Ouvrir mon livret")
    go(screen, "Mes grilles")
    named(screen, "La grille").value = "implication"
    assert "Côte à côte" not in text(screen)
    assert "1er janvier 2026 : Je découvre." in text(screen)


def test_the_interview_page_has_its_own_panels():
    screen = kpa.my_interview(kpa.open_store())
    make(screen)
    assert named(screen, "Aller à").options == ("L'entretien", "La grille", "Mon chemin")
    assert "Qu'est-ce que j'aime faire ?" in [getattr(each, "description", "") for each in every(screen)]


# --- what is being written is not lost


def back_in(screen: widgets.Widget) -> None:
    named(screen, "Ma phrase secrète").value = PHRASE
    click(screen, "Ouvrir mon livret")


def test_what_was_being_written_is_still_there_after_the_booklet_closes(screen):
    make(screen)
    go(screen, "Mes entretiens")
    named(screen, "Quel entretien").value = "envol"
    named(screen, "Qu'ai-je appris sur moi ?").value = "Dire non"
    named(screen, "Quel entretien").value = "entretien"  # looking at other questions loses nothing
    named(screen, "Quel entretien").value = "envol"
    assert named(screen, "Qu'ai-je appris sur moi ?").value == "Dire non"
    go(screen, "Mes grilles")
    named(screen, "La grille").value = "implication"
    named(screen, "Un exemple").value = "La réunion du lundi"
    click(screen, "Fermer mon livret")
    back_in(screen)
    go(screen, "Mes entretiens")
    assert named(screen, "Quel entretien").value == "envol"
    assert named(screen, "Qu'ai-je appris sur moi ?").value == "Dire non"
    go(screen, "Mes grilles")
    assert named(screen, "La grille").value == "implication"
    assert named(screen, "Un exemple").value == "La réunion du lundi"


def pages_of(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_paper_holds_what_is_ticked_and_intimate_answers_only_on_purpose(screen):
    make(screen)
    go(screen, "Mes entretiens")
    named(screen, "Qu'est-ce que je sais faire ?").value = "Tresser l'osier"
    click(screen, "Enregistrer l'entretien")
    go(screen, "Mes grilles")
    tap(screen, "J'explique avec mes mots.")
    click(screen, "Finir maintenant")
    click(screen, "Garder mes réponses")
    go(screen, "Partager")
    click(screen, "Imprimer ce que je coche")
    assert "rien n'est coché" in text(screen)
    box = next(each for each in every(screen) if getattr(each, "description", "").startswith("Mes grilles"))
    box.value = True
    click(screen, "Imprimer ce que je coche")
    printed = pages_of(downloaded(screen, "ce_que_j_ai_coche.pdf"))
    assert "Parler" in printed
    assert "Tresser" not in printed
    assert "Mon chemin" not in printed
    go(screen, "Emporter, protéger")
    click(screen, "Imprimer mon livret")
    assert "Tresser" not in pages_of(downloaded(screen, "mon_livret.pdf"))
    named(screen, "Avec mes réponses aux entretiens").value = True
    click(screen, "Imprimer mon livret")
    assert "Tresser" in pages_of(downloaded(screen, "mon_livret.pdf"))


def test_two_tabs_on_one_booklet_lose_nothing(screen):
    make(screen)
    other = kpa.my_booklet(kpa.open_store())
    back_in(other)
    for tab, panel, question, said in (
        (screen, "Mes entretiens", "Qu'est-ce que je sais faire ?", "Tresser l'osier"),
        (other, "Mes entretiens", "Qu'est-ce que j'aime faire ?", "Chanter en cousant"),
    ):
        go(tab, panel)
        named(tab, question).value = said
    go(other, "Mes grilles")
    tap(other, "J'explique avec mes mots.")
    click(screen, "Fermer mon livret")
    click(other, "Fermer mon livret")
    drafts = kept()["brouillons"]
    assert drafts["grille:images"] == {"parler": "2"}
    assert sorted(drafts["entretien:entretien"].values()) == ["Chanter en cousant", "Tresser l'osier"]
    assert "n'a pas pu être gardé" not in text(screen) + text(other)


def test_what_could_not_be_saved_is_never_said_to_be_in_the_booklet(screen):
    make(screen)
    go(screen, "Mes entretiens")
    named(screen, "Qu'est-ce que je sais faire ?").value = "Tresser l'osier"
    booklets.open_booklet(booklets.known()[0], PHRASE).delete()
    click(screen, "Fermer mon livret")
    assert "Ce que vous écriviez n'a pas pu être gardé." in text(screen)
    assert "Ce que vous écriviez est dedans" not in text(screen)


def test_whoever_opens_with_recovery_words_is_offered_a_new_phrase(screen):
    words = make(screen)
    click(screen, "Fermer mon livret")
    named(screen, "Mes douze mots de secours").value = " ".join(words)
    click(screen, "Ouvrir avec mes mots")
    assert "Choisissez maintenant une nouvelle phrase secrète." in text(screen)
    assert named(screen, "Aller à").value == "Emporter, protéger"
    named(screen, "Ma nouvelle phrase").value = named(screen, "Encore une fois").value = "une tortue toute neuve chante"
    click(screen, "Changer de phrase")
    words = words_of(screen)
    named(screen, "Touchez le mot numéro 3").value, named(screen, "Touchez le mot numéro 9").value = words[2], words[8]
    click(screen, "C'est noté sur papier")
    assert "La nouvelle phrase ouvre votre livret." in text(screen)
    assert "Choisissez maintenant" not in text(screen)


def test_a_draft_that_was_kept_or_emptied_does_not_come_back(screen):
    make(screen)
    go(screen, "Mes entretiens")
    named(screen, "Qu'est-ce que je sais faire ?").value = "Tresser l'osier"
    click(screen, "Enregistrer l'entretien")
    assert kept()["brouillons"] == {}
    assert kept()["entretiens"][0]["reponses"][0]["reponse"] == "Tresser l'osier"


def test_a_draft_is_neither_shared_nor_left_after_deleting(screen, home):
    make(screen)
    go(screen, "Mes entretiens")
    named(screen, "Qu'est-ce que je sais faire ?").value = "Tresser l'osier"
    mine = booklet.Booklet("Zohra", date(2026, 1, 15), drafts={"entretien:envol": {"moi": "Dire non"}})
    assert booklet.extract(mine, frozenset()).drafts == {}
    go(screen, "Emporter, protéger")
    named(screen, "Je veux effacer mon livret, pour toujours").value = True
    click(screen, "Effacer")
    assert booklets.known() == []
    assert [each for each in (home / "livrets").iterdir() if each.is_file()] == []
