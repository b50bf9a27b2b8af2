"""Running many histories: plans, tables, workers, resuming, networks."""
