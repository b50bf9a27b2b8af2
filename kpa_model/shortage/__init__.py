"""When requests exceed the pot: published ways to share a shortage. Used by pay rules and by workshops."""
