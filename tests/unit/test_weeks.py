"""A week is a kind of day: its hours go to the months it touches, to the minute; its year is known, or asked."""

from __future__ import annotations

from datetime import date

import pytest

from kpa_model.errors import UnreadableFile
from kpa_model.files.book.book_reader import read_files
from kpa_model.files.book.dates import Period
from kpa_model.files.book.reading.dated.weeks import said
from tests.given_tables import SOLD, minutes, read, table

OVER = {("Nadège", "2026-08"): 60, ("Nadège", "2026-09"): 480, ("Olivier", "2026-08"): 90, ("Olivier", "2026-09"): 360}


LABELS = [
    ("Semaine", "S36", "S37"),
    ("Semaine", "36", "37"),
    ("N° semaine", "36", "37"),
    ("Quand", "semaine 36", "semaine 37"),
    ("Période", "sem. 36 2026", "sem. 37 2026"),
    ("Semaine", "2026-W36", "2026-W37"),
    ("Semaine", "S36 (31/08 au 04/09)", "S37 (07/09 au 11/09)"),
    ("Semaine", "Semaine du 31/08/2026", "Semaine du 07/09/2026"),
    ("Semaine", "du 31/08 au 06/09", "du 07/09 au 13/09"),
    ("", "Semaine du 31 août", "Semaine du 7 septembre"),
    ("Semaine du", "31/08/2026", "07/09/2026"),
    ("Semaine du", "01/09/2026", "07/09/2026"),
    ("Semaine finissant le", "06/09/2026", "13/09/2026"),
]


@pytest.mark.parametrize(("title", "first", "second"), LABELS)
def test_a_line_by_week_gives_its_hours_to_the_months_it_touches(title: str, first: str, second: str) -> None:
    weeks = table(
        "Heures 2026.csv", f"{title};Nadège;Olivier;Total", f"{first};5h;7h30;12h30", f"{second};4h;;4h", "Total;9;7,5;"
    )
    proposal, asked = read(weeks)
    assert set(asked) <= {"genre", "personnes.cape"}
    assert minutes(proposal) == OVER
    assert any(
        "1 h en août" in note.replace("\xa0", " ") or "2 h 30 en août" in note.replace("\xa0", " ")
        for note in proposal.notes
    )


@pytest.mark.parametrize(("first", "second"), [(a, b) for _, a, b in LABELS if not a.isdigit() and said(a)])
def test_columns_by_week_give_the_same(first: str, second: str) -> None:
    weeks = table("Heures 2026.csv", f"Qui;{first};{second};Total", "Nadège;5h;4h;9h", "Olivier;7h30;;7h30")
    proposal, _ = read(weeks)
    assert minutes(proposal) == OVER


def test_one_line_for_a_week_and_a_person() -> None:
    weeks = table("Heures.csv", "Semaine;Personne;Heures", "S36;Nadège;5h", "S37;Nadège;4h", "S36;Olivier;7h30")
    assert minutes(read(weeks)[0]) == OVER


def test_the_unit_of_a_week_is_that_of_its_column() -> None:
    columns = table("Heures 2026.csv", "Relevé en minutes", "", "Qui;S36;S37", "Nadège;300;240", "Olivier;450;")
    lines = table(
        "Heures 2026.csv", "Semaine;Personne;Durée (min)", "S36;Nadège;300", "S37;Nadège;240", "S36;Olivier;450"
    )
    assert minutes(read(columns)[0]) == minutes(read(lines)[0]) == OVER


def test_minutes_after_a_point_are_asked_about_before_a_week_is_shared() -> None:
    columns = table("Heures 2026.csv", "Qui;S36;S37", "Nadège;5.30;4.15", "Olivier;7.30;")
    proposal, asked = read(columns)
    assert "duree.point" in asked
    assert sum(minutes(proposal).values()) == 330 + 255 + 450


def test_a_sheet_of_one_week_with_names_of_days() -> None:
    week = table(
        "heures semaine 36 2026.csv",
        "Qui;Lundi;Mardi;Mercredi;Jeudi;Vendredi",
        "Nadège;1h;2h;;;2h",
        "Olivier;1h30;;;6h;",
    )
    assert minutes(read(week)[0]) == {**OVER, ("Nadège", "2026-09"): 240}


