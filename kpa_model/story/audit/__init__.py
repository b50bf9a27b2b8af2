"""A rule audited, told: examples, one page to read aloud, the same page to print."""
