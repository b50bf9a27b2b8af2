"""Our real months: the rule in force, closing, paying, correcting, what is held, what was."""
