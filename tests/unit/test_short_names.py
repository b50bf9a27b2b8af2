"""Somebody is one person in every file: a first name alone, a login or another case is asked about, or is the same."""

from __future__ import annotations

import pytest

from kpa_model.files.book.sources import GivenFile
from tests.given_tables import minutes, read, table

KIMAI = (
    "Date;Durée;Utilisateur;Activité",
    "07/09/2026;2:00;Nora Chabane;chantier",
    "08/09/2026;3:00;Paul Ney;chantier",
)


@pytest.mark.parametrize("short", ["Nora", "nora", "n.chabane", "nchabane", "nora.c", "Chabane"])
def test_a_short_name_is_asked_about_once(short: str) -> None:
    market = table("marché.csv", "Date;Qui;Heures", f"12/09/2026;{short};4h", "12/09/2026;Zoé Petit;1h")
    proposal, asked = read(table("kimai.csv", *KIMAI), market)
    assert asked.count("personnes.memes") == 1
    assert minutes(proposal)["Nora Chabane", "2026-09"] == 6 * 60
    assert short not in {who for who, _ in minutes(proposal)}


def test_a_short_name_that_is_somebody_else_stays_so() -> None:
    market = table("marché.csv", "Date;Qui;Heures", "12/09/2026;Nora;4h", "12/09/2026;Zoé Petit;1h")
    proposal, asked = read(table("kimai.csv", *KIMAI), market, personnes_memes="")
    assert asked.count("personnes.memes") == 1
    assert minutes(proposal)["Nora", "2026-09"] == 4 * 60
    assert asked.count("personnes.cape") == 1


def test_a_first_name_that_two_people_share_is_nobody_s() -> None:
    both = (*KIMAI, "09/09/2026;1:00;Nora Petit;chantier")
    _, asked = read(table("kimai.csv", *both), table("marché.csv", "Date;Qui;Heures", "12/09/2026;Nora;4h"))
    assert "personnes.memes" not in asked


def test_a_whole_name_is_that_of_the_list_of_members_that_says_first_names_only() -> None:
    members = table("membres.csv", "Prénom;Statut", "Lina;CAPE", "Tom;CAPE")
    export = table("export.csv", "Prénom;Nom;Jour;Durée;Genre", "Lina;Kaba;14/09/2026;4h;commun")
    proposal, asked = read(members, export)
    assert "personnes.memes" in asked
    assert minutes(proposal) == {("Lina", "2026-09"): 240}


def test_a_name_typed_without_its_capital_now_and_then_keeps_it() -> None:
    lines = ("Date;Qui;Heures", "12/09/2026;maude;4h", "13/09/2026;Maude;4h", "14/09/2026;Maude;1h")
    proposal, _ = read(table("heures.csv", *lines))
    assert minutes(proposal) == {("Maude", "2026-09"): 540}


def test_hours_without_a_person_are_asked_about_by_the_name_of_their_file() -> None:
    lines = ("id,start,end,tags", '1,20260907T060000Z,20260907T070000Z,"atelier"')
    later = {who: f'2,202609{day}T060000Z,202609{day}T080000Z,"compta"' for who, day in (("nadia", 10), ("erwan", 11))}
    files = [table(f"timew-{who}.csv", *lines, line) for who, line in later.items()]
    proposal, asked = read(*files)
    assert [each for each in asked if "personne" in each] == ["personne", "personnes.cape"]
    assert minutes(proposal) == {("Erwan", "2026-09"): 180, ("Nadia", "2026-09"): 180}


def test_hours_whose_person_nobody_tells_are_refused_once() -> None:
    lines = ("Date;Durée;Activité", *(f"{day:02d}/09/2026;2h;atelier" for day in range(1, 9)))
    proposal, _ = read(table("export.csv", *lines))
    assert str(proposal.refusal).count("De qui sont ces heures") == 1
    assert "la case est vide" not in str(proposal.refusal)


