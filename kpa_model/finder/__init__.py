"""Find a rule from what a group wishes: what can be promised, exactly, then a few rules none of which beats another."""
