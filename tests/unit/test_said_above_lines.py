"""What stands alone above lines, or above a table, and may keep them from counting is asked: « Annulées »."""

from __future__ import annotations

import pytest

from tests.given_tables import SOLD, minutes, read, sales, sheet, table

MONTH = "2026-09"
DONE = {("Lia", MONTH): 180, ("Oum", MONTH): 240}
WORDS = ["Annulées", "Prévisionnel", "Congés", "Bénévolat", "À valider", "Hors groupe", "Doublons"]
WORK = table("heures.csv", "Jour;Qui;Genre;Temps", "03/09/2026;Lia;commun;2h")


def no(word: str) -> dict[str, str]:
    key = "".join(each for each in word.lower().replace("é", "e").replace("à", "a") if each.isalpha())
    return {f"etat_{key}": "non", f"prevu_{key}": "non", f"prevu_{key}septembre": "non"}


@pytest.mark.parametrize("word", WORDS)
def test_a_word_alone_among_hours_holds_for_those_under_it(word: str) -> None:
    lines = ("07/09/2026;Lia;3h", "08/09/2026;Oum;4h", f"{word};;", "14/09/2026;Lia;5h", "15/09/2026;Oum;6h")
    proposal, asked = read(table("heures.csv", "Date;Qui;Durée", *lines), genre="commun", **no(word))
    assert [topic for topic in asked if topic.startswith("etat.")]
    assert minutes(proposal) == DONE


@pytest.mark.parametrize("word", WORDS)
def test_a_word_alone_among_lines_of_people_under_days(word: str) -> None:
    given = sheet(
        "planning.xlsx", ["Nom", "07/09/2026", "08/09/2026"], ["Lia", 3, None], ["Oum", None, 4], [word],
        ["Lia", 5, 5], ["Oum", 2, 2],
    )  # fmt: skip
    proposal, asked = read(given, genre="commun", **no(word))
    assert [topic for topic in asked if topic.startswith("etat.")]
    assert minutes(proposal) == DONE


@pytest.mark.parametrize("word", WORDS)
def test_a_word_alone_among_days_of_people(word: str) -> None:
    given = sheet(
        "heures.xlsx", ["Date", "Lia", "Oum"], ["07/09/2026", 3, None], ["08/09/2026", None, 4], [word],
        ["14/09/2026", 5, 5], ["15/09/2026", 2, 2],
    )  # fmt: skip
    proposal, asked = read(given, genre="commun", **no(word))
    assert [topic for topic in asked if topic.startswith("etat.")]
    assert minutes(proposal) == DONE


@pytest.mark.parametrize("words", ["Maintenues", "Heures réalisées", "Semaine 37"])
def test_other_words_alone_end_what_was_said(words: str) -> None:
    given = sheet(
        "planning.xlsx", ["Nom", "07/09/2026", "08/09/2026"], ["Annulées"], ["Lia", 5, 5], [words], ["Lia", 3, None],
        ["Oum", None, 4],
    )  # fmt: skip
    proposal, _ = read(given, genre="commun", etat_annulees="non")
    assert minutes(proposal) == DONE


def test_an_empty_line_of_somebody_does_not_end_what_was_said() -> None:
    given = sheet(
        "planning.xlsx", ["Nom", "07/09/2026", "08/09/2026"], ["Lia", 3, None], ["Oum", None, 4], ["Annulées"],
        ["Zoé"], ["Lia", None, None], ["Oum", 2, 2],
    )  # fmt: skip
    proposal, _ = read(given, genre="commun", etat_annulees="non")
    assert minutes(proposal) == DONE


@pytest.mark.parametrize("word", ["À facturer", "Prévisions", "Pas encore envoyées", "Doublons"])
def test_a_word_alone_among_invoices_that_is_no_state(word: str) -> None:
    lines = ("F1;03/09/2026;Mairie;100,00;20,00;120,00", f"{word};;;;;", "F2;30/09/2026;Musée;50,00;10,00;60,00")
    given = table("factures.csv", "Facture;Date;Client;HT;TVA;TTC", *lines)
    proposal, asked = read(given, WORK, sold="", **no(word.replace(" ", "")))
    assert [topic for topic in asked if topic.startswith(("etat.", "prevu."))]
    assert sales(proposal) == {MONTH: 10_000}


