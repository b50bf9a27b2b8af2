"""Script files: French YAML that a group can read and change. `loads(dumps(script)) == script`, always.

What is written is read as text first, then by the settings of each activity, as rule files are.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from kpa_model import places
from kpa_model.declare.plain_yaml import FileKind, read_mapping, read_text
from kpa_model.declare.setting import YesNo, made_with, settings_of
from kpa_model.declare.unit import Refused, Unit, quoted
from kpa_model.errors import KpaError, Problem, nearest
from kpa_model.words import slug
from kpa_model.workshop.activity import Activity, known_activities
from kpa_model.workshop.script import Script, ScriptStep

MINUTES = Unit("min", 1, ("min", "minutes", "minute"))
LONGEST_STEP, MOST_STEPS = 240, 40
TEXTS = {"titre": "title", "phrase": "sentence"}
STEP_TEXTS = {"titre": "title", "dire": "say", "sans_ordinateur": "without_computer", "carnet": "notebook"}
KEYS = (*TEXTS, "etapes")
STEP_LISTS = {"materiel": "material", "affiches": "posters"}
STEP_KEYS = ("cle", "titre", "minutes", "facultative", "dire", "activite", "carnet", "sans_ordinateur", *STEP_LISTS)
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_OPTIONAL = YesNo("facultative", "Facultative", False)


class WrongScript(KpaError):
    """A script, as written, cannot be played."""


KIND = FileKind("un déroulé", "« titre: » puis « etapes: »", WrongScript, "un déroulé prêt", deepest=7)


def load(path: Path) -> Script:
    """Read a script file. Raises WrongScript with every problem at once."""
    return loads(read_text(path, WrongScript), f"Fichier {path.name}")


def loads(text: str, where: str = "Déroulé") -> Script:
    """Read a script from text. Raises WrongScript with every problem at once."""
    content, problems = read_mapping(text, where, KIND), list[Problem]()
    _unknown(content, KEYS, where, "un déroulé", problems)
    texts = {name: _text(content, key, where, problems) for key, name in TEXTS.items()}
    if not texts["title"]:
        todo = "Ajoutez une première ligne, par exemple « titre: Notre atelier »."
        problems.append(Problem(where, "il manque le titre.", todo))
    steps = _steps(content.get("etapes"), where, problems)
    if problems:
        raise WrongScript(*problems)
    return Script(steps=tuple(steps), **texts)


def _steps(entries: Any, where: str, problems: list[Problem]) -> list[ScriptStep]:
    if not isinstance(entries, list) or not entries:
        todo = "Ajoutez « etapes: » puis une ligne « - titre: Bienvenue » et « minutes: 10 »."
        problems.append(Problem(where, "il manque les étapes.", todo))
        return []
    if len(entries) > MOST_STEPS:
        problems.append(Problem(where, f"il y a {len(entries)} étapes.", f"Gardez-en {MOST_STEPS} au plus."))
        return []
    found: list[ScriptStep] = []
    for at, entry in enumerate(entries, start=1):
        made = _step(entry, f"{where}, étape {at}", problems)
        if made and made.key in (each.key for each in found):
            todo = "Changez son titre, ou ajoutez « cle: autre_nom »."
            problems.append(Problem(f"{where}, étape {at}", f"le nom {quoted(made.key)} sert déjà.", todo))
        found += [made] if made else []
    return found


def _step(entry: Any, where: str, problems: list[Problem]) -> ScriptStep | None:
    """Return one step; every problem is added."""
    if not isinstance(entry, dict):
        todo = "Écrivez « - titre: Bienvenue », puis « minutes: 10 » en dessous."
        problems.append(Problem(where, "elle n'a ni titre ni minutes.", todo))
        return None
    before = len(problems)
    title = str(entry.get("titre") or "") if not isinstance(entry.get("titre"), list | dict) else ""
    here = f"{where} {quoted(title)}" if title.strip() else where
    _unknown(entry, STEP_KEYS, here, "une étape", problems)
    texts = {name: _text(entry, key, here, problems) for key, name in STEP_TEXTS.items()}
    if not texts["title"] and len(problems) == before:
        problems.append(Problem(here, "il manque son titre.", "Ajoutez par exemple « titre: Bienvenue »."))
    made = ScriptStep(
        key=_key(entry, texts["title"], here, problems),
        minutes=_minutes(entry, here, problems),
        activity=_activity(entry.get("activite"), here, problems),
        material=_list(entry, "materiel", here, problems),
        posters=_list(entry, "affiches", here, problems),
        optional=_optional(entry, here, problems),
        **texts,
    )
    return made if len(problems) == before else None


def _unknown(given: Mapping[str, Any], known: tuple[str, ...], where: str, what: str, problems: list[Problem]) -> None:
    for key in given:
        if key not in known:
            todo = f"{nearest(key, known)}\nParties connues : {', '.join(known)}.".strip()
            problems.append(Problem(where, f"{quoted(key)} n'est pas une partie d'{what}.", todo))


def _text(content: Mapping[str, Any], key: str, where: str, problems: list[Problem]) -> str:
    """Return a text as written, each line without spaces at its ends."""
    value = content.get(key)
    if isinstance(value, list | dict):
        problems.append(Problem(f"{where}, « {key} »", "ce n'est pas un texte.", "Mettez le texte entre guillemets."))
        return ""
    return "\n".join(line.strip() for line in str(value or "").strip().splitlines())


def _key(entry: Mapping[str, Any], title: str, where: str, problems: list[Problem]) -> str:
    """Return the key written, or one made from the title."""
    written = _text(entry, "cle", where, problems)
    key = written or slug(title)[:40].strip("_")
    if written and not _KEY.fullmatch(written):
        todo = f"Écrivez par exemple « {slug(written)[:40]} »."
        problems.append(Problem(f"{where}, « cle »", "seuls a-z, 0-9 et _ y servent.", todo))
    return key if _KEY.fullmatch(key) else f"etape_{key}"[:40]


def _minutes(entry: Mapping[str, Any], where: str, problems: list[Problem]) -> int:
    if entry.get("minutes") in (None, ""):
        problems.append(Problem(where, "il manque sa durée.", "Ajoutez par exemple « minutes: 10 »."))
        return 0
    try:
        return MINUTES.read(entry["minutes"], 1, LONGEST_STEP, 10)
    except Refused as refused:
        problems.append(Problem(f"{where}, « minutes »", refused.what, refused.todo))
        return 0


def _optional(entry: Mapping[str, Any], where: str, problems: list[Problem]) -> bool:
    try:
        return _OPTIONAL.read(entry.get("facultative") or "non")
    except Refused as refused:
        problems.append(Problem(f"{where}, « facultative »", refused.what, refused.todo))
        return False


def _list(entry: Mapping[str, Any], key: str, where: str, problems: list[Problem]) -> tuple[str, ...]:
    """Return texts from a list, or from one line."""
    value = entry.get(key)
    items = value if isinstance(value, list) else [value or ""]
    if any(isinstance(each, list | dict) for each in items):
        todo = "Écrivez une chose par ligne, après un tiret."
        problems.append(Problem(f"{where}, « {key} »", "ce n'est pas une liste de textes.", todo))
        return ()
    return tuple(str(each).strip() for each in items if str(each).strip())


def _activity(value: Any, where: str, problems: list[Problem]) -> Activity | None:
    if value in (None, ""):
        return None
    known = known_activities()
    name, settings = next(iter(value.items())) if isinstance(value, dict) and len(value) == 1 else (value, {})
    if isinstance(name, list | dict):
        todo = "Écrivez une seule activité, par exemple « activite: estimation »."
        problems.append(Problem(f"{where}, « activite »", "elle n'est pas comprise.", todo))
        return None
    here = f"{where}, activité {quoted(name)}"
    if name not in known:
        listed = any("Activités connues" in problem.todo for problem in problems)
        names = "" if listed else f"\nActivités connues : {', '.join(known)}."
        todo = f"{nearest(str(name), known)}{names}".strip()
        problems.append(Problem(here, "ce nom n'existe pas.", todo or "Choisissez un nom de la liste."))
        return None
    return made_with(known[name], settings or {}, here, problems)


def dumps(script: Script) -> str:
    """Write a script as French YAML, always in the same way."""
    out, writer = StringIO(), YAML()
    writer.width, writer.allow_unicode = 100, True
    writer.indent(mapping=2, sequence=2, offset=0)
    writer.dump(_readable(as_data(script)), out)
    return out.getvalue()


def _readable(value: Any) -> Any:
    """Return the same data, texts of several lines written as people write them, one line under the other."""
    if isinstance(value, dict):
        return {key: _readable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_readable(each) for each in value]
    return LiteralScalarString(value) if isinstance(value, str) and "\n" in value else value


def as_data(script: Script) -> dict[str, Any]:
    """Return a script as plain mappings and lists, as the file holds it."""
    content: dict[str, Any] = {key: getattr(script, name) for key, name in TEXTS.items() if getattr(script, name)}
    return {**content, "etapes": [_step_data(step) for step in script.steps]}


def _step_data(step: ScriptStep) -> dict[str, Any]:
    data: dict[str, Any] = {"cle": step.key, "titre": step.title, "minutes": step.minutes}
    if step.optional:
        data["facultative"] = "oui"
    if step.activity:
        data["activite"] = _entry(step.activity)
    data |= {key: getattr(step, name) for key, name in STEP_TEXTS.items() if key != "titre" and getattr(step, name)}
    return data | {key: list(getattr(step, name)) for key, name in STEP_LISTS.items() if getattr(step, name)}


def _entry(made: Activity) -> Any:
    values = {each.name: each.write(getattr(made, attribute)) for attribute, each in settings_of(made).items()}
    return {made.name: values} if values else made.name


def fingerprint(script: Script) -> str:
    """Return the SHA-256 of the whole script, in hexadecimal."""
    return hashlib.sha256(json.dumps(as_data(script), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@lru_cache(maxsize=1)
def ready_scripts() -> Mapping[str, Script]:
    """Return the scripts of `data/ateliers/` by file name, without `.yaml`; they are read when asked, and once."""
    paths = sorted((places.data() / "ateliers").glob("*.yaml"))
    return MappingProxyType({path.stem: load(path) for path in paths})