def test_the_year_comes_from_the_other_dates_or_is_asked() -> None:
    weeks = table("heures.csv", "Semaine;Nadège;Olivier", "S36;5h;7h30", "S37;4h;")
    assert minutes(read(weeks)[0]) == OVER
    proposal, asked = read(weeks, sold=SOLD + "\nF2;10/01/2025;1,00;0,20", annee="2026")
    assert "annee" in asked
    assert minutes(proposal) == OVER


def test_the_year_answered_for_one_file_is_not_kept_for_the_next() -> None:
    weeks = table("heures.csv", "Semaine;Nadège;Olivier", "S36;5h;7h30", "S37;4h;")
    proposal, _ = read(weeks, sold=SOLD + "\nF2;10/01/2025;1,00;0,20", annee="2026")
    told = [each.answers for each in proposal.recipe.lasting.sources]
    assert not any("annee" in answers for answers in told)
    assert any("genre" in answers for answers in told)


def test_a_column_that_does_not_hold_what_was_answered_is_refused_with_its_place() -> None:
    proposal, asked = read(table("heures.csv", "Météo;Nadège;Olivier", "01/09/2026;5h;7h30", "gris;4h;"))
    assert asked.count("colonne.date") == 1
    assert proposal.refusal is not None
    assert "« Météo »" in str(proposal.refusal)
    assert "28/02/2019" in str(proposal.refusal)


def test_a_column_that_cannot_be_read_as_a_day_is_not_offered_for_one() -> None:
    hours = table("heures.csv", "Météo;Nadège;Olivier", "beau;5h;7h30", "gris;4h;")
    proposal, asked = read(hours, mois_heurescsv="octobre 2026")
    assert asked[0] == "mois.heurescsv"  # nothing tells a day: they are hours of a month, or of none
    assert minutes(proposal) == {("Nadège", "2026-10"): 540, ("Olivier", "2026-10"): 450}
    assert "Votre réponse, « Météo », ne suffit pas" in str(read(hours, mois_heurescsv="Météo")[0].refusal)


@pytest.mark.parametrize("between", [(), ("",)])
@pytest.mark.parametrize("title", ["", "Prénom"])
def test_weeks_one_under_the_other_each_under_its_own_text_keep_their_days(
    title: str, between: tuple[str, ...]
) -> None:
    days = f"{title};Lundi;Mardi;Mercredi;Jeudi;Vendredi;Total"
    first = ("Semaine du 21/09/2026;;;;;;", days, "Nadège;5h;;;;;5h", "Olivier;;6h;;;;6h")
    second = ("Semaine du 28/09/2026;;;;;;", days, "Nadège;;;;3h;;3h", "Olivier;7h;;;;2h;9h")
    proposal, asked = read(table("heures.csv", *first, *between, *second))
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == {
        ("Nadège", "2026-09"): 300, ("Nadège", "2026-10"): 180,
        ("Olivier", "2026-09"): 780, ("Olivier", "2026-10"): 120,
    }  # fmt: skip
    assert not any("réparties" in note for note in proposal.notes)  # each is a day, not a period


def test_days_under_weeks_on_two_lines_of_titles_are_days() -> None:
    heads = (";;Sem 36;;;Sem 40;;", "Nom;Poste;lun;mar;mer;lun;mar;jeu")
    rows = ("Nadège;cuisine;1;4;;5;;2", "Olivier;service;1,5;2;2;;6;")
    proposal, asked = read(table("pointage.csv", *heads, *rows))
    assert set(asked) <= {"genre", "personnes.cape"}
    assert minutes(proposal) == {
        ("Nadège", "2026-08"): 60, ("Nadège", "2026-09"): 540, ("Nadège", "2026-10"): 120,
        ("Olivier", "2026-08"): 90, ("Olivier", "2026-09"): 600,
    }  # fmt: skip


