"""Who the people of some files are, however they are written."""
