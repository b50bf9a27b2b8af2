"""Account books: what they give, and what they leave."""
