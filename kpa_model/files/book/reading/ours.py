"""Lists of a whole CAE: a column says whose each line is, the group's or another's. It is asked, never guessed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from kpa_model.files.book.cells import as_text, bare
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import WHOSE, Context
from kpa_model.files.book.reading.fields import Assigned
from kpa_model.words import count

_TABLES = {"factures", "achats", "heures"}
TOPIC, _MOST = "notres", 12


def ours(block: Block, found: Assigned, context: Context, findings: Findings) -> Block:
    """Return the lines of the group, as it said which names are its own; asked once when a column has several."""
    at = next((at for at, title in enumerate(block.titles) if bare(title) in WHOSE), -1)
    if at < 0 or at == found.ranks.get("personne") or found.dictionary.table not in _TABLES or not findings.asking:
        return block
    lines = Counter(as_text(cell) for cell in block.column(at))
    if not 1 < len(lines) <= _MOST or all(map(context.is_person, lines)):  # who works here sells for the group
        return block
    answers, place = block.grid.answers, block.grid.place(block.head, at, block.titles[at])
    asked = answers.get(f"{TOPIC}{ASKED}", "").split("|")
    if new := [name for name in lines if name not in asked]:
        options = tuple((name, f"{name} ({count(lines[name], 'ligne', 'lignes')})") for name in new)
        question = f"« {block.titles[at]} » a plusieurs noms. Lesquels sont à votre groupe ?"
        todo = "Gardez seulement les lignes de votre groupe."
        findings.doubt(place, Doubt(TOPIC, question, options, todo, several=True, every="Tous ces noms"))
        return block
    others = lines.keys() - set(answers.get(TOPIC, "").split("|"))
    for name in sorted(others):
        many = count(lines[name], "ligne n'est pas lue", "lignes ne sont pas lues")
        findings.heed(place, f"« {name} » n'est pas à vous : {many}.")
    kept = [line for line in block.lines if at >= len(line[1]) or as_text(line[1][at]) not in others]
    return replace(block, lines=kept)
