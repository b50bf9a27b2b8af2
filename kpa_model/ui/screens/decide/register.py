"""What did we decide, and when do we talk about it again? The register of decisions, and a decision written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import ipywidgets as widgets

from kpa_model.decision.closing import OTHER, OTHER_SHOWN, paper_form
from kpa_model.decision.from_workshop import About, record_by_hand
from kpa_model.decision.record import DecisionRecord
from kpa_model.declare.markup import Html, definitions, items, tag
from kpa_model.errors import KpaError, Problem
from kpa_model.files import register
from kpa_model.ledger.refusal import called
from kpa_model.pay import rule_file
from kpa_model.story.decide import decisions
from kpa_model.story.decide import told as record_told
from kpa_model.story.decide.decisions import Decision
from kpa_model.story.pay.comparison import compare
from kpa_model.ui import pieces
from kpa_model.ui.form_view import FormView
from kpa_model.ui.library import library, read_named, save_rule, settled_until
from kpa_model.ui.state import OURS, Store, book_of, rules_by_name
from kpa_model.words import count, day, of, slug

NONE_YET = "Aucune décision n'est encore écrite. Écrivez la première plus bas."
FILES = (
    (register.PAPER, "Prendre le PDF à signer", "application/pdf"),
    (register.PAGE, "Prendre la page", "text/html"),
    (register.NAMELESS, "Prendre la page sans les noms, à envoyer", "text/html"),
    (register.RULE, "Prendre la règle", "text/yaml"),
    (register.EVENT, "Prendre la date pour un agenda", "text/calendar"),
)


class WrongAnswers(KpaError):
    """Some answers of the form cannot be taken."""


@pieces.framed
def our_decisions(store: Store) -> widgets.Widget:
    """List the decisions, read one, see how the rule changed, take its rule."""
    return _Register(store).box


class _Register:
    """The screen of the register: what it shows follows the folder of decisions."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.found: tuple[Decision, ...] = ()
        self.top, self.text, self.said = pieces.html(), pieces.html(), pieces.html()
        self.chosen = pieces.choice("Lire une décision", [("", "")], "")
        self.sure = widgets.Checkbox(description="Effacer cette décision, pour toujours", indent=False)
        self.taker = pieces.button("En faire la règle de départ", self.take, "kpa-primary", self.said)
        self.putter = pieces.button("La mettre en vigueur pour nos mois réels", self.put, said=self.said)
        self.acts = pieces.column(
            pieces.row(self.taker, self.putter),
            pieces.row(self.sure, pieces.button("Effacer", self.erase, said=self.said)),
        )
        self.chosen.observe(lambda _: self.read(), "value")
        pieces.follow(store, self.top, self.show)
        self.box = pieces.column(self.top, self.chosen, self.text, self.acts, self.said)

    @property
    def here(self) -> Decision:
        """The decision being read."""
        return next(each for each in self.found if each.name == self.chosen.value)

    def show(self) -> None:
        """Read the folder again and draw everything; a decision just written is the one read."""
        known = {each.name for each in self.found}
        self.found, problems = decisions.all_decisions()
        pieces.fill(self.chosen, [(each.name, _title(each)) for each in reversed(self.found)])
        if new := [each.name for each in self.found if each.name not in known]:
            self.chosen.value = new[-1]
        self.top.value = pieces.live(_aside(problems) + _reminders(self.found)) + _timeline(self.found)
        self.read()

    def read(self) -> None:
        """Show the decision chosen."""
        self.text.value = _told(self.here) if self.found else ""
        for each in (self.chosen, self.acts):
            each.layout.display = None if self.found else "none"
        record = self.here.record if self.found else None
        takes = record and record.decided and record.about_rule and not record.differs
        for each in (self.taker, self.putter):
            each.layout.display = None if takes else "none"

    def take(self) -> None:
        """Make its rule the rule of today, and the one being composed."""
        name = taken(self.here.record)
        self.store.update(today=name, ours=library()[name])
        said = "Cette règle est maintenant la règle de départ des essais."
        self.said.value = pieces.live(tag("p", said, cls="kpa-success"))

    def put(self) -> None:
        """Put its rule in force for the real months of the cooperative looked at."""
        from kpa_model.story.months.rules import put_record_in_force  # late: the ledger is half a second of this screen
        from kpa_model.ui.screens.months.room import MonthsRoom

        decision = self.here
        rule = put_record_in_force(MonthsRoom(self.store).register, decision.record, decision.name)
        self.store.refresh()
        since = f"Elle est en vigueur à partir {of(called(rule.since))}. Voyez la page « Nos mois »."
        self.said.value = pieces.live(tag("p", since, cls="kpa-success"))

    def erase(self) -> None:
        """Erase the decision, once the box is ticked."""
        if not self.sure.value:
            self.said.value = pieces.live(tag("p", "Cochez d'abord la case, pour être sûr.", cls="kpa-info"))
            return
        decisions.forget(self.here)
        self.sure.value = False
        self.show()
        self.said.value = pieces.live(tag("p", "La décision est effacée.", cls="kpa-success"))


def taken(record: DecisionRecord) -> str:
    """Return the name, in the library, of the rule of a record, kept there when it was not. Raises WrongRule.

    The length of a trial is not looked at: it is the record's.
    """
    rule = rule_file.loads(record.rule.text, f"Décision du {day(record.held_on)}")
    mark = rule_file.fingerprint(replace(rule, trial=None))
    for name, known in library().items():
        if rule_file.fingerprint(replace(known, trial=None)) == mark and known.title == rule.title:
            return name
    return save_rule(rule, slug(record.name)).stem


