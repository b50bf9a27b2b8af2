"""French sentences and printed documents made from results. Never widgets."""
