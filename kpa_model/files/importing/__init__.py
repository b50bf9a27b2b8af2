"""The import assistant: propose what files say, ask what they do not, remember the answers, never double."""
