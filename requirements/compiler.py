"""Refait les deux listes figées, avec `uv` : `python requirements/compiler.py` (réseau nécessaire).

Une seule résolution pour toutes les machines (Python 3.11 et suivants ; Linux, macOS, Windows), avec
l'empreinte de chaque fichier publié. Aucune adresse n'est écrite : chacun installe depuis le dépôt de
paquets de son choix, et les empreintes suffisent à garantir que ce sont les mêmes fichiers.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCKS = {"execution.txt": [], "tests.txt": ["--extra", "tests"]}
OPTIONS = [
    "--universal", "--python-version", "3.11", "--generate-hashes",
    "--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate",
    "--no-config",  # and so from the public registry, uv's default
]  # fmt: skip


def compile_lock(name: str, extras: list[str], upgrade: bool) -> None:
    """Write one lock; without `upgrade`, versions already chosen are kept."""
    command = ["uv", "pip", "compile", "pyproject.toml", "requirements/build.in", *OPTIONS, *extras]
    # Settings of this machine (private mirrors, local folders) must not leak into the lock.
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("UV_", "PIP_"))}
    target = HERE / name
    subprocess.run(
        [*command, *(["--upgrade"] if upgrade else []), "--quiet", "--output-file", str(target)],
        cwd=HERE.parent, env=clean, check=True,
    )  # fmt: skip
    print(f"{target.relative_to(HERE.parent)} : {target.read_text(encoding='utf-8').count('==')} paquets")


if __name__ == "__main__":
    # The runtime lock is made first and constrains the other: both install the same versions.
    for lock, extras in LOCKS.items():
        base = [] if lock == "execution.txt" else ["--constraint", "requirements/execution.txt"]
        compile_lock(lock, extras + base, upgrade="--upgrade" in sys.argv)
