"""Many possible years of a KPA under a rule, and what they tell. Numbers only: never text, never pictures."""
