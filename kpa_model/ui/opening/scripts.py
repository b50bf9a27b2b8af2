"""The scripts of a page in one file: the browser asks once, keeps it, and finds every piece already there.

Voilà's loader asks for its pieces one by one (about eighty). Each piece only registers itself in a list that the loader
reads when it starts: put before the loader, in any order, all pieces are found there and none is asked again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from tornado.web import RequestHandler

FOREVER = "public, max-age=31536000, immutable"
PIECE = re.compile(r'\s*(?:/\*.*?\*/\s*)?(?:"use strict";\s*)?\(self(?:\.|\[")\w*[cC]hunk', re.DOTALL)
"""How a piece begins: it pushes itself in the list of its loader. Anything else is not a piece."""

UNUSUAL = ("mjx-", "vega-embed")
"""Words of what draws formulas and statistical charts: our pages have none, and a page that has some asks for them."""

HASTY, PATIENT = re.compile(r"(Date\.now\(\)-\w<|AbortSignal\.timeout\()(?:2e3|2000)"), r"\g<1>6e4"
"""How long a page waits for a screen being made. After two seconds, a slow machine gave up as « model not found »
screens that were there, or showed a list of steps whose buttons did nothing. They have a minute."""


def bundle(folders: Iterable[Path]) -> str:
    """Return every piece found in folders, each in a function of its own so that its strictness stays its own."""
    made = []
    for folder in dict.fromkeys(folders):  # Voilà names its own twice
        for path in sorted(folder.glob("*.js")):
            text = path.read_text(encoding="utf-8")
            if PIECE.match(text) and not any(word in text for word in UNUSUAL):
                made.append(f"(function(){{{HASTY.sub(PATIENT, text)}\n}})();\n")
    return "".join(made)


def version(content: str) -> str:
    """Return what changes when the content does."""
    return hashlib.sha256(content.encode()).hexdigest()[:16]


class BundleHandler(RequestHandler):
    """The bundle; its address holds its version, so that it is kept for ever."""

    def initialize(self, content: bytes) -> None:
        """Take what is served."""
        self.content = content

    def get(self) -> None:
        """Send it."""
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", FOREVER)
        self.finish(self.content)
