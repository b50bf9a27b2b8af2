"""Hours that say « chez qui » go to the order of that customer's invoice: when it is sure; else asked, or told."""

from __future__ import annotations

import shutil
from collections import defaultdict
from datetime import datetime
from pathlib import Path

import pytest

from kpa_model.cooperative.facts import months_of
from kpa_model.files.book.book_reader import read_book
from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import ImportProposal, propose
from kpa_model.pay.engine import settle
from kpa_model.pay.ready import ready_rules
from tests.given_tables import minutes, read, table

HEALTHY = Path(__file__).parents[1] / "messages" / "carnet_sain"
NOW = datetime(2026, 12, 1, 9, 0)
SOLD = (
    "N°;Date;Client;Montant HT;TVA",
    "V1;18/09/2026;Crèche des Lilas;700,00;140,00",
    "V2;25/09/2026;Scierie Morel;300,00;60,00",
    "V3;30/10/2026;Crèche des Lilas;450,00;90,00",
)
ONE = "Qui;Le;Temps passé;{}"
DONE = ("Ines;07/09/2026;3h;Crèche des Lilas", "Théo;08/09/2026;2h;scierie morel", "Théo;09/09/2026;1h;")


def orders(proposal: ImportProposal) -> dict[str, int]:
    """Return the minutes of each order."""
    assert proposal.reading is not None, proposal.refusal
    found: dict[str, int] = defaultdict(int)
    for each in proposal.reading.book.hours:
        found[each.order] += each.minutes
    return dict(found)


def told(proposal: ImportProposal, word: str) -> str:
    return " ".join(note for note in proposal.heeded if word in note).replace("\xa0", " ")


def of(*lines: str, title: str = "Chez qui ?", sold: tuple[str, ...] = SOLD, **answers: str):  # type: ignore[no-untyped-def]
    return read(table("relevé.csv", ONE.format(title), *lines), sold="\n".join(sold), **answers)


@pytest.mark.parametrize("title", ["Chez qui ?", "Client", "Pour qui", "Pour", "Projet", "Customer", "Lieu", "Maison"])
def test_a_column_of_customers_leads_to_their_invoices_whatever_its_title(title: str) -> None:
    proposal, asked = of(*DONE, title=title)
    assert orders(proposal) == {"V1": 180, "V2": 120, "": 60}
    said = told(proposal, "rattachées")
    assert "5 h rattachées à la facture de leur client. « Crèche des Lilas » : V1 (3 h)" in said
    assert "« Scierie Morel » : V2 (2 h)" in said
    assert "commande.client" not in asked


def test_customers_stand_in_a_column_of_tasks_over_columns_of_people_and_in_the_book_s_own_layout() -> None:
    tasks, _ = read(
        table("relevé.csv", "Qui;Le;Travail;Durée", "Ines;07/09/2026;Scierie Morel;2h", "Ines;08/09/2026;Réunion;1h"),
        sold="\n".join(SOLD),
    )
    assert orders(tasks) == {"V2": 120, "": 60}
    people, _ = read(
        table("relevé.csv", "Jour;Chez;Ines;Théo", "07/09/2026;Scierie Morel;2h;1h", "08/09/2026;Crèche des Lilas;;4h"),
        sold="\n".join(SOLD),
    )
    assert orders(people) == {"V2": 180, "V1": 240}
    own, _ = read(
        table("heures.csv", "personne;date;genre;duree;Endroit", "Ines;07/09/2026;appui;2h;Scierie Morel"),
        sold="\n".join(SOLD),
    )
    assert orders(own) == {"V2": 120}


def test_work_of_the_month_before_goes_to_the_one_invoice_of_the_next_month() -> None:
    assert orders(of("Ines;20/08/2026;3h;Scierie Morel")[0]) == {"V2": 180}


def test_the_invoice_of_the_month_made_after_the_work_is_the_one_though_the_next_month_has_another() -> None:
    proposal, asked = of("Ines;07/09/2026;3h;Crèche des Lilas")
    assert orders(proposal) == {"V1": 180}
    assert "commande.client" not in asked


