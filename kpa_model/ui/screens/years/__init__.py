"""Two years: what may come, suppositions, facts."""