@pytest.mark.parametrize("name", ["M. Besson Luc", "Irina P", "Nora Chabane"])
def test_a_whole_name_is_not_its_own_short_form(name: str) -> None:
    _, asked = read(table("heures.csv", "Date;Qui;Heures", f"12/09/2026;{name};4h", "12/09/2026;Zoé Petit;1h"))
    assert "personnes.memes" not in asked


def test_logins_are_those_of_a_list_of_members_with_their_two_names() -> None:
    members = table("membres.csv", "Nom;Prénom;Statut;Date entrée", "Benoit;Florence;CAPE;05/01/2026",
                    "Sy;Gora;CAPE;05/01/2026")  # fmt: skip
    hours = table("temps.csv", "Date;Utilisateur;Temps passé", "01/10/2026;fbenoit;2h", "02/10/2026;gsy;3h")
    proposal, asked = read(hours, members)
    assert asked.count("personnes.memes") == 1
    assert "personnes.cape" not in asked
    assert minutes(proposal) == {("Florence Benoit", "2026-10"): 120, ("Gora Sy", "2026-10"): 180}


def test_a_name_cut_by_a_dot_is_asked_about_and_one_that_begins_another_is_told() -> None:
    lines = ("Date;Qui;Heures;Genre", "07/09/2026;Marie-T.;1h;commun", "07/09/2026;Marie-Thé;2h;commun")
    lines += ("08/09/2026;Paul;4h;commun", "08/09/2026;Paulette;1h;commun", "08/09/2026;Ali;1h;commun")
    proposal, asked = read(table("heures.csv", *lines))
    assert "personnes.memes" in asked
    assert minutes(proposal) == {
        ("Marie-Thé", "2026-09"): 180, ("Paul", "2026-09"): 240, ("Paulette", "2026-09"): 60, ("Ali", "2026-09"): 60,
    }  # fmt: skip
    (told,) = [each for each in proposal.heeded if "chaque nom compte" in each]
    assert "« Paul » et « Paulette »" in told
    assert "Ali" not in told


def test_a_unit_after_a_name_is_no_part_of_it_and_a_total_of_money_checks_no_hours() -> None:
    lines = ("Jour;Nour h;Nour €;Zoé h;Zoé €;Total h;Total €", "07/09/2026;2;30;3;45;5;75", "08/09/2026;1;15;4;60;5;75")
    proposal, _ = read(table("heures.csv", *lines))
    assert minutes(proposal) == {("Nour", "2026-09"): 180, ("Zoé", "2026-09"): 420}
    assert not any("ce total dit" in each for each in proposal.heeded)


def test_two_days_of_a_month_with_their_names_are_days() -> None:
    proposal, _ = read(table("Octobre 2025.csv", "Jour;Nour;Zoé", "lun 6;3;2", "mar 7;4;1"))
    assert minutes(proposal) == {("Nour", "2025-10"): 420, ("Zoé", "2025-10"): 180}
    wrong, _ = read(table("Octobre 2026.csv", "Jour;Nour;Zoé", "lun 6;3;2", "mar 7;4;1"))
    assert wrong.reading is None  # the 6th of October 2026 is a Tuesday


def test_whose_hours_are_those_of_several_files_is_one_question_about_those_whose_name_tells() -> None:
    def own(name: str, day: int) -> GivenFile:
        return table(name, "Date;Durée;Travail", f"{day:02d}/09/2026;2h;semis", f"{day + 1:02d}/09/2026;1h;vente")

    files = [own("heures_Tiago.csv", 7), own("Maud.csv", 9), own("saisie.csv", 14)]
    proposal, asked = read(*files, personne_saisie="Ines", personnes_cape="Maud|Tiago")
    assert asked == ["personne", "personne.saisie", "genre", "personnes.cape"]
    assert minutes(proposal) == dict.fromkeys((("Tiago", "2026-09"), ("Maud", "2026-09"), ("Ines", "2026-09")), 180)
    _, asked = read(*files, personne="autre")
    assert {"personne.heurestiago", "personne.maud", "personne.saisie"} <= {*asked}


