"""Declare once, read, show: units, settings, words, forms, pages, files in plain YAML."""
