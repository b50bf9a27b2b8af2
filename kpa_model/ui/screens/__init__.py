"""One module per screen; each gives one function that takes the store and returns a widget."""
