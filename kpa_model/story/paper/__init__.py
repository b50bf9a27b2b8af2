"""The printing press: documents made by Typst, with or without names."""
