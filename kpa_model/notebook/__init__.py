"""The open model: books, rules, shares and possible years shown in a notebook, in euros and hours."""
