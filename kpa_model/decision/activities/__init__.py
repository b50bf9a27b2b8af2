"""The activities of a workshop, one file each. A file put here is known at once."""
