"""What a person wrote beside a cell, or crossed out, is told; where it says a line may not count, that is asked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from kpa_model.files.book.cells import bare
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.inside.xls import beside_old
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.spreadsheets import workbook_sheets
from tests.given_tables import minutes, read, sales, table
from tests.old_workbook import old_workbook

HOURS = table("heures.csv", "Date;Qui;Heures", "03/03/2026;Awa;3h", "05/03/2026;Bruno;2h")
SOLD = (
    ("N°", "Date", "Client", "HT", "TVA", "TTC"),
    ("F-1", "03/03/2026", "Mairie", 1000, 200, 1200),
    ("F-2", "09/03/2026", "Club", 500, 100, 600),
    ("F-3", "10/03/2026", "Club", 450, 90, 540),
)


def _commented(rows: Sequence[Sequence[Any]], *comments: tuple[str, str], struck: int = 0) -> GivenFile:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    for spot, text in comments:
        book.active[spot].comment = Comment(text, "Lou")
    for cell in book.active[struck] if struck else ():
        cell.font = Font(strike=True)
    book.save(out)
    return GivenFile("factures.xlsx", out.getvalue())


def _annotated(rows: Sequence[Sequence[Any]], spot: tuple[int, int], words: str, struck: int = 0) -> GivenFile:
    """Return a workbook of LibreOffice, whose cell has an annotation, or whose line is struck through."""

    def cell(value: Any, said: str, style: str) -> str:
        note = f"<office:annotation><dc:date>2026-03-01</dc:date><text:p>{said}</text:p></office:annotation>"
        kind = "string" if isinstance(value, str) else f'float" office:value="{value}'
        shown = f"{note if said else ''}<text:p>{value}</text:p>"
        return f'<table:table-cell {style} office:value-type="{kind}">{shown}</table:table-cell>'

    lines = (
        "".join(
            cell(each, words if (line, at) == spot else "", f'table:style-name="ce{1 + (line == struck)}"')
            for at, each in enumerate(row)
        )
        for line, row in enumerate(rows, 1)
    )
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    styles = "".join(
        f'<style:style style:name="ce{rank}" style:family="table-cell"><style:text-properties '
        f'style:text-line-through-style="{way}"/></style:style>'
        for rank, way in enumerate(("none", "solid"), 1)
    )
    names = ("office", "table", "text", "style")
    spaces = " ".join(f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in names)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f'<office:document-content {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
            f'<office:spreadsheet><table:table table:name="Factures">{body}</table:table></office:spreadsheet>'
            "</office:body></office:document-content>",
        )
    return GivenFile("factures.ods", out.getvalue())


_THREAD = "[Commentaire à thread]\n\nVotre version permet de le lire : https://a.example\n\nCommentaire\u00a0:\n    "


def test_a_comment_of_a_conversation_is_told_without_what_its_program_says() -> None:
    proposal, asked = read(_commented(SOLD, ("D3", f"{_THREAD}Facture\nannulée")), HOURS, sold="")
    assert "etat.factureannulee" in asked
    assert any("D3, « Facture annulée »" in each for each in proposal.heeded)


@pytest.mark.parametrize("spot", ["A3", "D3", "F3"])
@pytest.mark.parametrize("words", ["Annulée, voir F-3", "doublon !", "Lou:\nbrouillon"])
def test_a_comment_that_says_a_line_may_not_count_is_asked(spot: str, words: str) -> None:
    topic = {"A": "etat.annuleevoirf3", "d": "etat.doublon", "L": "etat.brouillon"}[words[0]]
    proposal, asked = read(_commented(SOLD, (spot, words)), HOURS, sold="", **{topic.replace(".", "_"): "non"})
    assert topic in asked
    assert sales(proposal) == {"2026-03": 145_000}
    assert any(f"{spot}, « {words.removeprefix('Lou:').strip()} »" in each for each in proposal.heeded)


def test_an_annotation_of_libreoffice_is_asked_too() -> None:
    proposal, asked = read(_annotated(SOLD, (3, 3), "facture annulée"), HOURS, sold="", etat_factureannulee="non")
    assert "etat.factureannulee" in asked
    assert sales(proposal) == {"2026-03": 145_000}


def _crossed(rows: Sequence[Sequence[Any]], *spots: str) -> GivenFile:
    book, out = load_workbook(io.BytesIO(_commented(rows).data)), io.BytesIO()
    for spot in spots:
        book.active[spot].font = Font(strike=True)
    book.save(out)
    return GivenFile("suivi.xlsx", out.getvalue())


def test_one_number_struck_through_is_asked_and_is_about_its_own_cell() -> None:
    rows = (("Date", "Awa", "Bruno"), ("03/03/2026", "3h", "2h"), ("05/03/2026", "4h", "1h"))
    proposal, asked = read(_crossed(rows, "C3"), etat_lignebarree="non")
    assert "etat.lignebarree" in asked
    assert minutes(proposal) == {("Awa", "2026-03"): 420, ("Bruno", "2026-03"): 120}
    assert any("la case C3 est barrée" in each for each in proposal.heeded)


def test_words_or_another_column_struck_through_ask_nothing() -> None:
    rows = [(*line, more) for line, more in zip(SOLD, ("Ancien prix", 700, 600, 500), strict=True)]
    proposal, asked = read(_crossed(rows, "C3", "G2", "G3"), HOURS, sold="")
    assert "etat.lignebarree" not in asked
    assert sales(proposal) == {"2026-03": 195_000}
    assert any("2 cases sont barrées (G2 et G3)" in each for each in proposal.heeded)


@pytest.mark.parametrize("spot", [(3, 0), (3, 3)])
@pytest.mark.parametrize("words", ["Annulée : œuvre refusée", "Lou:\ndevis"])
def test_a_comment_of_an_old_workbook_is_asked_too(spot: tuple[int, int], words: str) -> None:
    topic = f"etat.{bare(words.removeprefix('Lou:'))}"
    given = old_workbook("factures.xls", SOLD, {spot: words})
    proposal, asked = read(given, HOURS, sold="", **{topic.replace(".", "_"): "non"})
    assert topic in asked
    assert sales(proposal) == {"2026-03": 145_000}


def test_a_hidden_line_of_an_old_workbook_is_told() -> None:
    proposal, _ = read(old_workbook("factures.xls", SOLD, hidden=[3]), HOURS, sold="")
    assert any("la ligne 3 est masquée" in each for each in proposal.heeded)


@pytest.mark.parametrize("damage", [lambda data: data[:1500], lambda data: data[:48] + b"\xff" * 40 + data[88:]])
def test_an_old_workbook_that_does_not_open_says_nothing_beside(damage: Callable[[bytes], bytes]) -> None:
    assert beside_old(damage(old_workbook("f.xls", SOLD, struck=[2]).data)) == {}


def test_comments_that_a_binary_workbook_keeps_for_itself_are_told() -> None:
    out, findings = io.BytesIO(_commented(SOLD).data), Findings()
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/comments1.bin", b"\0")
    workbook_sheets(GivenFile("factures.xlsb", out.getvalue()), findings)
    assert any("commentaires de cases, qui ne se lisent pas" in text for _, text in findings.heeded)


def test_other_comments_are_told_and_ask_nothing() -> None:
    spots = [(f"{letter}{line}", f"vu avec {letter}{line}") for line in (2, 4) for letter in "ABC"]
    proposal, asked = read(_commented(SOLD, *spots), HOURS, sold="")
    assert not any(each.startswith("etat.") for each in asked)
    told = next(each for each in proposal.heeded if "commentaires de cases" in each)
    assert "6 commentaires de cases : A2, « vu avec A2 »" in told
    assert "C4" not in told


@pytest.mark.parametrize("given", [
    _commented(SOLD, struck=3), _annotated(SOLD, (0, 0), "", struck=3), old_workbook("f.xls", SOLD, struck=[3])
], ids=["xlsx", "ods", "xls"])  # fmt: skip
@pytest.mark.parametrize(("said", "counted"), [("oui", 195_000), ("non", 145_000)])
def test_a_line_struck_through_is_asked(given: GivenFile, said: str, counted: int) -> None:
    proposal, asked = read(given, HOURS, sold="", etat_lignebarree=said)
    assert "etat.lignebarree" in asked
    assert sales(proposal) == {"2026-03": counted}


def test_a_comment_in_a_table_of_people_is_about_its_own_cell() -> None:
    rows = (("Date", "Awa", "Bruno"), ("03/03/2026", "3h", "2h"), ("05/03/2026", "4h", "1h"))
    given = _commented(rows, ("C3", "annulé (pluie)"))
    proposal, asked = read(given, etat_annule="non")
    assert "etat.annule" in asked
    assert minutes(proposal) == {("Awa", "2026-03"): 420, ("Bruno", "2026-03"): 120}


PAID = (
    ("payé le 20/10", "2026-10-20", 24_000),
    ("réglée par chèque le 3/11", "2026-11-03", 24_000),
    ("client content, payé le 12/10/26", "2026-10-12", 24_000),
    ("réglé 100 € le 3/11", "2026-11-03", 10_000),
    ("payé par virement de 90 € le 4/11", "2026-11-04", 9_000),
    ("payé en espèces", "2026-10-05", 24_000),
)
UNPAID = ("pas encore payé", "sera payé le 20/10", "réglé le four", "payé 2 h à Awa", "chèque demandé le 3/11")


def _payments(lines: Sequence[str]) -> list[tuple[str, int]]:
    hours = (table("heures.csv", "Date;Qui;Heures", "03/10/2026;Awa;3h"),) if "Qui" not in lines[0] else ()
    proposal, _ = read(table("ventes.csv", *lines), *hours, sold="")
    assert proposal.reading is not None
    return [(str(each.received_on), each.amount) for each in proposal.reading.book.payments]


def _in_a_list(title: str, words: str) -> list[str]:
    first = "F-1;03/10/2026;Mme Joly;100,00;20,00;120,00;sur place"
    return [f"N°;Date;Client;HT;TVA;TTC;{title}", first, f"F-2;05/10/2026;M. Roux;200,00;40,00;240,00;{words}"]


def _with_hours(title: str, words: str) -> list[str]:
    first = "03/10/2026;Mme Joly;Semis;Awa;3;120,00;20 %;sur place"
    second = f"05/10/2026;M. Roux;Taille;Bruno;2;240,00;20 %;{words}"
    return [f"Date;Client;Quoi;Qui;Heures;Prix TTC;TVA;{title}", first, second]


@pytest.mark.parametrize("laid", [_in_a_list, _with_hours])
@pytest.mark.parametrize("title", ["Remarque", "Divers", ""])
@pytest.mark.parametrize(("words", "day", "cents"), PAID)
def test_a_remark_that_says_when_a_sale_was_paid_is_a_payment(
    laid: Callable[[str, str], list[str]], title: str, words: str, day: str, cents: int
) -> None:
    assert _payments(laid(title, words)) == [(day, cents)]


@pytest.mark.parametrize("laid", [_in_a_list, _with_hours])
@pytest.mark.parametrize("words", UNPAID)
def test_a_remark_that_says_no_payment_makes_none(laid: Callable[[str, str], list[str]], words: str) -> None:
    assert _payments(laid("Remarque", words)) == []


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("", "devis"),
        ("", "Annulée ?"),
        ("Divers", "pro forma"),
        ("Divers", "pas facturé"),
        ("Divers", "prix à confirmer"),
        ("", "perso Awa"),
    ],
)
@pytest.mark.parametrize(("said", "counted"), [("oui", 150_000), ("non", 100_000)])
def test_under_the_titles_of_the_book_a_line_that_may_not_count_is_asked_too(
    title: str, words: str, said: str, counted: int
) -> None:
    rows = [
        ("Numéro", "Commande", "Date", "Montant HT", "Taux TVA", title),
        ("F-1", "C1", "03/03/2026", 1000, "20 %", ""),
        ("F-2", "C2", "09/03/2026", 500, "20 %", words if title else ""),
    ]
    given = _commented(rows) if title else _commented(rows, ("D3", words))
    topic = f"etat.{bare(words)}"
    proposal, asked = read(given, HOURS, sold="", **{topic.replace(".", "_"): said})
    assert topic in asked
    assert sales(proposal) == {"2026-03": counted}


def test_under_the_titles_of_the_book_a_line_struck_through_is_asked_too() -> None:
    rows = [
        ("personne", "date", "genre", "duree"),
        ("Awa", "03/03/2026", "commun", 3),
        ("Bruno", "04/03/2026", "commun", 2),
    ]
    proposal, asked = read(_commented(rows, struck=3), etat_lignebarree="non")
    assert "etat.lignebarree" in asked
    assert minutes(proposal) == {("Awa", "2026-03"): 180}


@pytest.mark.parametrize("words", ["devis n° 12 signé", "facturé avec F-1", "1 h offerte", "projet refusé puis repris"])
def test_other_remarks_on_invoices_ask_nothing(words: str) -> None:
    rows = [(*SOLD[0], "Remarque"), *((*each, words) for each in SOLD[1:])]
    _, asked = read(_commented(rows), HOURS, sold="")
    assert not any(each.startswith("etat.") for each in asked)


def test_a_comment_that_says_when_an_invoice_was_paid_is_a_payment() -> None:
    proposal, _ = read(_commented(SOLD, ("F3", "payé le 12/04")), HOURS, sold="")
    assert proposal.reading is not None
    assert [(str(each.received_on), each.amount) for each in proposal.reading.book.payments] == [("2026-04-12", 60_000)]


WORKED = (
    "Jour;Qui;Durée;Note",
    "02/03/2026;Awa;3h;",
    "03/03/2026;Bruno;2h;malade",
    "04/03/2026;Bruno;4h;déjà compté en février",
)


@pytest.mark.parametrize(("said", "left"), [("", 360), ("malade", 240), ("malade|dejacompteenfevrier|dejanote", None)])
def test_many_remarks_that_lines_may_not_count_are_one_question(said: str, left: int | None) -> None:
    given = table("heures.csv", *WORKED, "05/03/2026;Awa;1h;déjà noté")
    proposal, asked = read(given, etat_lignes=said)
    assert asked.count("etat.lignes") == 1
    assert not any(each.startswith("etat.") for each in asked if each != "etat.lignes")
    assert minutes(proposal).get(("Bruno", "2026-03")) == left


@pytest.mark.parametrize("words", ["retourné au magasin", "perso", "pas encore livré", "remboursé par le fournisseur"])
def test_a_remark_that_a_purchase_may_not_be_one_is_asked(words: str) -> None:
    bought = table(
        "achats.csv",
        "Date;Fournisseur;Montant HT;TVA;Remarque",
        "03/03/2026;Bois SA;100,00;20,00;",
        f"05/03/2026;Fer SA;50,00;10,00;{words}",
    )
    proposal, asked = read(bought, HOURS, **{f"etat_{bare(words)}": "non"})
    assert f"etat.{bare(words)}" in asked
    assert proposal.reading is not None
    assert [each.before_tax for each in proposal.reading.book.costs] == [10_000]


@pytest.mark.parametrize("words", ["remboursé à Lou", "livré le 7", "rangé au local personnel"])
def test_other_remarks_on_purchases_ask_nothing(words: str) -> None:
    bought = table("achats.csv", "Date;Fournisseur;Montant HT;TVA;Remarque", f"05/03/2026;Fer SA;50,00;10,00;{words}")
    assert not any(each.startswith("etat.") for each in read(bought, HOURS)[1])


@pytest.mark.parametrize("words", ["avoir de 90 € accordé", "avoir à faire", "un avoir est promis"])
def test_a_remark_on_a_credit_note_to_come_is_told_and_the_sale_counts(words: str) -> None:
    lines = ("N°;Date;Client;HT;TVA;TTC;Remarque", f"F-1;03/03/2026;Club;500;100;600;{words}")
    proposal, asked = read(table("ventes.csv", *lines), HOURS, sold="")
    assert "montant_ht.avoir" not in asked
    assert sales(proposal) == {"2026-03": 50_000}


BOOK = ("Date;Libellé;Recettes;Dépenses;Obs.", "03/03/2026;Mairie;1200,00;;payé", "05/03/2026;Bois;;120,00;")


@pytest.mark.parametrize(
    ("words", "said", "counted", "came"),
    [
        ("annulé", "non", 120_000, [120_000]),
        ("devis", "non", 120_000, [120_000]),
        ("annulé", "oui", 180_000, [120_000, 60_000]),
        ("chèque rejeté", "", 180_000, [120_000]),
    ],
)
def test_remarks_of_a_book_of_money_in_and_out_are_heeded(words: str, said: str, counted: int, came: list[int]) -> None:
    given = table("livre.csv", *BOOK, f"09/03/2026;Club;600,00;;{words}")
    proposal, _ = read(given, HOURS, sold="", entrees_tva="0", entrees_payees="jour", **{f"etat_{bare(words)}": said})
    assert sales(proposal) == {"2026-03": counted}
    assert proposal.reading is not None
    assert [each.amount for each in proposal.reading.book.payments] == came


def test_a_purchase_of_a_book_of_money_in_and_out_may_not_count() -> None:
    given = table("livre.csv", *BOOK, "07/03/2026;Vis;;30,00;perso Lou")
    proposal, asked = read(given, HOURS, sold="", entrees_tva="0", etat_persolou="non")
    assert "etat.persolou" in asked
    assert proposal.reading is not None
    assert sum(each.before_tax for each in proposal.reading.book.costs) == 12_000


NUMBERS = (("Date", "Awa", "Bruno"), *((f"{day:02}/03/2026", 6, 4) for day in (3, 4, 5, 6)))


@pytest.mark.parametrize(
    ("spot", "text", "hers"),
    [
        ("B1", "compté en quarts d'heure", 360), ("A1", "tout en demi-heures, merci", 720),
        ("C1", "en créneaux de 20 min", 480), ("A1", "1 = 10 min", 240), ("B1", "1 case = un quart d'heure", 360),
        ("A1", "temps en minutes", 24),
    ],
)  # fmt: skip
def test_a_comment_of_a_title_that_says_the_unit_of_the_times_is_asked_about(spot: str, text: str, hers: int) -> None:
    proposal, asked = read(_commented(NUMBERS, (spot, text)), sommes_feuille="heures", sommes_factures="heures")
    assert {"duree.unite", "duree.unite_dite"} & {*asked}
    assert minutes(proposal)["Awa", "2026-03"] == hers


@pytest.mark.parametrize(
    "text", ["Awa est en congé, 12 jours", "en retard de 20 min le 4", "en formation 2 jours", "part à 12 h", "en CAPE"]
)
def test_a_comment_of_a_title_about_somebody_is_no_unit(text: str) -> None:
    proposal, asked = read(_commented(NUMBERS, ("B1", text)), sommes_feuille="heures", sommes_factures="heures")
    assert not [each for each in asked if "unite" in each]
    assert minutes(proposal)["Awa", "2026-03"] == 24 * 60


def test_a_comment_of_the_title_of_a_break_says_nothing_of_the_work() -> None:
    rows = [("Date", "Qui", "Heures", "Pause"), *((f"{day:02}/03/2026", "Awa", 14, 20) for day in (3, 4))]
    proposal, _ = read(_commented(rows, ("D1", "en minutes")))
    assert minutes(proposal)["Awa", "2026-03"] == 28 * 60
    told, asked = read(_commented([row[:3] for row in rows], ("C1", "en quarts d'heure")))
    assert "duree.unite" in asked
    assert minutes(told)["Awa", "2026-03"] == 7 * 60
