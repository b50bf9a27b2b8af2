"""Know a rule before voting: the laws it keeps, the smallest example against it, who can play it."""