@pytest.mark.parametrize("total", ["Nb jours", "Total jours", "Jours"])
def test_days_of_presence_are_never_read_as_hours(total: str) -> None:
    rows = (f"Prénom;01/09/2026;02/09/2026;05/10/2026;{total}", "Nadège;1;0,5;1;2,5", "Olivier;;1;0,5;1,5")
    proposal, asked = read(table("jours.csv", *rows), duree_unite="420")
    assert "duree.unite" in asked
    assert minutes(proposal) == {
        ("Nadège", "2026-09"): 630, ("Nadège", "2026-10"): 420,
        ("Olivier", "2026-09"): 420, ("Olivier", "2026-10"): 210,
    }  # fmt: skip


def test_ones_and_halves_without_a_unit_are_asked_about_hours_or_days() -> None:
    rows = ("Prénom;01/09/2026;02/09/2026", "Nadège;1;0,5", "Olivier;;1")
    proposal, asked = read(table("présence.csv", *rows), duree_unite="h")
    assert "duree.unite" in asked
    assert minutes(proposal) == {("Nadège", "2026-09"): 90, ("Olivier", "2026-09"): 60}


@pytest.mark.parametrize(
    "days", ["L;M;M;J;V", "L;Ma;Me;J;V", "L;M;Me;J;V", "Lun;Mar;Mer;Jeu;Ven", "Lundi;Mardi;Mercredi;Jeudi;Vendredi"]
)
@pytest.mark.parametrize("weeks", [("Semaine", "S36", "S40"), ("Semaine du", "31/08/2026", "28/09/2026")])
def test_days_across_and_weeks_down_make_each_day(days: str, weeks: tuple[str, str, str]) -> None:
    title, first, second = weeks
    rows = (f"Nom;{title};{days};Total", f"Nadège;{first};7;6;;;;13", f"Olivier;{second};;;2;3;;5")
    proposal, asked = read(table("semainier 2026.csv", *rows))
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == {
        ("Nadège", "2026-08"): 420, ("Nadège", "2026-09"): 360,
        ("Olivier", "2026-09"): 120, ("Olivier", "2026-10"): 180,
    }  # fmt: skip


def test_absences_and_letters_of_days_in_a_month_are_no_hours_and_are_told() -> None:
    heads = ("PRESENCE SEPTEMBRE 2026;;;;;;;", "Nom;1;2;3;4;5;6;Total", ";M;M;J;V;S;D;")
    proposal, asked = read(table("presence.csv", *heads, "Nadège;7;C;3,5;;;;10,5", "Olivier;;7;RTT;;;;7"))
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == {("Nadège", "2026-09"): 630, ("Olivier", "2026-09"): 420}
    assert any("absence" in note for note in proposal.heeded)


@pytest.mark.parametrize("sold", [SOLD, SOLD + "\nF2;10/01/2025;1,00;0,20"])
def test_days_without_a_year_take_the_one_that_their_names_fit_or_it_is_asked(sold: str) -> None:
    first = ("Semaine 36;;", "Jour;Nadège;Olivier", "Lundi 31/08;5h;7h30", "Mardi 01/09;;2h")
    second = ("Semaine 37;;", "Jour;Nadège;Olivier", "Lundi 07/09;4h;", "Total;4h;")
    proposal, asked = read(table("heures.csv", *first, *second), sold=sold, annee="2026")
    assert set(asked) <= {"genre", "personnes.cape", "annee"}
    assert minutes(proposal) == {
        ("Nadège", "2026-08"): 300, ("Nadège", "2026-09"): 240,
        ("Olivier", "2026-08"): 450, ("Olivier", "2026-09"): 120,
    }  # fmt: skip


MONTHS = {("Nadège", "2026-09"): 2430, ("Nadège", "2026-10"): 4200, ("Olivier", "2026-09"): 1920}
BY_MONTH = [
    ("Mois", "septembre 2026", "octobre 2026"),
    ("Mois", "Septembre", "Octobre"),
    ("mois", "09/2026", "10/2026"),
    ("Mois", "2026-09", "2026-10"),
    ("Mois", "01/09/2026", "01/10/2026"),
    ("", "sept. 2026", "oct. 2026"),
]


