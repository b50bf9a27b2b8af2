"""The game of the quarter: no cent is lost, the same choices give the same quarter, dice keep what they promise."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from kpa_model.declare.page import Sentence
from kpa_model.declare.setting import settings_of
from kpa_model.lessons.game import activity, cards, debrief, play, replay, script
from kpa_model.lessons.game.cards import MONTHS, NEEDED, Effect, PriceLevel
from kpa_model.lessons.game.quarter import OURS, Phase, Quarter, mine, opening
from kpa_model.server import catalogue
from kpa_model.story.lessons import game_pay
from kpa_model.story.lessons.game_paper import game_paper
from kpa_model.workshop import script_file
from kpa_model.workshop.activity import SMALLEST, Room
from tests.contract.activities import played
from tests.contract.readable import faults

TEAM = cards.setup()
NAMES = st.sampled_from([*TEAM.names, "Personne"])
SEEDS = st.integers(0, 999_999)
QUOTES = st.fixed_dictionaries(
    {
        "tour": st.just("devis"),
        "prix": st.dictionaries(st.sampled_from(list(cards.order_cards())), st.sampled_from(["bas", "juste", "haut"])),
    }
)
MOVES = st.fixed_dictionaries({"tour": st.just("bourse"), "qui": NAMES, "centimes": st.integers(-40_000, 40_000)})
WORK = st.fixed_dictionaries(
    {"tour": st.just("travail"), "efforts": st.dictionaries(st.sampled_from(TEAM.names), st.integers(0, 2))}
)
PAY = st.fixed_dictionaries(
    {
        "tour": st.just("paie"),
        "regle": st.sampled_from(list(cards.rule_titles())),
        "garder": st.sampled_from([0, 250_000, 500_000, 1_000_000]),
    }
)
MONTH = st.tuples(QUOTES, st.lists(MOVES, max_size=2), WORK, st.lists(MOVES, max_size=2), PAY).map(
    lambda drawn: [drawn[0], *drawn[1], drawn[2], *drawn[3], drawn[4]]
)
LOGS = st.lists(MONTH, min_size=MONTHS, max_size=MONTHS).map(lambda months: [turn for each in months for turn in each])
CHANGES = st.builds(
    replay.Variation,
    rule=st.sampled_from(["", *cards.rule_titles()]),
    kept_rate=st.sampled_from([-1, 0, 500_000]),
    at_once=st.booleans(),
    dearer=st.sampled_from([0, 100_000]),
)


def whole(seed: int, log: list[dict[str, Any]], change: replay.Variation | None = None) -> Quarter:
    return replay.replay(TEAM, seed, log, game_pay.amounts, change)


def everything(seed: int, level: PriceLevel = PriceLevel.FAIR) -> list[dict[str, Any]]:
    """Quotes for every card, everybody works, equal shares."""
    return [
        turn
        for month in range(1, MONTHS + 1)
        for turn in (
            {"tour": "devis", "prix": {card.key: level.value for card in cards.table(seed, month)}},
            {"tour": "travail", "efforts": {}},
            {"tour": "paie", "regle": "parts_egales", "garder": 0},
        )
    ]


# --- money


@settings(max_examples=60)
@given(SEEDS, LOGS, CHANGES)
def test_every_cent_that_enters_is_somewhere_and_no_purse_is_below_zero(seed, log, change) -> None:
    game = opening(TEAM, seed)
    for turn in log:
        game = replay.step(game, turn, game_pay.amounts, change)
        pockets = {pocket for each in game.ledger for pocket in (each.source, each.target)}
        assert sum(game.balance(pocket) for pocket in pockets) == 0
        assert min(game.balance(pocket) for pocket in (OURS, *map(mine, TEAM.names))) >= 0
        assert all(each.cents > 0 for each in game.ledger)
    assert game.phase is Phase.END


@settings(max_examples=60)
@given(SEEDS, LOGS)
def test_the_debrief_tells_the_ledger_to_the_cent(seed, log) -> None:
    game = whole(seed, log)
    rows = debrief.till_months(game)
    assert rows[0].opening == TEAM.till
    assert rows[-1].closing == game.till
    for before, after in pairwise(rows):
        assert before.closing == after.opening
    for person, seen in zip(TEAM.people, debrief.people_quarter(game), strict=True):
        assert person.purse + seen.net + seen.taken - seen.put - seen.spent == seen.purse
        assert seen.spent + seen.lacking == MONTHS * person.spending
    paid = sum(job.price for job in game.jobs if job.paid)
    assert sum(row.received for row in rows) == paid
    assert game.waiting == sum(job.price for job in game.jobs) - paid


@settings(max_examples=40)
@given(SEEDS, LOGS)
def test_nobody_works_more_than_her_hours_and_all_the_work_is_done(seed, log) -> None:
    game = whole(seed, log)
    for month, record in enumerate(game.records, 1):
        done = sum(cards.order_cards()[job.card].minutes for job in game.jobs if job.month == month)
        assert sum(record.minutes.values()) == done
    months = [sum(record.minutes.values()) for record in game.records]
    longest = sum(person.minutes for person in TEAM.people) + 600
    assert max(months) <= longest


@given(st.integers(0, 3_000), st.lists(st.tuples(st.integers(0, 2), st.integers(0, 900)), min_size=1, max_size=6))
def test_minutes_are_split_without_passing_anybody_s_own(total, people) -> None:
    weights = [weight for weight, _ in people]
    caps = [cap if weight else 0 for weight, cap in people]
    given_ = play.shared(min(total, sum(caps)), weights, caps)
    assert sum(given_) == min(total, sum(caps))
    assert all(0 <= has <= cap for has, cap in zip(given_, caps, strict=True))


def test_a_rule_never_shares_more_than_the_till() -> None:
    game = whole(7, everything(7)[:2])
    assert game.phase is Phase.PAY
    with pytest.raises(ValueError, match="at most"):
        play.paid(game, "parts_egales", 0, [game.till] * 5)
    with pytest.raises(ValueError, match="at most"):
        play.paid(game, "parts_egales", 0, [-1, 0, 0, 0, 0])


def test_a_quarter_followed_by_hand() -> None:
    """One order at a fair price, 210 € of garden upkeep, paid the same month, when the event card changes nothing."""
    seed = next(
        seed
        for seed in range(500)
        if any(card.key == "jardin" for card in cards.table(seed, 1))
        and cards.dice(seed)["jardin"] >= 3
        and cards.event(seed, 1).effect is Effect.TALK
    )
    log = [
        {"tour": "devis", "prix": {"jardin": "juste"}},
        {"tour": "bourse", "qui": "Denise", "centimes": 1_000},
        {"tour": "travail", "efforts": {"Samia": 2, "Loïc": 1, "Denise": 0, "Karim": 1, "Maud": 0}},
        {"tour": "paie", "regle": "heures", "garder": 0},
    ]
    before, after = whole(seed, log[:3]), whole(seed, log)
    assert before.till == 220_00 + 10_00 - 5_00 + 210_00 - 23_58  # 11.5 % of 205 € is 23.575 €
    assert before.now.minutes == {"Samia": 240, "Loïc": 120, "Denise": 0, "Karim": 120, "Maud": 0}
    assert after.records[0].pay == {"Samia": 205_71, "Loïc": 102_86, "Denise": 0, "Karim": 102_85, "Maud": 0}
    assert after.till == 0
    assert after.purse("Samia") == 60_00 + 133_71 - 35_00
    assert after.purse("Denise") == 90_00 - 10_00 - 30_00


# --- seeds, dice, replays


@given(SEEDS, LOGS)
@settings(max_examples=25)
def test_the_same_choices_give_the_same_quarter_even_after_a_file(seed, log) -> None:
    again = json.loads(json.dumps(log))
    assert whole(seed, log) == whole(seed, again)
    assert whole(seed, log, replay.Variation()) == whole(seed, log)


def test_what_does_not_fit_is_left_out_and_never_breaks() -> None:
    strange = [
        {}, {"tour": "paie"}, {"tour": "travail"}, {"tour": "devis", "prix": {"x": "juste", "serre": "gratuit"}},
        {"tour": "devis", "prix": 3}, {"tour": "bourse", "qui": None, "centimes": "douze"},
        {"tour": "bourse", "qui": "Samia", "centimes": True}, {"tour": "travail", "efforts": {"Samia": "x", "Y": 9}},
        {"tour": "paie", "regle": "inconnue", "garder": 10**12},
    ]  # fmt: skip
    game = whole(1, strange)
    assert (game.month, game.phase) == (2, Phase.QUOTE)
    assert game.now.answers == ()


def test_a_yes_at_a_high_price_is_a_yes_at_every_price() -> None:
    assert NEEDED == {PriceLevel.LOW: 2, PriceLevel.FAIR: 3, PriceLevel.HIGH: 5}
    for seed in range(40):
        accepted = []
        for level in (PriceLevel.HIGH, PriceLevel.FAIR, PriceLevel.LOW):
            game = whole(seed, everything(seed, level)[:1])
            accepted.append({answer.card for answer in game.now.answers if answer.accepted})
        assert accepted[0] <= accepted[1] <= accepted[2]


def test_dice_are_fair_and_each_card_comes_up() -> None:
    thrown = Counter(die for seed in range(600) for die in cards.dice(seed).values())
    assert set(thrown) == set(range(1, 7))
    assert all(abs(times / (600 * len(cards.order_cards())) - 1 / 6) < 0.01 for times in thrown.values())
    dealt = Counter(card.key for seed in range(300) for month in (1, 2, 3) for card in cards.table(seed, month))
    assert set(dealt) == set(cards.order_cards())
    for seed in range(50):
        keys = [card.key for month in (1, 2, 3) for card in cards.table(seed, month)]
        assert len(set(keys)) == len(keys) == 12
        assert len({cards.event(seed, month).key for month in (1, 2, 3)}) == 3


@pytest.mark.parametrize("seed", range(30))
def test_when_everybody_pays_at_once_nobody_owes_unless_a_card_says_so(seed: int) -> None:
    game = whole(seed, everything(seed), replay.Variation(at_once=True))
    late = any(cards.event(seed, month).effect is Effect.LATE for month in (1, 2, 3))
    assert late or game.waiting == 0


@pytest.mark.parametrize("seed", range(30))
def test_higher_prices_never_bring_less_work_or_less_money(seed: int) -> None:
    ours = whole(seed, everything(seed))
    dearer = whole(seed, everything(seed), replay.Variation(dearer=100_000))
    assert sum(job.price for job in dearer.jobs) + dearer.till >= sum(job.price for job in ours.jobs)
    assert dearer.records[0].answers[0].die == ours.records[0].answers[0].die


def test_each_kind_of_event_does_what_its_card_says() -> None:
    met = set()
    for seed in range(200):
        log = everything(seed)
        game = whole(seed, log[:2])
        card = cards.event(seed, 1)
        met.add(card.effect)
        if card.effect is Effect.HOURS:
            assert game.bonus == card.value
        if card.effect is Effect.CASH and card.value > 0:
            assert debrief.till_months(game)[0].gifts == card.value
        if card.effect is Effect.CASH and card.value < 0:
            assert debrief.till_months(game)[0].bills + game.owed == -card.value
        if card.effect is Effect.EARLY and game.jobs:
            assert any(job.paid for job in game.jobs)
    assert met == set(Effect)


# --- words


def test_the_rules_read_aloud_say_the_figures_of_the_game() -> None:
    said = " ".join(script.RULES)
    assert f"oui dès le {NEEDED[PriceLevel.LOW]}" in said
    assert f"juste : dès le {NEEDED[PriceLevel.FAIR]}" in said
    assert f"haut : dès le {NEEDED[PriceLevel.HIGH]}" in said
    assert TEAM.cae_rate == 115_000
    assert "11,5\u00a0%" in said
    assert TEAM.net_rate == 650_000
    assert "65\u00a0€" in said
    assert "à vérifier" in TEAM.source


def test_the_session_lasts_sixty_minutes_and_talking_takes_a_third() -> None:
    assert sum(each.minutes for each in script.moments()) == 60
    assert sum(each.minutes for each in script.moments()[-3:]) == 20


def test_cards_are_possible_and_read_well() -> None:
    assert len(cards.order_cards()) >= 12
    for card in cards.order_cards().values():
        low, fair, high = (card.prices[level] for level in PriceLevel)
        assert card.purchases < low < fair < high
        assert 0 <= card.delay <= 2
        assert card.minutes <= sum(person.minutes for person in TEAM.people)
    said = [each.text for each in cards.event_cards().values()] + list(script.RULES)
    said += [text for each in script.moments() for text in (each.about, each.trap)]
    assert [fault for text in said for fault in faults(text)] == []


@pytest.mark.parametrize("seed", range(12))
def test_facts_and_questions_read_well(seed: int) -> None:
    game = whole(seed, everything(seed, PriceLevel.LOW))
    assert [fault for text in debrief.facts(game) for fault in faults(text)] == []
    asked = debrief.questions(game)
    assert 3 <= len(asked) <= 6
    assert all(text.endswith("?") for text in asked)
    assert [fault for text in asked for fault in faults(text)] == []


def test_titles_are_those_of_the_rules() -> None:
    assert {name: rule.title for name, rule in game_pay.game_rules().items()} == dict(cards.rule_titles())
    assert next(iter(cards.rule_titles())) == cards.FIRST_RULE


def test_the_paper_holds_every_card_and_every_person() -> None:
    reader = PdfReader(io.BytesIO(game_paper()))
    said = " ".join(" ".join(page.extract_text() for page in reader.pages).split()).replace("’", "'")
    for card in cards.order_cards().values():
        assert card.title.replace("’", "'") in said
    for event in cards.event_cards().values():
        assert event.title in said
    for name in TEAM.names:
        assert f"La poche de {name}" in said
    assert "+ Paiements des clients" in said
    host = (card.prices[PriceLevel.FAIR] - card.purchases) * TEAM.cae_rate // 1_000_000
    assert f"CAE : {host // 100},{host % 100:02d}" in said.replace("\u00a0", " ")
    assert "97,50" in said  # 65 % of 150 €
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()


# --- phones


CHOICES = activity.QuarterChoices()


def test_the_activity_is_in_the_catalogue() -> None:
    assert catalogue.activities()["trimestre_choix"] is activity.QuarterChoices
    for each in settings_of(activity.QuarterChoices).values():
        assert each.read(each.write(each.default)) == each.default


@pytest.mark.parametrize("month", [1, 2, 3])
def test_phones_show_the_same_cards_as_the_screen(month: int) -> None:
    one = activity.QuarterChoices(seed=11, month=month)
    form = one.form("prix", played(one, 0, 1), "p0")
    assert [field.name for field in form.fields] == [card.key for card in cards.table(11, month)]


@pytest.mark.parametrize("number", range(SMALLEST))
def test_under_five_answers_nothing_is_told(number: int) -> None:
    for each in CHOICES.rounds():
        first, second = (CHOICES.page(each.key, played(CHOICES, number, seed)) for seed in (1, 2))
        assert first == second
        assert all(isinstance(part, Sentence) for part in first)


@pytest.mark.parametrize("number", [5, 9, 12])
def test_votes_are_counted_whole(number: int) -> None:
    for each in CHOICES.rounds():
        page = CHOICES.page(each.key, played(CHOICES, number, 3))
        lines = [line for part in page if not isinstance(part, Sentence) for line in part.lines]
        assert lines
        for line in lines:
            assert sum(votes for _, votes in line.pieces) == number
        said = [part.text for part in page if isinstance(part, Sentence)]
        assert [fault for text in said for fault in faults(text)] == []


def test_the_workshop_of_the_game_reads_lasts_an_hour_and_shows_each_month() -> None:
    catalogue.load()
    made = script_file.ready_scripts()["jeu_du_trimestre"]
    assert made.minutes == 60
    months = [step.activity.month for step in made.steps if isinstance(step.activity, activity.QuarterChoices)]
    assert months == [1, 2, 3]
    said = " ".join(f"{step.say} {step.without_computer}" for step in made.steps)
    assert [fault for text in re.split(r"(?<=[.?!])\s+", said) for fault in faults(text)] == []


def test_the_activity_can_be_opened_alone() -> None:
    step = catalogue.alone("trimestre_choix").steps[0]
    assert isinstance(step.activity, activity.QuarterChoices)


def voted(key: str, answers: list[dict[str, str]]) -> dict[str, str]:
    """Return what the group chose when people gave these answers, one each."""
    given = {f"p{at}": answer for at, answer in enumerate(answers)}
    return CHOICES.chosen(key, Room(answers={key: given}, shown=frozenset({key})))


def test_a_quote_goes_when_more_than_half_want_it_at_the_price_most_chosen() -> None:
    one, other, third, last = (card.key for card in cards.table(CHOICES.seed, CHOICES.month))
    ballots = [("rien", "rien", "bas", "haut")] * 2 + [("bas", "rien", "haut", "haut")] * 2
    ballots += [("juste", "rien", "bas", "rien"), ("juste", "haut", "haut", "rien"), ("juste", "haut", "bas", "rien")]
    answers = [dict(zip((one, other, third, last), each, strict=True)) for each in ballots]
    assert voted("prix", answers) == {one: "juste", other: "rien", third: "bas", last: "haut"}
    assert voted("prix", answers[:6]) == {other: "rien", last: "haut"}  # the others are equal: the group decides
    assert voted("prix", answers[:4]) == {}


def test_half_of_the_answers_is_not_more_than_half() -> None:
    key = cards.table(CHOICES.seed, CHOICES.month)[0].key
    assert voted("prix", [{key: "rien"}] * 3 + [{key: "haut"}] * 3)[key] == "rien"


def test_the_rule_most_chosen_is_taken_and_equal_ones_are_left_to_the_group() -> None:
    first, second, *_ = cards.rule_titles()
    answers = [{"regle": first, "garder": "quart"}] * 3 + [{"regle": second, "garder": "moitie"}] * 3
    assert voted("paie", answers) == {}
    assert voted("paie", [*answers, {"regle": second, "garder": "rien"}]) == {"regle": second}
    assert voted("paie", [{"regle": "inconnue"}] * 6) == {}
    assert {*activity.KEEPING} == {*activity.KEPT_RATES}
