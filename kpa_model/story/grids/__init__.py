"""Grids told: what they show, what they would change in the pay."""
