"""What many histories gave: tallies exact to the cent, and how they are read."""
