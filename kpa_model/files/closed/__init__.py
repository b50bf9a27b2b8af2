"""What is closed with a key: booklets, their recovery words, sealed shares."""
