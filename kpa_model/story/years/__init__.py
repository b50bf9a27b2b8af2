"""Two years told, and their report."""
