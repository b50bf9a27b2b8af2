"""One month of a drawn year: who works, what is sold, what the rule is told, what it pays."""