@pytest.mark.parametrize(("answer", "expected"), [("suivante", {"V3": 90}), ("mois", {"V1": 90}), ("aucune", {"": 90})])
def test_work_after_the_invoice_of_the_month_is_asked_once_for_the_table(answer: str, expected: dict[str, int]) -> None:
    lines = ("Ines;21/09/2026;1h;Crèche des Lilas", "Théo;22/09/2026;30 min;Crèche des Lilas")
    proposal, asked = of(*lines, commande_client=answer)
    assert orders(proposal) == expected
    assert asked.count("commande.client") == 1
    if answer == "aucune":
        assert "« Crèche des Lilas » (1 h 30) : on ne sait pas" in told(proposal, "sans commande")


def test_the_question_says_what_is_at_stake() -> None:
    given = [table("relevé.csv", ONE.format("Client"), "Ines;21/09/2026;1h30;Crèche des Lilas"), table("f.csv", *SOLD)]
    doubts = {each.doubt.topic: each.doubt for each in propose(given, "Essai", None, Findings()).questions}
    said = doubts["commande.client"].question.replace("\xa0", " ")
    assert "V1 du 18/09/2026 et V3 du 30/10/2026" in said
    assert "À quelle facture vont ces heures (1 h 30)" in said


def test_a_lone_invoice_made_before_the_work_may_be_that_of_other_work() -> None:
    late = "Théo;28/09/2026;2h;Scierie Morel"
    assert orders(of(late, commande_client="suivante")[0]) == {"": 120}
    assert orders(of(late, commande_client="mois")[0]) == {"V2": 120}
    given = [table("relevé.csv", ONE.format("Client"), late), table("f.csv", *SOLD)]
    (doubt,) = [
        each.doubt
        for each in propose(given, "Essai", None, Findings()).questions
        if each.doubt.topic == "commande.client"
    ]
    said = doubt.question.replace("\xa0", " ")
    assert said == "« Scierie Morel » : 2 h de travail après la facture V2 du 25/09/2026. Est-ce pour cette facture ?"
    assert [label for _, label in doubt.options][:2] == ["oui", "non : pour une facture à venir"]


def test_invoices_of_one_day_cannot_be_told_apart_and_nothing_is_asked() -> None:
    twice = (*SOLD, "V4;25/09/2026;Scierie Morel;80,00;16,00")
    proposal, asked = of("Théo;08/09/2026;2h;Scierie Morel", sold=twice)
    assert orders(proposal) == {"": 120}
    assert "commande.client" not in asked
    assert "« Scierie Morel » (2 h) : on ne sait pas pour quelle facture" in told(proposal, "sans commande")


def test_invoices_without_hours_of_a_customer_who_has_some_elsewhere_are_told() -> None:
    first = (*SOLD, "V0;03/09/2026;Scierie Morel;90,00;18,00")
    proposal, _ = of("Théo;08/09/2026;2h;Scierie Morel", sold=first, commande_client="suivante")
    assert orders(proposal) == {"V2": 120}
    said = told(proposal, "sans heures")
    assert "V0 du 03/09/2026 (« Scierie Morel »)" in said
    assert "V1" not in said


def test_a_credit_note_is_no_invoice_of_work() -> None:
    less = (*SOLD, "A1;29/09/2026;Scierie Morel;-50,00;-10,00")
    assert orders(of("Théo;08/09/2026;2h;Scierie Morel", sold=less)[0]) == {"V2": 120}


def test_hours_without_an_invoice_stay_in_their_month_and_are_told_with_their_sum() -> None:
    proposal, _ = of(*DONE, "Ines;02/12/2026;2h;Crèche des Lilas", "Ines;10/09/2026;4h;Grange")
    assert minutes(proposal)["Ines", "2026-12"] == 120
    said = told(proposal, "sans commande")
    assert "« Crèche des Lilas » (2 h) : pas de facture ce mois-là, ni le suivant" in said
    assert "« Grange » (4 h) : pas un client" in said
    assert "7 h. Lignes sans client : 1 h ;" in said


