"""The import assistant: three questions at most, none the second month, twice is once, the last one is undone."""

from __future__ import annotations

import re
import shlex
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

import kpa_model as kpa
from kpa_model.command.program import main
from kpa_model.cooperative.chain import money_chain
from kpa_model.errors import UnreadableFile
from kpa_model.files.book.book_reader import read_book
from kpa_model.files.book.books import personal_books, write_xlsx_template
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.keeping import held_in, keep, recipe_in, undo
from kpa_model.files.importing.past import KeptBook, imports_in
from kpa_model.files.importing.proposal import ImportProposal, propose
from kpa_model.files.importing.recipe import Recipe, read_recipe, recipe_text
from kpa_model.files.importing.typing import put, start_book
from kpa_model.places import personal
from kpa_model.ui.screens.share.understood import proposal_told
from tests.typed_books import put_hours, put_invoice

NOW = datetime(2026, 2, 1, 10, 0)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))


def table(name: str, *lines: str) -> GivenFile:
    return GivenFile(name, "\n".join(lines).encode())


HOURS = table(
    "heures janvier.csv",
    "Jour;Quoi;Nadège;Olivier",
    "05/01/2026;Buffet;3h;2h30",
    "06/01/2026;Réunion;1h30;1h30",
    "12/01/2026;Jardin;;4h",
    "Total;;4h30;8h",
)
INVOICES = table(
    "export factures.csv",
    "Réf.;Type;Tiers;Date facturation;Montant HT;Montant TVA;Montant TTC;État",
    "FA1;Facture standard;Mairie;15/01/2026;1 250,00;125,00;1 375,00;Payée",
    "FA2;Facture standard;École;22/01/2026;480,00;96,00;576,00;Impayée",
    "(PROV3);Facture standard;Librairie;28/01/2026;300,00;60,00;360,00;Brouillon",
)


def answered(
    *files: GivenFile, recipe: Recipe | None = None, held: KeptBook | None = None
) -> tuple[ImportProposal, int]:
    """Answer every question with its first option, or everybody; return the proposal and how many were asked."""
    recipe, asked = recipe or Recipe(), 0
    while True:
        proposal = propose(files, "Essai", recipe, Findings(), held)
        if not proposal.questions:
            return proposal, asked
        for question in proposal.questions:
            options = [value for value, _ in question.doubt.options]
            recipe = proposal.answer(question, "|".join(options) if question.doubt.several else options[0])
            proposal, asked = propose(files, "Essai", recipe, Findings(), held), asked + 1
            break


def test_python_reads_the_files_as_they_are_with_the_recipe_and_keeps_nothing(tmp_path: Path) -> None:
    folder, empty, kept = (tmp_path / name for name in ("fichiers", "vide.yaml", "recette.yaml"))
    folder.mkdir()
    for each in (HOURS, INVOICES):
        (folder / each.name).write_bytes(each.data)
    empty.write_text(recipe_text(Recipe()), encoding="utf-8")
    kept.write_text(recipe_text(answered(HOURS, INVOICES)[0].recipe), encoding="utf-8")
    with pytest.raises(UnreadableFile, match="kpa importer"):
        kpa.read(folder, empty)
    assert kpa.read(folder, kept).hours["heures"].sum() == 12.5
    assert not personal().exists()


def test_a_group_s_own_files_give_its_month_after_three_questions() -> None:
    proposal, asked = answered(HOURS, INVOICES)
    assert asked == 3  # the kind of work, who has a CAPE, and when the paid invoices were
    assert proposal.reading is not None
    book = proposal.reading.book
    assert [money.sales for money in money_chain(book)] == [173_000]
    totals = {name: sum(each.minutes for each in book.hours if each.member == name) for name in ("Nadège", "Olivier")}
    assert totals == {"Nadège": 270, "Olivier": 480}
    assert {each.kind.value for each in book.hours} == {"prestation", "commun"}
    assert any("PROV3" in note for note in proposal.notes)


def test_the_second_month_asks_nothing() -> None:
    first, _ = answered(HOURS, INVOICES)
    folder = keep(first, "Les Essais", [HOURS, INVOICES], NOW)
    again = table("heures février.csv", "Jour;Quoi;Nadège;Olivier", "03/02/2026;Buffet;2h;2h")
    second, asked = answered(again, recipe=recipe_in(folder), held=held_in(folder))
    assert asked == 0
    assert second.reading is not None
    assert len(second.reading.book.hours) == 7


def test_giving_the_same_files_again_changes_nothing() -> None:
    first, _ = answered(HOURS, INVOICES)
    folder = keep(first, "Les Essais", [HOURS, INVOICES], NOW)
    before = read_book(folder).book
    second, asked = answered(HOURS, INVOICES, recipe=recipe_in(folder), held=held_in(folder))
    assert asked == 0
    assert second.merged.nothing
    keep(second, "Les Essais", [HOURS, INVOICES], NOW)
    assert read_book(folder).book == before
    assert len(imports_in(folder)) == 1


