"""How a page opens before one looks up: a warm kernel, a compiled template, one script."""
