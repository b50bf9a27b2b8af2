"""Live screens about people: how many could come, a pitch, the time of a CAPE, what commons take and give."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

import ipywidgets as widgets

from kpa_model.declare.markup import Html, table, tag
from kpa_model.figures.bars import bar_table, piece
from kpa_model.figures.curve import Curve, curves
from kpa_model.invoicing.trades import known_of_cape
from kpa_model.lessons import cases
from kpa_model.ui import pieces
from kpa_model.ui.screens.lessons import parts
from kpa_model.ui.state import Store
from kpa_model.words import count, day, number, round_euros

SPOKEN = 150
"""Words said in a minute, calmly."""


@pieces.framed
def market_study(store: Store) -> widgets.Widget:
    """Show, floor by floor, how a neighbourhood becomes a few orders."""
    sliders = (
        parts.slider("Foyers du quartier", 600, 50, 3000, 50),
        parts.slider("Ont ce besoin, sur 100", 20, 1, 60),
        parts.slider("Accepteraient notre prix, sur 100", 40, 5, 100, 5),
        parts.slider("Vont déjà ailleurs, sur 100", 50, 0, 95, 5),
        parts.slider("Commandes par an et par foyer", 2, 1, 12),
    )

    def draw(homes: int, need: int, price: int, away: int, orders: int) -> str:
        wanting = homes * need // 100
        willing = wanting * price // 100
        ours = willing * (100 - away) // 100
        month = Fraction(ours * orders, 12)
        floors = (("Foyers", homes), ("Ont ce besoin", wanting), ("Acceptent le prix", willing), ("Sont libres", ours))
        return parts.said(
            f"Sur {count(homes, 'foyer')}, {ours} pourraient venir chez nous.",
            f"Cela fait environ {number(cases.cents(month))} commandes par mois.",
            "C'est une limite haute : il faut encore se faire connaître.",
            more=_floors("Du quartier aux commandes", [(label, many, homes) for label, many in floors]),
        )

    return parts.live(sliders, draw)


def _floors(caption: str, floors: Iterable[tuple[str, int, int]]) -> Html:
    """Return a bar for each floor: its label, its number, the number of a full bar."""
    rows = [(label, _bar(many, full)) for label, many, full in floors]
    return bar_table(caption, ("Ligne", "Nombre"), rows)


def _bar(many: int, full: int) -> Html:
    track = tag("span", piece("kpa-fill", many, full), cls="kpa-track", aria_hidden="true")
    return tag("div", track, tag("span", number(many), cls="kpa-amount"), cls="kpa-cell")


@pieces.framed
def my_pitch(store: Store) -> widgets.Widget:
    """Put three sentences together, and say how long they take; nothing is kept."""
    boxes = (
        widgets.Textarea(description="Leur besoin", value="Vos locataires perdent souvent leurs codes."),
        widgets.Textarea(description="Ce que nous faisons", value="Nous venons une heure par semaine les aider."),
        widgets.Textarea(description="La suite", value="Quand pouvons-nous passer vous voir ?"),
    )

    def draw(*texts: str) -> str:
        spoken = " ".join(each.strip() for each in texts if each.strip())
        words = len(re.findall(r"[\w'’-]+", spoken))
        seconds = -(-60 * words // SPOKEN)
        long = "C'est court : tant mieux." if seconds <= 30 else "Plus de trente secondes : coupez un peu."
        ask = "" if boxes[2].value.strip().endswith("?") else "Terminez par une question."
        read = tag("blockquote", tag("p", spoken, cls="kpa-big"), cls="kpa-card")
        told = (f"{count(words, 'mot')}, environ {count(seconds, 'seconde')} à voix haute.", long, ask)
        return parts.said(*filter(None, told), more=read)

    return parts.live(boxes, draw)


@pieces.framed
def cape_timeline(store: Store) -> widgets.Widget:
    """Show where a person is in her CAPE: the contract, its renewals, what is left."""
    known = parts.figures()
    length, more = int(known["cape_duree"]), int(known["cape_renouvellements"])
    sliders = (parts.slider("Mois passés en CAPE", 8, 0, length * (1 + more)),)

    def draw(past: int) -> str:
        rows = [(f"Contrat {at + 1}", max(0, min(past - at * length, length)), length) for at in range(1 + more)]
        left = length * (1 + more) - past
        now = min(past // length, more) + 1
        ends = length * now - past
        told = [f"Le contrat en cours est le numéro {now}.", f"Il finit dans {count(ends, 'mois', 'mois')}."]
        told.append(f"Avec les renouvellements, il reste {count(left, 'mois', 'mois')} au plus.")
        if 0 < ends <= 2:
            told.append("Parlez du renouvellement avec la CAE maintenant.")
        return parts.said(*told, more=_floors("Mois passés dans chaque contrat", rows) + parts.INDICATIVE)

    return pieces.column(parts.live(sliders, draw), pieces.html(_known()))


def _known() -> Html:
    """Return what is known of the CAPE, folded, each with its source, its day and how sure it is."""
    rows = [(it.name, it.about, f"{it.source} ({day(it.read_on)})", it.confidence) for it in known_of_cape()]
    heads = ("Sujet", "Ce que nous savons", "Source, et jour noté", "Confiance")
    told = table("Ce que nous savons du CAPE", heads, rows, cls="kpa-table kpa-grid", blocks=True)
    return tag("details", tag("summary", "Que dit la loi du CAPE ?"), told, parts.INDICATIVE)


@pieces.framed
def commons_slider(store: Store) -> widgets.Widget:
    """Show what a share for the commons takes from each person, and what it makes in two years."""
    sliders = (
        parts.slider("Marge du mois, en €", 1800, 200, 6000, 100),
        parts.slider("Part des communs, en %", 10, 0, 30),
        parts.slider("Personnes payées", 12, 2, 25),
        parts.slider("Dépenses des communs par mois, en €", 60, 0, 400, 10),
    )

    def draw(margin: int, share: int, people: int, spent: int) -> str:
        cae = Fraction(parts.outside_figures_today()["contribution_cae"])
        commons = cases.cents(Fraction(100 * margin * share, 100))
        pot = cases.cents(100 * margin * (1 - cae)) - commons
        each, without = cases.cents(Fraction(pot, people)), cases.cents(Fraction(pot + commons, people))
        fund = tuple((commons - 100 * spent) * month for month in range(0, 25, 3))
        steps = [str(month) for month in range(0, 25, 3)]
        picture = curves("Le fonds commun sur deux ans", steps, [Curve("Dans le fonds", fund)], "Mois")
        end = f"Dans deux ans, le fonds contient {round_euros(fund[-1])}."
        if fund[-1] < 0:
            end = "Les dépenses dépassent la part : le fonds se vide."
        return parts.said(
            f"Chaque mois, {round_euros(commons)} vont aux communs.",
            f"Chaque personne reçoit {round_euros(without - each)} de moins, en coût total.",
            end,
            more=picture,
        )

    return parts.live(sliders, draw)
