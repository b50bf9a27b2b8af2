"""Amounts written in a column for each rate of VAT."""
