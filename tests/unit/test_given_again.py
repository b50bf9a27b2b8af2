"""A file given again speaks of its own lines alone: those of another person, or of other days, stay in the book."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import ImportProposal, propose
from kpa_model.files.importing.recipe import Recipe
from kpa_model.story.months.corrected import added_late, but_rounding, corrections
from tests.given_tables import SOLD, minutes, sales, table


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))


def given(*files: GivenFile, into: Path | None = None, **answers: str) -> tuple[ImportProposal, Path, list[str]]:
    """Bring files in a book, a new one or the one kept before; return what was asked too."""
    recipe, held, asked = recipe_in(into) if into else Recipe(), held_in(into) if into else None, list[str]()
    while (proposal := propose(files, "Les Fois", recipe, Findings(), held)).questions:
        question = proposal.questions[0]
        options = [value for value, _ in question.doubt.options]
        usual = "|".join(options) if question.doubt.several else options[0]
        recipe = proposal.answer(question, answers.get(question.doubt.topic.split(".")[0], usual))
        asked.append(question.doubt.topic)
    return proposal, keep(proposal, "Les Fois", files, datetime(2026, 10, len(asked) + 1)), asked


def hours(name: str, *days: int, much: str = "2h") -> GivenFile:
    return table(name, "Date;Durée;Genre", *(f"{day:02d}/09/2026;{much};commun" for day in days))


TIAGO, MAUD = ("Tiago", "2026-09"), ("Maud", "2026-09")


def test_a_file_of_one_person_takes_away_no_hours_of_another() -> None:
    first = [hours("Tiago.csv", 7, 8, 9), hours("Maud.csv", 7, 9, much="1h"), table("factures.csv", SOLD)]
    proposal, book, _ = given(*first)
    assert minutes(proposal) == {TIAGO: 360, MAUD: 120}
    again, book, asked = given(hours("Tiago.csv", 7, 9, much="3h"), into=book)
    assert asked == []
    assert minutes(again) == {TIAGO: 360, MAUD: 120}
    late, _, _ = given(hours("Maud.csv", 7, 9), into=book)
    assert minutes(late) == {TIAGO: 360, MAUD: 240}


def test_two_lists_given_again_over_other_days_each_speak_of_their_own() -> None:
    def site(*days: int) -> GivenFile:
        return table(
            "terrain.csv", "Date;Qui;Temps;Genre;Lieu", *(f"{day:02d}/09/2026;Ida;1h;commun;ici" for day in days)
        )

    def desk(*days: int) -> GivenFile:
        return table("bureau.csv", "Le;Membre;Nb heures;Type", *(f"{day:02d}/09/2026;Ida;2h;appui" for day in days))

    _, book, _ = given(site(1, 2, 28), desk(3, 24), table("factures.csv", SOLD))
    again, _, _ = given(site(28), desk(3, 24), into=book)
    assert minutes(again) == {("Ida", "2026-09"): 3 * 60 + 4 * 60}
    less, _, _ = given(site(1, 28), desk(3, 24), into=book)
    assert minutes(less) == {("Ida", "2026-09"): 2 * 60 + 4 * 60}


def trade(name: str, month: int, *lines: str, head: str = "Jour;Tiers;Objet;Somme") -> GivenFile:
    return table(f"{name} {month:02d}-2026.csv", head, *(each.format(f"{month:02d}/2026") for each in lines))


def test_sales_and_purchases_under_the_same_titles_keep_their_own_answers() -> None:
    def lists(month: int) -> tuple[GivenFile, ...]:
        sold = trade("Ventes", month, "03/{};Mairie;haie;100,00", "05/{};École;goûter;200,00")
        bought = trade("Achats", month, "04/{};Quincaille;vis;60,00", "06/{};Minoterie;farine;31,80")
        return sold, bought, table(f"h{month}.csv", "Date;Qui;Durée;Genre", f"07/{month:02d}/2026;Ida;2h;commun")

    recipe = Recipe()
    while (proposal := propose(lists(9), "Les Fois", recipe, Findings())).questions:
        question = proposal.questions[0]
        bought = "Achats" in question.place.file
        said = {"colonne.montant_ht": "ttc:Somme" if bought else "Somme", "taux": "20" if bought else "0"}
        recipe = proposal.answer(question, said.get(question.doubt.topic, "Ida"))
    book = keep(proposal, "Les Fois", lists(9), datetime(2026, 9, 30))
    later, _, asked = given(*lists(10), into=book)
    assert asked == []
    assert later.reading is not None
    assert [each.before_tax for each in later.reading.book.lines] == [10_000, 20_000] * 2
    assert sorted(each.before_tax for each in later.reading.book.costs) == [2650, 2650, 5000, 5000]


def test_lists_that_do_not_say_whether_they_are_sold_or_bought_are_each_asked_about() -> None:
    def lists(month: int) -> tuple[GivenFile, ...]:
        head = "Date;Tiers;Objet;HT;TVA;TTC"
        sold = trade(
            "Cahier A", month, "03/{};Mairie;haie;100,00;20,00;120,00", "05/{};École;mur;10,00;2,00;12,00", head=head
        )
        bought = trade(
            "Cahier B", month, "04/{};Gros;vis;50,00;10,00;60,00", "06/{};Vrac;clous;5,00;1,00;6,00", head=head
        )
        return sold, bought, table(f"h{month}.csv", "Date;Qui;Durée;Genre", f"07/{month:02d}/2026;Ida;2h;commun")

    recipe, asked = Recipe(), list[str]()
    while (proposal := propose(lists(9), "Les Fois", recipe, Findings())).questions:
        question = proposal.questions[0]
        asked.append(question.doubt.topic)
        said = {"table.cahiera": "factures", "table.cahierb": "achats"}.get(question.doubt.topic, "Ida")
        recipe = proposal.answer(question, said)
    assert {"table.cahiera", "table.cahierb"} <= {*asked}
    book = keep(proposal, "Les Fois", lists(9), datetime(2026, 9, 30))
    later, _, asked = given(*lists(10), into=book)
    assert asked == []
    assert later.reading is not None
    assert [each.before_tax for each in later.reading.book.lines] == [10_000, 1000] * 2
    assert sorted(each.before_tax for each in later.reading.book.costs) == [500, 500, 5000, 5000]


def test_a_book_of_receipts_gives_the_sales_of_each_of_its_months() -> None:
    def month(number: int, *lines: str) -> tuple[GivenFile, ...]:
        receipts = trade("Caisse", number, *lines, head="Jour;Libellé;Reçu")
        return receipts, table(f"h{number}.csv", "Date;Qui;Durée;Genre", f"07/{number:02d}/2026;Ida;2h;commun")

    _, book, asked = given(*month(9, "05/{};Stand;80,00", "12/{};Stand;60,00"))
    assert {"recettes", "recettes.tva"} <= {*asked}
    later, book, asked = given(*month(10, "05/{};Stand;80,00", "19/{};Stand;40,00"), into=book)
    assert asked == []
    assert sales(later) == {"2026-09": 14_000, "2026-10": 12_000}
    again, _, _ = given(*month(9, "05/{};Stand;80,00", "12/{};Stand;65,00"), into=book)
    assert sales(again) == {"2026-09": 14_500, "2026-10": 12_000}


@pytest.mark.parametrize("numbered", [False, True])
def test_a_sheet_of_money_in_and_out_gives_the_sales_of_each_of_its_months(numbered: bool) -> None:
    def month(number: int, *more: GivenFile) -> tuple[GivenFile, ...]:
        lines = ("05/{0};{1}1;Stand;80,00;", "06/{0};{1}2;Farine;;30,00", "19/{0};{1}3;Atelier;40,00;")
        told = [each.format("{}", f"R{number}-" if numbered else "") for each in lines]
        head = "Date;Pièce;Libellé;Recette;Dépense" if numbered else "Date;Ligne;Libellé;Recette;Dépense"
        worked = table(f"h{number}.csv", "Date;Qui;Durée;Genre", f"07/{number:02d}/2026;Ida;2h;commun")
        return trade("Livre", number, *told, head=head), worked, *more

    _, book, asked = given(*month(9))
    assert "entrees.tva" in asked
    later, book, asked = given(*month(10), into=book)
    assert asked == []
    assert sales(later) == {"2026-09": 12_000, "2026-10": 12_000}
    bills = table("factures.csv", "N°;Date;Client;HT;TVA;TTC", "F1;05/11/2026;Stand;66,67;13,33;80,00",
                  "F2;19/11/2026;Atelier;40,00;0,00;40,00")  # fmt: skip
    listed, _, asked = given(*month(11, bills), into=book)
    assert "entrees" in asked
    assert sales(listed) == {"2026-09": 12_000, "2026-10": 12_000, "2026-11": 10_667}


def times(month: int, *cells: str, title: str = "Temps", above: str = "") -> GivenFile:
    lines = (f"{day:02d}/{month:02d}/2026;Ida;{cell};commun" for day, cell in enumerate(cells, 2))
    return table(f"temps {month}.csv", *([above] if above else []), f"Date;Qui;{title};Genre", *lines)


def test_a_unit_answered_before_is_told_and_asked_again_when_the_numbers_look_like_another() -> None:
    first, book, asked = given(times(9, "90", "45"), table("factures.csv", SOLD), duree="min")
    assert "duree.unite" in asked
    assert any("lus en minutes, comme vous l'avez répondu" in each for each in first.heeded)
    later, book, asked = given(times(10, "2", "3,5", "6"), into=book, duree="h")
    assert asked == ["duree.unite_ici"]
    assert minutes(later) == {("Ida", "2026-09"): 135, ("Ida", "2026-10"): 690}
    last, _, asked = given(times(11, "120", "20"), into=book)
    assert asked == []
    assert minutes(last)["Ida", "2026-11"] == 140
    assert any("lus en minutes, comme vous l'avez répondu" in each for each in last.heeded)


def test_the_unit_of_a_title_and_the_length_of_a_day_said_above_go_before_an_answer() -> None:
    _, book, _ = given(times(9, "90", "45"), table("factures.csv", SOLD), duree="min")
    hours, _, asked = given(times(10, "2", "6", title="Temps (h)"), into=book)
    assert asked == []
    assert minutes(hours)["Ida", "2026-10"] == 480


def test_the_length_of_a_day_said_above_goes_before_the_one_answered() -> None:
    _, book, asked = given(times(9, "1", "0,5", title="Jours"), table("factures.csv", SOLD), duree="420")
    assert "duree.unite" in asked
    days, _, asked = given(times(10, "1", "0,5", title="Jours", above="Relevé : 1 jour = 8 h"), into=book)
    assert asked == []
    assert minutes(days) == {("Ida", "2026-09"): 630, ("Ida", "2026-10"): 720}


@pytest.mark.parametrize(("said", "kept"), [("annee", {"2025-12": 130_000, "2026-01": 40_000}),
                                            ("meme", {"2025-12": 30_000, "2026-01": 40_000})])  # fmt: skip
def test_numbers_that_begin_again_each_year_are_asked_about_once(said: str, kept: dict[str, int]) -> None:
    def bills(year: int, *lines: str) -> GivenFile:
        return table(f"ventes {year}.csv", "N°;Date;Client;Montant HT;Taux TVA", *lines)

    old = bills(2025, "V1;02/12/2025;Gîte;1000,00;20 %", "V2;05/12/2025;Halle;300,00;20 %")
    _, book, _ = given(old, table("h.csv", "Date;Qui;Durée;Genre", "02/12/2025;Ida;2h;commun"))
    later, book, asked = given(bills(2026, "V1;12/01/2026;Lilas;400,00;20 %"), into=book, factures=said)
    assert asked == ["factures.annee"]
    assert sales(later) == kept
    if said == "annee":
        more = bills(2026, "V1;12/01/2026;Lilas;400,00;20 %", "V2;19/01/2026;Gîte;50,00;20 %")
        again, book, asked = given(more, into=book)
        assert asked == []
        assert sales(again) == {"2025-12": 130_000, "2026-01": 45_000}
        assert sales(given(old, into=book)[0]) == {"2025-12": 130_000, "2026-01": 45_000}


def test_what_is_corrected_in_a_line_of_the_same_length_is_told() -> None:
    def worked(project: str) -> GivenFile:
        return table("temps.csv", "Date;Qui;Durée;Projet;Genre", f"07/09/2026;Ida;2h;{project};prestation",
                     "08/09/2026;Ida;1h;Serre;prestation")  # fmt: skip

    _, book, _ = given(worked("Verge"), table("factures.csv", SOLD))
    again, _, _ = given(worked("Verger"), into=book, commandes="Verger", commande="nouvelle")
    assert any("« Verge » devient « Verger »" in each for each in corrections(again.merged.changes))


def test_what_comes_or_moves_in_days_already_there_is_told() -> None:
    def worked(*lines: str) -> GivenFile:
        return table("temps.csv", "Date;Qui;Durée;Tâche;Genre", *(f"{each};commun" for each in lines))

    _, book, _ = given(worked("07/09/2026;Ida;2h;tri", "08/09/2026;Bo;50min;pub"), table("factures.csv", SOLD))
    last = ("08/09/2026;Ida;50min;pub", "05/09/2026;Ida;1h;quai", "08/09/2026;Bo;4h;four", "09/10/2026;Bo;3h;tri")
    again, _, _ = given(worked("07/09/2026;Ida;2h;tri", *last), into=book)
    assert [plain(each) for each in corrections(again.merged.changes)] == [
        "Heures de Bo, 08/09/2026, pub : 50 min, maintenant à Ida"
    ]
    assert [plain(each) for each in added_late(again.merged)] == [
        "Heures d'Ida, 05/09/2026, quai : 1 h, ajoutées",
        "Heures de Bo, 08/09/2026, four : 4 h, ajoutées",
    ]


def test_new_weeks_are_not_told_as_late() -> None:
    def worked(*days: str) -> GivenFile:
        return table("temps.csv", "Date;Qui;Durée;Genre", *(f"{day};{who};2h;commun" for day in days for who in "AB"))

    _, book, _ = given(worked("07/09/2026"), table("factures.csv", SOLD))
    again, _, _ = given(worked("07/09/2026", "14/09/2026", "21/09/2026"), into=book)
    assert not added_late(again.merged)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def noted(*lines: str) -> GivenFile:
    return table("temps.csv", "User,Start date,Duration,Tags", *(f"Rose,2026-09-{line},commun" for line in lines))


SECONDS = ("01,01:00:25", "02,02:10:20", "03,00:30:25", "04,03:00:20", "07,01:15:25", "08,02:00:20")


def test_lines_that_only_the_seconds_of_another_one_move_are_the_same_lines_told_once() -> None:
    _, book, _ = given(noted(*SECONDS), table("factures.csv", SOLD))
    again, _, _ = given(noted("01,04:00:50", *SECONDS[1:]), into=book)
    assert minutes(again) == {("Rose", "2026-09"): 12 * 60 + 58}
    told = [each.replace("\xa0", " ") for each in corrections(again.merged.changes)]
    assert "Heures de Rose, 01/09/2026" in told[0]
    assert "1 h devient 4 h 01" in told[0]
    assert [each[:20] for each in told[1:]] == ["Arrondi des secondes"]
    assert added_late(again.merged) == []
    seen = but_rounding(again.merged.changes["heures"])
    assert (len(seen.added), len(seen.removed), seen.same) == (1, 1, 5)


def test_a_minute_corrected_alone_or_without_seconds_is_told() -> None:
    for first in (SECONDS, ("01,01:00:00", "02,02:10:00")):
        _, book, _ = given(noted(*first), table("factures.csv", SOLD))
        again, _, _ = given(noted(first[0].replace("01:00", "01:01"), *first[1:]), into=book)
        (told,) = corrections(again.merged.changes)
        assert "Heures de Rose, 01/09/2026" in told


def test_a_correction_says_which_column_changed_and_how() -> None:
    def listed(*lines: str) -> GivenFile:
        return table("reçus.csv", "Facture;Date du paiement;Montant", *lines)

    work = table("temps.csv", "Date;Qui;Durée;Genre", "07/09/2026;Ida;2h;commun")
    bills = ("F1;10/09/2026;500,00;100,00", "F2;11/09/2026;50,00;10,00", "F3;11/09/2026;10,00;2,00")
    sold = table("factures.csv", "Numéro;Date;Montant HT;TVA", *bills)
    first = "F3;12/09/2026;12,00"
    _, book, _ = given(work, sold, listed(first, "F1;14/09/2026;600,00", "F2;15/09/2026;60,00"))
    again, _, _ = given(work, sold, listed(first, "F1;02/10/2026;600,00", "F2;16/09/2026;40,00"), into=book)
    assert sorted(plain(each) for each in corrections(again.merged.changes)) == [
        "Paiement de F1 : 600,00 €, Date du paiement : « 14/09/2026 » devient « 02/10/2026 »",
        "Paiement de F2 : 60,00 € devient 40,00 €, Date du paiement : « 15/09/2026 » devient « 16/09/2026 »",
    ]
