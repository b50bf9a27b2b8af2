"""What was promised, what contradicts, and rules found: told."""
