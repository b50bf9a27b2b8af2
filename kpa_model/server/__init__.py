"""The live workshop: a small server of its own for the phones in the room."""
