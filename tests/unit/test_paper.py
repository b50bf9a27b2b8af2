"""Documents to print: accessible, literal, whole, and silent about names when asked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
import typst

from kpa_model.cooperative.book import Cooperative, OrderBook
from kpa_model.cooperative.chain import money_chain
from kpa_model.cooperative.facts import months_of
from kpa_model.cooperative.orders import DirectCost, InvoiceLine, Order
from kpa_model.cooperative.people import Member, Spell, Status
from kpa_model.cooperative.work import Hours, Kind
from kpa_model.figures import paper as pen
from kpa_model.pay import rule_file
from kpa_model.pay.engine import Settlement, settle_months
from kpa_model.pay.rule import PayRule
from kpa_model.story.paper import documents as paper
from kpa_model.story.paper import names as paper_names
from kpa_model.story.paper import parts as paper_parts
from kpa_model.story.paper import press as press_module
from kpa_model.story.paper.press import CannotPrint, clean, one_line, press
from kpa_model.story.pay.comparison import compare
from kpa_model.story.pay.payslip import payslip
from kpa_model.story.provenance import data_fingerprint
from kpa_model.words import curled, euros, typeset
from tests.pdf import everything, flat, text_of

NAMES = ("Awa", "Bruno", "Chloé", "Djamila", "Élodie", "Fatou")
HOSTILE = (
    "#set page(fill: red)", "$x^2$ *gras* _it_", '"\\" #panic(1)', "= Titre", "O'Brien", "<b>&amp;</b>", "X" * 90,
)  # fmt: skip
RULE = rule_file.loads("""
titre: La règle d'Awa
phrase: Chaque heure compte.
etapes:
- frais_directs
- part_au_fonds_commun: {taux: 5 %}
- taux_horaire: {euros_par_heure: 12}
- ramener_a_l_enveloppe
- reste_au_fonds
promesses:
- personne_sous: {euros: 60}
- enveloppe_respectee
essai: {trimestres: 1, revue_le: 2027-03-31}
""")
EQUAL = rule_file.loads("titre: Parts égales\netapes:\n- frais_directs\n- parts_egales\n")


def make_book(*names: str) -> OrderBook:
    """Three months; everyone works, a little more each; the last month is poor."""
    started = Spell(Status.CAPE, date(2019, 1, 1))
    sold = {1: 150_000, 2: 123_456, 3: 20_000}
    return OrderBook(
        Cooperative("Les #Tilleuls$"),
        tuple(Member(name, (started,)) for name in names),
        tuple(Order(f"C{at}", "Buffet", "traiteur", date(2019, at, 1), brought_by=names[:1]) for at in sold),
        tuple(
            InvoiceLine(f"F{at}", f"C{at}", "Buffet", date(2019, at, 3), date(2019, at, 28), cents, 100_000)
            for at, cents in sold.items()
        ),
        (),
        (DirectCost("Courses", date(2019, 2, 2), 23_456),),
        tuple(
            Hours(name, date(2019, month, 5), Kind.JOB, 90 * (at + 1), f"C{month}")
            for at, name in enumerate(names)
            for month in sold
        ),
    )


def settled(book: OrderBook, rule: PayRule = RULE) -> tuple[Settlement, ...]:
    return settle_months(rule, months_of(book))


def rule_pdf(
    names: bool = True, months: slice = slice(1, 2), people: tuple[str, ...] = NAMES, lend: bool = True
) -> bytes:
    """Return the paper of the rule for some months of an invented book."""
    book = make_book(*people)
    return paper.rule_paper(
        book, RULE, settled(book)[months], money_chain(book)[months], pen=pen if lend else None, names=names
    )


# --- what a document is ---------------------------------------------------------------------------------------------


def all_papers(names: bool = True, lend: bool = True) -> list[bytes]:
    book = make_book(*NAMES)
    views = compare([settled(book, EQUAL)[1:2], settled(book)[1:2]])
    return [
        rule_pdf(names, lend=lend),
        paper.payslip_paper(book, RULE, settled(book)[1], 2, names=names),
        paper.comparison_paper(book, views, "2019-02", pen=pen if lend else None, names=names),
    ]


def test_every_document_is_tagged_french_and_says_it_is_accessible() -> None:
    for pdf in all_papers():
        assert b"pdfuaid:part>1<" in pdf
        assert b"/Lang(fr" in pdf
        assert b"/MarkInfo<</Marked true" in pdf
        assert b"/StructTreeRoot" in pdf
        assert b"/DisplayDocTitle true" in pdf


def test_the_same_content_gives_the_same_bytes() -> None:
    assert all_papers() == all_papers()


def test_every_picture_has_its_text() -> None:
    pdf = rule_pdf()
    assert pdf.count(b"/S/Figure") == 2
    assert "Le chemin de l’argent, de haut en bas." in everything(pdf)
    assert rule_pdf(lend=False).count(b"/S/Figure") == 0


def test_fonts_are_inside_the_file() -> None:
    fonts = re.findall(rb"/BaseFont/(\S+?)/", rule_pdf())
    assert fonts
    assert all(re.match(rb"[A-Z]{6}\+CahierSans", font) for font in fonts)


def test_the_rule_paper_says_everything() -> None:
    said = flat(text_of(rule_pdf()))
    for expected in (
        "NOTRE RÈGLE", "La règle d’Awa", "Les #Tilleuls$, février 2019", "Chaque heure compte.",
        "Le fonds commun reçoit 5 % de l’enveloppe.", "non tenue", "On en reparle le 31 mars 2027.",
        "Facturé aux clients", "Qui reçoit quoi", "Ce que nous gardons", "Ce que nous changeons",
        "Date de revue prévue : 31 mars 2027", "signatures", "le net est plus petit. À vérifier avec la CAE.",
        "Toutes taxes comprises.", "aucun tirage au sort", "Page 1 sur",
    ):  # fmt: skip
        assert flat(expected) in said, expected


def test_provenance_is_on_every_page() -> None:
    book = make_book(*NAMES)
    for pdf in all_papers():
        pages = pdf.count(b"/Type/Page/Resources")
        assert flat(text_of(pdf)).count(flat(f"Données {data_fingerprint(book)[:12]}")) == pages
    assert rule_file.fingerprint(RULE)[:12] in text_of(rule_pdf())


def test_pages_are_numbered() -> None:
    for pdf in (*all_papers(), rule_pdf(months=slice(0, 3))):
        pages = pdf.count(b"/Type/Page/Resources")
        assert re.findall(r"Page (\d+) sur (\d+)", text_of(pdf)) == [(str(at + 1), str(pages)) for at in range(pages)]


def test_the_amounts_of_people_are_printed_to_the_cent() -> None:
    book = make_book(*NAMES)
    result = settled(book)[1]
    said = flat(text_of(rule_pdf()))
    for cents in (*result.pay, result.pay.sum()):
        assert flat(euros(int(cents))) in said


def test_a_payslip_adds_up() -> None:
    book = make_book(*NAMES)
    result = settled(book)[2]
    slip = payslip(result, 3)
    said = flat(text_of(paper.payslip_paper(book, RULE, result, 3)))
    assert sum(entry.cents for entry in slip.own) == slip.total
    for entry in slip.own:
        assert flat(typeset(entry.sentence)) in said
    assert flat(f"= {euros(slip.total)}") in said
    assert flat("Djamila reçoit") in said


def test_a_comparison_gives_every_rule_and_every_difference() -> None:
    said = flat(text_of(all_papers()[2]))
    for expected in ("2 règles, les mêmes mois", "Parts égales", "la règle de départ", "personnes perdent", "Gini"):
        assert flat(expected) in said


def test_hostile_names_print_as_they_are_written() -> None:
    said = flat(text_of(rule_pdf(people=HOSTILE)))
    for name in HOSTILE:
        assert flat(curled(name)) in said, name


@pytest.mark.parametrize(
    "name",
    ["Zoé 🎉👩‍🌾", "漢字", "مريم العربي", "\u202eevil\x00\x1b[31m", "a\nb\tc", "\ud83d", "\ue000", "\ufdd0"],
    ids=["emoji", "chinese", "arabic", "control", "lines", "half", "private", "nothing"],
)
def test_a_letter_that_no_font_has_never_stops_the_press(name: str) -> None:
    assert rule_pdf(people=(name, *NAMES)).startswith(b"%PDF-1.7")


def test_a_sign_that_no_font_has_is_told_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    only = typst.Fonts(include_system_fonts=False, font_paths=[press_module.FONTS])
    monkeypatch.setattr(press_module, "_fonts", lambda system: only)
    said = flat(text_of(rule_pdf(people=("Zoé 🌿漢", *NAMES))))
    assert flat(press_module.TOLD_MISSING) in said
    assert flat(press_module.TOLD_MISSING) not in flat(text_of(rule_pdf()))


def test_each_paper_says_its_foot_to_the_screen_that_gives_it() -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in press_module.TEMPLATES.glob("*.typ")}
    own = {name: text for name, text in texts.items() if re.search(r"set (std\.)?document\(", text)}
    assert {"commun", "facture"} <= set(own)
    for name, text in own.items():
        assert re.search(r"keywords: .*\b(c|contenu)\.pied\b", text), f"{name}: a sign not printed is not told"


def test_a_name_is_printed_as_typed_its_apostrophe_curled() -> None:
    assert press_module.typeset_all(press_module.Verbatim("N'Diaye : 12 €")) == "N’Diaye : 12 €"


def test_what_turns_the_text_around_is_removed() -> None:
    assert clean("a\u202eb\x07c\ud800") == "abc"
    assert one_line(" Awa\nBa\t") == "Awa Ba"


def test_french_typography_keeps_punctuation_with_its_word() -> None:
    assert typeset("L'heure : « 12 » ?") == "L’heure\u00a0: «\u00a012\u00a0»\u202f?"


def test_content_that_does_not_fit_is_an_error_in_french() -> None:
    with pytest.raises(CannotPrint, match="n'a pas pu être mis en page"):
        press("regle", {"titre": "Vide"})


# --- without names ----------------------------------------------------------------------------------------------------


def test_no_name_leaks_from_documents_without_names() -> None:
    for pdf in all_papers(names=False):
        whole = everything(pdf)
        for name in NAMES:
            assert not re.search(rf"(?<!\w){name}(?!\w)", whole, re.IGNORECASE), name
            assert name.encode("utf-16-be").hex().upper().encode() not in pdf
        assert "Personne A" in whole or "Personne" in whole


def test_names_in_settings_and_titles_become_letters() -> None:
    rule = rule_file.loads(
        "titre: Pour awa et d'Awa\nphrase: Merci à Bruno !\n"
        "etapes:\n- frais_directs\n- fonction: {personnes: [Awa, Inconnue]}\n- par_heures\n"
    )
    known = {"Awa": "Personne B", "Bruno": "Personne A"}
    told = paper_names.rule_without_names(rule, known)
    assert told.title == "Pour Personne B et de Personne B"
    assert told.sentence == "Merci à Personne A !"
    assert "Awa" not in rule_file.dumps(told)
    assert "Inconnue" not in rule_file.dumps(told)


def test_letters_follow_amounts_and_go_past_the_alphabet() -> None:
    assert paper_names.letters(["Awa", "Bruno"], [10, 20], "") == {"Bruno": "Personne A", "Awa": "Personne B"}
    assert list(paper_names.letters([str(at) for at in range(28)], [0] * 28, "").values())[-1] == "Personne AB"


def test_letters_of_equal_amounts_do_not_follow_the_list() -> None:
    names = [f"Nom {at}" for at in range(20)]
    assert list(paper_names.letters(names, [100] * 20, "secret")) != names
    assert paper_names.letters(names, [100] * 20, "a") != paper_names.letters(names, [100] * 20, "b")


def test_a_small_group_without_names_gets_no_line_per_person() -> None:
    few = NAMES[:4]
    said = flat(text_of(rule_pdf(names=False, people=few)))
    assert flat("Le groupe compte moins de 5 personnes.") in said
    assert "PersonneB" not in said
    book = make_book(*few)
    with pytest.raises(CannotPrint, match="trop petit"):
        paper.payslip_paper(book, RULE, settled(book)[1], 0, names=False)
    nobody = replace(RULE, title="Les heures d'abord")  # a title that names someone keeps a letter
    views = compare([settled(book, EQUAL)[1:2], settled(book, nobody)[1:2]])
    alone = flat(text_of(paper.comparison_paper(book, views, "2019-02", pen=pen, names=False)))
    assert flat("moins de 5 personnes") in alone
    assert re.search("Personne[A-Z]", alone.replace("Personnene", "")) is None


# --- several months ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("months", [slice(0, 1), slice(0, 3), slice(1, 3), slice(2, 3)])
def test_the_way_of_money_adds_up_over_any_months(months: slice) -> None:
    book = make_book(*NAMES)
    results = settled(book, EQUAL)[months]
    rows = paper_parts.way_of_money(money_chain(book)[months], results)
    assert rows[-1].end == 0
    for before, after in pairwise(rows):
        if not after.level:
            assert after.start == before.end
        else:
            assert after.end == before.end
    received = sum(int(each.pay.sum()) for each in results)
    assert next(row for row in rows if row.label == "Les personnes reçoivent").cents == received


def test_months_with_a_hole_are_refused() -> None:
    book = make_book(*NAMES)
    results, money = settled(book), money_chain(book)
    with pytest.raises(CannotPrint, match="ne se suivent pas"):
        paper.rule_paper(book, RULE, [results[0], results[2]], [money[0], money[2]])


def test_several_months_have_a_line_each() -> None:
    said = flat(text_of(rule_pdf(months=slice(0, 3))))
    for expected in ("de janvier 2019 à mars 2019", "février 2019", "mois sur 3"):
        assert flat(expected) in said
