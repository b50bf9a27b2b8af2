"""The quarter game."""
