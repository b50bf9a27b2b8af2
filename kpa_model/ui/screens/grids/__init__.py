"""The laboratory of grids."""
