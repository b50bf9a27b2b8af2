"""« 1h½ », « 2 ½ », « ¾ h »: parts of an hour as people write them, in old files too."""

from __future__ import annotations

import pytest

from kpa_model.errors import Refused
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.encodings import text_of_bytes
from kpa_model.files.book.reading.spread.titled_units import in_days


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("1h½", 90), ("2 ½", 150), ("2½h", 150), ("½ h", 30), ("1/2 h", 30), ("3 h ¼", 195), ("4h3/4", 285),
     ("PT1H30M", 90), ("PT45M", 45), ("PT2H", 120), ("PT3600S", 60), ("¾ d'heure", 45), ("1 h et demie", 90),
     ("2 heures et quart", 135), ("1 h trois quarts", 105)],
)  # fmt: skip
def test_a_part_of_an_hour_is_read(text: str, minutes: int) -> None:
    assert read_duration(text) == minutes


@pytest.mark.parametrize("text", ["½", "1/2", "2 1/2 fois", "h½", "1½½"])
def test_what_says_no_time_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_duration(text)


def test_half_a_day_stays_half_a_day() -> None:
    assert in_days("½ journée") is not None
    assert in_days("½ h") is None


@pytest.mark.parametrize("text", ["lun;accueil férié;1h½", "mar;sœur;2 h ¼", "mer;été;½ h"])
def test_a_file_of_windows_keeps_its_parts_of_hours(text: str) -> None:
    assert text_of_bytes(text.encode("cp1252"))[0] == text


@pytest.mark.parametrize("text", ["mer;cœur;réunion 3 €", "jeu;chœur d'été;2h", "Œuvre;12 €"])
def test_a_file_with_oe_of_linux_keeps_them(text: str) -> None:
    assert text_of_bytes(text.encode("iso-8859-15"))[0] == text
