"""The public door does not move in silence."""

from __future__ import annotations

import inspect
import os
from pathlib import Path

import kpa_model
from kpa_model import api

KEPT = Path(__file__).with_name("public_api.txt")


def signatures() -> str:
    """Return every public name of the open model, with its arguments."""
    lines = []
    for name in sorted(api.__all__):
        found = getattr(api, name)
        if not inspect.isclass(found):
            lines.append(f"{name}{inspect.signature(found)}")
            continue
        lines.append(f"class {name}")
        for each in sorted(each for each in dir(found) if not each.startswith("_")):
            held = inspect.getattr_static(found, each)
            lines.append(f"  .{each}{inspect.signature(held) if inspect.isfunction(held) else ''}")
    return "\n".join(lines) + "\n"


def test_the_public_signature_is_the_one_that_is_kept() -> None:
    if os.environ.get("KPA_RECRIRE"):
        KEPT.write_text(signatures(), encoding="utf-8")
    todo = "dites-le dans CHANGELOG.md, puis relancez avec KPA_RECRIRE=1"
    assert signatures() == KEPT.read_text(encoding="utf-8"), todo


def test_the_package_offers_every_name_of_its_door() -> None:
    assert set(api.__all__) <= set(kpa_model.__all__)
    assert all(getattr(kpa_model, name) is getattr(api, name) for name in api.__all__)


def test_the_reference_tells_every_public_name() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "modele-ouvert.md").read_text(encoding="utf-8")
    assert [name for name in api.__all__ if f":: kpa_model.api.{name}\n" not in page] == []


def test_no_folder_of_the_package_hides_a_public_name() -> None:
    package = Path(kpa_model.__file__).parent
    assert {*kpa_model.__all__} & {path.stem for path in package.iterdir()} == set()


def test_every_public_name_says_what_it_is_for() -> None:
    assert [name for name in api.__all__ if not getattr(api, name).__doc__] == []
