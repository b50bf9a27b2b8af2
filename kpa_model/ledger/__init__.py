"""What the group really did, month after month: events that are never erased, and the state they make."""
