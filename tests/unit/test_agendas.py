"""A calendar file is read as a calendar kept as a table: hours of Paris, each day of what comes again, until today."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.reading.dated.agendas import grid_of_ics
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import minutes, read

SOLD = "Numéro;Date;Montant HT;TVA\nV1;10/09/2024;500,00;100,00"


def _agenda(*events: str) -> GivenFile:
    each = "".join(f"BEGIN:VEVENT\nUID:{rank}\n{event}\nEND:VEVENT\n" for rank, event in enumerate(events))
    return GivenFile("agenda.ics", f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//FR\n{each}END:VCALENDAR\n".encode())


def _read(*events: str, **answers: str) -> tuple[ImportProposal, list[str]]:
    return read(_agenda(*events), sold=SOLD, personne_agenda="Ida", **answers)


@pytest.mark.parametrize(
    "when",
    [
        "DTSTART:20240903T070000Z\nDTEND:20240903T093000Z",
        "DTSTART:20240903T090000\nDURATION:PT2H30M",
        "DTSTART;TZID=Europe/Lisbon:20240903T080000\nDTEND;TZID=Europe/Lisbon:20240903T103000",
        "DTSTART:20240930T220000Z\nDTEND:20241001T003000Z",
    ],
)
def test_an_event_is_hours_of_its_day_in_paris(when: str) -> None:
    proposal, asked = _read(f"{when}\nSUMMARY:Compost")
    assert minutes(proposal) == {("Ida", "2024-10" if "0930" in when[:20] else "2024-09"): 150}
    assert asked == ["personne.agenda", "genre", "personnes.cape"]


def test_what_comes_again_is_read_each_time_but_those_taken_out() -> None:
    weekly = "DTSTART;TZID=Europe/Paris:20241021T090000\nDTEND;TZID=Europe/Paris:20241021T100000\nRRULE:FREQ=WEEKLY"
    proposal, _ = _read(f"{weekly};COUNT=5\nEXDATE;TZID=Europe/Paris:20241028T090000\nSUMMARY:Tri")
    assert minutes(proposal) == {("Ida", "2024-10"): 60, ("Ida", "2024-11"): 180}
    assert proposal.reading is not None


def test_whole_days_cancelled_events_and_those_to_come_are_left_out_and_told() -> None:
    proposal, _ = _read(
        "DTSTART:20240903T070000Z\nDTEND:20240903T080000Z\nSUMMARY:Tri",
        "DTSTART;VALUE=DATE:20240904\nDTEND;VALUE=DATE:20240905\nSUMMARY:Foire",
        "DTSTART:20240905T070000Z\nDTEND:20240905T080000Z\nSTATUS:CANCELLED\nSUMMARY:Visite",
        "DTSTART:20990905T070000Z\nDTEND:20990905T080000Z\nSUMMARY:Bal",
    )
    assert minutes(proposal) == {("Ida", "2024-09"): 60}
    assert any("journée entière n'est pas lu : « Foire »" in each for each in proposal.unread)
    assert any("« annulé » (1" in each for each in proposal.heeded)
    assert any("événement à venir n'est pas lu : « Bal »" in each for each in proposal.heeded)


def test_an_event_without_a_day_is_told_and_the_others_are_read() -> None:
    proposal, _ = _read("SUMMARY:Bal", "DTSTART:20240903T070000Z\nDTEND:20240903T080000Z\nSUMMARY:Tri")
    assert minutes(proposal) == {("Ida", "2024-09"): 60}
    assert any("1 événement sans jour n'est pas lu : « Bal »" in each for each in proposal.unread)


def test_what_comes_again_stands_among_the_others_in_the_order_of_days() -> None:
    grid = grid_of_ics(
        _agenda(
            "DTSTART:20240910T070000Z\nDTEND:20240910T080000Z\nSUMMARY:Visite",
            "DTSTART:20240903T070000Z\nDTEND:20240903T080000Z\nRRULE:FREQ=WEEKLY;COUNT=3\nSUMMARY:Tri",
        ),
        Findings(),
    )
    assert grid is not None
    assert [cells[0] for _, cells in grid.lines[1:]] == ["Tri", "Visite", "Tri", "Tri"]


def test_the_name_of_who_invites_is_proposed() -> None:
    event = "DTSTART:2024090{}T070000Z\nDTEND:2024090{}T080000Z\nSUMMARY:Tri\nORGANIZER;CN=Omer Roy:mailto:o@exemple.fr"
    proposal, asked = read(_agenda(event.format(3, 3), event.format(4, 4)), sold=SOLD)
    assert minutes(proposal) == {("Omer Roy", "2024-09"): 120}
    assert len(asked) <= 3


def test_who_invites_and_who_comes_share_the_hours_as_is_answered_and_who_declined_has_none() -> None:
    event = "DTSTART:20240903T070000Z\nDTEND:20240903T080000Z\nSUMMARY:Tri\nORGANIZER;CN=Omer:mailto:o@exemple.fr\n"
    came = (
        "ATTENDEE;CN=Omer:mailto:o@exemple.fr\nATTENDEE;CN=Ida:mailto:i@exemple.fr\n"
        "ATTENDEE;CN=Zoé;PARTSTAT=DECLINED:mailto:z@exemple.fr\nATTENDEE;CUTYPE=ROOM;CN=Salle 2:mailto:s@exemple.fr"
    )
    proposal, asked = read(_agenda(event + came, event.replace("0903T", "0904T")), sold=SOLD, partage="chacun")
    assert minutes(proposal) == {("Omer", "2024-09"): 120, ("Ida", "2024-09"): 60}
    assert "partage" in asked


@pytest.mark.parametrize("text", ["rien", "BEGIN:VCALENDAR\nEND:VCALENDAR", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x"])
def test_a_calendar_without_an_event_that_can_be_read_is_told_first(text: str) -> None:
    hours = GivenFile("temps.csv", b"Personne;Date;Heures;Genre\nIda;03/09/2024;1;commun")
    proposal, _ = read(hours, GivenFile("agenda.ics", text.encode()), sold=SOLD)
    assert minutes(proposal) == {("Ida", "2024-09"): 60}
    assert any("agenda.ics" in each for each in proposal.unread)
