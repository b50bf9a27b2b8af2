"""Deciding together: ballots, judgments, circles and budgets, each counted exactly and told in plain French."""
