"""Small pieces every screen uses: text, framed errors, choices, downloads, a place to write."""

from __future__ import annotations

import base64
import functools
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import ipywidgets as widgets

from kpa_model import places
from kpa_model.cooperative.month import Month
from kpa_model.declare.markup import Html, items, joined, tag
from kpa_model.errors import KpaError, Problem
from kpa_model.pay.advice import missing_facts, unpaid_time
from kpa_model.pay.rule import PayRule
from kpa_model.story.paper.press import TOLD_MISSING, has_boxes
from kpa_model.story.pay.borrowed import borrowed
from kpa_model.ui.library import known_books, months_in, read_named, unread_of
from kpa_model.ui.saved import keep_still
from kpa_model.ui.state import State, Store, book_of
from kpa_model.whole_file import write_whole
from kpa_model.words import month_name


def html(said: Any = None, kind: str = "") -> widgets.HTML:
    """Return a piece of page: an element, or a text, which is escaped."""
    piece = widgets.HTML(joined(said))
    if kind:
        piece.add_class(kind)
    return piece


def live(*said: Any) -> Html:
    """Return what screen readers read again when it changes."""
    return tag("div", *said, role="status")


def sentences(said: Sequence[str], kind: str = "kpa-sentence") -> Html:
    """Return French sentences as one paragraph."""
    return tag("p", " ".join(said), cls=kind) if said else Html()


def error_box(error: BaseException) -> Html:
    """Return a framed French message; what is technical is folded away."""
    if isinstance(error, KpaError):
        many = len(error.problems)
        title = "Une chose à corriger" if many == 1 else f"{many} choses à corriger"
        told = items(joined(_said(each), tag("br"), each.todo) for each in error.problems)
        known = tag("p", tag("strong", "À savoir aussi")) + items(error.notes) if error.notes else None
        return tag("div", tag("p", tag("strong", title)), told, known, cls="kpa-error", role="alert")
    details = "".join(traceback.format_exception(error))
    return tag(
        "div",
        tag("p", tag("strong", "Quelque chose n'a pas marché.")),
        tag("p", "Vos fichiers n'ont pas changé. Rechargez la page. Si cela recommence, montrez le détail."),
        tag("details", tag("summary", "Détail technique"), tag("pre", details, tabindex=0)),
        cls="kpa-error",
        role="alert",
    )


def _said(problem: Problem) -> Html:
    return joined(tag("strong", problem.where), f" : {problem.what}") if problem.where else joined(problem.said)


