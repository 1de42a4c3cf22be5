"""Scorers, each named for what it checks: `(Question, Shown) -> Check | None`, None where there is nothing to check."""