def _title(decision: Decision) -> str:
    return f"{day(decision.record.held_on).capitalize()} : {decision.record.rule.title}"


def _aside(problems: Sequence[Problem]) -> Html:
    told = items(f"{each.where} : {each.what} {each.todo}" for each in problems)
    return tag("div", tag("p", tag("strong", "Mis de côté")), told, cls="kpa-warning") if told else told


def _reminders(found: Sequence[Decision]) -> Html:
    said = decisions.reminders(found, date.today())
    return tag("div", tag("p", " ".join(said)), cls="kpa-warning") if said else Html()


def _timeline(found: Sequence[Decision]) -> Html:
    """Return how the rule changed, from the last decision to the first."""
    if not found:
        return tag("p", NONE_YET, cls="kpa-info")
    cards = []
    for decision, changed in reversed(decisions.history(found)):
        head = tag("p", tag("strong", _title(decision)), tag("br"), decision.record.outcome_said)
        since = tag("p", "Par rapport à la décision d'avant :") if changed else None
        cards.append(tag("li", head, since, items(changed), cls="kpa-card"))
    title = tag("h3", f"{count(len(found), 'décision')}, de la plus récente à la plus ancienne")
    return title + tag("ol", cards, cls="kpa-plain-list", reversed=True)


def _told(decision: Decision) -> Html:
    """Return a whole record as a card, then its files."""
    record = decision.record
    content = record_told.told(record)
    rule = items(content["regle"], "ol", "kpa-aloud")
    changes, after = items(record.changes), items(f"{label} {value}." for label, value in content["suite"])
    concerns = items(record.concerns)
    objections = definitions(content["objections"]) if content["objections"] else None
    return tag(
        "section",
        tag("h3", record.rule.title),
        tag("p", f"{content['tenue']}."),
        tag("p", f"{content['mots_titre']} : « {record.words} »") if record.words else None,
        pieces.sentences(record.says()),
        tag("p", content["version"]) if content["version"] else None,
        rule and tag("h4", content["regle_titre"]) + rule,
        changes and tag("h4", "Changé avant de dire oui") + changes,
        objections and tag("h4", "Objections et réponses") + objections,
        concerns and tag("h4", "Les réserves") + concerns,
        after and tag("h4", "La suite") + after,
        tag("p", f"{content['nombre']}.") if record.people else None,
        _files(decision.name),
        cls="kpa-card",
    )


def _files(name: str) -> Html:
    links = []
    for file_name, label, kind in FILES:
        content = register.content(name, file_name)
        if content is not None:
            ending = file_name.rsplit(".", 1)[1]
            links.append(pieces.download(label, f"{name}.{ending}", content, kind))
    return tag("ul", [tag("li", link) for link in links], cls="kpa-plain-list")


@pieces.framed
def write_decision(store: Store) -> widgets.Widget:
    """Write a decision taken on paper: choose the rule, answer a few questions, take the PDF."""
    said, aloud = pieces.html(), pieces.html()
    rule = pieces.choice("De quoi avons-nous décidé ?", _subjects(store), OURS)

    def hear(_: object = None) -> None:
        told = rules_by_name(store.state).get(rule.value)
        summary = tag("summary", "Lire cette règle à voix haute")
        aloud.value = tag("details", summary, items(told.read_aloud(), "ol", "kpa-aloud")) if told else ""

    def write() -> None:
        answers, wrong = asked.read()
        if wrong:
            labels = {each.name: each.label for each in asked.form.fields}
            raise WrongAnswers(*(Problem(labels[name], each.what, each.todo) for name, each in wrong.items()))
        place = decisions.keep(record_of_state(store, rule.value, answers))
        asked.clear()
        store.refresh()
        said.value = pieces.live(
            tag(
                "div",
                tag("p", "La décision est écrite. Relisez-la à voix haute, puis signez."),
                _files(place.name),
                cls="kpa-success",
            )
        )

    def offer() -> None:
        pieces.fill(rule, _subjects(store))
        hear()

    asked = FormView(paper_form(), title=False)
    send = pieces.button(asked.form.send, write, "kpa-primary", said)
    rule.observe(hear, "value")
    pieces.follow(store, aloud, offer)
    return pieces.fold("Écrire une décision prise sans ordinateur", rule, aloud, asked.box, send, said)


def _subjects(store: Store) -> list[tuple[str, str]]:
    """Return (name, title) of what a decision may be about."""
    return [*((name, rule.title) for name, rule in rules_by_name(store.state).items()), (OTHER, OTHER_SHOWN)]


def record_of_state(store: Store, name: str, answers: dict[str, object]) -> DecisionRecord:
    """Return the record of a decision on a rule of the workbook, with what the rule gives over the chosen months."""
    state = store.state
    if name == OTHER:
        return record_by_hand(None, answers, About(book_of(state).cooperative.name, {}, record_told.versions()))
    rule = rules_by_name(state)[name]
    book, notes = read_named(state.book, state.basis)
    months = settled_until(book, rule, state.month)[-int(state.span) :]
    (view,) = compare([months])
    about = record_told.about(book, rule, view, state.month, len(months), notes)
    return record_by_hand(record_told.rule_told(rule), answers, about)