def test_a_name_written_short_is_asked_with_the_others() -> None:
    lines = ("Ines;07/09/2026;3h;Crèche", "Théo;08/09/2026;2h;Morel")
    proposal, asked = of(*lines)
    assert orders(proposal) == {"V1": 180, "V2": 120}
    assert asked.count("client.memes") == 1
    assert orders(of(*lines, client_memes="Morel=Scierie Morel")[0]) == {"": 180, "V2": 120}


def test_a_short_name_that_two_customers_share_is_nobody_s() -> None:
    proposal, asked = of("Ines;07/09/2026;3h;Lilas", sold=(*SOLD, "V5;28/09/2026;École des Lilas;90,00;18,00"))
    assert "client.memes" not in asked
    assert orders(proposal) == {"": 180}


def test_orders_of_the_group_win() -> None:
    sold = ("N°;Commande;Date;Client;Montant HT;TVA", "V1;Toit;18/09/2026;Scierie Morel;700,00;140,00")
    given = table(
        "relevé.csv",
        "Qui;Le;Temps;Commande;Client",
        "Ines;07/09/2026;3h;Toit;Autre",
        "Théo;08/09/2026;2h;;Scierie Morel",
    )
    assert orders(read(given, sold="\n".join(sold))[0]) == {"Toit": 300}


@pytest.mark.parametrize(("answer", "expected"), [("client", {"V2": 120}), ("projet", {"Charpente": 120})])
def test_a_project_that_no_invoice_names_beside_its_customer_is_asked(answer: str, expected: dict[str, int]) -> None:
    given = table(
        "suivi.csv", "User,Client,Project,Start date,Duration", "Ines,Scierie Morel,Charpente,2026-09-08,02:00:00"
    )
    proposal, asked = read(given, sold="\n".join(SOLD), commande_projet=answer)
    assert orders(proposal) == expected
    assert asked.count("commande.projet") == 1


PROJECTS = table(
    "suivi.csv", "User,Client,Project,Start date,Duration", "Ines,Scierie Morel,Charpente,2026-09-08,02:00:00",
    "Ines,Crèche des Lilas,Fresque,2026-09-21,03:00:00", "Théo,Crèche des Lilas,Jardin,2026-09-21,01:00:00",
)  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("client.mois", {"V1": 240, "V2": 120}), ("client.suivante", {"V3": 240, "V2": 120}),
     ("client.aucune", {"": 240, "V2": 120}), ("projet", {"Charpente": 120, "Fresque": 180, "Jardin": 60})],
)  # fmt: skip
def test_projects_of_customers_with_several_invoices_are_asked_about_once(
    answer: str, expected: dict[str, int]
) -> None:
    proposal, asked = read(PROJECTS, sold="\n".join(SOLD), commande_projet=answer)
    assert orders(proposal) == expected
    assert [each for each in asked if each.startswith("commande")] == ["commande.projet"]
    question = propose([PROJECTS, table("factures.csv", *SOLD)], "Essai", None, Findings()).questions
    (said,) = [each.doubt.question for each in question if each.doubt.topic == "commande.projet"] or [""]
    assert "« Charpente », « Fresque » et « Jardin »" in said
    assert "Leurs 6\xa0h vont-elles à la facture de leur client" in said


def test_an_order_of_the_list_that_waits_for_its_invoice_takes_the_hours_of_its_customer() -> None:
    listed = table("commandes.csv", "Commande;Date;Client", "C1;01/09/2026;Scierie Morel", "C2;01/09/2026;Moulin")
    sold = "N°;Commande;Date;Montant HT;TVA\nV1;C1;18/09/2026;700,00;140,00"
    given = table("relevé.csv", ONE.format("Client"), "Ines;07/09/2026;3h;Moulin", "Théo;07/09/2026;1h;Scierie Morel")
    assert orders(read(given, listed, sold=sold)[0]) == {"C2": 180, "C1": 60}


