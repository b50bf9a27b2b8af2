"""Quotes, invoices and credit notes: what they say, their numbers, the mentions they need."""