def test_hours_are_shown_by_person_and_by_month_where_there_are_several() -> None:
    first, _ = answered(HOURS, INVOICES)
    more = GivenFile("heures février.csv", HOURS.data.replace(b"/01/2026", b"/02/2026"))
    both, _ = answered(HOURS, more, INVOICES)
    for proposal, titles in ((first, 2), (both, 4)):
        shown = re.sub(r"[\u00a0\u202f]", " ", str(proposal_told(proposal, "")))
        people = shown[shown.index("Les heures de chaque personne") :]
        head = people[: people.index("</thead>")]
        assert head.count("<th") - head.count("<thead") == titles
        assert ("février 2026" in head) == (titles > 2)
        row = people[people.index("Olivier") :].split("</tr>")[0]
        assert re.findall(r">([^<]+)</td>", row) == (["8 h"] if titles == 2 else ["8 h", "8 h", "16 h"])


def test_a_correction_replaces_what_the_file_had_given_and_is_undone() -> None:
    first, _ = answered(HOURS, INVOICES)
    folder = keep(first, "Les Essais", [HOURS, INVOICES], NOW)
    before = read_book(folder).book
    mended = GivenFile("heures janvier.csv", HOURS.data.replace(b"12/01/2026;Jardin;;4h", b"12/01/2026;Jardin;;3h"))
    mended = GivenFile(mended.name, mended.data.replace(b"Total;;4h30;8h", b"Total;;4h30;7h"))
    paid = GivenFile(INVOICES.name, INVOICES.data.replace(b"480,00;96,00;576,00", b"500,00;100,00;600,00"))
    second, _ = answered(mended, paid, recipe=recipe_in(folder), held=held_in(folder))
    assert len(second.merged.changes["heures"].added) == len(second.merged.changes["heures"].removed) == 1
    assert len(second.merged.changes["factures"].removed) == 1
    shown = re.sub(r"[\u00a0\u202f]", " ", str(proposal_told(second, added=True)))
    assert "FA2 : 480,00" in shown
    assert "devient 500,00" in shown
    assert "Heures d'Olivier, 12/01/2026, Jardin : 4 h deviennent 3 h" in shown
    keep(second, "Les Essais", [mended, paid], NOW)
    after = read_book(folder).book
    assert sum(each.minutes for each in after.hours) == sum(each.minutes for each in before.hours) - 60
    assert sum(line.before_tax for line in after.lines) == sum(line.before_tax for line in before.lines) + 2000
    _, edited = undo(folder)
    assert edited == []
    undone = read_book(folder).book
    assert sorted(map(str, undone.hours)) == sorted(map(str, before.hours))
    assert sorted(map(str, undone.lines)) == sorted(map(str, before.lines))


def test_an_undone_first_import_leaves_nothing() -> None:
    first, _ = answered(HOURS, INVOICES)
    folder = keep(first, "Les Essais", [HOURS, INVOICES], NOW)
    last, edited = undo(folder)
    assert (len(last.files), edited) == (2, [])
    assert not folder.exists()
    assert "Les Essais" not in personal_books()


def test_a_recipe_is_a_french_file_that_can_be_read_again(tmp_path: Path) -> None:
    proposal, _ = answered(HOURS, INVOICES)
    path = tmp_path / "recette.yaml"
    path.write_text(recipe_text(proposal.recipe), "utf-8")
    told = {each.titles: each for each in proposal.recipe.sources}
    assert {each.titles: each for each in read_recipe(path).sources} == told
    assert read_recipe(path) == proposal.recipe
    assert "reponses" in path.read_text("utf-8")


def test_a_recipe_badly_mended_by_hand_is_refused_with_every_problem(tmp_path: Path) -> None:
    path = tmp_path / "recette.yaml"
    path.write_text("sources:\n- Kimai\n- source: Toggl\n  reponses: {table: [heures]}\n", "utf-8")
    with pytest.raises(UnreadableFile) as refused:
        read_recipe(path)
    first, second = (str(each) for each in refused.value.problems)
    assert "source 1 : ce n'est pas compris." in first
    assert "source 2 « Toggl », « reponses » : un texte par nom est attendu." in second


