"""Possible years in whole people and whole years: « sur 10 années simulées, 3 passent sous le minimum »."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

import numpy as np

from kpa_model.pay.rule import PayRule
from kpa_model.simulation.results.chance import Chance
from kpa_model.simulation.results.reading import SampledValue, TallyRead, difference
from kpa_model.simulation.results.tally import Tally
from kpa_model.story.pay.comparison import Figure
from kpa_model.words import count, euros, listing, month_names, number, of, round_euros, uncapital, whole_euros

PEOPLE = ("Personne", "Huit mois sur dix", "Mois le plus bas", "Mois sous le minimum")
KINDS = ("Prestation", "Appui", "Commun", "Formation")


LEVELS = (10, 100, 1000)
"""How many whole years a part is told out of, when at least so many were simulated."""


def out_of_ten(found: Chance, what: str, whats: str, kind: str = "années") -> str:
    """Return a chance in whole years with how sure it is: `Sur 10 années simulées, 3 … (28 à 32 sur 100).`

    Args:
        found: the chance.
        what: the end of the sentence for one.
        whats: the same for several.
        kind: what is counted, plural feminine.
    """
    said = whole(found.hits, found.tries, what, whats, kind)
    if found.hits == 0:
        return f"{said} Cela peut arriver, au plus {_at_most(found.high)}."
    if found.hits == found.tries:
        return f"{said} Le contraire peut arriver, au plus {_at_most(1 - found.low)}."
    low, high = floor(100 * found.low), ceil(100 * found.high)
    return f"{said[:-1]} (de {number(low)} à {number(high)} sur 100)."


def whole(hits: int, tries: int, what: str, whats: str, kind: str = "années") -> str:
    """Return a tally in whole years, never out of more than were simulated; all and none only when it is so."""
    several = tries > 1
    among = f"Sur {count(tries, kind.removesuffix('s'), kind)} {'simulées' if several else 'simulée'}"
    if hits == 0:
        no = "n'" if what[:1] in "aeiouéè" else "ne "
        return f"{among}, aucune {no}{what}."
    if hits == tries:
        return f"{among}, {f'toutes {whats}' if several else f'une {what}'}."
    known = ((level, round(level * hits / tries)) for level in LEVELS if level <= tries)
    out_of, many = next(((level, many) for level, many in known if 0 < many < level), (tries, hits))
    return f"Sur {number(out_of)} {kind} simulées, {number(many)} {what if many == 1 else whats}."


def _at_most(part: float) -> str:
    """Return a small chance, rounded up: `8 fois sur 1 000`."""
    out_of = next((level for level in LEVELS if part * level >= 1), 10_000)
    return f"{number(ceil(part * out_of))} fois sur {number(out_of)}"


YEARS = ("première", "deuxième", "troisième")


def month_told(rank: int, opening: int) -> str:
    """Return a simulated month in words: `mars de la première année`.

    Args:
        rank: from 1, the first month simulated.
        opening: which month of the year that one is, 1 for January.
    """
    year, _ = divmod(rank - 1, 12)
    name = month_names()[(opening + rank - 2) % 12]
    told = f"la {YEARS[year]} année" if year < len(YEARS) else f"l'année {year + 1}"
    return f"{name} de {told}"


SHORT = ("a un mois où la caisse manque d'argent", "ont un mois où la caisse manque d'argent")


def words_told(months: int, least: int) -> tuple[str, ...]:
    """Return what the words of `rule_told` mean, to say once whatever the rules; `least` in cents."""
    return (f"Une histoire simulée dure {number(months)} mois.", *meanings(least))


def meanings(least: int) -> tuple[str, ...]:
    """Return what a low month and money that lacks are; `least` in cents."""
    return (
        f"Un mois est bas quand plus de la moitié reçoit moins de {round_euros(least)}.",
        "La caisse manque d'argent quand nous avons payé plus que ce qui est rentré.",
    )


def rule_told(read: TallyRead, rule: PayRule, months: int, advance: str, opening: int = 1) -> tuple[str, ...]:
    """Return what may happen under a rule, the most useful first; `words_told` says what its words mean.

    Args:
        read: the tally, read.
        rule: the rule.
        months: how long a history lasts.
        advance: who advances the money that lacks, one of `WHO_ADVANCES`.
        opening: the first month simulated, 1 for January.
    """
    said = [
        out_of_ten(read.most_under, "a un mois bas", "ont un mois bas"),
        out_of_ten(read.dry, "a un mois sans rien à partager", "ont un mois sans rien à partager", "histoires"),
        *till_told(read, months, advance, opening),
    ]
    for promise, kept in zip(rule.promises, read.kept, strict=True):
        said.append(f"Promesse : {promise.says()} Tenue {kept_told(kept)}.")
    return tuple(said)


def till_told(read: TallyRead, months: int, advance: str, opening: int = 1) -> tuple[str, ...]:
    """Return how long money lacks in the till, from when, how deep in euros, and who advances it."""
    found, till = read.short, read.till
    often = out_of_ten(found, *SHORT, "histoires")
    if not found.hits:
        return (often,)
    who = "La CAE avance cet argent." if advance == "cae" else "Personne ne l'avance : la paie attend."
    always = found.hits == found.tries
    spread = f"Huit fois sur dix, c'est entre {hundreds(till.low)} et {hundreds(till.high)}."
    since = of(month_told(till.start, opening))
    lacks = "En général, la caisse manque d'argent" if always else "Dans celles-là, en général, cela dure"
    return (
        *(() if always else (often,)),  # what is true of every history tells nothing when one changes something
        f"{lacks} {number(till.months)} mois sur {number(months)}, à partir {since}.",
        f"Au plus fort, il manque environ {hundreds(till.middle)}. {spread} {who}",
    )


def till_short(read: TallyRead, advance: str) -> str:
    """Return the same in one line: how deep at the worst, and who advances it."""
    found = read.short
    if not found.hits:
        return whole(found.hits, found.tries, *SHORT, "histoires")
    who = "La CAE les avance." if advance == "cae" else "Personne ne les avance."
    always = found.hits == found.tries
    among = "" if always else f"{whole(found.hits, found.tries, *SHORT, 'histoires')} "
    lacks = "Au plus fort, il manque environ" if always else "Alors, au plus fort, il manque environ"
    return f"{among}{lacks} {hundreds(read.till.middle)} en caisse. {who}"


def hundreds(cents: int) -> str:
    """Return an amount to the nearest hundred euros, fifty for a small one: the grid knows no better."""
    step = 100_00 if cents >= 1_000_00 else 50_00
    return round_euros(max(step, step * round(cents / step)))


def kept_told(kept: Chance) -> str:
    """Return how often a promise is kept, and how sure that is: `78 mois sur 100, à 1 près`."""
    shown, near = round(100 * kept.value), ceil(100 * kept.half_width)
    if shown == 0 and kept.hits:
        return "moins de 1 mois sur 100"
    if shown == 100 and kept.hits < kept.tries:
        return "plus de 99 mois sur 100"
    return f"{number(shown)} mois sur 100, à {number(near)} près"


def sure(read: TallyRead) -> str:
    """Return how sure the mean month is, and how many histories would be enough."""
    half = round(read.each.half_width / 100, 1)
    said = f"{count(read.replicates, 'histoire simulée', 'histoires simulées')}."
    said += f" Le mois moyen est connu à {number(str(half))}\u00a0€ près, 95 fois sur 100."
    if read.enough > read.replicates:
        said += f" Pour le connaître à 1\u00a0€ près, il en faudrait {number(read.enough)}."
    return said


def figures(read: TallyRead) -> tuple[Figure, ...]:
    """Return the few figures of a rule."""
    low, middle, high = (int(read.fund[at]) for at in (0, 2, 4))
    worst = [int(each) for each in read.worst if each >= 0]
    hours = [
        f"{kind} {euros(round(float(cents)))}"
        for kind, cents in zip(KINDS, read.per_hour, strict=True)
        if not np.isnan(cents)
    ]
    return (
        Figure(
            "Un mois, en moyenne", euros(round(read.each.value)), "Par personne qui peut être payée, en coût total."
        ),
        Figure(
            "Le mois le plus bas",
            f"{euros(min(worst))} à {euros(max(worst))}" if worst else "personne",
            "Selon la personne.",
        ),
        Figure("Le fonds à la fin", euros(middle), f"Huit fois sur dix entre {euros(low)} et {euros(high)}."),
        Figure("Une heure donne", ", ".join(hours) if hours else "pas d'heures", "Selon le genre de travail."),
        Figure(
            "Écart entre deux personnes",
            f"{number(round(200 * read.gini))}\u00a0% du montant moyen",
            "Prises au hasard, sur toute la durée. Qui reste peu compte aussi. "
            f"Indice de Gini : {number(str(round(read.gini, 2)))}.",
        ),
        Figure("Commandes refusées", number(str(round(read.refused, 1))), "Faute de bras, par histoire."),
        Figure("Personnes sans place", number(str(round(read.turned_away, 1))), "Arrivées en trop, par histoire."),
    )


def moved_told(pair: Tally) -> tuple[str, ...]:
    """Return what changes from the first rule, under the same weather; only what is clear is said to change."""
    amounts = (
        ("Un mois moyen", difference(pair, "each"), "€", 100),
        ("Le fonds à la fin", difference(pair, "fund"), "€", 1),
        ("Les mois sous le minimum", difference(pair, "under"), "par histoire, toutes personnes ensemble", 1),
    )
    said = [_moved(found, what, unit, scale) for what, found, unit, scale in amounts if found.clear]
    same = [what for what, found, _, _ in amounts if not found.clear]
    gini = difference(pair, "gini")
    if gini.clear:
        how = "se rapprochent" if gini.value < 0 else "s'écartent"
        said.append(f"Les montants {how}, d'une personne à l'autre.")
    else:
        same.append("l'écart entre les personnes")
    if same:
        said.append(f"Pas de différence sûre : {listing([uncapital(each) for each in same])}.")
    return tuple(said)


def people_rows(read: TallyRead, members: Sequence[str]) -> list[tuple[str, str, str, str]]:
    """Return (person, a month eight times in ten, worst month, low months in ten), in the order of the group."""
    rows = []
    for at, name in enumerate(members):
        low, high, worst = (int(each) for each in (read.members[0, at], read.members[4, at], read.worst[at]))
        if high < 0:
            rows.append((name, "jamais sous contrat", "", ""))
            continue
        under = f"{number(round(10 * float(read.under[at])))} sur 10"
        rows.append((name, f"{number(round(low / 100))} à {whole_euros(high)}", whole_euros(worst), under))
    return rows


def _moved(found: SampledValue, what: str, unit: str, scale: int) -> str:
    sign = "+" if found.value > 0 else "−"
    value, half = (number(str(round(abs(each) / scale, 1))) for each in (found.value, found.half_width))
    return f"{what} : {sign}{value} {unit} (à {half} près)."
