"""Learning by doing: exercises with a real check, documents, and a game."""
