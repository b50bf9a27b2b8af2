"""An audit told: one page of parts, that a screen, a phone and a printer each draw their own way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpa_model.audit.audit import Audit, LawVerdict
from kpa_model.audit.gestures import POSITIONS, PloyGain
from kpa_model.audit.laws import ROUNDING
from kpa_model.audit.margin import Hour, Later, Margin
from kpa_model.audit.order import Swap
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.work import KINDS
from kpa_model.declare.page import Heading, Page, Sentence, Table
from kpa_model.story.audit import example
from kpa_model.words import count, month_name, number, of, round_euros, uncapital

HOLDS, FAILS = "Tenu", "Pas toujours"
WHO_PLAYS = "Qui peut jouer avec cette règle ?"


def page(found: Audit) -> Page:
    """Return the whole audit."""
    return (*laws_page(found), *given_page(found), *gestures_page(found), *margin_page(found), *order_page(found))


def first(found: Audit) -> str:
    """Return the audit in one sentence: how many laws hold, and what the rule can be played with."""
    kept = len(found.verdicts) - len(broken(found))
    holding = f"{number(kept)} {'tient' if kept == 1 else 'tiennent'}" if kept else "aucune ne tient"
    said = f"Sur {number(len(found.verdicts))} attentes, {holding}."
    paying = [one for one in found.played if one.pays]
    tried = sum(one.tried > 0 for one in found.played)
    if not paying:
        return f"{said} Aucun des gestes essayés ne rapporte."
    much = uncapital(max(paying, key=lambda one: one.most).gesture.says)
    many = f"{count(len(paying), 'geste rapporte', 'gestes rapportent')}, sur {number(tried)} essayés"
    return f"{said} {many}. Le plus : {much}."


# --- what it gives ----------------------------------------------------------------------------------------------------


def given_page(found: Audit) -> Page:
    """Return what the rule gives to each position in a month; nothing for a small group."""
    if not found.given:
        return ()
    each = zip(POSITIONS, found.given, strict=True)
    rows = tuple((f"Qui donne {place}", round_euros(cents)) for place, cents in each)
    table = Table("Ce que reçoit chaque place", ("En un mois, en général", "Reçoit"), rows)
    return (Heading("Ce que cette règle donne"), table)


# --- laws -------------------------------------------------------------------------------------------------------------


def laws_page(found: Audit) -> Page:
    """Return the laws: those that fail first, each with its smallest example."""
    parts: list[Heading | Sentence] = [Heading("Ce que l'on attend d'une règle"), Sentence(first(found), tone="big")]
    for failing, smallest in zip(failing_laws(found), smallest_examples(found), strict=True):
        parts += [failing, smallest]
    return (*parts, *held_laws(found))


def failing_laws(found: Audit) -> Iterator[Sentence]:
    """Yield each law that fails, and where."""
    for verdict in broken(found):
        yield Sentence(f"{FAILS}. {verdict.law.title} {_where(found, verdict)}", tone="warning")


def smallest_examples(found: Audit) -> Iterator[Sentence]:
    """Yield the smallest example against each law that fails, in the order of `failing_laws`."""
    for verdict in broken(found):
        yield Sentence(f"Le plus petit exemple trouvé. {' '.join(_example(found, verdict))}")


def held_laws(found: Audit) -> Iterator[Sentence]:
    """Yield the laws that hold, then on what all were tried."""
    held = [verdict for verdict in found.verdicts if verdict.holds]
    for verdict in held:
        yield Sentence(f"{HOLDS}. {verdict.law.title}", tone="success")
    yield Sentence(_tried(found, held), tone="help")


def broken(found: Audit) -> list[LawVerdict]:
    """Return the laws that fail."""
    return [verdict for verdict in found.verdicts if not verdict.holds]


def _example(found: Audit, verdict: LawVerdict) -> tuple[str, ...]:
    assert verdict.example is not None
    return example.told(found.rule, verdict.example)


def _where(found: Audit, verdict: LawVerdict) -> str:
    """Return in how many of the group's months the law fails, and where it fails most."""
    if verdict.worst is None:
        return "Cela n'arrive dans aucun de vos mois, mais dans un mois tiré au sort."
    months = f"Chez vous, cela arrive {count(len(verdict.months), 'mois', 'mois')} sur {number(len(found.months))}."
    return f"{months} Le plus fort : {round_euros(verdict.worst.cents)}, en {month_told(verdict.worst.month.label)}."


def month_told(label: str) -> str:
    """Return `mars 2025` for `2025-03`."""
    try:
        return month_name(CalendarMonth.parse(label).first_day)
    except ValueError:
        return label


def _tried(found: Audit, held: Sequence[LawVerdict]) -> str:
    """Return on what the laws were tried; that no example was found is not a proof."""
    cents = f"Moins de {number(ROUNDING)} centimes, c'est l'arrondi : nous n'en parlons pas."
    if not held:
        return cents
    own, drawn = min(each.own for each in held), min((each.drawn for each in held if each.drawn), default=0)
    return (
        "« Tenu » veut dire : nous n'avons trouvé aucun exemple contraire. Ce n'est pas une preuve. "
        f"Chaque attente est essayée au moins {number(own)} fois sur vos {number(len(found.months))} mois. "
        f"Elle l'est au moins {number(drawn)} fois sur des mois tirés au sort. {cents}"
    )


# --- gestures ---------------------------------------------------------------------------------------------------------


def gestures_page(found: Audit) -> Page:
    """Return who can play the rule: what each gesture gains, by position, and who pays it."""
    return (Heading(WHO_PLAYS), *plays(found), *plays_by_position(found), *vain_plays(found))