def test_hours_of_a_week_and_of_a_month_go_whole_to_one_invoice() -> None:
    week, _ = read(
        table("relevé.csv", "Semaine;Qui;Client;Durée", "S37 2026;Ines;Scierie Morel;5h"), sold="\n".join(SOLD)
    )
    assert orders(week) == {"V2": 300}
    month, _ = read(
        table("septembre 2026.csv", ";Scierie Morel;Moulin;Total", "Ines;5;1;6", "Théo;2;;2"), sold="\n".join(SOLD)
    )
    assert orders(month) == {"V2": 420, "": 60}


def test_no_time_is_lost_and_each_person_keeps_her_hours_of_each_month() -> None:
    lines = (*DONE, "Ines;21/09/2026;1h;Crèche des Lilas", "Théo;30/10/2026;7h;Crèche", "Ines;05/12/2026;2h;Moulin")
    without = tuple(f"{line.rsplit(';', 1)[0]};" for line in lines)
    assert minutes(of(*lines)[0]) == minutes(of(*without)[0])


def test_order_by_order_then_pays_those_who_worked_for_each_customer() -> None:
    proposal, _ = of("Ines;07/09/2026;3h;Crèche des Lilas", "Théo;08/09/2026;2h;Scierie Morel")
    assert proposal.reading is not None
    month = next(each for each in months_of(proposal.reading.book) if each.label == "2026-09")
    pay = dict(zip(month.members, settle(ready_rules()["par_commande"], month).pay.tolist(), strict=True))
    assert pay["Ines"] > pay["Théo"] > 0
    assert abs(pay["Ines"] * 3 - pay["Théo"] * 7) <= 10  # 700 € and 300 €


def test_the_next_months_ask_nothing_and_the_same_files_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    worked = table(
        "relevé.csv", ONE.format("Client"), "Ines;07/09/2026;3h;Crèche", "Ines;21/09/2026;1h;Crèche des Lilas"
    )
    sold = table("factures.csv", *SOLD)
    first, _ = read(worked, sold="\n".join(SOLD), commande_client="suivante")
    folder = keep(first, "Les Lilas", [worked, sold], NOW)
    held, recipe = held_in(folder), recipe_in(folder)
    for files in ([worked, sold], [worked]):  # the customers of invoices given before are known
        again = propose(files, "Les Lilas", recipe, Findings(), held)
        assert not again.questions
        assert again.merged.nothing, again.merged.changes


def test_a_column_of_customers_that_no_invoice_names_is_told_with_its_hours() -> None:
    proposal, _ = of(*DONE, sold=("N°;Date;Montant HT;TVA", "V1;18/09/2026;700,00;140,00"))
    assert set(orders(proposal)) == {""}
    assert "5 h. « Chez qui ? » : aucune facture ne dit son client" in told(proposal, "sans commande")
    alone = propose([table("relevé.csv", ONE.format("Client"), *DONE)], "Essai", None, Findings())
    assert any("il n'y a pas de factures" in note for note in alone.notes)


def test_an_order_that_invoices_call_by_its_customer_takes_her_hours() -> None:
    bills = (line.split(";") for line in SOLD[1:])
    sold = ("N°;Commande;Date;Montant HT;TVA", *(";".join((one, who, day, *rest)) for one, day, who, *rest in bills))
    proposal, asked = of(*DONE[:2], "Ines;05/12/2026;1h;Crèche des Lilas", sold=sold)
    assert orders(proposal) == {"Crèche des Lilas": 240, "Scierie Morel": 120}
    assert "commande.client" not in asked
    assert "« Crèche des Lilas » : Crèche des Lilas (4 h)" in told(proposal, "rattachées")


