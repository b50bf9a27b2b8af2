"""Looking at what one can do: pathway, interviews, grids, booklet, and what a grid is worth."""