def plays(found: Audit) -> Iterator[Sentence]:
    """Yield what each gesture that gains something gains at most, and who pays it."""
    return (Sentence(_played(one)) for one in found.played if one.pays)


def plays_by_position(found: Audit) -> Iterator[Table]:
    """Yield what those gestures gain in general, by position; nothing when none gains."""
    if rows := tuple((one.gesture.says, *map(_gain, one.gains)) for one in found.played if one.pays):
        heads = ("Ce que cela rapporte en un mois, en général", *(f"Qui donne {place}" for place in POSITIONS))
        yield Table("Selon la place, jamais selon la personne", heads, rows)


def vain_plays(found: Audit) -> Iterator[Sentence]:
    """Yield the gestures that gain nothing, then those that the months do not let one try."""
    for one in found.played:
        if one.tried and not one.pays:
            yield Sentence(f"Ne rapporte rien : {uncapital(one.gesture.says)}.")
    for one in found.played:
        if not one.tried:
            said = f"Vos mois ne permettent pas de l'essayer : {uncapital(one.gesture.says)}."
            yield Sentence(said, tone="help")


def _played(one: PloyGain) -> str:
    said = f"{one.gesture.says} rapporte jusqu'à {round_euros(one.most)} en un mois."
    if one.others <= ROUNDING:
        return f"{said} Les autres n'y perdent pas : le commun, la CAE ou l'enveloppe le paient."
    said += f" Les autres y perdent ensemble {round_euros(one.others)} en moyenne, {round_euros(one.each)} chacun."
    return said if one.common <= ROUNDING else f"{said} Le reste vient du commun, de la CAE ou de l'enveloppe."


def _gain(cents: int | None) -> str:
    if cents is None:
        return "personne"
    return "rien" if cents <= ROUNDING else round_euros(cents)


# --- margin -----------------------------------------------------------------------------------------------------------


def margin_page(found: Audit) -> Page:
    """Return what hangs on one line of the book."""
    margin = found.margin
    return (Heading("Ce qui tient à une ligne du carnet"), *map(Sentence, margin_told(margin)))


def margin_told(margin: Margin) -> Iterator[str]:
    """Yield what an hour and an order are worth, and an invoice one day later."""
    each = [_hour(hour) for hour in margin.hours]
    if len(set(each)) == 1:
        yield f"Quelqu'un donne une heure de plus, sans vente de plus. {each[0]}"
    else:
        for hour, said in zip(margin.hours, each, strict=True):
            yield f"Quelqu'un donne une heure {example.OF_KIND[KINDS[hour.kind]]} de plus, sans vente de plus. {said}"
    if margin.order:
        one = margin.order
        yield (
            f"Une commande laisse en général {round_euros(one.margin)} de marge, et {round_euros(one.people)} aux "
            f"personnes. Sans elle, qui y a travaillé perdrait {round_euros(one.workers)}. "
            f"Chaque autre personne perdrait {round_euros(one.others)}."
        )
    if margin.later is not None:
        yield from _later(margin.later)


def _hour(hour: Hour) -> str:
    known = [cents for cents in hour.own if cents is not None]
    if not known or max(known) <= 0:
        return "En général, cela ne lui rapporte rien."
    low, high = min(known), max(known)
    gives = round_euros(high) if high - low <= ROUNDING else f"de {round_euros(low)} à {round_euros(high)}"
    said = f"En général, cela lui rapporte {gives}."
    if hour.other < 0:
        return f"{said} Chaque autre personne perd {round_euros(-hour.other)}."
    return said


def _later(found: Sequence[Later]) -> Iterator[str]:
    if not found:
        yield "Aucune facture n'est datée du dernier jour d'un mois."
        return
    most = max(found, key=lambda one: one.most)
    yield (
        f"Une facture de {round_euros(most.before_tax)} est datée du dernier jour {of(month_told(most.label))}. "
        f"Un jour plus tard, elle comptait le mois suivant. "
        f"Une personne aurait eu {round_euros(most.most)} de différence en tout."
    )


# --- the order of steps -----------------------------------------------------------------------------------------------


def order_page(found: Audit) -> Page:
    """Return which neighbouring steps could change places, and which could not."""
    if not found.swaps:
        return ()
    steps, many = found.rule.steps, len(found.months)
    rows = tuple(
        (
            f"{swap.first + 1} et {swap.first + 2}",
            " puis ".join(step.title for step in steps[swap.first :][:2]),
            _swap(swap, many),
        )
        for swap in found.swaps
    )
    table = Table("Si l'on échange deux étapes voisines", ("Étapes", "Leurs noms", "Ce que cela change"), rows)
    return (Heading("L'ordre des étapes"), table)


def _swap(swap: Swap, months: int) -> str:
    if not swap.matters:
        return "rien : pas un centime, sur vos mois et sur les mois tirés"
    if not swap.own:
        return "rien sur vos mois, mais quelque chose sur un mois tiré"
    return f"les montants de {number(swap.own)} mois sur {number(months)}"


def weaknesses(found: Audit) -> list[dict[str, str]]:
    """Return what a workshop reads of an audit: each law that fails, then the gesture that gains most, as texts."""
    said = [
        {"key": verdict.law.key, "title": f"Pas toujours vrai : {uncapital(verdict.law.title)}",
         "example": " ".join(_example(found, verdict))}
        for verdict in found.verdicts
        if not verdict.holds
    ]  # fmt: skip
    paying = max((one for one in found.played if one.pays), key=lambda one: one.most, default=None)
    if paying:
        said.append({"key": paying.gesture.key, "title": f"On peut y jouer : {uncapital(paying.gesture.says)}.",
                     "example": _played(paying)})  # fmt: skip
    return said
