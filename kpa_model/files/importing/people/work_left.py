"""Hours on the line of a sale that is left out, « annulé » or « devis »: whether they count is asked, or told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from kpa_model.files.book.cells import bare, same
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.written.work_done import AGREED
from kpa_model.files.book.tables import Row
from kpa_model.words import hours, listing

TOPIC = "heures.laissees"
_QUOTED = re.compile(r"devis|pro ?forma|brouillon|draft|quot|factur|offert|gratuit|a emettre")
"""Why a sale may be left out though its work was done."""


def work_left(tables: dict[str, list[Row]], findings: Findings) -> None:
    """Leave out the hours of sales left out, when the group says so; those of a quote count, and it is told."""
    lists: dict[tuple[str, str, bool], list[tuple[Row, str]]] = defaultdict(list)
    for row in tables.get("heures", ()):
        sale = ("factures", row.grid.file, row.grid.sheet, int(row.line))
        if row.get("duree") and (word := findings.aside.get(sale, ("",))[0]):
            lists[row.grid.file, row.grid.sheet, bool(_QUOTED.search(same(word)))].append((row, word))
    for (*_, quoted), told in lists.items():
        rows = [row for row, _ in told]
        place, answers, named = rows[0].place("duree"), rows[0].grid.answers, _named(rows)
        said = listing([f"« {word} »" for word in dict.fromkeys(word for _, word in told)], most=3)
        if not quoted and answers.get(TOPIC) == "non":
            tables["heures"] = [row for row in tables["heures"] if all(row is not each for each in rows)]
            findings.heed(place, f"{said} : ces heures ne sont pas comptées non plus ({named}).")
        elif quoted or not findings.asking or {TOPIC, AGREED} & answers.keys() or _agreed(told):
            findings.heed(place, f"{said} : la vente ne compte pas, et ses heures comptent toujours ({named}).")
        else:
            question = f"{said} : la vente ne compte pas. Et les heures de la même ligne ({named}) ?"
            options = (("oui", "elles comptent : le travail a été fait"), ("non", "non : les laisser de côté aussi"))
            todo = "Écrivez ces heures sur une ligne à elles, ou ôtez-les."
            findings.doubt(place, Doubt(TOPIC, question, options, todo))


def _agreed(told: Sequence[tuple[Row, str]]) -> bool:
    """Tell whether the group already said that hours of these words count: their own table asked it."""
    return all(row.grid.answers.get(f"etat.{bare(word)}") == "oui" for row, word in told)


def _named(rows: Sequence[Row]) -> str:
    """Return whose hours they are, and how many: « Bruno 4 h »."""
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        sums[str(row.get("personne", ""))] += round(row.get("duree"))
    return listing([f"{who} {hours(much)}".strip() for who, much in sums.items()], most=4)
