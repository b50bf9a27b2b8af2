"""One module per family of steps. Adding a file here is enough: `step.known_steps` finds it."""
