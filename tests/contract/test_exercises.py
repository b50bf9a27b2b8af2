"""Every exercise file: it reads aloud, its numbers are right, each usual mistake is told apart, on a thousand seeds."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest

from kpa_model import places
from kpa_model.lessons.checking import MISTAKE, OTHER, RIGHT, UNREAD, check
from kpa_model.lessons.exercises.exercise import THEMES, Drawn, Exercise
from kpa_model.lessons.exercises.file import exercise_named, load, verify
from kpa_model.lessons.measure import decimal, shown
from kpa_model.story.lessons.exercise_figures import outside_figures
from tests.contract.readable import faults

FILES = sorted((places.data() / "exercices").glob("*.yaml"))
NAMES = [path.stem for path in FILES]
WITH_NUMBERS = [path.stem for path in FILES if "reponse:" in path.read_text(encoding="utf-8")]
SEEDS = range(1000)
DAY = date(2026, 7, 1)


@cache
def known(name: str) -> Exercise:
    return load(places.data() / "exercices" / f"{name}.yaml")


@cache
def thousand(name: str) -> list[Drawn]:
    return [known(name).draw(seed, outside_figures(DAY)) for seed in SEEDS]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def writings(value: Fraction, unit: str) -> list[str]:
    """The usual ways to type a number in this unit."""
    top = unit.partition("/")[0]
    if top == "€":
        cents = int(decimal(value, 2) * 100)
        whole, rest = divmod(cents, 100)
        grouped = f"{whole:,}".replace(",", " ")
        return [f"{whole},{rest:02d}", f"{whole}.{rest:02d} €", f"{grouped},{rest:02d}", f"{whole} euros {rest:02d}"]
    if top == "%":
        points = decimal(value * 100, 1)
        said = str(points).replace(".", ",")
        return [f"{said} %", said, f"{points}%", f"{said} pour cent", str(decimal(value, 3)).replace(".", ",")]
    if top == "h":
        hours, minutes = divmod(int(decimal(value * 60, 0)), 60)
        clock = str(decimal(value, 4)).replace(".", ",")
        return [f"{hours}h{minutes:02d}", f"{hours} h {minutes:02d} min", f"{hours * 60 + minutes} min", clock]
    said = str(decimal(value, 2).normalize().__format__("f")).replace(".", ",")
    return [said, f" {said} ", f"= {said}", f"{said} {top}".strip(), plain(shown(value, unit)) if top else f"x {said}"]


@pytest.mark.parametrize("name", NAMES)
def test_an_exercise_reads_aloud(name: str) -> None:
    made = known(name)
    for seed in range(12):
        drawn = made.draw(seed, outside_figures(DAY))
        sentences = [drawn.text, drawn.question, *drawn.hints, *drawn.reasoning]
        sentences += [drawn.fill(each.sentence) for each in (*made.mistakes, *made.options)]
        assert [fault for each in sentences for fault in faults(each)] == []
    assert made.theme in THEMES
    assert name.startswith(f"{made.theme}_")
    assert len(made.hints) >= 1
    assert len(made.reasoning) >= 1
    assert 2 <= made.minutes <= 15
    assert len(made.mistakes) >= 2 or len(made.options) >= 3


_PIECE = re.compile(r"(\d[\d ]*\d|\d)(?:,(\d+))?( %)?|([()+×÷−])")
_SIGNS = {"×": "*", "÷": "/", "−": "-"}


def computed(side: str) -> tuple[Fraction, int, int] | None:
    """What one side of an equality gives: its value, its decimals, how many numbers; None when it is not a sum."""
    written, decimals, many = "", 0, 0
    for whole, cents, rate, sign in _PIECE.findall(side.rpartition(" : ")[2]):
        if sign:
            written += _SIGNS.get(sign, sign)
            continue
        decimals, many = len(cents) + 2 * bool(rate), many + 1
        value = Fraction(f"{whole.replace(' ', '')}.{cents or 0}") / (100 if rate else 1)
        written += f"Fraction('{value}')"
    try:
        return eval(written, {"Fraction": Fraction}), decimals, many
    except (SyntaxError, TypeError):
        return None


@pytest.mark.parametrize("name", NAMES)
def test_a_reasoning_done_again_from_what_is_read_gives_the_same_numbers(name: str) -> None:
    for drawn in thousand(name)[:100]:
        for sentence in (each for line in drawn.reasoning for each in re.split(r"(?<=[.?!]) ", plain(line))):
            sides = [computed(each) for each in sentence.split(" = ")]
            for left, right in pairwise(sides):
                if left and right and left[2] > right[2] == 1:
                    assert abs(left[0] - right[0]) <= Fraction(1, 2 * 10 ** right[1]), sentence


def test_there_are_enough_exercises_for_each_theme() -> None:
    themes = [known(name).theme for name in NAMES]
    assert len(NAMES) >= 30
    assert all(themes.count(theme) >= 2 for theme in THEMES)


@pytest.mark.parametrize("name", WITH_NUMBERS)
def test_a_thousand_seeds_are_apart(name: str) -> None:
    verify(known(name), outside_figures(DAY), SEEDS)


@pytest.mark.parametrize("name", WITH_NUMBERS)
def test_the_right_answer_is_taken_however_it_is_typed(name: str) -> None:
    made = known(name)
    for seed, drawn in enumerate(thousand(name)):
        ways = writings(drawn.right, made.answer.unit)
        chosen = ways if seed < 20 else [ways[seed % len(ways)]]
        assert [(way, seed) for way in chosen if check(drawn, way).kind != RIGHT] == []


@pytest.mark.parametrize("name", WITH_NUMBERS)
def test_each_usual_mistake_is_recognised_with_its_own_sentence(name: str) -> None:
    made = known(name)
    for seed, drawn in enumerate(thousand(name)):
        for at, mistake in enumerate(made.mistakes):
            found = drawn.wrong[mistake.name]
            ways = writings(found, made.answer.unit)
            verdict = check(drawn, ways[(seed + at) % len(ways)])
            expected = {mistake.name, mistake.same_as} if mistake.same_as else {mistake.name}
            if mistake.same_as and verdict.right:
                assert abs(found - drawn.right) <= made.answer.tolerance, (seed, mistake.name)
                continue
            assert (verdict.kind, verdict.mistake in expected) == (MISTAKE, True), (seed, mistake.name, verdict)


@pytest.mark.parametrize("name", WITH_NUMBERS)
def test_the_last_line_of_the_reasoning_gives_the_answer(name: str) -> None:
    for seed, drawn in enumerate(thousand(name)[:50]):
        short = drawn.written.split(" par ")[0]
        assert short in " ".join(drawn.reasoning[-2:]), seed


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_gives_the_same_numbers_and_another_gives_others(name: str) -> None:
    made, figures = known(name), outside_figures(DAY)
    assert made.draw(3, figures).values == made.draw(3, figures).values
    if made.answer:
        assert len({tuple(drawn.values.items()) for drawn in thousand(name)[:100]}) >= 7


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_a_number_is_said_kindly(name: str) -> None:
    made = exercise_named(name)
    drawn = made.draw(5, outside_figures(DAY))
    for typed in ("", "je ne sais pas", "12 ou 13", "é", "1" * 400 + "x"):
        verdict = check(drawn, typed)
        assert verdict.kind == UNREAD
        assert faults(verdict.sentence.replace(typed, "x") if typed else verdict.sentence) == []
    if made.answer:
        assert check(drawn, "987654321").kind == OTHER


@pytest.mark.parametrize("name", [name for name in NAMES if name not in WITH_NUMBERS])
def test_one_choice_is_right_and_every_other_helps(name: str) -> None:
    made = known(name)
    places_of_right = set()
    for seed in range(60):
        drawn = made.draw(seed)
        kinds = [check(drawn, each.name).kind for each in drawn.options]
        assert sorted(kinds) == sorted([RIGHT, *[MISTAKE] * (len(kinds) - 1)])
        places_of_right.add(kinds.index(RIGHT))
    assert len(places_of_right) == len(made.options)
