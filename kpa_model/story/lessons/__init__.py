"""Exercises and the game on paper."""
