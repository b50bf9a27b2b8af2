"""An exercise: what it draws, what it accepts, the usual mistakes, its file."""
