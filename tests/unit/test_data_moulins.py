"""The order book of Moulins gives back every published figure, and never passes for more than it is."""

import csv
from collections import Counter
from datetime import date

import pytest

from kpa_model import places
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.chain import money_chain
from kpa_model.cooperative.facts import months_of
from kpa_model.cooperative.people import Status
from kpa_model.cooperative.work import KINDS
from kpa_model.files.book.book_reader import read_book

FOLDER = places.data() / "moulins_2018_2019"
TABLES = sorted(FOLDER.glob("*.csv"))
SPRING = [CalendarMonth.parse(text) for text in ("2019-03", "2019-04", "2019-05")]


@pytest.fixture(scope="module")
def reading():
    return read_book(FOLDER)


@pytest.fixture(scope="module")
def book(reading):
    return reading.book


@pytest.fixture(scope="module")
def chain(book):
    return money_chain(book)


def rows(table):
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def invoiced(book, first, last):
    return sum(line.before_tax for line in book.lines if first <= line.invoiced_on <= last)


def contracts(book, month):
    return [member for member in book.members if member.can_be_paid(month)]


def lines_of(book, number):
    return [line for line in book.lines if line.order == number]


def published():
    return {row["commande"]: row for row in rows("commandes") if row["origine"] == "publié"}


# --- what is published --------------------------------------------------------------------------------------


def test_the_reader_has_nothing_to_say(reading):
    assert reading.notes == ()


def test_sales_start_in_june_2018_and_stop_in_june_2019(book):
    assert [str(book.months[0]), str(book.months[-1]), len(book.months)] == ["2018-06", "2019-06", 13]
    assert {str(CalendarMonth.of(line.invoiced_on)) for line in book.lines} == {str(month) for month in book.months}


def test_invoices_of_2018_are_the_published_19_460_euros(book, chain):
    assert invoiced(book, date(2018, 1, 1), date(2018, 12, 31)) == 19_460_00
    assert sum(money.sales for money in chain if money.month.year == 2018) == 19_460_00


def test_invoices_up_to_7_february_2019_are_the_published_30_520_euros(book):
    assert invoiced(book, date.min, date(2019, 2, 7)) == 30_520_00


def test_thirty_people_passed_through_by_the_spring(book):
    assert len(book.members) == 30
    assert {min(spell.start for spell in member.spells) <= date(2019, 3, 31) for member in book.members} == {True}
    assert min(spell.start for member in book.members for spell in member.spells) >= date(2018, 3, 1)


@pytest.mark.parametrize("month", SPRING, ids=str)
def test_twenty_people_are_under_cape_in_spring(book, month):
    assert len(contracts(book, month)) == 20


@pytest.mark.parametrize("month", SPRING, ids=str)
def test_the_garden_has_seven_cape_beside_volunteers_civic_service_and_trainees(book, month):
    garden = [member for member in book.members if member.pole == "Jardin"]
    statuses = Counter(spell.status for member in garden for spell in member.spells if spell.touches(month))
    assert statuses[Status.CAPE] == 7
    assert min(statuses[each] for each in (Status.VOLUNTEER, Status.CIVIC_SERVICE, Status.TRAINEE)) >= 1


def test_catering_is_the_strongest_pole_every_month(book, chain):
    pole = {order.number: order.pole for order in book.orders}
    for money in chain:
        sold = Counter()
        for part in money.orders:
            sold[pole[part.order]] += part.sales
        assert sold["Traiteur"] == max(sold.values()) > money.sales // 2


def test_the_poles_are_those_of_the_presentation(book):
    assert set(book.poles) == {"Traiteur", "Conciergerie", "Jardin", "Couture"}


@pytest.mark.parametrize(("guests", "month", "pole"), [(330, "2019-02", "Traiteur"), (200, "2019-05", "Traiteur")])
def test_the_two_large_buffets_are_there(book, guests, month, pole):
    (line,) = [line for line in book.lines if f" {guests} personnes" in line.label]
    (order,) = [order for order in book.orders if order.number == line.order]
    assert (str(CalendarMonth.of(line.invoiced_on)), order.pole, order.origin) == (month, pole, "publié")


def test_the_large_buffet_of_february_is_for_a_local_authority(book):
    (order,) = [order for order in book.orders if order.number == "C2019-014"]
    assert order.customer == "collectivite"


@pytest.mark.parametrize(("day", "number"), [(date(2019, 5, 21), "C2019-043"), (date(2019, 5, 23), "C2019-044")])
def test_work_is_done_on_the_published_days(book, day, number):
    assert day in {hours.on for hours in book.hours if hours.order == number}


def test_concierge_services_start_on_23_may_and_meet_the_street_fair_of_23_june(book):
    mine = {order.number for order in book.orders if order.pole == "Conciergerie"}
    days = sorted(line.invoiced_on for line in book.lines if line.order in mine)
    assert days[0] == date(2019, 5, 23)
    assert date(2019, 6, 23) in days


