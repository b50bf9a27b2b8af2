"""Quotes and invoices on paper and as electronic invoices."""
