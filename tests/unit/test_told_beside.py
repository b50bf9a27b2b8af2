"""What stands beside the amounts and the hours: breaks, credits in a column, our own money that changes place."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

CLOCK = ("Nom;Date;Arrivée;Départ", "Ida;07/09/2026;8:00;16:30", "Noam;08/09/2026;9:00;12:00")


@pytest.mark.parametrize("title", ["Repas", "Pause déjeuner", "Midi", "Coupure", "Pause (min)"])
@pytest.mark.parametrize(("said", "off"), [("0:40", 40), ("1h", 60), ("45 min", 45), ("50", 50)])
def test_a_break_beside_a_start_and_an_end_is_taken_off_whatever_it_is_called(title: str, said: str, off: int) -> None:
    head, ida, noam = CLOCK
    proposal, asked = read(table("temps.csv", f"{head};{title}", f"{ida};{said}", f"{noam};"), pause_unite="min")
    assert minutes(proposal) == {("Ida", "2026-09"): 510 - off, ("Noam", "2026-09"): 180}
    assert "colonne.duree" not in asked


def test_meals_that_are_counted_are_no_break_and_it_is_told() -> None:
    head, ida, noam = CLOCK
    proposal, _ = read(table("temps.csv", f"{head};Repas", f"{ida};1", f"{noam};0"))
    assert minutes(proposal) == {("Ida", "2026-09"): 510, ("Noam", "2026-09"): 180}
    assert any("« Repas » n'est pas enlevé des heures" in each for each in proposal.heeded)


WORKED = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Ida;4h;prestation", "08/09/2026;Noam;2h;prestation")
SOLD = "Numéro;Date;Client;Montant HT;TVA;Montant TTC;{};Reste à payer"


@pytest.mark.parametrize(("title", "back"), [("Avoir TTC", "60,00"), ("Avoirs", "-60,00"), ("Avoir HT", "50,00")])
def test_a_credit_in_a_column_is_less_sold_and_no_payment(title: str, back: str) -> None:
    lines = (f"1;07/09/2026;Bar;200,00;40,00;240,00;{back};180,00", "2;08/09/2026;MJC;100,00;20,00;120,00;0,00;0,00")
    proposal, _ = read(WORKED, sold="\n".join((SOLD.format(title), *lines)))
    assert sales(proposal) == {"2026-09": 20_000 - 5_000 + 10_000}
    assert [(each.invoice, each.amount) for each in proposal.reading.book.payments] == [("2", 12_000)]
    assert any("viennent en moins des ventes. 1 : 50,00" in each for each in proposal.heeded)


def test_credits_that_are_lines_too_are_not_taken_off_twice() -> None:
    lines = ("1;07/09/2026;Bar;200,00;40,00;240,00;60,00;180,00", "2;08/09/2026;Bar;-50,00;-10,00;-60,00;;0,00")
    proposal, _ = read(WORKED, sold="\n".join((SOLD.format("Avoir TTC"), *lines)))
    assert sales(proposal) == {"2026-09": 15_000}
    assert any("n'est pas enlevé des ventes" in each for each in proposal.unread)


def test_a_column_that_names_credit_notes_takes_nothing_off() -> None:
    lines = ("1;07/09/2026;Bar;200,00;40,00;240,00;AV-3;240,00", "2;08/09/2026;MJC;100,00;20,00;120,00;;0,00")
    proposal, _ = read(WORKED, sold="\n".join((SOLD.format("Avoir"), *lines)))
    assert sales(proposal) == {"2026-09": 30_000}


OURS = (
    "Dépôt à la banque",
    "Versement espèces",
    "Remise en banque",
    "Virement interne",
    "Fond de caisse",
    "Retrait DAB",
)


@pytest.mark.parametrize("label", OURS)
@pytest.mark.parametrize("side", [";{}", "{};"])
def test_our_own_money_that_changes_place_is_no_sale_and_no_purchase(label: str, side: str) -> None:
    lines = (
        "Jour;Quoi;Entrées;Sorties",
        "05/09/2026;Marché;90,00;",
        "06/09/2026;Sel;;12,50",
        "07/09/2026;Marché;60,00;",
    )
    proposal, _ = read(WORKED, table("caisse.csv", *lines, f"09/09/2026;{label};{side.format('150,00')}"), sold="")
    assert sales(proposal) == {"2026-09": 15_000}
    assert [each.before_tax for each in proposal.reading.book.costs] == [1_250]
    assert any(f"« {label} » (ligne 5) : notre argent change de place" in each for each in proposal.heeded)


def test_what_is_sold_or_bought_under_near_words_still_counts() -> None:
    lines = ("Jour;Quoi;Entrées;Sorties", "05/09/2026;Dépôt de pain;90,00;", "06/09/2026;Caisses en bois;;12,50")
    proposal, _ = read(WORKED, table("caisse.csv", *lines), sold="")
    assert sales(proposal) == {"2026-09": 9_000}
    assert [each.before_tax for each in proposal.reading.book.costs] == [1_250]


def test_a_list_of_purchases_asks_about_money_taken_to_the_bank() -> None:
    lines = ("Date;Libellé;Montant HT;TVA", "06/09/2026;Sel;12,50;0,00", "07/09/2026;Dépôt banque;200,00;0,00")
    proposal, asked = read(WORKED, table("achats.csv", *lines), achats_comptes="")
    assert "achats.comptes" in asked
    assert [each.before_tax for each in proposal.reading.book.costs] == [1_250]


BANK = ("Date opération", "Contrepartie", "Montant (TTC)", "Référence")


def statement(*lines: tuple[str, ...]) -> str:
    return "\n".join(";".join(line) for line in (BANK, *lines))


TWO = "Numéro;Date;Client;Montant HT;TVA\nFA-7;07/09/2026;Bar du Port;200,00;40,00\nFA-8;08/09/2026;MJC;100,00;20,00"


def test_the_free_text_of_a_transfer_is_a_label_where_money_comes_and_goes() -> None:
    lines = (("12/09/2026", "SARL BAR DU PORT", "240,00", "la facture FA-7"), ("13/09/2026", "MJC", "120,00", "merci"),
             ("14/09/2026", "Livret", "-300,00", "mise de côté"), ("15/09/2026", "EDF", "-75,40", ""))  # fmt: skip
    proposal, _ = read(WORKED, table("compte.csv", statement(*lines)), sold=TWO)
    paid = [(each.invoice, each.amount) for each in proposal.reading.book.payments]
    assert paid == [("FA-7", 24_000), ("FA-8", 12_000)]
    assert any("2 lignes où l'argent sort ne sont pas lues : 375,40" in each for each in proposal.unread)


def test_payments_given_back_keep_the_invoices_that_they_name() -> None:
    lines = (("12/09/2026", "Bar", "240,00", "FA-7"), ("13/09/2026", "MJC", "120,00", "FA-8"),
             ("20/09/2026", "Bar", "-40,00", "FA-7"))  # fmt: skip
    proposal, _ = read(WORKED, table("règlements.csv", statement(*lines)), sold=TWO)
    assert [(each.invoice, each.amount) for each in proposal.reading.book.payments] == [
        ("FA-7", 24_000), ("FA-8", 12_000), ("FA-7", -4_000)
    ]  # fmt: skip


def test_people_who_make_the_totals_are_not_asked_about_beside_what_is_counted() -> None:
    lines = (
        "Jour;Ida;Noam;Couverts servis;Total",
        "07/09/2026;3;2;54;5",
        "08/09/2026;1,5;4;61;5,5",
        "Total;4,5;6;115;10,5",
    )
    proposal, asked = read(table("service.csv", *lines))
    assert set(asked) == {"genre", "personnes.cape"}
    assert minutes(proposal) == {("Ida", "2026-09"): 270, ("Noam", "2026-09"): 360}


def test_a_minus_behind_an_amount_takes_it_off() -> None:
    lines = ("Numéro;Date;Montant HT;TVA", "1;07/09/2026;200,00;40,00", "2;08/09/2026;95,00-;19,00-")
    proposal, _ = read(WORKED, sold="\n".join(lines))
    assert sales(proposal) == {"2026-09": 10_500}
