"""A rule audited, told: examples, one page to read aloud, one sheet to print."""
