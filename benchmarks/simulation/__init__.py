"""The same small model in Mesa, SimPy, plain Python, a compiled loop and our kernel, run side by side."""
