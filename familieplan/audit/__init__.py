"""Who looked, who was given what: written in the same transaction."""
