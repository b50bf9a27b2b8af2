"""The game of the quarter: three months, two purses, mine and ours, and the talk that follows."""