@pytest.mark.parametrize("title", ["Nom", "Destinataire", "À qui", "Payeur", "Nom du client", "Facturé à"])
def test_invoices_say_their_customer_under_many_titles(title: str) -> None:
    proposal, _ = of(*DONE, sold=(SOLD[0].replace("Client", title), *SOLD[1:]))
    assert orders(proposal) == {"V1": 180, "V2": 120, "": 60}


def test_a_customer_said_once_above_her_lines_is_asked_about() -> None:
    lines = ("Scierie Morel;07/09/2026;Ines;3h", ";08/09/2026;Théo;2h", "Crèche des Lilas;09/09/2026;Ines;1h")
    given = table("relevé.csv", "Chez;Jour;Qui;Durée", *lines)
    proposal, asked = read(given, sold="\n".join(SOLD))
    assert asked.count("client.vides") == 1
    assert orders(proposal) == {"V2": 300, "V1": 60}
    assert orders(read(given, sold="\n".join(SOLD), client_vides="vide")[0]) == {"V2": 180, "": 120, "V1": 60}
    assert (
        "client.vides"
        not in read(table("relevé.csv", "Chez;Jour;Qui;Durée", lines[0], *lines), sold="\n".join(SOLD))[1]
    )


@pytest.mark.parametrize(
    "two", ["Scierie Morel / Crèche", "Scierie Morel et Crèche des Lilas", "Scierie Morel + Halles"]
)
def test_two_customers_in_a_cell_are_not_one_of_them(two: str) -> None:
    proposal, asked = of(f"Ines;07/09/2026;3h;{two}", DONE[1])
    assert "client.memes" not in asked
    assert orders(proposal) == {"": 180, "V2": 120}


def test_the_strict_reader_says_what_leads_hours_to_invoices(tmp_path: Path) -> None:
    names = ("personnes", "commandes", "factures")
    for name in names:
        shutil.copy(HEALTHY / f"{name}.csv", tmp_path)
    lines = (HEALTHY / "heures.csv").read_text("utf-8").splitlines()
    told = [f"{line};{'Client' if at == 0 else 'Mairie'}" for at, line in enumerate(lines)]
    (tmp_path / "heures.csv").write_text("\n".join(told), "utf-8")
    assert any("« Client » n'est pas lu ici" in note.replace("\xa0", " ") for note in read_book(tmp_path).notes)


def test_a_kind_of_work_in_the_place_of_a_customer_is_that_kind() -> None:
    proposal, _ = of(*DONE[:2], "Théo;09/09/2026;1h;Réunion", genre="appui")
    assert proposal.reading is not None
    kinds = {each.on.day: each.kind.value for each in proposal.reading.book.hours}
    assert kinds == {7: "prestation", 8: "prestation", 9: "commun"}


LABELS = (
    "N°;Date;Objet;Montant HT;TVA",
    "V1;18/09/2026;Buffet de Mme Morin;700,00;140,00",
    "V2;25/09/2026;Taille, école Prévert;300,00;60,00",
    "V3;26/09/2026;Stand Fête des Mares;100,00;20,00",
    "V4;28/09/2026;Stand Fête des Cerises;100,00;20,00",
)


@pytest.mark.parametrize("said", ["chez Morin", "Mme Morin", "MORIN", "famille Morin"])
def test_a_customer_told_in_the_label_of_one_invoice_leads_to_it_and_is_told(said: str) -> None:
    lines = (f"Ines;07/09/2026;3h;{said}", "Théo;08/09/2026;2h;École Prévert", "Théo;09/09/2026;1h;Fournier")
    proposal, asked = of(*lines, sold=LABELS)
    assert orders(proposal) == {"V1": 180, "V2": 120, "": 60}
    assert f"« {said} »" in told(proposal, "d'après le libellé d'une facture")
    assert "« Fournier » (1 h) : pas un client de vos factures" in told(proposal, "restées")
    assert "commande.client" not in asked


def test_a_word_of_several_labels_is_no_customer_s() -> None:
    proposal, asked = of("Ines;07/09/2026;3h;Fête", "Ines;27/09/2026;2h;Fête", sold=LABELS)
    assert "commande.client" in asked or orders(proposal) == {"": 300}


