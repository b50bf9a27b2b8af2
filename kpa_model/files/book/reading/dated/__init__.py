"""Days as tables say them: by their letters, by their number alone, by what stands around."""