@pytest.mark.parametrize(
    "title",
    ["Factures annulées septembre 2026", "Factures à envoyer", "Ancienne version - ne plus utiliser", "Exemple fictif"],
)
def test_the_title_above_a_list_of_invoices_is_heard(title: str) -> None:
    lines = [title], [], ["Facture", "Date", "Client", "HT", "TVA"], ["F9", "20/09/2026", "Case", 500, 100]
    _, asked = read(WORK, table("factures.csv", SOLD), sheet("autres.xlsx", *lines), sold="")
    assert [topic for topic in asked if topic.startswith("prevu.")]


def test_credit_notes_named_by_the_title_above_them_come_off() -> None:
    lines = (
        ["Avoirs septembre 2026"],
        [],
        ["Facture", "Date", "Client", "HT", "TVA"],
        ["F9", "20/09/2026", "Case", 50, 10],
    )
    first = table("factures.csv", "Facture;Date;Client;HT;TVA", "F1;03/09/2026;Case;200,00;40,00")
    proposal, asked = read(WORK, first, sheet("autres.xlsx", *lines), sold="")
    assert "montant_ht.avoir" in asked
    assert sales(proposal) == {MONTH: 15_000}


@pytest.mark.parametrize("title", ["Congés septembre 2026", "Heures annulées", "Bénévolat", "Modèle à copier"])
def test_the_title_above_hours_is_heard_once(title: str) -> None:
    lines = [title], [], ["Date", "Qui", "Heures"], ["20/09/2026", "Lia", 5]
    _, asked = read(WORK, sheet("autres.xlsx", *lines))
    assert len([topic for topic in asked if topic.startswith(("prevu.", "heures.faites"))]) == 1


@pytest.mark.parametrize("word", ["Cuisine", "Semaine 37", "Mairie", "Lia"])
def test_other_words_alone_are_no_doubt(word: str) -> None:
    lines = ("07/09/2026;Lia;3h", "08/09/2026;Oum;4h", f"{word};;", "14/09/2026;Lia;5h")
    _, asked = read(table("heures.csv", "Date;Qui;Durée", *lines), genre="commun")
    assert not [topic for topic in asked if topic.startswith("etat.")]


@pytest.mark.parametrize(
    "name",
    [
        "achats annulés",
        "devis fournisseurs",
        "commandes fournisseurs",
        "achats perso",
        "achats prévus",
        "achats - brouillon",
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_a_list_of_purchases_that_may_not_count_is_asked_about(name: str, above: bool) -> None:
    rows = ["Date", "Fournisseur", "Montant HT", "TVA"], ["08/09/2026", "Scierie", 80, 16]
    given = sheet(f"{'achats' if above else name}.xlsx", *([[name], []] if above else []), *rows)
    _, asked = read(WORK, given, sold=SOLD)
    assert [topic for topic in asked if topic.startswith("prevu.")], asked


@pytest.mark.parametrize("name", ["achats", "achats septembre", "dépenses fournisseurs", "Factures fournisseurs"])
def test_a_list_of_purchases_is_not_asked_about(name: str) -> None:
    rows = ["Date", "Fournisseur", "Montant HT", "TVA"], ["08/09/2026", "Scierie", 80, 16]
    _, asked = read(WORK, sheet(f"{name}.xlsx", *rows), sold=SOLD)
    assert not [topic for topic in asked if topic.startswith("prevu.")]


@pytest.mark.parametrize("remark", ["RAS", "perdu", "rien à signaler", "ticket perdu"])
def test_a_usual_remark_beside_a_line_is_no_doubt(remark: str) -> None:
    bought = table("achats.csv", "Date;Libellé;Montant HT;TVA;Note", f"08/09/2026;Vis;80,00;16,00;{remark}")
    worked = table("heures.csv", "Date;Qui;Durée;Note", f"07/09/2026;Lia;3h;{remark}", "08/09/2026;Oum;4h;")
    _, asked = read(worked, bought, genre="commun")
    assert not [topic for topic in asked if topic.startswith("etat.")]
