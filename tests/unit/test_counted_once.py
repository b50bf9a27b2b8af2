"""What stands beside times on one line and is no time counts once, or is not read, and that is told."""

from __future__ import annotations

from tests.given_tables import minutes, read, table

MONTH = "2026-09"


def test_what_is_counted_beside_two_times_of_a_line_is_not_put_on_both() -> None:
    lines = ("Nom;Temps réunion;Temps vente;Unités", "Lou;12;4;30", "Omar;8;6;9")
    proposal, _ = read(table("septembre 2026.csv", *lines), genre="prestation")
    assert minutes(proposal) == {("Lou", MONTH): 960, ("Omar", MONTH): 840}
    assert proposal.reading is not None
    assert not any(each.quantity for each in proposal.reading.book.hours)
    assert any("« Unités » n'est pas lu" in told for told in proposal.heeded)


def test_what_is_counted_for_a_month_is_not_counted_again_each_day() -> None:
    lines = ("Nom;Heures;Repas", "Lou;40;30", "Omar;21;9")
    proposal, _ = read(table("septembre 2026.csv", *[each.replace("Repas", "Quantité") for each in lines]))
    assert minutes(proposal) == {("Lou", MONTH): 2400, ("Omar", MONTH): 1260}
    assert proposal.reading is not None
    assert sum(each.quantity or 0 for each in proposal.reading.book.hours) == 3900  # hundredths
    assert any("Ses heures sont réparties" in told for told in proposal.heeded)