COURTEOUS = table("membres.csv", "Nom;Statut", "Mme Inès Vasseur;CAPE", "Monsieur Karim Le Gall;CAPE")


@pytest.mark.parametrize("hers", ["Inès Vasseur", "Mme Inès Vasseur", "Mme. inès vasseur", "Mademoiselle Inès Vasseur"])
def test_a_title_of_courtesy_is_no_part_of_a_name(hers: str) -> None:
    lines = ("Date;Qui;Heures", f"12/09/2026;{hers};4h", "13/09/2026;Karim Le Gall;1h", "14/09/2026;Inès Vasseur;1h")
    proposal, asked = read(table("heures.csv", *lines), COURTEOUS, genre="commun")
    assert minutes(proposal) == {("Inès Vasseur", "2026-09"): 300, ("Karim Le Gall", "2026-09"): 60}
    assert asked == ["genre"]
    assert any("« Mme » ou « M. » n'est pas dans le nom" in each for each in proposal.heeded)


def test_two_people_told_apart_by_their_title_alone_keep_it() -> None:
    lines = ("Date;Qui;Heures", "12/09/2026;M. Camille Roux;4h", "13/09/2026;Mme Camille Roux;1h")
    proposal, _ = read(table("heures.csv", *lines), genre="commun")
    assert minutes(proposal) == {("M. Camille Roux", "2026-09"): 240, ("Mme Camille Roux", "2026-09"): 60}


def test_a_family_name_with_its_title_may_be_a_whole_name() -> None:
    lines = ("Date;Qui;Heures", "12/09/2026;Mme Vasseur;4h", "13/09/2026;M. Le Gall;1h")
    proposal, asked = read(table("heures.csv", *lines), COURTEOUS, genre="commun")
    assert "personnes.memes" in asked
    assert minutes(proposal) == {("Inès Vasseur", "2026-09"): 240, ("Karim Le Gall", "2026-09"): 60}


def test_a_column_of_somebody_is_known_without_her_title() -> None:
    lines = ("Date;Inès Vasseur;Karim Le Gall", "12/09/2026;4h;1h", "13/09/2026;;1h")
    proposal, asked = read(table("heures.csv", *lines), COURTEOUS, genre="commun")
    assert minutes(proposal) == {("Inès Vasseur", "2026-09"): 240, ("Karim Le Gall", "2026-09"): 120}
    assert asked == ["genre"]


@pytest.mark.parametrize(
    ("usual", "slip"), [("Yannis", "Yanis"), ("Mathilde", "Matilde"), ("Noam Le Bris", "Noam Le Briss")]
)
def test_a_letter_astray_is_asked_about(usual: str, slip: str) -> None:
    lines = ("Date;Qui;Heures", f"12/09/2026;{usual};4h", f"13/09/2026;{slip};1h", f"14/09/2026;{usual};1h")
    proposal, asked = read(table("heures.csv", *lines), genre="commun")
    assert "personnes.memes" in asked
    assert minutes(proposal) == {(usual, "2026-09"): 360}
    apart, _ = read(table("heures.csv", *lines), genre="commun", personnes_memes="")
    assert len(minutes(apart)) == 2


@pytest.mark.parametrize(
    ("one", "other"), [("Louis", "Louise"), ("Marie", "Maria"), ("Karim", "Karin"), ("Léo", "Léa")]
)
def test_another_end_is_another_name(one: str, other: str) -> None:
    lines = ("Date;Qui;Heures", f"12/09/2026;{one};4h", f"13/09/2026;{other};1h")
    assert "personnes.memes" not in read(table("heures.csv", *lines), genre="commun")[1]


