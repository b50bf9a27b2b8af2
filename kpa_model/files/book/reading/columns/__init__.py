"""How the cells of one column are read, once all of them, and its title, are looked at."""
