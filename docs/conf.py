"""The documentation site: `sphinx-build -W -b html docs build/site`, in French, with an English door."""

from importlib import metadata

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