LE_GOFF = ("Date;Qui;Heures", "07/09/2026;Jean-Marc Le Goff;2h", "08/09/2026;Zoé Petit;1h")
SHORT = [
    *("Jean-Marc LG", "Jean-Marc L.G.", "Jean-Marc L. G.", "Jean-Marc G.", "LG Jean-Marc", "JMLG", "J.M.L.G.", "JM LG"),
    *("J-M Le Goff", "JM Le Goff", "J.-M. Le Goff", "LE GOFF JM", "Le Goff J.-M.", "J-M G"),
    *("JM G", "JG", "Jean-Marc Legoff", "LeGoff Jean-Marc", "jean-marc.legoff", "legoff_jeanmarc"),
]


@pytest.mark.parametrize("short", SHORT)
def test_a_first_name_or_a_family_name_beside_initials_is_asked_about(short: str) -> None:
    proposal, asked = read(table("heures.csv", *LE_GOFF, f"12/09/2026;{short};4h"))
    assert asked.count("personnes.memes") == 1
    assert minutes(proposal) == {("Jean-Marc Le Goff", "2026-09"): 360, ("Zoé Petit", "2026-09"): 60}


def test_all_the_short_forms_of_one_person_are_asked_about_once() -> None:
    lines = [f"{day}/09/2026;{short};1h" for day, short in enumerate(SHORT, 10)]
    proposal, asked = read(table("heures.csv", *LE_GOFF, *lines))
    assert [topic for topic in asked if topic.startswith("personnes.") and topic != "personnes.cape"] == [
        "personnes.memes"
    ]
    assert minutes(proposal)["Jean-Marc Le Goff", "2026-09"] == 120 + 60 * len(SHORT)


def test_initials_that_two_people_share_are_asked_about_with_whole_names_alone() -> None:
    lines = (
        "09/09/2026;Jeanne-Marie Lago;1h",
        "10/09/2026;JM LG;1h",
        "11/09/2026;Jean-Marc LG;1h",
        "12/09/2026;J-M L;1h",
    )
    proposal = read(table("heures.csv", *LE_GOFF, *lines))[0]
    assert {who for who, _ in minutes(proposal)} <= {"Jean-Marc Le Goff", "Jeanne-Marie Lago", "Zoé Petit"}


@pytest.mark.parametrize("other", ["Jean-Marc Petit", "Jean LG", "Zoé LG", "Al", "jm", "Marc G."])
def test_initials_of_other_names_are_somebody_else_s(other: str) -> None:
    _, asked = read(table("heures.csv", *LE_GOFF, f"12/09/2026;{other};4h"))
    assert "personnes.memes" not in asked


@pytest.mark.parametrize(("one", "other"), [("Jo LB", "Jo L.B."), ("Jo L.B.", "Jo L. B."), ("J.-M. Roy", "JM Roy")])
def test_initials_with_or_without_their_dots_may_be_one_person(one: str, other: str) -> None:
    _, asked = read(table("heures.csv", "Date;Qui;Heures", f"07/09/2026;{one};2h", f"08/09/2026;{other};1h"))
    assert "personnes.memes" in asked


@pytest.mark.parametrize("letter", ["M", "m", "M."])
def test_one_letter_may_be_somebody_whose_name_begins_with_it(letter: str) -> None:
    lines = ("Date;Qui;Heures", "07/09/2026;Mona;2h", f"12/09/2026;{letter};4h", "13/09/2026;Zoé Petit;1h")
    proposal, asked = read(table("heures.csv", *lines))
    assert asked.count("personnes.memes") == 1
    assert minutes(proposal)["Mona", "2026-09"] == 360


@pytest.mark.parametrize(
    ("cells", "shown"),
    [("ilyas ilyas Ilyas", "Ilyas"), ("ILYAS ILYAS Ilyas", "Ilyas"), ("ilyas ILYAS ilyas", "ilyas")],
)
def test_a_name_is_shown_with_its_capital_when_somebody_wrote_it_so(cells: str, shown: str) -> None:
    lines = [f"{at:02}/09/2026;{name};2h" for at, name in enumerate(cells.split(), 7)]
    proposal, _ = read(table("temps.csv", "Date;Qui;Heures", *lines), genre="commun")
    assert minutes(proposal) == {(shown, "2026-09"): 360}