def test_the_customer_that_an_invoice_says_goes_before_its_label() -> None:
    sold = ("N°;Date;Client;Objet;Montant HT;TVA", "V1;18/09/2026;Mairie;Buffet Morin;700,00;140,00")
    proposal, _ = of("Ines;07/09/2026;3h;Morin", "Ines;08/09/2026;1h;Mairie", sold=sold)
    assert orders(proposal) == {"V1": 60, "": 180}


@pytest.mark.parametrize("way", ["client.mois", "client.suivante", "client.aucune"])
def test_if_there_are_several_says_nothing_of_a_customer_with_one_invoice(way: str) -> None:
    lines = ("Ines;07/09/2026;3h;Jeux;Crèche des Lilas", "Théo;28/09/2026;2h;Lames;Scierie Morel")
    given = table("relevé.csv", "Qui;Le;Temps passé;Projet;Client", *lines)
    proposal, _ = read(given, sold="\n".join(SOLD), commande_projet=way)
    assert orders(proposal)["V2"] == 120  # its only invoice, of the 25th


def test_a_project_that_the_label_of_an_invoice_of_its_customer_says_leads_to_it_and_is_told() -> None:
    sold = ("N°;Date;Client;Objet;Montant HT;TVA", "V1;18/09/2026;Gîte;Enseigne;700,00;140,00",
            "V2;25/09/2026;Gîte;Carte, acompte;300,00;60,00", "V3;28/09/2026;Halle;Enseigne;90,00;18,00")  # fmt: skip
    lines = ("Date;Qui;Client;Projet;Durée", "07/09/2026;Ida;Gîte;Enseigne;3h", "08/09/2026;Bo;Gîte;Carte;2h",
             "09/09/2026;Bo;Halle;Vitrine;1h")  # fmt: skip
    proposal, _ = read(table("temps.csv", *lines), sold="\n".join(sold), commande_projet="projet")
    found = orders(proposal)
    assert (found["V1"], found["V2"], found.get("V3", 0)) == (180, 120, 0)
    assert "« Enseigne » : V1 (3 h) et « Carte » : V2 (2 h)" in told(proposal, "dont le libellé dit leur projet")


def test_the_sum_left_without_an_order_counts_each_hour_once() -> None:
    lines = ("Ines;07/09/2026;3h;Crèche des Lilas", "Ines;08/09/2026;2h;Gîte Roux", "Théo;09/09/2026;4h;Gîte Roux")
    hours = table("heures.csv", "Qui;Date;Temps;Chantier", *lines, "Théo;10/09/2026;1h30;Scierie Morel")
    proposal, _ = read(hours, table("ventes.csv", *SOLD), sold="")
    assert "restées sans commande : 6 h. « Gîte Roux » (6 h) : pas un client" in told(proposal, "restées")


def test_work_of_other_days_than_the_price_in_one_sheet_goes_to_the_invoice_of_its_customer() -> None:
    sheet = table(
        "suivi.csv",
        "Date;Client;Travail;Qui;Heures;Prix HT;TVA;N° fact",
        "02/09/2026;Crèche;vitres;Ines;3;;;",
        "09/09/2026;Crèche;vitres;Théo;2;;;",
        "16/09/2026;Crèche;vitres;Ines;1;200,00;20 %;501",
        "17/09/2026;Scierie;sols;Théo;4;300,00;20 %;502",
        "18/09/2026;Gîte;clés;Théo;5;;;",
    )
    proposal, _ = read(sheet, sold="", prix_repete="plusieurs", partage="chacun")
    assert orders(proposal) == {"501": 360, "502": 240, "": 300}
    assert "« Crèche » : 501 (5 h)" in told(proposal, "rattachées")
    assert "« Gîte » (5 h) : pas un client" in told(proposal, "restées")


