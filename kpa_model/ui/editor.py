"""The editor of an ordered list of steps, or of promises: one widget, native controls, Python holds the truth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

from kpa_model.declare.labels import Labelled, Labels
from kpa_model.declare.setting import (
    PLAIN,
    ChoiceSetting,
    Names,
    NumberSetting,
    Refused,
    Setting,
    Weights,
    YesNo,
    settings_of,
)
from kpa_model.words import number

STEP_WORDS = {
    "item": "Étape", "up": "Monter", "down": "Descendre", "remove": "Retirer", "add": "Étape à ajouter",
    "add_button": "Ajouter cette étape", "empty": "Aucune étape. Ajoutez-en une ci-dessous.",
}  # fmt: skip
PROMISE_WORDS = {
    "item": "Promesse", "remove": "Retirer", "add": "Promesse à ajouter", "add_button": "Ajouter cette promesse",
    "empty": "Aucune promesse pour le moment.",
}  # fmt: skip

_FINE = {"€": 5, "€/h": 0.5, "%": 1, "fois": 0.5}


class ListEditor(anywidget.AnyWidget):  # type: ignore[misc]
    """Shows a list of steps or promises, and calls `changed` with the new tuple and the gesture that made it."""

    _esm: ClassVar[Path] = Path(__file__).with_name("editor.js")
    kind = traitlets.Unicode().tag(sync=True)
    items: Any = traitlets.List().tag(sync=True)
    sliding: Any = traitlets.List(help="While a slider moves: the items that differ from `items`.").tag(sync=True)
    catalogue: Any = traitlets.List().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        kind: str,
        known: Mapping[str, Any],
        words: Mapping[str, str],
        changed: Callable[[tuple[Any, ...], object], None],
        people: Sequence[str] = (),
    ) -> None:
        self._known, self._changed, self._people = known, changed, tuple(people)
        self._parts: list[tuple[int, Any]] = []
        self._errors: dict[int, str] = {}
        self._keys = count(1)
        self._gesture, self._slides = 0, False
        super().__init__(kind=kind, catalogue=_catalogue(known), words=dict(words))
        self.on_msg(lambda _widget, content, _buffers: self._answer(content))

    def show(self, parts: Sequence[Any]) -> None:
        """Show these steps; a step that was already there keeps its place under the finger."""
        if list(parts) == [part for _, part in self._parts]:
            return
        spare = list(self._parts)
        keyed = []
        for at, part in enumerate(parts):
            same = next((each for each in spare if each[1] == part), None)
            if same is None and at < len(self._parts) and self._parts[at] in spare:
                same = self._parts[at] if type(self._parts[at][1]) is type(part) else None
            if same is not None:
                spare.remove(same)
            keyed.append((same[0] if same is not None else next(self._keys), part))
        self._parts = keyed
        self._draw()

    def _draw(self) -> None:
        """Send the list to the page; while a slider moves, only what it changes."""
        items = [self._item(*each) for each in self._parts]
        with self.hold_sync():
            if not self._slides:
                self.items = items
            self.sliding = [each for each in items if each not in self.items]

    def _answer(self, message: Mapping[str, Any]) -> None:
        """Say that a gesture is taken, then do it: a slider that moves fast then sends its last place, and no other."""
        if message.get("wait"):
            self.send({"taken": True})
        self.act(message)

    def act(self, message: Mapping[str, Any]) -> None:
        """Do one gesture: add, remove, up, down or set; anything else only ends the gesture before."""
        slides = bool(message.get("sliding"))
        self._gesture += not (slides and self._slides)
        if self._slides and not slides:  # the slider is let go
            self._slides = False
            self._draw()
        self._slides = slides
        if message.get("do") == "add" and message.get("name") in self._known:
            made = self._known[message["name"]]()
            self._keep([*self._parts, (next(self._keys), made)], f"« {made.title} » est ajouté à la fin.")
            return
        at = next((at for at, (key, _) in enumerate(self._parts) if key == message.get("key")), None)
        if at is None:
            return
        parts, title = list(self._parts), self._parts[at][1].title
        if message["do"] == "remove":
            del parts[at]
            self._keep(parts, f"« {title} » est retiré.")
        elif message["do"] in ("up", "down"):
            to = at + (1 if message["do"] == "down" else -1)
            if 0 <= to < len(parts):
                parts[at], parts[to] = parts[to], parts[at]
                self._keep(parts, f"« {title} » est maintenant en place {to + 1}.")
        elif message["do"] == "set":
            self._set(at, message)

    def _set(self, at: int, message: Mapping[str, Any]) -> None:
        key, part = self._parts[at]
        for attribute, setting in settings_of(part).items():
            if setting.name == message.get("name"):
                try:
                    value = setting.read(message.get("value"))
                except Refused as refused:
                    self._errors[key] = str(refused)
                    self._draw()
                    return
                self._errors.pop(key, None)
                parts = list(self._parts)
                parts[at] = (key, replace(part, **{attribute: value}))
                self._keep(parts, "")

    def _keep(self, parts: list[tuple[int, Any]], status: str) -> None:
        self._parts, self.status = parts, status
        self._draw()
        self._changed(tuple(part for _, part in parts), (self.kind, self._gesture))

    def _item(self, key: int, part: Any) -> dict[str, Any]:
        return {
            "key": key,
            "title": part.title,
            "says": part.says(),
            "error": self._errors.get(key, ""),
            "settings": [
                self._control(setting, getattr(part, name)) | {"fold": _fold(setting)}
                for name, setting in settings_of(part).items()
            ],
            "opened": [
                *{
                    _fold(each): 0
                    for name, each in settings_of(part).items()
                    if each.optional and getattr(part, name) != each.default
                }
            ],
        }

    def _control(self, setting: Setting, value: Any) -> dict[str, Any]:
        """Return what the page needs to draw one setting, in the unit people write."""
        base: dict[str, Any] = {"name": setting.name, "label": setting.label, "value": value}
        match setting:
            case NumberSetting(unit=unit):
                outer = [float(Decimal(each) / unit.scale) for each in (value, setting.low, setting.high)]
                shown = number(Decimal(value) / unit.scale)
                names = ("value", "low", "high")
                step = _FINE.get(unit.name, 1 if unit.scale != PLAIN.scale else 0.1)
                return (
                    base
                    | {"kind": "number", "shown": shown, "unit": unit.name, "step": step}
                    | dict(zip(names, outer, strict=True))
                )
            case ChoiceSetting(options=options):
                return base | {"kind": "choice", "options": [list(each) for each in options.items()]}
            case YesNo():
                return base | {"kind": "yes_no"}
            case Labels() | Labelled():
                example = _EXAMPLES.get(setting.name, "service, vaisselle")
                shown = ", ".join(value) if isinstance(setting, Labels) else setting.show(value) if value else ""
                return base | {
                    "kind": "words",
                    "value": shown,
                    "example": ", ".join(setting.known[-1:])
                    if isinstance(setting, Labels) and setting.known
                    else example,
                }
            case Names():
                people = dict.fromkeys((*self._people, *value))
                return base | {"kind": "names", "value": list(value), "options": list(people)}
            case Weights(parts=parts):
                each = zip(parts.items(), value, strict=True)
                return base | {
                    "kind": "weights", "value": 0, "parts": [[part, label, PLAIN.show(w)] for (part, label), w in each]
                }  # fmt: skip
        raise TypeError(f"no control for {setting}")


_EXAMPLES = {
    "taches": "vaisselle 1,5 ; service 2", "jours": "samedi 1,25",
    "poles": "jardin 2", "commandes": "C2025-001 2", "clients": "association 2",
    "fonctions": "capitaine 2 ; novice 0,5", "pour.fonction": "capitaine", "pour.pole": "jardin", "avec.pole": "jardin",
    "achats": "épicerie, carburant",
}  # fmt: skip
"""What one could write in a box, by setting."""

FOLDS = {"pour": "Pour qui ?", "quand": "Quand ?", "avec": "Avec quel argent ?"}


def _fold(setting: Setting) -> str:
    """Return under which fold an optional setting waits; an empty text when it always shows."""
    part = setting.name.partition(".")[0]
    return FOLDS.get(part, "Plus de réglages") if setting.optional else ""


def _catalogue(known: Mapping[str, Any]) -> list[Any]:
    """Return [family, [[name, title, about]…]] in the order of the registry."""
    families: dict[str, list[list[str]]] = {}
    for name, each in known.items():
        families.setdefault(str(getattr(each, "family", "Promesses")), []).append([name, each.title, each.about])
    return [[family, each] for family, each in families.items()]