def test_one_sheet_holds_everything() -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["Date", "Client", "Travail fait", "Prix TTC", "Qui", "Heures", "Payé le"])
    sheet.append(["03/02/2026", "Mme Roux", "Ménage", 120, "Léo + Sam", 3, "10/02/2026"])
    sheet.append(["09/02/2026", "Café Lune", "Gâteaux", 264, "Sam", 6, None])
    path = personal() / "carnet.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)
    proposal, asked = answered(GivenFile("carnet.xlsx", path.read_bytes()))
    assert asked == 3
    assert proposal.reading is not None
    book = proposal.reading.book
    assert [line.before_tax for line in book.lines] == [10_000, 22_000]
    assert [each.minutes for each in book.hours] == [180, 180, 360]
    assert [each.amount for each in book.payments] == [12_000]


def test_the_command_keeps_with_a_recipe_and_undoes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = tmp_path / "vrac"
    given.mkdir()
    for each in (HOURS, INVOICES):
        (given / each.name).write_bytes(each.data)
    assert main(["importer", str(given), "--dans", "Les Essais"]) == 1
    assert "genre de travail" in " ".join(capsys.readouterr().err.split())
    recipe = tmp_path / "recette.yaml"
    recipe.write_text(recipe_text(answered(HOURS, INVOICES)[0].recipe), "utf-8")
    assert main(["importer", str(given), "--dans", "Les Essais", "--recette", str(recipe)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert "Gardé dans le carnet" in "".join(told)
    command = next(each for each in told if each.startswith("kpa partager"))
    assert main(shlex.split(command)[1:]) == 0  # what is told can be typed
    assert main(["partager", "Les Essais", "--regle", "heures"]) == 0
    assert "Nadège" in capsys.readouterr().out
    assert main(["importer", str(given), "--dans", "Les Essais"]) == 0
    assert main(["importer", "--defaire", "--dans", "Les Essais"]) == 0
    assert "est défait" in capsys.readouterr().out


def test_a_correction_is_told_and_needs_a_yes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given, recipe = tmp_path / "vrac", tmp_path / "recette.yaml"
    given.mkdir()
    for each in (HOURS, INVOICES):
        (given / each.name).write_bytes(each.data)
    recipe.write_text(recipe_text(answered(HOURS, INVOICES)[0].recipe), "utf-8")
    assert main(["importer", str(given), "--dans", "Les Essais", "--recette", str(recipe)]) == 0
    place = given / INVOICES.name
    place.write_bytes(INVOICES.data.replace(b"480,00;96,00;576,00", b"500,00;100,00;600,00"))
    assert place.read_bytes() != INVOICES.data
    before = [line.before_tax for line in read_book(personal_books()["Les Essais"]).book.lines]
    capsys.readouterr()
    assert main(["importer", str(given), "--dans", "Les Essais"]) == 1
    said = capsys.readouterr()
    assert "devient" in said.out
    assert "Facture " in said.out
    assert "Rien n'est gardé" in said.err
    assert [line.before_tax for line in read_book(personal_books()["Les Essais"]).book.lines] == before
    assert main(["importer", str(given), "--dans", "Les Essais", "--oui"]) == 0
    assert [line.before_tax for line in read_book(personal_books()["Les Essais"]).book.lines] != before


def test_what_is_not_read_needs_a_yes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = tmp_path / "vrac"
    given.mkdir()
    for each in (HOURS, INVOICES, GivenFile("heures février.numbers", b"PK")):
        (given / each.name).write_bytes(each.data)
    recipe = tmp_path / "recette.yaml"
    recipe.write_text(recipe_text(answered(HOURS, INVOICES)[0].recipe), "utf-8")
    command = ["importer", str(given), "--dans", "Les Essais", "--recette", str(recipe)]
    assert main(command) == 1
    said = capsys.readouterr()
    assert "heures février.numbers" in said.out
    assert "Rien n'est gardé" in said.err
    assert main([*command, "--oui"]) == 0


def test_a_month_is_typed_without_any_file() -> None:
    folder = start_book("Les Mains", ["Awa", "Bruno"], date(2026, 1, 1))
    put_hours(folder, "Awa", date(2026, 1, 5), "commun", "", 90)
    put_hours(folder, "Awa", date(2026, 1, 5), "commun", "", 60)
    put_invoice(folder, {"facture": "F1", "date": date(2026, 1, 20), "montant_ht": 10_000, "taux_tva": 200_000})
    put(folder, "encaissements", [{"facture": "F1", "date": date(2026, 1, 28), "montant_ttc": 12_000}])
    book = read_book(folder).book
    assert [each.minutes for each in book.hours] == [60]
    assert [money.sales for money in money_chain(book)] == [10_000]
    with pytest.raises(UnreadableFile, match="déjà pris"):
        put_invoice(folder, {"facture": "F1", "date": date(2026, 1, 21), "montant_ht": 1, "taux_tva": 0})
    with pytest.raises(UnreadableFile, match="24 heures"):
        put_hours(folder, "Awa", date(2026, 1, 5), "appui", "", 1430)
    assert read_book(folder).book == book
    put_hours(folder, "Awa", date(2026, 1, 5), "commun", "", 0)
    assert read_book(folder).book.hours == ()


def test_a_hidden_sheet_that_holds_a_table_is_asked_about() -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "factures"
    workbook.create_sheet("essai").sheet_state = "hidden"
    for name, number in (("factures", "F1"), ("essai", "F9")):
        workbook[name].append(["facture", "commande", "date", "montant_ht", "taux_tva"])
        workbook[name].append([number, "C1", "20/01/2026", "100,00", "20 %"])
    path = personal() / "ventes.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)
    given = [GivenFile("ventes.xlsx", path.read_bytes()), HOURS]
    first = propose(given, "Essai", Recipe(), Findings())
    hidden = next(each for each in first.questions if each.doubt.topic == "feuille")
    refused = propose(given, "Essai", first.answer(hidden, "non"), Findings())
    accepted = propose(given, "Essai", first.answer(hidden, "oui"), Findings())
    assert [each.count for each in refused.understood if each.table == "factures"] == [1]
    assert [each.count for each in accepted.understood if each.table == "factures"] == [2]


def test_the_empty_workbook_filled_in_needs_no_question_and_no_name(tmp_path: Path) -> None:
    write_xlsx_template(tmp_path / "modele.xlsx")
    workbook = load_workbook(tmp_path / "modele.xlsx")
    day = datetime(2026, 9, 4)
    for table, row in (
        ("personnes", ["Ada", "cape", day]),
        ("commandes", ["C1", "Buffet", "", day]),
        ("factures", ["F1", "C1", "Buffet", day, "", 500, "10 %"]),
        ("encaissements", ["F1", day, 550]),
        ("achats", ["Farine", day, 42.5]),
        ("heures", ["Ada", day, "prestation", "3h30", "C1"]),
        ("heures", ["Ada", day, "réunion", "1h"]),  # words of the group: the example line is laid with the others
    ):
        workbook[table].append(row)
    workbook.save(tmp_path / "rempli.xlsx")
    proposal, asked = answered(GivenFile("rempli.xlsx", (tmp_path / "rempli.xlsx").read_bytes()))
    assert asked == 0
    assert proposal.reading is not None, proposal.refusal
    assert [each.minutes for each in proposal.reading.book.hours] == [210, 60]
    assert proposal.unread == ()


def hours_of(*people: str) -> GivenFile:
    return table(
        "temps.csv", "Jour;Qui;Heures;Genre", *(f"0{at}/02/2026;{who};3h;commun" for at, who in enumerate(people, 1))
    )


def test_hours_of_nobody_that_the_book_knows_may_be_of_another_group() -> None:
    first, _ = answered(HOURS, INVOICES)
    folder = keep(first, "Les Essais", [HOURS, INVOICES], NOW)
    held, recipe = held_in(folder), recipe_in(folder)
    start = propose([hours_of("Awa", "Léo")], "Les Essais", recipe, Findings(), held)
    (question,) = start.questions
    assert "Aucune de ces personnes n'est dans « Les Essais » : Awa et Léo." in question.doubt.question
    wrong = propose([hours_of("Awa", "Léo")], "Les Essais", start.answer(question, "non"), Findings(), held)
    assert wrong.reading is None
    (problem,) = wrong.refusal.problems
    assert "ne vont pas dans « Les Essais »" in problem.what
    right = start.answer(question, "oui")
    assert [
        each.doubt.topic for each in propose([hours_of("Awa", "Léo")], "Les Essais", right, Findings(), held).questions
    ] == ["personnes.cape"]
    assert not right.lasting.answers.keys() & {"autre.groupe"}  # another month, it is asked again
    for people in (("Awa", "Olivier"), ("Awa",)):
        asked = propose([hours_of(*people)], "Les Essais", recipe, Findings(), held).questions
        assert "autre.groupe" not in [each.doubt.topic for each in asked]


def test_what_no_answer_can_mend_is_told_with_the_first_questions() -> None:
    bad = table("temps.csv", "Jour;Qui;Heures", "05/01/2026;Awa;3h", "06/01/2026;Léo;beaucoup", "07/01/2026;Léo;2h")
    start = propose([bad, INVOICES], "Essai", Recipe(), Findings())
    assert start.questions
    assert [each.where for each in start.refusal.problems] == ["Fichier temps.csv, ligne 3, colonne C « Heures »"]
    unsure = table("temps.csv", "Jour;Qui;Heures", "05/01/2026;Awa;90", "06/01/2026;Léo;120", "07/01/2026;Léo;45")
    start = propose([unsure, INVOICES], "Essai", Recipe(), Findings())
    assert start.questions
    assert start.refusal is None
