"""The journal of a workshop: written before it is acknowledged, replayed, archived."""
