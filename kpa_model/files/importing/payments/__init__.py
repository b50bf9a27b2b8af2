"""Which invoices the money that came pays."""
