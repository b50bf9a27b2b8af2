"""`python -m kpa_model` does what `kpa` does."""

from kpa_model.command.program import main

raise SystemExit(main())
