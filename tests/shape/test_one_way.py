"""One way for each thing: a job that has its place is done nowhere else, or the reason is written here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "kpa_model"

JOBS: dict[str, tuple[str, dict[str, str]]] = {
    "writing a file": (
        r"\.write_(text|bytes)\(|os\.replace\(|[. ]open\([^)]*\"[wxa]",
        {
            "whole_file.py": "the one place",
            "files/book/books.py": "a folder of its own, put in place whole",
            "files/book/sources.py": "a folder that is gone once it is read",
            "files/importing/keeping.py": "a folder of its own, put in place whole",
            "files/importing/past.py": "in that folder, before it is put in place",
            "server/run.py": "a lock, which holds nothing",
            "ui/serve.py": "a convenience: without it, another port serves as well",
        },
    ),
    "reading YAML": (
        r"\bYAML\(",
        {
            "declare/plain_yaml.py": "the one place",
            "declare/yaml_file.py": "the one place, to write",
            "files/book/settings.py": "a sheet of two columns that people mend: each fault has its line",
        },
    ),
    "a mapping of YAML, before its fields": (
        r"\bread_mapping\(",
        {
            "declare/plain_yaml.py": "the one place",
            "declare/yaml_file.py": "the one place",
            "invoicing/samples.py": "read by the forms that people fill",
            "lessons/exercises/file.py": "formulas, whose names and units refer to one another",
            "lessons/game/cards.py": "the title of a pay rule, read by another room",
            "story/grids/paper.py": "a sheet that goes to the press as it is",
        },
    ),
    "reading a French number": (
        r"replace\(\W,\W, \W\.\W\)",
        {
            "lessons/formula.py": "a number in the grammar of formulas",
            "story/decide/proposing.py": "numbers of two sentences, compared",
        },
    ),
    "the name of a month": (r"\"(janvier|février|septembre|décembre)\"", {}),
    "the first letter of a sentence": (
        r"\[:1\]\.(upper|lower)\(\)",
        {"words.py": "the one place", "errors.py": "under the words"},
    ),
    "a refusal of two sentences": (r"self\.what, self\.todo =", {"errors.py": "the one place"}),
}


@pytest.mark.parametrize("job", JOBS)
def test_a_job_is_done_in_one_place(job: str) -> None:
    pattern, known = JOBS[job]
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if re.search(pattern, path.read_text(encoding="utf-8"))
    }
    assert found == set(known)
