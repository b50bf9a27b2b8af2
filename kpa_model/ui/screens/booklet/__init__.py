"""My booklet: door, path, interview, portrait, share, badges."""