@pytest.mark.parametrize(("title", "first", "second"), BY_MONTH)
@pytest.mark.parametrize("cells", [("40,5", "32", "70"), ("40h30", "32h", "70h"), ("40:30", "32:00", "70:00")])
def test_a_line_by_month_with_a_column_for_each_person_is_read(
    title: str, first: str, second: str, cells: tuple[str, str, str]
) -> None:
    lines = (f"{title};Nadège;Olivier;Total", f"{first};{cells[0]};{cells[1]};", f"{second};{cells[2]};;{cells[2]}")
    proposal, asked = read(table("heures.csv", *lines))
    assert set(asked) <= {"genre", "personnes.cape"}  # 70 for a whole month: nobody works 70 minutes
    assert minutes(proposal) == MONTHS


def test_quarters_of_hours_prove_that_bare_numbers_are_hours() -> None:
    lines = ("Mois;Nadège;Olivier", "09/2026;40,5;32,25", "10/2026;70;")
    proposal, asked = read(table("heures.csv", *lines))
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == {**MONTHS, ("Olivier", "2026-09"): 1935}


def test_months_without_a_year_are_asked_about_when_nothing_tells_it() -> None:
    months = table("heures.csv", "Mois;Nadège;Olivier", "septembre;40h30;32h", "octobre;70h;")
    proposal, asked = read(months, sold=SOLD + "\nF2;10/01/2025;1,00;0,20", annee="2026")
    assert asked.count("annee") == 1
    assert minutes(proposal) == MONTHS


def test_a_table_of_money_by_month_is_never_hours_of_people() -> None:
    money = table("synthèse.csv", "Mois;Ventes;Achats;Marge", "09/2026;400;100;300", "10/2026;500;100;400")
    proposal, _ = read(
        money, table("heures.csv", "personne;date;genre;duree", "Nadège;02/09/2026;commun;3h"), table="rien"
    )
    assert minutes(proposal) == {("Nadège", "2026-09"): 180}


def test_the_year_of_a_week_may_stand_in_its_own_column() -> None:
    proposal, asked = read(
        table("heures.csv", "Semaine;Année;Nadège;Olivier", "36;2026;5h;7h30", "37;2026;4h;"),
        sold=SOLD + "\nF2;10/01/2025;1,00;0,20",
    )
    assert "annee" not in asked
    assert minutes(proposal) == OVER


def test_weeks_go_over_the_new_year() -> None:
    weeks = table("heures 2025-2026.csv", "Semaine;Nadège;Olivier", "S52;5h;5h", "S1;5h;5h", "S2;5h;5h")
    sold = SOLD.replace("10/09/2026", "10/01/2026")
    proposal, _ = read(weeks, sold=sold)
    assert {month for _, month in minutes(proposal)} == {"2025-12", "2026-01"}
    one_year = table("heures 2026.csv", "Semaine;Nadège;Olivier", "S52;5h;5h", "S1;5h;5h", "S2;5h;5h")
    proposal, asked = read(one_year, sold=sold, annee="2025")
    assert "annee" in asked
    assert {month for _, month in minutes(proposal)} == {"2025-12", "2026-01"}


def test_a_week_beside_a_day_is_asked_about_when_the_day_may_be_its_first() -> None:
    lines = ("Semaine;Date;Nadège;Olivier", "S36;31/08/2026;5h;7h30", "S37;07/09/2026;4h;")
    proposal, asked = read(table("heures.csv", *lines))
    assert "semaine" in asked
    assert minutes(proposal) == OVER
    proposal, _ = read(table("heures.csv", *lines), semaine="jour")
    assert minutes(proposal)["Nadège", "2026-08"] == 300


def test_days_of_work_beside_their_week_stay_days() -> None:
    lines = ("Semaine;Date;Nadège;Olivier", "S36;31/08/2026;5h;7h30", "S36;02/09/2026;4h;")
    proposal, asked = read(table("heures.csv", *lines))
    assert "semaine" not in asked
    assert minutes(proposal)["Nadège", "2026-08"] == 300


