"""A long run on disk, so that it can stop and resume: chunks done, and their sum. Written whole or not at all."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kpa_model.errors import KpaError, Problem
from kpa_model.simulation.results.tally import Tally
from kpa_model.simulation.runs.plan import Plan, Results
from kpa_model.whole_file import write_whole


class OtherRun(KpaError):
    """The file holds another simulation than the one asked for."""


@dataclass(frozen=True, eq=False)
class Progress:
    """Chunks done, as (first block, last block), and what they add up to."""

    done: frozenset[tuple[int, int]]
    results: Results | None

    def with_chunk(self, chunk: tuple[int, int], found: Results) -> Progress:
        """Return the same with one more chunk."""
        return Progress(self.done | {chunk}, found if self.results is None else self.results + found)

    def blocks(self) -> set[int]:
        """Return every block already counted."""
        return {block for first, last in self.done for block in range(first, last)}


NOTHING = Progress(frozenset(), None)


def save(path: Path, plan: Plan, progress: Progress) -> None:
    """Write what is done, at once."""
    if progress.results is None:
        return
    about = {"empreinte": plan.fingerprint(), "faits": sorted(progress.done)}
    written = io.BytesIO()
    np.savez_compressed(written, about=np.array(json.dumps(about)), **arrays_of(progress.results))  # type: ignore[arg-type]
    write_whole(path, written.getvalue(), private=False)


def load(path: Path, plan: Plan) -> Progress:
    """Return what is already done; nothing when there is no file.

    Raises:
        OtherRun: the file is damaged, or was written by another plan, another seed or another version of numpy.
    """
    if not path.exists():
        return NOTHING
    where, todo = f"Fichier {path.name}", "Donnez un autre nom de fichier, ou effacez celui-ci pour tout recommencer."
    try:
        with np.load(path, allow_pickle=False) as file:
            about = json.loads(str(file["about"]))
            arrays = {name: file[name] for name in file.files if name != "about"}
        done = frozenset((int(first), int(last)) for first, last in about["faits"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise OtherRun(Problem(where, "ce fichier de reprise est abîmé.", todo)) from error
    if about["empreinte"] != plan.fingerprint():
        raise OtherRun(Problem(where, "il vient d'une autre simulation.", todo))
    return Progress(done, results_of(arrays))


def arrays_of(found: Results) -> dict[str, np.ndarray]:
    """Return results as named arrays, to write them."""
    return {
        f"{kind}/{at}/{name}": array
        for kind, tallies in (("r", found.tallies), ("d", found.pairs))
        for at, tally in enumerate(tallies)
        for name, array in tally.sums.items()
    }


def results_of(arrays: dict[str, np.ndarray]) -> Results:
    """Return results from named arrays."""
    return Results(_tallies(arrays, "r"), _tallies(arrays, "d"))


def _tallies(arrays: dict[str, np.ndarray], kind: str) -> tuple[Tally, ...]:
    found: dict[int, dict[str, np.ndarray]] = {}
    for name, array in arrays.items():
        which, at, label = name.split("/")
        if which == kind:
            found.setdefault(int(at), {})[label] = array
    return tuple(Tally(found[at]) for at in sorted(found))
