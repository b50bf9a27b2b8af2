"""A log of everything, hours too: its column of words says which line is sold, bought, paid, or work."""

from __future__ import annotations

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import minutes, read, sales, table


def bought(proposal: ImportProposal) -> list[tuple[str, int]]:
    assert proposal.reading is not None, proposal.refusal
    return [(each.label, each.before_tax) for each in proposal.reading.book.costs]


@pytest.mark.parametrize(
    ("title", "work", "sale", "purchase"),
    [
        ("Type", "Heures", "Vente", "Achat"),
        ("Nature", "Chantier", "Facture", "Frais de déplacement"),
        ("Rubrique", "pointage", "recette", "dépense"),
    ],
)
def test_what_a_log_says_to_be_bought_is_no_sale(title: str, work: str, sale: str, purchase: str) -> None:
    given = table(
        "journal.csv",
        f"Jour;{title};Membre;Objet;Temps;Montant HT;TVA",
        f"02/09/2026;{work};Lou;pose;3h;;",
        f"03/09/2026;{sale};;Gîte du Lac;;200,00;40,00",
        f"05/09/2026;{purchase};;vis;;30,00;6,00",
        f"08/09/2026;{work};Omar;tri;1h30;;",
        f"09/09/2026;{sale};;Mairie;;150,00;30,00",
    )
    proposal, _ = read(given, sold="")
    assert sales(proposal) == {"2026-09": 35_000}
    assert bought(proposal) == [("vis", 3_000)]
    assert minutes(proposal) == {("Lou", "2026-09"): 180, ("Omar", "2026-09"): 90}
    assert f"« {purchase} » : des achats (30,00" in " ".join(proposal.heeded)


def test_what_a_log_says_to_have_come_pays_a_sale_and_credit_notes_and_quotes_are_told() -> None:
    given = table(
        "suivi.csv",
        "Date;Quoi;Qui;Détail;Durée;Somme",
        "02/09/2026;travail;Lou;pose;3h;",
        "03/09/2026;vente;;Gîte du Lac FA-12;;240,00",
        "04/09/2026;devis;;Camping;;900,00",
        "09/09/2026;avoir;;Mairie;;24,00",
        "10/09/2026;règlement client;;Gîte du Lac FA-12;;240,00",
        "12/09/2026;achat;Lou;vis;0h30;12,00",
    )
    proposal, asked = read(given, sold="", colonne_montant_ht="ttc:Somme", taux="20", achats_taux="0")
    assert sales(proposal) == {"2026-09": 18_000}
    assert bought(proposal) == [("vis", 1_200)]
    assert minutes(proposal) == {("Lou", "2026-09"): 210}
    assert [each.amount for each in proposal.reading.book.payments] == [24_000]  # type: ignore[union-attr]
    assert "« devis » : cette ligne n'est pas lue" in " ".join(proposal.heeded)
    assert asked.count("colonne.montant_ht") == asked.count("taux") == asked.count("achats.taux") == 1


def test_a_word_of_money_that_nobody_knows_is_asked_and_what_is_left_out_is_told_first() -> None:
    given = table(
        "cahier.csv",
        "Date;Type;Détail;Montant HT;TVA;Lou;Omar",
        "02/09/2026;travail;pose;;;3;2",
        "03/09/2026;vente;Gîte;200,00;40,00;;",
        "05/09/2026;dépense;vis;30,00;6,00;;",
        "06/09/2026;travail;tri;;;;4,5",
        "10/09/2026;loyer;local;90,00;0;;",
    )
    proposal, asked = read(given, sold="", journal_loyer="rien")
    assert "journal.loyer" in asked
    assert sales(proposal) == {"2026-09": 20_000}
    assert bought(proposal) == [("vis", 3_000)]
    assert "« loyer » : 90,00" in " ".join(proposal.unread)


def test_hours_written_on_the_line_of_a_sale_stay_with_its_order() -> None:
    given = table(
        "tout.csv",
        "Date;Type;Qui;Client;Temps;Montant HT;TVA",
        "03/09/2026;vente;Lou;Gîte;2h;200,00;40,00",
        "05/09/2026;achat;;vis;;30,00;6,00",
        "09/09/2026;réunion;Lou;;1h;;",
    )
    proposal, _ = read(given, sold="", genre="commun")
    assert sales(proposal) == {"2026-09": 20_000}
    assert [cents for _, cents in bought(proposal)] == [3_000]
    book = proposal.reading.book  # type: ignore[union-attr]
    assert [each.order for each in book.hours if each.minutes == 120] == [book.lines[0].order]


@pytest.mark.parametrize(("title", "first", "then"), [("Mode", "virement", "chèque"), ("Suivi", "payée", "réglé")])
def test_how_a_sale_is_paid_does_not_say_what_its_line_is(title: str, first: str, then: str) -> None:
    given = table(
        "tout.csv",
        f"Date;Client;Qui;Temps;Montant HT;TVA;{title}",
        f"03/09/2026;Gîte;Lou;2h;200,00;40,00;{first}",
        "05/09/2026;Tri;Lou;1h;;;",
        f"09/09/2026;Mairie;Omar;3h;150,00;30,00;{then}",
    )
    proposal, _ = read(given, sold="")
    assert sales(proposal) == {"2026-09": 35_000}


def test_hours_without_a_word_stand_beside_lines_of_money_that_have_one() -> None:
    given = table(
        "carnet.csv",
        "Date;Sorte;Qui;Objet;Temps;Montant HT;TVA",
        "02/09/2026;;Lou;pose;3h;;",
        "03/09/2026;vente;;Gîte;;200,00;40,00",
        "05/09/2026;frais;;vis;;30,00;6,00",
    )
    proposal, _ = read(given, sold="")
    assert (sales(proposal), bought(proposal)) == ({"2026-09": 20_000}, [("vis", 3_000)])
    assert minutes(proposal) == {("Lou", "2026-09"): 180}


@pytest.mark.parametrize(("said", "wanted"), [("factures", 30_000), ("achats", 10_000)])
def test_what_is_bought_in_the_time_given_to_a_customer_is_asked(said: str, wanted: int) -> None:
    given = table(
        "tout.csv",
        "Date;Client;Qui;Objet;Heures;Prix HT;TVA;Catégorie",
        "02/09/2026;Mme Prat;Lou;bois;3;200,00;40,00;fournitures",
        "05/09/2026;Mairie;Omar;pose;2;100,00;20,00;vente",
        "06/09/2026;;Omar;tri;1;;;",
    )
    proposal, asked = read(given, sold="", journal_fournitures=said)
    assert "journal.fournitures" in asked
    assert sales(proposal) == {"2026-09": wanted}
    assert minutes(proposal) == {("Lou", "2026-09"): 180, ("Omar", "2026-09"): 180}


def test_what_comes_and_what_goes_in_two_columns_says_more_than_a_word() -> None:
    given = table(
        "caisse.csv",
        "Date;Catégorie;Libellé;Qui;Heures;Entrées;Sorties",
        "02/09/2026;vente;Stand;;;120,00;",
        "05/09/2026;achat;Sacs;;;;14,00",
        "06/09/2026;travail;tri;Lou;2h;;",
    )
    proposal, asked = read(given, sold="", entrees_tva="0")
    assert "entrees.payees" in asked
    assert sales(proposal) == {"2026-09": 12_000}
    assert bought(proposal) == [("Sacs", 1_400)]
