"""Real months, told and printed: names and codes, checks, sheets whose sums are right, papers without names."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pypdf
import pytest

from kpa_model.cooperative.book import Cooperative, OrderBook
from kpa_model.cooperative.orders import InvoiceLine, Order
from kpa_model.cooperative.people import Member, Spell, Status
from kpa_model.cooperative.work import Hours, Kind
from kpa_model.figures import paper as pen
from kpa_model.files.importing.merging import TableChange
from kpa_model.ledger import closing, correcting, paying
from kpa_model.ledger.events import LedgerOpened
from kpa_model.ledger.refusal import NotNow, ToCheck
from kpa_model.pay import rule_file
from kpa_model.pay.ready import ready_rules
from kpa_model.story.months import paper, proposal, request, rules, sheets, told, year
from kpa_model.story.months.checks import checks
from kpa_model.story.months.corrected import adopted_touched, corrections
from kpa_model.story.months.register import MonthsRegister, NamedLedger
from kpa_model.story.months.who import Who
from kpa_model.story.paper.press import CannotPrint, press
from tests.pdf import small

DAY = date(2026, 2, 3)
NAMES = ("Awa", "Élodie", "Bruno", "Chloé", "Djamila", "Fatou")


def made_book(names: tuple[str, ...] = NAMES, sales: int = 120_000) -> OrderBook:
    since = date(2020, 1, 1)
    orders = tuple(Order(f"C{at}", "Un buffet", "Traiteur", date(2026, at, 2)) for at in (1, 2, 3))
    return OrderBook(
        Cooperative("Essai"),
        members=tuple(Member(name, (Spell(Status.CAPE, since),)) for name in names),
        orders=orders,
        lines=tuple(
            InvoiceLine(f"F{at}", f"C{at}", "Buffet", date(2026, at, 3), date(2026, at, 20), sales, 100_000)
            for at in (1, 2, 3)
        ),
        hours=tuple(
            Hours(name, date(2026, month, 3), Kind.JOB, 60 * rank, f"C{month}")
            for month in (1, 2, 3)
            for rank, name in enumerate(names, 1)
        ),
    )


class Group:
    """A group with its book and its ledger."""

    def __init__(self, book: OrderBook, rule: str = "heures") -> None:
        self.book, self.ours = book, MonthsRegister("essai", people=NAMES)
        self.ours.commit(lambda now: closing.open_ledger(now.state, LedgerOpened("2026-01", 0, 5000, 9000)))
        self.ours.commit(lambda now: rules.put_in_force(now, ready_rules()[rule], "2026-01", reason="Voté par Awa."))

    def read(self) -> NamedLedger:
        return self.ours.read()

    def code(self, name: str) -> str:
        return self.read().who.code(name)

    def close(self, label: str, pay: bool = True, notes: tuple[str, ...] = ()) -> None:
        seen = self.read()
        keys = [key for key, _ in checks(seen, proposal.propose(seen, self.book, label), notes)]
        self.ours.commit(lambda now: proposal.freeze(now, self.book, label, notes, keys, DAY))
        self.ours.commit(lambda now: closing.adopt(now.state, label, DAY, [now.who.code("Awa")], "Réunion"))
        if pay:
            self.ours.commit(lambda now: paying.pay_all(now.state, label, DAY, label))

    def correct(self, label: str, *forgiven: str) -> None:
        codes = [self.code(name) for name in forgiven]
        self.ours.commit(
            lambda now: correcting.regularise(
                now.state, label, proposal.drifts(now, self.book)[label], now.who.hidden("Une erreur de Bruno"), codes
            )
        )


@pytest.fixture
def group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Group:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    return Group(made_book())


def test_no_name_is_written_in_an_entry(group: Group) -> None:
    group.close("2026-01")
    group.book = made_book(sales=110_000)
    group.correct("2026-01")
    written = repr(group.read().kept.entries)
    assert not [name for name in NAMES if name in written]
    assert set(group.read().who.names.values()) == set(NAMES)


def test_codes_become_names_with_their_elision() -> None:
    who = Who({"{p1}": "Awa", "{p2}": "Bruno", "{p3}": ""})
    assert (
        who.told("La part de {p1}, celle de {p2}, d'{p2} et {p3}.")
        == "La part d'Awa, celle de Bruno, de Bruno et Personne 3."
    )
    assert who.hidden("Dit par Awa") == "Dit par {p1}"
    assert who.code("personne 3") == "{p3}"
    assert who.code("Zoé") == "{p4}"


def test_an_erased_name_leaves_the_sums_and_the_book_may_say_it_too(group: Group) -> None:
    group.close("2026-01")
    code, before = group.code("Bruno"), group.read().state.balances
    group.ours.rename(code)
    group.book = made_book(tuple("Personne 3" if name == "Bruno" else name for name in NAMES))
    assert group.read().who.name(code) == "Personne 3"
    assert proposal.drifts(group.read(), group.book) == {}
    group.close("2026-02")
    assert group.read().state.month("2026-02").pay[code] > 0
    assert group.read().state.month("2026-01").pay[code] > 0
    assert before != group.read().state.balances


def test_somebody_who_changes_her_name_in_the_book_is_the_same_person(group: Group) -> None:
    group.close("2026-01")
    code = group.code("Chloé")
    renamed = tuple("Chloé B." if name == "Chloé" else name for name in NAMES)
    group.book, group.ours = made_book(renamed), MonthsRegister("essai", people=renamed)
    group.ours.commit(lambda now: paying.set_limit(200_000, "Voté."))  # the new name is in the ledger from now on
    assert proposal.drifts(group.read(), group.book)
    group.ours.same_person(code, "Chloé B.")
    assert group.code("Chloé B.") == code
    assert proposal.drifts(group.read(), group.book) == {}
    group.close("2026-02")
    assert group.read().state.month("2026-02").pay[code] > 0
    with pytest.raises(NotNow, match="déjà noté des sommes sous ce prénom"):
        group.ours.same_person(code, "Awa")


def test_what_was_not_looked_at_is_asked(group: Group) -> None:
    group.book = replace(group.book, hours=tuple(each for each in group.book.hours if each.member != "Awa"))
    with pytest.raises(ToCheck, match="aucune heure notée"):
        group.ours.commit(lambda now: proposal.freeze(now, group.book, "2026-01", (), (), DAY))
    with pytest.raises(ToCheck, match="Remarques de lecture"):
        group.ours.commit(lambda now: proposal.freeze(now, group.book, "2026-01", ("Ligne 3 : …",), (), DAY))
    assert group.read().state.frozen is None


def test_a_refusal_says_people_by_their_name(group: Group) -> None:
    group.book = replace(group.book, hours=tuple(each for each in group.book.hours if each.member != "Awa"))
    with pytest.raises(ToCheck) as refused:
        group.ours.commit(lambda now: proposal.freeze(now, group.book, "2026-01", (), (), DAY))
    assert "Awa n'a aucune heure notée" in str(refused.value)
    assert "{p" not in str(refused.value)


def test_a_note_of_the_reader_is_asked_about_once(group: Group) -> None:
    notes = ("Ligne 3 : la date d'Awa est curieuse.",)

    def asked(label: str, notes: tuple[str, ...]) -> list[tuple[str, str]]:
        seen = group.read()
        return checks(seen, proposal.propose(seen, group.book, label), notes)

    keys = [key for key, _ in asked("2026-01", notes)]
    group.ours.commit(lambda now: proposal.freeze(now, group.book, "2026-01", notes, keys, DAY))
    group.ours.commit(lambda now: closing.adopt(now.state, "2026-01", DAY, [now.who.code("Awa")]))
    group.ours.commit(lambda now: paying.pay_all(now.state, "2026-01", DAY, "2026-01"))
    assert not [said for _, said in asked("2026-02", notes) if "Remarques" in said]
    (told_again,) = [said for _, said in asked("2026-02", (*notes, "Ligne 9 : …")) if "Remarques" in said]
    assert told_again == "Remarques de lecture du carnet (1) : Ligne 9 : …"


def test_the_sheet_of_a_person_says_her_corrections_and_adds_up(group: Group) -> None:
    group.close("2026-01")
    group.book = made_book(sales=60_000)
    group.correct("2026-01", "Fatou")
    group.close("2026-02", pay=False)
    seen = group.read()
    month = seen.state.month("2026-02")
    for name in NAMES:
        lines = told.sheet(seen, month, seen.who.code(name))
        assert sum(each.cents for each in lines) == month.amount(seen.who.code(name))
        assert lines[-1].reached == month.amount(seen.who.code(name))
        corrected = [each for each in lines if each.title == "Régularisation"]
        assert len(corrected) == (0 if name == "Fatou" else 1)
    shuffled = replace(month, pay=dict(sorted(month.pay.items(), reverse=True)))
    named = [each.name for each in told.rows(seen, shuffled)]
    assert named == [*[name for name in NAMES if name in named], "Ensemble"]  # the order of the book, at every state
    said = next(
        each.sentence for each in told.sheet(seen, month, seen.who.code("Élodie")) if each.title == "Régularisation"
    )
    why = "Le carnet de janvier 2026 a été corrigé : Une erreur de Bruno."
    assert said.startswith(f"{why} Pour janvier 2026, le montant d'Élodie devient ")
    assert said.endswith("de moins que ce qui était décidé.")
    kept = told.payment_sentences(seen, month, seen.who.code("Awa"))
    assert "On retient au plus 10\u00a0% de ce que la règle donne" in kept[0]


def test_too_much_is_given_back_little_by_little_and_nothing_is_lost(group: Group) -> None:
    group.close("2026-01")
    group.book = made_book(sales=60_000)
    group.correct("2026-01")
    group.close("2026-02")
    seen = group.read()
    code = seen.who.code("Fatou")
    month = seen.state.month("2026-02")
    assert month.due(code) == 0
    kept = month.kept_back(code, seen.state.limit)
    assert abs(10 * kept - month.pay[code]) <= 5
    assert month.received(code) == month.pay[code] - kept
    carried = seen.state.month("2026-03").incoming[code]
    assert [each.title for each in carried] == ["Trop versé de février 2026"]
    assert carried[0].cents == month.carried[code] < 0


def test_every_sum_of_the_year_is_right(group: Group) -> None:
    group.close("2026-01")
    group.close("2026-02")
    group.book = made_book(sales=150_000)
    group.correct("2026-01")
    group.close("2026-03")
    rows = year.year_rows(group.read(), 2026)
    assert [row.title for row in rows] == [
        "Janvier 2026", "Février 2026", "Mars 2026", "Régularisation, janvier 2026", "L'année",
    ]  # fmt: skip
    for row in rows:
        assert row.cents[0] == sum(row.cents[1:])
    assert [sum(column) for column in zip(*(row.cents for row in rows[:-1]), strict=True)] == list(rows[-1].cents)
    people = year.year_people(group.read(), 2026)
    assert sum(people.values()) == rows[-1].cents[5]
    way = year.year_way(group.read(), 2026)
    assert way[0].end == rows[-1].cents[0]
    assert way[-1].end == 0 or way[-1].label.startswith("Pour les personnes")


def test_a_debt_paid_is_a_line_of_the_year_and_what_is_carried_counts_once(group: Group) -> None:
    group.ours = MonthsRegister("avec des dettes", people=NAMES)
    opening = LedgerOpened("2026-01", 0, 5000, 9000)
    group.ours.commit(lambda now: closing.open_ledger(now.state, replace(opening, owed={now.who.code("Bruno"): 4000})))
    group.ours.commit(lambda now: rules.put_in_force(now, ready_rules()["heures"], "2026-01", reason="Voté."))
    code = group.code("Bruno")
    group.close("2026-01", pay=False)
    group.ours.commit(lambda now: paying.carry(now.state, "2026-01", "La CAE attend."))
    group.ours.commit(lambda now: paying.settle_debt(now.state, code, "reserve", 4000, "Réunion."))
    group.close("2026-02")
    seen = group.read()
    rows = year.year_rows(seen, 2026)
    assert [row.title for row in rows] == ["Janvier 2026", "Février 2026", "Dette payée, février 2026", "L'année"]
    assert all(row.cents[0] == sum(row.cents[1:]) for row in rows)
    assert rows[2].cents[4:6] == (-4000, 4000)
    people = year.year_people(seen, 2026)
    assert sum(people.values()) == rows[-1].cents[5]
    assert people[code] == sum(month.received(code) for month in seen.state.closed)


def test_papers_are_accessible_pdf_and_hide_names_when_asked(group: Group) -> None:
    group.close("2026-01", pay=False)
    seen, about = group.read(), group.book.cooperative
    code = seen.who.code("Awa")
    for names in (True, False):
        for made in (
            request.request_paper(seen, about, "2026-01", names),
            sheets.month_sheet(seen, about, "2026-01", code, names),
            sheets.year_sheet(seen, about, 2026, code, names),
            year.year_paper(seen, about, 2026, names),
        ):
            assert made.startswith(b"%PDF")
            assert b"pdfuaid" in made
            assert small(made) == set()


def test_what_was_noticed_and_looked_at_is_printed_on_the_sheet_of_its_month_only(group: Group) -> None:
    noticed = ("Feuille mars.csv : 3 h de Bruno n'ont pas de date.", *(f"Ligne {at} : brouillon." for at in range(6)))
    group.close("2026-01", pay=False, notes=noticed)
    group.close("2026-02", pay=False, notes=noticed)  # looked at once: not asked again
    seen, about = group.read(), group.book.cooperative

    def said(label: str, names: bool = True) -> str:
        made = sheets.month_sheet(seen, about, label, seen.who.code("Awa"), names)
        return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages).split())

    assert "3 h de Bruno n’ont pas de date." in said("2026-01").replace("'", "’")
    assert "2 autres remarques" in said("2026-01").replace("\u202f", " ").replace("\xa0", " ")
    assert "3 h de Personne" in said("2026-01", names=False)
    assert "À savoir sur ces chiffres" not in said("2026-02")


def test_letters_stand_for_names_everywhere(group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    group.close("2026-01", pay=False)
    contents: list[str] = []
    monkeypatch.setattr(paper, "press", lambda _, content, __: contents.append(repr(content)) or b"")
    seen, about = group.read(), group.book.cooperative
    request.request_paper(seen, about, "2026-01", names=False)
    sheets.month_sheet(seen, about, "2026-01", seen.who.code("Awa"), names=False)
    sheets.year_sheet(seen, about, 2026, seen.who.code("Awa"), names=False)
    year.year_paper(seen, about, 2026, names=False)
    assert len(contents) == 4
    assert all("Personne A" in each or "Personne F" in each for each in contents)
    assert not [name for name in NAMES for each in contents if re.search(rf"\b{name}\b", each)]


def test_a_small_group_is_never_printed_without_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    few = Group(made_book(NAMES[:3]))
    few.close("2026-01", pay=False)
    seen, about = few.read(), few.book.cooperative
    with pytest.raises(CannotPrint, match="trop petit"):
        request.request_paper(seen, about, "2026-01", names=False)
    with pytest.raises(CannotPrint, match="trop petit"):
        year.year_paper(seen, about, 2026, names=False)


def test_the_request_is_the_same_in_the_table_and_in_the_workbook(group: Group) -> None:
    group.close("2026-01", pay=False)
    group.ours.commit(lambda now: paying.request(now.state, "2026-01", DAY, date(2026, 2, 8), "KPA-1"))
    seen = group.read()
    rows = request.request_csv(seen, "2026-01").decode("utf-8-sig").splitlines()
    assert rows[0] == "personne;periode;cout_total;brut_indicatif_bas;brut_indicatif_haut;date_limite"
    total = sum(round(100 * float(row.split(";")[2].replace(",", "."))) for row in rows[1:])
    assert total == sum(seen.state.month("2026-01").request.amounts.values())
    sheet = openpyxl.load_workbook(io.BytesIO(request.request_xlsx(seen, "2026-01"))).active
    assert [cell.value for cell in sheet[1]] == rows[0].split(";")
    assert sum(round(100 * row[2].value) for row in sheet.iter_rows(min_row=2)) == total


def test_a_frozen_rule_keeps_its_people_by_code(group: Group) -> None:
    rule = rule_file.loads("titre: La part d'Awa\netapes:\n- fonction: {personnes: [Awa]}\n- parts_egales")
    group.ours.commit(lambda now: rules.put_in_force(now, rule, "2026-01", reason="Voté."))
    adopted = group.read().state.rules[-1]
    assert "Awa" not in adopted.text + adopted.title + " ".join(adopted.said)
    group.close("2026-01")
    assert group.read().state.month("2026-01").pay


def test_a_rule_cannot_change_under_a_month_that_is_closed(group: Group) -> None:
    group.close("2026-01")
    with pytest.raises(NotNow, match="est déjà arrêté avec une autre règle"):
        group.ours.commit(lambda now: rules.put_in_force(now, ready_rules()["parts_egales"], "2026-01", reason="Voté."))
    group.ours.commit(lambda now: rules.put_in_force(
        now, ready_rules()["parts_egales"], "2026-02", trial_ends=date(2026, 3, 31), reason="Voté."))  # fmt: skip
    assert group.read().state.rule_of("2026-01").title == ready_rules()["heures"].title
    said = rules.rule_sentences(group.read(), "2026-02", date(2026, 3, 1))
    assert "Votre essai finit le 31 mars 2026, dans 30 jours." in " ".join(said).replace("\u00a0", " ")
    late = rules.rule_sentences(group.read(), "2026-02", date(2026, 4, 2))
    assert "Décidez" in late[1]
    group.ours.commit(lambda now: rules.put_in_force(now, ready_rules()["heures"], "2026-04", reason="Voté."))
    for today in (date(2026, 3, 1), date(2026, 4, 2)):  # what comes next is decided: nobody is asked again
        said = rules.rule_sentences(group.read(), "2026-02", today)
        assert said[1] in ("Votre essai finit le 31 mars 2026.", "Votre essai est fini depuis le 31 mars 2026.")
        assert "prendra la suite en avril 2026" in said[2]


def test_rules_are_listed_by_the_month_they_begin_in_each_with_the_day_of_its_decision(group: Group) -> None:
    """A decision corrected afterwards for an earlier month comes below the later one; its file name is not printed."""
    for since, decision in (("2026-04", "2026-03-29_parts_egales_2"), ("2026-02", "2026-01-01_parts_egales")):
        group.ours.commit(lambda now, since=since, decision=decision: rules.put_in_force(
            now, ready_rules()["parts_egales"], since, trial_ends=date(2026, 6, 30), decision=decision))  # fmt: skip
    told_rules = [(since, source.replace("\u00a0", " ")) for since, _, _, source in rules.rules_told(group.read())]
    assert told_rules == [
        ("avril 2026", "Décision du 29 mars 2026."),
        ("février 2026", "Décision du 1er janvier 2026."),
        ("janvier 2026", "Choisie sans compte rendu : Voté par Awa."),
    ]
    kept = rule_file.loads(group.read().state.rules[-1].text)
    assert kept.trial is None  # the event alone says until when
    assert "trimestre" not in " ".join(group.read().state.rules[-1].said)


def test_a_fund_already_spent_is_never_overdrawn_by_a_correction_and_going_back_leaves_nothing(group: Group) -> None:
    group.close("2026-01")
    before = group.read().state
    gained = before.balance("fonds") - 5000
    assert gained > 0
    group.ours.commit(lambda now: paying.spend(now.state, "fonds", before.balance("fonds"), DAY, "Un four", "d1"))
    group.book = made_book(sales=60_000)
    group.correct("2026-01")
    state = group.read().state
    assert state.balance("fonds") == 0
    assert state.month("2026-01").corrections[-1].left["fonds"] < 0
    group.book = made_book()
    group.correct("2026-01")
    after = group.read().state
    assert (after.balance("fonds"), after.balance("enveloppe")) == (0, before.balance("enveloppe"))
    assert {code: after.balance(f"du:{code}") for code in before.month("2026-01").pay} == dict.fromkeys(
        before.month("2026-01").pay, 0
    )


def test_what_is_owed_of_other_months_is_taken_off_what_must_be_given_back(group: Group) -> None:
    """Who was paid nothing of a month that is corrected down received nothing too much."""
    group.close("2026-01", pay=False)
    group.ours.commit(lambda now: paying.carry(now.state, "2026-01", "La CAE attend."))
    group.book = made_book(sales=60_000)
    group.correct("2026-01")
    group.close("2026-02", pay=False)
    seen, month = group.read(), group.read().state.month("2026-02")
    for code in month.people:
        assert month.to_give_back(code) == 0
        assert month.payable(code, seen.state.limit) == month.amount(code) == month.due(code)
        assert told.payment_sentences(seen, month, code)[0].startswith("Il reste à verser")


def test_a_name_typed_anywhere_is_kept_as_a_code_and_shown_as_the_name_of_now(group: Group) -> None:
    group.close("2026-01", pay=False)
    code = group.code("Bruno")
    asked = group.read().who.hidden("Vu avec Bruno")
    group.ours.commit(lambda now: paying.request(now.state, "2026-01", DAY, None, asked))
    figures = {**request.asked(group.read(), group.read().state.month("2026-01")), code: 100}
    owed = group.read().state.month("2026-01").due(code)
    group.ours.commit(lambda now: paying.answer(now.state, "2026-01", DAY, "payee", figures, asked))
    group.ours.rename(code)
    seen = group.read()
    said = "\n".join(request.answers_told(seen, seen.state.month("2026-01"))).replace("\u00a0", " ")
    assert "Payée le 3 février 2026. Vu avec Personne" in said
    assert "{p" not in said
    missing = f"{(owed - 100) // 100},{(owed - 100) % 100:02d} € de moins"
    assert said.count(missing) == 2  # for everybody, then for him
    assert list(seen.who.names) == sorted(seen.who.names, key=lambda each: int(each.strip("{p}")))


def test_a_month_opened_again_says_why_at_every_state(group: Group) -> None:
    group.close("2026-01", pay=False)
    group.ours.commit(lambda now: closing.reopen(now.state, "2026-01", "Une facture manquait."))
    assert told.state_sentence(group.read(), group.read().state.month("2026-01")) == (
        "Janvier 2026 est ouvert. Rouvert : Une facture manquait."
    )
    group.close("2026-01")
    said = told.state_sentence(group.read(), group.read().state.month("2026-01"))
    assert said.endswith("(Réunion). Rouvert : Une facture manquait.")


def test_the_year_of_a_large_group_takes_two_pages_and_a_persons_year_takes_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a line for each person and each payment, whose columns add up."""
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    names = tuple(
        f"{first}{last}" for first in ("Anne", "Béa", "Cléo", "Dina", "Elsa") for last in ("", "-Lou", "-Mai")
    )
    large = Group(made_book(names))
    for label in ("2026-01", "2026-02", "2026-03"):
        large.close(label)
    large.ours.commit(
        lambda now: paying.spend(now.state, "reserve", 4550, DAY, "Deux tables.", "d1", "Voté.", "Ticket 8")
    )
    seen, about = large.read(), large.book.cooperative
    parts: list[dict] = []
    monkeypatch.setattr(
        paper, "press", lambda kind, content, drawn: parts.extend(content["parties"]) or press(kind, content, drawn)
    )
    made, sheet = (
        year.year_paper(seen, about, 2026, True, pen),
        sheets.year_sheet(seen, about, 2026, seen.who.code("Anne")),
    )
    assert (pages(made), pages(sheet)) == (2, 1)
    assert small(made) | small(sheet) == set()
    for each in parts:
        amounts = [[cents_of(cell) for cell in row] for row in each["lignes"]]
        assert [sum(column) for column in zip(*amounts[:-1], strict=True)] == amounts[-1], each["titre"]
    assert ["Deux tables. Voté. Ticket 8", "la réserve", "03/02/2026", "45,50\u00a0€"] in parts[0]["lignes"]


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def cents_of(cell: str) -> int:
    found = re.fullmatch(r"([+−]?)([\d\u202f]+),(\d\d)\u00a0€", cell)
    return int(f"{'-' if found[1] == '−' else ''}{found[2]}{found[3]}".replace("\u202f", "")) if found else 0


def test_files_that_touch_an_adopted_month_say_that_its_amounts_stay(group: Group) -> None:
    group.close("2026-01")
    line = {"facture": "F1", "date": date(2026, 1, 3), "montant_ht": 640_00}
    late = {**line, "facture": "F9", "date": date(2026, 2, 3)}
    changes = {"factures": TableChange(({**line, "montant_ht": 600_00}, late), (line,))}
    assert corrections(changes) == ["Facture F1 : 640,00\u00a0€ HT devient 600,00\u00a0€ HT"]
    said = adopted_touched("essai", changes)
    assert said.startswith("Janvier 2026 est déjà adopté : ses montants ne changent pas.")
    assert adopted_touched("essai", {"factures": TableChange((late,))}) == ""
    assert adopted_touched("un autre", changes) == ""
