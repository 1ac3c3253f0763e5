"""Actors, scopes, grants, row-level security."""