def framed(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Make a screen answer with a framed message instead of a traceback."""

    @functools.wraps(draw)
    def safe(*arguments: Any, **named: Any) -> Any:
        try:
            return keep_still(draw(*arguments, **named))
        except Exception as error:
            return html(error_box(error))

    return safe


def guarded(box: widgets.HTML, act: Callable[[], None]) -> None:
    """Do something; show in `box` what went wrong. What went wrong before is forgotten first."""
    if 'class="kpa-error"' in box.value:
        box.value = ""
    try:
        act()
    except Exception as error:
        box.value = error_box(error)


def column(*children: widgets.Widget) -> widgets.VBox:
    """Return pieces one under the other."""
    box = widgets.VBox(children)
    box.add_class("kpa-column")
    return box


def forget(*boxes: widgets.Widget) -> None:
    """Close pieces and all they hold: a piece taken off a page stays in memory, here and in the browser, until then."""
    for each in boxes:
        forget(*getattr(each, "children", ()))
        each.close()


def turn(box: widgets.Box, *children: widgets.Widget) -> None:
    """Show other pieces in a box; those it showed are forgotten, unless they are shown again."""
    before, box.children = box.children, children
    forget(*(each for each in before if each not in children))


def row(*children: widgets.Widget) -> widgets.HBox:
    """Return pieces side by side where there is room, one under the other on a phone."""
    box = widgets.HBox(children)
    box.add_class("kpa-row")
    return box


def fold(title: str, *children: widgets.Widget, opened: bool = False) -> widgets.Accordion:
    """Return pieces folded under a title."""
    return folds({title: column(*children)}, opened)


def folds(parts: Mapping[str, widgets.Widget], opened: bool = False) -> widgets.Accordion:
    """Return parts, each folded under its title; `opened` shows the first one."""
    return widgets.Accordion([*parts.values()], titles=tuple(parts), selected_index=0 if opened else None)


def button(label: str, act: Callable[[], None], kind: str = "", said: widgets.HTML | None = None) -> widgets.Button:
    """Return a button; an error goes to `said`, framed."""
    made = widgets.Button(description=label)
    if kind:
        made.add_class(kind)
    made.on_click(lambda _: guarded(said, act) if said is not None else act())
    return made


def words(label: str, hint: str = "") -> widgets.Text:
    """Return a box for a few words, sent whole when one leaves it or presses Enter: a button never runs before them."""
    return widgets.Text(description=label, placeholder=hint, continuous_update=False)


def choice(label: str, options: Mapping[str, str] | Sequence[tuple[str, str]], value: str) -> widgets.Dropdown:
    """Return a drop-down list; `options` are (value, label) pairs."""
    pairs = list(options.items()) if isinstance(options, Mapping) else list(options)
    return widgets.Dropdown(description=label, options=[(shown, key) for key, shown in pairs], value=value)


def fill(made: widgets.Dropdown, options: Sequence[tuple[str, str]]) -> None:
    """Give a list its (value, label) pairs; what was chosen stays chosen if it is still there, else the first one."""
    pairs, before = [(shown, key) for key, shown in options], made.value
    if list(made.options) != pairs:
        made.options = pairs
        keys = [key for key, _ in options]
        made.value = before if before in keys else next(iter(keys), None)


def follow(store: Store, picture: widgets.HTML, show: Callable[[], None]) -> None:
    """Redraw a picture after each change; when it cannot be drawn, it says so instead of showing old figures."""
    store.watch(lambda: guarded(picture, show))


def linked_choice(
    store: Store, label: str, name: str, options: Callable[[], Sequence[tuple[str, str]]]
) -> widgets.Dropdown:
    """Return a drop-down list bound to one name of the state; its options follow the state."""
    made = choice(label, options(), getattr(store.state, name))
    shown: list[tuple[str, str]] = list(made.options)

    def show() -> None:
        nonlocal shown
        try:
            pairs = [(title, key) for key, title in options()]
        except KpaError:  # the picture beside says it; the list stays as it was
            return
        if shown != pairs:
            made.unobserve(keep, "value")  # new options put another value for a moment: nobody chose it
            shown = made.options = pairs
            made.value = getattr(store.state, name)
            made.observe(keep, "value")
        elif made.value != getattr(store.state, name):
            made.value = getattr(store.state, name)

    def keep(change: Mapping[str, Any]) -> None:
        if change["new"] is not None:
            store.update(**{name: change["new"]})

    made.observe(keep, "value")
    store.watch(show)
    return made


def book_options() -> list[tuple[str, str]]:
    """Return (name, label) of each cooperative that can be read; two of the same name say their folder."""
    found = []
    for name in known_books():
        try:
            book, _ = read_named(name)
        except KpaError:
            continue
        kind = " (exemple inventé)" if book.cooperative.fictional else ""
        found.append((name, f"{book.cooperative.name}{kind}"))
    times = Counter(label for _, label in found)
    return [(name, label if times[label] == 1 else f"{label}, dossier « {name} »") for name, label in found]


def month_options(store: Store) -> list[tuple[str, str]]:
    """Return (`2025-03`, `mars 2025`) for each month of the book."""
    from kpa_model.cooperative.calendar import CalendarMonth

    return [
        (month.label, month_name(CalendarMonth.parse(month.label).first_day).capitalize())
        for month in months_in(book_of(store.state))
    ]


def month_bar(store: Store, *more: widgets.Widget) -> widgets.HBox:
    """Return the choice of the month, with other choices beside it, and what the reader noticed of the book."""
    return row(linked_choice(store, "Mois", "month", lambda: month_options(store)), *more, known(store))


def lacking(rules: Iterable[PayRule], month: Month) -> Html:
    """Return the frames that say what rules count and the month does not hold, or holds and gives no part to."""
    chosen = list(rules)
    said = [f"« {rule.title} » : {text}" for rule in chosen if (text := missing_facts(rule, month))]
    head = tag("p", tag("strong", "Il manque des chiffres."))
    left = dict.fromkeys(text for rule in chosen if (text := unpaid_time(rule, month)))
    return joined(
        tag("div", head, items(said), cls="kpa-error", role="alert") if said else None,
        [tag("p", text, cls="kpa-warning") for text in left],
    )


def borrowed_scale(store: Store, rules: Iterable[PayRule]) -> Html | None:
    """Return the frame that says which scale of a CAE ready rules take from the group's money; None of an example."""
    said = "" if book_of(store.state).cooperative.fictional else borrowed(rules)
    return tag("p", said, cls="kpa-info") if said else None


def known(store: Store, counts: Callable[[State], bool] = lambda _: True) -> widgets.HTML:
    """Return what was noticed when the book was read, folded, below what was not read; nothing of an unused book."""
    piece = html(kind="kpa-known")

    def show() -> None:
        name = store.state.book if counts(store.state) else ""
        left = unread_of(name)
        notes = [each for each in read_named(name)[1] if each not in left] if name else ()
        missing = tag("p", tag("strong", "Ce carnet est gardé sans ce qui n'est pas lu."))
        piece.value = joined(
            tag("div", missing, items(left), cls="kpa-warning") if left else None,
            tag("details", tag("summary", f"À savoir sur ce carnet ({len(notes)})"), items(notes)) if notes else None,
        )

    follow(store, piece, show)
    return piece


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(label: str, name: str, content: bytes, kind: str) -> Html:
    """Return a link that gives a file, and works without any network."""
    coded = base64.b64encode(content).decode()
    link = tag("a", label, cls="kpa-download", download=name, href=f"data:{kind};base64,{coded}")
    missing = kind == "application/pdf" and has_boxes(content)
    return joined(link, tag("span", f" Dans ce papier, {TOLD_MISSING}", cls="kpa-small")) if missing else link


def with_names() -> widgets.Checkbox:
    """Return the question: do names go on paper, or letters instead?"""
    return widgets.Checkbox(value=True, description="Avec les prénoms dans le PDF", indent=False)


def notes(page: str) -> widgets.VBox:
    """Return a place to write, kept on this machine only."""
    path = places.personal() / "notes" / f"{page}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    area = widgets.Textarea(
        value=before, description="Nos notes", placeholder="Ce que nous retenons, ce qui nous gêne…"
    )
    said = html(kind="kpa-help")
    said.value = live("Ces notes restent sur cet ordinateur. Tout le groupe peut les lire.")

    def keep(change: Mapping[str, Any]) -> None:
        write_whole(path, change["new"])
        said.value = live("Noté.")

    area.observe(keep, "value")
    return column(area, said)
