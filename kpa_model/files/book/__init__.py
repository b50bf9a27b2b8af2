"""The order book: any table people have, read into one book, and written back."""
