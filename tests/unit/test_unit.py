"""Units: what people write, what a step holds."""

from __future__ import annotations

import pytest

from kpa_model.declare.unit import EURO, HOURS, MONTHS, PERCENT, PLAIN, TIMES, Refused, quoted


@pytest.mark.parametrize(
    ("unit", "written", "inner"),
    [
        (EURO, "150", 15_000),
        (EURO, " 1 234,56 € ", 123_456),
        (EURO, 12.5, 1_250),
        (EURO, "12 euros", 1_200),
        (PERCENT, "5 %", 50_000),
        (PERCENT, "5,5%", 55_000),
        (PERCENT, "0,0001", 1),
        (HOURS, "1,5", 90),
        (HOURS, "1 h 20", 80),
        (HOURS, "1h05", 65),
        (HOURS, "45 min", 45),
        (HOURS, "10 h", 600),
        (MONTHS, "3 mois", 3),
        (TIMES, "2,5 fois", 250),
        (PLAIN, "0,5", 50),
    ],
)
def test_a_number_is_read_as_people_write_it(unit, written, inner: int) -> None:
    assert unit.read(written, 0, 1_000_000, 0) == inner


@pytest.mark.parametrize("unit", [EURO, PERCENT, HOURS, MONTHS, TIMES, PLAIN])
def test_what_is_written_is_read_back(unit) -> None:
    for inner in range(0, 5000, 7):
        assert unit.read(unit.write(inner), 0, 5000, 0) == inner


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("beaucoup", "n'est pas un nombre."),
        ("", "n'est pas un nombre."),
        ("1e3", "n'est pas un nombre."),
        ("nan", "n'est pas un nombre."),
        (None, "n'est pas un nombre."),
        ([1, 2], "n'est pas un nombre."),
        ("1,234", "a trop de chiffres après la virgule."),
        ("-1", "est hors limites."),
        ("2001", "est hors limites."),
    ],
)
def test_a_number_that_cannot_be_taken_is_refused_in_two_sentences(written, what: str) -> None:
    with pytest.raises(Refused) as caught:
        EURO.read(written, 0, 200_000, 5_000)
    assert caught.value.what.endswith(what)
    assert caught.value.todo.endswith("€.")
    assert str(caught.value) == f"{caught.value.what} {caught.value.todo}"


def test_what_people_wrote_is_quoted_short() -> None:
    assert quoted("a  b") == "« a b »"
    assert len(quoted("x" * 10_000)) < 50
    assert quoted({"a": {"b": []}}) == "« … »"
