"""The contribution to the host: brackets, fixed parts, minimum, cap, dates, and the file."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.cooperative.book import Cooperative, OrderBook
from kpa_model.cooperative.facts import months_of
from kpa_model.cooperative.orders import DirectCost, InvoiceLine, Order
from kpa_model.cooperative.people import Member
from kpa_model.errors import UnreadableFile, WrongRule
from kpa_model.money import round_ratio
from kpa_model.pay.cae_scale import FILE, CaeScale, scale, scales
from kpa_model.pay.engine import settle, settle_months
from kpa_model.pay.rule_file import loads
from tests.contract.readable import faults

BRACKETS = ((3_000_000, 115_000), (6_000_000, 105_000), (None, 95_000))
PLAIN = CaeScale("essai", "Essai", "marge", BRACKETS)
FLOORED = CaeScale("essai", "Essai", "marge", ((None, 120_000),), monthly_minimum_cents=4_000, yearly_cap_cents=840_000)
THREE_RATES = (
    "Les taux sont 11,5\u00a0%, puis 10,5\u00a0% au-delà de 30\u202f000,00\u00a0€. "
    "Au-delà de 60\u202f000,00\u00a0€, c'est 9,5\u00a0%."
)
months = st.lists(st.integers(-500_000, 2_000_000), min_size=1, max_size=12)
GOOD = """
essai:
  nom: Essai
  base: marge
  tranches:
  - jusqu_a: 30 000 €
    taux: 11,5 %
  - taux: 7,5 %
  minimum_par_mois: 40 €
  plafond_par_an: 8 400 €
  source: une page
  lu_le: 2026-11-23
  valable_du: 2024-11-01
  confiance: faible
