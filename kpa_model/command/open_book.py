"""`kpa ouvrir`: the workbook in the browser."""

from __future__ import annotations

import argparse

from kpa_model.command.screen import Screen


def open_workbook(asked: argparse.Namespace, screen: Screen) -> int:
    """Serve the workbook until Ctrl+C."""
    from kpa_model.ui import serve  # takes a second: only when asked

    screen.say("Le cahier se prépare…")
    serve.open_workbook(asked.page, not asked.sans_navigateur, asked.port)
    return 0
