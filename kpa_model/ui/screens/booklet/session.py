"""The booklet open on a screen: in memory only, saved after each change, closed after a while without a gesture.

Views read `booklet`, change it by `change`, and are told by `follow`. Nothing here writes anything in clear.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from kpa_model.assessment import booklet as books
from kpa_model.assessment import contract
from kpa_model.assessment.booklet import Booklet
from kpa_model.assessment.pathway import file as pathway_file
from kpa_model.assessment.pathway.stages import Pathway
from kpa_model.assessment.timeline import Held, Timeline, timeline
from kpa_model.benefits.parameters import parameters
from kpa_model.declare.form import Form
from kpa_model.errors import KpaError, UnreadableFile
from kpa_model.files.closed import booklets, mailbox
from kpa_model.files.closed.booklets import OpenBooklet
from kpa_model.story.booklet.phone import new_phone_key, read_answers
from kpa_model.story.booklet.reply import read_reply
from kpa_model.ui.at_rest import Delay
from kpa_model.ui.form_view import FormView
from kpa_model.words import day

IDLE = 15 * 60
"""Seconds without a gesture before the booklet closes by itself."""

_WORDS = "mots"

PAUSE = 3
"""Seconds without typing before what is being written is closed on the disk."""


class BookletSession:
    """What a screen about a booklet holds: the day one looks from, and the booklet while it is open."""

    def __init__(self, pathway: Pathway | None = None) -> None:
        self.today = date.today()
        self.pathway = pathway or pathway_file.ours()
        self.open: OpenBooklet | None = None
        self.closed_by_itself = self.by_words = self.deleted = False
        self.unsaved: KpaError | None = None
        self._booklet: Booklet | None = None
        self._doors: list[Callable[[], None]] = []
        self._views: list[Callable[[], None]] = []
        self._drafts: dict[str, dict[str, str]] = {}
        self._timer, self._saver = Delay(), Delay()

    @property
    def booklet(self) -> Booklet:
        """The booklet open now. Raises RuntimeError when none is."""
        if self._booklet is None:
            raise RuntimeError("no booklet is open")
        return self._booklet

    def watch(self, redraw: Callable[[], None]) -> None:
        """Call `redraw` when a booklet opens or closes."""
        self._doors.append(redraw)

    def follow(self, redraw: Callable[[], None]) -> None:
        """Call `redraw` now, then after each change, until this booklet closes."""
        self._views.append(redraw)
        redraw()

    def opened(self, made: OpenBooklet, by_words: bool = False) -> None:
        """Show a booklet that was just opened or made; `by_words` when its phrase is lost. Raises UnreadableFile."""
        self.by_words = by_words
        self._booklet = books.from_data(made.content, f"Livret « {made.name} »")
        self.open, self.closed_by_itself, self.deleted, self.unsaved = made, False, False, None
        self._drafts = {name: dict(typed) for name, typed in self._booklet.drafts.items()}
        self._turned()

    def change(self, booklet: Booklet) -> None:
        """Save a changed booklet, then show it; when it cannot be saved, nothing changes. Raises KpaError."""
        self._save(booklet)
        self._changed()

    def _save(self, booklet: Booklet) -> None:
        """Save a booklet and what is being written; what another page saved comes in. Raises KpaError."""
        if self.open is None:
            raise RuntimeError("no booklet is open")
        self.open.save(books.as_data(replace(booklet, drafts=dict(self._drafts))))
        self._booklet = books.from_data(self.open.content, f"Livret « {self.open.name} »")
        self._drafts = {name: dict(typed) for name, typed in self._booklet.drafts.items()}
        self.unsaved = None

    def written(self, name: str, form: Form, title: bool = True) -> FormView:
        """Return a form whose answers, kept or not, are not lost: what was begun under this name is put back."""
        view = FormView(form, title)
        view.fill(self._drafts.get(name, {}))
        seen = view.raw()

        def typed() -> None:
            changed = {field: text for field, text in view.raw().items() if text != seen.get(field)}
            seen.update(changed)
            self._typed(name, changed)

        view.watch(typed)
        return view

    def draft(self, name: str) -> dict[str, str]:
        """Return what was begun under a name, whole or by parts."""
        return {key: text for each in self._parts(name) for key, text in self._drafts[each].items()}

    def keep_draft(self, name: str, changed: Mapping[str, str]) -> None:
        """Close on the disk, now, what was just answered under this name. Raises KpaError."""
        self._put(name, changed)
        self.gesture()
        self._save(self.booklet)

    def drop_draft(self, name: str) -> None:
        """Forget what was begun under a name: it is kept elsewhere in the booklet now. Raises KpaError."""
        for each in self._parts(name):
            del self._drafts[each]
        self._save(self.booklet)

    def _parts(self, name: str) -> list[str]:
        return [each for each in self._drafts if each == name or each.startswith(f"{name}/")]

    def words_to_note(self) -> tuple[str, ...]:
        """Return the recovery words that the person has not noted yet."""
        return tuple(self.draft(books.WORDS).get(_WORDS, "").split())

    def wait(self, words: Sequence[str]) -> None:
        """Keep recovery words closed in the booklet until they are noted. Raises KpaError."""
        self.keep_draft(books.WORDS, {_WORDS: " ".join(words)})

    def noted(self) -> None:
        """The recovery words are on paper: the booklet forgets them. Raises KpaError."""
        self.drop_draft(books.WORDS)
        self._changed()

    def begun(self, prefix: str) -> list[str]:
        """Return what follows `prefix` in the names of the forms begun."""
        return [name.removeprefix(prefix) for name in self._drafts if name.startswith(prefix)]

    def _put(self, name: str, changed: Mapping[str, str]) -> None:
        """Change some fields of a draft; the others, perhaps written in another page, stay."""
        typed = {field: text for field, text in {**self._drafts.get(name, {}), **changed}.items() if text}
        if typed:
            self._drafts[name] = typed
        else:
            self._drafts.pop(name, None)

    def _typed(self, name: str, changed: Mapping[str, str]) -> None:
        self._put(name, changed)
        if name in self._drafts:
            self._saver.after(PAUSE, self._keep_drafts)
        else:
            self._keep_drafts()
        self.gesture()

    def _keep_drafts(self) -> None:
        """Save what is being written. A refusal is kept in `unsaved`, and told when the booklet closes."""
        if self.open and self._booklet and self._booklet.drafts != self._drafts:
            try:
                self._save(self._booklet)
            except KpaError as error:
                self.unsaved = error

    def look_from(self, today: date) -> None:
        """Change the day one looks from."""
        self.today = today
        self._changed()

    def close(self) -> None:
        """Keep what is being written, then forget the booklet and its key."""
        self._keep_drafts()
        if self.open:
            self.open.close()
        self._forget()

    def _forget(self) -> None:
        self._timer.stop()
        self._saver.stop()
        self.open = self._booklet = None
        self._drafts = {}
        self._turned()

    def delete(self) -> None:
        """Remove the booklet, what it shared and what waits for it from this machine, then forget it."""
        if self.open:
            for kind, read in ((mailbox.REPLY, read_reply), (mailbox.ANSWERS, read_answers)):
                for name, content in mailbox.waiting(kind).items():
                    with suppress(UnreadableFile):  # closed for another booklet
                        read(content, self.booklet.phone_key)
                        mailbox.forget(name)
            self.open.delete(tuple(each.id for each in self.booklet.shares))
            self.deleted = True
        self._forget()

    def line(self) -> Timeline:
        """Return where the person is, seen from the chosen day."""
        mine = self.booklet
        held = [Held(each.kind, each.on) for each in mine.interviews]
        mine_events = contract.events(cape, self.today) if (cape := self.cape()) else ()
        return timeline(self.pathway, mine.entry, self.today, held, mine.pauses, dict(mine.marks), mine_events)

    def cape(self) -> contract.Cape | None:
        """Return the person's own contract, None when she noted none."""
        return cape_of(self.booklet)

    def gesture(self) -> None:
        """Somebody is there: count the time again. Without a running loop (in a test) nothing is counted."""
        if self.open:
            self._timer.after(IDLE, self._alone)

    def _alone(self) -> None:
        self.closed_by_itself = True
        self.close()

    def _turned(self) -> None:
        """A booklet opened or closed: the views of the one before are gone."""
        self._views.clear()
        self.gesture()
        for redraw in self._doors:
            redraw()

    def _changed(self) -> None:
        self.gesture()
        for redraw in self._views:
            redraw()


def cape_of(mine: Booklet) -> contract.Cape | None:
    """Return the contract of a booklet, or of an extract that holds it."""
    return contract.cape([contract.Period(each.start, each.months, each.stopped) for each in mine.contracts], limits())


def limits() -> contract.Limits:
    """Return what the law allows for a CAPE, as it was last read."""
    length, renewals = (parameters()[name] for name in ("cape_duree", "cape_renouvellements"))
    source = f"{length.source}, lu le {day(length.read_on)}."
    return contract.Limits(int(length.values[-1].amount), int(renewals.values[-1].amount), source)


def start(name: str, group: str, entry: date, phrase: str) -> tuple[OpenBooklet, tuple[str, ...]]:
    """Make an empty booklet, not saved yet; return it with its recovery words, which wait in it. Raises WeakPhrase."""
    empty = Booklet(name, entry, group, phone_key=new_phone_key())
    made, words = booklets.create(books.as_data(empty), phrase)
    made.content = books.as_data(replace(empty, drafts={books.WORDS: {_WORDS: " ".join(words)}}))
    return made, words