def test_mondays_are_days_when_nothing_speaks_of_weeks() -> None:
    days = table("heures.csv", "Jour;Personne;Heures", "31/08/2026;Nadège;5h", "07/09/2026;Olivier;4h")
    assert minutes(read(days)[0]) == {("Nadège", "2026-08"): 300, ("Olivier", "2026-09"): 240}


def test_a_week_that_a_year_does_not_have_is_refused() -> None:
    proposal, _ = read(table("heures 2025.csv", "Semaine;Nadège;Olivier", "S51;5h;5h", "S52;5h;5h", "S53;5h;5h"))
    assert proposal.refusal is not None
    assert "S53" in str(proposal.refusal)


@pytest.mark.parametrize("code", ["S360", "C36", "36", "31/08/2026", "SARL 36", "2026", "1/2", "Sam", "S0", "mars"])
def test_what_is_no_week_is_not_read_as_one(code: str) -> None:
    assert said(code) is None


def test_a_period_is_a_day_that_knows_its_last_one() -> None:
    week = Period.of_week(date(2026, 9, 2))
    assert week == date(2026, 8, 31)
    assert [day.day for day in week.worked] == [31, 1, 2, 3, 4]
    assert Period.between(date(2026, 9, 5), date(2026, 9, 6)).worked == [date(2026, 9, 5), date(2026, 9, 6)]


def test_a_week_that_two_people_share_is_asked_about_like_a_day() -> None:
    rows = ("Semaine;Qui;Genre;Heures", "2026-W36;Nadège / Olivier;commun;12", "2026-W37;Nadège;commun;3")
    proposal, asked = read(table("heures.csv", *rows), partage="ensemble")
    assert asked[0] == "partage"
    assert sum(minutes(proposal).values()) == 900


@pytest.mark.parametrize(
    "above",
    [
        ("Semaine;36;2026",),
        ("N° semaine :;36;Année :;2026",),
        ("Semaine 36;2026",),
        ("Du;31/08/2026;au;06/09/2026",),
        ("", "Semaine;;36", ""),
        ("Semaine;36", "Année;2026"),
    ],
)
def test_a_week_whose_words_stand_each_in_a_cell_above_the_names_of_days(above: tuple[str, ...]) -> None:
    lines = ("Qui;Lundi;Mardi;Mercredi;Jeudi;Vendredi", "Nadège;1h;2h;;;2h", "Olivier;1h30;;;6h;")
    proposal, asked = read(table("heures.csv", *above, *lines), genre="commun")
    assert set(asked) <= {"genre", "personnes.cape"}
    assert minutes(proposal) == {**OVER, ("Nadège", "2026-09"): 240}


@pytest.mark.parametrize("above", ["Heures, septembre 2026", "Septembre 2026"])
@pytest.mark.parametrize(("said", "august"), [("couper", 60), ("titre", 0)])
def test_weeks_under_the_title_of_one_month_are_cut_or_stay_in_it_as_the_group_says_once(
    above: str, said: str, august: int
) -> None:
    columns = table("heures.csv", above, "", "Qui;S36;S37", "Nadège;5h;4h", "Olivier;7h30;")
    lines = table("heures.csv", above, "", "Semaine;Qui;Durée", "S36;Nadège;5h", "S37;Nadège;4h", "S36;Olivier;7h30")
    for given in (columns, lines):
        proposal, asked = read(given, genre="commun", semaine_cheval=said)
        assert asked.count("semaine.cheval") == 1
        assert minutes(proposal).get(("Nadège", "2026-08"), 0) == august
        assert sum(minutes(proposal).values()) == 990


@pytest.mark.parametrize("above", ["Heures 2026", "Septembre et octobre 2026"])
def test_weeks_that_no_one_month_is_told_of_are_cut_without_a_question(above: str) -> None:
    _, asked = read(
        table("heures.csv", above, "", "Qui;S36;S37;S40", "Nadège;5h;4h;1h", "Olivier;7h30;;2h"), genre="commun"
    )
    assert "semaine.cheval" not in asked


