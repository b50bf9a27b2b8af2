"""Making and checking a quote or an invoice."""
