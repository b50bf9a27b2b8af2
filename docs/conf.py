"""The documentation site: `sphinx-build -W -b html docs build/site`, in French, with an English door."""

from importlib import metadata
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from kpa_model.words import unbroken

project = "Le cahier des KPA"
author = "les auteurs du cahier des KPA"
language = "fr"
try:
    release = metadata.version("kpa_model")
except metadata.PackageNotFoundError:
    release = ""

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["images"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
html_theme = "furo"
html_title = "Le cahier des KPA"
html_show_sphinx = False
html_copy_source = False
html_static_path: list[str] = []


class Unbroken(SphinxTransform):
    """No line breaks after « or before », : and ? in a sentence; code stays as it is written."""

    default_priority = 999

    def apply(self, **_: Any) -> None:
        """Change each text of the page."""
        for text in [*self.document.findall(nodes.Text)]:
            if not isinstance(text.parent, nodes.literal | nodes.FixedTextElement):
                text.parent.replace(text, nodes.Text(unbroken(str(text))))


def setup(app: Any) -> None:
    """Add what is ours."""
    app.add_transform(Unbroken)