@pytest.mark.parametrize("less", ["A1;20/09/2026;Scierie Morel;-90,00;-18,00", "A1;26/09/2026;Scierie Morel;-300;-60"])
def test_the_next_month_no_work_goes_to_a_credit_note_of_the_book(
    less: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    worked, sold = table("septembre.csv", ONE.format("Client"), *DONE[:2]), table("factures.csv", *SOLD, less)
    folder = keep(read(worked, sold, sold="")[0], "Les Lilas", [worked, sold], NOW)
    later = table("novembre.csv", ONE.format("Client"), "Théo;05/11/2026;2h;Scierie Morel")
    again = propose([later], "Les Lilas", recipe_in(folder), Findings(), held_in(folder))
    assert not again.questions
    assert orders(again) == {"V1": 180, "V2": 120, "": 120}
    assert "« Scierie Morel » (2 h) : pas de facture ce mois-là, ni le suivant" in told(again, "restées")


def test_no_work_goes_to_an_order_whose_sales_are_below_zero_listed_or_not() -> None:
    listed = table("commandes.csv", "Commande;Date;Client", "Toit n° 1;01/09/2026;Scierie Morel", "C2;01/09/2026;Halle")
    head, one = "N°;Commande;Date;Montant HT;TVA", "V1;C2;18/09/2026;700,00;140,00"
    given = table("relevé.csv", ONE.format("Client"), "Ines;07/09/2026;3h;Scierie Morel", "Théo;08/09/2026;1h;Halle")
    mixed = ("V2;Toit n° 1;12/09/2026;100,00;20,00", "A2;Toit n° 1;20/09/2026;-150,00;-30,00")
    for lines in (mixed, mixed[1:]):
        assert orders(read(given, listed, sold="\n".join((head, one, *lines)))[0]) == {"": 180, "C2": 60}
    assert orders(read(given, listed, sold="\n".join((head, one)))[0]) == {"Toit n° 1": 180, "C2": 60}


def test_files_of_the_same_titles_have_one_decision_on_what_their_column_of_customers_is() -> None:
    others = ("Ines;09/09/2026;1h;Verger", "Théo;10/09/2026;1h;Potager")
    first = table("s1.csv", ONE.format("Projet"), *DONE[:2], *others)
    later = table(
        "s2.csv", ONE.format("Projet"), *(each.replace("/09/", "/10/") for each in others), "Ines;17/09/2026;1h;Ruches"
    )
    done = orders(read(first, later, sold="\n".join(SOLD))[0])
    assert done["Verger"] == done["Potager"] == 120
    assert done["Ruches"] == 60


@pytest.mark.parametrize(("answer", "expected"), [("client.mois", {"W1": 300, "Jeux": 60}), ("projet", {"Jeux": 360})])
def test_what_was_said_of_projects_holds_the_next_month_though_some_became_orders_of_the_book(
    answer: str, expected: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    head = "Qui;Le;Temps passé;Projet;Client"
    worked = table("1.csv", head, "Ines;07/09/2026;3h;Jeux;Crèche des Lilas", "Ines;08/09/2026;1h;Jeux;Passants")
    sold = table("factures.csv", *SOLD)
    first, _ = read(worked, sold, sold="", commande_projet=answer)
    assert orders(first)["Jeux"] > 0  # no invoice names « Passants »: their hours make an order
    folder = keep(first, "Les Lilas", [worked, sold], NOW)
    files = [
        table("2.csv", head, "Ines;07/12/2026;5h;Jeux;Crèche des Lilas", "Ines;08/12/2026;1h;Jeux;Passants"),
        table("factures 2.csv", SOLD[0], "W1;18/12/2026;Crèche des Lilas;100,00;20,00"),
    ]
    again = propose(files, "Les Lilas", recipe_in(folder), Findings(), held_in(folder))
    assert not again.questions
    assert again.reading is not None
    found: dict[str, int] = defaultdict(int)
    for each in again.reading.book.hours:
        found[each.order] += each.minutes if each.on.month == 12 else 0
    assert {order: much for order, much in found.items() if much} == expected
