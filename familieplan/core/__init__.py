"""Dates, ids, the typed request: leans on Django only."""
