"""From a group's own files, as they are, to the tables of the book: what is sure is read, the rest is asked."""