FROM_TO = [("Du", "Au"), ("Date de début", "Date de fin"), ("Période du", "Période au"), ("Start date", "End date")]


@pytest.mark.parametrize(("first", "last"), FROM_TO)
def test_a_first_and_a_last_day_are_a_period_whose_working_days_share_the_hours(first: str, last: str) -> None:
    rows = ("Nadège;31/08/2026;04/09/2026;5h", "Olivier;03/09/2026;03/09/2026;2h", "Olivier;30/09/2026;01/10/2026;4h")
    proposal, asked = read(table("temps.csv", f"Qui;{first};{last};Heures", *rows))
    assert set(asked) <= {"genre", "personnes.cape"}
    assert minutes(proposal) == {
        ("Nadège", "2026-08"): 60, ("Nadège", "2026-09"): 240,
        ("Olivier", "2026-09"): 240, ("Olivier", "2026-10"): 120,
    }  # fmt: skip
    assert any("réparties" in note for note in proposal.notes)


def test_a_first_and_a_last_day_beside_a_column_for_each_person_are_a_period() -> None:
    rows = ("Du;Au;Nadège;Olivier", "31/08/2026;04/09/2026;5h;2h30", "07/09/2026;11/09/2026;4h;")
    proposal, asked = read(table("temps.csv", *rows))
    assert set(asked) <= {"genre", "personnes.cape"}
    assert minutes(proposal) == {
        ("Nadège", "2026-08"): 60, ("Nadège", "2026-09"): 480, ("Olivier", "2026-08"): 30, ("Olivier", "2026-09"): 120,
    }  # fmt: skip


def test_a_last_day_before_the_first_one_is_refused() -> None:
    rows = ("Qui;Du;Au;Heures", "Nadège;31/08/2026;04/09/2026;5h", "Olivier;10/09/2026;03/09/2026;2h")
    with pytest.raises(AssertionError, match="du 10/09/2026 au 03/09/2026"):
        minutes(read(table("temps.csv", *rows))[0])


def test_a_start_and_an_end_with_their_hours_are_no_period() -> None:
    rows = ("Qui;Date début;Heure début;Date fin;Heure fin;Durée", "Nadège;31/08/2026;22:00;01/09/2026;02:00;4h")
    proposal, _ = read(table("temps.csv", *rows))
    assert not any("réparties" in note for note in proposal.notes)


@pytest.mark.parametrize(("said", "month"), [("debut", "2026-06"), ("fin", "2026-07")])
@pytest.mark.parametrize("week", ["S27", "du 29/06/2026 au 05/07/2026"])
def test_what_is_bought_in_a_week_over_two_months_is_of_the_month_that_the_group_says(
    week: str, said: str, month: str
) -> None:
    lines = (
        "Semaine;Fournisseur;Montant TTC;TVA",
        f"{week};Roy;120,00;20,00",
        "du 06/07/2026 au 12/07/2026;Kim;60,00;10,00",
    )
    hours = table("heures.csv", "Qui;Date;Heures;Genre", "Ida;02/07/2026;3h;commun")
    proposal, asked = read(table("achats 2026.csv", *lines), hours, semaine_mois=said)
    assert asked == ["semaine.mois", "personnes.cape"]
    costs = {each.label: (f"{each.spent_on:%Y-%m}", each.before_tax) for each in proposal.reading.book.costs}  # type: ignore[union-attr]
    assert costs == {"Roy": (month, 10_000), "Kim": ("2026-07", 5_000)}


def test_without_anybody_to_answer_a_purchase_of_a_week_over_two_months_is_refused() -> None:
    lines = ("date;libelle;montant_ht;taux_tva", "du 29/06/2026 au 05/07/2026;Roy;120,00;20 %")
    hours = table("heures.csv", "personne;date;duree;genre", "Ida;02/07/2026;3h;commun")
    with pytest.raises(UnreadableFile, match="La semaine du 29/06/2026 est à cheval sur deux mois"):
        read_files([table("achats.csv", *lines), hours, table("factures.csv", SOLD)], "Essai")
