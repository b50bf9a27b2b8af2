"""Bots that play each screen in Python: move a widget, read the sentence, without a browser."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import ipywidgets as widgets
import nbformat
import pytest

import kpa_model as kpa
from kpa_model.files.importing.keeping import keep
from kpa_model.pay import rule_file
from kpa_model.ui import library, state
from kpa_model.ui.editor import ListEditor
from tests.notebooks.screens import every, named, text
from tests.unit.test_importing import HOURS, INVOICES, answered

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.fixture
def store(tmp_path, monkeypatch) -> state.Store:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    return kpa.open_store()


def editor(widget: widgets.Widget, kind: str) -> ListEditor:
    return next(each for each in every(widget) if isinstance(each, ListEditor) and each.kind == kind)


def cents(said: str) -> int:
    return int(re.sub(r"[^\d]", "", said))


def test_each_screen_of_each_notebook_shows_without_an_error(store):
    called = {
        name
        for path in NOTEBOOKS
        for cell in nbformat.read(path, 4).cells
        if cell.cell_type == "code"
        for name in re.findall(r"kpa\.(\w+)\(atelier\)", cell.source)
    }
    assert called >= {
        "choose_book",
        "month_told",
        "one_order",
        "one_pot",
        "our_rule",
        "why_this_amount",
        "compare_rules",
    }
    for name in sorted(called):
        shown = getattr(kpa, name)(store)
        assert "kpa-error" not in "".join(each.value for each in every(shown) if isinstance(each, widgets.HTML)), name
        assert text(shown).strip()


def test_another_cooperative_and_another_month_change_the_story(store):
    chooser, told = kpa.choose_book(store), kpa.month_told(store)
    before = text(told)
    named(chooser, "Coopérative").value = "moulins_2018_2019"
    named(told, "Mois").value = "2018-12"
    assert "Moulins" in text(chooser)
    assert text(told) != before
    assert "décembre 2018" in text(told)
    assert "5 460,00 €" in text(told)


def test_one_order_is_told_from_the_customer_to_each_person(store):
    screen = kpa.one_order(store)
    choice = named(screen, "Commande")
    for _, number in choice.options[:12]:
        choice.value = number
        said = text(screen)
        assert "La commande arrive le" in said
        for layer in ("TTC", "TVA", "HT", "marge", "coût total"):
            assert layer in said
        assert "nan" not in said


def test_a_rule_that_looks_at_points_or_claims_pays_for_an_order_too(store):
    screen = kpa.one_order(store)
    for rule in ("implication", "demandes_libres"):
        named(screen, "Règle").value = rule
        assert "Pour les personnes coût total 186,65 €" in text(screen)
        assert "Reste pour le mois suivant" not in text(screen)
        assert "Malika coût total +57," in text(screen)


def test_an_order_whose_hours_nobody_wrote_says_so(store, tmp_path):
    assert "Personne n'a noté d'heures" not in text(kpa.one_order(store))
    folder = tmp_path / "cooperatives" / "sans_heures"
    shutil.copytree(library.known_books()["tilleuls"], folder)
    (folder / "heures.csv").unlink()
    store.open_book("sans_heures")
    said = text(kpa.one_order(store))
    assert "Personne n'a noté d'heures pour cette commande." in said
    assert "Le partage montré ici n'est donc pas celui du mois." in said


def test_one_pot_shows_the_chosen_rules_and_no_more_than_six(store):
    screen = kpa.one_pot(store)
    add, others = named(screen, "Ajouter cette règle"), named(screen, "Règle à ajouter")
    for _ in range(5):
        others.value = others.options[0][1]
        add.click()
    assert len(store.state.compared) == 6
    assert "6 règles au plus" in text(screen)
    assert text(screen).count("Ensemble") == 6
    while store.state.compared:
        next(each for each in every(screen) if isinstance(each, widgets.Button) and each.description[0] == "✕").click()
    assert "Choisissez une règle" in text(screen)


def test_our_rule_is_composed_heard_and_undone(store):
    screen = kpa.our_rule(store)
    steps = editor(screen, "etapes")
    first = store.state.ours
    steps.act({"do": "add", "name": "solidarite"})
    assert store.state.ours.steps[-1].name == "solidarite"
    assert "au-dessus de la moyenne" in text(screen).lower()
    key = steps.items[-1]["key"]
    steps.act({"do": "set", "key": key, "name": "taux", "value": "50"})
    assert store.state.ours.steps[-1].rate == 500_000
    steps.act({"do": "up", "key": key})
    assert store.state.ours.steps[-2].name == "solidarite"
    assert steps.items[-2]["key"] == key
    steps.act({"do": "remove", "key": key})
    assert store.state.ours.steps == first.steps
    undo = named(screen, "Annuler le changement")
    for _ in range(4):
        undo.click()
    assert store.state.ours == first
    assert undo.disabled


def test_a_slide_is_one_gesture_undone_at_once(store):
    screen = kpa.our_rule(store)
    steps = editor(screen, "etapes")
    steps.act({"do": "add", "name": "solidarite"})
    key, added = steps.items[-1]["key"], store.state.ours
    for value in ("25", "30", "45"):
        steps.act({"do": "set", "key": key, "name": "taux", "value": value, "sliding": True})
    steps.act({"do": "end"})
    slid = store.state.ours
    for value in ("46", "60"):
        steps.act({"do": "set", "key": key, "name": "taux", "value": value, "sliding": True})
    undo = named(screen, "Annuler le changement")
    undo.click()
    assert store.state.ours == slid
    undo.click()
    assert store.state.ours == added


def test_a_refused_value_says_why_and_changes_nothing(store):
    screen = kpa.our_rule(store)
    steps = editor(screen, "etapes")
    steps.act({"do": "add", "name": "plancher"})
    before = store.state.ours
    key = steps.items[-1]["key"]
    steps.act({"do": "set", "key": key, "name": "euros", "value": "beaucoup"})
    assert "n'est pas un nombre" in steps.items[-1]["error"]
    assert store.state.ours == before
    steps.act({"do": "set", "key": key, "name": "euros", "value": "12,50"})
    assert steps.items[-1]["error"] == ""
    assert store.state.ours.steps[-1].minimum == 1250


def test_a_broken_promise_is_seen_at_once(store):
    screen = kpa.our_rule(store)
    promises = editor(screen, "promesses")
    promises.act({"do": "add", "name": "personne_sous"})
    promises.act({"do": "set", "key": promises.items[-1]["key"], "name": "euros", "value": "2000"})
    assert "Non tenu" in text(screen)


def test_a_rule_is_saved_under_a_name_and_opened_again(store, tmp_path):
    screen = kpa.our_rule(store)
    named(screen, "Nom de la règle").value = "Notre essai d'été"
    named(screen, "Enregistrer").click()
    path = tmp_path / "regles" / "notre_essai_d_ete.yaml"
    saved = rule_file.load(path)
    assert saved == store.state.ours
    again = kpa.open_store()
    assert again.state == store.state
    other = kpa.our_rule(again)
    editor(other, "etapes").act({"do": "remove", "key": editor(other, "etapes").items[0]["key"]})
    named(other, "Partir d'une règle").value = "notre_essai_d_ete"
    named(other, "Ouvrir cette règle").click()
    assert again.state.ours == saved


def test_a_rule_of_the_group_is_put_away_and_a_ready_one_is_not(store, tmp_path):
    screen = kpa.our_rule(store)
    rules, away = named(screen, "Partir d'une règle"), named(screen, "Retirer cette règle")
    rules.value = "parts_egales"
    assert away.layout.display == "none"
    named(screen, "Nom de la règle").value = "Notre essai"
    named(screen, "Enregistrer").click()
    store.update(today="notre_essai")
    rules.value = "notre_essai"
    assert away.layout.display != "none"
    away.click()
    assert "notre_essai" not in [value for _, value in rules.options]
    assert "est retirée" in text(screen)
    assert store.state.today != "notre_essai"
    assert rule_file.load(tmp_path / "regles" / "notre_essai.retiree").title == "Notre essai"


def test_no_rule_put_away_is_lost_and_one_found_again_never_bears_the_name_of_another(store, tmp_path):
    screen = kpa.our_rule(store)
    rules, back = named(screen, "Partir d'une règle"), named(screen, "Règles retirées")
    for steps in (store.state.ours.steps, store.state.ours.steps[:-1]):
        store.update(ours=replace(store.state.ours, title="Notre essai", steps=steps))
        named(screen, "Enregistrer").click()
        rules.value = "notre_essai"
        named(screen, "Retirer cette règle").click()
    kept = [rule_file.load(path) for path in sorted((tmp_path / "regles").glob("*.retiree"))]
    assert len({len(rule.steps) for rule in kept}) == 2
    assert len({label for label, _ in back.options}) == 2
    named(screen, "Enregistrer").click()
    named(screen, "Remettre cette règle").click()
    assert re.search(r"Notre essai 2\s» est de nouveau dans la liste", text(screen))
    titles = [label for label, _ in rules.options]
    assert len(titles) == len({*titles})


def test_a_rule_without_a_name_is_not_saved(store, tmp_path):
    screen = kpa.our_rule(store)
    named(screen, "Nom de la règle").value = "  "
    named(screen, "Enregistrer").click()
    assert "Écrivez un nom" in text(screen)
    assert not list((tmp_path / "regles").glob("*.yaml"))


def test_why_this_amount_adds_up_for_everyone(store):
    screen = kpa.why_this_amount(store)
    person = named(screen, "Personne")
    for _, name in person.options:
        person.value = name
        slip = next(each.value for each in every(screen) if isinstance(each, widgets.HTML) and "kpa-slip" in each.value)
        effects = re.findall(r'data-label="Effet">([^<]+)<', slip)
        total = re.search(r'kpa-big">([^<]+)<', slip).group(1)
        assert sum(cents(each) * (-1 if "−" in each else 1) for each in effects) == cents(total)


def test_comparing_says_who_gains_and_who_loses(store):
    screen = kpa.compare_rules(store)
    said = text(screen)
    assert re.search(r"\d+\s*personnes? gagne|Personne ne gagne", said)
    assert "Pour le commun" in said
    assert "Indice de Gini" in said
    named(screen, "Période").value = "3"
    assert "Sur 3" in text(screen)


@pytest.mark.parametrize(
    ("screen", "button"), [("our_rule", "our_rule"), ("compare_rules", "compare"), ("why_this_amount", "why")]
)
def test_each_result_can_be_put_on_paper(store, screen, button):
    shown = getattr(kpa, screen)(store)
    assert named(shown, "Avec les prénoms dans le PDF").value  # the page itself, when printed, keeps its names
    named(shown, "Préparer le PDF").click()
    links = "".join(each.value for each in every(shown) if isinstance(each, widgets.HTML))
    assert "data:application/pdf;base64,JVBER" in links
    assert "kpa-error" not in links


def test_own_figures_are_read_refused_and_kept(store, tmp_path):
    screen = kpa.our_data(store)
    upload = next(each for each in every(screen) if isinstance(each, widgets.FileUpload))
    folder = library.known_books()["tilleuls"]

    def give(names: list[str], **changed: bytes) -> None:
        files = [
            {
                "name": name,
                "type": "",
                "size": 1,
                "last_modified": datetime.now(UTC),
                "content": memoryview(changed.get(name.split(".")[0], (folder / name).read_bytes())),
            }
            for name in names
        ]
        upload.value = tuple(files)

    names = [path.name for path in folder.iterdir() if path.suffix in (".csv", ".yaml")]
    give(names, factures=b"facture;commande;libelle;date;montant_ht;taux_tva\nF1;C1;x;31/02/2026;dix;20 %\n")
    assert "choses à corriger" in text(screen)
    assert "31/02/2026" in text(screen)
    assert not list((tmp_path / "cooperatives").glob("*")) if (tmp_path / "cooperatives").exists() else True
    give(names)
    assert "Tout est lu, avec ce qui est à vérifier. 22 personnes, " in text(screen)
    assert "De janvier 2025 à décembre 2026, les ventes sont de " in text(screen)
    named(screen, "Nom à donner").value = "Nos Tilleuls"
    named(screen, "Enregistrer").click()
    assert "est enregistré." in text(screen)
    assert store.state.book == "Nos Tilleuls"
    assert "lecture-" not in text(screen)
    assert named(screen, "Où les mettre").value == "Nos Tilleuls"  # the next files go there
    named(screen, "Où les mettre").value = ""
    give(names)
    named(screen, "Nom à donner").value = "tilleuls"
    named(screen, "Enregistrer").click()
    assert "le nom d'un exemple" in text(screen)
    assert not list(tmp_path.glob(".lecture-*"))


def test_while_files_of_another_group_are_on_the_page_the_months_of_the_open_book_are_folded_and_named(store):
    keep(answered(HOURS, INVOICES)[0], "Les Essais", [HOURS, INVOICES], datetime(2026, 2, 1))
    store.open_book("Les Essais")
    screen, months = kpa.our_data(store), kpa.our_months(store)
    upload = next(each for each in every(screen) if isinstance(each, widgets.FileUpload))
    named(screen, "Où les mettre").value = ""
    assert "nouveau carnet. Ici" not in text(months)
    file = {"name": HOURS.name, "type": "", "size": 1, "content": memoryview(HOURS.data)}
    upload.value = ({**file, "last_modified": datetime.now(UTC)},)
    assert "vont dans un nouveau carnet. Ici, c'est « Essai »." in text(months).replace("\u00a0", " ")
    named(screen, "Où les mettre").value = "Les Essais"
    assert "nouveau carnet. Ici" not in text(months)


def test_names_that_look_like_code_are_shown_as_they_are(store, tmp_path):
    from kpa_model.figures.bars import AmountBar, bars

    shown = bars("Essai", [AmountBar("<script>alert(1)</script>", 100)])
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_notes_stay_in_the_personal_folder(store, tmp_path):
    area = next(each for each in every(kpa.notes("essai")) if isinstance(each, widgets.Textarea))
    area.value = "On garde le minimum."
    assert (tmp_path / "notes" / "essai.txt").read_text(encoding="utf-8") == "On garde le minimum."
    again = next(each for each in every(kpa.notes("essai")) if isinstance(each, widgets.Textarea))
    assert again.value == "On garde le minimum."
    assert "Tout le groupe peut les lire." in text(kpa.notes("essai"))


def test_an_unforeseen_error_is_framed_without_a_traceback_in_the_open(store, monkeypatch):
    from kpa_model.ui.screens.share import one_order

    monkeypatch.setattr(one_order, "money_of_order", lambda *_: 1 / 0)
    shown = kpa.one_order(store)
    assert "Quelque chose n'a pas marché" in text(shown)
    assert "<details>" in "".join(each.value for each in every(shown) if isinstance(each, widgets.HTML))


def test_two_pages_open_at_once_add_up(store):
    other = kpa.open_store()
    screen = kpa.our_rule(store)
    steps = editor(screen, "etapes")
    steps.act({"do": "remove", "key": steps.items[0]["key"]})
    other.update(month="2025-11")
    again = kpa.open_store()
    assert again.state.month == "2025-11"
    assert again.state.ours == store.state.ours
    store.update(person="Chantal")
    assert store.state.month == "2025-11"


def test_lists_start_on_a_choice_and_opening_works_at_once(store):
    screen = kpa.our_rule(store)
    assert named(screen, "Partir d'une règle").value
    named(screen, "Ouvrir cette règle").click()
    assert "est ouverte" in text(screen)
    pot = kpa.one_pot(store)
    before = len(store.state.compared)
    named(pot, "Ajouter cette règle").click()
    assert len(store.state.compared) == before + 1


def test_a_ready_rule_is_never_overwritten_and_titles_do_not_collide(store, tmp_path):
    screen = kpa.our_rule(store)
    named(screen, "Nom de la règle").value = "Parts égales"
    named(screen, "Enregistrer").click()
    assert "règle prête" in text(screen)
    for title in ("Notre essai", "notre ESSAI !"):
        named(screen, "Nom de la règle").value = title
        named(screen, "Enregistrer").click()
    assert sorted(path.stem for path in (tmp_path / "regles").glob("*.yaml")) == ["notre_essai", "notre_essai_2"]
    named(screen, "Nom de la règle").value = "///"
    named(screen, "Enregistrer").click()
    assert "Écrivez un nom" in text(screen)


def test_the_trial_follows_the_rule_up_to_eight_quarters(store):
    from dataclasses import replace

    from kpa_model.pay.rule import Trial

    store.update(ours=replace(store.state.ours, trial=Trial(8)))
    screen = kpa.our_rule(store)
    assert named(screen, "Durée de l'essai").value == "8"
    named(screen, "Durée de l'essai").value = "2"
    assert store.state.ours.trial == Trial(2)
    store.undo()
    assert named(screen, "Durée de l'essai").value == "8"


def test_a_rule_file_taken_away_comes_back(store):
    screen = kpa.our_rule(store)
    upload = next(each for each in every(screen) if isinstance(each, widgets.FileUpload))
    content = rule_file.dumps(store.state.ours).replace("titre: ", "titre: Revenue, ", 1).encode()
    given = {
        "name": "a.yaml",
        "type": "",
        "size": 1,
        "last_modified": datetime.now(UTC),
        "content": memoryview(content),
    }
    upload.value = (given,)
    assert store.state.ours.title.startswith("Revenue, ")
    upload.value = ({**given, "content": memoryview(b"titre: x\netapes: [zzz]")},)
    assert "ce nom n'existe pas" in text(screen)


def test_a_paper_made_for_one_person_goes_away_with_the_next(store):
    screen = kpa.why_this_amount(store)
    named(screen, "Préparer le PDF").click()
    assert "Prendre le PDF" in text(screen)
    person = named(screen, "Personne")
    person.value = person.options[1][1]
    assert "Prendre le PDF" not in text(screen)


def test_a_cooperative_that_disappeared_is_said_and_old_figures_go(store, monkeypatch):
    from kpa_model.ui import library as libraries

    told = kpa.month_told(store)
    monkeypatch.setattr(libraries, "known_books", dict)
    named(told, "Mois").value = "2025-11"
    assert "n'est plus sur cet ordinateur" in text(told)
    assert "Ventes hors taxes" not in text(told)


def test_a_sentence_that_told_other_steps_goes_with_them(store):
    screen, pot = kpa.our_rule(store), kpa.one_pot(store)
    store.update(compared=(state.OURS,))
    told = " ".join(store.state.ours.sentence.split())
    assert told in text(pot)
    steps = editor(screen, "etapes")
    steps.act({"do": "remove", "key": steps.items[-1]["key"]})
    assert told not in text(pot)
    named(screen, "Annuler le changement").click()
    assert told in text(pot)
