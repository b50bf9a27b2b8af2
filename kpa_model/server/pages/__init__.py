"""What the pages of the live workshop show: one module for each reader."""
