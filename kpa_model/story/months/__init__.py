"""Real months, told: the ledger with its names, what must be looked at, sheets and papers."""
