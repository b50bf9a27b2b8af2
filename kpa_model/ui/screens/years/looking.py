"""What two rules do under the same weather: one sentence, who gains and who loses, one history, then (folded) all."""

from __future__ import annotations

from collections.abc import Sequence

from kpa_model.declare.markup import Html, joined, tag
from kpa_model.figures import years as pictures
from kpa_model.randomness import BLOCK
from kpa_model.simulation.results.reading import TallyRead, read, set_aside
from kpa_model.simulation.results.selection import one_history
from kpa_model.simulation.runs import kept
from kpa_model.simulation.runs.plan import Plan, Results
from kpa_model.simulation.runs.studio import Studio
from kpa_model.story.years import compared as story
from kpa_model.story.years import report as years_report
from kpa_model.story.years import told as years
from kpa_model.ui import pieces
from kpa_model.words import number


class TwoRules:
    """Two rules, read once: what is shown of them, from the shortest to the longest."""

    def __init__(self, plan: Plan, results: Results, ones: Sequence[pictures.Rows]) -> None:
        self.plan, self.results, self.ones = plan, results, ones
        self.found: list[TallyRead] = [read(each) for each in self.results.tallies]
        self.opening = self.plan.scenario.group.first_month
        months, titles = self.plan.scenario.group.months, self.plan.titles
        self.compared = story.compared(
            self.results.pairs[0],
            (titles[0], titles[1]),
            months,
            self.plan.floor,
            self.opening,
            set_aside(*self.results.tallies[:2]),
        )

    @classmethod
    def of(cls, studio: Studio, row: int) -> TwoRules:
        """Return what a plan does, drawn and settled where it is not yet, with one history."""
        block, rank = divmod(row, BLOCK)
        results = studio.results()
        ones = [one_history(studio.outcomes(case)[block], rank).tolist() for case in studio.plan.cases]
        return cls(studio.plan, results, ones)

    @classmethod
    def kept(cls, plan: Plan) -> TwoRules | None:
        """Return what a plan did when it was last looked at; nothing when it is not kept."""
        found = kept.read(plan)
        return cls(plan, *found) if found else None

    def keep(self) -> None:
        """Keep what is shown, for the next time."""
        kept.write(self.plan, self.results, self.ones)

    def first(self) -> Html:
        """Return the difference in one or two sentences, in euros and months."""
        return _big(self.compared.first)

    def brief(self) -> Html:
        """Return the same, short enough to stay beside a slider on a phone."""
        return _big(self.compared.brief)

    def counted(self) -> Html:
        """Return over how many histories it is counted, and how sure it is."""
        return pieces.sentences(self.compared.sure, "kpa-help")

    def situations(self) -> Html:
        """Return who gains and who loses, by situation; nothing when the rules hardly differ."""
        if self.compared.alike:
            return Html()
        months, least = self.plan.scenario.group.months, self.plan.floor
        title = f"Selon la situation, sur {number(months)} mois, avant → après"
        return years_report.table(story.heads(least), story.rows(self.compared), title)

    def history(self) -> Html:
        """Return one history under both rules, and what its marks mean."""
        top = pictures.scale(*(seen.high for seen in self.found), floor=self.plan.floor)
        before, after = self.ones
        said = " ".join(self.compared.first)
        drawn = pictures.side_by_side(pictures.TWO, before, after, self.plan.floor, said, top)
        return drawn + pictures.two_key(before, after, top=top)

    def till(self) -> Html:
        """Return how much money lacks in the till, folded: once when both rules are alike, else for the second."""
        plan, (one, other) = self.plan, self.found
        months, advance = plan.scenario.group.months, plan.scenario.cash.advance
        told = years.till_told(other, months, advance, self.opening)
        same = years.till_told(one, months, advance, self.opening) == told
        which = "C'est avec les deux règles." if same else f"C'est avec « {plan.titles[1]} »."
        return folded("caisse", years.till_short(other, advance), years_report.sentences((*told, which)))

    def everything(self) -> Html:
        """Return the bands of all histories, rule by rule, and what words mean: folded, for those who want it."""
        top = pictures.scale(*(seen.high for seen in self.found), floor=self.plan.floor)
        shown = [self._panel(at, top) for at in range(len(self.plan.rules))]
        sure = pieces.sentences((years.sure(self.found[0]),), "kpa-help")
        supposed = filter(None, [self.plan.scenario.sentence])
        words = (*years.words_told(self.plan.scenario.group.months, self.plan.floor), *story.MEANINGS, *supposed)
        return joined(
            folded(
                "toutes",
                "Toutes les histoires",
                tag("div", shown, cls="kpa-panels kpa-years") + pictures.KEY + sure,
            ),
            folded("mots", "Le sens des mots", years_report.sentences(words)),
        )

    def _panel(self, at: int, top: float) -> Html:
        plan, found = self.plan, self.found[at]
        here = plan.scenario.members[: plan.scenario.group.start]
        said = years.rule_told(
            found, plan.rules[at], plan.scenario.group.months, plan.scenario.cash.advance, self.opening
        )
        picture = pictures.bands(pictures.TITLE, found.drawn, self.ones[at], plan.floor, " ".join(said), top)
        each = years_report.table(years.PEOPLE, years.people_rows(found, here), "Personnes au départ")
        figures = folded(f"reperes-{at}", "D'autres repères", years_report.figure_list(years.figures(found)))
        figures += folded(f"personnes-{at}", "Personne par personne", each)
        title = plan.titles[at] if at else f"{plan.titles[at]}, au départ"
        told = years_report.sentences(said)
        if at:
            moved = years.moved_told(self.results.pairs[at - 1])
            told += tag("h4", "Ce qui change, comparé à la règle de départ") + years_report.sentences(moved)
        return tag("section", tag("h3", title), tag("div", picture, told, figures), cls="kpa-card kpa-panel")


def _big(said: Sequence[str]) -> Html:
    return joined([tag("p", each, cls="kpa-sentence kpa-big") for each in said])


def folded(key: str, title: str, content: str) -> Html:
    """Return what opens on demand; `data-keep` keeps it open when the picture is drawn again (`access.js`)."""
    return tag("details", tag("summary", title), content, data_keep=key)
