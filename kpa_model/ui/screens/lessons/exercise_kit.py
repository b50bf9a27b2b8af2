"""For a trainer: print the sheets of a session, write a new exercise and have it checked; no programming."""

from __future__ import annotations

import secrets
from datetime import date

import ipywidgets as widgets

from kpa_model import places
from kpa_model.declare.markup import items, joined, tag
from kpa_model.errors import KpaError, Problem
from kpa_model.lessons.exercises import file as exercise_file
from kpa_model.lessons.exercises.exercise import THEMES
from kpa_model.lessons.session import session_of
from kpa_model.story.lessons.exercise_figures import outside_figures
from kpa_model.story.lessons.exercise_paper import exercise_sheet, session_sheet
from kpa_model.ui import pieces
from kpa_model.ui.screens.lessons.exercise import SERIES, exercise, reasoning_told
from kpa_model.ui.state import Store
from kpa_model.whole_file import write_whole
from kpa_model.words import slug

_PDF = "application/pdf"
MODEL = "prix_ttc_a_afficher"
SHEETS = tag("p", "Vous aurez une fiche de séance, et une fiche d'exercices par groupe.")
SAME = tag("p", "Retrouvez ici les nombres d'une fiche, avec les indices et le raisonnement.")
HOW = tag("p", "Écrivez aussi un exemple calculé à la main. Le cahier le compare à votre formule.")


class NotReady(KpaError):
    """What is asked cannot be done yet."""


@pieces.framed
def exercise_sheets(store: Store) -> widgets.Widget:
    """Print a session and one sheet of exercises per group, each with its own numbers."""
    theme = pieces.choice("Thème de la séance", THEMES, "prix")
    groups = widgets.IntSlider(description="Groupes", value=2, min=1, max=8)
    links = pieces.html()

    def prepare() -> None:
        known, _ = exercise_file.exercises(theme.value)
        first = secrets.choice(SERIES)
        session = session_sheet(session_of(theme.value), known)
        made = [pieces.download("Fiche de séance (PDF)", f"seance_{theme.value}.pdf", session, _PDF)]
        for at in range(groups.value):
            sheet = exercise_sheet(known, first + at, date.today())
            name = f"exercices_{theme.value}_serie_{first + at}.pdf"
            made.append(pieces.download(f"Groupe {at + 1}, série {first + at} (PDF)", name, sheet, _PDF))
        listed = items(made)
        links.value = pieces.live(joined(listed, tag("p", "Les réponses sont sur les dernières pages.")))

    return pieces.column(
        pieces.html(SHEETS), pieces.row(theme, groups), pieces.button("Préparer les fiches", prepare, said=links), links
    )


@pieces.framed
def open_series(store: Store) -> widgets.Widget:
    """Open an exercise with the numbers of a printed sheet."""
    names = [(each.name, each.title) for each in exercise_file.exercises()[0]]
    chosen = pieces.choice("Exercice", names, names[0][0])
    series = widgets.Text(description="Numéro de série", value=str(SERIES.start))
    box, said = widgets.VBox(), pieces.html()

    def show() -> None:
        if not series.value.strip().isdecimal() or len(series.value.strip()) > 9:
            raise NotReady(Problem("Numéro de série", "ce n'est pas un nombre entier.", "Recopiez celui de la fiche."))
        box.children = [exercise(store, chosen.value, int(series.value))]

    return pieces.column(
        pieces.html(SAME),
        pieces.row(chosen, series),
        pieces.button("Ouvrir cette série", show, "kpa-primary", said),
        said,
        box,
    )


@pieces.framed
def exercise_maker(store: Store) -> widgets.Widget:
    """Change a text into a new exercise: it is checked on a thousand series, then kept with the group's own."""
    folder = places.data() / "exercices"
    names = [
        (each.name, each.title) for each in exercise_file.exercises()[0] if (folder / f"{each.name}.yaml").is_file()
    ]
    start = pieces.choice("Partir de l'exercice", names, MODEL)
    title = widgets.Text(description="Nom du fichier", value="notre_exercice")
    area = widgets.Textarea(description="Texte de l'exercice")
    area.add_class("kpa-file")
    said, seen = pieces.html(), pieces.html()

    def copy(_: object = None) -> None:
        area.value = (folder / f"{start.value}.yaml").read_text(encoding="utf-8")
        said.value = seen.value = ""

    def verify() -> None:
        seen.value = ""
        figures = outside_figures(date.today())
        drawn = exercise_file.verified(area.value, slug(title.value), figures).draw(1, figures)
        told = joined(tag("p", drawn.text), tag("p", tag("strong", drawn.question)), reasoning_told(drawn))
        good = "L'exemple est juste. Mille séries sont tirées : chaque erreur se reconnaît."
        seen.value = pieces.live(joined(tag("div", tag("p", good), cls="kpa-success"), told))

    def keep() -> None:
        verify()
        path = places.personal() / "exercices" / f"{slug(title.value)}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            path.replace(path.with_suffix(".ancien"))
        write_whole(path, area.value)
        seen.value += pieces.live(tag("p", f"Gardé dans vos exercices : {path.name}."))

    start.observe(copy, "value")
    copy()
    buttons = pieces.row(
        pieces.button("Vérifier cet exercice", verify, "kpa-primary", said=said),
        pieces.button("Le garder pour le groupe", keep, said=said),
    )
    return pieces.column(pieces.html(HOW), pieces.row(start, title), area, buttons, said, seen)