"""


def year_of(one, bases, **known):
    """The contributions of the months of a year, one after the other."""
    before = np.concatenate([[0], np.cumsum(bases)[:-1]])
    return one.due(before, bases, **known)


@given(months)
def test_the_months_of_a_year_add_up_to_the_yearly_amount(bases):
    assert year_of(PLAIN, bases).sum() == PLAIN.yearly(sum(bases))


@given(st.integers(0, 20_000_000))
def test_the_yearly_amount_is_that_of_fractions_rounded_once(base):
    owed = sum(
        Fraction(rate, 10**6) * max(0, min(base, upper or base) - lower)
        for (upper, rate), lower in zip(BRACKETS, (0, 3_000_000, 6_000_000), strict=True)
    )
    assert PLAIN.yearly(base) == round_ratio(owed.numerator, owed.denominator)


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (0, 0, "Le taux est de 11,5\u00a0%."),
        (0, 3_000_000, "Le taux est de 11,5\u00a0%."),
        (3_000_000, 100, "Le taux est de 10,5\u00a0%."),
        (2_900_000, 200_000, "Les taux sont 11,5\u00a0%, puis 10,5\u00a0% au-delà de 30\u202f000,00\u00a0€."),
        (3_100_000, -200_000, "Les taux sont 11,5\u00a0%, puis 10,5\u00a0% au-delà de 30\u202f000,00\u00a0€."),
        (-100, 50, "Le taux est de 11,5\u00a0%."),
        (9_000_000, 1, "Le taux est de 9,5\u00a0%."),
        (1, 8_000_000, THREE_RATES),
    ],
)
def test_the_rates_of_the_brackets_of_a_month_are_said(before, now, said):
    assert PLAIN.rates_said(before, now) == said


def test_a_month_that_goes_through_every_bracket_reads_aloud():
    assert not [fault for each in scales().values() for fault in faults(each.rates_said(1, 1_000_000_000_00))]


def test_a_negative_month_gives_back_what_the_year_no_longer_owes():
    assert PLAIN.due(100_000, -40_000) == -4_600
    assert PLAIN.due(100_000, -140_000) == -11_500
    assert PLAIN.due(0, -5_000) == 0
    assert PLAIN.due(-5_000, 8_000) == 345


def test_a_bracket_that_ends_inside_the_month_is_cut_there():
    assert PLAIN.due(2_990_000, 20_000) == 1_150 + 1_050


def test_with_a_minimum_nothing_is_given_back():
    assert FLOORED.due(100_000, -40_000) == 4_000
    assert FLOORED.due(0, 0) == 4_000
    assert FLOORED.due(0, 33_400) == 4_008


@given(months)
def test_a_year_never_goes_beyond_the_cap(bases):
    taken, before = 0, 0
    for base in bases:
        due = int(FLOORED.due(before, base, taken=taken))
        taken, before = taken + due, before + base
        assert due >= 0
    assert taken <= 840_000


def test_when_the_cap_is_reached_not_even_the_minimum_is_due():
    assert FLOORED.due(7_000_000, 100_000) == 0
    assert FLOORED.due(6_990_000, 100_000) == 1_200
    assert FLOORED.due(0, 100_000, taken=839_000) == 1_000


def test_fixed_parts_are_added_for_the_group_and_for_each_member():
    fixed = CaeScale(
        "essai", "Essai", "ventes", ((None, 100_000),), monthly_fixed_cents=500, monthly_fixed_per_member_cents=3_000
    )
    assert fixed.due(0, 10_000, 4) == 1_000 + 500 + 12_000
    assert fixed.due([0, 0], [10_000, 0], [4, 0]).tolist() == [13_500, 500]
    with pytest.raises(ValueError, match="negative"):
        fixed.due(0, 0, -1)


def test_replicates_are_worked_out_together():
    before, now = np.array([[0, 2_999_900], [7_000_000, -100]]), np.array([[120_000, 200], [1_000, 200]])
    together = PLAIN.due(before, now)
    assert together.tolist() == [
        [int(PLAIN.due(*each)) for each in zip(*row, strict=True)] for row in zip(before, now, strict=True)
    ]


def test_a_month_outside_the_known_dates_is_told():
    dated = CaeScale("e", "Essai", "marge", BRACKETS, valid_from=date(2024, 3, 15), known_until=date(2025, 1, 2))
    assert dated.warning_for(date(2024, 3, 1)) == dated.warning_for(date(2025, 1, 31)) == ""
    assert dated.warning_for(date(2024, 2, 29)) == (
        "Le barème « Essai » n'est connu qu'à partir de mars 2024. Demandez à la CAE s'il vaut pour février 2024."
    )
    assert dated.warning_for(date(2025, 2, 1)) == (
        "Le barème « Essai » n'est connu que jusqu'en janvier 2025. Demandez à la CAE s'il vaut pour février 2025."
    )
    assert PLAIN.warning_for(date(2025, 2, 1)) == (
        "Le barème « Essai » n'est pas daté. Demandez à la CAE s'il vaut pour février 2025."
    )


def test_published_scales_are_read_once_and_all_remain_to_be_confirmed():
    assert scales() is scales()
    assert next(iter(scales())) == "opteos"
    for name, each in scales().items():
        assert each.name == name
        assert each.note.startswith("À confirmer")
        assert each.read_on
        assert each.source
        assert each.due(0, 100_000, 1) > 0


def test_an_unknown_scale_suggests_the_nearest():
    with pytest.raises(WrongRule, match="Vouliez-vous dire « opteos »"):
        scale("opteo")


def test_a_good_file_is_read(tmp_path):
    (tmp_path / "bareme.yaml").write_text(GOOD, "utf-8")
    assert FILE.read(tmp_path / "bareme.yaml")["essai"] == CaeScale(
        "essai",
        "Essai",
        "marge",
        ((3_000_000, 115_000), (None, 75_000)),
        monthly_minimum_cents=4_000,
        yearly_cap_cents=840_000,
        source="une page",
        read_on=date(2026, 11, 23),
        valid_from=date(2024, 11, 1),
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("base: marge", "base: profit", "« base » : « profit » n'est pas un choix.\nChoix : marge ou ventes."),
        ("7,5 %", "cent %", "« tranches » : « cent % » n'est pas un nombre.\nÉcrivez par exemple 11,5\u00a0%."),
        ("7,5 %", "101 %", "« 101 % » est hors limites."),
        ("40 €", "-40 €", "« minimum_par_mois » : « -40 € » est hors limites."),
        ("2024-11-01", "novembre", "« novembre » n'est pas une date."),
        ("lu_le: 2026-11-23", "lu_le:", "il manque « lu_le »."),
        ("nom: Essai", "nom: 12", "« nom » : un texte est attendu."),
        ("  source: une page\n", "", "il manque « source ».\nAjoutez « source: » et quelques mots."),
        ("plafond_par_an", "plafon_par_an", "n'est pas une partie connue ici.\nVouliez-vous dire « plafond_par_an » ?"),
        ("  - taux: 7,5 %\n", "", "la dernière tranche, et elle seule, est sans limite."),
        (
            "  - taux: 7,5 %",
            "  - jusqu_a: 30 000 €\n    taux: 8 %\n  - taux: 7 %",
            "les limites des tranches ne montent pas.",
        ),
        ("  - taux: 7,5 %", "  - tau: 7,5 %", "une tranche est mal écrite."),
        ("  - taux: 7,5 %", "  - 7", "une liste de tranches est attendue."),
        ("essai:\n", "essai: 12\nautre:\n", "barème « essai » : ses lignes manquent."),
        ("nom: Essai", "nom: [", "bareme.yaml, ligne "),
        (GOOD, "", "le fichier est vide."),
    ],
)
def test_a_wrong_file_says_where_what_and_what_to_do(tmp_path, old, new, message):
    (tmp_path / "bareme.yaml").write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(UnreadableFile) as error:
        FILE.read(tmp_path / "bareme.yaml")
    assert message in str(error.value)
    assert str(error.value).startswith("Fichier bareme.yaml")


def test_a_missing_file_and_several_mistakes_are_told_together(tmp_path):
    with pytest.raises(UnreadableFile, match=r"absent\.yaml"):
        FILE.read(tmp_path / "absent.yaml")
    (tmp_path / "bareme.yaml").write_text(GOOD.replace("marge", "profit").replace("Essai", "''"), "utf-8")
    with pytest.raises(UnreadableFile) as error:
        FILE.read(tmp_path / "bareme.yaml")
    assert len(error.value.problems) == 2


BOTH = loads("titre: Essai\netapes: [{contribution_cae: {bareme: mosaique}}]")


def book_of(margins, first=1):
    """A book of one person, with one invoice and one purchase a month, the first month of which is in 2025."""
    days = [date(2025 + (first - 1 + at) // 12, (first - 1 + at) % 12 + 1, 10) for at in range(len(margins))]
    each = list(zip(days, margins, strict=True))
    return OrderBook(
        Cooperative("Essai"),
        (Member("Awa"),),
        (Order("C1", "", "", days[0]),),
        tuple(InvoiceLine(f"F{day}", "C1", "", day, day, max(cents, 0), 0) for day, cents in each),
        costs=tuple(DirectCost("", day, max(-cents, 0)) for day, cents in each),
    )


@given(st.lists(st.integers(-500_000, 2_500_000) | st.integers(0, 40_000), min_size=1, max_size=20), st.integers(1, 12))
def test_the_cap_of_a_scale_with_a_minimum_holds_over_each_year(margins, first):
    months = months_of(book_of(margins, first))
    taken = [int(each.closing.cae) for each in settle_months(BOTH, months)]
    assert taken == [int(settle(BOTH, month).closing.cae) for month in months]  # one month alone, as in the ledger
    for year in {each.label[:4] for each in months}:
        of_year = [at for at, each in enumerate(months) if each.label[:4] == year]
        ends = [sum(margins[of_year[0] : at + 1]) for at in of_year]
        owed = [round_ratio(12 * max(end, 0), 100) for end in [0, *ends]]
        so_far = 0
        for at, before, after in zip(of_year, owed, owed[1:], strict=False):
            whole = min(after, 840_000) - min(before, 840_000)
            assert taken[at] == min(max(whole, 4_000), 840_000 - so_far)
            so_far += taken[at]
        assert min(4_000 * len(of_year), 840_000) <= so_far <= 840_000
        assert so_far >= min(owed[-1], 840_000)


def test_minimums_of_low_months_count_in_the_cap_of_the_year():
    """Six months without margin take 40 € each; then 100 000 € of margin take what is left of 8 400 €."""
    settled = settle_months(BOTH, months_of(book_of([1, *[0] * 4, 1, 10_000_000, 50_000, 0])))
    assert [int(each.closing.cae) for each in settled] == [4_000] * 6 + [840_000 - 6 * 4_000, 0, 0]


def test_a_rule_says_the_minimum_and_the_cap_of_its_scale_and_which_of_them_decided_a_month():
    assert "C'est au moins 40,00\u00a0€ par mois, et au plus 8\u202f400,00\u00a0€ par an." in BOTH.read_aloud()[0]
    assert loads("titre: Essai\netapes: [{contribution_cae: {bareme: opteos}}]").read_aloud()[0].endswith("la marge.")
    fixed = CaeScale("e", "Essai", "marge", BRACKETS, monthly_minimum_cents=4_000, monthly_fixed_cents=500)
    assert fixed.limits() == "C'est au moins 40,00\u00a0€ par mois, parts fixes à part."
    told = []
    for each in settle_months(BOTH, months_of(book_of([100, 1_000_000, 50_000_000]))):
        step, seen = next(each.seen_by(0))
        told.append(step.because(seen))
    assert "ce mois-ci. Le taux est de 12\u00a0%. La contribution" in told[0]
    assert "La contribution à la CAE est de 40,00\u00a0€. C'est le minimum du mois. L'arrondi" in told[0]
    assert "La contribution à la CAE est de 1\u202f200,00\u00a0€. L'arrondi" in told[1]
    assert "est de 7\u202f160,00\u00a0€. Le plafond de l'année est atteint : 8\u202f400,00\u00a0€." in told[2]