def test_sewing_appears_in_the_spring_of_2019(book):
    mine = {order.number for order in book.orders if order.pole == "Couture"}
    assert min(line.invoiced_on for line in book.lines if line.order in mine) >= date(2019, 3, 1)


# --- what is rebuilt says so --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_each_line_says_where_it_comes_from(path):
    assert {row["origine"] for row in rows(path.stem)} <= {"publié", "reconstruit"}


def test_no_amount_passes_for_published():
    for table in ("factures", "encaissements", "achats", "heures", "declarations", "personnes"):
        assert {row["origine"] for row in rows(table)} == {"reconstruit"}


def test_a_published_order_says_what_is_published_and_what_is_rebuilt():
    assert len(published()) == 5
    for number, row in published().items():
        assert "Publié (présentation de fondation)" in row["note"]
        assert "Reconstruit :" in row["note"]
        (first, *_) = [line for line in rows("factures") if line["commande"] == number]
        assert "econstruit" in first["note"]


def test_names_are_first_names_without_surname(book):
    assert [member.name for member in book.members if " " in member.name] == []
    assert not {"sexe", "genre", "age", "âge", "naissance"} & set(rows("personnes")[0])


# --- the book holds together --------------------------------------------------------------------------------


def test_tax_and_margin_add_up_every_month(book, chain):
    for money in chain:
        mine = [line for line in book.lines if CalendarMonth.of(line.invoiced_on) == money.month]
        assert money.with_tax == money.sales + money.vat == sum(line.before_tax + line.vat for line in mine)
        assert money.margin == money.sales - money.direct_costs
        assert money.sales == sum(part.sales for part in money.orders)
    assert sum(money.direct_costs for money in chain) == sum(cost.before_tax for cost in book.costs)


def test_orders_and_hours_have_the_size_of_a_neighbourhood(book, chain):
    for order in book.orders:
        assert 60_00 <= sum(line.before_tax for line in lines_of(book, order.number)) <= 4_500_00
    for money, month in zip(chain, months_of(book), strict=True):
        hours = int(month.all_minutes.sum()) / 60
        assert 6 <= money.margin / 100 / hours <= 14
        assert 4 <= hours / (month.all_minutes > 0).sum() <= 18


def test_purchases_of_a_buffet_are_a_quarter_to_two_fifths_of_its_price(book, chain):
    pole = {order.number: order.pole for order in book.orders}
    mine = [part for money in chain for part in money.orders if pole[part.order] == "Traiteur"]
    assert all(0.19 < part.costs / part.sales < 0.4 for part in mine)
    assert 0.25 < sum(part.costs for part in mine) / sum(part.sales for part in mine) < 0.4


def test_visible_and_invisible_work_is_written_down(book):
    minutes = Counter()
    for hours in book.hours:
        minutes[hours.kind] += hours.minutes
    assert all(minutes[kind] for kind in KINDS)
    tasks = " ".join({hours.task for hours in book.hours})
    assert all(task in tasks for task in ("devis", "courses", "vaisselle", "réunion", "affiches", "accueil"))


def test_everyone_works_only_while_she_is_here(book):
    spells = {member.name: member.spells for member in book.members}
    outside = [
        hours
        for hours in book.hours
        if not any(
            spell.start <= hours.on and (spell.end is None or hours.on <= spell.end) for spell in spells[hours.member]
        )
    ]
    assert outside == []


def test_one_invoice_stays_unpaid_and_two_are_very_late(book, chain):
    due, paid = {line.invoice: line.due_on for line in book.lines}, {}
    for payment in book.payments:
        paid[payment.invoice] = payment.received_on
    assert [number for number, day in due.items() if number not in paid and day < date(2019, 3, 31)] == ["F2018-037"]
    assert sum((paid[number] - due[number]).days > 50 for number in paid) == 2
    assert chain[-1].unpaid > 0


def test_public_customers_pay_later_than_private_ones(book):
    order = {line.invoice: line.order for line in book.lines}
    kind = {each.number: each.customer for each in book.orders}
    issued = {line.invoice: line.invoiced_on for line in book.lines}
    waited = {"particulier": [], "collectivite": []}
    for payment in book.payments:
        waited.get(kind[order[payment.invoice]], []).append((payment.received_on - issued[payment.invoice]).days)
    assert max(waited["particulier"]) <= 7 < 30 <= min(waited["collectivite"])


def test_claims_come_from_people_under_cape(book):
    asked = [(statement.member, statement.month) for statement in book.statements if statement.claim]
    members = {member.name: member for member in book.members}
    assert all(members[name].can_be_paid(month) for name, month in asked)
    assert {statement.month for statement in book.statements} == set(book.months)
