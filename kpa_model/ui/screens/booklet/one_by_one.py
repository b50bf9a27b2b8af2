"""A grid, one criterion at a time: large answers, each kept as it is given, « Écouter », and back at any time."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path

import ipywidgets as widgets

from kpa_model.assessment import answers
from kpa_model.assessment.grid import Criterion, Grid
from kpa_model.declare.form import Form
from kpa_model.declare.markup import Html, joined, tag
from kpa_model.story.grids.paper import drawing_of, drawings
from kpa_model.ui import pieces
from kpa_model.ui.form_view import FormView
from kpa_model.words import count


class OneByOne:
    """The criteria of a grid, one card after the other, then what was answered.

    Args:
        grid: what is asked.
        given: what was answered before, as a form of the grid gives it.
        typed: told of what was just answered, as soon as it is.
        done: keeps it all, from the last page; what is wrong goes to `said`.
    """

    def __init__(
        self,
        grid: Grid,
        given: Mapping[str, str],
        typed: Callable[[Mapping[str, str]], None],
        done: Callable[[], None],
        said: widgets.HTML,
    ) -> None:
        self._grid, self._typed, self._done, self._said = grid, typed, done, said
        self.given = dict(given)
        self.box = pieces.column()
        self.box.add_class("kpa-cards")
        left = [at for at, key in enumerate(grid.keys) if key not in self.given]
        self._show(left[0] if left else len(grid.criteria))

    def _show(self, at: int) -> None:
        """Show one card, or the last page; the focus goes to its title (`access.js`)."""
        pieces.turn(self.box, *(self._card(at) if at < len(self._grid.criteria) else self._last()))

    def _card(self, at: int) -> list[widgets.Widget]:
        each = self._grid.criteria[at]
        pictured = bool(_level_drawings(self._grid))
        head = joined(_progress(at, len(self._grid.criteria)), _asked(self._grid, each, pictured))
        steps = [pieces.button("Passer", lambda: self._show(at + 1))]
        if at:
            steps.insert(0, pieces.button("← Retour", lambda: self._show(at - 1)))
        if len(self.given) and at + 1 < len(self._grid.criteria):
            steps.append(pieces.button("Finir maintenant", lambda: self._show(len(self._grid.criteria))))
        return [pieces.html(head), *self._levels(each, at), self._details(each), pieces.row(*steps)]

    def _levels(self, each: Criterion, at: int) -> list[widgets.Widget]:
        told = zip(self._grid.ranks, self._grid.levels, each.descriptors, strict=True)
        shown = _level_drawings(self._grid)
        made = [
            _beside(drawing, self._answer(each, rank, descriptor, at, "kpa-level"))
            if (drawing := shown.get(rank))
            else self._answer(each, rank, f"{level.name} : {descriptor}", at, "kpa-level")
            for rank, level, descriptor in told
        ]
        aside = [self._answer(each, key, label, at, "kpa-aside") for key, label in answers.ASIDE.items()]
        return [*made, pieces.row(*aside)]

    def _answer(self, each: Criterion, key: str, label: str, at: int, kind: str) -> widgets.Widget:
        def answer() -> None:
            self._keep({each.key: key})
            self._show(at + 1)

        chosen = self.given.get(each.key) == key
        made = pieces.button(f"✓ {label}" if chosen else label, answer, kind)
        if chosen:
            made.add_class("kpa-chosen")
        return made

    def _details(self, each: Criterion) -> widgets.Widget:
        """Return what may be added to an answer: an example, its date, how sure one is."""
        asked = answers.form_of(self._grid).fields
        view = FormView(Form(tuple(field for field in asked if field.name.startswith(f"{each.key}__"))), title=False)
        view.fill(self.given)
        view.watch(lambda: self._keep(view.raw()))
        hint = pieces.html(_for_example(each), "kpa-help")
        return pieces.fold("Ajouter un exemple, si je veux", hint, view.box, opened=any(view.raw().values()))

    def _keep(self, raw: Mapping[str, str]) -> None:
        self.given = {name: text for name, text in {**self.given, **raw}.items() if text}
        self._typed(raw)

    def _last(self) -> list[widgets.Widget]:
        total = len(self._grid.criteria)
        said = sum(key in self.given for key in self._grid.keys)
        head = joined(_progress(said, total), tag("h3", f"J'ai répondu à {count(said, 'question')} sur {total}"))
        lines = [self._again(at, each) for at, each in enumerate(self._grid.criteria)]
        keep = pieces.button("Garder mes réponses", self._done, "kpa-primary", self._said)
        return [pieces.html(head), keep, pieces.fold("Relire ou changer une réponse", *lines)]

    def _again(self, at: int, each: Criterion) -> widgets.Widget:
        level = self.given.get(each.key, "")
        shown = answers.show(self._grid, answers.Mark(level) if level else None)
        return pieces.button(f"{each.name} : {shown}", lambda: self._show(at), "kpa-level")


def _beside(drawing: Html, answer: widgets.Widget) -> widgets.Widget:
    made = widgets.Box([pieces.html(drawing), answer])
    made.add_class("kpa-level-row")
    return made


def _progress(at: int, total: int) -> Html:
    bar = tag("span", style=f"width: {100 * at // total}%")
    told = f"Question {min(at + 1, total)} sur {total}"
    named = {"aria_valuemin": "0", "aria_valuemax": str(total), "aria_valuenow": str(at), "aria_label": told}
    return joined(tag("p", told, cls="kpa-small"), tag("div", bar, cls="kpa-progress", role="progressbar", **named))


def _for_example(each: Criterion) -> str:
    return f"Par exemple : {each.example}" if each.example else ""


def _asked(grid: Grid, each: Criterion, pictured: bool) -> Html:
    """Return a criterion: its drawing, its name, an example, and the button that reads it all aloud.

    On a grid in pictures the example is not written: there is less to read, and it is still heard.
    """
    path, example = drawing_of(each), _for_example(each)
    told = [f"{each.name}.", example]
    told += [f"{level.name} : {said}" for level, said in zip(grid.levels, each.descriptors, strict=True)]
    listen = tag("button", "Écouter", type="button", cls="kpa-listen", data_said=" ".join(filter(None, told)))
    return tag(
        "div",
        drawn(path, 96) if path else None,
        tag(
            "div", tag("h3", each.name), tag("p", example, cls="kpa-help") if example and not pictured else None, listen
        ),
        cls="kpa-asked",
    )


def _level_drawings(grid: Grid) -> dict[str, Html]:
    """Return rank → drawing, when every level has one and the criteria have theirs: it stands for the level's name."""
    paths = {rank: drawings() / f"niveau_{rank}.svg" for rank in grid.ranks}
    pictured = all(drawing_of(each) for each in grid.criteria) and all(path.is_file() for path in paths.values())
    named = {rank: level.name for rank, level in zip(grid.ranks, grid.levels, strict=True)}
    return {rank: drawn(path, 56, named[rank]) for rank, path in paths.items()} if pictured else {}


def drawn(path: Path, width: int, said: str = "") -> Html:
    """Return a drawing of the workbook, with what it says; nothing when the words beside it say the same."""
    coded = b64encode(path.read_bytes()).decode()
    return tag("img", src=f"data:image/svg+xml;base64,{coded}", alt=said, width=width, height=width)
