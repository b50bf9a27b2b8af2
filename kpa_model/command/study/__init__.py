"""Studying rules before deciding: a rule audited, a rule found."""
