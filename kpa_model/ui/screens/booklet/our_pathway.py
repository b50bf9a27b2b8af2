"""Our pathway: what the group wrote, read together, changed in a file, checked before it counts."""

from __future__ import annotations

import ipywidgets as widgets

from kpa_model import places
from kpa_model.assessment.pathway import file as pathway_file
from kpa_model.assessment.pathway.stages import Pathway
from kpa_model.declare.markup import Html, items, joined, table, tag
from kpa_model.errors import KpaError, Problem, UnreadableFile
from kpa_model.ui import pieces
from kpa_model.ui.state import Store

_LARGEST = 200_000


@pieces.framed
def our_pathway(store: Store) -> widgets.Widget:
    """Show the pathway of the group, and let it be changed."""
    shown, said = pieces.html(), pieces.html()
    upload = widgets.FileUpload(accept=".yaml,.yml", multiple=False, description="Choisir notre parcours changé")

    def show() -> None:
        try:
            shown.value = _told(pathway_file.ours())
        except KpaError as error:
            shown.value = pieces.error_box(error) + _file(pathway_file.ready())

    def take() -> None:
        if not upload.value:
            raise UnreadableFile(Problem("Parcours", "rien n'a été choisi.", "Choisissez le fichier « .yaml »."))
        content, upload.value = bytes(upload.value[0]["content"]), ()
        try:
            text = content[:_LARGEST].decode("utf-8-sig")
        except UnicodeDecodeError:
            todo = "Enregistrez-le en UTF-8, puis recommencez."
            raise UnreadableFile(Problem("Parcours", "les accents sont illisibles.", todo)) from None
        pathway_file.keep(text)
        show()
        said.value = pieces.live(tag("p", "C'est notre parcours, maintenant.", cls="kpa-success"))

    def back() -> None:
        pathway_file.forget()
        show()
        said.value = pieces.live(tag("p", "Le parcours prêt est de retour. Le nôtre est mis de côté."))

    show()
    buttons = pieces.row(
        pieces.button("Vérifier et garder", take, "kpa-primary", said),
        pieces.button("Revenir au parcours prêt", back, said=said),
    )
    text = tag("p", "Prenez le fichier. Changez-le avec un éditeur de texte. Rapportez-le ici : le cahier le vérifie.")
    return pieces.column(shown, pieces.fold("Changer notre parcours", pieces.html(text), upload, buttons, said))


def _told(pathway: Pathway) -> Html:
    stages = [(each.title, f"{each.start} à {each.end}", _every(each.every), each.sentence) for each in pathway.stages]
    heads = ("Temps", "Mois", "Entretien", "Ce qu'on y fait")
    meetings = sorted(pathway.appointments, key=lambda each: each.month)
    return joined(
        pieces.sentences([pathway.sentence] if pathway.sentence else []),
        table(pathway.title, heads, stages, cls="kpa-table kpa-grid", blocks=True),
        items(joined(f"Mois {each.month} : ", tag("strong", each.title), f". {each.sentence}") for each in meetings),
        tag("p", pathway.source, cls="kpa-small") if pathway.source else None,
        _file(pathway),
    )


def _every(months: int) -> str:
    return "chaque mois" if months == 1 else f"tous les {months} mois"


def _file(pathway: Pathway) -> str:
    link = pieces.download(
        "Prendre le fichier du parcours", "parcours.yaml", pathway_file.dumps(pathway).encode(), "text/yaml"
    )
    where = places.personal() / "parcours.yaml"
    return tag("p", link) if not where.exists() else tag("p", link, " (le nôtre)")
