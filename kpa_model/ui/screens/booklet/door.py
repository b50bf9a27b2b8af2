"""The door of a booklet: open it, make one, find it again with the recovery words, bring a copy back.

What locks and what is lost is said before anything is made. No secret typed here stays in a field.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import ipywidgets as widgets

from kpa_model.declare.form import YEARS
from kpa_model.declare.markup import Html, items, joined, tag
from kpa_model.errors import KpaError, Problem
from kpa_model.files.closed import booklets, recovery
from kpa_model.story.booklet import told as booklet_told
from kpa_model.story.booklet.paper import recovery_paper
from kpa_model.ui import pieces
from kpa_model.ui.screens.booklet.session import BookletSession, start

PDF = "application/pdf"
_IN_PHRASE, _IN_WORDS, _CHOICES = (2, 5), (3, 9), 4
"""The words a person finds again, to be sure that they are on paper; among how many."""
TO_NOTE = ("Il reste douze mots de secours à noter.", "Ils ouvrent votre livret si vous perdez votre phrase.")


class NotYet(KpaError):
    """Something is missing before going on."""


def possible(where: str, day: date) -> date:
    """Return a day chosen, whose year was typed whole. Raises NotYet."""
    if day.year not in YEARS:
        what = f"l'année {day.year} n'est pas possible."
        raise NotYet(Problem(where, what, "Écrivez l'année en quatre chiffres, comme 2027."))
    return day


def door(session: BookletSession) -> widgets.Widget:
    """Return what is shown while no booklet is open."""
    opening, making, back = _opening(session), Making(session), _bringing_back(session)
    ways = {"Commencer un livret": making.box, "Rapporter un livret d'un autre ordinateur": back}
    return pieces.column(opening, pieces.folds(ways, opened=not booklets.known()))


def secret(label: str) -> tuple[widgets.Password, widgets.Checkbox, widgets.Text]:
    """Return a hidden field, a box to see what one types, and the field that shows it; both fields say the same."""
    hidden, shown = widgets.Password(description=label), widgets.Text(description=label)
    see = widgets.Checkbox(description="Voir ce que j'écris", indent=False)
    widgets.link((hidden, "value"), (shown, "value"))
    shown.layout.display = "none"

    def swap(change: dict) -> None:
        shown.layout.display, hidden.layout.display = (None, "none") if change["new"] else ("none", None)

    see.observe(swap, "value")
    return hidden, see, shown


def _opening(session: BookletSession) -> widgets.Widget:
    """Return the way in for a booklet of this machine; nothing when there is none."""
    names = booklets.known()
    if not names:
        return pieces.column()
    which = pieces.choice("Mon livret", [(name, _spoken(name)) for name in names], names[0])
    phrase, see, shown = secret("Ma phrase secrète")
    words = widgets.Textarea(description="Mes douze mots de secours", placeholder="figue ruban…")
    said, lost = pieces.html(), pieces.html()

    def let_in(kind: str, field: widgets.Widget) -> None:
        typed, field.value = field.value, ""
        session.opened(booklets.open_booklet(which.value, typed, kind), by_words=kind == "mots")

    enter = pieces.button("Ouvrir mon livret", lambda: let_in("phrase", phrase), "kpa-primary", said)
    help_ = pieces.html(tag("p", "Prenez votre feuille de secours. Quatre lettres par mot suffisent."))
    by_words = pieces.button("Ouvrir avec mes mots", lambda: let_in("mots", words), said=lost)
    forgotten = pieces.fold("J'ai oublié ma phrase", help_, words, by_words, lost)
    return pieces.column(which, phrase, shown, see, enter, said, forgotten)


def _spoken(name: str) -> str:
    return "« {} »".format(name.replace("-", " "))


class Making:
    """The steps to make a booklet: a name, what can be lost, the phrase put on paper, begin.

    The workbook draws the phrase, unless one writes one's own: few words to read, none to invent. It is then on paper,
    and the recovery words can wait for the first answers. Whoever writes her own phrase notes the words at once.
    """

    def __init__(self, session: BookletSession) -> None:
        self._session = session
        self.name = widgets.Text(description="Mon prénom, ou un surnom")
        self.group = widgets.Text(description="Mon groupe", placeholder="Les Tilleuls")
        self.entry = widgets.DatePicker(description="Mon arrivée", value=session.today)
        self.phrase, see, shown = secret("Ma phrase secrète")
        self.again, see_again, shown_again = secret("Encore une fois")
        widgets.link((see, "value"), (see_again, "value"))
        self.understood = widgets.Checkbox(description=booklet_told.UNDERSTOOD, indent=False)
        self.said = pieces.html()
        more = tag("details", tag("summary", "En savoir plus"), items(booklet_told.BEFORE_CREATING_MORE))
        four = tag("p", "Pour votre propre phrase, écrivez quatre mots sans rapport, ou plus.", cls="kpa-help")
        mine = (self.phrase, shown, self.again, shown_again, see)
        self._first = pieces.column(
            pieces.html(tag("div", tag("p", " ".join(booklet_told.BEFORE_CREATING)), more, cls="kpa-info")),
            self.name,
            pieces.fold("Autres choix : phrase, groupe, arrivée", pieces.html(four), *mine, self.group, self.entry),
            self.understood,
            pieces.button("Créer mon livret", self._create, "kpa-primary", self.said), self.said,
        )  # fmt: skip
        self.box = pieces.column(self._first)

    def _create(self) -> None:
        where = "Nouveau livret"
        if not self.name.value.strip():
            raise NotYet(Problem(where, "il manque un prénom.", "Écrivez un prénom ou un surnom, même inventé."))
        if not self.entry.value:
            raise NotYet(Problem(where, "il manque le jour de votre arrivée.", "Écrivez-le sous « Autres choix »."))
        entry = possible(where, self.entry.value)
        if self.phrase.value != self.again.value:
            raise NotYet(Problem(where, "les deux phrases sont différentes.", "Écrivez deux fois la même phrase."))
        drawn = "" if self.phrase.value else " ".join(recovery.draw(recovery.PHRASE))
        phrase = drawn or self.phrase.value
        booklets.check_phrase(phrase, {"nom": self.name.value, "groupe": self.group.value})
        if not self.understood.value:
            raise NotYet(Problem(where, "une case n'est pas cochée.", "Lisez le cadre, puis cochez « J'ai compris »."))
        name, group = self.name.value.strip(), self.group.value.strip()
        made, words = start(name, group, entry, phrase)
        self.phrase.value = self.again.value = self.said.value = ""

        def begin() -> None:  # once it can be opened again, it is kept
            made.save(made.content)
            pieces.turn(self.box, self._first)
            self._session.opened(made)
            if not drawn:
                self._session.noted()

        asked = (made.name, words, begin)
        paper = phrase_on_paper(*asked, drawn) if drawn else words_on_paper(*asked)
        self.box.children = [paper]


def phrase_on_paper(name: str, words: tuple[str, ...], go_on: Callable[[], None], phrase: str) -> widgets.Widget:
    """Return the phrase that the workbook drew, and the question that makes sure it was written down.

    Its sheet holds the recovery words too: whoever prints it has both at once.
    """
    told = joined(
        tag("h3", "À garder sur papier"),
        tag("p", "Votre phrase secrète. Recopiez-la : elle ne sera plus montrée."),
        items(phrase.split(), "ol", "kpa-words"),
        tag("p", "Ou : ", _sheet(name, words, phrase)),
    )
    return _noted(told, phrase.split(), _IN_PHRASE, go_on)


def words_on_paper(name: str, words: tuple[str, ...], go_on: Callable[[], None]) -> widgets.Widget:
    """Return the recovery words, their sheet, and the question that makes sure they were written down."""
    told = joined(
        tag("h3", "Mes douze mots de secours"),
        tag("p", "Imprimez cette feuille, ou recopiez les mots. Ils ne seront plus montrés."),
        tag("p", _sheet(name, words)),
        tag("p", "Votre livret s'appelle ", tag("strong", _spoken(name)), "."),
        tag("p", "L'ordre compte. Quatre lettres par mot suffisent."),
        items(words, "ol", "kpa-words"),
    )
    return _noted(told, words, _IN_WORDS, go_on)


def _sheet(name: str, words: tuple[str, ...], phrase: str = "") -> str:
    made = recovery_paper(name, words, phrase)
    return pieces.download("Imprimer ma feuille de secours (PDF)", "mots_de_secours.pdf", made, PDF)


def _noted(told: Html, words: Sequence[str], ranks: Sequence[int], go_on: Callable[[], None]) -> widgets.Widget:
    """Return words to put on paper, two of which are asked back before going on."""
    boxes, said = [_which_word(rank, words[rank - 1]) for rank in ranks], pieces.html()

    def check() -> None:
        if [box.value for box in boxes] != [words[rank - 1] for rank in ranks]:
            todo = "Regardez sur votre papier, puis recommencez."
            raise NotYet(Problem("Sur votre papier", "ce ne sont pas ces deux mots.", todo))
        go_on()

    ask = pieces.button("C'est noté sur papier", check, "kpa-primary", said)
    return pieces.column(pieces.html(told), *boxes, ask, said)


def words_to_note(session: BookletSession) -> widgets.Widget:
    """Return the recovery words that still have to be put on paper; nothing once they are."""
    box = pieces.column()

    def said(told: str) -> None:
        pieces.turn(box, pieces.html(pieces.live(tag("p", told, cls="kpa-success"))))

    def show() -> None:
        if session.open and (words := session.words_to_note()):
            pieces.turn(box, words_on_paper(session.open.name, words, done))
        else:
            said("Vos mots de secours sont déjà notés.")

    def done() -> None:
        session.noted()
        said("C'est noté.")

    told = pieces.html(tag("div", [tag("p", each) for each in TO_NOTE], cls="kpa-info"))
    first = (told, pieces.button("Noter mes douze mots", show, "kpa-primary"))

    def follow() -> None:
        if not session.words_to_note() and box.children == first:  # noted elsewhere
            box.children = ()

    box.children = first
    session.follow(follow)
    return box


def _which_word(rank: int, word: str) -> widgets.ToggleButtons:
    """Return the question of one word, among a few: touching one asks less than typing it."""
    others = [each for each in dict.fromkeys(recovery.draw(3 * _CHOICES)) if each != word][: _CHOICES - 1]
    return widgets.ToggleButtons(
        description=f"Touchez le mot numéro {rank}", options=sorted([word, *others]), value=None
    )


def _bringing_back(session: BookletSession) -> widgets.Widget:
    """Return the way to put a closed copy on this machine."""
    upload = widgets.FileUpload(accept=booklets.SUFFIX, multiple=False, description="Choisir ma copie fermée")
    phrase, see, shown = secret("La phrase de cette copie")
    words = widgets.Textarea(description="Ou mes douze mots de secours", placeholder="figue ruban…")
    said = pieces.html()

    def bring() -> None:
        if not upload.value:
            raise NotYet(Problem("Votre copie", "rien n'a été choisi.", "Choisissez le fichier « .livret »."))
        typed, recalled = phrase.value, words.value
        phrase.value = words.value = ""
        content, by_words = bytes(upload.value[0]["content"]), not typed.strip() and bool(recalled.strip())
        made = booklets.bring_back(content, recalled, "mots") if by_words else booklets.bring_back(content, typed)
        session.opened(made, by_words=by_words)

    button = pieces.button("Rapporter ce livret", bring, "kpa-primary", said)
    told = pieces.html(tag("p", "Si ce livret est déjà ici, les deux n'en font qu'un. Rien n'est perdu."), "kpa-help")
    return pieces.column(upload, phrase, shown, see, words, told, button, said)
