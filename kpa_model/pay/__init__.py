"""Pay rules: ordered steps that move cents between purses, promises that check, and the file that says it all."""
