"""The `kpa` command: each main job from a terminal, in French."""

from kpa_model.command.program import main

__all__ = ["main"]
