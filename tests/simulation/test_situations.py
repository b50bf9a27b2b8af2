"""Two rules by situation: who is in each, what each gains, to the cent; and the sentences that say it."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from kpa_model.cooperative.work import KINDS, Kind
from kpa_model.pay.ready import ready_rules
from kpa_model.simulation.results.reading import SampledValue, set_aside
from kpa_model.simulation.results.situations import SITUATIONS, quarters_of
from kpa_model.simulation.results.tally import PURSE, Tally
from kpa_model.simulation.runs.plan import outcomes, run_blocks
from kpa_model.story.years import compared as story
from kpa_model.story.years.told import month_told
from tests.contract.readable import faults


@pytest.fixture(scope="module")
def two(plan):
    short = replace(plan, replicates=60)
    return short, tuple(outcomes(short, 0)), run_blocks(short, 0, 1)


def test_each_situation_is_a_quarter_of_those_who_worked_and_were_paid(two):
    _, (before, _), _ = two
    whole, months = before.hours.sum(1), before.person_months
    known = (whole > 0) & (months > 0)
    few, many, unseen = quarters_of(before)
    for who in (few, many, unseen):
        assert not (who & ~known).any()
        assert (who.sum(-1) == np.where(known.any(-1), np.maximum(known.sum(-1) // 4, 1), 0)).all()
    for row in range(len(before)):
        rate = whole[row] / np.maximum(months[row], 1)
        others = known[row] & ~few[row]
        assert not others.any() or rate[few[row]].max() <= rate[others].min()
        jobs = before.hours[row, KINDS.index(Kind.JOB)] / np.maximum(whole[row], 1)
        others = known[row] & ~unseen[row]
        assert not others.any() or jobs[unseen[row]].max() <= jobs[others].min()


def test_who_has_just_come_is_counted_her_first_three_months_and_not_those_of_the_start(two):
    plan, (before, _), _ = two
    start = plan.scenario.group.start
    assert not before.recent[..., :start].any()
    assert (before.recent.sum(0) <= 3).all()
    assert not (before.recent & ~before.paid).any()
    assert before.recent.any()


def test_sums_by_situation_are_those_done_one_by_one(two):
    plan, (before, after), found = two
    pair, who = found.pairs[0], quarters_of(before)
    masks = [before.recent, *(each & before.paid for each in who)]
    for at in range(len(SITUATIONS)):
        moved = there = 0
        for row in range(len(before)):
            mask = masks[at][:, row]
            if (months := int(mask.sum())) > 0:
                there += 1
                moved += after.pay[:, row][mask].sum() // months - before.pay[:, row][mask].sum() // months
        assert pair["situation_there"][at] == there
        assert pair["situation"][at] == moved
        low = [(seen.pay < plan.floor)[masks[at]].sum() for seen in (before, after)]
        assert pair["situation_under"][:, at].tolist() == low
        by_month = ((after.pay - before.pay) * masks[at]).sum((1, 2))
        assert pair["situation_by_month"][at].tolist() == by_month.tolist()


@pytest.mark.parametrize("title", ["Selon les heures", "Parts égales"])
def test_one_same_rule_twice_is_said_to_give_the_same_and_nothing_else(two, title):
    plan, _, _ = two
    same = replace(plan, rules=(plan.rules[0], replace(plan.rules[0], title=title)))
    found = story.compared(run_blocks(same, 0, 1).pairs[0], same.titles[:2], 8, 50_00)
    assert found.alike
    assert len(found.first) == 1
    assert "donnent la même chose" in found.first[0]
    assert re.fullmatch(r"Compté sur \d+\shistoires simulées, [\d\s]+mois de paie\.", *found.sure)


def test_the_first_sentence_is_in_euros_and_months_and_reads_aloud(two):
    _, _, results = two
    found = story.compared(results.pairs[0], ("Les heures", "Parts égales"), 8, 50_00)
    assert not found.alike
    assert "peu d'heures" in found.first[0] or "peu facturées" in found.first[0]
    assert "€ de plus par mois" in found.first[0]
    assert "mois sur 8 sous 50\xa0€" in found.first[0]
    assert "de moins par mois" in found.first[1]
    assert re.fullmatch(r"Les deux écarts sont connus à \d+\s€ et \d+\s€ près, 95 fois sur 100.", found.sure[1])
    assert re.search(r"sur \d+\shistoires simulées, [\d\s]+mois de paie", found.sure[0])
    for said in (*found.first, *found.sure, *story.MEANINGS):
        assert [fault for fault in faults(said) if "words" not in fault] == []


def test_what_is_not_sure_is_not_said_to_change(two):
    plan, _, _ = two
    few = replace(plan, rules=(plan.rules[0], ready_rules()["apporteur"]), replicates=2)
    found = story.compared(run_blocks(few, 0, 1).pairs[0], few.titles[:2], 8, 50_00)
    for line, row in zip(found.lines, story.rows(found), strict=True):
        assert (row[2] == "pas de différence sûre") == (not line.counts)


def test_amounts_of_a_line_add_up_to_the_euro(two):
    _, _, results = two
    found = story.compared(results.pairs[0], ("A", "B"), 8, 50_00)
    for line, row in zip(found.lines, story.rows(found), strict=True):
        before, after = (int(each) for each in re.sub("[^0-9→]", "", row[1]).split("→"))
        assert after - before == round(line.moved.value / 100)
        under = [int(each) for each in re.sub("[^0-9→]", "", row[3].partition("(")[0]).split("→")]
        assert under == [round(each) for each in line.under]


def line(key, value, half, under=(6.0, 6.0), months=24):
    return story.SituationCompared(key, 100_00, SampledValue(value, half), under, months, (1, 24), 100, 2_400)


def told(monkeypatch, lines, aside=0.0):
    monkeypatch.setattr(story, "lines_of", lambda *_: tuple(lines))
    return story.compared(None, ("A", "B"), 24, 50_00, aside=aside)


def test_what_the_other_situations_may_lose_is_never_less_than_what_is_not_known(monkeypatch):
    said = told(monkeypatch, [line("many", 30_00, 2_00), line("few", -4_00, 6_50)]).first[1]
    assert said == "Aucune des situations regardées n'y perd plus de 11\xa0€ par mois."
    said = told(monkeypatch, [line("many", -30_00, 2_00), line("few", 10, 50)]).first[1]
    assert said == "Aucune des situations regardées n'y gagne plus de 2\xa0€ par mois."
    assert told(monkeypatch, [line("many", 30_00, 2_00), line("few", 0, float("inf"))]).first[1:] == ()


def test_money_that_nobody_receives_is_said_to_be_put_aside(monkeypatch):
    lines = [line("many", -30_00, 2_00)]
    assert "À la fin, le fonds et la réserve ont environ 2 300 € de plus." in (
        told(monkeypatch, lines, 2_310_00).first[1].replace("\u202f", " ").replace("\xa0", " ")
    )
    assert "réserve" not in told(monkeypatch, lines, 20_00).first[1]
    assert "réserve" not in " ".join(told(monkeypatch, [*lines, line("few", 9_00, 1_00)], 2_310_00).first)


def test_who_has_just_come_is_told_of_three_months_and_the_others_of_all(two, monkeypatch):
    _, _, results = two
    found = {line.key: line for line in story.lines_of(results.pairs[0], 8)}
    assert {key: line.months for key, line in found.items()} == {"recent": 3, "few": 8, "many": 8, "unseen": 8}
    assert all(0 <= under <= line.months for line in found.values() for under in line.under)
    said = told(monkeypatch, [line("recent", -5_00, 1_00, (1.6, 2.2), 3)])
    assert "Elle passe 2 de ses 3 premiers mois sous 50\xa0€, comme avant." in said.first[0]
    assert story.rows(said)[0][-1].replace("\xa0", " ") == "2 → 2 (sur 3)"


def test_one_history_alone_tells_nothing(two):
    plan, _, _ = two
    one = replace(plan, replicates=1)
    said = story.compared(run_blocks(one, 0, 1).pairs[0], one.titles[:2], 8, 50_00)
    assert said.first == (f"Une seule histoire ne dit pas ce qui change de « {one.titles[0]} » à « {one.titles[1]} ».",)


def test_what_is_put_aside_is_the_fund_and_the_reserve():
    def tally(fund, reserves):
        return Tally({"fund_sum": np.array(fund), "reserve": PURSE.count(reserves), "replicates": np.array(2)})

    before, after = tally(300, [0, 0]), tally(500, [1_010_00, 0])
    assert set_aside(before, after) == pytest.approx(100_00 + 505_00, abs=PURSE.width)
    assert set_aside(before, before) == 0


@pytest.mark.parametrize(("worst", "said"), [
    ((3, 6), ", surtout de mars à juin de la première année"),
    ((4, 4), ", surtout en avril de la première année"),
    ((11, 14), ", surtout de novembre de la première année à février de la deuxième année"),
    ((1, 14), ""),
])  # fmt: skip
def test_months_are_said_in_words(worst, said):
    assert story._when(worst, 24, 1) == said


def test_a_history_that_opens_in_september_names_its_own_months():
    assert [month_told(rank, 9) for rank in (1, 4, 5, 13)] == [
        "septembre de la première année", "décembre de la première année", "janvier de la première année",
        "septembre de la deuxième année",
    ]  # fmt: skip
