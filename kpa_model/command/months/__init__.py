"""Real months from a terminal: where they stand, closing, paying, correcting."""
