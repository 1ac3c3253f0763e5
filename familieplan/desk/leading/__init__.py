"""The leaders' pages on the whole: aggregates and potentials, never a family."""
